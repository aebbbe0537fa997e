//! Files that two readers would read in two ways: each of them is refused.

use sluse_sanitizers::Refusal;

use crate::cleaning::{clean_with_report as clean, refusal};
use crate::pdf::build::{WORDS, one_page, plain};

const PAGE: &str = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R\
                    /Resources<</Font<</F1 5 0 R>>>>>>";
const OTHER: &str = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 6 0 R\
                     /Resources<</Font<</F1 5 0 R>>>>>>";

/// A document whose page stands in a container of these objects, at this place; `count`
/// is what the container says it holds.
fn contained(objects: &[(u32, &str)], index: u8, count: usize) -> Vec<u8> {
    let mut document = plain();
    document.objects.retain(|(number, _)| *number != 3);
    let (mut head, mut body) = (String::new(), String::new());
    for (number, object) in objects {
        head.extend([number.to_string(), " ".to_owned(), body.len().to_string(), " ".to_owned()]);
        body.extend([object, " "]);
    }
    let dict = format!("/Type/ObjStm/N {count}/First {}", head.len());
    document.folded(6, "", b"BT /F1 24 Tf 20 100 Td (Other words) Tj ET");
    document.folded(10, &dict, (head + &body).as_bytes());
    let mut out = b"%PDF-1.7\n%\xe2\xe3\n".to_vec();
    let mut rows = [[0, 0, 0, 0]; 12];
    rows[3] = [2, 0, 10, index];
    for (number, object) in &document.objects {
        let at = u16::try_from(out.len()).unwrap().to_be_bytes();
        rows[usize::try_from(*number).unwrap()] = [1, at[0], at[1], 0];
        out.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let start = out.len();
    let at = u16::try_from(start).unwrap().to_be_bytes();
    rows[11] = [1, at[0], at[1], 0];
    let head = "11 0 obj\n<</Type/XRef/Size 12/W[1 2 1]/Root 1 0 R/Length 48>>\nstream\n";
    let end = format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n");
    out.extend([head.as_bytes(), &rows.concat(), end.as_bytes()].concat());
    out
}

#[test]
fn a_container_with_two_objects_of_one_number_is_refused() {
    assert!(clean(&contained(&[(3, PAGE), (30, "1")], 0, 2)).is_ok());
    for index in [0, 1] {
        let verdict = refusal(&contained(&[(3, PAGE), (3, OTHER)], index, 2));
        assert!(matches!(verdict, Refusal::Damaged(_)), "{index}");
    }
    // The table calls for the other one.
    for index in [1, 7] {
        let verdict = refusal(&contained(&[(3, PAGE), (30, OTHER)], index, 2));
        assert!(matches!(verdict, Refusal::Damaged(_)), "{index}");
    }
    for count in [1, 3] {
        let verdict = refusal(&contained(&[(3, PAGE), (30, "1")], 0, count));
        assert!(matches!(verdict, Refusal::Damaged(_)), "{count}");
    }
}

#[test]
fn a_stream_whose_length_does_not_lead_to_its_end_is_refused() {
    let words = std::str::from_utf8(WORDS).unwrap();
    let outcome = |lengths: &str, end: &str| {
        let mut document = plain();
        document
            .object(4, &format!("<<{lengths}>>\nstream\n{words}{end}\nendstream"))
            .object(6, &WORDS.len().to_string());
        clean(&document.build()).map(|_| ())
    };
    let length = WORDS.len();
    let more = " BT (more) Tj ET";
    for fits in [format!("/Length {length}"), "/DP[/Length]/X<</Length 1>>/Length 6 0 R".to_owned()]
    {
        assert_eq!(outcome(&fits, ""), Ok(()), "{fits}");
        assert_eq!(outcome(&fits, "  "), Ok(()), "{fits}");
        assert!(matches!(outcome(&fits, more), Err(Refusal::Damaged(_))), "{fits}");
    }
    for other in [
        "/Length 0".to_owned(),
        format!("/Length {}", length + 40),
        format!("/Length {}", length + 4000),
        "/Length 1/Length 6 0 R".to_owned(),
        "/Length 6 0 R/Length 1".to_owned(),
        "/Length 77 0 R".to_owned(),
        String::new(),
    ] {
        assert!(matches!(outcome(&other, ""), Err(Refusal::Damaged(_))), "{other}");
    }
}

#[test]
fn a_layer_that_does_not_say_what_it_is_is_refused() {
    let outcome = |kind: &str, drawing: &str, list: &str| {
        let mut document = one_page(drawing.as_bytes(), "/Properties<</M 10 0 R/N 11 0 R>>", "");
        document
            .object(
                1,
                &format!(
                    "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[{list}]/D<</OFF[{list}]>>>>>>"
                ),
            )
            .object(10, &format!("<<{kind}/Name(a)>>"))
            .object(11, "<</Type/OCMD/OCGs 10 0 R>>");
        clean(&document.build()).map(|_| ())
    };
    assert_eq!(outcome("/Type/OCG", "/OC /M BDC EMC /OC /N BDC EMC", "10 0 R"), Ok(()));
    for (drawing, list) in
        [("/OC /M BDC EMC", ""), ("/OC /N BDC EMC", ""), ("/OC /M BDC EMC", "10 0 R")]
    {
        for kind in ["", "/Type/Other"] {
            let outcome = outcome(kind, drawing, list);
            assert!(matches!(outcome, Err(Refusal::Damaged(_))), "{kind} {drawing} {list}");
        }
    }
    // Marks that are no layers have properties of any kind.
    assert_eq!(outcome("", "/Span /M BDC EMC", ""), Ok(()));
}

#[test]
fn an_annotation_of_an_unknown_type_that_asks_not_to_be_seen_is_refused() {
    let outcome =
        |subtype: &str, flags: u32| {
            let mut document = one_page(WORDS, "", "/Annots[10 0 R]");
            let look = "/Rect[0 0 9 9]/AP<</N 11 0 R>>";
            document
                .object(10, &format!("<</Type/Annot/Subtype/{subtype}/F {flags}{look}>>"))
                .folded(11, "/BBox[0 0 9 9]", b"0 0 9 9 re f");
            clean(&document.build()).map(|_| ())
        };
    assert!(matches!(outcome("Foo", 1), Err(Refusal::Feature(_))));
    for (subtype, flags) in [("Foo", 0), ("Foo", 3), ("Stamp", 1), ("Widget", 1), ("Square", 1)] {
        assert_eq!(outcome(subtype, flags), Ok(()), "{subtype} {flags}");
    }
}

#[test]
fn operands_that_viewers_take_differently_are_refused() {
    let outcome = |drawing: &str| clean(&one_page(drawing.as_bytes(), "", "").build()).map(|_| ());
    let zeros = |count: usize| "0 ".repeat(count);
    assert_eq!(outcome(&format!("{}5 5 50 50 re f", zeros(29))), Ok(()));
    assert!(outcome(&format!("{}5 5 50 50 re f", zeros(30))).is_err());
    for mode in 0..8 {
        assert_eq!(outcome(&format!("{mode} Tr")), Ok(()), "{mode}");
    }
    for mode in ["-1", "8", "11", "3.4", "3.0", "0.", "259"] {
        assert!(outcome(&format!("{mode} Tr")).is_err(), "{mode}");
    }
}

#[test]
fn a_document_whose_header_comes_late_is_no_text() {
    let document = plain().build();
    let late = [b"%%".as_slice(), &[b'x'; 1100], b"\n"].concat();
    assert!(clean(&[late, document].concat()).is_err());
}
