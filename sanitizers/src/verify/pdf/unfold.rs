//! Unfolds streams, those of the original and those of the copy.
//!
//! The library that reads the objects for both readers stops without a word where data
//! are not as it expects them, and two readers that stop at the same place agree. So
//! the filters are undone here by code of this module alone; only predictors are left
//! to the library.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, Stream};

/// Formats of pictures, which are not undone here.
const CODECS: [&[u8]; 6] =
    [b"DCTDecode", b"DCT", b"CCITTFaxDecode", b"CCF", b"JPXDecode", b"JBIG2Decode"];

/// Data up to a picture format.
pub(super) struct Unfolded<'a> {
    pub(super) data: Vec<u8>,
    pub(super) codec: &'a [u8],
    pub(super) parameters: Option<&'a Dictionary>,
}

/// Follows a reference; a reference to nothing is null.
pub(super) fn follow<'a>(doc: &'a Document, object: &'a Object) -> &'a Object {
    doc.dereference(object).map_or(&Object::Null, |(_, object)| object)
}

fn list<'a>(doc: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Vec<&'a Object> {
    match dict.get(key).map(|object| follow(doc, object)) {
        Err(_) | Ok(Object::Null) => Vec::new(),
        Ok(Object::Array(items)) => items.iter().map(|item| follow(doc, item)).collect(),
        Ok(single) => vec![single],
    }
}

/// Unfolds a stream up to its picture format, if it has one.
pub(super) fn unfold<'a>(
    doc: &'a Document,
    stream: &'a Stream,
    most: usize,
) -> Option<Unfolded<'a>> {
    let parameters = list(doc, &stream.dict, b"DecodeParms");
    let mut data = stream.content.clone();
    let mut last: (&[u8], Option<&Dictionary>) = (b"", None);
    for (index, name) in list(doc, &stream.dict, b"Filter").into_iter().enumerate() {
        let given = parameters.get(index).and_then(|object| object.as_dict().ok());
        let name = name.as_name().ok()?;
        if !last.0.is_empty() {
            return None;
        }
        if CODECS.contains(&name) {
            last = (name, given);
        } else if name != b"Crypt" {
            data = undo(doc, name, given, &data, most)?;
        }
    }
    Some(Unfolded { data, codec: last.0, parameters: last.1 })
}

/// Undoes one filter that is no picture format.
pub(super) fn undo(
    doc: &Document,
    name: &[u8],
    parameters: Option<&Dictionary>,
    data: &[u8],
    most: usize,
) -> Option<Vec<u8>> {
    let number =
        |key: &[u8]| parameters.and_then(|dict| follow(doc, dict.get(key).ok()?).as_i64().ok());
    let plain = match name {
        // Shorter than a header is nothing at all.
        b"FlateDecode" | b"Fl" => inflate(data.get(2..).unwrap_or_default(), most)?,
        b"LZWDecode" | b"LZW" => lzw(data, number(b"EarlyChange") != Some(0), most)?,
        b"ASCII85Decode" | b"A85" => return ascii85(data),
        b"ASCIIHexDecode" | b"AHx" => return hex(data),
        b"RunLengthDecode" | b"RL" => return runs(data, most),
        _ => return None,
    };
    if number(b"Predictor").is_none_or(|predictor| predictor <= 1) {
        return Some(plain);
    }
    let mut given = Dictionary::new();
    for key in ["Predictor", "Colors", "BitsPerComponent", "Columns"] {
        if let Some(value) = number(key.as_bytes()) {
            given.set(key, Object::Integer(value));
        }
    }
    let mut stored = ZlibEncoder::new(Vec::new(), Compression::none());
    stored.write_all(&plain).ok()?;
    let mut dict = Dictionary::new();
    dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
    dict.set("DecodeParms", Object::Dictionary(given));
    Stream::new(dict, stored.finish().ok()?).get_plain_content_with_limit(most).ok()
}

/// Inflates as far as the data go, whatever the checksum behind them says: so do viewers.
fn inflate(data: &[u8], most: usize) -> Option<Vec<u8>> {
    let limit = u64::try_from(most).ok()?.checked_add(1)?;
    let mut plain = Vec::new();
    let outcome = DeflateDecoder::new(data).take(limit).read_to_end(&mut plain);
    let cut_off = |error: &std::io::Error| error.kind() == std::io::ErrorKind::UnexpectedEof;
    let readable = outcome.as_ref().map_or_else(cut_off, |_| true);
    (readable && plain.len() <= most).then_some(plain)
}

fn is_blank(byte: u8) -> bool {
    b"\0\t\n\x0c\r ".contains(&byte)
}

/// Five letters for four bytes (7.4.3).
fn ascii85(data: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    let mut group: Vec<u8> = Vec::new();
    let data = data.trim_ascii_start();
    for &byte in data.strip_prefix(b"<~").unwrap_or(data) {
        match byte {
            b'!'..=b'u' => group.push(byte - b'!'),
            b'z' if group.is_empty() => plain.extend([0; 4]),
            b'~' => break,
            _ if is_blank(byte) => {}
            _ => return None,
        }
        if group.len() == 5 {
            plain.extend(four(&group)?);
            group.clear();
        }
    }
    if group.len() > 1 {
        let bytes = group.len() - 1;
        group.resize(5, 84);
        plain.extend(four(&group)?.iter().take(bytes));
    }
    Some(plain)
}

fn four(group: &[u8]) -> Option<[u8; 4]> {
    let value = group.iter().fold(0u64, |value, &digit| value * 85 + u64::from(digit));
    u32::try_from(value).ok().map(u32::to_be_bytes)
}

fn hex(data: &[u8]) -> Option<Vec<u8>> {
    let mut digits = Vec::new();
    for &byte in data.iter().take_while(|byte| **byte != b'>').filter(|byte| !is_blank(**byte)) {
        digits.push(u8::try_from(char::from(byte).to_digit(16)?).ok()?);
    }
    if digits.len() % 2 == 1 {
        digits.push(0);
    }
    Some(
        digits.chunks(2).map(|pair| pair.iter().fold(0, |value, half| value << 4 | half)).collect(),
    )
}

fn runs(data: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    let mut rest = data;
    while let Some((&count, after)) = rest.split_first() {
        rest = match count {
            0..=127 => {
                let bytes = (usize::from(count) + 1).min(after.len());
                let (run, after) = after.split_at_checked(bytes)?;
                plain.extend_from_slice(run);
                after
            }
            128 => break,
            _ => match after.split_first() {
                Some((&byte, after)) => {
                    plain.resize(plain.len() + 257 - usize::from(count), byte);
                    after
                }
                None => break,
            },
        };
        if plain.len() > most {
            return None;
        }
    }
    Some(plain)
}

/// Codes of growing width for texts that occurred before (7.4.4.2). A code that stands
/// for nothing yet ends the data for some viewers and not for others: that is no copy.
fn lzw(data: &[u8], early: bool, most: usize) -> Option<Vec<u8>> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    const FIRST: usize = 258;
    const FULL: usize = 4096;
    let mut plain: Vec<u8> = Vec::new();
    // Each text stands somewhere in what was written: start and length.
    let mut texts: Vec<(usize, usize)> = Vec::new();
    let mut before: Option<(usize, usize)> = None;
    let (mut at, mut width) = (0usize, 9usize);
    while let Some(code) = code(data, at, width) {
        at += width;
        if code == END {
            break;
        }
        if code == CLEAR {
            texts.clear();
            (before, width) = (None, 9);
            continue;
        }
        if let Some((start, length)) = before
            && FIRST + texts.len() < FULL
        {
            texts.push((start, length + 1));
        }
        let start = plain.len();
        match code.checked_sub(FIRST) {
            None => plain.push(u8::try_from(code).ok()?),
            Some(index) => {
                let (from, length) = *texts.get(index)?;
                for place in from..from + length {
                    plain.push(*plain.get(place)?);
                }
            }
        }
        if plain.len() > most {
            return None;
        }
        before = Some((start, plain.len() - start));
        width = match FIRST + texts.len() + usize::from(early) {
            2048.. => 12,
            1024.. => 11,
            512.. => 10,
            _ => 9,
        };
    }
    Some(plain)
}

/// The bits from `at` on, if there are as many.
fn code(data: &[u8], at: usize, width: usize) -> Option<usize> {
    let bytes = data.get(at / 8..(at + width).div_ceil(8))?;
    let value = bytes.iter().fold(0usize, |value, &byte| value << 8 | usize::from(byte));
    Some(value >> (bytes.len() * 8 - at % 8 - width) & ((1 << width) - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: usize = 1 << 20;

    fn packed(codes: &[usize]) -> Vec<u8> {
        let mut bits: Vec<usize> =
            codes.iter().flat_map(|code| (0..9).rev().map(move |bit| code >> bit & 1)).collect();
        bits.resize(bits.len().next_multiple_of(8), 0);
        let byte = |bits: &[usize]| bits.iter().fold(0, |value, bit| value << 1 | bit);
        bits.chunks(8).map(|bits| u8::try_from(byte(bits)).unwrap()).collect()
    }

    #[test]
    fn blanks_of_every_kind_stand_between_letters() {
        assert_eq!(ascii85(b"<~9jq\0o\n^~>behind"), Some(b"Man ".to_vec()));
        assert_eq!(ascii85(b"9jqo^z9jq"), Some(b"Man \0\0\0\0Ma".to_vec()));
        assert_eq!(hex(b"4\0d 6>zz"), Some(b"M`".to_vec()));
    }

    #[test]
    fn letters_that_mean_nothing_are_refused() {
        assert_eq!(ascii85(b"9jqo^v"), None);
        assert_eq!(ascii85(b"uuuuu"), None);
        assert_eq!(hex(b"4x"), None);
    }

    #[test]
    fn runs_are_undone() {
        assert_eq!(runs(b"\x01ab\xfec\x80zz", MOST), Some(b"abccc".to_vec()));
        assert_eq!(runs(b"\x81x", 100), None);
    }

    #[test]
    fn texts_that_occurred_before_are_found_and_others_refused() {
        let text = packed(&[256, 97, 258, 98, 258, 257, 97]);
        assert_eq!(lzw(&text, true, MOST), Some(b"aaabaa".to_vec()));
        assert_eq!(lzw(&packed(&[97, 98, 257]), true, MOST), Some(b"ab".to_vec()));
        assert_eq!(lzw(&packed(&[256, 97, 500, 256, 98, 257]), true, MOST), None);
    }
}
