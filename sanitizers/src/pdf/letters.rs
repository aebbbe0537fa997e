//! What must hold of data before the library unfolds them (ISO 32000-2, 7.4.2 to 7.4.4).
//!
//! The library stops without a word at a letter or a code that means nothing, where a
//! viewer goes on: a page would lose its text and nobody would say so. Data in which
//! there is such a thing are refused, and blanks that the library does not take for
//! blanks are left out.

use crate::Refusal;
use crate::refusal::Damage;

const VALUE: Refusal = Refusal::Damaged(Damage::Value);

fn is_blank(byte: u8) -> bool {
    super::lex::is_space(byte)
}

/// The letters of ASCII85 data up to their end mark, without blanks.
pub(super) fn base_85(data: &[u8]) -> Result<Vec<u8>, Refusal> {
    let end = data.iter().skip(2).position(|byte| *byte == b'~').map_or(data.len(), |at| at + 2);
    let end = if data.first() == Some(&b'~') { 0 } else { end };
    let data = data.get(..end).unwrap_or_default();
    let letters: Vec<u8> = data.iter().copied().filter(|byte| !is_blank(*byte)).collect();
    let letters = letters.strip_prefix(b"<~".as_slice()).map(<[u8]>::to_vec).unwrap_or(letters);
    let letters = match letters.iter().position(|byte| *byte == b'~') {
        Some(end) => letters.get(..end).unwrap_or_default().to_vec(),
        None => letters,
    };
    let known = |byte: &u8| matches!(byte, b'!'..=b'u' | b'z');
    if letters.iter().all(known) { Ok(letters) } else { Err(VALUE) }
}

/// Hexadecimal digits up to their end mark, without blanks.
pub(super) fn hex(data: &[u8]) -> Result<Vec<u8>, Refusal> {
    let digits: Vec<u8> = data
        .iter()
        .copied()
        .take_while(|byte| *byte != b'>')
        .filter(|byte| !is_blank(*byte))
        .collect();
    if digits.iter().all(u8::is_ascii_hexdigit) { Ok(digits) } else { Err(VALUE) }
}

/// Whether each code of LZW data stands for something, up to the code that ends them.
/// Data that stop without it are taken as far as they go, as every viewer does.
pub(super) fn check_codes(data: &[u8], early: bool) -> Result<(), Refusal> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    const FULL: usize = 4096;
    // Codes that mean something; after a code that clears, one literal adds none.
    let (mut known, mut fresh) = (END + 1, true);
    let (mut buffer, mut bits) = (0usize, 0u32);
    let mut width = 9;
    for &byte in data {
        buffer = buffer << 8 | usize::from(byte);
        bits += 8;
        if bits < width {
            continue;
        }
        bits -= width;
        let code = buffer >> bits;
        buffer &= (1 << bits) - 1;
        match code {
            END => return Ok(()),
            CLEAR => (known, fresh, width) = (END + 1, true, 9),
            _ => {
                known += usize::from(!fresh && known < FULL);
                fresh = false;
                if code >= known {
                    return Err(VALUE);
                }
                width = match known + usize::from(early) {
                    2048.. => 12,
                    1024.. => 11,
                    512.. => 10,
                    _ => 9,
                };
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(codes: &[usize]) -> Vec<u8> {
        let mut bits: Vec<usize> =
            codes.iter().flat_map(|code| (0..9).rev().map(move |bit| code >> bit & 1)).collect();
        bits.resize(bits.len().next_multiple_of(8), 0);
        let byte = |bits: &[usize]| bits.iter().fold(0, |value, bit| value << 1 | bit);
        bits.chunks(8).map(|bits| u8::try_from(byte(bits)).unwrap()).collect()
    }

    #[test]
    fn blanks_of_every_kind_are_left_out() {
        assert_eq!(base_85(b"<~9j\0q\no^\x0c~>behind"), Ok(b"9jqo^".to_vec()));
        assert_eq!(hex(b"4\0d 6>zz"), Ok(b"4d6".to_vec()));
        assert_eq!(base_85(b"~>"), Ok(Vec::new()));
    }

    #[test]
    fn letters_that_mean_nothing_are_refused() {
        assert_eq!(base_85(b"9jqo^v~>"), Err(VALUE));
        assert_eq!(hex(b"4x>"), Err(VALUE));
    }

    #[test]
    fn a_code_that_stands_for_nothing_is_refused() {
        assert_eq!(check_codes(&packed(&[256, 97, 258, 98, 258, 257]), true), Ok(()));
        assert_eq!(check_codes(&packed(&[97, 98]), true), Ok(()));
        assert_eq!(check_codes(&packed(&[256, 258]), true), Err(VALUE));
        assert_eq!(check_codes(&packed(&[256, 97, 500, 256, 98, 257]), true), Err(VALUE));
    }
}
