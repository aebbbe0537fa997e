use std::io::Cursor;

use super::super::{Kind, recognise as kind_of};
use super::signatures::{SEVERAL, SIGNATURES};
use crate::Refusal;
use crate::refusal::Foreign;

/// A file that has these bytes at these places, and others that are no text.
fn file(places: &[(usize, &[u8])]) -> Vec<u8> {
    let end = places.iter().map(|(at, bytes)| at + bytes.len()).max().unwrap();
    let mut file = vec![1; end.max(600)];
    for (at, bytes) in places {
        file[*at..at + bytes.len()].copy_from_slice(bytes);
    }
    file
}

fn of(file: &[u8]) -> Result<Kind, Refusal> {
    kind_of(&mut Cursor::new(file))
}

#[test]
fn every_signature_leads_to_its_advice() {
    let one = SIGNATURES.iter().flat_map(|(foreign, all)| {
        all.iter().map(move |place| (*foreign, std::slice::from_ref(place)))
    });
    for (foreign, places) in one.chain(SEVERAL) {
        assert_eq!(of(&file(places)), Err(Refusal::NotCleanable(foreign)), "{places:x?}");
    }
}

#[test]
fn texts_of_other_programs_are_known() {
    for (text, foreign) in [
        ("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna\r\nEND:VCARD\r\n", Foreign::Card),
        ("\u{FEFF}BEGIN:VCALENDAR\nPRODID;X=1:a\n", Foreign::Card),
        ("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n", Foreign::Encrypted),
        ("-----BEGIN PKCS7-----\nMIIB\n", Foreign::Encrypted),
        ("-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n", Foreign::Encrypted),
        ("%!PS-Adobe-3.0 EPSF-3.0\n", Foreign::VectorPicture),
        ("%!PS\n/a 1 def\n", Foreign::VectorPicture),
        ("%!PS-AdobeFont-1.0: A\n", Foreign::Font),
        ("{\\rtf1\\ansi a}", Foreign::Office),
        ("  0\nSECTION\n  2\nHEADER\n", Foreign::Cad),
        ("ISO-10303-21;\nHEADER;\n", Foreign::Cad),
        ("[InternetShortcut]\r\nURL=https://x.test/\r\n", Foreign::Shortcut),
        ("[Desktop Entry]\nName[da]=a\n", Foreign::Shortcut),
        ("d8:announce35:http://x.test/", Foreign::Shortcut),
        ("# Disk DescriptorFile\nversion=1\n", Foreign::DiskImage),
    ] {
        assert_eq!(of(text.as_bytes()), Err(Refusal::NotCleanable(foreign)), "{text}");
    }
}

/// A copy is UTF-8 with line feeds: what it would then be known as, the original is.
#[test]
fn texts_of_other_programs_are_known_in_every_encoding() {
    let utf16 = |text: &str, unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect()
    };
    for (file, foreign) in [
        (b"\xA0age-encryption.org/v1\n".to_vec(), Foreign::Encrypted),
        (b"age-encryption.org/v1\r\xE6\r".to_vec(), Foreign::Encrypted),
        (utf16("age-encryption.org/v1\r\n", u16::to_le_bytes), Foreign::Encrypted),
        (utf16("d4:infod6:length", u16::to_be_bytes), Foreign::Shortcut),
        (b"\xA0d4:info7".to_vec(), Foreign::Shortcut),
        (b"0\rSECTION\r2\rHEADER\r".to_vec(), Foreign::Cad),
        (b"BEGIN:VCARD\rVERSION:3.0\rFN:Anna\r".to_vec(), Foreign::Card),
    ] {
        assert_eq!(of(&file), Err(Refusal::NotCleanable(foreign)), "{file:x?}");
    }
}

#[test]
fn letters_about_other_formats_are_letters() {
    for text in [
        "BEGIN:VCARD is how the file began.",
        "BEGIN:VCARD\n\nThat is what I saw.",
        "BEGIN:VCALENDAR\nand then it stopped",
        "-----BEGIN PGP MESSAGE----- was all he wrote",
        "[InternetShortcut]\nThat is what it said.",
        "0\nSECTIONS were missing",
        "%!PS is odd.",
        "ISO-10303-21; is a norm",
        "d8:announce was in the log",
        "PK is a name. Rar! OTTO wrote; icns, MThd and fLaC too.",
        "BZh91AY&SY",
        "SIT! said the man. MAC is a brand.",
        "true\nfalse\n",
        "070701 was the code.",
        "BLENDER for the kitchen",
        "caff\u{E9}",
        "AC1032",
        "P6\nis a group",
    ] {
        assert_eq!(of(text.as_bytes()), Ok(Kind::Text), "{text}");
    }
}

#[test]
fn copies_of_disks_are_known_by_what_lies_far_behind() {
    let mut disc = vec![0; 40_000];
    disc[32_769..32_774].copy_from_slice(b"CD001");
    let mut image = vec![1; 2048];
    image[1536..1540].copy_from_slice(b"koly");
    let mut fixed = vec![1; 2048];
    fixed[1536..1544].copy_from_slice(b"conectix");
    for file in [disc, image, fixed] {
        assert_eq!(of(&file), Err(Refusal::NotCleanable(Foreign::DiskImage)));
    }
    assert_eq!(of(&[1; 2048]), Err(Refusal::UnknownFormat));
}

/// A TIFF whose only directory has these tags, each with one number of two bytes.
fn tiff(tags: &[(u16, u16)]) -> Vec<u8> {
    let mut file = b"II*\0\x08\0\0\0".to_vec();
    file.extend(u16::try_from(tags.len()).unwrap().to_le_bytes());
    for (tag, value) in tags {
        let entry = [*tag, 3, 1, 0, *value, 0].map(u16::to_le_bytes);
        file.extend(entry.concat());
    }
    file.extend([0; 4]);
    file
}

#[test]
fn raw_pictures_are_told_from_scans() {
    for tags in
        [&[(256, 9), (50_706, 1)][..], &[(254, 1), (330, 8)], &[(259, 34_713)], &[(262, 32_803)]]
    {
        let refused = Err(Refusal::NotCleanable(Foreign::RawPicture));
        assert_eq!(of(&tiff(tags)), refused, "{tags:?}");
    }
    for tags in [&[(256, 9), (259, 5)][..], &[(254, 0), (330, 8)], &[(254, 1), (262, 2)], &[]] {
        assert_eq!(of(&tiff(tags)), Ok(Kind::Tiff), "{tags:?}");
    }
    let canon = b"II*\0\x10\0\0\0CR\x02\0\0\0\0\0";
    assert_eq!(of(canon), Err(Refusal::NotCleanable(Foreign::RawPicture)));
    let film = b"\0\0\0\x18ftypcrx \0\0\0\x01";
    assert_eq!(of(film), Err(Refusal::NotCleanable(Foreign::RawPicture)));
}
