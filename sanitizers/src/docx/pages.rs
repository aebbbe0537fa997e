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
        let has_first = has_first_pages(document);
        self.take_out(document, has_first, notes);
    }

    fn take_out(&mut self, element: &mut Element, has_first: bool, notes: &mut Notes) {
        let is_even = self.even;
        element.children.retain(|node| {
            let reference = node
                .element()
                .filter(|one| one.is("w:headerReference") || one.is("w:footerReference"));
            let is_shown = match reference.map(|one| one.get("w:type").unwrap_or("default")) {
                Some("first") => has_first,
                Some("even") => is_even,
                _ => true,
            };
            notes.found_many(Category::Other, u32::from(!is_shown));
            is_shown
        });
        for child in element.elements_mut() {
            let sort = match &*child.name {
                "w:footnoteReference" => "w:footnote",
                "w:endnoteReference" => "w:endnote",
                _ => {
                    self.take_out(child, has_first, notes);
                    continue;
                }
            };
            self.notes.extend(child.get("w:id").map(|id| (sort, id.to_owned())));
        }
    }

    /// Leaves the notes that something leads to, and the lines between them and the text.
    pub(super) fn leave_notes(&self, root: &mut Element, notes: &mut Notes) {
        root.children.retain(|node| {
            let Some(note) = node.element() else { return false };
            let sort = if note.is("w:footnote") { "w:footnote" } else { "w:endnote" };
            let is_line = note.get("w:type").is_some_and(|of| of != "normal");
            let id = note.get("w:id").unwrap_or_default().to_owned();
            let is_shown = is_line || self.notes.contains(&(sort, id));
            if !is_shown {
                notes.found(Category::History);
                notes.changed(Change::HiddenTextRemoved);
            }
            is_shown
        });
    }
}

/// Whether a section has a first page of its own; a later one takes over its header.
fn has_first_pages(element: &Element) -> bool {
    element.is("w:sectPr") && element.child("w:titlePg").is_some_and(is_on)
        || element.elements().any(has_first_pages)
}
