//! What a text document shows: its body with headers and footers where they begin to count,
//! then its notes.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::hidden::Styles;
use super::package::{Package, parts_of_kind};
use super::shown::{Reading, Shown, part};
use super::xml::{self, Step, child, name};

/// Parts beside the body: notes, and those that can hold pictures.
const BESIDE: [&str; 4] = ["footnotes", "endnotes", "numbering", "theme"];

pub(super) fn shown(package: &mut Package<'_>) -> Option<Shown> {
    let main = package.main()?;
    let pages = pages(package, &main)?;
    let styles = Styles::read(package, &main)?;
    let mut shown = Shown { styles, pages: Some(pages), ..Shown::default() };
    part(package, &main, Reading::Whole, &mut shown)?;
    let relations = package.relations(&main)?;
    for kind in BESIDE {
        for beside in parts_of_kind(&relations, kind) {
            if package.has(&beside) {
                let before = shown.pictures.len();
                part(package, &beside, Reading::Whole, &mut shown)?;
                if kind == "numbering" {
                    shown.of_lists.extend(shown.pictures.iter().skip(before).cloned());
                }
            }
        }
    }
    Some(shown)
}

/// Which of its headers a document shows.
#[derive(Default)]
pub(super) struct Pages {
    /// Where headers of first pages are named that no section shows.
    unused: BTreeSet<usize>,
    /// Whether there are even pages that differ from others.
    even: bool,
    /// Numbers of notes that something leads to, each with the sort of note before it.
    notes: BTreeSet<String>,
}

impl Pages {
    /// Whether no page shows a header or a note. What leads to notes comes before them.
    pub(super) fn hide(&mut self, node: Node<'_, '_>) -> bool {
        let get = |wanted: &str| {
            node.attributes().find(|one| one.name() == wanted).map(|one| one.value())
        };
        let id = get("id").unwrap_or_default();
        match name(node) {
            ("w", "headerReference" | "footerReference") => match get("type") {
                Some("first") => self.unused.contains(&node.range().start),
                Some("even") => !self.even,
                _ => false,
            },
            ("w", sort @ ("footnoteReference" | "endnoteReference")) => {
                self.notes.insert([sort, id].concat());
                false
            }
            ("w", sort @ ("footnote" | "endnote")) => {
                !is_line(node) && !self.notes.contains(&[sort, "Reference", id].concat())
            }
            _ => false,
        }
    }
}

/// Whether it is what stands between text and notes.
pub(super) fn is_line(note: Node<'_, '_>) -> bool {
    let kind = note.attributes().find(|one| one.name() == "type");
    matches!(name(note), ("w", "footnote" | "endnote"))
        && kind.is_some_and(|kind| kind.value() != "normal")
}

fn pages(package: &mut Package<'_>, main: &str) -> Option<Pages> {
    let is_on = |node: Node<'_, '_>| {
        let value = node.attributes().find(|one| one.name() == "val").map(|one| one.value());
        !matches!(value, Some("0" | "false" | "off"))
    };
    let mut pages = Pages::default();
    let characters = package.text(main)?;
    let tree = xml::parse(&characters)?;
    // The last reference of each kind that no section has used so far.
    let mut waiting: BTreeMap<&str, usize> = BTreeMap::new();
    xml::walk(tree.root_element(), &mut |node| {
        if name(node) != ("w", "sectPr") {
            let is_old = node.tag_name().name() == "sectPrChange";
            return Some(if is_old { Step::Over } else { Step::Into });
        }
        for reference in node.children().filter(|one| one.tag_name().name().ends_with("Reference"))
        {
            let is_first =
                reference.attributes().any(|one| one.name() == "type" && one.value() == "first");
            if is_first {
                let place = reference.range().start;
                pages.unused.extend(waiting.insert(reference.tag_name().name(), place));
            }
        }
        if child(node, "titlePg").is_some_and(is_on) {
            waiting.clear();
        }
        Some(Step::Over)
    })?;
    pages.unused.extend(waiting.into_values());
    let relations = package.relations(main)?;
    for settings in parts_of_kind(&relations, "settings") {
        if package.has(&settings) {
            let characters = package.text(&settings)?;
            let tree = xml::parse(&characters)?;
            let even = child(tree.root_element(), "evenAndOddHeaders");
            pages.even |= even.is_some_and(is_on);
        }
    }
    Some(pages)
}
