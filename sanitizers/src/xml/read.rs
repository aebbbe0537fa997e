//! Reads XML into a tree.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{Attribute, Element, Node, Space};
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Limits, Notes, Refusal};

const DAMAGED: Refusal = Refusal::Damaged(Damage::Value);

/// Reads a part. What XML has beside elements, attributes and text is counted in `notes`.
pub(crate) fn read(
    bytes: &[u8],
    spaces: &'static [Space],
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Element, Refusal> {
    if bytes.len() as u64 > limits.inflated_stream {
        return Err(Refusal::Limit(Limit::Inflated));
    }
    let text = decoded(bytes)?;
    let mut reader = Reader::from_str(&text);
    let mut tree = Tree::new(spaces, limits);
    loop {
        match reader.read_event().map_err(|_| DAMAGED)? {
            Event::Start(tag) => tree.start(&tag, notes)?,
            Event::Empty(tag) => {
                tree.start(&tag, notes)?;
                tree.end()?;
            }
            // The reader has compared the names of both tags.
            Event::End(_) => tree.end()?,
            Event::Text(words) => tree.text(&words.xml10_content())?,
            Event::CData(words) => tree.text(&words.xml10_content())?,
            Event::GeneralRef(name) => tree.text(character(&name)?.encode_utf8(&mut [0; 4]))?,
            Event::Decl(declaration) => check(&declaration)?,
            Event::Comment(_) => notes.found(Category::Comments),
            Event::PI(_) => notes.found(Category::Other),
            // Entities unfold without end, and name files that a reader fetches.
            Event::DocType(_) => return Err(Refusal::Feature(Feature::Construct)),
            Event::Eof => return tree.finish(),
        }
    }
}

/// The text of a part: UTF-8, or UTF-16 with a byte order mark.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    const UNCLEAR: Refusal = Refusal::Damaged(Damage::Encoding);
    let units = |pair: fn([u8; 2]) -> u16| -> Result<Cow<'_, str>, Refusal> {
        let (pairs, rest) = bytes.get(2..).unwrap_or_default().as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|&two| pair(two)).collect();
        let text = String::from_utf16(&units).map_err(|_| UNCLEAR)?;
        if rest.is_empty() { Ok(Cow::Owned(text)) } else { Err(UNCLEAR) }
    };
    match bytes {
        [0xFF, 0xFE, ..] => units(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => units(u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] | rest => {
            str::from_utf8(rest).map(Cow::Borrowed).map_err(|_| UNCLEAR)
        }
    }
}

/// A declaration may only say what is so.
fn check(declaration: &BytesDecl<'_>) -> Result<(), Refusal> {
    if declaration.version().map_err(|_| DAMAGED)? != "1.0" {
        return Err(Refusal::Feature(Feature::Construct));
    }
    let encoding = declaration.encoding().transpose().map_err(|_| DAMAGED)?;
    let encoding = encoding.map(|name| name.to_ascii_lowercase());
    // Whether it is UTF-8 or UTF-16 was seen from the bytes.
    match encoding.as_deref() {
        None | Some("utf-8" | "utf-16" | "us-ascii" | "ascii") => Ok(()),
        Some(_) => Err(Refusal::Damaged(Damage::Encoding)),
    }
}

/// A character that is written as a reference.
fn character(name: &BytesRef<'_>) -> Result<char, Refusal> {
    if let Some(one) = name.resolve_char_ref().map_err(|_| DAMAGED)? {
        return Ok(one);
    }
    match name.as_ref() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        _ => Err(DAMAGED),
    }
}

/// Characters that XML may hold at all.
fn is_character(one: char) -> bool {
    matches!(one, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// Elements that have begun and not ended, and what their names mean there.
struct Tree {
    open: Vec<Element>,
    root: Option<Element>,
    spaces: &'static [Space],
    /// Prefixes of the file, with what they stand for, the innermost last.
    prefixes: HashMap<String, Vec<&'static str>>,
    /// What each open element has declared.
    declared: Vec<Vec<String>>,
    /// Every name once.
    names: HashMap<String, Rc<str>>,
    /// Elements, attributes and texts so far.
    count: u32,
    limits: Limits,
}

impl Tree {
    fn new(spaces: &'static [Space], limits: &Limits) -> Tree {
        Tree {
            open: Vec::new(),
            root: None,
            spaces,
            prefixes: HashMap::new(),
            declared: Vec::new(),
            names: HashMap::new(),
            count: 0,
            limits: *limits,
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, notes: &mut Notes) -> Result<(), Refusal> {
        if self.open.len() >= self.limits.elements_depth as usize {
            return Err(Refusal::Limit(Limit::Depth));
        }
        if self.root.is_some() {
            return Err(DAMAGED);
        }
        self.counted()?;
        let mut plain = Vec::new();
        let mut declared = Vec::new();
        // Two of one name are refused below; the reader would compare each with all others.
        for (number, attribute) in (0..).zip(tag.attributes().with_checks(false)) {
            if number >= self.limits.attributes {
                return Err(Refusal::Limit(Limit::Parts));
            }
            let attribute = attribute.map_err(|_| DAMAGED)?;
            let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|_| DAMAGED)?;
            let name: &str = attribute.key.as_ref();
            if name == "xmlns" {
                self.declare("", &value, &mut declared, notes);
            } else if let Some(prefix) = name.strip_prefix("xmlns:") {
                self.declare(prefix, &value, &mut declared, notes);
            } else {
                plain.push((name.to_owned(), value.into_owned()));
            }
        }
        self.declared.push(declared);
        let name = self.name(tag.name().as_ref(), true)?;
        let mut attributes: Vec<Attribute> = Vec::with_capacity(plain.len());
        for (attribute, mut value) in plain {
            self.counted()?;
            let attribute = self.name(&attribute, false)?;
            if !value.chars().all(is_character) {
                return Err(Refusal::Damaged(Damage::Encoding));
            }
            if is_list_of_prefixes(&name, &attribute) {
                value = self.prefixes_of(&value);
            }
            attributes.push(Attribute { name: attribute, value });
        }
        // The order in which a program wrote them means nothing.
        attributes.sort_by(|one, other| one.name.cmp(&other.name));
        if has_twins(&attributes) {
            return Err(DAMAGED);
        }
        self.open.push(Element { name, attributes, children: Vec::new() });
        Ok(())
    }

    fn declare(&mut self, prefix: &str, uri: &str, declared: &mut Vec<String>, notes: &mut Notes) {
        if prefix == "xml" {
            return;
        }
        let known = self.spaces.iter().find(|space| space.uri == uri || space.also.contains(&uri));
        let ours = match known {
            Some(space) => space.prefix,
            None if uri.is_empty() => "",
            None => "?",
        };
        if ours == "?" {
            notes.found(Category::Software);
        }
        self.prefixes.entry(prefix.to_owned()).or_default().push(ours);
        declared.push(prefix.to_owned());
    }

    fn end(&mut self) -> Result<(), Refusal> {
        let element = self.open.pop().ok_or(DAMAGED)?;
        for prefix in self.declared.pop().unwrap_or_default() {
            if let Some(stack) = self.prefixes.get_mut(&prefix) {
                stack.pop();
            }
        }
        match self.open.last_mut() {
            Some(parent) => parent.children.push(Node::Element(element)),
            None => self.root = Some(element),
        }
        Ok(())
    }

    fn text(&mut self, words: &str) -> Result<(), Refusal> {
        if !words.chars().all(is_character) {
            return Err(Refusal::Damaged(Damage::Encoding));
        }
        let Some(parent) = self.open.last_mut() else {
            return if words.trim_ascii().is_empty() { Ok(()) } else { Err(DAMAGED) };
        };
        if let Some(Node::Text(before)) = parent.children.last_mut() {
            before.push_str(words);
        } else if !words.is_empty() {
            parent.children.push(Node::Text(words.to_owned()));
            self.counted()?;
        }
        Ok(())
    }

    /// The name of an element or attribute with our prefix.
    fn name(&mut self, name: &str, is_element: bool) -> Result<Rc<str>, Refusal> {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        if local.is_empty() || local.contains(':') {
            return Err(DAMAGED);
        }
        // An attribute without prefix belongs to its element, not to a namespace.
        let ours = if prefix.is_empty() && !is_element { "" } else { self.ours(prefix)? };
        let name = if ours.is_empty() { local.to_owned() } else { [ours, ":", local].concat() };
        let shared = self.names.entry(name).or_insert_with_key(|name| Rc::from(&**name));
        Ok(Rc::clone(shared))
    }

    fn ours(&self, prefix: &str) -> Result<&'static str, Refusal> {
        match self.prefixes.get(prefix).and_then(|stack| stack.last()) {
            Some(ours) => Ok(ours),
            None if prefix == "xml" => Ok("xml"),
            None if prefix.is_empty() => Ok(""),
            None => Err(DAMAGED),
        }
    }

    /// A list of prefixes of the file as a list of ours.
    fn prefixes_of(&self, list: &str) -> String {
        let ours = |prefix| self.ours(prefix).unwrap_or("?");
        list.split_ascii_whitespace().map(ours).collect::<Vec<_>>().join(" ")
    }

    fn counted(&mut self) -> Result<(), Refusal> {
        self.count = self.count.saturating_add(1);
        if self.count > self.limits.values { Err(Refusal::Limit(Limit::Parts)) } else { Ok(()) }
    }

    fn finish(self) -> Result<Element, Refusal> {
        if self.open.is_empty() { self.root.ok_or(DAMAGED) } else { Err(Refusal::Truncated) }
    }
}

/// Whether two of these sorted attributes have one name, perhaps under two prefixes: readers differ on which
/// of them counts. Those of unknown namespaces are left out anyway.
fn has_twins(attributes: &[Attribute]) -> bool {
    attributes
        .array_windows()
        .any(|[one, next]| one.name == next.name && !one.name.starts_with("?:"))
}

/// The one place where a value means prefixes of the file (ISO/IEC 29500-3, 7.6).
fn is_list_of_prefixes(element: &str, attribute: &str) -> bool {
    element == "mc:Choice" && attribute == "Requires"
}
