//! Cells that lie under others.
//!
//! Where cells of several rows are one, the first of them is shown. What is in the others
//! nobody sees.

use std::collections::HashSet;

use super::hidden::shows;
use crate::xml::{Element, Node};
use crate::{Category, Change, Notes};

/// What may stand between a table and its rows, or a row and its cells.
const WRAPPERS: [&str; 6] =
    ["w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo"];

/// Empties such cells. Goes as deep as the tree, which the reader has bounded.
pub(super) fn empty(element: &mut Element, notes: &mut Notes) {
    if element.is("w:tbl") {
        // Where cells of the row before go on below.
        let mut open = HashSet::new();
        each(element, "w:tr", &mut |row| open = empty_in(row, &open, notes));
    }
    element.elements_mut().for_each(|child| empty(child, notes));
}

fn empty_in(row: &mut Element, above: &HashSet<u32>, notes: &mut Notes) -> HashSet<u32> {
    let mut open = HashSet::new();
    let mut column = number(row, "w:trPr", "w:gridBefore").unwrap_or(0);
    each(row, "w:tc", &mut |cell| {
        let merge = cell.child("w:tcPr").and_then(|looks| looks.child("w:vMerge"));
        let is_first = merge.is_some_and(|merge| merge.get("w:val") == Some("restart"));
        let is_under = merge.is_some() && !is_first && above.contains(&column);
        if is_first || is_under {
            open.insert(column);
        }
        let width = number(cell, "w:tcPr", "w:gridSpan").unwrap_or(1);
        column = column.saturating_add(width);
        if is_under {
            if cell.elements().any(shows) {
                notes.found(Category::Other);
                notes.changed(Change::HiddenTextRemoved);
            }
            cell.children.retain(|node| node.is("w:tcPr"));
            cell.children.push(Node::Element(Element::new("w:p")));
        }
    });
    open
}

fn number(element: &Element, looks: &str, name: &str) -> Option<u32> {
    element.child(looks)?.child(name)?.get("w:val")?.trim().parse().ok()
}

/// Does something with each row of a table, or each cell of a row.
fn each(element: &mut Element, name: &str, act: &mut dyn FnMut(&mut Element)) {
    for child in element.elements_mut() {
        if child.is(name) {
            act(child);
        } else if WRAPPERS.contains(&&*child.name) {
            each(child, name, act);
        }
    }
}
