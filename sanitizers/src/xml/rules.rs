//! Tables that say what of an XML vocabulary is kept.

use std::collections::{HashMap, HashSet};

use super::Value;
use crate::Category;
use crate::allow::AllowList;

/// What becomes of an element that is in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It stays.
    Kept,
    /// Its tags go, its content stays.
    Opened,
}

/// One element of a table, or some more attributes of one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rule {
    /// Its name with our prefix.
    pub(crate) name: &'static str,
    pub(crate) fate: Fate,
    /// Attributes that are kept, and what their values may look like.
    pub(crate) attributes: &'static [(&'static str, Value)],
    /// What text that stands directly in it may look like; elsewhere text is left out.
    pub(crate) text: Option<Value>,
    /// Whether it goes when nothing is in it: the format demands some content.
    pub(crate) must_hold: bool,
}

impl Rule {
    /// An element that is kept with these attributes, unless nothing is in it.
    pub(crate) const fn holding(
        name: &'static str,
        attributes: &'static [(&'static str, Value)],
    ) -> Rule {
        Rule { must_hold: true, ..keep(name, attributes) }
    }

    /// An element that is kept with the text in it.
    pub(crate) const fn text(
        name: &'static str,
        attributes: &'static [(&'static str, Value)],
        text: Value,
    ) -> Rule {
        Rule { text: Some(text), ..keep(name, attributes) }
    }

    /// An element whose tags go.
    pub(crate) const fn open(name: &'static str) -> Rule {
        Rule { fate: Fate::Opened, ..keep(name, &[]) }
    }
}

/// An element that is kept with these attributes.
pub(crate) const fn keep(name: &'static str, attributes: &'static [(&'static str, Value)]) -> Rule {
    Rule { name, fate: Fate::Kept, attributes, text: None, must_hold: false }
}

/// How something that is left out is counted: by the name of an element or attribute.
/// Without a category it is nothing that tells anything.
pub(crate) type Noted = (&'static str, Option<Category>);

/// The tables of one format, ready to be asked.
pub(crate) struct Rules {
    elements: HashMap<&'static str, Vec<&'static Rule>>,
    words: HashSet<&'static str>,
    noted: HashMap<&'static str, Option<Category>>,
    places: HashMap<&'static str, &'static str>,
}

/// An element, and those that it may stand in, with blanks between them.
pub(crate) type Place = (&'static str, &'static str);

impl Rules {
    /// Puts tables together: elements, words that values may be (with blanks between them),
    /// and what is counted how.
    pub(crate) fn new(
        tables: &[&'static AllowList<Rule>],
        words: &[&'static str],
        noted: &[&'static [Noted]],
    ) -> Rules {
        let mut elements: HashMap<_, Vec<_>> = HashMap::new();
        for table in tables {
            let let_in = table.forbidden.iter().filter(|rule| table.allows(rule));
            for rule in table.allowed.iter().chain(let_in) {
                elements.entry(rule.name).or_default().push(rule);
            }
        }
        Rules {
            elements,
            words: words.iter().flat_map(|list| list.split(' ')).collect(),
            noted: noted.iter().flat_map(|list| list.iter().copied()).collect(),
            places: HashMap::new(),
        }
    }

    /// With the places of elements that may not stand anywhere.
    pub(crate) fn with_places(mut self, places: &'static [Place]) -> Rules {
        self.places = places.iter().copied().collect();
        self
    }

    /// Whether an element may stand in another one.
    pub(super) fn may_stand(&self, name: &str, holder: &str) -> bool {
        self.places.get(name).is_none_or(|places| places.split(' ').any(|place| place == holder))
    }

    /// What is said about an element; nothing if it is not kept.
    pub(super) fn of(&self, name: &str) -> Option<&[&'static Rule]> {
        self.elements.get(name).map(Vec::as_slice)
    }

    /// Whether a word is one of the format's own.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// How something that is left out is counted.
    pub(crate) fn category(&self, name: &str) -> Option<Category> {
        self.noted.get(name).copied().unwrap_or(Some(Category::Other))
    }
}

/// A table as lines of text.
pub(crate) fn explain(table: &AllowList<Rule>) -> Vec<String> {
    let line = |rule: &Rule| {
        let mut line = format!("element {}: ", rule.name);
        line.push_str(match rule.fate {
            Fate::Kept => "kept",
            Fate::Opened => "its tags are removed, its content stays",
        });
        for (number, (name, value)) in rule.attributes.iter().enumerate() {
            line.push_str(if number == 0 { "; with " } else { ", " });
            line.extend([*name, " (", &format!("{value:?}"), ")"]);
        }
        if let Some(value) = rule.text {
            line.extend(["; text (", &format!("{value:?}"), ")"]);
        }
        line
    };
    table.allowed.iter().map(line).collect()
}
