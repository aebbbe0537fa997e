//! What is kept of the vocabularies that several formats share.
//!
//! Names are facts of the standard (ISO/IEC 29500-1, parts 20 to 22; MS-ODRAWXML for the
//! later shapes). Beside each table stand the things that must not come in.

mod chart;
mod colour;
mod drawing;
mod fonts;
mod guide;
mod math;
mod places;
mod shape;
mod style;
mod vml;
mod words;

use crate::xml::{Check, Value};
pub(crate) use chart::CHART;
pub(crate) use colour::COLOURS;
pub(crate) use drawing::{DRAWING, TEXT, THEME};
pub(crate) use fonts::{FACE, FONT};
pub(crate) use guide::Guides;
pub(crate) use math::MATH;
pub(crate) use places::PLACES;
pub(crate) use shape::SHAPES;
pub(crate) use vml::VML;
pub(crate) use words::WORDS;

/// One sign, where a format wants no more: a bracket, a bullet.
const ONE_SIGN: Value = Value::Checked(Check { name: "one sign", check: one_sign });

#[expect(clippy::unnecessary_wraps, reason = "a check may say no, this one never does")]
fn one_sign(value: &str) -> Option<String> {
    Some(value.chars().take(1).collect())
}
