//! SVG: the same drawing, with nothing in it that is not drawn.
//!
//! A drawing is a text that programs fill with more than shapes: who made it and when (RDF),
//! on which path it was exported (`inkscape:export-filename`), names of layers, guides and
//! grids, whole source files of an editor, content credentials, comments, titles that show up
//! under the mouse. It can run scripts, and it can call home: by pictures, fonts, style sheets
//! and shapes of other servers, which would tell them that somebody reads a report. What is
//! not displayed, or defined and never used, is still there for whoever opens the text.
//!
//! So the drawing is read as XML and written again from tables: elements, attributes and
//! properties of styles. A value must be made of numbers, colours and words of the standard;
//! what it names must lie in the same file; names are numbered anew. Style sheets are taken
//! apart and written again. Pictures inside are cleaned like files that come alone. Hidden
//! layers and unused definitions go.
//!
//! It stays a drawing and is not made into a picture: text needs fonts, and there are none
//! where files are cleaned, so words would be lost. Fonts that a file brings along or asks
//! for by an unusual name are gone; common families stay.
//!
//! Left out: animation, links (what they frame stays), foreign content. Refused: entities
//! (they unfold without end), shapes that refer to each other so often that they unfold
//! likewise, alternatives for several languages, two different targets of one reference.
//!
//! What stays: how precise the numbers are, the order of shapes, and shapes that others
//! cover. Whatever is invisible by its colour or opacity is kept; there is a warning where
//! a property says so.
//!
//! Formats: Scalable Vector Graphics 1.1 (second edition) and 2; CSS Syntax 3; Filter Effects.

mod filter;
mod names;
mod path;
mod place;
mod prune;
mod sheet;
mod tables;
mod unseen;
mod value;
pub(crate) mod words;

use crate::refusal::{Damage, Feature};
use crate::xml::{self, Element, Space};
use crate::{About, Category, Limits, Notes, ReadSeek, Refusal};
#[cfg(test)]
pub(crate) use tables::lists;

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "shapes, text, gradients, patterns, masks, filters; style sheets, taken apart; \
           pictures inside of the drawing, cleaned; names inside the drawing, numbered anew",
    removed: "who made it, when, with what and on which path; comments, titles, data of editors; \
              scripts, animation, links, whatever is fetched; hidden layers, unused \
              definitions; fonts with unusual names",
    refused: "entities, alternatives for several languages, drawings that are not SVG alone",
};

/// Names of elements begin with `svg:` here, whatever the file calls it.
const SPACES: [Space; 2] = [
    Space { prefix: "svg", uri: "http://www.w3.org/2000/svg", also: &[] },
    Space { prefix: "xlink", uri: "http://www.w3.org/1999/xlink", also: &[] },
];

/// Returns a clean copy of the SVG in `source`.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let file = crate::read_all(source, limits)?;
    let text = without_doctype(&file, notes)?;
    let mut root = xml::read(&text, &SPACES, limits, notes)?;
    if !root.is("svg:svg") {
        return Err(Refusal::Damaged(Damage::Value));
    }
    filter::drawing(&mut root, limits, notes)?;
    prune::drawing(&mut root, notes)?;
    prune::check(&root, limits)?;
    unseen::drawing(&mut root, notes);
    names::drawing(&mut root);
    Ok(write(&root))
}

fn write(root: &Element) -> Vec<u8> {
    xml::write(root, &SPACES, Some("svg"))
}

/// The allow-list, from the tables the cleaner works by.
pub(crate) fn explain() -> Vec<String> {
    tables::explain()
}

/// Leaves out the type of document that editors write in front. One that defines entities
/// is refused: they unfold without end, and name files that a reader fetches.
fn without_doctype(file: &[u8], notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let find = |from: usize, what: &[u8]| {
        let rest = file.get(from..)?;
        rest.windows(what.len()).position(|window| window == what).map(|at| from + at)
    };
    let mut at = 0;
    while let Some(start) = find(at, b"<") {
        let rest = file.get(start..).unwrap_or_default();
        if rest.starts_with(b"<!DOCTYPE") {
            let end = find(start, b">").ok_or(Refusal::Truncated)?;
            let inside = file.get(start..end).unwrap_or_default();
            if inside.contains(&b'[') {
                return Err(Refusal::Feature(Feature::Construct));
            }
            let usual = inside.windows(13).any(|window| window == b"-//W3C//DTD S");
            notes.found_many(Category::Links, u32::from(!usual));
            let behind = file.get(end + 1..).unwrap_or_default();
            return Ok([file.get(..start).unwrap_or_default(), behind].concat());
        }
        let end = match rest {
            [b'<', b'!', b'-', b'-', ..] => find(start, b"-->"),
            [b'<', b'?', ..] => find(start, b"?>"),
            _ => break,
        };
        at = end.ok_or(Refusal::Truncated)?;
    }
    Ok(file.to_vec())
}
