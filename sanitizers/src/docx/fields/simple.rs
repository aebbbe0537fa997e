//! Fields in one element, with their words in it.

use super::{kept, note, shown};
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
            let looks = child.child("w:r").and_then(|run| run.child("w:rPr")).cloned();
            let mut run = Element::new("w:r");
            run.children.extend(looks.into_iter().chain([shown()]).map(Node::Element));
            child.children = vec![Node::Element(run)];
            left.push(Node::Element(child));
        } else {
            note(&instruction, !child.children.is_empty(), notes);
            child.children.retain(|node| !node.is("w:fldData"));
            left.append(&mut child.children);
        }
    }
    element.children = left;
}
