//! Bookmarks (ISO 32000-2, 12.3.3): titles that people see, and pages they lead to.

use std::collections::{HashSet, VecDeque};

use lopdf::{Dictionary, Object};

use super::copy::{Copier, Work};
use super::value::{Dict, Value};
use crate::refusal::{Damage, Limit};
use crate::{Category, Change, Refusal};

/// A bookmark, with places of others in the list.
#[derive(Default)]
struct Mark {
    title: Vec<u8>,
    target: Option<Value>,
    parent: usize,
    children: Vec<usize>,
    open: bool,
    /// How many marks are seen below; negative if one must open it first.
    count: i64,
}

/// Keys of a bookmark of the copy, for those who want to read them in print.
pub(super) const KEYS: [&str; 9] =
    ["Count", "Dest", "First", "Last", "Next", "Parent", "Prev", "Title", "Type"];

impl<'a> Copier<'a> {
    /// Writes the bookmarks anew; returns a reference to their root.
    pub(super) fn outlines(&mut self, catalog: &'a Dictionary) -> Result<Option<Value>, Refusal> {
        let Some(root) = self.get_dict(catalog, "Outlines") else { return Ok(None) };
        let mut marks = self.collect_marks(root)?;
        if marks.len() == 1 {
            return Ok(None);
        }
        count_below(&mut marks);
        let mut numbers = Vec::with_capacity(marks.len());
        // The numbers come first: every mark refers to its neighbours.
        let first = self.upcoming();
        for index in 0..marks.len() {
            let offset = u32::try_from(index).map_err(|_| Refusal::Limit(Limit::Parts))?;
            numbers.push(first + offset);
        }
        for (index, mark) in marks.iter().enumerate() {
            let dict = written(index, mark, &marks, &numbers);
            self.allocate(Work::Ready(Value::Dict(dict)));
        }
        Ok(Some(Value::Reference(first)))
    }

    fn collect_marks(&mut self, root: &'a Dictionary) -> Result<Vec<Mark>, Refusal> {
        let mut marks = vec![Mark { open: true, ..Mark::default() }];
        let mut seen = HashSet::new();
        let mut waiting = VecDeque::from([(0, root.get(b"First").ok())]);
        while let Some((parent, first)) = waiting.pop_front() {
            let mut next = first;
            while let Some(Object::Dictionary(item)) = next.map(|object| self.follow(object)) {
                // A list that leads back to itself never ends in a viewer either.
                if !seen.insert(std::ptr::from_ref(item).addr()) {
                    return Err(Refusal::Damaged(Damage::Order));
                }
                let index = marks.len();
                let mark = self.mark(item, parent);
                marks.push(mark);
                if let Some(parent) = marks.get_mut(parent) {
                    parent.children.push(index);
                }
                waiting.push_back((index, item.get(b"First").ok()));
                next = item.get(b"Next").ok();
            }
        }
        Ok(marks)
    }

    fn mark(&mut self, item: &'a Dictionary, parent: usize) -> Mark {
        let title = match self.get(item, "Title") {
            Some(Object::String(title, _)) => title.clone(),
            _ => Vec::new(),
        };
        let target = self.target(item);
        if target.is_none() && item.has(b"A") {
            self.notes.found(Category::Links);
            self.notes.changed(Change::LinksRemoved);
        }
        let open = self.get_integer(item, "Count").is_some_and(|count| count > 0);
        Mark { title, target, parent, open, ..Mark::default() }
    }
}

/// Counts what is seen below each mark.
///
/// Marks lie in the list level by level, so children come after their parents, and
/// one pass from the end is enough.
fn count_below(marks: &mut [Mark]) {
    for index in (1..marks.len()).rev() {
        let Some(mark) = marks.get_mut(index) else { continue };
        let (seen, parent) = (1 + if mark.open { mark.count } else { 0 }, mark.parent);
        if !mark.open {
            mark.count = -mark.count;
        }
        if let Some(parent) = marks.get_mut(parent) {
            parent.count += seen;
        }
    }
}

fn written(index: usize, mark: &Mark, marks: &[Mark], numbers: &[u32]) -> Dict {
    let reference = |index: usize| numbers.get(index).copied().map(Value::Reference);
    let mut dict = Dict::new();
    let mut set = |key: &str, value: Option<Value>| {
        dict.extend(value.map(|value| (key.as_bytes().to_vec(), value)));
    };
    set("First", mark.children.first().copied().and_then(reference));
    set("Last", mark.children.last().copied().and_then(reference));
    set("Count", (mark.count != 0).then(|| Value::integer(mark.count)));
    if index == 0 {
        set("Type", Some(Value::name("Outlines")));
        return dict;
    }
    set("Title", Some(Value::Text(mark.title.clone())));
    set("Dest", mark.target.clone());
    set("Parent", reference(mark.parent));
    let siblings = marks.get(mark.parent).map_or(&[][..], |parent| parent.children.as_slice());
    let place = siblings.binary_search(&index).unwrap_or_default();
    set("Next", siblings.get(place + 1).copied().and_then(reference));
    set("Prev", place.checked_sub(1).and_then(|p| siblings.get(p)).copied().and_then(reference));
    dict
}
