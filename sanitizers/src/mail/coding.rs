//! From the lines of a part to its bytes, and from its bytes to characters.

use std::borrow::Cow;

use encoding_rs::Encoding;

use crate::Refusal;
use crate::base64;
use crate::refusal::Damage;

/// Names of encodings that say nothing of the bytes beyond ASCII.
const UNSAID: [&str; 4] = ["us-ascii", "ascii", "unknown-8bit", "x-unknown"];

/// Undoes the coding of a part (RFC 2045, 6).
pub(super) fn bytes<'a>(body: &'a [u8], coding: &str) -> Result<Cow<'a, [u8]>, Refusal> {
    let bytes = match coding {
        "base64" => base64::decode(body),
        "quoted-printable" => quoted_printable(body),
        _ => return Ok(Cow::Borrowed(body)),
    };
    bytes.map(Cow::Owned).ok_or(Refusal::Damaged(Damage::Value))
}

/// RFC 2045, 6.7. What the rules do not allow is guessed by each program in its own way.
fn quoted_printable(body: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(body.len());
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        let (line, end) = match line.strip_suffix(b"\n") {
            Some(line) => (line, &b"\n"[..]),
            None => (line, &b""[..]),
        };
        // Blanks at the end of a line were put there on the way.
        let line = line.trim_ascii_end();
        let (line, end) = match line.strip_suffix(b"=") {
            Some(line) => (line, &b""[..]),
            None => (line, end),
        };
        let mut pieces = line.split(|&byte| byte == b'=');
        bytes.extend_from_slice(pieces.next().unwrap_or_default());
        for piece in pieces {
            let (digits, rest) = piece.split_at_checked(2)?;
            bytes.push(hexadecimal(digits)?);
            bytes.extend_from_slice(rest);
        }
        bytes.extend_from_slice(end);
    }
    Some(bytes)
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digits = digits.iter().map(|&digit| char::from(digit).to_digit(16));
    let value = digits.into_iter().try_fold(0, |value, digit| Some(value * 16 + digit?))?;
    u8::try_from(value).ok()
}

/// The characters of a part that says its encoding; none if it does not, or if a mark says
/// it: then the bytes are read like those of a file.
pub(super) fn characters(bytes: &[u8], charset: Option<&str>) -> Result<Option<String>, Refusal> {
    let unclear = Refusal::Damaged(Damage::Encoding);
    let Some(charset) = charset.filter(|name| !UNSAID.contains(name)) else { return Ok(None) };
    if Encoding::for_bom(bytes).is_some() {
        return Ok(None);
    }
    let encoding = Encoding::for_label_no_replacement(charset.as_bytes()).ok_or(unclear)?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(|text| Some(text.into_owned())).ok_or(unclear)
}

/// Takes the marks of lines that go on from a flowed text (RFC 3676, 4.1); the line before
/// a signature ends in a blank of its own.
pub(super) fn unflowed(text: &str) -> String {
    let unmarked = |line: &str| {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        let line = line.strip_suffix('\r').unwrap_or(line);
        let bare = if line.trim_start_matches('>').trim_start() == "-- " {
            line
        } else {
            line.strip_suffix(' ').unwrap_or(line)
        };
        [bare, end].concat()
    };
    text.split_inclusive('\n').map(unmarked).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_is_read_strictly() {
        for (coded, plain) in [
            ("r=C3=B8d", "r\u{F8}d"),
            ("a=\nb", "ab"),
            ("a= \t\nb  \nc", "ab\nc"),
            ("=3d=3D\n", "==\n"),
            ("a =20\n", "a  \n"),
            ("a=", "a"),
            ("", ""),
        ] {
            assert_eq!(quoted_printable(coded.as_bytes()).unwrap(), plain.as_bytes(), "{coded}");
        }
        for coded in ["a=b", "=4", "=G0", "==3D", "=\u{F8}1", "100 % = all"] {
            assert_eq!(quoted_printable(coded.as_bytes()), None, "{coded}");
        }
    }

    #[test]
    fn encodings_are_those_of_browsers_and_strict() {
        let read = |bytes: &[u8], name| characters(bytes, name);
        assert_eq!(read(b"\xE6", Some("iso-8859-1")).unwrap().as_deref(), Some("æ"));
        assert_eq!(read(b"\xB1", Some("iso-8859-2")).unwrap().as_deref(), Some("ą"));
        assert_eq!(read(b"a\0", Some("utf-16le")).unwrap().as_deref(), Some("a"));
        for name in [None, Some("us-ascii"), Some("unknown-8bit")] {
            assert_eq!(read(b"\xE6", name), Ok(None));
        }
        for name in ["utf-8", "utf-7", "iso-2022-kr", "hz-gb-2312", "nonsense"] {
            assert_eq!(read(b"\xE6", Some(name)), Err(Refusal::Damaged(Damage::Encoding)));
        }
    }

    #[test]
    fn marks_of_flowed_lines_go_and_words_stay() {
        assert_eq!(unflowed("one \ntwo\n> three \n-- \nAnna\n"), "one\ntwo\n> three\n-- \nAnna\n");
    }
}
