//! What may be in a cleaned document: keys, names, texts and streams.

use std::collections::HashSet;
use std::io::Cursor;

use flate2::{Decompress, FlushDecompress, Status};

use super::grammar::{Numbered, Thing};
use super::words::{KEYS, KINDS, STRETCHES, SUBTYPES, TYPES, WORDS};
use crate::Limits;

const FONT_TABLES: &[&[u8; 4]] = &[
    b"CFF ", b"cmap", b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp",
    b"post", b"prep", b"vhea", b"vmtx",
];

/// Glyphs a font can have, and so numbers in a list of them.
pub(super) const MOST_GLYPHS: usize = 1 << 16;

struct Walk<'a> {
    objects: &'a [Numbered<'a>],
    seen: HashSet<u32>,
    waiting: Vec<(u32, &'a str)>,
    left: usize,
    limits: &'a Limits,
}

/// Checks everything that the catalog leads to, and that it leads to everything.
/// Returns the number of pages.
pub(super) fn check(objects: &[Numbered<'_>], limits: &Limits) -> Option<usize> {
    let mut walk = Walk {
        objects,
        seen: HashSet::from([1]),
        waiting: vec![(1, "Root")],
        left: usize::try_from(limits.inflated_total).ok()?.saturating_mul(2),
        limits,
    };
    while let Some((number, role)) = walk.waiting.pop() {
        let object = walk.get(number)?;
        walk.thing(&object.thing, role)?;
        if let Some(data) = object.data {
            walk.stream(&object.thing, data, role)?;
        }
    }
    if walk.seen.len() != objects.len() {
        return None;
    }
    walk.count_pages()
}

impl<'a> Walk<'a> {
    fn get(&self, number: u32) -> Option<&'a Numbered<'a>> {
        self.objects.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    fn count_pages(&self) -> Option<usize> {
        let Thing::To(pages) = self.get(1)?.thing.key("Pages")? else { return None };
        let pages = &self.get(*pages)?.thing;
        let (Thing::List(kids), Thing::Number(count)) = (pages.key("Kids")?, pages.key("Count")?)
        else {
            return None;
        };
        (kids.len().to_string() == count.to_string()).then_some(kids.len())
    }

    fn thing(&mut self, thing: &'a Thing, role: &'a str) -> Option<()> {
        match thing {
            Thing::Null | Thing::Bool => Some(()),
            Thing::Number(number) => {
                (may_count(role, *number) && is_rounded(role, *number)).then_some(())
            }
            Thing::Name(name) => may_be_named(role, name).then_some(()),
            Thing::Text(text) => may_say(role, text).then_some(()),
            Thing::To(number) => {
                if self.seen.insert(*number) {
                    self.waiting.push((*number, role));
                }
                Some(())
            }
            Thing::List(items) => {
                let role = match items.first().and_then(Thing::name) {
                    // Its colours may be a text, at one place only (8.6.6.3).
                    Some(b"Indexed" | b"I") if !matches!(role, "ink" | "Differences") => {
                        let is_text = |item: &Thing| matches!(item, Thing::Text(_));
                        let early = items.iter().take(3).any(is_text);
                        (items.len() == 4 && !early).then_some("palette")?
                    }
                    Some(b"ICCBased") => "profile",
                    Some(b"Separation" | b"DeviceN") => "ink",
                    _ => role,
                };
                let numbers = items.iter().filter(|item| matches!(item, Thing::Number(_)));
                if numbers.count() > most_numbers(role) {
                    return None;
                }
                items.iter().try_for_each(|item| match (item, role) {
                    // The dashes of a frame.
                    (Thing::List(_), "Border") => self.thing(item, "D"),
                    _ => self.thing(item, role),
                })
            }
            Thing::Map(entries) => entries.iter().try_for_each(|(key, thing)| {
                let role = KEYS
                    .binary_search_by(|known| known.as_bytes().cmp(key))
                    .ok()
                    .and_then(|index| KEYS.get(index).copied())
                    .filter(|_| role != "CharProcs")
                    .or_else(|| role_of_name(role, key))?;
                self.thing(thing, role)
            }),
        }
    }

    fn stream(&mut self, dict: &Thing, data: &[u8], role: &str) -> Option<()> {
        let Some(Thing::Name(filter)) = dict.key("Filter") else {
            // Symbols that several scanned pages share.
            let shared = role == "JBIG2Globals" && super::formats::is_plain_jbig2(data, true);
            return shared.then_some(());
        };
        let is_picture = dict.key("Subtype").and_then(Thing::name) == Some(b"Image");
        match filter.as_slice() {
            b"FlateDecode" => {
                let plain = self.inflate(data)?;
                if is_picture { Some(()) } else { may_hold(dict, &plain, role) }
            }
            // A picture that is canonical is its own clean copy.
            b"DCTDecode" if is_picture => {
                super::super::jpeg::verify(&mut Cursor::new(data), data, self.limits).ok()
            }
            b"CCITTFaxDecode" if is_picture => Some(()),
            b"JBIG2Decode" if is_picture => {
                super::formats::is_plain_jbig2(data, false).then_some(())
            }
            b"JPXDecode" if is_picture => super::formats::is_plain_jpx(data).then_some(()),
            _ => None,
        }
    }

    /// Inflates a stream, all of it and nothing beyond.
    fn inflate(&mut self, data: &[u8]) -> Option<Vec<u8>> {
        let mut engine = Decompress::new(true);
        let mut plain = Vec::new();
        loop {
            plain.reserve(plain.len().clamp(1 << 12, 1 << 24));
            let used = usize::try_from(engine.total_in()).ok()?;
            let before = plain.len();
            let status =
                engine.decompress_vec(data.get(used..)?, &mut plain, FlushDecompress::None).ok()?;
            if plain.len() > self.left {
                return None;
            }
            if status == Status::StreamEnd {
                break;
            }
            if plain.len() == before && usize::try_from(engine.total_in()).ok()? == used {
                return None;
            }
        }
        self.left -= plain.len();
        (usize::try_from(engine.total_in()).ok()? == data.len()).then_some(plain)
    }
}

/// Whether a name is a letter and a number.
fn is_generated(name: &[u8]) -> bool {
    match name {
        [letter, digits @ ..] => {
            letter.is_ascii_uppercase()
                && !digits.is_empty()
                && digits.iter().all(u8::is_ascii_digit)
        }
        [] => false,
    }
}

/// A colour space of devices, or one that stands for it (8.6.5.6).
pub(super) fn of_device(name: &[u8]) -> bool {
    let kind = name.strip_prefix(b"Default").or_else(|| name.strip_prefix(b"Device"));
    kind.is_some_and(|kind| matches!(kind, b"Gray" | b"RGB" | b"CMYK"))
}

/// Names of resources are a letter and a number, or say a colour space.
fn role_of_name(role: &str, key: &[u8]) -> Option<&'static str> {
    let generated = is_generated(key);
    match role {
        "CharProcs" => Some("glyph"),
        "Font" | "XObject" | "ExtGState" | "Pattern" | "Shading" | "Properties" if generated => {
            Some("named")
        }
        "ColorSpace" if generated || of_device(key) => Some("space"),
        _ => None,
    }
}

fn may_be_named(role: &str, name: &[u8]) -> bool {
    let among = |list: &[&str]| list.iter().any(|known| known.as_bytes() == name);
    match role {
        "Type" => among(TYPES),
        "Subtype" => among(SUBTYPES),
        "S" => among(KINDS),
        "PageMode" => among(&["UseNone", "UseOutlines"]),
        "CMapName" => name == b"Map",
        "FontStretch" => among(STRETCHES),
        // Names of letters, fonts and inks are part of how text is shown and copied.
        "BaseFont" | "FontName" | "Differences" | "ink" => true,
        "Encoding" | "ToUnicode" | "UseCMap" => super::fonts::is_built_in(name),
        _ => among(WORDS) || is_generated(name),
    }
}

/// Whether a number is one of the few that mean something.
fn may_count(role: &str, number: f64) -> bool {
    let known: &[f64] = match role {
        "FormType" => &[1.0],
        "PaintType" | "PatternType" => &[1.0, 2.0],
        "TilingType" => &[1.0, 2.0, 3.0],
        "FunctionType" => &[0.0, 2.0, 3.0, 4.0],
        "ShadingType" => &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
        "WMode" => &[0.0, 1.0],
        "Rotate" => &[90.0, 180.0, 270.0],
        _ => return true,
    };
    known.contains(&number)
}

/// Whether a number has no more places than a measure needs.
#[expect(clippy::cast_possible_truncation, reason = "this is what is looked for")]
fn is_rounded(role: &str, number: f64) -> bool {
    matches!(role, "Length" | "Length1") || (number as f32).to_string().parse() == Ok(number)
}

/// How many numbers a list may hold: more would mean nothing.
fn most_numbers(role: &str) -> usize {
    match role {
        "DW2" => 2,
        "AntiAlias" | "BlackPoint" | "Gamma" | "WhitePoint" => 3,
        "BBox" | "Border" | "C" | "CropBox" | "FontBBox" | "IC" | "L" | "MediaBox" | "RD"
        | "Rect" => 4,
        "Coords" | "FontMatrix" => 6,
        "Matrix" => 9,
        "BC" | "Background" | "C0" | "C1" | "D" | "Matte" | "Size" => 32,
        "Decode" => 68,
        "Domain" | "Mask" | "Range" => 64,
        "Widths" => 256,
        _ => usize::MAX,
    }
}

/// Where words may stand, and which.
fn may_say(role: &str, text: &[u8]) -> bool {
    match role {
        "palette" | "Title" => true,
        "Registry" => text == b"Adobe",
        "FontFamily" => std::str::from_utf8(text)
            .is_ok_and(|text| crate::fonts::known(text).is_some_and(|known| known == text)),
        "Ordering" => text.len() <= 8 && text.iter().all(u8::is_ascii_alphanumeric),
        "Lang" => text.len() <= 11 && text.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-'),
        "Name" => {
            text.strip_prefix(b"Layer ").is_some_and(|number| number.iter().all(u8::is_ascii_digit))
        }
        _ => false,
    }
}

/// What a folded stream may hold, by what it is for.
fn may_hold(dict: &Thing, plain: &[u8], role: &str) -> Option<()> {
    let number = |key| match dict.key(key) {
        Some(Thing::Number(number)) => Some(*number),
        _ => None,
    };
    if role == "profile" {
        return super::super::icc::is_canonical(plain).then_some(());
    }
    if dict.key("BBox").is_some() || matches!(role, "Contents" | "glyph") {
        return super::drawing::is_plain(plain).then_some(());
    }
    match role {
        "FontFile" => super::programs::is_blanked(plain).then_some(()),
        "FontFile2" => only_known_tables(plain),
        "FontFile3" if plain.starts_with(b"OTTO") => only_known_tables(plain),
        "ToUnicode" | "Encoding" | "UseCMap" => super::maps::is_plain(plain).then_some(()),
        _ if number("FunctionType") == Some(4.0) => (!plain.contains(&b'%')).then_some(()),
        // Its letters are compared with the original.
        "FontFile3" if plain.first() == Some(&1) => super::programs::is_compact_plain(plain),
        "FontFile3" => Some(()),
        "CIDToGIDMap" => (plain.len() <= MOST_GLYPHS * 2).then_some(()),
        _ if number("FunctionType").is_some() || number("ShadingType").is_some() => Some(()),
        _ => None,
    }
}

fn only_known_tables(font: &[u8]) -> Option<()> {
    let count = font.get(4..6)?.first_chunk().map(|bytes| u16::from_be_bytes(*bytes))?;
    let directory = font.get(12..12 + usize::from(count) * 16)?;
    directory
        .chunks(16)
        .all(|entry| FONT_TABLES.iter().any(|known| entry.starts_with(known.as_slice())))
        .then_some(())?;
    super::programs::is_cut(font).then_some(())
}
