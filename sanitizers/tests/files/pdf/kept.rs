//! What people see and use stays.

use sluse_sanitizers::{Change, Warning};

use crate::cleaning::clean_with_report as clean;
use crate::pdf::build::{WORDS, one_page, plain};

fn text(copy: &[u8]) -> String {
    String::from_utf8_lossy(copy).into_owned()
}

#[test]
fn a_plain_document_loses_nothing() {
    let (copy, report) = clean(&plain().build()).unwrap();
    assert!(report.changes.is_empty() && report.warnings.is_empty());
    assert!(copy.starts_with(b"%PDF-1.7\n"));
    assert!(!text(&copy).contains("Producer") && !text(&copy).contains("/ID"));
}

#[test]
fn two_programs_that_draw_the_same_give_the_same_copy() {
    let mut other = one_page(
        b"% made elsewhere\nBT\r\n/Font_with_another_name 24.0 Tf +20 100. Td <56697369626c6520776f726473> Tj ET",
        "",
        "",
    );
    other.object(
        3,
        "<</Contents 4 0 R/Parent 2 0 R/Resources<</Font<</Font_with_another_name 5 0 R>>>>\
         /MediaBox[0 0 300.0 200]/Type/Page>>",
    );
    other.comment = "another mark".to_owned();
    assert_eq!(clean(&other.build()).unwrap().0, clean(&plain().build()).unwrap().0);
}

#[test]
fn bookmarks_lead_to_pages_and_names_of_targets_are_gone() {
    let mut document = plain();
    document
        .object(
            1,
            "<</Type/Catalog/Pages 2 0 R/Outlines 10 0 R/Dests<</AnnasChapter[3 0 R/FitH 50]>>>>",
        )
        .object(10, "<</First 11 0 R/Last 11 0 R/Count 1>>")
        .object(
            11,
            "<</Title(One)/Parent 10 0 R/Dest/AnnasChapter/First 12 0 R/Last 12 0 R/Count -1>>",
        )
        .object(12, "<</Title(Below)/Parent 11 0 R>>");
    let copy = text(&clean(&document.build()).unwrap().0);
    assert!(copy.contains("/Dest[3 0 R/FitH 50]") && copy.contains("/Title(Below)"));
    assert!(copy.contains("/Count -1") && !copy.contains("AnnasChapter"));
}

#[test]
fn links_inside_stay_and_links_out_are_gone_and_said_to_be() {
    let mut document = one_page(WORDS, "", "/Annots[10 0 R 11 0 R]");
    document
        .object(10, "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/GoTo/D[3 0 R/Fit]>>>>")
        .object(
            11,
            "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Border[0 0 0]/A<</S/URI/URI(http://x.test)>>>>",
        );
    let (copy, report) = clean(&document.build()).unwrap();
    assert_eq!(text(&copy).matches("/Subtype/Link").count(), 1);
    assert!(text(&copy).contains("/Dest[3 0 R/Fit]") && !text(&copy).contains("URI"));
    assert_eq!(report.changes, [Change::LinksRemoved]);
}

#[test]
fn a_frame_keeps_its_dashes() {
    let link =
        "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Border[0 0 2[9 1 9 1 9 1]]/Dest[3 0 R/Fit]>>";
    let document = one_page(WORDS, "", &format!("/Annots[{link}]"));
    let copy = text(&clean(&document.build()).unwrap().0);
    assert!(copy.contains("/Border[0 0 2[9 1 9 1 9 1]]"));
}

#[test]
fn a_link_keeps_the_look_that_covers_what_is_below() {
    let mut document = one_page(WORDS, "", "/Annots[10 0 R]");
    document
        .object(
            10,
            "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://x.test)>>/AP<</N 11 0 R>>>>",
        )
        .stream(11, "/BBox[0 0 9 9]", b"0 0 9 9 re f");
    let (copy, _) = clean(&document.build()).unwrap();
    assert!(text(&copy).contains("/AP<</N ") && text(&copy).contains("/Subtype/Link"));
}

#[test]
fn a_comment_keeps_its_look_and_loses_its_words() {
    let mut document = one_page(WORDS, "", "/Annots[10 0 R]");
    document
        .object(10, "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(hm)/AP<</N 11 0 R>>>>")
        .stream(11, "/BBox[0 0 9 9]", b"0 0 9 9 re f");
    let (copy, report) = clean(&document.build()).unwrap();
    assert!(text(&copy).contains("/Subtype/Stamp") && !text(&copy).contains("(hm)"));
    assert_eq!(report.changes, [Change::CommentsRemoved]);
}

#[test]
fn texts_for_screen_readers_that_are_gone_are_said_to_be() {
    let marked = b"/Span<</ActualText(word)>>BDC BT /F1 9 Tf (w) Tj ET EMC";
    let (copy, report) = clean(&one_page(marked, "", "").build()).unwrap();
    assert_eq!(report.changes, [Change::AccessibilityTagsRemoved]);
    assert!(!crate::pdf::canaries::survives(&copy, "ActualText"));
}

#[test]
fn the_look_of_a_comment_is_laid_over_the_page_as_before() {
    let mut document = one_page(WORDS, "", "/Annots[10 0 R 12 0 R]");
    document
        .object(
            10,
            "<</Type/Annot/Subtype/Highlight/Rect[1 2 9 8]/QuadPoints[1 8 9 8 1 2 9 2]\
             /BM/Multiply/C[1 1 0]/CA .5/AP<</N 11 0 R>>>>",
        )
        .stream(11, "/BBox[0 0 9 9]", b"0 0 9 9 re f")
        .object(12, "<</Type/Annot/Subtype/Ink/BM/Darken/Rect[1 2 9 8]/AP<</N 11 0 R>>>>");
    let copy = text(&clean(&document.build()).unwrap().0);
    assert!(copy.contains("/BM/Multiply") && copy.contains("/BM/Darken"));
    assert!(copy.contains("/QuadPoints[1 8 9 8 1 2 9 2]/Rect[1 2 9 8]/Subtype/Highlight"));
}

#[test]
fn what_a_person_should_look_at_again_is_said() {
    let unseen = one_page(b"BT /F1 9 Tf 3 Tr (unseen) Tj ET", "", "").build();
    assert_eq!(clean(&unseen).unwrap().1.warnings, [Warning::HiddenText]);
    let cropped = one_page(WORDS, "", "/CropBox[0 0 100 100]").build();
    let both = [Warning::HiddenText, Warning::CroppedArea];
    assert_eq!(clean(&cropped).unwrap().1.warnings, both);
    let mut layers = one_page(WORDS, "/Properties<</A 10 0 R>>", "");
    layers
        .object(1, "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[10 0 R]/D<</OFF[10 0 R]>>>>>>")
        .object(10, "<</Type/OCG/Name(Draft)>>");
    let (copy, report) = clean(&layers.build()).unwrap();
    assert_eq!(report.warnings, [Warning::HiddenLayers]);
    assert!(text(&copy).contains("(Layer 1)") && !text(&copy).contains("Draft"));
}

#[test]
fn values_that_pages_inherit_become_their_own() {
    let mut document = plain();
    document
        .object(2, "<</Type/Pages/Count 2/Kids[20 0 R 3 0 R]/MediaBox[0 0 50 60]/Rotate 90>>")
        .object(
            20,
            "<</Type/Pages/Parent 2 0 R/Count 1/Kids[21 0 R]/Resources<</Font<</F1 5 0 R>>>>>>",
        )
        .object(21, "<</Type/Page/Parent 20 0 R/Contents 4 0 R>>");
    let copy = text(&clean(&document.build()).unwrap().0);
    assert!(copy.contains("/Kids[3 0 R 4 0 R]") && copy.contains("/MediaBox[0 0 50 60]"));
    assert_eq!(copy.matches("/Rotate 90").count(), 2);
}

#[test]
fn a_wrong_checksum_costs_nothing_of_what_is_shown() {
    let drawing = [WORDS, b" 0 0 m 5 5 l S".repeat(2000).as_slice()].concat();
    let mut folded = crate::pdf::build::deflate(&drawing);
    *folded.last_mut().unwrap() ^= 1;
    let mut document = plain();
    document.stream(4, "/Filter/FlateDecode", &folded);
    let (copy, _) = clean(&document.build()).unwrap();
    document.folded(4, "", &drawing);
    assert_eq!(copy, clean(&document.build()).unwrap().0);
}

#[test]
fn data_that_stop_in_the_middle_are_shown_as_far_as_they_go() {
    let drawing = [WORDS, b" 0 0 m 5 5 l S".as_slice()].concat();
    let folded = crate::pdf::build::deflate(&drawing);
    let mut document = plain();
    document.stream(4, "/Filter/FlateDecode", &folded[..folded.len() - 5]);
    assert!(clean(&document.build()).is_ok());
}

#[test]
fn text_behind_a_blank_that_few_readers_know_stays() {
    let mut document = plain();
    document.stream(
        4,
        "/Filter/ASCIIHexDecode",
        format!("{}\0{}>", hexed("BT /F1 24 Tf 20 100 Td "), hexed("(Visible words) Tj ET"))
            .as_bytes(),
    );
    let (copy, _) = clean(&document.build()).unwrap();
    assert!(crate::pdf::canaries::survives(&copy, "Visible words"));
}

fn hexed(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

#[test]
fn what_is_there_and_not_shown_is_warned_about() {
    let layers = |usage: &str, membership: &str| {
        let mut document = one_page(b"/OC /L BDC EMC", "/Properties<</L 11 0 R>>", "");
        document
            .object(1, "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[10 0 R]/D<<>>>>>>")
            .object(10, &format!("<</Type/OCG/Name(x){usage}>>"))
            .object(11, &format!("<</Type/OCMD/OCGs[10 0 R]{membership}>>"));
        document.build()
    };
    let state = one_page(b"/S gs 0 0 9 9 re f", "/ExtGState<</S<</ca 0>>>>", "").build();
    let mut printed = plain();
    printed.object(
        3,
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[<</Type/Annot/Subtype/Stamp/F 36\
         /Rect[0 0 9 9]/AP<</N 10 0 R>>>>]>>",
    );
    printed.folded(10, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b"");
    for (document, warning) in [
        (layers("", "/P/AllOff"), Warning::HiddenLayers),
        (layers("", "/VE[/Not 10 0 R]"), Warning::HiddenLayers),
        (layers("/Usage<</View<</ViewState/OFF>>>>", ""), Warning::HiddenLayers),
        (one_page(b"BT 7 Tr ET", "", "").build(), Warning::HiddenText),
        (state, Warning::HiddenParts),
        (printed.build(), Warning::HiddenParts),
    ] {
        assert_eq!(clean(&document).unwrap().1.warnings, [warning]);
    }
    assert_eq!(clean(&layers("", "")).unwrap().1.warnings, []);
}

#[test]
fn a_mask_of_shades_of_grey_stays_under_whatever_name() {
    let image = "/Type/XObject/Subtype/Image/Width 2/Height 1/BitsPerComponent 8";
    let masked =
        |space: &str| {
            let mut document = one_page(b"/A Do", "/XObject<</A 10 0 R>>", "");
            document
                .folded(10, &format!("{image}/ColorSpace/DeviceGray/SMask 11 0 R"), b"ab")
                .folded(11, &format!("{image}/ColorSpace{space}"), b"KK");
            document.build()
        };
    let (copy, _) = clean(&masked("[/CalGray<</WhitePoint[1 1 1]>>]")).unwrap();
    assert_eq!(copy, clean(&masked("/DeviceGray")).unwrap().0);
    assert!(clean(&masked("[/Indexed/DeviceGray 1(ab)]")).is_err());
}

#[test]
fn the_family_of_a_font_that_is_not_inside_stays_if_everybody_knows_it() {
    let with = |family: &str| {
        let mut document = plain();
        document
            .object(
                5,
                "<</Type/Font/Subtype/TrueType/BaseFont/TimesNewRomanPSMT/FontDescriptor 10 0 R\
                 /FirstChar 32/LastChar 32/Widths[250]/Encoding/WinAnsiEncoding>>",
            )
            .object(
                10,
                &format!(
                    "<</Type/FontDescriptor/FontName/TimesNewRomanPSMT/Flags 34/ItalicAngle 0\
                     /Ascent 891/Descent -216/CapHeight 656/StemV 82/FontBBox[-568 -307 2000 1007]\
                     /FontFamily({family})>>"
                ),
            );
        text(&clean(&document.build()).unwrap().0)
    };
    assert!(with("times new roman").contains("/FontFamily(Times New Roman)"));
    assert!(!with("Annas Type").contains("FontFamily"));
}
