//! Type 1 fonts (Adobe Type 1 Font Format, 1990).
//!
//! The readable part begins with comments and a dictionary of texts: notice, names,
//! version, and a number that is unique in the world. Texts and comments are written
//! over with spaces, the number with zeros, in place. The coded part holds the
//! drawings and stays; behind it comes the same filling for all.

use super::value::{Dict, Value};
use crate::Refusal;
use crate::refusal::Damage;

const DAMAGED: Refusal = Refusal::Damaged(Damage::Length);

/// Where the coded part begins.
const CODED: &[u8] = b"eexec";
/// What the first line must begin with, or viewers do not take it for a font.
const FIRST_LINES: [&[u8]; 2] = [b"%!PS-AdobeFont-1", b"%!FontType1"];
/// Keys whose text value is not needed to draw.
const TEXTS: [&[u8]; 8] = [
    b"/version",
    b"/Notice",
    b"/Copyright",
    b"/FullName",
    b"/FamilyName",
    b"/Weight",
    b"/BaseFontName",
    b"/Comment",
];
const NUMBERS: [&[u8]; 2] = [b"/UniqueID", b"/XUID"];

/// Cleans a font and sets the lengths of its parts.
pub(super) fn clean(data: &[u8], dict: &mut Dict) -> Result<Vec<u8>, Refusal> {
    // In a document the parts follow each other; a file for Windows has headers in
    // between, which a document must not have (9.9).
    if !FIRST_LINES.iter().any(|line| data.starts_with(line)) {
        return Err(DAMAGED);
    }
    let readable = find(data, CODED).ok_or(DAMAGED)? + CODED.len();
    let line_end = data.get(readable..).unwrap_or_default();
    let readable = readable
        + match line_end {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n' | b' ' | b'\t', ..] => 1,
            _ => 0,
        };
    let (clear, rest) = data.split_at_checked(readable).ok_or(DAMAGED)?;
    let coded = rest.get(..coded_length(rest)).ok_or(DAMAGED)?;

    let mut out = clear.to_vec();
    blank_comments(&mut out);
    for key in TEXTS {
        blank_texts(&mut out, key);
    }
    for key in NUMBERS {
        blank_numbers(&mut out, key);
    }
    blank_name(&mut out);
    out.extend_from_slice(coded);
    let end = filling();
    out.extend_from_slice(&end);
    for (key, length) in
        [("Length1", clear.len()), ("Length2", coded.len()), ("Length3", end.len())]
    {
        let length = i64::try_from(length).unwrap_or(i64::MAX);
        dict.insert(key.as_bytes().to_vec(), Value::integer(length));
    }
    Ok(out)
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

fn filling() -> Vec<u8> {
    let mut out = Vec::new();
    for _ in 0..8 {
        out.push(b'\n');
        out.extend_from_slice(&[b'0'; 64]);
    }
    out.extend_from_slice(b"\ncleartomark\n");
    out
}

/// Writes over comments. Of the first line only the beginning is needed.
fn blank_comments(out: &mut [u8]) {
    let mut in_text = 0u32;
    let mut in_comment = false;
    let first = FIRST_LINES.iter().find(|line| out.starts_with(line)).map_or(0, |line| line.len());
    for (index, byte) in out.iter_mut().enumerate() {
        match *byte {
            b'\r' | b'\n' => in_comment = false,
            b'%' if in_text == 0 => in_comment = true,
            b'(' if !in_comment => in_text += 1,
            b')' if !in_comment => in_text = in_text.saturating_sub(1),
            _ => {}
        }
        if in_comment && index >= first {
            *byte = b' ';
        }
    }
}

/// Positions behind each occurrence of a key.
fn behind(out: &[u8], key: &[u8]) -> Vec<usize> {
    out.windows(key.len())
        .enumerate()
        .filter(|(at, window)| {
            let next = out.get(at + key.len());
            *window == key && next.is_none_or(|byte| !byte.is_ascii_alphanumeric())
        })
        .map(|(at, _)| at + key.len())
        .collect()
}

fn blank_texts(out: &mut [u8], key: &[u8]) {
    for at in behind(out, key) {
        let mut open = 0u32;
        let mut escaped = false;
        for byte in out.iter_mut().skip(at) {
            match *byte {
                _ if escaped => {
                    escaped = false;
                    *byte = b' ';
                }
                b'(' => {
                    open += 1;
                    if open > 1 {
                        *byte = b' ';
                    }
                }
                b')' if open == 1 => break,
                b')' if open > 1 => {
                    open -= 1;
                    *byte = b' ';
                }
                b'\\' if open > 0 => {
                    escaped = true;
                    *byte = b' ';
                }
                _ if open > 0 => *byte = b' ',
                space if space.is_ascii_whitespace() => {}
                // The value is no text.
                _ => break,
            }
        }
    }
}

fn blank_numbers(out: &mut [u8], key: &[u8]) {
    for at in behind(out, key) {
        for byte in out.iter_mut().skip(at) {
            match *byte {
                b'0'..=b'9' => *byte = b'0',
                b' ' | b'[' | b'\r' | b'\n' | b'\t' => {}
                _ => break,
            }
        }
    }
}

/// The name inside the font is not used: the document has its own.
fn blank_name(out: &mut [u8]) {
    for at in behind(out, b"/FontName") {
        let mut started = false;
        for byte in out.iter_mut().skip(at) {
            match *byte {
                b'/' if !started => started = true,
                b' ' | b'\r' | b'\n' | b'\t' if !started => {}
                byte_in_name
                    if started && byte_in_name.is_ascii_graphic() && byte_in_name != b'/' =>
                {
                    *byte = b'A';
                }
                _ => break,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FONT: &[u8] = b"%!PS-AdobeFont-1.0: Anna 1.5\n%%CreationDate: Tuesday\n/FontInfo 3 dict dup begin\n\
        /Notice (Licensed \\) to (Anna)) readonly def\n/UniqueID 7777 def end\n/FontName /ABCDEF+Anna def\n\
        /Encoding 256 array\ncurrentfile eexec\n\x01\x02coded0";

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
        assert!(has(b"\x01\x02coded0") && has(b"/Encoding 256 array"));
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
