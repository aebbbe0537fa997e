//! The bytes of an archive in our form, field by field.

use flate2::{Compress, Compression, FlushCompress};

/// A member and how it is packed.
pub(in crate::verify) struct Place<'a> {
    pub(in crate::verify) name: String,
    pub(in crate::verify) size: u64,
    packed: &'a [u8],
    pub(in crate::verify) is_deflated: bool,
}

/// Takes fields off the front.
struct Front<'a>(&'a [u8]);

impl<'a> Front<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn is(&mut self, expected: &[u8]) -> Option<()> {
        (self.take(expected.len())? == expected).then_some(())
    }

    fn number<const N: usize>(&mut self) -> Option<usize> {
        let bytes = self.take(N)?;
        bytes
            .iter()
            .rev()
            .try_fold(0_usize, |sum, &byte| sum.checked_mul(256)?.checked_add(usize::from(byte)))
    }
}

/// The members in their order, if every byte of the archive is one that we would write.
pub(in crate::verify) fn places(archive: &[u8]) -> Option<Vec<Place<'_>>> {
    let mut front = Front(archive);
    let mut places = Vec::new();
    let mut directory = Vec::new();
    while front.0.starts_with(b"PK\x03\x04") {
        let at = archive.len() - front.0.len();
        front.is(b"PK\x03\x04")?;
        // Version 2.0, no flags, method, midnight of 1 January 1980.
        let mut fields = Front(front.take(26)?);
        let fixed = fields.0;
        fields.is(&[20, 0, 0, 0])?;
        let method = fields.number::<2>()?;
        fields.is(&[0, 0, 0x21, 0])?;
        fields.take(4)?;
        let (packed, size) = (fields.number::<4>()?, fields.number::<4>()?);
        let name_length = fields.number::<2>()?;
        fields.is(&[0, 0])?;
        let name = front.take(name_length)?;
        let is_deflated = matches!(method, 8);
        (is_deflated || method == 0).then_some(())?;
        (is_deflated || packed == size).then_some(())?;
        let text = str::from_utf8(name).ok().filter(|name| name.is_ascii())?.to_owned();
        let size = u64::try_from(size).ok()?;
        places.push(Place { name: text, size, packed: front.take(packed)?, is_deflated });
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(fixed);
        directory.extend([0; 10]);
        directory.extend(u32::try_from(at).ok()?.to_le_bytes());
        directory.extend(name);
    }
    let start = archive.len() - front.0.len();
    front.is(&directory)?;
    let count = u16::try_from(places.len()).ok()?.to_le_bytes();
    let numbers = [directory.len(), start].map(u32::try_from);
    let [length, start] = numbers;
    front.is(b"PK\x05\x06\0\0\0\0")?;
    front.is(&[count, count].concat())?;
    front.is(&[length.ok()?.to_le_bytes(), start.ok()?.to_le_bytes()].concat())?;
    front.is(&[0, 0])?;
    front.0.is_empty().then_some(places)
}

/// Whether a member is packed as zlib packs it at level 6, and packed only if that helps.
pub(in crate::verify) fn is_packed_as_ours(content: &[u8], place: &Place<'_>) -> bool {
    let mut packed = Vec::with_capacity(content.len() + 4096);
    let mut compress = Compress::new(Compression::new(6), false);
    let done = compress.compress_vec(content, &mut packed, FlushCompress::Finish);
    let fits = done.is_ok_and(|status| status == flate2::Status::StreamEnd);
    let is_smaller = packed.len() < content.len();
    let expected = if is_smaller { packed.as_slice() } else { content };
    fits && is_smaller == place.is_deflated && place.packed == expected
}
