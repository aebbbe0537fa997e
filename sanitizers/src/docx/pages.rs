//! Headers and notes that no page shows.
//!
//! A header for first pages stays in the file when first pages no longer have one of their
//! own, and so does one for even pages; a note stays when the place that led to it is gone.
//! Nobody sees them, and they can be years old.

use std::collections::HashSet;

use super::hidden::is_on;
use crate::xml::Element;
use crate::{Category, Change, Notes};

/// What is shown at all.
#[derive(Default)]
pub(super) struct Pages {
    /// Whether even pages differ from odd ones.
    even: bool,
    /// Notes that something leads to: the sort of note, and its number.
    notes: HashSet<(&'static str, String)>,
}

impl Pages {
    /// Reads what the settings of a document say of its pages.
    pub(super) fn look(&mut self, settings: &Element) {
        self.even = settings.child("w:evenAndOddHeaders").is_some_and(is_on);
    }

    /// Takes out of the document what leads to headers that no page shows, and remembers
    /// which notes are shown.
    pub(super) fn leave_shown(&mut self, document: &mut Element, notes: &mut Notes) {
        let mut sections = Vec::new();
        collect(document, &mut sections);
        // Of headers and of footers: whether the sections before show the next one of first
        // pages, which a section has from the one before it if it has none of its own.
        let mut wanted = [false; 2];
        let mut shown: Vec<[bool; 2]> = Vec::with_capacity(sections.len());
        for (has_first_pages, has_own) in sections.into_iter().rev() {
            wanted = wanted.map(|one| one || has_first_pages);
            shown.push(wanted);
            for (one, has_own) in wanted.iter_mut().zip(has_own) {
                *one &= !has_own;
            }
        }
        self.take_out(document, &mut shown, notes);
    }

    fn take_out(&mut self, element: &mut Element, first: &mut Vec<[bool; 2]>, notes: &mut Notes) {
        if element.is("w:sectPr") {
            let [headers, footers] = first.pop().unwrap_or_default();
            let is_even = self.even;
            element.children.retain(|node| {
                let Some(reference) = node.element() else { return true };
                let has_first = match &*reference.name {
                    "w:headerReference" => headers,
                    "w:footerReference" => footers,
                    _ => return true,
                };
                let is_shown = match reference.get("w:type").unwrap_or("default") {
                    "first" => has_first,
                    "even" => is_even,
                    _ => true,
                };
                notes.found_many(Category::Other, u32::from(!is_shown));
                is_shown
            });
            return;
        }
        for child in element.elements_mut() {
            let sort = match &*child.name {
                "w:footnoteReference" => "w:footnote",
                "w:endnoteReference" => "w:endnote",
                _ => {
                    self.take_out(child, first, notes);
                    continue;
                }
            };
            self.notes.extend(child.get("w:id").map(|id| (sort, id.to_owned())));
        }
    }

    /// Leaves the notes that something leads to, and the lines between them and the text,
    /// which are shown only above long notes: without words.
    pub(super) fn leave_notes(&self, root: &mut Element, notes: &mut Notes) {
        for line in root.elements_mut().filter(|one| is_line(one)) {
            if !line.text().trim().is_empty() {
                notes.found(Category::Other);
                notes.changed(Change::HiddenTextRemoved);
            }
            forget_words(line);
        }
        root.children.retain(|node| {
            let Some(note) = node.element() else { return false };
            let sort = if note.is("w:footnote") { "w:footnote" } else { "w:endnote" };
            let id = note.get("w:id").unwrap_or_default().to_owned();
            let is_shown = is_line(note) || self.notes.contains(&(sort, id));
            if !is_shown {
                notes.found(Category::History);
                notes.changed(Change::HiddenTextRemoved);
            }
            is_shown
        });
    }
}

/// Whether it is a line between the text and its notes, and no note.
fn is_line(note: &Element) -> bool {
    note.get("w:type").is_some_and(|of| of != "normal")
}

/// Takes out all words, and drawings. Goes as deep as the tree, which the reader has bounded.
fn forget_words(element: &mut Element) {
    const WORDS: [&str; 6] = ["w:t", "m:t", "w:sym", "w:drawing", "w:pict", "w:object"];
    element.children.retain(|node| !WORDS.iter().any(|name| node.is(name)));
    element.elements_mut().for_each(forget_words);
}

/// Of each section whether its first page is one of its own, and whether it has a header and
/// a footer for it.
fn collect(element: &Element, sections: &mut Vec<(bool, [bool; 2])>) {
    if element.is("w:sectPr") {
        let has = |name: &str| {
            element.elements().any(|one| one.is(name) && one.get("w:type") == Some("first"))
        };
        let is_on = element.child("w:titlePg").is_some_and(is_on);
        sections.push((is_on, [has("w:headerReference"), has("w:footerReference")]));
        return;
    }
    element.elements().for_each(|child| collect(child, sections));
}
