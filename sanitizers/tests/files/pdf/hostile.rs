//! Documents made to exhaust or confuse a reader: a quick answer, and no panic.

use std::io::Cursor;
use std::time::{Duration, Instant};

use sluse_sanitizers::refusal::Limit;
use sluse_sanitizers::{Limits, Refusal, sanitize};

use crate::cleaning::{clean_with_report as clean, refusal};
use crate::pdf::build::{deflate, one_page, plain};

/// Far more than any of these takes, and far less than a reader that is caught.
const SOON: Duration = Duration::from_secs(20);

fn quickly<T>(act: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = act();
    assert!(start.elapsed() < SOON, "took {:?}", start.elapsed());
    result
}

#[test]
fn a_drawing_that_unfolds_into_gigabytes_is_refused() {
    let mut document = plain();
    let bomb = deflate(&vec![b' '; 64 << 20]);
    document.stream(4, "/Filter/FlateDecode", &bomb);
    let verdict = quickly(|| refusal(&document.build()));
    assert_eq!(verdict, Refusal::Limit(Limit::Inflated));
}

#[test]
fn many_small_bombs_together_are_refused() {
    let mut document = plain();
    let parts = "4 0 R ".repeat(40);
    document
        .object(3, &format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents[{parts}]>>"))
        .folded(4, "", &vec![b' '; 16 << 20]);
    let verdict = quickly(|| refusal(&document.build()));
    assert_eq!(verdict, Refusal::Limit(Limit::Inflated));
}

#[test]
fn deep_nesting_costs_no_stack() {
    for (open, close) in [("[", "]"), ("<</A", ">>")] {
        let deep = format!("{} 1 {}", open.repeat(20_000), close.repeat(20_000));
        let document = one_page(b"", "", &format!("/X {deep}")).build();
        assert!(quickly(|| clean(&document)).is_err());
        // The same in a drawing, where it means nothing.
        let drawing = one_page(deep.as_bytes(), "", "").build();
        assert!(quickly(|| clean(&drawing)).is_ok());
    }
    for stray in [")", ">", "]", "}", "(", "<<", "BI ", "q "] {
        let drawing = one_page(stray.repeat(50_000).as_bytes(), "", "").build();
        let _ = quickly(|| clean(&drawing));
    }
}

#[test]
fn objects_that_refer_to_each_other_in_a_circle_are_written_once() {
    let mut document = one_page(b"/A Do", "/XObject<</A 10 0 R>>", "");
    document.stream(
        10,
        "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 10 0 R>>>>",
        b"/A Do",
    );
    let (copy, _) = quickly(|| clean(&document.build())).unwrap();
    assert!(copy.len() < 2000);
}

#[test]
fn a_table_that_leads_back_to_itself_ends() {
    let mut document = plain();
    let before = document.build();
    let table = before.windows(5).position(|text| text == b"xref\n").unwrap();
    document.trailer = format!("/Prev {table}");
    let _ = quickly(|| clean(&document.build()));
}

#[test]
fn a_reference_to_itself_is_nothing() {
    let mut document = plain();
    document.object(5, "5 0 R");
    let _ = quickly(|| clean(&document.build()));
}

#[test]
fn a_table_without_columns_or_with_a_huge_size_is_refused() {
    for dict in [
        "/Type/XRef/W[0 0 0]/Size 4294967295/Root 1 0 R",
        "/Type/XRef/W[1 2 1]/Size 99999999999/Root 1 0 R",
        "/Type/XRef/W[8 8 8]/Size 3/Index[0 4294967295]/Root 1 0 R",
    ] {
        let document = format!(
            "%PDF-1.5\n1 0 obj\n<<{dict}/Length 4>>stream\nabcd\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
        );
        assert!(quickly(|| clean(document.as_bytes())).is_err(), "{dict}");
    }
}

#[test]
fn inherited_resources_are_not_multiplied_by_the_number_of_pages() {
    let mut document = plain();
    let fonts = (0..300).map(|n| format!("/Name{n} 5 0 R")).collect::<Vec<_>>().concat();
    let kids = (100..600).map(|n| format!("{n} 0 R ")).collect::<Vec<_>>().concat();
    document.object(
        2,
        &format!(
            "<</Type/Pages/Count 500/Kids[{kids}]/Resources<</Font<<{fonts}>>>>/MediaBox[0 0 9 9]>>"
        ),
    );
    for number in 100..600 {
        document.object(number, "<</Type/Page/Parent 2 0 R>>");
    }
    let original = document.build();
    let (copy, _) = quickly(|| clean(&original)).unwrap();
    assert!(copy.len() < 2 * original.len());
}

/// A small generator of numbers: the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

#[test]
fn damaged_documents_are_cleaned_or_refused_and_never_cause_a_panic() {
    let mut document = one_page(
        b"q /A Do BI /W 2 /H 1 /BPC 8 /CS /G ID ab EI [(a) 1] TJ /OC /L BDC EMC Q",
        "/XObject<</A 10 0 R>>",
        "/Annots[<</Subtype/Square/Rect[0 0 9 9]/AP<</N 11 0 R>>>>]",
    );
    document
        .stream(
            10,
            "/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace[/Indexed/DeviceRGB 1(abcdef)]",
            b"\0\x01\x01\0",
        )
        .stream(11, "/BBox[0 0 9 9]", b"0 0 9 9 re f")
        .stream(4, "", b"q /A Do BI /W 2 /H 1 /BPC 8 /CS /G ID ab EI [(a) 1] TJ /OC /L BDC EMC Q");
    let original = document.build();
    let mut dice = Dice(2026);
    let start = Instant::now();
    let (mut accepted, mut refused) = (0, 0);
    while accepted + refused < 1500 && start.elapsed() < Duration::from_secs(5) {
        let mut damaged = original.clone();
        for _ in 0..=dice.roll(3) {
            let at = dice.roll(damaged.len());
            match dice.roll(4) {
                0 => damaged[at] = b"0 /<>[]()%"[dice.roll(10)],
                1 => damaged[at] ^= 1 << dice.roll(8),
                2 => drop(damaged.remove(at)),
                _ => damaged.insert(at, b"19R<(["[dice.roll(6)]),
            }
        }
        let outcome = sanitize(&mut Cursor::new(&damaged), &mut Vec::new(), &Limits::default());
        match outcome {
            Ok(_) => accepted += 1,
            Err(_) => refused += 1,
        }
    }
    assert!(accepted > 0 && refused > 0, "{accepted} accepted, {refused} refused");
}

#[test]
fn arrays_of_references_to_arrays_are_refused_before_they_unfold() {
    let mut document = one_page(b"/A Do", "/XObject<</A 10 0 R>>", "");
    for number in 40..47 {
        let next = format!("{} 0 R ", number + 1);
        document.object(number, &format!("[{}]", next.repeat(40)));
    }
    document.object(47, "[1 1]").folded(
        10,
        "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Matrix 40 0 R",
        b"",
    );
    let verdict = quickly(|| refusal(&document.build()));
    assert!(matches!(verdict, Refusal::Limit(Limit::Parts) | Refusal::Damaged(_)), "{verdict:?}");
}

#[test]
fn conditions_of_layers_that_refer_to_each_other_are_refused_before_they_unfold() {
    let mut document = one_page(b"/OC /L BDC EMC", "/Properties<</L 31 0 R>>", "");
    for number in 50..90 {
        let next = number + 1;
        document.object(number, &format!("[/And {next} 0 R {next} 0 R]"));
    }
    document
        .object(1, "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[30 0 R]/D<<>>>>>>")
        .object(30, "<</Type/OCG/Name(x)>>")
        .object(31, "<</Type/OCMD/OCGs[30 0 R]/VE 50 0 R>>")
        .object(90, "[/Not 30 0 R]");
    let verdict = quickly(|| refusal(&document.build()));
    assert_eq!(verdict, Refusal::Limit(Limit::Parts));
}

#[test]
fn as_many_values_as_allowed_are_copied_and_not_one_more() {
    let widths = |count: usize| {
        let mut document = one_page(b"BT /F2 9 Tf (a) Tj ET", "", "");
        document
            .object(
                3,
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R\
                 /Resources<</Font<</F2 10 0 R>>>>>>",
            )
            .object(
                10,
                &format!(
                    "<</Type/Font/Subtype/Type1/BaseFont/Courier/FirstChar 0/LastChar {}\
                     /Widths[{}]>>",
                    count - 1,
                    "1 ".repeat(count)
                ),
            );
        document.build()
    };
    // The four numbers of the page's size are counted as well.
    let limits = Limits { values: 104, ..Limits::default() };
    let outcome =
        |count| sanitize(&mut Cursor::new(widths(count)), &mut Vec::new(), &limits).map(|_| ());
    assert_eq!(outcome(100), Ok(()));
    assert_eq!(outcome(101), Err(Refusal::Limit(Limit::Parts)));
}

#[test]
fn names_that_are_nowhere_are_not_looked_for_everywhere() {
    const FORMS: u32 = 3000;
    let each = |line: fn(u32) -> String| (0..FORMS).map(line).collect::<Vec<_>>().concat();
    let names = each(|n| format!("/N{n} gs "));
    let draws = each(|n| format!("/A{n} Do "));
    let list = each(|n| format!("/A{n} {} 0 R ", n + 10));
    let drawing = [draws, names].concat();
    let mut document = one_page(drawing.as_bytes(), &format!("/XObject<<{list}>>"), "");
    for number in 10..10 + FORMS {
        let dict = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</ExtGState<<>>>>";
        document.stream(number, dict, b"");
    }
    let verdict = quickly(|| refusal(&document.build()));
    assert_eq!(verdict, Refusal::Limit(Limit::Parts));
}

/// Pages that all draw the same form.
fn pages_with(count: u32, form: &str, drawing: &[u8]) -> Vec<u8> {
    let mut document = one_page(b"/A Do", "/XObject<</A 10 0 R>>", "");
    let page = document.objects.iter().find(|(number, _)| *number == 3).unwrap().1.clone();
    let page = String::from_utf8(page).unwrap();
    let kids: Vec<String> = (100..100 + count).map(|number| format!("{number} 0 R ")).collect();
    let kids = kids.concat();
    document.objects.retain(|(number, _)| *number != 3);
    document.object(2, &format!("<</Type/Pages/Count {count}/Kids[{kids}]>>")).folded(
        10,
        &format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]{form}"),
        drawing,
    );
    for number in 100..100 + count {
        document.object(number, &page);
    }
    document.build()
}

#[test]
fn a_form_without_resources_is_compared_once_and_not_with_each_page() {
    let document = pages_with(2000, "", "0 0 m\n".repeat(10_000).as_bytes());
    assert!(quickly(|| clean(&document)).is_ok());
}

#[test]
fn a_name_that_means_something_else_on_another_page_is_still_compared() {
    // The form of both pages has the name /B, which each page gives to another picture.
    let picture = "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8\
                   /ColorSpace/DeviceGray";
    let mut document = one_page(b"/A Do", "/XObject<</A 10 0 R/B 11 0 R>>", "");
    document
        .object(2, "<</Type/Pages/Count 2/Kids[3 0 R 6 0 R]>>")
        .object(
            6,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R\
             /Resources<</XObject<</A 10 0 R/B 12 0 R>>>>>>",
        )
        .folded(10, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b"/B Do")
        .folded(11, picture, b"1")
        .folded(12, picture, b"2");
    let (copy, _) = clean(&document.build()).unwrap();
    assert_eq!(clean(&copy).unwrap().0, copy);
}

#[test]
fn forms_in_twos_on_many_pages_take_no_time() {
    let mut document = one_page(b"/A Do", "/XObject<</A 10 0 R>>", "");
    let kids: Vec<String> = (100..400).map(|number| format!("{number} 0 R ")).collect();
    let kids = kids.concat();
    document.object(2, &format!("<</Type/Pages/Count 300/Kids[{kids}]>>"));
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R\
                /Resources<</XObject<</A 10 0 R>>>>>>";
    for number in 100..400 {
        document.object(number, page);
    }
    document.objects.retain(|(number, _)| *number != 3);
    for number in 10..23 {
        let next = format!("/Resources<</XObject<</A {} 0 R>>>>", number + 1);
        let dict = format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]{next}");
        document.folded(number, &dict, b"/A Do /A Do");
    }
    document.folded(23, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b"f");
    assert!(quickly(|| clean(&document.build())).is_ok());
}

#[test]
fn a_list_or_pictures_in_a_drawing_without_end_are_refused() {
    for drawing in [
        format!("[{}] 0 d", "1 ".repeat(2_000_000)),
        "BI/W 1/H 1/BPC 8/CS/G ID a EI ".repeat(100_001),
    ] {
        let document = one_page(drawing.as_bytes(), "", "").build();
        assert_eq!(quickly(|| refusal(&document)), Refusal::Limit(Limit::Parts));
    }
}
