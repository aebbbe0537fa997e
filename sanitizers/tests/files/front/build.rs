//! Pictures and chunks made in code.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use png::{BitDepth, ColorType};

/// A chunk with its checksum.
pub(crate) fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(&name);
    crc.update(data);
    let length = u32::try_from(data.len()).unwrap();
    [&length.to_be_bytes()[..], &name, data, &crc.sum().to_be_bytes()].concat()
}

pub(crate) fn zlib(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(9));
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn header(width: u32, height: u32, depth: u8, colour: u8, interlace: u8) -> Vec<u8> {
    let tail = [depth, colour, 0, 0, interlace];
    [&width.to_be_bytes()[..], &height.to_be_bytes(), &tail].concat()
}

/// A file of these chunks, with signature and end.
pub(crate) fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
    let signature = b"\x89PNG\r\n\x1a\n".to_vec();
    [&[signature][..], chunks, &[chunk(*b"IEND", b"")]].concat().concat()
}

/// A grey picture of 4 by 2 pixels with `before` and `after` around its data.
pub(crate) fn grey(before: &[Vec<u8>], after: &[Vec<u8>]) -> Vec<u8> {
    let data = chunk(*b"IDAT", &zlib(b"\0\x10\x20\x30\x40\0\x50\x60\x70\x80"));
    file(&[&[chunk(*b"IHDR", &header(4, 2, 8, 0, 0))], before, &[data], after].concat())
}

/// Chunks of a file up to its end, in order.
pub(crate) fn chunks(file: &[u8]) -> Vec<([u8; 4], Vec<u8>)> {
    let mut rest = &file[8..];
    let mut chunks: Vec<([u8; 4], Vec<u8>)> = Vec::new();
    while !chunks.iter().any(|(name, _)| name == b"IEND") {
        let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
        chunks.push((rest[4..8].try_into().unwrap(), rest[8..8 + length].to_vec()));
        rest = &rest[12 + length..];
    }
    chunks
}

pub(crate) fn names(file: &[u8]) -> Vec<String> {
    chunks(file).iter().map(|(name, _)| String::from_utf8_lossy(name).into_owned()).collect()
}

/// Samples without a pattern, the same every time.
pub(crate) fn samples(count: usize) -> Vec<u8> {
    let mut state = 0x2545_F491_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_be_bytes()[1]
    };
    (0..count).map(|_| next()).collect()
}

/// Every legal combination of colour and depth.
pub(crate) const FORMATS: [(ColorType, BitDepth); 15] = [
    (ColorType::Grayscale, BitDepth::One),
    (ColorType::Grayscale, BitDepth::Two),
    (ColorType::Grayscale, BitDepth::Four),
    (ColorType::Grayscale, BitDepth::Eight),
    (ColorType::Grayscale, BitDepth::Sixteen),
    (ColorType::Rgb, BitDepth::Eight),
    (ColorType::Rgb, BitDepth::Sixteen),
    (ColorType::Indexed, BitDepth::One),
    (ColorType::Indexed, BitDepth::Two),
    (ColorType::Indexed, BitDepth::Four),
    (ColorType::Indexed, BitDepth::Eight),
    (ColorType::GrayscaleAlpha, BitDepth::Eight),
    (ColorType::GrayscaleAlpha, BitDepth::Sixteen),
    (ColorType::Rgba, BitDepth::Eight),
    (ColorType::Rgba, BitDepth::Sixteen),
];

/// A picture of 37 by 19 pixels from another encoder than ours.
pub(crate) fn encoded(
    (colour, depth): (ColorType, BitDepth),
    filter: png::Filter,
    level: png::Compression,
) -> Vec<u8> {
    let bits = 37 * colour.samples() * depth as usize;
    let mut rows = samples(bits.div_ceil(8) * 19);
    if !bits.is_multiple_of(8) {
        let spare = 0xFF_u8 << (8 - bits % 8);
        rows.chunks_exact_mut(bits.div_ceil(8)).for_each(|row| *row.last_mut().unwrap() &= spare);
    }
    if matches!(colour, ColorType::Rgba | ColorType::GrayscaleAlpha) {
        // No pixel is wholly transparent.
        for sample in &mut rows {
            *sample |= 1;
        }
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 37, 19);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    encoder.set_filter(filter);
    encoder.set_compression(level);
    if colour == ColorType::Indexed {
        let entries = 1 << depth as usize;
        encoder.set_palette(samples(3 * entries));
        encoder.set_trns(samples(entries / 2));
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&rows).unwrap();
    writer.finish().unwrap();
    file
}

/// Three frames, the second smaller, with data in two chunks.
pub(crate) fn animated() -> Vec<u8> {
    let control = |number: u32, size: [u32; 4], delay: [u16; 2]| {
        let mut data = number.to_be_bytes().to_vec();
        data.extend(size.iter().flat_map(|value| value.to_be_bytes()));
        data.extend(delay.iter().flat_map(|value| value.to_be_bytes()));
        data.extend([1, 1]);
        chunk(*b"fcTL", &data)
    };
    let frame_data =
        |number: u32, data: &[u8]| chunk(*b"fdAT", &[&number.to_be_bytes(), data].concat());
    let whole = |value: u8| zlib(&[[0, value, value, 9, 9], [0, 1, value, 2, value]].concat());
    let small = zlib(&[1, 5, 3]);
    file(&[
        chunk(*b"IHDR", &header(4, 2, 8, 0, 0)),
        chunk(*b"acTL", &[0, 0, 0, 3, 0, 0, 0, 2]),
        control(0, [4, 2, 0, 0], [10, 100]),
        chunk(*b"IDAT", &whole(200)),
        control(1, [2, 1, 1, 1], [3, 0]),
        frame_data(2, &small[..5]),
        frame_data(3, &small[5..]),
        control(4, [4, 2, 0, 0], [1, 7]),
        frame_data(5, &whole(77)),
    ])
}
