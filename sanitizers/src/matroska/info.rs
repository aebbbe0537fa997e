//! The head of the file, and what is said about the film as a whole.

use super::ebml::{Next, Part, needed, next, only, parts};
use super::ids;
use super::write;
use crate::film::Window;
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Limits, Notes, Refusal};

/// Bytes of the head of a file: some dozens, in real files.
const MOST: u64 = 1 << 12;
/// What a program is called that wrote a film: one must be named.
pub(super) const NOBODY: &[u8] = b"none";
/// Nanoseconds in a unit of time, if nothing is said.
const MILLISECOND: u64 = 1_000_000;
/// The longest unit of time: a second.
const SECOND: u64 = 1_000_000_000;

/// Parts of the head of a file.
const KNOWN: [u32; 7] = [
    ids::EBML_VERSION,
    ids::EBML_READ_VERSION,
    ids::MAX_ID_LENGTH,
    ids::MAX_SIZE_LENGTH,
    ids::DOC_TYPE,
    ids::DOC_TYPE_VERSION,
    ids::DOC_TYPE_READ_VERSION,
];

/// Reads the head of the file. Says whether it is `WebM`, and where the head ends.
pub(super) fn head(window: &mut Window, notes: &mut Notes) -> Result<(bool, u64), Refusal> {
    let all = window.length();
    let head = match next(window, 0, all)? {
        Next::Element(head) if head.id == ids::EBML && head.sized => head,
        Next::Element(_) => return Err(Refusal::UnknownFormat),
        _ => return Err(Refusal::Truncated),
    };
    let size = head.body.end - head.body.start;
    if size > MOST {
        return Err(Refusal::Limit(Limit::Parts));
    }
    let size = usize::try_from(size).map_err(|_| Refusal::Internal)?;
    let body = window.bytes(head.body.start, size)?;
    let all = parts(body, 64)?;
    let others = all.iter().filter(|part| !KNOWN.contains(&part.id) && part.id != ids::CRC);
    notes.found_many(Category::Other, u32::try_from(others.count()).unwrap_or(u32::MAX));
    let at_most = |id, most| {
        let number = only(&all, id)?.map(|part| part.unsigned()).transpose()?;
        Ok(number.is_none_or(|number| number <= most))
    };
    let is_known = at_most(ids::EBML_READ_VERSION, 1)?
        && at_most(ids::DOC_TYPE_READ_VERSION, 4)?
        && at_most(ids::MAX_ID_LENGTH, 4)?
        && at_most(ids::MAX_SIZE_LENGTH, 8)?;
    match needed(&all, ids::DOC_TYPE)?.text() {
        b"webm" if is_known => Ok((true, head.body.end)),
        b"matroska" if is_known => Ok((false, head.body.end)),
        _ => Err(Refusal::Feature(Feature::Construct)),
    }
}

/// The head of the file as it is written.
pub(super) fn written_head(is_webm: bool) -> Vec<u8> {
    let doc_type: &[u8] = if is_webm { b"webm" } else { b"matroska" };
    let body = [
        write::unsigned(ids::EBML_VERSION, 1),
        write::unsigned(ids::EBML_READ_VERSION, 1),
        write::unsigned(ids::MAX_ID_LENGTH, 4),
        write::unsigned(ids::MAX_SIZE_LENGTH, 8),
        write::element(ids::DOC_TYPE, doc_type),
        write::unsigned(ids::DOC_TYPE_VERSION, 4),
        write::unsigned(ids::DOC_TYPE_READ_VERSION, 2),
    ];
    write::element(ids::EBML, &body.concat())
}

/// Reads `Info`: the length of a unit of time.
pub(super) fn unit(info: &[u8], limits: &Limits, notes: &mut Notes) -> Result<u64, Refusal> {
    let all = parts(info, limits.segments)?;
    for part in &all {
        note(part, notes);
    }
    let unit = only(&all, ids::TIMESTAMP_SCALE)?.map(|part| part.unsigned()).transpose()?;
    let unit = unit.unwrap_or(MILLISECOND);
    if (1..=SECOND).contains(&unit) { Ok(unit) } else { Err(Refusal::Damaged(Damage::Value)) }
}

fn note(part: &Part, notes: &mut Notes) {
    let category = match part.id {
        ids::TIMESTAMP_SCALE | ids::DURATION | ids::CRC => return,
        ids::MUXING_APP | ids::WRITING_APP if part.body == NOBODY => return,
        ids::VOID if part.body.iter().all(|&byte| byte == 0) => return,
        ids::VOID => Category::StrayBytes,
        ids::MUXING_APP | ids::WRITING_APP => Category::Software,
        ids::TITLE => Category::Descriptions,
        ids::DATE => Category::Dates,
        // Numbers of this film, of those before and after it, of its family.
        0x73A4 | 0x3C_B923 | 0x3E_B923 | 0x4444 => Category::Identifiers,
        // Names of files.
        0x7384 | 0x3C_83AB | 0x3E_83BB => Category::Descriptions,
        _ => Category::Other,
    };
    notes.found(category);
}

/// `Info` as it is written.
#[expect(clippy::cast_precision_loss, reason = "a length of centuries in nanoseconds")]
pub(super) fn written(unit: u64, length: u64) -> Vec<u8> {
    let body = [
        write::unsigned(ids::TIMESTAMP_SCALE, unit),
        write::fraction(ids::DURATION, length as f64),
        write::element(ids::MUXING_APP, NOBODY),
        write::element(ids::WRITING_APP, NOBODY),
    ];
    write::element(ids::INFO, &body.concat())
}
