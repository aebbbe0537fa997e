//! Thousands of damaged pictures: no panic, and what is accepted is canonical.

use crate::jpeg::sample::{cleaned, cmyk, exif, grey, photo, pixels, progressive, with};

/// A small generator (xorshift), so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }

    fn damage(&mut self, picture: &mut Vec<u8>) {
        let at = self.roll(picture.len() - 2) + 2;
        match self.roll(6) {
            0 => picture[at] = [0x00, 0xFF, 0xD8, 0xD9, 0xDA, 0xC0, 0xC4, 0x7F][self.roll(8)],
            1 => picture[at] ^= 1 << self.roll(8),
            2 => picture.truncate(at.max(8)),
            3 => {
                picture.insert(at, 0xFF);
            }
            4 => {
                picture.remove(at);
            }
            _ => {
                let end = (at + self.roll(60)).min(picture.len());
                let copied = picture[at..end].to_vec();
                picture.splice(at..at, copied);
            }
        }
    }
}

#[test]
fn damaged_pictures_are_refused_or_come_out_canonical() {
    let mut dice = Dice(0x5157_5E00_C0FF_EE01);
    let photo = with(&photo(), 0xE1, &exif(6, 0x010F, b"Nikon\0"));
    let seeds = [photo, grey(), progressive(), cmyk()];
    let (mut accepted, mut refused) = (0, 0);
    for round in 0..4_000 {
        let mut picture = seeds[round % seeds.len()].clone();
        for _ in 0..=dice.roll(3) {
            dice.damage(&mut picture);
        }
        match cleaned(&picture) {
            Err(_) => refused += 1,
            Ok((copy, _)) => {
                accepted += 1;
                assert_eq!(cleaned(&copy).unwrap().0, copy, "round {round}");
                if let (Some(before), Some(after)) = (pixels(&picture), pixels(&copy)) {
                    assert_eq!(before, after, "round {round}");
                }
            }
        }
    }
    assert!(accepted > 400 && refused > 400, "{accepted} accepted, {refused} refused");
}
