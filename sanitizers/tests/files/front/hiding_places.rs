//! A token in every place of a PNG where something can hide.

use std::io::Read;

use flate2::read::ZlibDecoder;

use crate::cleaning::{clean, clean_with_report};
use crate::front::build::{self, chunk, file, grey, header, zlib};
use sluse_sanitizers::Category;

const TOKEN: &[u8; 16] = b"kQ7xVw2mZr9TbY4h";

fn text(keyword: &[u8]) -> Vec<u8> {
    [keyword, b"\0", TOKEN].concat()
}

fn tiff() -> Vec<u8> {
    let entry = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x3b\0\x02\0\0\0\x10\0\0\0\x1a\0\0\0\0";
    [&entry[..], TOKEN].concat()
}

fn indexed(alpha: &[u8], palette: &[u8], rows: &[u8]) -> Vec<u8> {
    file(&[
        chunk(*b"IHDR", &header(2, 2, 8, 3, 0)),
        chunk(*b"PLTE", palette),
        chunk(*b"tRNS", alpha),
        chunk(*b"IDAT", &zlib(rows)),
    ])
}

/// Every hiding place with what it is called.
fn places() -> Vec<(&'static str, Vec<u8>)> {
    let one = |name: &[u8; 4], data: &[u8]| grey(&[chunk(*name, data)], &[]);
    let late = |name: &[u8; 4], data: &[u8]| grey(&[], &[chunk(*name, data)]);
    let itxt = |data: &[u8], compressed: u8| {
        [&b"XML:com.adobe.xmp\0"[..], &[compressed, 0, 0, 0], data].concat()
    };
    let rows = b"\0\x10\x20\x30\x40\0\x50\x60\x70\x80";
    let ihdr = chunk(*b"IHDR", &header(4, 2, 8, 0, 0));
    let wide = [&[7; 3][..], TOKEN, &[7; 5]].concat();
    let mut places = vec![
        ("text", one(b"tEXt", &text(b"Author"))),
        ("text keyword", one(b"tEXt", &[TOKEN, &b"\0x"[..]].concat())),
        ("late text", late(b"tEXt", &text(b"Comment"))),
        ("compressed text", one(b"zTXt", &[b"Software\0\0", &zlib(TOKEN)[..]].concat())),
        ("XMP", one(b"iTXt", &itxt(TOKEN, 0))),
        ("compressed XMP", one(b"iTXt", &itxt(&zlib(TOKEN), 1))),
        ("Exif", one(b"eXIf", &tiff())),
        ("late Exif", late(b"eXIf", &tiff())),
        ("profile name", one(b"iCCP", &[TOKEN, &b"\0\0"[..], &zlib(b"none")].concat())),
        ("profile", one(b"iCCP", &[b"a\0\0", &zlib(TOKEN)[..]].concat())),
        ("behind the profile", one(b"iCCP", &[b"a\0\0", &zlib(b"x")[..], TOKEN].concat())),
        ("suggested palette", one(b"sPLT", &text(b"name"))),
        ("provenance", one(b"caBX", TOKEN)),
        ("signature", one(b"dSIG", TOKEN)),
        ("histogram", one(b"hIST", TOKEN)),
        ("physical scale", one(b"sCAL", &[b"\x01", &TOKEN[..]].concat())),
        ("calibration", one(b"pCAL", TOKEN)),
        ("chromaticities", one(b"cHRM", &[&TOKEN[..], TOKEN].concat())),
        ("mastering screen", one(b"mDCV", &[&TOKEN[..], b"12345678"].concat())),
        ("layered draft", one(b"mkBF", TOKEN)),
        ("preview", one(b"prVW", TOKEN)),
        ("Apple", one(b"iDOT", TOKEN)),
        ("own chunk", one(b"prVt", TOKEN)),
        ("late own chunk", late(b"prVt", TOKEN)),
        ("behind the end", [&grey(&[], &[])[..], TOKEN].concat()),
        ("second file behind the end", [grey(&[], &[]), one(b"tEXt", &text(b"a"))].concat()),
        ("behind the last row", {
            file(&[ihdr.clone(), chunk(*b"IDAT", &zlib(&[&rows[..], TOKEN].concat()))])
        }),
        ("behind the compressed rows", {
            file(&[ihdr.clone(), chunk(*b"IDAT", &[&zlib(rows)[..], TOKEN].concat())])
        }),
        ("data chunk of its own", {
            file(&[ihdr, chunk(*b"IDAT", &zlib(rows)), chunk(*b"IDAT", TOKEN)])
        }),
        ("unused palette entries", indexed(&[9], &wide, b"\0\0\0\0\0\0")),
        ("unused alpha", indexed(TOKEN, &[3; 48], b"\0\0\0\0\0\0")),
        ("colour of transparent palette entries", {
            indexed(&[1, 0, 0, 0, 0, 0, 0, 0], &wide, b"\0\x01\x02\0\x03\x07")
        }),
        ("suggested colours", {
            let chunks = [
                chunk(*b"IHDR", &header(1, 1, 8, 2, 0)),
                chunk(*b"PLTE", &wide),
                chunk(*b"IDAT", &zlib(&[0, 1, 2, 3])),
            ];
            file(&chunks)
        }),
        ("colour of transparent pixels", {
            let pixels: Vec<u8> =
                TOKEN.chunks(3).flat_map(|part| [part, &[0; 4][part.len()..]].concat()).collect();
            let row = [&[0][..], &pixels].concat();
            file(&[chunk(*b"IHDR", &header(6, 1, 8, 6, 0)), chunk(*b"IDAT", &zlib(&row))])
        }),
    ];
    places.extend(in_animations());
    places
}

fn in_animations() -> Vec<(&'static str, Vec<u8>)> {
    let chunks = build::chunks(&build::animated());
    let with = |at: usize, extra: Vec<u8>| {
        let mut all: Vec<_> = chunks.iter().map(|(name, data)| chunk(*name, data)).collect();
        all.pop();
        all.insert(at, extra);
        file(&all)
    };
    let tail = chunks.iter().filter(|(name, _)| name != b"IEND").map(|(name, data)| {
        let extra: &[u8] = if data.starts_with(&[0, 0, 0, 5]) { TOKEN } else { b"" };
        chunk(*name, &[data, extra].concat())
    });
    vec![
        ("between frames", with(4, chunk(*b"tEXt", &text(b"a")))),
        ("behind the data of a frame", file(&tail.collect::<Vec<_>>())),
    ]
}

/// Whether the token is in `bytes` as it is, as UTF-16, as base64 or as hexadecimals.
fn holds_token(bytes: &[u8]) -> bool {
    let wide: Vec<u8> = TOKEN.iter().flat_map(|&byte| [byte, 0]).collect();
    let hex: Vec<u8> = TOKEN.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect();
    // The first 15 bytes, at each of the three offsets, without the ends that depend on others.
    let base64: [&[u8]; 3] =
        [b"a1E3eFZ3Mm1acjlUYlk0", b"tRN3hWdzJtWnI5VGJZN", b"rUTd4VncybVpyOVRiWT"];
    let needles = [&TOKEN[..], &wide, &hex].into_iter().chain(base64);
    needles.into_iter().any(|needle| bytes.windows(needle.len()).any(|part| part == needle))
}

/// Looks at the file, and at each chunk unfolded from wherever something may begin. Between
/// the colours of transparent pixels stand noughts.
fn leaks(file: &[u8]) -> bool {
    let unfolded = build::chunks(file).into_iter().flat_map(|(_, data)| {
        (0..data.len())
            .map(|start| {
                let mut out = Vec::new();
                let _ = ZlibDecoder::new(&data[start..]).read_to_end(&mut out);
                out
            })
            .collect::<Vec<_>>()
    });
    let without_noughts =
        |bytes: &[u8]| bytes.iter().copied().filter(|byte| *byte != 0).collect::<Vec<_>>();
    let mut all = unfolded.chain([file.to_vec()]);
    all.any(|bytes| holds_token(&bytes) || holds_token(&without_noughts(&bytes)))
}

#[test]
fn nothing_hidden_comes_through() {
    for (place, original) in places() {
        assert!(leaks(&original), "nothing is hidden in {place}");
        let (clean, report) = clean_with_report(&original)
            .unwrap_or_else(|refusal| panic!("{place} was refused: {refusal}"));
        assert!(!leaks(&clean), "{place}");
        // Unshown colours without a token in a row are the only thing not worth a word.
        let silent = ["chromaticities", "colour of transparent pixels"].contains(&place);
        assert!(silent || !report.findings.is_empty(), "{place} is not in the report");
        assert_eq!(crate::cleaning::clean(&clean), clean, "{place}");
    }
}

#[test]
fn every_hiding_place_leads_to_the_same_clean_file() {
    let expected = clean(&grey(&[], &[]));
    let places: std::collections::BTreeMap<_, _> = places().into_iter().collect();
    for place in ["text", "XMP", "late Exif", "own chunk", "behind the end", "behind the last row"]
    {
        assert!(clean(&places[place]) == expected, "{place}");
    }
}

#[test]
fn bits_after_the_last_pixel_of_a_row_are_gone() {
    let picture = |spare: u8| {
        let chunks = [
            chunk(*b"IHDR", &header(3, 1, 1, 0, 0)),
            chunk(*b"IDAT", &zlib(&[0, 0b1010_0000 | spare])),
        ];
        file(&chunks)
    };
    assert_eq!(clean(&picture(0b11010)), clean(&picture(0)));
}

#[test]
fn a_picture_under_an_erased_area_is_gone_and_counted() {
    let row = [&[0][..], b"\x11\x22\x33\0\x44\x55\x66\0\x01\x02\x03\xFF"].concat();
    let original = file(&[chunk(*b"IHDR", &header(3, 1, 8, 6, 0)), chunk(*b"IDAT", &zlib(&row))]);
    let (clean, report) = clean_with_report(&original).unwrap();
    let shown = image::load_from_memory(&clean).unwrap().into_rgba8().into_raw();
    assert_eq!(shown, [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 255]);
    assert_eq!(report.findings[0].category, Category::HiddenPictures);
}

#[test]
fn texts_are_counted_by_what_they_tell() {
    let categories = |name: &[u8; 4], data: &[u8]| {
        let report = clean_with_report(&grey(&[chunk(*name, data)], &[])).unwrap().1;
        report.findings.iter().map(|finding| finding.category).collect::<Vec<_>>()
    };
    assert_eq!(categories(b"tEXt", b"Author\0Anna"), [Category::People]);
    assert_eq!(categories(b"tIME", &[7, 230, 1, 2, 3, 4, 5]), [Category::Dates]);
    assert_eq!(categories(b"caBX", b"x"), [Category::Signatures]);
    assert_eq!(categories(b"eXIf", &tiff()), [Category::People]);
}
