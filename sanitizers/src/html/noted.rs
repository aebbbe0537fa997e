//! What the parts of a page that are not kept tell, by category.

use std::collections::BTreeMap;

use html5gum::{HtmlString, Spanned};

use super::hidden;
use crate::{Category, Change, Notes, Warning};

/// The attributes of a tag.
pub(super) type Attributes = BTreeMap<HtmlString, Spanned<HtmlString, ()>>;

/// The value of an attribute, if it is there.
pub(super) fn value(attributes: &Attributes, name: &str) -> Option<String> {
    let value = attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(value).into_owned())
}

/// Counts an attribute that is not kept.
pub(super) fn attribute(name: &str, value: &str, notes: &mut Notes) {
    let category = match name {
        "style" | "class" | "bgcolor" | "background" | "face" | "color" | "text" | "width"
        | "height" | "align" | "border" => {
            notes.changed(Change::LooksRemoved);
            if hidden::may_hide_by(name, value) {
                notes.warn(Warning::HiddenText);
            }
            Category::Other
        }
        "href" | "src" | "srcset" | "cite" | "ping" | "action" | "poster" | "longdesc"
        | "formaction" | "data" | "codebase" | "archive" | "manifest" | "usemap" => Category::Links,
        "id" | "name" | "itemid" | "nonce" | "integrity" | "jsname" => Category::Identifiers,
        "datetime" => Category::Dates,
        "alt" | "title" | "summary" | "itemprop" | "property" | "content" | "placeholder" => {
            Category::Descriptions
        }
        _ if name.starts_with("on") => Category::Scripts,
        _ if name.starts_with("data-") => Category::Identifiers,
        _ if name.starts_with("aria-") => Category::Descriptions,
        _ if name.starts_with("xmlns") => Category::Software,
        _ => Category::Other,
    };
    notes.found(category);
}

/// Counts an element that is not kept.
pub(super) fn element(name: &str, attributes: &Attributes, notes: &mut Notes) {
    let (category, change) = match name {
        "script" | "noscript" | "canvas" | "template" => (Category::Scripts, None),
        "style" => (Category::Other, Some(Change::LooksRemoved)),
        "link" | "base" | "area" | "map" => (Category::Links, None),
        "title" => (Category::Descriptions, None),
        // Their words stay, but not how they stand to each other.
        _ if is_built(name) => (Category::Other, Some(Change::PartsRemoved)),
        "meta" => (meta(attributes), None),
        "iframe" | "object" | "embed" | "applet" | "svg" => {
            (Category::EmbeddedFiles, Some(Change::PartsRemoved))
        }
        "image" => (Category::Links, Some(Change::PartsRemoved)),
        "audio" | "video" => (Category::EmbeddedFiles, Some(Change::MultimediaRemoved)),
        "input" | "select" | "textarea" | "button" | "datalist" => {
            (Category::FormData, Some(Change::FormFlattened))
        }
        _ => return,
    };
    notes.found(category);
    if let Some(change) = change {
        notes.changed(change);
    }
}

/// Whether the parts of a formula mean something by their places.
pub(crate) fn is_built(name: &str) -> bool {
    [
        "mfrac",
        "mmultiscripts",
        "mover",
        "mroot",
        "msqrt",
        "msub",
        "msubsup",
        "msup",
        "mtable",
        "munder",
        "munderover",
    ]
    .contains(&name)
}

fn meta(attributes: &Attributes) -> Category {
    let name = value(attributes, "name").or_else(|| value(attributes, "property"));
    let name = name.unwrap_or_default().to_ascii_lowercase();
    let holds = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if holds(&["generator", "progid", "originator"]) {
        Category::Software
    } else if holds(&["author", "creator", "copyright", "publisher"]) {
        Category::People
    } else if holds(&["date", "time", "created", "changed"]) {
        Category::Dates
    } else if holds(&["geo", "icbm", "position"]) {
        Category::Location
    } else if holds(&["verification", "identifier", "csrf", "user", "id"]) {
        Category::Identifiers
    } else {
        Category::Descriptions
    }
}
