//! Pictures inside a drawing (ISO 32000-2, 8.9.7).
//!
//! Nothing says where the data of such a picture ends: a reader searches for the
//! letters EI, and two readers may find two different ends, so that one shows as
//! drawing what the other took for picture. The copy is unambiguous: the data are
//! unfolded, folded, and written in letters among which "EI" cannot stand alone.

use lopdf::{Dictionary, Object};

use super::copy::Copier;
use super::filter::{Filter, Step, deflate, inflate_counted, is_codec, steps, unfold};
use super::lex::{Lexer, Token, is_space};
use super::table::Space;
use super::value::{Dict, Value};
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Refusal};

/// Keys that are kept, by their short and long names.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("BPC", "BitsPerComponent"),
    ("CS", "ColorSpace"),
    ("D", "Decode"),
    ("DP", "DecodeParms"),
    ("F", "Filter"),
    ("H", "Height"),
    ("I", "Interpolate"),
    ("IM", "ImageMask"),
    ("W", "Width"),
];

/// How much is looked at behind an EI to see whether a drawing goes on there.
const LOOKAHEAD: usize = 16;

impl<'a> Copier<'a> {
    /// Reads a picture after its BI and returns it anew; nothing if it is unfinished.
    pub(super) fn inline_image(
        &mut self,
        lexer: &mut Lexer<'_>,
        resources: Option<&'a Dictionary>,
    ) -> Result<Vec<u8>, Refusal> {
        let Some(header) = self.inline_header(lexer)? else { return Ok(Vec::new()) };
        let empty = lopdf::Document::new();
        let filters = steps(&empty, header.get(b"F").ok(), header.get(b"DP").ok())?;
        let exact = self.raw_length(&header, resources);
        let rest = lexer.rest();
        let length = match (filters.first().map(|step| step.filter), exact) {
            (None, Some(exact)) => exact.min(rest.len()),
            (Some(Filter::Flate), _) => inflate_counted(rest, self.inline_limit())
                .map(|(_, used)| used)
                .or_else(|_| search_end(rest, 0).ok_or(Refusal::Damaged(Damage::Length)))?,
            _ => search_end(rest, 0).ok_or(Refusal::Damaged(Damage::Length))?,
        };
        let data = rest.get(..length).unwrap_or_default();
        let end = search_end(rest, length).ok_or(Refusal::Damaged(Damage::Length))?;
        let behind = rest.get(length..end).unwrap_or_default();
        if !behind.iter().all(|byte| is_space(*byte)) {
            self.notes.found(Category::StrayBytes);
        }
        lexer.skip(end);
        // Past the EI itself.
        lexer.next();
        self.write_inline(&header, &filters, data, exact, resources)
    }

    fn inline_limit(&self) -> usize {
        usize::try_from(self.limits.inflated_stream).unwrap_or(usize::MAX)
    }

    fn inline_header(&mut self, lexer: &mut Lexer<'_>) -> Result<Option<Dictionary>, Refusal> {
        let mut header = Dictionary::new();
        loop {
            match lexer.next() {
                Some(Token::Word(word)) if word == b"ID" => break,
                Some(Token::Name(key)) => {
                    let Some(value) = inline_value(lexer, 0)? else { return Ok(None) };
                    let short = KEYS
                        .iter()
                        .find(|(short, long)| [short.as_bytes(), long.as_bytes()].contains(&&*key));
                    match short {
                        Some((short, _)) => header.set(*short, value),
                        None => self.notes.found(Category::Other),
                    }
                }
                Some(_) => {}
                None => return Ok(None),
            }
        }
        // One white-space character, or a line end of two.
        match lexer.rest() {
            [b'\r', b'\n', ..] => lexer.skip(2),
            [first, ..] if is_space(*first) => lexer.skip(1),
            _ => {}
        }
        Ok(Some(header))
    }

    /// Bytes of the unfolded picture, if the header tells.
    fn raw_length(&self, header: &Dictionary, resources: Option<&'a Dictionary>) -> Option<usize> {
        let integer = |key: &[u8]| {
            header
                .get(key)
                .ok()
                .and_then(|value| value.as_i64().ok())
                .and_then(|n| usize::try_from(n).ok())
        };
        self.inline_row_bits(header, resources)?.div_ceil(8).checked_mul(integer(b"H")?)
    }

    fn inline_row_bits(
        &self,
        header: &Dictionary,
        resources: Option<&'a Dictionary>,
    ) -> Option<usize> {
        let integer = |key: &[u8]| usize::try_from(header.get(key).ok()?.as_i64().ok()?).ok();
        let stencil = header.get(b"IM").and_then(Object::as_bool).unwrap_or(false);
        let bits = if stencil {
            1
        } else {
            integer(b"BPC")?.checked_mul(self.inline_channels(header, resources)?)?
        };
        integer(b"W")?.checked_mul(bits)
    }

    fn inline_channels(
        &self,
        header: &Dictionary,
        resources: Option<&'a Dictionary>,
    ) -> Option<usize> {
        let channels = match header.get(b"CS").ok()? {
            Object::Array(_) => 1,
            Object::Name(name) => match name.as_slice() {
                b"G" | b"DeviceGray" => 1,
                b"RGB" | b"DeviceRGB" => 3,
                b"CMYK" | b"DeviceCMYK" => 4,
                name => {
                    let space = self.get_dict(resources?, "ColorSpace")?.get(name).ok()?;
                    self.components(space, resources)?
                }
            },
            _ => return None,
        };
        usize::try_from(channels).ok()
    }

    fn write_inline(
        &mut self,
        header: &Dictionary,
        filters: &[Step<'_>],
        data: &[u8],
        exact: Option<usize>,
        resources: Option<&'a Dictionary>,
    ) -> Result<Vec<u8>, Refusal> {
        let general = filters.iter().take_while(|step| !is_codec(step.filter)).count();
        let (general, codec) = filters.split_at_checked(general).ok_or(Refusal::Internal)?;
        let empty = lopdf::Document::new();
        let mut pixels = unfold(&empty, data, general, false, &mut self.budget)?;
        let (name, parameters, folded) = match codec {
            [] => {
                let exact = exact.ok_or(Refusal::Damaged(Damage::Value))?;
                if pixels.len() > exact {
                    self.notes.found(Category::StrayBytes);
                    pixels.truncate(exact);
                }
                if let Some(bits) = self.inline_row_bits(header, resources) {
                    super::picture::blank_spare_bits(&mut pixels, bits);
                }
                ("Fl", None, deflate(&pixels))
            }
            [Step { filter: Filter::Fax, parameters }] => {
                ("CCF", Some(super::picture::fax_parameters(&empty, *parameters)), pixels)
            }
            [Step { filter: Filter::Jpeg, parameters }] => {
                let jpeg = super::picture::jpeg(&pixels, self.limits, self.notes)?;
                let side = |key: &[u8]| header.get(key).ok().and_then(|side| side.as_i64().ok());
                super::picture::check_frame(&jpeg, side(b"W"), side(b"H"))?;
                let transform = super::picture::jpeg_parameters(&empty, *parameters);
                ("DCT", Some(transform).filter(|given| !given.is_empty()), jpeg)
            }
            _ => return Err(Refusal::Feature(Feature::Filter)),
        };
        let mut dict = self.inline_dict(header)?;
        dict.insert(b"F".to_vec(), Value::Array(vec![Value::name("A85"), Value::name(name)]));
        if let Some(parameters) = parameters {
            let parameters = vec![Value::Null, Value::Dict(parameters)];
            dict.insert(b"DP".to_vec(), Value::Array(parameters));
        }
        Ok(written(&dict, &folded))
    }

    fn inline_dict(&mut self, header: &Dictionary) -> Result<Dict, Refusal> {
        let mut dict = Dict::new();
        for (key, value) in header {
            let value = match (key.as_slice(), value) {
                (b"W" | b"H", Object::Integer(side)) => {
                    let side = u32::try_from(*side).ok().filter(|side| *side <= self.limits.side);
                    Value::integer(side.ok_or(Refusal::Limit(Limit::Pixels))?)
                }
                (b"BPC", value) => {
                    super::copy::number(value).ok_or(Refusal::Damaged(Damage::Value))?
                }
                (b"I" | b"IM", Object::Boolean(flag)) => Value::Bool(*flag),
                (b"D", Object::Array(items)) => {
                    Value::Array(items.iter().take(64).filter_map(super::copy::number).collect())
                }
                (b"CS", Object::Name(name)) => {
                    Value::Name(self.name_in_drawing(Space::Spaces, name))
                }
                (b"CS", Object::Array(items)) => indexed(items)?,
                // Filters are our own.
                _ => continue,
            };
            dict.insert(key.clone(), value);
        }
        Ok(dict)
    }
}

/// The only space that is an array here: colours from a list.
fn indexed(items: &[Object]) -> Result<Value, Refusal> {
    match items {
        [
            Object::Name(family),
            Object::Name(base),
            last @ Object::Integer(_),
            Object::String(colours, _),
        ] if [b"I".as_slice(), b"Indexed"].contains(&family.as_slice()) => {
            let known = ["G", "RGB", "CMYK", "DeviceGray", "DeviceRGB", "DeviceCMYK"];
            let base = super::known(base, &known).ok_or(Refusal::Feature(Feature::Construct))?;
            let last = super::copy::number(last).ok_or(Refusal::Damaged(Damage::Value))?;
            let channels = match &base {
                Value::Name(name) if matches!(name.as_slice(), b"G" | b"DeviceGray") => 1,
                Value::Name(name) if matches!(name.as_slice(), b"RGB" | b"DeviceRGB") => 3,
                _ => 4,
            };
            let count = items.get(2).and_then(|last| usize::try_from(last.as_i64().ok()?).ok());
            let most = count.filter(|last| *last < 256).map_or(0, |last| (last + 1) * channels);
            let colours = colours.get(..most.min(colours.len())).unwrap_or_default().to_vec();
            Ok(Value::Array(vec![Value::name("I"), base, last, Value::Text(colours)]))
        }
        _ => Err(Refusal::Feature(Feature::Construct)),
    }
}

fn written(dict: &Dict, data: &[u8]) -> Vec<u8> {
    let mut out = b"BI".to_vec();
    for (key, value) in dict {
        Value::Name(key.clone()).write(&mut out);
        value.write(&mut out);
    }
    super::value::word(&mut out, b"ID");
    out.push(b'\n');
    ascii85(data, &mut out);
    out.extend_from_slice(b"\nEI");
    out
}

/// Writes bytes as letters (7.4.3).
fn ascii85(data: &[u8], out: &mut Vec<u8>) {
    for chunk in data.chunks(4) {
        let mut group = [0; 4];
        for (place, byte) in group.iter_mut().zip(chunk) {
            *place = *byte;
        }
        let mut value = u32::from_be_bytes(group);
        if value == 0 && chunk.len() == 4 {
            out.push(b'z');
            continue;
        }
        let mut letters = [0u8; 5];
        for letter in letters.iter_mut().rev() {
            *letter = b'!' + u8::try_from(value % 85).unwrap_or_default();
            value /= 85;
        }
        out.extend(letters.iter().take(chunk.len() + 1));
    }
    out.extend_from_slice(b"~>");
}

fn inline_value(lexer: &mut Lexer<'_>, depth: u32) -> Result<Option<Object>, Refusal> {
    let Some(token) = lexer.next() else { return Ok(None) };
    inline_object(token, lexer, depth)
}

fn inline_object(
    token: Token,
    lexer: &mut Lexer<'_>,
    depth: u32,
) -> Result<Option<Object>, Refusal> {
    // Nothing in the header of a picture is nested deeper than its colours.
    const DEEPEST: u32 = 4;
    if depth > DEEPEST {
        return Err(Refusal::Limit(Limit::Depth));
    }
    Ok(Some(match token {
        Token::Number(digits) => {
            let text = std::str::from_utf8(&digits).unwrap_or("0");
            match text.parse() {
                Ok(integer) => Object::Integer(integer),
                Err(_) => Object::Real(text.parse().unwrap_or(0.0)),
            }
        }
        Token::Name(name) => Object::Name(name),
        Token::Text(text) => Object::String(text, lopdf::StringFormat::Literal),
        Token::Word(word) => match word.as_slice() {
            b"true" => Object::Boolean(true),
            b"false" => Object::Boolean(false),
            _ => Object::Null,
        },
        Token::ArrayOpen => {
            let mut items = Vec::new();
            loop {
                match lexer.next() {
                    Some(Token::ArrayClose) => break,
                    Some(token) => items.extend(inline_object(token, lexer, depth + 1)?),
                    None => return Ok(None),
                }
            }
            Object::Array(items)
        }
        Token::DictOpen => {
            let mut dict = Dictionary::new();
            loop {
                match lexer.next() {
                    Some(Token::Name(key)) => {
                        let Some(value) = inline_value(lexer, depth + 1)? else { return Ok(None) };
                        dict.set(key, value);
                    }
                    Some(Token::DictClose) => break,
                    Some(_) => {}
                    None => return Ok(None),
                }
            }
            Object::Dictionary(dict)
        }
        Token::ArrayClose | Token::DictClose => Object::Null,
    }))
}

/// Where the letters EI stand alone, from `from` on, with a drawing behind them.
fn search_end(data: &[u8], from: usize) -> Option<usize> {
    let tail = data.get(from..)?;
    let found = (0..tail.len().saturating_sub(1)).find(|&at| {
        let at_letters = tail.get(at..at + 2) == Some(b"EI");
        let before = at.checked_sub(1).and_then(|before| tail.get(before));
        let space_before = before.is_none_or(|byte| is_space(*byte));
        let behind = tail.get(at + 2..).unwrap_or_default();
        let behind = behind.get(..LOOKAHEAD.min(behind.len())).unwrap_or_default();
        let drawing_behind = behind.first().is_none_or(|byte| is_space(*byte))
            && behind
                .iter()
                .all(|&byte| (is_space(byte) && byte != 0) || (0x20..0x7f).contains(&byte));
        at_letters && space_before && drawing_behind
    })?;
    Some(from + found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, Notes};

    fn rewritten(drawing: &[u8]) -> Result<Vec<u8>, Refusal> {
        let (doc, limits) = (lopdf::Document::new(), Limits::default());
        let mut notes = Notes::default();
        Copier::new(&doc, &limits, &mut notes).drawing(drawing, None)
    }

    const PLAIN: &[u8] = b"BI /W 4 /H 1 /BPC 8 /CS /G ID abcd EI Q";

    #[test]
    fn a_picture_is_written_in_letters_and_is_the_same_again() {
        let first = rewritten(PLAIN).unwrap();
        assert!(first.starts_with(b"BI/BPC 8/CS/G/F[/A85/Fl]/H 1/W 4 ID\n"));
        assert!(first.ends_with(b"~>\nEI\nQ\n"));
        assert_eq!(rewritten(&first).unwrap(), first);
    }

    #[test]
    fn data_that_look_like_an_end_are_still_data() {
        let tricky = rewritten(b"BI /W 8 /H 1 /BPC 8 /CS /G ID ab EI cd EI Q").unwrap();
        assert!(tricky.ends_with(b"EI\nQ\n"));
        assert_eq!(tricky.windows(2).filter(|pair| pair == b"EI").count(), 1);
    }

    #[test]
    fn keys_and_bytes_that_do_not_belong_to_the_picture_are_gone() {
        let extra = b"BI /W 4 /H 1 /BPC 8 /CS /G /Author (Anna) ID abcdSECRET EI Q";
        assert_eq!(rewritten(extra).unwrap(), rewritten(PLAIN).unwrap());
    }

    #[test]
    fn a_picture_of_unknown_size_is_refused() {
        let unknown = b"BI /W 4 /H 1 /BPC 8 /CS /Mystery ID abcd EI Q";
        assert_eq!(rewritten(unknown), Err(Refusal::Damaged(Damage::Value)));
    }

    #[test]
    fn a_picture_without_an_end_is_refused() {
        let endless = b"BI /W 4 /H 1 /BPC 8 /CS /G ID abcd";
        assert_eq!(rewritten(endless), Err(Refusal::Damaged(Damage::Length)));
    }
}
