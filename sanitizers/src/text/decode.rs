//! From bytes to characters, without guessing.

use crate::Refusal;
use crate::refusal::Damage;

/// Letters of Danish, Norwegian, Swedish, German, Dutch, Spanish, and of French but for
/// the rare ones. Others that Windows-1252 has are left out because central European and
/// Turkish texts use the same bytes for other letters; see [`fits`] and [`WORDS`].
const LETTERS: &str = "ÀÁÄÅÆÇÈÉÊËÍÏÑÓÔÖØÚÜßàáâäåæçèéêëíïîñóôöøúûü";
/// Letters that count only in these words: Czech, Polish and Hungarian have other letters
/// there, and no such words.
const WORDS: [(char, &[&str]); 3] = [
    ('ù', &["giù", "laggiù", "lassù", "où", "più", "quaggiù", "tribù", "virtù"]),
    ('ì', &["così", "dì", "giovedì", "lì", "lunedì", "martedì", "mercoledì", "sì", "venerdì"]),
    ('ò', &["ciò", "farò", "perciò", "però", "può", "sarò"]),
];
/// Signs with their bytes.
const SIGNS: [(u8, char); 30] = [
    (0x80, '€'),
    (0x84, '„'),
    (0x85, '…'),
    (0x8C, 'Œ'),
    (0x91, '‘'),
    (0x92, '’'),
    (0x93, '“'),
    (0x94, '”'),
    (0x95, '•'),
    (0x96, '–'),
    (0x97, '—'),
    (0x99, '™'),
    (0x9C, 'œ'),
    (0xA0, '\u{A0}'),
    (0xA1, '¡'),
    (0xA3, '£'),
    (0xA7, '§'),
    (0xA9, '©'),
    (0xAB, '«'),
    (0xAE, '®'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB2, '²'),
    (0xB4, '´'),
    (0xB5, 'µ'),
    (0xB7, '·'),
    (0xBB, '»'),
    (0xBD, '½'),
    (0xBF, '¿'),
    (0xD7, '×'),
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
    // A program that does not know the mark puts its own in front of it.
    let bare = |text: String| text.trim_start_matches('\u{FEFF}').to_owned();
    text.map(|text| (bare(text), true)).ok_or(Refusal::Damaged(Damage::Encoding))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (units, []) = bytes.as_chunks::<2>() else { return None };
    char::decode_utf16(units.iter().map(|&bytes| unit(bytes))).collect::<Result<_, _>>().ok()
}

/// Reads Windows-1252 if nothing else fits.
///
/// Refused are signs where only a letter of another encoding could stand, texts in which
/// most letters are beyond ASCII (Greek, Cyrillic), and whole UTF-8 characters among other
/// bytes (two encodings in one file).
fn windows_1252(file: &[u8]) -> Option<String> {
    let text: String = file.iter().map(|&byte| character(byte)).collect::<Option<_>>()?;
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let accented = text.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
    let mixed = file.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    let plausible = accented * 3 <= letters && !mixed;
    (plausible && every_sign_fits(&text) && every_word_fits(&text)).then_some(text)
}

fn character(byte: u8) -> Option<char> {
    if byte.is_ascii() {
        return Some(char::from(byte));
    }
    let letter = char::from(byte);
    let sign = SIGNS.iter().find(|sign| sign.0 == byte).map(|sign| sign.1);
    let in_words = WORDS.iter().any(|word| word.0 == letter);
    sign.or_else(|| (in_words || LETTERS.contains(letter)).then_some(letter))
}

fn every_word_fits(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    words.into_iter().all(|word| {
        WORDS.iter().all(|(letter, known)| !word.contains(*letter) || known.contains(&&*word))
    })
}

fn every_sign_fits(text: &str) -> bool {
    text.char_indices().all(|(at, sign)| {
        let (before, after) = text.split_at_checked(at).unwrap_or_default();
        let behind = after.get(sign.len_utf8()..).unwrap_or_default();
        sign.is_ascii() || fits(sign, before.chars().next_back(), behind)
    })
}

/// Whether a sign stands where one can stand.
///
/// The older DOS and Macintosh encodings keep their letters where Windows-1252 has signs,
/// so none may be within a word, but for an apostrophe and dashes between two. ISO 8859-2
/// has letters in place of some more signs, Windows-1250 in place of the Spanish ones and
/// of the French ligature: these may not begin or end a word either.
fn fits(sign: char, before: Option<char>, behind: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let after = behind.chars().next();
    match sign {
        // Polish has no u and no i behind its letter.
        'œ' | 'Œ' => matches!(after, Some('u' | 'i' | 'U' | 'I')),
        'µ' => {
            let unit = behind.chars().take(3).take_while(|c| c.is_alphabetic()).count();
            !is_letter(before) && (1..=2).contains(&unit)
        }
        '’' | '–' | '—' | '…' => true,
        _ if sign.is_alphanumeric() => true,
        '±' | '×' => !is_letter(before) && !is_letter(after),
        '™' | '®' => !is_letter(after),
        '¿' | '¡' => {
            let end = if sign == '¿' { '?' } else { '!' };
            let sentence = behind.split(['\n', '\r', sign]).next().unwrap_or_default();
            !is_letter(before) && sentence.contains(end)
        }
        _ => !(is_letter(before) && is_letter(after)),
    }
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
    fn western_texts_are_read_where_no_other_encoding_would_give_words() {
        for text in [
            "Varen er mærket Acme™ og Beta®, ±5 % ved 3 × 4 µm.",
            "Je sais où il est, déjà : le cœur, la sœur et l’œil.",
            "Perché è così più in là, però può.",
            "¿Dónde está? ¡Aquí! ¿Y «él»?",
        ] {
            let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(text);
            assert!(!lossy);
            assert_eq!(super::text(&bytes), Ok((text.to_owned(), false)));
        }
    }

    #[test]
    fn bytes_that_may_be_another_encoding_are_refused() {
        let refused: [&[u8]; 14] = [
            b"ju\xBF jutro?",                             // Polish, Windows-1250
            b"\xBFona mog\xB1",                           // Polish, ISO 8859-2
            b"\x9Cwiat",                                  // Polish, Windows-1250
            b"d\xF9m",                                    // Czech, Windows-1250
            b"m\xEC, n\xECco a k\xF2",                    // Czech, Windows-1250
            b"\xAEena a \xB5udia",                        // Slovak, ISO 8859-2
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
