//! The description of AAC as it must be in a copy: no comment, and nothing behind it.

/// Bits of a description from front to back.
struct Digits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Digits<'_> {
    fn get(&self, at: usize, count: usize) -> Option<u32> {
        let mut number = 0;
        for bit in at..at + count {
            let byte = self.bytes.get(bit / 8)?;
            number = number * 2 + u32::from(byte >> (7 - bit % 8)) % 2;
        }
        Some(number)
    }

    fn next(&mut self, count: usize) -> Option<u32> {
        let number = self.get(self.at, count)?;
        self.at += count;
        Some(number)
    }

    /// Passes over bits that say nothing about what follows.
    fn pass(&mut self, count: usize) -> Option<()> {
        self.at += count;
        (self.at <= self.bytes.len() * 8).then_some(())
    }

    fn rate(&mut self) -> Option<()> {
        if self.next(4)? == 0b1111 {
            self.pass(24)?;
        }
        Some(())
    }

    /// A list of channels; says where its comment stands.
    fn channels(&mut self) -> Option<usize> {
        self.pass(10)?;
        let fives = self.next(4)? + self.next(4)? + self.next(4)?;
        let fours = self.next(2)? + self.next(3)?;
        let fives = fives + self.next(4)?;
        for width in [4, 4, 3] {
            let is_there = self.next(1)?;
            self.pass(width * is_there as usize)?;
        }
        self.pass(5 * fives as usize + 4 * fours as usize)?;
        self.at = self.at.div_ceil(8) * 8;
        Some(self.at)
    }
}

/// All bits up to a place, the last byte filled with noughts.
fn up_to(bytes: &[u8], bits: usize) -> Option<Vec<u8>> {
    let mut kept = bytes.get(..bits.div_ceil(8))?.to_vec();
    if let (Some(last), used @ 1..) = (kept.last_mut(), bits % 8) {
        *last &= 0xFF << (8 - used);
    }
    Some(kept)
}

/// What must stand in the copy for this description.
pub(in crate::verify) fn expected(description: &[u8]) -> Option<Vec<u8>> {
    let mut digits = Digits { bytes: description, at: 0 };
    let kind = digits.next(5)?;
    digits.rate()?;
    let channels = digits.next(4)?;
    let mut base = kind;
    if [5, 29].contains(&kind) {
        digits.rate()?;
        base = digits.next(5)?;
    }
    digits.pass(1)?;
    let depends = digits.next(1)? as usize;
    digits.pass(14 * depends)?;
    if !(1..=4).contains(&base) || digits.next(1)? != 0 {
        return None;
    }
    let mut without = description.to_vec();
    if channels == 0 {
        let comment = digits.channels()?;
        let length = digits.next(8)? as usize;
        let from = comment / 8;
        without.get(from..=from + length)?;
        without.splice(from..=from + length, [0]);
    }
    let mut digits = Digits { bytes: &without, at: digits.at };
    let end = if base == kind { higher(&mut digits)? } else { digits.at };
    up_to(&without, end)
}

/// Where bands of higher tones end, if there are any.
fn higher(digits: &mut Digits) -> Option<usize> {
    let plain = digits.at;
    let all = digits.bytes.len() * 8;
    if all - plain < 16 || digits.next(11)? != 0x2B7 || digits.next(5)? != 5 {
        return Some(plain);
    }
    if digits.at == all || digits.next(1)? == 0 {
        return Some(digits.at);
    }
    digits.rate()?;
    if all - digits.at >= 12 && digits.get(digits.at, 11) == Some(0x548) {
        digits.at += 12;
    }
    Some(digits.at)
}
