//! Files inside of files: pictures in a document, members of an archive.
//!
//! They are cleaned by the same cleaners as files that come alone, with what is left of
//! the limits of the whole.

use std::io::Cursor;

use crate::refusal::Limit;
use crate::{Kind, Limits, Notes, Refusal, kind};

/// Cleans a file that was found inside another one.
///
/// `limits` are those of the file around it, from which what was unfolded so far is
/// already taken: see [`Limits::inside`]. The copy is *not* verified here: the verifier of
/// the file around it finds both by itself.
pub(crate) fn clean(
    bytes: &[u8],
    limits: &Limits,
    notes: &mut Notes,
) -> Result<(Kind, Vec<u8>), Refusal> {
    let limits = limits.inside().ok_or(Refusal::Limit(Limit::Depth))?;
    let source = &mut Cursor::new(bytes);
    let copy = crate::clean(kind::recognise(source)?, source, &limits, notes)?;
    Ok((copy.kind(), copy.into_bytes(source)?))
}
