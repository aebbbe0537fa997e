//! Says whether an archive of clean files is in our form and holds all files of the
//! original, each one clean.
//!
//! Originals are read by the crates `zip` and `tar`. The copy is read by `zip` as well, and
//! its bytes are walked from the first to the last: nothing may be in between, and no
//! field may have another value than ours.

pub(super) mod form;

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use flate2::bufread::GzDecoder;

use super::verify_inside;
use crate::copy::Copy;
use crate::{Kind, Limits, ReadSeek, Refusal, kind};

/// Accepts the copy of a ZIP, or says that it must not leave.
pub(super) fn verify_zip(
    original: &mut dyn ReadSeek,
    copy: &Copy,
    limits: &Limits,
) -> Result<(), Refusal> {
    original.rewind().map_err(|_| Refusal::Internal)?;
    let files = files_of_zip(original, limits).ok_or(Refusal::Verification)?;
    verify(files, copy, limits)
}

/// Accepts the copy of a TAR, or of one file that gzip packed.
pub(super) fn verify_tar(
    original: &mut dyn ReadSeek,
    copy: &Copy,
    limits: &Limits,
) -> Result<(), Refusal> {
    let mut bytes = super::text::bytes_of(original, limits)?;
    let is_packed = bytes.starts_with(&[0x1F, 0x8B]);
    if is_packed {
        bytes = unpacked(&bytes, limits).ok_or(Refusal::Verification)?;
    }
    match files_of_tar(&bytes, limits) {
        Some(files) => verify(files, copy, limits),
        None if is_packed => {
            let clean = copy.bytes().ok_or(Refusal::Verification)?;
            verify_inside(&bytes, clean, limits)
        }
        None => Err(Refusal::Verification),
    }
}

/// What gzip packed, member by member; zeros may follow.
fn unpacked(packed: &[u8], limits: &Limits) -> Option<Vec<u8>> {
    let mut unpacked = Vec::new();
    let mut left = packed;
    while left.iter().any(|&byte| byte != 0) {
        let mut member = GzDecoder::new(left);
        let room = limits.inflated_total.checked_sub(unpacked.len() as u64)?;
        (&mut member).take(room).read_to_end(&mut unpacked).ok()?;
        left = member.into_inner();
    }
    Some(unpacked)
}

/// A path and its content.
type File = (String, Vec<u8>);

fn verify(mut files: Vec<File>, copy: &Copy, limits: &Limits) -> Result<(), Refusal> {
    files.retain(|(path, bytes)| !bytes.is_empty() && !is_left_over(path));
    files.sort_by(|(one, _), (other, _)| compare(one, other));
    let members = (copy.kind() == Kind::Zip).then_some(copy).and_then(members);
    let members = members.ok_or(Refusal::Verification)?;
    if members.is_empty() || members.len() != files.len() {
        return Err(Refusal::Verification);
    }
    let pairs = files.iter().zip(&members);
    pairs.into_iter().try_for_each(|((_, file), member)| verify_inside(file, member, limits))
}

/// The files of a copy in our form, in their order.
pub(super) fn members(copy: &Copy) -> Option<Vec<Vec<u8>>> {
    let bytes = copy.bytes()?;
    let places = form::places(bytes)?;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    (archive.len() == places.len() && archive.comment().is_empty()).then_some(())?;
    let mut members = Vec::new();
    for (number, place) in places.iter().enumerate() {
        let mut member = archive.by_index(number).ok()?;
        let name = member.name().ok()?.into_owned();
        let mut content = Vec::new();
        (&mut member).take(place.size).read_to_end(&mut content).ok()?;
        // The whole was read only if the checksum was right as well.
        (member.read(&mut [0]).ok()? == 0).then_some(())?;
        let kind = kind::recognise(&mut Cursor::new(&content)).ok()?;
        let expected = format!("{}.{}", number + 1, kind.extension());
        (name == expected && place.name == expected).then_some(())?;
        form::is_packed_as_ours(&content, place).then_some(())?;
        members.push(content);
    }
    Some(members)
}

fn files_of_zip(original: &mut dyn ReadSeek, limits: &Limits) -> Option<Vec<File>> {
    let mut archive = zip::ZipArchive::new(original).ok()?;
    let mut files = Vec::new();
    let mut left = limits.inflated_total;
    for number in 0..archive.len() {
        let mut member = archive.by_index(number).ok()?;
        let path = match str::from_utf8(member.name_raw()) {
            Ok(path) => path.to_owned(),
            Err(_) => member.name().ok()?.into_owned(),
        };
        let path = path.replace('\\', "/");
        let mode = member.unix_mode().unwrap_or_default() & 0o170_000;
        if path.ends_with('/') || !matches!(mode, 0 | 0o100_000 | 0o040_000) {
            continue;
        }
        let mut content = Vec::new();
        (&mut member).take(left).read_to_end(&mut content).ok()?;
        left = left.checked_sub(content.len() as u64)?;
        files.push((path, content));
    }
    Some(files)
}

fn files_of_tar(bytes: &[u8], limits: &Limits) -> Option<Vec<File>> {
    bytes.get(..512)?;
    let mut archive = tar::Archive::new(bytes);
    let mut files = Vec::new();
    for entry in archive.entries().ok()? {
        let mut entry = entry.ok()?;
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if !entry.header().entry_type().is_file() || path.ends_with('/') {
            continue;
        }
        let mut content = Vec::new();
        (&mut entry).take(limits.inflated_total).read_to_end(&mut content).ok()?;
        files.push((path, content));
    }
    let alike = |path: &str| path.to_lowercase().split('/').filter(|step| *step != ".").collect();
    let names: BTreeSet<String> = files.iter().map(|(path, _)| alike(path)).collect();
    (names.len() == files.len()).then_some(files)
}

/// What systems and programs leave behind in folders.
fn is_left_over(path: &str) -> bool {
    let path = path.to_lowercase();
    let mut steps: Vec<&str> = path.split('/').collect();
    let name = steps.last().copied().unwrap_or_default();
    let known = " .ds_store .localized .directory desktop.ini icon\r thumbs.db ehthumbs.db \
        .picasa.ini .nomedia .volumeicon.icns .com.apple.timemachine.donotpresent ";
    let is_known = !name.contains(' ') && known.contains(&format!(" {name} "));
    let begins = name.starts_with("._") || name.starts_with("~$") || name.starts_with(".~lock.");
    steps.retain(|step| {
        let folder =
            " __macosx .spotlight-v100 .trashes .fseventsd $recycle.bin .thumbnails @eadir ";
        !step.contains(' ') && !step.is_empty() && folder.contains(&format!(" {step} "))
    });
    is_known || begins || !steps.is_empty() || name.ends_with(":zone.identifier")
}

/// The order of names in which numbers count as numbers.
fn compare(one: &str, other: &str) -> std::cmp::Ordering {
    key(one).cmp(&key(other)).then_with(|| one.cmp(other))
}

/// Before each run of digits its length stands, so that letters decide as numbers would;
/// no sign is smaller than a length.
fn key(path: &str) -> Vec<(u32, u64)> {
    let mut key = Vec::new();
    let lower = path.to_lowercase();
    let mut rest = lower.as_str();
    while let Some(first) = rest.chars().next() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (run, behind) = rest.split_at_checked(digits).unwrap_or_default();
        if run.is_empty() {
            key.push((1, u64::from(u32::from(first))));
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        } else {
            let run = run.trim_start_matches('0');
            key.push((0, run.len() as u64));
            key.extend(run.bytes().map(|digit| (0, u64::from(digit))));
            rest = behind;
        }
    }
    key
}

#[cfg(test)]
mod tests;
