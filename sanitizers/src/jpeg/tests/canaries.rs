//! One token for every place where something can hide. None may come out.

use crate::jpeg::sample::{before, cleaned, exif, photo, pixels, profile, segment, with};

const TOKEN: &[u8; 16] = b"Zq7CANARYx94kWu2";

/// Every place, with a picture that has the token there.
fn hiding_places() -> Vec<(&'static str, Vec<u8>)> {
    let photo = photo();
    let starting = |start: &[u8]| [start, TOKEN].concat();
    let put = |marker: u8, start: &[u8]| with(&photo, marker, &starting(start));
    let behind = |start: &[u8]| [photo.as_slice(), start, TOKEN].concat();
    let table = |name: u8| [&[name][..], TOKEN, TOKEN, TOKEN, TOKEN].concat();
    let mut codes = vec![0x13, 0, 0, 0, 14];
    codes.resize(17, 0);
    let mut places = vec![
        ("Exif make", with(&photo, 0xE1, &exif(1, 0x010F, TOKEN))),
        ("Exif artist", with(&photo, 0xE1, &exif(6, 0x013B, TOKEN))),
        ("Exif maker note", with(&photo, 0xE1, &exif(1, 0x927C, TOKEN))),
        ("Exif gap", with(&photo, 0xE1, &[exif(1, 0x010F, b"x\0\0\0"), TOKEN.to_vec()].concat())),
        ("Exif broken", put(0xE1, b"Exif\0\0")),
        (
            "second Exif",
            with(&with(&photo, 0xE1, &exif(3, 0x0110, TOKEN)), 0xE1, &exif(3, 1, TOKEN)),
        ),
        ("XMP", put(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta dc:creator=\"")),
        ("XMP extension", put(0xE1, b"http://ns.adobe.com/xmp/extension/\0")),
        ("XMP in UTF-16", with(&photo, 0xE1, &utf16(u16::to_le_bytes))),
        ("JFXX thumbnail", put(0xE0, b"JFXX\0\x13")),
        ("MPF", put(0xE2, b"MPF\0MM\0\x2a")),
        ("FlashPix", put(0xE2, b"FPXR\0")),
        ("HDR layer", put(0xE2, b"urn:iso:std:iso:ts:21496:-1\0")),
        ("ICC damaged", put(0xE2, b"ICC_PROFILE\0\x01\x01")),
        (
            "ICC description",
            with(&photo, 0xE2, &[b"ICC_PROFILE\0\x01\x01", &profile(TOKEN)[..]].concat()),
        ),
        ("JUMBF and C2PA", put(0xEB, b"JP\0\x01\0\0\0\x01\0\0\0\x20jumb")),
        ("Ducky", put(0xEC, b"Ducky\0\x01\0\x04\0\0\0\x3c")),
        ("IPTC", put(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x15\x1c\x02\x50\0\x10")),
        ("Photoshop rest", put(0xED, b"Photoshop 3.0\0")),
        ("Adobe rest", put(0xEE, b"Adobe\0\x64\0\0\0\0\x01")),
        ("comment", put(0xFE, b"")),
        ("reserved segment", put(0xF0, b"")),
        ("between segments", before(&photo, 0xDB, TOKEN)),
        ("unused quantisation table", with(&photo, 0xDB, &table(0x03))),
        ("overwritten quantisation table", with(&photo, 0xDB, &table(0x00))),
        ("unused Huffman table", with(&photo, 0xC4, &[codes, TOKEN[..14].to_vec()].concat())),
        ("film", behind(b"\0\0\0\x18ftypmp42")),
        ("second picture", behind(b"\xFF\xD8\xFF\xE1\0\x12Exif\0\0")),
        ("ZIP behind", behind(b"PK\x05\x06")),
        ("Samsung trailer", behind(b"SEFH")),
        ("anything behind", behind(b"")),
    ];
    for marker in 0xE0..=0xEF {
        places.push(("any application segment", put(marker, b"WHATEVER\0")));
    }
    places
}

fn utf16(order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let text: Vec<u8> = TOKEN.iter().flat_map(|&byte| order(u16::from(byte))).collect();
    [b"http://ns.adobe.com/xap/1.0/\0".as_slice(), &text].concat()
}

/// The token as it could survive: raw, in both kinds of UTF-16, in base64.
fn forms() -> Vec<Vec<u8>> {
    let wide = |order: fn(u16) -> [u8; 2]| {
        TOKEN.iter().flat_map(|&byte| order(u16::from(byte))).collect::<Vec<u8>>()
    };
    let mut forms = vec![TOKEN[..8].to_vec(), TOKEN[8..].to_vec()];
    forms.extend([wide(u16::to_le_bytes), wide(u16::to_be_bytes)]);
    // Base64 depends on where the token begins within three bytes.
    forms.extend((0..3).map(|skipped| base64(&TOKEN[skipped..skipped + 12])));
    forms
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bytes
        .chunks_exact(3)
        .flat_map(|three| {
            let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
            [18, 12, 6, 0].map(|shift| LETTERS[(bits >> shift & 63) as usize])
        })
        .collect()
}

fn holds(bytes: &[u8]) -> bool {
    forms().iter().any(|form| bytes.windows(form.len()).any(|window| window == form))
}

#[test]
fn nothing_that_hides_comes_out() {
    for (place, picture) in hiding_places() {
        assert!(holds(&picture), "{place}: the token is not in the picture");
        let (copy, report) =
            cleaned(&picture).unwrap_or_else(|refusal| panic!("{place}: {refusal}"));
        assert!(!holds(&copy), "{place}: the token came out");
        let quiet = place.contains("table");
        assert!(quiet || !report.findings.is_empty(), "{place}: nothing was reported");
    }
}

#[test]
fn the_picture_is_the_same_whatever_was_hidden_in_the_file() {
    let before = pixels(&photo()).unwrap();
    for (place, picture) in hiding_places() {
        assert_eq!(pixels(&cleaned(&picture).unwrap().0).as_ref(), Some(&before), "{place}");
    }
}

#[test]
fn a_clean_copy_is_clean_already() {
    for (place, picture) in hiding_places() {
        let (once, _) = cleaned(&picture).unwrap();
        let (twice, report) = cleaned(&once).unwrap();
        assert_eq!(once, twice, "{place}");
        assert!(report.findings.is_empty(), "{place}: {:?}", report.findings);
    }
}

#[test]
fn the_same_bytes_always_give_the_same_copy() {
    for (place, picture) in hiding_places() {
        assert_eq!(cleaned(&picture).unwrap(), cleaned(&picture).unwrap(), "{place}");
    }
}

#[test]
fn two_cameras_with_the_same_picture_give_the_same_copy() {
    let photo = photo();
    let first = with(&photo, 0xE1, &exif(6, 0x010F, b"Nikon\0"));
    let first = with(&first, 0xE2, &[b"ICC_PROFILE\0\x01\x01", &profile(TOKEN)[..]].concat());
    let mut other = profile(TOKEN);
    other[24..36].fill(7);
    let second =
        [segment(0xFE, b"made elsewhere"), segment(0xE1, &exif(6, 0x0110, TOKEN))].concat();
    let second = before(&photo, 0xDB, &second);
    let second = with(&second, 0xE2, &[b"ICC_PROFILE\0\x01\x01", &other[..]].concat());
    let second = [second, b"trailer".to_vec()].concat();
    assert_eq!(cleaned(&first).unwrap().0, cleaned(&second).unwrap().0);
}
