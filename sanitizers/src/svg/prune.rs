//! What is never drawn: hidden layers, and definitions that nothing refers to.

use std::collections::{BTreeMap, BTreeSet};

use super::filter::local;
use super::names::references;
use super::tables::UNDRAWN;
use crate::refusal::Limit;
use crate::xml::{Element, Node};
use crate::{Category, Limits, Notes, Refusal, Warning};

/// Elements inside each other, those that are referred to counted as if they were inside.
const DEPTH: u32 = 1_000;

/// Leaves out what is not drawn and not referred to by anything that is.
pub(super) fn drawing(root: &mut Element, notes: &mut Notes) {
    let mut used = BTreeSet::new();
    let mut named = BTreeMap::new();
    index(root, &mut named);
    let mut waiting = Vec::new();
    drawn(root, &mut waiting);
    sheets(root, &mut waiting);
    while let Some(name) = waiting.pop() {
        if used.contains(&name) {
            continue;
        }
        if let Some(element) = named.get(&name) {
            all(element, &mut waiting);
        }
        used.insert(name);
    }
    remove(root, &used, notes);
}

/// Refuses a drawing of few shapes that refer to each other so often that whoever opens it
/// draws millions.
pub(super) fn check(root: &Element, limits: &Limits) -> Result<(), Refusal> {
    let mut named = BTreeMap::new();
    index(root, &mut named);
    let count = Scale { named, known: BTreeMap::new() }.element(root, 0)?;
    if count > u64::from(limits.objects) { Err(Refusal::Limit(Limit::Parts)) } else { Ok(()) }
}

/// How many elements are drawn.
struct Scale<'a> {
    named: BTreeMap<String, &'a Element>,
    known: BTreeMap<String, u64>,
}

impl Scale<'_> {
    fn element(&mut self, element: &Element, depth: u32) -> Result<u64, Refusal> {
        if depth > DEPTH {
            return Err(Refusal::Limit(Limit::Depth));
        }
        let (mut names, mut count) = (Vec::new(), 1_u64);
        references(element, &mut names);
        for name in names {
            count = count.saturating_add(self.name(name, depth + 1)?);
        }
        for child in element.elements() {
            count = count.saturating_add(self.element(child, depth + 1)?);
        }
        Ok(count)
    }

    fn name(&mut self, name: String, depth: u32) -> Result<u64, Refusal> {
        if let Some(count) = self.known.get(&name) {
            return Ok(*count);
        }
        let Some(element) = self.named.get(&name).copied() else { return Ok(0) };
        // What leads to itself is drawn by nobody.
        self.known.insert(name.clone(), 0);
        let count = self.element(element, depth)?;
        self.known.insert(name, count);
        Ok(count)
    }
}

/// Every element that has a name.
fn index<'a>(element: &'a Element, named: &mut BTreeMap<String, &'a Element>) {
    if let Some(name) = element.get("id") {
        named.entry(name.to_owned()).or_insert(element);
    }
    element.elements().for_each(|child| index(child, named));
}

/// Whether an element is drawn only where something refers to it, or not at all.
fn is_undrawn(element: &Element) -> bool {
    local(&element.name).is_some_and(|name| UNDRAWN.contains(&name)) || is_hidden(element)
}

/// Whether it says of itself that it is not displayed.
fn is_hidden(element: &Element) -> bool {
    let style = element.get("style").unwrap_or_default();
    let says = style.split(';').filter_map(|part| part.strip_prefix("display:")).next_back();
    says.or_else(|| element.get("display")).is_some_and(|says| says.starts_with("none"))
}

/// What elements that are drawn refer to.
fn drawn(element: &Element, waiting: &mut Vec<String>) {
    references(element, waiting);
    element.elements().filter(|child| !is_undrawn(child)).for_each(|child| drawn(child, waiting));
}

/// What style sheets refer to, wherever they stand.
fn sheets(element: &Element, waiting: &mut Vec<String>) {
    if element.is("svg:style") {
        references(element, waiting);
    }
    element.elements().for_each(|child| sheets(child, waiting));
}

/// What an element and all in it refer to.
fn all(element: &Element, waiting: &mut Vec<String>) {
    references(element, waiting);
    element.elements().for_each(|child| all(child, waiting));
}

/// Whether something in an element is referred to.
fn holds_used(element: &Element, used: &BTreeSet<String>) -> bool {
    element.get("id").is_some_and(|name| used.contains(name))
        || element.elements().any(|child| holds_used(child, used))
}

/// Whether a style sheet is in an element, or it is one.
fn holds_sheet(element: &Element) -> bool {
    element.is("svg:style") || element.elements().any(holds_sheet)
}

fn remove(element: &mut Element, used: &BTreeSet<String>, notes: &mut Notes) {
    let in_definitions = element.is("svg:defs");
    element.children.retain_mut(|node| {
        let Node::Element(child) = node else { return true };
        // A style sheet holds wherever it stands.
        let undrawn = in_definitions || is_undrawn(child);
        if undrawn && !holds_used(child, used) && !holds_sheet(child) {
            // Editors write empty definitions.
            let empty = child.is("svg:defs") && child.children.is_empty();
            notes.found_many(Category::HiddenPictures, u32::from(!empty));
            return false;
        }
        if is_hidden(child) {
            notes.warn(Warning::HiddenLayers);
        }
        remove(child, used, notes);
        true
    });
}
