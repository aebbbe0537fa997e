//! The chain of chunks, and which of them may be kept.

use crate::allow::AllowList;
use crate::refusal::{Damage, Limit};
use crate::{Category, Limits, Notes, Refusal, xmp};

/// The four letters that say what a chunk holds.
pub(super) type Name = [u8; 4];

/// Chunks that are read, and copied or written anew.
pub(crate) const CHUNKS: AllowList<Name> = AllowList {
    name: "webp chunks",
    allowed: &[*b"VP8X", *b"ICCP", *b"ANIM", *b"ANMF", *b"ALPH", *b"VP8 ", *b"VP8L", *b"EXIF"],
    forbidden: &[*b"XMP ", *b"C2PA", *b"META", *b"LIST", *b"JUNK"],
};

/// What becomes of the chunks on the list, in the order in which they are written.
const KEPT: [(&Name, &str); 8] = [
    (b"VP8X", "size, and flags that follow from the other chunks"),
    (b"ICCP", "colour profile, issued anew"),
    (b"ANIM", "number of repetitions"),
    (b"ANMF", "place, duration, blending and disposal of a frame"),
    (b"ALPH", "alpha plane, as it is coded"),
    (b"VP8 ", "lossy picture, as it is coded"),
    (b"VP8L", "lossless picture, as it is coded"),
    (b"EXIF", "the orientation alone, if the picture is turned"),
];

/// The allow-list as lines of text.
pub(super) fn explain() -> Vec<String> {
    KEPT.iter().map(|(name, what)| format!("{}: {what}", name.escape_ascii())).collect()
}

/// One chunk.
#[derive(Clone, Copy)]
pub(super) struct Chunk<'a> {
    pub(super) name: Name,
    pub(super) data: &'a [u8],
}

/// Walks from chunk to chunk.
pub(super) struct Chunks<'a> {
    rest: &'a [u8],
}

impl<'a> Chunks<'a> {
    /// Opens a file, and counts what lies behind the length that it claims.
    pub(super) fn open(file: &'a [u8], notes: &mut Notes) -> Result<Self, Refusal> {
        let (head, rest) = file.split_first_chunk::<12>().ok_or(Refusal::Truncated)?;
        let &[b'R', b'I', b'F', b'F', l0, l1, l2, l3, b'W', b'E', b'B', b'P'] = head else {
            return Err(Refusal::UnknownFormat);
        };
        let length = u32::from_le_bytes([l0, l1, l2, l3]).checked_sub(4);
        let length = length.and_then(|length| usize::try_from(length).ok());
        let length = length.ok_or(Refusal::Damaged(Damage::Length))?;
        let (inside, behind) = rest.split_at_checked(length).ok_or(Refusal::Truncated)?;
        // A last byte that fills the length up may be missing from the count.
        notes.found_many(Category::StrayBytes, u32::from(behind.iter().any(|&byte| byte != 0)));
        Ok(Chunks { rest: inside })
    }

    /// Goes through the chunks inside a frame.
    pub(super) fn inside(rest: &'a [u8]) -> Self {
        Chunks { rest }
    }

    /// Returns the next chunk. `left` is how many there may still be.
    pub(super) fn next(
        &mut self,
        left: &mut u32,
        notes: &mut Notes,
    ) -> Result<Option<Chunk<'a>>, Refusal> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        *left = left.checked_sub(1).ok_or(Refusal::Limit(Limit::Parts))?;
        let (head, rest) = self.rest.split_first_chunk::<8>().ok_or(Refusal::Truncated)?;
        let &[n0, n1, n2, n3, l0, l1, l2, l3] = head;
        let length = usize::try_from(u32::from_le_bytes([l0, l1, l2, l3]));
        let length = length.map_err(|_| Refusal::Internal)?;
        let (data, mut rest) = rest.split_at_checked(length).ok_or(Refusal::Truncated)?;
        if !length.is_multiple_of(2)
            && let Some((filling, after)) = rest.split_first()
        {
            notes.found_many(Category::StrayBytes, u32::from(*filling != 0));
            rest = after;
        }
        self.rest = rest;
        Ok(Some(Chunk { name: [n0, n1, n2, n3], data }))
    }
}

/// The limit on the number of chunks.
pub(super) fn most(limits: &Limits) -> u32 {
    limits.segments
}

/// Counts a chunk that is left out.
pub(super) fn dropped(chunk: &Chunk, notes: &mut Notes) {
    match &chunk.name {
        b"XMP " => xmp::note(chunk.data, notes),
        b"C2PA" => notes.found(Category::Signatures),
        _ => notes.found(Category::Other),
    }
}
