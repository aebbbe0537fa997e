//! The picture that is shown, and what it is made of.
//!
//! From the primary item all is followed that a viewer needs, and nothing else. Where two
//! viewers could show two pictures the file is refused: two planes of transparency, a tile
//! used twice, sizes that contradict each other, layers that are chosen among.

use std::collections::{BTreeMap, BTreeSet};

use super::meta::{Item, Meta};
use super::property::{Auxiliary, Property, auxiliary};
use super::put_together::{self, Plan};
use super::{av1, hevc};
use crate::allow::AllowList;
use crate::boxes::Name;
use crate::refusal::{Damage, Feature, Limit};
use crate::{Limits, Notes, Refusal, Warning};

/// Types of items that may be part of the picture.
pub(crate) const IMAGES: AllowList<Name> = AllowList {
    name: "heif items",
    allowed: &[*b"hvc1", *b"av01", *b"grid", *b"iden", *b"iovl"],
    forbidden: &[*b"Exif", *b"mime", *b"uri ", *b"tmap", *b"jpeg"],
};

/// Pixels along a side that a decoder rounds up to.
const ROUNDED: u32 = 64;

/// An item of the copy.
pub(super) struct Kept<'a> {
    pub(super) kind: Name,
    /// Not shown by itself, but as a part of another one.
    pub(super) hidden: bool,
    pub(super) data: Vec<u8>,
    pub(super) properties: Vec<&'a Property>,
    /// Places in the copy of the items it is put together of.
    pub(super) inputs: Vec<usize>,
    /// Places of the items whose transparency it is.
    pub(super) alpha_of: Vec<usize>,
    /// The place of the transparency that its colours were multiplied by.
    pub(super) multiplied: Vec<usize>,
}

/// All items of the copy; the first one is shown.
pub(super) struct Picture<'a> {
    pub(super) items: Vec<Kept<'a>>,
    pub(super) av1: bool,
    /// Whether every decoder of HEVC knows the profile.
    pub(super) main: bool,
}

/// What an item is needed for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Shown,
    Input { of_alpha: bool },
    Alpha,
}

/// How far an item is from the coded data: it may only be made of nearer ones.
fn distance(kind: Name) -> u8 {
    match &kind {
        b"grid" => 1,
        b"iden" => 2,
        b"iovl" => 3,
        _ => 0,
    }
}

/// The items that are needed, in the order of the copy.
#[derive(Default)]
struct Needed {
    order: Vec<(u32, Role)>,
    places: BTreeMap<u32, usize>,
    /// The transparency of an item.
    alphas: BTreeMap<u32, u32>,
}

impl Needed {
    fn read(meta: &Meta) -> Result<Needed, Refusal> {
        let mut needed = Needed { alphas: alphas(meta), ..Needed::default() };
        needed.add(meta.primary.ok_or(Refusal::Damaged(Damage::Missing))?, Role::Shown)?;
        let mut at = 0;
        while let Some(&(number, role)) = needed.order.get(at) {
            let item = meta.items.get(&number).ok_or(Refusal::Damaged(Damage::Missing))?;
            if item.protected {
                return Err(Refusal::Password);
            }
            if !IMAGES.allows(&item.kind) {
                return Err(Refusal::Feature(Feature::Coding));
            }
            let of_alpha = matches!(role, Role::Alpha | Role::Input { of_alpha: true });
            for input in meta.targets(*b"dimg", number) {
                let kind = meta.items.get(input).map(|item| distance(item.kind));
                if kind.is_none_or(|kind| kind >= distance(item.kind)) {
                    return Err(Refusal::Damaged(Damage::Order));
                }
                needed.add(*input, Role::Input { of_alpha })?;
            }
            // Transparency has none of its own.
            if let Some(&alpha) = needed.alphas.get(&number).filter(|_| !of_alpha) {
                match needed.places.get(&alpha).and_then(|&place| needed.order.get(place)) {
                    Some((_, Role::Alpha)) => {}
                    Some(_) => return Err(Refusal::Damaged(Damage::Order)),
                    None => needed.add(alpha, Role::Alpha)?,
                }
            }
            at += 1;
        }
        Ok(needed)
    }

    /// The places of those whose transparency an item is.
    fn alpha_of(&self) -> BTreeMap<u32, Vec<usize>> {
        let mut all: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (place, (number, role)) in self.order.iter().enumerate() {
            let colours = matches!(role, Role::Shown | Role::Input { of_alpha: false });
            if let Some(&alpha) = self.alphas.get(number).filter(|_| colours) {
                all.entry(alpha).or_default().push(place);
            }
        }
        all
    }

    fn add(&mut self, number: u32, role: Role) -> Result<(), Refusal> {
        if self.places.insert(number, self.order.len()).is_some() {
            return Err(Refusal::Damaged(Damage::Order));
        }
        self.order.push((number, role));
        Ok(())
    }
}

/// Which item is the transparency of which; the first one counts, the others are left out.
fn alphas(meta: &Meta) -> BTreeMap<u32, u32> {
    let mut alphas = BTreeMap::new();
    for ((_, from), targets) in meta.references.iter().filter(|((name, _), _)| name == b"auxl") {
        let item = meta.items.get(from);
        if item.is_some_and(|item| matches!(auxiliary(meta, item), Some(Auxiliary::Alpha(_)))) {
            for target in targets {
                alphas.entry(*target).or_insert(*from);
            }
        }
    }
    alphas
}

/// Reads what is shown, and says which items of the original are in it.
pub(super) fn read<'p>(
    meta: &Meta,
    properties: &'p [Result<Property, Refusal>],
    limits: &Limits,
    left: &mut u64,
    notes: &mut Notes,
) -> Result<(Picture<'p>, BTreeSet<u32>), Refusal> {
    let needed = Needed::read(meta)?;
    let alpha_of = needed.alpha_of();
    let mut reader =
        Reader { meta, properties, needed: &needed, alpha_of, limits, notes, pixels: 0 };
    let mut items = Vec::with_capacity(needed.order.len());
    let mut codings = BTreeSet::new();
    let mut main = true;
    for &(number, role) in &needed.order {
        let item = meta.items.get(&number).ok_or(Refusal::Internal)?;
        let (kept, is_main) = reader.item(number, item, role, left)?;
        if distance(item.kind) == 0 {
            codings.insert(item.kind);
        }
        main &= is_main;
        items.push(kept);
    }
    // One file of two formats has no name that is true.
    let av1 = match codings.iter().collect::<Vec<_>>()[..] {
        [b"av01"] => true,
        [b"hvc1"] => false,
        _ => return Err(Refusal::Feature(Feature::Coding)),
    };
    let kept = needed.places.keys().copied().collect();
    Ok((Picture { items, av1, main }, kept))
}

struct Reader<'r, 'm, 'p> {
    meta: &'r Meta<'m>,
    properties: &'p [Result<Property, Refusal>],
    needed: &'r Needed,
    /// Whose transparency an item is.
    alpha_of: BTreeMap<u32, Vec<usize>>,
    limits: &'r Limits,
    notes: &'r mut Notes,
    pixels: u64,
}

impl<'p> Reader<'_, '_, 'p> {
    fn item(
        &mut self,
        number: u32,
        item: &Item,
        role: Role,
        left: &mut u64,
    ) -> Result<(Kept<'p>, bool), Refusal> {
        let properties = self.properties(item, role)?;
        let size = self.size(&properties)?;
        let place = |number: &u32| self.needed.places.get(number).copied();
        let inputs: Vec<usize> =
            self.meta.targets(*b"dimg", number).iter().filter_map(place).collect();
        let alpha_of = self.alpha_of.remove(&number).unwrap_or_default();
        let alpha = self.needed.alphas.get(&number);
        let multiplied = self.meta.targets(*b"prem", number).iter();
        let multiplied =
            multiplied.filter(|one| Some(*one) == alpha).filter_map(place).take(1).collect();
        let bytes = if item.kind == *b"iden" { Vec::new() } else { self.meta.bytes(item, left)? };
        let mut main = true;
        let data = match (&item.kind, config(&properties)) {
            (b"hvc1", Some(Property::Hevc(config))) => {
                main = config.main;
                self.cut(config.coded, config.shown, size)?;
                hevc::picture(&bytes, config, self.notes)?
            }
            (b"av01", Some(Property::Av1(_))) => {
                let (data, said) = av1::picture(&bytes, self.notes)?;
                self.cut(said.size, said.size, size)?;
                data
            }
            (b"grid", None) => self.plan(&put_together::grid(&bytes)?, number, size)?,
            (b"iovl", None) => {
                let plan = put_together::overlay(&bytes, inputs.len())?;
                self.plan(&plan, number, size)?
            }
            (b"iden", None) if inputs.len() == 1 => Vec::new(),
            _ => return Err(Refusal::Damaged(Damage::Missing)),
        };
        if role == Role::Alpha {
            // What is under it is coded as well, whatever it shows.
            self.notes.warn(Warning::HiddenParts);
        }
        let hidden = matches!(role, Role::Input { .. });
        let kind = item.kind;
        Ok((Kept { kind, hidden, data, properties, inputs, alpha_of, multiplied }, main))
    }

    /// The properties that are kept, in the order of the copy.
    fn properties(&mut self, item: &Item, role: Role) -> Result<Vec<&'p Property>, Refusal> {
        let mut kept: Vec<&Property> = Vec::new();
        for &(number, essential) in &item.properties {
            let index = number.checked_sub(1).ok_or(Refusal::Internal)?;
            let part = self.meta.properties.get(index);
            let part = part.ok_or(Refusal::Damaged(Damage::Value))?;
            let property = self.properties.get(index).ok_or(Refusal::Internal)?;
            let property = property.as_ref().map_err(|&reason| reason)?;
            // One layer of several, or one quality: somebody else may choose another one.
            let chooses = matches!(&part.name, b"a1op" | b"lsel" | b"tols");
            if chooses || essential && matches!(property, Property::Unknown) {
                return Err(Refusal::Feature(Feature::Coding));
            }
            let alien = matches!(property, Property::Auxiliary(_)) && role != Role::Alpha;
            if property.place().is_none() || alien {
                continue;
            }
            let same = |one: &&&Property| {
                std::mem::discriminant(**one) == std::mem::discriminant(property)
            };
            if kept.iter().any(|one| same(&one)) {
                return Err(Refusal::Damaged(Damage::Missing));
            }
            if let Property::Crop(crop) = property
                && !covers(*crop, item, self.properties)
            {
                self.notes.warn(Warning::CroppedArea);
            }
            kept.push(property);
        }
        kept.sort_by_key(|property| property.place());
        Ok(kept)
    }

    /// The size of an item, which every one must say.
    fn size(&mut self, properties: &[&Property]) -> Result<(u32, u32), Refusal> {
        let Some(&&Property::Size(width, height)) = properties.first() else {
            return Err(Refusal::Damaged(Damage::Missing));
        };
        self.allowed((width, height))?;
        self.pixels = self.pixels.saturating_add(u64::from(width) * u64::from(height));
        if self.pixels > self.limits.animation_pixels {
            return Err(Refusal::Limit(Limit::Pixels));
        }
        Ok((width, height))
    }

    fn allowed(&self, (width, height): (u32, u32)) -> Result<(), Refusal> {
        if width == 0 || height == 0 {
            return Err(Refusal::Damaged(Damage::Value));
        }
        let pixels = u64::from(width) * u64::from(height);
        if width.max(height) > self.limits.side || pixels > self.limits.pixels {
            return Err(Refusal::Limit(Limit::Pixels));
        }
        Ok(())
    }

    /// Compares what is coded of a picture with what is shown of it.
    fn cut(
        &mut self,
        coded: (u32, u32),
        shown: (u32, u32),
        size: (u32, u32),
    ) -> Result<(), Refusal> {
        self.allowed(coded)?;
        let smaller = (shown.0.min(size.0), shown.1.min(size.1));
        if size.0 > coded.0 || size.1 > coded.1 {
            return Err(Refusal::Damaged(Damage::Value));
        }
        if coded.0 - smaller.0 >= ROUNDED || coded.1 - smaller.1 >= ROUNDED {
            self.notes.warn(Warning::CroppedArea);
        }
        Ok(())
    }

    /// Checks how a picture is put together, and returns the data that says so.
    fn plan(&mut self, plan: &Plan, number: u32, size: (u32, u32)) -> Result<Vec<u8>, Refusal> {
        let damaged = Refusal::Damaged(Damage::Value);
        let inputs = self.meta.targets(*b"dimg", number);
        let sizes: Option<Vec<_>> = inputs.iter().map(|&input| self.size_of(input)).collect();
        let sizes = sizes.ok_or(damaged)?;
        if plan.size() != size || sizes.is_empty() {
            return Err(damaged);
        }
        match plan {
            Plan::Grid { rows, columns, .. } => {
                let (rows, columns) = (u32::from(*rows), u32::from(*columns));
                let tile = sizes.first().copied().ok_or(damaged)?;
                let whole = tile.0.checked_mul(columns).zip(tile.1.checked_mul(rows));
                let (width, height) = whole.ok_or(damaged)?;
                let count = usize::try_from(rows * columns).map_err(|_| Refusal::Internal)?;
                let fits = width >= size.0 && height >= size.1 && count == sizes.len();
                if !fits || sizes.iter().any(|&one| one != tile) {
                    return Err(damaged);
                }
                if width - size.0 >= tile.0 || height - size.1 >= tile.1 {
                    self.notes.warn(Warning::CroppedArea);
                }
            }
            Plan::Overlay { places, .. } => {
                if sizes.len() > 1 {
                    self.notes.warn(Warning::CoveredContent);
                }
                let inside = |at: i32, side: u32, whole: u32| {
                    at >= 0 && i64::from(at) + i64::from(side) <= i64::from(whole)
                };
                let inside = |(&(x, y), &(w, h)): (&(i32, i32), &(u32, u32))| {
                    inside(x, w, size.0) && inside(y, h, size.1)
                };
                if !places.iter().zip(&sizes).all(inside) {
                    self.notes.warn(Warning::CroppedArea);
                }
            }
        }
        Ok(plan.written())
    }

    /// The size that an item says it has.
    fn size_of(&self, number: u32) -> Option<(u32, u32)> {
        declared(self.meta.items.get(&number)?, self.properties)
    }
}

fn declared(item: &Item, properties: &[Result<Property, Refusal>]) -> Option<(u32, u32)> {
    item.properties.iter().find_map(|(number, _)| {
        match properties.get(number.checked_sub(1)?)?.as_ref().ok()? {
            Property::Size(width, height) => Some((*width, *height)),
            _ => None,
        }
    })
}

/// Whether a crop leaves the whole picture.
fn covers(crop: [u32; 8], item: &Item, properties: &[Result<Property, Refusal>]) -> bool {
    let size = declared(item, properties);
    size.is_some_and(|(width, height)| crop == [width, 1, height, 1, 0, 1, 0, 1])
}

/// The parameters of the decoder.
fn config<'p>(properties: &[&'p Property]) -> Option<&'p Property> {
    let is_config = |one: &&&Property| matches!(one, Property::Hevc(_) | Property::Av1(_));
    properties.iter().find(is_config).copied()
}
