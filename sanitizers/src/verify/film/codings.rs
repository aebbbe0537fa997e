//! How a description of samples must be written in a copy, by that of the original.

use super::expect::whole;
use super::obu::Obu;
use super::tree::Tree;
use super::{aac, messages, payload, sounds};
use crate::Kind;
use crate::verify::heif::{property, sequence};

/// How samples are walked through.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::verify) enum Samples {
    Whole,
    /// Bytes of a sample of sound that is not packed.
    Frames(u32),
    /// Bytes of the length of a unit.
    Avc(usize),
    Hevc(usize),
    /// Layers that are shown.
    Av1(u64),
    Mpeg4,
    ProRes,
    /// Packets of Opus with so many streams.
    Opus(u8),
}

/// One description.
pub(super) struct Entry {
    /// What must stand in the copy.
    pub(super) bytes: Vec<u8>,
    pub(super) samples: Samples,
    /// Which file the original says the samples are in.
    pub(super) reference: u16,
}

impl Entry {
    pub(super) fn frame(&self) -> Option<u32> {
        if let Samples::Frames(size) = self.samples { Some(size) } else { None }
    }
}

/// Whether this is a coding that a copy may have.
pub(super) fn is_known(name: [u8; 4]) -> bool {
    is_picture(name) || sounds::is_known(name)
}

fn is_picture(name: [u8; 4]) -> bool {
    matches!(
        &name,
        b"avc1"
            | b"avc3"
            | b"hvc1"
            | b"hev1"
            | b"av01"
            | b"vp08"
            | b"vp09"
            | b"mp4v"
            | b"apcn"
            | b"apch"
            | b"apcs"
            | b"apco"
            | b"ap4h"
            | b"ap4x"
    )
}

/// All descriptions of a track.
pub(super) fn entries(list: Tree, is_sound: bool, kind: Kind) -> Option<Vec<Entry>> {
    let all = list.row(8)?;
    let count = list.u32(4)? as usize;
    let read = all.into_iter().map(|(name, tree)| {
        if is_sound { sounds::entry(name, tree, kind) } else { picture(name, tree) }
    });
    let entries = read.collect::<Option<Vec<_>>>()?;
    let is_one = entries.len() == 1 || entries.iter().all(|entry| entry.frame().is_none());
    (is_one && entries.len() == count && (1..=64).contains(&count)).then_some(entries)
}

/// Boxes that a description has once, if at all.
const ONCE: [&[u8; 4]; 20] = [
    b"avcC", b"hvcC", b"av1C", b"vpcC", b"esds", b"pasp", b"clap", b"fiel", b"mdcv", b"clli",
    b"wave", b"enda", b"alac", b"dOps", b"dfLa", b"dac3", b"dec3", b"damr", b"pcmC", b"chan",
];

/// The boxes of a description, from a byte on.
pub(super) struct Parts<'a>(pub(super) Vec<([u8; 4], Tree<'a>)>);

impl<'a> Parts<'a> {
    pub(super) fn of(tree: Tree<'a>, from: usize) -> Option<Parts<'a>> {
        Parts(tree.row(from)?).checked()
    }

    /// One of two boxes of the same name would be a guess.
    pub(super) fn checked(self) -> Option<Parts<'a>> {
        let count = |name: &[u8; 4]| self.0.iter().filter(|(one, _)| one == name).count();
        let is_clear = ONCE.iter().all(|name| count(name) < 2);
        (is_clear && count(b"sinf") == 0).then_some(self)
    }

    /// The box of this name.
    pub(super) fn one(&self, name: [u8; 4]) -> Option<Tree<'a>> {
        self.0.iter().find(|(one, _)| *one == name).map(|(_, tree)| *tree)
    }
}

/// Bytes in front of the boxes of a description of pictures.
const HEAD: usize = 78;

fn picture(name: [u8; 4], tree: Tree) -> Option<Entry> {
    if !is_picture(name) {
        return None;
    }
    let mut content = vec![0; HEAD];
    let mut put = |at: usize, bytes: &[u8]| -> Option<()> {
        content.get_mut(at..at + bytes.len())?.copy_from_slice(bytes);
        Some(())
    };
    put(6, &[0, 1])?;
    put(24, &tree.bytes::<4>(24)?)?;
    put(28, &[0, 72, 0, 0, 0, 72, 0, 0])?;
    put(40, &[0, 1])?;
    put(74, &[0, if tree.u16(74)? == 32 { 32 } else { 24 }, 255, 255])?;
    let parts = Parts::of(tree, HEAD)?;
    let (setting, samples) = setting(name, &parts)?;
    let bytes = whole(name, &[content, setting, looks(&parts)?].concat());
    Some(Entry { bytes, samples, reference: tree.u16(6)? })
}

/// What a decoder must know.
fn setting(name: [u8; 4], parts: &Parts) -> Option<(Vec<u8>, Samples)> {
    match &name {
        b"avc1" | b"avc3" => {
            let tree = parts.one(*b"avcC")?;
            Some((whole(*b"avcC", &avc(tree)?), Samples::Avc(width(tree.byte(4)?)?)))
        }
        b"hvc1" | b"hev1" => {
            let tree = parts.one(*b"hvcC")?;
            Some((whole(*b"hvcC", &hevc(tree)?), Samples::Hevc(width(tree.byte(21)?)?)))
        }
        b"av01" => {
            let (setting, layers) = av1(parts.one(*b"av1C")?)?;
            Some((whole(*b"av1C", &setting), Samples::Av1(layers)))
        }
        b"vp08" | b"vp09" => {
            let tree = parts.one(*b"vpcC")?;
            let is_right = tree.u32(0)? == 0x0100_0000 && tree.u16(10)? == 0;
            let content = tree.0.get(..12).filter(|_| is_right)?;
            Some((whole(*b"vpcC", content), Samples::Whole))
        }
        b"mp4v" => {
            let (coding, setting) = stream(parts.one(*b"esds")?)?;
            payload::shows_the_same(setting)?;
            let ranges = payload::ranges_without_user_data(setting);
            let kept: Option<Vec<&[u8]>> =
                ranges.into_iter().map(|range| setting.get(range)).collect();
            let content = of_stream(coding, 0x11, &kept?.concat());
            (coding == 0x20).then_some((whole(*b"esds", &content), Samples::Mpeg4))
        }
        _ => Some((Vec::new(), Samples::ProRes)),
    }
}

/// Bytes of the length in front of each unit.
pub(in crate::verify) fn width(byte: u8) -> Option<usize> {
    match byte % 4 {
        0 => Some(1),
        1 => Some(2),
        3 => Some(4),
        _ => None,
    }
}

/// Goes through sets with a length of two bytes each, and says where the last one ends.
fn sets(tree: Tree, mut at: usize, count: u8, is_right: impl Fn(u8) -> bool) -> Option<usize> {
    for _ in 0..count {
        let length = usize::from(tree.u16(at)?);
        let first = tree.byte(at + 2).filter(|_| length > 0)?;
        super::sets::is_whole(tree.0.get(at + 2..at + 2 + length)?)?;
        at += 2 + length;
        if !is_right(first % 32) {
            return None;
        }
    }
    Some(at)
}

/// The settings of H.264: what is there to the end of the last set.
pub(in crate::verify) fn avc(tree: Tree) -> Option<Vec<u8>> {
    let count = tree.byte(5)? % 32;
    let pictures = sets(tree, 6, count, |kind| kind == 7)?;
    let plain = sets(tree, pictures + 1, tree.byte(pictures)?, |kind| kind == 8)?;
    let mut expected = tree.0.get(..plain)?.to_vec();
    let profile = tree.byte(1)?;
    if matches!(profile, 100 | 110 | 122 | 144) && tree.0.len() >= plain + 4 {
        expected = tree.0.get(..plain + 4)?.to_vec();
        *expected.last_mut()? = 0;
        for (place, mask) in (plain..).zip([0xFC, 0xF8, 0xF8]) {
            *expected.get_mut(place)? |= mask;
        }
    }
    *expected.get_mut(4)? |= 0xFC;
    *expected.get_mut(5)? |= 0xE0;
    (tree.byte(0)? == 1 && profile != 88).then_some(expected)
}

/// The settings of H.265, with the messages that may stay.
pub(in crate::verify) fn hevc(tree: Tree) -> Option<Vec<u8>> {
    let mut expected = tree.0.get(..23)?.to_vec();
    expected.get_mut(13..16)?.copy_from_slice(&[0xF0, 0, 0xFC]);
    for (place, mask) in (16..).zip([0xFC, 0xF8, 0xF8]) {
        *expected.get_mut(place)? |= mask;
    }
    let (mut at, mut arrays) = (23, 0);
    for _ in 0..tree.byte(22)? {
        let head = tree.byte(at)?;
        let count = tree.u16(at + 1)?;
        at += 3;
        let mut array = Vec::new();
        for _ in 0..count {
            let length = usize::from(tree.u16(at)?);
            let unit = tree.0.get(at + 2..at + 2 + length)?;
            at += 2 + length;
            if unit.len() < 2 && (32..=34).contains(&(head % 64)) {
                return None;
            }
            array.extend(set(head % 64, unit));
        }
        if !array.is_empty() {
            arrays += 1;
            expected.push(head & 0b1011_1111);
            expected.extend(u16::try_from(array.len()).ok()?.to_be_bytes());
            for unit in array {
                expected.extend(u16::try_from(unit.len()).ok()?.to_be_bytes());
                expected.extend(unit);
            }
        }
    }
    for (place, value) in [(19, 0), (20, 0), (22, arrays)] {
        *expected.get_mut(place)? = value;
    }
    (tree.byte(0)? == 1).then_some(expected)
}

/// A unit of the settings as it stays, or nothing if it does not.
fn set(kind: u8, unit: &[u8]) -> Option<Vec<u8>> {
    let is_like = match unit {
        &[first, second, ..] => first / 2 % 64 == kind && first % 2 == 0 && second < 8,
        _ => false,
    };
    match kind {
        32..=34 if is_like => Some(unit.to_vec()),
        39 | 40 if is_like => messages::kept(unit, true),
        _ => None,
    }
}

/// The settings of AV1, with the head of the sequence, and the layers it speaks of.
pub(in crate::verify) fn av1(tree: Tree) -> Option<(Vec<u8>, u64)> {
    let mut expected = tree.0.get(..4)?.to_vec();
    let delay = expected.get_mut(3)?;
    *delay = if *delay & 0x10 == 0 { 0 } else { *delay & 0x1F };
    let (mut rest, mut layers) = (tree.0.get(4..)?, None);
    while !rest.is_empty() {
        let unit = Obu::at(rest, u64::MAX)?;
        let (whole, behind) = rest.split_at_checked(usize::try_from(unit.end()).ok()?)?;
        if unit.kind == 1 {
            let content = whole.get(usize::try_from(unit.front).ok()?..)?;
            let said = sequence::layers(content)?;
            (*layers.get_or_insert(said) == said).then_some(())?;
            expected.extend(unit.head());
            expected.extend(content);
        }
        rest = behind;
    }
    (tree.byte(0)? == 0x81).then_some((expected, layers.unwrap_or(0)))
}

/// Colours, shape, cut, fields, brightness: numbers that are small or of a fixed length.
fn looks(parts: &Parts) -> Option<Vec<u8>> {
    let mut all = Vec::new();
    let mut colours = parts.0.iter().filter(|(name, tree)| {
        name == b"colr" && [*b"nclx", *b"nclc"].map(Some).contains(&tree.bytes(0))
    });
    if let Some((_, tree)) = colours.next() {
        let is_wide = tree.byte(3)? == b'x';
        let mut content = tree.0.get(..if is_wide { 11 } else { 10 })?.to_vec();
        if [4, 6, 8].iter().any(|&high| content.get(high) != Some(&0)) {
            return None;
        }
        let numbers = property::colours(content.get(4..)?)?;
        content.truncate(4);
        content.extend(numbers);
        all.extend(whole(*b"colr", &content));
    }
    let four = |number: i64| u32::try_from(number & 0xFFFF_FFFF).map(u32::to_be_bytes).ok();
    if let Some(tree) = parts.one(*b"pasp") {
        let (wide, high) = property::shape(tree.0)?;
        all.extend(whole(*b"pasp", &[four(wide)?, four(high)?].concat()));
    }
    if let Some(tree) = parts.one(*b"clap") {
        let crop = property::crop(tree.0)?;
        let crop: Option<Vec<_>> = crop.into_iter().flat_map(|(a, b)| [a, b]).map(four).collect();
        all.extend(whole(*b"clap", &crop?.concat()));
    }
    if let Some(tree) = parts.one(*b"fiel") {
        let is_right = matches!(tree.0, [1 | 2, 0 | 1 | 6 | 9 | 14]);
        all.extend(whole(*b"fiel", Some(tree.0).filter(|_| is_right)?));
    }
    for (name, length) in &[(*b"mdcv", 24), (*b"clli", 4)] {
        if let Some(tree) = parts.one(*name) {
            let content = tree.0.get(..*length)?;
            let light = *length == 4 && messages::is_standard_light(content);
            if light || messages::is_standard_screen(content) {
                all.extend(whole(*name, content));
            }
        }
    }
    colours.next().is_none().then_some(all)
}

/// The coding and the settings in an `esds`.
pub(super) fn stream(tree: Tree<'_>) -> Option<(u8, &[u8])> {
    let outer = numbered(tree.0.get(4..)?, 3)?;
    let flags = *outer.get(2)?;
    // No address to fetch from; two optional numbers of two bytes.
    let optional = 2 * usize::from(flags >> 7) + 2 * usize::from(flags >> 5 & 1);
    let decoder = numbered(outer.get(3 + optional..)?, 4)?;
    let setting = numbered(decoder.get(13..)?, 5)?;
    (flags & 0x40 == 0).then_some((*decoder.first()?, setting))
}

/// The content of the part with this number.
fn numbered(mut row: &[u8], number: u8) -> Option<&[u8]> {
    loop {
        let (&first, mut rest) = row.split_first()?;
        let mut length = 0;
        for _ in 0..4 {
            let (&byte, behind) = rest.split_first()?;
            rest = behind;
            length = length * 128 + usize::from(byte % 128);
            if byte < 128 {
                break;
            }
        }
        let (content, behind) = rest.split_at_checked(length)?;
        if first == number {
            return Some(content);
        }
        row = behind;
    }
}

/// An `esds` as it must be.
pub(super) fn of_stream(coding: u8, stream: u8, setting: &[u8]) -> Vec<u8> {
    let part = |number: u8, content: &[u8]| {
        let length = content.len();
        let low = [length >> 7 & 0x7F, length & 0x7F].map(|seven| u8::try_from(seven).unwrap_or(0));
        [&[number, 128, 128, 128 + low[0], low[1]], content].concat()
    };
    let decoder = [&[coding, stream][..], &[0; 11], &part(5, setting)].concat();
    let content = [&[0; 3][..], &part(4, &decoder), &[6, 1, 2]].concat();
    [vec![0; 4], part(3, &content)].concat()
}

/// The box of AAC.
pub(super) fn of_aac(tree: Tree) -> Option<Vec<u8>> {
    let (coding, setting) = stream(tree)?;
    let content = of_stream(coding, 0x15, &aac::expected(setting)?);
    matches!(coding, 0x40 | 0x66..=0x68).then(|| whole(*b"esds", &content))
}
