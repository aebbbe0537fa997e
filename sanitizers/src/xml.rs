//! XML inside of documents: read strictly, filtered by tables, written in one form.
//!
//! The parts of an Office document are XML, and XML has places of its own for what nobody
//! sees: comments, processing instructions, definitions of entities, namespaces that a
//! reader skips, the choice of prefixes, the order of attributes, blanks between tags. So a
//! part is read into a tree without any of that, and written again with fixed prefixes,
//! sorted attributes and no blanks of its own.
//!
//! Names are those of the tree: `w:p` is the element `p` of the namespace that has the
//! prefix `w` in the table of [`Space`]s, whatever prefix the file chose. A namespace that is
//! not in the table has the prefix `?`, which no rule allows.
//!
//! What stays is decided by [`Rules`]: tables of elements, their attributes, and what the
//! value of each attribute may look like. What is not in a table goes, with what is in it.
//!
//! Refused: document type definitions and entities (bombs, and files that are fetched),
//! other encodings than UTF-8 and UTF-16, XML 1.1, whatever is not well-formed.
//!
//! Format: Extensible Markup Language (XML) 1.0, fifth edition; Namespaces in XML 1.0.

mod filter;
mod read;
mod rules;
#[cfg(test)]
mod tests;
mod value;
mod write;

use std::rc::Rc;

pub(crate) use filter::{Resolve, filter};
pub(crate) use read::read;
pub(crate) use rules::{Fate, Noted, Place, Rule, Rules, explain, keep};
pub(crate) use value::{Check, Value, list, measure, number};
pub(crate) use write::write;

/// A namespace, and the prefix its names have with us.
#[derive(Debug)]
pub(crate) struct Space {
    /// What its names begin with here.
    pub(crate) prefix: &'static str,
    /// The name that is written.
    pub(crate) uri: &'static str,
    /// Other names that mean the same: those of ISO/IEC 29500 strict.
    pub(crate) also: &'static [&'static str],
}

/// An element, with names as in [`Space`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: Rc<str>,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) children: Vec<Node>,
}

/// An attribute; its name has a prefix only if it had one in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    pub(crate) name: Rc<str>,
    pub(crate) value: String,
}

/// What is in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// An element with nothing in it.
    pub(crate) fn new(name: &str) -> Element {
        Element { name: name.into(), attributes: Vec::new(), children: Vec::new() }
    }

    /// Whether it has this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        *self.name == *name
    }

    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|attribute| *attribute.name == *name);
        found.map(|attribute| &*attribute.value)
    }

    /// Gives an attribute a value, whether it had one or not.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match self.attributes.iter_mut().find(|attribute| *attribute.name == *name) {
            Some(attribute) => attribute.value = value,
            None => self.attributes.push(Attribute { name: name.into(), value }),
        }
    }

    /// The elements in it.
    pub(crate) fn elements(&self) -> impl DoubleEndedIterator<Item = &Element> {
        self.children.iter().filter_map(Node::element)
    }

    /// The elements in it.
    pub(crate) fn elements_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Element> {
        self.children.iter_mut().filter_map(Node::element_mut)
    }

    /// The first element of this name in it.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|child| child.is(name))
    }

    /// The first element of this name in it.
    pub(crate) fn child_mut(&mut self, name: &str) -> Option<&mut Element> {
        self.elements_mut().find(|child| child.is(name))
    }

    /// All text in it, however deep. The reader has bounded the depth.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text
    }

    fn add_text(&self, text: &mut String) {
        for node in &self.children {
            match node {
                Node::Element(child) => child.add_text(text),
                Node::Text(words) => text.push_str(words),
            }
        }
    }
}

impl Node {
    /// The element, if it is one.
    pub(crate) fn element(&self) -> Option<&Element> {
        if let Node::Element(element) = self { Some(element) } else { None }
    }

    /// The element, if it is one.
    pub(crate) fn element_mut(&mut self) -> Option<&mut Element> {
        if let Node::Element(element) = self { Some(element) } else { None }
    }

    /// Whether it is an element of this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.element().is_some_and(|element| element.is(name))
    }
}
