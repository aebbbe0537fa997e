//! The header before each member, which must say what the directory says.

use super::directory::{Directory, Entry, method_of, wide};
use super::fields::{Fields, read_at};
use super::{Member, Method, noted};
use crate::refusal::{Damage, Feature};
use crate::{Category, Notes, ReadSeek, Refusal};

const HEADER: u32 = 0x0403_4B50;
const HEADER_LENGTH: usize = 30;
const DESCRIPTOR: u32 = 0x0807_4B50;
/// Flags: sizes come behind the data; names are UTF-8; the data is a patch (APPNOTE 4.4.4).
const BEHIND: u16 = 1 << 3;
const UTF8: u16 = 1 << 11;
const PATCH: u16 = 1 << 5;

/// Compares every header with its entry, and sees to it that members do not overlap.
pub(super) fn agree(
    source: &mut dyn ReadSeek,
    directory: Directory,
    notes: &mut Notes,
) -> Result<Vec<Member>, Refusal> {
    let mut members = Vec::with_capacity(directory.entries.len());
    let mut spans = Vec::with_capacity(directory.entries.len());
    for entry in directory.entries {
        let (member, end) = one(source, entry, directory.start, notes)?;
        spans.push((member.header, end));
        members.push(member);
    }
    if !spans.is_sorted() {
        notes.found(Category::Software);
    }
    spans.sort_unstable();
    let mut covered = 0;
    for (start, end) in spans {
        if start < covered {
            return Err(Refusal::Damaged(Damage::Order));
        }
        if start > covered {
            notes.found(Category::StrayBytes);
        }
        covered = end;
    }
    match covered.cmp(&directory.start) {
        std::cmp::Ordering::Less => notes.found(Category::StrayBytes),
        std::cmp::Ordering::Equal => {}
        std::cmp::Ordering::Greater => return Err(Refusal::Damaged(Damage::Order)),
    }
    Ok(members)
}

/// Reads one header; returns the member and where what belongs to it ends.
fn one(
    source: &mut dyn ReadSeek,
    entry: Entry,
    directory: u64,
    notes: &mut Notes,
) -> Result<(Member, u64), Refusal> {
    let head = read_at(source, entry.header, HEADER_LENGTH)?;
    let mut fields = Fields::new(&head);
    if fields.four()? != HEADER {
        return Err(Refusal::Damaged(Damage::Order));
    }
    fields.two()?;
    let (flags, method) = (fields.two()?, fields.two()?);
    fields.four()?;
    let checksum = fields.four()?;
    let (mut packed, mut size) = (fields.four()?.into(), fields.four()?.into());
    let lengths = [fields.two()?, fields.two()?].map(usize::from);
    let [name_length, extra_length] = lengths;
    let behind_head = entry.header.saturating_add(HEADER_LENGTH as u64);
    let rest = read_at(source, behind_head, name_length + extra_length)?;
    let mut rest = Fields::new(&rest);
    let (name, extra) = (rest.bytes(name_length)?, rest.bytes(extra_length)?);
    wide(extra, [&mut size, &mut packed, &mut 0], &mut 0)?;
    noted::header(extra, notes);

    let unlike = |flag: u16| (flags ^ entry.flags) & flag != 0;
    if flags & PATCH != 0 {
        return Err(Refusal::Feature(Feature::Filter));
    }
    if method_of(flags, method)? != entry.method
        || name != entry.name
        || (unlike(UTF8) && !name.is_ascii())
    {
        return Err(Refusal::Damaged(Damage::Value));
    }
    let told = (checksum, packed, size) == (entry.checksum, entry.packed, entry.size);
    let told_behind = flags & BEHIND != 0;
    let left_blank = told_behind && blank(checksum, entry.checksum, [packed, size], &entry);
    if !told && !left_blank {
        return Err(Refusal::Damaged(Damage::Value));
    }
    let data = behind_head.saturating_add((name_length + extra_length) as u64);
    let mut end = data.checked_add(entry.packed).ok_or(Refusal::Damaged(Damage::Length))?;
    if end > directory {
        return Err(Refusal::Damaged(Damage::Length));
    }
    if told_behind {
        end = end.saturating_add(descriptor(source, end, directory, &entry)?);
    }
    if entry.method == Method::Stored && entry.packed != entry.size {
        return Err(Refusal::Damaged(Damage::Length));
    }
    let Entry { decoded, checksum, packed, size, header, is_special, method, .. } = entry;
    let member = Member { name: decoded, size, is_special, method, packed, checksum, header, data };
    Ok((member, end))
}

/// Where the numbers come behind the data, the header has zeros or already the right ones.
fn blank(checksum: u32, real: u32, sizes: [u64; 2], entry: &Entry) -> bool {
    let [packed, size] = sizes;
    let fits = |told: u64, real: u64| told == 0 || told == u64::from(u32::MAX) || told == real;
    (checksum == 0 || checksum == real) && fits(packed, entry.packed) && fits(size, entry.size)
}

/// Length of the record behind the data, which has four forms (APPNOTE 4.3.9).
///
/// Some programs set the flag and write no record: that is no second way to read the
/// member, since the directory has the sizes.
fn descriptor(
    source: &mut dyn ReadSeek,
    at: u64,
    directory: u64,
    entry: &Entry,
) -> Result<u64, Refusal> {
    let room = usize::try_from(directory.saturating_sub(at).min(24)).unwrap_or_default();
    let bytes = read_at(source, at, room)?;
    for (signed, wide) in [(true, false), (true, true), (false, false), (false, true)] {
        let mut fields = Fields::new(&bytes);
        let mut length = if wide { 20 } else { 12 };
        if signed {
            length += 4;
            if fields.four() != Ok(DESCRIPTOR) {
                continue;
            }
        }
        let checksum = fields.four();
        let mut next = || if wide { fields.eight() } else { fields.four().map(u64::from) };
        let (packed, size) = (next(), next());
        if (checksum, packed, size) == (Ok(entry.checksum), Ok(entry.packed), Ok(entry.size)) {
            return Ok(length);
        }
    }
    if bytes.starts_with(&DESCRIPTOR.to_le_bytes()) {
        return Err(Refusal::Damaged(Damage::Length));
    }
    Ok(0)
}
