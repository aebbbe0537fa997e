//! Formats that are not cleaned, recognised in order to give advice that helps.

use crate::refusal::Foreign;

/// Signatures at a fixed place.
const SIGNATURES: [(usize, &[u8], Foreign); 46] = [
    (0, b"GIF8", Foreign::Picture),
    (0, b"II\x2a\0", Foreign::Picture),
    (0, b"MM\0\x2a", Foreign::Picture),
    (0, b"II\x2b\0", Foreign::Picture),
    (0, b"MM\0\x2b", Foreign::Picture),
    (0, b"\xFF\x0A", Foreign::Picture),
    (0, b"\0\0\0\x0CJXL ", Foreign::Picture),
    (0, b"\0\0\0\x0CjP  ", Foreign::Picture),
    (0, b"8BPS", Foreign::Picture),
    (0, b"\0\0\x01\0", Foreign::Picture),
    (8, b"WEBP", Foreign::Picture),
    (4, b"ftyphei", Foreign::Picture),
    (4, b"ftyphev", Foreign::Picture),
    (4, b"ftypmif", Foreign::Picture),
    (4, b"ftypmsf", Foreign::Picture),
    (4, b"ftypavi", Foreign::Picture),
    (4, b"ftypM4A", Foreign::Sound),
    (4, b"ftyp", Foreign::Film),
    (4, b"moov", Foreign::Film),
    (0, b"ID3", Foreign::Sound),
    (0, b"\xFF\xFB", Foreign::Sound),
    (0, b"\xFF\xF3", Foreign::Sound),
    (0, b"\xFF\xF1", Foreign::Sound),
    (0, b"fLaC", Foreign::Sound),
    (0, b"OggS", Foreign::Sound),
    (8, b"WAVE", Foreign::Sound),
    (8, b"AIF", Foreign::Sound),
    (0, b"#!AMR", Foreign::Sound),
    (8, b"AVI ", Foreign::Film),
    (0, b"\x1A\x45\xDF\xA3", Foreign::Film),
    (0, b"\x30\x26\xB2\x75", Foreign::Film),
    (0, b"FLV\x01", Foreign::Film),
    (0, b"\0\0\x01\xBA", Foreign::Film),
    (0, b"\0\0\x01\xB3", Foreign::Film),
    (0, b"%!PS", Foreign::VectorPicture),
    (0, b"{\\rtf", Foreign::Office),
    (0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Foreign::Office),
    (0, b"7z\xBC\xAF\x27\x1C", Foreign::Archive),
    (0, b"Rar!\x1A\x07", Foreign::Archive),
    (0, b"\x1F\x8B", Foreign::Archive),
    (0, b"\xFD7zXZ\0", Foreign::Archive),
    (0, b"BZh", Foreign::Archive),
    (257, b"ustar", Foreign::Archive),
    (0, b"MZ", Foreign::Program),
    (0, b"\x7FELF", Foreign::Program),
    (0, b"\xCF\xFA\xED\xFE", Foreign::Program),
];

/// Signatures of formats that are text themselves.
const TEXTS: [&[u8]; 2] = [b"%!PS", b"{\\rtf"];

/// Names in the first bytes of a ZIP file that is an Office document.
const OFFICE: [&[u8]; 8] = [
    b"[Content_Types].xml",
    b"_rels/",
    b"word/",
    b"xl/",
    b"ppt/",
    b"docProps/",
    b"application/vnd.oasis",
    b"application/epub",
];

/// First words of mails.
const MAIL: [&str; 7] = [
    "received:",
    "return-path:",
    "delivered-to:",
    "message-id:",
    "mime-version:",
    "x-mozilla-status:",
    "from ",
];

/// Says which foreign format a head belongs to.
///
/// A letter may begin with "MZ", "ID3" or "GIF89a": where the head reads as text, the
/// signatures of files that are no text do not count, since their heads hold other bytes.
pub(super) fn recognise(head: &[u8], is_text: bool) -> Option<Foreign> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        let office = OFFICE.iter().any(|name| contains(head, name));
        return Some(if office { Foreign::Office } else { Foreign::Archive });
    }
    // Text can start with these two letters; a bitmap has zeros in its reserved field.
    if head.starts_with(b"BM") && head.get(6..10) == Some(&[0; 4]) {
        return Some(Foreign::Picture);
    }
    let fits =
        |at: usize, signature: &[u8]| head.get(at..).is_some_and(|h| h.starts_with(signature));
    let known = SIGNATURES
        .iter()
        .find(|(at, signature, _)| fits(*at, signature) && (!is_text || TEXTS.contains(signature)));
    known.map(|(.., foreign)| *foreign).or_else(|| marked_up(head))
}

/// Formats that are text themselves.
fn marked_up(head: &[u8]) -> Option<Foreign> {
    let text =
        String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_lowercase();
    if text.starts_with("<!doctype html") || text.starts_with("<html") {
        Some(Foreign::WebPage)
    } else if text.starts_with("<svg") || (text.starts_with("<?xml") && text.contains("<svg")) {
        Some(Foreign::VectorPicture)
    } else if text.starts_with("<?xml") && text.contains("<html") {
        Some(Foreign::WebPage)
    } else if MAIL.iter().any(|word| text.starts_with(word)) && text.contains("\nsubject:") {
        Some(Foreign::Mail)
    } else {
        None
    }
}

/// Whether `needle` occurs in `bytes`.
pub(super) fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}
