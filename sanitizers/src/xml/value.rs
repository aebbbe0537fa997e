//! What the value of an attribute may look like.
//!
//! Nearly every value of a document is a number, a switch or a word of the standard, and
//! each of these shapes is too narrow for a name, a date or a path. What is left is text
//! that people see, and names that tie parts together: those are numbered anew.

use std::borrow::Cow;

use super::{Resolve, Rules};

/// What a value may look like, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A number: sign, digits, fraction, exponent; no larger than 32 bits can say.
    Number,
    /// A number with a unit or a percent sign.
    Measure,
    /// Numbers with blanks or commas between them.
    Numbers,
    /// Yes or no.
    Switch,
    /// Up to eight hexadecimal digits.
    Hex,
    /// A word of the standard, or several.
    Word,
    /// A word of the standard, a number, a measure or a colour, whichever.
    Plain,
    /// Text that is shown, or that a formula is made of.
    Text,
    /// The name of a relationship to another part. If that part is left out, so is the
    /// element.
    Relation,
    /// A name that other places refer to, of this sort: written as the format decides.
    Name(&'static str),
    /// Replaced by a number that no other element of the part has.
    Serial,
    /// Always this, whatever it was.
    Fixed(&'static str),
    /// Whatever a function makes of it.
    Checked(Check),
}

/// A check of one format: what is to be written, or nothing.
#[derive(Clone, Copy)]
pub(crate) struct Check {
    pub(crate) name: &'static str,
    pub(crate) check: fn(&str) -> Option<String>,
}

impl PartialEq for Check {
    fn eq(&self, other: &Check) -> bool {
        self.name == other.name
    }
}

impl Eq for Check {}

impl std::fmt::Debug for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// Digits and signs that a number may have: a 64-bit one with its exponent.
const NUMBER: usize = 32;
/// The largest number of 32 bits, and the farthest place (ISO/IEC 29500-1, 20.1.10.16).
const MOST: f64 = 4_294_967_295.0;
const FARTHEST: f64 = 27_273_042_316_900.0;
/// Units of lengths (ISO/IEC 29500-1, 22.9.2.15), angles, percent, and those of VML.
const UNITS: [&str; 12] = ["mm", "cm", "in", "pt", "pc", "pi", "px", "em", "ex", "fd", "f", "%"];

impl Value {
    /// What is written for a value; nothing if it may not stay.
    pub(crate) fn of<'a>(
        self,
        value: &'a str,
        rules: &Rules,
        resolve: &mut dyn Resolve,
    ) -> Option<Cow<'a, str>> {
        let trimmed = value.trim_ascii();
        let plain = |fits: bool| fits.then_some(Cow::Borrowed(trimmed));
        match self {
            Value::Number => number(trimmed, MOST).map(Cow::Owned),
            Value::Measure => measure(trimmed).map(Cow::Owned),
            Value::Numbers => {
                let known = |one: &str| rules.knows(one).then(|| one.to_owned());
                list(trimmed, &[' ', ',', '\n', '\t'], |one| {
                    known(one).or_else(|| number(one, MOST))
                })
                .map(Cow::Owned)
            }
            Value::Switch => plain(is_switch(trimmed)),
            Value::Hex => plain(is_hex(trimmed)),
            Value::Word => plain(are(trimmed, |one| rules.knows(one))),
            // What could be a colour stays as it is: all its digits count.
            Value::Plain => {
                plain(is_hex(trimmed) || is_switch(trimmed) || are(trimmed, |one| rules.knows(one)))
                    .or_else(|| measure(trimmed).map(Cow::Owned))
            }
            Value::Text => Some(Cow::Borrowed(value)),
            Value::Relation => resolve.relation(value).map(Cow::Owned),
            Value::Name(sort) => resolve.name(sort, value).map(Cow::Owned),
            Value::Serial => Some(Cow::Owned(resolve.serial(value))),
            Value::Fixed(always) => Some(Cow::Borrowed(always)),
            Value::Checked(check) => (check.check)(value).map(Cow::Owned),
        }
    }
}

/// Whether all words of a list are such; there must be one.
fn are(list: &str, fits: impl Fn(&str) -> bool) -> bool {
    let mut words = list.split([' ', ',', '\n', '\t']).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(fits)
}

/// A number in its one spelling, with no more digits than count; nothing if it is none, or
/// beyond `most`.
pub(crate) fn number(value: &str, most: f64) -> Option<String> {
    let shape =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E');
    let fits = value.len() <= NUMBER && value.bytes().all(shape);
    let number: f64 = if fits { value.parse().ok()? } else { return None };
    if !number.is_finite() || number.abs() > most {
        return None;
    }
    Some(match number.abs() {
        // Nothing below it has a sign.
        0.0 => "0".to_owned(),
        1e-5..1e17 => number.to_string(),
        _ => format!("{number:e}"),
    })
}

/// The same with a unit.
pub(crate) fn measure(value: &str) -> Option<String> {
    let unit = UNITS.iter().find(|unit| value.ends_with(**unit)).copied().unwrap_or_default();
    Some(number(value.strip_suffix(unit)?, FARTHEST)? + unit)
}

/// A list with these signs between its words, each of them written anew.
pub(crate) fn list(
    value: &str,
    between: &[char],
    word: impl Fn(&str) -> Option<String>,
) -> Option<String> {
    let mut written = String::with_capacity(value.len());
    for part in value.split_inclusive(between) {
        let plain = part.trim_end_matches(between);
        if !plain.is_empty() {
            written.push_str(&word(plain)?);
        }
        written.push_str(part.get(plain.len()..)?);
    }
    Some(written)
}

fn is_switch(value: &str) -> bool {
    matches!(value, "0" | "1" | "true" | "false" | "on" | "off" | "t" | "f")
}

fn is_hex(value: &str) -> bool {
    (1..=8).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}
