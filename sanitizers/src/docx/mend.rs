//! What must be there for the format's sake, and what may go since nothing is in it.

use super::seams;
use crate::xml::{Element, Node};
use crate::{Change, Notes};

/// Which element a part begins with, by the relationship that leads to it.
const ROOTS: &[(&str, &str)] = &[
    ("officeDocument", "w:document"),
    ("styles", "w:styles"),
    ("numbering", "w:numbering"),
    ("settings", "w:settings"),
    ("theme", "a:theme"),
    ("themeOverride", "a:themeOverride"),
    ("footnotes", "w:footnotes"),
    ("endnotes", "w:endnotes"),
    ("header", "w:hdr"),
    ("footer", "w:ftr"),
    ("chart", "c:chartSpace"),
];

/// Whether a part may begin like this.
pub(super) fn is_root(relation: &str, name: &str) -> bool {
    ROOTS.contains(&(relation, name))
}

/// Elements in which there must be a paragraph, at the end where the second word says so.
const NEED_PARAGRAPH: &[(&str, bool)] = &[
    ("w:tc", true),
    ("w:hdr", false),
    ("w:ftr", false),
    ("w:footnote", false),
    ("w:endnote", false),
    ("w:txbxContent", false),
];

/// Takes out runs and drawings in which nothing is left, and puts in the paragraphs that
/// Word demands. Goes as deep as the tree, which the reader has bounded.
pub(super) fn mend(element: &mut Element, notes: &mut Notes) {
    // In settings and sections, notes are only named.
    if matches!(&*element.name, "w:footnotePr" | "w:endnotePr") {
        return;
    }
    element.elements_mut().for_each(|child| mend(child, notes));
    if matches!(&*element.name, "w:t" | "m:t") {
        seams::trim(element);
    }
    element.children.retain(|node| {
        let Node::Element(child) = node else { return true };
        if is_frame_of_nothing(child) {
            notes.changed(Change::PartsRemoved);
            return false;
        }
        !is_empty(child)
    });
    seams::join(element);
    let Some(&(_, at_end)) = NEED_PARAGRAPH.iter().find(|(name, _)| element.is(name)) else {
        return;
    };
    let last = element.elements().next_back();
    let is_missing = match last {
        Some(last) if at_end => !last.is("w:p"),
        Some(_) => !element.elements().any(|one| one.is("w:p") || one.is("w:tbl")),
        None => true,
    };
    if is_missing {
        element.children.push(Node::Element(Element::new("w:p")));
    }
}

/// A run with nothing but looks, a table without rows, a row without cells.
fn is_empty(element: &Element) -> bool {
    match &*element.name {
        "w:r" => element.elements().all(|child| child.is("w:rPr")),
        "w:tr" => element.child("w:tc").is_none(),
        "w:tbl" => element.child("w:tr").is_none(),
        "w:t" | "w:hyperlink" | "w:fldSimple" | "w:pict" | "w:object" => {
            element.children.is_empty()
        }
        _ => false,
    }
}

/// A place for a drawing in which there is no drawing any more: a diagram, an ink stroke.
fn is_frame_of_nothing(element: &Element) -> bool {
    element.is("w:drawing") && element.elements().all(|place| place.child("a:graphic").is_none())
}

/// The words that are shown, paragraph by paragraph.
pub(super) fn shown(root: &Element) -> String {
    let mut words = String::new();
    collect(root, &mut words);
    words
}

fn collect(element: &Element, words: &mut String) {
    for child in element.elements() {
        match &*child.name {
            "w:t" | "m:t" | "a:t" | "c:v" => words.push_str(&child.text()),
            "w:tab" | "w:br" => words.push('\t'),
            _ => collect(child, words),
        }
    }
    if matches!(&*element.name, "w:p" | "a:p" | "c:pt") {
        words.push('\n');
    }
}
