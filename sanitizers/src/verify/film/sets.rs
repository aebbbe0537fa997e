//! Whether a set of parameters of H.264 ends with its last field (ISO/IEC 14496-10, 7.3.2).

use super::messages::plain;

/// Bits that were not read yet.
#[derive(Clone, Copy)]
struct Rest<'a>(&'a [u8], usize);

impl Rest<'_> {
    fn one(&mut self) -> Option<bool> {
        let bit = self.0.get(self.1 / 8)? >> (7 - self.1 % 8) & 1;
        self.1 += 1;
        Some(bit == 1)
    }

    fn few(&mut self, count: u32) -> Option<u64> {
        (0..count).try_fold(0, |sum, _| Some(sum << 1 | u64::from(self.one()?)))
    }

    /// A number behind as many noughts as it has bits after its first.
    fn coded(&mut self) -> Option<u64> {
        let mut noughts = 0;
        while !self.one()? {
            noughts += 1;
        }
        (noughts < 32).then_some(())?;
        Some((1 << noughts) + self.few(noughts)? - 1)
    }

    /// So many of them.
    fn row(&mut self, count: u64) -> Option<()> {
        (0..count).try_for_each(|_| self.coded().map(drop))
    }

    /// So many bits that are passed over if the one before them is set.
    fn optional(&mut self, count: u32) -> Option<bool> {
        let is_there = self.one()?;
        self.few(if is_there { count } else { 0 })?;
        Some(is_there)
    }

    fn is_over(&self) -> bool {
        let mut rest = *self;
        let end = rest.one() == Some(true);
        end && (rest.1..8 * rest.0.len()).all(|_| rest.one() == Some(false))
    }
}

/// Accepts a set that has its fields and nothing behind them.
pub(super) fn is_whole(set: &[u8]) -> Option<()> {
    let bytes = plain(set.get(1..)?);
    let mut rest = Rest(&bytes, 0);
    if set.first()? % 32 == 7 {
        of_sequence(&mut rest)?;
        return rest.is_over().then_some(());
    }
    of_picture(&mut rest)?;
    let behind = |large| {
        let mut rest = rest;
        let more = rest.one()?;
        if rest.one()? {
            matrices(&mut rest, if more { large } else { 0 })?;
        }
        rest.coded()?;
        Some(rest.is_over())
    };
    let is_over = rest.is_over() || behind(2) == Some(true) || behind(6) == Some(true);
    is_over.then_some(())
}

fn of_sequence(rest: &mut Rest) -> Option<()> {
    let profile = rest.few(8)?;
    rest.few(16)?;
    rest.coded()?;
    if ![66, 77, 88].contains(&profile) && is_high(profile) {
        let full = rest.coded()? == 3;
        rest.few(u32::from(full))?;
        rest.row(2)?;
        rest.one()?;
        if rest.one()? {
            matrices(rest, if full { 6 } else { 2 })?;
        }
    }
    rest.coded()?;
    let order = rest.coded()?;
    if order == 0 {
        rest.coded()?;
    } else if order == 1 {
        rest.one()?;
        rest.row(2)?;
        let count = rest.coded()?;
        rest.row(count)?;
    }
    rest.coded()?;
    rest.one()?;
    rest.row(2)?;
    if !rest.one()? {
        rest.one()?;
    }
    rest.one()?;
    if rest.one()? {
        rest.row(4)?;
    }
    if rest.one()? { usability(rest) } else { Some(()) }
}

/// Profiles from High on, with those for several views and layers.
fn is_high(profile: u64) -> bool {
    matches!(profile, 44 | 83 | 86 | 100 | 110 | 118 | 122 | 128 | 134 | 135 | 138 | 139 | 244)
}

/// Six matrices of 16 numbers, and so many of 64.
fn matrices(rest: &mut Rest, large: usize) -> Option<()> {
    for number in 0..6 + large {
        let mut left = if rest.one()? { 16 } else { 0 };
        left *= if number > 5 { 4 } else { 1 };
        let mut last = 8_i64;
        while left > 0 {
            let code = rest.coded()?.cast_signed();
            last += if code & 1 == 0 { -(code >> 1) } else { (code + 1) >> 1 };
            last &= 0xFF;
            // All others are like the one before.
            left = if last == 0 { 0 } else { left - 1 };
        }
    }
    Some(())
}

/// E.1.1.
fn usability(rest: &mut Rest) -> Option<()> {
    if rest.one()? && rest.few(8)? == 255 {
        rest.few(32)?;
    }
    rest.optional(1)?;
    if rest.optional(4)? {
        rest.optional(24)?;
    }
    if rest.one()? {
        rest.row(2)?;
    }
    rest.optional(65)?;
    let mut is_timed = false;
    for _ in 0..2 {
        if rest.one()? {
            is_timed = true;
            let count = rest.coded()?;
            rest.few(8)?;
            for _ in 0..=count {
                rest.row(2)?;
                rest.one()?;
            }
            rest.few(20)?;
        }
    }
    rest.few(if is_timed { 2 } else { 1 })?;
    if rest.one()? {
        rest.one()?;
        rest.row(6)?;
    }
    Some(())
}

fn of_picture(rest: &mut Rest) -> Option<()> {
    rest.row(2)?;
    rest.few(2)?;
    let groups = rest.coded().filter(|&groups| groups < 8)?;
    if groups > 0 {
        match rest.coded()? {
            0 => rest.row(groups + 1)?,
            2 => rest.row(2 * groups)?,
            3..6 => {
                rest.one()?;
                rest.coded()?;
            }
            6 => {
                let bits = groups.ilog2() + 1;
                for _ in 0..=rest.coded()? {
                    rest.few(bits)?;
                }
            }
            _ => {}
        }
    }
    rest.row(2)?;
    rest.few(3)?;
    rest.row(3)?;
    rest.few(3).map(drop)
}

#[test]
fn a_set_ends_with_its_last_field() {
    use crate::canaries::film::build::{CUT, PICTURE, SEQUENCE, WHOLE};
    let large = b"\x68\xEB\xE3\xCB\x22\xC0";
    for set in [SEQUENCE, WHOLE, CUT, PICTURE, &large[..]] {
        assert!(is_whole(set).is_some(), "{set:?}");
        assert!(is_whole(&[set, &[0, 0]].concat()).is_some(), "{set:?}");
        for more in [&b"Anna"[..], &[0, 1], &[0x80]] {
            assert!(is_whole(&[set, more].concat()).is_none(), "{set:?} {more:?}");
        }
        for length in 0..set.len() {
            assert!(is_whole(&set[..length]).is_none(), "{set:?} {length}");
        }
    }
}

#[test]
fn more_bits_than_a_number_has_are_passed_over() {
    let mut rest = Rest(&[0xFF; 9], 0);
    assert_eq!(rest.optional(65), Some(true));
    assert_eq!(rest.1, 66);
    assert!(Rest(&[0xFF; 8], 0).optional(65).is_none());
}
