//! The parts of a document and what they say of each other.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;

use zip::ZipArchive;

use super::xml;
use crate::{Limits, ReadSeek};

/// A document as the crate `zip` reads it.
pub(super) struct Package<'a> {
    archive: ZipArchive<&'a mut dyn ReadSeek>,
    /// Numbers of members by their names in small letters: names of parts have no case.
    numbers: BTreeMap<String, usize>,
    /// Bytes that may still be unfolded.
    left: u64,
}

/// What one part says of another one.
pub(super) struct Relation {
    /// The last word of its type, which both generations of the standard share.
    pub(super) kind: String,
    /// The part; nothing if it lies outside.
    pub(super) part: Option<String>,
}

/// What one part says of all others, in the order of its list.
#[derive(Default)]
pub(super) struct Relations {
    all: Vec<Relation>,
    by_id: HashMap<String, usize>,
}

impl Relations {
    /// The first of this name.
    pub(super) fn get(&self, id: &str) -> Option<&Relation> {
        self.all.get(*self.by_id.get(id)?)
    }
}

impl<'a> Package<'a> {
    pub(super) fn open(source: &'a mut dyn ReadSeek, limits: &Limits) -> Option<Package<'a>> {
        source.rewind().ok()?;
        let mut archive = ZipArchive::new(source).ok()?;
        let mut numbers = BTreeMap::new();
        for number in 0..archive.len() {
            let member = archive.by_index_raw(number).ok()?;
            let name = spelt(&member.name().ok()?).to_lowercase();
            numbers.insert(name.trim_start_matches('/').to_owned(), number);
        }
        Some(Package { archive, numbers, left: limits.inflated_total })
    }

    /// Whether there is such a part.
    pub(super) fn has(&self, part: &str) -> bool {
        self.numbers.contains_key(&part.to_lowercase())
    }

    /// The bytes of a part.
    pub(super) fn read(&mut self, part: &str) -> Option<Vec<u8>> {
        let number = *self.numbers.get(&part.to_lowercase())?;
        let mut member = self.archive.by_index(number).ok()?;
        let mut bytes = Vec::new();
        (&mut member).take(self.left).read_to_end(&mut bytes).ok()?;
        // The whole was read only if the checksum was right as well.
        (member.read(&mut [0]).ok()? == 0).then_some(())?;
        self.left = self.left.checked_sub(bytes.len() as u64)?;
        Some(bytes)
    }

    /// The characters of a part, which is in UTF-8 or in UTF-16 with a mark.
    pub(super) fn text(&mut self, part: &str) -> Option<String> {
        let bytes = self.read(part)?;
        let encoding = encoding_rs::Encoding::for_bom(&bytes).map_or(encoding_rs::UTF_8, |e| e.0);
        let (text, _, wrong) = encoding.decode(&bytes);
        (!wrong).then(|| text.into_owned())
    }

    /// What a part says of others; of the whole, if it has no name. No list says nothing.
    pub(super) fn relations(&mut self, part: &str) -> Option<Relations> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let list = format!("{folder}{slash}_rels/{file}.rels");
        if !self.numbers.contains_key(&list.to_lowercase()) {
            return Some(Relations::default());
        }
        let text = self.text(&list)?;
        let tree = xml::parse(&text)?;
        let mut relations = Relations::default();
        for node in tree.root_element().children().filter(roxmltree::Node::is_element) {
            let outside = node.attribute("TargetMode") == Some("External");
            let target = node.attribute("Target").unwrap_or_default();
            let kind = node.attribute("Type").unwrap_or_default();
            let id = node.attribute("Id").unwrap_or_default().to_owned();
            relations.by_id.entry(id).or_insert(relations.all.len());
            relations.all.push(Relation {
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                part: if outside { None } else { resolve(folder, target) },
            });
        }
        Some(relations)
    }

    /// The part that the whole is about.
    pub(super) fn main(&mut self) -> Option<String> {
        let relations = self.relations("")?;
        relations.all.into_iter().find(|one| one.kind == "officeDocument")?.part
    }
}

/// The name of a part from the folder that names it.
pub(super) fn resolve(folder: &str, target: &str) -> Option<String> {
    let target = &*spelt(target.split(['#', '?']).next()?);
    let whole = match target.strip_prefix('/') {
        Some(rooted) => rooted.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut steps = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()?),
            step => steps.push(step),
        }
    }
    (!steps.is_empty()).then(|| steps.join("/"))
}

/// A name with slashes that lean forward, and without signs that are written as `%20`.
fn spelt(name: &str) -> String {
    let name = name.replace('\\', "/");
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let [first, behind @ ..] = rest {
        let digits = behind.get(..2).filter(|_| *first == b'%').map(<[u8]>::to_ascii_uppercase);
        let sign = digits.and_then(|two| data_encoding::HEXUPPER.decode(&two).ok());
        rest = behind.get(if sign.is_some() { 2 } else { 0 }..).unwrap_or_default();
        bytes.extend(sign.unwrap_or_else(|| vec![*first]));
    }
    String::from_utf8(bytes).unwrap_or(name)
}

/// The part that a number stands for.
pub(super) fn part_of<'r>(relations: &'r Relations, id: &str) -> Option<&'r str> {
    relations.get(id)?.part.as_deref()
}

/// All parts of one type, in the order of the list.
pub(super) fn parts_of_kind(relations: &Relations, kind: &str) -> Vec<String> {
    let of_kind = relations.all.iter().filter(|one| one.kind == kind);
    of_kind.filter_map(|one| one.part.clone()).collect()
}
