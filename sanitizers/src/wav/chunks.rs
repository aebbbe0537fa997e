//! The chain of chunks: name, length, content, and a byte to make it even.

use crate::refusal::{Damage, Feature, Limit};
use crate::sound::{Bytes, tags};
use crate::{Category, Limits, Notes, Refusal};

/// The four letters that say what a chunk holds.
pub(crate) type Name = [u8; 4];

/// One chunk as it came.
#[derive(Clone, Copy)]
pub(super) struct Chunk<'a> {
    pub(super) name: Name,
    pub(super) data: &'a [u8],
}

/// A length that says "see elsewhere" or "nobody knew when this was written".
const OPEN: u32 = u32::MAX;

/// Reads all chunks of a file.
///
/// The length of the whole that the header claims is not looked at: it is wrong in many
/// files that every player plays, and nothing in the copy depends on it.
pub(super) fn read<'a>(
    file: &'a [u8],
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<Chunk<'a>>, Refusal> {
    let mut bytes = Bytes::new(file);
    let wide = match &bytes.array()? {
        b"RIFF" => false,
        b"RF64" | b"BW64" => true,
        _ => return Err(Refusal::Feature(Feature::Construct)),
    };
    bytes.take(8)?;
    let mut chunks: Vec<Chunk> = Vec::new();
    while !bytes.rest().is_empty() {
        if chunks.len() >= limits.segments as usize {
            return Err(Refusal::Limit(Limit::Parts));
        }
        let chunk = one(&mut bytes, wide.then(|| long_length(&chunks)).flatten());
        match chunk {
            Ok(chunk) => chunks.push(chunk),
            // Whatever follows the samples is dropped anyway.
            Err(_) if chunks.iter().any(|chunk| chunk.name == *b"data") => {
                notes.found(Category::StrayBytes);
                break;
            }
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(chunks)
}

fn one<'a>(bytes: &mut Bytes<'a>, long: Option<u64>) -> Result<Chunk<'a>, Refusal> {
    let mut ahead = *bytes;
    let (name, length): (Name, u32) = (ahead.array()?, ahead.u32_le()?);
    if !name.iter().all(|letter| matches!(letter, b' '..=b'~')) {
        return Err(Refusal::Damaged(Damage::Order));
    }
    let data = match (&name, length, long) {
        (b"data", OPEN, Some(long)) => {
            ahead.take(usize::try_from(long).map_err(|_| Refusal::Truncated)?)?
        }
        (b"data", OPEN, None) => to_the_end(&mut ahead)?,
        _ => ahead.take(length as usize)?,
    };
    if !data.len().is_multiple_of(2) && !ahead.rest().is_empty() {
        ahead.byte()?;
    }
    *bytes = ahead;
    Ok(Chunk { name, data })
}

/// The length of the samples in a file that may be longer than 4 GiB (EBU Tech 3306).
fn long_length(chunks: &[Chunk]) -> Option<u64> {
    let sizes = chunks.first().filter(|chunk| chunk.name == *b"ds64")?;
    sizes.data.get(8..16)?.try_into().ok().map(u64::from_le_bytes)
}

/// Samples of a recording that was written into a pipe: all that follows.
///
/// Nobody can tell where they end and a tag begins, so where one may be there is no copy.
fn to_the_end<'a>(bytes: &mut Bytes<'a>) -> Result<&'a [u8], Refusal> {
    let rest = bytes.rest();
    if tags::may_be_among(rest) {
        return Err(Refusal::Damaged(Damage::Length));
    }
    bytes.take(rest.len())
}
