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
                     /ExtGState<</Gs1 12 0 R/Gs2 14 0 R>>";
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
    document
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
    ] {
        assert_eq!(drawn(words), [Warning::HiddenText], "{words}");
    }
    for words in [
        "0 g 10 90 200 40 re f 1 g BT /F1 24 Tf 20 100 Td (Anna) Tj ET",
        "q 200 0 0 100 20 50 cm /Im1 Do Q 1 g BT /F1 24 Tf 30 100 Td (Anna) Tj ET",
        "BT /F1 6 Tf 20 100 Td (... i. l') Tj ET",
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
