//! Everything that could be put back, put back: the verifier must say no.

use std::io::Cursor;

use super::verify;
use crate::canaries::Token;
use crate::canaries::heif::build::{
    File, avif, boxed, config, exif, frame, full, heic, obu, picture, profile, size, tiles, unit,
};
use crate::{Limits, Notes, Refusal};

fn cleaned(original: &[u8]) -> Vec<u8> {
    let source = &mut Cursor::new(original);
    let copy = crate::heif::clean(source, &Limits::default(), &mut Notes::default()).unwrap();
    copy.into_bytes(source).unwrap()
}

fn verdict(original: &[u8], clean: &[u8]) -> Result<(), Refusal> {
    verify(&mut Cursor::new(original), clean, &Limits::default())
}

fn refused(original: &[u8], clean: &[u8]) {
    assert_eq!(verdict(original, clean), Err(Refusal::Verification), "{}", clean.escape_ascii());
}

fn token() -> Token {
    Token::new(7)
}

/// Two tiles with transparency, cut and turned.
fn rich() -> File {
    let mut file = tiles(&token());
    file.item(*b"hvc1", "", &picture(b"alpha"));
    file.properties(4, &[0x81, 2]);
    file.property(4, full(*b"auxC", b"urn:mpeg:hevc:2015:auxid:1\0"), false);
    file.reference(*b"auxl", 4, &[1]);
    file.reference(*b"prem", 1, &[4]);
    let crop = [100_u32, 1, 50, 1, 0, 1, 0, 1].map(u32::to_be_bytes).concat();
    file.property(1, boxed(*b"clap", &crop), true);
    file.property(1, boxed(*b"irot", &[1]), true);
    file.property(1, boxed(*b"colr", b"nclx\0\x01\0\x0d\0\x06\x80"), false);
    file
}

#[test]
fn copies_are_accepted() {
    for file in
        [heic(&token()).bytes(), tiles(&token()).bytes(), avif(&token()).bytes(), rich().bytes()]
    {
        let copy = cleaned(&file);
        assert_eq!(verdict(&file, &copy), Ok(()), "{}", copy.escape_ascii());
        assert_eq!(verdict(&copy, &copy), Ok(()));
        assert_eq!(cleaned(&copy), copy);
    }
}

#[test]
fn a_copy_that_differs_by_a_bit_is_refused() {
    for file in [heic(&token()).bytes(), rich().bytes(), avif(&token()).bytes()] {
        let copy = cleaned(&file);
        for at in 0..copy.len() {
            let mut other = copy.clone();
            other[at] ^= 1;
            refused(&file, &other);
        }
        refused(&file, &[&copy[..], b"Anna"].concat());
        refused(&file, &[&copy[..], &boxed(*b"free", b"")].concat());
        refused(&file, &copy[..copy.len() - 1]);
        refused(&file, b"");
    }
}

/// What makes a file dirty.
type Spoil = fn(&mut File);

#[test]
fn what_is_not_on_the_list_is_refused_even_if_the_original_has_it() {
    let spoils: [Spoil; 13] = [
        |file| file.item(*b"Exif", "", &exif(&token())),
        |file| file.item(*b"mime", "application/rdf+xml", b"<Anna/>"),
        |file| file.item(*b"hvc1", "", &picture(b"hidden")),
        |file| file.items[0].name = "Anna".to_owned(),
        |file| file.handler = "Anna".to_owned(),
        |file| file.property(1, full(*b"udes", b"en\0Anna\0\0\0"), false),
        |file| file.property(1, boxed(*b"anna", b"Anna"), false),
        |file| {
            file.property(1, boxed(*b"colr", &[&b"prof"[..], &profile(&token())].concat()), false);
        },
        |file| file.property(1, boxed(*b"pasp", &[0, 0, 0, 2, 0, 0, 0, 2]), false),
        |file| file.property(9, full(*b"udes", b"Anna"), false),
        |file| file.meta.extend(full(*b"xml ", b"<Anna/>")),
        |file| file.items[0].data.extend(unit(39, 0, b"Anna")),
        |file| file.properties[0] = config(&[b"\x4e\x01Anna"]),
    ];
    // As the copy would be, but for what is wrong.
    for spoil in spoils {
        let mut file = heic(&token());
        spoil(&mut file);
        refused(&file.bytes(), &file.bytes());
        assert!(verdict(&file.bytes(), &cleaned(&file.bytes())).is_ok());
    }
    for kind in [2, 5, 7, 8, 9, 15] {
        let mut file = avif(&token());
        file.items[0].data.extend(obu(kind, b"Anna"));
        refused(&file.bytes(), &file.bytes());
        assert!(verdict(&file.bytes(), &cleaned(&file.bytes())).is_ok());
    }
}

#[test]
fn what_is_shown_must_be_what_was_shown() {
    let original = heic(&token()).bytes();
    let spoils: [Spoil; 8] = [
        |file| file.items[0].data = picture(b"another"),
        |file| file.properties[1] = size(64, 63),
        |file| file.property(1, boxed(*b"irot", &[1]), true),
        |file| file.property(1, boxed(*b"imir", &[1]), true),
        |file| file.property(1, boxed(*b"colr", b"nclx\0\x01\0\x0d\0\x06\x80"), false),
        |file| file.property(1, full(*b"pixi", &[3, 8, 8, 8]), false),
        |file| file.property(1, boxed(*b"pasp", &[0, 0, 0, 2, 0, 0, 0, 1]), false),
        |file| file.properties[0] = config(&[&[34 << 1, 1, 8]]),
    ];
    for spoil in spoils {
        let mut file = heic(&token());
        spoil(&mut file);
        refused(&original, &cleaned(&file.bytes()));
        refused(&file.bytes(), &cleaned(&original));
    }
    // Sets beside the slices may only repeat what the parameters say.
    let mut file = heic(&token());
    file.items[0].data.extend(unit(34, 0, b"another"));
    refused(&file.bytes(), &cleaned(&original));
}

#[test]
fn what_a_picture_is_made_of_must_be_the_same() {
    let original = tiles(&token()).bytes();
    let mut turned = tiles(&token());
    turned.references.clear();
    turned.reference(*b"dimg", 1, &[3, 2]);
    let mut other = tiles(&token());
    other.items[0].data = vec![0, 0, 1, 0, 0, 60, 0, 120];
    other.properties[2] = size(60, 120);
    let mut transparent = tiles(&token());
    transparent.item(*b"hvc1", "", &picture(b"alpha"));
    transparent.properties(4, &[0x81, 2]);
    transparent.property(4, full(*b"auxC", b"urn:mpeg:hevc:2015:auxid:1\0"), false);
    transparent.reference(*b"auxl", 4, &[2]);
    for file in [turned, other, transparent, heic(&token())] {
        refused(&original, &cleaned(&file.bytes()));
        refused(&file.bytes(), &cleaned(&original));
    }
    let mut two = avif(&token());
    two.items[0].data = frame(b"another");
    refused(&avif(&token()).bytes(), &cleaned(&two.bytes()));
}
