//! What Word documents, Excel workbooks and `PowerPoint` slides have in common.
//!
//! Such a file is a ZIP of parts that refer to each other. Names, dates and numbers that
//! lead to a person are everywhere in it: in parts of their own (properties, people,
//! comments, signatures, labels, settings of printers, copies of what a program knew), in
//! attributes that no viewer shows, in the names of parts and relationships, in pictures and
//! documents inside, and in what the ZIP says of its members.
//!
//! So a new package is made. It begins at the main part and takes in only parts that a
//! table allows ([`PartType`]): by their relationship, from a part that may have it, and by
//! their content type. Everything else is left behind and counted. XML goes through tables
//! of elements and attributes ([`crate::xml`]); pictures are cleaned like pictures that come
//! alone; programs and documents inside are left out, and the picture that stands for them
//! stays. Nothing refers to anything outside of the package.
//!
//! Canonical form of a copy, which the second reader relies on:
//!
//! - members: `[Content_Types].xml`, `_rels/.rels`, then each part behind each other, with
//!   its relationships right behind it if it has any; all as [`crate::zip::Writer`] writes;
//! - parts are in the order in which they are found, first those a part brings along without
//!   naming them, in the order of the table, then those it names, in the order of their
//!   names in it; the parts that a part leads to come behind all parts found before;
//! - the name of a part is that of its type, with a number from 1 counted per type if there
//!   may be several: `word/document.xml`, `word/header2.xml`, `word/media/image1.png`;
//! - relationships are `rId1`, `rId2`, … in the order in which they are found, in the
//!   transitional namespace, with targets from the root (`/word/media/image1.png`), and none
//!   is external;
//! - `[Content_Types].xml` has a `Default` for `rels` and for each kind of media, sorted by
//!   ending, then an `Override` for each other part in the order of the members;
//! - XML is UTF-8 with the usual declaration, without comments, instructions, CDATA and
//!   blanks between tags; namespaces are declared at the root, those in use and no others,
//!   with the prefixes and in the order of [`SPACES`]; attributes are sorted by name with
//!   prefix, an element without content is closed in its tag; in text `& < >` and carriage
//!   returns are references, in attributes the quotation mark, tabs and line ends as well;
//! - numbers are in one spelling, without signs and zeros that count for nothing;
//! - elements that hold words stand where they are shown (a table of places says where);
//! - `mc:AlternateContent` is resolved, tracked changes are accepted, content controls are
//!   opened; names of drawings are empty or numbers, relationship ids and style ids ours.
//!
//! Refused: macros (by the recognition), passwords (they are no ZIP), two relationships of
//! one id, a package that has no main part or two.
//!
//! Format: ECMA-376, fifth edition, part 2 (Open Packaging Conventions) and part 3 (Markup
//! Compatibility); ISO/IEC 29500:2016.

mod alternate;
mod build;
pub(crate) mod chart;
pub(crate) mod diagram;
pub(crate) mod drawing;
mod media;
mod noted;
mod package;
mod part;
mod relations;
mod spaces;
mod tables;
#[cfg(test)]
mod tests;
mod types;

pub(crate) use alternate::resolve as choose;
pub(crate) use build::{Format, Links, Names, filter, rebuild};
pub(crate) use noted::NOTED;
pub(crate) use package::Package;
pub(crate) use part::{Content, PICTURES, PartType, part_of};
pub(crate) use relations::Relation;
pub(crate) use spaces::SPACES;
pub(crate) use tables::{
    CHART, COLOURS, DRAWING, FACE, FONT, Guides, MATH, PLACES, SHAPES, TEXT, THEME, VML, WORDS,
};
