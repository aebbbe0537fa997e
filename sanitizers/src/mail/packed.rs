//! Files between the lines of a text, as mails carried them before there were parts.
//!
//! Programs still show them as attached files; in a text they would pass unseen, with all
//! that they know of their makers.

/// What stands above a file of an old Macintosh.
const BINHEX: &str = "(This file must be converted with BinHex";

/// Whether a text carries a file by uuencode, yEnc or `BinHex`.
pub(super) fn holds_file(text: &str) -> bool {
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().copied().unwrap_or_default();
        let is_named = line.starts_with("=ybegin ") || line.starts_with(BINHEX);
        if is_named || (begins(line) && is_coded(next)) {
            return true;
        }
    }
    false
}

/// `begin 644 photo.jpg` (POSIX, uuencode), or the form with base64.
fn begins(line: &str) -> bool {
    let mut words = line.split(' ');
    let first = words.next().unwrap_or_default();
    let mode = words.next().unwrap_or_default();
    matches!(first, "begin" | "begin-base64")
        && (3..=4).contains(&mode.len())
        && mode.bytes().all(|byte| matches!(byte, b'0'..=b'7'))
        && words.next().is_some_and(|name| !name.is_empty())
}

/// A line whose first sign says how many bytes its others are, or one of base64.
fn is_coded(line: &str) -> bool {
    let line = line.as_bytes();
    let Some((&first, digits)) = line.split_first() else { return false };
    let count = usize::from(first.wrapping_sub(b' ') & 63);
    let are_digits = line.iter().all(|digit| (b' '..=b'`').contains(digit));
    let is_counted = are_digits && count > 0 && digits.len() >= (count * 4).div_ceil(3);
    is_counted || (line.len() > 40 && !line.contains(&b' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_between_lines_are_told_from_words() {
        for text in [
            "Hi\nbegin 644 a.txt\n#0V%T\n`\nend\n",
            "begin-base64 644 a.jpg\n/9j/4AAQSkZJRgABAQEASABIAAD//gATQ3JlYXRlZCB3aXRo\n====\n",
            "=ybegin line=128 size=5 name=a\n",
            "(This file must be converted with BinHex 4.0)\n\n:#@0dEf9b:\n",
        ] {
            assert!(holds_file(text), "{text}");
        }
        for text in ["begin 100 metres from here\nand run\n", "begin 644\n", "begin 899 a\n#0V%T\n"]
        {
            assert!(!holds_file(text), "{text}");
        }
    }
}
