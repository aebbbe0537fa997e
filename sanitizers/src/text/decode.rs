//! From bytes to characters, without guessing.

use crate::Refusal;
use crate::refusal::Damage;

/// Letters of Danish, Norwegian, Swedish, German, Dutch, French and Spanish. Others
/// that Windows-1252 has are left out because central European and Turkish texts use
/// the same bytes for other letters.
const LETTERS: &str = "ÀÁÄÅÆÇÈÉÊËÍÏÑÓÔÖØÚÜßàáâäåæçèéêëíïîñóôöøúûü";
/// Signs with their bytes.
const SIGNS: [(u8, char); 21] = [
    (0x80, '€'),
    (0x84, '„'),
    (0x85, '…'),
    (0x91, '‘'),
    (0x92, '’'),
    (0x93, '“'),
    (0x94, '”'),
    (0x95, '•'),
    (0x96, '–'),
    (0x97, '—'),
    (0xA0, '\u{A0}'),
    (0xA3, '£'),
    (0xA7, '§'),
    (0xA9, '©'),
    (0xAB, '«'),
    (0xB0, '°'),
    (0xB2, '²'),
    (0xB4, '´'),
    (0xB7, '·'),
    (0xBB, '»'),
    (0xBD, '½'),
];

/// Returns the text, and whether a byte order mark stood before it.
pub(super) fn text(file: &[u8]) -> Result<(String, bool), Refusal> {
    let text = match file {
        // Little-endian UTF-32 starts like UTF-16 and would read as text full of zeros.
        [0xFF, 0xFE, 0, 0, ..] => None,
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => str::from_utf8(rest).ok().map(str::to_owned),
        _ => {
            let text = str::from_utf8(file).map(str::to_owned).ok();
            return text
                .or_else(|| windows_1252(file))
                .map(|text| (text, false))
                .ok_or(Refusal::Damaged(Damage::Encoding));
        }
    };
    text.map(|text| (text, true)).ok_or(Refusal::Damaged(Damage::Encoding))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (units, []) = bytes.as_chunks::<2>() else { return None };
    char::decode_utf16(units.iter().map(|&bytes| unit(bytes))).collect::<Result<_, _>>().ok()
}

/// Reads Windows-1252 if nothing else fits.
///
/// Refused are signs within a word (the older DOS and Macintosh encodings keep their
/// letters there), texts in which most letters are beyond ASCII (Greek, Cyrillic),
/// and whole UTF-8 characters among other bytes (two encodings in one file).
fn windows_1252(file: &[u8]) -> Option<String> {
    let text: String = file.iter().map(|&byte| character(byte)).collect::<Option<_>>()?;
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let accented = text.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
    let mixed = file.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    (accented * 3 <= letters && !mixed && !has_sign_in_word(&text)).then_some(text)
}

fn character(byte: u8) -> Option<char> {
    if byte.is_ascii() {
        return Some(char::from(byte));
    }
    let letter = char::from(byte);
    let sign = SIGNS.iter().find(|sign| sign.0 == byte).map(|sign| sign.1);
    sign.or_else(|| LETTERS.contains(letter).then_some(letter))
}

/// An apostrophe may stand within a word, and a dash between two.
fn has_sign_in_word(text: &str) -> bool {
    let between = text.chars().zip(text.chars().skip(1)).zip(text.chars().skip(2));
    between.into_iter().any(|((before, sign), after)| {
        let free =
            sign.is_ascii() || sign.is_alphanumeric() || matches!(sign, '’' | '–' | '—' | '…');
        !free && before.is_alphabetic() && after.is_alphabetic()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_windows_text_is_read() {
        let (text, marked) =
            text(b"R\xF8dgr\xF8d med fl\xF8de p\xE5 \x93\xF8en\x94 til 20 \x80").unwrap();
        assert_eq!((text.as_str(), marked), ("Rødgrød med fløde på “øen” til 20 €", false));
    }

    #[test]
    fn bytes_that_may_be_another_encoding_are_refused() {
        let refused: [&[u8]; 8] = [
            b"\xCF\xF0\xE8\xE2\xE5\xF2",                  // Cyrillic, Windows-1251
            b"h\x91r er r\x9Bdgr\x9Bd",                   // Danish, DOS
            b"r\xBFdgr\xBFd",                             // Danish, Macintosh
            b"\xFE\xFFa",                                 // half a character of UTF-16
            b"\xFF\xFE\0\0a\0\0\0",                       // UTF-32
            b"\xEF\xBB\xBFr\xF8d",                        // UTF-8 that is none
            b"r\xC3\xB8d og bl\xE5 farver p\xE5 en gang", // two encodings at once
            b"\xFF\xFE\x00\xD8a\0",                       // half a pair of UTF-16
        ];
        for bytes in refused {
            assert_eq!(text(bytes), Err(Refusal::Damaged(Damage::Encoding)), "{bytes:x?}");
        }
    }
}
