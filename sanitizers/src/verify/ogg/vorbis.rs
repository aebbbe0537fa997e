//! Vorbis: its three headers, read a second time.

use crate::verify::sound::at;

/// Whether the headers of the copy are those of the original, without words and hints.
pub(in crate::verify) fn is_head(old: &[Vec<u8>], new: &[Vec<u8>]) -> Option<bool> {
    let ([first, _, tables], [new_first, comments, new_tables]) = (old, new) else {
        return Some(false);
    };
    Some(
        new_first.len() == 30
            && at(new_first, 0, 11)? == b"\x01vorbis\0\0\0\0"
            && at(first, 0, 16)? == at(new_first, 0, 16)?
            && at(new_first, 16, 12)? == [0; 12]
            && first.get(28)? == new_first.get(28)?
            && new_first.get(29)? == &1
            && comments.as_slice() == b"\x03vorbis\0\0\0\0\0\0\0\0\x01"
            && tables == new_tables
            && ends(new_tables, usize::from(*new_first.get(11)?))?,
    )
}

/// Bits from the lowest of each byte on, one at a time.
struct Tape<'a> {
    bytes: &'a [u8],
    place: usize,
}

impl Tape<'_> {
    fn bit(&mut self) -> Option<u64> {
        let byte = self.bytes.get(self.place / 8)?;
        let bit = byte >> (self.place % 8) & 1;
        self.place += 1;
        Some(u64::from(bit))
    }

    fn number(&mut self, bits: u64) -> Option<u64> {
        let mut number = 0;
        for place in 0..bits {
            number |= self.bit()? << place;
        }
        Some(number)
    }

    /// Passes over groups of bits.
    fn pass(&mut self, count: u64, bits: u64) -> Option<()> {
        let all = usize::try_from(count.checked_mul(bits)?).ok()?;
        self.place = self.place.checked_add(all)?;
        (self.place <= self.bytes.len() * 8).then_some(())
    }
}

/// Whether the tables end with their last byte.
fn ends(tables: &[u8], channels: usize) -> Option<bool> {
    let mut tape = Tape { bytes: tables.strip_prefix(b"\x05vorbis")?, place: 0 };
    for _ in 0..=tape.number(8)? {
        codes(&mut tape)?;
    }
    let times = tape.number(6)? + 1;
    tape.pass(times, 16)?;
    for _ in 0..=tape.number(6)? {
        curve(&mut tape)?;
    }
    for _ in 0..=tape.number(6)? {
        tape.pass(1, 16 + 3 * 24)?;
        let classes = tape.number(6)? + 1;
        tape.pass(1, 8)?;
        let mut books = 0;
        for _ in 0..classes {
            let word = tape.number(4)?;
            let more = if word > 7 { tape.number(5)? } else { 0 };
            books += (word & 7).count_ones() + more.count_ones();
        }
        tape.pass(u64::from(books), 8)?;
    }
    for _ in 0..=tape.number(6)? {
        tape.pass(1, 16)?;
        let parts = if tape.bit()? == 1 { tape.number(4)? + 1 } else { 1 };
        if tape.bit()? == 1 {
            let steps = tape.number(8)? + 1;
            let most = channels.checked_sub(1)?;
            tape.pass(steps * 2, u64::from(usize::BITS - most.leading_zeros()))?;
        }
        tape.pass(1, 2)?;
        tape.pass(if parts > 1 { channels as u64 } else { 0 }, 4)?;
        tape.pass(parts, 24)?;
    }
    let modes = tape.number(6)? + 1;
    tape.pass(modes, 1 + 16 + 16 + 8)?;
    let last = tape.bit()? == 1;
    while !tape.place.is_multiple_of(8) {
        if tape.bit()? == 1 {
            return Some(false);
        }
    }
    Some(last && tape.place / 8 == tape.bytes.len())
}

fn codes(tape: &mut Tape) -> Option<()> {
    if tape.number(24)? != 0x56_43_42 {
        return None;
    }
    let (dimensions, entries) = (tape.number(16)?, tape.number(24)?);
    if tape.bit()? == 1 {
        tape.pass(1, 5)?;
        let (mut done, mut rounds) = (0, 0);
        while done < entries {
            done += tape.number(u64::from(u64::BITS - (entries - done).leading_zeros()))?;
            rounds += 1;
            if rounds > 32 || done > entries {
                return None;
            }
        }
    } else {
        let sparse = tape.bit()? == 1;
        for _ in 0..entries {
            let used = if sparse { tape.bit()? } else { 1 };
            tape.pass(used, 5)?;
        }
    }
    let kind = tape.number(4)?;
    if kind == 0 {
        return Some(());
    }
    tape.pass(2, 32)?;
    let bits = tape.number(4)? + 1;
    tape.pass(1, 1)?;
    let values = match kind {
        1 => {
            let mut side = 0_u64;
            let power = u32::try_from(dimensions).ok().filter(|power| *power > 0);
            while let Some(power) = power
                && (side + 1).checked_pow(power).is_some_and(|all| all <= entries)
            {
                side += 1;
                if side > entries {
                    return None;
                }
            }
            side
        }
        2 => entries.checked_mul(dimensions)?,
        _ => return None,
    };
    tape.pass(values, bits)
}

fn curve(tape: &mut Tape) -> Option<()> {
    if tape.number(16)? == 0 {
        tape.pass(1, 54)?;
        let books = tape.number(4)? + 1;
        return tape.pass(books, 8);
    }
    let parts = tape.number(5)?;
    let mut kinds = Vec::new();
    for _ in 0..parts {
        kinds.push(usize::try_from(tape.number(4)?).ok()?);
    }
    let mut sizes = [0; 16];
    let count = kinds.iter().max().map_or(0, |most| most + 1);
    for size in sizes.iter_mut().take(count) {
        *size = tape.number(3)? + 1;
        let split = tape.number(2)?;
        tape.pass(u64::from(split > 0) + (1 << split), 8)?;
    }
    tape.pass(1, 2)?;
    let bits = tape.number(4)?;
    for kind in kinds {
        tape.pass(*sizes.get(kind)?, bits)?;
    }
    Some(())
}
