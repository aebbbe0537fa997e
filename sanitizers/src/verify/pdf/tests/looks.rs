//! A copy that draws with the same operators and looks different does not pass.

use super::{Entries, accepted, build, deflate, entries, stream};

/// A document in canonical form in which each kind of thing is drawn once.
fn objects() -> Vec<Vec<u8>> {
    let drawing = "/OC/L1 BDC\nBT\n/F1 9 Tf\n(abcd)Tj\n/F2 9 Tf\n(ab)Tj\nET\nEMC\n/X1 Do\n/Pattern cs\n\
        /P1 scn\n/K1 cs\n1 scn\n/S1 gs\n/H1 sh\n/X2 Do\n";
    let folded =
        |given: &[(&'static str, &str)], data: &[u8]| stream(&entries(given), &deflate(data));
    let plain = |text: &str| text.as_bytes().to_vec();
    let mesh = [
        ("BitsPerComponent", "8"),
        ("BitsPerCoordinate", "8"),
        ("BitsPerFlag", "8"),
        ("ColorSpace", "/DeviceGray"),
        ("Decode", "[0 9 0 9 0 1]"),
        ("ShadingType", "4"),
    ];
    let image = |mask: bool| -> Entries {
        let mut image = entries(&[
            ("BitsPerComponent", "8"),
            ("ColorSpace", "/DeviceGray"),
            ("Height", "1"),
            ("Subtype", "/Image"),
            ("Width", "2"),
        ]);
        if mask {
            image.insert("ColorSpace", "[/Indexed/DeviceRGB 1(abcdef)]".to_owned());
            image.insert("SMask", "10 0 R".to_owned());
        }
        image
    };
    vec![
        plain("<</OCProperties<</D<</OFF[20 0 R]>>/OCGs[20 0 R]>>/Pages 2 0 R/Type/Catalog>>"),
        plain("<</Count 1/Kids[3 0 R]/Type/Pages>>"),
        plain(
            "<</Annots[18 0 R]/Contents 4 0 R/MediaBox[0 0 9 9]/Parent 2 0 R/Resources 5 0 R/Type/Page>>",
        ),
        folded(&[], drawing.as_bytes()),
        plain(
            "<</ColorSpace<</K1 12 0 R>>/ExtGState<</S1 13 0 R>>/Font<</F1 6 0 R/F2 7 0 R>>\
             /Pattern<</P1 11 0 R>>/Properties<</L1 20 0 R>>/Shading<</H1 14 0 R>>\
             /XObject<</X1 9 0 R/X2 16 0 R>>>>",
        ),
        plain(
            "<</BaseFont/Courier/Encoding<</Differences[97/W/X/Y/Z]/Type/Encoding>>/FirstChar 97\
             /LastChar 98/Subtype/Type1/Type/Font/Widths[5 6]>>",
        ),
        plain(
            "<</CharProcs<</a 8 0 R>>/Encoding<</Differences[97/a]/Type/Encoding>>/FirstChar 97\
             /FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/LastChar 97/Subtype/Type3/Type/Font/Widths[9]>>",
        ),
        folded(&[], b"9 0 d0\n0 0 5 5 re\nf\n"),
        stream(&image(true), &deflate(b"\0\x01")),
        stream(&image(false), &deflate(b"\xff\x80")),
        folded(
            &[
                ("BBox", "[0 0 9 9]"),
                ("PaintType", "1"),
                ("PatternType", "1"),
                ("TilingType", "1"),
                ("XStep", "9"),
                ("YStep", "9"),
            ],
            b"0 0 5 5 re\nf\n",
        ),
        plain("[/Separation/Gold/DeviceRGB 15 0 R]"),
        plain("<</BM/Multiply/SMask<</G 17 0 R/S/Alpha>>/Type/ExtGState/ca .5>>"),
        folded(&mesh, b"\0\0\0\0\0\x09\0\x80\0\0\x09\xff"),
        plain("<</C0[0 0 0]/C1[1 .8 0]/Domain[0 1]/FunctionType 2/N 1>>"),
        folded(&[("BBox", "[0 0 9 9]"), ("Subtype", "/Form")], b"0 0 4 4 re\nf\n"),
        folded(&[("BBox", "[0 0 9 9]"), ("Subtype", "/Form")], b"0 0 3 3 re\nf\n"),
        plain("<</AP<</N 19 0 R>>/F 4/Rect[0 0 9 9]/Subtype/Stamp/Type/Annot>>"),
        folded(&[("BBox", "[0 0 9 9]"), ("Subtype", "/Form")], b"0 0 2 2 re\nf\n"),
        plain("<</Name(Layer 1)/Type/OCG>>"),
    ]
}

fn replaced(object: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = memchr::memmem::find(object, from.as_bytes());
    let at = at.unwrap_or_else(|| panic!("{from} is not there"));
    [&object[..at], to.as_bytes(), &object[at + from.len()..]].concat()
}

#[test]
fn a_document_with_everything_in_it_passes() {
    let file = build(&objects());
    assert!(accepted(&file, &file));
}

#[test]
fn nothing_that_decides_how_it_looks_may_change() {
    for (number, from, to) in [
        // The switch of a layer, and what is on it.
        (1, "/OFF[20 0 R]", "/ON[20 0 R]"),
        (1, "/OFF[20 0 R]", ""),
        // Encodings and widths.
        (6, "/Encoding<</Differences[97/W/X/Y/Z]/Type/Encoding>>", ""),
        (6, "/W/X", "/W/Q"),
        (6, "/Differences[97/W/X/Y/Z]", ""),
        (6, "/Widths[5 6]", ""),
        (6, "/Widths[5 6]", "/Widths[5 7]"),
        (6, "/Courier", "/Times-Roman"),
        (6, "/FirstChar 97", "/FirstChar 96"),
        (7, "[1 0 0 1 0 0]", "[2 0 0 1 0 0]"),
        // Pictures.
        (9, "/SMask 10 0 R", ""),
        (9, "abcdef", "abcdeg"),
        (9, "/DeviceRGB 1", "/DeviceRGB 0"),
        (9, "/Height 1", "/Decode[1 0]/Height 1"),
        (10, "/BitsPerComponent 8", "/BitsPerComponent 4"),
        // Patterns, inks, settings, gradients, functions.
        (11, "/XStep 9", "/XStep 8"),
        (11, "/PaintType 1", "/PaintType 2"),
        (12, "/Gold", "/Silver"),
        (12, "/DeviceRGB", "/DeviceCMYK"),
        (13, "/BM/Multiply", ""),
        (13, "/BM/Multiply", "/BM/Screen"),
        (13, "/SMask<</G 17 0 R/S/Alpha>>", "/SMask/None"),
        (13, "/S/Alpha", "/S/Luminosity"),
        (13, "/ca .5", "/ca 1"),
        (14, "/Decode[0 9 0 9 0 1]", "/Decode[0 9 0 9 1 0]"),
        (14, "/DeviceGray", "/DeviceCMYK"),
        (15, "/C1[1 .8 0]", "/C1[0 0 0]"),
        (15, "/N 1", "/N 2"),
        // Forms and annotations.
        (16, "/BBox[0 0 9 9]", "/BBox[0 0 1 1]"),
        (16, "/BBox[0 0 9 9]", "/BBox[0 0 9 9]/Matrix[0 0 0 0 0 0]"),
        (18, "/Rect[0 0 9 9]", "/Rect[0 0 9 8]"),
        (18, "/F 4", "/F 36"),
        (18, "/F 4", "/BM/Multiply/F 4"),
        (18, "/Stamp", "/Highlight"),
    ] {
        let mut changed = objects();
        changed[number - 1] = replaced(&changed[number - 1], from, to);
        assert!(!accepted(&build(&objects()), &build(&changed)), "{number}: {from} {to}");
    }
}

#[test]
fn a_letter_that_no_code_names_does_not_pass() {
    let mut changed = objects();
    changed[6] = replaced(&changed[6], "/a 8 0 R", "/a 8 0 R/b 8 0 R");
    let file = build(&changed);
    assert!(!accepted(&file, &file));
    assert!(accepted(&file, &build(&objects())));
}

#[test]
fn a_name_is_compared_on_each_page_that_gives_it_a_meaning() {
    let file = |pixel: u8| {
        let plain = |text: &str| text.as_bytes().to_vec();
        let page = |resources: u32| {
            plain(&format!(
                "<</Contents 5 0 R/MediaBox[0 0 9 9]/Parent 2 0 R/Resources {resources} 0 R/Type/Page>>"
            ))
        };
        let image = entries(&[
            ("BitsPerComponent", "8"),
            ("ColorSpace", "/DeviceGray"),
            ("Height", "1"),
            ("Subtype", "/Image"),
            ("Width", "1"),
        ]);
        let form = entries(&[("BBox", "[0 0 9 9]"), ("Subtype", "/Form")]);
        build(&[
            plain("<</Pages 2 0 R/Type/Catalog>>"),
            plain("<</Count 2/Kids[3 0 R 4 0 R]/Type/Pages>>"),
            page(6),
            page(7),
            stream(&entries(&[]), &deflate(b"/X1 Do\n")),
            plain("<</XObject<</X1 8 0 R/X2 9 0 R>>>>"),
            plain("<</XObject<</X1 8 0 R/X2 10 0 R>>>>"),
            stream(&form, &deflate(b"/X2 Do\n")),
            stream(&image, &deflate(&[1])),
            stream(&image, &deflate(&[pixel])),
        ])
    };
    assert!(accepted(&file(2), &file(2)));
    assert!(!accepted(&file(2), &file(3)));
}

#[test]
fn half_a_patch_does_not_pass() {
    let patches = |data: &[u8]| {
        let mut objects = objects();
        let mesh = [
            ("BitsPerComponent", "8"),
            ("BitsPerCoordinate", "8"),
            ("BitsPerFlag", "8"),
            ("ColorSpace", "/DeviceGray"),
            ("Decode", "[0 9 0 9 0 1]"),
            ("ShadingType", "6"),
        ];
        objects[13] = stream(&entries(&mesh), &deflate(data));
        build(&objects)
    };
    let mut data = [vec![0; 29], vec![1; 19]].concat();
    let whole = patches(&data);
    assert!(accepted(&whole, &whole));
    data.extend(b"\x01Anna");
    let longer = patches(&data);
    assert!(accepted(&longer, &whole));
    assert!(!accepted(&longer, &longer));
    assert!(!accepted(&longer, &patches(&data[..29])));
}

#[test]
fn nothing_that_is_drawn_with_may_be_emptied() {
    // The letter, the tile, the form, the mask, the look; the mesh and the pictures.
    for number in [8, 11, 16, 17, 19, 14, 9, 10] {
        let mut changed = objects();
        let object = &changed[number - 1];
        let head = memchr::memmem::find(object, b"\nstream\n").unwrap();
        let dict = String::from_utf8(object[..head].to_vec()).unwrap();
        let length = dict.split("/Length ").nth(1).unwrap();
        let digits: String = length.chars().take_while(char::is_ascii_digit).collect();
        let nothing = deflate(b"");
        let dict =
            dict.replace(&format!("/Length {digits}"), &format!("/Length {}", nothing.len()));
        changed[number - 1] = [dict.as_bytes(), b"\nstream\n", &nothing, b"\nendstream"].concat();
        assert!(!accepted(&build(&objects()), &build(&changed)), "{number}");
    }
}

#[test]
fn what_no_drawing_names_does_not_pass() {
    for (from, to) in [
        ("/X1 9 0 R", "/X1 9 0 R/X3 9 0 R"),
        ("/F1 6 0 R", "/F1 6 0 R/F3 6 0 R"),
        ("/K1 12 0 R", "/K1 12 0 R/K2 12 0 R"),
        ("/P1 11 0 R", "/P1 11 0 R/P2 11 0 R"),
        ("/S1 13 0 R", "/S1 13 0 R/S2 13 0 R"),
        ("/H1 14 0 R", "/H1 14 0 R/H2 14 0 R"),
        ("/L1 20 0 R", "/L1 20 0 R/L2 20 0 R"),
    ] {
        let mut changed = objects();
        changed[4] = replaced(&changed[4], from, to);
        let file = build(&changed);
        assert!(!accepted(&file, &file), "{to}");
    }
}

#[test]
fn a_picture_in_a_drawing_is_read_as_its_parameters_say() {
    let letters = b"BI/BPC 8/CS/G/F[/A85/Fl]/H 1/W 2 ID\n";
    let picture = |pixels: &str| {
        let mut objects = objects();
        let data = [letters.as_slice(), pixels.as_bytes(), b"~>\nEI\n"].concat();
        objects[15] =
            stream(&entries(&[("BBox", "[0 0 9 9]"), ("Subtype", "/Form")]), &deflate(&data));
        build(&objects)
    };
    let original = |parameters: &str| {
        let mut objects = objects();
        let header = format!("BI/BPC 8/CS/G/F/Fl{parameters}/H 1/W 2 ID ");
        let folded = deflate(&[1, 7, 1]);
        let data = [header.as_bytes(), &folded, b"\nEI\n"].concat();
        objects[15] =
            stream(&entries(&[("BBox", "[0 0 9 9]"), ("Subtype", "/Form")]), &deflate(&data));
        build(&objects)
    };
    let predicted = original("/DP<</Predictor 11/Columns 2>>");
    // The rows are 7 and 8 with the predictor, 1 and 7 without it.
    assert!(accepted(&predicted, &picture(&written(&deflate(&[7, 8])))));
    assert!(!accepted(&predicted, &picture(&written(&deflate(&[7, 9])))));
    assert!(accepted(&original(""), &picture(&written(&deflate(&[1, 7])))));
    assert!(!accepted(&original(""), &picture(&written(&deflate(&[7, 8])))));
}

/// Bytes as letters (7.4.3).
fn written(data: &[u8]) -> String {
    let mut out = String::new();
    for chunk in data.chunks(4) {
        let mut group = [0; 4];
        group[..chunk.len()].copy_from_slice(chunk);
        let mut value = u32::from_be_bytes(group);
        let mut letters = [0_u32; 5];
        for letter in letters.iter_mut().rev() {
            *letter = value % 85;
            value /= 85;
        }
        let letters = letters.iter().take(chunk.len() + 1);
        out.extend(letters.map(|letter| char::from_u32(letter + 33).unwrap()));
    }
    out
}
