//! Names that tie parts together: what nobody uses goes, the rest is numbered.
//!
//! A style is named by whoever made it: after a person, a company, a template and the folder
//! it lay in. And most of the styles of a template are used by nothing in the document, so
//! that their number alone says where it comes from.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::filter::Tables;
use super::value::Value;
use crate::xml::{Element, Node};
use crate::{Category, Notes};

/// Names by which programs find the styles that they treat in a way of their own.
const WELL_KNOWN: [&str; 33] = [
    "Standard",
    "Default",
    "standard",
    "default",
    "Outline",
    "Heading",
    "Heading_20_1",
    "Heading_20_2",
    "Heading_20_3",
    "Heading_20_4",
    "Heading_20_5",
    "Heading_20_6",
    "Text_20_body",
    "Title",
    "Subtitle",
    "List",
    "Caption",
    "Index",
    "Header",
    "Footer",
    "Footnote",
    "Endnote",
    "Quotations",
    "Footnote_20_Symbol",
    "Footnote_20_anchor",
    "Endnote_20_Symbol",
    "Endnote_20_anchor",
    "Numbering_20_Symbols",
    "layout",
    "background",
    "backgroundobjects",
    "controls",
    "measurelines",
];

/// Names that are used without being named: they are what is meant where no name stands.
const IMPLIED: [&str; 4] = ["Standard", "Default", "standard", "default"];

/// Elements that define something by a name, and stay only if something uses it.
const DEFINITIONS: [&str; 22] = [
    "style:style",
    "style:font-face",
    "style:page-layout",
    "style:presentation-page-layout",
    "style:master-page",
    "text:list-style",
    "number:number-style",
    "number:currency-style",
    "number:percentage-style",
    "number:date-style",
    "number:time-style",
    "number:boolean-style",
    "number:text-style",
    "draw:gradient",
    "draw:hatch",
    "draw:fill-image",
    "draw:marker",
    "draw:stroke-dash",
    "draw:opacity",
    "presentation:header-decl",
    "presentation:footer-decl",
    "presentation:date-time-decl",
];

/// Ends of the names of styles that belong to a page of slides by their name.
const ENDS: [&str; 8] = [
    "-title",
    "-subtitle",
    "-outline",
    "-notes",
    "-background",
    "-backgroundobjects",
    "-header",
    "-footer",
];

/// The name without an end that means something, and that end.
fn split(name: &str) -> (&str, &str) {
    let whole = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = name.len().saturating_sub(whole.len());
    let end = ENDS.iter().find(|end| whole.ends_with(*end));
    let Some(end) = end.filter(|end| digits == usize::from(**end == "-outline")) else {
        return (name, "");
    };
    let length = name.len().saturating_sub(end.len()).saturating_sub(digits);
    name.split_at_checked(length).unwrap_or((name, ""))
}

/// What a definition is called; none if an element is no definition.
fn defined(element: &Element) -> Option<&str> {
    if !DEFINITIONS.contains(&&*element.name) {
        return None;
    }
    let names = ["style:name", "draw:name", "presentation:name"];
    names.iter().find_map(|name| element.get(name))
}

/// Takes out of the parts of a document every definition that nothing uses.
pub(super) fn prune(parts: &mut [Element], tables: &Tables, notes: &mut Notes) {
    let mut uses = Uses { by_owner: HashMap::new(), tables };
    for part in &*parts {
        uses.add(part, "");
    }
    let first = parts.iter().find_map(first_page);
    let mut waiting: Vec<&str> = IMPLIED.to_vec();
    waiting.push("");
    waiting.extend(first.as_deref());
    let mut used: HashSet<&str> = HashSet::new();
    while let Some(name) = waiting.pop() {
        if used.insert(name) {
            let next = uses.by_owner.get(name).into_iter().flatten();
            waiting.extend(next.map(String::as_str));
        }
    }
    let used: HashSet<String> = used.into_iter().map(str::to_owned).collect();
    for part in parts {
        retain(part, &used, notes);
    }
}

/// The page that is meant where none is named; slides and drawings always name one.
fn first_page(part: &Element) -> Option<String> {
    let masters = part.child("office:master-styles")?;
    let has_slides = masters.child("style:handout-master").is_some();
    let layers = masters.child("draw:layer-set").is_some();
    let first = masters.child("style:master-page").filter(|_| !has_slides && !layers)?;
    first.get("style:name").map(str::to_owned)
}

/// Which names are used by what is defined under another name; the rest uses them for
/// itself and has none.
struct Uses<'a> {
    by_owner: HashMap<String, BTreeSet<String>>,
    tables: &'a Tables,
}

impl Uses<'_> {
    fn add(&mut self, element: &Element, owner: &str) {
        let own = defined(element);
        if let Some(name) = own {
            let (page, end) = split(name);
            if !end.is_empty() {
                self.by_owner.entry(page.to_owned()).or_default().insert(name.to_owned());
            }
        }
        let owner = own.unwrap_or(owner);
        for attribute in &element.attributes {
            let shape = self.tables.attributes.value(&element.name, &attribute.name);
            if shape == Some(Value::Name) && own != Some(&attribute.value) {
                self.by_owner.entry(owner.to_owned()).or_default().insert(attribute.value.clone());
            }
        }
        element.elements().for_each(|child| self.add(child, owner));
    }
}

fn retain(element: &mut Element, used: &HashSet<String>, notes: &mut Notes) {
    element.children.retain(|node| {
        let name = node.element().and_then(defined);
        let stays = name.is_none_or(|name| used.contains(name));
        if !stays {
            notes.found(Category::Descriptions);
        }
        stays
    });
    element.elements_mut().for_each(|child| retain(child, used, notes));
}

/// Numbers names, pictures and objects in the order in which they occur.
pub(super) struct Numbers<'a> {
    tables: &'a Tables,
    names: HashMap<String, String>,
    /// Lists that another list goes on with.
    continued: HashSet<String>,
    /// Old paths of pictures, the first one first.
    pub(super) pictures: Vec<String>,
    /// Old folders of objects, the first one first.
    pub(super) objects: Vec<String>,
    places: HashMap<String, usize>,
}

impl<'a> Numbers<'a> {
    /// Begins with the first of everything.
    pub(super) fn new(tables: &'a Tables, parts: &[Element]) -> Numbers<'a> {
        let mut continued = HashSet::new();
        for part in parts {
            collect(part, &mut continued);
        }
        Numbers {
            tables,
            names: HashMap::new(),
            continued,
            pictures: Vec::new(),
            objects: Vec::new(),
            places: HashMap::new(),
        }
    }

    /// Numbers what an element has, and what is in it.
    pub(super) fn of(&mut self, element: &mut Element) {
        let Element { name, attributes, children } = element;
        let is_list = &**name == "text:list";
        let continued = &self.continued;
        attributes
            .retain(|one| !is_list || &*one.name != "xml:id" || continued.contains(&one.value));
        // In the order in which they are written, whatever order they came in.
        attributes.sort_by(|one, other| one.name.cmp(&other.name));
        for attribute in attributes {
            match self.tables.attributes.value(name, &attribute.name) {
                Some(Value::Name) => attribute.value = self.name(&attribute.value),
                Some(Value::Part) => {
                    let list = if &**name == "draw:object" {
                        &mut self.objects
                    } else {
                        &mut self.pictures
                    };
                    let number = *self.places.entry(attribute.value.clone()).or_insert_with(|| {
                        list.push(attribute.value.clone());
                        list.len()
                    });
                    attribute.value = number.to_string();
                }
                _ => {}
            }
        }
        children.iter_mut().filter_map(Node::element_mut).for_each(|child| self.of(child));
    }

    fn name(&mut self, name: &str) -> String {
        if WELL_KNOWN.contains(&name) {
            return name.to_owned();
        }
        let (page, end) = split(name);
        if !end.is_empty() {
            return [&*self.name(page), end].concat();
        }
        let number = self.names.len() + 1;
        self.names.entry(name.to_owned()).or_insert_with(|| format!("S{number}")).clone()
    }
}

fn collect(element: &Element, continued: &mut HashSet<String>) {
    continued.extend(element.get("text:continue-list").map(str::to_owned));
    element.elements().for_each(|child| collect(child, continued));
}

/// Puts the new paths where the numbers stand.
pub(super) fn put_paths(element: &mut Element, pictures: &[String]) {
    let is_object = element.is("draw:object");
    if let Some(number) = element.get("xlink:href").and_then(|href| href.parse::<usize>().ok()) {
        let picture = number.checked_sub(1).and_then(|at| pictures.get(at));
        let path = if is_object {
            format!("./Object {number}")
        } else {
            picture.cloned().unwrap_or_default()
        };
        element.set("xlink:href", path);
    }
    element.elements_mut().for_each(|child| put_paths(child, pictures));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_that_mean_something_are_kept_apart() {
        assert_eq!(split("Anna-title"), ("Anna", "-title"));
        assert_eq!(split("Anna-outline1"), ("Anna", "-outline1"));
        for whole in ["Anna-outline", "Anna-title1", "Anna", "Anna-outline12", "title"] {
            assert_eq!(split(whole), (whole, ""));
        }
    }
}
