//! Says whether a clean text is UTF-8 with line feeds and has the original's words.
//!
//! The original is decoded by `encoding_rs`, the decoder of a browser.

use std::io::{Read, SeekFrom};

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::{Limits, ReadSeek, Refusal};

/// Accepts `clean`, or says that it must not leave.
pub(crate) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    let bytes = bytes_of(original, limits)?;
    check(&bytes, clean).ok_or(Refusal::Verification)
}

/// Reads the original, within the limit.
pub(super) fn bytes_of(original: &mut dyn ReadSeek, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    original.seek(SeekFrom::Start(0)).map_err(|_| Refusal::Internal)?;
    original.take(limits.input_bytes).read_to_end(&mut bytes).map_err(|_| Refusal::Internal)?;
    Ok(bytes)
}

fn check(original: &[u8], clean: &[u8]) -> Option<()> {
    (lines_of(original)? == canonical(clean)?).then_some(())
}

/// The copy as text, if it is UTF-8 without marks and control characters.
pub(super) fn canonical(clean: &[u8]) -> Option<&str> {
    let clean = str::from_utf8(clean).ok()?;
    // Control characters, and code points that are no characters (Unicode, 23.7).
    let is_none = |c: char| {
        ('\u{FDD0}'..='\u{FDEF}').contains(&c) || matches!(u32::from(c) % 0x1_0000, 0xFFFE..)
    };
    let forbidden = |c: char| {
        (c < ' ' && c != '\n' && c != '\t') || ('\x7F'..'\u{A0}').contains(&c) || is_none(c)
    };
    (!clean.starts_with('\u{FEFF}') && !clean.contains(forbidden)).then_some(clean)
}

/// The characters of the original.
pub(super) fn lines_of(original: &[u8]) -> Option<String> {
    let (encoding, mark) = Encoding::for_bom(original).unwrap_or((UTF_8, 0));
    let rest = original.get(mark..)?;
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(rest)
        .or_else(|| (mark == 0).then(|| WINDOWS_1252.decode_without_bom_handling(rest).0))?;
    let marks = if mark > 0 { text.len() - text.trim_start_matches('\u{FEFF}').len() } else { 0 };
    Some(one_kind_of_line(text.get(marks..)?))
}

/// A return, and the feed after it, counts as a feed.
pub(super) fn one_kind_of_line(text: &str) -> String {
    let mut after_return = false;
    let feeds = text.chars().filter_map(|c| {
        let second = std::mem::replace(&mut after_return, c == '\r') && c == '\n';
        (!second).then_some(if c == '\r' { '\n' } else { c })
    });
    feeds.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_pass_in_every_encoding() {
        let twice = b"\xEF\xBB\xBF\xEF\xBB\xBFa\r\xC3\xB8";
        for original in [&b"a\r\n\xC3\xB8"[..], b"\xEF\xBB\xBFa\r\xC3\xB8", twice, b"a\n\xF8"] {
            assert_eq!(check(original, "a\nø".as_bytes()), Some(()));
        }
        assert_eq!(check(b"\xFF\xFEa\0\r\0\n\0\xF8\0", "a\nø".as_bytes()), Some(()));
    }

    #[test]
    fn anything_put_back_is_refused() {
        let copies: [&[u8]; 8] = [
            b"\xEF\xBB\xBFa\nb",
            b"a\r\nb",
            b"a\n\nb",
            b"a\nb\x1B[2J",
            b"a\nb\0",
            b"a\nB",
            b"a\nb\n",
            b"a\n\xE2\x80\x8Bb",
        ];
        for clean in copies {
            assert_eq!(check(b"a\r\nb", clean), None, "{clean:x?}");
        }
        assert_eq!(check(b"a\xF8", b"a\xF8"), None);
        for none in ["a\u{FFFE}", "a\u{1FFFF}", "a\u{FDD0}"] {
            assert_eq!(check(none.as_bytes(), none.as_bytes()), None, "{none:?}");
        }
    }
}
