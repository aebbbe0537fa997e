//! Damaged pictures: each is refused, or its copy is clean again.

use crate::cleaning::{clean, clean_with_report};

/// Damages a file a little, the same way for the same number.
pub(crate) fn damage(file: &[u8], number: u64) -> Vec<u8> {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 16).unwrap_or_default() % below.max(1)
    };
    let mut file = file.to_vec();
    for _ in 0..=next(3) {
        let at = next(file.len());
        match next(5) {
            0 => file.truncate(at),
            1 => file.insert(at, 0xFF),
            2 if !file.is_empty() => drop(file.remove(at)),
            _ => {
                if let Some(byte) = file.get_mut(at) {
                    *byte = u8::try_from(next(256)).unwrap();
                }
            }
        }
    }
    file
}

/// Cleans damaged forms of a file: each is refused, or its copy is clean again.
pub(crate) fn survives_damage(file: &[u8], rounds: u64) {
    for number in 0..rounds {
        if let Ok((copy, _)) = clean_with_report(&damage(file, number)) {
            assert!(clean(&copy) == copy, "number {number}");
        }
    }
}
