//! Word documents: what they show, in a package made anew.
//!
//! Beside what all Office documents have (see [`crate::office`]), a Word document knows who
//! wrote which words and when: tracked changes keep what was deleted, every comment has a
//! name and a time, every editing session leaves a number on the runs it touched, and those
//! numbers are the same in all documents that grew out of one. Names of styles, templates
//! with their paths, variables, the source of a serial letter, content controls bound to
//! hidden data, bookmarks, fields with paths of files: all of it stays unseen.
//!
//! Kept: words, tables, lists, notes, headers, pictures, shapes, formulas and charts, and how
//! all of it looks. Tracked changes are accepted: what was deleted is gone, what was added is
//! ordinary text. Comments go. Hidden text goes as well, since nobody saw it, and so do notes
//! and headers that no page shows, and what is in cells under others. Fields become what they
//! showed last; those for numbers of pages stay, without the last one. Links inside the
//! document stay.
//! Content controls are opened, forms show what was filled in. Styles keep their look, and
//! their names if Word itself has such a style; styles that nothing uses are left out.
//! Fonts are named if many people have them ([`crate::office::FONT`]).
//!
//! Diagrams become the shapes that were drawn of them. Left out with a note, since they would
//! need programs of their own: ink, embedded files, parts in other formats. A template
//! becomes a document.
//!
//! Format: ISO/IEC 29500-1 (part 17, `WordprocessingML`) and 29500-4; MS-DOCX.

mod diagrams;
mod faint;
mod fields;
mod hidden;
mod links;
mod lists;
mod mend;
mod merged;
mod pages;
mod parts;
mod rules;
mod seams;
mod styles;
mod told;
mod tracked;

use std::collections::HashMap;

use crate::office::{self, Format, Guides, Links, Package, PartType, chart, drawing};
use crate::xml::{self, Element, Rules};
use crate::{About, Category, Limits, Notes, ReadSeek, Refusal, text};
use diagrams::Diagrams;
use lists::Lists;
use pages::Pages;
#[cfg(test)]
pub(crate) use rules::{kept, lists};
use styles::Styles;

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "words and how they look, tables, lists, notes, headers, pictures, shapes, formulas, \
           charts; numbers of pages, links inside the document",
    removed: "properties, comments, tracked changes (accepted), editing sessions, hidden text, \
              links, fields, content controls, bookmarks, names of styles, templates, variables, \
              fonts inside, embedded files, ink",
    refused: "macros, passwords, two documents in one, broken XML",
};

/// Returns a clean copy of the document in `source`.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let rules = Rules::new(rules::TABLES, &[office::WORDS], &[office::NOTED, rules::NOTED])
        .with_places(office::PLACES);
    let mut document = Document {
        rules,
        styles: Styles::default(),
        diagrams: Diagrams::default(),
        pages: Pages::default(),
        lists: Lists::default(),
        numbers: HashMap::new(),
        kinds: HashMap::new(),
    };
    office::rebuild(source, limits, notes, &mut document)
}

/// The allow-lists, from the tables the cleaner works by.
pub(crate) fn explain() -> Vec<String> {
    let part = |part: &PartType| format!("part {}: kept if something shown leads to it", part.name);
    let mut lines: Vec<String> = parts::TYPES.iter().map(part).collect();
    lines.extend(rules::TABLES.iter().flat_map(|table| xml::explain(table)));
    lines
}

/// A document while it is cleaned.
struct Document {
    rules: Rules,
    styles: Styles,
    diagrams: Diagrams,
    pages: Pages,
    lists: Lists,
    /// New numbers of lists, and of their definitions.
    numbers: HashMap<String, usize>,
    kinds: HashMap<String, usize>,
}

impl Format for Document {
    fn types(&self) -> &'static [PartType] {
        parts::TYPES
    }

    fn known(&self) -> &'static [&'static str] {
        &["wps", "wpg", "wpc", "w14"]
    }

    fn looks_at(&self) -> &'static [&'static str] {
        &["styles", "settings"]
    }

    fn survey(&mut self, package: &mut Package<'_>, main: &str) -> Result<(), Refusal> {
        self.diagrams = Diagrams::survey(package, main)?;
        Ok(())
    }

    fn look(&mut self, relation: &'static str, root: &Element) {
        if relation == "styles" { self.styles.look(root) } else { self.pages.look(root) }
    }

    fn clean(
        &mut self,
        part: &'static PartType,
        root: &mut Element,
        links: &mut Links<'_>,
        notes: &mut Notes,
    ) -> Result<(), Refusal> {
        if !mend::is_root(part.relation, &root.name) {
            return Err(Refusal::Damaged(crate::refusal::Damage::Value));
        }
        self.styles.leave_known(root, notes);
        told::keep_colours(root, notes);
        match part.relation {
            "styles" => self.styles.leave_used(root, notes),
            "settings" | "theme" | "themeOverride" => {}
            "chart" => chart::prepare(root, &mut |_| {
                notes.found(Category::Links);
                None
            }),
            "numbering" => {
                std::mem::take(&mut self.lists).leave_used(root, &mut self.styles, notes);
            }
            _ => {
                told::tell(root, notes);
                self.diagrams.replace(root, links);
                tracked::accept(root, notes);
                hidden::remove(root, &self.styles, notes);
                merged::empty(root, notes);
                drawing::forget_unseen(root, notes);
                faint::warn(root, notes);
                fields::resolve(root, notes);
                links::resolve(root, notes);
                match part.relation {
                    "officeDocument" => self.pages.leave_shown(root, notes),
                    "footnotes" | "endnotes" => self.pages.leave_notes(root, notes),
                    _ => {}
                }
                self.lists.add(root);
            }
        }
        drawing::warn(root, notes);
        let (mut guides, mut marks) = (Guides::default(), HashMap::new());
        let (mut bookmarks, mut shapes) = (HashMap::new(), HashMap::new());
        let (styles, lists, kinds) = (&mut self.styles, &mut self.numbers, &mut self.kinds);
        let name = |sort: &'static str, name: &str| match sort {
            "style" => Some(styles.id(name)),
            "style name" => Some(styles.name(name)),
            "guide" => Some(guides.write(name)),
            "mark" => Some(number(&mut marks, name).to_string()),
            "bookmark" => Some(format!("b{}", number(&mut bookmarks, name))),
            "field" => fields::kept(name),
            "list" if name == "0" => Some("0".to_owned()),
            "list" => Some(number(lists, name).to_string()),
            "kind of list" => Some(number(kinds, name).to_string()),
            "shape" => Some(shape(&mut shapes, name)),
            _ => None,
        };
        office::filter(root, &self.rules, links, notes, mend::mend, name);
        text::warn(&mend::shown(root), notes);
        Ok(())
    }
}

/// The number of a name, from 1, in the order in which names come up.
fn number(numbers: &mut HashMap<String, usize>, name: &str) -> usize {
    let next = numbers.len() + 1;
    *numbers.entry(name.to_owned()).or_insert(next)
}

/// The name of a sort of shapes; places that use it have a `#` in front.
fn shape(numbers: &mut HashMap<String, usize>, name: &str) -> String {
    let (sign, name) = name.strip_prefix('#').map_or(("", name), |name| ("#", name));
    let standard = name.strip_prefix("_x0000_t").is_some_and(|digits| {
        (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    if standard { [sign, name].concat() } else { format!("{sign}t{}", number(numbers, name)) }
}
