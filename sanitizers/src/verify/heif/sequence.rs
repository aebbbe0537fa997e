//! Whether a sequence header of AV1 ends with its last field (AV1, 5.5).

/// Bits that were not read yet.
struct Rest<'a>(&'a [u8], usize);

impl Rest<'_> {
    fn take(&mut self, count: usize) -> Option<u64> {
        let mut sum = 0;
        for _ in 0..count {
            let byte = *self.0.get(self.1 / 8)?;
            sum = sum << 1 | u64::from(byte >> (7 - self.1 % 8) & 1);
            self.1 += 1;
        }
        Some(sum)
    }

    /// Reads so many bits if the next one is set.
    fn optional(&mut self, count: usize) -> Option<u64> {
        if self.take(1)? == 1 { self.take(count) } else { Some(0) }
    }
}

/// Whether nothing but zeros follows the one behind the last field.
pub(super) fn ends(header: &[u8]) -> Option<bool> {
    read(header).map(|(ends, _)| ends)
}

/// The layers that a header says are shown, if nothing follows its last field.
pub(in crate::verify) fn layers(header: &[u8]) -> Option<u64> {
    read(header).and_then(|(ends, layers)| ends.then_some(layers))
}

fn read(header: &[u8]) -> Option<(bool, u64)> {
    let mut rest = Rest(header, 0);
    let profile = rest.take(3)?;
    let short = rest.take(2)? & 1 == 1;
    let layers = if short { rest.take(5).map(|_| 0)? } else { levels(&mut rest)? };
    // Each side has one bit more than its field says.
    let sides = usize::try_from(rest.take(4)? + rest.take(4)? + 2).ok()?;
    rest.take(sides)?;
    if short {
        rest.take(6)?;
    } else {
        rest.optional(7)?;
        rest.take(7)?;
        let order = rest.take(1)?;
        rest.take(if order == 1 { 2 } else { 0 })?;
        let screens = if rest.take(1)? == 1 { 2 } else { rest.take(1)? };
        if screens > 0 && rest.take(1)? == 0 {
            rest.take(1)?;
        }
        rest.take(if order == 1 { 6 } else { 3 })?;
    }
    colours(&mut rest, profile)?;
    let last = rest.take(2)? & 1 == 1;
    let behind = header.len() * 8 - rest.1;
    Some((last && (0..behind).all(|_| rest.take(1) == Some(0)), layers))
}

/// The layers of the first point, which is the one that is shown.
fn levels(rest: &mut Rest) -> Option<u64> {
    let mut model = None;
    if rest.take(1)? == 1 {
        rest.take(64)?;
        if rest.take(1)? == 1 {
            let mut zeros = 0;
            while rest.take(1)? == 0 {
                zeros += 1;
            }
            rest.take(zeros)?;
        }
        if rest.take(1)? == 1 {
            model = Some(2 * usize::try_from(rest.take(5)? + 1).ok()? + 1);
            rest.take(42)?;
        }
    }
    let delays = rest.take(1)? == 1;
    let mut layers = None;
    for _ in 0..=rest.take(5)? {
        let these = rest.take(12)?;
        layers.get_or_insert(these);
        let level = rest.take(5)?;
        rest.take(usize::from(level > 7))?;
        if let Some(bits) = model {
            rest.optional(bits)?;
        }
        if delays {
            rest.optional(4)?;
        }
    }
    layers
}

fn colours(rest: &mut Rest, profile: u64) -> Option<()> {
    let deep = rest.take(1)? == 1;
    let twelve = deep && profile == 2 && rest.take(1)? == 1;
    let grey = profile != 1 && rest.take(1)? == 1;
    let described = rest.optional(24)?;
    if grey {
        // The range alone.
        return rest.take(1).map(drop);
    }
    // Primaries, curve and matrix of what is stored as red, green and blue.
    if described != 0x01_0D_00 {
        rest.take(1)?;
        let halves = match (profile, twelve) {
            (0, _) => 2,
            (2, true) if rest.take(1)? == 1 => 1 + rest.take(1)?,
            _ => 0,
        };
        rest.take(if halves == 2 { 2 } else { 0 })?;
    }
    rest.take(1).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canaries::heif::build::HEADER;

    #[test]
    fn a_header_ends_with_its_last_field() {
        assert_eq!(ends(HEADER), Some(true));
        assert_eq!(ends(&[HEADER, &[0; 3]].concat()), Some(true));
        for more in [&b"Anna"[..], &[0, 1]] {
            assert_eq!(ends(&[HEADER, more].concat()), Some(false));
        }
        let mut open = HEADER.to_vec();
        *open.last_mut().unwrap() = 0;
        assert_eq!(ends(&open), Some(false));
        for length in 0..HEADER.len() {
            assert_ne!(ends(&HEADER[..length]), Some(true));
        }
    }
}
