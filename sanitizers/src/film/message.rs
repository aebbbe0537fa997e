//! What messages between pictures say, written anew: their numbers are few.
//!
//! A message that fits its length could still hold anything in it. So each is read number
//! by number, and one with a number that no coder has a reason for is left out.
//!
//! Format: ISO/IEC 14496-10 and ISO/IEC 23008-2, D.

use super::bits::Bits;
use super::master;
use crate::Refusal;
use crate::refusal::{Damage, Feature};

/// How many pictures it takes at most until all is right.
const MOST_PICTURES: u32 = 255;
/// The brightest light, in candela to the square metre.
const BRIGHTEST: u16 = 10_000;
/// Curves of light that have a number.
const CURVES: std::ops::RangeInclusive<u8> = 1..=18;
const WRONG: Refusal = Refusal::Damaged(Damage::Value);
const TURNED: Refusal = Refusal::Feature(Feature::Construct);

/// The message as it is written; nothing if it is left out. Players turn pictures by any
/// angle: one that cannot be written is a refusal, since without it all would look different.
pub(super) fn anew(kind: u32, payload: &[u8], is_hevc: bool) -> Result<Option<Vec<u8>>, Refusal> {
    let is_right = match (kind, payload) {
        (6, _) => return Ok(beginning(payload, is_hevc).ok()),
        (47, _) => return turn(payload, is_hevc).map(Some).map_err(|_| TURNED),
        (137, _) => master::is_usual(payload),
        (144, _) => is_light(payload),
        (147, &[curve]) => CURVES.contains(&curve),
        (147, _) => false,
        // Whether there are others is for the list to say.
        _ => true,
    };
    Ok(is_right.then(|| payload.to_vec()))
}

/// Whether these are the brightest light of a film and that of its brightest picture.
pub(super) fn is_light(numbers: &[u8]) -> bool {
    let &[a, b, c, d] = numbers else { return false };
    can_be(u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]))
}

/// Whether there is light like this.
pub(crate) fn can_be(most: u16, usual: u16) -> bool {
    usual <= most && most <= BRIGHTEST
}

/// In how many pictures all is right, and whether it is exactly right then.
fn beginning(payload: &[u8], is_hevc: bool) -> Result<Vec<u8>, Refusal> {
    let mut bits = Bits::new(payload);
    // One more bit where numbers have a sign.
    bits.code(if is_hevc { 2 * MOST_PICTURES } else { MOST_PICTURES })?;
    bits.keep(2)?;
    if !is_hevc {
        bits.keep(2)?;
    }
    Ok(bits.ended())
}

/// How pictures are turned, by quarters.
fn turn(payload: &[u8], is_hevc: bool) -> Result<Vec<u8>, Refusal> {
    let mut bits = Bits::new(payload);
    if bits.keep(1)? == 0 {
        bits.keep(2)?;
        bits.keep(2)?;
        if bits.keep(14)? != 0 {
            return Err(WRONG);
        }
        if is_hevc {
            bits.keep(1)?;
        } else {
            bits.code(1)?;
            bits.put(1, 0);
        }
    }
    Ok(bits.ended())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(kind: u32, payload: &[u8], is_hevc: bool) -> Option<Vec<u8>> {
        anew(kind, payload, is_hevc).unwrap()
    }

    #[test]
    fn messages_are_written_number_by_number() {
        // Nothing to wait for, exactly right; then bits of no meaning.
        assert_eq!(kept(6, &[0b1101_0010, b'A'], false), Some(vec![0b1101_0100]));
        assert_eq!(kept(6, &[0b1101_0010], true), Some(vec![0b1101_0000]));
        assert_eq!(kept(6, b"\0\0Ann", false), None);
        assert_eq!(kept(6, b"", false), None);
        // A quarter, of all that follows.
        let turn = [0b0000_1000, 0, 0b0001_0000];
        assert_eq!(kept(47, &turn, false), Some(vec![0b0000_1000, 0, 0b0001_0100]));
        assert_eq!(anew(47, b"Annas", false), Err(TURNED));
        assert_eq!(kept(47, &[0x80, b'A'], true), Some(vec![0xC0]));
        assert_eq!(kept(144, &[3, 232, 1, 144], false), Some(vec![3, 232, 1, 144]));
        assert_eq!(kept(144, b"Anna", false), None);
        assert_eq!(kept(147, &[18], false), Some(vec![18]));
        assert_eq!(kept(147, b"A", false), None);
    }
}
