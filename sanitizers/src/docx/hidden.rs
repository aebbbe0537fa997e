//! Text, rows and drawings that are there and not shown.

use super::styles::Styles;
use crate::xml::{Element, Node};
use crate::{Category, Change, Notes};

/// Takes out of a story what it does not show. Goes as deep as the tree, which the reader
/// has bounded.
pub(super) fn remove(element: &mut Element, styles: &Styles, notes: &mut Notes) {
    let style = paragraph_style(element);
    remove_in(element, style.as_deref(), styles, notes);
}

/// `around` is the style of the paragraph in which all this is.
fn remove_in(element: &mut Element, around: Option<&str>, styles: &Styles, notes: &mut Notes) {
    element.children.retain(|node| {
        let hidden = node.element().is_some_and(|child| is_hidden(child, around, styles));
        // Runs that hold nothing to see are everywhere, hidden or not.
        if hidden && node.element().is_some_and(shows) {
            notes.found(Category::Other);
            notes.changed(Change::HiddenTextRemoved);
        }
        !hidden
    });
    for child in element.elements_mut() {
        let own = paragraph_style(child);
        let is_paragraph = child.is("w:p");
        remove_in(child, if is_paragraph { own.as_deref() } else { around }, styles, notes);
    }
}

fn paragraph_style(element: &Element) -> Option<String> {
    let style = element.child("w:pPr")?.child("w:pStyle")?.get("w:val")?;
    Some(style.to_owned())
}

fn is_hidden(element: &Element, around: Option<&str>, styles: &Styles) -> bool {
    match &*element.name {
        "w:r" => {
            let looks = element.child("w:rPr");
            let own = looks.and_then(|looks| looks.child("w:vanish"));
            let style = looks.and_then(|looks| looks.child("w:rStyle")?.get("w:val"));
            match own {
                Some(vanish) => is_on(vanish),
                None => styles.hides(style, around),
            }
        }
        "w:tr" => {
            let looks = element.child("w:trPr");
            looks.and_then(|looks| looks.child("w:hidden")).is_some_and(is_on)
        }
        "w:drawing" => {
            let frame = element.elements().find_map(|place| place.child("wp:docPr"));
            frame.is_some_and(says_hidden)
        }
        name if name.starts_with("v:") => element.get("style").is_some_and(|style| {
            let style: String = style.chars().filter(|one| !one.is_whitespace()).collect();
            style.to_ascii_lowercase().contains("visibility:hidden")
        }),
        _ => element.elements().any(|child| {
            matches!(&*child.name, "wps:cNvPr" | "pic:cNvPr" | "wpg:cNvPr") && says_hidden(child)
                || child.is("pic:nvPicPr") && child.child("pic:cNvPr").is_some_and(says_hidden)
        }),
    }
}

fn says_hidden(element: &Element) -> bool {
    matches!(element.get("hidden"), Some("1" | "true" | "on"))
}

/// Whether a switch is on: it is, if it is there without a value.
pub(super) fn is_on(element: &Element) -> bool {
    !matches!(element.get("w:val"), Some("0" | "false" | "off"))
}

/// Whether there is something in it that somebody would have seen.
fn shows(element: &Element) -> bool {
    let words = matches!(&*element.name, "w:t" | "w:sym" | "w:drawing" | "w:pict" | "w:object")
        || element.name.starts_with("v:")
        || element.name.starts_with("pic:");
    words && !matches!(element.children.as_slice(), [Node::Text(words)] if words.trim().is_empty())
        || element.elements().any(shows)
}
