//! A text that somebody writes: how it is kept, and when it is one.

use crate::limits::MESSAGE_CHARACTERS;

/// Why a text is not taken as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAMessage {
    /// There is nothing in it.
    #[error("the text is empty")]
    Empty,
    /// It has more than [`MESSAGE_CHARACTERS`] characters.
    #[error("the text has {found} characters")]
    TooLong {
        /// How many it has.
        found: usize,
    },
}

/// The text as it is kept: line ends as `\n`, no control characters.
pub fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| *c == '\n' || *c == '\t' || !c.is_control()).collect()
}

/// Checks a text that is to be sent.
pub fn check_message(text: &str) -> Result<(), NotAMessage> {
    let found = text.chars().count();
    if text.trim().is_empty() {
        Err(NotAMessage::Empty)
    } else if found > MESSAGE_CHARACTERS {
        Err(NotAMessage::TooLong { found })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::padding::pad_message;

    #[test]
    fn the_longest_message_fits_its_padding() {
        for sign in ["x", "å", "😀", "\"", "\\", "\n"] {
            let text = sign.repeat(MESSAGE_CHARACTERS);
            assert_eq!(check_message(&text).is_ok(), !text.trim().is_empty());
            let json = serde_json::to_vec(&text).unwrap();
            assert!(pad_message(&json).is_some(), "{sign:?}");
        }
    }

    #[test]
    fn texts_without_a_word_or_over_the_limit_are_refused() {
        assert_eq!(check_message(" \n\t "), Err(NotAMessage::Empty));
        assert_eq!(check_message(""), Err(NotAMessage::Empty));
        let long = "å".repeat(MESSAGE_CHARACTERS + 1);
        let found = MESSAGE_CHARACTERS + 1;
        assert_eq!(check_message(&long), Err(NotAMessage::TooLong { found }));
        assert!(check_message(&"å".repeat(MESSAGE_CHARACTERS)).is_ok());
    }

    #[test]
    fn control_characters_are_left_out_and_lines_stay() {
        assert_eq!(tidy("a\r\nb\rc\u{0}\u{1b}[31md\te"), "a\nb\nc[31md\te");
    }
}
