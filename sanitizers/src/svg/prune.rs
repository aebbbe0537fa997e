//! What is never drawn: hidden layers, definitions that nothing refers to, rules of styles for
//! elements that are not there.

use std::collections::{BTreeMap, BTreeSet};

use super::filter::local;
use super::names::references;
use super::tables::UNDRAWN;
use crate::refusal::Limit;
use crate::xml::{Element, Node};
use crate::{Category, Limits, Notes, Refusal, Warning};

/// Elements inside each other, those that are referred to counted as if they were inside.
const DEPTH: u32 = 1_000;

/// How often something goes because something else went.
const ROUNDS: usize = 16;

/// Leaves out what is not drawn and not referred to by anything that is.
pub(super) fn drawing(root: &mut Element, notes: &mut Notes) -> Result<(), Refusal> {
    for _ in 0..ROUNDS {
        let is_changed = rules(root, notes) | definitions(root, notes);
        if !is_changed {
            return Ok(());
        }
    }
    Err(Refusal::Limit(Limit::Depth))
}

/// Leaves out rules of which a part speaks of nothing in the drawing. Says whether there were.
fn rules(root: &mut Element, notes: &mut Notes) -> bool {
    let mut there = BTreeSet::from(["*".to_owned(), ">".to_owned()]);
    marked(root, &mut there);
    keep_rules(root, &there, notes)
}

/// Everything that a selector can speak of.
fn marked(element: &Element, there: &mut BTreeSet<String>) {
    there.extend(local(&element.name).map(str::to_owned));
    there.extend(element.get("id").map(|name| ["#", name].concat()));
    let classes = element.get("class").unwrap_or_default().split_ascii_whitespace();
    there.extend(classes.map(|class| [".", class].concat()));
    element.elements().for_each(|child| marked(child, there));
}

fn keep_rules(element: &mut Element, there: &BTreeSet<String>, notes: &mut Notes) -> bool {
    let before = element.children.len();
    let mut is_changed = false;
    element.children.retain_mut(|node| {
        let Node::Element(child) = node else { return true };
        if !child.is("svg:style") {
            is_changed |= keep_rules(child, there, notes);
            return true;
        }
        let sheet = child.text();
        let kept: String =
            sheet.split_inclusive('}').filter_map(|rule| used(rule, there)).collect();
        if kept != sheet {
            notes.found(Category::Other);
            is_changed = true;
            child.children = vec![Node::Text(kept.clone())];
        }
        !kept.is_empty()
    });
    is_changed || element.children.len() < before
}

/// A rule with those of its selectors that speak of something.
fn used(rule: &str, there: &BTreeSet<String>) -> Option<String> {
    let (selectors, body) = rule.split_once('{')?;
    let speaks = |selector: &&str| {
        selector.split(' ').all(|word| {
            let marks = word.match_indices(['.', '#']).map(|(at, _)| at);
            let ends: Vec<usize> = marks.chain([word.len()]).collect();
            let first = word.get(..ends.first().copied().unwrap_or_default()).unwrap_or_default();
            let part = |two: &[usize; 2]| word.get(two[0]..two[1]).unwrap_or_default().to_owned();
            (first.is_empty() || there.contains(first))
                && ends.array_windows().all(|two| there.contains(&part(two)))
        })
    };
    let kept: Vec<&str> = selectors.split(',').filter(speaks).collect();
    (!kept.is_empty()).then(|| [&*kept.join(","), "{", body].concat())
}

/// Leaves out definitions; says whether there were any to leave out.
fn definitions(root: &mut Element, notes: &mut Notes) -> bool {
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
    let there = named.into_keys().collect();
    Definitions { used, there }.remove(root, false, notes)
}

/// Names that something refers to, and names of elements.
struct Definitions {
    used: BTreeSet<String>,
    there: BTreeSet<String>,
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
    let says = says.map(|says| says.trim_end_matches("!important"));
    says.or_else(|| element.get("display")) == Some("none")
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

impl Definitions {
    /// Leaves out what is not used. Around something that is used, elements stay, empty but for
    /// it: `is_around` says that `element` is such a one.
    fn remove(&self, element: &mut Element, is_around: bool, notes: &mut Notes) -> bool {
        let mut is_changed = false;
        element.children.retain_mut(|node| {
            let Node::Element(child) = node else {
                is_changed |= is_around;
                notes.found_many(Category::HiddenPictures, u32::from(is_around));
                return !is_around;
            };
            // A style sheet holds wherever it stands.
            if child.is("svg:style") {
                return true;
            }
            let is_used = child.get("id").is_some_and(|name| self.used.contains(name));
            let undrawn = (is_around || is_undrawn(child)) && !is_used;
            let leads_nowhere = self.leads_nowhere(child);
            if leads_nowhere || (undrawn && !holds_used(child, &self.used) && !holds_sheet(child)) {
                // Editors write empty definitions.
                let empty = child.is("svg:defs") && child.children.is_empty();
                notes.found_many(Category::HiddenPictures, u32::from(!empty));
                is_changed = true;
                return false;
            }
            if is_hidden(child) && is_used {
                notes.warn(Warning::HiddenLayers);
            }
            is_changed |= self.remove(child, undrawn, notes);
            true
        });
        is_changed
    }

    /// Whether it is text along a path that is not there, which is drawn by nobody.
    fn leads_nowhere(&self, element: &Element) -> bool {
        let target = element.get("xlink:href").and_then(|target| target.strip_prefix('#'));
        element.is("svg:textPath") && !target.is_some_and(|name| self.there.contains(name))
    }
}
