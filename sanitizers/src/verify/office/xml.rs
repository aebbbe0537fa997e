//! A part as a tree, read by another parser than the cleaner's.
//!
//! Names are told apart by a short key for the namespace, the same for both generations of
//! the standard, and the local name.

use std::collections::HashMap;
use std::sync::LazyLock;

use roxmltree::{Document, Node, NodeType, ParsingOptions};

/// Namespaces that may occur in a copy: key, ECMA-376 transitional, and ISO 29500 strict.
pub(super) const KNOWN: [(&str, &str, &str); 26] = [
    ("types", "http://schemas.openxmlformats.org/package/2006/content-types", ""),
    ("rels", "http://schemas.openxmlformats.org/package/2006/relationships", ""),
    (
        "r",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
    (
        "m",
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "http://purl.oclc.org/ooxml/officeDocument/math",
    ),
    (
        "w",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ),
    (
        "x",
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ),
    (
        "p",
        "http://schemas.openxmlformats.org/presentationml/2006/main",
        "http://purl.oclc.org/ooxml/presentationml/main",
    ),
    (
        "a",
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        "http://purl.oclc.org/ooxml/drawingml/main",
    ),
    (
        "pic",
        "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "http://purl.oclc.org/ooxml/drawingml/picture",
    ),
    (
        "c",
        "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "http://purl.oclc.org/ooxml/drawingml/chart",
    ),
    (
        "cdr",
        "http://schemas.openxmlformats.org/drawingml/2006/chartDrawing",
        "http://purl.oclc.org/ooxml/drawingml/chartDrawing",
    ),
    (
        "wp",
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
    ),
    (
        "xdr",
        "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
        "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
    ),
    (
        "dgm",
        "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "http://purl.oclc.org/ooxml/drawingml/diagram",
    ),
    ("lc", "http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas", ""),
    ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006", ""),
    ("v", "urn:schemas-microsoft-com:vml", ""),
    ("o", "urn:schemas-microsoft-com:office:office", ""),
    ("w10", "urn:schemas-microsoft-com:office:word", ""),
    ("w14", "http://schemas.microsoft.com/office/word/2010/wordml", ""),
    ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape", ""),
    ("wpg", "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup", ""),
    ("wpc", "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas", ""),
    ("wp14", "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing", ""),
    ("dsp", "http://schemas.microsoft.com/office/drawing/2008/diagram", ""),
    ("xml", "http://www.w3.org/XML/1998/namespace", ""),
];

/// Namespaces that a reader of ours would understand where a document offers a choice.
const UNDERSTOOD: [&str; 4] = ["wps", "wpg", "wpc", "w14"];

/// Elements of one part: more than any real one, and less than memory.
const MOST: u32 = 6_000_000;

/// Where to go from an element.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Into,
    Over,
}

/// Reads a part; document types are an error to this parser.
pub(super) fn parse(text: &str) -> Option<Document<'_>> {
    let options = ParsingOptions { nodes_limit: MOST, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).ok()
}

/// Namespace key and local name; no key if the namespace is not known.
pub(super) fn name<'a>(node: Node<'a, '_>) -> (&'static str, &'a str) {
    let tag = node.tag_name();
    (key(tag.namespace().unwrap_or_default()), tag.name())
}

/// The key of a namespace.
pub(super) fn key(namespace: &str) -> &'static str {
    static ALL: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        let both = |(key, one, strict): &(&'static str, &'static str, &'static str)| {
            [(*one, *key), (*strict, *key)]
        };
        KNOWN.iter().flat_map(both).filter(|(space, _)| !space.is_empty()).collect()
    });
    ALL.get(namespace).copied().unwrap_or_default()
}

/// An attribute of the namespace of relationships.
pub(super) fn relation<'a>(node: Node<'a, '_>, local: &str) -> Option<&'a str> {
    let found = node.attributes().find(|attribute| {
        attribute.name() == local && key(attribute.namespace().unwrap_or_default()) == "r"
    });
    found.map(|attribute| attribute.value())
}

/// The first child of this name.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, local: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.is_element() && child.tag_name().name() == local)
}

/// All text in an element, also in what is inside of it.
pub(super) fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

/// Goes through an element in the order of its text. Of alternatives only the one that
/// would be shown is gone into.
pub(super) fn walk<'a, 'i>(
    root: Node<'a, 'i>,
    visit: &mut dyn FnMut(Node<'a, 'i>) -> Option<Step>,
) -> Option<()> {
    let mut node = root;
    // Which branch was chosen of the alternatives that were met last.
    let mut known = None;
    loop {
        let step = match node.node_type() {
            NodeType::Element if is_other_branch(node, &mut known) => Step::Over,
            NodeType::Element => visit(node)?,
            _ => Step::Into,
        };
        if step == Step::Into
            && let Some(child) = node.first_child()
        {
            node = child;
            continue;
        }
        loop {
            if node == root {
                return Some(());
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            node = node.parent()?;
        }
    }
}

/// Alternatives, and the one of them that is shown.
type Chosen<'a, 'i> = Option<(Node<'a, 'i>, Option<Node<'a, 'i>>)>;

/// Whether this is an alternative that would not be shown (ECMA-376 part 3, 7.5).
fn is_other_branch<'a, 'i>(node: Node<'a, 'i>, known: &mut Chosen<'a, 'i>) -> bool {
    let Some(parent) = node.parent_element() else { return false };
    if name(parent) != ("mc", "AlternateContent") {
        return false;
    }
    let (_, shown) = match *known {
        Some(known) if known.0 == parent => known,
        _ => *known.insert((parent, chosen(parent))),
    };
    shown != Some(node)
}

fn chosen<'a, 'i>(alternatives: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let mut branches = alternatives.children().filter(Node::is_element);
    branches.find(|branch| match name(*branch) {
        ("mc", "Choice") => branch.attribute("Requires").is_some_and(|prefixes| {
            prefixes.split_ascii_whitespace().all(|prefix| {
                let namespace = branch.lookup_namespace_uri(Some(prefix)).unwrap_or_default();
                UNDERSTOOD.contains(&key(namespace))
            })
        }),
        ("mc", "Fallback") => true,
        _ => false,
    })
}
