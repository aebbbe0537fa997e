//! The items of a HEIF file, read without a judgement on what they are.

use std::collections::BTreeMap;

use super::property;
use crate::verify::boxes::{self, Numbers, Part};

/// A property of an item, and whether a viewer has to understand it.
pub(super) type Property<'a> = (Part<'a>, bool);

/// An item.
#[derive(Default)]
pub(super) struct Item<'a> {
    pub(super) kind: [u8; 4],
    pub(super) flags: u32,
    pub(super) data: Vec<u8>,
    pub(super) properties: Vec<Property<'a>>,
    /// Names and targets of references, in their order.
    pub(super) references: Vec<([u8; 4], Vec<u32>)>,
}

impl<'a> Item<'a> {
    /// What it refers to by this name.
    pub(super) fn targets(&self, name: [u8; 4]) -> &[u32] {
        let found = self.references.iter().find(|one| one.0 == name);
        found.map(|one| one.1.as_slice()).unwrap_or_default()
    }

    /// The first property of this name.
    pub(super) fn property(&self, name: [u8; 4]) -> Option<&'a [u8]> {
        let found = self.properties.iter().find(|((one, _), _)| *one == name);
        found.map(|((_, body), _)| *body)
    }
}

/// All items by their numbers, and the one that is shown.
pub(super) struct List<'a> {
    pub(super) primary: u32,
    pub(super) items: BTreeMap<u32, Item<'a>>,
    /// Items and what their transparency is: of several the one with the lowest number.
    alphas: BTreeMap<u32, u32>,
}

impl<'a> List<'a> {
    /// Reads a file. `most` is how many bytes all items may have together.
    pub(super) fn read(file: &'a [u8], most: u64) -> Option<Self> {
        let meta = boxes::loose(file).into_iter().find(|part| part.0 == *b"meta")?.1;
        let meta = boxes::loose(meta.get(4..)?);
        let mut primary = Numbers(boxes::only(&meta, *b"pitm")?);
        let long = primary.take(4)? >> 24 > 0;
        let primary = number(&mut primary, long)?;
        let items = items(boxes::only(&meta, *b"iinf")?)?;
        let mut list = List { primary, items, alphas: BTreeMap::new() };
        list.properties(boxes::only(&meta, *b"iprp")?)?;
        if let Some(references) = boxes::only(&meta, *b"iref") {
            list.references(references)?;
        }
        for (&number, item) in &list.items {
            if item.property(*b"auxC").is_some_and(property::says_alpha) {
                let references = item.references.iter().filter(|one| one.0 == *b"auxl");
                for &target in references.flat_map(|(_, to)| to) {
                    list.alphas.entry(target).or_insert(number);
                }
            }
        }
        let inside = boxes::only(&meta, *b"idat").unwrap_or_default();
        list.data(boxes::only(&meta, *b"iloc")?, [file, inside], most)?;
        Some(list)
    }

    /// The transparency of an item.
    pub(super) fn alpha(&self, of: u32) -> Option<u32> {
        self.alphas.get(&of).copied()
    }

    fn properties(&mut self, body: &'a [u8]) -> Option<()> {
        let parts = boxes::loose(body);
        let all = boxes::loose(boxes::only(&parts, *b"ipco")?);
        for (_, body) in parts.iter().filter(|part| part.0 == *b"ipma") {
            let mut numbers = Numbers(body);
            let head = numbers.take(4)?;
            for _ in 0..numbers.take(4)? {
                let id = number(&mut numbers, head >> 24 > 0)?;
                for _ in 0..numbers.take(1)? {
                    let wide = usize::from(head & 1 == 1);
                    let said = numbers.take(1 + wide)?;
                    let top = 7 + 8 * wide;
                    let index = usize::try_from(said & ((1 << top) - 1)).ok()?;
                    let Some(index) = index.checked_sub(1) else { continue };
                    if let Some(item) = self.items.get_mut(&id) {
                        item.properties.push((*all.get(index)?, said >> top == 1));
                    }
                }
            }
        }
        Some(())
    }

    fn references(&mut self, body: &[u8]) -> Option<()> {
        let long = *body.first()? > 0;
        for (name, body) in boxes::loose(body.get(4..)?) {
            let mut numbers = Numbers(body);
            let from = number(&mut numbers, long)?;
            let count = numbers.take(2)?;
            let to: Option<Vec<u32>> = (0..count).map(|_| number(&mut numbers, long)).collect();
            if let Some(item) = self.items.get_mut(&from) {
                item.references.push((name, to?));
            }
        }
        Some(())
    }

    /// Reads the data of pictures and of plans for pictures; nothing else is compared.
    fn data(&mut self, body: &[u8], [file, inside]: [&[u8]; 2], most: u64) -> Option<()> {
        let mut numbers = Numbers(body);
        let version = numbers.take(4)? >> 24;
        let sizes = numbers.count(2)?;
        let [at, length, base, index] = [12, 8, 4, 0].map(|shift| sizes >> shift & 15);
        let index = if version > 0 { index } else { 0 };
        let mut left = most;
        for _ in 0..numbers.take(if version > 1 { 4 } else { 2 })? {
            let id = number(&mut numbers, version > 1)?;
            let method = if version > 0 { numbers.take(2)? & 15 } else { 0 };
            numbers.take(2)?;
            let base = numbers.take(base)?;
            for _ in 0..numbers.take(2)? {
                numbers.take(index)?;
                let start = numbers.take(at)?.checked_add(base)?;
                let count = numbers.take(length)?;
                let Some(item) = self.items.get_mut(&id) else { continue };
                if !super::IMAGES.contains(&item.kind) {
                    continue;
                }
                left = left.checked_sub(count)?;
                let whole = if method == 1 { inside } else { file };
                let (start, count) = (usize::try_from(start).ok()?, usize::try_from(count).ok()?);
                item.data.extend(whole.get(start..)?.get(..count)?);
            }
        }
        Some(())
    }
}

fn number(numbers: &mut Numbers, long: bool) -> Option<u32> {
    u32::try_from(numbers.take(if long { 4 } else { 2 })?).ok()
}

fn items(body: &[u8]) -> Option<BTreeMap<u32, Item<'_>>> {
    let mut numbers = Numbers(body);
    let long = numbers.take(4)? >> 24 > 0;
    number(&mut numbers, long)?;
    let mut items = BTreeMap::new();
    for (_, body) in boxes::loose(numbers.0).iter().filter(|part| part.0 == *b"infe") {
        let mut numbers = Numbers(body);
        let head = numbers.take(4)?;
        if head >> 24 < 2 {
            continue;
        }
        let id = number(&mut numbers, head >> 24 > 2)?;
        numbers.take(2)?;
        let kind = *numbers.bytes(4)?.first_chunk()?;
        let flags = u32::try_from(head & 0x00FF_FFFF).ok()?;
        items.insert(id, Item { kind, flags, ..Item::default() });
    }
    Some(items)
}
