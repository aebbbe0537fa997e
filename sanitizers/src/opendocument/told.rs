//! What fields and attributes tell that are left out, and what a person should look at.

use super::hidden::holds_words;
use super::value::Value;
use crate::xml::Element;
use crate::{Category, Change, Kind, Notes, Warning};

/// Beginnings of names of fields; the first that fits counts. Others tell nothing but what
/// they show.
const FIELDS: [(&str, Category); 15] = [
    ("text:author", Category::People),
    ("text:creator", Category::People),
    ("text:initial-creator", Category::People),
    ("text:printed-by", Category::People),
    ("text:sender", Category::People),
    ("text:date", Category::Dates),
    ("text:time", Category::Dates),
    ("text:creation", Category::Dates),
    ("text:modification", Category::Dates),
    ("text:print", Category::Dates),
    ("text:editing", Category::Dates),
    ("text:file-name", Category::Descriptions),
    ("text:template-name", Category::Descriptions),
    ("text:user", Category::Descriptions),
    ("text:database", Category::Links),
];

/// Counts a field that becomes what it shows.
pub(super) fn field(name: &str, notes: &mut Notes) {
    if matches!(name, "text:a" | "draw:a") {
        notes.found(Category::Links);
        notes.changed(Change::LinksRemoved);
    } else if name == "text:execute-macro" {
        notes.found(Category::Scripts);
    } else if let Some((_, category)) = FIELDS.iter().find(|(start, _)| name.starts_with(start)) {
        notes.found(*category);
    }
}

/// Ends of names of attributes that tell more than nothing.
const ATTRIBUTES: [(&str, Category); 17] = [
    ("rsid", Category::Identifiers),
    (":id", Category::Identifiers),
    ("change-id", Category::History),
    ("display-name", Category::Descriptions),
    (":name", Category::Descriptions),
    ("title", Category::Descriptions),
    ("descr", Category::Descriptions),
    ("string-value", Category::Descriptions),
    (":country", Category::Location),
    (":language", Category::Location),
    (":script", Category::Location),
    ("protection-key", Category::Identifiers),
    ("paper-tray-name", Category::Device),
    ("style-name", Category::Descriptions),
    ("font-family", Category::Descriptions),
    ("condition", Category::Scripts),
    (":href", Category::Links),
];

/// Beginnings of names of attributes that are the same in every document, or written anew.
const SILENT: [&str; 6] =
    ["xlink:", "office:version", "office:mimetype", "draw:engine", "xml:space", "form:"];

/// Counts an attribute that is left out or written in another way.
pub(super) fn attribute(name: &str, value: &str, shape: Option<Value>, notes: &mut Notes) {
    let ours = SILENT.iter().any(|start| name.starts_with(start)) && name != "xlink:href";
    // The same words in another spelling.
    if ours || value.trim().is_empty() || shape == Some(Value::Plain) && value.contains("  ") {
        return;
    }
    if shape == Some(Value::Formula) {
        notes.changed(Change::FormulasStopped);
    }
    let name = name.trim_end_matches("-asian").trim_end_matches("-complex");
    let told = ATTRIBUTES.iter().find(|(end, _)| name.ends_with(end));
    notes.found(told.map_or(Category::Other, |(_, category)| *category));
}

/// Warns of what is kept and not shown.
pub(super) fn warn(element: &Element, notes: &mut Notes) {
    let says = |name: &str, values: &[&str]| {
        element.get(name).is_some_and(|value| values.contains(&value))
    };
    if element.is("draw:layer") && element.get("draw:display").is_some_and(|on| on != "always") {
        notes.warn(Warning::HiddenLayers);
    }
    // Under a cell that reaches over it.
    let covered = element.is("table:covered-table-cell") && holds_words(element);
    let hidden = covered
        || says("table:visibility", &["collapse", "filter"])
        || says("table:display", &["false"]) && element.is("style:table-properties")
        || says("presentation:visibility", &["hidden"]);
    if hidden {
        notes.warn(Warning::HiddenParts);
    }
}

/// Characters smaller than this many points are not meant to be read.
const READABLE: f64 = 2.0;

/// Warns of styles in use by which words cannot be read: too small ones, and white ones in a
/// text. White words are usual on slides and in coloured cells.
pub(super) fn unreadable(element: &Element, kind: Kind, notes: &mut Notes) {
    if element.is("style:text-properties") {
        let size = element.get("fo:font-size").and_then(|size| size.strip_suffix("pt"));
        let tiny =
            size.and_then(|size| size.parse::<f64>().ok()).is_some_and(|size| size < READABLE);
        let pale =
            element.get("fo:color").is_some_and(|colour| colour.eq_ignore_ascii_case("#ffffff"))
                && element.get("fo:background-color").is_none_or(|colour| colour == "transparent");
        if tiny || pale && kind == Kind::Odt {
            notes.warn(Warning::HiddenText);
        }
    }
    for child in element.elements() {
        unreadable(child, kind, notes);
    }
}
