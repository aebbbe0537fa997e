//! What is refused, and why.

use sluse_sanitizers::refusal::{Damage, Feature, Limit};
use sluse_sanitizers::{Limits, Refusal, sanitize};

use crate::cleaning::{clean_with_report as clean, refusal};
use crate::pdf::build::{WORDS, one_page, photograph, plain};

#[test]
fn a_table_that_does_not_lead_to_its_objects_is_refused() {
    let mut document = plain().build();
    let at = document.windows(7).position(|text| text == b"4 0 obj").unwrap();
    // Nothing is moved; but the table now speaks of an object of another number.
    document[at] = b'8';
    assert!(matches!(refusal(&document), Refusal::Damaged(_)));
}

#[test]
fn a_document_whose_table_must_be_guessed_is_refused() {
    let mut document = plain().build();
    let at = document.windows(9).rposition(|text| text == b"startxref").unwrap();
    document.truncate(at);
    assert_eq!(refusal(&document), Refusal::Damaged(Damage::Recovered));
}

#[test]
fn pages_that_two_readers_count_differently_are_refused() {
    let mut document = plain();
    document.object(2, "<</Type/Pages/Count 2/Kids[3 0 R]>>");
    assert_eq!(refusal(&document.build()), Refusal::Damaged(Damage::Length));
    document.object(2, "<</Type/Pages/Count 0/Kids[]>>");
    assert_eq!(refusal(&document.build()), Refusal::Damaged(Damage::Length));
}

#[test]
fn a_list_of_pages_that_leads_in_a_circle_is_refused() {
    let mut document = plain();
    document.object(2, "<</Type/Pages/Count 1/Kids[2 0 R]>>");
    assert_eq!(refusal(&document.build()), Refusal::Damaged(Damage::Order));
}

#[test]
fn bookmarks_that_lead_in_a_circle_are_refused() {
    let mut document = plain();
    document
        .object(1, "<</Type/Catalog/Pages 2 0 R/Outlines 10 0 R>>")
        .object(10, "<</First 11 0 R>>")
        .object(11, "<</Title(A)/Next 11 0 R>>");
    assert_eq!(refusal(&document.build()), Refusal::Damaged(Damage::Order));
}

#[test]
fn a_page_that_is_not_there_is_refused() {
    let mut document = plain();
    document.object(2, "<</Type/Pages/Count 1/Kids[77 0 R]>>");
    assert!(matches!(refusal(&document.build()), Refusal::Damaged(_)));
    let mut document = plain();
    document.object(3, "<</Type/Page/Parent 2 0 R>>");
    assert_eq!(refusal(&document.build()), Refusal::Damaged(Damage::Missing));
}

#[test]
fn a_filter_that_nobody_knows_is_refused() {
    let mut document = plain();
    document.stream(4, "/Filter/SecretDecode", WORDS);
    assert_eq!(refusal(&document.build()), Refusal::Feature(Feature::Filter));
    let nine = format!("/Filter[{}]", "/ASCIIHexDecode".repeat(9));
    document.stream(4, &nine, b">");
    assert_eq!(refusal(&document.build()), Refusal::Feature(Feature::Filter));
}

#[test]
fn a_drawing_that_cannot_be_unfolded_is_refused() {
    let mut document = plain();
    document.stream(4, "/Filter/FlateDecode", b"this is no zlib data");
    assert_eq!(refusal(&document.build()), Refusal::Damaged(Damage::Value));
}

#[test]
fn a_stream_that_comes_from_another_file_is_refused() {
    let mut document = plain();
    document.stream(4, "/F(/etc/hostname)", WORDS);
    assert_eq!(refusal(&document.build()), Refusal::Feature(Feature::Construct));
}

#[test]
fn a_colour_space_that_nobody_knows_is_refused() {
    let document = one_page(b"/C1 cs", "/ColorSpace<</C1[/Secret 1]>>", "").build();
    assert_eq!(refusal(&document), Refusal::Feature(Feature::Construct));
}

#[test]
fn a_colour_profile_that_cannot_be_read_is_refused() {
    let mut document = one_page(b"/C1 cs", "/ColorSpace<</C1[/ICCBased 10 0 R]>>", "");
    document.stream(10, "/N 3", b"no profile");
    assert_eq!(refusal(&document.build()), Refusal::Damaged(Damage::Value));
}

#[test]
fn a_form_without_pages_of_its_own_is_refused() {
    for catalog in [
        "<</Type/Catalog/Pages 2 0 R/NeedsRendering true>>",
        "<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA(x)/Fields[]>>>>",
    ] {
        let mut document = plain();
        document.object(1, catalog);
        assert_eq!(refusal(&document.build()), Refusal::Feature(Feature::Construct));
    }
}

#[test]
fn words_that_only_a_viewer_would_set_in_type_are_refused() {
    for annotation in [
        "<</Type/Annot/Subtype/FreeText/Rect[0 0 9 9]/Contents(seen)>>",
        "<</Type/Annot/Subtype/FreeText/Rect[0 0 9 9]/RC(<p>seen</p>)>>",
        "<</Type/Annot/Subtype/Widget/FT/Tx/V(seen)/Rect[0 0 9 9]>>",
        "<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/Name/Confidential>>",
        "<</Type/Annot/Subtype/Line/L[0 0 9 9]/Rect[0 0 9 9]/Cap true/Contents(seen)>>",
    ] {
        let mut document = one_page(WORDS, "", "/Annots[10 0 R]");
        document.object(10, annotation);
        assert_eq!(refusal(&document.build()), Refusal::Feature(Feature::Construct));
    }
}

#[test]
fn a_tick_that_only_a_viewer_would_draw_is_refused() {
    let widget = "/Type/Annot/Subtype/Widget/FT/Btn/Rect[0 0 9 9]/MK<</CA(4)>>";
    let look = "/AP<</N<</Yes 12 0 R>>>>";
    let asks = "/AcroForm<</Fields[]/NeedAppearances true>>";
    let outcome = |form: &str, state: &str| {
        let mut document = one_page(WORDS, "", "/Annots[10 0 R]");
        document
            .object(1, &format!("<</Type/Catalog/Pages 2 0 R{form}>>"))
            .object(10, &format!("<<{widget}{state}>>"))
            .object(11, "<</FT/Btn/V/Yes>>")
            .stream(12, "/BBox[0 0 9 9]", b"0 0 9 9 re f");
        clean(&document.build()).map(|_| ())
    };
    let refused = Err(Refusal::Feature(Feature::Construct));
    for state in [
        "/V/Yes/AS/Yes",
        "/V/Yes",
        "/AS/Yes",
        "/Parent 11 0 R",
        "/V/Yes/AS/Yes/AP<</N<</Yes<<>>>>>>",
        "/V/No/AS/No/AP<</N<</Yes 12 0 R>>>>",
        // A button with a caption.
        "/Ff 65536",
    ] {
        assert_eq!(outcome("", state), refused, "{state}");
    }
    assert_eq!(outcome(asks, "/V/Yes/AS/Yes"), refused);
    assert_eq!(outcome(asks, &format!("/V/Yes/AS/Yes{look}")), Ok(()));
    for state in ["", "/V/Off/AS/Off", look, "/V/Yes/AS/Yes/F 2"] {
        assert_eq!(outcome("", state), Ok(()), "{state}");
    }
    // Of two buttons that belong together one is on.
    assert_eq!(outcome("", &format!("/Parent 11 0 R/AS/Off{look}")), Ok(()));
    assert_eq!(outcome("", &format!("/V/Yes/AS/Yes{look}")), Ok(()));
}

/// A form that asks for new looks, whose one field has this value and this look.
fn with_field(value: &str, look: &[u8]) -> Result<(), Refusal> {
    let mut document = one_page(WORDS, "", "/Annots[10 0 R]");
    document
        .object(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[10 0 R]/NeedAppearances true>>>>")
        .object(
            10,
            &format!("<</Type/Annot/Subtype/Widget/FT/Tx/V{value}/Rect[0 0 9 9]/AP<</N 11 0 R>>>>"),
        )
        .stream(11, "/BBox[0 0 9 9]", look);
    clean(&document.build()).map(drop)
}

#[test]
fn a_form_whose_values_are_set_in_type_on_opening_is_refused() {
    for (value, look) in [
        ("(seen)", b"".as_slice()),
        ("(seen)", b"BT (see) Tj ET"),
        ("(seen)/Opt[(A)(B)]", b"BT (A) Tj ET"),
        ("(seen)", b"BT (seen too) Tj ET"),
        ("(seen)", b"BT /F1 9 Tf <00360048> Tj ET"),
        ("<feff00730065>", b"BT (seen) Tj ET"),
        // Letters that the font of the look may show as others.
        ("(s\\351n)", b"BT (s\\351n) Tj ET"),
        ("<feff00e9>", b"BT <e9> Tj ET"),
    ] {
        assert_eq!(with_field(value, look), Err(Refusal::Feature(Feature::Construct)), "{value}");
    }
}

#[test]
fn a_form_whose_looks_show_the_values_already_is_taken() {
    for (value, look) in [
        ("(seen)", b"BT (seen) Tj ET".as_slice()),
        ("(seen)", b"/Tx BMC q BT 0 g /F1 9 Tf 2 2 Td [(se) -20 (en)] TJ ET Q EMC"),
        ("<feff007300650065006e>", b"BT <7365656e> Tj ET"),
        ("<feff>", b""),
        ("()", b""),
        ("(A)/Opt[(A)(B)]", b"BT (A) Tj ET BT (B) Tj ET"),
        ("(A)/Opt[[(1)(A)][(2)(B)]]", b"BT (A) Tj ET BT (B) Tj ET"),
    ] {
        assert_eq!(with_field(value, look), Ok(()), "{value}");
    }
}

#[test]
fn a_picture_that_claims_too_many_pixels_is_refused() {
    let mut document = one_page(b"/A Do", "/XObject<</A 10 0 R>>", "");
    document.stream(
        10,
        "/Type/XObject/Subtype/Image/Width 29000/Height 29000/BitsPerComponent 1/ColorSpace/DeviceGray",
        b"",
    );
    assert_eq!(refusal(&document.build()), Refusal::Limit(Limit::Pixels));
}

#[test]
fn every_limit_is_kept() {
    let mut two = plain();
    two.object(2, "<</Type/Pages/Count 2/Kids[3 0 R 3 0 R]>>");
    let with = |document: &[u8], change: fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        sanitize(&mut std::io::Cursor::new(document), &mut Vec::new(), &limits).unwrap_err()
    };
    let one = plain().build();
    assert_eq!(with(&two.build(), |limits| limits.pages = 1), Refusal::Limit(Limit::Pages));
    assert_eq!(with(&one, |limits| limits.objects = 3), Refusal::Limit(Limit::Parts));
    assert_eq!(with(&one, |limits| limits.inflated_stream = 9), Refusal::Limit(Limit::Inflated));
    assert_eq!(with(&one, |limits| limits.inflated_total = 9), Refusal::Limit(Limit::Inflated));
    let nested =
        one_page(WORDS, "", "/Group<</CS[/Indexed[/Indexed[/Indexed/DeviceRGB 1(x)]1(x)]1(x)]>>");
    assert_eq!(with(&nested.build(), |limits| limits.depth = 3), Refusal::Limit(Limit::Depth));
    assert!(clean(&nested.build()).is_ok());
}

#[test]
fn data_with_a_letter_that_means_nothing_are_refused() {
    for (filter, data) in
        [("ASCII85Decode", b"9jqo^v9jqo^~>".as_slice()), ("ASCIIHexDecode", b"2fzz>")]
    {
        let mut document = plain();
        document.stream(4, &format!("/Filter/{filter}"), data);
        assert_eq!(refusal(&document.build()), Refusal::Damaged(Damage::Value), "{filter}");
    }
}

#[test]
fn a_map_of_a_composite_font_that_nobody_knows_is_refused() {
    let outcome = |encoding: &str| {
        let mut document = one_page(b"BT /F2 9 Tf <0041> Tj ET", "", "");
        document
            .object(
                3,
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R\
                 /Resources<</Font<</F2 10 0 R>>>>>>",
            )
            .object(
                10,
                &format!(
                    "<</Type/Font/Subtype/Type0/BaseFont/Ryumin/Encoding{encoding}\
                     /DescendantFonts[11 0 R]>>"
                ),
            )
            .object(
                11,
                "<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin/CIDSystemInfo\
                 <</Registry(Adobe)/Ordering(Japan1)/Supplement 1>>>>",
            )
            .stream(12, "/Type/CMap/CMapName/A/UseCMap/AnnasMap", b"")
            .stream(13, "/Type/CMap/CMapName/A", b"/AnnasMap usecmap");
        clean(&document.build()).map(|(copy, _)| copy)
    };
    for encoding in ["/AnnasMap", "/UniJIS-Anna-H", " 12 0 R", " 13 0 R"] {
        let refused = Err(Refusal::Feature(Feature::Construct));
        assert_eq!(outcome(encoding), refused, "{encoding}");
    }
    for known in ["/UniJIS2004-UTF16-H", "/78-H", "/GBT-EUC-V", "/UniJISX0213-UTF32-H", "/KSC-H"] {
        let copy = outcome(known).unwrap();
        assert!(String::from_utf8_lossy(&copy).contains(&format!("/Encoding{known}/")), "{known}");
    }
}

#[test]
fn a_jpeg_that_is_larger_than_the_document_says_is_refused() {
    let photograph = photograph("maker");
    let outcome = |width: u32, height: u32| {
        let mut document = one_page(b"/A Do", "/XObject<</A 10 0 R>>", "");
        let dict = format!(
            "/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8\
             /ColorSpace/DeviceRGB/Filter/DCTDecode"
        );
        document.stream(10, &dict, &photograph);
        let header = format!("BI /W {width} /H {height} /BPC 8 /CS /RGB /F /DCT ID ");
        let inline = [header.as_bytes(), &photograph, b"\nEI Q"].concat();
        let inline = clean(&one_page(&inline, "", "").build()).map(|_| ());
        assert_eq!(clean(&document.build()).map(|_| ()), inline);
        inline
    };
    assert_eq!(outcome(32, 16), Ok(()));
    for (width, height) in [(32, 8), (16, 16)] {
        assert_eq!(outcome(width, height), Err(Refusal::Damaged(Damage::Value)));
    }
}
