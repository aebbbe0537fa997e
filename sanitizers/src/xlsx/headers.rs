//! What is printed above and below the cells.
//!
//! First and even pages have lines of their own where a switch says so. The lines stay in
//! the file when the switch is off, and fonts are named in them as they were called.

use super::is_on;
use crate::office::FONT;
use crate::xml::{Element, Node, Value};
use crate::{Category, Change, Notes};

/// Which lines there are only with a switch.
const SWITCHED: [(&str, [&str; 2]); 2] = [
    ("differentFirst", ["x:firstHeader", "x:firstFooter"]),
    ("differentOddEven", ["x:evenHeader", "x:evenFooter"]),
];

/// Leaves the lines that a page shows, in fonts that many people have.
pub(super) fn leave_shown(sheet: &mut Element, notes: &mut Notes) {
    let Some(lines) = sheet.child_mut("x:headerFooter") else { return };
    for (switch, names) in SWITCHED {
        if !is_on(lines.get(switch)) {
            let before = lines.children.len();
            lines.children.retain(|line| !names.iter().any(|name| line.is(name)));
            if lines.children.len() < before {
                notes.found(Category::Other);
                notes.changed(Change::HiddenTextRemoved);
            }
        }
    }
    for line in lines.elements_mut() {
        let old = line.text();
        let new = with_known_fonts(&old);
        if new != old {
            notes.found(Category::Other);
            notes.changed(Change::FontsReplaced);
        }
        line.children = if new.is_empty() { Vec::new() } else { vec![Node::Text(new)] };
    }
}

/// A line in which `&"Font,Style"` names known fonts and styles only (ISO/IEC 29500-1,
/// 18.3.1.39).
fn with_known_fonts(line: &str) -> String {
    let mut new = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once('&') {
        new.extend([before, "&"]);
        rest = behind;
        let named = behind.strip_prefix('"').and_then(|behind| behind.split_once('"'));
        if let Some((font, behind)) = named {
            let (face, style) = font.split_once(',').unwrap_or((font, "Regular"));
            new.extend(["\"", &known_font(face), ",", known_style(style), "\""]);
            rest = behind;
        } else if let Some(behind) = behind.strip_prefix('&') {
            // The sign itself.
            new.push('&');
            rest = behind;
        }
    }
    new + rest
}

/// The font itself, or that of the theme.
fn known_font(name: &str) -> String {
    let known = if let Value::Checked(check) = FONT { (check.check)(name) } else { None };
    known.filter(|name| !name.is_empty()).unwrap_or_else(|| "-".to_owned())
}

/// The style in English, which every program knows, from the words of some languages.
fn known_style(style: &str) -> &'static str {
    let style = style.trim().to_lowercase();
    let is_any = |words: &[&str]| words.iter().any(|word| style.contains(word));
    let is_bold = is_any(&["bold", "fed", "fett", "gras", "negrita", "grassetto", "vet", "fet"]);
    let is_slanted = is_any(&["ital", "kursiv", "oblique", "cursi", "corsivo"]);
    match (is_bold, is_slanted) {
        (true, true) => "Bold Italic",
        (true, false) => "Bold",
        (false, true) => "Italic",
        (false, false) => "Regular",
    }
}
