//! Writes a tree as XML, in one form.

use std::collections::BTreeSet;

use super::{Attribute, Element, Node, Space};

/// The declaration that programs expect.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Writes a part: the namespaces that occur, in the order of the table, then the elements
/// in their order, with sorted attributes.
///
/// The namespace with the prefix `default` is written without one.
pub(crate) fn write(root: &Element, spaces: &[Space], default: Option<&str>) -> Vec<u8> {
    let mut used = BTreeSet::new();
    collect(root, &mut used);
    let mut head = String::new();
    for space in spaces.iter().filter(|space| used.contains(space.prefix)) {
        if default == Some(space.prefix) {
            head.push_str(" xmlns");
        } else {
            head.extend([" xmlns:", space.prefix]);
        }
        head.extend(["=\"", space.uri, "\""]);
    }
    let mut out = DECLARATION.to_owned();
    element(root, &head, default, &mut out);
    out.into_bytes()
}

fn prefix(name: &str) -> &str {
    name.split_once(':').map_or("", |(prefix, _)| prefix)
}

fn collect<'a>(element: &'a Element, used: &mut BTreeSet<&'a str>) {
    used.insert(prefix(&element.name));
    used.extend(element.attributes.iter().map(|attribute| prefix(&attribute.name)));
    element.elements().for_each(|child| collect(child, used));
}

fn element(this: &Element, head: &str, default: Option<&str>, out: &mut String) {
    let name = match this.name.split_once(':') {
        Some((prefix, local)) if default == Some(prefix) => local,
        _ => &this.name,
    };
    out.extend(["<", name, head]);
    let mut attributes: Vec<&Attribute> = this.attributes.iter().collect();
    attributes.sort_by(|one, other| one.name.cmp(&other.name));
    for attribute in attributes {
        out.extend([" ", &*attribute.name, "=\""]);
        escaped(&attribute.value, true, out);
        out.push('"');
    }
    if this.children.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    for child in &this.children {
        match child {
            Node::Element(child) => element(child, "", default, out),
            Node::Text(words) => escaped(words, false, out),
        }
    }
    out.extend(["</", name, ">"]);
}

fn escaped(words: &str, is_value: bool, out: &mut String) {
    for one in words.chars() {
        match one {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if is_value => out.push_str("&quot;"),
            // Readers make blanks of them, or one line end of two.
            '\t' if is_value => out.push_str("&#9;"),
            '\n' if is_value => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            _ => out.push(one),
        }
    }
}
