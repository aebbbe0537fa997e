//! Formats that are cleaned, by their first bytes.

use super::Kind;

/// Signatures at a fixed place; the first that fits counts.
const SIGNATURES: [(usize, &[u8], Kind); 44] = [
    (0, b"GIF87a", Kind::Gif),
    (0, b"GIF89a", Kind::Gif),
    (8, b"WEBP", Kind::Webp),
    (0, b"II\x2a\0", Kind::Tiff),
    (0, b"MM\0\x2a", Kind::Tiff),
    (0, b"II\x2b\0", Kind::Tiff),
    (0, b"MM\0\x2b", Kind::Tiff),
    (0, b"\xFF\x0A", Kind::Jxl),
    (0, b"\0\0\0\x0CJXL ", Kind::Jxl),
    (4, b"ftyphei", Kind::Heic),
    (4, b"ftyphev", Kind::Heic),
    (4, b"ftypmif", Kind::Heic),
    (4, b"ftypmsf", Kind::Heic),
    (4, b"ftypavi", Kind::Avif),
    (4, b"ftypM4A", Kind::M4a),
    (4, b"ftypqt", Kind::Mov),
    (4, b"ftyp", Kind::Mp4),
    (4, b"moov", Kind::Mov),
    (4, b"mdat", Kind::Mov),
    // Old films begin with room to grow, or with a picture of themselves.
    (4, b"wide", Kind::Mov),
    (4, b"free", Kind::Mov),
    (4, b"skip", Kind::Mov),
    (4, b"pnot", Kind::Mov),
    (0, b"ID3", Kind::Mp3),
    (0, b"\xFF\xFB", Kind::Mp3),
    (0, b"\xFF\xF3", Kind::Mp3),
    (0, b"\xFF\xFA", Kind::Mp3),
    (0, b"\xFF\xF2", Kind::Mp3),
    (0, b"\xFF\xE3", Kind::Mp3),
    (0, b"\xFF\xE2", Kind::Mp3),
    // Layer II, which is refused with advice of its own.
    (0, b"\xFF\xFD", Kind::Mp3),
    (0, b"\xFF\xFC", Kind::Mp3),
    (0, b"\xFF\xF5", Kind::Mp3),
    (0, b"\xFF\xF4", Kind::Mp3),
    (0, b"APETAGEX", Kind::Mp3),
    (0, b"fLaC", Kind::Flac),
    (0, b"OggS", Kind::Ogg),
    (8, b"WAVE", Kind::Wav),
    (8, b"AIFF", Kind::Aiff),
    (8, b"AIFC", Kind::Aiff),
    (0, b"PK\x03\x04", Kind::Zip),
    (0, b"PK\x05\x06", Kind::Zip),
    (0, b"\x1F\x8B", Kind::Tar),
    (257, b"ustar", Kind::Tar),
];

/// Files of the Extensible Binary Meta Language; its first element names the format.
const EBML: &[u8] = b"\x1A\x45\xDF\xA3";

/// Says which of our formats a head belongs to; plain text is what is left.
///
/// A letter may begin with "ID3" or "GIF89a": where the head reads as `text`, the signatures
/// do not count, since the heads of such files hold other bytes.
pub(super) fn recognise(head: &[u8], text: Option<&str>) -> Option<Kind> {
    // No text begins with these, whatever follows.
    if head.starts_with(b"\xFF\xD8\xFF") {
        return Some(Kind::Jpeg);
    }
    if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some(Kind::Png);
    }
    if let Some(text) = text {
        return marked_up(text);
    }
    // Two letters are little; a bitmap has zeros in its reserved field as well.
    if head.starts_with(b"BM") && head.get(6..10) == Some(&[0; 4]) {
        return Some(Kind::Bmp);
    }
    if head.starts_with(EBML) {
        let first = head.get(..64).unwrap_or(head);
        return Some(if contains(first, b"webm") { Kind::Webm } else { Kind::Mkv });
    }
    let fits =
        |at: usize, signature: &[u8]| head.get(at..).is_some_and(|h| h.starts_with(signature));
    // The oldest archives have no signature, but a checksum.
    if crate::archive::is_tar_header(head.get(..512).unwrap_or_default()) {
        return Some(Kind::Tar);
    }
    let known = SIGNATURES.iter().find(|(at, signature, _)| fits(*at, signature));
    known.map(|(.., kind)| *kind)
}

/// Drawings, which are text themselves; pages, mails and tables are told from plain text
/// when nothing else fits.
fn marked_up(text: &str) -> Option<Kind> {
    let text = text.trim_start().to_lowercase();
    let mut text = text.as_str();
    // Whoever publishes drawings puts a licence in front.
    while let Some((_, behind)) = text.strip_prefix("<!--").and_then(|rest| rest.split_once("-->"))
    {
        text = behind.trim_start();
    }
    let is_page = text.starts_with("<!doctype html") || text.starts_with("<html");
    let is_drawing = text.starts_with("<svg")
        || text.starts_with("<!doctype svg")
        || (text.starts_with("<?xml") && text.contains("<svg"));
    (is_drawing && !is_page).then_some(Kind::Svg)
}

/// Whether `needle` occurs in `bytes`.
fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}
