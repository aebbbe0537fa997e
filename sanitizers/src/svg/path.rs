//! The data of paths.

use super::value::DIGITS;

/// Commands and numbers of a path, up to the first error (SVG 2, 9.3): viewers stop there.
/// Nothing if it is empty, or if a number has more digits than any program writes.
pub(super) fn good(value: &str) -> Option<String> {
    let mut path = Path { rest: value };
    let mut end = value;
    while path.segment(end.len() == value.len()).is_some() {
        end = path.rest;
    }
    let kept = value.get(..value.len() - end.len())?;
    let digits = kept.split(|one: char| !one.is_ascii_digit());
    digits.map(str::len).all(|length| length <= DIGITS).then_some(())?;
    let words: Vec<&str> = kept.split_ascii_whitespace().collect();
    let kept = words.join(" ");
    let kept = kept.trim_end_matches([' ', ',']);
    (!kept.is_empty()).then(|| kept.to_owned())
}

/// Reads the data of a path.
struct Path<'a> {
    rest: &'a str,
}

impl Path<'_> {
    /// A command with what belongs to it, once. The first is a move.
    fn segment(&mut self, is_first: bool) -> Option<()> {
        self.rest = self.rest.trim_ascii_start();
        let command = self.rest.chars().next()?;
        (!is_first || matches!(command, 'M' | 'm')).then_some(())?;
        self.rest = self.rest.get(1..)?;
        let count = match command.to_ascii_lowercase() {
            'z' => return Some(()),
            'h' | 'v' => 1,
            'm' | 'l' | 't' => 2,
            's' | 'q' => 4,
            'c' => 6,
            'a' => 7,
            _ => return None,
        };
        let mut behind = None;
        // The numbers of a command may come again; those that are not complete do not count.
        while (0..count)
            .try_for_each(|at| self.number(count == 7 && (at == 3 || at == 4)))
            .is_some()
        {
            behind = Some(self.rest);
        }
        self.rest = behind?;
        Some(())
    }

    /// A number, or a flag, which is one digit.
    fn number(&mut self, is_flag: bool) -> Option<()> {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let text = self.rest.trim_ascii_start();
        let length = if is_flag {
            usize::from(text.starts_with(['0', '1']))
        } else {
            let sign = usize::from(text.starts_with(['+', '-']));
            let whole = digits(text.get(sign..)?);
            let mut length = sign + whole;
            let mut part = 0;
            if text.get(length..)?.starts_with('.') {
                part = digits(text.get(length + 1..)?);
                length += 1 + part;
            }
            (whole + part > 0).then_some(())?;
            if text.get(length..)?.starts_with(['e', 'E']) {
                let power = text.get(length + 1..)?;
                let sign = usize::from(power.starts_with(['+', '-']));
                let power = digits(power.get(sign..)?);
                length += if power > 0 { 1 + sign + power } else { 0 };
            }
            length
        };
        (length > 0).then_some(())?;
        let behind = text.get(length..)?.trim_ascii_start();
        self.rest = behind.strip_prefix(',').unwrap_or(behind);
        Some(())
    }
}
