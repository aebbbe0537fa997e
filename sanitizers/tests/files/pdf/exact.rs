//! Nothing is kept behind what a part of a document says of itself.

use sluse_sanitizers::Refusal;
use sluse_sanitizers::refusal::Damage;

use crate::cleaning::{clean_with_report as clean, refusal};
use crate::pdf::build::{Builder, deflate, one_page};
use crate::pdf::canaries::survives;

const PICTURE: &str = "/Type/XObject/Subtype/Image/BitsPerComponent 8";

/// A page that draws the picture, form or gradient /A, with objects to be added.
fn drawn(how: &[u8], list: &str) -> Builder {
    one_page(how, &format!("/{list}<</A 10 0 R>>"), "")
}

fn gone(document: &Builder, place: &str) {
    let (copy, _) = clean(&document.build()).unwrap();
    assert!(!survives(&copy, "Kanari"), "{place}");
    assert_eq!(clean(&copy).unwrap().0, copy, "{place}");
}

#[test]
fn bytes_behind_a_palette_are_gone() {
    let mut document = drawn(b"/A Do", "XObject");
    let space = "/ColorSpace[/Indexed/DeviceRGB 0(abcKanariPalette)]";
    document.folded(10, &format!("{PICTURE}/Width 1/Height 1{space}"), b"\0");
    gone(&document, "palette");
    document
        .folded(
            10,
            &format!("{PICTURE}/Width 1/Height 1/ColorSpace[/Indexed/DeviceRGB 0 11 0 R]"),
            b"\0",
        )
        .folded(11, "", b"abcKanariPaletteInAStream");
    gone(&document, "palette in a stream");
    let inline = b"BI /W 1 /H 1 /BPC 8 /CS [/I /RGB 0 (abcKanariInline)] ID \0 EI Q";
    gone(&one_page(inline, "", ""), "palette of an inline picture");
}

#[test]
fn rows_of_a_predictor_are_the_rows_of_the_picture() {
    let mut document = drawn(b"/A Do", "XObject");
    let row = b"\0aKanariBehindThePixels";
    let folded = deflate(row);
    let dict = format!(
        "{PICTURE}/Width 1/Height 1/ColorSpace/DeviceGray/Filter/FlateDecode\
         /DecodeParms<</Predictor 15/Columns {}>>",
        row.len() - 1
    );
    document.stream(10, &dict, &folded);
    gone(&document, "predictor");
    assert!(survives(&clean(&document.build()).unwrap().0, "a"));
}

#[test]
fn bits_behind_the_pixels_of_a_row_are_zero() {
    let letters = b"KanariInTheSpareBits";
    let height = letters.len();
    let dict = format!(
        "/Type/XObject/Subtype/Image/Width 1/Height {height}/BitsPerComponent 1/ColorSpace/DeviceGray"
    );
    let mut document = drawn(b"/A Do", "XObject");
    document.folded(10, &dict, letters);
    gone(&document, "spare bits");
    let predicted: Vec<u8> = letters.iter().flat_map(|letter| [0, *letter]).collect();
    let dict = format!("{dict}/DecodeParms<</Predictor 15/Colors 1/BitsPerComponent 1/Columns 1>>");
    document.folded(10, &dict, &predicted);
    gone(&document, "spare bits of predicted rows");
    let mut inline = format!("BI /W 1 /H {height} /BPC 1 /CS /G ID ").into_bytes();
    inline.extend(letters);
    inline.extend(b" EI Q");
    gone(&one_page(&inline, "", ""), "spare bits of an inline picture");
}

#[test]
fn bytes_behind_samples_and_corners_are_gone() {
    let mut document = drawn(b"/A sh", "Shading");
    document
        .object(10, "<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 9 0]/Function 11 0 R>>")
        .folded(
            11,
            "/FunctionType 0/Domain[0 1]/Range[0 1]/Size[2]/BitsPerSample 8",
            b"\0\xffKanariBehindTheSamples",
        );
    gone(&document, "samples of a function");
    let mesh = "/ShadingType 4/ColorSpace/DeviceRGB/BitsPerCoordinate 16/BitsPerComponent 8\
        /BitsPerFlag 8/Decode[0 9 0 9 0 1 0 1 0 1]";
    document.folded(10, mesh, b"\0\0\0\0\0rgbKanari!");
    gone(&document, "corners of a mesh");
    // An edge that there is not.
    document.folded(10, mesh, b"\0\0\0\0\0rgbKanari!!");
    assert_eq!(refusal(&document.build()), Refusal::Damaged(Damage::Value));
}

#[test]
fn patches_are_whole_and_begin_with_one_that_stands_alone() {
    let with = |kind: u32, bits: u32, data: &[u8]| {
        let mesh = format!(
            "/ShadingType {kind}/ColorSpace/DeviceGray/BitsPerCoordinate 8/BitsPerComponent {bits}\
             /BitsPerFlag 8/Decode[0 9 0 9 0 1]"
        );
        let mut document = drawn(b"/A sh", "Shading");
        document.folded(10, &mesh, data);
        document
    };
    for (kind, alone, next) in [(6, 29, 19), (7, 37, 27)] {
        let mut data = vec![0; alone];
        data.push(3);
        data.resize(alone + next, 0);
        data.extend(b"\x01KanariPart");
        gone(&with(kind, 8, &data), "patches");
        for odd in [b"\xff", b"K"] {
            let data = [&data[..alone + next], &odd.repeat(alone)].concat();
            assert_eq!(refusal(&with(kind, 8, &data).build()), Refusal::Damaged(Damage::Value));
        }
        assert_eq!(refusal(&with(kind, 8, &[1; 40]).build()), Refusal::Damaged(Damage::Value));
        // Its parts would begin within a byte.
        assert_eq!(refusal(&with(kind, 1, &data).build()), Refusal::Damaged(Damage::Value));
    }
}

#[test]
fn a_list_of_numbers_holds_no_more_than_mean_something() {
    for list in ["/BBox[0 0 9 9 75 97 110 97 114 105]", "/BBox[0 0 9 9]/Matrix[1 0 0 1 0 0 75 97]"]
    {
        let mut document = drawn(b"/A Do", "XObject");
        document.folded(10, &format!("/Type/XObject/Subtype/Form{list}"), b"");
        let (copy, _) = clean(&document.build()).unwrap();
        assert!(!memchr(&copy, b"75 97"), "{list}");
    }
}

#[test]
fn a_function_has_the_numbers_of_its_type() {
    let copy = |function: &str| {
        let mut document = drawn(b"/A sh", "Shading");
        document
            .object(10, "<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 9 0]/Function 11 0 R>>")
            .object(11, function)
            .object(12, "<</FunctionType 2/Domain[0 1]/N 1>>");
        let copy = clean(&document.build()).unwrap().0;
        assert_eq!(clean(&copy).unwrap().0, copy);
        copy
    };
    let plain = copy("<</FunctionType 2/Domain[0 1]/N 1>>");
    assert_eq!(copy("<</FunctionType 2/Domain[0 1]/N 1/Encode[75 97]/Bounds[75 97]>>"), plain);
    let joined = "/FunctionType 3/Domain[0 1]/Functions[12 0 R 12 0 R]/Bounds[.5";
    let once = copy(&format!("<<{joined}]/Encode[0 1 1 0]>>"));
    assert!(memchr(&once, b"/Bounds[.5]") && memchr(&once, b"/Encode[0 1 1 0]"));
    assert_eq!(copy(&format!("<<{joined} 75 97]/Encode[0 1 1 0 75 97]/C0[75 97]>>")), once);
}

#[test]
fn a_shape_has_the_numbers_it_is_drawn_from() {
    let own = [
        ("Square", "/RD[1 1 1 1]"),
        ("Ink", "/InkList[[75 97]]"),
        ("Line", "/L[75 97 75 97]/LE[/None/Circle]"),
        ("PolyLine", "/LE[/None/Circle]/Vertices[75 97]"),
        ("Underline", "/QuadPoints[75 97]"),
    ];
    let all: String = own.iter().map(|shape| shape.1).collect();
    for (shape, numbers) in own {
        let copy = |numbers: &str| {
            let annotation = format!("<</Type/Annot/Subtype/{shape}/Rect[0 0 9 9]{numbers}>>");
            let mut document = one_page(b"", "", "/Annots[10 0 R]");
            document.object(10, &annotation);
            clean(&document.build()).unwrap().0
        };
        assert_eq!(copy(&all), copy(numbers), "{shape}");
        assert_ne!(copy(numbers), copy(""), "{shape}");
    }
}

#[test]
fn a_number_that_names_a_kind_is_one_of_the_kinds() {
    let mut document = drawn(b"/A Do", "XObject");
    let form = |kind: &str| format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/FormType {kind}");
    document.folded(10, &form("1"), b"");
    assert!(clean(&document.build()).is_ok());
    document.folded(10, &form("4702958889031696384"), b"");
    assert_eq!(refusal(&document.build()), Refusal::Damaged(Damage::Value));
}

#[test]
fn a_page_is_turned_by_quarters() {
    let copy = |turn: &str| clean(&one_page(b"", "", turn).build()).unwrap().0;
    assert_eq!(copy("/Rotate -90"), copy("/Rotate 270"));
    assert_eq!(copy("/Rotate 450.0"), copy("/Rotate 90"));
    assert!(memchr(&copy("/Rotate 90"), b"/Rotate 90"));
    for turn in ["/Rotate 12345678", "/Rotate 0", "/Rotate 360", "/Rotate/Anna"] {
        assert_eq!(copy(turn), copy(""), "{turn}");
    }
}

fn memchr(data: &[u8], text: &[u8]) -> bool {
    data.windows(text.len()).any(|window| window == text)
}

#[test]
fn the_width_of_a_font_is_one_of_nine_words() {
    let mut document = one_page(b"BT /F2 9 Tf (a) Tj ET", "", "");
    document
        .object(
            3,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R\
             /Resources<</Font<</F2 10 0 R>>>>>>",
        )
        .object(10, "<</Type/Font/Subtype/TrueType/BaseFont/Arial/FontDescriptor 11 0 R>>")
        .object(11, "<</Type/FontDescriptor/FontName/Arial/Flags 32/FontStretch/KanariWide>>");
    gone(&document, "stretch");
}
