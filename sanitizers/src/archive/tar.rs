//! TAR: blocks of 512 bytes, a header before each file.

mod extended;

use super::File;
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Limits, Notes, Refusal};
use extended::Extended;

const BLOCK: usize = 512;
/// Bytes of a long name or of extended headers.
const LONG: usize = 1 << 20;

/// Whether a block is a header: its checksum is that of its bytes.
pub(crate) fn is_header(block: &[u8]) -> bool {
    let (Some(field), Some(before), Some(behind)) =
        (block.get(148..156), block.get(..148), block.get(156..BLOCK))
    else {
        return false;
    };
    let Some(claimed) = octal(field).filter(|&sum| sum > 0) else { return false };
    // The field itself counts as eight blanks. Some old programs took bytes as signed.
    let bytes = || before.iter().chain(behind).copied();
    let unsigned = 256 + bytes().map(u64::from).sum::<u64>();
    let signed = 256 + bytes().map(|byte| i64::from(i8::from_ne_bytes([byte]))).sum::<i64>();
    claimed == unsigned || i64::try_from(claimed) == Ok(signed)
}

/// The files of an archive, in its order.
pub(super) fn files<'a>(
    archive: &'a [u8],
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<File<&'a [u8]>>, Refusal> {
    let mut walk = Walk { rest: archive, passed_bytes: false };
    let mut files = Vec::new();
    let mut extended = Extended::default();
    let mut members = 0_u32;
    while let Some(header) = walk.header()? {
        members += 1;
        if members > limits.members {
            return Err(Refusal::Limit(Limit::Parts));
        }
        let size = number(header.get(124..136))?;
        match header.get(156).copied().unwrap_or_default() {
            b'x' => extended.read(walk.data(size, LONG)?, notes)?,
            b'g' => Extended::default().read(walk.data(size, LONG)?, notes)?,
            b'L' => extended.path = Some(text(walk.data(size, LONG)?)),
            b'K' => drop(walk.data(size, LONG)?),
            kind => {
                let own = std::mem::take(&mut extended);
                let bytes = walk.data(own.size.unwrap_or(size), usize::MAX)?;
                notes.found_many(Category::StrayBytes, u32::from(walk.passed_bytes));
                let name = own.path.unwrap_or_else(|| name(header));
                tell(header, notes);
                files.extend(member(kind, name, bytes, notes)?);
            }
        }
    }
    if walk.rest.iter().any(|&byte| byte != 0) {
        notes.found(Category::StrayBytes);
    }
    // What was there twice is there once, and which one, programs decide.
    crate::zip::refuse_twins(files.iter().map(|file| &file.name))?;
    Ok(files)
}

/// A member, if it is a file.
fn member<'a>(
    kind: u8,
    name: String,
    content: &'a [u8],
    notes: &mut Notes,
) -> Result<Option<File<&'a [u8]>>, Refusal> {
    match kind {
        // Old programs write folders as files whose names end so.
        b'0' | 0 | b'7' if !name.ends_with('/') => {
            return Ok(Some(File { name, size: content.len() as u64, content }));
        }
        b'0' | 0 | b'7' | b'5' | b'V' => notes.found(Category::Descriptions),
        b'1' | b'2' => notes.found(Category::Links),
        b'3' | b'4' | b'6' => notes.found(Category::Device),
        // Sparse files, parts of other volumes, and what nobody knows.
        _ => return Err(Refusal::Feature(Feature::Construct)),
    }
    if content.iter().any(|&byte| byte != 0) {
        notes.found(Category::StrayBytes);
    }
    Ok(None)
}

/// Counts what a header tells of the person and the system.
fn tell(header: &[u8], notes: &mut Notes) {
    let told = [
        (Category::Identifiers, 108..124),
        (Category::Dates, 136..148),
        (Category::People, 265..329),
        (Category::StrayBytes, 500..512),
    ];
    for (category, place) in told {
        let field = header.get(place).unwrap_or_default();
        if field.iter().any(|byte| !matches!(byte, 0 | b'0' | b' ')) {
            notes.found(category);
        }
    }
}

struct Walk<'a> {
    rest: &'a [u8],
    /// Whether something else than zeros filled the last block of the last data.
    passed_bytes: bool,
}

impl<'a> Walk<'a> {
    /// The next header; none at the end, which is a block of zeros or the end of the file.
    fn header(&mut self) -> Result<Option<&'a [u8]>, Refusal> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let (block, rest) = self.rest.split_at_checked(BLOCK).ok_or(Refusal::Truncated)?;
        if block.iter().all(|&byte| byte == 0) {
            return Ok(None);
        }
        if !is_header(block) {
            return Err(Refusal::Damaged(Damage::Order));
        }
        self.rest = rest;
        Ok(Some(block))
    }

    /// The bytes behind a header, up to a full block.
    fn data(&mut self, size: u64, most: usize) -> Result<&'a [u8], Refusal> {
        let size = usize::try_from(size).map_err(|_| Refusal::Truncated)?;
        if size > most {
            return Err(Refusal::Limit(Limit::Parts));
        }
        let (data, rest) = self.rest.split_at_checked(size).ok_or(Refusal::Truncated)?;
        let padding = size.next_multiple_of(BLOCK) - size;
        // The last block of an archive may have been cut off behind its data.
        let (filler, rest) = rest.split_at_checked(padding).unwrap_or((rest, &[]));
        self.passed_bytes = filler.iter().any(|&byte| byte != 0);
        self.rest = rest;
        Ok(data)
    }
}

/// The name in a header: a prefix where the format has one (POSIX), and the rest.
fn name(header: &[u8]) -> String {
    let name = text(header.get(..100).unwrap_or_default());
    let has_prefix = header.get(257..263) == Some(b"ustar\0");
    let prefix = text(header.get(345..500).filter(|_| has_prefix).unwrap_or_default());
    if prefix.is_empty() { name } else { format!("{prefix}/{name}") }
}

/// Text up to the first zero.
fn text(field: &[u8]) -> String {
    let text = field.split(|&byte| byte == 0).next().unwrap_or_default();
    String::from_utf8_lossy(text).into_owned()
}

/// A number in octal digits, or, for large ones, in bytes behind a set first bit (GNU).
fn number(field: Option<&[u8]>) -> Result<u64, Refusal> {
    let damaged = Refusal::Damaged(Damage::Value);
    let field = field.ok_or(damaged)?;
    match field {
        [0x80, bytes @ ..] => bytes.iter().try_fold(0_u64, |sum, &byte| {
            sum.checked_mul(256).and_then(|sum| sum.checked_add(byte.into())).ok_or(damaged)
        }),
        _ => octal(field).ok_or(damaged),
    }
}

fn octal(field: &[u8]) -> Option<u64> {
    let text = str::from_utf8(field.split(|&byte| byte == 0).next()?).ok()?.trim();
    if text.is_empty() { Some(0) } else { u64::from_str_radix(text, 8).ok() }
}
