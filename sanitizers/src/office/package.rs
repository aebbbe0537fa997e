//! The package as it came.

use std::collections::{HashMap, HashSet};

use super::relations::{self, Relation};
use super::types::{self, ContentTypes};
use crate::refusal::Damage;
use crate::zip::Archive;
use crate::{Category, Limits, Notes, ReadSeek, Refusal};

/// Folders inside each other that a target may climb through.
const MOST_STEPS: usize = 64;

/// Which parts there are.
pub(super) struct Listing {
    types: ContentTypes,
    /// The number of each member, by its key.
    members: HashMap<String, usize>,
}

impl Listing {
    /// What a part is declared to be, if there is such a part.
    pub(super) fn content_type(&self, key: &str) -> Option<&str> {
        self.types.of(key).filter(|_| self.members.contains_key(key))
    }
}

/// A package: its members, and what they are declared to be.
pub(crate) struct Package<'a> {
    archive: Archive<'a>,
    pub(super) listing: Listing,
    /// Members that were read.
    taken: HashSet<usize>,
}

impl<'a> Package<'a> {
    pub(super) fn open(
        source: &'a mut dyn ReadSeek,
        limits: &Limits,
        notes: &mut Notes,
    ) -> Result<Package<'a>, Refusal> {
        let mut archive = Archive::open(source, limits, notes)?;
        let mut members = HashMap::new();
        for (at, member) in archive.members().iter().enumerate() {
            // One reader would take the first and another one the second.
            if members.insert(key(&member.name), at).is_some() {
                return Err(Refusal::Damaged(Damage::Missing));
            }
        }
        let list = archive.find(types::NAME).ok_or(Refusal::Damaged(Damage::Missing))?;
        let bytes = archive.read(list)?;
        let types = ContentTypes::read(&bytes, limits, notes)?;
        let listing = Listing { types, members };
        Ok(Package { archive, listing, taken: HashSet::from([list]) })
    }

    /// What is left of the limits.
    pub(crate) fn limits(&self) -> Limits {
        *self.archive.limits()
    }

    /// Whether there is such a part.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.listing.content_type(key).is_some()
    }

    /// The bytes of a part that is looked at before, and counted if it is not taken over.
    pub(crate) fn ahead(&mut self, key: &str) -> Result<Vec<u8>, Refusal> {
        let number = *self.listing.members.get(key).ok_or(Refusal::Damaged(Damage::Missing))?;
        self.archive.read(number)
    }

    /// The bytes of a part.
    pub(crate) fn read(&mut self, key: &str) -> Result<Vec<u8>, Refusal> {
        let number = *self.listing.members.get(key).ok_or(Refusal::Damaged(Damage::Missing))?;
        self.taken.insert(number);
        self.archive.read(number)
    }

    /// The relationships of a part, or of the package itself if the key is empty.
    pub(crate) fn relations(
        &mut self,
        owner: &str,
        notes: &mut Notes,
    ) -> Result<Vec<Relation>, Refusal> {
        let (folder, file) = owner.rsplit_once('/').unwrap_or(("", owner));
        let between = if folder.is_empty() { "" } else { "/" };
        let key = [folder, between, "_rels/", file, ".rels"].concat();
        if !self.listing.members.contains_key(&key) {
            return Ok(Vec::new());
        }
        let bytes = self.read(&key)?;
        relations::read(&bytes, owner, self.archive.limits(), notes)
    }

    /// Counts the members that nobody asked for.
    pub(super) fn note_the_rest(&self, notes: &mut Notes) {
        for (number, member) in self.archive.members().iter().enumerate() {
            let is_relations = key(&member.name).rsplit('.').next() == Some("rels");
            if !self.taken.contains(&number) && !member.is_folder() && !is_relations {
                let declared = self.listing.types.of(&key(&member.name)).unwrap_or_default();
                super::noted::part(&member.name, declared, notes);
            } else if member.is_folder() {
                notes.found(Category::Software);
            }
        }
    }
}

/// The form in which names of parts are compared: they are the same in any case of letters
/// (ECMA-376 part 2, 9.1.1.1.3), and with signs written as `%20` or as themselves.
pub(super) fn key(name: &str) -> String {
    let name = name.replace('\\', "/");
    let name = unescaped(&name).unwrap_or(name);
    name.trim_start_matches('/').to_ascii_lowercase()
}

/// The key of a target, as seen from the part that names it.
pub(super) fn resolved(owner: &str, target: &str) -> Option<String> {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let target = unescaped(&target.replace('\\', "/"))?;
    let mut steps: Vec<&str> = Vec::new();
    if !target.starts_with('/') {
        steps.extend(owner.rsplit_once('/').map_or("", |(folder, _)| folder).split('/'));
    }
    steps.extend(target.split('/'));
    if steps.len() > MOST_STEPS {
        return None;
    }
    let mut path: Vec<&str> = Vec::new();
    for step in steps {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()?),
            step => path.push(step),
        }
    }
    Some(path.join("/").to_ascii_lowercase())
}

/// Undoes `%20` and its like.
fn unescaped(target: &str) -> Option<String> {
    let mut parts = target.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}
