//! From the bytes of a page to its characters.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::refusal::Damage;
use crate::{Category, Notes, Refusal, text};

/// Bytes in which browsers look for the name of an encoding (HTML Standard, 13.2.3.2).
const LOOKED_AT: usize = 1024;

/// Returns the characters. A page says its encoding by a mark or by name; otherwise the
/// rules for plain text hold.
pub(super) fn text(file: &[u8], notes: &mut Notes) -> Result<String, Refusal> {
    if let Some((encoding, mark)) = Encoding::for_bom(file) {
        notes.found(Category::Software);
        let page = strictly(encoding, file.get(mark..).unwrap_or_default())?;
        return Ok(page.trim_start_matches('\u{FEFF}').to_owned());
    }
    if let Ok(text) = str::from_utf8(file) {
        return Ok(text.to_owned());
    }
    match named(file) {
        Some(encoding) => strictly(encoding, file),
        None => text::decoded(file),
    }
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Refusal> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(std::borrow::Cow::into_owned)
        .ok_or(Refusal::Damaged(Damage::Encoding))
}

/// The encoding that a page names in a `meta` element or an XML declaration. The first
/// name counts; that of UTF-16 cannot be true where it can be read (13.2.3.3).
fn named(file: &[u8]) -> Option<&'static Encoding> {
    let head = file.get(..LOOKED_AT).unwrap_or(file);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let places = [head.find("charset"), head.find("encoding=")];
    let mut places: Vec<usize> = places.into_iter().flatten().collect();
    places.sort_unstable();
    places.into_iter().find_map(|place| {
        let (_, value) = head.get(place..)?.split_once('=')?;
        let value = value.trim_start_matches(|c: char| c.is_whitespace() || "\"'".contains(c));
        let end = value.find(|c: char| c.is_whitespace() || "\"';>?/".contains(c))?;
        let encoding = Encoding::for_label(value.get(..end)?.as_bytes())?;
        let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
        // Bytes that are no UTF-8 are known not to be what the page says.
        (!is_wide && encoding != UTF_8).then_some(encoding)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_in_the_encoding_it_names() {
        let mut notes = Notes::default();
        let named = b"<meta http-equiv=content-type content='text/html; charset=iso-8859-2'>\xE8";
        assert!(text(named, &mut notes).unwrap().ends_with('\u{10D}'));
        let unnamed = b"<html>r\xF8dgr\xF8d med fl\xF8de";
        assert!(text(unnamed, &mut notes).unwrap().ends_with("fløde"));
        assert!(text(b"\xFF\xFE<\0p\0>\0", &mut notes).unwrap() == "<p>");
        assert!(text(b"<p>\xCF\xF0\xE8\xE2\xE5\xF2", &mut notes).is_err());
    }
}
