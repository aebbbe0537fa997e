//! Fields in one element, with their words in it.

use super::{kept, note};
use crate::Notes;
use crate::xml::{Element, Node};

/// Opens the fields of this sort that are not kept. Goes as deep as the tree, which the
/// reader has bounded.
pub(super) fn open(element: &mut Element, notes: &mut Notes) {
    let mut left = Vec::with_capacity(element.children.len());
    for node in std::mem::take(&mut element.children) {
        let Node::Element(mut child) = node else {
            left.push(node);
            continue;
        };
        open(&mut child, notes);
        if !child.is("w:fldSimple") {
            left.push(Node::Element(child));
            continue;
        }
        let instruction = child.get("w:instr").unwrap_or_default().to_owned();
        if let Some(kept) = kept(&instruction) {
            child.set("w:instr", kept);
            left.push(Node::Element(child));
        } else {
            note(&instruction, !child.children.is_empty(), notes);
            child.children.retain(|node| !node.is("w:fldData"));
            left.append(&mut child.children);
        }
    }
    element.children = left;
}
