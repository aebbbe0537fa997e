//! Cells of text documents that lie under cells of rows above.

use std::collections::BTreeSet;

use roxmltree::Node;

use super::xml::{child, name};

/// Where such cells stand in a part.
pub(super) fn covered<'a, 'i>(
    root: Node<'a, 'i>,
    is_gone: &dyn Fn(Node<'a, 'i>) -> bool,
) -> BTreeSet<usize> {
    let mut covered = BTreeSet::new();
    for table in root.descendants().filter(|node| name(*node) == ("w", "tbl")) {
        let mut above = BTreeSet::new();
        for row in inside(table, "tr").into_iter().filter(|row| !is_gone(*row)) {
            let mut here = BTreeSet::new();
            let mut at = number(row, "trPr", "gridBefore").unwrap_or(0);
            for cell in inside(row, "tc").into_iter().filter(|cell| !is_gone(*cell)) {
                if let Some(merge) = child(cell, "tcPr").and_then(|looks| child(looks, "vMerge")) {
                    let begins = value(merge) == Some("restart");
                    if !begins && above.contains(&at) {
                        covered.insert(cell.range().start);
                    }
                    if begins || above.contains(&at) {
                        here.insert(at);
                    }
                }
                at = at.saturating_add(number(cell, "tcPr", "gridSpan").unwrap_or(1));
            }
            above = here;
        }
    }
    covered
}

/// The rows of a table, or the cells of a row, also those in wrappings.
fn inside<'a, 'i>(holder: Node<'a, 'i>, local: &str) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    for node in holder.children() {
        match name(node) {
            ("w", one) if one == local => found.push(node),
            ("w", "sdt" | "sdtContent" | "customXml" | "smartTag" | "ins" | "moveTo") => {
                found.extend(inside(node, local));
            }
            _ => {}
        }
    }
    found
}

fn number(holder: Node<'_, '_>, looks: &str, local: &str) -> Option<u32> {
    value(child(child(holder, looks)?, local)?)?.trim().parse().ok()
}

fn value<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attributes().find(|one| one.name() == "val").map(|one| one.value())
}
