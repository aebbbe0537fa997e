//! Foreign formats whose signatures lie far behind the beginning, or at the end.

use super::bytes_at;
use crate::refusal::Foreign;
use crate::{ReadSeek, Refusal};

/// Where the first description of a CD or DVD lies (ECMA-119, 8.1; ECMA-167, 2/9.1.2).
const DISC: u64 = 32_769;
/// How long the description at the end of a copy of a disk is.
const TRAILER: u64 = 512;

/// Says what a source is that begins like nothing we know.
pub(in crate::kind) fn recognise(source: &mut dyn ReadSeek) -> Result<Option<Foreign>, Refusal> {
    let disc = bytes_at(source, DISC, 5)?;
    let end = crate::length(source)?.saturating_sub(TRAILER);
    let trailer = bytes_at(source, end, 8)?;
    let is_disk = matches!(disc.as_slice(), b"CD001" | b"BEA01")
        // Disk images of a Macintosh, and of Windows with a fixed size.
        || trailer.starts_with(b"koly")
        || trailer == b"conectix";
    Ok(is_disk.then_some(Foreign::DiskImage))
}
