//! Vorbis: its three headers, wherever they stand.
//!
//! The first header says channels, rate and sizes of blocks, and three bitrates that are
//! hints and are set to nought: twelve bytes that no player needs. The second one is all
//! comments, beginning with the name of the encoder. The third one, the setup, is the tables
//! of the encoder. It stays as it is, since each packet means something only with it; so
//! it tells which encoder was used, and at which quality. It is walked bit by bit, to see
//! that nothing stands behind it.
//!
//! Format: Vorbis I specification, section 4.2.

mod bits;
mod setup;

use super::Bytes;
use crate::refusal::{Damage, Feature};
use crate::{Notes, Refusal};

/// The first bytes of the first header.
pub(crate) const MARK: &[u8] = b"\x01vorbis";
/// The header for comments, with no name of an encoder and no comments.
pub(crate) const NO_COMMENTS: &[u8] = b"\x03vorbis\0\0\0\0\0\0\0\0\x01";
/// Headers before the first packet of sound.
pub(crate) const HEADERS: usize = 3;

/// The headers as they are written.
pub(crate) fn headers(
    [first, comments, setup]: [&[u8]; HEADERS],
    notes: &mut Notes,
) -> Result<[Vec<u8>; HEADERS], Refusal> {
    let (first, channels) = identification(first)?;
    let body = comments.strip_prefix(b"\x03vorbis").ok_or(Refusal::Damaged(Damage::Order))?;
    let body = body.strip_suffix(b"\x01").unwrap_or(body);
    crate::flac::comments(body, notes);
    setup::check(setup, channels)?;
    Ok([first, NO_COMMENTS.to_vec(), setup.to_vec()])
}

/// How long the packets of a recording sound.
pub(crate) struct Clock {
    /// Samples in a second.
    pub(crate) rate: u64,
    /// Samples of the block of each mode.
    modes: Vec<u64>,
    last: Option<u64>,
}

impl Clock {
    /// Takes it from the first and the third header, as they are written.
    pub(crate) fn read(first: &[u8], setup: &[u8]) -> Result<Clock, Refusal> {
        let mut bytes = Bytes::new(first);
        bytes.take(MARK.len() + 4)?;
        let (channels, rate) = (bytes.byte()?, bytes.u32_le()?);
        bytes.take(12)?;
        let sizes = bytes.byte()?;
        let modes = setup::check(setup, channels)?;
        let size = |is_long| 1 << if is_long { sizes >> 4 } else { sizes & 0x0F };
        let modes = modes.into_iter().map(size).collect();
        Ok(Clock { rate: rate.into(), modes, last: None })
    }

    /// Samples that the next packet adds: half of each of two blocks that overlap.
    pub(crate) fn samples(&mut self, packet: &[u8]) -> u64 {
        // One bit says that it is sound, the next ones which mode it has.
        let bits = usize::BITS - self.modes.len().saturating_sub(1).leading_zeros();
        let mode = usize::from(packet.first().copied().unwrap_or(0) >> 1) & ((1 << bits) - 1);
        let Some(&size) = self.modes.get(mode) else { return 0 };
        self.last.replace(size).map_or(0, |last| (last + size) / 4)
    }
}

/// Whether a packet behind the headers is one of sound.
pub(crate) fn is_sound(packet: &[u8]) -> bool {
    packet.first().is_none_or(|first| first & 1 == 0)
}

/// The first header without its hints, and the number of channels.
fn identification(header: &[u8]) -> Result<(Vec<u8>, u8), Refusal> {
    let wrong = Refusal::Damaged(Damage::Value);
    let mut bytes = Bytes::new(header.strip_prefix(MARK).ok_or(Refusal::Damaged(Damage::Order))?);
    let version = bytes.u32_le()?;
    let channels = bytes.byte()?;
    let rate = bytes.u32_le()?;
    bytes.take(12)?;
    let [sizes, end] = bytes.array()?;
    let (short, long) = (sizes & 0x0F, sizes >> 4);
    if version != 0 {
        return Err(Refusal::Feature(Feature::Codec));
    }
    let sized = (6..=13).contains(&short) && (short..=13).contains(&long);
    if channels == 0 || rate == 0 || !sized || end & 1 == 0 || !bytes.rest().is_empty() {
        return Err(wrong);
    }
    let numbers = [&[0; 4][..], &[channels], &rate.to_le_bytes(), &[0; 12], &[sizes, 1]];
    Ok(([MARK, &numbers.concat()].concat(), channels))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first() -> Vec<u8> {
        let numbers = [&[0; 4][..], &[2], &44_100_u32.to_le_bytes(), &[7; 12], &[0xB8, 1]];
        [MARK, &numbers.concat()].concat()
    }

    #[test]
    fn the_hints_of_the_first_header_are_noughts() {
        let (written, channels) = identification(&first()).unwrap();
        assert_eq!(channels, 2);
        assert_eq!(written[16..28], [0; 12]);
        assert_eq!(identification(&written), Ok((written.clone(), 2)));
    }

    #[test]
    fn a_first_header_that_no_player_takes_is_refused() {
        let with = |place: usize, value: u8| {
            let mut header = first();
            header[place] = value;
            identification(&header).map(drop)
        };
        assert_eq!(with(0, 3), Err(Refusal::Damaged(Damage::Order)));
        assert_eq!(with(7, 1), Err(Refusal::Feature(Feature::Codec)));
        for (place, value) in [(11, 0), (28, 0x8B), (28, 0xE8), (29, 0)] {
            assert_eq!(with(place, value), Err(Refusal::Damaged(Damage::Value)), "{place}");
        }
        let long = [first(), vec![0]].concat();
        assert_eq!(identification(&long), Err(Refusal::Damaged(Damage::Value)));
        assert_eq!(identification(&first()[..20]), Err(Refusal::Truncated));
    }
}
