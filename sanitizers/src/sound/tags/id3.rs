//! `ID3v2` tags: how long they are, and what their frames tell.

use crate::{Category, Notes};

/// The first bytes of a tag.
pub(crate) const MARK: &[u8] = b"ID3";

/// Bytes of the header, and of the footer where there is one.
const HEAD: usize = 10;
/// A tag of version 2.4 ends with a copy of its header.
const HAS_FOOTER: u8 = 0x10;
/// Frames that are counted one by one; real tags have some dozens.
const MOST_FRAMES: usize = 1_000;

/// The length of a tag that begins here, by its header.
pub(crate) fn length(bytes: &[u8]) -> Option<usize> {
    let [b'I', b'D', b'3', version, revision, flags, size @ ..] = bytes.get(..HEAD)? else {
        return None;
    };
    if *version == 0xFF || *revision == 0xFF || size.iter().any(|byte| byte & 0x80 != 0) {
        return None;
    }
    let size = size.iter().fold(0, |size, &byte| size << 7 | usize::from(byte));
    Some(HEAD + size + if flags & HAS_FOOTER == 0 { 0 } else { HEAD })
}

/// Counts what the frames of a tag tell. A tag whose frames cannot be read counts once.
pub(crate) fn note(tag: &[u8], notes: &mut Notes) {
    let old = tag.get(3) == Some(&2);
    let (name, size, head) = if old { (3, 3, 6) } else { (4, 4, 10) };
    let sevens = tag.get(3) == Some(&4);
    let mut rest = tag.get(HEAD..).unwrap_or_default();
    let mut frames = 0;
    while frames < MOST_FRAMES
        && let Some((frame, behind)) = rest.split_at_checked(head)
        && let Some((id, fields)) = frame.split_at_checked(name)
        && id.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    {
        let digits = fields.iter().take(size);
        let shift = if sevens { 7 } else { 8 };
        let length = digits.fold(0_usize, |sum, &byte| sum << shift | usize::from(byte));
        notes.found(category(id));
        frames += 1;
        rest = behind.get(length..).unwrap_or_default();
    }
    if frames == 0 {
        notes.found(Category::Descriptions);
    }
}

/// What a frame tells, by its identifier (ID3v2.4, section 4; ID3v2.2, section 4).
fn category(id: &[u8]) -> Category {
    match id {
        b"APIC" | b"PIC" => Category::HiddenPictures,
        b"GEOB" | b"GEO" => Category::EmbeddedFiles,
        b"COMM" | b"COM" | b"USLT" | b"ULT" | b"SYLT" => Category::Comments,
        b"PRIV" | b"UFID" | b"UFI" | b"TSRC" | b"MCDI" | b"MCI" => Category::Identifiers,
        b"TSSE" | b"TSS" | b"TENC" | b"TEN" => Category::Software,
        [b'T', b'P', b'E' | b'1'..=b'4', ..]
        | b"OWNE"
        | b"COMR"
        | b"POPM"
        | b"TCOM"
        | b"TCOP"
        | b"TEXT"
        | b"TOPE"
        | b"TOLY"
        | b"TOWN"
        | b"TPUB"
        | b"TCM"
        | b"TCR"
        | b"TXT" => Category::People,
        [b'T', b'D' | b'Y', ..] | b"TIME" | b"TIM" | b"TRDA" | b"TORY" | b"TOR" => Category::Dates,
        [b'W', ..] => Category::Links,
        _ => Category::Descriptions,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_each_version_are_counted() {
        let found = |tag: &[u8]| {
            let mut notes = Notes::default();
            note(tag, &mut notes);
            notes.findings().iter().map(|found| found.category).collect::<Vec<_>>()
        };
        let old = b"ID3\x02\0\0\0\0\0\x15TP1\0\0\x05\0AnnaPIC\0\0\x01x\0\0\0";
        assert_eq!(found(old), [Category::People, Category::HiddenPictures]);
        let new = b"ID3\x04\0\0\0\0\0\x20TDRC\0\0\0\x05\0\0\x002024WXXX\0\0\0\x02\0\0\0x";
        assert_eq!(found(new), [Category::Dates, Category::Links]);
        assert_eq!(found(b"ID3\x04\0\0\0\0\0\x00"), [Category::Descriptions]);
    }

    #[test]
    fn a_footer_belongs_to_the_tag() {
        assert_eq!(length(b"ID3\x04\0\0\0\0\x01\x00"), Some(138));
        assert_eq!(length(b"ID3\x04\0\x10\0\0\x01\x00"), Some(148));
        assert_eq!(length(b"ID3\x04\0\0\0\0\x80\x00"), None);
    }
}
