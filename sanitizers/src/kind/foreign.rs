//! Formats that are not cleaned, recognised in order to give advice that helps.

use crate::refusal::Foreign;

/// Signatures at a fixed place.
const SIGNATURES: [(usize, &[u8], Foreign); 20] = [
    (0, b"\0\0\0\x0CjP  ", Foreign::Picture),
    (0, b"8BPS", Foreign::Picture),
    (0, b"\0\0\x01\0", Foreign::Picture),
    (0, b"\xFF\xF1", Foreign::Sound),
    (0, b"#!AMR", Foreign::Sound),
    (8, b"AVI ", Foreign::Film),
    (0, b"\x30\x26\xB2\x75", Foreign::Film),
    (0, b"FLV\x01", Foreign::Film),
    (0, b"\0\0\x01\xBA", Foreign::Film),
    (0, b"\0\0\x01\xB3", Foreign::Film),
    (0, b"%!PS", Foreign::VectorPicture),
    (0, b"{\\rtf", Foreign::Office),
    (0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Foreign::Office),
    (0, b"7z\xBC\xAF\x27\x1C", Foreign::Archive),
    (0, b"Rar!\x1A\x07", Foreign::Archive),
    (0, b"\xFD7zXZ\0", Foreign::Archive),
    (0, b"BZh", Foreign::Archive),
    (0, b"MZ", Foreign::Program),
    (0, b"\x7FELF", Foreign::Program),
    (0, b"\xCF\xFA\xED\xFE", Foreign::Program),
];

/// Signatures of formats that are text themselves.
const TEXTS: [&[u8]; 2] = [b"%!PS", b"{\\rtf"];

/// Says which foreign format a head belongs to.
///
/// A letter may begin with "MZ", "ID3" or "GIF89a": where the head reads as text, the
/// signatures of files that are no text do not count, since their heads hold other bytes.
pub(super) fn recognise(head: &[u8], is_text: bool) -> Option<Foreign> {
    let fits =
        |at: usize, signature: &[u8]| head.get(at..).is_some_and(|h| h.starts_with(signature));
    let known = SIGNATURES
        .iter()
        .find(|(at, signature, _)| fits(*at, signature) && (!is_text || TEXTS.contains(signature)));
    known.map(|(.., foreign)| *foreign)
}
