//! Old Office documents, and new ones behind a password, which come in the same container.

use std::io::{Read, SeekFrom};

use crate::refusal::Foreign;
use crate::{ReadSeek, Refusal};

/// First bytes of a compound file (MS-CFB 2.2).
pub(super) const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// The stream that holds an encrypted document (MS-OFFCRYPTO 2.3.4.4), in UTF-16.
const ENCRYPTED: &str = "EncryptedPackage";

/// Streams by which programs other than Word, Excel and `PowerPoint` are known: Outlook
/// (MS-OXMSG 2.4), Visio, Publisher.
const STREAMS: [(&str, Foreign); 4] = [
    ("__nameid_version1.0", Foreign::OutlookMail),
    ("__substg1.0_", Foreign::OutlookMail),
    ("VisioDocument", Foreign::Document),
    ("Quill", Foreign::Document),
];

/// Sectors of the directory that are looked at: a package has less than ten entries, and
/// others have those that count among their first.
const SECTORS: u64 = 4;

/// Says why a compound file is refused: there is another advice for one with a password.
pub(super) fn refusal(source: &mut dyn ReadSeek) -> Refusal {
    let directory = directory(source).unwrap_or_default();
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(&directory, &name).is_some()
    };
    if holds(ENCRYPTED) {
        return Refusal::Password;
    }
    let known = STREAMS.iter().find(|(name, _)| holds(name));
    Refusal::NotCleanable(known.map_or(Foreign::Office, |(_, foreign)| *foreign))
}

fn directory(source: &mut dyn ReadSeek) -> Option<Vec<u8>> {
    let mut header = [0; 512];
    source.rewind().ok()?;
    source.read_exact(&mut header).ok()?;
    // The size of a sector as a power of two, and the first sector of the directory.
    let [shift, _] = *header.get(30..32)?.first_chunk()?;
    let first = u32::from_le_bytes(*header.get(48..52)?.first_chunk()?);
    let sector = 1_u64 << shift.clamp(9, 12);
    let place = (u64::from(first) + 1) * sector;
    source.seek(SeekFrom::Start(place)).ok()?;
    let mut directory = Vec::new();
    source.take(SECTORS * sector).read_to_end(&mut directory).ok()?;
    Some(directory)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn compound(stream: &str) -> Vec<u8> {
        let mut file = vec![0; 1536];
        file[..8].copy_from_slice(SIGNATURE);
        file[30] = 9;
        file[48] = 1;
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        file[1152..1152 + name.len()].copy_from_slice(&name);
        file
    }

    #[test]
    fn an_encrypted_document_gets_the_advice_on_passwords() {
        let refused = |stream| refusal(&mut Cursor::new(compound(stream)));
        assert_eq!(refused(ENCRYPTED), Refusal::Password);
        assert_eq!(refused("WordDocument"), Refusal::NotCleanable(Foreign::Office));
        for (stream, foreign) in STREAMS {
            assert_eq!(refused(stream), Refusal::NotCleanable(foreign), "{stream}");
        }
        assert_eq!(refusal(&mut Cursor::new(SIGNATURE)), Refusal::NotCleanable(Foreign::Office));
    }
}
