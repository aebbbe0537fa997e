//! The directory at the end, and the record that says where it is.

use std::io::SeekFrom;

use super::fields::{Fields, extras, read_at};
use super::{Method, name, noted};
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Limits, Notes, ReadSeek, Refusal};

/// The record at the end, its 64-bit brother and the pointer to that one (APPNOTE 4.3.14
/// to 4.3.16), and an entry of the directory (4.3.12).
const END: &[u8; 4] = b"PK\x05\x06";
const END64: u32 = 0x0606_4B50;
const POINTER64: u32 = 0x0706_4B50;
const ENTRY: u32 = 0x0201_4B50;

/// Bytes of these records without what varies in length.
const END_LENGTH: usize = 22;
const END64_LENGTH: usize = 56;
const POINTER64_LENGTH: usize = 20;

/// Bytes from the end within which the last record begins: its comment has two bytes for
/// its length.
const TAIL: u64 = 22 + 65_535;

/// Bytes of a directory: what 5,000 entries with long names and extra fields take.
const MOST: u64 = 16 << 20;

/// What one entry of the directory says.
pub(super) struct Entry {
    pub(super) name: Vec<u8>,
    pub(super) decoded: String,
    pub(super) flags: u16,
    pub(super) method: Method,
    pub(super) checksum: u32,
    pub(super) packed: u64,
    pub(super) size: u64,
    pub(super) header: u64,
    pub(super) is_special: bool,
}

/// The entries and the place where the directory begins.
pub(super) struct Directory {
    pub(super) entries: Vec<Entry>,
    pub(super) start: u64,
}

struct End {
    at: u64,
    disks: [u32; 2],
    entries: [u64; 2],
    length: u64,
    start: u64,
}

pub(super) fn read(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Directory, Refusal> {
    let end = find_end(source, notes)?;
    if end.disks != [0, 0] {
        return Err(Refusal::Feature(Feature::Construct));
    }
    let [entries, entries_in_all] = end.entries;
    // One reader takes the offset, another one subtracts the length from the end.
    if end.start.checked_add(end.length) != Some(end.at) || entries != entries_in_all {
        return Err(Refusal::Damaged(Damage::Order));
    }
    if entries > u64::from(limits.members) || end.length > MOST {
        return Err(Refusal::Limit(Limit::Parts));
    }
    let length = usize::try_from(end.length).map_err(|_| Refusal::Limit(Limit::Parts))?;
    let bytes = read_at(source, end.start, length)?;
    let mut fields = Fields::new(&bytes);
    let mut all = Vec::new();
    for _ in 0..entries {
        all.push(entry(&mut fields, notes)?);
    }
    if !fields.is_empty() {
        return Err(Refusal::Damaged(Damage::Length));
    }
    Ok(Directory { entries: all, start: end.start })
}

fn find_end(source: &mut dyn ReadSeek, notes: &mut Notes) -> Result<End, Refusal> {
    let size = source.seek(SeekFrom::End(0)).map_err(|_| Refusal::Internal)?;
    let from = size.saturating_sub(TAIL);
    let length = usize::try_from(size - from).map_err(|_| Refusal::Internal)?;
    let tail = read_at(source, from, length)?;
    let at = choose_end(&tail)?;
    let mut fields = Fields::new(tail.get(at..).ok_or(Refusal::Truncated)?);
    fields.four()?;
    let disks = [fields.two()?.into(), fields.two()?.into()];
    let entries = [fields.two()?.into(), fields.two()?.into()];
    let (length, start) = (fields.four()?.into(), fields.four()?.into());
    let comment = usize::from(fields.two()?);
    if comment > 0 {
        notes.found(Category::Comments);
    }
    fields.bytes(comment)?;
    if !fields.is_empty() {
        notes.found(Category::StrayBytes);
    }
    let end = End { at: from + at as u64, disks, entries, length, start };
    end64(source, end)
}

/// The last record counts, as for every reader that searches from the end. An earlier one
/// that reaches exactly to the end, where the last does not, would be another reader's.
fn choose_end(tail: &[u8]) -> Result<usize, Refusal> {
    let reaches = |at: usize| {
        let length = tail.get(at + 20..at + END_LENGTH);
        let length = length.and_then(|two| two.try_into().ok()).map(u16::from_le_bytes);
        length.map(|length| at + END_LENGTH + usize::from(length))
    };
    let mut places = memchr::memmem::rfind_iter(tail, END);
    let last = places.next().ok_or(Refusal::Truncated)?;
    match reaches(last) {
        Some(end) if end == tail.len() => Ok(last),
        _ if places.any(|at| reaches(at) == Some(tail.len())) => Err(Refusal::Polyglot),
        Some(end) if end < tail.len() => Ok(last),
        _ => Err(Refusal::Truncated),
    }
}

/// Follows the pointer before the last record, where there is one.
fn end64(source: &mut dyn ReadSeek, end: End) -> Result<End, Refusal> {
    let Some(at) = end.at.checked_sub(POINTER64_LENGTH as u64) else { return Ok(end) };
    let pointer = read_at(source, at, POINTER64_LENGTH)?;
    let mut fields = Fields::new(&pointer);
    if fields.four()? != POINTER64 {
        return Ok(end);
    }
    let (disk, place, disks) = (fields.four()?, fields.eight()?, fields.four()?);
    // Behind its fields it may hold anything; then it would not end where the pointer begins.
    if disk != 0 || disks > 1 || place.checked_add(END64_LENGTH as u64) != Some(at) {
        return Err(Refusal::Feature(Feature::Construct));
    }
    let record = read_at(source, place, END64_LENGTH)?;
    let mut fields = Fields::new(&record);
    if fields.four()? != END64 || fields.eight()? != END64_LENGTH as u64 - 12 {
        return Err(Refusal::Damaged(Damage::Value));
    }
    fields.four()?;
    let large = End {
        at: place,
        disks: [fields.four()?, fields.four()?],
        entries: [fields.eight()?, fields.eight()?],
        length: fields.eight()?,
        start: fields.eight()?,
    };
    // The small record says the same, or that its fields are too small.
    let agrees = |small: u64, most: u64, large: u64| small == most || small == large;
    let (two, four) = (u64::from(u16::MAX), u64::from(u32::MAX));
    let same = end.entries.iter().zip(large.entries).all(|(&small, one)| agrees(small, two, one))
        && agrees(end.length, four, large.length)
        && agrees(end.start, four, large.start);
    if same { Ok(large) } else { Err(Refusal::Damaged(Damage::Value)) }
}

fn entry(fields: &mut Fields<'_>, notes: &mut Notes) -> Result<Entry, Refusal> {
    if fields.four()? != ENTRY {
        return Err(Refusal::Damaged(Damage::Order));
    }
    let made_by = fields.two()?;
    fields.two()?;
    let (flags, method) = (fields.two()?, fields.two()?);
    let moment = fields.four()?;
    let checksum = fields.four()?;
    let (mut packed, mut size) = (fields.four()?.into(), fields.four()?.into());
    let lengths = [fields.two()?, fields.two()?, fields.two()?].map(usize::from);
    let disk = fields.two()?;
    fields.two()?;
    let attributes = fields.four()?;
    let mut header = fields.four()?.into();
    let [name, extra, comment] = lengths;
    let (name, extra, comment) =
        (fields.bytes(name)?, fields.bytes(extra)?, fields.bytes(comment)?);
    let mut disk = u64::from(disk);
    wide(extra, [&mut size, &mut packed, &mut header], &mut disk)?;
    if disk != 0 {
        return Err(Refusal::Feature(Feature::Construct));
    }
    let method = method_of(flags, method)?;
    noted::entry(made_by, moment, extra, comment, notes);
    Ok(Entry {
        decoded: name::decode(name, flags)?,
        name: name.to_vec(),
        flags,
        method,
        checksum,
        packed,
        size,
        header,
        is_special: is_special(made_by, attributes),
    })
}

/// Flags that say that members or the directory are encrypted (APPNOTE 4.4.4).
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;

pub(super) fn method_of(flags: u16, method: u16) -> Result<Method, Refusal> {
    match method {
        _ if flags & ENCRYPTED != 0 => Err(Refusal::Password),
        // The encryption of WinZip.
        99 => Err(Refusal::Password),
        0 => Ok(Method::Stored),
        8 => Ok(Method::Deflated),
        _ => Err(Refusal::Feature(Feature::Filter)),
    }
}

/// Takes from the 64-bit field what the 32-bit ones had no room for (APPNOTE 4.5.3).
pub(super) fn wide(extra: &[u8], values: [&mut u64; 3], disk: &mut u64) -> Result<(), Refusal> {
    let (all, _) = extras(extra);
    let mut wide = all.iter().filter(|(number, _)| *number == 1);
    let Some((_, content)) = wide.next() else { return Ok(()) };
    if wide.next().is_some() {
        return Err(Refusal::Damaged(Damage::Missing));
    }
    let mut fields = Fields::new(content);
    for value in values {
        if *value == u64::from(u32::MAX) {
            *value = fields.eight()?;
        }
    }
    if *disk == u64::from(u16::MAX) {
        *disk = fields.four()?.into();
    }
    Ok(())
}

/// Whether the mode that Unix keeps in the upper half says something else than file or folder.
fn is_special(made_by: u16, attributes: u32) -> bool {
    let (system, mode) = (made_by >> 8, attributes >> 16);
    matches!(system, 3 | 19) && !matches!(mode >> 12, 0 | 0o4 | 0o10)
}
