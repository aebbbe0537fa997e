//! Compares pictures: those of their own and those inside drawings.

use std::io::{Cursor, Read};

use lopdf::{Dictionary, Document, Object, Stream};

use super::drawing::{Drawing, Header, Operand};
use super::lengths;
use super::pages::{Around, OF_DEVICES, Pair, Role, map, value};
use super::unfold::{follow, undo, unfold};

const OF_IMAGES: &[(&str, usize)] = &[
    ("BitsPerComponent", 0),
    ("Decode", 64),
    ("Height", 0),
    ("Matte", 32),
    ("SMaskInData", 0),
    ("Width", 0),
];
const INTENTS: [&str; 4] =
    ["AbsoluteColorimetric", "RelativeColorimetric", "Saturation", "Perceptual"];
const OF_FAX: [&str; 7] =
    ["K", "Columns", "Rows", "EndOfLine", "EncodedByteAlign", "EndOfBlock", "BlackIs1"];
/// Keys of pictures in drawings, short and long, whose values must be the same.
const INLINE: [(&str, &str); 6] = [
    ("W", "Width"),
    ("H", "Height"),
    ("BPC", "BitsPerComponent"),
    ("IM", "ImageMask"),
    ("I", "Interpolate"),
    ("D", "Decode"),
];

impl<'a> Pair<'a> {
    pub(super) fn image(
        &mut self,
        old: &'a Stream,
        new: &'a Stream,
        around: Around<'a>,
    ) -> Option<()> {
        self.same_numbers(&old.dict, &new.dict, OF_IMAGES)?;
        self.same_flags(&old.dict, &new.dict, &["ImageMask", "Interpolate"])?;
        self.same_names(&old.dict, &new.dict, &[("Intent", &INTENTS)])?;
        self.meet_key(Role::Space, &old.dict, &new.dict, "ColorSpace", around)?;
        self.samples(old, new, around)
    }

    /// A mask: one of its colours is as good as a shade of grey.
    pub(super) fn mask(
        &mut self,
        old: &'a Stream,
        new: &'a Stream,
        around: Around<'a>,
    ) -> Option<()> {
        let (given, copy) = (self.given, self.copy);
        let grey =
            match (value(given, &old.dict, "ColorSpace"), value(copy, &new.dict, "ColorSpace")) {
                (Some(Object::Array(space)), Some(Object::Name(grey))) if grey == b"DeviceGray" => {
                    let family = follow(given, space.first()?).as_name().ok()?;
                    matches!(family, b"ICCBased" | b"CalGray")
                        && lengths::colours(given, value(given, &old.dict, "ColorSpace")?)
                            == Some(1)
                }
                _ => false,
            };
        if !grey {
            return self.image(old, new, around);
        }
        self.same_numbers(&old.dict, &new.dict, OF_IMAGES)?;
        self.same_flags(&old.dict, &new.dict, &["ImageMask", "Interpolate"])?;
        self.samples(old, new, around)
    }

    fn samples(&mut self, old: &'a Stream, new: &'a Stream, around: Around<'a>) -> Option<()> {
        let (given, copy) = (self.given, self.copy);
        self.meet_key(Role::Mask, &old.dict, &new.dict, "SMask", around)?;
        match (value(given, &old.dict, "Mask"), value(copy, &new.dict, "Mask")) {
            (Some(Object::Array(_)), _) | (_, Some(Object::Array(_))) => {
                self.same_numbers(&old.dict, &new.dict, &[("Mask", 64)])?;
            }
            (old, new) => self.meet_both(Role::Mask, old, new, around)?,
        }
        let most = usize::try_from(self.limits.inflated_total).ok()?;
        let before = unfold(given, old, most)?;
        let after = unfold(copy, new, most)?;
        self.left = self.left.checked_sub(before.data.len())?;
        match before.codec {
            b"DCTDecode" | b"DCT" => {
                let turned = is_turned(copy, after.parameters);
                (is_turned(given, before.parameters) == turned).then_some(())?;
                let side = |key| Some(f64::from(value(copy, &new.dict, key)?.as_float().ok()?));
                shows_whole(&new.content, side("Width")?, side("Height")?).then_some(())?;
                super::super::jpeg::verify(
                    &mut Cursor::new(&before.data),
                    &new.content,
                    self.limits,
                )
                .ok()
            }
            b"CCITTFaxDecode" | b"CCF" => {
                same_fax(given, before.parameters, copy, after.parameters)?;
                (before.data == new.content).then_some(())
            }
            // Whole segments and boxes are left out of these: what is left of them
            // stands in the original in the same order.
            b"JBIG2Decode" => {
                let shared = |doc, dict: Option<&'a Dictionary>| value(doc, dict?, "JBIG2Globals");
                match (shared(given, before.parameters), shared(copy, after.parameters)) {
                    (Some(Object::Stream(old)), Some(Object::Stream(new))) => {
                        super::formats::same_shared(&self.plain(given, old)?, &new.content)?;
                    }
                    (None, None) => {}
                    _ => return None,
                }
                super::formats::same_jbig2(&before.data, &new.content)
            }
            b"JPXDecode" => super::formats::same_tiles(&before.data, &new.content),
            _ => {
                after.codec.is_empty().then_some(())?;
                let (row, rows) = lengths::picture(copy, new)?;
                lengths::same_rows(&before.data, &after.data, row).then_some(())?;
                // Bytes may be missing only where they were missing before.
                let counted = row.div_ceil(8).checked_mul(rows)?;
                (after.data.len() == before.data.len().min(counted)).then_some(())
            }
        }
    }

    /// Compares two pictures inside drawings and moves behind both.
    pub(super) fn same_picture(
        &mut self,
        old: &mut Drawing<'_>,
        new: &mut Drawing<'_>,
        around: Around<'a>,
    ) -> Option<()> {
        let before = old.picture_header()?;
        let (after, letters) = new.plain_picture()?;
        for (short, long) in INLINE {
            (find(&before, short, long) == find(&after, short, long)).then_some(())?;
        }
        match (find(&before, "CS", "ColorSpace"), find(&after, "CS", "ColorSpace")) {
            (Some(Operand::Name(old)), Some(Operand::Name(new))) => {
                if !(old == new && OF_DEVICES.contains(&old.as_slice())) {
                    self.named(b'K', old, new, around)?;
                }
            }
            (Some(Operand::List(old)), Some(Operand::List(new))) => same_palette(old, new)?,
            (None, None) => {}
            _ => return None,
        }
        let (pixels, codec) = pixels_of(&after, letters, self.most)?;
        let row = self.row_of(&after, around)?;
        let filters = filters(&before)?;
        let Some(first) = filters.first() else {
            lengths::same_rows(old.rest(), &pixels, row).then_some(())?;
            return end_of_picture(old, pixels.len());
        };
        let given = old.rest();
        let length = match first.as_slice() {
            b"Fl" | b"FlateDecode" => inflated(given, self.most).unwrap_or_default(),
            _ => 0,
        };
        end_of_picture(old, length)?;
        let end = given.len() - old.rest().len() - 2;
        let empty = Document::new();
        let mut data = given.get(..end)?.to_vec();
        let mut formats = filters.iter().enumerate().peekable();
        while let Some((place, name)) = formats.peek()
            && let Some(plain) =
                undo(&empty, name, parameters(&before, *place).as_ref(), &data, self.most)
        {
            data = plain;
            formats.next();
        }
        let last = formats.next();
        if formats.next().is_some() {
            return None;
        }
        let Some((place, name)) = last else {
            return (codec == b"Fl" && lengths::same_rows(&data, &pixels, row)).then_some(());
        };
        // Ours are behind the letters in which the data are written.
        let (old, new) = (parameters(&before, place), parameters(&after, 1));
        match (name.as_slice(), codec) {
            (b"CCF" | b"CCITTFaxDecode", b"CCF") => {
                same_fax(&empty, old.as_ref(), &empty, new.as_ref())?;
                data.starts_with(&pixels).then_some(())
            }
            (b"DCT" | b"DCTDecode", b"DCT") => {
                let same = is_turned(&empty, old.as_ref()) == is_turned(&empty, new.as_ref());
                let side = |short, long| match find(&after, short, long) {
                    Some(Operand::Number(side)) => Some(*side),
                    _ => None,
                };
                (same && shows_whole(&pixels, side("W", "Width")?, side("H", "Height")?))
                    .then_some(())?;
                super::super::jpeg::verify(&mut Cursor::new(&data), &pixels, self.limits).ok()
            }
            _ => None,
        }
    }
}

/// Whether the colours of a JPEG are turned, if the document says so (7.4.8).
fn is_turned(doc: &Document, parameters: Option<&Dictionary>) -> Option<bool> {
    let transform = value(doc, parameters?, "ColorTransform")?.as_i64().ok()?;
    (transform >= 0).then_some(transform != 0)
}

/// Whether a JPEG has no pixels beyond the size that the document says.
fn shows_whole(jpeg: &[u8], width: f64, height: f64) -> bool {
    super::super::jpeg::size(jpeg)
        .is_some_and(|(columns, rows)| f64::from(columns) <= width && f64::from(rows) <= height)
}

/// What is said about the filter at a place.
fn parameters(header: &Header, place: usize) -> Option<Dictionary> {
    let entries = match find(header, "DP", "DecodeParms")? {
        Operand::Map(entries) if place == 0 => entries,
        Operand::List(items) => match items.get(place)? {
            Operand::Map(entries) => entries,
            _ => return None,
        },
        _ => return None,
    };
    let mut parameters = Dictionary::new();
    for (key, value) in entries {
        let value = match value {
            Operand::Number(number) => format!("{number:.0}").parse().map(Object::Integer).ok()?,
            Operand::Flag(flag) => Object::Boolean(*flag),
            _ => continue,
        };
        parameters.set(key.clone(), value);
    }
    Some(parameters)
}

impl<'a> Pair<'a> {
    /// Bits of a row of a picture inside a drawing; of coded ones it does not matter.
    fn row_of(&self, header: &Header, around: Around<'a>) -> Option<usize> {
        let number = |short, long| match find(header, short, long) {
            Some(Operand::Number(number)) => format!("{number:.0}").parse().ok(),
            _ => None,
        };
        let width: usize = number("W", "Width")?;
        let colours = match find(header, "CS", "ColorSpace") {
            // A stencil, or a format that knows its colours.
            None => return Some(width),
            Some(Operand::List(_)) => 1,
            Some(Operand::Name(name)) => {
                let spaces = |resources| map(self.copy, resources, "ColorSpace");
                let named = around.new.and_then(spaces).and_then(|spaces| spaces.get(name).ok());
                let device = Object::Name(name.clone());
                match named {
                    Some(space) => lengths::colours(self.copy, follow(self.copy, space))?,
                    None => lengths::colours(self.copy, &device).unwrap_or(1),
                }
            }
            Some(_) => return None,
        };
        width.checked_mul(colours)?.checked_mul(number("BPC", "BitsPerComponent")?)
    }
}

fn same_fax(
    given: &Document,
    old: Option<&Dictionary>,
    copy: &Document,
    new: Option<&Dictionary>,
) -> Option<()> {
    let read = |doc, dict: Option<&Dictionary>, key: &str| match value(doc, dict?, key)? {
        Object::Boolean(flag) => Some(f32::from(u8::from(*flag))),
        number => number.as_float().ok(),
    };
    OF_FAX.iter().all(|key| read(given, old, key) == read(copy, new, key)).then_some(())
}

fn find<'h>(header: &'h Header, short: &str, long: &str) -> Option<&'h Operand> {
    let found = header
        .iter()
        .rev()
        .find(|(key, _)| [short.as_bytes(), long.as_bytes()].contains(&key.as_slice()));
    found.map(|(_, value)| value)
}

/// Colours of a picture in a drawing: a word, a space of a device, a number, a text.
fn same_palette(old: &[Operand], new: &[Operand]) -> Option<()> {
    let ([_, base, last, Operand::Text(colours)], [_, same_base, same_last, Operand::Text(kept)]) =
        (old, new)
    else {
        return None;
    };
    (base == same_base && last == same_last && colours.starts_with(kept)).then_some(())?;
    let channels = match base {
        Operand::Name(name) if matches!(name.as_slice(), b"G" | b"DeviceGray") => 1,
        Operand::Name(name) if matches!(name.as_slice(), b"RGB" | b"DeviceRGB") => 3,
        _ => 4,
    };
    let counted = match last {
        Operand::Number(last) => format!("{last:.0}").parse::<usize>().ok()?.checked_add(1)?,
        _ => return None,
    };
    (kept.len() == colours.len().min(counted.checked_mul(channels)?)).then_some(())
}

fn filters(header: &Header) -> Option<Vec<Vec<u8>>> {
    let name = |operand: &Operand| match operand {
        Operand::Name(name) => Some(name.clone()),
        _ => None,
    };
    match find(header, "F", "Filter") {
        None => Some(Vec::new()),
        Some(Operand::List(items)) => items.iter().map(name).collect(),
        Some(single) => Some(vec![name(single)?]),
    }
}

/// How many bytes of `data` make up the compressed picture they begin with.
fn inflated(data: &[u8], most: usize) -> Option<usize> {
    let mut decoder = flate2::bufread::DeflateDecoder::new(data.get(2..)?);
    let mut plain = Vec::new();
    decoder.by_ref().take(u64::try_from(most).ok()?).read_to_end(&mut plain).ok()?;
    let read = usize::try_from(decoder.total_in()).ok()?;
    Some(read.checked_add(6)?.min(data.len()))
}

/// The pixels of a picture of the copy, and the format in which they still are.
fn pixels_of<'h>(header: &'h Header, letters: &[u8], most: usize) -> Option<(Vec<u8>, &'h [u8])> {
    let (_, Operand::List(filters)) = header.iter().find(|(key, _)| key == b"F")? else {
        return None;
    };
    let inner = match filters.as_slice() {
        [Operand::Name(outer), Operand::Name(inner)] if outer == b"A85" => inner,
        _ => return None,
    };
    let empty = Document::new();
    let bytes = undo(&empty, b"A85", None, letters, most)?;
    let pixels = if inner == b"Fl" { undo(&empty, b"Fl", None, &bytes, most)? } else { bytes };
    Some((pixels, inner))
}

/// Moves behind the EI that ends a picture, at least `from` bytes on.
fn end_of_picture(drawing: &mut Drawing<'_>, from: usize) -> Option<()> {
    const BEHIND: usize = 16;
    let rest = drawing.rest();
    let blank = |byte: &u8| b"\0\t\n\x0c\r ".contains(byte);
    let visible = |byte: &u8| (b' '..=b'~').contains(byte) || b"\t\n\x0c\r".contains(byte);
    let end = (from..rest.len()).find(|&at| {
        let letters = rest.get(at..at + 2) == Some(b"EI");
        let before = at == from || at.checked_sub(1).and_then(|at| rest.get(at)).is_some_and(blank);
        let behind = rest.get(at + 2..).unwrap_or_default();
        letters
            && before
            && behind.first().is_none_or(blank)
            && behind.iter().take(BEHIND).all(visible)
    })?;
    drawing.advance(end + 2);
    Some(())
}
