//! What must be known of the whole workbook before its first part is written.
//!
//! Whether a formula may stay depends on the names of sheets and tables, which names stay on
//! the formulas, and which strings and looks on the cells. So all sheets are read once
//! before, and once more when they are written.

use std::collections::{BTreeSet, HashMap};

use super::cells;
use super::formula::{self, Known};
use crate::office::{self, Package, Relation, SPACES};
use crate::refusal::{Damage, Feature};
use crate::xml::{self, Element};
use crate::{Notes, Refusal};

/// What is known of the whole.
#[derive(Default)]
pub(super) struct Survey {
    pub(super) known: Known,
    /// Names that formulas use which stay, in small letters.
    pub(super) names: BTreeSet<String>,
    /// Strings by their old numbers: the new ones, in the order in which they are met.
    pub(super) strings: HashMap<usize, usize>,
    /// Numbers of looks of cells that are in use, and of those that rules and tables put on.
    pub(super) styles: BTreeSet<usize>,
    pub(super) rules: BTreeSet<usize>,
}

impl Survey {
    /// The new number of a string.
    pub(super) fn string(&mut self, old: usize) -> usize {
        let next = self.strings.len();
        *self.strings.entry(old).or_insert(next)
    }
}

/// Reads the whole workbook.
pub(super) fn survey(package: &mut Package<'_>, main: &str) -> Result<Survey, Refusal> {
    let mut survey = Survey::default();
    let book = read(package, main)?;
    let relations = package.relations(main, &mut Notes::default())?;
    // A program in old clothes: sheets that run.
    if relations.iter().any(|one| one.kind.to_ascii_lowercase().contains("macrosheet")) {
        return Err(Refusal::Feature(Feature::Macros));
    }
    let mut sheets = Vec::new();
    for sheet in entries(&book, "x:sheets") {
        let name = sheet.get("name").ok_or(Refusal::Damaged(Damage::Missing))?;
        if !survey.known.sheets.insert(name.to_lowercase()) {
            return Err(Refusal::Damaged(Damage::Value));
        }
        let part = sheet.get("r:id").and_then(|id| part_of(&relations, id, "worksheet"));
        sheets.extend(part.filter(|part| package.has(part)));
    }
    for sheet in &sheets {
        tables(package, sheet, &mut survey)?;
    }
    for name in entries(&book, "x:definedNames").filter(|name| is_plain_name(name)) {
        if formula::plain(&name.text(), &survey.known).is_some() {
            let name = name.get("name").unwrap_or_default().to_lowercase();
            survey.known.names.insert(name);
        }
    }
    // Of two things with one name, only one may stand for cells.
    let plain = without_names(&survey.known);
    for name in entries(&book, "x:definedNames").filter(|name| is_plain_name(name)) {
        if formula::plain(&name.text(), &plain).is_none() {
            let name = name.get("name").unwrap_or_default().to_lowercase();
            survey.known.names.remove(&name);
        }
    }
    for sheet in &sheets {
        let mut root = read(package, sheet)?;
        cells::prepare(&mut root, &mut survey, &mut Notes::default())?;
    }
    Ok(survey)
}

/// A name for cells, and none that the program made for itself or that runs something.
pub(super) fn is_plain_name(name: &Element) -> bool {
    let said = name.get("name").unwrap_or_default();
    let runs = ["function", "vbProcedure", "xlm"];
    let is_on = |attribute: &&str| matches!(name.get(attribute), Some("1" | "true"));
    !said.is_empty() && !said.starts_with("_xl") && !runs.iter().any(is_on)
}

/// Names may stand for cells, not for other names.
pub(super) fn without_names(known: &Known) -> Known {
    Known { sheets: known.sheets.clone(), tables: known.tables.clone(), names: BTreeSet::new() }
}

fn read(package: &mut Package<'_>, part: &str) -> Result<Element, Refusal> {
    let bytes = package.ahead(part)?;
    let mut root = xml::read(&bytes, SPACES, &package.limits(), &mut Notes::default())?;
    office::choose(&mut root, &[], &mut Notes::default());
    Ok(root)
}

/// The elements of a list of the workbook.
pub(super) fn entries<'a>(book: &'a Element, list: &str) -> impl Iterator<Item = &'a Element> {
    book.child(list).into_iter().flat_map(Element::elements)
}

fn part_of(relations: &[Relation], id: &str, kind: &str) -> Option<String> {
    let found = relations.iter().find(|one| one.id == id && one.kind == kind)?;
    found.target.clone()
}

/// Tables get numbers for names, in the order in which the sheets name them.
fn tables(package: &mut Package<'_>, sheet: &str, survey: &mut Survey) -> Result<(), Refusal> {
    let relations = package.relations(sheet, &mut Notes::default())?;
    let mut of_tables: Vec<&Relation> =
        relations.iter().filter(|one| one.kind == "table").collect();
    // Only where there are several, the sheet must be read once more.
    if of_tables.len() > 1 {
        let root = read(package, sheet)?;
        let named = entries(&root, "x:tableParts").filter_map(|one| one.get("r:id"));
        let places: HashMap<&str, usize> = named.zip(0..).collect();
        of_tables.sort_by_key(|one| places.get(&*one.id).copied().unwrap_or(usize::MAX));
    }
    let parts: Vec<String> = of_tables.into_iter().filter_map(|one| one.target.clone()).collect();
    for part in parts {
        if !package.has(&part) {
            continue;
        }
        let table = read(package, &part)?;
        note_looks(&table, &mut survey.rules);
        let tables = &mut survey.known.tables;
        let next = tables.len().saturating_add(1);
        if let Some(name) = table.get("displayName") {
            tables.entry(name.to_lowercase()).or_insert_with(|| format!("Table{next}"));
        }
    }
    Ok(())
}

/// Notes the looks that a table puts on its cells.
fn note_looks(element: &Element, looks: &mut BTreeSet<usize>) {
    let of_looks = element.attributes.iter().filter(|one| one.name.ends_with("DxfId"));
    looks.extend(of_looks.filter_map(|one| cells::number(Some(&one.value))));
    element.elements().for_each(|child| note_looks(child, looks));
}
