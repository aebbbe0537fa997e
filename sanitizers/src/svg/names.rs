//! Names inside a drawing, numbered anew.
//!
//! Editors name shapes by people, layers by what they hold, and classes by templates of a
//! company. Who refers to a name gets the new one; what nobody refers to needs none.

use std::collections::{BTreeMap, BTreeSet};

use super::sheet::is_name_part;
use crate::xml::{Attribute, Element, Node};

/// Sorts of names: of elements, of classes, of steps of a filter.
#[derive(Default)]
struct Names {
    elements: BTreeMap<String, String>,
    classes: BTreeMap<String, String>,
    steps: BTreeMap<String, String>,
    /// What something refers to.
    used: BTreeSet<String>,
    /// Classes of which a style sheet speaks.
    styled: BTreeSet<String>,
}

/// The new name of this sort: a letter and a number.
fn renamed(names: &mut BTreeMap<String, String>, letter: char, name: &str) -> String {
    let next = names.len() + 1;
    names.entry(name.to_owned()).or_insert_with(|| format!("{letter}{next}")).clone()
}

/// Numbers all names in the order in which they occur.
pub(super) fn drawing(root: &mut Element) {
    let mut names = Names::default();
    gather(root, &mut names);
    names.element(root);
}

fn gather(element: &Element, names: &mut Names) {
    let mut used = Vec::new();
    references(element, &mut used);
    names.used.extend(used);
    if element.is("svg:style") {
        for (mark, name) in marks(&element.text()) {
            if mark == '.' {
                names.styled.insert(name)
            } else {
                names.used.insert(name)
            };
        }
    }
    element.elements().for_each(|child| gather(child, names));
}

/// What an element itself refers to: by a target, by its values, by those of a style sheet.
pub(super) fn references(element: &Element, found: &mut Vec<String>) {
    for Attribute { name, value } in &element.attributes {
        if &**name == "xlink:href" {
            found.extend(value.strip_prefix('#').map(str::to_owned));
        } else {
            found.extend(places(value).map(str::to_owned));
        }
    }
    if element.is("svg:style") {
        found.extend(places(&element.text()).map(str::to_owned));
    }
}

/// Names in `url(#...)`.
fn places(value: &str) -> impl Iterator<Item = &str> {
    value.split("url(#").skip(1).filter_map(|rest| rest.split_once(')')).map(|(name, _)| name)
}

/// Classes and names in the selectors of a style sheet, with the marks in front of them.
fn marks(sheet: &str) -> Vec<(char, String)> {
    let mut found = Vec::new();
    for rule in sheet.split('}') {
        let selectors = rule.split('{').next().unwrap_or_default();
        for (at, mark) in selectors.match_indices(['.', '#']) {
            let rest = selectors.get(at + 1..).unwrap_or_default();
            let name: String = rest.chars().take_while(|one| is_name_part(*one)).collect();
            found.push((mark.chars().next().unwrap_or('.'), name));
        }
    }
    found
}

impl Names {
    fn element(&mut self, element: &mut Element) {
        let all = std::mem::take(&mut element.attributes);
        element.attributes = all
            .into_iter()
            .filter_map(|Attribute { name, value }| {
                let value = self.value(&name, &value)?;
                Some(Attribute { name, value })
            })
            .collect();
        if element.is("svg:style") {
            element.children = vec![Node::Text(self.sheet(&element.text()))];
        }
        element.elements_mut().for_each(|child| self.element(child));
    }

    /// What is written for a value; nothing if it is a name that nobody needs.
    fn value(&mut self, name: &str, value: &str) -> Option<String> {
        Some(match name {
            "id" if !self.used.contains(value) => return None,
            "id" => renamed(&mut self.elements, 'i', value),
            "xlink:href" => match value.strip_prefix('#') {
                Some(target) => format!("#{}", renamed(&mut self.elements, 'i', target)),
                None => value.to_owned(),
            },
            "class" => {
                let classes = value.split_ascii_whitespace();
                let kept = classes.filter(|class| self.styled.contains(*class));
                let kept: Vec<String> =
                    kept.map(|class| renamed(&mut self.classes, 'c', class)).collect();
                return (!kept.is_empty()).then(|| kept.join(" "));
            }
            "result" | "in" | "in2" if !super::words::WORDS.contains(&value) => {
                renamed(&mut self.steps, 's', value)
            }
            _ => self.places(value),
        })
    }

    /// A value with the new names in `url(#...)`.
    fn places(&mut self, value: &str) -> String {
        let mut parts = value.split("url(#");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once(')').unwrap_or((part, ""));
            out.extend(["url(#", &*renamed(&mut self.elements, 'i', name), ")", rest]);
        }
        out
    }

    /// A style sheet with the new names.
    fn sheet(&mut self, sheet: &str) -> String {
        let mut out = String::new();
        for rule in sheet.split_inclusive('}') {
            let (selectors, body) = rule.split_at(rule.find('{').unwrap_or(rule.len()));
            let mut rest = selectors;
            while let Some(at) = rest.find(['.', '#']) {
                let (before, marked) = rest.split_at(at);
                let (mark, behind) = marked.split_at(1);
                let length = behind.chars().take_while(|one| is_name_part(*one)).count();
                let (name, after) = behind.split_at(length);
                let new = if mark == "." {
                    renamed(&mut self.classes, 'c', name)
                } else {
                    renamed(&mut self.elements, 'i', name)
                };
                out.extend([before, mark, &*new]);
                rest = after;
            }
            out.push_str(rest);
            out.push_str(&self.places(body));
        }
        out
    }
}
