//! Type 1 fonts (Adobe Type 1 Font Format, 1990).
//!
//! The readable part is a program in PostScript: comments, a dictionary of texts (notice,
//! names, version), a number that is unique in the world, and room for any other key. What
//! a viewer reads of it are the scale, the box, the kind of paint and the encoding; these
//! are written anew ([`readable`]). The coded part holds the drawings and stays, with the
//! numbers in its own dictionary; behind it comes the same filling for all.

mod readable;

use super::value::{Dict, Value};
use crate::Refusal;
use crate::refusal::Damage;

const DAMAGED: Refusal = Refusal::Damaged(Damage::Length);

/// What the first line must begin with, or viewers do not take it for a font.
const FIRST_LINES: [&[u8]; 2] = [b"%!PS-AdobeFont-1", b"%!FontType1"];

/// Cleans a font and sets the lengths of its parts.
pub(super) fn clean(data: &[u8], dict: &mut Dict) -> Result<Vec<u8>, Refusal> {
    // In a document the parts follow each other; a file for Windows has headers in
    // between, which a document must not have (9.9).
    if !FIRST_LINES.iter().any(|line| data.starts_with(line)) {
        return Err(DAMAGED);
    }
    let (clear, rest) = readable::rewritten(data)?;
    let line_end = match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n' | b' ' | b'\t', ..] => 1,
        _ => 0,
    };
    let rest = rest.get(line_end..).unwrap_or_default();
    let coded = rest.get(..coded_length(rest)).ok_or(DAMAGED)?;
    let coded = coded.get(..end_of_program(coded).unwrap_or(coded.len())).ok_or(DAMAGED)?;
    let end = filling();
    for (key, length) in
        [("Length1", clear.len()), ("Length2", coded.len()), ("Length3", end.len())]
    {
        let length = i64::try_from(length).unwrap_or(i64::MAX);
        dict.insert(key.as_bytes().to_vec(), Value::integer(length));
    }
    Ok([clear.as_slice(), coded, &end].concat())
}

fn find(data: &[u8], text: &[u8]) -> Option<usize> {
    data.windows(text.len()).position(|window| window == text)
}

/// Zeros behind the coded part. Its own last bytes may look like some more of them.
const ZEROS: usize = 512;

/// The coded part ends where 512 zeros and `cleartomark` begin, if they are there.
fn coded_length(rest: &[u8]) -> usize {
    // Our own is taken off exactly: the last coded byte may be a line end itself.
    if let Some(coded) = rest.strip_suffix(filling().as_slice()) {
        return coded.len();
    }
    let Some(mark) = rest.windows(11).rposition(|window| window == b"cleartomark") else {
        return rest.len();
    };
    let filling = rest.get(..mark).unwrap_or_default();
    let is_filling = |byte: &u8| matches!(byte, b'0' | b'\r' | b'\n' | b' ' | b'\t');
    let coded = filling.iter().rposition(|byte| !is_filling(byte)).map_or(0, |last| last + 1);
    let zeros = filling.get(coded..).unwrap_or_default();
    let count = zeros.split(|byte| *byte == b'0').count() - 1;
    if count < ZEROS {
        return rest.len();
    }
    let mut surplus = count - ZEROS;
    let kept = zeros.iter().take_while(|byte| {
        let keep = surplus > 0;
        surplus -= usize::from(keep && **byte == b'0');
        keep
    });
    coded + kept.count()
}

/// Where the program in the coded part closes its file: nothing behind that is read.
fn end_of_program(coded: &[u8]) -> Option<usize> {
    const CLOSE: &[u8] = b"closefile";
    let mut key = 55_665u16;
    let plain: Vec<u8> = coded
        .iter()
        .map(|&byte| {
            let plain = byte ^ key.to_be_bytes()[0];
            key = key.wrapping_add(u16::from(byte)).wrapping_mul(52_845).wrapping_add(22_719);
            plain
        })
        .collect();
    let end = find(&plain, CLOSE)? + CLOSE.len();
    let line_end = plain.get(end..)?.iter().take(2).take_while(|byte| b"\r\n".contains(byte));
    Some(end + line_end.count())
}

fn filling() -> Vec<u8> {
    let mut out = Vec::new();
    for _ in 0..8 {
        out.push(b'\n');
        out.extend_from_slice(&[b'0'; 64]);
    }
    out.extend_from_slice(b"\ncleartomark\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const FONT: &[u8] = b"%!PS-AdobeFont-1.0: Anna 1.5\n%%CreationDate: Tuesday\n/FontInfo 3 dict dup begin\n\
        /Notice (Licensed \\) to (Anna)) readonly def\n/UniqueID 7777 def end\n/FontName /ABCDEF+Anna def\n\
        /FontMatrix [0.001 0 0 .001 0 0]readonly def /FontBBox{-9 -9 999 999}readonly def\n\
        /Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for dup 66/B put\nreadonly def\n\
        currentfile eexec\n\x01\x02coded0";

    fn with_end(end: &[u8]) -> Vec<u8> {
        [FONT, b"\n", &[b'0'; 512], b"\ncleartomark", end].concat()
    }

    #[test]
    fn notices_names_and_numbers_are_gone_and_the_drawings_stay() {
        let cleaned = clean(&with_end(b"{Anna}"), &mut Dict::new()).unwrap();
        let has = |text: &[u8]| find(&cleaned, text).is_some();
        for gone in ["Anna", "Tuesday", "Licensed", "7777", "ABCDEF"] {
            assert!(!has(gone.as_bytes()), "{gone}");
        }
        assert!(has(b"\x01\x02coded0") && has(b"dup 66 /B put"));
        assert_eq!(clean(&cleaned, &mut Dict::new()).unwrap(), cleaned);
    }

    #[test]
    fn what_stands_behind_the_end_of_the_program_is_gone() {
        let mut key = 55_665u16;
        let coded: Vec<u8> = b"abcd/Private 1 def mark currentfile closefile\nAnna"
            .iter()
            .map(|&byte| {
                let coded = byte ^ key.to_be_bytes()[0];
                key = key.wrapping_add(u16::from(coded)).wrapping_mul(52_845).wrapping_add(22_719);
                coded
            })
            .collect();
        let kept = &coded[..coded.len() - 4];
        let clear = b"%!PS-AdobeFont-1.0\ncurrentfile eexec\n".as_slice();
        let cleaned = clean(&[clear, &coded, b"Anna"].concat(), &mut Dict::new()).unwrap();
        let end = cleaned.len() - filling().len();
        assert!(cleaned[..end].ends_with(kept));
        assert_eq!(clean(&cleaned, &mut Dict::new()).unwrap(), cleaned);
    }

    #[test]
    fn a_coded_part_that_ends_with_a_line_end_keeps_it() {
        let font = [FONT, b"\r".as_slice()].concat();
        let once = clean(&font, &mut Dict::new()).unwrap();
        assert_eq!(clean(&once, &mut Dict::new()).unwrap(), once);
    }

    #[test]
    fn the_lengths_are_those_of_the_parts() {
        let mut dict = Dict::new();
        let cleaned = clean(FONT, &mut dict).unwrap();
        let length = |key: &str| match &dict[key.as_bytes()] {
            Value::Number(digits) => String::from_utf8_lossy(digits).parse::<usize>().unwrap(),
            other => panic!("{other:?}"),
        };
        assert_eq!(length("Length1") + length("Length2") + length("Length3"), cleaned.len());
    }

    #[test]
    fn what_does_not_begin_like_a_font_is_refused() {
        assert_eq!(clean(b"\x80\x01 eexec", &mut Dict::new()), Err(DAMAGED));
        assert_eq!(clean(b"%!PS-AdobeFont-1.0", &mut Dict::new()), Err(DAMAGED));
    }
}
