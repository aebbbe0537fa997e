//! Elements: a number, a length, and what they hold.

use std::ops::Range;

use crate::Refusal;
use crate::film::Window;
use crate::refusal::{Damage, Limit};
use crate::sound::Bytes;

/// Bytes of the longest head of an element.
const HEAD: u64 = 12;

/// An element in the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) id: u32,
    pub(super) start: u64,
    pub(super) body: Range<u64>,
    /// It said how long it is; otherwise it goes on to the end of what it is in.
    pub(super) sized: bool,
}

/// What begins at a place.
pub(super) enum Next {
    Element(Element),
    /// What it is in has ended.
    End,
    /// It goes on behind the end of what it is in: as much of it as is there, if that is known.
    Cut(Option<Element>),
}

/// Reads the head of the element that begins here, inside of one that ends at `end`.
pub(super) fn next(window: &mut Window, at: u64, end: u64) -> Result<Next, Refusal> {
    if at >= end {
        return Ok(Next::End);
    }
    let ahead = usize::try_from((end - at).min(HEAD)).map_err(|_| Refusal::Internal)?;
    let mut bytes = Bytes::new(window.bytes(at, ahead)?);
    let (id, size) = match head(&mut bytes) {
        Ok(head) => head,
        Err(Refusal::Truncated) => return Ok(Next::Cut(None)),
        Err(refusal) => return Err(refusal),
    };
    let start = at + (ahead - bytes.rest().len()) as u64;
    let stop = size.map_or(Some(end), |size| start.checked_add(size));
    let stop = stop.ok_or(Refusal::Damaged(Damage::Length))?;
    let element = Element { id, start: at, body: start..stop.min(end), sized: size.is_some() };
    Ok(if stop > end { Next::Cut(Some(element)) } else { Next::Element(element) })
}

/// The number and the length of an element; none if it does not say how long it is.
fn head(bytes: &mut Bytes) -> Result<(u32, Option<u64>), Refusal> {
    let first = *bytes.rest().first().ok_or(Refusal::Truncated)?;
    let length = first.leading_zeros() as usize + 1;
    if length > 4 {
        return Err(Refusal::Damaged(Damage::Value));
    }
    let id = bytes.take(length)?.iter().fold(0, |id, &byte| id << 8 | u32::from(byte));
    Ok((id, number(bytes)?))
}

/// A number of variable length; none if all of its bits are ones.
pub(super) fn number(bytes: &mut Bytes) -> Result<Option<u64>, Refusal> {
    let first = *bytes.rest().first().ok_or(Refusal::Truncated)?;
    let length = first.leading_zeros() as usize + 1;
    if length > 8 {
        return Err(Refusal::Damaged(Damage::Value));
    }
    let all = bytes.take(length)?.iter().fold(0, |all, &byte| all << 8 | u64::from(byte));
    let most = (1_u64 << (7 * length)) - 1;
    let number = all & most;
    Ok((number != most).then_some(number))
}

/// A part that was read whole, and the elements in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    pub(super) id: u32,
    pub(super) body: &'a [u8],
}

/// All elements in some bytes.
pub(super) fn parts(body: &[u8], most: u32) -> Result<Vec<Part<'_>>, Refusal> {
    let mut bytes = Bytes::new(body);
    let mut all = Vec::new();
    while !bytes.rest().is_empty() {
        let (id, size) = head(&mut bytes).map_err(|_| Refusal::Damaged(Damage::Length))?;
        // Only a segment and a cluster may leave it open.
        let size = size.and_then(|size| usize::try_from(size).ok());
        let body = size.and_then(|size| bytes.take(size).ok());
        all.push(Part { id, body: body.ok_or(Refusal::Damaged(Damage::Length))? });
        if all.len() > most as usize {
            return Err(Refusal::Limit(Limit::Parts));
        }
    }
    Ok(all)
}

impl<'a> Part<'a> {
    /// A number without a sign.
    pub(super) fn unsigned(&self) -> Result<u64, Refusal> {
        if self.body.len() > 8 {
            return Err(Refusal::Damaged(Damage::Length));
        }
        Ok(self.body.iter().fold(0, |all, &byte| all << 8 | u64::from(byte)))
    }

    /// A number with a sign.
    pub(super) fn signed(&self) -> Result<i64, Refusal> {
        let number = self.unsigned()?.cast_signed();
        let spare = 64 - 8 * self.body.len();
        Ok(if spare == 64 { 0 } else { number << spare >> spare })
    }

    /// A fraction.
    pub(super) fn fraction(&self) -> Result<f64, Refusal> {
        let wrong = Refusal::Damaged(Damage::Length);
        let fraction = match self.body.len() {
            0 => 0.0,
            4 => f32::from_be_bytes(self.body.try_into().map_err(|_| wrong)?).into(),
            _ => f64::from_be_bytes(self.body.try_into().map_err(|_| wrong)?),
        };
        if fraction.is_finite() { Ok(fraction) } else { Err(Refusal::Damaged(Damage::Value)) }
    }

    /// A text, without the noughts that may follow it.
    pub(super) fn text(&self) -> &'a [u8] {
        let end = self.body.iter().position(|&byte| byte == 0).unwrap_or(self.body.len());
        self.body.get(..end).unwrap_or_default()
    }
}

/// The one part with this number, if there is one.
pub(super) fn only<'a>(parts: &[Part<'a>], id: u32) -> Result<Option<Part<'a>>, Refusal> {
    let mut found = parts.iter().filter(|part| part.id == id);
    match (found.next(), found.next()) {
        (first, None) => Ok(first.copied()),
        _ => Err(Refusal::Damaged(Damage::Missing)),
    }
}

/// The one part that must be there.
pub(super) fn needed<'a>(parts: &[Part<'a>], id: u32) -> Result<Part<'a>, Refusal> {
    only(parts, id)?.ok_or(Refusal::Damaged(Damage::Missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(bytes: &[u8]) -> Result<Option<u64>, Refusal> {
        number(&mut Bytes::new(bytes))
    }

    #[test]
    fn numbers_are_as_long_as_their_first_byte_says() {
        assert_eq!(first(&[0x81]), Ok(Some(1)));
        assert_eq!(first(&[0x40, 0x02]), Ok(Some(2)));
        assert_eq!(first(&[0x01, 0, 0, 0, 0, 0, 1, 0]), Ok(Some(256)));
        assert_eq!(first(&[0xFF]), Ok(None));
        assert_eq!(first(&[0x01, 255, 255, 255, 255, 255, 255, 255]), Ok(None));
        assert_eq!(first(&[0]), Err(Refusal::Damaged(Damage::Value)));
        assert_eq!(first(&[0x40]), Err(Refusal::Truncated));
    }

    #[test]
    fn values_have_the_length_that_they_say() {
        let (half, none) = (1.5_f32.to_be_bytes(), f64::NAN.to_be_bytes());
        let part = |body| Part { id: 1, body };
        assert_eq!(part(b"").unsigned(), Ok(0));
        assert_eq!(part(&[1, 0]).unsigned(), Ok(256));
        assert_eq!(part(&[0xFF, 0xFE]).signed(), Ok(-2));
        assert_eq!(part(&[0x7F]).signed(), Ok(127));
        assert_eq!(part(b"").signed(), Ok(0));
        assert_eq!(part(b"too long.").unsigned(), Err(Refusal::Damaged(Damage::Length)));
        assert_eq!(part(&half).fraction(), Ok(1.5));
        assert_eq!(part(&none).fraction(), Err(Refusal::Damaged(Damage::Value)));
        assert_eq!(part(b"und\0Anna").text(), b"und");
    }

    #[test]
    fn parts_fill_what_they_are_in() {
        let all = parts(&[0xEC, 0x81, 7, 0x42, 0x86, 0x80], 9).unwrap();
        assert_eq!(
            (all[0].id, all[0].body, all[1].id, all[1].body),
            (0xEC, &[7][..], 0x4286, &[][..])
        );
        for wrong in [&[0xEC, 0x82, 7][..], &[0xEC, 0xFF, 7], &[0x42], &[0x08, 0x80]] {
            assert!(parts(wrong, 9).is_err(), "{wrong:?}");
        }
        assert_eq!(parts(&[0xEC, 0x80, 0xEC, 0x80], 1).err(), Some(Refusal::Limit(Limit::Parts)));
    }
}
