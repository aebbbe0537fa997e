//! Tables of colours: which entries are seen, and how many there must be.

use super::picture::Frame;

/// Which colours of a table are needed.
#[derive(Clone, Copy)]
pub(super) struct Needed {
    /// Their colour is seen.
    pub(super) seen: [bool; 256],
    /// The table must be at least this long.
    pub(super) length: usize,
}

impl Needed {
    pub(super) fn nothing() -> Self {
        Needed { seen: [false; 256], length: 0 }
    }

    /// Counts the colours of one frame in.
    pub(super) fn add(&mut self, frame: &Frame, transparent: Option<u8>) {
        let used = frame.used.iter().enumerate().filter(|(_, used)| **used);
        for (number, _) in used {
            self.length = self.length.max(number + 1);
            if transparent.map(usize::from) != Some(number) {
                self.see(number);
            }
        }
        self.length = self.length.max(transparent.map_or(0, |number| usize::from(number) + 1));
    }

    /// Counts one colour in.
    pub(super) fn see(&mut self, number: usize) {
        self.length = self.length.max(number + 1);
        if let Some(seen) = self.seen.get_mut(number) {
            *seen = true;
        }
    }

    /// The exponent with which the length of a table is written: two to the power of one
    /// more than it.
    pub(super) fn exponent(&self) -> u8 {
        (0..7).find(|exponent| self.length <= 2 << exponent).unwrap_or(7)
    }

    /// The table with the colours that are seen, and whether it had others.
    pub(super) fn table(&self, colours: &[[u8; 3]]) -> (Vec<u8>, bool) {
        let mut table = vec![[0; 3]; 2 << self.exponent()];
        let seen = colours.iter().zip(&self.seen).enumerate().filter(|(_, (_, seen))| **seen);
        for (number, (colour, _)) in seen {
            if let Some(place) = table.get_mut(number) {
                *place = *colour;
            }
        }
        let hidden = |(colour, seen): (&[u8; 3], &bool)| !seen && *colour != [0; 3];
        let hid = colours.iter().zip(&self.seen).any(hidden) || colours.len() != table.len();
        (table.concat(), hid)
    }
}

/// The transparent number of a frame: if no pixel has it, it is the lowest that no pixel
/// has, since it could be any.
pub(super) fn transparent(frame: &Frame) -> Option<u8> {
    let number = frame.control?.transparent?;
    if frame.used.get(usize::from(number)).is_some_and(|used| *used) {
        return Some(number);
    }
    (0..=u8::MAX).zip(&frame.used).find(|(_, used)| !**used).map(|(number, _)| number)
}
