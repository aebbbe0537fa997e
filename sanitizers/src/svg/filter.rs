//! Leaves of a drawing what the tables keep.

use super::tables::{self, ATTRIBUTES, ELEMENTS, PROPERTIES, Shape, TEXTS, holds};
use super::{path, place, sheet, value};
use crate::html::picture;
use crate::refusal::Feature;
use crate::xml::{Attribute, Element, Node};
use crate::{Category, Change, Limits, Notes, Refusal, Warning};

/// What to do with an element.
#[derive(PartialEq, Eq)]
enum Fate {
    Kept,
    /// Its tags become those of a group, its content stays.
    Opened,
    Dropped,
}

struct Filter<'a> {
    limits: &'a Limits,
    notes: &'a mut Notes,
}

/// Filters a drawing in place. Goes as deep as the tree, which the reader has bounded.
pub(super) fn drawing(
    root: &mut Element,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<(), Refusal> {
    Filter { limits, notes }.keeps(root).map(drop)
}

/// The name of an element without its prefix, if it is one of the format.
pub(super) fn local(name: &str) -> Option<&str> {
    name.strip_prefix("svg:")
}

impl Filter<'_> {
    /// Filters a kept element, and says whether it may stay.
    fn keeps(&mut self, element: &mut Element) -> Result<bool, Refusal> {
        let name = local(&element.name).unwrap_or_default().to_owned();
        if name == "style" {
            // For paper only, or in another language of styles.
            let media = element.get("media").unwrap_or("all").trim();
            let sort = element.get("type").unwrap_or("text/css").trim();
            if !matches!(media, "" | "all" | "screen") || !matches!(sort, "" | "text/css") {
                self.notes.found(Category::Other);
                return Ok(false);
            }
            let rules = sheet::rules(&element.text(), self.notes);
            element.attributes.clear();
            element.children = vec![Node::Text(rules)];
            return Ok(!element.text().is_empty());
        }
        if !self.attributes(element, &name)? {
            return Ok(false);
        }
        let in_text = TEXTS.contains(&&*name);
        let mut left = Vec::with_capacity(element.children.len());
        for node in std::mem::take(&mut element.children) {
            self.node(node, &name, in_text, &mut left)?;
        }
        element.children = left;
        Ok(true)
    }

    fn node(
        &mut self,
        node: Node,
        parent: &str,
        in_text: bool,
        left: &mut Vec<Node>,
    ) -> Result<(), Refusal> {
        let mut child = match node {
            Node::Element(child) => child,
            Node::Text(words) => {
                if in_text {
                    // What stood between two texts may be gone: they are one from now on.
                    match left.last_mut() {
                        Some(Node::Text(before)) => before.push_str(&words),
                        _ => left.push(Node::Text(words)),
                    }
                } else if !words.trim_ascii().is_empty() {
                    self.notes.found(Category::StrayBytes);
                }
                return Ok(());
            }
        };
        match self.fate(&child)? {
            Fate::Kept => {}
            Fate::Opened => {
                child.name = if in_text { "svg:tspan" } else { "svg:g" }.into();
                // What meant nothing to it must not begin to.
                child
                    .attributes
                    .retain(|one| place::belongs(&one.name, "g") || !holds(&ATTRIBUTES, &one.name));
            }
            Fate::Dropped => return Ok(()),
        }
        // Nobody draws what stands where it has no place.
        if !local(&child.name).is_some_and(|name| place::may_hold(parent, name)) {
            self.notes.found(Category::HiddenPictures);
            return Ok(());
        }
        if self.keeps(&mut child)? {
            left.push(Node::Element(child));
        }
        Ok(())
    }

    /// Says what becomes of an element, and counts what goes.
    fn fate(&mut self, element: &Element) -> Result<Fate, Refusal> {
        let Some(name) = local(&element.name) else {
            self.notes.found(tables::element_category(&element.name));
            return Ok(Fate::Dropped);
        };
        if holds(&ELEMENTS, name) {
            return Ok(Fate::Kept);
        }
        match name {
            "a" => {
                self.notes.found(Category::Links);
                self.notes.changed(Change::LinksRemoved);
                return Ok(Fate::Opened);
            }
            "switch" => {
                // Viewers choose one by language and by what they can do.
                let drawn = element
                    .elements()
                    .filter(|child| local(&child.name).is_some_and(|name| holds(&ELEMENTS, name)));
                return if drawn.count() > 1 {
                    Err(Refusal::Feature(Feature::Construct))
                } else {
                    Ok(Fate::Opened)
                };
            }
            "metadata" | "title" | "desc" => {}
            "animate" | "animateColor" | "animateMotion" | "animateTransform" | "set" => {
                self.notes.changed(Change::MotionRemoved);
            }
            _ => self.notes.changed(Change::PartsRemoved),
        }
        self.notes.found(tables::element_category(&element.name));
        Ok(Fate::Dropped)
    }

    /// Filters attributes; says no if the element is nothing without one that goes.
    fn attributes(&mut self, element: &mut Element, name: &str) -> Result<bool, Refusal> {
        let mut left: Vec<Attribute> = Vec::with_capacity(element.attributes.len());
        let mut target: Option<String> = None;
        for Attribute { name: attribute, value } in std::mem::take(&mut element.attributes) {
            let known = holds(&ATTRIBUTES, &attribute) || holds(&PROPERTIES, &attribute);
            let shape = tables::shape(&attribute);
            // Only some readers see what is in it.
            if matches!(&*attribute, "systemLanguage" | "requiredExtensions") {
                self.notes.warn(Warning::HiddenText);
            }
            if !known || !place::belongs(&attribute, name) {
                if let Some(category) = tables::attribute_category(&attribute) {
                    self.notes.found(category);
                }
                continue;
            }
            if shape == Shape::Target {
                let Some(clean) = self.target(name, &value)? else { continue };
                // One program follows the first, one the second.
                if target.as_ref().is_some_and(|other| *other != clean) {
                    return Err(Refusal::Feature(Feature::Construct));
                }
                target = Some(clean);
                continue;
            }
            if let Some(value) = self.value(&attribute, &value, shape) {
                left.push(Attribute { name: attribute, value });
            }
        }
        let missing = target.is_none() && matches!(name, "use" | "image" | "textPath");
        left.extend(target.map(|value| Attribute { name: "xlink:href".into(), value }));
        element.attributes = left;
        Ok(!missing)
    }

    /// What is written for a value.
    fn value(&mut self, name: &str, value: &str, shape: Shape) -> Option<String> {
        let clean = match shape {
            Shape::Plain => {
                let any_case = holds(&PROPERTIES, name) && name != "transform";
                value::plain(value, any_case)
            }
            Shape::Path => path::good(value),
            Shape::Name | Shape::Step => value::name(value.trim()).map(str::to_owned),
            // What no style sheet speaks of is left out later.
            Shape::Classes => return Some(value.to_owned()),
            Shape::Style => {
                let style = sheet::properties(value, self.notes);
                return (!style.is_empty()).then_some(style);
            }
            Shape::Fonts => return sheet::fonts(value, self.notes),
            Shape::Target => None,
        };
        match &clean {
            Some(clean) => {
                sheet::warn(name, clean, self.notes);
                let signs =
                    |path: &str| path.bytes().filter(|one| !b" ,\t\r\n".contains(one)).count();
                let is_cut = shape == Shape::Path && signs(clean) < signs(value);
                self.notes.found_many(Category::StrayBytes, u32::from(is_cut));
            }
            None if value.trim().is_empty() => {}
            None => {
                let leads = value.contains("url(");
                self.notes.found(if leads { Category::Links } else { Category::Other });
                if leads || matches!(shape, Shape::Plain | Shape::Path) {
                    self.notes.changed(Change::PartsRemoved);
                }
            }
        }
        clean
    }

    /// A place in the file, or a picture inside of it.
    fn target(&mut self, element: &str, value: &str) -> Result<Option<String>, Refusal> {
        let value = value.trim();
        if let Some(name) = value.strip_prefix('#').and_then(value::name) {
            if element != "image" {
                return Ok(Some(format!("#{name}")));
            }
        } else if element == "image"
            && let Some(clean) = picture::clean(value, self.limits, self.notes)?
        {
            return Ok(Some(clean));
        }
        let inside = value.starts_with("data:");
        self.notes.found(if inside { Category::EmbeddedFiles } else { Category::Links });
        self.notes.changed(Change::PartsRemoved);
        Ok(None)
    }
}
