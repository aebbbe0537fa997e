//! Hiding places of TIFF.

use super::neighbours::List;
use super::{Outcome, Row, Token};
use crate::refusal::{Damage, Feature, Foreign};
use crate::tiff::TAGS;
use crate::{Kind, Refusal};

use Outcome::{Cleaned, CleanedSilently, Refused};

/// Tag, type, and the bytes of the value.
pub(crate) type Field = (u16, u16, Vec<u8>);

pub(crate) fn short(tag: u16, values: &[u16]) -> Field {
    (tag, 3, values.iter().flat_map(|value| value.to_le_bytes()).collect())
}

fn long(tag: u16, value: u32) -> Field {
    (tag, 4, value.to_le_bytes().to_vec())
}

fn text(tag: u16, token: &Token) -> Field {
    (tag, 2, [token.hidden().as_bytes(), &[0]].concat())
}

fn blob(tag: u16, bytes: &[u8]) -> Field {
    (tag, 7, bytes.to_vec())
}

/// Bytes of one value of these types.
fn width(kind: u16) -> usize {
    match kind {
        3 => 2,
        4 | 13 => 4,
        5 => 8,
        _ => 1,
    }
}

/// Appends strips, values and a directory; returns where the directory is.
fn append(file: &mut Vec<u8>, fields: &[Field], parts: &[Vec<u8>], next: u32) -> u32 {
    let mut places = Vec::new();
    for part in parts {
        places.extend((file.len() as u32).to_le_bytes());
        file.extend(part);
    }
    let lengths = parts.iter().flat_map(|part| (part.len() as u32).to_le_bytes()).collect();
    let mut fields = fields.to_vec();
    let tiled = fields.iter().any(|field| field.0 == 322);
    if !parts.is_empty() {
        fields.push((if tiled { 324 } else { 273 }, 4, places));
        fields.push((if tiled { 325 } else { 279 }, 4, lengths));
    }
    fields.sort_by_key(|field| field.0);
    let mut directory = (fields.len() as u16).to_le_bytes().to_vec();
    for (tag, kind, mut value) in fields {
        let count = (value.len() / width(kind)) as u32;
        if value.len() > 4 {
            file.resize(file.len().next_multiple_of(2), 0);
            let place = (file.len() as u32).to_le_bytes();
            file.extend(std::mem::replace(&mut value, place.to_vec()));
        }
        value.resize(4, 0);
        directory.extend(tag.to_le_bytes());
        directory.extend(kind.to_le_bytes());
        directory.extend(count.to_le_bytes());
        directory.extend(value);
    }
    file.resize(file.len().next_multiple_of(2), 0);
    let place = file.len() as u32;
    file.extend(directory);
    file.extend(next.to_le_bytes());
    place
}

/// One page after another. Nothing leads to what is behind the last one.
pub(crate) fn file(pages: &[(Vec<Field>, Vec<Vec<u8>>)]) -> Vec<u8> {
    let mut file = b"II\x2a\0\0\0\0\0".to_vec();
    let mut link = 4;
    for (fields, parts) in pages {
        let place = append(&mut file, fields, parts, 0);
        file[link..link + 4].copy_from_slice(&place.to_le_bytes());
        link = file.len() - 4;
    }
    file
}

/// Entries of a grey picture of 8 bits.
pub(crate) fn grey(columns: u16, rows: u16, coding: u16) -> Vec<Field> {
    vec![
        short(256, &[columns]),
        short(257, &[rows]),
        short(258, &[8]),
        short(259, &[coding]),
        short(262, &[1]),
        short(277, &[1]),
    ]
}

/// A strip whose samples are text that stands for what people see.
pub(crate) fn strip(token: &Token) -> Vec<u8> {
    token.shown().into_bytes()
}

/// A page of one strip with more entries.
fn page(token: &Token, more: Vec<Field>) -> (Vec<Field>, Vec<Vec<u8>>) {
    let strip = strip(token);
    let fields = [grey(strip.len() as u16, 1, 1), vec![short(278, &[1])], more].concat();
    (fields, vec![strip])
}

fn with(token: &Token, more: Vec<Field>) -> Vec<u8> {
    file(&[page(token, more)])
}

/// A page with a directory below it.
fn below(token: &Token, tag: u16, fields: &[Field], parts: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"II\x2a\0\0\0\0\0".to_vec();
    let place = append(&mut file, fields, parts, 0);
    let (fields, parts) = page(token, vec![long(tag, place)]);
    let place = append(&mut file, &fields, &parts, 0);
    file[4..8].copy_from_slice(&place.to_le_bytes());
    file
}

/// A page of one packed strip.
fn packed(token: &Token, coding: u16, bytes: Vec<u8>, fields: Vec<Field>) -> Vec<u8> {
    let length = strip(token).len() as u16;
    file(&[([grey(length, 1, coding), vec![short(278, &[1])], fields].concat(), vec![bytes])])
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::none());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn lzw(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = weezl::encode::Encoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8);
    encoder.encode(bytes).unwrap()
}

/// A JPEG of 16 by 16 pixels with a comment, as a strip.
fn jpeg_strip(token: &Token) -> (Vec<Field>, Vec<u8>) {
    let mut jpeg = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 80);
    let samples: Vec<u8> = (0..=255).collect();
    image::ImageEncoder::write_image(encoder, &samples, 16, 16, image::ExtendedColorType::L8)
        .unwrap();
    let comment = [&[0xFF, 0xFE, 0, 2 + token.bytes().len() as u8][..], &token.bytes()].concat();
    jpeg.splice(2..2, comment);
    ([grey(16, 16, 7), vec![short(278, &[16])]].concat(), jpeg)
}

macro_rules! row {
    ($place:expr, $outcome:expr, $plant:expr) => {
        Row { kind: Kind::Tiff, place: $place, plant: $plant, outcome: $outcome }
    };
}

const MISSING: Outcome = Refused(Refusal::Damaged(Damage::Missing));
const CAMERA: Outcome = Refused(Refusal::NotCleanable(Foreign::RawPicture));
const CONSTRUCT: Outcome = Refused(Refusal::Feature(Feature::Construct));
const CODING: Outcome = Refused(Refusal::Feature(Feature::Coding));

/// Entries that are left out.
fn entries() -> Vec<Row> {
    vec![
        row!("DocumentName", Cleaned, |t| with(t, vec![text(269, t)])),
        row!("ImageDescription", Cleaned, |t| with(t, vec![text(270, t)])),
        row!("Make", Cleaned, |t| with(t, vec![text(271, t)])),
        row!("Model", Cleaned, |t| with(t, vec![text(272, t)])),
        row!("PageName", Cleaned, |t| with(t, vec![text(285, t)])),
        row!("Software", Cleaned, |t| with(t, vec![text(305, t)])),
        row!("DateTime", Cleaned, |t| with(t, vec![text(306, t)])),
        row!("Artist", Cleaned, |t| with(t, vec![text(315, t)])),
        row!("HostComputer", Cleaned, |t| with(t, vec![text(316, t)])),
        row!("Copyright", Cleaned, |t| with(t, vec![text(33_432, t)])),
        row!("XMP", Cleaned, |t| with(t, vec![blob(700, &t.bytes())])),
        row!("XMP in UTF-16", Cleaned, |t| with(t, vec![blob(700, &t.utf16())])),
        row!("IPTC", Cleaned, |t| with(t, vec![blob(33_723, &t.bytes())])),
        row!("Photoshop blocks", Cleaned, |t| {
            let block = [&b"8BIM\x04\x04\0\0\0\0\0\x20"[..], &t.bytes()].concat();
            with(t, vec![blob(34_377, &block)])
        }),
        row!("ImageSourceData of Photoshop", Cleaned, |t| {
            with(t, vec![blob(37_724, &t.bytes())])
        }),
        row!("GeoTIFF: corners", Cleaned, |t| with(t, vec![blob(33_550, &t.bytes())])),
        row!("GeoTIFF: keys", Cleaned, |t| with(t, vec![blob(34_735, &t.bytes())])),
        row!("GeoTIFF: texts", Cleaned, |t| with(t, vec![text(34_737, t)])),
        row!("GDAL metadata", Cleaned, |t| with(t, vec![text(42_112, t)])),
        row!("unique picture number", Cleaned, |t| with(t, vec![text(42_016, t)])),
        row!("PrintIM", Cleaned, |t| with(t, vec![blob(50_341, &t.bytes())])),
        row!("private entry of a scanner", Cleaned, |t| with(t, vec![blob(65_422, &t.bytes())])),
        row!("target printer", Cleaned, |t| with(t, vec![text(337, t)])),
        row!("names of inks", Cleaned, |t| with(t, vec![text(333, t)])),
        row!("ClipPath", Cleaned, |t| with(t, vec![blob(343, &t.bytes())])),
        row!("transfer function", Cleaned, |t| with(t, vec![blob(301, &t.bytes())])),
        row!("white point", Cleaned, |t| with(t, vec![blob(318, &t.bytes())])),
        row!("entry of an unknown type", Cleaned, |t| {
            let mut file = with(t, vec![text(315, t)]);
            let at = file.windows(4).rposition(|field| field == [0x3B, 1, 2, 0]).unwrap();
            file[at + 2] = 99;
            file
        }),
        row!("tables for JPEG in a page without", CleanedSilently, |t| {
            with(t, vec![blob(347, &t.bytes())])
        }),
        row!("colour profile that cannot be read", Cleaned, |t| {
            with(t, vec![blob(34_675, &t.bytes())])
        }),
        row!("description of the second page", Cleaned, |t| {
            file(&[page(t, vec![]), page(t, vec![text(270, t)])])
        }),
    ]
}

/// Directories below a page, and pages that nobody shows.
fn directories() -> Vec<Row> {
    vec![
        row!("Exif: user comment", Cleaned, |t| {
            below(t, 34_665, &[blob(0x9286, &t.bytes())], &[])
        }),
        row!("Exif: maker note", Cleaned, |t| below(t, 34_665, &[blob(0x927C, &t.bytes())], &[])),
        row!("Exif: serial number", Cleaned, |t| below(t, 34_665, &[text(0xA431, t)], &[])),
        row!("GPS", Cleaned, |t| below(t, 34_853, &[text(29, t)], &[])),
        row!("interoperability", Cleaned, |t| below(t, 40_965, &[text(1, t)], &[])),
        row!("picture below a page", Cleaned, |t| {
            below(t, 330, &grey(32, 1, 1), &[t.bytes().to_vec()])
        }),
        row!("picture below a page, of the type for directories", Cleaned, |t| {
            let mut file = below(t, 330, &grey(32, 1, 1), &[t.bytes().to_vec()]);
            let at = file.windows(4).rposition(|field| field == [0x4A, 1, 4, 0]).unwrap();
            file[at + 2] = 13;
            file
        }),
        row!("place of a picture below that is none", Cleaned, |t| with(t, vec![text(330, t)])),
        row!("place of Exif that is none", Cleaned, |t| with(t, vec![text(34_665, t)])),
        row!("place of GPS that is none", Cleaned, |t| with(t, vec![text(34_853, t)])),
        row!("smaller version in the chain", Cleaned, |t| {
            let small = [grey(32, 1, 1), vec![long(254, 1)]].concat();
            file(&[page(t, vec![]), (small, vec![t.bytes().to_vec()])])
        }),
        row!("smaller version by the old entry", Cleaned, |t| {
            let small = [grey(32, 1, 1), vec![short(255, &[2])]].concat();
            file(&[(small, vec![t.bytes().to_vec()]), page(t, vec![])])
        }),
        row!("strips beyond those of the picture", Cleaned, |t| {
            let (fields, strips) = page(t, vec![]);
            file(&[(fields, [strips, vec![t.bytes().to_vec()]].concat())])
        }),
    ]
}

/// Bytes that nobody is shown.
fn unseen() -> Vec<Row> {
    vec![
        row!("behind the end", Cleaned, |t| [&with(t, vec![])[..], &t.bytes()].concat()),
        row!("between structures", Cleaned, |t| {
            let mut file = [&b"II\x2a\0\0\0\0\0"[..], &t.bytes()].concat();
            let (fields, parts) = page(t, vec![]);
            let place = append(&mut file, &fields, &parts, 0);
            file[4..8].copy_from_slice(&place.to_le_bytes());
            file
        }),
        row!("second file behind the end", Cleaned, |t| {
            [&with(t, vec![])[..], &with(t, vec![text(315, t)])].concat()
        }),
        row!("ZIP behind the end", Cleaned, |t| {
            [&with(t, vec![])[..], b"PK\x03\x04", &t.bytes()].concat()
        }),
        row!("behind the samples of a plain strip", Cleaned, |t| {
            packed(t, 1, [&strip(t)[..], &t.bytes()].concat(), vec![])
        }),
        row!("behind the samples inside LZW", Cleaned, |t| {
            packed(t, 5, [&lzw(&strip(t))[..], &t.bytes()].concat(), vec![])
        }),
        row!("behind the end of Deflate", Cleaned, |t| {
            packed(t, 8, [&deflated(&strip(t))[..], &t.bytes()].concat(), vec![])
        }),
        row!("behind the last row inside Deflate", Cleaned, |t| {
            packed(t, 32_946, deflated(&[&strip(t)[..], &t.bytes()].concat()), vec![])
        }),
        row!("behind the last row in PackBits", Cleaned, |t| {
            // Each byte is a run of its own.
            let runs = strip(t).into_iter().flat_map(|byte| [0, byte, 128]).collect::<Vec<_>>();
            packed(t, 32_773, [&runs[..], &[31], &t.bytes()].concat(), vec![])
        }),
        row!("spare bits of rows", Cleaned, |t| {
            // One bit is shown, seven of each byte are spare.
            let token = t.bytes();
            let fields = vec![
                short(256, &[1]),
                short(257, &[token.len() as u16]),
                short(258, &[1]),
                short(262, &[1]),
                short(278, &[token.len() as u16]),
            ];
            file(&[(fields, vec![token.to_vec()])])
        }),
        row!("tile beyond the edge", Cleaned, |t| {
            let token = t.bytes();
            let mut tile = [&[7; 32][..], &token].concat();
            tile.resize(256, 0);
            let fields = [grey(16, 2, 1), vec![short(322, &[16]), short(323, &[16])]].concat();
            file(&[(fields, vec![tile])])
        }),
        row!("palette colours that no pixel has", Cleaned, |t| {
            let mut colours = [0_u8; 1536];
            colours[200..200 + t.bytes().len()].copy_from_slice(&t.bytes());
            let fields = [
                vec![short(256, &[2]), short(257, &[1]), short(258, &[8]), short(262, &[3])],
                vec![(320, 3, colours.to_vec()), (315, 2, b"Anna\0".to_vec())],
            ];
            file(&[(fields.concat(), vec![vec![0, 1]])])
        }),
        row!("comment inside a JPEG strip", Cleaned, |t| {
            let (fields, jpeg) = jpeg_strip(t);
            file(&[(fields, vec![jpeg])])
        }),
        row!("behind the end of a JPEG strip", Cleaned, |t| {
            let (fields, jpeg) = jpeg_strip(t);
            file(&[(fields, vec![[&jpeg[..], &t.bytes()].concat()])])
        }),
        row!("comment in the tables for JPEG", Cleaned, |t| {
            let (mut fields, jpeg) = jpeg_strip(t);
            let comment = [0xFF, 0xFE, 0, 2 + t.bytes().len() as u8];
            let tables = [&[0xFF, 0xD8][..], &comment, &t.bytes(), &[0xFF, 0xD9]].concat();
            fields.push(blob(347, &tables));
            file(&[(fields, vec![jpeg])])
        }),
    ]
}

/// Colours that full transparency hides.
fn under() -> Vec<Row> {
    vec![
        row!("colours under full transparency", Cleaned, |t| {
            let pixels: Vec<u8> = t
                .bytes()
                .chunks(3)
                .flat_map(|colour| [colour, &[0, 0, 0, 0][..4 - colour.len()]].concat())
                .collect();
            let fields = vec![
                short(256, &[pixels.len() as u16 / 4]),
                short(257, &[1]),
                short(258, &[8; 4]),
                short(262, &[2]),
                short(277, &[4]),
                short(338, &[2]),
                (315, 2, t.bytes().to_vec()),
            ];
            file(&[(fields, vec![pixels])])
        }),
        row!("colours under a plane of full transparency", Cleaned, |t| {
            let grey = t.bytes().to_vec();
            let fields = vec![
                short(256, &[grey.len() as u16]),
                short(257, &[1]),
                short(258, &[8; 2]),
                short(262, &[1]),
                short(277, &[2]),
                short(284, &[2]),
                short(338, &[2]),
            ];
            let clear = vec![0; grey.len()];
            file(&[(fields, vec![grey, clear])])
        }),
    ]
}

/// Files that are not taken.
fn refused() -> Vec<Row> {
    vec![
        row!("numbers of the colour model", CODING, |t| { modelled(532, &t.bytes().repeat(3)) }),
        row!("parts of brightness", CODING, |t| modelled(529, &t.bytes().repeat(2)[..24])),
        row!("raw picture of a camera: DNG", CAMERA, |t| {
            with(t, vec![(50_706, 1, vec![1, 4, 0, 0]), text(315, t)])
        }),
        row!("raw picture of a camera: colour filter", CAMERA, |t| {
            let (mut fields, parts) = page(t, vec![text(315, t)]);
            fields[4] = short(262, &[32_803]);
            file(&[(fields, parts)])
        }),
        row!("raw picture below a small one", CAMERA, |t| {
            with(t, vec![long(254, 1), text(315, t)])
        }),
        row!("old JPEG", CODING, |t| packed(t, 6, t.bytes().to_vec(), vec![])),
        row!("JPEG 2000", CODING, |t| packed(t, 34_712, t.bytes().to_vec(), vec![])),
        row!("mask", CONSTRUCT, |t| {
            let (mut fields, parts) = page(t, vec![text(315, t)]);
            fields[4] = short(262, &[4]);
            file(&[(fields, parts)])
        }),
        row!("inks that are not those of printers", CONSTRUCT, |t| {
            let (mut fields, parts) = page(t, vec![text(333, t), short(332, &[2])]);
            fields[4] = short(262, &[5]);
            file(&[(fields, parts)])
        }),
        row!("one entry twice", MISSING, |t| {
            with(t, vec![short(274, &[1]), short(274, &[6]), text(315, t)])
        }),
        row!("strips and tiles", MISSING, |t| {
            with(t, vec![long(324, 8), long(325, 1), text(315, t)])
        }),
        row!("chain that bites its tail", Refused(Refusal::Damaged(Damage::Order)), |t| {
            let mut file = with(t, vec![text(315, t)]);
            let first: Vec<u8> = file[4..8].to_vec();
            let end = file.len() - 4;
            file[end..].copy_from_slice(&first);
            file
        }),
        row!("missing samples", Refused(Refusal::Truncated), |t| {
            let (mut fields, parts) = page(t, vec![text(315, t)]);
            fields[0] = short(256, &[900]);
            file(&[(fields, parts)])
        }),
        row!("JPEG strip larger than the picture", Refused(Refusal::Damaged(Damage::Value)), |t| {
            let (mut fields, jpeg) = jpeg_strip(t);
            fields[1] = short(257, &[8]);
            file(&[(fields, vec![jpeg])])
        }),
        row!("header of a document", Refused(Refusal::Polyglot), |t| {
            with(t, vec![blob(65_000, &[&b"%PDF-1.7"[..], &t.bytes()].concat())])
        }),
    ]
}

/// Colours by brightness and two differences, with numbers of the model in this entry.
fn modelled(tag: u16, numbers: &[u8]) -> Vec<u8> {
    let fields = vec![
        short(256, &[1]),
        short(257, &[1]),
        short(258, &[8; 3]),
        short(262, &[6]),
        short(277, &[3]),
        short(530, &[1, 1]),
        (tag, 5, numbers.to_vec()),
    ];
    file(&[(fields, vec![vec![1, 2, 3]])])
}

/// The rows of TIFF.
pub(super) fn rows() -> Vec<Row> {
    [entries(), directories(), unseen(), under(), refused()].into_iter().flatten().collect()
}

/// The allow-lists of TIFF.
pub(super) fn lists() -> Vec<List> {
    vec![List { name: TAGS.name, forbidden: TAGS.forbidden.len(), kinds: &[Kind::Tiff] }]
}
