//! What the value of an attribute may look like.
//!
//! Nearly every value of a document is a number, a measure, a colour or a word of the
//! standard. What is none of these is checked for what it should be, and names that tie
//! parts together are numbered anew when everything else is done.

use std::collections::HashSet;

use super::words::WORDS;
use super::{fonts, formula, shape};

/// What a value may look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// Numbers, measures, colours, words of the standard.
    Plain,
    /// A name that other places refer to: numbered anew.
    Name,
    /// The name of a sheet, which people see.
    Sheet,
    /// The name of a font that is widely known.
    Family,
    /// A code of a language, a country or a script, in which numbers are written out. Those of
    /// text go: programs put in where their machine is set up.
    Language,
    /// A date, a time or a duration, which a cell holds.
    Moment,
    /// The code of a currency.
    Currency,
    /// Addresses of cells in this document.
    Address,
    /// A comparison with a number.
    Condition,
    /// A formula that asks nobody outside.
    Formula,
    /// A few characters that are shown.
    Mark,
    /// A drawn line.
    Path,
    /// A formula of a shape, or its name.
    Equation,
    /// The name of a shape of the standard.
    Shape,
    /// A picture or an object of this document.
    Part,
    /// Whatever it is: for tests, which let in what must not come in.
    Any,
}

/// Characters of a [`Value::Mark`]: enough for "Appendix".
const MARK: usize = 12;
/// Digits and signs of a number with its exponent.
const NUMBER: usize = 24;
/// Bytes of the name of a sheet; programs allow 31 letters.
const SHEET: usize = 255;
/// Units of measures; a star is a part of what is left.
const UNITS: [&str; 13] =
    ["cm", "mm", "in", "pt", "pc", "px", "em", "%", "*", "deg", "grad", "rad", ""];

/// The words that plain values are made of, ready to be asked.
pub(super) struct Words(HashSet<&'static str>);

impl Words {
    /// The words of the standard.
    pub(super) fn new() -> Words {
        Words(WORDS.split(' ').collect())
    }

    /// What is written for a value; none if it may not stay. Names and parts are left as
    /// they are, for those who number them.
    pub(super) fn value(&self, shape: Value, value: &str) -> Option<String> {
        let fits = match shape {
            Value::Plain => return self.plain(value),
            Value::Family => return fonts::known(value).map(str::to_owned),
            Value::Shape => return Some(shape::known(value).to_owned()),
            Value::Name => !value.is_empty(),
            Value::Part | Value::Any => true,
            Value::Sheet => !value.is_empty() && value.len() <= SHEET,
            Value::Language => is_language(value),
            Value::Moment => is_moment(value),
            Value::Currency => value.len() == 3 && value.bytes().all(|b| b.is_ascii_uppercase()),
            Value::Address => formula::is_list_of_addresses(value),
            Value::Condition => is_condition(value),
            Value::Formula => formula::is_kept(value),
            Value::Mark => value.chars().count() <= MARK,
            Value::Path => shape::is_path(value),
            Value::Equation => shape::is_equation(value),
        };
        fits.then(|| value.to_owned())
    }

    /// The words of a value, which all must be known, with single blanks between them.
    fn plain(&self, value: &str) -> Option<String> {
        let mut words = value.split(['(', ')', ',', ' ', '\t', '\n', ';']);
        let fits = |word: &str| is_measure(word) || is_colour(word) || self.0.contains(word);
        if !words.all(|word| word.is_empty() || fits(word)) {
            return None;
        }
        Some(value.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// A number with a unit or without.
pub(super) fn is_measure(word: &str) -> bool {
    UNITS.iter().any(|unit| word.strip_suffix(unit).is_some_and(is_number))
}

/// A number as programs write it.
pub(super) fn is_number(word: &str) -> bool {
    let shape =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E');
    word.len() <= NUMBER && word.bytes().all(shape) && word.parse::<f64>().is_ok()
}

fn is_colour(word: &str) -> bool {
    let digits = word.strip_prefix('#').unwrap_or_default();
    matches!(digits.len(), 3 | 6) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Up to three letters of a language, two of a country or three digits of a region, four
/// of a script, or "none".
fn is_language(value: &str) -> bool {
    matches!(value.len(), 2..=4) && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Digits and the signs and letters of ISO 8601.
fn is_moment(value: &str) -> bool {
    let letter = |byte: u8| matches!(byte, b'P' | b'T' | b'Y' | b'M' | b'D' | b'H' | b'S' | b'Z');
    let sign = |byte: u8| matches!(byte, b'-' | b':' | b'.' | b',' | b'+');
    let fits = |byte: u8| byte.is_ascii_digit() || letter(byte) || sign(byte);
    (1..=40).contains(&value.len()) && value.bytes().all(fits)
}

/// `value()>=0` of a way to write numbers, or the same of a cell.
fn is_condition(value: &str) -> bool {
    let subject = ["value()", "cell-content()"].iter().find_map(|one| value.strip_prefix(one));
    let number = subject.map(|rest| rest.trim_start_matches(['<', '>', '=', '!']).trim());
    number.is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_values_have_no_room_for_names() {
        let words = Words::new();
        for fits in [
            "0cm",
            "1.5in solid #AABBCC",
            "rect(0cm, 1cm, 2cm, 0cm)",
            "32633*",
            "chart:bar",
            "",
            "super 58%",
        ] {
            assert!(words.value(Value::Plain, fits).is_some(), "{fits}");
        }
        for no in ["anna", "0cm anna", "file:///C:/", "#anna12", "1234567890123456789012345", "1x"]
        {
            assert_eq!(words.value(Value::Plain, no), None, "{no}");
        }
        let text = words.value(Value::Plain, " 1cm\n 2cm ");
        assert_eq!(text.as_deref(), Some("1cm 2cm"));
    }

    #[test]
    fn other_values_are_what_they_should_be() {
        let words = Words::new();
        let pairs = [
            (Value::Language, "da", "danish"),
            (Value::Moment, "2026-11-24T12:00:00", "24 November"),
            (Value::Moment, "PT00H01M00S", "PT00H anna"),
            (Value::Currency, "DKK", "Kr."),
            (Value::Condition, "value()>=0", "value()>=anna"),
            (Value::Condition, "cell-content()!=-1.5", "is-true-formula(WEBSERVICE(1))"),
            (Value::Mark, "Appendix ", "longer than that"),
            (Value::Sheet, "Sheet 1", ""),
        ];
        for (shape, fits, not) in pairs {
            assert_eq!(words.value(shape, fits).as_deref(), Some(fits));
            assert_eq!(words.value(shape, not), None, "{not}");
        }
    }

    #[test]
    fn the_words_are_in_their_order_and_in_it_once() {
        let words: Vec<&str> = WORDS.split(' ').collect();
        assert!(words.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
