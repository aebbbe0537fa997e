//! Colour profiles, issued anew.
//!
//! A picture needs its profile: without it, wide-gamut colours look washed out. But
//! a profile also names the device it was measured for, the day, the program, an
//! id, and in private tags even the serial number of the screen. So no profile is
//! copied. A profile that means one of the common colour spaces becomes our own
//! copy of that space; any other is rebuilt from the tags that define colour, in
//! one canonical layout, with neutral texts and nothing in the header that a colour
//! engine does not need.
//!
//! What this cannot take away: the colour numbers of an unusual profile. A screen
//! that was measured by hand has a profile like no other screen.
//!
//! Format: ICC.1:2022 (version 4.4) and ICC.1:2001-04 (version 2.4).

mod curve;
mod known;
mod lut;
mod tags;

use crate::Refusal;
use known::Known;
use tags::{Profile, Version};

/// The longest profile that is looked at; printing presses reach about 3 MiB.
const MAX_PROFILE: usize = 8 << 20;

/// Returns the canonical profile with the colours of `profile`.
///
/// `None` means that it cannot be rebuilt: it is damaged, or it is no profile for
/// pictures. The function is idempotent: a canonical profile is returned unchanged.
pub(crate) fn canonical(profile: &[u8]) -> Option<Vec<u8>> {
    if profile.len() > MAX_PROFILE {
        return None;
    }
    let parsed = Profile::parse(profile)?;
    let canonical = match Known::recognise(&parsed) {
        Some(known) => known.profile().write()?,
        None => parsed.write()?,
    };
    // Tags that overlap in the original are written once each: the sum could grow.
    (canonical.len() <= profile.len().saturating_add(1024)).then_some(canonical)
}

/// Returns how many colour channels a profile describes, if a picture can have them.
pub(crate) fn channels(profile: &[u8]) -> Option<u8> {
    match profile.get(16..20)? {
        b"GRAY" => Some(1),
        b"RGB " => Some(3),
        b"CMYK" => Some(4),
        _ => None,
    }
}

/// The profile of ours for pixels in these colours, in numbers of Rec. ITU-T H.273; none is
/// needed for those of common screens. Others, above all brighter ones, have none.
pub(crate) fn of_numbers(primaries: u16, transfer: u16) -> Result<Option<Vec<u8>>, Refusal> {
    let known = match (primaries, transfer) {
        (1 | 2 | 5 | 6, 1 | 2 | 4 | 6 | 13) => return Ok(None),
        (12, 2 | 13) => Known::DisplayP3,
        (9, 1 | 6 | 14 | 15) => Known::Rec2020,
        _ => return Err(Refusal::NotDrawable),
    };
    known.profile().write().map(Some).ok_or(Refusal::Internal)
}

/// Whether a canonical profile is that of common screens, so that nothing is lost without it.
pub(crate) fn is_usual(canonical: &[u8]) -> bool {
    let usual = [Known::Srgb, Known::SrgbGrey].map(|known| known.profile().write());
    usual.iter().flatten().any(|profile| profile == canonical)
}

/// Reads a big-endian number of 16 bits.
fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|b| u16::from_be_bytes(*b))
}

/// Reads a big-endian number of 32 bits.
fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|b| u32::from_be_bytes(*b))
}

/// Reads a signed fixed-point number (s15Fixed16).
fn fixed(bytes: &[u8], at: usize) -> Option<i32> {
    bytes.get(at..)?.first_chunk().map(|b| i32::from_be_bytes(*b))
}

/// Reads a 32-bit offset or length.
fn index(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(be32(bytes, at)?).ok()
}

/// Fills up to the next multiple of four, as tags demand.
fn pad(bytes: &mut Vec<u8>) {
    bytes.resize(bytes.len().next_multiple_of(4), 0);
}

#[cfg(test)]
mod tests;
