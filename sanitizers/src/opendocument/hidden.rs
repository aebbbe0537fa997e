//! What a text hides by its styles and its fields.
//!
//! Words can be taken out of sight by a style, by a section, and by fields that hide the
//! paragraph they stand in (Open Document Format 1.3 part 3, 19.880, 19.799, 7.7.11). Nobody
//! is shown them, and they are not kept.

use std::collections::HashMap;

use crate::xml::{Element, Node};

/// Styles inside each other that are followed.
const DEEPEST: u32 = 32;

/// A family of styles and a name in it.
type Key = (String, String);

/// What a style says about being shown.
struct Style {
    hides: Option<bool>,
    parent: Option<String>,
}

/// Styles of texts and paragraphs: those of the document and those of the part.
#[derive(Default)]
pub(super) struct Hidden {
    common: HashMap<Key, Style>,
    automatic: HashMap<Key, Style>,
}

impl Hidden {
    /// Begins with another part, which has automatic styles of its own.
    pub(super) fn begin(&mut self, root: &Element) {
        self.automatic.clear();
        for list in root.elements() {
            match &*list.name {
                "office:styles" => add(&mut self.common, list),
                "office:automatic-styles" => add(&mut self.automatic, list),
                _ => {}
            }
        }
    }

    /// Whether an element takes itself and all that is in it out of sight.
    pub(super) fn hides(&self, element: &Element) -> bool {
        match &*element.name {
            "text:section" => match element.get("text:display") {
                Some("none") => true,
                Some("condition") => element.get("text:is-hidden") != Some("false"),
                _ => false,
            },
            "text:hidden-text" => element.get("text:is-hidden") != Some("false"),
            "text:p" | "text:h" => {
                self.by_style("paragraph", element) || holds_hiding_field(element)
            }
            "text:span" => self.by_style("text", element),
            "style:header" | "style:footer" | "style:header-left" | "style:footer-left"
            | "style:header-first" | "style:footer-first" => {
                element.get("style:display") == Some("false")
            }
            "math:mphantom" => true,
            _ => false,
        }
    }

    fn by_style(&self, family: &str, element: &Element) -> bool {
        let mut name = element.get("text:style-name");
        for _ in 0..DEEPEST {
            let Some(this) = name else { return false };
            let key = (family.to_owned(), this.to_owned());
            let Some(style) = self.automatic.get(&key).or_else(|| self.common.get(&key)) else {
                return false;
            };
            if let Some(hides) = style.hides {
                return hides;
            }
            name = style.parent.as_deref();
        }
        false
    }
}

fn add(styles: &mut HashMap<Key, Style>, list: &Element) {
    for style in list.elements().filter(|element| element.is("style:style")) {
        let (Some(family @ ("text" | "paragraph")), Some(name)) =
            (style.get("style:family"), style.get("style:name"))
        else {
            continue;
        };
        let display = style.child("style:text-properties").and_then(|p| p.get("text:display"));
        let hides = display.map(|display| display == "none");
        let parent = style.get("style:parent-style-name").map(str::to_owned);
        styles.insert((family.to_owned(), name.to_owned()), Style { hides, parent });
    }
}

/// Whether a field in a paragraph hides it; those of paragraphs inside of it do not.
fn holds_hiding_field(element: &Element) -> bool {
    element.elements().any(|child| {
        if child.is("text:hidden-paragraph") {
            return child.get("text:is-hidden") != Some("false");
        }
        !child.is("text:p") && !child.is("text:h") && holds_hiding_field(child)
    })
}

/// Whether there are words in an element.
pub(super) fn holds_words(element: &Element) -> bool {
    element.children.iter().any(|node| match node {
        Node::Element(child) => holds_words(child),
        Node::Text(words) => !words.trim_ascii().is_empty(),
    })
}
