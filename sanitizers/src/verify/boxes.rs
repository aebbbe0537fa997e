//! Boxes, as the verifier of HEIF reads them (ISO/IEC 14496-12, 4.2).

/// Name and body of a box.
pub(super) type Part<'a> = ([u8; 4], &'a [u8]);

/// Boxes in any form, as far as they can be read.
pub(super) fn loose(mut bytes: &[u8]) -> Vec<Part<'_>> {
    let mut all = Vec::new();
    while let Some((part, rest)) = first(bytes) {
        all.push(part);
        bytes = rest;
    }
    all
}

fn first(bytes: &[u8]) -> Option<(Part<'_>, &[u8])> {
    let (&[l0, l1, l2, l3, a, b, c, d], behind) = bytes.split_first_chunk()?;
    let (head, length) = match u32::from_be_bytes([l0, l1, l2, l3]) {
        0 => (8, bytes.len()),
        1 => (16, usize::try_from(u64::from_be_bytes(*behind.first_chunk()?)).ok()?),
        short => (8, usize::try_from(short).ok()?),
    };
    let (whole, rest) = bytes.split_at_checked(length)?;
    Some((([a, b, c, d], whole.get(head..)?), rest))
}

/// The body of the only box of this name.
pub(super) fn only<'a>(parts: &[Part<'a>], name: [u8; 4]) -> Option<&'a [u8]> {
    let mut found = parts.iter().filter(|part| part.0 == name);
    let (_, body) = found.next()?;
    found.next().is_none().then_some(body)
}

/// Takes numbers off the front of bytes.
#[derive(Clone, Copy)]
pub(super) struct Numbers<'a>(pub(super) &'a [u8]);

impl<'a> Numbers<'a> {
    /// A number of so many bytes, high byte first; none of them are zero.
    pub(super) fn take(&mut self, bytes: usize) -> Option<u64> {
        let bytes = self.bytes(bytes)?;
        (bytes.len() <= 8).then(|| bytes.iter().fold(0, |sum, &byte| sum << 8 | u64::from(byte)))
    }

    /// A number of so many bytes that counts things.
    pub(super) fn count(&mut self, bytes: usize) -> Option<usize> {
        usize::try_from(self.take(bytes)?).ok()
    }

    pub(super) fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_read_as_far_as_their_lengths_fit() {
        let good = b"\0\0\0\x0Aabcd12\0\0\0\x08free";
        let parts = [(*b"abcd", &b"12"[..]), (*b"free", b"")];
        assert_eq!(loose(good), parts);
        assert_eq!(only(&parts, *b"free"), Some(&b""[..]));
        let long = b"\0\0\0\x01abcd\0\0\0\0\0\0\0\x1212\0\0\0\0free34";
        assert_eq!(loose(long), [(*b"abcd", &b"12"[..]), (*b"free", b"34")]);
        for bad in [&b"\0\0\0\x07free"[..], b"\0\0\0\x09free", b"\0\0\0"] {
            assert!(loose(bad).is_empty());
        }
        assert!(only(&[parts[0], parts[0]], *b"abcd").is_none());
    }

    #[test]
    fn numbers_end_with_the_bytes() {
        let mut numbers = Numbers(b"\x01\x02Hi\x03");
        assert_eq!(numbers.take(2), Some(0x0102));
        assert_eq!(numbers.bytes(2), Some(&b"Hi"[..]));
        assert_eq!(numbers.take(2), None);
        assert_eq!(numbers.count(1), Some(3));
        assert_eq!(numbers.take(1), None);
    }
}
