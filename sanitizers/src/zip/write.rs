//! Writes a ZIP in the one form that ours have.

use flate2::{Compress, Compression, Crc, FlushCompress, Status};

use crate::Refusal;
use crate::refusal::Limit;

/// FAT, and version 2.0 of the format, which is what it takes to read a deflated member.
pub(super) const MADE_BY: u16 = 20;
const NEEDED: u16 = 20;
/// 1 January 1980, the first day a ZIP can name, and midnight.
const DAY: u16 = 0x0021;
const MIDNIGHT: u16 = 0;
/// Names are UTF-8 (APPNOTE 4.4.4, bit 11); set only where it makes a difference.
const UTF8: u16 = 1 << 11;

/// Builds an archive in memory, member by member, in the order in which they are added.
///
/// One order, one date, one level of compression: the same members make the same bytes.
#[derive(Default)]
pub(crate) struct Writer {
    file: Vec<u8>,
    directory: Vec<u8>,
    members: u16,
}

impl Writer {
    /// Adds a member, deflated if that makes it smaller.
    pub(crate) fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Refusal> {
        let deflated = deflate(bytes)?;
        if deflated.len() < bytes.len() {
            self.put(name, bytes, &deflated, 8)
        } else {
            self.put(name, bytes, bytes, 0)
        }
    }

    /// Adds a member as it is: `mimetype`, which programs read without unfolding.
    pub(crate) fn store(&mut self, name: &str, bytes: &[u8]) -> Result<(), Refusal> {
        self.put(name, bytes, bytes, 0)
    }

    fn put(&mut self, name: &str, bytes: &[u8], packed: &[u8], method: u16) -> Result<(), Refusal> {
        let too_large = |_| Refusal::Limit(Limit::OutputBytes);
        let place = u32::try_from(self.file.len()).map_err(too_large)?;
        let lengths = [packed.len(), bytes.len()];
        let [packed_length, length] = lengths.map(u32::try_from);
        let name_length = u16::try_from(name.len()).map_err(too_large)?;
        let mut crc = Crc::new();
        crc.update(bytes);

        let mut common = Vec::new();
        common.extend(NEEDED.to_le_bytes());
        common.extend(if name.is_ascii() { 0 } else { UTF8 }.to_le_bytes());
        common.extend(method.to_le_bytes());
        common.extend(MIDNIGHT.to_le_bytes());
        common.extend(DAY.to_le_bytes());
        common.extend(crc.sum().to_le_bytes());
        common.extend(packed_length.map_err(too_large)?.to_le_bytes());
        common.extend(length.map_err(too_large)?.to_le_bytes());
        common.extend(name_length.to_le_bytes());
        // No extra fields.
        common.extend([0, 0]);

        self.file.extend(b"PK\x03\x04");
        self.file.extend(&common);
        self.file.extend(name.as_bytes());
        self.file.extend(packed);

        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(MADE_BY.to_le_bytes());
        self.directory.extend(&common);
        // No comment, the first disk, no attributes of either kind.
        self.directory.extend([0; 10]);
        self.directory.extend(place.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.members = self.members.checked_add(1).ok_or(Refusal::Limit(Limit::Parts))?;
        Ok(())
    }

    /// Writes the directory and gives back the whole.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, Refusal> {
        let too_large = |_| Refusal::Limit(Limit::OutputBytes);
        let start = u32::try_from(self.file.len()).map_err(too_large)?;
        let length = u32::try_from(self.directory.len()).map_err(too_large)?;
        self.file.append(&mut self.directory);
        self.file.extend(b"PK\x05\x06\0\0\0\0");
        self.file.extend(self.members.to_le_bytes());
        self.file.extend(self.members.to_le_bytes());
        self.file.extend(length.to_le_bytes());
        self.file.extend(start.to_le_bytes());
        self.file.extend([0, 0]);
        Ok(self.file)
    }
}

/// Level 6 of zlib, whoever compressed it before and however.
fn deflate(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut compress = Compress::new(Compression::new(6), false);
    let mut packed = Vec::with_capacity(bytes.len() / 2 + 64);
    loop {
        let done = usize::try_from(compress.total_in()).map_err(|_| Refusal::Internal)?;
        let rest = bytes.get(done..).ok_or(Refusal::Internal)?;
        let status = compress
            .compress_vec(rest, &mut packed, FlushCompress::Finish)
            .map_err(|_| Refusal::Internal)?;
        if status == Status::StreamEnd {
            return Ok(packed);
        }
        packed.reserve(packed.len().max(1 << 10));
    }
}
