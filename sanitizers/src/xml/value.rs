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
    /// A number: sign, digits, fraction, exponent.
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
            Value::Number => plain(is_number(trimmed)),
            Value::Measure => plain(is_measure(trimmed)),
            Value::Numbers => plain(are(trimmed, |one| is_number(one) || rules.knows(one))),
            Value::Switch => plain(is_switch(trimmed)),
            Value::Hex => plain(is_hex(trimmed)),
            Value::Word => plain(are(trimmed, |one| rules.knows(one))),
            Value::Plain => plain(
                is_measure(trimmed)
                    || is_hex(trimmed)
                    || is_switch(trimmed)
                    || are(trimmed, |one| rules.knows(one)),
            ),
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

pub(crate) fn is_number(value: &str) -> bool {
    let shape =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E');
    value.len() <= NUMBER
        && value.bytes().all(shape)
        && value.parse::<f64>().is_ok_and(f64::is_finite)
}

pub(crate) fn is_measure(value: &str) -> bool {
    let unit = UNITS.iter().find_map(|unit| value.strip_suffix(unit));
    is_number(unit.unwrap_or(value))
}

fn is_switch(value: &str) -> bool {
    matches!(value, "0" | "1" | "true" | "false" | "on" | "off" | "t" | "f")
}

fn is_hex(value: &str) -> bool {
    (1..=8).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}
