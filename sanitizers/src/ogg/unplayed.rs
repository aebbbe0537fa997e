//! Sound that is there and that no player plays.
//!
//! The position of a page says how much has been played up to its end. Where its packets
//! hold more than that, the rest is cut off: a few milliseconds at both ends, which fill the
//! blocks of the encoder, or minutes that somebody did not want to be heard.

use super::stream::{NOWHERE, Packet};
use crate::Refusal;
use crate::sound::{Bytes, opus, vorbis};

/// Of a second, what may be cut off without a word: a packet of Opus is not longer.
const USUAL: f64 = 0.12;
/// Samples of Opus in a second.
const RATE: u64 = 48_000;

/// Whether more of a recording of Opus than usual is not played.
pub(super) fn of_opus(head: &[u8], sound: &[Packet]) -> Result<bool, Refusal> {
    let mut bytes = Bytes::new(head);
    bytes.take(opus::MARK.len() + 2)?;
    let skipped = u64::from(bytes.u16_le()?);
    Ok(is_long(skipped.max(cut_off(sound, opus::samples)), RATE))
}

/// Whether more of a recording of Vorbis than usual is not played.
pub(super) fn of_vorbis(first: &[u8], setup: &[u8], sound: &[Packet]) -> Result<bool, Refusal> {
    let mut clock = vorbis::Clock::read(first, setup)?;
    let cut_off = cut_off(sound, |packet| clock.samples(packet));
    Ok(is_long(cut_off, clock.rate))
}

#[expect(clippy::cast_precision_loss, reason = "a tenth of a second more or less")]
fn is_long(samples: u64, rate: u64) -> bool {
    samples as f64 > USUAL * rate as f64
}

/// Samples of all pages by which their packets go beyond their positions.
fn cut_off(sound: &[Packet], mut samples: impl FnMut(&[u8]) -> u64) -> u64 {
    let (mut position, mut behind, mut sum) = (0, 0, 0_u64);
    let mut end = |behind: &mut u64, next: u64| {
        if next != NOWHERE {
            sum += u64::saturating_sub(position + std::mem::take(behind), next);
            position = next;
        }
    };
    for packet in sound {
        let cuts = packet.cuts.iter().filter_map(|&(_, position)| position);
        cuts.for_each(|position| end(&mut behind, position));
        behind += samples(&packet.bytes);
        if let Some(position) = packet.end {
            end(&mut behind, position);
        }
    }
    sum
}
