//! Leaves of a tree what the tables keep.

use super::{Attribute, Element, Fate, Node, Rule, Rules, Value};
use crate::{Category, Notes};

/// What values point to, and what is written for them.
pub(crate) trait Resolve {
    /// The new name of a relationship; nothing if the part is left out.
    fn relation(&mut self, id: &str) -> Option<String>;

    /// The new form of a name of this sort; nothing if it may not stay.
    fn name(&mut self, sort: &'static str, name: &str) -> Option<String>;

    /// What is written for a number that no other element of this part has.
    fn serial(&mut self, old: &str) -> String;
}

/// Filters a tree in place. Of a root that is not in the tables only the name is left.
///
/// Goes as deep as the tree, which the reader has bounded.
pub(crate) fn filter(
    root: &mut Element,
    rules: &Rules,
    resolve: &mut dyn Resolve,
    notes: &mut Notes,
) {
    let mut filter = Filter { rules, resolve, notes };
    match rules.of(&root.name) {
        Some(all) if filter.keeps(root, all) => {}
        _ => {
            root.attributes.clear();
            root.children.clear();
        }
    }
}

struct Filter<'a> {
    rules: &'a Rules,
    resolve: &'a mut dyn Resolve,
    notes: &'a mut Notes,
}

impl Filter<'_> {
    /// Filters a kept element, and says whether it may stay.
    fn keeps(&mut self, element: &mut Element, all: &[&'static Rule]) -> bool {
        if !self.attributes(element, all) {
            return false;
        }
        let text = all.iter().find_map(|rule| rule.text);
        let mut left = Vec::with_capacity(element.children.len());
        let children = std::mem::take(&mut element.children);
        self.children(children, &element.name, text, &mut left);
        element.children = left;
        !(element.children.is_empty() && all.iter().any(|rule| rule.must_hold))
    }

    /// Filters what is in an element of the name `holder` into `left`; an opened element adds
    /// what is in it.
    fn children(
        &mut self,
        all: Vec<Node>,
        holder: &str,
        text: Option<Value>,
        left: &mut Vec<Node>,
    ) {
        for node in all {
            let mut child = match node {
                Node::Element(child) => child,
                Node::Text(words) => {
                    self.words(&words, text, left);
                    continue;
                }
            };
            match self.rules.of(&child.name) {
                Some([Rule { fate: Fate::Opened, .. }, ..]) => {
                    self.note(&child.name);
                    self.children(child.children, holder, text, left);
                }
                // Where it may not stand, nobody sees what is in it.
                Some(_) if !self.rules.may_stand(&child.name, holder) => self.note(&child.name),
                Some(these) => {
                    if self.keeps(&mut child, these) {
                        left.push(Node::Element(child));
                    }
                }
                None => self.note(&child.name),
            }
        }
    }

    fn words(&mut self, words: &str, text: Option<Value>, left: &mut Vec<Node>) {
        let Some(value) = text else {
            // Blanks between tags are layout of the file.
            if !words.trim_ascii().is_empty() {
                self.notes.found(Category::StrayBytes);
            }
            return;
        };
        let Some(words) = value.of(words, self.rules, self.resolve) else {
            self.notes.found(Category::Other);
            return;
        };
        if let Some(Node::Text(before)) = left.last_mut() {
            before.push_str(&words);
        } else if !words.is_empty() {
            left.push(Node::Text(words.into_owned()));
        }
    }

    /// Filters the attributes of an element; says no if one led to a part that is left out.
    fn attributes(&mut self, element: &mut Element, all: &[&'static Rule]) -> bool {
        let mut stays = true;
        let mut left = Vec::with_capacity(element.attributes.len());
        for Attribute { name, value } in element.attributes.drain(..) {
            let mut pairs = all.iter().flat_map(|rule| rule.attributes);
            let Some(&(_, shape)) = pairs.find(|(known, _)| **known == *name) else {
                self.note(&name);
                continue;
            };
            let Some(new) = shape.of(&value, self.rules, self.resolve) else {
                self.note(&name);
                stays &= shape != Value::Relation;
                continue;
            };
            // What was there instead of ours told something.
            let is_ours = matches!(shape, Value::Fixed(_) | Value::Serial | Value::Checked(_));
            if *new != *value && is_ours {
                self.note(&name);
            }
            left.push(Attribute { name, value: new.into_owned() });
        }
        element.attributes = left;
        stays
    }

    fn note(&mut self, name: &str) {
        if let Some(category) = self.rules.category(name) {
            self.notes.found(category);
        }
    }
}
