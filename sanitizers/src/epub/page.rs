//! The pages of a book, by the rules for web pages.

use super::book::Book;
use crate::html::{self, Fate};
use crate::refusal::{Damage, Feature};
use crate::xml::{Attribute, Element, Node};
use crate::{Category, Change, Notes, Refusal, text};

/// A page that was filtered, and the name it has in the table of contents.
pub(super) struct Page {
    pub(super) root: Element,
    pub(super) label: String,
}

/// Letters of a name in the table of contents.
const LABEL: usize = 120;

/// All pages, in their order.
pub(super) fn all(book: &mut Book<'_>, notes: &mut Notes) -> Result<Vec<Page>, Refusal> {
    let mut pages = Vec::new();
    for (number, name) in (1..).zip(book.order.clone()) {
        let tree = book.page(&name, notes)?;
        if !tree.is("html:html") {
            return Err(Refusal::Feature(Feature::Construct));
        }
        let mut body = Element::new("html:body");
        let mut walk = Walk { book, page: &name, notes, pre: 0 };
        for part in tree.children {
            let Node::Element(part) = part else { continue };
            if part.is("html:body") {
                walk.children(part.children, &mut body.children)?;
            } else {
                walk.tell_head(&part);
            }
        }
        text::warn(&body.text(), notes);
        let label = first_heading(&body).map_or_else(|| number.to_string(), |words| label(&words));
        pages.push(Page { root: whole(body), label });
    }
    Ok(pages)
}

/// A page around its body. The format asks for a title.
fn whole(body: Element) -> Element {
    let mut title = Element::new("html:title");
    title.children.push(Node::Text("-".to_owned()));
    let mut head = Element::new("html:head");
    head.children.push(Node::Element(title));
    let mut root = Element::new("html:html");
    root.children.extend([Node::Element(head), Node::Element(body)]);
    root
}

fn first_heading(element: &Element) -> Option<String> {
    element.elements().find_map(|child| {
        let is_heading =
            ["h1", "h2", "h3", "h4", "h5", "h6"].iter().any(|h| child.name.get(5..) == Some(*h));
        let words = child.text();
        if is_heading && !words.trim().is_empty() { Some(words) } else { first_heading(child) }
    })
}

/// Words with single blanks, of which the first are enough.
fn label(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(LABEL).collect::<String>().trim_end().to_owned()
}

struct Walk<'a, 'b, 'c> {
    book: &'a mut Book<'b>,
    page: &'c str,
    notes: &'a mut Notes,
    /// Elements inside each other in which blanks count.
    pre: u32,
}

impl Walk<'_, '_, '_> {
    fn children(&mut self, nodes: Vec<Node>, left: &mut Vec<Node>) -> Result<(), Refusal> {
        for node in nodes {
            match node {
                Node::Element(element) => self.element(element, left)?,
                Node::Text(words) => add_text(left, &words, self.pre > 0)?,
            }
        }
        Ok(())
    }

    fn element(&mut self, element: Element, left: &mut Vec<Node>) -> Result<(), Refusal> {
        let (space, local) = element.name.split_once(':').unwrap_or_default();
        let name = local.to_owned();
        match space {
            "html" => self.of_page(&name, element, left),
            // Formulas keep their words.
            "math" if !name.starts_with("annotation") && name != "mphantom" => {
                if html::is_built(&name) {
                    self.notes.changed(Change::PartsRemoved);
                }
                self.children(element.children, left)
            }
            "svg" => self.drawing(&element, left),
            _ => {
                self.lose(&element);
                Ok(())
            }
        }
    }

    fn of_page(
        &mut self,
        name: &str,
        mut element: Element,
        left: &mut Vec<Node>,
    ) -> Result<(), Refusal> {
        if is_hidden(name, &element) {
            if !element.text().trim().is_empty() {
                self.notes.changed(Change::HiddenTextRemoved);
            }
            self.notes.found(Category::Other);
            return Ok(());
        }
        if name == "img" {
            let source = element.get("src").unwrap_or_default().to_owned();
            return self.picture(&source, left);
        }
        match html::fate(name) {
            Fate::Kept(kept) => {
                let mut new = Element::new(&["html:", kept].concat());
                new.attributes = self.attributes(kept, &element);
                if !html::is_empty(kept) {
                    self.pre += u32::from(kept == "pre");
                    self.children(element.children, &mut new.children)?;
                    self.pre -= u32::from(kept == "pre");
                }
                if !new.children.is_empty() || !html::is_within_lines(kept) {
                    left.push(Node::Element(new));
                }
                Ok(())
            }
            Fate::Opened => {
                self.tell(name, &element);
                let children = std::mem::take(&mut element.children);
                if html::is_empty(name) { Ok(()) } else { self.children(children, left) }
            }
            Fate::Dropped => {
                self.lose(&element);
                Ok(())
            }
        }
    }

    fn attributes(&mut self, name: &str, element: &Element) -> Vec<Attribute> {
        let (kept, gone): (Vec<_>, Vec<_>) = element
            .attributes
            .iter()
            .cloned()
            .partition(|one| html::keeps(name, &one.name, &one.value));
        self.warn(gone.iter());
        self.notes.found_many(Category::Other, u32::try_from(gone.len()).unwrap_or(u32::MAX));
        kept
    }

    /// A drawing is left out, but pictures in it are often the cover.
    fn drawing(&mut self, element: &Element, left: &mut Vec<Node>) -> Result<(), Refusal> {
        if element.is("svg:image") {
            let source = element.get("xlink:href").or_else(|| element.get("href"));
            let source = source.unwrap_or_default().to_owned();
            return self.picture(&source, left);
        }
        for child in element.elements() {
            self.drawing(child, left)?;
        }
        if !element.elements().any(|child| child.is("svg:image")) {
            self.notes.found(Category::Other);
            self.notes.changed(Change::PartsRemoved);
        }
        Ok(())
    }

    fn picture(&mut self, source: &str, left: &mut Vec<Node>) -> Result<(), Refusal> {
        let Some(number) = self.book.picture(self.page, source, self.notes)? else {
            self.notes.found(Category::Links);
            self.notes.changed(Change::PartsRemoved);
            return Ok(());
        };
        let (kind, _) = self.book.pictures.get(number - 1).ok_or(Refusal::Internal)?;
        let mut image = Element::new("html:img");
        image.set("alt", "");
        image.set("src", format!("pictures/{number}.{}", kind.extension()));
        left.push(Node::Element(image));
        Ok(())
    }

    /// Warns of looks by which words cannot be read.
    fn warn<'e>(&mut self, mut looks: impl Iterator<Item = &'e Attribute>) {
        if looks.any(|one| html::may_hide_by(&one.name, &one.value)) {
            self.notes.warn(crate::Warning::HiddenText);
        }
    }

    fn tell(&mut self, name: &str, element: &Element) {
        self.warn(element.attributes.iter());
        match name {
            "a" if element.get("href").is_some() => {
                self.notes.found(Category::Links);
                self.notes.changed(Change::LinksRemoved);
            }
            "embed" | "source" | "track" => {
                self.notes.found(Category::EmbeddedFiles);
                self.notes.changed(Change::MultimediaRemoved);
            }
            "input" => self.notes.found(Category::FormData),
            _ => {
                let count = u32::try_from(element.attributes.len()).unwrap_or(u32::MAX);
                self.notes.found_many(Category::Other, count);
            }
        }
    }

    fn lose(&mut self, element: &Element) {
        match &*element.name {
            "html:script" | "html:noscript" => self.notes.found(Category::Scripts),
            "html:audio" | "html:video" | "html:object" => {
                self.notes.found(Category::EmbeddedFiles);
                self.notes.changed(Change::MultimediaRemoved);
            }
            "html:style" | "html:title" => self.notes.found(Category::Descriptions),
            _ => {
                self.notes.found(Category::Other);
                if !element.text().trim().is_empty() {
                    self.notes.changed(Change::PartsRemoved);
                }
            }
        }
    }

    /// What stands before the body is left out; style sheets in it can hide words.
    fn tell_head(&mut self, head: &Element) {
        for child in head.elements() {
            match &*child.name {
                "html:title" | "html:meta" | "html:base" => {
                    self.notes.found(Category::Descriptions);
                }
                "html:script" => self.notes.found(Category::Scripts),
                "html:style" => {
                    self.notes.changed(Change::LooksRemoved);
                    self.notes.found(Category::Other);
                    if html::may_hide(&child.text()) {
                        self.notes.warn(crate::Warning::HiddenText);
                    }
                }
                _ => self.notes.found(Category::Other),
            }
        }
    }
}

/// Whether a page says of an element that it is not shown.
fn is_hidden(name: &str, element: &Element) -> bool {
    element.get("hidden").is_some()
        || element.get("popover").is_some()
        || (name == "dialog" && element.get("open").is_none())
        || element.get("style").is_some_and(html::hides)
}

/// Adds words, of which each sign must be one that people can see or that parts words.
/// Blanks beside each other are one to a reader, unless they are `kept`.
fn add_text(left: &mut Vec<Node>, words: &str, kept: bool) -> Result<(), Refusal> {
    let words = words.replace(['\r', '\u{C}'], " ");
    let mut after_blank = matches!(left.last(), Some(Node::Text(before)) if before.ends_with(' '));
    let words: String = words
        .chars()
        .filter_map(|c| {
            let c = if !kept && c.is_ascii_whitespace() { ' ' } else { c };
            let again = !kept && after_blank && c == ' ';
            after_blank = c == ' ';
            (!again).then_some(c)
        })
        .collect();
    if words.chars().any(text::is_refused) {
        return Err(Refusal::Damaged(Damage::Encoding));
    }
    if let Some(Node::Text(before)) = left.last_mut() {
        before.push_str(&words);
    } else if !words.is_empty() {
        left.push(Node::Text(words));
    }
    Ok(())
}
