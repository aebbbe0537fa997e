//! The receipt code: sixteen digits that open one case, or twenty-four.
//!
//! The code is shown once, typed back once and after that exists only with the
//! reporter. One slow derivation turns it into a lookup id, by which the row is found,
//! and a key, by which the row is opened; a thief of the database has neither.

use std::fmt::Write as _;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::derivation::{Cost, Pepper};
use super::secret::{Key, expand, random};

/// How long a code is.
///
/// Sixteen digits are what people expect, and more than anybody can try on a running portal.
/// Whoever has the database and the pepper tries without asking it: against them, 24.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeLength {
    /// Sixteen digits: 53 bits.
    Usual,
    /// Twenty-four digits: 79 bits.
    Long,
}

impl CodeLength {
    /// The lengths there are, the shorter one first.
    pub const ALL: [CodeLength; 2] = [CodeLength::Usual, CodeLength::Long];

    /// How many digits.
    pub const fn digits(self) -> usize {
        match self {
            CodeLength::Usual => 16,
            CodeLength::Long => LONGEST,
        }
    }

    fn of(digits: usize) -> Option<Self> {
        CodeLength::ALL.into_iter().find(|length| length.digits() == digits)
    }
}

/// Digits of the longest code.
const LONGEST: usize = 24;

/// The code itself. It cannot be printed by accident.
#[derive(Clone)]
pub struct ReceiptCode(SecretString);

/// Why something typed by a person is not a receipt code.
///
/// The messages are for us. What the reporter reads is in `templates/text`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAReceiptCode {
    /// As many digits as no code has.
    #[error("expected 16 or 24 digits, found {found}")]
    Length {
        /// How many digits there were.
        found: usize,
    },
    /// Something other than digits, spaces, hyphens and dots.
    #[error("only digits, spaces, hyphens and dots may occur")]
    Character,
}

impl ReceiptCode {
    /// Makes a new code of the usual length.
    pub fn random() -> Self {
        ReceiptCode::random_of(CodeLength::Usual)
    }

    /// Makes a new code: each digit equally likely.
    pub fn random_of(length: CodeLength) -> Self {
        let mut digits = Zeroizing::new(String::with_capacity(LONGEST));
        while digits.len() < length.digits() {
            // A byte below 250 gives each digit 25 times; the others would favour
            // the low digits and are thrown away.
            let missing = length.digits() - digits.len();
            let fair = random::<32>().into_iter().filter(|byte| *byte < 250);
            digits.extend(fair.map(|byte| char::from(b'0' + byte % 10)).take(missing));
        }
        ReceiptCode(SecretString::from(digits.as_str()))
    }

    /// Reads a code as people type it: spaces, hyphens and dots anywhere.
    pub fn parse(typed: &str) -> Result<Self, NotAReceiptCode> {
        let mut digits = Zeroizing::new(String::with_capacity(LONGEST));
        let mut found = 0;
        for character in typed.chars() {
            match character {
                '0'..='9' => {
                    found += 1;
                    if found <= LONGEST {
                        digits.push(character);
                    }
                }
                c if c.is_whitespace() || matches!(c, '-' | '‐' | '–' | '.' | '\u{200b}') => {}
                _ => return Err(NotAReceiptCode::Character),
            }
        }
        CodeLength::of(found).ok_or(NotAReceiptCode::Length { found })?;
        Ok(ReceiptCode(SecretString::from(digits.as_str())))
    }

    /// How long it is.
    pub fn length(&self) -> CodeLength {
        CodeLength::of(self.expose().len()).unwrap_or(CodeLength::Usual)
    }

    /// The code in groups of four, for the one page that shows it.
    pub fn in_groups(&self) -> Zeroizing<String> {
        let mut groups = Zeroizing::new(String::with_capacity(LONGEST + LONGEST / 4));
        for (at, digit) in self.0.expose_secret().chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                groups.push(' ');
            }
            // Writing to a string cannot fail.
            let _ = write!(groups, "{digit}");
        }
        groups
    }

    /// The digits.
    pub fn expose(&self) -> &[u8] {
        self.0.expose_secret().as_bytes()
    }

    /// The digits, to be sealed: with spaces up to the longest code. A thief would see
    /// otherwise which codes are worth guessing.
    pub fn padded(&self) -> Zeroizing<String> {
        let mut padded = Zeroizing::new(String::with_capacity(LONGEST));
        // Writing to a string cannot fail.
        let _ = write!(padded, "{:<LONGEST$}", self.0.expose_secret());
        padded
    }

    /// Compares without telling how many digits agree.
    pub fn is(&self, other: &ReceiptCode) -> bool {
        self.expose().ct_eq(other.expose()).into()
    }

    /// Derives what finds and what opens the reporter's row. Slow, on purpose.
    pub fn derive(&self, pepper: &Pepper, salt: &[u8; 16], cost: Cost) -> CodeKeys {
        let derived = pepper.derive(self.expose(), salt, cost);
        let mut lookup = [0u8; 32];
        expand(&*derived, b"sluse/code/lookup/v1", &mut lookup);
        let mut key = Zeroizing::new([0u8; 32]);
        expand(&*derived, b"sluse/code/key/v1", &mut *key);
        CodeKeys { lookup: LookupId(lookup), key: Key::from_bytes(*key) }
    }
}

impl std::fmt::Debug for ReceiptCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReceiptCode(…)")
    }
}

/// Finds a row without telling the secret it was derived from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LookupId(pub(super) [u8; 32]);

impl LookupId {
    /// Reads a stored one.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(LookupId)
    }

    /// The bytes, as they are stored.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// What one derivation of a code gives.
#[derive(Debug)]
pub struct CodeKeys {
    /// By which the row is found.
    pub lookup: LookupId,
    /// By which the row is opened.
    pub key: Key,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_spaced() {
        let code = ReceiptCode::parse("1234567890123456").unwrap();
        for typed in [
            "1234 5678 9012 3456",
            " 1234-5678-9012-3456\n",
            "12 34 56 78 90 12 34 56",
            "1234\u{a0}5678\u{a0}9012\u{a0}3456",
            "1234–5678–9012–3456",
            "1234.5678.9012.3456",
        ] {
            assert!(ReceiptCode::parse(typed).unwrap().is(&code), "{typed:?}");
        }
        let long = ReceiptCode::parse("123456789012345678901234").unwrap();
        for typed in ["1234 5678 9012 3456 7890 1234", " 12345678-90123456\n78901234"] {
            assert!(ReceiptCode::parse(typed).unwrap().is(&long), "{typed:?}");
        }
        assert!(!long.is(&code) && !code.is(&long), "the beginning of a code is another code");
    }

    #[test]
    fn what_is_no_code_is_refused_with_its_reason() {
        for (typed, reason) in [
            ("", NotAReceiptCode::Length { found: 0 }),
            ("1234 5678 9012 345", NotAReceiptCode::Length { found: 15 }),
            ("1234 5678 9012 3456 7", NotAReceiptCode::Length { found: 17 }),
            ("1234 5678 9012 3456 7890", NotAReceiptCode::Length { found: 20 }),
            ("1234 5678 9012 3456 7890 123", NotAReceiptCode::Length { found: 23 }),
            ("1234 5678 9012 3456 7890 1234 5", NotAReceiptCode::Length { found: 25 }),
            ("1234 5678 9012 345a", NotAReceiptCode::Character),
            ("١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦", NotAReceiptCode::Character),
        ] {
            assert_eq!(ReceiptCode::parse(typed).unwrap_err(), reason, "{typed:?}");
        }
    }

    #[test]
    fn a_very_long_entry_is_counted_and_not_kept() {
        let typed = "7".repeat(100_000);
        assert_eq!(
            ReceiptCode::parse(&typed).unwrap_err(),
            NotAReceiptCode::Length { found: 100_000 }
        );
    }

    #[test]
    fn codes_are_shown_in_groups_of_four_and_never_in_debug() {
        let code = ReceiptCode::parse("1234567890123456").unwrap();
        assert_eq!(&*code.in_groups(), "1234 5678 9012 3456");
        let long = ReceiptCode::parse("123456789012345678901234").unwrap();
        assert_eq!(&*long.in_groups(), "1234 5678 9012 3456 7890 1234");
        assert_eq!(format!("{code:?}"), "ReceiptCode(…)");
    }

    #[test]
    fn new_codes_are_codes_and_use_every_digit() {
        for length in CodeLength::ALL {
            let mut seen = std::collections::BTreeSet::new();
            for _ in 0..200 {
                let code = ReceiptCode::random_of(length);
                assert_eq!((code.expose().len(), code.length()), (length.digits(), length));
                assert!(ReceiptCode::parse(&code.in_groups()).unwrap().is(&code));
                seen.extend(code.expose().iter().copied());
            }
            assert_eq!(seen.len(), 10);
        }
    }

    #[test]
    fn what_is_sealed_of_a_code_does_not_tell_its_length() {
        let [usual, long] = CodeLength::ALL.map(ReceiptCode::random_of);
        assert_eq!(usual.padded().len(), long.padded().len());
        for code in [usual, long] {
            assert!(ReceiptCode::parse(&code.padded()).unwrap().is(&code));
        }
    }

    #[test]
    fn finding_and_opening_need_different_bytes_and_the_pepper() {
        let cost = Cost { memory_kib: 64, passes: 1 };
        let code = ReceiptCode::random();
        let (one, other) = (Pepper::random(), Pepper::random());
        let keys = code.derive(&one, &[0; 16], cost);
        assert_ne!(keys.lookup.as_bytes(), keys.key.expose());
        assert_eq!(keys.lookup, code.derive(&one, &[0; 16], cost).lookup);
        assert_ne!(keys.lookup, code.derive(&other, &[0; 16], cost).lookup);
        assert_ne!(keys.lookup, ReceiptCode::random().derive(&one, &[0; 16], cost).lookup);
    }
}
