//! Says whether a clean page shows what the original shows, and holds nothing else.
//!
//! Both are read by `html5ever`, the parser that a browser has, into the tree that it would
//! show. The words of both must be the same, and the boxes around them, and the pictures that
//! lie in the page. Before that, the bytes of the copy are walked by a
//! strict reader that knows one spelling of each tag.

mod shown;
mod spelling;
mod tree;

use data_encoding::{BASE64, Specification};

use super::{text, verify_inside};
use crate::refusal::Limit;
use crate::{Kind, Limits, ReadSeek, Refusal, pixels};
use shown::Shown;

/// What browsers show.
const PICTURES: [Kind; 5] = [Kind::Jpeg, Kind::Png, Kind::Gif, Kind::Webp, Kind::Avif];

pub(super) use shown::hides;
pub(super) use spelling::{is_name as may_stay, is_within_lines, may_have};

/// The character that HTML has under a name, or the reference as it was.
pub(super) fn character(name: &str) -> String {
    let mut found = String::new();
    if let Some(tree) = tree::parse(&format!("<p>&{name};")) {
        tree.walk(|node| {
            if let tree::Node::Text(words) = node {
                found.push_str(words);
            }
            true
        });
    }
    found
}

/// Accepts `clean`, or says that it must not leave.
pub(crate) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    let bytes = text::bytes_of(original, limits)?;
    let page = characters(&bytes).ok_or(Refusal::Verification)?;
    verify_characters(&page, clean, limits)
}

/// The same for a page of which the characters are known.
pub(super) fn verify_characters(
    original: &str,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    let copy = text::canonical(clean).ok_or(Refusal::Verification)?;
    spelling::is_canonical(copy).then_some(()).ok_or(Refusal::Verification)?;
    let (shown, copied) = (shown_of(original)?, shown_of(copy)?);
    if shown.has_shadow || shown.words != copied.words || !pictures_fit(&shown, &copied, limits) {
        return Err(Refusal::Verification);
    }
    Ok(())
}

fn shown_of(page: &str) -> Result<Shown, Refusal> {
    tree::parse(page).map(|tree| shown::shown(&tree)).ok_or(Refusal::Limit(Limit::Parts))
}

/// Whether a page shows a word or a picture that lies in it; none if it cannot be read.
/// `page` are its characters, where something else than the page says what they are.
pub(super) fn shows_something(bytes: &[u8], page: Option<&str>) -> Option<bool> {
    let page = page.map(str::to_owned).or_else(|| characters(bytes))?;
    let shown = shown_of(&page).ok()?;
    let is_word = |c: char| !c.is_control() && !c.is_whitespace();
    Some(shown.words.contains(is_word) || !shown.pictures.is_empty())
}

/// Whether the copy has the clean form of each picture of the original that a browser shows,
/// in its order, and no other.
fn pictures_fit(shown: &Shown, copied: &Shown, limits: &Limits) -> bool {
    let mut copies = copied.pictures.iter().peekable();
    for original in shown.pictures.iter().filter_map(|address| content(address)) {
        let fits = |copy: &[u8]| verify_inside(&original, copy, limits).is_ok();
        if copies.next_if(|copy| held(copy).is_some_and(|copy| fits(&copy))).is_none()
            && pixels::are_shown(&original, &PICTURES, limits)
        {
            return false;
        }
    }
    copies.next().is_none()
}

/// What an address in a copy holds.
fn held(address: &str) -> Option<Vec<u8>> {
    let (_, data) = address.split_once(";base64,")?;
    BASE64.decode(data.as_bytes()).ok()
}

/// What an address holds itself (RFC 2397).
pub(super) fn content(address: &str) -> Option<Vec<u8>> {
    let (about, data) = address.trim().split_once(',')?;
    let about = about.to_ascii_lowercase();
    let data: Vec<u8> = percent(data.as_bytes());
    if !about.starts_with("data:") {
        return None;
    }
    if !about.trim_end().ends_with("base64") {
        return Some(data);
    }
    let mut permissive = Specification::new();
    permissive.symbols.push_str("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    permissive.ignore.push_str(" \t\r\n=");
    permissive.check_trailing_bits = false;
    permissive.encoding().ok()?.decode(&data).ok()
}

fn percent(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&byte) = data.get(at) {
        let digits = data.get(at + 1..at + 3).and_then(|two| str::from_utf8(two).ok());
        let value = digits
            .filter(|two| two.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        let escaped = value.filter(|_| byte == b'%');
        out.push(escaped.unwrap_or(byte));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    out
}

/// The characters of a page, in any encoding that its copy could have been made from.
fn characters(bytes: &[u8]) -> Option<String> {
    if encoding_rs::Encoding::for_bom(bytes).is_some() || str::from_utf8(bytes).is_ok() {
        return text::lines_of(bytes);
    }
    let head = bytes.get(..1024).unwrap_or(bytes);
    let head: String = head.iter().map(|&byte| char::from(byte.to_ascii_lowercase())).collect();
    let mut names: Vec<(usize, &str)> =
        head.match_indices("charset").chain(head.match_indices("encoding=")).collect();
    names.sort_unstable();
    let encoding = names.into_iter().find_map(|(at, _)| {
        let value = head.get(at..)?.split('=').nth(1)?;
        let value = value.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        let name =
            value.split(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).next()?;
        encoding_rs::Encoding::for_label(name.as_bytes())
            .filter(|one| one.is_ascii_compatible() && *one != encoding_rs::UTF_8)
    });
    match encoding {
        Some(encoding) => encoding
            .decode_without_bom_handling_and_without_replacement(bytes)
            .map(|text| text::one_kind_of_line(&text)),
        None => text::lines_of(bytes),
    }
}

#[cfg(test)]
mod tests;
