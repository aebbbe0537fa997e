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

/// A file out of an archive, not yet cleaned.
struct File {
    name: String,
    bytes: Vec<u8>,
}

/// Cleans the files of a ZIP.
pub(crate) fn clean_zip(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Copy, Refusal> {
    let mut archive = Archive::open(source, limits, notes)?;
    let mut files = Vec::new();
    for number in 0..archive.members().len() {
        let Some(member) = archive.members().get(number) else { break };
        if member.is_special {
            notes.found(Category::Links);
        } else if member.is_folder() {
            notes.found(Category::Descriptions);
        } else {
            let name = member.name.clone();
            files.push(File { name, bytes: archive.read(number)? });
        }
    }
    let limits = *archive.limits();
    clean(files, &limits, notes)
}

/// Cleans the files of a TAR, packed with gzip or not, or the one file packed with gzip.
pub(crate) fn clean_tar(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Copy, Refusal> {
    let file = crate::read_all(source, limits)?;
    if !gzip::is_packed(&file) {
        return clean(tar::files(&file, limits, notes)?, limits, notes);
    }
    let unpacked = gzip::unpack(&file, limits, notes)?;
    let left = limits.unfolded(unpacked.len() as u64);
    let limits = left.ok_or(Refusal::Limit(crate::refusal::Limit::Inflated))?;
    if unpacked.get(..512).is_some_and(tar::is_header) {
        return clean(tar::files(&unpacked, &limits, notes)?, &limits, notes);
    }
    let (kind, bytes) = inside::clean(&unpacked, &limits, notes)?;
    Ok(Copy::of(kind, bytes))
}

fn clean(mut files: Vec<File>, limits: &Limits, notes: &mut Notes) -> Result<Copy, Refusal> {
    files.retain(|file| {
        let left = junk::category(&file.name);
        let left = left.or_else(|| file.bytes.is_empty().then_some(Category::Descriptions));
        left.is_none_or(|category| {
            notes.found(category);
            false
        })
    });
    if files.is_empty() {
        return Err(Refusal::Empty);
    }
    files.sort_by_cached_key(|file| Name::of(&file.name));
    let mut parcel = Parcel::default();
    let count = files.len();
    for (place, file) in files.into_iter().enumerate() {
        let clean = inside::clean(&file.bytes, limits, notes);
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
