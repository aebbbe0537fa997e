//! Text, rows and drawings that are there and not shown.

use super::styles::Styles;
use crate::xml::{Element, Node};
use crate::{Category, Change, Notes};

/// Takes out of a story what it does not show. Goes as deep as the tree, which the reader
/// has bounded.
pub(super) fn remove(element: &mut Element, styles: &Styles, notes: &mut Notes) {
    remove_in(element, Around::default(), styles, notes);
}

/// The styles that reach into what is gone through: of the paragraph, and of the table.
#[derive(Clone, Copy, Default)]
struct Around<'a> {
    paragraph: Option<&'a str>,
    table: Option<&'a str>,
}

fn remove_in(element: &mut Element, around: Around<'_>, styles: &Styles, notes: &mut Notes) {
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
        if is_phantom(child) && mask(child) {
            notes.found(Category::Other);
            notes.changed(Change::HiddenTextRemoved);
        }
        let own = match &*child.name {
            "w:p" => style_of(child, "w:pPr", "w:pStyle"),
            "w:tbl" => style_of(child, "w:tblPr", "w:tblStyle"),
            _ => None,
        };
        let around = match &*child.name {
            "w:p" => Around { paragraph: own.as_deref(), ..around },
            "w:tbl" => Around { table: own.as_deref().or(styles.of("table")), ..around },
            "w:txbxContent" => Around::default(),
            _ => around,
        };
        remove_in(child, around, styles, notes);
    }
}

fn style_of(element: &Element, looks: &str, name: &str) -> Option<String> {
    let style = element.child(looks)?.child(name)?.get("w:val")?;
    Some(style.to_owned())
}

/// A part of a formula that takes up room and is not shown.
fn is_phantom(element: &Element) -> bool {
    let looks = element.child("m:phantPr").filter(|_| element.is("m:phant"));
    let show = looks.and_then(|looks| looks.child("m:show")?.get("m:val"));
    matches!(show, Some("0" | "false" | "off"))
}

/// Makes other letters of all words, which take up about the same room; says whether there
/// were any. Goes as deep as the tree, which the reader has bounded.
fn mask(element: &mut Element) -> bool {
    let mut is_changed = false;
    for node in &mut element.children {
        match node {
            Node::Element(child) => is_changed |= mask(child),
            Node::Text(words) => {
                let new: String = words
                    .chars()
                    .map(|one| match one {
                        ' ' => ' ',
                        _ if one.is_numeric() => '0',
                        _ => 'x',
                    })
                    .collect();
                is_changed |= new != *words;
                *words = new;
            }
        }
    }
    is_changed
}

fn is_hidden(element: &Element, around: Around<'_>, styles: &Styles) -> bool {
    match &*element.name {
        "w:r" | "m:r" => {
            let looks = element.child("w:rPr");
            let own = looks.and_then(|looks| looks.child("w:vanish"));
            let style = looks.and_then(|looks| looks.child("w:rStyle")?.get("w:val"));
            match own {
                Some(vanish) => is_on(vanish),
                None => styles.hide([style, around.paragraph, around.table]),
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
pub(super) fn shows(element: &Element) -> bool {
    let words =
        matches!(&*element.name, "w:t" | "m:t" | "w:sym" | "w:drawing" | "w:pict" | "w:object")
            || element.name.starts_with("v:")
            || element.name.starts_with("pic:");
    words && !matches!(element.children.as_slice(), [Node::Text(words)] if words.trim().is_empty())
        || element.elements().any(shows)
}
