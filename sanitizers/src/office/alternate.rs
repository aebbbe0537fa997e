//! Content that is there in several versions, for programs of different age.
//!
//! A viewer shows one of them and the others stay unseen, with whatever they hold. One is
//! taken over, and the wrapping goes (ISO/IEC 29500-3, 9 and 10).

use crate::xml::{Element, Node};
use crate::{Category, Notes};

/// Replaces every choice in a tree by the first version of which all namespaces are known,
/// or else by the one for programs that know none of them.
///
/// Goes as deep as the tree, which the reader has bounded.
pub(crate) fn resolve(element: &mut Element, known: &[&str], notes: &mut Notes) {
    if element.elements().any(|child| child.is("mc:AlternateContent")) {
        let mut left = Vec::with_capacity(element.children.len());
        for node in element.children.drain(..) {
            match node {
                Node::Element(choice) if choice.is("mc:AlternateContent") => {
                    notes.found(category(&choice));
                    left.extend(chosen(choice, known));
                }
                node => left.push(node),
            }
        }
        element.children = left;
        // A version may begin with another choice.
        if element.elements().any(|child| child.is("mc:AlternateContent")) {
            return resolve(element, known, notes);
        }
    }
    element.elements_mut().for_each(|child| resolve(child, known, notes));
}

/// What a choice tells: one of the versions that nobody sees may be where a file lies.
fn category(choice: &Element) -> Category {
    let mut versions = choice.elements().flat_map(Element::elements);
    let is_path = versions.any(|one| one.is("x15ac:absPath"));
    if is_path { Category::People } else { Category::Other }
}

fn chosen(choice: Element, known: &[&str]) -> Vec<Node> {
    let fits = |version: &&Element| {
        let mut spaces = version.get("Requires").unwrap_or("?").split(' ');
        version.is("mc:Choice") && spaces.all(|space| known.contains(&space))
    };
    let number = choice.elements().position(|version| fits(&version));
    let number = number.or_else(|| choice.elements().position(|one| one.is("mc:Fallback")));
    let elements = choice.children.into_iter().filter_map(|node| match node {
        Node::Element(version) => Some(version),
        Node::Text(_) => None,
    });
    number
        .and_then(|number| elements.skip(number).map(|one| one.children).next())
        .unwrap_or_default()
}
