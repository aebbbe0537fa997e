//! Makes the new package.

use std::collections::{BTreeMap, HashMap};

use super::package::{Listing, Package};
use super::part::{Content, PartType};
use super::relations::Relation;
use super::{SPACES, alternate, media, relations, types};
use crate::refusal::{Damage, Limit};
use crate::xml::{Element, Resolve, Rules};
use crate::zip::Writer;
use crate::{Category, Change, Kind, Limits, Notes, ReadSeek, Refusal, xml};

/// What one format says about its parts.
pub(crate) trait Format {
    /// Parts that may be taken over; the first is the main part.
    fn types(&self) -> &'static [PartType];

    /// Namespaces beyond the standard that are understood where a choice is offered.
    fn known(&self) -> &'static [&'static str];

    /// Relationships of the main part to parts that are looked at before all others.
    fn looks_at(&self) -> &'static [&'static str] {
        &[]
    }

    /// Looks at such a part; choices in it are resolved already.
    fn look(&mut self, _relation: &'static str, _root: &Element) {}

    /// The namespace that is written without prefix in a part of this type.
    fn default_space(&self, _: &PartType) -> Option<&'static str> {
        None
    }

    /// Looks at the whole before its first part is written, from the main part on.
    fn survey(&mut self, _: &mut Package<'_>, _: &str) -> Result<(), Refusal> {
        Ok(())
    }

    /// Leaves of the tree what may stay. Choices in it are resolved already.
    fn clean(
        &mut self,
        part: &'static PartType,
        root: &mut Element,
        links: &mut Links<'_>,
        notes: &mut Notes,
    ) -> Result<(), Refusal>;
}

/// A part of the new package.
struct Part {
    sort: &'static PartType,
    name: String,
    /// What it is in the package as it came.
    key: String,
    /// Nothing before it was cleaned.
    done: Option<Done>,
}

/// A part that was cleaned.
struct Done {
    bytes: Vec<u8>,
    /// The format, if it is not XML.
    kind: Option<Kind>,
    /// Types of its relationships, and the numbers of their parts.
    relations: Vec<(&'static str, usize)>,
}

/// Everything that was found so far.
struct Found {
    types: &'static [PartType],
    parts: Vec<Part>,
    by_key: HashMap<String, usize>,
    counts: HashMap<&'static str, u32>,
    /// All parts before this one are done, or wait.
    ready: usize,
}

impl Found {
    /// The number of the part that is to be cleaned next.
    fn next(&mut self) -> Option<usize> {
        while self.parts.get(self.ready).is_some_and(|part| part.sort.waits) {
            self.ready += 1;
        }
        if self.ready < self.parts.len() {
            self.ready += 1;
            return Some(self.ready - 1);
        }
        self.parts.iter().position(|part| part.done.is_none())
    }

    /// The sort and the key of the part that a relationship leads to, if it may be taken over.
    fn find<'k>(
        &self,
        relation: &'k Relation,
        allowed: &[&'static str],
        listing: &Listing,
    ) -> Option<(&'static PartType, &'k str)> {
        let kind = *allowed.iter().find(|kind| **kind == relation.kind)?;
        let key = relation.target.as_deref()?;
        let declared = listing.content_type(key)?;
        let fits = |one: &&PartType| {
            let is_media = one.content != Content::Xml;
            one.relation == kind
                && (one.content_type.eq_ignore_ascii_case(declared)
                    || is_media && declared.split('/').next() == Some(one.content_type))
        };
        let part_type = self.types.iter().find(fits)?;
        // It may not be one thing here and another thing there.
        let known = self.by_key.get(key).and_then(|&number| self.parts.get(number));
        let same = known.is_none_or(|part| part.sort.name == part_type.name);
        same.then_some((part_type, key))
    }

    /// The relationship and the number of the part that it leads to.
    fn follow(
        &mut self,
        relation: &Relation,
        allowed: &[&'static str],
        listing: &Listing,
    ) -> Option<(&'static str, usize)> {
        let (part_type, key) = self.find(relation, allowed, listing)?;
        let number = self.by_key.get(key).copied();
        Some((part_type.relation, number.unwrap_or_else(|| self.add(part_type, key))))
    }

    fn add(&mut self, part_type: &'static PartType, key: &str) -> usize {
        let count = self.counts.entry(part_type.name).or_default();
        *count = count.saturating_add(1);
        // A second part of which there should be one has a number, and so a name of its own.
        let number =
            if part_type.is_single && *count == 1 { String::new() } else { count.to_string() };
        self.by_key.insert(key.to_owned(), self.parts.len());
        self.parts.push(Part {
            sort: part_type,
            name: [part_type.name, &number].concat(),
            key: key.to_owned(),
            done: None,
        });
        self.parts.len().saturating_sub(1)
    }
}

/// Where the relationships of a part lead, while it is cleaned.
pub(crate) struct Links<'a> {
    owner: &'a str,
    relations: &'a [Relation],
    /// The place of each by its id.
    by_id: HashMap<&'a str, usize>,
    /// Those of the new part, and the number of each.
    new: Vec<(&'static str, usize)>,
    numbers: HashMap<(&'static str, usize), usize>,
    allowed: &'static [&'static str],
    found: &'a mut Found,
    listing: &'a Listing,
    serial: u32,
}

impl<'a> Links<'a> {
    /// The part itself, as [`Package`] knows it.
    pub(crate) fn owner(&self) -> &str {
        self.owner
    }

    /// The last word of the type of a relationship, or its whole type.
    pub(crate) fn kind(&self, id: &str) -> Option<&str> {
        self.get(id).map(|one| &*one.kind)
    }

    /// The part that a relationship leads to, as [`Package`] knows it.
    pub(crate) fn target(&self, id: &str) -> Option<&str> {
        self.get(id)?.target.as_deref()
    }

    /// Whether a relationship leads to a part that may be taken over.
    pub(crate) fn leads(&self, id: &str) -> bool {
        self.get(id).is_some_and(|one| self.found.find(one, self.allowed, self.listing).is_some())
    }

    /// The new name of a relationship, if it leads to a part that is taken over.
    pub(crate) fn relation(&mut self, id: &str) -> Option<String> {
        let relation = self.get(id)?;
        let part = self.found.follow(relation, self.allowed, self.listing)?;
        Some(relations::id(self.number(part)))
    }

    /// The next number that nothing in this part has.
    pub(crate) fn serial(&mut self) -> u32 {
        self.serial = self.serial.saturating_add(1);
        self.serial
    }

    fn get(&self, id: &str) -> Option<&'a Relation> {
        self.by_id.get(id).and_then(|&place| self.relations.get(place))
    }

    fn number(&mut self, part: (&'static str, usize)) -> usize {
        let next = self.new.len() + 1;
        let number = *self.numbers.entry(part).or_insert(next);
        if number == next {
            self.new.push(part);
        }
        number
    }

    /// Takes over what a part brings along without naming it.
    fn bring(&mut self, brings: &'static [&'static str]) {
        for kind in brings {
            for relation in self.relations.iter().filter(|one| one.kind == *kind) {
                if let Some(part) = self.found.follow(relation, brings, self.listing) {
                    self.number(part);
                }
            }
        }
    }
}

/// Leaves of a tree what the tables keep, mends it, and only then gives new names, so that
/// nothing is numbered that is left out.
pub(crate) fn filter(
    root: &mut Element,
    rules: &Rules,
    links: &mut Links<'_>,
    notes: &mut Notes,
    mend: fn(&mut Element, &mut Notes),
    name: impl FnMut(&'static str, &str) -> Option<String>,
) {
    xml::filter(root, rules, &mut Trial(links), notes);
    mend(root, notes);
    xml::filter(root, rules, &mut Names { links, name }, notes);
}

/// Names as they came, of relationships that lead somewhere.
struct Trial<'a, 'b>(&'a Links<'b>);

impl Resolve for Trial<'_, '_> {
    fn relation(&mut self, id: &str) -> Option<String> {
        self.0.leads(id).then(|| id.to_owned())
    }

    fn name(&mut self, _: &'static str, name: &str) -> Option<String> {
        Some(name.to_owned())
    }

    fn serial(&mut self, old: &str) -> String {
        old.to_owned()
    }
}

/// New names of relationships, and a format's own.
pub(crate) struct Names<'a, 'b, N> {
    pub(crate) links: &'a mut Links<'b>,
    pub(crate) name: N,
}

impl<N: FnMut(&'static str, &str) -> Option<String>> Resolve for Names<'_, '_, N> {
    fn relation(&mut self, id: &str) -> Option<String> {
        self.links.relation(id)
    }

    fn name(&mut self, sort: &'static str, name: &str) -> Option<String> {
        (self.name)(sort, name)
    }

    fn serial(&mut self, _: &str) -> String {
        self.links.serial().to_string()
    }
}

/// Makes a new package of the one in `source`.
pub(crate) fn rebuild(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
    format: &mut dyn Format,
) -> Result<Vec<u8>, Refusal> {
    let mut package = Package::open(source, limits, notes)?;
    let main = main_part(&mut package, format.types(), notes)?;
    format.survey(&mut package, &main)?;
    let mut found = Found {
        types: format.types(),
        parts: Vec::new(),
        by_key: HashMap::new(),
        counts: HashMap::new(),
        ready: 0,
    };
    let first = format.types().first().ok_or(Refusal::Internal)?;
    look(&main, &mut package, &found, format)?;
    found.add(first, &main);
    while let Some(number) = found.next() {
        if number >= limits.members as usize {
            return Err(Refusal::Limit(Limit::Parts));
        }
        let Some(part) = found.parts.get(number) else { break };
        let (part_type, key) = (part.sort, part.key.clone());
        let done = match part_type.content {
            Content::Xml => xml_part(part_type, &key, &mut package, &mut found, format, notes)?,
            Content::Picture(kinds) => {
                let bytes = package.read(&key)?;
                let (kind, bytes) = media::picture(&bytes, kinds, &package.limits(), notes)?;
                Done { bytes, kind: Some(kind), relations: Vec::new() }
            }
        };
        if let Some(part) = found.parts.get_mut(number) {
            let ending = done.kind.map_or("xml", Kind::extension);
            part.name = [&part.name, ".", ending].concat();
            part.done = Some(done);
        }
    }
    package.note_the_rest(notes);
    write(&found.parts)
}

fn xml_part(
    part_type: &'static PartType,
    key: &str,
    package: &mut Package<'_>,
    found: &mut Found,
    format: &mut dyn Format,
    notes: &mut Notes,
) -> Result<Done, Refusal> {
    let bytes = package.read(key)?;
    let relations = package.relations(key, notes)?;
    let limits = package.limits();
    for relation in &relations {
        if relation.target.is_none() {
            notes.found(Category::Links);
            match &*relation.kind {
                "hyperlink" => notes.changed(Change::LinksRemoved),
                // Nobody saw these.
                "attachedTemplate" | "mailMergeSource" | "mailMergeHeaderSource" => {}
                _ => notes.changed(Change::PartsRemoved),
            }
        }
    }
    let mut root = xml::read(&bytes, SPACES, &limits, notes)?;
    drop(bytes);
    alternate::resolve(&mut root, format.known(), notes);
    let mut links = Links {
        owner: key,
        relations: &relations,
        by_id: relations.iter().enumerate().map(|(place, one)| (&*one.id, place)).collect(),
        new: Vec::new(),
        numbers: HashMap::new(),
        allowed: part_type.names,
        found,
        listing: &package.listing,
        serial: 0,
    };
    links.bring(part_type.brings);
    format.clean(part_type, &mut root, &mut links, notes)?;
    let relations = links.new;
    let bytes = xml::write(&root, SPACES, format.default_space(part_type));
    Ok(Done { bytes, kind: None, relations })
}

/// Shows the format what it looks at before anything is cleaned. What is found there is
/// counted when the part is cleaned.
///
/// A part that is not taken over is not looked at either: what it says is not in the copy.
fn look(
    main: &str,
    package: &mut Package<'_>,
    found: &Found,
    format: &mut dyn Format,
) -> Result<(), Refusal> {
    let silent = &mut Notes::default();
    let relations = package.relations(main, silent)?;
    for kind in format.looks_at() {
        for relation in &relations {
            let part = found.find(relation, &[kind], &package.listing);
            let Some((_, key)) = part else { continue };
            let bytes = package.ahead(key)?;
            let mut root = xml::read(&bytes, SPACES, &package.limits(), silent)?;
            alternate::resolve(&mut root, format.known(), silent);
            format.look(kind, &root);
        }
    }
    Ok(())
}

/// The key of the main part.
fn main_part(
    package: &mut Package<'_>,
    types: &[PartType],
    notes: &mut Notes,
) -> Result<String, Refusal> {
    let relations = package.relations("", notes)?;
    let mut main = relations.into_iter().filter(|one| one.kind == "officeDocument");
    let (Some(one), None) = (main.next(), main.next()) else {
        return Err(Refusal::Damaged(Damage::Missing));
    };
    let key = one.target.ok_or(Refusal::Damaged(Damage::Missing))?;
    let declared = package.listing.content_type(&key).ok_or(Refusal::Damaged(Damage::Missing))?;
    // A template is written as an ordinary document: it has the same elements.
    let stem = |name: &str| name.split_once("ml.").map(|(stem, _)| stem.to_ascii_lowercase());
    let ours = types.first().map(|one| one.content_type).unwrap_or_default();
    if stem(declared) != stem(ours) || !declared.ends_with(".main+xml") {
        return Err(Refusal::Damaged(Damage::Missing));
    }
    Ok(key)
}

fn write(parts: &[Part]) -> Result<Vec<u8>, Refusal> {
    let main = parts.first().ok_or(Refusal::Internal)?;
    let relationships = "application/vnd.openxmlformats-package.relationships+xml";
    let mut endings = BTreeMap::from([("rels", relationships)]);
    let mut typed = Vec::new();
    for part in parts {
        match part.done.as_ref().and_then(|done| done.kind) {
            Some(kind) => drop(endings.insert(kind.extension(), kind.media_type())),
            None => typed.push((&*part.name, part.sort.content_type)),
        }
    }
    let endings: Vec<_> = endings.into_iter().collect();
    let mut writer = Writer::default();
    writer.add(types::NAME, types::write(&endings, &typed).as_bytes())?;
    let root = [("officeDocument", &*main.name)];
    writer.add("_rels/.rels", relations::write(root.into_iter()).as_bytes())?;
    for part in parts {
        let done = part.done.as_ref().ok_or(Refusal::Internal)?;
        writer.add(&part.name, &done.bytes)?;
        if done.relations.is_empty() {
            continue;
        }
        let named = done
            .relations
            .iter()
            .filter_map(|&(kind, number)| parts.get(number).map(|target| (kind, &*target.name)));
        let (folder, file) = part.name.rsplit_once('/').ok_or(Refusal::Internal)?;
        let name = [folder, "/_rels/", file, ".rels"].concat();
        writer.add(&name, relations::write(named).as_bytes())?;
    }
    writer.finish()
}
