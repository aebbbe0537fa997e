//! Tags that programs put before, behind and into sound: ID3, APE, Lyrics3.
//!
//! Nothing of them is ever kept. They are measured, because their content can look like
//! sound (a tag may carry a whole other recording), and read as far as is needed to
//! say what they told.

mod fields;
mod id3;

use crate::{Category, Notes};
pub(crate) use fields::note_field;
pub(crate) use id3::{MARK as ID3, length as id3_length, note as note_id3};

/// Bytes of an `ID3v1` tag, which has no length of its own.
const ID3V1: usize = 128;
/// Bytes of the extension that some programs put before an `ID3v1` tag.
const ID3V1_EXTENDED: usize = 227;
/// Bytes of the header and of the footer of an APE tag.
const APE_HEAD: usize = 32;

/// Bytes in which lyrics must end: their length has six digits.
const MOST_LYRICS: usize = 1 << 20;

/// Passes over a tag that begins here, notes it, and says how long it is.
pub(crate) fn pass(bytes: &[u8], notes: &mut Notes) -> Option<usize> {
    if let Some(length) = id3_length(bytes) {
        note_id3(bytes.get(..length).unwrap_or(bytes), notes);
        return Some(length.min(bytes.len()));
    }
    let (length, category) = if bytes.starts_with(b"APETAGEX") {
        (ape(bytes)?, Category::Descriptions)
    } else if bytes.starts_with(b"TAG+") {
        (ID3V1_EXTENDED, Category::Descriptions)
    } else if bytes.starts_with(b"TAG") {
        (ID3V1, Category::People)
    } else if bytes.starts_with(b"LYRICSBEGIN") {
        (lyrics(bytes)?, Category::Descriptions)
    } else {
        return None;
    };
    notes.found(category);
    Some(length.min(bytes.len()))
}

/// The length of an APE tag that begins with its header, or of a footer that stands alone.
fn ape(bytes: &[u8]) -> Option<usize> {
    let number = |at: usize| bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes);
    let is_header = number(20)? & 1 << 29 != 0;
    let items = if is_header { usize::try_from(number(12)?).ok()? } else { 0 };
    items.checked_add(APE_HEAD)
}

/// The length of lyrics, up to and with the word that ends them.
fn lyrics(bytes: &[u8]) -> Option<usize> {
    let ends = [&b"LYRICS200"[..], b"LYRICSEND"];
    let bytes = bytes.get(..MOST_LYRICS).unwrap_or(bytes);
    // Where they begin once more they did not end: many beginnings cost no more than one.
    let next = memchr::memmem::find(bytes.get(1..)?, b"LYRICSBEGIN");
    let bytes = next.and_then(|next| bytes.get(..=next)).unwrap_or(bytes);
    let end = |word: &&[u8]| memchr::memmem::find(bytes, word);
    ends.iter().filter_map(end).min().map(|at| at + 9)
}

/// Words by which tags are known, wherever they stand.
const MARKS: [&[u8]; 8] =
    [b"APETAGEX", b"LYRICSBEGIN", b"LIST", b"bext", b"iXML", b"id3 ", b"ID3 ", b"_PMX"];

/// Whether something that looks like a tag is among these bytes.
///
/// Asked only where it is not known where the sound ends.
pub(crate) fn may_be_among(bytes: &[u8]) -> bool {
    let last = bytes.len().checked_sub(ID3V1).and_then(|at| bytes.get(at..));
    last.is_some_and(|last| last.starts_with(b"TAG"))
        || MARKS.iter().any(|mark| memchr::memmem::find(bytes, mark).is_some())
        || memchr::memmem::find_iter(bytes, ID3)
            .any(|at| bytes.get(at..).is_some_and(|tag| id3_length(tag).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(bytes: &[u8]) -> Option<usize> {
        pass(bytes, &mut Notes::default())
    }

    #[test]
    fn tags_are_passed_over_by_their_own_length() {
        let id3 = b"ID3\x03\0\0\0\0\x01\x02";
        assert_eq!(passed(&[&id3[..], &[7; 200]].concat()), Some(10 + 130));
        let ape = |flags: u32| {
            let head = [b"APETAGEX", &2000_u32.to_le_bytes()[..], &50_u32.to_le_bytes()].concat();
            [&head[..], &[0; 4], &flags.to_le_bytes(), &[0; 108]].concat()
        };
        assert_eq!(passed(&ape(1 << 31 | 1 << 29)), Some(82));
        assert_eq!(passed(&ape(1 << 31)), Some(32));
        assert_eq!(passed(b"LYRICSBEGIN la la 000017LYRICS200 and more"), Some(33));
        assert_eq!(passed(b"LYRICSBEGIN la LYRICSBEGIN la LYRICSEND"), None);
        assert_eq!(passed(&[b"TAG", &[b'a'; 200][..]].concat()), Some(128));
        assert_eq!(passed(b"TAG+a"), Some(5), "never more than there is");
        assert_eq!(passed(b"sound"), None);
    }

    #[test]
    fn tags_in_a_stream_without_an_end_are_suspected() {
        let with = |tag: &[u8]| [&[5; 64], tag, &[6; 140]].concat();
        assert!(!may_be_among(&with(b"")));
        for tag in [&b"LIST"[..], b"APETAGEX", b"LYRICSBEGIN", b"ID3\x04\0\0\0\0\0\x05"] {
            assert!(may_be_among(&with(tag)), "{}", tag.escape_ascii());
        }
        assert!(may_be_among(&[&[5; 64][..], b"TAG", &[6; 125]].concat()));
    }
}
