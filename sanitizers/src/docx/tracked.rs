//! Tracked changes, accepted as Word would accept them.
//!
//! What was added is ordinary text: its wrapping is opened by the tables. What was deleted
//! is taken out here, with the marks of paragraphs, rows and cells that were deleted.

use crate::xml::{Element, Node};
use crate::{Category, Change, Notes};

/// Elements that say that something was changed, by whom and when.
const MARKS: &[&str] = &[
    "w:ins",
    "w:del",
    "w:moveFrom",
    "w:moveTo",
    "w:rPrChange",
    "w:pPrChange",
    "w:sectPrChange",
    "w:tblPrChange",
    "w:trPrChange",
    "w:tcPrChange",
    "w:tblGridChange",
    "w:tblPrExChange",
    "w:numberingChange",
    "w:cellIns",
    "w:cellDel",
    "w:cellMerge",
];

/// Accepts all changes of a story. Goes as deep as the tree, which the reader has bounded.
pub(super) fn accept(element: &mut Element, notes: &mut Notes) {
    if element.elements().any(|child| MARKS.contains(&&*child.name)) {
        notes.changed(Change::TrackedChangesAccepted);
    }
    element.children.retain(|node| {
        let is_deleted = node.element().is_some_and(is_deleted);
        if is_deleted {
            notes.found(Category::History);
        }
        !is_deleted
    });
    join(element, notes);
    element.elements_mut().for_each(|child| accept(child, notes));
}

fn is_deleted(element: &Element) -> bool {
    let marked = |inside: &str, mark: &str| {
        element.child(inside).is_some_and(|inside| inside.child(mark).is_some())
    };
    match &*element.name {
        "w:del" | "w:moveFrom" => true,
        "w:tr" => marked("w:trPr", "w:del"),
        "w:tc" => marked("w:tcPr", "w:cellDel"),
        _ => false,
    }
}

/// Joins a paragraph whose end was deleted with the one behind it, whose looks it takes.
fn join(element: &mut Element, notes: &mut Notes) {
    if !element.elements().any(end_is_deleted) {
        return;
    }
    let mut left: Vec<Node> = Vec::with_capacity(element.children.len());
    // A paragraph without its end, as it looks, and the words that are in front of the next.
    let mut before: Option<(Element, Vec<Node>)> = None;
    let whole = |(mut paragraph, words): (Element, Vec<Node>)| {
        paragraph.children.extend(words);
        Node::Element(paragraph)
    };
    for node in std::mem::take(&mut element.children) {
        let mut paragraph = match node {
            Node::Element(one) if one.is("w:p") => one,
            node => {
                // Between a paragraph and a table nothing can be joined.
                if !matches!(&node, Node::Text(_)) {
                    left.extend(before.take().map(whole));
                }
                left.push(node);
                continue;
            }
        };
        let is_joined = end_is_deleted(&paragraph);
        if before.is_none() && !is_joined {
            left.push(Node::Element(paragraph));
            continue;
        }
        let mut words = before.take().map(|(_, words)| words).unwrap_or_default();
        let own = std::mem::take(&mut paragraph.children);
        let (looks, own): (Vec<_>, Vec<_>) = own.into_iter().partition(|node| node.is("w:pPr"));
        paragraph.children = looks;
        words.extend(own);
        if is_joined {
            notes.found(Category::History);
            notes.changed(Change::TrackedChangesAccepted);
            before = Some((paragraph, words));
        } else {
            left.push(whole((paragraph, words)));
        }
    }
    left.extend(before.map(whole));
    element.children = left;
}

fn end_is_deleted(element: &Element) -> bool {
    let looks = element.child("w:pPr").and_then(|looks| looks.child("w:rPr"));
    let deleted =
        |looks: &Element| looks.elements().any(|one| one.is("w:del") || one.is("w:moveFrom"));
    element.is("w:p") && looks.is_some_and(deleted)
}
