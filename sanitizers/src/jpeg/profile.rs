//! The colour profile, spread over APP2 segments (ICC.1:2022, B.4).

use crate::icc;

/// What a segment of a profile starts with.
pub(super) const SIGNATURE: &[u8] = b"ICC_PROFILE\0";
/// Bytes of a profile in one segment: 65,533 less the signature and two counters.
const CHUNK: usize = 65_533 - SIGNATURE.len() - 2;

/// The parts of a profile, as they come: a number, the count of parts, bytes.
#[derive(Default)]
pub(super) struct Parts<'a>(Vec<&'a [u8]>);

impl<'a> Parts<'a> {
    /// Takes the content of a segment behind its signature.
    pub(super) fn push(&mut self, part: &'a [u8]) {
        self.0.push(part);
    }

    /// Issues the profile anew, as segment bodies, and says whether it changed.
    ///
    /// A profile that does not fit the picture, or of which a part is missing, is not
    /// issued. Some viewers use what they can read of it: the person must be told.
    pub(super) fn issue(&self, channels: usize) -> (Vec<Vec<u8>>, bool) {
        let issued = self
            .whole()
            .and_then(|profile| icc::canonical(&profile))
            .filter(|profile| icc::channels(profile).map(usize::from) == Some(channels))
            .map_or_else(Vec::new, |profile| split(&profile));
        let same = issued.len() == self.0.len()
            && issued.iter().zip(&self.0).all(|(new, old)| new.ends_with(old));
        (issued, !same)
    }

    /// Whether there is a profile, or what is left of one.
    pub(super) fn is_there(&self) -> bool {
        !self.0.is_empty()
    }

    fn whole(&self) -> Option<Vec<u8>> {
        let mut parts = self.0.clone();
        parts.sort_by_key(|part| part.first().copied());
        let mut profile = Vec::new();
        for (part, expected) in parts.iter().zip(1..) {
            let [number, total, bytes @ ..] = part else { return None };
            if usize::from(*number) != expected || usize::from(*total) != parts.len() {
                return None;
            }
            profile.extend_from_slice(bytes);
        }
        Some(profile)
    }
}

fn split(profile: &[u8]) -> Vec<Vec<u8>> {
    let Ok(total) = u8::try_from(profile.len().div_ceil(CHUNK)) else { return Vec::new() };
    let numbered = (1..=total).zip(profile.chunks(CHUNK));
    numbered.map(|(number, part)| [SIGNATURE, &[number, total], part].concat()).collect()
}
