//! Looks of cells.
//!
//! A workbook keeps every look that was ever pasted into it, with names in the language of
//! whoever made it and fonts and formats of other people's files. What no cell uses becomes
//! plain; its number stays, so that no cell changes.

use std::collections::{BTreeSet, HashMap};

use super::cells;
use super::survey::Survey;
use crate::xml::{Element, Node};
use crate::{Category, Notes, Warning};

/// Leaves of the looks what cells use, and one named look: the plain one.
pub(super) fn prepare(styles: &mut Element, survey: &Survey, notes: &mut Notes) {
    let plain = plain_look(styles);
    if let Some(base) = styles.child_mut("x:cellStyleXfs") {
        let kept = base.elements().nth(plain).or_else(|| base.elements().next()).cloned();
        if base.children.len() > 1 {
            notes.found(Category::Descriptions);
        }
        base.children = kept.into_iter().map(Node::Element).collect();
    }
    if let Some(named) = styles.child_mut("x:cellStyles") {
        let mut normal = Element::new("x:cellStyle");
        normal.set("builtinId", "0");
        normal.set("name", "Normal");
        normal.set("xfId", "0");
        named.children = vec![Node::Element(normal)];
    }
    if let Some(looks) = styles.child_mut("x:cellXfs") {
        for (number, look) in looks.elements_mut().enumerate() {
            if number > 0 && !survey.styles.contains(&number) {
                *look = Element::new("x:xf");
            }
            look.set("xfId", "0");
        }
    }
    let used = |what: &str| numbers(styles, what);
    let (formats, fonts) = (used("numFmtId"), used("fontId"));
    if hides_words(styles, survey) {
        notes.warn(Warning::HiddenText);
    }
    if let Some(list) = styles.child_mut("x:dxfs") {
        for (number, look) in list.elements_mut().enumerate() {
            if !survey.rules.contains(&number) && !look.children.is_empty() {
                notes.found(Category::History);
                *look = Element::new("x:dxf");
            }
        }
    }
    if let Some(list) = styles.child_mut("x:numFmts") {
        let before = list.children.len();
        let number = |one: &Node| one.element()?.get("numFmtId")?.trim().parse().ok();
        // Of two with one number the last counts.
        let last: HashMap<usize, usize> = list
            .children
            .iter()
            .map(number)
            .zip(0..)
            .filter_map(|(n, at)| Some((n?, at)))
            .collect();
        let mut places = 0..;
        list.children.retain(|one| {
            let (number, place) = (number(one), places.next());
            number.is_some_and(|n| formats.contains(&n) && last.get(&n).copied() == place)
        });
        if list.children.len() < before {
            notes.found(Category::History);
        }
    }
    let codes = [styles.child("x:numFmts"), styles.child("x:dxfs")].into_iter().flatten();
    if codes.into_iter().any(has_empty_format) {
        notes.warn(Warning::HiddenText);
    }
    if let Some(list) = styles.child_mut("x:fonts") {
        let first = list.elements().next().cloned();
        for (number, font) in list.elements_mut().enumerate() {
            if let Some(first) = &first
                && !fonts.contains(&number)
                && *font != *first
            {
                notes.found(Category::History);
                font.clone_from(first);
            }
        }
    }
}

/// The number of the look that is called plain.
fn plain_look(styles: &Element) -> usize {
    let named = styles.child("x:cellStyles").into_iter().flat_map(Element::elements);
    let plain =
        named.filter(|one| one.get("builtinId") == Some("0")).find_map(|one| one.get("xfId"));
    plain.and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// What looks refer to by this attribute.
fn numbers(styles: &Element, what: &str) -> BTreeSet<usize> {
    let lists = ["x:cellStyleXfs", "x:cellXfs"].into_iter().filter_map(|list| styles.child(list));
    let looks = lists.flat_map(Element::elements);
    looks.filter_map(|look| look.get(what)?.parse().ok()).collect()
}

/// Whether a format shows nothing, whatever the cell holds.
fn has_empty_format(element: &Element) -> bool {
    let is_empty = |code: &str| {
        let code = code.replace("\"\"", "");
        code.contains(';') && code.trim_matches([';', ' ']).is_empty()
    };
    element.get("formatCode").is_some_and(is_empty) || element.elements().any(has_empty_format)
}

/// Letters of up to this many points cannot be read.
const TINY: f64 = 2.0;

/// Whether a look in use has letters too small to see, or white ones on nothing.
fn hides_words(styles: &Element, survey: &Survey) -> bool {
    let list = |name: &str| styles.child(name).into_iter().flat_map(Element::elements);
    let (fonts, fills): (Vec<_>, Vec<_>) = (list("x:fonts").collect(), list("x:fills").collect());
    let is_filled = |fill: &Element| {
        let pattern = fill.child("x:patternFill");
        pattern.is_none_or(|one| !matches!(one.get("patternType"), None | Some("none")))
    };
    let numbered = |look: &Element, name: &str| cells::number(look.get(name)).unwrap_or(0);
    let used = list("x:cellXfs").zip(0..).filter(|(_, number)| survey.styles.contains(number));
    used.into_iter().any(|(look, _)| {
        let Some(font) = fonts.get(numbered(look, "fontId")) else { return false };
        let size = font.child("x:sz").and_then(|size| size.get("val")?.parse::<f64>().ok());
        let colour = font.child("x:color");
        let is_white = colour.is_some_and(|one| {
            one.get("theme") == Some("0") && one.get("tint").is_none()
                || one.get("rgb").is_some_and(|rgb| rgb.to_ascii_uppercase().ends_with("FFFFFF"))
        });
        let has_ground = fills.get(numbered(look, "fillId")).is_some_and(|fill| is_filled(fill));
        size.is_some_and(|size| size <= TINY) || is_white && !has_ground
    })
}
