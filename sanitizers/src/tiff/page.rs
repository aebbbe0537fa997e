//! The pages of a file, each as what its entries mean.

use std::collections::BTreeMap;

use super::directory::{Entry, Source};
use super::layout::{Grid, Shape};
use super::{noted, tags};
use crate::refusal::{Damage, Feature, Foreign, Limit};
use crate::{Category, Change, Limits, Notes, Refusal, Warning, icc};

const VALUE: Refusal = Refusal::Damaged(Damage::Value);
const MISSING: Refusal = Refusal::Damaged(Damage::Missing);
const CODING: Refusal = Refusal::Feature(Feature::Coding);
const CONSTRUCT: Refusal = Refusal::Feature(Feature::Construct);

/// More samples to a pixel than pictures have that people send.
const MOST_SAMPLES: u64 = 8;
/// Bytes of all tables that a JPEG can have, and of their heads.
const MOST_TABLES: usize = 16 << 10;
/// How many times the file its strips and tiles may be, if several lie in the same place.
const MOST_SHARED: u64 = 8;
/// How many times what one stream may unfold to all pages together may.
const TIMES: u64 = 4;

/// How the samples of a strip or tile are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Plain,
    PackBits,
    Lzw,
    Deflate,
    /// Group 3 in one dimension, and Group 4.
    Fax3,
    Fax4,
    Jpeg,
}

/// What of two numbers of dots to the inch programs write; any other is a mark.
const DOTS: [u64; 25] = [
    72, 75, 90, 96, 98, 100, 120, 144, 150, 180, 196, 200, 204, 240, 300, 350, 360, 391, 400, 600,
    720, 800, 1200, 2400, 4800,
];

/// How bright the three colours are, in ten-thousandths: of television old and new, in the
/// ways programs round them. Damaged files have noughts.
const LUMA: [&[u32]; 4] =
    [&[2_990, 5_870, 1_140], &[2_126, 7_152, 722], &[2_125, 7_154, 721], &[0, 0, 0]];
/// Numbers for black and white: all of a byte, or the part that television uses.
const REFERENCE: [&[u32]; 4] = [
    &[0, 255, 128, 255, 128, 255],
    &[0, 255, 0, 255, 0, 255],
    &[16, 235, 128, 240, 128, 240],
    &[15, 235, 128, 240, 128, 240],
];

/// One page.
pub(super) struct Page<'a> {
    pub(super) size: (u32, u32),
    pub(super) bits: u16,
    pub(super) samples: u16,
    pub(super) photometric: u16,
    pub(super) coding: Coding,
    /// 1 none, 2 differences, 3 differences of floating numbers.
    pub(super) predictor: u16,
    pub(super) format: u16,
    pub(super) extra: Option<Vec<u16>>,
    /// Whether each sample has a plane of its own.
    pub(super) planar: bool,
    pub(super) orientation: Option<u16>,
    /// Dots to the inch, across and down.
    pub(super) dots: Option<(u32, u32)>,
    pub(super) palette: Option<Vec<u16>>,
    pub(super) luma: Option<Vec<u32>>,
    pub(super) subsampling: Option<(u16, u16)>,
    pub(super) positioning: Option<u16>,
    pub(super) reference: Option<Vec<u32>>,
    pub(super) profile: Option<Vec<u8>>,
    pub(super) grid: Grid,
    /// The coded bytes of its strips or tiles.
    pub(super) parts: Vec<&'a [u8]>,
    pub(super) jpeg_tables: &'a [u8],
    /// Whether the first pixel is in the lowest bit of a byte.
    pub(super) reversed: bool,
    pub(super) big_endian: bool,
}

impl Page<'_> {
    /// Samples of one pixel in one strip or tile.
    pub(super) fn samples_inside(&self) -> u16 {
        if self.planar { 1 } else { self.samples }
    }

    /// Columns and rows of pixels that share one pair of colours.
    pub(super) fn coarse(&self) -> Option<(u16, u16)> {
        let coarse = self.subsampling.unwrap_or((2, 2));
        (self.photometric == 6 && coarse != (1, 1)).then_some(coarse)
    }

    /// The shape of a strip or tile.
    pub(super) fn shape(&self, number: usize) -> Option<Shape> {
        self.grid.shape(self.size, number as u64 % self.grid.count(self.size))
    }

    /// Bytes of one row of so many columns.
    pub(super) fn row_bytes(&self, columns: u32) -> u64 {
        (u64::from(columns) * u64::from(self.bits) * u64::from(self.samples_inside())).div_ceil(8)
    }

    /// Bytes to which a strip or tile unfolds.
    pub(super) fn bytes(&self, shape: &Shape) -> u64 {
        let (columns, rows) = shape.stored;
        match self.coarse().filter(|_| self.coding != Coding::Jpeg) {
            None => self.row_bytes(columns) * u64::from(rows),
            Some((across, down)) => {
                let blocks = u64::from(columns.div_ceil(u32::from(across)))
                    * u64::from(rows.div_ceil(u32::from(down)));
                blocks * u64::from(across * down + 2)
            }
        }
    }
}

/// Reads the pages of the main chain.
pub(super) fn read_all<'a>(
    source: &mut Source<'a>,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<Page<'a>>, Refusal> {
    let (mut pages, mut places) = (Vec::new(), Vec::new());
    let (mut pixels, mut unfolded, mut coded, mut parts) = (0_u64, 0_u64, 0_u64, 0);
    let mut place = source.first();
    while place != 0 {
        if places.len() >= limits.pages as usize {
            return Err(Refusal::Limit(Limit::Pages));
        }
        // A chain that bites its own tail has no last page.
        if places.contains(&place) {
            return Err(Refusal::Damaged(Damage::Order));
        }
        places.push(place);
        let (entries, next) = source.directory(place)?;
        place = next;
        let fields = Fields::sort(entries, source, notes)?;
        if fields.is_smaller(source) {
            notes.found(Category::HiddenPictures);
            continue;
        }
        let page = fields.page(source, limits, notes)?;
        pixels += u64::from(page.size.0) * u64::from(page.size.1);
        parts += page.parts.len();
        coded += page.parts.iter().map(|part| part.len() as u64).sum::<u64>();
        if coded > MOST_SHARED.saturating_mul(source.length() as u64) {
            return Err(Refusal::Limit(Limit::Inflated));
        }
        for number in 0..page.parts.len() {
            let bytes = page.bytes(&page.shape(number).ok_or(Refusal::Internal)?);
            unfolded += bytes;
            if bytes > limits.inflated_total || unfolded > TIMES * limits.inflated_total {
                return Err(Refusal::Limit(Limit::Inflated));
            }
        }
        if pixels > limits.animation_pixels {
            return Err(Refusal::Limit(Limit::Pixels));
        }
        if parts > limits.objects as usize {
            return Err(Refusal::Limit(Limit::Parts));
        }
        pages.push(page);
    }
    // Cameras keep a small picture in the chain and the large one, raw, below it.
    if pages.is_empty() { Err(Refusal::NotCleanable(Foreign::RawPicture)) } else { Ok(pages) }
}

/// The entries of a page that are on the list.
struct Fields<'a> {
    entries: BTreeMap<u16, Entry<'a>>,
    /// The entry that says it is a smaller version, or a mask.
    version: Option<Entry<'a>>,
}

impl<'a> Fields<'a> {
    fn sort(
        entries: Vec<Entry<'a>>,
        source: &mut Source<'a>,
        notes: &mut Notes,
    ) -> Result<Self, Refusal> {
        let mut fields = Fields { entries: BTreeMap::new(), version: None };
        for entry in entries {
            match entry.tag {
                // Cameras write raw pictures under these: DNG, and what makers agreed on.
                50_706 | 33_421 => return Err(Refusal::NotCleanable(Foreign::RawPicture)),
                // Numbers instead of inks, and pictures with a depth: they change all.
                346 | 32_997 | 32_998 => return Err(CONSTRUCT),
                254 | 255 => fields.version = Some(entry),
                _ => {}
            }
            if !tags::TAGS.allows(&entry.tag) {
                noted::dropped(&entry, source, notes);
            } else if fields.entries.insert(entry.tag, entry).is_some() {
                // One viewer takes the first, another the last.
                return Err(MISSING);
            }
        }
        Ok(fields)
    }

    fn is_smaller(&self, source: &Source) -> bool {
        let numbers = self.version.and_then(|entry| Some((entry.tag, source.numbers(&entry)?)));
        match numbers {
            Some((254, bits)) => bits.first().is_some_and(|bits| bits & 1 == 1),
            Some((_, kind)) => kind == [2],
            None => false,
        }
    }

    /// All numbers of an entry.
    fn many(&self, tag: u16, source: &Source) -> Result<Option<Vec<u64>>, Refusal> {
        let Some(entry) = self.entries.get(&tag) else { return Ok(None) };
        source.numbers(entry).map(Some).ok_or(VALUE)
    }

    /// The only number of an entry.
    fn one(&self, tag: u16, source: &Source) -> Result<Option<u64>, Refusal> {
        match self.many(tag, source)?.as_deref() {
            None => Ok(None),
            Some(&[one]) => Ok(Some(one)),
            Some(_) => Err(VALUE),
        }
    }

    /// The number of an entry, or the one that stands for it.
    fn short(&self, tag: u16, otherwise: u16, source: &Source) -> Result<u16, Refusal> {
        let number = self.one(tag, source)?.map(u16::try_from).transpose();
        Ok(number.map_err(|_| VALUE)?.unwrap_or(otherwise))
    }

    /// A number that is the same for all samples.
    fn same(
        &self,
        tag: u16,
        otherwise: u16,
        samples: u16,
        source: &Source,
    ) -> Result<u16, Refusal> {
        let Some(all) = self.many(tag, source)? else { return Ok(otherwise) };
        let &first = all.first().ok_or(VALUE)?;
        if all.iter().any(|&one| one != first) {
            return Err(CODING);
        }
        if all.len() != 1 && all.len() != usize::from(samples) {
            return Err(VALUE);
        }
        u16::try_from(first).map_err(|_| VALUE)
    }

    fn page(
        &self,
        source: &mut Source<'a>,
        limits: &Limits,
        notes: &mut Notes,
    ) -> Result<Page<'a>, Refusal> {
        let size = self.size(source, limits)?;
        let samples = self.short(tags::SAMPLES, 1, source)?;
        let photometric = self.short(tags::PHOTOMETRIC, u16::MAX, source)?;
        let mut page = Page {
            size,
            bits: self.same(tags::BITS, 1, samples, source)?,
            samples,
            photometric,
            coding: coding(self.short(tags::CODING, 1, source)?)?,
            predictor: self.short(tags::PREDICTOR, 1, source)?,
            format: match self.same(tags::FORMAT, 1, samples, source)? {
                // Undefined is shown as if it were whole numbers.
                1 | 4 => 1,
                format @ 2..=3 => format,
                _ => return Err(CODING),
            },
            extra: self.extra(samples, photometric, source, notes)?,
            planar: match self.short(tags::PLANAR, 1, source)? {
                1 => false,
                2 => samples > 1,
                _ => return Err(VALUE),
            },
            orientation: Some(self.short(tags::ORIENTATION, 1, source)?)
                .filter(|turn| (2..=8).contains(turn)),
            dots: self.dots(source)?,
            palette: None,
            luma: self.usual(tags::LUMA, &LUMA, 10_000, photometric, source)?,
            subsampling: self.subsampling(photometric, source)?,
            positioning: Some(self.short(tags::POSITIONING, 0, source)?)
                .filter(|place| photometric == 6 && (1..=2).contains(place)),
            reference: self.usual(tags::REFERENCE, &REFERENCE, 1, photometric, source)?,
            profile: None,
            grid: self.grid(size, limits, source)?,
            parts: Vec::new(),
            jpeg_tables: &[],
            reversed: match self.short(tags::FILL_ORDER, 1, source)? {
                1 => false,
                2 => true,
                _ => return Err(VALUE),
            },
            big_endian: source.big_endian,
        };
        if let Some(tables) = self.entries.get(&tags::JPEG_TABLES) {
            let tables = tables.value.filter(|tables| tables.len() <= MOST_TABLES);
            page.jpeg_tables = tables.ok_or(VALUE)?;
        }
        check(&page)?;
        if self.short(tags::FAX3_OPTIONS, 0, source)? & 3 != 0 && page.coding == Coding::Fax3 {
            return Err(CODING);
        }
        page.palette = self.palette(&page, source)?;
        page.profile = self.profile(photometric, notes);
        self.parts(&mut page, source, notes)?;
        if let (Coding::Jpeg, Grid::Tiles(columns, rows)) = (page.coding, page.grid)
            && !(size.0.is_multiple_of(columns) && size.1.is_multiple_of(rows))
        {
            notes.warn(Warning::CroppedArea);
        }
        let coarse = page.coding == Coding::Jpeg || page.coarse().is_some();
        let cleared = page.bits.is_multiple_of(8) && !coarse;
        if !cleared && page.extra.as_ref().is_some_and(|extra| extra.iter().any(|&kind| kind > 0)) {
            // What is under the transparency stays.
            notes.warn(Warning::HiddenParts);
        }
        Ok(page)
    }

    fn size(&self, source: &Source, limits: &Limits) -> Result<(u32, u32), Refusal> {
        let side = |tag| {
            let side = self.one(tag, source)?.ok_or(MISSING)?;
            u32::try_from(side).map_err(|_| Refusal::Limit(Limit::Pixels))
        };
        let (width, height) = (side(tags::WIDTH)?, side(tags::HEIGHT)?);
        if width == 0 || height == 0 {
            return Err(VALUE);
        }
        let pixels = u64::from(width) * u64::from(height);
        if width.max(height) > limits.side || pixels > limits.pixels {
            return Err(Refusal::Limit(Limit::Pixels));
        }
        Ok((width, height))
    }

    /// What the samples beside the colours are.
    fn extra(
        &self,
        samples: u16,
        photometric: u16,
        source: &Source,
        notes: &mut Notes,
    ) -> Result<Option<Vec<u16>>, Refusal> {
        let colours = match photometric {
            0 | 1 | 3 => 1,
            2 | 6 | 8 | 9 => 3,
            5 if self.short(tags::INKS, 1, source)? == 1 => 4,
            // Masks, and inks that are not those of printers.
            4 | 5 => return Err(CONSTRUCT),
            // Raw light of a camera.
            32_803 | 34_892 => return Err(Refusal::NotCleanable(Foreign::RawPicture)),
            u16::MAX => return Err(MISSING),
            _ => return Err(CODING),
        };
        let beside = u64::from(samples).checked_sub(colours).ok_or(VALUE)?;
        if u64::from(samples) > MOST_SAMPLES {
            return Err(CONSTRUCT);
        }
        let Some(extra) = self.many(tags::EXTRA, source)?.filter(|_| beside > 0) else {
            if beside > 0 {
                notes.warn(Warning::HiddenParts);
            }
            return Ok(None);
        };
        if extra.len() as u64 != beside || extra.iter().any(|&kind| kind > 2) {
            return Err(VALUE);
        }
        if extra.contains(&0) || extra.len() > 1 {
            notes.warn(Warning::HiddenParts);
        }
        Ok(Some(extra.into_iter().filter_map(|kind| u16::try_from(kind).ok()).collect()))
    }

    /// Dots to the inch, rounded to what many programs write.
    fn dots(&self, source: &Source) -> Result<Option<(u32, u32)>, Refusal> {
        let (over, under) = match self.short(tags::DOTS_UNIT, 2, source)? {
            2 => (100, 100),
            3 => (254, 100),
            _ => return Ok(None),
        };
        let dots = |tag| {
            let (one, part) = *source.fractions(self.entries.get(&tag)?)?.first()?;
            let dots = (one * over).checked_div(part * under).filter(|&dots| dots > 0)?;
            let usual = DOTS.iter().min_by_key(|usual| usual.abs_diff(dots))?;
            u32::try_from(*usual).ok()
        };
        Ok(dots(tags::DOTS_ACROSS).zip(dots(tags::DOTS_DOWN)))
    }

    /// Fractions of the colour model, as so many parts of one, if they are one of the usual
    /// sets: any other could be a text, and would look different in every viewer.
    fn usual(
        &self,
        tag: u16,
        sets: &[&[u32]],
        parts: u64,
        photometric: u16,
        source: &Source,
    ) -> Result<Option<Vec<u32>>, Refusal> {
        let Some(entry) = self.entries.get(&tag).filter(|_| photometric == 6) else {
            return Ok(None);
        };
        let all = source.fractions(entry).ok_or(VALUE)?;
        let round = |&(over, under): &(u64, u64)| {
            let rounded = (over * parts + under / 2).checked_div(under).unwrap_or_default();
            u32::try_from(rounded).unwrap_or(u32::MAX)
        };
        let rounded: Vec<u32> = all.iter().map(round).collect();
        let is_near = |set: &&&[u32]| {
            set.len() == rounded.len()
                && set.iter().zip(&rounded).all(|(usual, one)| usual.abs_diff(*one) <= 1)
        };
        let usual = sets.iter().find(is_near).ok_or(CODING)?;
        Ok(Some(usual.to_vec()))
    }

    fn subsampling(
        &self,
        photometric: u16,
        source: &Source,
    ) -> Result<Option<(u16, u16)>, Refusal> {
        match self.many(tags::SUBSAMPLING, source)?.as_deref() {
            Some(&[across @ (1 | 2 | 4), down @ (1 | 2 | 4)]) if photometric == 6 => {
                let number = |one: u64| u16::try_from(one).map_err(|_| VALUE);
                Ok(Some((number(across)?, number(down)?)))
            }
            Some(_) if photometric == 6 => Err(VALUE),
            _ => Ok(None),
        }
    }

    fn grid(&self, size: (u32, u32), limits: &Limits, source: &Source) -> Result<Grid, Refusal> {
        let tiled = self.entries.contains_key(&tags::TILE_PLACES);
        if tiled == self.entries.contains_key(&tags::STRIP_PLACES) {
            return Err(MISSING);
        }
        if !tiled {
            let rows = self.one(tags::STRIP_ROWS, source)?.unwrap_or(u64::MAX);
            let rows = rows.min(u64::from(size.1));
            return u32::try_from(rows)
                .ok()
                .filter(|&rows| rows > 0)
                .map(Grid::Strips)
                .ok_or(VALUE);
        }
        let side = |tag| {
            let side = self.one(tag, source)?.ok_or(MISSING)?;
            let most = u64::from(limits.side);
            u32::try_from(side).ok().filter(|_| (1..=most).contains(&side)).ok_or(VALUE)
        };
        Ok(Grid::Tiles(side(tags::TILE_WIDTH)?, side(tags::TILE_HEIGHT)?))
    }

    /// Finds the coded bytes of each strip or tile.
    fn parts(
        &self,
        page: &mut Page<'a>,
        source: &mut Source<'a>,
        notes: &mut Notes,
    ) -> Result<(), Refusal> {
        let (places, lengths) = match page.grid {
            Grid::Strips(_) => (tags::STRIP_PLACES, tags::STRIP_LENGTHS),
            Grid::Tiles(..) => (tags::TILE_PLACES, tags::TILE_LENGTHS),
        };
        let planes = if page.planar { u64::from(page.samples) } else { 1 };
        let count = page.grid.count(page.size) * planes;
        let places = self.many(places, source)?.ok_or(MISSING)?;
        let lengths = match self.many(lengths, source)? {
            Some(lengths) => lengths,
            // One strip that is not packed is as long as its samples.
            None if count == 1 && page.coding == Coding::Plain => {
                let shape = page.grid.shape(page.size, 0).ok_or(Refusal::Internal)?;
                vec![page.bytes(&shape)]
            }
            None => return Err(MISSING),
        };
        if places.len() != lengths.len() || (places.len() as u64) < count {
            return Err(MISSING);
        }
        // Behind those of the picture there can be those of another one.
        notes.found_many(Category::HiddenPictures, u32::from(places.len() as u64 > count));
        let count = usize::try_from(count).map_err(|_| Refusal::Internal)?;
        for (place, mut length) in places.into_iter().zip(lengths).take(count) {
            if page.coding == Coding::Plain {
                // Some programs count the rows that a last strip does not have.
                let left = (source.length() as u64).saturating_sub(place);
                length = length.min(left);
            }
            page.parts.push(source.bytes(place, length).ok_or(Refusal::Truncated)?);
        }
        Ok(())
    }

    fn palette(&self, page: &Page, source: &Source) -> Result<Option<Vec<u16>>, Refusal> {
        if page.photometric != 3 {
            return Ok(None);
        }
        let all = self.many(tags::PALETTE, source)?.ok_or(MISSING)?;
        if page.bits > 8 || all.len() != 3 << page.bits {
            return Err(VALUE);
        }
        // Old programs wrote colours of eight bits; whoever sees only such takes them so.
        let times = if all.iter().all(|&colour| colour < 256) { 257 } else { 1 };
        let colour = |colour: &u64| u16::try_from(colour * times).map_err(|_| VALUE);
        all.iter().map(colour).collect::<Result<_, _>>().map(Some)
    }

    /// Issues a profile anew, if it is one for these samples.
    fn profile(&self, photometric: u16, notes: &mut Notes) -> Option<Vec<u8>> {
        let profile = self.entries.get(&tags::PROFILE)?.value.unwrap_or_default();
        let channels = match photometric {
            0 | 1 => 1,
            5 => 4,
            _ => 3,
        };
        let fits = |one: &Vec<u8>| icc::channels(one) == Some(channels);
        let canonical = icc::canonical(profile).filter(fits);
        if canonical.as_deref() != Some(profile) {
            notes.found(Category::ColourProfiles);
        }
        if canonical.is_none() {
            notes.changed(Change::ColoursChanged);
        }
        canonical
    }
}

fn coding(number: u16) -> Result<Coding, Refusal> {
    Ok(match number {
        1 => Coding::Plain,
        3 => Coding::Fax3,
        4 => Coding::Fax4,
        5 => Coding::Lzw,
        7 => Coding::Jpeg,
        8 | 32_946 => Coding::Deflate,
        32_773 => Coding::PackBits,
        _ => return Err(CODING),
    })
}

/// Whether its numbers go together.
fn check(page: &Page) -> Result<(), Refusal> {
    let whole = matches!(page.bits, 8 | 16 | 32 | 64);
    let packed = matches!(page.coding, Coding::Lzw | Coding::Deflate | Coding::PackBits);
    let fax = matches!(page.coding, Coding::Fax3 | Coding::Fax4);
    let plain_grey = page.samples == 1 && matches!(page.photometric, 0 | 1);
    let tiled = matches!(page.grid, Grid::Tiles(..));
    let fits = match page.format {
        3 => matches!(page.bits, 16 | 32 | 64),
        _ => whole || matches!(page.bits, 1 | 2 | 4 | 12),
    } && match page.predictor {
        1 => true,
        2 => packed && whole && page.coarse().is_none(),
        3 => packed && page.format == 3,
        _ => false,
    } && match page.coding {
        Coding::Jpeg => page.bits == 8 && page.photometric != 3,
        Coding::Fax3 | Coding::Fax4 => page.bits == 1 && plain_grey,
        _ => true,
    } && (page.coarse().is_none()
        || page.coding == Coding::Jpeg
        || page.bits == 8 && page.samples == 3 && !page.planar && !tiled)
        && (page.photometric != 3 || page.samples == 1 && page.format == 1)
        // Programs disagree on which data are read backwards.
        && (!page.reversed || fax || page.coding == Coding::Plain && page.bits == 1);
    if fits { Ok(()) } else { Err(CODING) }
}
