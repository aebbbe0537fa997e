//! Words of the page language (ISO 32000-2, 7.2 and 7.8.2).
//!
//! Drawings, character maps and calculator functions are written in it, and all of
//! them may carry comments. What this reader returns holds none. Where the
//! specification leaves damaged input open, words and numbers are read as poppler reads
//! them; what shows something and still does not fit is refused by the caller.

use super::value::decimal;

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Number(Vec<u8>),
    Name(Vec<u8>),
    Text(Vec<u8>),
    ArrayOpen,
    ArrayClose,
    DictOpen,
    DictClose,
    /// An operator, a keyword or a brace.
    Word(Vec<u8>),
}

/// Reads words one after the other.
pub(super) struct Lexer<'a> {
    data: &'a [u8],
    position: usize,
    /// Comments passed so far.
    pub(super) comments: u32,
    /// Whether the last number had a point.
    pub(super) pointed: bool,
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    b"()<>[]{}/%".contains(&byte)
}

impl<'a> Lexer<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Lexer { data, position: 0, comments: 0, pointed: false }
    }

    /// What has not been read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.data.get(self.position..).unwrap_or_default()
    }

    /// Leaves out `count` bytes that are no words.
    pub(super) fn skip(&mut self, count: usize) {
        self.position = self.position.saturating_add(count).min(self.data.len());
    }

    fn peek(&self) -> Option<u8> {
        self.data.get(self.position).copied()
    }

    fn bump(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.position += 1;
        Some(byte)
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                self.comments = self.comments.saturating_add(1);
                while self.peek().is_some_and(|byte| byte != b'\r' && byte != b'\n') {
                    self.position += 1;
                }
            } else if is_space(byte) {
                self.position += 1;
            } else {
                return;
            }
        }
    }

    fn number(&mut self, first: u8) -> Token {
        let mut text = vec![first];
        let mut pointed = first == b'.';
        while let Some(byte) = self.peek() {
            match byte {
                b'0'..=b'9' => text.push(byte),
                b'.' if !pointed => {
                    pointed = true;
                    text.push(byte);
                }
                b'-' if pointed => {}
                _ => break,
            }
            self.position += 1;
        }
        self.pointed = pointed;
        Token::Number(decimal(&text))
    }

    fn name(&mut self) -> Token {
        let mut name = Vec::new();
        while let Some(byte) = self.peek() {
            if is_space(byte) || is_delimiter(byte) {
                break;
            }
            self.position += 1;
            match (byte, self.hex_pair()) {
                (b'#', Some(decoded)) => {
                    self.position += 2;
                    name.push(decoded);
                }
                _ => name.push(byte),
            }
        }
        Token::Name(name)
    }

    fn hex_pair(&self) -> Option<u8> {
        let digit = |at: usize| char::from(*self.data.get(at)?).to_digit(16);
        let value = digit(self.position)? * 16 + digit(self.position + 1)?;
        u8::try_from(value).ok()
    }

    fn literal_text(&mut self) -> Token {
        let mut text = Vec::new();
        let mut open = 1u32;
        while let Some(byte) = self.bump() {
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.position += 1;
                    }
                    text.push(b'\n');
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        Token::Text(text)
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        match self.bump() {
            Some(b'n') => text.push(b'\n'),
            Some(b'r') => text.push(b'\r'),
            Some(b't') => text.push(b'\t'),
            Some(b'b') => text.push(8),
            Some(b'f') => text.push(0x0c),
            Some(b'\n') | None => {}
            Some(b'\r') => {
                if self.peek() == Some(b'\n') {
                    self.position += 1;
                }
            }
            Some(first @ b'0'..=b'7') => {
                let mut value = u32::from(first - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    self.position += 1;
                    value = value * 8 + u32::from(digit - b'0');
                }
                text.push(u8::try_from(value & 0xff).unwrap_or_default());
            }
            Some(other) => text.push(other),
        }
    }

    fn hex_text(&mut self) -> Token {
        let mut text = Vec::new();
        let mut high = None;
        while let Some(byte) = self.bump() {
            if byte == b'>' {
                break;
            }
            let Some(digit) = char::from(byte).to_digit(16) else { continue };
            let digit = u8::try_from(digit).unwrap_or_default();
            match high.take() {
                None => high = Some(digit),
                Some(high) => text.push(high << 4 | digit),
            }
        }
        if let Some(high) = high {
            text.push(high << 4);
        }
        Token::Text(text)
    }

    fn angle(&mut self) -> Token {
        if self.peek() == Some(b'<') {
            self.position += 1;
            return Token::DictOpen;
        }
        self.hex_text()
    }

    fn plain_word(&mut self, first: u8) -> Token {
        let mut word = vec![first];
        while let Some(byte) = self.peek() {
            if is_space(byte) || is_delimiter(byte) {
                break;
            }
            self.position += 1;
            word.push(byte);
        }
        Token::Word(word)
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            self.skip_space();
            let first = self.bump()?;
            return Some(match first {
                b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(first),
                b'/' => self.name(),
                b'(' => self.literal_text(),
                b'<' => self.angle(),
                b'>' if self.peek() == Some(b'>') => {
                    self.position += 1;
                    Token::DictClose
                }
                b'[' => Token::ArrayOpen,
                b']' => Token::ArrayClose,
                b'{' | b'}' => Token::Word(vec![first]),
                b'>' | b')' => continue,
                _ => self.plain_word(first),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &[u8]) -> Vec<Token> {
        Lexer::new(text).collect()
    }

    #[test]
    fn a_comment_is_counted_and_not_returned() {
        let mut lexer = Lexer::new(b"q % name of the author\nQ");
        assert_eq!(lexer.by_ref().collect::<Vec<_>>().len(), 2);
        assert_eq!(lexer.comments, 1);
    }

    #[test]
    fn every_spelling_of_a_text_gives_the_same_text() {
        let plain = words(b"(AB)");
        assert_eq!(words(b"<4142>"), plain);
        assert_eq!(words(b"(\\101\\102)"), plain);
        assert_eq!(words(b"(A\\\r\nB)"), plain);
    }

    #[test]
    fn a_number_ends_where_its_digits_end() {
        let number = |digits: &[u8]| Token::Number(digits.to_vec());
        assert_eq!(words(b"5.5cm"), [number(b"5.5"), Token::Word(b"cm".to_vec())]);
        assert_eq!(words(b"1.2.3"), [number(b"1.2"), number(b".3")]);
        assert_eq!(words(b"1-2"), [number(b"1"), number(b"-2")]);
        assert_eq!(words(b"1.5-2"), [number(b"1.52")]);
    }

    #[test]
    fn an_unfinished_word_ends_with_the_data() {
        for text in [b"(abc".as_slice(), b"<4", b"/a#", b"[", b"<<", b"\\"] {
            assert_eq!(words(text).len(), 1);
        }
    }
}
