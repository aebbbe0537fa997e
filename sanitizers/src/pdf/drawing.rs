//! Drawings, written anew operator by operator (ISO 32000-2, 7.8.2 and annex A).
//!
//! Between the operators there is room for comments, for operators that no viewer
//! knows, for operands that are left over, and for marked content: property lists
//! that say anything and are never shown. What comes out of here is known operators
//! with as many operands of the right type as each one takes. Marks are gone, except
//! those that put something on a layer.

use lopdf::{Dictionary, Object};

use super::copy::Copier;
use super::lex::{Lexer, Token};
use super::table::Space;
use super::value::{Value, word};
use crate::refusal::{Damage, Limit};
use crate::{Category, Change, Refusal, Warning};

/// What an operator takes. `n` is a number, `s` a text, `t` texts and numbers in an
/// array, `a` numbers in an array, `i` a rendering intent, `*` a colour; a capital
/// letter is a name in the resources.
const OPERATORS: &[(&str, &str)] = &[
    ("\"", "nns"),
    ("'", "s"),
    ("B", ""),
    ("B*", ""),
    ("BT", ""),
    ("CS", "K"),
    ("Do", "X"),
    ("ET", ""),
    ("F", ""),
    ("G", "n"),
    ("J", "n"),
    ("K", "nnnn"),
    ("M", "n"),
    ("Q", ""),
    ("RG", "nnn"),
    ("S", ""),
    ("SC", "*"),
    ("SCN", "*"),
    ("T*", ""),
    ("TD", "nn"),
    ("TJ", "t"),
    ("TL", "n"),
    ("Tc", "n"),
    ("Td", "nn"),
    ("Tf", "Fn"),
    ("Tj", "s"),
    ("Tm", "nnnnnn"),
    ("Tr", "n"),
    ("Ts", "n"),
    ("Tw", "n"),
    ("Tz", "n"),
    ("W", ""),
    ("W*", ""),
    ("b", ""),
    ("b*", ""),
    ("c", "nnnnnn"),
    ("cm", "nnnnnn"),
    ("cs", "K"),
    ("d", "an"),
    ("d0", "nn"),
    ("d1", "nnnnnn"),
    ("f", ""),
    ("f*", ""),
    ("g", "n"),
    ("gs", "S"),
    ("h", ""),
    ("i", "n"),
    ("j", "n"),
    ("k", "nnnn"),
    ("l", "nn"),
    ("m", "nn"),
    ("n", ""),
    ("q", ""),
    ("re", "nnnn"),
    ("rg", "nnn"),
    ("ri", "i"),
    ("s", ""),
    ("sc", "*"),
    ("scn", "*"),
    ("sh", "H"),
    ("v", "nnnn"),
    ("w", "n"),
    ("y", "nnnn"),
];

/// Operators that show something, or take an array. Where their operands do not fit, some
/// viewers show a part of them and others nothing: no copy would be right.
const MUST_FIT: [&[u8]; 7] = [b"\"", b"'", b"Do", b"TJ", b"Tj", b"d", b"sh"];

/// Operands that an operator can have: a colour of 32 numbers and its pattern (annex C).
/// Of more, some viewers take the first and others the last.
const MOST_OPERANDS: usize = 33;

/// Values in one list of a drawing; the longest lines of text have some thousands.
const MOST_ITEMS: usize = 1 << 20;

/// Pictures inside the drawings of a document: each costs more than an operator.
pub(super) const MOST_PICTURES: u32 = 100_000;

/// How a letter is painted (9.3.6). Viewers differ on any other number.
const TEXT_MODES: [&[u8]; 8] = [b"0", b"1", b"2", b"3", b"4", b"5", b"6", b"7"];

/// Texts drawn in these modes are not seen (9.3.6): not painted, or only cut out.
const INVISIBLE: [&[u8]; 2] = [b"3", b"7"];

/// What reads and writes one drawing.
struct Rewriter<'d> {
    lexer: Lexer<'d>,
    operands: Vec<Value>,
    out: Vec<u8>,
    /// For each open mark: whether it is a layer and was written.
    marks: Vec<bool>,
    stripped: u32,
    /// A mark said what the marked words are, for screen readers and for copying.
    spoken: bool,
    unpainted: Unpainted,
}

/// Patterns and masks that are chosen and never painted with: whatever is in them is not
/// seen.
#[derive(Default)]
struct Unpainted {
    /// For filling, for lines, and a mask.
    chosen: [bool; 3],
    around: Vec<[bool; 3]>,
    found: bool,
}

impl Unpainted {
    fn choose(&mut self, place: usize, chosen: bool) {
        if let Some(place) = self.chosen.get_mut(place) {
            self.found |= std::mem::replace(place, chosen);
        }
    }

    /// Follows an operator; `masks` says whether it sets a mask or takes it away.
    fn follow(&mut self, operator: &[u8], operands: &[Value], masks: Option<bool>) {
        let is_pattern = matches!(operands.last(), Some(Value::Name(_)));
        match operator {
            b"q" => self.around.push(std::mem::take(&mut self.chosen)),
            b"Q" => {
                self.found |= self.chosen.contains(&true);
                self.chosen = self.around.pop().unwrap_or_default();
            }
            b"g" | b"rg" | b"k" | b"cs" => self.choose(0, false),
            b"G" | b"RG" | b"K" | b"CS" => self.choose(1, false),
            b"sc" | b"scn" => self.choose(0, is_pattern),
            b"SC" | b"SCN" => self.choose(1, is_pattern),
            b"gs" => {
                if let Some(mask) = masks {
                    self.choose(2, mask);
                }
            }
            b"\"" | b"'" | b"B" | b"B*" | b"BI" | b"Do" | b"F" | b"S" | b"TJ" | b"Tj" | b"b"
            | b"b*" | b"f" | b"f*" | b"s" | b"sh" => {
                self.chosen = [false; 3];
                self.around.fill([false; 3]);
            }
            _ => {}
        }
    }

    fn any(&self) -> bool {
        self.found || self.chosen.contains(&true) || self.around.concat().contains(&true)
    }
}

impl<'a> Copier<'a> {
    /// Writes a drawing anew.
    pub(super) fn drawing(
        &mut self,
        data: &[u8],
        resources: Option<&'a Dictionary>,
    ) -> Result<Vec<u8>, Refusal> {
        let mut rewriter = Rewriter {
            lexer: Lexer::new(data),
            operands: Vec::new(),
            out: Vec::with_capacity(data.len()),
            marks: Vec::new(),
            stripped: 0,
            spoken: false,
            unpainted: Unpainted::default(),
        };
        while let Some(token) = rewriter.lexer.next() {
            match token {
                Token::Word(operator) if operator == b"BI" => {
                    rewriter.operands.clear();
                    rewriter.unpainted.follow(b"BI", &[], None);
                    let left = self.inline_pictures.checked_sub(1);
                    self.inline_pictures = left.ok_or(Refusal::Limit(Limit::Parts))?;
                    let image = self.inline_image(&mut rewriter.lexer, resources)?;
                    if !image.is_empty() {
                        word(&mut rewriter.out, &image);
                        rewriter.out.push(b'\n');
                    }
                }
                Token::Word(operator) => {
                    let state = match rewriter.operands.last() {
                        Some(Value::Name(name)) if operator == b"gs" => Some(name.as_slice()),
                        _ => None,
                    };
                    let masks = state.and_then(|name| self.sets_mask(name, resources));
                    rewriter.unpainted.follow(&operator, &rewriter.operands, masks);
                    self.operator(&operator, &mut rewriter)?;
                }
                token => rewriter.operand(token)?,
            }
        }
        self.notes.found_many(Category::Comments, rewriter.lexer.comments);
        self.notes.found_many(Category::Other, rewriter.stripped);
        if rewriter.unpainted.any() {
            self.notes.warn(Warning::HiddenParts);
        }
        if rewriter.spoken {
            self.notes.changed(Change::AccessibilityTagsRemoved);
        }
        Ok(rewriter.out)
    }

    /// Whether a state sets a mask, or takes it away.
    fn sets_mask(&self, name: &[u8], resources: Option<&'a Dictionary>) -> Option<bool> {
        let states = self.get_dict(resources?, "ExtGState")?;
        let state = self.follow(states.get(name).ok()?).as_dict().ok()?;
        Some(matches!(self.get(state, "SMask")?, Object::Dictionary(_)))
    }

    fn operator(&mut self, operator: &[u8], rewriter: &mut Rewriter<'_>) -> Result<(), Refusal> {
        if let Some(value) = constant(operator) {
            rewriter.operands.push(value);
            return Ok(());
        }
        let operands = std::mem::take(&mut rewriter.operands);
        let found = OPERATORS
            .binary_search_by(|(name, _)| name.as_bytes().cmp(operator))
            .ok()
            .and_then(|index| OPERATORS.get(index));
        match (operator, found) {
            (b"BDC", _) => self.open_mark(&operands, rewriter),
            (b"BMC", _) => {
                rewriter.marks.push(false);
                rewriter.stripped += 1;
            }
            (b"EMC", _) => {
                if rewriter.marks.pop() == Some(true) {
                    rewriter.write(&[], b"EMC");
                }
            }
            (_, Some((_, takes))) => {
                if let Some(operands) = self.operands(operands, takes) {
                    if operator == b"Tr" {
                        self.text_mode(&operands, rewriter.lexer.pointed)?;
                    }
                    rewriter.write(&operands, operator);
                } else if MUST_FIT.contains(&operator) {
                    return Err(Refusal::Damaged(Damage::Value));
                }
            }
            (_, None) => rewriter.stripped += 1,
        }
        Ok(())
    }

    fn text_mode(&mut self, mode: &[Value], pointed: bool) -> Result<(), Refusal> {
        let [Value::Number(mode)] = mode else { return Ok(()) };
        if pointed || !TEXT_MODES.contains(&mode.as_slice()) {
            return Err(Refusal::Damaged(Damage::Value));
        }
        if INVISIBLE.contains(&mode.as_slice()) {
            self.notes.warn(Warning::HiddenText);
        }
        Ok(())
    }

    /// The last operands, if they are as many and of the types that are taken.
    fn operands(&mut self, mut operands: Vec<Value>, takes: &str) -> Option<Vec<Value>> {
        if takes == "*" {
            return self.colour(operands);
        }
        let surplus = operands.len().checked_sub(takes.len())?;
        operands.drain(..surplus);
        operands.into_iter().zip(takes.chars()).map(|(value, kind)| self.fit(value, kind)).collect()
    }

    fn fit(&mut self, value: Value, kind: char) -> Option<Value> {
        match (kind, value) {
            ('n', number @ Value::Number(_)) => Some(number),
            ('s', text @ Value::Text(_)) => Some(text),
            ('t', Value::Array(items)) => {
                Some(only(items, |item| matches!(item, Value::Number(_) | Value::Text(_))))
            }
            ('a', Value::Array(items)) => {
                Some(only(items, |item| matches!(item, Value::Number(_))))
            }
            ('i', Value::Name(name)) => super::known(
                &name,
                &["AbsoluteColorimetric", "RelativeColorimetric", "Saturation", "Perceptual"],
            ),
            (letter, Value::Name(name)) => {
                Some(Value::Name(self.name_in_drawing(space_of(letter)?, &name)))
            }
            _ => None,
        }
    }

    fn colour(&mut self, operands: Vec<Value>) -> Option<Vec<Value>> {
        let mut colour = Vec::new();
        for value in operands {
            match value {
                Value::Number(_) => colour.push(value),
                Value::Name(name) => {
                    colour.push(Value::Name(self.name_in_drawing(Space::Patterns, &name)));
                }
                _ => return None,
            }
        }
        (!colour.is_empty()).then_some(colour)
    }

    fn open_mark(&mut self, operands: &[Value], rewriter: &mut Rewriter<'_>) {
        let layer = match operands {
            [.., Value::Name(tag), Value::Name(name)] if tag == b"OC" => Some(name),
            _ => None,
        };
        rewriter.marks.push(layer.is_some());
        match layer {
            Some(name) => {
                let name = self.name_in_drawing(Space::Layers, name);
                rewriter.write(&[Value::name("OC"), Value::Name(name)], b"BDC");
            }
            None => rewriter.stripped += 1,
        }
    }
}

impl Rewriter<'_> {
    fn write(&mut self, operands: &[Value], operator: &[u8]) {
        for operand in operands {
            operand.write(&mut self.out);
        }
        word(&mut self.out, operator);
        self.out.push(b'\n');
    }

    fn operand(&mut self, token: Token) -> Result<(), Refusal> {
        let value = match token {
            Token::ArrayOpen => Some(self.array()?),
            Token::DictOpen => {
                self.skip_dict();
                Some(Value::Null)
            }
            token => plain(token),
        };
        self.operands.extend(value);
        if self.operands.len() > MOST_OPERANDS {
            return Err(Refusal::Damaged(Damage::Value));
        }
        Ok(())
    }

    /// Items up to the end of an array. One with brackets in it is no operand of any
    /// operator, and readers differ on where it ends.
    fn array(&mut self) -> Result<Value, Refusal> {
        let mut items = Vec::new();
        let mut nested = false;
        for token in self.lexer.by_ref() {
            match token {
                Token::ArrayClose => break,
                Token::ArrayOpen | Token::DictOpen | Token::DictClose => nested = true,
                Token::Word(name) => items.extend(constant(&name)),
                token => items.extend(plain(token)),
            }
            if items.len() > MOST_ITEMS {
                return Err(Refusal::Limit(Limit::Parts));
            }
        }
        Ok(if nested { Value::Null } else { Value::Array(items) })
    }

    fn skip_dict(&mut self) {
        let mut open = 1u32;
        for token in self.lexer.by_ref() {
            match token {
                Token::DictOpen => open += 1,
                Token::DictClose => open -= 1,
                // Texts in place of what is drawn (14.9.3 to 14.9.5).
                Token::Name(key) => {
                    self.spoken |= [b"ActualText".as_slice(), b"Alt", b"E"].contains(&&*key);
                }
                _ => {}
            }
            if open == 0 {
                return;
            }
        }
    }
}

fn plain(token: Token) -> Option<Value> {
    match token {
        Token::Number(digits) => Some(Value::Number(digits)),
        Token::Name(name) => Some(Value::Name(name)),
        Token::Text(text) => Some(Value::Text(text)),
        _ => None,
    }
}

fn constant(name: &[u8]) -> Option<Value> {
    match name {
        b"true" => Some(Value::Bool(true)),
        b"false" => Some(Value::Bool(false)),
        b"null" => Some(Value::Null),
        _ => None,
    }
}

fn only(items: Vec<Value>, fits: impl Fn(&Value) -> bool) -> Value {
    Value::Array(items.into_iter().filter(fits).collect())
}

fn space_of(letter: char) -> Option<Space> {
    match letter {
        'K' => Some(Space::Spaces),
        'X' => Some(Space::XObjects),
        'F' => Some(Space::Fonts),
        'S' => Some(Space::States),
        'H' => Some(Space::Shadings),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use lopdf::Document;

    use super::*;
    use crate::{Limits, Notes};

    fn rewritten(drawing: &[u8]) -> String {
        let (doc, limits, mut notes) = (Document::new(), Limits::default(), Notes::default());
        let mut copier = Copier::new(&doc, &limits, &mut notes);
        String::from_utf8(copier.drawing(drawing, None).unwrap()).unwrap()
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(OPERATORS.is_sorted());
    }

    #[test]
    fn comments_unknown_operators_and_surplus_operands_are_gone() {
        assert_eq!(rewritten(b"q % Anna\n(secret) tell 9 9 1 0 0 rg Q"), "q\n1 0 0 rg\nQ\n");
    }

    #[test]
    fn a_text_where_a_number_belongs_takes_the_operator_with_it() {
        assert_eq!(rewritten(b"(secret) w 1 w"), "1 w\n");
    }

    #[test]
    fn text_that_some_viewers_would_show_is_refused() {
        let (doc, limits) = (Document::new(), Limits::default());
        for drawing in [
            b"[(A) [ (B) ] -200 (C)] TJ".as_slice(),
            b"[(A) [(B)]] TJ",
            b"[(A) <</X (B)>>] TJ",
            b"[1 [2]] 0 d",
            b"12 Tj",
            b"/A Tj",
            b"(A) Do",
            b"1 (A) (B) \"",
        ] {
            let mut notes = Notes::default();
            let mut copier = Copier::new(&doc, &limits, &mut notes);
            let outcome = copier.drawing(drawing, None);
            assert_eq!(outcome, Err(Refusal::Damaged(Damage::Value)), "{drawing:?}");
        }
    }

    #[test]
    fn marks_are_gone_and_what_they_mark_stays() {
        let marked = b"/Span <</ActualText (secret) /X <</Y 1>>>> BDC BT (seen) Tj ET EMC /A MP";
        assert_eq!(rewritten(marked), "BT\n(seen)Tj\nET\n");
    }

    #[test]
    fn a_mark_for_a_layer_stays_with_its_own_end() {
        assert_eq!(rewritten(b"/OC /MC7 BDC /P BMC f EMC EMC EMC"), "/OC/L1 BDC\nf\nEMC\n");
    }

    #[test]
    fn names_of_resources_are_replaced() {
        assert_eq!(rewritten(b"/LogoOfAnna Do /Arial7 12 Tf"), "/X1 Do\n/F1 12 Tf\n");
    }

    #[test]
    fn an_unfinished_drawing_ends_quietly() {
        for drawing in [b"[1 2".as_slice(), b"<<", b"(abc", b"BI", b"/"] {
            assert_eq!(rewritten(drawing), "", "{drawing:?}");
        }
    }
}
