//! Words that are there and can hardly be seen: too small, or white on white.

use super::hidden;
use crate::xml::Element;
use crate::{Notes, Warning};

/// Half points that nobody can read.
const TINY: f64 = 4.0;

/// Warns of such words, where they say so themselves. Goes as deep as the tree, which the
/// reader has bounded.
pub(super) fn warn(root: &Element, notes: &mut Notes) {
    if is_in(root, false) {
        notes.warn(Warning::HiddenText);
    }
}

/// Whether there are such words in it; on a coloured ground, white ones can be seen.
fn is_in(element: &Element, is_coloured: bool) -> bool {
    let has_colour = |looks: &str| element.child(looks).is_some_and(is_ground);
    let is_coloured = is_coloured
        || element.child("w:background").is_some()
        || ["w:pPr", "w:tcPr", "w:rPr"].into_iter().any(has_colour)
        || element.child("w:tblPr").is_some_and(|looks| looks.child("w:tblStyle").is_some())
        // What is behind a box is not known here.
        || element.is("w:txbxContent");
    let is_run = element.is("w:r") && element.elements().any(hidden::shows);
    let looks = element.child("w:rPr").filter(|_| is_run);
    looks.is_some_and(|looks| is_tiny(looks) || !is_coloured && is_white(looks))
        || element.elements().any(|child| is_in(child, is_coloured))
}

fn is_ground(looks: &Element) -> bool {
    let fill = looks.child("w:shd").and_then(|shading| shading.get("w:fill"));
    let has_theme = looks.child("w:shd").is_some_and(|one| one.get("w:themeFill").is_some());
    has_theme
        || fill.is_some_and(|fill| !matches!(fill, "auto" | "FFFFFF" | "ffffff"))
        || looks.child("w:highlight").is_some()
}

fn is_tiny(looks: &Element) -> bool {
    let size = looks.child("w:sz").and_then(|size| size.get("w:val")?.parse::<f64>().ok());
    size.is_some_and(|size| size <= TINY)
}

fn is_white(looks: &Element) -> bool {
    let colour = looks.child("w:color").and_then(|colour| colour.get("w:val"));
    matches!(colour, Some("FFFFFF" | "ffffff" | "white"))
}
