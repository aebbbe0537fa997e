//! Unfolding and folding of streams (ISO 32000-2, 7.4).
//!
//! A stream can hide bytes behind the end of its compressed data, and how it was
//! compressed tells which program did it. So everything that can be unfolded is, and
//! is folded again by this one module.
//!
//! A few kilobytes can unfold into gigabytes: every step has a limit, and all steps
//! of one file together have one.

use std::io::Write;

use flate2::{Compression, Decompress, FlushDecompress, Status, write::ZlibEncoder};
use lopdf::{Dictionary, Document, Object, Stream};

use crate::refusal::{Damage, Feature, Limit};
use crate::{Limits, Refusal};

/// Most filters one stream may name. Files use one or two; each costs a pass.
const MOST_FILTERS: usize = 8;

/// A compression for pictures or text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    Flate,
    Lzw,
    Ascii85,
    AsciiHex,
    RunLength,
    Fax,
    Jpeg,
    Jpeg2000,
    Jbig2,
}

/// One filter with its parameters.
#[derive(Clone, Debug)]
pub(super) struct Step<'a> {
    pub(super) filter: Filter,
    pub(super) parameters: Option<&'a Dictionary>,
}

/// What is left to unfold in a file.
pub(super) struct Budget {
    stream: usize,
    total: usize,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        let size = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
        Budget { stream: size(limits.inflated_stream), total: size(limits.inflated_total) }
    }

    /// Most bytes the next stream may have.
    fn allowed(&self, picture: bool) -> usize {
        if picture { self.total } else { self.stream.min(self.total) }
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.total = self.total.checked_sub(bytes).ok_or(Refusal::Limit(Limit::Inflated))?;
        Ok(())
    }
}

fn known(name: &[u8]) -> Option<Filter> {
    Some(match name {
        b"FlateDecode" | b"Fl" => Filter::Flate,
        b"LZWDecode" | b"LZW" => Filter::Lzw,
        b"ASCII85Decode" | b"A85" => Filter::Ascii85,
        b"ASCIIHexDecode" | b"AHx" => Filter::AsciiHex,
        b"RunLengthDecode" | b"RL" => Filter::RunLength,
        b"CCITTFaxDecode" | b"CCF" => Filter::Fax,
        b"DCTDecode" | b"DCT" => Filter::Jpeg,
        b"JPXDecode" => Filter::Jpeg2000,
        b"JBIG2Decode" => Filter::Jbig2,
        _ => return None,
    })
}

/// Follows a reference; a reference to nothing is null (7.3.10).
pub(super) fn follow<'a>(doc: &'a Document, object: &'a Object) -> &'a Object {
    doc.dereference(object).map_or(&Object::Null, |(_, object)| object)
}

fn as_list<'a>(doc: &'a Document, object: Option<&'a Object>) -> Vec<&'a Object> {
    match object.map(|object| follow(doc, object)) {
        None | Some(Object::Null) => Vec::new(),
        Some(Object::Array(items)) => items.iter().map(|item| follow(doc, item)).collect(),
        Some(single) => vec![single],
    }
}

/// The filters of a stream, in the order in which they unfold it.
pub(super) fn steps<'a>(
    doc: &'a Document,
    filters: Option<&'a Object>,
    parameters: Option<&'a Object>,
) -> Result<Vec<Step<'a>>, Refusal> {
    let names = as_list(doc, filters);
    let parameters = as_list(doc, parameters);
    if names.len() > MOST_FILTERS {
        return Err(Refusal::Feature(Feature::Filter));
    }
    let mut steps = Vec::new();
    for (index, name) in names.into_iter().enumerate() {
        let name = name.as_name().map_err(|_| Refusal::Damaged(Damage::Value))?;
        let parameters = parameters.get(index).and_then(|object| object.as_dict().ok());
        if name == b"Crypt" {
            identity_only(parameters)?;
            continue;
        }
        // A filter we do not know may be one that a viewer does: we would pass on
        // bytes that nobody has read.
        let filter = known(name).ok_or(Refusal::Feature(Feature::Filter))?;
        steps.push(Step { filter, parameters });
    }
    Ok(steps)
}

fn identity_only(parameters: Option<&Dictionary>) -> Result<(), Refusal> {
    match parameters.and_then(|dict| dict.get(b"Name").ok()) {
        None => Ok(()),
        Some(Object::Name(name)) if name == b"Identity" => Ok(()),
        Some(_) => Err(Refusal::Feature(Feature::Filter)),
    }
}

/// Whether the step is a picture format that is handled as a whole.
pub(super) fn is_codec(filter: Filter) -> bool {
    matches!(filter, Filter::Fax | Filter::Jpeg | Filter::Jpeg2000 | Filter::Jbig2)
}

/// Unfolds `data` through `steps`, all of which must be of the general kind.
pub(super) fn unfold(
    doc: &Document,
    data: &[u8],
    steps: &[Step<'_>],
    picture: bool,
    budget: &mut Budget,
) -> Result<Vec<u8>, Refusal> {
    let mut current = std::borrow::Cow::Borrowed(data);
    for step in steps {
        let limit = budget.allowed(picture);
        let next = unfold_step(doc, &current, step, limit)?;
        budget.spend(next.len())?;
        current = std::borrow::Cow::Owned(next);
    }
    Ok(current.into_owned())
}

fn unfold_step(
    doc: &Document,
    data: &[u8],
    step: &Step<'_>,
    limit: usize,
) -> Result<Vec<u8>, Refusal> {
    let name = match step.filter {
        Filter::Flate if predictor(doc, step) == 1 => return inflate(data, limit),
        Filter::Flate => return unpredict(doc, inflate(data, limit)?, step, limit),
        Filter::Lzw => {
            super::letters::check_codes(data, early_change(doc, step))?;
            "LZWDecode"
        }
        Filter::Ascii85 => {
            let marked = [super::letters::base_85(data)?.as_slice(), b"~>"].concat();
            return library(doc, "ASCII85Decode", marked, None, limit);
        }
        Filter::AsciiHex => {
            let marked = [super::letters::hex(data)?.as_slice(), b">"].concat();
            return library(doc, "ASCIIHexDecode", marked, None, limit);
        }
        Filter::RunLength => "RunLengthDecode",
        _ => return Err(Refusal::Feature(Feature::Filter)),
    };
    library(doc, name, data.to_vec(), step.parameters, limit)
}

/// The predictor of a step; 1 is none (7.4.4.4).
pub(super) fn predictor(doc: &Document, step: &Step<'_>) -> i64 {
    step.parameters.and_then(|dict| number(doc, dict, b"Predictor")).unwrap_or(1)
}

/// Whether codes grow one code early, as they do unless it is said that they do not.
fn early_change(doc: &Document, step: &Step<'_>) -> bool {
    step.parameters.and_then(|dict| number(doc, dict, b"EarlyChange")) != Some(0)
}

fn number(doc: &Document, dict: &Dictionary, key: &[u8]) -> Option<i64> {
    follow(doc, dict.get(key).ok()?).as_i64().ok()
}

/// Undoes a predictor. Inflating is ours, which is strict where the library is not.
fn unpredict(
    doc: &Document,
    data: Vec<u8>,
    step: &Step<'_>,
    limit: usize,
) -> Result<Vec<u8>, Refusal> {
    // Stored blocks: the library takes only compressed data.
    let stored = deflate_with(&data, Compression::none());
    drop(data);
    library(doc, "FlateDecode", stored, step.parameters, limit)
}

fn library(
    doc: &Document,
    filter: &str,
    data: Vec<u8>,
    parameters: Option<&Dictionary>,
    limit: usize,
) -> Result<Vec<u8>, Refusal> {
    let mut dict = Dictionary::new();
    dict.set("Filter", Object::Name(filter.as_bytes().to_vec()));
    if let Some(parameters) = parameters {
        let mut plain = Dictionary::new();
        for key in ["Predictor", "Colors", "BitsPerComponent", "Columns", "EarlyChange"] {
            if let Some(value) = number(doc, parameters, key.as_bytes()) {
                plain.set(key, Object::Integer(value));
            }
        }
        dict.set("DecodeParms", Object::Dictionary(plain));
    }
    Stream::new(dict, data).decompressed_content_with_limit(limit).map_err(|error| match error {
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => {
            Refusal::Limit(Limit::Inflated)
        }
        _ => Refusal::Damaged(Damage::Value),
    })
}

/// Inflates zlib data (RFC 1950), or says that it is none.
///
/// Data that stops in the middle is taken as far as it goes, as every viewer does:
/// what they show and what we write is the same part.
pub(super) fn inflate(data: &[u8], limit: usize) -> Result<Vec<u8>, Refusal> {
    inflate_counted(data, limit).map(|(unfolded, _)| unfolded)
}

/// Inflates, and says how many bytes were read for it.
pub(super) fn inflate_counted(data: &[u8], limit: usize) -> Result<(Vec<u8>, usize), Refusal> {
    const HEADER: usize = 2;
    const CHECKSUM: usize = 4;
    let Some(body) = data.get(HEADER..) else { return Ok((Vec::new(), data.len())) };
    let header = match data {
        [method, flags, ..] => u16::from_be_bytes([*method, *flags]),
        _ => 0,
    };
    if header & 0x0f00 != 0x0800 || !header.is_multiple_of(31) {
        return Err(Refusal::Damaged(Damage::Value));
    }
    let mut engine = Decompress::new(false);
    let mut unfolded = Vec::with_capacity(body.len().saturating_mul(3).min(limit));
    loop {
        let read = usize::try_from(engine.total_in()).unwrap_or(usize::MAX);
        let input = body.get(read..).unwrap_or_default();
        if unfolded.len() == unfolded.capacity() {
            if unfolded.len() > limit {
                return Err(Refusal::Limit(Limit::Inflated));
            }
            unfolded.reserve(unfolded.len().clamp(1 << 12, 1 << 24));
        }
        let before = unfolded.len();
        let status = engine
            .decompress_vec(input, &mut unfolded, FlushDecompress::None)
            .map_err(|_| Refusal::Damaged(Damage::Value))?;
        let taken = usize::try_from(engine.total_in()).unwrap_or(usize::MAX);
        let stuck = taken == read && unfolded.len() == before;
        if status == Status::StreamEnd || (stuck && unfolded.len() < unfolded.capacity()) {
            if unfolded.len() > limit {
                return Err(Refusal::Limit(Limit::Inflated));
            }
            let used = HEADER.saturating_add(taken).saturating_add(CHECKSUM).min(data.len());
            return Ok((unfolded, used));
        }
    }
}

/// Folds `data` in our one way.
pub(super) fn deflate(data: &[u8]) -> Vec<u8> {
    deflate_with(data, Compression::new(6))
}

fn deflate_with(data: &[u8], level: Compression) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(data.len() / 2), level);
    // Writing to memory cannot fail.
    let _ = encoder.write_all(data);
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_behind_the_end_of_compressed_data_are_not_read() {
        let mut data = deflate(b"seen");
        let length = data.len();
        data.extend_from_slice(b"hidden");
        assert_eq!(inflate_counted(&data, 100), Ok((b"seen".to_vec(), length)));
    }

    #[test]
    fn data_that_unfolds_beyond_the_limit_is_refused() {
        let bomb = deflate(&vec![0; 1 << 20]);
        assert_eq!(inflate(&bomb, 1 << 19), Err(Refusal::Limit(Limit::Inflated)));
        assert_eq!(inflate(&bomb, 1 << 20).map(|data| data.len()), Ok(1 << 20));
    }

    #[test]
    fn data_that_is_not_compressed_is_refused() {
        assert_eq!(inflate(b"plain text", 100), Err(Refusal::Damaged(Damage::Value)));
    }

    #[test]
    fn data_that_stops_in_the_middle_is_taken_as_far_as_it_goes() {
        let text: Vec<u8> = (0..20_000u32).flat_map(|n| (n * n).to_be_bytes()).collect();
        let whole = deflate(&text);
        let part = inflate(&whole[..whole.len() / 2], 1 << 20).unwrap();
        assert!(!part.is_empty() && text.starts_with(&part));
    }

    #[test]
    fn a_filter_nobody_knows_is_refused() {
        let doc = Document::new();
        let name = Object::Name(b"SecretDecode".to_vec());
        assert_eq!(steps(&doc, Some(&name), None).err(), Some(Refusal::Feature(Feature::Filter)));
    }
}
