//! Looks of cells.
//!
//! A workbook keeps every look that was ever pasted into it, with names in the language of
//! whoever made it and fonts and formats of other people's files. What no cell uses becomes
//! plain; its number stays, so that no cell changes.

use std::collections::BTreeSet;

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
    if let Some(list) = styles.child_mut("x:numFmts") {
        let before = list.children.len();
        list.children.retain(|one| {
            let number = one.element().and_then(|one| one.get("numFmtId")?.parse().ok());
            number.is_some_and(|number| formats.contains(&number))
        });
        let mut codes = list.elements().filter_map(|one| one.get("formatCode"));
        if codes.any(|code| code.contains(';') && code.trim_matches([';', ' ']).is_empty()) {
            // A format that shows nothing, whatever the cell holds.
            notes.warn(Warning::HiddenText);
        }
        if list.children.len() < before {
            notes.found(Category::History);
        }
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
