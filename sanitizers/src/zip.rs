//! ZIP containers: read strictly, written in one form.
//!
//! A ZIP says everything twice: in a header before each member and in a directory at the
//! end. Readers that believe the one and readers that believe the other see two different
//! archives, which is how a member that nobody cleaned gets past a cleaner. Here the
//! directory decides, and every header must say the same. Members may not overlap (bombs
//! are made of that), not be there twice, also not in another case of letters, and not
//! unfold to more than their size says.
//!
//! Identity hides in times, in extra fields (user and group numbers, times of access), in
//! comments, in the system that is named as maker, in attributes, in the order of members,
//! in the bytes between them and in the choices of the program that compressed them. The
//! reader counts all that, and the writer has one value for each: 1 January 1980, no extra
//! fields, no comments, FAT, version 2.0, one level of compression.
//!
//! Refused: passwords, archives over several disks, methods other than stored and deflated,
//! and whatever two readers could understand in two ways.
//!
//! Format: APPNOTE.TXT - .ZIP File Format Specification 6.3.10 (PKWARE, 2022).

mod directory;
mod fields;
mod local;
mod name;
mod noted;
mod write;

use std::io::{Read, SeekFrom};

use flate2::{Crc, Decompress, FlushDecompress, Status};

use crate::refusal::{Damage, Limit};
use crate::{Limits, Notes, ReadSeek, Refusal};
pub(crate) use name::refuse_twins;
pub(crate) use write::Writer;

/// A member may unfold to 200 times its size, once it is larger than [`SMALL`].
const RATIO: u64 = 200;
/// Bytes up to which a member may be of any ratio. Presentations hold empty drawings of more
/// than a megabyte, 600 to 1; all members together have a limit of their own.
const SMALL: u64 = 4 << 20;

/// How the bytes of a member are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Stored,
    Deflated,
}

/// One member, as directory and header both say.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// Its name with `/` between folders; a folder's own name ends with one.
    pub(crate) name: String,
    /// Bytes when unfolded.
    pub(crate) size: u64,
    /// Whether it is no file but a pointer to another one (or a device, a socket).
    pub(crate) is_special: bool,
    /// Bytes as they lie in the archive.
    pub(crate) packed: u64,
    method: Method,
    checksum: u32,
    /// Where its header begins, and its bytes.
    header: u64,
    data: u64,
}

impl Member {
    /// Whether it stands for a folder.
    pub(crate) fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }
}

/// An archive whose directory was read and compared with every header.
pub(crate) struct Archive<'a> {
    source: &'a mut dyn ReadSeek,
    members: Vec<Member>,
    limits: Limits,
}

impl<'a> Archive<'a> {
    /// Reads the directory and all headers, and counts what they tell in `notes`.
    pub(crate) fn open(
        source: &'a mut dyn ReadSeek,
        limits: &Limits,
        notes: &mut Notes,
    ) -> Result<Archive<'a>, Refusal> {
        let directory = directory::read(source, limits, notes)?;
        let members = local::agree(source, directory, notes)?;
        refuse_twins(members.iter().map(|member| &member.name))?;
        let mut claimed = 0_u64;
        for member in &members {
            claimed = claimed.saturating_add(member.size);
            if member.size > SMALL && member.size / RATIO > member.packed {
                return Err(Refusal::Limit(Limit::Inflated));
            }
        }
        limits.unfolded(claimed).ok_or(Refusal::Limit(Limit::Inflated))?;
        Ok(Archive { source, members, limits: *limits })
    }

    /// All members, in the order of the directory.
    pub(crate) fn members(&self) -> &[Member] {
        &self.members
    }

    /// The number of the member with exactly this name.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.members.iter().position(|member| member.name == name)
    }

    /// The limits of the whole, less what was unfolded so far.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The bytes of a member, unfolded and with the right checksum.
    pub(crate) fn read(&mut self, number: usize) -> Result<Vec<u8>, Refusal> {
        let member = self.members.get(number).ok_or(Refusal::Internal)?;
        self.limits = self.limits.unfolded(member.size).ok_or(Refusal::Limit(Limit::Inflated))?;
        self.source.seek(SeekFrom::Start(member.data)).map_err(|_| Refusal::Internal)?;
        let mut packed = Vec::new();
        (&mut *self.source)
            .take(member.packed)
            .read_to_end(&mut packed)
            .map_err(|_| Refusal::Internal)?;
        if packed.len() as u64 != member.packed {
            return Err(Refusal::Truncated);
        }
        let bytes = match member.method {
            Method::Stored => packed,
            Method::Deflated => inflate(&packed, member.size)?,
        };
        let mut crc = Crc::new();
        crc.update(&bytes);
        if bytes.len() as u64 != member.size || crc.sum() != member.checksum {
            return Err(Refusal::Damaged(Damage::Length));
        }
        Ok(bytes)
    }
}

/// Unfolds to exactly so many bytes; not one byte may be left of either.
fn inflate(packed: &[u8], size: u64) -> Result<Vec<u8>, Refusal> {
    // One more, so that a longer stream shows itself.
    let room = usize::try_from(size).map_err(|_| Refusal::Limit(Limit::Inflated))?;
    let mut bytes = Vec::with_capacity(room.saturating_add(1));
    let mut unfold = Decompress::new(false);
    let damaged = Refusal::Damaged(Damage::Length);
    let status =
        unfold.decompress_vec(packed, &mut bytes, FlushDecompress::Finish).map_err(|_| damaged)?;
    let whole = status == Status::StreamEnd
        && unfold.total_in() == packed.len() as u64
        && unfold.total_out() == size;
    if whole { Ok(bytes) } else { Err(damaged) }
}

/// A package of these members, whose type lies open in front.
#[cfg(test)]
pub(crate) fn packed(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = Writer::default();
    for (name, bytes) in members {
        if name == "mimetype" {
            writer.store(name, bytes).unwrap();
        } else {
            writer.add(name, bytes).unwrap();
        }
    }
    writer.finish().unwrap()
}

#[cfg(test)]
mod tests;
