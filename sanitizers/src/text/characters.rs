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
        '\u{A0}'
            | '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{1680}'
            | '\u{180B}'..='\u{180F}'
            | '\u{2000}'..='\u{200F}'
            | '\u{2028}'..='\u{202F}'
            | '\u{205F}'..='\u{206F}'
            | '\u{2800}'
            | '\u{3000}'
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

/// Blanks at the end of a line that are not Markdown's line break, which is two. One is
/// as good a mark as any: there or not, it is a bit per line.
pub(super) fn ends_in_marks(line: &str) -> bool {
    let blanks = line.strip_prefix(line.trim_end_matches([' ', '\t'])).unwrap_or_default();
    !matches!(blanks, "" | "  ")
}

/// Whether some words stand two blanks apart, in a text in which others of the same kind
/// stand one apart: a bit between any two words. Two at each end of a sentence is how
/// some people type, and columns have more.
pub(super) fn has_double_blanks(text: &str) -> bool {
    let (mut narrow, mut wide) = (false, false);
    for line in text.lines() {
        let line = line.trim_matches([' ', '\t']);
        let mut before = None;
        let mut rest = line.chars().peekable();
        while let Some(c) = rest.next() {
            if c != ' ' {
                before = Some(c);
                continue;
            }
            let mut blanks = 1;
            while rest.next_if_eq(&' ').is_some() {
                blanks += 1;
            }
            match (before, blanks) {
                (Some('.' | '!' | '?' | ':'), 1) => narrow = true,
                (Some('.' | '!' | '?' | ':'), 2) => wide = true,
                (_, 2) => return true,
                _ => {}
            }
        }
    }
    narrow && wide
}

/// Characters that look like a common one and are another: marks that can be put anywhere.
pub(super) fn is_copy(c: char) -> bool {
    matches!(
        c,
        // Accents of their own, beside letters that have them.
        '\u{300}'..='\u{36F}'
            | '\u{251}'
            | '\u{261}'
            | '\u{37E}'
            | '\u{387}'
            | '\u{2010}'..='\u{2012}'
            | '\u{2015}'
            | '\u{2024}'
            | '\u{2044}'
            | '\u{2126}'
            | '\u{212A}'..='\u{212B}'
            | '\u{2212}'
            | '\u{2215}'
            | '\u{FF01}'..='\u{FF5E}'
            | '\u{1D400}'..='\u{1D7FF}'
    )
}

/// Whether a word of letters from another alphabet could be read as one of Latin letters.
pub(super) fn passes_for_latin(word: &str) -> bool {
    const COPIES: &str = "аеорсухіјѕһԁԛԝАВЕКМНОРСТХУІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανιρυχϲјѵ";
    !word.is_empty() && word.chars().all(|c| COPIES.contains(c))
}

/// Whether a word has letters of several alphabets.
pub(super) fn mixes_alphabets(word: &str) -> bool {
    let latin = |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}');
    let greek = |c: char| matches!(c, '\u{370}'..='\u{3FF}');
    let cyrillic = |c: char| matches!(c, '\u{400}'..='\u{52F}');
    let alphabets = [
        word.chars().any(latin),
        word.chars().any(greek),
        word.chars().any(cyrillic),
        word.chars().any(|c| matches!(c, '\u{530}'..='\u{58F}' | '\u{13A0}'..='\u{13FF}')),
    ];
    alphabets.iter().filter(|&&present| present).count() > 1
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
        assert!("\u{FF41}bc".chars().any(is_copy));
        for word in ["rødgrød", "слово", "λόγος", "2024"] {
            assert!(!mixes_alphabets(word), "{word}");
        }
    }

    #[test]
    fn a_word_that_passes_for_another_is_known() {
        for word in ["\u{430}", "\u{440}\u{430}\u{443}", "\u{41E}\u{41A}"] {
            assert!(passes_for_latin(word), "{word}");
        }
        for word in ["", "слово", "pay", "λόγος"] {
            assert!(!passes_for_latin(word), "{word}");
        }
        for c in "\u{261}\u{212A}\u{2010}\u{37E}\u{2024}\u{301}\u{FF01}".chars() {
            assert!(is_copy(c), "{c:?}");
        }
        assert!(!"Blåbærgrød 12 € – ja; nej.".chars().any(is_copy));
    }

    #[test]
    fn two_blanks_where_others_have_one_are_marks() {
        assert!(has_double_blanks("one  two three"));
        assert!(has_double_blanks("One. Two.  Three."));
        for text in ["One.  Two.  Three", "  indented", "a   column   of\nb     blanks"] {
            assert!(!has_double_blanks(text), "{text}");
        }
    }

    #[test]
    fn blanks_after_a_line_are_marks_unless_markdown_uses_them() {
        assert!(ends_in_marks("a \t "));
        assert!(ends_in_marks("a    "));
        assert!(ends_in_marks("a "));
        assert!(!ends_in_marks("a  "));
        assert!(!ends_in_marks("a"));
    }
}
