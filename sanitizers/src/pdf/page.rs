//! Pages (ISO 32000-2, 7.7.3).
//!
//! The tree of pages becomes one flat list, and values that a page inherits become
//! its own: how the tree was balanced is the handwriting of a program. Two readers
//! may count pages differently in a damaged tree, and one would show a page that
//! the other never cleaned; so three counts must agree.

use std::collections::HashSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::copy::{Copier, Work};
use super::filter::follow;
use super::table::Kind;
use super::value::{Dict, Value};
use crate::refusal::{Damage, Limit};
use crate::{Limits, Refusal, Warning};

/// What a page takes from the nodes above it (7.7.3.4).
const INHERITED: [&str; 4] = ["Resources", "MediaBox", "CropBox", "Rotate"];

/// A millimetre is a matter of print shops, not of hiding.
const SLACK: f64 = 3.0;

/// One page with what it inherits.
#[derive(Clone)]
pub(super) struct Page<'a> {
    pub(super) id: ObjectId,
    pub(super) dict: &'a Dictionary,
    inherited: [Option<&'a Object>; 4],
}

impl<'a> Page<'a> {
    fn inherited(&self, key: &str) -> Option<&'a Object> {
        let index = INHERITED.iter().position(|name| *name == key)?;
        self.inherited.get(index).copied().flatten()
    }
}

/// Collects the pages in order.
pub(super) fn collect<'a>(
    doc: &'a Document,
    catalog: &'a Dictionary,
    limits: &Limits,
) -> Result<Vec<Page<'a>>, Refusal> {
    let missing = Refusal::Damaged(Damage::Missing);
    let root = catalog.get(b"Pages").and_then(Object::as_reference).map_err(|_| missing)?;
    let mut pages = Vec::new();
    let mut seen = HashSet::new();
    let mut waiting = vec![(root, [None; 4], 0u32)];
    while let Some((id, mut inherited, depth)) = waiting.pop() {
        if depth > limits.depth {
            return Err(Refusal::Limit(Limit::Depth));
        }
        let dict = doc.get_dictionary(id).map_err(|_| missing)?;
        for (value, key) in inherited.iter_mut().zip(INHERITED) {
            *value = match dict.get(key.as_bytes()) {
                Ok(object) if !follow(doc, object).is_null() => Some(object),
                _ => *value,
            };
        }
        match dict.get(b"Kids").map(|kids| follow(doc, kids)) {
            Ok(Object::Array(kids)) => {
                // A node that is met twice leads in a circle. A page may stand in the
                // list twice.
                if !seen.insert(id) {
                    return Err(Refusal::Damaged(Damage::Order));
                }
                for kid in kids.iter().rev() {
                    let kid = kid.as_reference().map_err(|_| missing)?;
                    waiting.push((kid, inherited, depth + 1));
                }
            }
            _ => pages.push(Page { id, dict, inherited }),
        }
        if pages.len() + waiting.len() > usize::try_from(limits.pages).unwrap_or(usize::MAX) {
            return Err(Refusal::Limit(Limit::Pages));
        }
    }
    agree(doc, root, pages.len())?;
    Ok(pages)
}

/// The library's count and the count that the file claims must be ours.
fn agree(doc: &Document, root: ObjectId, ours: usize) -> Result<(), Refusal> {
    let claimed = doc
        .get_dictionary(root)
        .ok()
        .and_then(|dict| follow(doc, dict.get(b"Count").ok()?).as_i64().ok())
        .and_then(|count| usize::try_from(count).ok());
    if ours == 0 || claimed != Some(ours) || doc.page_iter().count() != ours {
        return Err(Refusal::Damaged(Damage::Length));
    }
    Ok(())
}

impl<'a> Copier<'a> {
    /// Copies the dictionary of a page.
    pub(super) fn page(&mut self, index: usize) -> Result<Dict, Refusal> {
        let page = self.pages.get(index).cloned().ok_or(Refusal::Internal)?;
        let mut copy = self.dictionary(page.dict, Kind::Page, 0)?;
        copy.insert(b"Type".to_vec(), Value::name("Page"));
        copy.insert(b"Parent".to_vec(), Value::Reference(super::PAGES));
        if let Some(turn) = page.inherited("Rotate").and_then(|turn| self.quarters(turn)) {
            copy.insert(b"Rotate".to_vec(), Value::integer(turn));
        }
        for key in ["MediaBox", "CropBox"] {
            if let Some(value) = page.inherited(key).and_then(|object| self.plain_value(object)) {
                copy.insert(key.as_bytes().to_vec(), value);
            }
        }
        if !copy.contains_key(b"MediaBox".as_slice()) {
            return Err(Refusal::Damaged(Damage::Missing));
        }
        self.warn_of_cropping(&copy);
        if let Some(resources) = self.page_resources(&page)? {
            copy.insert(b"Resources".to_vec(), resources);
        }
        if page.dict.get(b"Contents").is_ok_and(|object| !self.follow(object).is_null()) {
            let number = self.allocate(Work::Drawing(index));
            copy.insert(b"Contents".to_vec(), Value::Reference(number));
        }
        let annotations = self.annotations(page.dict)?;
        if !annotations.is_empty() {
            copy.insert(b"Annots".to_vec(), Value::Array(annotations));
        }
        Ok(copy)
    }

    /// How far a page is turned, if it is; by parts of a quarter no page can be (7.7.3.3).
    fn quarters(&self, turn: &'a Object) -> Option<i64> {
        const QUARTER: i64 = 90;
        let turn = match self.follow(turn) {
            Object::Integer(turn) => *turn,
            Object::Real(turn) => format!("{turn}").parse().ok()?,
            _ => return None,
        };
        let turn = turn.rem_euclid(4 * QUARTER);
        (turn != 0 && turn % QUARTER == 0).then_some(turn)
    }

    /// A number, or an array of numbers.
    fn plain_value(&self, object: &'a Object) -> Option<Value> {
        let target = self.follow(object);
        match target {
            // A rectangle.
            Object::Array(items) => items
                .iter()
                .take(4)
                .map(|item| super::copy::number(self.follow(item)))
                .collect::<Option<Vec<_>>>()
                .map(Value::Array),
            _ => super::copy::number(target),
        }
    }

    /// The page's own resources, or those it inherits: these are written once, or
    /// a small file could unfold into one copy per page.
    fn page_resources(&mut self, page: &Page<'a>) -> Result<Option<Value>, Refusal> {
        let Some(object) = page.inherited("Resources") else { return Ok(None) };
        let target = self.follow(object);
        if page.dict.has(b"Resources") {
            return self.value(object, Kind::Resources, 1);
        }
        Ok(matches!(target, Object::Dictionary(_))
            .then(|| Value::Reference(self.number_of(target, Kind::Resources))))
    }

    /// What the drawing of a page finds by name.
    pub(super) fn resources_of(&self, page: &Page<'a>) -> Option<&'a Dictionary> {
        self.follow(page.inherited("Resources")?).as_dict().ok()
    }

    /// What lies outside the crop box is not shown, and is still there.
    fn warn_of_cropping(&mut self, page: &Dict) {
        let corners = |key: &[u8]| -> Option<[f64; 4]> {
            let Value::Array(items) = page.get(key)? else { return None };
            let numbers: Vec<f64> = items.iter().filter_map(Value::as_number).collect();
            let [a, b, c, d] = numbers.try_into().ok()?;
            Some([f64::min(a, c), f64::min(b, d), f64::max(a, c), f64::max(b, d)])
        };
        if let (Some(media), Some(crop)) = (corners(b"MediaBox"), corners(b"CropBox"))
            && media.iter().zip(crop).take(2).any(|(media, crop)| crop > media + SLACK)
                | media.iter().zip(crop).skip(2).any(|(media, crop)| crop < media - SLACK)
        {
            self.notes.warn(Warning::CroppedArea);
        }
    }

    /// The drawing of a page, joined from its parts and written anew.
    pub(super) fn page_drawing(&mut self, index: usize) -> Result<Vec<u8>, Refusal> {
        let page = self.pages.get(index).cloned().ok_or(Refusal::Internal)?;
        let contents = page.dict.get(b"Contents").map_err(|_| Refusal::Internal)?;
        let parts = match self.follow(contents) {
            Object::Array(parts) => parts.as_slice(),
            _ => std::slice::from_ref(contents),
        };
        let mut joined = Vec::new();
        for part in parts {
            match self.follow(part) {
                Object::Stream(stream) if stream.dict.has(b"F") => {
                    return Err(Refusal::Feature(crate::refusal::Feature::Construct));
                }
                Object::Stream(stream) => {
                    joined.extend(self.plain(stream)?);
                    joined.push(b'\n');
                }
                Object::Null => {}
                _ => return Err(Refusal::Damaged(Damage::Value)),
            }
        }
        self.drawing(&joined, self.resources_of(&page))
    }
}
