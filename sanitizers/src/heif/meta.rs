//! The list of items in a file: what they are, what they are made of, where they lie.

use std::collections::BTreeMap;

use super::left_out;
use super::property::{self, Auxiliary};
use crate::allow::AllowList;
use crate::boxes::{Fields, Name, Part, Parts};
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Notes, Refusal};

/// Boxes of `meta` that are read; each is written anew.
pub(crate) const BOXES: AllowList<Name> = AllowList {
    name: "heif boxes of meta",
    allowed: &[*b"hdlr", *b"pitm", *b"iloc", *b"iinf", *b"iref", *b"iprp", *b"idat"],
    forbidden: &[*b"xml ", *b"bxml", *b"udta", *b"uuid", *b"dinf", *b"ipro", *b"free"],
};

/// Where a part of an item lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// In `idat`, and not in the file.
    pub(super) inside: bool,
    pub(super) at: u64,
    pub(super) length: u64,
}

/// An item, as the file describes it.
#[derive(Default)]
pub(super) struct Item<'a> {
    pub(super) kind: Name,
    pub(super) protected: bool,
    /// The media type of an item of type `mime`.
    pub(super) media: &'a [u8],
    pub(super) extents: Vec<Extent>,
    /// Lies in another file, or is made of other items.
    elsewhere: bool,
    /// Numbers of its properties, from 1, and whether a viewer has to understand them.
    pub(super) properties: Vec<(usize, bool)>,
}

/// Everything that `meta` says about items.
#[derive(Default)]
pub(super) struct Meta<'a> {
    pub(super) file: &'a [u8],
    pub(super) primary: Option<u32>,
    pub(super) items: BTreeMap<u32, Item<'a>>,
    /// Relations between items, by their name and where they come from.
    pub(super) references: BTreeMap<(Name, u32), Vec<u32>>,
    pub(super) properties: Vec<Part<'a>>,
    /// What those say that items are for.
    pub(super) uses: Vec<Option<Auxiliary>>,
    pub(super) inside: &'a [u8],
}

/// Reads the body of `meta`. `left` is how many parts there may still be.
pub(super) fn read<'a>(
    file: &'a [u8],
    body: &'a [u8],
    left: &mut u32,
    notes: &mut Notes,
) -> Result<Meta<'a>, Refusal> {
    let mut fields = Fields::of(body);
    fields.full()?;
    let mut parts = Parts::of(fields.rest());
    let mut boxes: BTreeMap<Name, &[u8]> = BTreeMap::new();
    while let Some(part) = parts.next(left)? {
        if !BOXES.allows(&part.name) {
            left_out::box_of_meta(&part, notes);
        } else if boxes.insert(part.name, part.body).is_some() {
            // Readers disagree on which one counts.
            return Err(Refusal::Damaged(Damage::Missing));
        }
    }
    let mut meta = Meta { file, ..Meta::default() };
    let get = |name: &Name| boxes.get(name).copied();
    let demand = |name: &Name| get(name).ok_or(Refusal::Damaged(Damage::Missing));
    handler(demand(b"hdlr")?, notes)?;
    meta.primary = get(b"pitm").map(primary).transpose()?;
    meta.infos(demand(b"iinf")?, left, notes)?;
    meta.locations(demand(b"iloc")?, left)?;
    meta.described(demand(b"iprp")?, left)?;
    meta.uses = property::uses(&meta.properties);
    if let Some(body) = get(b"iref") {
        meta.related(body, left)?;
    }
    meta.inside = get(b"idat").unwrap_or_default();
    Ok(meta)
}

/// Whoever wrote the file may have left a name for himself here.
fn handler(body: &[u8], notes: &mut Notes) -> Result<(), Refusal> {
    let mut fields = Fields::of(body);
    fields.full()?;
    let (before, kind, behind) = (fields.word()?, fields.four()?, fields.take(12)?);
    if kind != *b"pict" {
        return Err(Refusal::Feature(Feature::Coding));
    }
    let speaks = fields.rest().iter().any(|&byte| byte != 0);
    notes.found_many(Category::Software, u32::from(speaks));
    let reserved = before != 0 || behind.iter().any(|&byte| byte != 0);
    notes.found_many(Category::Other, u32::from(reserved));
    Ok(())
}

fn primary(body: &[u8]) -> Result<u32, Refusal> {
    let mut fields = Fields::of(body);
    let (version, _) = fields.full()?;
    let id = id(&mut fields, version > 0)?;
    fields.end()?;
    Ok(id)
}

/// A number of an item, in its short or its long form.
fn id(fields: &mut Fields, long: bool) -> Result<u32, Refusal> {
    if long { fields.word() } else { fields.half().map(u32::from) }
}

fn spend(left: &mut u32, parts: u32) -> Result<(), Refusal> {
    *left = left.checked_sub(parts).ok_or(Refusal::Limit(Limit::Parts))?;
    Ok(())
}

impl<'a> Meta<'a> {
    fn infos(&mut self, body: &'a [u8], left: &mut u32, notes: &mut Notes) -> Result<(), Refusal> {
        let mut fields = Fields::of(body);
        let (version, _) = fields.full()?;
        let count = id(&mut fields, version > 0)?;
        let mut parts = Parts::of(fields.rest());
        while let Some(part) = parts.next(left)? {
            if part.name != *b"infe" {
                notes.found(Category::Other);
                continue;
            }
            let (number, item) = info(part.body, notes)?;
            if self.items.insert(number, item).is_some() {
                return Err(Refusal::Damaged(Damage::Missing));
            }
        }
        if usize::try_from(count) != Ok(self.items.len()) {
            return Err(Refusal::Damaged(Damage::Length));
        }
        Ok(())
    }

    fn locations(&mut self, body: &[u8], left: &mut u32) -> Result<(), Refusal> {
        let mut fields = Fields::of(body);
        let (version, _) = fields.full()?;
        let sizes = fields.half()?;
        let size = |shift: u32| usize::from(sizes >> shift & 15);
        let (at_size, length_size, base_size) = (size(12), size(8), size(4));
        let index_size = if version > 0 { size(0) } else { 0 };
        if [at_size, length_size, base_size, index_size].iter().any(|n| ![0, 4, 8].contains(n)) {
            return Err(Refusal::Damaged(Damage::Value));
        }
        let count = id(&mut fields, version > 1)?;
        for _ in 0..count {
            spend(left, 1)?;
            let number = id(&mut fields, version > 1)?;
            let method = if version > 0 { fields.half()? & 15 } else { 0 };
            let file = fields.half()?;
            let base = fields.number(base_size)?;
            let mut extents = Vec::new();
            let many = fields.half()?;
            spend(left, u32::from(many))?;
            for _ in 0..many {
                fields.number(index_size)?;
                let at = base.checked_add(fields.number(at_size)?).ok_or(Refusal::Truncated)?;
                let length = fields.number(length_size)?;
                extents.push(Extent { inside: method == 1, at, length });
            }
            let Some(item) = self.items.get_mut(&number) else { continue };
            if !item.extents.is_empty() {
                return Err(Refusal::Damaged(Damage::Missing));
            }
            item.elsewhere = method > 1 || file != 0;
            item.extents = extents;
        }
        fields.end()
    }

    fn described(&mut self, body: &'a [u8], left: &mut u32) -> Result<(), Refusal> {
        let mut parts = Parts::of(body);
        while let Some(part) = parts.next(left)? {
            match &part.name {
                b"ipco" if self.properties.is_empty() => {
                    let mut inside = Parts::of(part.body);
                    while let Some(property) = inside.next(left)? {
                        self.properties.push(property);
                    }
                }
                b"ipma" => self.associated(part.body, left)?,
                _ => return Err(Refusal::Damaged(Damage::Order)),
            }
        }
        Ok(())
    }

    fn associated(&mut self, body: &[u8], left: &mut u32) -> Result<(), Refusal> {
        let mut fields = Fields::of(body);
        let (version, flags) = fields.full()?;
        let count = fields.word()?;
        for _ in 0..count {
            let number = id(&mut fields, version > 0)?;
            let many = fields.byte()?;
            spend(left, 1_u32.saturating_add(u32::from(many)))?;
            let mut properties = Vec::with_capacity(usize::from(many));
            for _ in 0..many {
                let (essential, index) = if flags & 1 == 1 {
                    let half = fields.half()?;
                    (half >> 15 == 1, half & 0x7FFF)
                } else {
                    let byte = fields.byte()?;
                    (byte >> 7 == 1, u16::from(byte & 0x7F))
                };
                if index != 0 {
                    properties.push((usize::from(index), essential));
                }
            }
            let Some(item) = self.items.get_mut(&number) else { continue };
            if !item.properties.is_empty() {
                return Err(Refusal::Damaged(Damage::Missing));
            }
            item.properties = properties;
        }
        fields.end()
    }

    fn related(&mut self, body: &[u8], left: &mut u32) -> Result<(), Refusal> {
        let mut fields = Fields::of(body);
        let (version, _) = fields.full()?;
        let mut parts = Parts::of(fields.rest());
        while let Some(part) = parts.next(left)? {
            let mut fields = Fields::of(part.body);
            let from = id(&mut fields, version > 0)?;
            let many = fields.half()?;
            spend(left, u32::from(many))?;
            let mut to = Vec::with_capacity(usize::from(many));
            for _ in 0..many {
                to.push(id(&mut fields, version > 0)?);
            }
            fields.end()?;
            let known = self.references.entry((part.name, from)).or_default();
            // Two lists of inputs would be put together in two ways.
            if part.name == *b"dimg" && !known.is_empty() {
                return Err(Refusal::Damaged(Damage::Missing));
            }
            known.extend(to);
        }
        Ok(())
    }

    /// The items that one refers to by this name.
    pub(super) fn targets(&self, name: Name, from: u32) -> &[u32] {
        self.references.get(&(name, from)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The bytes of an item. `left` is how many may still be read: items may share theirs.
    pub(super) fn bytes(&self, item: &Item, left: &mut u64) -> Result<Vec<u8>, Refusal> {
        if item.elsewhere {
            // Another file, which a viewer would have to fetch, or an item of items.
            return Err(Refusal::Feature(Feature::Coding));
        }
        let mut bytes = Vec::new();
        for extent in &item.extents {
            *left = left.checked_sub(extent.length).ok_or(Refusal::Limit(Limit::OutputBytes))?;
            bytes.extend(self.extent(extent).ok_or(Refusal::Truncated)?);
        }
        Ok(bytes)
    }

    fn extent(&self, extent: &Extent) -> Option<&'a [u8]> {
        let whole = if extent.inside { self.inside } else { self.file };
        let at = usize::try_from(extent.at).ok()?;
        let length = usize::try_from(extent.length).ok()?;
        // No length means all the rest to some readers and nothing to others.
        whole.get(at..at.checked_add(length)?).filter(|bytes| !bytes.is_empty())
    }
}

/// Number and description of an item.
fn info<'a>(body: &'a [u8], notes: &mut Notes) -> Result<(u32, Item<'a>), Refusal> {
    let mut fields = Fields::of(body);
    let (version, _) = fields.full()?;
    let number = id(&mut fields, version > 2)?;
    let protected = fields.half()? != 0;
    // Before version 2 items had no type; there were no pictures then.
    let kind = if version < 2 { [0; 4] } else { fields.four()? };
    let name = fields.text()?;
    let mut media = &[][..];
    if version < 2 || kind == *b"mime" {
        media = fields.text()?;
    }
    left_out::name_of_item(name, notes);
    Ok((number, Item { kind, protected, media, ..Item::default() }))
}
