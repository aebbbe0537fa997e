//! What is kept of `WordprocessingML` (ISO/IEC 29500-1, 17; 29500-4, 14.8).

mod blocks;
mod definitions;
mod layout;
mod looks;
mod noted;

use crate::allow::AllowList;
use crate::office;
use crate::xml::Value::{self, Hex, Measure, Name, Number, Plain, Switch, Word};
use crate::xml::{Check, Rule};
pub(super) use noted::NOTED;

pub(super) type Attributes = &'static [(&'static str, Value)];

pub(super) const NONE: Attributes = &[];
pub(super) const ON: Attributes = &[("w:val", Switch)];
pub(super) const WORD: Attributes = &[("w:val", Word)];
pub(super) const NUMBER: Attributes = &[("w:val", Measure)];
pub(super) const STYLE: Attributes = &[("w:val", Name("style"))];
pub(super) const SHOWN: Attributes = &[("xml:space", Word)];
pub(super) const NOTE: Attributes = &[("w:id", Number), ("w:type", Word)];
pub(super) const REFERENCE: Attributes = &[("w:id", Number), ("w:customMarkFollows", Switch)];
pub(super) const WIDTH: Attributes = &[("w:w", Measure), ("w:type", Word)];
/// A line around something; of cells and of styles of tables, a distance as well.
pub(super) const BORDER: Attributes = &[
    ("w:val", Word),
    ("w:color", Plain),
    ("w:themeColor", Word),
    ("w:themeTint", Hex),
    ("w:themeShade", Hex),
    ("w:sz", Number),
    ("w:space", Number),
    ("w:shadow", Switch),
    ("w:frame", Switch),
    ("w:w", Measure),
    ("w:type", Word),
];
pub(super) const COLOUR: Attributes = &[
    ("w:val", Plain),
    ("w:color", Plain),
    ("w:themeColor", Word),
    ("w:themeTint", Hex),
    ("w:themeShade", Hex),
];
/// Which parts of a table a style looks different in.
pub(super) const CONDITIONS: Attributes = &[
    ("w:val", SWITCHES),
    ("w:firstRow", Switch),
    ("w:lastRow", Switch),
    ("w:firstColumn", Switch),
    ("w:lastColumn", Switch),
    ("w:oddVBand", Switch),
    ("w:evenVBand", Switch),
    ("w:oddHBand", Switch),
    ("w:evenHBand", Switch),
    ("w:firstRowFirstColumn", Switch),
    ("w:firstRowLastColumn", Switch),
    ("w:lastRowFirstColumn", Switch),
    ("w:lastRowLastColumn", Switch),
    ("w:noHBand", Switch),
    ("w:noVBand", Switch),
];
/// Twelve digits, each a yes or a no.
const SWITCHES: Value = Value::Checked(Check { name: "twelve switches", check: switches });

fn switches(value: &str) -> Option<String> {
    let fits = value.len() == 12 && value.bytes().all(|byte| matches!(byte, b'0' | b'1'));
    fits.then(|| value.to_owned())
}

/// Everything that is kept of a document.
pub(super) const TABLES: &[&AllowList<Rule>] = &[
    &blocks::BLOCKS,
    &looks::CHARACTERS,
    &looks::PARAGRAPHS,
    &layout::LAYOUT,
    &definitions::DEFINITIONS,
    &office::SHAPES,
    &office::DRAWING,
    &office::COLOURS,
    &office::TEXT,
    &office::THEME,
    &office::CHART,
    &office::MATH,
    &office::VML,
];

/// Everything that is kept, for those who look at it from the other side.
#[cfg(test)]
pub(crate) fn kept() -> Vec<Rule> {
    TABLES.iter().flat_map(|table| table.allowed).copied().collect()
}

/// The lists that the table of canaries watches over: name and number of neighbours.
#[cfg(test)]
pub(crate) fn lists() -> Vec<(&'static str, usize)> {
    TABLES.iter().map(|table| (table.name, table.forbidden.len())).collect()
}
