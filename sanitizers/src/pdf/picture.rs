//! Pictures in a document (ISO 32000-2, 8.9.5).
//!
//! A picture that came from a camera is often still the whole file of the camera,
//! with its place and serial number, so every JPEG goes through the module for
//! JPEG files. Plain samples are cut to the size that the picture claims: what
//! follows them is never shown.

use std::io::Cursor;

use lopdf::{Dictionary, Document, Object, Stream};

use super::copy::Copier;
use super::filter::{Filter, Step, deflate, follow, is_codec, predictor, steps, unfold};
use super::table::Kind;
use super::value::{Dict, Value};
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Limits, Notes, Refusal};

const FAX_NUMBERS: [&str; 3] = ["K", "Columns", "Rows"];
const FAX_FLAGS: [&str; 4] = ["EndOfLine", "EncodedByteAlign", "EndOfBlock", "BlackIs1"];

/// Parameters of filters that are kept, for those who want to read them in print.
pub(super) const PARAMETERS: &[(&str, &[&str])] = &[
    ("FlateDecode", &["Predictor", "Colors", "BitsPerComponent", "Columns"]),
    ("DCTDecode", &["ColorTransform"]),
    ("CCITTFaxDecode", &FAX_NUMBERS),
    ("CCITTFaxDecode", &FAX_FLAGS),
    ("JBIG2Decode", &["JBIG2Globals"]),
];

/// PNG predictors begin each row with a byte that says which one.
const FIRST_PNG: i64 = 10;

/// Samples of a picture as they lie in memory.
#[derive(Clone, Copy)]
struct Layout {
    columns: usize,
    colors: usize,
    bits: usize,
    rows: usize,
}

impl Layout {
    fn row_bits(self) -> Option<usize> {
        self.columns.checked_mul(self.colors)?.checked_mul(self.bits)
    }

    /// Whether rows of a predictor are the rows of the picture, and fill their bytes:
    /// in a longer one, and in bits that belong to no pixel, there is room to hide.
    fn is_predicted_by(self, doc: &Document, given: &Dictionary) -> bool {
        let read = |key: &[u8], default: usize| match given.get(key).map(|value| follow(doc, value))
        {
            Ok(value) => value.as_i64().ok().and_then(|number| usize::try_from(number).ok()),
            Err(_) => Some(default),
        };
        read(b"Colors", 1) == Some(self.colors)
            && read(b"BitsPerComponent", 8) == Some(self.bits)
            && read(b"Columns", 1) == Some(self.columns)
            && self.row_bits().is_some_and(|bits| bits.is_multiple_of(8))
    }
}

impl<'a> Copier<'a> {
    /// Copies a picture.
    pub(super) fn image(
        &mut self,
        stream: &'a Stream,
        kind: Kind,
    ) -> Result<(Dict, Vec<u8>), Refusal> {
        self.check_size(&stream.dict)?;
        let mut dict = self.dictionary(&stream.dict, kind, 0)?;
        dict.insert(b"Subtype".to_vec(), Value::name("Image"));
        self.mask(&stream.dict, &mut dict)?;
        if kind == Kind::MaskImage {
            self.grey(&stream.dict, &mut dict)?;
        }
        let steps =
            steps(self.doc, stream.dict.get(b"Filter").ok(), stream.dict.get(b"DecodeParms").ok())?;
        let general = steps.iter().take_while(|step| !is_codec(step.filter)).count();
        let (general, codec) = steps.split_at_checked(general).ok_or(Refusal::Internal)?;
        let [codec] = codec else {
            // A picture format inside another one: no viewer agrees on it.
            if !codec.is_empty() {
                return Err(Refusal::Feature(Feature::Filter));
            }
            return self.samples(stream, general, dict);
        };
        let data = unfold(self.doc, &stream.content, general, true, &mut self.budget)?;
        let sides =
            (self.get_integer(&stream.dict, "Width"), self.get_integer(&stream.dict, "Height"));
        self.coded(data, codec, sides, dict)
    }

    fn check_size(&self, dict: &'a Dictionary) -> Result<(), Refusal> {
        let side =
            |key| u64::try_from(self.get_integer(dict, key).unwrap_or(0)).unwrap_or(u64::MAX);
        let (width, height) = (side("Width"), side("Height"));
        let most = u64::from(self.limits.side);
        if width > most || height > most || width.saturating_mul(height) > self.limits.pixels {
            return Err(Refusal::Limit(Limit::Pixels));
        }
        Ok(())
    }

    /// The colours of a mask are shades of grey, however they are called (11.6.5.2).
    fn grey(&self, original: &'a Dictionary, dict: &mut Dict) -> Result<(), Refusal> {
        if dict.contains_key(b"ColorSpace".as_slice()) {
            return Ok(());
        }
        match self.get(original, "ColorSpace") {
            None => return Ok(()),
            Some(Object::Array(items)) => {
                let family = items.first().and_then(|item| self.follow(item).as_name().ok());
                let channels =
                    self.get(original, "ColorSpace").and_then(|s| self.components(s, None));
                if !matches!(family, Some(b"ICCBased" | b"CalGray")) || channels != Some(1) {
                    return Err(Refusal::Feature(Feature::Construct));
                }
            }
            Some(Object::Name(name)) if matches!(name.as_slice(), b"G" | b"CalGray") => {}
            Some(_) => return Err(Refusal::Feature(Feature::Construct)),
        }
        dict.insert(b"ColorSpace".to_vec(), Value::name("DeviceGray"));
        Ok(())
    }

    /// A stencil, or a range of colours that are not drawn (8.9.6).
    fn mask(&mut self, original: &'a Dictionary, dict: &mut Dict) -> Result<(), Refusal> {
        let Ok(mask) = original.get(b"Mask") else { return Ok(()) };
        let value = match self.follow(mask) {
            Object::Array(items) => Some(Value::Array(
                // Two for each colour.
                items
                    .iter()
                    .take(64)
                    .filter_map(|item| super::copy::number(self.follow(item)))
                    .collect(),
            )),
            Object::Stream(_) => self.value(mask, Kind::MaskImage, 0)?,
            _ => None,
        };
        dict.extend(value.map(|value| (b"Mask".to_vec(), value)));
        Ok(())
    }

    /// Plain samples, perhaps predicted row by row.
    fn samples(
        &mut self,
        stream: &'a Stream,
        steps: &[Step<'a>],
        mut dict: Dict,
    ) -> Result<(Dict, Vec<u8>), Refusal> {
        // Without it nobody can tell which bytes are shown.
        let layout = self.layout(&stream.dict).ok_or(Refusal::Damaged(Damage::Value))?;
        let too_many = Refusal::Limit(Limit::Pixels);
        let row_bits = layout.row_bits().ok_or(too_many)?;
        // Prediction is kept: undoing it would make the file much larger.
        let (steps, predicted) = match steps.split_last() {
            Some((last, before))
                if last.filter == Filter::Flate
                    && predictor(self.doc, last) > 1
                    && last
                        .parameters
                        .is_some_and(|given| layout.is_predicted_by(self.doc, given)) =>
            {
                let plain = Step { filter: Filter::Flate, parameters: None };
                ([before, &[plain]].concat(), last.parameters)
            }
            _ => (steps.to_vec(), None),
        };
        let mut data = unfold(self.doc, &stream.content, &steps, true, &mut self.budget)?;
        let mut row_bytes = row_bits.div_ceil(8);
        if let Some(parameters) = predicted {
            let (copy, with_predictor) = predictor_parameters(self.doc, parameters);
            row_bytes = with_predictor;
            dict.insert(b"DecodeParms".to_vec(), Value::Dict(copy));
        }
        let expected = row_bytes.checked_mul(layout.rows).ok_or(too_many)?;
        if expected < data.len() {
            // A line end or two are how programs end a stream.
            if data.len() > expected + 2 {
                self.notes.found(Category::StrayBytes);
            }
            data.truncate(expected);
        }
        blank_spare_bits(&mut data, row_bits);
        Ok((super::copy::folded(dict), deflate(&data)))
    }

    fn layout(&self, dict: &'a Dictionary) -> Option<Layout> {
        let size = |key| usize::try_from(self.get_integer(dict, key)?).ok();
        let stencil = matches!(self.get(dict, "ImageMask"), Some(Object::Boolean(true)));
        let (colors, bits) = if stencil {
            (1, 1)
        } else {
            let colors = self.components(self.get(dict, "ColorSpace")?, None)?;
            (usize::try_from(colors).ok()?, size("BitsPerComponent")?)
        };
        Some(Layout { columns: size("Width")?, colors, bits, rows: size("Height")? })
    }

    /// Data in a picture format.
    fn coded(
        &mut self,
        data: Vec<u8>,
        codec: &Step<'a>,
        (width, height): (Option<i64>, Option<i64>),
        mut dict: Dict,
    ) -> Result<(Dict, Vec<u8>), Refusal> {
        let mut parameters = Dict::new();
        let (name, data) = match codec.filter {
            Filter::Jpeg => {
                parameters = jpeg_parameters(self.doc, codec.parameters);
                let data = jpeg(&data, self.limits, self.notes)?;
                check_frame(&data, width, height)?;
                ("DCTDecode", data)
            }
            Filter::Fax => {
                parameters = fax_parameters(self.doc, codec.parameters);
                ("CCITTFaxDecode", data)
            }
            Filter::Jpeg2000 => {
                let data = super::jpx::clean(&data, self.notes)?;
                let (columns, rows) =
                    super::jpx::size(&data).ok_or(Refusal::Damaged(Damage::Length))?;
                check_covered(width, Some(columns))?;
                check_covered(height, Some(rows))?;
                ("JPXDecode", data)
            }
            Filter::Jbig2 => {
                if let Some(given) = codec.parameters
                    && let Ok(globals) = given.get(b"JBIG2Globals")
                {
                    let globals = self.value(globals, Kind::SharedSymbols, 0)?;
                    let globals = globals.ok_or(Refusal::Damaged(Damage::Missing))?;
                    parameters.insert(b"JBIG2Globals".to_vec(), globals);
                }
                let data = super::jbig2::clean(&data, self.notes)?;
                let (columns, rows) = super::jbig2::size(&data).unwrap_or_default();
                check_covered(width, columns)?;
                check_covered(height, rows)?;
                ("JBIG2Decode", data)
            }
            _ => return Err(Refusal::Feature(Feature::Filter)),
        };
        dict.insert(b"Filter".to_vec(), Value::name(name));
        if !parameters.is_empty() {
            dict.insert(b"DecodeParms".to_vec(), Value::Dict(parameters));
        }
        Ok((dict, data))
    }
}

/// Sets the bits behind the last pixel of each row to zero.
pub(super) fn blank_spare_bits(data: &mut [u8], row_bits: usize) {
    let spare = row_bits.wrapping_neg() % 8;
    if spare == 0 {
        return;
    }
    for row in data.chunks_exact_mut(row_bits.div_ceil(8)) {
        if let Some(last) = row.last_mut() {
            *last = *last >> spare << spare;
        }
    }
}

/// The parameters of a predictor, and the bytes of a row with it (7.4.4.3).
fn predictor_parameters(doc: &Document, given: &Dictionary) -> (Dict, usize) {
    let mut copy = Dict::new();
    let mut read = |key: &str, default: i64| {
        let number =
            given.get(key.as_bytes()).ok().and_then(|value| follow(doc, value).as_i64().ok());
        if let Some(number) = number {
            copy.insert(key.as_bytes().to_vec(), Value::integer(number));
        }
        number.unwrap_or(default)
    };
    let size = |number: i64| usize::try_from(number).unwrap_or(1);
    let predictor = read("Predictor", 1);
    let bits = size(read("Colors", 1))
        .saturating_mul(size(read("BitsPerComponent", 8)))
        .saturating_mul(size(read("Columns", 1)));
    (copy, bits.div_ceil(8).saturating_add(usize::from(predictor >= FIRST_PNG)))
}

/// The parameters of a fax picture (7.4.6).
pub(super) fn fax_parameters(doc: &Document, given: Option<&Dictionary>) -> Dict {
    let mut copy = Dict::new();
    let Some(given) = given else { return copy };
    for key in FAX_NUMBERS {
        let number = given
            .get(key.as_bytes())
            .ok()
            .and_then(|value| super::copy::number(follow(doc, value)));
        copy.extend(number.map(|number| (key.as_bytes().to_vec(), number)));
    }
    for key in FAX_FLAGS {
        let flag =
            given.get(key.as_bytes()).ok().and_then(|value| follow(doc, value).as_bool().ok());
        copy.extend(flag.map(|flag| (key.as_bytes().to_vec(), Value::Bool(flag))));
    }
    copy
}

/// Whether the colours of a JPEG are turned (7.4.8): viewers only ask whether it is zero.
pub(super) fn jpeg_parameters(doc: &Document, given: Option<&Dictionary>) -> Dict {
    let transform = given.and_then(|given| given.get(b"ColorTransform").ok());
    let transform = transform.and_then(|value| follow(doc, value).as_i64().ok());
    let known = transform.filter(|number| *number >= 0).map(|number| i64::from(number != 0));
    known.map(|number| (b"ColorTransform".to_vec(), Value::integer(number))).into_iter().collect()
}

/// Refuses a JPEG that is larger than the document says: some viewers cut off what is too
/// much, so that an erased part of the picture would still be there. So it is with the
/// other formats that say how large they are.
pub(super) fn check_frame(
    jpeg: &[u8],
    width: Option<i64>,
    height: Option<i64>,
) -> Result<(), Refusal> {
    let (columns, rows) = crate::jpeg::size(jpeg).ok_or(Refusal::Internal)?;
    check_covered(width, Some(columns.into()))?;
    check_covered(height, Some(rows.into()))
}

/// Refuses a picture with more columns or rows, if these are known, than are said.
fn check_covered(said: Option<i64>, side: Option<u32>) -> Result<(), Refusal> {
    let covered = side.is_none_or(|side| said.is_some_and(|said| said >= i64::from(side)));
    if covered { Ok(()) } else { Err(Refusal::Damaged(Damage::Value)) }
}

/// Cleans a JPEG as if it were a file of its own.
pub(super) fn jpeg(data: &[u8], limits: &Limits, notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    crate::jpeg::clean(&mut Cursor::new(data), limits, notes)
}
