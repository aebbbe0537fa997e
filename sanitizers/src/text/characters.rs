//! Which characters are refused, which cannot be seen, which look like others.

/// Control characters other than tab and line ends, and code points that are no
/// characters: no text holds them, and terminals and viewers obey them.
pub(super) fn is_refused(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    let none = matches!(c, '\u{FDD0}'..='\u{FDEF}') || u32::from(c) & 0xFFFE == 0xFFFE;
    control || none
}

/// Characters that show nothing, steer the direction of others, or are blanks of a
/// width no one tells from another: Unicode's default-ignorable code points, format
/// characters, unusual spaces, and private use.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{2000}'..='\u{200F}'
            | '\u{2028}'..='\u{202F}'
            | '\u{205F}'..='\u{206F}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{E000}'..='\u{F8FF}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}'
            | '\u{F0000}'..='\u{10FFFF}'
    )
}

/// Blanks at the end of a line that are not Markdown's line break.
pub(super) fn ends_in_marks(line: &str) -> bool {
    let blanks = line.strip_prefix(line.trim_end_matches([' ', '\t'])).unwrap_or_default();
    !matches!(blanks, "" | " " | "  ")
}

/// Whether a word has letters of several alphabets, or copies of Latin letters that
/// Unicode keeps elsewhere.
pub(super) fn mixes_alphabets(word: &str) -> bool {
    let latin = |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}');
    let greek = |c: char| matches!(c, '\u{370}'..='\u{3FF}');
    let cyrillic = |c: char| matches!(c, '\u{400}'..='\u{52F}');
    let copy = |c: char| matches!(c, '\u{FF10}'..='\u{FF5A}' | '\u{1D400}'..='\u{1D7FF}');
    let alphabets = [
        word.chars().any(latin),
        word.chars().any(greek),
        word.chars().any(cyrillic),
        word.chars().any(|c| matches!(c, '\u{530}'..='\u{58F}' | '\u{13A0}'..='\u{13FF}')),
    ];
    word.chars().any(copy) || alphabets.iter().filter(|&&present| present).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_cannot_be_seen_are_known() {
        for c in ['\u{200B}', '\u{202E}', '\u{FEFF}', '\u{E0041}', '\u{2060}', '\u{FE01}'] {
            assert!(is_invisible(c), "{c:?}");
        }
        assert!(!"Blåbærgrød 12 € – ja".chars().any(is_invisible));
    }

    #[test]
    fn a_word_of_two_alphabets_is_told_from_two_words() {
        assert!(mixes_alphabets("p\u{430}ypal"));
        assert!(mixes_alphabets("\u{FF41}bc"));
        for word in ["rødgrød", "слово", "λόγος", "2024"] {
            assert!(!mixes_alphabets(word), "{word}");
        }
    }

    #[test]
    fn blanks_after_a_line_are_marks_unless_markdown_uses_them() {
        assert!(ends_in_marks("a \t "));
        assert!(ends_in_marks("a    "));
        assert!(!ends_in_marks("a  "));
        assert!(!ends_in_marks("a"));
    }
}
