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
mod shape;
mod style;
mod vml;
mod words;

pub(crate) use chart::CHART;
pub(crate) use colour::COLOURS;
pub(crate) use drawing::{DRAWING, TEXT, THEME};
pub(crate) use fonts::{FACE, FONT};
pub(crate) use guide::Guides;
pub(crate) use math::MATH;
pub(crate) use shape::SHAPES;
pub(crate) use vml::VML;
pub(crate) use words::WORDS;
