//! Values of attributes and properties.
//!
//! A value is read word by word and written again: numbers as they are, with their units,
//! colours, words and functions of the standards, and references to names in the same file.
//! A value in which there is anything else is left out.

use super::words::{FONTS, FUNCTIONS, UNITS, WORDS};

/// More digits than any drawing program writes.
pub(super) const DIGITS: usize = 32;

/// Reads a value from its start to its end.
struct Reader<'a> {
    rest: &'a str,
    out: String,
    open: usize,
    /// Whether large and small letters mean the same, as in styles.
    any_case: bool,
}

/// A value without anything that is not of the standards; nothing if there is such a thing.
/// Words have one spelling, also where `any_case` means the same.
pub(super) fn plain(value: &str, any_case: bool) -> Option<String> {
    let mut reader = Reader { rest: value.trim(), out: String::new(), open: 0, any_case };
    while let Some(first) = reader.rest.chars().next() {
        match first {
            ' ' | '\t' | '\r' | '\n' => reader.blanks(),
            ',' | '/' => reader.take(1)?,
            ')' => {
                reader.open = reader.open.checked_sub(1)?;
                reader.take(1)?;
            }
            '#' | 'A'..='Z' | 'a'..='z' if !reader.is_between() => return None,
            '#' => reader.colour()?,
            '+' | '-' | '.' | '0'..='9' => reader.number()?,
            'A'..='Z' | 'a'..='z' => reader.word()?,
            _ => return None,
        }
    }
    (reader.open == 0 && !reader.out.is_empty()).then_some(reader.out)
}

impl<'a> Reader<'a> {
    fn cut(&mut self, length: usize) -> Option<&'a str> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn take(&mut self, length: usize) -> Option<()> {
        let taken = self.cut(length)?;
        self.out.push_str(taken);
        Some(())
    }

    /// How many bytes from a place on are such.
    fn count(&self, from: usize, are: impl Fn(u8) -> bool) -> usize {
        self.rest.bytes().skip(from).take_while(|byte| are(*byte)).count()
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
        self.out.push(' ');
    }

    /// Whether a colour or a word may begin: behind another one no program takes it for what it
    /// would be here.
    fn is_between(&self) -> bool {
        self.out.is_empty() || self.out.ends_with([' ', ',', '/', '(', ')'])
    }

    fn colour(&mut self) -> Option<()> {
        let digits = self.count(1, |byte| byte.is_ascii_hexdigit());
        // Colours stand in styles only.
        (self.any_case && matches!(digits, 3 | 4 | 6 | 8)).then_some(())?;
        let colour = self.cut(1 + digits)?.to_ascii_lowercase();
        self.out.push_str(&colour);
        Some(())
    }

    fn number(&mut self) -> Option<()> {
        let sign = self.count(0, |byte| matches!(byte, b'+' | b'-'));
        let whole = self.count(sign, |byte| byte.is_ascii_digit());
        let mut length = sign + whole;
        let mut digits = whole;
        if self.rest.as_bytes().get(length) == Some(&b'.') {
            let part = self.count(length + 1, |byte| byte.is_ascii_digit());
            (length, digits) = (length + 1 + part, digits + part);
        }
        (sign < 2 && (1..=DIGITS).contains(&digits)).then_some(())?;
        if matches!(self.rest.as_bytes().get(length), Some(b'e' | b'E')) {
            let sign = self.count(length + 1, |byte| matches!(byte, b'+' | b'-'));
            let power = self.count(length + 1 + sign, |byte| byte.is_ascii_digit());
            if sign < 2 && (1..=3).contains(&power) {
                length += 1 + sign + power;
            }
        }
        let unit = self.count(length, |byte| byte.is_ascii_alphabetic() || byte == b'%');
        UNITS.contains(&self.rest.get(length..length + unit)?).then_some(())?;
        self.take(length + unit)
    }

    fn word(&mut self) -> Option<()> {
        let length = self.count(0, |byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let word = self.rest.get(..length)?;
        if self.rest.as_bytes().get(length) == Some(&b'(') {
            if word.eq_ignore_ascii_case("url") {
                return self.reference();
            }
            self.out.extend([self.spelled(FUNCTIONS, word)?, "("]);
            self.open += 1;
            return self.cut(length + 1).map(drop);
        }
        self.out.push_str(self.spelled(WORDS, word)?);
        self.cut(length).map(drop)
    }

    /// A word as the list spells it.
    fn spelled(&self, list: &[&'static str], word: &str) -> Option<&'static str> {
        let exact = list.iter().find(|one| **one == word);
        let like = || list.iter().find(|one| self.any_case && one.eq_ignore_ascii_case(word));
        exact.or_else(like).copied()
    }

    /// A name in the same file.
    fn reference(&mut self) -> Option<()> {
        let end = self.rest.find(')')?;
        let inside = self.cut(end + 1)?.get(4..end)?.trim();
        let inside = inside.trim_matches(|quote| quote == '"' || quote == '\'');
        let name = name(inside.strip_prefix('#')?)?;
        self.out.extend(["url(#", name, ")"]);
        Some(())
    }
}

/// A name that can be replaced without doubt about where it ends.
pub(super) fn name(name: &str) -> Option<&str> {
    let odd = |one: char| one.is_whitespace() || "'\"()#<>;{}\\".contains(one);
    (!name.is_empty() && !name.contains(odd)).then_some(name)
}

/// Those of a list of fonts that many machines have; and whether others are left out.
pub(super) fn fonts(value: &str) -> (Option<String>, bool) {
    let all = value.split(',').map(|font| {
        font.trim().trim_matches(|quote| quote == '"' || quote == '\'').to_ascii_lowercase()
    });
    let all: Vec<String> = all.filter(|font| !font.is_empty()).collect();
    let common = |font: &&String| FONTS.contains(&font.as_str()) || *font == "inherit";
    let kept: Vec<&str> = all.iter().filter(common).map(String::as_str).collect();
    let quoted =
        |font: &&str| if font.contains(' ') { format!("'{font}'") } else { (*font).to_owned() };
    let list = kept.iter().map(quoted).collect::<Vec<_>>().join(",");
    ((!list.is_empty()).then_some(list), kept.len() < all.len())
}
