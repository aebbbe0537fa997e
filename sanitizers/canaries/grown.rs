//! Grown files: something is put in at any place, and nothing of it may come out.
//!
//! The rows of the table say where things are known to hide. Here the containers are
//! taken apart by a grammar of their own, and a piece with a name that somebody may have
//! thought of, or nobody, goes in where a piece can stand.

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;

use super::{Outcome, Row, Token, clean, rows, search};
use crate::Kind;

/// Formats whose rows are grown, and how.
const FAMILIES: [(&[Kind], Grow); 4] = [
    (&[Kind::Wav, Kind::Webp, Kind::Aiff], grow_chunks),
    (&[Kind::Mp4, Kind::Mov, Kind::M4a, Kind::Heic, Kind::Avif], grow_boxes),
    (&[Kind::Mkv, Kind::Webm], grow_elements),
    (
        &[
            Kind::Docx,
            Kind::Xlsx,
            Kind::Pptx,
            Kind::Odt,
            Kind::Ods,
            Kind::Odp,
            Kind::Odg,
            Kind::Epub,
        ],
        grow_parts,
    ),
];

/// Puts a token into a file at a place; none where nothing can be put.
type Grow = fn(&[u8], &Places, &str) -> Option<Vec<u8>>;

/// Where something goes in, and which of several things.
#[derive(Debug)]
struct Places {
    first: u32,
    second: u32,
    what: u32,
}

/// One of so many.
fn pick(number: u32, of: usize) -> usize {
    number as usize % of.max(1)
}

/// What is put into lists of chunks: names that are known to tell something, and others.
const CHUNKS: [&[u8; 4]; 10] =
    [b"LIST", b"bext", b"iXML", b"id3 ", b"EXIF", b"XMP ", b"ANNO", b"APPL", b"JUNK", b"zzzz"];

/// RIFF (low byte first) and IFF (high byte first).
fn grow_chunks(file: &[u8], places: &Places, token: &str) -> Option<Vec<u8>> {
    let low_first = file.starts_with(b"RIFF");
    let number = |bytes: &[u8]| {
        let bytes = bytes.try_into().unwrap();
        if low_first { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) }
    };
    let bytes = |number: u32| if low_first { number.to_le_bytes() } else { number.to_be_bytes() };
    let mut starts = Vec::new();
    let mut at = 12;
    while at + 8 <= file.len() {
        starts.push(at);
        let size = number(&file[at + 4..at + 8]) as usize;
        at = at.checked_add(8 + size + size % 2)?;
    }
    if at != file.len() {
        return None;
    }
    starts.push(at);
    let at = starts[pick(places.first, starts.len())];
    let name = CHUNKS[pick(places.what, CHUNKS.len())];
    let chunk = [&name[..], &bytes(token.len() as u32), token.as_bytes()].concat();
    let mut grown = [&file[..at], &chunk, &file[at..]].concat();
    let size = (grown.len() - 8) as u32;
    grown[4..8].copy_from_slice(&bytes(size));
    Some(grown)
}

const BOXES: [&[u8; 4]; 10] =
    [b"udta", b"uuid", b"free", b"skip", b"meta", b"name", b"\xA9xyz", b"Xtra", b"ilst", b"zzzz"];
/// Boxes that hold boxes and nothing else (ISO/IEC 14496-12).
const HOLDERS: [&[u8; 4]; 10] =
    [b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"udta", b"iprp", b"ipco"];

/// Where boxes can go in: each place, and where the boxes around it begin.
fn box_places(file: &[u8], from: usize, to: usize, around: &[usize]) -> Vec<(usize, Vec<usize>)> {
    let mut places = vec![(to, around.to_vec())];
    let mut at = from;
    while at + 8 <= to {
        let size = u32::from_be_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        if size < 8 || size > to - at {
            break;
        }
        places.push((at, around.to_vec()));
        if HOLDERS.iter().any(|name| file[at + 4..at + 8] == name[..]) {
            let around = [around, &[at]].concat();
            places.extend(box_places(file, at + 8, at + size, &around));
        }
        at += size;
    }
    places
}

fn grow_boxes(file: &[u8], places: &Places, token: &str) -> Option<Vec<u8>> {
    // In front of samples nothing may move: their places are counted from the start.
    let samples = file.windows(4).position(|window| window == b"mdat")?;
    let mut open = box_places(file, 0, file.len(), &[]);
    open.retain(|(at, _)| *at > samples);
    let (at, around) = open.get(pick(places.first, open.len()))?;
    let name = BOXES[pick(places.what, BOXES.len())];
    let size = (token.len() + 8) as u32;
    let piece = [&size.to_be_bytes()[..], name, token.as_bytes()].concat();
    let mut grown = [&file[..*at], &piece, &file[*at..]].concat();
    for &start in around {
        let old = u32::from_be_bytes(grown[start..start + 4].try_into().unwrap());
        grown[start..start + 4].copy_from_slice(&(old + size).to_be_bytes());
    }
    Some(grown)
}

/// Void, title, date, writing application, file name, tag string, and two that nobody knows.
const ELEMENTS: [&[u8]; 8] = [
    &[0xEC],
    &[0x7B, 0xA9],
    &[0x44, 0x61],
    &[0x57, 0x41],
    &[0x46, 0x6E],
    &[0x44, 0x87],
    &[0x42, 0x01],
    &[0x7F, 0x00],
];
/// Segment, Info, Tracks, `TrackEntry`, Cluster, `BlockGroup`, Tags (RFC 9559).
const MASTERS: [&[u8]; 7] = [
    &[0x18, 0x53, 0x80, 0x67],
    &[0x15, 0x49, 0xA9, 0x66],
    &[0x16, 0x54, 0xAE, 0x6B],
    &[0xAE],
    &[0x1F, 0x43, 0xB6, 0x75],
    &[0xA0],
    &[0x12, 0x54, 0xC3, 0x67],
];

/// An element (RFC 8794): its name, its content, and whether that is elements again.
struct Element {
    name: Vec<u8>,
    data: Vec<u8>,
    inside: Option<Vec<Element>>,
}

fn elements(mut bytes: &[u8]) -> Option<Vec<Element>> {
    let mut list = Vec::new();
    while let Some(&first) = bytes.first() {
        let width = first.leading_zeros() as usize + 1;
        let name = bytes.get(..width)?.to_vec();
        let &mark = bytes.get(width)?;
        let digits = mark.leading_zeros() as usize + 1;
        let size = bytes.get(width..width + digits)?;
        let lead = u64::from(mark) & !(0x100_u64 >> digits.min(8));
        let size = size[1..].iter().fold(lead, |sum, &byte| (sum << 8) | u64::from(byte));
        let start = width + digits;
        // A size that nobody knew yet ends with what is around it.
        let unknown = size == (1_u64 << (7 * digits)) - 1;
        let end =
            if unknown { bytes.len() } else { start.checked_add(usize::try_from(size).ok()?)? };
        let data = bytes.get(start..end)?.to_vec();
        let inside = MASTERS.contains(&name.as_slice()).then(|| elements(&data)).flatten();
        list.push(Element { name, data, inside });
        bytes = &bytes[end..];
    }
    Some(list)
}

fn written(list: &[Element]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for element in list {
        let data =
            element.inside.as_ref().map_or_else(|| element.data.clone(), |list| written(list));
        bytes.extend_from_slice(&element.name);
        bytes.push(0x01);
        bytes.extend_from_slice(&(data.len() as u64).to_be_bytes()[1..]);
        bytes.extend(data);
    }
    bytes
}

fn put(list: &mut Vec<Element>, places: &Places, token: &str, depth: usize) {
    let at = pick(places.first, list.len() + 1);
    let deeper = pick(places.second, 4) > depth;
    if let Some(inside) = list.get_mut(at).and_then(|element| element.inside.as_mut())
        && deeper
    {
        return put(inside, places, token, depth + 1);
    }
    let name = ELEMENTS[pick(places.what, ELEMENTS.len())].to_vec();
    list.insert(at, Element { name, data: token.as_bytes().to_vec(), inside: None });
}

fn grow_elements(file: &[u8], places: &Places, token: &str) -> Option<Vec<u8>> {
    let mut list = elements(file)?;
    put(&mut list, places, token, 0);
    Some(written(&list))
}

/// What is put into the tags of a part.
const ATTRIBUTES: [&str; 8] =
    ["rsidR", "author", "descr", "title", "w:author", "xml:id", "xr:uid", "meta:creator"];

/// Attributes, comments, instructions and foreign elements in the parts of a package.
fn grow_parts(file: &[u8], places: &Places, token: &str) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).ok()?;
    let mut parts = Vec::new();
    for number in 0..archive.len() {
        let mut member = archive.by_index(number).ok()?;
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).ok()?;
        parts.push((member.name().unwrap().into_owned(), bytes));
    }
    let xml: Vec<usize> =
        (0..parts.len()).filter(|&number| parts[number].1.starts_with(b"<")).collect();
    let part = &mut parts[*xml.get(pick(places.first, xml.len()))?].1;
    let ends: Vec<usize> = (1..part.len())
        .filter(|&at| part[at] == b'>' && !b"/?-".contains(&part[at - 1]))
        .filter(|&at| {
            part[..at]
                .iter()
                .rposition(|&byte| byte == b'<')
                .is_some_and(|start| part.get(start + 1).is_some_and(u8::is_ascii_alphabetic))
        })
        .collect();
    let at = *ends.get(pick(places.second, ends.len()))?;
    let kind = pick(places.what, ATTRIBUTES.len() + 3);
    let (at, piece) = match ATTRIBUTES.get(kind) {
        Some(name) => (at, format!(" {name}=\"{token}\"")),
        None if kind == ATTRIBUTES.len() => (at + 1, format!("<!--{token}-->")),
        None if kind == ATTRIBUTES.len() + 1 => (at + 1, format!("<?{token} {token}?>")),
        None => (at + 1, format!("<q:q xmlns:q=\"urn:{token}\" q:q=\"{token}\"/>")),
    };
    part.splice(at..at, piece.into_bytes());
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in &parts {
        writer.start_file(name, stored).ok()?;
        writer.write_all(bytes).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

/// The rows of a family that are cleaned.
fn accepted(kinds: &[Kind]) -> Vec<Row> {
    let cleaned =
        |row: &Row| kinds.contains(&row.kind) && !matches!(row.outcome, Outcome::Refused(_));
    rows().into_iter().filter(cleaned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn what_is_put_into_a_container_does_not_come_out_of_it(
        family in 0..FAMILIES.len(),
        row in any::<u32>(),
        (first, second, what) in any::<(u32, u32, u32)>(),
    ) {
        let (kinds, grow) = FAMILIES[family];
        let rows = accepted(kinds);
        prop_assume!(!rows.is_empty());
        let row = &rows[pick(row, rows.len())];
        let file = (row.plant)(&Token::new(1));
        let token = Token::new(2).hidden();
        if let Some(grown) = grow(&file, &Places { first, second, what }, &token) {
            prop_assert!(search::holds(&grown, &token));
            if let Ok((copy, _)) = clean(&grown) {
                prop_assert!(!search::holds(&copy, &token), "{:?}, {}", row.kind, row.place);
            }
        }
    }
}

#[test]
fn most_grown_files_are_cleaned_and_not_refused() {
    for (kinds, grow) in FAMILIES {
        let (mut grown, mut cleaned) = (0, 0);
        for row in accepted(kinds) {
            let end = Places { first: 1, second: 0, what: 0 };
            if let Some(file) = grow(&(row.plant)(&Token::new(1)), &end, &Token::new(2).hidden()) {
                grown += 1;
                cleaned += u32::from(clean(&file).is_ok());
            }
        }
        assert!(cleaned * 2 > grown, "{cleaned} of {grown} of {kinds:?}");
    }
}
