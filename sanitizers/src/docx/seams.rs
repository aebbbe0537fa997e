//! Seams between runs of text.
//!
//! Word begins a new run wherever a word was typed in another session, was misspelt for a
//! while, or was in another language. The numbers of the sessions go, and so must the seams:
//! runs of the same looks that stand beside each other become one.

use crate::xml::{Element, Node};

/// What a run may hold that is joined with its neighbour.
const JOINED: &[&str] =
    &["w:t", "w:tab", "w:br", "w:cr", "w:noBreakHyphen", "w:softHyphen", "w:sym"];

/// Joins the runs that are in an element, not those further inside.
pub(super) fn join(element: &mut Element) {
    let mut left: Vec<Node> = Vec::with_capacity(element.children.len());
    // Whether the last of them is a run that may be joined.
    let mut is_open = false;
    for node in element.children.drain(..) {
        let is_plain = node.element().is_some_and(is_plain);
        match (left.last_mut().and_then(Node::element_mut), node) {
            (Some(before), Node::Element(run))
                if is_open && is_plain && looks(before) == looks(&run) =>
            {
                let words = run.children.into_iter().filter(|node| !node.is("w:rPr"));
                words.for_each(|word| push(before, word));
            }
            (_, node) => {
                left.push(node);
                is_open = is_plain;
            }
        }
    }
    element.children = left;
}

fn is_plain(run: &Element) -> bool {
    run.is("w:r") && run.elements().all(|one| one.is("w:rPr") || JOINED.contains(&&*one.name))
}

/// How a run looks: the format has it at the beginning.
fn looks(run: &Element) -> Option<&Node> {
    run.children.first().filter(|node| node.is("w:rPr"))
}

/// Adds to a run; two texts beside each other become one.
fn push(run: &mut Element, node: Node) {
    let last = run.children.last_mut().and_then(Node::element_mut);
    match (last.filter(|last| last.is("w:t")), node) {
        (Some(last), Node::Element(text)) if text.is("w:t") => {
            for node in text.children {
                match (last.children.last_mut(), node) {
                    (Some(Node::Text(before)), Node::Text(words)) => before.push_str(&words),
                    (_, node) => last.children.push(node),
                }
            }
            say_blanks(last);
        }
        (_, node) => run.children.push(node),
    }
}

/// Makes the words of a text what is shown of them: blanks at its ends count only where they
/// are said to (ISO/IEC 29500-1, 17.3.3.31).
pub(super) fn trim(text: &mut Element) {
    let words = text.text();
    let is_kept = text.get("xml:space") == Some("preserve");
    let words = if is_kept { &*words } else { words.trim_matches([' ', '\t', '\n', '\r']) };
    text.children.clear();
    if !words.is_empty() {
        text.children.push(Node::Text(words.to_owned()));
    }
    say_blanks(text);
}

/// Says of a text that blanks at its ends count, if it has some.
fn say_blanks(text: &mut Element) {
    text.attributes.clear();
    let is_blank = |words: &str| {
        words.starts_with(char::is_whitespace) || words.ends_with(char::is_whitespace)
    };
    if matches!(text.children.first(), Some(Node::Text(words)) if is_blank(words)) {
        text.set("xml:space", "preserve");
    }
}
