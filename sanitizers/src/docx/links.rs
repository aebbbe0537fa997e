//! Bookmarks, and what leads to them.
//!
//! Word marks the last place of the cursor, every target of a reference and whatever people
//! mark and name themselves. A mark stays only where something shown in the same part leads
//! to it, under a number.

use std::collections::HashSet;

use crate::xml::{Element, Node};
use crate::{Category, Notes};

/// Leaves the bookmarks that something leads to, and the links that lead to one.
pub(super) fn resolve(root: &mut Element, notes: &mut Notes) {
    let (mut named, mut marked) = (HashSet::new(), HashSet::new());
    collect(root, &mut named, &mut marked);
    let kept: HashSet<String> = named.intersection(&marked).cloned().collect();
    let mut marks =
        Marks { kept, seen: HashSet::new(), open: HashSet::new(), dropped: 0, named: 0 };
    marks.leave(root);
    notes.found_many(Category::Identifiers, marks.dropped);
    notes.found_many(Category::Descriptions, marks.named);
}

fn collect(element: &Element, named: &mut HashSet<String>, marked: &mut HashSet<String>) {
    for child in element.elements() {
        match &*child.name {
            "w:hyperlink" => named.extend(child.get("w:anchor").map(str::to_owned)),
            "w:bookmarkStart" => marked.extend(child.get("w:name").map(str::to_owned)),
            _ => {}
        }
        collect(child, named, marked);
    }
}

struct Marks {
    kept: HashSet<String>,
    /// Names of bookmarks that were kept: the first of a name counts.
    seen: HashSet<String>,
    /// Ids of bookmarks that have begun.
    open: HashSet<String>,
    /// How many bookmarks were left out.
    dropped: u32,
    /// How many of the others somebody has named.
    named: u32,
}

impl Marks {
    fn leave(&mut self, element: &mut Element) {
        let mut left = Vec::with_capacity(element.children.len());
        for node in std::mem::take(&mut element.children) {
            match node {
                Node::Element(one) if one.is("w:bookmarkStart") && !self.begins(&one) => {
                    self.dropped = self.dropped.saturating_add(1);
                }
                Node::Element(one) if one.is("w:bookmarkEnd") && !self.ends(&one) => {}
                Node::Element(one) if one.is("w:bookmarkStart") => {
                    let name = one.get("w:name").and_then(|name| name.strip_prefix('b'));
                    let is_ours = name.is_some_and(|number| number.parse::<u32>().is_ok());
                    self.named = self.named.saturating_add(u32::from(!is_ours));
                    left.push(Node::Element(one));
                }
                Node::Element(mut link) if link.is("w:hyperlink") => {
                    self.leave(&mut link);
                    let anchor = link.get("w:anchor").unwrap_or_default();
                    if self.kept.contains(anchor) {
                        left.push(Node::Element(link));
                    } else {
                        left.append(&mut link.children);
                    }
                }
                Node::Element(mut one) => {
                    self.leave(&mut one);
                    left.push(Node::Element(one));
                }
                text @ Node::Text(_) => left.push(text),
            }
        }
        element.children = left;
    }

    fn begins(&mut self, mark: &Element) -> bool {
        let (Some(id), Some(name)) = (mark.get("w:id"), mark.get("w:name")) else { return false };
        self.kept.contains(name)
            && self.seen.insert(name.to_owned())
            && self.open.insert(id.to_owned())
    }

    fn ends(&mut self, mark: &Element) -> bool {
        mark.get("w:id").is_some_and(|id| self.open.remove(id))
    }
}
