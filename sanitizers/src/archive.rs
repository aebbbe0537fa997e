//! Archives: each file in them cleaned, in one form of archive.
//!
//! An archive tells more than its files do: names of folders with the name of the person
//! who packed them, numbers and names of users and groups, times to the nanosecond, what
//! the system remembers of each file, what a file manager left behind. So every file is
//! cleaned as if it had come alone, and all of them go into a new ZIP under numbers, in the
//! order of their old names. The copy of a TAR is a ZIP as well: it stays small, and a
//! handler can open it without a program of its own. What was packed with gzip alone comes
//! out as the file it is.
//!
//! Left out and counted: folders, empty files, links and devices, whatever systems and
//! office programs leave in folders. Refused as a whole: an archive in which one file is
//! refused, since nobody would notice what is missing; passwords; sparse files; several
//! volumes; what two readers could understand in two ways.
//!
//! Formats: APPNOTE.TXT 6.3.10 (see [`crate::zip`]); POSIX.1-2001, pax interchange format,
//! with the long names of GNU tar; RFC 1952.

mod gzip;
mod junk;
mod order;
mod tar;

use crate::copy::Copy;
use crate::refusal::Limit;
use crate::zip::{Archive, Writer};
use crate::{About, Category, Change, Kind, Limits, Notes, ReadSeek, Refusal, inside};
use order::Name;

pub(crate) use tar::is_header as is_tar_header;

/// What a reviewer reads about ZIP archives first.
pub(crate) const ZIP: About = About {
    kept: "every file, each cleaned, under a number",
    removed: "names, folders, times, users, comments, extra fields, leftovers of systems, links",
    refused: "an archive in which one file is refused, passwords, bombs, two readings",
};

/// What a reviewer reads about TAR archives first.
pub(crate) const TAR: About = About {
    kept: "every file, each cleaned, under a number; the copy is a ZIP",
    removed: "names, folders, times, users, groups, extended headers, links, devices",
    refused: "an archive in which one file is refused, sparse files, several volumes, bombs",
};

/// All files of an archive together may unfold to 100 times its size, once they are larger
/// than [`SMALL`].
const RATIO: u64 = 100;
/// Bytes up to which an archive may be of any ratio.
const SMALL: u64 = 32 << 20;

/// A file of an archive, not yet cleaned.
struct File<C> {
    name: String,
    size: u64,
    /// Where its bytes are: they are unfolded when their turn comes.
    content: C,
}

/// Cleans the files of a ZIP.
pub(crate) fn clean_zip(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Copy, Refusal> {
    let mut archive = Archive::open(source, limits, notes)?;
    let (mut files, mut unfolded, mut packed) = (Vec::new(), 0_u64, 0_u64);
    for (content, member) in archive.members().iter().enumerate() {
        unfolded = unfolded.saturating_add(member.size);
        packed = packed.saturating_add(member.packed);
        if member.is_special {
            notes.found(Category::Links);
        } else if member.is_folder() {
            notes.found(Category::Descriptions);
        } else {
            files.push(File { name: member.name.clone(), size: member.size, content });
        }
    }
    if unfolded > SMALL && unfolded / RATIO > packed {
        return Err(Refusal::Limit(Limit::Inflated));
    }
    let limits = limits.unfolded(unfolded).ok_or(Refusal::Limit(Limit::Inflated))?;
    clean(files, |number| archive.read(number), &limits, notes)
}

/// Cleans the files of a TAR, packed with gzip or not, or the one file packed with gzip.
pub(crate) fn clean_tar(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Copy, Refusal> {
    let file = crate::read_all(source, limits)?;
    if !gzip::is_packed(&file) {
        return clean(tar::files(&file, limits, notes)?, copied, limits, notes);
    }
    let unpacked = gzip::unpack(&file, limits, notes)?;
    let left = limits.unfolded(unpacked.len() as u64);
    let limits = left.ok_or(Refusal::Limit(Limit::Inflated))?;
    if unpacked.get(..512).is_some_and(tar::is_header) {
        return clean(tar::files(&unpacked, &limits, notes)?, copied, &limits, notes);
    }
    let (kind, bytes) = inside::clean(&unpacked, &limits, notes)?;
    Ok(Copy::of(kind, bytes))
}

#[expect(clippy::unnecessary_wraps, reason = "files of a ZIP can be damaged")]
fn copied(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    Ok(bytes.to_vec())
}

/// Cleans one file after the other: only one is unfolded at a time.
fn clean<C>(
    files: Vec<File<C>>,
    mut read: impl FnMut(C) -> Result<Vec<u8>, Refusal>,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Copy, Refusal> {
    let mut kept = Vec::new();
    for file in files {
        if let Some(category) = junk::category(&file.name) {
            notes.found(category);
            if file.size > 0 && !junk::is_as_named(&file.name, &read(file.content)?) {
                notes.changed(Change::PartsRemoved);
            }
        } else if file.size == 0 {
            notes.found(Category::Descriptions);
        } else {
            kept.push(file);
        }
    }
    if kept.is_empty() {
        return Err(Refusal::Empty);
    }
    kept.sort_by_cached_key(|file| Name::of(&file.name));
    let mut parcel = Parcel::default();
    let count = kept.len();
    for (place, file) in kept.into_iter().enumerate() {
        let clean = read(file.content).and_then(|bytes| inside::clean(&bytes, limits, notes));
        let (kind, bytes) = clean.map_err(|refusal| refusal.inside(place + 1, count))?;
        if parcel.add(kind, &bytes)? != file.name {
            notes.found(Category::Descriptions);
            notes.changed(Change::NamesReplaced);
        }
    }
    Ok(Copy::of(Kind::Zip, parcel.finish()?))
}

/// The one form in which several files leave: a ZIP with numbers for names.
#[derive(Default)]
pub(crate) struct Parcel {
    writer: Writer,
    count: u32,
}

impl Parcel {
    /// Adds a clean file, and says under which name.
    pub(crate) fn add(&mut self, kind: Kind, bytes: &[u8]) -> Result<String, Refusal> {
        self.count = self.count.saturating_add(1);
        let name = format!("{}.{}", self.count, kind.extension());
        self.writer.add(&name, bytes)?;
        Ok(name)
    }

    /// The whole.
    pub(crate) fn finish(self) -> Result<Vec<u8>, Refusal> {
        self.writer.finish()
    }
}

/// What happens to the members, as lines of text.
pub(crate) fn explain() -> Vec<String> {
    let mut lines = vec![
        "file: cleaned like one that comes alone; one that is refused refuses the whole".to_owned(),
        "name: a number, in the order of the old names, and the ending of the format".to_owned(),
        "folder, link, device, empty file: removed".to_owned(),
        "times, users, groups, rights, comments, extra fields, extended headers: removed"
            .to_owned(),
    ];
    lines.extend(junk::NAMES.iter().map(|(name, _)| format!("file {name}: removed")));
    lines.extend(junk::STARTS.iter().map(|(start, _)| format!("file {start}…: removed")));
    lines
}
