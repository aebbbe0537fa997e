//! The header of a mail or of a part: how the part is to be read, and nothing else.
//!
//! Readers of mails forgive much, and each another fault: one takes the first of two
//! headers, another the last; one ends the header at a line of blanks, another goes on. A
//! file that relies on it shows one thing to us and another to whoever opens the original.

use super::fields;
use super::rules::{CODINGS, holds};
use crate::refusal::{Damage, Feature, Foreign, Limit};
use crate::{Category, Change, Limits, Notes, Refusal};

/// Characters of the longest boundary (RFC 2046, 5.1.1).
const LONGEST_BOUNDARY: usize = 70;

/// How a part is to be read.
#[derive(Debug)]
pub(super) struct Head {
    /// Type and subtype in small letters: `text/plain`.
    pub(super) kind: String,
    /// How its bytes are written.
    pub(super) coding: String,
    pub(super) charset: Option<String>,
    pub(super) boundary: Option<String>,
    /// Whether blanks at the ends of its lines mean that a paragraph goes on.
    pub(super) is_flowed: bool,
    /// Whether it is a file and not to be shown with the others.
    pub(super) is_attached: bool,
}

/// The header at the beginning of a part, and what follows it.
///
/// `default` is the type of a part that does not say it.
pub(super) fn read<'a>(
    part: &'a [u8],
    default: &str,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<(Head, &'a [u8]), Refusal> {
    let (fields, body) = fields(part, limits)?;
    let mut found = Found::default();
    for (name, value) in &fields {
        fields::count(name, notes);
        // A page that a browser saved as a mail: its parts are those of a page.
        if name == "snapshot-content-location" {
            return Err(Refusal::NotCleanable(Foreign::WebPage));
        }
        let place = match name.as_str() {
            "content-type" => &mut found.kind,
            "content-transfer-encoding" => &mut found.coding,
            "content-disposition" => &mut found.disposition,
            "mime-version" => &mut found.version,
            _ => continue,
        };
        if place.replace(value).is_some() {
            return Err(Refusal::Damaged(Damage::Missing));
        }
    }
    Ok((found.head(default, notes)?, body))
}

/// The fields that count, each there at most once.
#[derive(Default)]
struct Found<'a> {
    kind: Option<&'a String>,
    coding: Option<&'a String>,
    disposition: Option<&'a String>,
    version: Option<&'a String>,
}

impl Found<'_> {
    fn head(&self, default: &str, notes: &mut Notes) -> Result<Head, Refusal> {
        let kind = Value::parse(self.kind.map_or(default, |value| value))?;
        if !is_type(&kind.first) {
            return Err(Refusal::Damaged(Damage::Value));
        }
        let disposition = Value::parse(self.disposition.map_or("", |value| value))?;
        if kind.holds("name") || disposition.holds("filename") {
            notes.found(Category::Descriptions);
            notes.changed(Change::NamesReplaced);
        }
        if disposition.parameters.iter().any(|(name, _)| name.ends_with("-date")) {
            notes.found(Category::Dates);
        }
        let mut coding = self.coding.map_or("7bit", |value| value.trim()).to_ascii_lowercase();
        // Programs say so of parts and of words that are lines all the same.
        let is_lines = kind.first.starts_with("multipart/") || kind.first.starts_with("text/");
        if coding == "binary" && is_lines {
            "8bit".clone_into(&mut coding);
        }
        if !holds(&CODINGS, &coding) {
            return Err(Refusal::Feature(Feature::Filter));
        }
        let boundary = kind.only("boundary")?;
        // Without quotes, a blank ends it for some readers.
        let is_quoted = |boundary: &str| {
            self.kind.is_some_and(|kind| kind.contains(&format!("\"{boundary}\"")))
        };
        let fits = |boundary: &str| {
            is_boundary(boundary) && (!boundary.contains(' ') || is_quoted(boundary))
        };
        if boundary.is_some_and(|boundary| !fits(boundary)) {
            return Err(Refusal::Damaged(Damage::Value));
        }
        let format = kind.only("format")?.unwrap_or_default();
        Ok(Head {
            coding,
            charset: kind
                .only("charset")?
                .filter(|name| !name.is_empty())
                .map(str::to_ascii_lowercase),
            boundary: boundary.map(str::to_owned),
            is_flowed: kind.first == "text/plain" && format.eq_ignore_ascii_case("flowed"),
            is_attached: disposition.first == "attachment",
            kind: kind.first,
        })
    }
}

/// A name in small letters, and its value.
type Field = (String, String);

/// The fields of a header, and what follows the empty line.
fn fields<'a>(part: &'a [u8], limits: &Limits) -> Result<(Vec<Field>, &'a [u8]), Refusal> {
    let disorder = Refusal::Damaged(Damage::Order);
    let mut fields: Vec<Field> = Vec::new();
    let mut rest = part;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let line = rest.get(..end).unwrap_or_default();
        rest = rest.get(end + 1..).unwrap_or_default();
        if line.is_empty() {
            break;
        }
        if line.trim_ascii().is_empty() {
            return Err(disorder);
        }
        let line = String::from_utf8_lossy(line);
        if line.starts_with([' ', '\t']) {
            fields.last_mut().ok_or(disorder)?.1.push_str(&line);
            continue;
        }
        let (name, value) = line.split_once(':').ok_or(disorder)?;
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(disorder);
        }
        if fields.len() >= limits.segments as usize {
            return Err(Refusal::Limit(Limit::Parts));
        }
        fields.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    Ok((fields, rest))
}

/// A value with parameters (RFC 2045, 5.1): `text/plain; charset=utf-8`.
struct Value {
    /// What stands before the first semicolon, in small letters.
    first: String,
    /// Names in small letters, and values without their quotes.
    parameters: Vec<Field>,
}

impl Value {
    fn parse(value: &str) -> Result<Value, Refusal> {
        let mut pieces = pieces(value)?.into_iter();
        let first = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
        let mut parameters = Vec::new();
        for piece in pieces.map(str::trim).filter(|piece| !piece.is_empty()) {
            let (name, value) = piece.split_once('=').ok_or(Refusal::Damaged(Damage::Value))?;
            parameters.push((name.trim().to_ascii_lowercase(), unquoted(value.trim())?));
        }
        Ok(Value { first, parameters })
    }

    /// Whether there is a parameter, in one piece or in several (RFC 2231, 3).
    fn holds(&self, wanted: &str) -> bool {
        let name = |name: &str| name.split('*').next() == Some(wanted);
        self.parameters.iter().any(|(one, _)| name(one))
    }

    /// A parameter that says how to read a part: it may be there once, in one piece.
    fn only(&self, wanted: &str) -> Result<Option<&str>, Refusal> {
        let named = |one: &&Field| one.0.split('*').next() == Some(wanted);
        let mut all = self.parameters.iter().filter(named);
        let one = all.next();
        if all.next().is_some() || one.is_some_and(|(name, _)| name != wanted) {
            return Err(Refusal::Damaged(Damage::Value));
        }
        Ok(one.map(|(_, value)| value.as_str()))
    }
}

/// What stands between semicolons that are not inside of quotes.
fn pieces(value: &str) -> Result<Vec<&str>, Refusal> {
    let (mut pieces, mut start) = (Vec::new(), 0);
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in value.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                pieces.push(value.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            // A comment: some readers pass over it, for others it belongs to the value.
            '(' if !quoted && pieces.is_empty() => return Err(Refusal::Damaged(Damage::Value)),
            _ => {}
        }
    }
    if quoted {
        return Err(Refusal::Damaged(Damage::Value));
    }
    pieces.push(value.get(start..).unwrap_or_default());
    Ok(pieces)
}

fn unquoted(value: &str) -> Result<String, Refusal> {
    let Some(inside) = value.strip_prefix('"') else {
        // A quote in the middle begins a word for some and is one of its letters for others.
        let is_plain = !value.contains('"');
        return is_plain.then(|| value.to_owned()).ok_or(Refusal::Damaged(Damage::Value));
    };
    let (mut out, mut rest) = (String::new(), inside.chars());
    while let Some(c) = rest.next() {
        match c {
            '\\' => out.extend(rest.next()),
            '"' if rest.as_str().is_empty() => return Ok(out),
            '"' => break,
            _ => out.push(c),
        }
    }
    Err(Refusal::Damaged(Damage::Value))
}

fn is_type(kind: &str) -> bool {
    let is_token = |word: &str| {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
        !word.is_empty() && word.bytes().all(fits)
    };
    kind.split_once('/').is_some_and(|(one, other)| is_token(one) && is_token(other))
}

/// RFC 2046, 5.1.1. A blank may be within one, but not at its end.
fn is_boundary(boundary: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte);
    // Signs that programs write though the standard does not know them.
    let fits = |byte: u8| fits(byte) || b"$%#@!&*<>^~|".contains(&byte);
    let is_trimmed = boundary.trim() == boundary;
    (1..=LONGEST_BOUNDARY).contains(&boundary.len()) && is_trimmed && boundary.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &str) -> Result<Head, Refusal> {
        read(header.as_bytes(), "text/plain", &Limits::default(), &mut Notes::default())
            .map(|(head, _)| head)
    }

    #[test]
    fn values_are_read_in_every_spelling_that_has_one_meaning() {
        for header in [
            "Content-Type: text/plain; charset=utf-8; format=flowed",
            "content-TYPE:TEXT/Plain;\n\tCHARSET=\"UTF-8\"  ;Format=Flowed;",
            "Subject: x\nContent-Type: text/plain; name*0=\"a;b\"; name*1*=utf-8''c;\n charset=\"ut\\f-8\"; format=\"flowed\"",
        ] {
            let head = of(header).unwrap();
            assert_eq!((&*head.kind, head.charset.as_deref()), ("text/plain", Some("utf-8")));
            assert!(head.is_flowed, "{header}");
        }
        let head = of("Content-Type: multipart/mixed; boundary=\"=_a/b?\"").unwrap();
        assert_eq!(head.boundary.as_deref(), Some("=_a/b?"));
        assert!(of("Content-Disposition: ATTACHMENT; filename=a b.txt").unwrap().is_attached);
        assert_eq!(of("\nwords").unwrap().kind, "text/plain");
    }

    #[test]
    fn headers_with_two_readings_are_refused() {
        for header in [
            "Content-Type: text/plain\nContent-Type: text/html",
            "Content-Transfer-Encoding: 7bit\ncontent-transfer-encoding: base64",
            "MIME-Version: 1.0\nMIME-Version: 1.0",
            "Content-Type: multipart/mixed; boundary=a; boundary=b",
            "Content-Type: multipart/mixed; boundary*0=a; boundary*1=b",
            "Content-Type: text/plain; charset*=utf-8''utf-8",
            "Content-Type: text/plain (text/html); charset=utf-8",
            "Content-Type: text/plain; name=a\";boundary=b\"",
            "Content-Type: text/plain; name=\"a",
            "Content-Type: text/plain charset=utf-8",
            "Content-Type: text",
            "Content-Type: multipart/mixed; boundary=\"a \"",
            "Content-Type: multipart/mixed; boundary=\"\"",
            "Content-Type : text/html",
            "Content-Type: text/plain\n \nSubject: x",
            " folded from nothing",
            "no colon",
        ] {
            assert!(matches!(of(header), Err(Refusal::Damaged(_))), "{header}");
        }
        let coded = of("Content-Transfer-Encoding: x-uuencode");
        assert_eq!(coded.unwrap_err(), Refusal::Feature(Feature::Filter));
    }
}
