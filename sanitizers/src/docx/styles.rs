//! Styles: their names, which of them hide text, and which are used.
//!
//! People name styles after their company or their project, and Word names them in the
//! language it speaks. So each gets a number, and a name only if it is one that Word gives.

use std::collections::{HashMap, HashSet};

use super::hidden::is_on;
use crate::xml::{Element, Node};
use crate::{Category, Notes, Warning};

/// Styles that are based on each other, at most.
const MOST_STEPS: usize = 32;

/// What a style says that is needed before anything is cleaned.
#[derive(Default)]
struct Style {
    based_on: Option<String>,
    /// Whether it says that text is hidden, or that it is not.
    hides: Option<bool>,
    is_default: bool,
    /// Of paragraphs, characters, tables or lists, and which of all it is.
    sort: &'static str,
    place: usize,
    /// The list that its paragraphs are in, and how deep.
    list: Option<String>,
    level: Option<String>,
}

/// All styles of a document.
#[derive(Default)]
pub(super) struct Styles {
    all: HashMap<String, Style>,
    /// The styles of paragraphs, tables and characters that name none, by their sort.
    usual: HashMap<&'static str, String>,
    /// Whether text is hidden that says nothing of it.
    hides_all: bool,
    /// The numbers of those that something named, in the order in which they came up.
    numbers: HashMap<String, usize>,
    /// Names of our own for names that are not Word's.
    names: HashMap<String, usize>,
}

impl Styles {
    /// Reads what is needed of the styles of a document.
    pub(super) fn look(&mut self, root: &Element) {
        let defaults = root.child("w:docDefaults").and_then(|one| one.child("w:rPrDefault"));
        let looks = defaults.and_then(|defaults| defaults.child("w:rPr"));
        self.hides_all = looks.and_then(|looks| looks.child("w:vanish")).is_some_and(is_on);
        for style in root.elements().filter(|one| one.is("w:style")) {
            let Some(id) = style.get("w:styleId") else { continue };
            let looks = style.child("w:rPr");
            let is_default = matches!(style.get("w:default"), Some("1" | "true" | "on"));
            let sort = sort_of(style);
            if is_default {
                self.usual.insert(sort, id.to_owned());
            }
            let based_on = style.child("w:basedOn").and_then(|one| one.get("w:val"));
            let list = style.child("w:pPr").and_then(|looks| looks.child("w:numPr"));
            let value = |name: &str| list.and_then(|list| list.child(name)?.get("w:val"));
            let (list, level) = (value("w:numId"), value("w:ilvl"));
            let read = Style {
                level: level.map(|level| level.trim().to_owned()),
                list: list.map(str::to_owned),
                based_on: based_on.map(str::to_owned),
                hides: looks.and_then(|looks| looks.child("w:vanish")).map(is_on),
                is_default,
                sort,
                place: self.all.len(),
            };
            self.all.entry(id.to_owned()).or_insert(read);
        }
    }

    /// Whether text is hidden that does not say so itself, by the styles of its run, its
    /// paragraph and its table.
    ///
    /// Each style that hides turns the switch (ISO/IEC 29500-1, 17.7.3).
    pub(super) fn hide(&self, [run, paragraph, table]: [Option<&str>; 3]) -> bool {
        let named = [run.or(self.of("character")), paragraph.or(self.of("paragraph")), table];
        let hides = |style: &&str| self.hidden_by(style) == Some(true);
        self.hides_all || named.into_iter().flatten().filter(hides).count() % 2 == 1
    }

    /// The style of what names none.
    pub(super) fn of(&self, sort: &str) -> Option<&str> {
        self.usual.get(sort).map(String::as_str)
    }

    fn hidden_by(&self, style: &str) -> Option<bool> {
        self.ancestors(style).find_map(|style| self.all.get(style)?.hides)
    }

    /// A style, the one it is based on, and so on.
    fn ancestors<'a>(&'a self, style: &'a str) -> impl Iterator<Item = &'a str> {
        let next = |id: &&'a str| self.all.get(*id)?.based_on.as_deref();
        std::iter::successors(Some(style), next).take(MOST_STEPS)
    }

    /// Takes out what leads to a style that is not there.
    pub(super) fn leave_known(&self, element: &mut Element, notes: &mut Notes) {
        const LEAD: &[&str] = &[
            "w:pStyle",
            "w:rStyle",
            "w:tblStyle",
            "w:basedOn",
            "w:next",
            "w:link",
            "w:styleLink",
            "w:numStyleLink",
        ];
        element.children.retain(|node| {
            let leads = node.element().filter(|one| LEAD.contains(&&*one.name));
            let known = |id: &str| self.all.contains_key(id);
            let stays = leads.is_none_or(|one| one.get("w:val").is_some_and(known));
            notes.found_many(Category::Descriptions, u32::from(!stays));
            stays
        });
        element.elements_mut().for_each(|child| self.leave_known(child, notes));
    }

    /// The id that is written for a style.
    pub(super) fn id(&mut self, id: &str) -> String {
        let next = self.numbers.len() + 1;
        format!("s{}", self.numbers.entry(id.to_owned()).or_insert(next))
    }

    /// The name that is written for a style.
    pub(super) fn name(&mut self, name: &str) -> String {
        if let Some(known) = known(name) {
            return known;
        }
        let next = self.names.len() + 1;
        format!("Style {}", self.names.entry(name.to_owned()).or_insert(next))
    }

    /// The styles that something named so far, and those they are based on.
    pub(super) fn used(&self) -> HashSet<String> {
        self.in_order().into_iter().map(str::to_owned).collect()
    }

    /// The same in an order that tells nothing of their names: those that were named first
    /// come first, then those of paragraphs and others that name none; then what each of them
    /// is based on.
    fn in_order(&self) -> Vec<&str> {
        let mut named: Vec<(&String, &usize)> = self.numbers.iter().collect();
        named.sort_by_key(|(_, number)| **number);
        let mut defaults: Vec<(&String, &Style)> =
            self.all.iter().filter(|(_, style)| style.is_default).collect();
        defaults.sort_by_key(|(_, style)| (style.sort, style.place));
        let named = named.into_iter().map(|(id, _)| &**id);
        let first = named.chain(defaults.into_iter().map(|(id, _)| &**id));
        let (mut order, mut seen) = (Vec::new(), HashSet::new());
        order.extend(first.filter(|id| seen.insert(*id)));
        let mut next = 0;
        while let Some(&id) = order.get(next) {
            let base = self.all.get(id).and_then(|style| style.based_on.as_deref());
            order.extend(base.filter(|base| seen.insert(*base)));
            next += 1;
        }
        order
    }

    /// The lists that these styles put paragraphs in.
    pub(super) fn lists(&self) -> Vec<String> {
        self.used().iter().filter_map(|id| self.all.get(id)?.list.clone()).collect()
    }

    /// How deep in lists these styles put paragraphs.
    pub(super) fn levels(&self) -> Vec<String> {
        self.used().iter().filter_map(|id| self.all.get(id)?.level.clone()).collect()
    }

    /// Leaves the styles that something uses, in the order of their numbers, and says of the
    /// others' names that Word does not have them.
    pub(super) fn leave_used(&mut self, root: &mut Element, notes: &mut Notes) {
        let used = self.used();
        let named = root.elements().filter_map(|style| style.child("w:name")?.get("w:val"));
        let told = named.filter(|name| known(name).is_none() && !is_ours(name)).count();
        notes.found_many(Category::Descriptions, u32::try_from(told).unwrap_or(u32::MAX));
        root.children.retain(|node| {
            let style = node.element().filter(|one| one.is("w:style"));
            style.is_none_or(|style| style.get("w:styleId").is_some_and(|id| used.contains(id)))
        });
        let mut names = HashSet::new();
        root.children.retain_mut(|node| {
            let Node::Element(style) = node else { return false };
            // A second style of one id would be somebody else's guess.
            if style.is("w:style") && !names.insert(style.get("w:styleId").map(str::to_owned)) {
                return false;
            }
            style.children.retain(|node| {
                let other = node.element().filter(|one| one.is("w:next") || one.is("w:link"));
                other.is_none_or(|one| one.get("w:val").is_some_and(|id| used.contains(id)))
            });
            let name = style.child("w:name").and_then(|name| name.get("w:val"));
            let is_known = name.is_some_and(|name| known(name).is_some());
            if style.is("w:style") {
                style.attributes.retain(|attribute| &*attribute.name != "w:customStyle");
                if !is_known {
                    style.set("w:customStyle", "1");
                }
            }
            true
        });
        if has_hiding_part(root) {
            // Which cells are in that part of a table is not worked out here.
            notes.warn(Warning::HiddenText);
        }
        self.sort(root);
    }

    fn sort(&self, root: &mut Element) {
        let order = self.in_order();
        let places: HashMap<&str, usize> = order.into_iter().zip(1..).collect();
        root.children.sort_by_cached_key(|node| {
            let style = node.element().filter(|one| one.is("w:style"));
            let id = style.and_then(|style| style.get("w:styleId"));
            id.and_then(|id| places.get(id).copied()).unwrap_or(0)
        });
    }
}

/// Of what a style is: of paragraphs if it says nothing that is known (ISO/IEC 29500-1,
/// 17.7.4.17).
fn sort_of(style: &Element) -> &'static str {
    let known = ["paragraph", "character", "table", "numbering"];
    let said = known.into_iter().find(|sort| style.get("w:type") == Some(sort));
    said.unwrap_or("paragraph")
}

/// Whether a style hides the words of some part of a table.
fn has_hiding_part(styles: &Element) -> bool {
    let parts = styles.elements().flat_map(Element::elements).filter(|one| one.is("w:tblStylePr"));
    let mut looks = parts.filter_map(|part| part.child("w:rPr"));
    looks.any(|looks| looks.child("w:vanish").is_some_and(is_on))
}

/// Whether a name is one of those that we give.
fn is_ours(name: &str) -> bool {
    name.strip_prefix("Style ").is_some_and(|number| number.parse::<u32>().is_ok())
}

/// The name of a style that Word has, as Word spells it.
fn known(name: &str) -> Option<String> {
    let lower = name.trim().to_ascii_lowercase();
    let (stem, digits) = match lower.rsplit_once(' ') {
        Some((stem, digits)) if digits.len() == 1 && digits.bytes().all(|b| b.is_ascii_digit()) => {
            (stem, digits)
        }
        _ => (&*lower, ""),
    };
    let is_numbered = !digits.is_empty() && NUMBERED.split("; ").any(|one| one == stem);
    let single = NAMES.split("; ").find(|one| one.to_ascii_lowercase() == lower);
    if is_numbered { Some(lower) } else { single.map(str::to_owned) }
}

/// Names that have a number behind them.
const NUMBERED: &str = "heading; toc; index; list; list bullet; list number; list continue; \
    body text; body text indent";

/// Names of styles that Word has (ISO/IEC 29500-1, 17.7.4.9, and its latent styles).
const NAMES: &str = "Normal; No Spacing; Title; Subtitle; Quote; Intense Quote; List Paragraph; \
    Book Title; Strong; Emphasis; Subtle Emphasis; Intense Emphasis; Subtle Reference; \
    Intense Reference; Default Paragraph Font; Normal Table; No List; Table Grid; \
    Table Grid Light; Plain Table 1; Plain Table 2; Plain Table 3; Plain Table 4; Plain Table 5; \
    caption; header; footer; footnote text; footnote reference; endnote text; \
    endnote reference; page number; line number; annotation text; annotation reference; \
    annotation subject; Balloon Text; Body Text; Body Text First Indent; \
    Body Text First Indent 2; Body Text Indent; Block Text; Closing; Signature; Date; \
    Salutation; Note Heading; Message Header; Plain Text; Normal (Web); Normal Indent; \
    Document Map; E-mail Signature; HTML Acronym; HTML Address; HTML Cite; HTML Code; \
    HTML Definition; HTML Keyboard; HTML Preformatted; HTML Sample; HTML Typewriter; \
    HTML Variable; HTML Top of Form; HTML Bottom of Form; Hyperlink; FollowedHyperlink; \
    envelope address; envelope return; index heading; table of authorities; \
    table of figures; toa heading; TOC Heading; macro; List; List Bullet; List Number; \
    List Continue; Bibliography; Placeholder Text; Revision; Mention; Smart Hyperlink; Hashtag; \
    Unresolved Mention; Light Shading; Light List; Light Grid; Medium Shading 1; \
    Medium Shading 2; Medium List 1; Medium List 2; Medium Grid 1; Medium Grid 2; \
    Medium Grid 3; Dark List; Colorful Shading; Colorful List; Colorful Grid; \
    Light Shading Accent 1; Light List Accent 1; Light Grid Accent 1; \
    Medium Shading 1 Accent 1; Medium Shading 2 Accent 1; Medium List 1 Accent 1; \
    Medium List 2 Accent 1; Medium Grid 1 Accent 1; Medium Grid 2 Accent 1; \
    Medium Grid 3 Accent 1; Grid Table 1 Light; Grid Table 2; Grid Table 3; Grid Table 4; \
    Grid Table 5 Dark; Grid Table 4 Accent 1; Grid Table 5 Dark Accent 1; List Table 3; \
    List Table 3 Accent 1; List Table 4; Outline List 1; Outline List 2; Outline List 3";
