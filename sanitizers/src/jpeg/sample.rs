//! Pictures made for tests, and knives to put things into them.

use image::codecs::jpeg::JpegEncoder;

/// A colourful picture of 64 by 48 points with a JFIF segment.
pub(crate) fn photo() -> Vec<u8> {
    let picture = image::RgbImage::from_fn(64, 48, |x, y| {
        let (x, y) = (u8::try_from(x).unwrap(), u8::try_from(y).unwrap());
        image::Rgb([x.wrapping_mul(4), y.wrapping_mul(5), x ^ y])
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 85).encode_image(&picture).unwrap();
    bytes
}

/// One segment.
pub(crate) fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, marker], &length[..], body].concat()
}

/// A Huffman table whose only code, of one bit, means `symbol`.
fn one_code(name: u8, symbol: u8) -> Vec<u8> {
    let mut body = vec![name, 1];
    body.resize(17, 0);
    body.push(symbol);
    segment(0xC4, &body)
}

fn start(frame: u8, components: u8) -> Vec<u8> {
    let quantisation = [&[0][..], &[1; 64]].concat();
    let mut header = vec![8, 0, 8, 0, 8, components];
    header.extend((1..=components).flat_map(|id| [id, 0x11, 0]));
    let adobe = segment(0xEE, b"Adobe\0\x64\0\0\0\0\0");
    let adobe = if components == 4 { adobe } else { Vec::new() };
    let tables = [one_code(0x00, 0), one_code(0x10, 0)].concat();
    [vec![0xFF, 0xD8], adobe, segment(0xDB, &quantisation), segment(frame, &header), tables]
        .concat()
}

/// A grey square, coded in one scan.
pub(crate) fn grey() -> Vec<u8> {
    let scan = segment(0xDA, &[1, 1, 0x00, 0, 63, 0]);
    [start(0xC0, 1), scan, vec![0x3F, 0xFF, 0xD9]].concat()
}

/// A grey square in two progressive scans.
pub(crate) fn progressive() -> Vec<u8> {
    let coarse = segment(0xDA, &[1, 1, 0x00, 0, 0, 0]);
    let fine = segment(0xDA, &[1, 1, 0x00, 1, 63, 0]);
    [start(0xC2, 1), coarse, vec![0x7F], fine, vec![0x7F, 0xFF, 0xD9]].concat()
}

/// A square of four inks.
pub(crate) fn cmyk() -> Vec<u8> {
    let scan = segment(0xDA, &[4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]);
    [start(0xC0, 4), scan, vec![0x00, 0xFF, 0xD9]].concat()
}

/// Where a marker first stands.
pub(crate) fn find(jpeg: &[u8], marker: u8) -> usize {
    jpeg.windows(2).position(|pair| pair == [0xFF, marker]).unwrap()
}

/// Puts bytes in front of the first `marker`.
pub(crate) fn before(jpeg: &[u8], marker: u8, bytes: &[u8]) -> Vec<u8> {
    let (head, tail) = jpeg.split_at(find(jpeg, marker));
    [head, bytes, tail].concat()
}

/// Puts a segment in front of the tables, where cameras put theirs.
pub(crate) fn with(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    before(jpeg, 0xDB, &segment(marker, body))
}

/// An Exif block: an orientation and a text in one tag.
pub(crate) fn exif(orientation: u8, tag: u16, text: &[u8]) -> Vec<u8> {
    let length = u32::try_from(text.len()).unwrap();
    let mut body = b"Exif\0\0II\x2a\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    body.extend([orientation, 0, 0, 0]);
    body.extend(tag.to_le_bytes());
    body.extend([2, 0]);
    body.extend(length.to_le_bytes());
    body.extend(38_u32.to_le_bytes());
    body.extend([0; 4]);
    body.extend(text);
    body
}

/// The decoded samples with their size.
pub(crate) fn pixels(jpeg: &[u8]) -> Option<(u32, u32, Vec<u8>)> {
    let format = image::ImageFormat::Jpeg;
    let picture = image::load_from_memory_with_format(jpeg, format).ok()?;
    Some((picture.width(), picture.height(), picture.into_bytes()))
}

/// Cleans through the front door, verifier and all.
pub(crate) fn cleaned(jpeg: &[u8]) -> Result<(Vec<u8>, crate::Report), crate::Refusal> {
    let mut copy = Vec::new();
    let limits = crate::Limits::default();
    let report = crate::sanitize(&mut std::io::Cursor::new(jpeg), &mut copy, &limits)?;
    Ok((copy, report))
}

/// Adobe RGB as a program would write it, with the token as description and device.
pub(crate) fn profile(token: &[u8; 16]) -> Vec<u8> {
    let point = |x: u32, y: u32, z: u32| {
        [&b"XYZ \0\0\0\0"[..], &x.to_be_bytes(), &y.to_be_bytes(), &z.to_be_bytes()].concat()
    };
    let curve = b"curv\0\0\0\0\0\0\0\x01\x02\x33".to_vec();
    let text = [b"text\0\0\0\0", &token[..]].concat();
    let tags = [
        (b"desc", text),
        (b"rXYZ", point(0x9C18, 0x4FA5, 0x04FC)),
        (b"gXYZ", point(0x348D, 0xA02C, 0x0F95)),
        (b"bXYZ", point(0x2631, 0x102F, 0xBE9C)),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut header = vec![0; 128];
    header[8..12].copy_from_slice(&[2, 0x10, 0, 0]);
    header[12..24].copy_from_slice(b"mntrRGB XYZ ");
    header[36..40].copy_from_slice(b"acsp");
    header[84..100].copy_from_slice(token);
    let mut table = u32::try_from(tags.len()).unwrap().to_be_bytes().to_vec();
    let mut data = Vec::new();
    for (name, body) in &tags {
        let at = u32::try_from(132 + 12 * tags.len() + data.len()).unwrap();
        table.extend(&name[..]);
        table.extend(at.to_be_bytes());
        table.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
        data.extend(body);
    }
    [header, table, data].concat()
}
