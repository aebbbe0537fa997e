//! What cameras and programs leave in a file: position, names, a thumbnail.
//!
//! A bare picture would let a cleaner off its work.

use crate::{chunks, segments};

const NAME: &[u8] = b"Anna Holm\0";
const XMP: &[u8] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF \
    xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description \
    xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:exif='http://ns.adobe.com/exif/1.0/' \
    dc:source='Anna Holm' exif:GPSLatitude='55,40.56N'/></rdf:RDF></x:xmpmeta>";

/// Types of a field: text, 16 bits, 32 bits, a fraction of two of these.
const TEXT: u16 = 2;
const SHORT: u16 = 3;
const LONG: u16 = 4;
const FRACTION: u16 = 5;

/// Puts Exif with position and thumbnail, XMP and a comment into a JPEG.
pub(crate) fn in_jpeg(jpeg: &[u8]) -> Vec<u8> {
    let exif = [b"Exif\0\0", exif(&segments::photo()).as_slice()].concat();
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0", XMP].concat();
    let named = segments::with(&segments::with(jpeg, 0xFE, NAME), 0xE1, &xmp);
    // Exif last: the next one would find its place by the tables of the thumbnail.
    segments::with(&named, 0xE1, &exif)
}

/// Puts the same into a PNG, behind its header.
pub(crate) fn in_png(png: &[u8]) -> Vec<u8> {
    let (head, rest) = png.split_at(33);
    let xmp = [b"XML:com.adobe.xmp\0\0\0\0\0", XMP].concat();
    let author = [b"Author\0", NAME].concat();
    let planted = [
        chunks::chunk(*b"eXIf", &exif(&segments::photo())),
        chunks::chunk(*b"iTXt", &xmp),
        chunks::chunk(*b"tEXt", &author[..author.len() - 1]),
    ];
    [head, &planted.concat(), rest].concat()
}

/// A TIFF block: camera, orientation and owner, a position, a thumbnail.
fn exif(thumbnail: &[u8]) -> Vec<u8> {
    let degrees: Vec<u8> =
        [55_u32, 1, 40, 1, 3360, 100].iter().flat_map(|number| number.to_be_bytes()).collect();
    let mut block = b"MM\0\x2a\0\0\0\x08".to_vec();
    // Each directory is followed by the values that do not fit into it.
    let position_at = 8 + size(&[NAME.len(), 0, NAME.len(), 0]);
    let thumbnail_at = position_at + size(&[0, degrees.len(), 0, degrees.len()]);
    let camera = [
        (0x010F, TEXT, NAME),
        (0x0112, SHORT, &[0, 6, 0, 0]),
        (0x013B, TEXT, NAME),
        (0x8825, LONG, &be(position_at)),
    ];
    directory(&mut block, &camera, thumbnail_at);
    let position = [
        (1, TEXT, b"N\0\0\0".as_slice()),
        (2, FRACTION, &degrees),
        (3, TEXT, b"E\0\0\0"),
        (4, FRACTION, &degrees),
    ];
    directory(&mut block, &position, 0);
    let picture_at = thumbnail_at + size(&[0, 0]);
    let (start, length) = (be(picture_at), be(thumbnail.len()));
    directory(&mut block, &[(0x0201, LONG, &start), (0x0202, LONG, &length)], 0);
    block.extend(thumbnail);
    block
}

/// Bytes of a directory whose values outside have these lengths.
fn size(outside: &[usize]) -> usize {
    2 + 12 * outside.len() + 4 + outside.iter().sum::<usize>()
}

fn directory(block: &mut Vec<u8>, fields: &[(u16, u16, &[u8])], next: usize) {
    let mut outside_at = block.len() + size(&vec![0; fields.len()]);
    let mut outside: Vec<u8> = Vec::new();
    block.extend(u16::try_from(fields.len()).unwrap().to_be_bytes());
    for &(tag, kind, value) in fields {
        let count = match (kind, value) {
            (TEXT, [_, 0, 0, 0]) => 2,
            (TEXT, _) => value.len(),
            (FRACTION, _) => value.len() / 8,
            _ => 1,
        };
        block.extend(tag.to_be_bytes());
        block.extend(kind.to_be_bytes());
        block.extend(be(count));
        if value.len() == 4 {
            block.extend(value);
        } else {
            block.extend(be(outside_at));
            outside.extend(value);
            outside_at += value.len();
        }
    }
    block.extend(be(next));
    block.extend(outside);
}

fn be(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap().to_be_bytes()
}
