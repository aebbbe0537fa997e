//! Which parts a part leads to.

use std::fmt::Write;

use super::package::resolved;
use super::spaces::PACKAGE;
use crate::refusal::{Damage, Limit};
use crate::{Limits, Notes, Refusal, xml};

/// What types of the standard begin with: transitional, strict, and the package's own.
const BASES: [&str; 3] = [
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
    "http://schemas.openxmlformats.org/package/2006/relationships/",
];

/// One relationship of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The last word of a type of the standard, or the whole of another one.
    pub(crate) kind: String,
    /// The part inside, by its key; nothing if it leads outside.
    pub(crate) target: Option<String>,
}

/// Reads the relationships of the part with this name.
pub(super) fn read(
    bytes: &[u8],
    owner: &str,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<Relation>, Refusal> {
    let root = xml::read(bytes, PACKAGE, limits, notes)?;
    let mut relations = Vec::new();
    for element in root.elements().filter(|element| element.is("rel:Relationship")) {
        let [Some(id), Some(kind), Some(target)] =
            ["Id", "Type", "Target"].map(|name| element.get(name))
        else {
            return Err(Refusal::Damaged(Damage::Missing));
        };
        if relations.len() >= limits.segments as usize {
            return Err(Refusal::Limit(Limit::Parts));
        }
        let standard = BASES.iter().find_map(|base| kind.strip_prefix(base));
        let is_inside = element.get("TargetMode") != Some("External");
        relations.push(Relation {
            id: id.to_owned(),
            kind: standard.unwrap_or(kind).to_owned(),
            target: is_inside.then(|| resolved(owner, target)).flatten(),
        });
    }
    let mut ids: Vec<&str> = relations.iter().map(|relation| &*relation.id).collect();
    ids.sort_unstable();
    // One reader would follow the first and another one the second.
    if ids.array_windows().any(|[one, next]| one == next) {
        return Err(Refusal::Damaged(Damage::Missing));
    }
    Ok(relations)
}

/// Writes relationships, each with the last word or the whole of its type and the name of
/// its part.
pub(super) fn write<'a>(relations: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut list = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    );
    for (number, (kind, name)) in (1..).zip(relations) {
        let base = if kind.contains(':') { "" } else { BASES[0] };
        // Writing to a string does not fail.
        _ = write!(
            list,
            "<Relationship Id=\"{}\" Type=\"{base}{kind}\" Target=\"/{name}\"/>",
            id(number)
        );
    }
    list.push_str("</Relationships>");
    list
}

/// The name of the relationship with this number, from 1.
pub(super) fn id(number: usize) -> String {
    format!("rId{number}")
}
