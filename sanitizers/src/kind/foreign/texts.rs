//! Foreign formats that are text themselves.
//!
//! A letter may speak of any of them. So the first line must be the whole of what such a
//! file begins with, and what follows must be of its kind too.

use crate::refusal::Foreign;

/// First lines that say enough.
const FIRST_LINES: [(&str, Foreign); 8] = [
    ("-----BEGIN PGP MESSAGE-----", Foreign::Encrypted),
    ("-----BEGIN PKCS7-----", Foreign::Encrypted),
    ("-----BEGIN CMS-----", Foreign::Encrypted),
    ("-----BEGIN AGE ENCRYPTED FILE-----", Foreign::Encrypted),
    ("age-encryption.org/v1", Foreign::Encrypted),
    ("ISO-10303-21;", Foreign::Cad),
    ("# Disk DescriptorFile", Foreign::DiskImage),
    ("%!PS", Foreign::VectorPicture),
];

/// First lines behind which a name with a value must follow.
const WITH_VALUES: [(&str, char, Foreign); 5] = [
    ("BEGIN:VCARD", ':', Foreign::Card),
    ("BEGIN:VCALENDAR", ':', Foreign::Card),
    ("[InternetShortcut]", '=', Foreign::Shortcut),
    ("[{000214A0-0000-0000-C000-000000000046}]", '=', Foreign::Shortcut),
    ("[Desktop Entry]", '=', Foreign::Shortcut),
];

/// Beginnings that no letter has.
const STARTS: [(&str, Foreign); 4] = [
    ("{\\rtf", Foreign::Office),
    ("%!PS-AdobeFont-", Foreign::Font),
    ("%!PS-Adobe-", Foreign::VectorPicture),
    ("%!FontType1", Foreign::Font),
];

/// First keys of a torrent, behind which the length of a value follows.
const TORRENTS: [&str; 6] = [
    "d8:announce",
    "d13:announce-list",
    "d7:comment",
    "d10:created by",
    "d13:creation date",
    "d4:info",
];

/// Says which foreign format a text belongs to.
pub(super) fn recognise(text: &str) -> Option<Foreign> {
    let text = text.trim_start();
    let mut lines = text.lines().map(str::trim);
    let (first, second) = (lines.next()?, lines.next().unwrap_or_default());
    let of_start = STARTS.iter().find(|(start, _)| text.starts_with(start));
    let of_line = FIRST_LINES.iter().find(|(line, _)| *line == first);
    let of_values = WITH_VALUES.iter().find(|(line, sign, _)| {
        let name = second.split([*sign, ';']).next().unwrap_or_default();
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.[]".contains(c);
        *line == first && name.len() < second.len() && name.chars().all(is_name)
    });
    let is_drawing = (first == "0" && second == "SECTION") || first == "AutoCAD Binary DXF";
    let is_torrent = TORRENTS.iter().any(|key| {
        let behind = text.strip_prefix(key);
        behind.is_some_and(|value| {
            value.starts_with(|c: char| c.is_ascii_digit() || "dil".contains(c))
        })
    });
    of_start
        .or(of_line)
        .map(|(_, foreign)| *foreign)
        .or_else(|| of_values.map(|(.., foreign)| *foreign))
        .or_else(|| is_drawing.then_some(Foreign::Cad))
        .or_else(|| is_torrent.then_some(Foreign::Shortcut))
}
