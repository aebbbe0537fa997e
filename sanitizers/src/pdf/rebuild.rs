//! What the tables leave to code: values that are neither copied nor removed.

use lopdf::{Dictionary, Object};

use super::copy::{Copier, number};
use super::lex::{Lexer, Token};
use super::table::{Kind, blend_mode};
use super::value::{Dict, Value, word};
use crate::fonts;
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Refusal, Warning};

/// Ends of a line that somebody drew on the page (12.5.6.7).
const LINE_ENDS: [&str; 10] = [
    "None",
    "Square",
    "Circle",
    "Diamond",
    "OpenArrow",
    "ClosedArrow",
    "Butt",
    "ROpenArrow",
    "RClosedArrow",
    "Slash",
];

impl<'a> Copier<'a> {
    /// The family of a font that is not inside of the document, if everybody knows it.
    fn common_family(&self, dict: &'a Dictionary) -> Option<&'static str> {
        let is_inside =
            ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| dict.has(key.as_bytes()));
        let family = self.get(dict, "FontFamily")?.as_str().ok()?;
        let family = fonts::known(std::str::from_utf8(family).ok()?)?;
        (!is_inside && family.is_ascii()).then_some(family)
    }

    pub(super) fn rebuild(
        &mut self,
        dict: &'a Dictionary,
        kind: Kind,
        depth: u32,
        copy: &mut Dict,
    ) -> Result<(), Refusal> {
        match kind {
            Kind::Font => self.font(dict, copy)?,
            Kind::FontDescriptor => {
                if let Some(name) = self.get_name(dict, "FontName") {
                    copy.insert(b"FontName".to_vec(), Value::Name(self.names.font(name)));
                }
                // By it viewers choose what they take instead of a font that is not inside.
                if let Some(family) = self.common_family(dict) {
                    copy.insert(b"FontFamily".to_vec(), Value::Text(family.as_bytes().to_vec()));
                } else if dict.has(b"FontFamily") {
                    self.notes.found(Category::Other);
                }
            }
            Kind::Encoding => {
                if let Some(differences) = self.differences(dict) {
                    copy.insert(b"Differences".to_vec(), differences);
                }
            }
            Kind::CharacterMap => {
                self.check_map(dict, copy, "UseCMap")?;
                copy.insert(b"CMapName".to_vec(), Value::name("Map"));
            }
            Kind::Function => only_of_its_type(copy),
            Kind::ExtGState => self.ext_g_state(dict, depth, copy)?,
            Kind::Shading => {
                let flags: Vec<Value> = self
                    .get_array(dict, "Extend")
                    .iter()
                    .filter_map(|flag| self.follow(flag).as_bool().ok().map(Value::Bool))
                    .collect();
                if flags.len() == 2 {
                    copy.insert(b"Extend".to_vec(), Value::Array(flags));
                }
            }
            Kind::Annotation => {
                let ends = self.get_array(dict, "LE").iter();
                let ends: Vec<Value> = ends
                    .filter_map(|end| super::known(self.follow(end).as_name().ok()?, &LINE_ENDS))
                    .collect();
                let is_line =
                    [b"L".as_slice(), b"Vertices"].iter().any(|key| copy.contains_key(*key));
                if ends.len() == 2 && is_line {
                    copy.insert(b"LE".to_vec(), Value::Array(ends));
                }
            }
            Kind::Layer => self.layer(dict, copy),
            Kind::LayerMembership => self.layer_membership(dict, depth, copy)?,
            Kind::LayerEvent => self.layer_event(dict, copy)?,
            _ => {}
        }
        Ok(())
    }

    fn font(&mut self, dict: &'a Dictionary, copy: &mut Dict) -> Result<(), Refusal> {
        if let Some(name) = self.get_name(dict, "BaseFont") {
            copy.insert(b"BaseFont".to_vec(), Value::Name(self.names.font(name)));
        }
        if self.get_name(dict, "Subtype") == Some(b"Type0") {
            self.check_map(dict, copy, "Encoding")?;
        }
        Ok(())
    }

    /// Refuses a map by a name that we do not know: a viewer may have it built in, and
    /// without it the text of a composite font is not shown at all (9.7.5.2).
    fn check_map(&self, dict: &'a Dictionary, copy: &Dict, key: &str) -> Result<(), Refusal> {
        let named = matches!(self.get(dict, key), Some(Object::Name(_)));
        if named && !copy.contains_key(key.as_bytes()) {
            return Err(Refusal::Feature(Feature::Construct));
        }
        Ok(())
    }

    /// Codes and the names of their letters (9.6.5.1). Nothing else may stand there.
    fn differences(&self, dict: &'a Dictionary) -> Option<Value> {
        let items =
            self.get_array(dict, "Differences").iter().filter_map(|item| match self.follow(item) {
                Object::Name(name) => Some(Value::Name(name.clone())),
                item => number(item),
            });
        let items: Vec<Value> = items.collect();
        (!items.is_empty()).then_some(Value::Array(items))
    }

    fn ext_g_state(
        &mut self,
        dict: &'a Dictionary,
        depth: u32,
        copy: &mut Dict,
    ) -> Result<(), Refusal> {
        if let [font, size] = self.get_array(dict, "Font")
            && let Some(font) = self.value(font, Kind::Font, depth + 1)?
            && let Some(size) = number(self.follow(size))
        {
            copy.insert(b"Font".to_vec(), Value::Array(vec![font, size]));
        }
        let nothing =
            |key| self.get(dict, key).is_some_and(|alpha| alpha.as_float().is_ok_and(|a| a <= 0.0));
        if nothing("ca") || nothing("CA") {
            self.notes.warn(Warning::HiddenParts);
        }
        let mode = match self.get(dict, "BM") {
            Some(Object::Name(name)) => blend_mode(name),
            Some(Object::Array(names)) => {
                names.iter().find_map(|name| self.follow(name).as_name().ok().and_then(blend_mode))
            }
            _ => None,
        };
        if let Some(mode) = mode {
            copy.insert(b"BM".to_vec(), Value::name(mode));
        }
        Ok(())
    }

    /// A colour space (8.6): a name, or an array that begins with one.
    pub(super) fn color_space(
        &mut self,
        object: &'a Object,
        depth: u32,
    ) -> Result<Option<Value>, Refusal> {
        if depth > self.limits.depth {
            return Err(Refusal::Limit(Limit::Depth));
        }
        let items = match object {
            Object::Name(name) => {
                let name = self.names.resource(super::table::Space::Spaces, name);
                return Ok(Some(Value::Name(name)));
            }
            Object::Array(items) => items,
            _ => return Ok(None),
        };
        let Some(family) = items.first().and_then(|item| self.follow(item).as_name().ok()) else {
            return Ok(None);
        };
        let second = items.get(1);
        let mut copy = vec![Value::Name(family.to_vec())];
        match family {
            b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK" | b"G" | b"RGB" | b"CMYK" => {}
            b"CalGray" | b"CalRGB" | b"Lab" => {
                copy.extend(self.part(second, Kind::CalibratedSpace, depth)?);
            }
            b"ICCBased" => copy.extend(self.part(second, Kind::Profile, depth)?),
            b"Pattern" => {
                if second.is_some() {
                    copy.extend(self.part(second, Kind::ColorSpace, depth)?);
                }
            }
            b"Indexed" | b"I" => {
                let last = items.get(2).and_then(|item| self.follow(item).as_i64().ok());
                let last = last.filter(|last| (0..256).contains(last)).unwrap_or(255);
                copy.extend(self.part(second, Kind::ColorSpace, depth)?);
                copy.push(Value::integer(last));
                let channels = second.and_then(|base| self.components(base, None));
                let channels = channels.ok_or(Refusal::Damaged(Damage::Value))?;
                let colours = usize::try_from(last + 1).unwrap_or_default();
                let most = colours.saturating_mul(usize::try_from(channels).unwrap_or_default());
                copy.push(self.palette(items.get(3), most)?);
            }
            b"Separation" | b"DeviceN" => {
                copy.extend(self.colorants(second));
                copy.extend(self.part(items.get(2), Kind::ColorSpace, depth)?);
                copy.extend(self.part(items.get(3), Kind::Function, depth)?);
            }
            // A viewer may know it and paint with it; we cannot tell what it means.
            _ => return Err(Refusal::Feature(Feature::Construct)),
        }
        Ok(Some(Value::Array(copy)))
    }

    fn part(
        &mut self,
        object: Option<&'a Object>,
        kind: Kind,
        depth: u32,
    ) -> Result<Option<Value>, Refusal> {
        match object {
            Some(object) => self.value(object, kind, depth + 1),
            None => Err(Refusal::Damaged(Damage::Missing)),
        }
    }

    /// The colours of an indexed space, which may stand in a stream of their own.
    /// Bytes behind the last colour that has a number are never shown.
    fn palette(&mut self, object: Option<&'a Object>, most: usize) -> Result<Value, Refusal> {
        let mut bytes = match object.map(|object| self.follow(object)) {
            Some(Object::String(text, _)) => text.clone(),
            Some(Object::Stream(stream)) => self.plain(stream)?,
            _ => return Err(Refusal::Damaged(Damage::Missing)),
        };
        bytes.truncate(most);
        Ok(Value::Text(bytes))
    }

    fn colorants(&self, object: Option<&'a Object>) -> Option<Value> {
        match self.follow(object?) {
            Object::Name(name) => Some(Value::Name(name.clone())),
            Object::Array(names) => Some(Value::Array(
                names
                    .iter()
                    .filter_map(|name| self.follow(name).as_name().ok())
                    .map(|name| Value::Name(name.to_vec()))
                    .collect(),
            )),
            _ => None,
        }
    }

    /// How many numbers make up one colour, where that can be told.
    pub(super) fn components(
        &self,
        object: &'a Object,
        resources: Option<&'a Dictionary>,
    ) -> Option<u32> {
        let channels = |family: &[u8]| match family {
            b"DeviceGray" | b"G" | b"CalGray" | b"Indexed" | b"I" | b"Separation" => Some(1),
            b"DeviceRGB" | b"RGB" | b"CalRGB" | b"Lab" => Some(3),
            b"DeviceCMYK" | b"CMYK" => Some(4),
            _ => None,
        };
        match self.follow(object) {
            Object::Name(name) => channels(name).or_else(|| {
                let spaces = self.get_dict(resources?, "ColorSpace")?;
                match self.follow(spaces.get(name).ok()?) {
                    // A name that leads to a name is not followed further.
                    Object::Name(name) => channels(name),
                    space => self.components(space, None),
                }
            }),
            Object::Array(items) => {
                let family = self.follow(items.first()?).as_name().ok()?;
                match family {
                    b"ICCBased" => {
                        let Object::Stream(profile) = self.follow(items.get(1)?) else {
                            return None;
                        };
                        u32::try_from(self.get_integer(&profile.dict, "N")?).ok()
                    }
                    b"DeviceN" => {
                        let names = self.follow(items.get(1)?).as_array().ok()?;
                        u32::try_from(names.len()).ok()
                    }
                    _ => channels(family),
                }
            }
            _ => None,
        }
    }

    /// Bytes of the samples of a function (7.10.2).
    fn samples_of(&self, dict: &'a Dictionary) -> Option<usize> {
        let mut samples = self.get_array(dict, "Range").len() / 2;
        for size in self.get_array(dict, "Size") {
            let size = usize::try_from(self.follow(size).as_i64().ok()?).ok()?;
            samples = samples.checked_mul(size)?;
        }
        let bits = usize::try_from(self.get_integer(dict, "BitsPerSample")?).ok()?;
        Some(samples.checked_mul(bits)?.div_ceil(8))
    }

    /// The corners of a mesh of triangles (8.7.4.5.5 and 8.7.4.5.6), or patches (8.7.4.5.7
    /// and 8.7.4.5.8), whole ones only.
    pub(super) fn mesh(&self, mut data: Vec<u8>, dict: &'a Dictionary) -> Result<Vec<u8>, Refusal> {
        let size = |key| {
            let size = usize::try_from(self.get_integer(dict, key)?).ok()?;
            (size <= 32).then_some(size)
        };
        let kind = self.get_integer(dict, "ShadingType");
        let part = |flag: usize, points: usize, colours: usize| {
            let of_colour = match self.get(dict, "Function") {
                Some(_) => 1,
                None => {
                    usize::try_from(self.components(self.get(dict, "ColorSpace")?, None)?).ok()?
                }
            };
            let colours = colours * of_colour * size("BitsPerComponent")?;
            Some(flag + 2 * points * size("BitsPerCoordinate")? + colours)
        };
        let damaged = Refusal::Damaged(Damage::Value);
        let flag = match kind {
            Some(4 | 6 | 7) => size("BitsPerFlag").ok_or(damaged)?,
            Some(5) => 0,
            _ => return Ok(data),
        };
        // A flag says which edge goes on from the part before, if any.
        let sizes = match kind {
            Some(6) => [part(flag, 12, 4), part(flag, 8, 2)],
            Some(7) => [part(flag, 16, 4), part(flag, 12, 2)],
            _ => [part(flag, 1, 1); 2],
        };
        let [Some(first), Some(next)] = sizes else { return Err(damaged) };
        let is_patch = matches!(kind, Some(6 | 7));
        let fits = (first % 8, next % 8) == (0, 0) && [2, 4, 8].contains(&flag);
        if first == 0 || (is_patch && !fits) {
            return Err(damaged);
        }
        let mut whole = 0;
        while let Some(&byte) = data.get(whole) {
            let edge = if flag == 0 { 0 } else { usize::from(byte) >> 8usize.saturating_sub(flag) };
            let is_alone = edge % 4 == 0;
            let bits = if is_alone { first } else { next };
            if data.len() - whole < bits.div_ceil(8) {
                break;
            }
            // Any other edge is one that nobody draws.
            let most = if is_patch { 3 } else { 2 };
            if (flag == 8 && edge > most) || (is_patch && whole == 0 && !is_alone) {
                return Err(damaged);
            }
            whole += bits.div_ceil(8);
        }
        data.truncate(whole);
        Ok(data)
    }

    /// Samples are kept; a calculator (7.10.5) is written anew without its comments.
    pub(super) fn function_data(
        &mut self,
        data: &[u8],
        dict: &'a Dictionary,
    ) -> Result<Vec<u8>, Refusal> {
        match self.get_integer(dict, "FunctionType") {
            Some(0) => {
                let most = self.samples_of(dict).ok_or(Refusal::Damaged(Damage::Value))?;
                Ok(data.get(..most.min(data.len())).unwrap_or_default().to_vec())
            }
            Some(4) => {
                let mut lexer = Lexer::new(data);
                let mut out = Vec::new();
                for token in lexer.by_ref() {
                    match token {
                        Token::Number(digits) => word(&mut out, &digits),
                        Token::Word(name) if calculates(&name) => word(&mut out, &name),
                        _ => return Err(Refusal::Damaged(Damage::Value)),
                    }
                }
                self.notes.found_many(Category::Comments, lexer.comments);
                Ok(out)
            }
            _ => Err(Refusal::Damaged(Damage::Value)),
        }
    }
}

/// Leaves a function the keys of its type, with as many numbers as it takes (7.10.2 to
/// 7.10.4).
fn only_of_its_type(copy: &mut Dict) {
    let count = |key: &str| match copy.get(key.as_bytes()) {
        Some(Value::Array(items)) => items.len(),
        _ => 0,
    };
    let (inputs, parts) = (count("Domain") / 2, count("Functions"));
    let keys: &[(&str, usize)] = match copy.get(b"FunctionType".as_slice()) {
        Some(kind) if *kind == Value::integer(0) => &[
            ("BitsPerSample", 0),
            ("Decode", usize::MAX),
            ("Encode", 2 * inputs),
            ("Order", 0),
            ("Size", inputs),
        ],
        Some(kind) if *kind == Value::integer(2) => {
            &[("C0", usize::MAX), ("C1", usize::MAX), ("N", 0)]
        }
        Some(kind) if *kind == Value::integer(3) => {
            &[("Bounds", parts.saturating_sub(1)), ("Encode", 2 * parts), ("Functions", usize::MAX)]
        }
        _ => &[],
    };
    let most = |key: &[u8]| match key {
        b"Domain" | b"FunctionType" | b"Range" => Some(usize::MAX),
        key => keys.iter().find(|line| line.0.as_bytes() == key).map(|line| line.1),
    };
    copy.retain(|key, _| most(key).is_some());
    for (key, value) in copy {
        if let (Value::Array(items), Some(most)) = (value, most(key)) {
            items.truncate(most);
        }
    }
}

/// Whether a word belongs to the calculator language (7.10.5, table 42).
fn calculates(name: &[u8]) -> bool {
    const OPERATORS: &[&[u8]] = &[
        b"{",
        b"}",
        b"abs",
        b"add",
        b"atan",
        b"ceiling",
        b"cos",
        b"cvi",
        b"cvr",
        b"div",
        b"exp",
        b"floor",
        b"idiv",
        b"ln",
        b"log",
        b"mod",
        b"mul",
        b"neg",
        b"round",
        b"sin",
        b"sqrt",
        b"sub",
        b"truncate",
        b"and",
        b"bitshift",
        b"eq",
        b"false",
        b"ge",
        b"gt",
        b"le",
        b"lt",
        b"ne",
        b"not",
        b"or",
        b"true",
        b"xor",
        b"if",
        b"ifelse",
        b"copy",
        b"dup",
        b"exch",
        b"index",
        b"pop",
        b"roll",
    ];
    OPERATORS.contains(&name)
}
