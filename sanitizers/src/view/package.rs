//! Documents that are packages: their words, page by page.
//!
//! Only words are looked for, in copies that are clean; how they look and what is drawn is
//! not of interest. A page is a sheet, a slide or a chapter; a letter is one page.

mod book;
mod dates;
mod flow;
mod open;
mod sheets;

use std::collections::BTreeMap;
use std::io::Write;

use super::{Shown, View, write_visibly};
use crate::refusal::{Damage, Limit};
use crate::xml::{self, Element, Space};
use crate::zip::Archive;
use crate::{Kind, Limits, Notes, ReadSeek, Refusal};

/// Bytes of words on one page. What is beyond is left out, with a sign that says so.
const MOST: usize = 2 << 20;
/// Stands where words are left out.
const CUT: &str = "\n[…]\n";

/// Namespaces that are read.
const SPACES: &[Space] = &[
    Space {
        prefix: "w",
        uri: "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        also: &["http://purl.oclc.org/ooxml/wordprocessingml/main"],
    },
    Space {
        prefix: "x",
        uri: "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        also: &["http://purl.oclc.org/ooxml/spreadsheetml/main"],
    },
    Space {
        prefix: "p",
        uri: "http://schemas.openxmlformats.org/presentationml/2006/main",
        also: &["http://purl.oclc.org/ooxml/presentationml/main"],
    },
    Space {
        prefix: "a",
        uri: "http://schemas.openxmlformats.org/drawingml/2006/main",
        also: &["http://purl.oclc.org/ooxml/drawingml/main"],
    },
    Space {
        prefix: "r",
        uri: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        also: &["http://purl.oclc.org/ooxml/officeDocument/relationships"],
    },
    Space {
        prefix: "m",
        uri: "http://schemas.openxmlformats.org/officeDocument/2006/math",
        also: &["http://purl.oclc.org/ooxml/officeDocument/math"],
    },
    space("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
    space("rel", "http://schemas.openxmlformats.org/package/2006/relationships"),
    space("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    space("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    space("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    space("draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"),
    space("ocf", "urn:oasis:names:tc:opendocument:xmlns:container"),
    space("opf", "http://www.idpf.org/2007/opf"),
];

const fn space(prefix: &'static str, uri: &'static str) -> Space {
    Space { prefix, uri, also: &[] }
}

/// Writes the words of one page: the one asked for, or the nearest there is.
pub(super) fn view(
    kind: Kind,
    source: &mut dyn ReadSeek,
    sink: &mut dyn Write,
    page: u32,
    limits: &Limits,
) -> Result<View, Refusal> {
    let mut package = Package::open(source, limits)?;
    let (words, page, pages) = match kind {
        Kind::Docx => (flow::letter(&mut package)?, 1, 1),
        Kind::Xlsx => sheets::sheet(&mut package, page)?,
        Kind::Pptx => flow::slide(&mut package, page)?,
        Kind::Epub => book::chapter(&mut package, page)?,
        _ => open::page(&mut package, page)?,
    };
    write_visibly(&words, sink).map_err(|_| Refusal::Internal)?;
    Ok(View { shown: Shown::Text, page, pages })
}

/// The words of a page, its number, and how many pages there are.
type Page = (String, u32, u32);

/// The one that is asked for, or the nearest there is; none if there are none at all.
fn nearest<T>(pages: &[T], page: u32) -> Result<(&T, u32, u32), Refusal> {
    let count = u32::try_from(pages.len()).map_err(|_| Refusal::Limit(Limit::Pages))?;
    let page = page.clamp(1, count.max(1));
    let index = usize::try_from(page - 1).map_err(|_| Refusal::Internal)?;
    let found = pages.get(index).ok_or(Refusal::Damaged(Damage::Missing))?;
    Ok((found, page, count))
}

/// The members of a copy.
struct Package<'a>(Archive<'a>);

impl<'a> Package<'a> {
    fn open(source: &'a mut dyn ReadSeek, limits: &Limits) -> Result<Package<'a>, Refusal> {
        Archive::open(source, limits, &mut Notes::default()).map(Package)
    }

    /// The bytes of a member; none if there is no such member.
    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        self.0.find(name).map(|number| self.0.read(number)).transpose()
    }

    /// A part as a tree.
    fn part(&mut self, name: &str) -> Result<Option<Element>, Refusal> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        xml::read(&bytes, SPACES, self.0.limits(), &mut Notes::default()).map(Some)
    }

    /// A part without which there is nothing to show.
    fn needed(&mut self, name: &str) -> Result<Element, Refusal> {
        self.part(name)?.ok_or(Refusal::Damaged(Damage::Missing))
    }

    /// What a part refers to, by the number it uses for it.
    fn targets(&mut self, name: &str) -> Result<BTreeMap<String, Target>, Refusal> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let list = self.part(&format!("{folder}/_rels/{file}.rels"))?;
        let target = |element: &Element| {
            let name = joined(folder, element.get("Target")?);
            let target = Target { name, kind: element.get("Type")?.to_owned() };
            Some((element.get("Id")?.to_owned(), target))
        };
        Ok(list.iter().flat_map(Element::elements).filter_map(target).collect())
    }

    /// The parts that a list in a part names, in the order of the list.
    fn listed(
        &mut self,
        name: &str,
        list: &Element,
    ) -> Result<Vec<(String, Option<String>)>, Refusal> {
        let targets = self.targets(name)?;
        let named = |element: &Element| {
            let id = element.get("r:id")?;
            let target = targets.get(id)?;
            Some((target.name.clone(), element.get("name").map(str::to_owned)))
        };
        Ok(list.elements().filter_map(named).collect())
    }

    /// The names of all members that begin so, in the order of the copy.
    fn beginning(&self, start: &str) -> Vec<String> {
        let names = self.0.members().iter().map(|member| &member.name);
        names.filter(|name| name.starts_with(start)).cloned().collect()
    }
}

/// A part that another one refers to.
struct Target {
    name: String,
    /// What it is to the other one: an address that ends in a word for it.
    kind: String,
}

/// The name of a part that is told from a folder.
fn joined(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            _ => steps.push(step),
        }
    }
    steps.join("/")
}

/// Whether a page is full; then it is cut, and a sign for that is put at its end.
fn is_full(words: &mut String) -> bool {
    if words.len() <= MOST {
        return false;
    }
    if !words.ends_with(CUT) {
        words.truncate(words.floor_char_boundary(MOST));
        words.push_str(CUT);
    }
    true
}

#[cfg(test)]
mod tests;
