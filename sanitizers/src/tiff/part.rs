//! One strip or tile: unpacked, cleared of what is not shown, packed again.

use std::borrow::Cow;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use super::fax;
use super::layout::Shape;
use super::page::{Coding, Page};
use super::samples::{self, Seen};
use crate::lzw::Lzw;
use crate::refusal::Damage;
use crate::{Category, Limits, Notes, Refusal, jpeg};

/// How many times its length packed data can unfold to (zlib's technical details).
const MOST_INFLATED: usize = 1_032;

/// Returns the bytes of one strip or tile as they are written.
pub(super) fn clean<'a>(
    page: &Page<'a>,
    number: usize,
    seen: &mut Seen,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Cow<'a, [u8]>, Refusal> {
    let shape = page.shape(number).ok_or(Refusal::Internal)?;
    let given = *page.parts.get(number).ok_or(Refusal::Internal)?;
    if page.coding == Coding::Jpeg {
        return picture(page, given, &shape, limits, notes).map(Cow::Owned);
    }
    let mut unpacked = straight(page, given, &shape, notes)?;
    if let Some(plane) = samples::plane(page, number) {
        let given = *page.parts.get(plane).ok_or(Refusal::Internal)?;
        // What is behind it is told when its own turn comes.
        let plane = straight(page, given, &shape, &mut Notes::default())?;
        samples::clear_under(page, &plane, &mut unpacked, seen);
    }
    samples::clear(page, &shape, &mut unpacked, seen);
    samples::predict(page, &shape, &mut unpacked);
    let packed = match page.coding {
        Coding::Plain => unpacked,
        Coding::PackBits | Coding::Lzw => Lzw::tiff().fold(&unpacked),
        Coding::Deflate => deflate(&unpacked)?,
        Coding::Fax3 | Coding::Fax4 => fax::pack(&unpacked, shape.stored.0)?,
        Coding::Jpeg => return Err(Refusal::Internal),
    };
    Ok(Cow::Owned(packed))
}

/// The plain samples of a strip or tile.
fn straight(
    page: &Page,
    given: &[u8],
    shape: &Shape,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let length = usize::try_from(page.bytes(shape)).map_err(|_| Refusal::Internal)?;
    let turned: Vec<u8>;
    let given = if page.reversed {
        turned = given.iter().map(|byte| byte.reverse_bits()).collect();
        &turned
    } else {
        given
    };
    let mut unpacked = unpack(page, given, shape, length, notes)?;
    samples::straighten(page, shape, &mut unpacked);
    Ok(unpacked)
}

/// Unpacks to so many bytes, and counts what is behind them.
fn unpack(
    page: &Page,
    given: &[u8],
    shape: &Shape,
    length: usize,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let (unpacked, tail) = match page.coding {
        Coding::Plain | Coding::Jpeg => {
            let (samples, tail) = given.split_at_checked(length).ok_or(Refusal::Truncated)?;
            (samples.to_vec(), tail.iter().any(|&byte| byte != 0))
        }
        Coding::PackBits => unpack_bits(given, length),
        Coding::Lzw => {
            let unfolded = Lzw::tiff().unfold(given, length)?;
            (unfolded.letters, unfolded.tail)
        }
        Coding::Deflate => inflate(given, length)?,
        Coding::Fax3 => fax::unpack3(given, shape.stored)?,
        Coding::Fax4 => fax::unpack4(given, shape.stored)?,
    };
    // Missing samples look different in every viewer.
    if unpacked.len() != length {
        return Err(Refusal::Truncated);
    }
    notes.found_many(Category::StrayBytes, u32::from(tail));
    Ok(unpacked)
}

/// Runs of bytes and of copies of one byte (TIFF 6.0, section 9).
fn unpack_bits(mut given: &[u8], length: usize) -> (Vec<u8>, bool) {
    let mut unpacked = Vec::new();
    while unpacked.len() < length {
        let Some((&count, rest)) = given.split_first() else { break };
        given = rest;
        let left = length - unpacked.len();
        match count {
            0..=127 => {
                let count = usize::from(count) + 1;
                let Some((run, rest)) = given.split_at_checked(count) else { break };
                unpacked.extend(run.iter().take(left));
                given = rest;
            }
            128 => {}
            129.. => {
                let Some((&byte, rest)) = given.split_first() else { break };
                unpacked.extend(std::iter::repeat_n(byte, (257 - usize::from(count)).min(left)));
                given = rest;
            }
        }
    }
    (unpacked, given.iter().any(|&byte| byte != 0 && byte != 128))
}

fn inflate(given: &[u8], length: usize) -> Result<(Vec<u8>, bool), Refusal> {
    let mut decoder = ZlibDecoder::new(given);
    // A buffer that grows by doubling takes up to three times as much.
    let mut unpacked = Vec::with_capacity(length.min(given.len().saturating_mul(MOST_INFLATED)));
    let read = decoder.by_ref().take(length as u64).read_to_end(&mut unpacked);
    read.map_err(|_| Refusal::Damaged(Damage::Value))?;
    // What it goes on with, and what is behind its end, no viewer reads.
    let more = decoder.read(&mut [0]).is_ok_and(|more| more > 0);
    let behind = decoder.total_in() < given.len() as u64;
    Ok((unpacked, more || behind))
}

fn deflate(unpacked: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(unpacked).map_err(|_| Refusal::Internal)?;
    encoder.finish().map_err(|_| Refusal::Internal)
}

/// A strip or tile that is a JPEG, with its own tables.
fn picture(
    page: &Page,
    given: &[u8],
    shape: &Shape,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let start = |bytes| Some(bytes).and_then(|bytes: &[u8]| bytes.strip_prefix(b"\xFF\xD8"));
    let whole = match page.jpeg_tables {
        [] => given.to_vec(),
        tables => {
            let tables = start(tables).ok_or(Refusal::Damaged(Damage::Order))?;
            let tables = tables.strip_suffix(b"\xFF\xD9").unwrap_or(tables);
            let picture = start(given).ok_or(Refusal::Damaged(Damage::Order))?;
            [b"\xFF\xD8", tables, picture].concat()
        }
    };
    let clean = jpeg::bare(&whole, limits, notes)?;
    // A larger one would hide what is beyond the edge, and a smaller one lacks samples.
    let (columns, rows, planes) = jpeg::shape(&clean).ok_or(Refusal::Internal)?;
    let expected = (shape.stored.0, shape.stored.1, page.samples_inside());
    if (u32::from(columns), u32::from(rows), u16::from(planes)) != expected {
        return Err(Refusal::Damaged(Damage::Value));
    }
    Ok(clean)
}
