//! The readable part of a Type 1 font: what viewers read of it, written anew.

use std::collections::BTreeMap;

use crate::Refusal;
use crate::refusal::{Damage, Feature};

const VALUE: Refusal = Refusal::Damaged(Damage::Value);

/// Encodings that are known by their names.
const ENCODINGS: [&[u8]; 2] = [b"StandardEncoding", b"ISOLatin1Encoding"];
/// Keys of fonts with several designs (Adobe technical note 5015): what they draw depends
/// on more than is written here.
const OF_DESIGNS: [&[u8]; 4] =
    [b"Blend", b"BlendDesignMap", b"BlendDesignPositions", b"WeightVector"];
const HEAD: &[u8] = b"%!PS-AdobeFont-1.0\n12 dict begin\n/FontName /A def\n/FontType 1 def\n";

/// Codes that an encoding has.
const CODES: i64 = 256;

/// What a viewer reads.
#[derive(Default)]
struct Readable<'a> {
    matrix: Option<Vec<f64>>,
    bounds: Option<Vec<f64>>,
    paint: Option<f64>,
    stroke: Option<f64>,
    encoding: Option<Encoding<'a>>,
}

enum Encoding<'a> {
    Known(&'a [u8]),
    Own(BTreeMap<i64, &'a [u8]>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'a> {
    Name(&'a [u8]),
    Word(&'a [u8]),
    Open,
    Close,
    /// A text, which draws nothing.
    Text,
}

/// The readable part anew, and what stands behind the word that ends it.
pub(super) fn rewritten(font: &[u8]) -> Result<(Vec<u8>, &[u8]), Refusal> {
    let mut tokens = Tokens { rest: font };
    let mut read = Readable::default();
    let mut depth = 0u32;
    while let Some(token) = tokens.next() {
        match token {
            Token::Open => depth += 1,
            Token::Close => depth = depth.checked_sub(1).ok_or(VALUE)?,
            Token::Word(b"eexec") if depth == 0 => return Ok((read.written(), tokens.rest)),
            Token::Name(key) if depth == 0 => read.key(key, &mut tokens)?,
            _ => {}
        }
    }
    Err(Refusal::Damaged(Damage::Length))
}

impl<'a> Readable<'a> {
    fn key(&mut self, key: &[u8], tokens: &mut Tokens<'a>) -> Result<(), Refusal> {
        let again = match key {
            b"FontMatrix" => self.matrix.replace(tokens.numbers(6)?).is_some(),
            b"FontBBox" => self.bounds.replace(tokens.numbers(4)?).is_some(),
            b"PaintType" => self.paint.replace(tokens.number()?).is_some(),
            b"StrokeWidth" => self.stroke.replace(tokens.number()?).is_some(),
            b"Encoding" => self.encoding.replace(tokens.encoding()?).is_some(),
            key if OF_DESIGNS.contains(&key) => return Err(Refusal::Feature(Feature::Construct)),
            _ => false,
        };
        // Which of two counts, readers decide differently.
        if again { Err(VALUE) } else { Ok(()) }
    }

    fn written(&self) -> Vec<u8> {
        let list =
            |numbers: &[f64]| numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(" ");
        // Outlined letters are drawn with a pen, others are filled.
        let paint = match (self.paint, self.stroke.unwrap_or(0.0)) {
            (Some(2.0), width) => format!("/PaintType 2 def\n/StrokeWidth {width} def\n"),
            _ => "/PaintType 0 def\n".to_owned(),
        };
        let matrix = self.matrix.as_deref().map(list);
        let matrix = matrix.map(|list| format!("/FontMatrix [{list}] readonly def\n"));
        let bounds = self.bounds.as_deref().map(list);
        let bounds = bounds.map(|list| format!("/FontBBox {{{list}}} readonly def\n"));
        let mut out = HEAD.to_vec();
        for part in [Some(paint), matrix, bounds].into_iter().flatten() {
            out.extend(part.into_bytes());
        }
        match &self.encoding {
            None => {}
            Some(Encoding::Known(name)) => {
                out.extend([b"/Encoding ", *name, b" def\n"].concat());
            }
            Some(Encoding::Own(letters)) => {
                out.extend(b"/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\n");
                for (code, name) in letters {
                    let start = format!("dup {code} /");
                    out.extend([start.as_bytes(), *name, b" put\n"].concat());
                }
                out.extend(b"readonly def\n");
            }
        }
        out.extend(b"currentdict end\ncurrentfile eexec\n");
        out
    }
}

struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let first = *self.rest.first()?;
            if is_regular(first) {
                return Some(Token::Word(self.take(is_regular)));
            }
            self.skip(1);
            match first {
                b'%' => {
                    self.take(|byte| !b"\r\n".contains(&byte));
                }
                b'(' => {
                    self.skip_text();
                    return Some(Token::Text);
                }
                b'<' => {
                    self.take(|byte| byte != b'>');
                    self.skip(1);
                    return Some(Token::Text);
                }
                b'{' | b'[' => return Some(Token::Open),
                b'}' | b']' => return Some(Token::Close),
                b'/' => return Some(Token::Name(self.take(is_regular))),
                // Blanks, and ends of what did not begin.
                _ => {}
            }
        }
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn take(&mut self, belongs: impl Fn(u8) -> bool) -> &'a [u8] {
        let end = self.rest.iter().position(|byte| !belongs(*byte)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or_default();
        self.rest = rest;
        taken
    }

    /// Up to the bracket that closes a text: pairs of them may stand in it.
    fn skip_text(&mut self) {
        let mut open = 1u32;
        let mut escaped = false;
        let end = self.rest.iter().position(|byte| {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            open == 0
        });
        self.skip(end.map_or(self.rest.len(), |end| end + 1));
    }

    fn number(&mut self) -> Result<f64, Refusal> {
        match self.next() {
            Some(Token::Word(word)) => number(word),
            _ => Err(VALUE),
        }
    }

    /// So many numbers in brackets of either kind.
    fn numbers(&mut self, count: usize) -> Result<Vec<f64>, Refusal> {
        let open = self.next() == Some(Token::Open);
        let numbers = (0..count).map(|_| self.number()).collect::<Result<_, _>>()?;
        if open && self.next() == Some(Token::Close) { Ok(numbers) } else { Err(VALUE) }
    }

    /// A known encoding, or letters by their codes up to the word that ends the list.
    fn encoding(&mut self) -> Result<Encoding<'a>, Refusal> {
        let first = self.next().ok_or(VALUE)?;
        if let Token::Word(name) = first
            && ENCODINGS.contains(&name)
        {
            return Ok(Encoding::Known(name));
        }
        let mut letters = BTreeMap::new();
        let mut put = |code: i64, name: &'a [u8]| {
            if (0..CODES).contains(&code) && name != b".notdef" {
                letters.insert(code, name);
            }
        };
        // A list of all letters, or an array that is filled code by code.
        if first == Token::Open {
            let mut code = 0;
            while let Some(Token::Name(name)) = self.next() {
                put(code, name);
                code += 1;
            }
            return Ok(Encoding::Own(letters));
        }
        let mut depth = 0u32;
        let mut code = None;
        loop {
            match self.next().ok_or(VALUE)? {
                Token::Open => depth += 1,
                Token::Close => depth = depth.checked_sub(1).ok_or(VALUE)?,
                _ if depth > 0 => {}
                Token::Word(b"def") => return Ok(Encoding::Own(letters)),
                Token::Name(name) => {
                    if let Some(code) = code.take() {
                        put(code, name);
                    }
                }
                Token::Word(word) => {
                    code = std::str::from_utf8(word).ok().and_then(|w| w.parse().ok());
                }
                Token::Text => {}
            }
        }
    }
}

/// A number in decimal digits. Others are allowed, and nobody writes them.
fn number(word: &[u8]) -> Result<f64, Refusal> {
    let plain = word.iter().all(|byte| byte.is_ascii_digit() || b"+-.".contains(byte));
    let text = std::str::from_utf8(word).map_err(|_| VALUE)?;
    text.parse::<f64>().ok().filter(|number| plain && number.is_finite()).ok_or(VALUE)
}

fn is_regular(byte: u8) -> bool {
    !b"\0\t\n\x0c\r ()<>[]{}/%".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: &str = "%!PS-AdobeFont-1.0\n";

    fn anew(font: &str) -> Result<String, Refusal> {
        let font = format!("{START}{font}\ncurrentfile eexec\ncoded");
        let (clear, rest) = rewritten(font.as_bytes())?;
        assert_eq!(rest, b"\ncoded");
        Ok(String::from_utf8(clear).unwrap())
    }

    #[test]
    fn only_what_viewers_read_is_left() {
        let nothing = anew("").unwrap();
        for hidden in [
            "/Author (Anna) def /Path (C:\\Anna \\) \\( (x) y) def % Anna",
            "/Licensee /Anna def",
            "/SerialNumber 20261125 def",
            "/Notice <416e6e61> def",
            "/eexec 1 def /FullName (Anna) def",
            "% currentfile eexec",
            "(eexec ) pop {eexec} pop",
            "Anna known {/Anna findfont dup/UniqueID known{pop}if}{Anna}ifelse",
            "/StrokeWidth 7777 def",
        ] {
            assert_eq!(anew(hidden).unwrap(), nothing, "{hidden}");
        }
    }

    #[test]
    fn what_viewers_read_stays() {
        for (given, kept) in [
            (
                "/FontMatrix[0.00100 0 0 1 0 +2.0]readonly def",
                "/FontMatrix [0.001 0 0 1 0 2] readonly def\n",
            ),
            ("/FontBBox{-9 -8.5 7 6}def", "/FontBBox {-9 -8.5 7 6} readonly def\n"),
            ("/StrokeWidth 5 def /PaintType 2 def", "/PaintType 2 def\n/StrokeWidth 5 def\n"),
            ("/Encoding StandardEncoding def", "/Encoding StandardEncoding def\n"),
            (
                "/Encoding 256 array 0 1 255{1 index exch/.notdef put}for dup 67/C put\ndup 66 /B put \
                 dup 3/.notdef put readonly def",
                "put} for\ndup 66 /B put\ndup 67 /C put\nreadonly def\n",
            ),
            ("/Encoding [/.notdef /A] def", "put} for\ndup 1 /A put\nreadonly def\n"),
        ] {
            let once = anew(given).unwrap();
            assert!(once.contains(kept), "{once}");
            let again = format!("{once}coded");
            assert_eq!(rewritten(again.as_bytes()).unwrap().0, once.as_bytes());
        }
    }

    #[test]
    fn what_readers_would_take_differently_is_refused() {
        for font in [
            "/FontMatrix [1 0 0 1 0 0] def /FontMatrix [2 0 0 2 0 0] def",
            "/FontMatrix [1 0 0 1 0] def",
            "/FontMatrix [1 0 0 1 0 0 0] def",
            "/FontMatrix [1e3 0 0 1 0 0] def",
            "/FontBBox 1 def",
            "/Encoding AnnasEncoding",
            "}",
        ] {
            assert_eq!(anew(font), Err(VALUE), "{font}");
        }
        let designs = anew("/WeightVector [.5 .5] def");
        assert_eq!(designs, Err(Refusal::Feature(Feature::Construct)));
    }
}
