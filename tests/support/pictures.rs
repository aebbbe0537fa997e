//! Photographs that tell too much, made in code.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

use super::planted::word;

/// Where [`photo`] has a word.
pub const PLACES: [&str; 10] = [
    "camera",
    "maker note",
    "serial number",
    "location",
    "thumbnail",
    "XMP",
    "comment",
    "second picture",
    "second picture's comment",
    "trailer",
];

/// A field of a directory in Exif: its number, its type, its value.
type Field = (u16, u16, Vec<u8>);

const TEXT: u16 = 2;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;
const BYTES: u16 = 7;

/// A photograph as a telephone writes it, with words in all of [`PLACES`].
pub fn photo() -> Vec<u8> {
    let plain = plain_photo();
    let (start, rest) = plain.split_at(2);
    let xmp = format!(
        "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF \
         xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description \
         xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>{}</dc:creator>\
         </rdf:Description></rdf:RDF></x:xmpmeta>",
        word("XMP")
    );
    let second = hiding(&plain, &word("second picture"), &word("second picture's comment"), "");
    let before = [start, &segment(0xe1, &exif()), &segment(0xe1, xmp.as_bytes())].concat();
    let after = [&segment(0xfe, word("comment").as_bytes()), rest].concat();
    // The list of pictures counts from behind its own name.
    let base = before.len() + 8;
    let length = before.len() + pictures(0, 0, 0).len() + after.len();
    let list = pictures(length, length - base, second.len());
    [before, list, after, second, word("trailer").into_bytes()].concat()
}

/// Says that a second picture stands behind the first one (CIPA DC-007).
fn pictures(first: usize, start: usize, second: usize) -> Vec<u8> {
    let entry = |kind: u32, length: usize, start: usize| {
        let numbers = [kind, length as u32, start as u32, 0];
        numbers.map(u32::to_be_bytes).concat()
    };
    let entries = [entry(0x2003_0000, first, 0), entry(0, second, start)].concat();
    let fields =
        [(0xb000, BYTES, b"0100".to_vec()), (0xb001, LONG, long(2)), (0xb002, BYTES, entries)];
    segment(0xe2, &[b"MPF\0MM\0\x2a\0\0\0\x08", &*directory(8, &fields, 0)].concat())
}

/// Exif with a camera, its serial number, its maker's notes, a place and a small copy.
fn exif() -> Vec<u8> {
    let text = |text: &str| [text.as_bytes(), b"\0"].concat();
    let degrees = |numbers: [u32; 3]| {
        numbers.iter().flat_map(|number| [number.to_be_bytes(), [0, 0, 0, 1]].concat()).collect()
    };
    let first = |exif: u32, gps: u32| {
        vec![
            (0x010f, TEXT, text(&word("camera"))),
            (0x8769, LONG, long(exif)),
            (0x8825, LONG, long(gps)),
        ]
    };
    let details: Vec<Field> = vec![
        (0x9003, TEXT, text("2026:03:14 09:26:53")),
        (0x927c, BYTES, word("maker note").into()),
        (0xa431, TEXT, text(&word("serial number"))),
    ];
    let place: Vec<Field> = vec![
        (1, TEXT, text("N")),
        (2, RATIONAL, degrees([55, 40, 34])),
        (3, TEXT, text("E")),
        (4, RATIONAL, degrees([12, 34, 6])),
        (0x1c, BYTES, [b"ASCII\0\0\0", word("location").as_bytes()].concat()),
    ];
    let copy = hiding(&small_photo(), "", &word("thumbnail"), "");
    let small = |at: u32| vec![(0x0201, LONG, long(at)), (0x0202, LONG, long(copy.len() as u32))];
    // Lengths do not depend on what the pointers say.
    let details_at = 8 + directory(0, &first(0, 0), 0).len() as u32;
    let place_at = details_at + directory(0, &details, 0).len() as u32;
    let small_at = place_at + directory(0, &place, 0).len() as u32;
    let copy_at = small_at + directory(0, &small(0), 0).len() as u32;
    [
        b"Exif\0\0MM\0\x2a\0\0\0\x08".to_vec(),
        directory(8, &first(details_at, place_at), small_at),
        directory(details_at, &details, 0),
        directory(place_at, &place, 0),
        directory(small_at, &small(copy_at), 0),
        copy,
    ]
    .concat()
}

fn long(value: u32) -> Vec<u8> {
    value.to_be_bytes().to_vec()
}

/// A directory that stands at `at`, with the values behind it that do not fit into it.
fn directory(at: u32, fields: &[Field], next: u32) -> Vec<u8> {
    let mut out = (fields.len() as u16).to_be_bytes().to_vec();
    let mut values: Vec<u8> = Vec::new();
    let values_at = at + 2 + 12 * fields.len() as u32 + 4;
    for (number, kind, value) in fields {
        let size = match *kind {
            LONG => 4,
            RATIONAL => 8,
            _ => 1,
        };
        out.extend(number.to_be_bytes());
        out.extend(kind.to_be_bytes());
        out.extend((value.len() as u32 / size).to_be_bytes());
        if value.len() > 4 {
            out.extend((values_at + values.len() as u32).to_be_bytes());
            values.extend(value);
        } else {
            let mut short = value.clone();
            short.resize(4, 0);
            out.extend(short);
        }
    }
    out.extend(next.to_be_bytes());
    out.extend(values);
    out
}

/// A picture with a camera, a comment and bytes after its end.
pub fn hiding(plain: &[u8], camera: &str, comment: &str, trailer: &str) -> Vec<u8> {
    let (start, rest) = plain.split_at(2);
    let make: [Field; 1] = [(0x010f, TEXT, [camera.as_bytes(), b"\0"].concat())];
    let exif = [b"Exif\0\0MM\0\x2a\0\0\0\x08", &*directory(8, &make, 0)].concat();
    let mut photo = start.to_vec();
    photo.extend(segment(0xe1, &exif));
    photo.extend(segment(0xfe, comment.as_bytes()));
    photo.extend(rest);
    photo.extend(trailer.bytes());
    photo
}

/// A picture of noise: no two are alike.
pub fn noise(random: impl FnMut() -> u8) -> Vec<u8> {
    noise_of(64, 48, random)
}

/// A picture of noise of this size in pixels.
pub fn noise_of(width: u32, height: u32, mut random: impl FnMut() -> u8) -> Vec<u8> {
    jpeg(&RgbImage::from_fn(width, height, |_, _| Rgb([random(), random(), random()])))
}

/// A bar with a wave in it, as wide as a site's name.
pub fn logo() -> Vec<u8> {
    let wave = |x: u32| 20.0 + 8.0 * (f64::from(x) / 12.0).sin();
    let picture = RgbImage::from_fn(160, 40, |x, y| {
        if f64::from(y) > wave(x) { Rgb([122, 31, 75]) } else { Rgb([255, 255, 255]) }
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// The picture of [`photo`] without anything else.
pub fn plain_photo() -> Vec<u8> {
    jpeg(&RgbImage::from_fn(64, 48, |x, y| Rgb([(x * 4) as u8, (y * 5) as u8, 90])))
}

fn small_photo() -> Vec<u8> {
    jpeg(&RgbImage::from_fn(16, 12, |x, y| Rgb([(x * 16) as u8, (y * 20) as u8, 90])))
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = (content.len() + 2) as u16;
    [&[0xff, marker][..], &length.to_be_bytes(), content].concat()
}
