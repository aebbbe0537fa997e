//! `fcTL`: size, place, duration and blending of one frame of an animation.

use super::header::Header;
use crate::Refusal;
use crate::refusal::Damage;

/// The part of `fcTL` after its sequence number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Control {
    pub(super) width: u32,
    pub(super) height: u32,
    left: u32,
    top: u32,
    delay: (u16, u16),
    dispose: u8,
    blend: u8,
}

impl Control {
    /// Reads a frame that must lie within the picture.
    pub(super) fn read(data: &[u8], header: &Header) -> Result<Self, Refusal> {
        let (sizes, rest) = data.split_at_checked(16).ok_or(Refusal::Damaged(Damage::Length))?;
        let &[n0, n1, d0, d1, dispose, blend] = rest else {
            return Err(Refusal::Damaged(Damage::Length));
        };
        let mut sizes = sizes.as_chunks::<4>().0.iter().map(|bytes| u32::from_be_bytes(*bytes));
        let mut next = || sizes.next().unwrap_or_default();
        let control = Control {
            width: next(),
            height: next(),
            left: next(),
            top: next(),
            delay: reduce(u16::from_be_bytes([n0, n1]), u16::from_be_bytes([d0, d1])),
            dispose,
            blend,
        };
        let within = |start: u32, size: u32, all: u32| {
            size > 0 && start.checked_add(size).is_some_and(|end| end <= all)
        };
        let fits = within(control.left, control.width, header.width)
            && within(control.top, control.height, header.height);
        if fits && dispose <= 2 && blend <= 1 {
            Ok(control)
        } else {
            Err(Refusal::Damaged(Damage::Value))
        }
    }

    /// Whether the frame covers the whole picture, as the first one must.
    pub(super) fn covers(&self, header: &Header) -> bool {
        (self.width, self.height) == (header.width, header.height)
    }

    /// The content of `fcTL`.
    pub(super) fn content(&self, sequence: u32) -> Vec<u8> {
        let mut content = Vec::with_capacity(26);
        for number in [sequence, self.width, self.height, self.left, self.top] {
            content.extend(number.to_be_bytes());
        }
        content.extend(self.delay.0.to_be_bytes());
        content.extend(self.delay.1.to_be_bytes());
        content.extend([self.dispose, self.blend]);
        content
    }
}

/// The same duration as the shortest fraction: 10/100 and 100/1000 name programs.
fn reduce(numerator: u16, denominator: u16) -> (u16, u16) {
    // The format says that nothing means hundredths.
    let denominator = if denominator == 0 { 100 } else { denominator };
    let (mut a, mut b) = (numerator, denominator);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (numerator / a, denominator / a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_the_shortest_fraction() {
        assert_eq!(reduce(10, 100), (1, 10));
        assert_eq!(reduce(5, 0), (1, 20));
        assert_eq!(reduce(0, 77), (0, 1));
        assert_eq!(reduce(7, 3), (7, 3));
    }
}
