//! Exif: what it says, and the one thing of it that is kept.
//!
//! A camera writes where, when, with which body and lens, and who owns it. All of
//! it goes. Only the orientation stays, because without it the picture lies on its
//! side; it is written anew into the smallest Exif there can be.
//!
//! This reader only counts, so it never touches a value except the orientation.
//! It is our own, because its input is hostile: a few kilobytes of overlapping
//! directories make a general reader allocate gigabytes. The verifier has a general
//! reader, and both run in a process whose memory is limited.
//!
//! Format: CIPA DC-008-2023 (Exif 3.0), on top of TIFF 6.0.

use crate::{Category, Notes};

/// Entries looked at in all directories together; cameras write a few hundred.
const MAX_ENTRIES: u32 = 4_000;
/// Directories looked at: IFD0, IFD1, Exif, GPS, Interop, and some of makers.
const MAX_DIRECTORIES: usize = 16;

const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Directory {
    /// The one that describes the picture itself.
    Picture,
    /// The thumbnail's, and the camera's settings.
    Image,
    Gps,
    Interoperability,
}

/// Counts what an Exif block says, by category, and returns its orientation.
///
/// A block that cannot be read is counted as one piece of unknown content.
pub(crate) fn note(tiff: &[u8], notes: &mut Notes) -> Option<u16> {
    let Some(mut reader) = Reader::open(tiff) else {
        notes.found(Category::Other);
        return None;
    };
    reader.read(notes);
    reader.orientation.filter(|value| (1..=8).contains(value))
}

/// Returns the TIFF block that says nothing but how to turn the picture.
pub(crate) fn orientation_only(orientation: u16) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x01".to_vec();
    tiff.extend(ORIENTATION.to_be_bytes());
    tiff.extend(SHORT.to_be_bytes());
    tiff.extend(1_u32.to_be_bytes());
    tiff.extend(orientation.to_be_bytes());
    tiff.extend([0, 0]);
    tiff.extend([0; 4]);
    tiff
}

struct Reader<'a> {
    tiff: &'a [u8],
    little_endian: bool,
    /// Directories still to be read.
    waiting: Vec<(Directory, usize)>,
    seen: Vec<usize>,
    entries: u32,
    orientation: Option<u16>,
}

impl<'a> Reader<'a> {
    fn open(tiff: &'a [u8]) -> Option<Self> {
        let little_endian = match tiff.get(..4)? {
            b"II\x2a\0" => true,
            b"MM\0\x2a" => false,
            _ => return None,
        };
        let mut reader = Reader {
            tiff,
            little_endian,
            waiting: Vec::new(),
            seen: Vec::new(),
            entries: 0,
            orientation: None,
        };
        reader.visit_later(Directory::Picture, reader.long(4)?);
        Some(reader)
    }

    fn read(&mut self, notes: &mut Notes) {
        while let Some((directory, at)) = self.waiting.pop() {
            let Some(count) = self.short(at) else { continue };
            let mut entry = at + 2;
            for _ in 0..count {
                self.entries += 1;
                if self.entries > MAX_ENTRIES || self.entry(directory, entry, notes).is_none() {
                    break;
                }
                entry += 12;
            }
            // The thumbnail's directory follows the picture's.
            if let (Directory::Picture | Directory::Image, Some(next)) =
                (directory, self.long(entry))
            {
                self.visit_later(Directory::Image, next);
            }
        }
    }

    fn entry(&mut self, directory: Directory, at: usize, notes: &mut Notes) -> Option<()> {
        let tag = self.short(at)?;
        let value = self.long(at + 8)?;
        match (directory, tag) {
            (Directory::Picture, ORIENTATION) => {
                if self.short(at + 2) == Some(SHORT) && self.orientation.is_none() {
                    self.orientation = self.short(at + 8);
                }
            }
            (Directory::Picture | Directory::Image, 0x8769) => {
                self.visit_later(Directory::Image, value);
            }
            (Directory::Picture | Directory::Image, 0x8825) => {
                self.visit_later(Directory::Gps, value);
            }
            (Directory::Picture | Directory::Image, 0xA005) => {
                self.visit_later(Directory::Interoperability, value);
            }
            (Directory::Picture | Directory::Image, _) => notes.found(category(tag)),
            (Directory::Gps, _) => notes.found(Category::Location),
            (Directory::Interoperability, _) => notes.found(Category::Other),
        }
        Some(())
    }

    fn visit_later(&mut self, directory: Directory, at: usize) {
        if at != 0 && self.seen.len() < MAX_DIRECTORIES && !self.seen.contains(&at) {
            self.seen.push(at);
            self.waiting.push((directory, at));
        }
    }

    fn short(&self, at: usize) -> Option<u16> {
        let bytes = *self.tiff.get(at..)?.first_chunk()?;
        Some(if self.little_endian { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(&self, at: usize) -> Option<usize> {
        let bytes = *self.tiff.get(at..)?.first_chunk()?;
        let long =
            if self.little_endian { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) };
        usize::try_from(long).ok()
    }
}

/// What a tag of the picture's, thumbnail's or Exif directory tells about.
pub(crate) fn category(tag: u16) -> Category {
    match tag {
        // Make, model, maker note, body and lens.
        0x010F | 0x0110 | 0x927C | 0xA431..=0xA435 | 0xC614 | 0xC615 | 0xC62F => Category::Device,
        // Artist, copyright, owner, photographer, editor; author in Windows' tags.
        0x013B | 0x8298 | 0xA430 | 0xA437..=0xA438 | 0x9C9D => Category::People,
        // Dates, their offsets and fractions of a second.
        0x0132 | 0x9003 | 0x9004 | 0x9010..=0x9012 | 0x9290..=0x9292 | 0x882A => Category::Dates,
        // Program, host, firmware and developing software.
        0x0131 | 0x013C | 0xA439..=0xA43C | 0x000B => Category::Software,
        // Title, description; Windows' title, comment, keywords, subject.
        0x010D | 0x010E | 0x9C9B | 0x9C9C | 0x9C9E | 0x9C9F | 0xA436 | 0x4746 => {
            Category::Descriptions
        }
        0x9286 => Category::Comments,
        // Unique picture number, unique camera profile names.
        0xA420 | 0xC65D => Category::Identifiers,
        // The thumbnail, which often shows the picture before it was cropped.
        0x0201 | 0x0111 | 0x014A => Category::HiddenPictures,
        0xA004 => Category::EmbeddedFiles,
        0x8773 => Category::ColourProfiles,
        // How the picture was taken: a set of such numbers describes a camera.
        _ => Category::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A little-endian block from directories of (tag, type, count, value).
    fn tiff(directories: &[&[(u16, u16, u32, u32)]], next: u32) -> Vec<u8> {
        let mut bytes = b"II\x2a\0\x08\0\0\0".to_vec();
        for entries in directories {
            bytes.extend(u16::try_from(entries.len()).unwrap().to_le_bytes());
            for (tag, kind, count, value) in *entries {
                bytes.extend(tag.to_le_bytes());
                bytes.extend(kind.to_le_bytes());
                bytes.extend(count.to_le_bytes());
                bytes.extend(value.to_le_bytes());
            }
            bytes.extend(next.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn the_smallest_exif_holds_the_orientation_and_nothing_else() {
        for orientation in 1..=8 {
            let bytes = orientation_only(orientation);
            let mut notes = Notes::default();
            assert_eq!(note(&bytes, &mut notes), Some(orientation));
            assert!(notes.findings().is_empty());
        }
    }

    #[test]
    fn a_place_is_counted_by_category_and_its_value_is_not_kept() {
        let gps = 8 + 2 + 12 + 4;
        let bytes = tiff(&[&[(0x8825, 4, 1, gps)], &[(2, 5, 3, 0), (4, 5, 3, 0)]], 0);
        let mut notes = Notes::default();
        note(&bytes, &mut notes);
        assert_eq!(notes.findings()[0].category, Category::Location);
        assert_eq!(notes.findings()[0].count, 2);
    }

    #[test]
    fn a_directory_that_follows_itself_is_read_once() {
        let bytes = tiff(&[&[(0x010F, 2, 4, 0)]], 8);
        let mut notes = Notes::default();
        note(&bytes, &mut notes);
        assert_eq!(notes.findings()[0].count, 1);
    }

    #[test]
    fn the_orientation_of_the_thumbnail_does_not_count() {
        let second = 8 + 2 + 12 + 4;
        let mut bytes = tiff(&[&[(0x010F, 2, 4, 0)], &[(ORIENTATION, SHORT, 1, 6)]], 0);
        bytes[second - 4] = u8::try_from(second).unwrap();
        assert_eq!(note(&bytes, &mut Notes::default()), None);
    }

    #[test]
    fn an_orientation_outside_the_eight_is_ignored() {
        let bytes = tiff(&[&[(ORIENTATION, SHORT, 1, 9)]], 0);
        assert_eq!(note(&bytes, &mut Notes::default()), None);
    }

    #[test]
    fn garbage_is_one_piece_of_unknown_content() {
        let mut notes = Notes::default();
        assert_eq!(note(b"not a TIFF block", &mut notes), None);
        assert_eq!(notes.findings()[0].category, Category::Other);
    }

    #[test]
    fn a_directory_that_claims_many_entries_ends_with_the_block() {
        let mut bytes = tiff(&[&[]], 0);
        bytes[8] = 0xFF;
        bytes[9] = 0xFF;
        assert_eq!(note(&bytes, &mut Notes::default()), None);
    }
}
