//! Puts the copy beside the original, page by page.

use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::drawing::{Act, Drawing, Operand};
use crate::Limits;

struct Pair<'a> {
    given: &'a Document,
    copy: &'a Document,
    limits: &'a Limits,
    most: usize,
    left: usize,
    /// New names by old, and old by new: neither may stand for two.
    renamed: HashMap<(u8, Vec<u8>), Vec<u8>>,
    origins: HashMap<(u8, Vec<u8>), Vec<u8>>,
    compared: HashSet<(ObjectId, ObjectId)>,
    waiting: Vec<(ObjectId, ObjectId)>,
}

/// Compares all pages and all that they draw.
pub(super) fn compare(
    given: &Document,
    copy: &Document,
    count: usize,
    limits: &Limits,
) -> Option<()> {
    let pages: Vec<_> = given.page_iter().zip(copy.page_iter()).collect();
    if given.page_iter().count() != count || copy.page_iter().count() != count {
        return None;
    }
    let mut pair = Pair {
        given,
        copy,
        limits,
        most: usize::try_from(limits.inflated_stream).ok()?,
        left: usize::try_from(limits.inflated_total).ok()?.saturating_mul(4),
        renamed: HashMap::new(),
        origins: HashMap::new(),
        compared: HashSet::new(),
        waiting: Vec::new(),
    };
    for (old, new) in pages {
        pair.page(old, new)?;
        while let Some((old, new)) = pair.waiting.pop() {
            pair.object(old, new)?;
        }
    }
    Some(())
}

fn follow<'a>(doc: &'a Document, object: &'a Object) -> &'a Object {
    doc.dereference(object).map_or(&Object::Null, |(_, object)| object)
}

fn value<'a>(doc: &'a Document, dict: &'a Dictionary, key: &str) -> Option<&'a Object> {
    Some(follow(doc, dict.get(key.as_bytes()).ok()?)).filter(|object| !object.is_null())
}

fn map<'a>(doc: &'a Document, dict: &'a Dictionary, key: &str) -> Option<&'a Dictionary> {
    value(doc, dict, key)?.as_dict().ok()
}

/// A value of a page, or of the nearest node above that has it.
fn inherited<'a>(doc: &'a Document, page: &'a Dictionary, key: &str) -> Option<&'a Object> {
    let mut node = page;
    for _ in 0..64 {
        if let Some(found) = value(doc, node, key) {
            return Some(found);
        }
        node = map(doc, node, "Parent")?;
    }
    None
}

impl<'a> Pair<'a> {
    fn page(&mut self, old: ObjectId, new: ObjectId) -> Option<()> {
        let (given, copy) = (self.given, self.copy);
        let (old, new) = (given.get_dictionary(old).ok()?, copy.get_dictionary(new).ok()?);
        for key in ["MediaBox", "CropBox", "Rotate"] {
            let same = match (inherited(given, old, key), value(copy, new, key)) {
                (None, None) => true,
                (Some(old), Some(new)) => same_numbers(given, old, new),
                // A value that is no number shows nothing.
                (Some(old), None) => numbers(given, old).is_none(),
                (None, Some(_)) => false,
            };
            if !same {
                return None;
            }
        }
        let before = self.contents(given, old)?;
        let after = self.contents(copy, new)?;
        let resources = |doc, page| inherited(doc, page, "Resources")?.as_dict().ok();
        self.drawing(&before, &after, resources(given, old), resources(copy, new))
    }

    fn contents(&mut self, doc: &'a Document, page: &'a Dictionary) -> Option<Vec<u8>> {
        let mut joined = Vec::new();
        let parts: Vec<&Object> = match value(doc, page, "Contents") {
            None => return Some(joined),
            Some(Object::Array(parts)) => parts.iter().map(|part| follow(doc, part)).collect(),
            Some(part) => vec![part],
        };
        for part in parts {
            if let Object::Stream(stream) = part {
                joined.extend(self.plain(doc, stream)?);
                joined.push(b'\n');
            }
        }
        Some(joined)
    }

    fn plain(&mut self, doc: &Document, stream: &Stream) -> Option<Vec<u8>> {
        let plain = unfolded(&direct(doc, stream), self.most)?;
        self.left = self.left.checked_sub(plain.len())?;
        Some(plain)
    }

    /// Operator by operator.
    fn drawing(
        &mut self,
        old: &[u8],
        new: &[u8],
        old_resources: Option<&'a Dictionary>,
        new_resources: Option<&'a Dictionary>,
    ) -> Option<()> {
        let (mut old, mut new) = (Drawing::new(old), Drawing::new(new));
        loop {
            match (old.next_act(), new.next_act()) {
                (None, None) => return Some(()),
                (Some(before), Some(after)) => {
                    if before.operator != after.operator {
                        return None;
                    }
                    if before.operator == b"BI" {
                        same_picture(&mut old, &mut new, self.most)?;
                    } else {
                        self.act(&before, &after, old_resources, new_resources)?;
                    }
                }
                _ => return None,
            }
        }
    }

    fn act(
        &mut self,
        before: &Act,
        after: &Act,
        old_resources: Option<&'a Dictionary>,
        new_resources: Option<&'a Dictionary>,
    ) -> Option<()> {
        if before.operands.len() != after.operands.len() {
            return None;
        }
        let class = match before.operator.as_slice() {
            b"Tf" => b'F',
            b"Do" => b'X',
            b"gs" => b'S',
            b"CS" | b"cs" => b'K',
            b"SCN" | b"scn" | b"SC" | b"sc" => b'P',
            b"sh" => b'H',
            b"BDC" => b'L',
            _ => b' ',
        };
        for (old, new) in before.operands.iter().zip(&after.operands) {
            match (old, new) {
                (Operand::Name(old), Operand::Name(new)) if class != b' ' => {
                    if !(old == new && (class == b'K' || old == b"OC")) {
                        self.rename(class, old, new)?;
                    }
                    if class == b'X' {
                        self.meet(old, new, old_resources, new_resources);
                    }
                }
                (Operand::List(old), Operand::List(new)) => {
                    let shown = |item: &&Operand| match before.operator.as_slice() {
                        b"TJ" => matches!(item, Operand::Number(_) | Operand::Text(_)),
                        _ => matches!(item, Operand::Number(_)),
                    };
                    let same = old.iter().filter(shown).eq(new.iter());
                    same.then_some(())?;
                }
                _ => (old == new).then_some(())?,
            }
        }
        Some(())
    }

    fn rename(&mut self, class: u8, old: &[u8], new: &[u8]) -> Option<()> {
        let known = self.renamed.entry((class, old.to_vec())).or_insert_with(|| new.to_vec());
        let origin = self.origins.entry((class, new.to_vec())).or_insert_with(|| old.to_vec());
        (known == new && origin == old).then_some(())
    }

    /// Two pictures or drawings that are drawn at the same place.
    fn meet(
        &mut self,
        old: &[u8],
        new: &[u8],
        old_resources: Option<&'a Dictionary>,
        new_resources: Option<&'a Dictionary>,
    ) {
        let find = |doc: &'a Document, resources: Option<&'a Dictionary>, name: &[u8]| {
            map(doc, resources?, "XObject")?.get(name).ok()?.as_reference().ok()
        };
        let old = find(self.given, old_resources, old);
        let new = find(self.copy, new_resources, new);
        if let (Some(old), Some(new)) = (old, new)
            && self.compared.insert((old, new))
        {
            self.waiting.push((old, new));
        }
    }

    fn object(&mut self, old: ObjectId, new: ObjectId) -> Option<()> {
        let (given, copy) = (self.given, self.copy);
        let new = copy.get_object(new).ok()?.as_stream().ok()?;
        let (_, old) = given.dereference(given.get_object(old).ok()?).ok()?;
        let old = old.as_stream().ok()?;
        for key in ["Subtype", "Width", "Height", "BBox", "Matrix"] {
            let same = match (value(given, &old.dict, key), value(copy, &new.dict, key)) {
                (Some(Object::Name(old)), Some(Object::Name(new))) => old == new,
                (Some(old), Some(new)) => same_numbers(given, old, new),
                (old, None) => old.is_none() || key == "Matrix",
                (None, Some(_)) => false,
            };
            same.then_some(())?;
        }
        if new.dict.get(b"Subtype").is_ok_and(|name| name.as_name().is_ok_and(|n| n == b"Image")) {
            return self.image(old, new);
        }
        let before = self.plain(given, old)?;
        let after = self.plain(copy, new)?;
        self.drawing(
            &before,
            &after,
            map(given, &old.dict, "Resources"),
            map(copy, &new.dict, "Resources"),
        )
    }

    fn image(&mut self, old: &Stream, new: &Stream) -> Option<()> {
        let old = direct(self.given, old);
        let filters = old.filters().unwrap_or_default();
        let codec = filters.last().copied().unwrap_or_default();
        let most = usize::try_from(self.limits.inflated_total).ok()?;
        let before = decoded_before_codec(&old, most)?;
        self.left = self.left.checked_sub(before.len())?;
        match codec {
            b"DCTDecode" | b"DCT" => {
                super::super::jpeg::verify(&mut Cursor::new(&before), &new.content, self.limits)
                    .ok()
            }
            b"CCITTFaxDecode" | b"CCF" => (before == new.content).then_some(()),
            // Whole segments and boxes are left out of these: what is left of them
            // stands in the original in the same order.
            b"JBIG2Decode" => is_part(&new.content, &before),
            b"JPXDecode" => Some(()),
            _ => {
                let after = unfolded(new, most)?;
                before.starts_with(&after).then_some(())
            }
        }
    }
}

/// A copy of a stream whose filters and their parameters stand in place.
fn direct(doc: &Document, stream: &Stream) -> Stream {
    let mut copy = stream.clone();
    for key in ["Filter", "DecodeParms"] {
        let Ok(object) = stream.dict.get(key.as_bytes()) else { continue };
        let object = match follow(doc, object) {
            Object::Array(items) => {
                Object::Array(items.iter().map(|item| parameters(doc, follow(doc, item))).collect())
            }
            single => parameters(doc, single),
        };
        copy.dict.set(key, object);
    }
    copy
}

/// Numbers in place of references to them, and long names of filters.
fn parameters(doc: &Document, object: &Object) -> Object {
    match object {
        Object::Dictionary(dict) => {
            let mut plain = Dictionary::new();
            for (key, object) in dict {
                plain.set(key.clone(), follow(doc, object).clone());
            }
            Object::Dictionary(plain)
        }
        Object::Name(name) => Object::Name({
            let long: &[u8] = match name.as_slice() {
                b"Fl" => b"FlateDecode",
                b"LZW" => b"LZWDecode",
                b"A85" => b"ASCII85Decode",
                b"AHx" => b"ASCIIHexDecode",
                b"RL" => b"RunLengthDecode",
                other => other,
            };
            long.to_vec()
        }),
        other => other.clone(),
    }
}

/// Unfolds a picture up to its picture format, if it has one.
fn decoded_before_codec(stream: &Stream, most: usize) -> Option<Vec<u8>> {
    const CODECS: [&[u8]; 6] =
        [b"DCTDecode", b"DCT", b"CCITTFaxDecode", b"CCF", b"JPXDecode", b"JBIG2Decode"];
    let filters = stream.filters().unwrap_or_default();
    let general: Vec<Object> = filters
        .iter()
        .filter(|filter| !CODECS.contains(filter) && **filter != b"Crypt")
        .map(|filter| Object::Name(filter.to_vec()))
        .collect();
    if general.is_empty() {
        return Some(stream.content.clone());
    }
    let mut plain = stream.clone();
    plain.dict.set("Filter", Object::Array(general));
    unfolded(&plain, most)
}

/// Unfolds a stream. Where the checksum at the end of its data is wrong, the library
/// leaves out the last part, which viewers show; so the outermost folding is undone
/// here, and only what is left of the work is given to the library.
fn unfolded(stream: &Stream, most: usize) -> Option<Vec<u8>> {
    let filters = stream.filters().unwrap_or_default();
    if filters.first() != Some(&b"FlateDecode".as_slice()) || stream.content.len() < 2 {
        return stream.get_plain_content_with_limit(most).ok();
    }
    let plain = without_checksum(stream.content.get(2..)?, most)?;
    let predicted = stream.dict.has(b"DecodeParms");
    if filters.len() == 1 && !predicted {
        return Some(plain);
    }
    let mut stored = ZlibEncoder::new(Vec::new(), Compression::none());
    stored.write_all(&plain).ok()?;
    let mut rest = stream.clone();
    rest.content = stored.finish().ok()?;
    rest.get_plain_content_with_limit(most).ok()
}

/// Inflates as far as the data go.
fn without_checksum(data: &[u8], most: usize) -> Option<Vec<u8>> {
    let limit = u64::try_from(most).ok()?.checked_add(1)?;
    let mut plain = Vec::new();
    let outcome = DeflateDecoder::new(data).take(limit).read_to_end(&mut plain);
    let cut_off = |error: &std::io::Error| error.kind() == std::io::ErrorKind::UnexpectedEof;
    let readable = outcome.as_ref().map_or_else(cut_off, |_| true);
    (readable && plain.len() <= most).then_some(plain)
}

/// Whether `part` is `whole` with pieces left out.
fn is_part(part: &[u8], whole: &[u8]) -> Option<()> {
    let mut rest = whole.iter();
    part.iter().all(|byte| rest.any(|other| other == byte)).then_some(())
}

fn numbers(doc: &Document, object: &Object) -> Option<Vec<f32>> {
    match object {
        Object::Array(items) => {
            items.iter().map(|item| follow(doc, item).as_float().ok()).collect()
        }
        single => single.as_float().ok().map(|number| vec![number]),
    }
}

fn same_numbers(doc: &Document, old: &Object, new: &Object) -> bool {
    // The copy holds no references to numbers.
    numbers(doc, old).is_some_and(|old| numbers(doc, new).is_some_and(|new| old == new))
}

/// Compares two pictures inside drawings and moves behind both.
fn same_picture(old: &mut Drawing<'_>, new: &mut Drawing<'_>, most: usize) -> Option<()> {
    let before = old.picture_header()?;
    let (after, letters) = new.plain_picture()?;
    for (short, long) in [("W", "Width"), ("H", "Height"), ("BPC", "BitsPerComponent")] {
        let find = |header: &[(Vec<u8>, Operand)]| {
            let found = header
                .iter()
                .rev()
                .find(|(key, _)| [short.as_bytes(), long.as_bytes()].contains(&key.as_slice()));
            found.map(|(_, value)| value.clone())
        };
        (find(&before) == find(&after)).then_some(())?;
    }
    let filter = before.iter().rev().find(|(key, _)| key == b"F" || key == b"Filter");
    let first = match filter.map(|(_, value)| value) {
        None => None,
        Some(Operand::List(items)) => items.first(),
        Some(single) => Some(single),
    };
    let length = match first {
        None => {
            let pixels = pixels_of(&after, letters, most)?;
            old.rest().starts_with(&pixels).then_some(())?;
            pixels.len()
        }
        Some(_) => 0,
    };
    end_of_picture(old, length)
}

/// The pixels of a picture of the copy.
fn pixels_of(header: &[(Vec<u8>, Operand)], letters: &[u8], most: usize) -> Option<Vec<u8>> {
    let (_, Operand::List(filters)) = header.iter().find(|(key, _)| key == b"F")? else {
        return None;
    };
    let inner = match filters.as_slice() {
        [Operand::Name(outer), Operand::Name(inner)] if outer == b"A85" => inner,
        _ => return None,
    };
    let mut dict = Dictionary::new();
    dict.set("Filter", Object::Name(b"ASCII85Decode".to_vec()));
    let marked = [letters, b"~>"].concat();
    let bytes = Stream::new(dict, marked).get_plain_content_with_limit(most).ok()?;
    if inner != b"Fl" {
        return Some(bytes);
    }
    let mut pixels = Vec::new();
    let most = u64::try_from(most).ok()?;
    flate2::read::ZlibDecoder::new(bytes.as_slice()).take(most).read_to_end(&mut pixels).ok()?;
    Some(pixels)
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
