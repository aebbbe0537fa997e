//! What is in a document and not drawn by it: nothing of that may be in the copy.

use sluse_sanitizers::Category;

use crate::cleaning::clean_with_report as clean;
use crate::pdf::build::{Builder, WORDS, one_page};
use crate::pdf::canaries::survives;

const PICTURE: &str =
    "/Type/XObject/Subtype/Image/Width 4/Height 4/BitsPerComponent 8/ColorSpace/DeviceGray";
const FORM: &str = "/Type/XObject/Subtype/Form/BBox[0 0 300 200]";
const TILE: &str =
    "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9";

/// Everything that resources can list, under the name /A, with a word in each.
fn resources(drawing: &[u8]) -> Builder {
    let lists = "/XObject<</A 10 0 R/B 11 0 R>>/Pattern<</A 12 0 R/B 13 0 R>>/Shading<</A 14 0 R>>\
        /ColorSpace<</A 15 0 R>>/ExtGState<</A 16 0 R>>";
    let mut document = one_page(drawing, lists, "");
    document
        .folded(10, PICTURE, b"KanariPicture123")
        .folded(11, FORM, b"BT (KanariForm) Tj ET")
        .folded(12, TILE, b"BT (KanariTile) Tj ET")
        .object(13, "<</PatternType 2/Shading 14 0 R/ExtGState 16 0 R>>")
        .object(
            14,
            "<</ShadingType 2/ColorSpace[/Separation/KanariShade/DeviceGray 17 0 R]\
             /Coords[0 0 9 0]/Function 17 0 R>>",
        )
        .object(15, "[/Separation/KanariInk/DeviceGray 17 0 R]")
        .object(16, "<</SMask<</S/Alpha/G 18 0 R>>>>")
        .object(17, "<</FunctionType 2/Domain[0 1]/N 1>>")
        .folded(18, FORM, b"BT (KanariMask) Tj ET");
    document
}

const WORDS_IN_RESOURCES: [&str; 6] =
    ["KanariPicture123", "KanariForm", "KanariTile", "KanariShade", "KanariInk", "KanariMask"];

#[test]
fn what_no_drawing_names_is_gone() {
    let (copy, report) = clean(&resources(WORDS).build()).unwrap();
    for word in WORDS_IN_RESOURCES {
        assert!(!survives(&copy, word), "{word}");
    }
    let hidden = report.findings.iter().find(|found| found.category == Category::HiddenPictures);
    assert_eq!(hidden.map(|found| found.count), Some(2));
}

#[test]
fn a_colour_space_that_stands_for_none_of_a_device_is_gone() {
    let ink = "[/Separation/KanariInk/DeviceGray 10 0 R]";
    let with = |name: &str| {
        let mut document = one_page(WORDS, &format!("/ColorSpace<<{name}{ink}>>"), "");
        document.object(10, "<</FunctionType 2/Domain[0 1]/N 1>>");
        clean(&document.build()).unwrap().0
    };
    assert!(survives(&with("/DefaultGray"), "KanariInk"));
    assert!(!survives(&with("/DefaultKanari"), "Kanari"));
}

#[test]
fn what_a_drawing_names_is_kept() {
    let all =
        b"/A Do /B Do /Pattern cs /A scn 0 0 9 9 re f /B scn 0 0 9 9 re f /A cs 1 scn /A gs\n\
        /A sh 0 0 9 9 re f";
    let (copy, _) = clean(&resources(all).build()).unwrap();
    for word in WORDS_IN_RESOURCES {
        assert!(survives(&copy, word), "{word}");
    }
    assert_eq!(clean(&copy).unwrap().0, copy);
}

#[test]
fn a_page_that_was_taken_out_leaves_the_pictures_of_the_others_behind() {
    let mut document = one_page(b"/Im1 Do", "/XObject<</Im1 10 0 R/Im2 11 0 R>>", "");
    document.folded(10, PICTURE, b"KanariOnThisPage").folded(11, PICTURE, b"KanariOnPageTwo!");
    let (copy, _) = clean(&document.build()).unwrap();
    assert!(survives(&copy, "KanariOnThisPage") && !survives(&copy, "KanariOnPageTwo!"));
}

#[test]
fn the_same_name_on_another_page_does_not_keep_a_picture() {
    let mut document = one_page(b"/B Do", "/XObject<</A 10 0 R/B 11 0 R>>", "");
    document
        .object(2, "<</Type/Pages/Count 2/Kids[3 0 R 6 0 R]>>")
        .object(
            6,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 7 0 R\
             /Resources<</XObject<</A 11 0 R>>>>>>",
        )
        .folded(7, "", b"/A Do")
        .folded(10, PICTURE, b"KanariNotDrawn12")
        .folded(11, PICTURE, b"KanariOnBothPage");
    let (copy, _) = clean(&document.build()).unwrap();
    assert!(survives(&copy, "KanariOnBothPage") && !survives(&copy, "KanariNotDrawn12"));
}

/// A name that its own page does not have is looked for further out, and was found where
/// nobody had read it.
#[test]
fn a_page_without_a_drawing_does_not_keep_a_document_out() {
    let mut document = one_page(b"", "", "");
    document
        .object(2, "<</Type/Pages/Count 2/Kids[3 0 R 6 0 R]>>")
        .object(
            3,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</A 10 0 R>>>>>>",
        )
        .object(6, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 7 0 R>>")
        .folded(7, "", b"/A Do")
        .folded(10, FORM, b"0 0 9 9 re f");
    let (copy, _) = clean(&document.build()).unwrap();
    assert_eq!(clean(&copy).unwrap().0, copy);
}

/// A name that leads to something of another kind leads nowhere, and takes no name from those
/// that lead somewhere.
#[test]
fn a_name_for_something_of_another_kind_is_gone() {
    for wrong in ["[/PDF/Text]", "null", "12", "/Kanari", "(Kanari)", "[12 0 R]"] {
        for list in ["Font", "ExtGState", "Shading", "Properties", "Pattern", "XObject"] {
            let mut document = one_page(
                b"/A gs /A sh /A Do BT /A 9 Tf /B 9 Tf (a) Tj ET /OC /A BDC EMC",
                &format!("/{list}<</A 10 0 R/B 11 0 R>>"),
                "",
            );
            document.object(10, wrong).object(
                11,
                "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            );
            let (copy, _) = clean(&document.build()).unwrap();
            assert!(!survives(&copy, "Kanari"), "{list} {wrong}");
            assert_eq!(clean(&copy).unwrap().0, copy, "{list} {wrong}");
        }
    }
}

/// A font that is a page has resources that only the page draws with.
#[test]
fn a_font_without_letters_of_its_own_keeps_no_resources() {
    let mut document = one_page(b"BT /F1 9 Tf (a) Tj ET", "", "");
    document
        .object(2, "<</Type/Pages/Count 2/Kids[3 0 R 6 0 R]>>")
        .object(
            3,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R\
             /Resources<</Font<</F1 6 0 R>>>>>>",
        )
        .object(
            6,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R\
             /Resources<</Font<</F1 10 0 R>>>>>>",
        )
        .object(10, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    let (copy, _) = clean(&document.build()).unwrap();
    assert_eq!(clean(&copy).unwrap().0, copy);
}

#[test]
fn a_form_without_resources_uses_those_around_it() {
    let mut document = one_page(b"/B Do", "/XObject<</A 10 0 R/B 11 0 R/C 12 0 R>>", "");
    document.folded(10, PICTURE, b"KanariInTheForm1").folded(11, FORM, b"/A Do").folded(
        12,
        PICTURE,
        b"KanariUnused1234",
    );
    let (copy, _) = clean(&document.build()).unwrap();
    assert!(survives(&copy, "KanariInTheForm1") && !survives(&copy, "KanariUnused1234"));
    assert_eq!(clean(&copy).unwrap().0, copy);
}

#[test]
fn a_letter_that_the_encoding_does_not_name_is_gone() {
    let copy = |encoding: &str| {
        let mut document = one_page(b"BT /T 9 Tf (a) Tj ET", "", "");
        document
            .object(
                3,
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R\
                 /Resources<</Font<</T 13 0 R>>>>>>",
            )
            .folded(10, PICTURE, b"KanariInALetter1")
            .object(
                13,
                &format!(
                    "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]\
                     /FirstChar 97/LastChar 97/Widths[9]/Encoding<<{encoding}>>\
                     /CharProcs<</a 14 0 R/kanari 15 0 R>>/Resources<</XObject<</A 10 0 R>>>>>>"
                ),
            )
            .folded(14, "", b"9 0 d0 0 0 5 5 re f")
            .folded(15, "", b"9 0 d0 /A Do");
        let copy = clean(&document.build()).unwrap().0;
        assert_eq!(clean(&copy).unwrap().0, copy);
        copy
    };
    let without = copy("/Differences[97/a]");
    assert!(!survives(&without, "KanariInALetter1") && !survives(&without, "kanari"));
    for with in ["/Differences[97/a/kanari]", "/Differences[97/a]/BaseEncoding/WinAnsiEncoding"] {
        assert!(survives(&copy(with), "KanariInALetter1"), "{with}");
    }
}

/// A font that shows none of its letters draws with nothing.
#[test]
fn a_font_whose_letters_nobody_names_keeps_nothing_to_draw_them_with() {
    let mut document = one_page(b"BT /T 9 Tf (a) Tj ET", "/Font<</T 13 0 R>>", "");
    document
        .object(
            13,
            "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97\
             /LastChar 97/Widths[9]/Encoding<</Differences[97/a]>>/CharProcs<</kanari 14 0 R>>\
             /Resources<</XObject<</A 12 0 R>>>>>>",
        )
        .folded(12, PICTURE, b"KanariInALetter1")
        .folded(14, "", b"9 0 d0 /A Do");
    let (copy, _) = clean(&document.build()).unwrap();
    assert!(!survives(&copy, "KanariInALetter1") && !survives(&copy, "Resources<<>>"));
    assert_eq!(clean(&copy).unwrap().0, copy);
}

#[test]
fn looks_of_annotations_and_letters_of_fonts_keep_what_they_draw() {
    let page = "/Annots[<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/AP<</N 11 0 R>>>>\
        <</Type/Annot/Subtype/Stamp/F 2/Rect[0 0 9 9]/AP<</N 15 0 R>>>>]";
    let mut document = one_page(b"BT /T 9 Tf (a) Tj ET", "/Font<</T 13 0 R>>", page);
    document
        .object(
            3,
            &format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R\
                 /Resources<</Font<</T 13 0 R>>>>{page}>>"
            ),
        )
        .folded(10, PICTURE, b"KanariInTheLook1")
        .folded(11, &format!("{FORM}/Resources<</XObject<</A 10 0 R/B 16 0 R>>>>"), b"/A Do")
        .folded(12, PICTURE, b"KanariInALetter1")
        .object(
            13,
            "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97\
             /LastChar 97/Widths[9]/Encoding<</Differences[97/a]>>/CharProcs<</a 14 0 R>>\
             /Resources<</XObject<</A 12 0 R/B 16 0 R>>>>>>",
        )
        .folded(14, "", b"9 0 d0 /A Do")
        .folded(15, FORM, b"BT (KanariHidden) Tj ET")
        .folded(16, PICTURE, b"KanariUnused1234");
    let (copy, _) = clean(&document.build()).unwrap();
    assert!(survives(&copy, "KanariInTheLook1") && survives(&copy, "KanariInALetter1"));
    assert!(!survives(&copy, "KanariUnused1234") && !survives(&copy, "KanariHidden"));
}
