//! Goes through a part and leaves what the tables keep.

use std::collections::HashSet;
use std::rc::Rc;

use super::attributes::Attributes;
use super::elements::{self, KEPT};
use super::forms::Forms;
use super::hidden::{self, Hidden};
use super::package::Package;
use super::value::{Value, Words};
use super::{fonts, places, told};
use crate::xml::{Attribute, Element, Node};
use crate::{Category, Change, Notes, Refusal};

/// Where a picture is when there is none that can be kept.
pub(super) const NO_PICTURE: &str = "";

/// The name of the table that a chart has of its own.
const OWN_TABLE: &str = "local-table";

/// The tables, ready to be asked.
pub(super) struct Tables {
    kept: HashSet<&'static str>,
    pub(super) attributes: Attributes,
    words: Words,
}

impl Tables {
    /// The tables of this format.
    pub(super) fn new() -> Tables {
        let let_in = KEPT.forbidden.iter().filter(|name| KEPT.allows(name));
        Tables {
            kept: KEPT.allowed.iter().chain(let_in).copied().collect(),
            attributes: Attributes::new(),
            words: Words::new(),
        }
    }
}

/// Filters the parts of one document, one after the other.
pub(super) struct Filter<'a> {
    tables: &'a Tables,
    hidden: Hidden,
    forms: Forms,
    /// Whether tables are sheets, of which people see the names.
    has_sheets: bool,
}

impl<'a> Filter<'a> {
    /// A filter for the parts of a document, of which that with the styles comes first.
    pub(super) fn new(tables: &'a Tables, has_sheets: bool) -> Filter<'a> {
        Filter { tables, hidden: Hidden::default(), forms: Forms::default(), has_sheets }
    }

    /// What is left of a part. Pictures and objects are looked up in the package; those of
    /// an object, which has none, are gone.
    pub(super) fn part(
        &mut self,
        root: Element,
        package: Option<&mut Package<'_>>,
        notes: &mut Notes,
    ) -> Result<Element, Refusal> {
        self.hidden.begin(&root);
        let mut left = Element { name: Rc::clone(&root.name), ..Element::new("") };
        if left.name.starts_with("office:document-") {
            left.set("office:version", super::VERSION);
        }
        let mut walk = Walk { filter: self, package, notes };
        walk.children(root.children, &root.name, &mut left.children)?;
        Ok(left)
    }
}

/// One part that is being filtered.
struct Walk<'a, 'b, 'c> {
    filter: &'a mut Filter<'b>,
    package: Option<&'a mut Package<'c>>,
    notes: &'a mut Notes,
}

impl Walk<'_, '_, '_> {
    fn children(
        &mut self,
        nodes: Vec<Node>,
        parent: &str,
        left: &mut Vec<Node>,
    ) -> Result<(), Refusal> {
        let holds_text = elements::holds_text(parent);
        for node in nodes {
            match node {
                Node::Element(element) => self.element(element, parent, left)?,
                Node::Text(words) if holds_text => add_text(left, words),
                Node::Text(words) if words.trim_ascii().is_empty() => {}
                Node::Text(_) => self.notes.found(Category::StrayBytes),
            }
        }
        Ok(())
    }

    fn element(
        &mut self,
        element: Element,
        parent: &str,
        left: &mut Vec<Node>,
    ) -> Result<(), Refusal> {
        if self.filter.hidden.hides(&element) {
            if hidden::holds_words(&element) {
                self.notes.changed(Change::HiddenTextRemoved);
            }
            self.notes.found(Category::Other);
            return Ok(());
        }
        let mut element = element;
        // What later versions of the standard write without the prefix of one program.
        if element.is("loext:text") {
            element.name = "number:text".into();
        }
        let name = Rc::clone(&element.name);
        if name.starts_with("office:forms") {
            self.filter.forms.add(&element);
        }
        if self.filter.tables.kept.contains(&*name) {
            if places::may_stand(&name, parent) {
                return self.keep(element, left);
            }
            self.notes.found(Category::StrayBytes);
            return Ok(());
        }
        match &*name {
            "draw:control" if places::may_stand("draw:frame", parent) => {
                let frame = self.control(&element);
                left.push(Node::Element(frame));
                self.notes.found(Category::FormData);
                self.notes.changed(Change::FormFlattened);
            }
            _ if elements::is_opened(&name) => {
                told::field(&name, self.notes);
                self.children(element.children, parent, left)?;
            }
            _ => self.tell(&element),
        }
        Ok(())
    }

    /// Counts an element that goes with all that is in it.
    fn tell(&mut self, element: &Element) {
        let (category, change) = elements::told(&element.name);
        let holds_words = hidden::holds_words(element);
        if let Some(category) = category {
            self.notes.found(category);
        }
        match change {
            // Every slide has a page for notes, mostly an empty one.
            Some(Change::SpeakerNotesRemoved) if !holds_words => {}
            Some(change) => self.notes.changed(change),
            // Nobody here knows whether these words are shown.
            None if category == Some(Category::Other) && holds_words => {
                self.notes.changed(Change::PartsRemoved);
            }
            None => {}
        }
    }

    fn keep(&mut self, mut element: Element, left: &mut Vec<Node>) -> Result<(), Refusal> {
        told::warn(&element, self.notes);
        if element.is("draw:frame") {
            element.children = self.opened(std::mem::take(&mut element.children));
        }
        if element.get("presentation:placeholder") == Some("true") {
            self.empty(&mut element);
        }
        match &*element.name {
            "draw:frame" => self.one_picture(&mut element)?,
            "draw:object" => {
                let Some(object) = self.object(&element)? else {
                    self.tell(&element);
                    return Ok(());
                };
                element.children.clear();
                element.set("xlink:href", object);
            }
            "table:table-cell" | "table:covered-table-cell" => say(&mut element),
            // A picture without one that can be kept is written as one that was replaced.
            "draw:image" => {
                let picture = self.picture(&element)?;
                element.set("xlink:href", picture.unwrap_or_else(|| NO_PICTURE.to_owned()));
                // Programs put an empty line on every picture.
                if !hidden::holds_words(&element) {
                    element.children.clear();
                }
            }
            "draw:fill-image" | "style:background-image" | "text:list-level-style-image"
                if element.get("xlink:href").is_some() =>
            {
                let Some(picture) = self.picture(&element)? else {
                    self.notes.changed(Change::PartsRemoved);
                    return Ok(());
                };
                element.set("xlink:href", picture);
            }
            _ => {}
        }
        let mut kept = Element { name: Rc::clone(&element.name), ..Element::new("") };
        kept.attributes = self.attributes(&element);
        let name = Rc::clone(&kept.name);
        self.children(element.children, &name, &mut kept.children)?;
        left.push(Node::Element(kept));
        Ok(())
    }

    fn attributes(&mut self, element: &Element) -> Vec<Attribute> {
        let tables = self.filter.tables;
        let mut kept = Vec::new();
        for Attribute { name, value } in &element.attributes {
            let shape = tables.attributes.value(&element.name, name);
            let mut new = shape.and_then(|shape| tables.words.value(shape, value));
            if shape == Some(Value::Sheet) && !self.filter.has_sheets {
                new = new.filter(|name| name == OWN_TABLE);
            }
            if new.as_ref() != Some(value) {
                told::attribute(name, value, shape, self.notes);
            }
            if shape == Some(Value::Family) && new.is_none() {
                new = Some(fonts::stand_in(element.get("style:font-family-generic")).to_owned());
            }
            kept.extend(new.map(|value| Attribute { name: Rc::clone(name), value }));
        }
        if kept.iter().any(|attribute| &*attribute.name == "xlink:href") {
            let fixed = [("type", "simple"), ("show", "embed"), ("actuate", "onLoad")];
            kept.extend(fixed.map(|(name, value)| Attribute {
                name: ["xlink:", name].concat().into(),
                value: value.to_owned(),
            }));
        }
        kept
    }

    /// Takes the words out of a frame that is said to be empty: programs show a prompt in it,
    /// whatever is there.
    fn empty(&mut self, frame: &mut Element) {
        for text_box in frame.elements_mut().filter(|child| child.is("draw:text-box")) {
            if hidden::holds_words(text_box) {
                self.notes.found(Category::Other);
                self.notes.changed(Change::HiddenTextRemoved);
            }
            text_box.children.clear();
        }
    }

    /// Children with those in the place of a parent that is opened: a frame shows one of its
    /// pictures, and one in a link is one of them.
    fn opened(&mut self, children: Vec<Node>) -> Vec<Node> {
        let mut all = Vec::new();
        for child in children {
            match child {
                Node::Element(element) if self.is_opened(&element) => {
                    told::field(&element.name, self.notes);
                    all.extend(self.opened(element.children));
                }
                child => all.push(child),
            }
        }
        all
    }

    /// Whether only what is in an element is kept.
    fn is_opened(&self, element: &Element) -> bool {
        !self.filter.hidden.hides(element)
            && !self.filter.tables.kept.contains(&*element.name)
            && elements::is_opened(&element.name)
    }

    /// Leaves one of the pictures of a frame, or none beside an object that is kept.
    fn one_picture(&mut self, frame: &mut Element) -> Result<(), Refusal> {
        let mut has_object = false;
        let mut chosen = None;
        let mut lost = false;
        for (number, child) in frame.children.iter().enumerate() {
            let Some(child) = child.element() else { continue };
            match &*child.name {
                "draw:object" => {
                    let object = self.object(child)?;
                    lost |= object.is_none();
                    has_object |= object.is_some();
                }
                "draw:object-ole" | "draw:plugin" | "draw:applet" | "draw:floating-frame" => {
                    lost = true;
                }
                "draw:image" => {
                    lost = true;
                    if chosen.is_none() && self.picture(child)?.is_some() {
                        chosen = Some(number);
                    }
                }
                _ => {}
            }
        }
        let first = frame.elements_mut().find(|child| child.is("draw:image"));
        let on_it = first.map(|image| std::mem::take(&mut image.children)).unwrap_or_default();
        let mut number = 0..;
        frame.children.retain(|child| {
            let number = number.next();
            let is_chosen = number == chosen && !has_object;
            !child.is("draw:image") || is_chosen
        });
        if lost && chosen.is_none() && !has_object {
            frame.children.insert(0, Node::Element(Element::new("draw:image")));
            self.notes.changed(Change::PartsRemoved);
        }
        // Words may stand on the picture; the first one of several is the one that is shown.
        if let Some(image) = frame.elements_mut().find(|child| child.is("draw:image")) {
            image.children = on_it;
        }
        Ok(())
    }

    /// The path of the picture that an element shows, if it can be kept.
    fn picture(&mut self, element: &Element) -> Result<Option<String>, Refusal> {
        let href = element.get("xlink:href").unwrap_or(NO_PICTURE);
        match &mut self.package {
            Some(package) => package.picture(href, self.notes),
            None => Ok(None),
        }
    }

    /// The folder of the object that an element shows, if it can be kept.
    fn object(&mut self, element: &Element) -> Result<Option<String>, Refusal> {
        let href = element.get("xlink:href").unwrap_or_default();
        match &mut self.package {
            Some(package) => package.object(href, self.filter.tables, self.notes),
            None => Ok(None),
        }
    }

    /// A frame with the words that the field of a form shows, in its place.
    fn control(&mut self, element: &Element) -> Element {
        let mut frame = Element::new("draw:frame");
        let shown = Element { name: "draw:frame".into(), ..element.clone() };
        frame.attributes = self.attributes(&shown);
        let words = self.filter.forms.shown(element.get("draw:control").unwrap_or_default());
        let mut text_box = Element::new("draw:text-box");
        for line in words.lines() {
            let mut paragraph = Element::new("text:p");
            paragraph.children.push(Node::Text(line.to_owned()));
            text_box.children.push(Node::Element(paragraph));
        }
        frame.children.push(Node::Element(text_box));
        frame
    }
}

/// A cell whose words stand in an attribute shows them as well.
fn say(cell: &mut Element) {
    let Some(words) = cell.get("office:string-value").filter(|words| !words.is_empty()) else {
        return;
    };
    if !cell.elements().any(|child| child.is("text:p")) {
        let mut paragraph = Element::new("text:p");
        paragraph.children.push(Node::Text(words.to_owned()));
        cell.children.push(Node::Element(paragraph));
    }
}

fn add_text(left: &mut Vec<Node>, words: String) {
    if let Some(Node::Text(before)) = left.last_mut() {
        before.push_str(&words);
    } else {
        left.push(Node::Text(words));
    }
}
