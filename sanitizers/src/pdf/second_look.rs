//! Looks at the bytes again: would every reader find the same objects and streams?
//!
//! The library takes the last of two objects of one number, and looks for the end of a
//! stream if its length does not lead there. Viewers decide otherwise, and would show
//! what we never cleaned.

use std::collections::{HashMap, HashSet};

use lopdf::xref::XrefEntry;
use lopdf::{Document, Object, Stream};

use super::filter::{Budget, follow, steps, unfold};
use super::lex::{Lexer, Token, is_space};
use crate::refusal::Damage;
use crate::{Limits, Refusal};

const TWO_READINGS: Refusal = Refusal::Damaged(Damage::Recovered);

/// Refuses objects and streams that two readers would find in two places.
pub(super) fn check(doc: &Document, bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let mut budget = Budget::new(limits);
    let mut heads: HashMap<u32, Vec<u32>> = HashMap::new();
    for (&number, entry) in &doc.reference_table.entries {
        match entry {
            XrefEntry::Normal { offset, generation } => {
                let at = usize::try_from(*offset).unwrap_or(usize::MAX);
                let object = doc.objects.get(&(number, *generation));
                if at > 0
                    && matches!(object, Some(Object::Stream(_)))
                    && !ends_where_it_says(doc, bytes.get(at..).unwrap_or_default())
                {
                    return Err(TWO_READINGS);
                }
            }
            XrefEntry::Compressed { container, index } => {
                if !heads.contains_key(container) {
                    let stream = doc.objects.get(&(*container, 0)).ok_or(TWO_READINGS)?;
                    let stream = stream.as_stream().map_err(|_| TWO_READINGS)?;
                    heads.insert(*container, head(doc, stream, &mut budget)?);
                }
                let found = heads.get(container).and_then(|head| head.get(usize::from(*index)));
                if found != Some(&number) {
                    return Err(TWO_READINGS);
                }
            }
            XrefEntry::Free | XrefEntry::UnusableFree => {}
        }
    }
    Ok(())
}

/// The numbers of the objects in a container, each of which is there once (7.5.7).
fn head(doc: &Document, stream: &Stream, budget: &mut Budget) -> Result<Vec<u32>, Refusal> {
    let dict = &stream.dict;
    let steps = steps(doc, dict.get(b"Filter").ok(), dict.get(b"DecodeParms").ok())?;
    let plain = unfold(doc, &stream.content, &steps, false, budget)?;
    let size = |key: &[u8]| {
        let number = dict.get(key).ok().and_then(|size| follow(doc, size).as_i64().ok());
        number.and_then(|number| usize::try_from(number).ok()).ok_or(TWO_READINGS)
    };
    let words = Lexer::new(plain.get(..size(b"First")?).ok_or(TWO_READINGS)?);
    let words: Option<Vec<u32>> = words.map(|word| integer(&word)).collect();
    let words = words.ok_or(TWO_READINGS)?;
    let numbers: Vec<u32> = words.iter().step_by(2).copied().collect();
    let once = numbers.iter().collect::<HashSet<_>>().len() == numbers.len();
    let whole = words.len() % 2 == 0 && numbers.len() == size(b"N")?;
    if once && whole { Ok(numbers) } else { Err(TWO_READINGS) }
}

fn integer<N: std::str::FromStr>(word: &Token) -> Option<N> {
    match word {
        Token::Number(digits) => std::str::from_utf8(digits).ok()?.parse().ok(),
        _ => None,
    }
}

/// Whether the one length of a stream leads to the word that ends it (7.3.8.1).
fn ends_where_it_says(doc: &Document, object: &[u8]) -> bool {
    length_and_data(doc, object).is_some_and(|(length, data)| {
        let behind = data.get(length..).unwrap_or_default();
        let blank = behind.iter().take_while(|byte| is_space(**byte)).count();
        behind.get(blank..).is_some_and(|behind| behind.starts_with(b"endstream"))
    })
}

fn length_and_data<'a>(doc: &Document, object: &'a [u8]) -> Option<(usize, &'a [u8])> {
    let mut lexer = Lexer::new(object);
    let length = one_length(doc, &dictionary(&mut lexer)?)?;
    if lexer.next()? != Token::Word(b"stream".to_vec()) {
        return None;
    }
    let rest = lexer.rest();
    let blank = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    match rest.get(blank..)? {
        [b'\r', b'\n', data @ ..] | [b'\r' | b'\n', data @ ..] => Some((length, data)),
        _ => None,
    }
}

fn one_length(doc: &Document, mut words: &[Token]) -> Option<usize> {
    let mut found = None;
    while let [Token::Name(key), value @ ..] = words {
        let (width, length) = match value {
            [number, generation, Token::Word(word), ..] if word == b"R" => {
                let id = integer(number).zip(integer(generation));
                (3, id.and_then(|id| doc.get_object(id).ok()?.as_i64().ok()))
            }
            [number, ..] => (1, integer(number)),
            [] => return None,
        };
        if key == b"Length" && found.replace(length?).is_some() {
            return None;
        }
        words = value.get(width..)?;
    }
    usize::try_from(found?).ok()
}

/// The keys and values of the dictionary that comes next, without what is inside of them.
fn dictionary(lexer: &mut Lexer<'_>) -> Option<Vec<Token>> {
    let mut words = Vec::new();
    let mut depth = 0u32;
    for word in lexer.by_ref() {
        match word {
            Token::DictOpen | Token::ArrayOpen => {
                depth += 1;
                // In place of what is inside.
                if depth == 2 {
                    words.push(word);
                }
            }
            Token::DictClose | Token::ArrayClose => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(words);
                }
            }
            word if depth == 1 => words.push(word),
            _ => {}
        }
    }
    None
}
