//! Whatever is put back into a cleaned document, the second reader says no.

mod looks;

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use super::verify;
use crate::{Limits, Refusal};

type Entries = BTreeMap<&'static str, String>;

/// Parts of a small document in canonical form, to be changed.
#[derive(Clone)]
struct Parts {
    catalog: Entries,
    page: Entries,
    font: Entries,
    annotation: Entries,
    image: Entries,
    drawing: Vec<u8>,
    pixels: Vec<u8>,
    more: Vec<String>,
}

fn entries(given: &[(&'static str, &str)]) -> Entries {
    given.iter().map(|(key, value)| (*key, (*value).to_owned())).collect()
}

fn parts() -> Parts {
    let page = [
        ("Annots", "[7 0 R]"),
        ("Contents", "4 0 R"),
        ("MediaBox", "[0 0 300 200]"),
        ("Parent", "2 0 R"),
        ("Resources", "<</Font<</F1 5 0 R>>/XObject<</X1 6 0 R>>>>"),
        ("Type", "/Page"),
    ];
    let image = [
        ("BitsPerComponent", "8"),
        ("ColorSpace", "/DeviceGray"),
        ("Height", "2"),
        ("Subtype", "/Image"),
        ("Type", "/XObject"),
        ("Width", "2"),
    ];
    Parts {
        catalog: entries(&[("Lang", "(da)"), ("Pages", "2 0 R"), ("Type", "/Catalog")]),
        page: entries(&page),
        font: entries(&[("BaseFont", "/Helvetica"), ("Subtype", "/Type1"), ("Type", "/Font")]),
        annotation: entries(&[
            ("Dest", "[3 0 R/Fit]"),
            ("Rect", "[0 0 9 9]"),
            ("Subtype", "/Link"),
            ("Type", "/Annot"),
        ]),
        image: entries(&image),
        drawing: b"BT\n/F1 12 Tf\n(words)Tj\nET\n/X1 Do\n".to_vec(),
        pixels: vec![0, 80, 160, 240],
        more: Vec::new(),
    }
}

fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn dict(entries: &Entries) -> String {
    let mut out = "<<".to_owned();
    for (key, value) in entries {
        let word = value.starts_with(|c: char| c.is_ascii_alphanumeric());
        out.extend(["/", key, if word { " " } else { "" }, value]);
    }
    out + ">>"
}

fn stream(entries: &Entries, data: &[u8]) -> Vec<u8> {
    let mut entries = entries.clone();
    entries.insert("Filter", "/FlateDecode".to_owned());
    entries.insert("Length", data.len().to_string());
    [dict(&entries).as_bytes(), b"\nstream\n", data, b"\nendstream"].concat()
}

impl Parts {
    fn objects(&self) -> Vec<Vec<u8>> {
        let mut objects = vec![
            dict(&self.catalog).into_bytes(),
            b"<</Count 1/Kids[3 0 R]/Type/Pages>>".to_vec(),
            dict(&self.page).into_bytes(),
            stream(&Entries::new(), &deflate(&self.drawing)),
            dict(&self.font).into_bytes(),
            stream(&self.image, &deflate(&self.pixels)),
            dict(&self.annotation).into_bytes(),
        ];
        objects.extend(self.more.iter().map(|object| object.clone().into_bytes()));
        objects
    }

    fn build(&self) -> Vec<u8> {
        build(&self.objects())
    }
}

fn build(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        let line = format!("{:010} 00000 n \n", out.len());
        table += &line;
        out.extend(format!("{} 0 obj\n", index + 1).into_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(table.into_bytes());
    let size = objects.len() + 1;
    let end = format!("trailer\n<</Root 1 0 R/Size {size}>>\nstartxref\n{start}\n%%EOF\n");
    out.extend(end.into_bytes());
    out
}

fn accepted(original: &[u8], copy: &[u8]) -> bool {
    verify(&mut Cursor::new(original), copy, &Limits::default()).is_ok()
}

/// Changes the parts and says whether the result passes for a copy of the original.
fn passes(change: impl FnOnce(&mut Parts)) -> bool {
    let mut changed = parts();
    change(&mut changed);
    accepted(&parts().build(), &changed.build())
}

/// Even if the original holds the same, so that nothing differs.
fn passes_for_itself(change: impl FnOnce(&mut Parts)) -> bool {
    let mut changed = parts();
    change(&mut changed);
    let file = changed.build();
    accepted(&file, &file)
}

#[test]
fn a_canonical_document_passes() {
    assert!(passes(|_| {}));
    let refusal = verify(&mut Cursor::new(b""), b"", &Limits::default());
    assert_eq!(refusal, Err(Refusal::Verification));
}

#[test]
fn no_key_that_tells_or_acts_passes_anywhere() {
    const FORBIDDEN: [&str; 58] = [
        "A",
        "AA",
        "AF",
        "AcroForm",
        "Alt",
        "Alternates",
        "Anna",
        "B",
        "CIDSet",
        "CharSet",
        "Collection",
        "CreationDate",
        "DA",
        "DPartRoot",
        "DSS",
        "DV",
        "Dests",
        "EF",
        "EmbeddedFiles",
        "Extensions",
        "FFilter",
        "FS",
        "ID",
        "IRT",
        "Info",
        "JS",
        "JavaScript",
        "LastModified",
        "Legal",
        "M",
        "MK",
        "MarkInfo",
        "Measure",
        "Metadata",
        "NM",
        "Names",
        "OPI",
        "OpenAction",
        "OutputIntents",
        "PZ",
        "PageLabels",
        "Perms",
        "PieceInfo",
        "Popup",
        "PtData",
        "RC",
        "Ref",
        "Requirements",
        "RichMediaContent",
        "SpiderInfo",
        "StructParents",
        "StructTreeRoot",
        "T",
        "Threads",
        "Thumb",
        "URI",
        "V",
        "VP",
    ];
    for key in FORBIDDEN {
        let add = |entries: &mut Entries| {
            entries.insert(key, "1".to_owned());
        };
        assert!(!passes_for_itself(|parts| add(&mut parts.catalog)), "catalog {key}");
        assert!(!passes_for_itself(|parts| add(&mut parts.page)), "page {key}");
        assert!(!passes_for_itself(|parts| add(&mut parts.font)), "font {key}");
        assert!(!passes_for_itself(|parts| add(&mut parts.image)), "image {key}");
        assert!(!passes_for_itself(|parts| add(&mut parts.annotation)), "annotation {key}");
    }
}

#[test]
fn no_action_passes_under_a_key_that_is_allowed() {
    for (key, value) in
        [("S", "/JavaScript"), ("S", "/URI"), ("Type", "/Action"), ("Subtype", "/Widget")]
    {
        let put = |parts: &mut Parts| {
            parts.annotation.insert(key, value.to_owned());
        };
        assert!(!passes_for_itself(put), "{key} {value}");
    }
}

#[test]
fn no_text_passes_where_none_belongs() {
    for key in ["Rect", "F", "Border", "Contents", "C"] {
        let put = |parts: &mut Parts| {
            parts.annotation.insert(key, "(Anna)".to_owned());
        };
        assert!(!passes_for_itself(put), "{key}");
    }
    assert!(!passes_for_itself(|parts| {
        parts.catalog.insert("Lang", "(written by Anna)".to_owned());
    }));
    assert!(!passes_for_itself(|parts| {
        parts
            .page
            .insert("Resources", "<</Font<</AnnasFont 5 0 R>>/XObject<</X1 6 0 R>>>>".to_owned());
    }));
}

#[test]
fn no_text_passes_in_a_palette_but_its_colours() {
    let with = |space: &str| {
        passes_for_itself(|parts| {
            parts.image.insert("ColorSpace", space.to_owned());
        })
    };
    assert!(with("[/Indexed/DeviceRGB 0(abc)]"));
    assert!(!with("[/Indexed/DeviceRGB 0(abc)(Anna)]"));
    assert!(!with("[/Indexed(Anna) 0(abc)]"));
}

#[test]
fn not_one_byte_passes_outside_the_objects() {
    let original = parts().build();
    let text = |file: &[u8], from: &str, to: &str| {
        let at = file.windows(from.len()).rposition(|window| window == from.as_bytes()).unwrap();
        [&file[..at], to.as_bytes(), &file[at + from.len()..]].concat()
    };
    assert!(!accepted(&original, &[b"\n", original.as_slice()].concat()));
    assert!(!accepted(&original, &[original.as_slice(), b"\n"].concat()));
    for (from, to) in [
        ("endobj\n7 0 obj", "endobj\n%Anna\n7 0 obj"),
        ("/Root 1 0 R", "/Info 5 0 R/Root 1 0 R"),
        ("/Root 1 0 R/Size 8", "/Root 1 0 R/Size 9"),
        ("trailer\n", "trailer \n"),
        ("%PDF-1.7", "%PDF-1.6"),
        ("00000 n \nt", "00001 n \nt"),
    ] {
        assert!(!accepted(&original, &text(&original, from, to)), "{from}");
    }
}

#[test]
fn no_object_passes_that_nothing_leads_to() {
    assert!(!passes(|parts| parts.more.push("null".to_owned())));
    assert!(!passes(|parts| parts.more.push("<</Type/Font>>".to_owned())));
}

#[test]
fn no_other_spelling_passes() {
    let original = parts();
    let with = |objects: Vec<Vec<u8>>| accepted(&original.build(), &build(&objects));
    for font in [
        "<</Subtype/Type1/BaseFont/Helvetica/Type/Font>>",
        "<</BaseFont/Helvetica/Subtype/Type1/Type/Font/Type/Font>>",
        "<< /BaseFont/Helvetica/Subtype/Type1/Type/Font>>",
        "<</BaseFont/Helvetica/Subtype/Type1/Type/Font>>%Anna",
        "<</BaseFont/Helvetica/Subtype/Type1/Type<466f6e74>>>",
    ] {
        let mut objects = original.objects();
        objects[4] = font.as_bytes().to_vec();
        assert!(!with(objects), "{font}");
    }
}

#[test]
fn nothing_passes_in_a_drawing_that_does_not_draw() {
    for addition in [
        "%Anna\n",
        "(Anna) tell\n",
        "/Span<</ActualText(Anna)>>BDC\nEMC\n",
        "/P BMC\nEMC\n",
        "/A MP\n",
        "EMC\n",
        "7 7 1 w\n",
        "(Anna)",
        "BX\nEX\n",
        "BI/Anna 1 ID\nabc~>\nEI\n",
    ] {
        let put = |parts: &mut Parts| parts.drawing.extend(addition.as_bytes());
        assert!(!passes_for_itself(put), "{addition}");
    }
}

#[test]
fn no_drawing_passes_that_viewers_read_differently() {
    for drawing in ["9 Tr\n".to_owned(), "3.5 Tr\n".to_owned(), "0 ".repeat(34) + "scn\n"] {
        let drawing = drawing.into_bytes();
        assert!(!passes_for_itself(|parts| parts.drawing.extend(&drawing)));
    }
}

#[test]
fn no_number_passes_that_is_longer_than_a_measure() {
    for (number, passes) in [("8369678", true), ("83696780000", true), ("83696782697", false)] {
        let change = |parts: &mut Parts| {
            parts.font.insert("FirstChar", number.to_owned());
        };
        assert_eq!(passes_for_itself(change), passes, "{number}");
    }
}

#[test]
fn a_drawing_that_draws_something_else_does_not_pass() {
    for drawing in [
        "BT\n/F1 12 Tf\n(other)Tj\nET\n/X1 Do\n",
        "BT\n/F1 13 Tf\n(words)Tj\nET\n/X1 Do\n",
        "BT\n/F1 12 Tf\n(words)Tj\nET\n",
        "BT\n/F1 12 Tf\n(words)Tj\nET\n/X1 Do\n/X1 Do\n",
        "BT\n/F1 12 Tf\n(words)'\nET\n/X1 Do\n",
    ] {
        assert!(!passes(|parts| parts.drawing = drawing.as_bytes().to_vec()), "{drawing}");
    }
}

#[test]
fn a_page_of_another_size_or_turned_does_not_pass() {
    assert!(!passes(|parts| {
        parts.page.insert("MediaBox", "[0 0 300 201]".to_owned());
    }));
    assert!(!passes(|parts| {
        parts.page.insert("Rotate", "90".to_owned());
    }));
}

#[test]
fn another_picture_and_bytes_behind_it_do_not_pass() {
    assert!(!passes(|parts| parts.pixels[3] = 241));
    assert!(!passes(|parts| parts.pixels.push(0)));
    let mut objects = parts().objects();
    let folded = [deflate(&parts().pixels).as_slice(), b"Anna"].concat();
    objects[5] = stream(&parts().image, &folded);
    assert!(!accepted(&parts().build(), &build(&objects)));
}

#[test]
fn another_number_of_pages_does_not_pass() {
    let mut objects = parts().objects();
    objects[1] = b"<</Count 2/Kids[3 0 R 3 0 R]/Type/Pages>>".to_vec();
    assert!(!accepted(&parts().build(), &build(&objects)));
    objects[1] = b"<</Count 2/Kids[3 0 R]/Type/Pages>>".to_vec();
    let file = build(&objects);
    assert!(!accepted(&file, &file));
}

#[test]
fn a_folded_stream_of_no_known_kind_does_not_pass() {
    for data in [b"Anna".as_slice(), b""] {
        let mut objects = parts().objects();
        objects[4] = b"<</BaseFont/Helvetica/Subtype/Type1/Type/Font/Widths 8 0 R>>".to_vec();
        objects.push(stream(&Entries::new(), &deflate(data)));
        let file = build(&objects);
        assert!(!accepted(&file, &file));
    }
}

#[test]
fn a_picture_with_its_camera_does_not_pass() {
    let camera = b"\xff\xd8\xff\xe1\0\x0cExif\0\0Anna\xff\xd9";
    let mut objects = parts().objects();
    let mut image = parts().image;
    image.insert("Filter", "/DCTDecode".to_owned());
    image.insert("Length", camera.len().to_string());
    objects[5] = [dict(&image).as_bytes(), b"\nstream\n", camera, b"\nendstream"].concat();
    let file = build(&objects);
    assert!(!accepted(&file, &file));
}
