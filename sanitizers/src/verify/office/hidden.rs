//! What a text document does not show, by the reader's own account of its styles.

use std::collections::BTreeMap;

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
    /// The style of paragraphs that name none.
    usual: Option<String>,
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
        for style in tree.root_element().children().filter(|node| name(*node) == ("w", "style")) {
            let Some(id) = attribute(style, "styleId") else { continue };
            let hides = child(style, "rPr").and_then(|looks| child(looks, "vanish")).map(is_on);
            let base = child(style, "basedOn").and_then(|base| attribute(base, "val"));
            let is_usual = attribute(style, "type") == Some("paragraph")
                && matches!(attribute(style, "default"), Some("1" | "true" | "on"));
            if is_usual {
                styles.usual = Some(id.to_owned());
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
            ("w", "r") => self.hide_run(node),
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
        let around = paragraph
            .and_then(|paragraph| attribute(child(child(paragraph, "pPr")?, "pStyle")?, "val"));
        let around = around.or(self.usual.as_deref());
        let said = style.and_then(|style| self.says(style));
        said.or_else(|| self.says(around?)).unwrap_or(false)
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
