//! PDF documents (ISO 32000-2).
//!
//! A PDF remembers: who wrote it and with what, every version since it was first
//! saved, what was removed, the photographs with their cameras, comments, fields,
//! attached files, programs. Most of it is not seen, and most of it is not even
//! needed to show a page.
//!
//! So nothing is removed from a document here. A new one is written: starting at
//! the catalog, what a viewer needs to show the pages is copied by an allow-list
//! ([`table`]) of keys; drawings are written anew operator by operator, pictures go
//! through the modules for pictures, fonts lose their names. The layout of the
//! result is the same for all programs that may have made the original.
//!
//! What cannot be copied without a doubt is refused: files that readers would have
//! to repair, filters and colour spaces that we do not know, forms whose content is
//! only made when they are opened.

mod annotation;
mod cff;
mod copy;
mod drawing;
mod encoding;
mod filter;
mod inline;
mod jbig2;
mod jpx;
mod layers;
#[cfg(test)]
pub(crate) mod let_in;
mod letters;
mod lex;
mod names;
mod open;
mod outline;
mod page;
mod picture;
mod rebuild;
mod second_look;
mod sfnt;
mod table;
mod target;
mod type1;
mod uses;
mod value;
mod write;

use lopdf::{Dictionary, Object};

use self::copy::{Copier, Work};
use self::table::{Kind, Line, Rule};
use self::value::{Dict, Value};
use crate::refusal::Feature;
use crate::{About, Category, Change, Limits, Notes, ReadSeek, Refusal};

/// The number of the catalog and of the list of pages.
const CATALOG: u32 = 1;
const PAGES: u32 = 2;

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "pages and their drawings, fonts, pictures, layers, bookmarks, links inside the \
           file, the looks of comments and fields; see below",
    removed: "everything else: see below",
    refused: "passwords, tables that must be repaired, unknown filters, what only a viewer \
           draws; see below",
};

/// Writes a clean copy of a document.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let bytes = crate::read_all(source, limits)?;
    let most = limits.output_bytes(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    let doc = open::open(&bytes, limits, notes)?;
    drop(bytes);
    let catalog = open::catalog(&doc)?;
    let mut copier = Copier::new(&doc, limits, notes);
    copier.check_forms(catalog)?;
    copier.note_catalog(catalog);
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    copier.start(catalog, most)?;
    let copy = copier.run(most)?;
    crate::draw::hidden::warn(&copy, notes);
    Ok(copy)
}

/// The allow-list, one line per key.
pub(crate) fn explain() -> Vec<String> {
    let line = |kind: &Kind, Line(key, rule, why): &Line| {
        let act = match rule {
            Rule::Gone(_) => "removed",
            Rule::Rebuilt => "rebuilt",
            Rule::Named(..) => "kept under new names",
            _ => "kept",
        };
        format!("{kind:?} /{key}: {act}: {why}")
    };
    let mut lines: Vec<String> = table::ALL
        .iter()
        .flat_map(|kind| table::lines(*kind).iter().map(move |entry| line(kind, entry)))
        .collect();
    lines.extend(
        table::ANYWHERE.iter().map(|Line(key, _, why)| format!("Any /{key}: removed: {why}")),
    );
    let kept = |place: &str, keys: &str| format!("{place}: kept: {keys}");
    lines.extend(
        inline::KEYS
            .iter()
            .map(|(short, long)| kept("Picture in a drawing", &format!("/{short}, or /{long}"))),
    );
    lines.extend(picture::PARAMETERS.iter().flat_map(|(filter, keys)| {
        keys.iter().map(move |key| kept(&format!("Parameters of {filter}"), &format!("/{key}")))
    }));
    lines.extend(outline::KEYS.iter().map(|key| kept("Bookmark", &format!("/{key}"))));
    lines.push("Any other key: removed".to_owned());
    lines
}

/// A name, if it is one of those that are known.
fn known(name: &[u8], known: &[&str]) -> Option<Value> {
    known.iter().find(|known| known.as_bytes() == name).map(|known| Value::name(known))
}

impl<'a> Copier<'a> {
    /// Gives numbers to the catalog, the list of pages and the pages, in this order.
    fn start(&mut self, catalog: &'a Dictionary, most: usize) -> Result<(), Refusal> {
        self.pages = page::collect(self.doc, catalog, self.limits)?;
        self.read_drawings(most)?;
        let count = u32::try_from(self.pages.len()).unwrap_or(u32::MAX);
        for (page, number) in self.pages.iter().zip(PAGES + 1..) {
            self.page_numbers.insert(page.id, number);
        }
        self.collect_targets(catalog)?;
        self.reserve(self.pages.len());
        let copy = self.catalog(catalog)?;
        self.place(CATALOG, Work::Ready(Value::Dict(copy)));
        let kids = (PAGES + 1..).take(self.pages.len()).map(Value::Reference).collect();
        let pages = Dict::from([
            (b"Type".to_vec(), Value::name("Pages")),
            (b"Count".to_vec(), Value::integer(count)),
            (b"Kids".to_vec(), Value::Array(kids)),
        ]);
        self.place(PAGES, Work::Ready(Value::Dict(pages)));
        Ok(())
    }

    fn catalog(&mut self, catalog: &'a Dictionary) -> Result<Dict, Refusal> {
        let mut copy = self.dictionary(catalog, Kind::Catalog, 0)?;
        copy.insert(b"Type".to_vec(), Value::name("Catalog"));
        copy.insert(b"Pages".to_vec(), Value::Reference(PAGES));
        if let Some(outlines) = self.outlines(catalog)? {
            copy.insert(b"Outlines".to_vec(), outlines);
        }
        if let Some(layers) = self.layer_settings(catalog)? {
            copy.insert(b"OCProperties".to_vec(), layers);
        }
        if let Some(Object::String(language, _)) = self.get(catalog, "Lang")
            && is_language(language)
        {
            copy.insert(b"Lang".to_vec(), Value::Text(language.clone()));
        }
        Ok(copy)
    }

    /// Refuses forms whose pages are only made by a program when they are opened.
    fn check_forms(&mut self, catalog: &'a Dictionary) -> Result<(), Refusal> {
        let made_later = matches!(self.get(catalog, "NeedsRendering"), Some(Object::Boolean(true)));
        let form = self.get_dict(catalog, "AcroForm");
        let no_fields =
            form.is_some_and(|form| form.has(b"XFA") && self.get_array(form, "Fields").is_empty());
        self.looks_made_later = form.is_some_and(|form| {
            matches!(self.get(form, "NeedAppearances"), Some(Object::Boolean(true)))
        });
        // What is on the pages is then only a request to use another viewer.
        if made_later || no_fields {
            return Err(Refusal::Feature(Feature::Construct));
        }
        Ok(())
    }

    /// Says what a person loses with the parts of the catalog that are not copied.
    fn note_catalog(&mut self, catalog: &'a Dictionary) {
        if catalog.has(b"StructTreeRoot") {
            self.notes.changed(Change::AccessibilityTagsRemoved);
        }
        let names = self.get_dict(catalog, "Names");
        if names.is_some_and(|names| names.has(b"EmbeddedFiles")) || catalog.has(b"Collection") {
            self.notes.found(Category::EmbeddedFiles);
            self.notes.changed(Change::EmbeddedFilesRemoved);
        }
        if names.is_some_and(|names| names.has(b"JavaScript")) {
            self.notes.found(Category::Scripts);
        }
    }
}

/// Whether a text is the code of a language, such as "da" or "en-GB" (RFC 5646), and
/// not a message.
fn is_language(text: &[u8]) -> bool {
    const LONGEST: usize = 11;
    text.len() <= LONGEST
        && text.split(|byte| *byte == b'-').enumerate().all(|(index, part)| {
            let letters = part.iter().all(u8::is_ascii_alphanumeric);
            letters && (if index == 0 { 2..=3 } else { 2..=4 }).contains(&part.len())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_a_code_and_nothing_longer() {
        for language in ["da", "en-GB", "zh-Hant-TW"] {
            assert!(is_language(language.as_bytes()), "{language}");
        }
        for other in ["", "x", "written by Anna", "en-", "en-abcde"] {
            assert!(!is_language(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn every_key_says_why() {
        let lines = explain();
        assert!(lines.len() > 200);
        assert!(lines.iter().any(|line| line.starts_with("Catalog /AcroForm: removed: ")));
    }
}
