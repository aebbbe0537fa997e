//! Lengths that tell little.
//!
//! The length of a ciphertext tells the length of the text, and the exact length of a
//! picture can tell which picture it is. Messages are padded to five sizes, files by
//! Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and
//! Communication with PURBs", 2019, section 4), which leaks the order of magnitude and a
//! few bits, and costs at most 12 percent.

/// The sizes a message is padded to.
pub const MESSAGE_STEPS: [usize; 5] = [1 << 10, 4 << 10, 16 << 10, 64 << 10, 128 << 10];
/// Bytes a message may have: what fits the largest step with its length.
pub const MAX_MESSAGE: usize = (128 << 10) - 4;
/// The size up to which all files look alike.
pub const FILE_FLOOR: u64 = 64 << 10;

/// Pads a message: its length, its bytes, zeros up to the next step.
///
/// None if it has more than [`MAX_MESSAGE`] bytes.
pub fn pad_message(message: &[u8]) -> Option<zeroize::Zeroizing<Vec<u8>>> {
    pad_to_step(message, 0)
}

/// Pads a message to the largest step, so that its length tells nothing at all.
pub fn pad_large(message: &[u8]) -> Option<zeroize::Zeroizing<Vec<u8>>> {
    pad_to_step(message, MAX_MESSAGE)
}

fn pad_to_step(message: &[u8], least: usize) -> Option<zeroize::Zeroizing<Vec<u8>>> {
    let length = u32::try_from(message.len()).ok()?;
    let needed = message.len().max(least) + 4;
    let step = MESSAGE_STEPS.into_iter().find(|step| needed <= *step)?;
    let mut padded = zeroize::Zeroizing::new(Vec::with_capacity(step));
    padded.extend_from_slice(&length.to_be_bytes());
    padded.extend_from_slice(message);
    padded.resize(step, 0);
    Some(padded)
}

/// Takes the padding off; none if it was not put on by [`pad_message`].
pub fn unpad_message(padded: &[u8]) -> Option<&[u8]> {
    let (length, rest) = padded.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (message, padding) = rest.split_at_checked(length)?;
    (MESSAGE_STEPS.contains(&padded.len()) && padding.iter().all(|byte| *byte == 0))
        .then_some(message)
}

/// The length a file of `length` bytes is padded to.
pub fn padded_file(length: u64) -> u64 {
    let length = length.max(FILE_FLOOR);
    let exponent = u64::from(length.ilog2());
    let mantissa = u64::from(exponent.ilog2()) + 1;
    let mask = (1u64 << (exponent - mantissa)) - 1;
    (length + mask) & !mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_must_tell_nothing_is_as_long_as_the_longest() {
        for length in [0, 1, 5000, MAX_MESSAGE] {
            let message = vec![b'x'; length];
            let padded = pad_large(&message).unwrap();
            assert_eq!(padded.len(), MAX_MESSAGE + 4);
            assert_eq!(unpad_message(&padded), Some(&message[..]));
        }
        assert!(pad_large(&vec![b'x'; MAX_MESSAGE + 1]).is_none());
    }

    #[test]
    fn messages_come_back_as_they_were() {
        for length in [0, 1, 1019, 1020, 1021, 4092, 4093, 16380, MAX_MESSAGE] {
            let message = vec![b'x'; length];
            let padded = pad_message(&message).unwrap();
            assert!(MESSAGE_STEPS.contains(&padded.len()));
            assert_eq!(unpad_message(&padded), Some(&message[..]));
        }
    }

    #[test]
    fn a_message_over_the_limit_is_not_padded() {
        assert!(pad_message(&vec![b'x'; MAX_MESSAGE + 1]).is_none());
    }

    #[test]
    fn short_messages_cannot_be_told_apart_by_length() {
        assert_eq!(pad_message(b"ja").unwrap().len(), pad_message(&[b'x'; 900]).unwrap().len());
    }

    #[test]
    fn what_was_not_padded_is_not_unpadded() {
        let padded = pad_message(b"ja").unwrap();
        assert!(unpad_message(&padded[..1023]).is_none());
        let mut longer = padded.to_vec();
        longer[0] = 0xff;
        assert!(unpad_message(&longer).is_none());
        let mut dirty = padded.to_vec();
        dirty[1023] = 1;
        assert!(unpad_message(&dirty).is_none());
    }

    #[test]
    fn files_grow_by_at_most_an_eighth_and_never_shrink() {
        assert_eq!(padded_file(0), FILE_FLOOR);
        assert_eq!(padded_file(FILE_FLOOR), FILE_FLOOR);
        for length in (FILE_FLOOR..(200 << 20)).step_by(65_537) {
            let padded = padded_file(length);
            assert!(padded >= length && padded - length <= length / 8, "{length} -> {padded}");
            assert_eq!(padded_file(padded), padded);
        }
    }

    #[test]
    fn many_lengths_share_one_padded_length() {
        let lengths: std::collections::BTreeSet<u64> =
            ((1 << 20)..=(2 << 20)).step_by(997).map(padded_file).collect();
        assert!(lengths.len() <= 33, "{} different lengths", lengths.len());
    }
}
