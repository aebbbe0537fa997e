//! What a text document does not show, by the reader's own account of its styles.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::package::{Package, parts_of_kind};
use super::xml::{self, child, name};

/// Styles that are based on each other, at most.
const DEEPEST: usize = 32;

/// Which styles hide text.
#[derive(Default)]
pub(super) struct Styles {
    /// Whether a style says so, and the one it is based on.
    all: BTreeMap<String, (Option<bool>, Option<String>)>,
    /// The styles of paragraphs, characters and tables that name none.
    usual: BTreeMap<String, String>,
    /// Whether everything is hidden that does not say it is not.
    at_first: bool,
    /// Where paragraphs stand in the part at hand of which runs are hidden unless they say not.
    turned: BTreeSet<usize>,
    /// How deep in lists styles put paragraphs.
    pub(super) levels: Vec<String>,
}

impl Styles {
    pub(super) fn read(package: &mut Package<'_>, main: &str) -> Option<Styles> {
        let mut styles = Styles::default();
        let relations = package.relations(main)?;
        let Some(part) = parts_of_kind(&relations, "styles").into_iter().next() else {
            return Some(styles);
        };
        if !package.has(&part) {
            return Some(styles);
        }
        let characters = package.text(&part)?;
        let tree = xml::parse(&characters)?;
        let usual =
            child(tree.root_element(), "docDefaults").and_then(|all| child(all, "rPrDefault"));
        let vanish = usual.and_then(|looks| child(child(looks, "rPr")?, "vanish"));
        styles.at_first = vanish.is_some_and(is_on);
        for style in tree.root_element().children().filter(|node| name(*node) == ("w", "style")) {
            let Some(id) = attribute(style, "styleId") else { continue };
            let list = child(style, "pPr").and_then(|looks| child(looks, "numPr"));
            let level = list.and_then(|list| attribute(child(list, "ilvl")?, "val"));
            styles.levels.extend(level.map(str::to_owned));
            let hides = child(style, "rPr").and_then(|looks| child(looks, "vanish")).map(is_on);
            let base = child(style, "basedOn").and_then(|base| attribute(base, "val"));
            let is_usual = matches!(attribute(style, "default"), Some("1" | "true" | "on"));
            let others = ["character", "table", "numbering"];
            let sort = attribute(style, "type").filter(|sort| others.contains(sort));
            if is_usual {
                styles.usual.insert(sort.unwrap_or("paragraph").to_owned(), id.to_owned());
            }
            styles.all.entry(id.to_owned()).or_insert((hides, base.map(str::to_owned)));
        }
        Some(styles)
    }

    /// What a style says, or else the next one that it is based on.
    fn says(&self, style: &str) -> Option<bool> {
        let mut style = style;
        for _ in 0..DEEPEST {
            let (hides, base) = self.all.get(style)?;
            if hides.is_some() {
                return *hides;
            }
            style = base.as_deref()?;
        }
        None
    }

    /// Whether an element of a text document is there and not shown.
    pub(super) fn hide(&self, node: Node<'_, '_>) -> bool {
        match name(node) {
            ("w" | "m", "r") => self.hide_run(node),
            ("w", "tr") => {
                let looks = child(node, "trPr");
                looks.and_then(|looks| child(looks, "hidden")).is_some_and(is_on)
            }
            ("w", "drawing") => {
                let frames = node.children().filter_map(|place| child(place, "docPr"));
                frames.into_iter().any(says_hidden)
            }
            ("v", _) => node.attribute("style").is_some_and(|style| {
                let plain = style.to_lowercase().replace(char::is_whitespace, "");
                plain.contains("visibility:hidden")
            }),
            ("wps" | "wpg" | "pic", _) => {
                let about = child(node, "nvPicPr").unwrap_or(node);
                child(about, "cNvPr").is_some_and(says_hidden)
            }
            _ => false,
        }
    }

    fn hide_run(&self, run: Node<'_, '_>) -> bool {
        let looks = child(run, "rPr");
        if let Some(own) = looks.and_then(|looks| child(looks, "vanish")) {
            return is_on(own);
        }
        let style = looks.and_then(|looks| attribute(child(looks, "rStyle")?, "val"));
        let paragraph = run.ancestors().find(|node| name(*node) == ("w", "p"));
        let around = match paragraph {
            Some(paragraph) => self.turned.contains(&paragraph.range().start),
            None => self.turns(None, "paragraph"),
        };
        around ^ self.turns(style, "character") || self.at_first
    }

    /// Whether a style, or the one of what names none, turns the switch that hides.
    fn turns(&self, style: Option<&str>, sort: &str) -> bool {
        let style = style.or_else(|| self.usual.get(sort).map(String::as_str));
        style.and_then(|style| self.says(style)).unwrap_or(false)
    }

    /// Looks at the paragraphs of a part; gives back what was known of another part.
    pub(super) fn enter(&mut self, root: Node<'_, '_>) -> BTreeSet<usize> {
        let named = |holder: Node<'_, '_>, looks, style| {
            attribute(child(child(holder, looks)?, style)?, "val").map(str::to_owned)
        };
        // Of tables that are gone into: where they end, and whether they turn the switch.
        let mut tables: Vec<(usize, bool)> = vec![(usize::MAX, false)];
        let mut turned = BTreeSet::new();
        for node in root.descendants() {
            let place = node.range();
            while tables.last().is_some_and(|(end, _)| *end <= place.start) {
                tables.pop();
            }
            match name(node) {
                ("w", "tbl") => {
                    let style = named(node, "tblPr", "tblStyle");
                    tables.push((place.end, self.turns(style.as_deref(), "table")));
                }
                ("w", "txbxContent") => tables.push((place.end, false)),
                ("w", "p") => {
                    let own = self.turns(named(node, "pPr", "pStyle").as_deref(), "paragraph");
                    if own ^ tables.last().is_some_and(|(_, turns)| *turns) {
                        turned.insert(place.start);
                    }
                }
                _ => {}
            }
        }
        std::mem::replace(&mut self.turned, turned)
    }

    /// Goes back to another part.
    pub(super) fn leave(&mut self, before: BTreeSet<usize>) {
        self.turned = before;
    }
}

fn attribute<'a>(node: Node<'a, '_>, local: &str) -> Option<&'a str> {
    let found = node.attributes().find(|attribute| attribute.name() == local);
    found.map(|attribute| attribute.value())
}

fn is_on(switch: Node<'_, '_>) -> bool {
    !matches!(attribute(switch, "val"), Some("0" | "false" | "off"))
}

fn says_hidden(about: Node<'_, '_>) -> bool {
    matches!(about.attribute("hidden"), Some("1" | "true" | "on"))
}
