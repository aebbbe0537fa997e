//! What lies under a box, beside the paper, or is cut off: it stays, and is told.

use sluse_sanitizers::Warning;

use crate::cleaning::clean_with_report as clean;
use crate::pdf::build::{Builder, one_page, photograph};

const WORDS: &str = "BT /F1 24 Tf 20 100 Td (Anna Jensen) Tj ET";

fn warnings(document: &Builder) -> Vec<Warning> {
    clean(&document.build()).unwrap().1.warnings
}

fn drawn(drawing: &str) -> Vec<Warning> {
    warnings(&with_picture(drawing))
}

/// A page that can draw with a photograph, a transparent state and a form.
fn with_picture(drawing: &str) -> Builder {
    let resources = "/XObject<</Im1 10 0 R/Im2 13 0 R/Fm1 11 0 R>>\
                     /ExtGState<</Gs1 12 0 R/Gs2 14 0 R/Gs3 20 0 R/Gs4 21 0 R/Gs5 22 0 R\
                     /Gs6 23 0 R/Gs7 24 0 R/Gs8 41 0 R>>";
    let mut document = one_page(drawing.as_bytes(), resources, "");
    let picture = "/Type/XObject/Subtype/Image/Width 32/Height 16/BitsPerComponent 8\
                   /ColorSpace/DeviceRGB/Filter/DCTDecode";
    document
        .stream(10, picture, &photograph("maker"))
        .stream(13, &format!("{picture}/SMask 15 0 R"), &photograph("maker"))
        .folded(11, "/Type/XObject/Subtype/Form/BBox[0 0 300 200]", b"0 g 10 90 200 40 re f")
        .object(12, "<</Type/ExtGState/ca .4>>")
        .object(14, "<</Type/ExtGState/BM/Multiply>>")
        .folded(
            15,
            "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray",
            &[128],
        );
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 300 200]\
                /Group<</S/Transparency/CS/DeviceGray>>";
    let masks = [
        ("Luminosity", "0 g 0 0 300 200 re f"),
        ("Luminosity", " "),
        ("Alpha", " "),
        ("Luminosity", "1 g 0 0 10 200 re f"),
        ("Luminosity", "1 g 0 0 300 200 re f"),
    ];
    for ((kind, drawing), number) in masks.into_iter().zip(20..) {
        let state = format!("<</SMask<</S/{kind}/G {} 0 R>>>>", number + 10);
        document.object(number, &state).folded(number + 10, form, drawing.as_bytes());
    }
    let page = document.objects.iter_mut().find(|(number, _)| *number == 3).unwrap();
    let with =
        String::from_utf8(page.1.clone()).unwrap().replace("/F1 5 0 R", "/F1 5 0 R/T 40 0 R");
    page.1 = with.into_bytes();
    document
        .object(
            40,
            "<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]\
             /CharProcs<</a 42 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97\
             /Widths[1000]/Resources<<>>>>",
        )
        .object(41, "<</ca .97>>")
        .folded(42, "", b"1000 0 0 0 750 750 d1 0 0 750 750 re f");
    document
}

#[test]
fn words_under_a_shape_that_only_a_viewer_draws_are_told() {
    let with = |annotation: &str| {
        let page = format!("/Annots[<</Type/Annot/Rect[10 90 210 130]/F 4{annotation}>>]");
        warnings(&one_page(WORDS.as_bytes(), "", &page))
    };
    for annotation in [
        "/Subtype/Square/IC[0 0 0]",
        "/Subtype/Circle/IC[1 1 1]",
        "/Subtype/Highlight/C[0 0 0]/QuadPoints[10 130 210 130 10 90 210 90]",
        "/Subtype/Ink/BS<</W 40>>/InkList[[10 110 210 110]]",
        "/Subtype/Line/BS<</W 40>>/L[10 110 210 110]",
    ] {
        assert_eq!(with(annotation), [Warning::CoveredContent], "{annotation}");
    }
    for annotation in [
        "/Subtype/Square/C[1 0 0]",
        "/Subtype/Square/IC[0 0 0]/CA .4",
        "/Subtype/Highlight/C[1 1 0]/QuadPoints[10 130 210 130 10 90 210 90]",
        "/Subtype/Underline/C[0 0 0]/QuadPoints[10 130 210 130 10 90 210 90]",
        "/Subtype/Ink/BS<</W 2>>/InkList[[10 110 210 110]]",
        "/Subtype/Link/Dest[3 0 R/Fit]/Border[0 0 50]",
    ] {
        assert_eq!(with(annotation), [], "{annotation}");
    }
}

#[test]
fn a_picture_that_is_drawn_as_a_dot_or_a_line_or_under_a_mask_is_told() {
    let with = |drawing: &str, size: u32| {
        let mut document = with_picture(drawing);
        let dict = format!(
            "/Type/XObject/Subtype/Image/Width {size}/Height {size}/BitsPerComponent 8\
             /ColorSpace/DeviceGray"
        );
        let side = usize::try_from(size).unwrap();
        document.folded(10, &dict, &vec![9; side * side]);
        warnings(&document)
    };
    for drawing in [
        "q 3 0 0 3 100 100 cm /Im1 Do Q",
        "q 200 0 0 .01 100 100 cm /Im1 Do Q",
        "/Gs3 gs q 99 0 0 99 9 9 cm /Im1 Do Q",
    ] {
        assert_eq!(with(drawing, 64), [Warning::HiddenParts], "{drawing}");
    }
    assert_eq!(with("q 3 0 0 3 100 100 cm /Im1 Do Q", 8), []);
    assert_eq!(with("/Gs7 gs q 99 0 0 99 9 9 cm /Im1 Do Q", 64), []);
}

#[test]
fn patterns_and_masks_that_nothing_is_painted_with_are_told() {
    let with = |drawing: &str| {
        let mut document = with_picture(drawing);
        let page = document.objects.iter_mut().find(|(number, _)| *number == 3).unwrap();
        let text = String::from_utf8(page.1.clone()).unwrap();
        page.1 = text.replace("/XObject<<", "/Pattern<</P1 50 0 R>>/XObject<<").into_bytes();
        let tile = "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9\
                    /YStep 9/Resources<<>>";
        document.folded(50, tile, b"0 0 5 5 re f");
        warnings(&document)
    };
    for drawing in [
        "/Pattern cs /P1 scn",
        "q /Pattern CS /P1 SCN Q 0 0 9 9 re f",
        "/Pattern cs /P1 scn 0 g 0 0 9 9 re f",
        "q /Gs7 gs Q 0 0 9 9 re f",
        "/Gs7 gs 0 0 9 9 re n",
    ] {
        assert_eq!(with(drawing), [Warning::HiddenParts], "{drawing}");
    }
    for drawing in [
        "/Pattern cs /P1 scn 0 G 0 0 9 9 re f",
        "q /Pattern cs /P1 scn q 0 0 9 9 re f Q Q",
        "q /Gs7 gs 0 0 9 9 re f Q /Gs1 gs",
    ] {
        assert_eq!(with(drawing), [], "{drawing}");
    }
}

#[test]
fn words_under_a_box_are_told_however_the_box_is_drawn() {
    for cover in [
        "0 g 10 90 200 40 re f",
        "1 g 10 90 200 40 re f",
        "1 0 0 rg 10 90 m 210 90 l 210 130 l 10 130 l h f*",
        "0 g 0 0 5 5 re 10 90 200 40 re f",
        "0 g 10 90 200 40 re B",
        "q 2 0 0 2 0 0 cm 0 g 5 45 100 20 re f Q",
        "40 w 10 110 m 250 110 l S",
        "/Fm1 Do",
        "q 10 90 200 40 re W n 0 g 0 0 300 200 re f Q",
        "q 200 0 0 40 10 90 cm /Im1 Do Q",
        // More corners than it needs, slightly turned, of other shapes, in strips.
        "0 g 10 90 m 110 90 l 210 90 l 210 130 l 99 130 l 10 130 l h f",
        "0 g 10 88 m 210 92 l 209 132 l 9 128 l h f",
        "0 g 10 90 m 10 150 210 150 210 90 c 210 70 10 70 10 90 c f",
        "q .7 .7 -.7 .7 130 50 cm 0 g -150 -150 300 300 re f Q",
        "0 g 10 90 9 40 re f 19 90 4 40 re f 23 90 5 40 re f 28 90 3 40 re f 31 90 5 40 re f",
        "40 w 10 108 m 250 112 l S",
        "/Gs8 gs 0 g 10 90 200 40 re f",
        // Only the family name.
        "0 g 86 90 100 40 re f",
        // Only one letter of it.
        "0 g 85 90 16 40 re f",
    ] {
        assert!(drawn(&format!("{WORDS} {cover}")).contains(&Warning::CoveredContent), "{cover}");
    }
}

#[test]
fn words_on_a_box_or_beside_it_are_not_told() {
    for (before, after) in [
        ("0.9 g 10 90 200 40 re f 0 g", ""),
        ("", "0 g 10 10 200 40 re f"),
        ("", "0 g 10 88 280 2 re f"),
        ("", "10 90 200 40 re S"),
        ("", "/Gs1 gs 1 1 0 rg 10 90 200 40 re f"),
        ("", "/Gs2 gs 1 1 0 rg 10 90 200 40 re f"),
        ("", "0 g 10 90 200 40 re n"),
        ("", "0 g 0 0 300 200 re 10 90 250 40 re f*"),
        ("", "0 g 10 90 m 250 90 l 250 102 l h f"),
        ("0.9 g 10 90 50 40 re f 0 g", "0.9 g 60 90 50 40 re n"),
        ("", "q 0 0 5 5 re W n 0 g 10 90 200 40 re f Q"),
        ("", "q 200 0 0 40 10 90 cm /Im2 Do Q"),
        ("q 200 0 0 40 10 90 cm /Im1 Do Q", ""),
    ] {
        let found = drawn(&format!("{before} {WORDS} {after}"));
        assert_eq!(found, Vec::<Warning>::new(), "{before} {after}");
    }
}

#[test]
fn a_part_of_a_picture_under_a_box_is_told() {
    let picture = "q 200 0 0 100 20 50 cm /Im1 Do Q";
    assert_eq!(drawn(&format!("{picture} 0 g 60 80 40 30 re f")), [Warning::CoveredContent]);
    assert_eq!(drawn(&format!("{picture} 0 g 60 80 40 1 re f")), []);
    assert_eq!(drawn(&format!("0 g 60 80 40 30 re f {picture}")), []);
}

#[test]
fn a_picture_that_is_cut_or_leaves_the_paper_is_told() {
    for cut in [
        "q 20 50 100 100 re W n 200 0 0 100 20 50 cm /Im1 Do Q",
        "q 200 0 0 100 150 50 cm /Im1 Do Q",
    ] {
        assert_eq!(drawn(cut), [Warning::CroppedArea], "{cut}");
    }
    assert_eq!(drawn("q 20 50 200 100 re W n 200 0 0 100 20 50 cm /Im1 Do Q"), []);
}

#[test]
fn words_that_nobody_can_see_are_told() {
    for words in [
        // Beside the paper.
        "BT /F1 24 Tf 20 300 Td (Anna) Tj ET",
        "BT /F1 24 Tf -200 100 Td (Anna) Tj ET",
        // Cut off.
        "q 0 0 10 10 re W n BT /F1 24 Tf 20 100 Td (Anna) Tj ET Q",
        // Of no size.
        "BT /F1 0.01 Tf 20 100 Td (Anna) Tj ET",
        "q .001 0 0 .001 20 100 cm BT /F1 24 Tf (Anna) Tj ET Q",
        // White on white.
        "1 g BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        "1 1 1 rg BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        "0 0 0 0 k BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        "1 g 10 90 200 40 re f BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        // Black on black, and every colour on itself, or nearly.
        "0 g 10 90 200 40 re f BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        "1 0 0 rg 10 90 200 40 re f .99 .01 0 rg BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        ".5 g 10 90 m 210 90 l 210 140 l 10 130 l h f BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        "0 g 10 90 200 40 re f 1 g 10 90 200 40 re f BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        "40 w 10 110 m 250 110 l S BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        // White edges, and white letters with white edges.
        "1 G 1 Tr BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        "1 G 1 g 2 Tr BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        // Under a mask of black, of nothing, and of light elsewhere.
        "/Gs3 gs BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        "/Gs4 gs BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        "/Gs5 gs BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        "/Gs6 gs BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        // Letters that are drawings.
        "1 g BT /T 24 Tf 20 100 Td (aaa) Tj ET",
        "0 g 10 90 200 40 re f BT /T 24 Tf 20 100 Td (aaa) Tj ET",
        "BT /T 24 Tf 20 300 Td (aaa) Tj ET",
    ] {
        assert_eq!(drawn(words), [Warning::HiddenText], "{words}");
    }
    let over = "BT /T 24 Tf 20 100 Td (aaa) Tj ET 0 g 10 90 200 40 re f";
    assert_eq!(drawn(over), [Warning::CoveredContent]);
    for words in [
        "0 g 10 90 200 40 re f 1 g BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        "q 200 0 0 100 20 50 cm /Im1 Do Q 1 g BT /F1 24 Tf 30 100 Td (Anna) Tj ET",
        "BT /F1 6 Tf 20 100 Td (... i. l') Tj ET",
        "1 g 2 Tr BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        "1 G 2 Tr BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        "/Gs7 gs BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        "BT /T 24 Tf 20 100 Td (aaa) Tj ET",
        "0 g 10 90 200 40 re f 1 g BT /T 24 Tf 20 100 Td (aaa) Tj ET",
        "BT /F1 24 Tf 20 100 Td (Anna) Tj ET 20 98 99 2 re f",
        // Stripes of many colours stand for a gradient.
        ".1 g 0 90 9 40 re f .2 g 9 90 9 40 re f .1 g 18 90 4 40 re f .2 g 22 90 4 40 re f \
         .3 g 26 90 4 40 re f .4 g 30 90 4 40 re f .5 g 34 90 4 40 re f .6 g 38 90 4 40 re f \
         .7 g 42 90 4 40 re f .8 g 46 90 4 40 re f 1 g BT /F1 24 Tf 20 100 Td (An) Tj ET",
    ] {
        assert_eq!(drawn(words), [], "{words}");
    }
}

#[test]
fn forms_that_draw_each_other_without_end_take_no_time() {
    let mut bomb = one_page(b"/Fm1 Do", "/XObject<</Fm1 100 0 R>>", "");
    for number in 100..135 {
        let next = format!("/Resources<</XObject<</Fm1 {} 0 R>>>>", number + 1);
        let dict = format!("/Type/XObject/Subtype/Form/BBox[0 0 300 200]{next}");
        bomb.folded(number, &dict, b"/Fm1 Do /Fm1 Do");
    }
    bomb.folded(135, "/Type/XObject/Subtype/Form/BBox[0 0 300 200]", b"0 0 99 99 re f");
    assert_eq!(warnings(&bomb), []);
}
