//! Formats that are text themselves, by the characters of their beginning.
//!
//! A copy must be known as what its original was. So a table is looked for in a window of
//! characters that a head holds in every encoding.

use super::Kind;
use crate::{csv, text};

/// Says which format a head of characters belongs to.
pub(super) fn recognise(text: &str) -> Kind {
    let start = text.trim_start();
    if is_page(start) {
        Kind::Html
    } else if text::has_mail_header(start) {
        Kind::Mail
    } else if csv::is_table(text) {
        Kind::Csv
    } else {
        Kind::Text
    }
}

/// Pages of the web, also those that begin in the middle. Other languages of pointed
/// brackets are none: nobody knows what their elements mean.
fn is_page(start: &str) -> bool {
    let lower = start.to_lowercase();
    if lower.starts_with("<?xml") || lower.starts_with("<!--") {
        return lower.contains("<html") || lower.contains("<!doctype html");
    }
    lower.starts_with("<!doctype html") || text::begins_with_tag(&lower)
}

/// The first characters, with one kind of line end and no mark, as they will be in a copy.
pub(super) fn beginning(head: &[u8]) -> String {
    let units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| -> String {
        let units = bytes.as_chunks::<2>().0.iter().map(|&bytes| unit(bytes));
        char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{FFFD}')).collect()
    };
    let text = match head {
        [0xFF, 0xFE, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => units(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => single(rest),
        _ => single(head),
    };
    text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n").replace('\r', "\n")
}

/// Bytes that are no UTF-8 are a letter each: only signs of ASCII are looked for.
fn single(bytes: &[u8]) -> String {
    match str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // The head may end within a character.
        Err(error) if error.error_len().is_none() => {
            String::from_utf8_lossy(bytes).trim_end_matches('\u{FFFD}').to_owned()
        }
        Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_of_a_table_is_a_table() {
        let table = "navn;beløb\r\nSøren;1\r\nÅse;2\r\n";
        let utf16: Vec<u8> = "\u{FEFF}"
            .encode_utf16()
            .chain(table.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let latin: Vec<u8> = table.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        for head in [table.as_bytes().to_vec(), utf16, latin] {
            assert_eq!(recognise(&beginning(&head)), Kind::Csv, "{head:x?}");
        }
    }

    #[test]
    fn pages_are_known_also_without_their_first_tags() {
        for page in [
            "<!DOCTYPE html><p>a",
            "\n<HTML><body>",
            "<?xml version=\"1.0\"?>\n<html>",
            "<!-- saved from url=(0014)about:internet -->\n<html>",
            "<div>a</div>",
            "<table><tr><td>1",
        ] {
            assert_eq!(recognise(page), Kind::Html, "{page}");
        }
        for text in ["<gpx version=\"1.1\"></gpx>", "<anna> hi", "<3", "< 5 %", "a <p>"] {
            assert_eq!(recognise(text), Kind::Text, "{text}");
        }
    }
}
