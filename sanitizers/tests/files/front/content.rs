//! What is shown stays what it was.

use png::{BitDepth, ColorType, Compression, Filter};

use crate::cleaning::{clean, clean_with_report};
use crate::front::build::{self, FORMATS, animated, encoded};

/// All frames: size, place, duration in milliseconds, samples expanded from palettes.
type Frames = Vec<((u32, u32, u32, u32), f64, Vec<u8>)>;

pub(crate) fn frames(file: &[u8]) -> Frames {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().unwrap();
    let mut frames = Frames::new();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    while let Ok(shown) = reader.next_frame(&mut pixels) {
        let (place, duration) = reader.info().frame_control.map_or(((0, 0), 0.0), |control| {
            let hundredths = if control.delay_den == 0 { 100 } else { control.delay_den };
            let duration = f64::from(control.delay_num) * 1000.0 / f64::from(hundredths);
            ((control.x_offset, control.y_offset), duration)
        });
        let size = (shown.width, shown.height, place.0, place.1);
        frames.push((size, duration, blank_hidden(&pixels[..shown.buffer_size()], &shown)));
    }
    frames
}

/// The colour of a wholly transparent pixel is not shown.
fn blank_hidden(pixels: &[u8], shown: &png::OutputInfo) -> Vec<u8> {
    let wide = usize::from(shown.bit_depth == BitDepth::Sixteen) + 1;
    let mut pixels = pixels.to_vec();
    for pixel in pixels.chunks_exact_mut(shown.color_type.samples() * wide) {
        let (_, alpha) = pixel.split_at(pixel.len() - wide);
        if alpha.iter().all(|&byte| byte == 0) {
            pixel.fill(0);
        }
    }
    pixels
}

#[test]
fn every_colour_type_and_depth_keeps_its_pixels() {
    for format in FORMATS {
        let original = encoded(format, Filter::Adaptive, Compression::Balanced);
        let clean = clean(&original);
        assert_eq!(frames(&original), frames(&clean), "{format:?}");
        let kept = build::chunks(&clean)[0].1.clone();
        assert_eq!(kept, build::chunks(&original)[0].1, "16 bits stay 16 bits: {format:?}");
    }
}

#[test]
fn encoders_with_other_filters_and_levels_give_one_file() {
    for format in FORMATS {
        let first = clean(&encoded(format, Filter::NoFilter, Compression::High));
        for filter in [Filter::Sub, Filter::Up, Filter::Avg, Filter::Paeth, Filter::Adaptive] {
            let other = clean(&encoded(format, filter, Compression::Fast));
            assert!(first == other, "{format:?} {filter:?}");
        }
    }
}

#[test]
fn cleaning_twice_changes_nothing_more() {
    let mut files: Vec<_> =
        FORMATS.map(|format| encoded(format, Filter::Paeth, Compression::Fast)).to_vec();
    files.extend([animated(), interlaced(7, 5), interlaced(1, 1), interlaced(9, 17)]);
    for file in files {
        let once = clean(&file);
        assert!(clean(&file) == once, "the same bytes in, the same bytes out");
        let (twice, report) = clean_with_report(&once).unwrap();
        assert!(once == twice);
        assert_eq!(report.findings, []);
    }
}

#[test]
fn an_animation_keeps_its_frames() {
    let original = animated();
    let clean = clean(&original);
    assert_eq!(frames(&original).len(), 3);
    assert_eq!(frames(&original), frames(&clean));
}

#[test]
fn a_picture_beside_its_animation_stays_beside_it() {
    // Viewers without animation show the first picture, others do not.
    let mut chunks = Vec::new();
    for (name, mut data) in build::chunks(&animated()) {
        match &name {
            b"IEND" => continue,
            b"acTL" => data[3] = 2,
            b"fcTL" if data[3] == 0 => continue,
            b"fcTL" | b"fdAT" => data[3] -= 1,
            _ => {}
        }
        chunks.push(build::chunk(name, &data));
    }
    let original = build::file(&chunks);
    assert_eq!(frames(&original).len(), 3);
    assert_eq!(frames(&original), frames(&clean(&original)));
    // And the person is told that most do not see it.
    let mut copy = Vec::new();
    let limits = sluse_sanitizers::Limits::default();
    let report =
        sluse_sanitizers::sanitize(&mut std::io::Cursor::new(&original), &mut copy, &limits);
    assert_eq!(report.unwrap().warnings, [sluse_sanitizers::Warning::HiddenParts]);
}

/// An interlaced picture of four grey levels: rows are given pass by pass.
fn interlaced(width: u32, height: u32) -> Vec<u8> {
    let passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4)];
    let mut rows = Vec::new();
    for (x, y, dx, dy) in passes.into_iter().chain([(1, 0, 2, 2), (0, 1, 1, 2)]) {
        let wide = (x..width).step_by(dx).len();
        let high = (y..height).step_by(dy).len();
        if wide > 0 {
            for row in 0..high {
                rows.push(u8::try_from(row % 3).unwrap());
                rows.extend(build::samples(wide * 3));
            }
        }
    }
    build::file(&[
        build::chunk(*b"IHDR", &build::header(width, height, 8, 2, 1)),
        build::chunk(*b"IDAT", &build::zlib(&rows)),
    ])
}

#[test]
fn interlaced_pictures_of_awkward_sizes_keep_their_pixels() {
    for (width, height) in [(1, 1), (2, 3), (3, 2), (4, 4), (5, 1), (8, 8), (13, 29)] {
        let original = interlaced(width, height);
        assert_eq!(frames(&original), frames(&clean(&original)), "{width} x {height}");
    }
}

#[test]
fn a_picture_that_is_smooth_only_across_does_not_grow() {
    const WIDTH: u32 = 1600;
    const HEIGHT: u32 = 900;
    let steps = build::samples(usize::try_from(WIDTH * HEIGHT * 3).unwrap());
    let mut rows = Vec::new();
    for (y, row) in steps.chunks(usize::try_from(WIDTH * 3).unwrap()).enumerate() {
        // Each row begins anew, then changes by small steps.
        rows.push(1);
        rows.extend(steps[y * 3..][..3].iter());
        rows.extend(row[3..].iter().map(|step| (step % 3).wrapping_sub(1)));
    }
    let original = build::file(&[
        build::chunk(*b"IHDR", &build::header(WIDTH, HEIGHT, 8, 2, 0)),
        build::chunk(*b"IDAT", &build::zlib(&rows)),
    ]);
    let copy = clean(&original);
    assert_eq!(frames(&original), frames(&copy));
    assert_eq!(clean(&copy), copy);
    assert!(copy.len() < original.len() * 3 / 2, "{} {}", copy.len(), original.len());
}

#[test]
fn colour_and_transparency_chunks_that_are_shown_stay() {
    let pairs: [(&[u8; 4], &[u8]); 6] = [
        (b"sRGB", &[1]),
        (b"gAMA", &45_455_u32.to_be_bytes()),
        (b"cICP", &[9, 16, 0, 1]),
        (b"sBIT", &[5]),
        (b"tRNS", &[0, 0x30]),
        (b"pHYs", &[0, 0, 0, 200, 0, 0, 0, 100, 0]),
    ];
    for (name, data) in pairs {
        let file = clean(&build::grey(&[build::chunk(*name, data)], &[]));
        assert!(
            build::chunks(&file).contains(&(*name, data.to_vec())),
            "{:?}",
            str::from_utf8(name)
        );
    }
}

#[test]
fn of_two_colour_spaces_the_one_that_counts_stays() {
    let gamma = build::chunk(*b"gAMA", &45_455_u32.to_be_bytes());
    let file = clean(&build::grey(&[gamma, build::chunk(*b"sRGB", &[0])], &[]));
    assert_eq!(build::names(&file), ["IHDR", "sRGB", "IDAT", "IEND"]);
}

#[test]
fn a_turned_picture_stays_turned_and_an_upright_one_needs_no_mark() {
    let exif = |value: u8| {
        let tiff = [b"II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", &[value, 0, 0, 0][..]];
        build::chunk(*b"eXIf", &[&tiff.concat()[..], &[0; 4]].concat())
    };
    assert!(build::names(&clean(&build::grey(&[exif(6)], &[]))).contains(&"eXIf".to_owned()));
    assert!(build::names(&clean(&build::grey(&[], &[exif(8)]))).contains(&"eXIf".to_owned()));
    assert!(!build::names(&clean(&build::grey(&[exif(1)], &[]))).contains(&"eXIf".to_owned()));
    // A second directory that leads nowhere does not turn it back.
    let tiff = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\x7f\xff";
    let broken = build::grey(&[build::chunk(*b"eXIf", tiff)], &[]);
    assert!(build::names(&clean(&broken)).contains(&"eXIf".to_owned()));
}

#[test]
fn a_drawing_of_many_pixels_stays_small() {
    // One of fifty signs of eight pixels, then paper: the fast level leaves too much.
    let signs: Vec<Vec<u8>> = build::samples(400).chunks(8).map(<[u8]>::to_vec).collect();
    let order = build::samples(6000 * 4000 / 64);
    let rows: Vec<u8> = order
        .iter()
        .flat_map(|&sign| [&signs[usize::from(sign) % 50][..], &[0; 56]].concat())
        .collect();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 6000, 4000);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::High);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&rows).unwrap();
    writer.finish().unwrap();
    let once = clean(&file);
    assert!(once.len() < file.len() * 3 / 2, "{} of {}", once.len(), file.len());
    assert!(clean(&once) == once);
}
