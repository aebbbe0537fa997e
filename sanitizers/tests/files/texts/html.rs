//! Web pages.

use proptest::prelude::*;
use sluse_sanitizers::{Change, Kind, Refusal, Warning};

use crate::cleaning::{clean, clean_with_report};
use crate::programs::python;

/// Prints the words of a page, one a line, and every tag with its attributes.
const PAGE: &str = r#"
import sys
from html.parser import HTMLParser
class Words(HTMLParser):
    unseen = 0
    def handle_starttag(self, tag, attributes):
        if tag in ("script", "style", "title"): self.unseen += 1
        if "tags" in sys.argv: print("tag", tag, attributes)
    def handle_endtag(self, tag):
        if tag in ("script", "style", "title"): self.unseen -= 1
    def handle_data(self, data):
        if not self.unseen:
            for word in data.split(): print(word)
Words().feed(open(sys.argv[1], encoding="utf-8").read())
"#;

const PAGE_OF_NEWS: &str = "<!DOCTYPE html><html lang=da><head><meta charset=utf-8>\
    <title>Avisen</title><script>var a = '<p>x';</script><style>p { color: red }</style></head>\
    <body class=front><h1>R&oslash;d gr&#248;d</h1><p>Med <b>fl&oslash;de</b> &amp; <i>mælk</i>\
    <ul><li>En<li>To</ul><table><tr><th>A<td colspan=2>B</table>\
    <a href='https://x.test/'>Læs mere</a><pre>\n  to\n  linjer</pre></body></html>";

#[test]
fn another_parser_finds_the_same_words() {
    let (copy, report) = clean_with_report(PAGE_OF_NEWS.as_bytes()).unwrap();
    assert_eq!(report.kind, Kind::Html);
    assert!(report.changes.contains(&Change::LinksRemoved));
    assert!(report.changes.contains(&Change::LooksRemoved));
    assert_eq!(python(PAGE, PAGE_OF_NEWS.as_bytes()), python(PAGE, &copy));
}

#[test]
fn the_same_page_from_two_programs_gives_the_same_copy() {
    let other =
        PAGE_OF_NEWS.replace("class=front", "id=w onload='x()'").replace("lang=da", "lang=en");
    let latin: Vec<u8> = other
        .replace("charset=utf-8", "charset=iso-8859-1")
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    assert_eq!(clean(&latin), clean(PAGE_OF_NEWS.as_bytes()));
}

#[test]
fn words_that_a_style_sheet_hid_are_warned_of() {
    let page = "<html><style>.x { display : none }</style><p class=x>a</html>";
    assert_eq!(clean_with_report(page.as_bytes()).unwrap().1.warnings, [Warning::HiddenText]);
}

#[test]
fn deep_and_endless_pages_are_refused() {
    let deep = format!("<html>{}", "<div>".repeat(10_000));
    assert!(matches!(clean_with_report(deep.as_bytes()), Err(Refusal::Limit(_))));
    let many = format!("<html>{}", "<br>".repeat(600_000));
    assert!(matches!(clean_with_report(many.as_bytes()), Err(Refusal::Limit(_))));
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zæøå<>&; ]{0,6}",
        prop::sample::select(vec![
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<table>",
            "</table>",
            "<tr>",
            "<td>",
            "</td>",
            "<b>",
            "</b>",
            "<i>",
            "</i>",
            "<a href=x>",
            "</a>",
            "<ul>",
            "<li>",
            "</ul>",
            "<select>",
            "<option>",
            "</select>",
            "<svg>",
            "</svg>",
            "<p hidden>",
            "<div hidden>",
            "<br>",
            "</br>",
            "<pre>\n",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<title>",
            "</title>",
            "<textarea>",
            "</textarea>",
            "<form>",
            "</form>",
            "<math><mi>",
            "</mi></math>",
            "<span style='display:none'>",
            "</span>",
            "<input value=a>",
            "&lt;",
            "&#65;",
            "&nbsp;",
            "<noscript>",
            "</noscript>",
            "</body>",
            "<html>",
            "<body>",
            "<h1>",
            "</h2>",
            "<li hidden>",
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2048) })]

    #[test]
    fn soups_of_tags_are_verified_and_stable_or_refused(
        pieces in prop::collection::vec(piece(), 0..24),
    ) {
        let page = format!("<html>{}", pieces.concat());
        if let Ok((copy, _)) = clean_with_report(page.as_bytes()) {
            prop_assert_eq!(clean_with_report(&copy).map(|done| done.0), Ok(copy), "{}", page);
        }
    }
}

#[test]
fn words_that_end_a_drawing_are_kept() {
    for page in [
        "<html><p>Hi<svg><g><p>out</p></svg><p>more",
        "<html><p>Hi<object><svg><b>no</b></svg></object>more",
        "<html><p>Hi<svg><desc><p>no</p></desc><g/></svg>more",
    ] {
        clean(page.as_bytes());
    }
    let copy = clean(b"<html><p>Hi</p><svg><p>out</p></svg><p>more</html>");
    assert!(String::from_utf8(copy).unwrap().contains("<p>out</p>"));
}

#[test]
fn a_text_that_begins_with_a_tag_is_told_to_lose_its_lines() {
    let (_, report) =
        clean_with_report(b"<p align=center>x</p>\n\n# Title\n\n- one\n- two\n").unwrap();
    assert!(report.changes.contains(&Change::LooksRemoved));
}

#[test]
fn words_that_nobody_can_read_are_warned_of() {
    for inside in [
        "<font color=white>a</font>",
        "<div style='position:absolute;left:-9999px'>a</div>",
        "<div style='height:0;overflow:hidden'>a</div>",
        "<div style='font-size:1px'>a</div>",
        "<div style='clip-path:circle(0)'>a</div>",
    ] {
        let (_, report) = clean_with_report(format!("<html><p>b</p>{inside}").as_bytes()).unwrap();
        assert_eq!(report.warnings, [Warning::HiddenText], "{inside}");
    }
}

#[test]
fn what_shows_nothing_is_written_in_one_way() {
    let body = |inside: &str| {
        let copy = clean(format!("<html><body>{inside}</html>").as_bytes());
        let copy = String::from_utf8(copy).unwrap();
        let (_, body) = copy.split_once("<body>\n").unwrap();
        body.strip_suffix("\n</body></html>\n").unwrap().to_owned()
    };
    for (inside, clean) in [
        ("<p>Dear  \t\n all</p>", "<p>Dear all</p>"),
        ("<pre>a  \n b</pre>  c", "<pre>a  \n b</pre> c"),
        ("a<b></b><i><u></u></i><wbr><i dir=rtl></i>", "a"),
        ("a</b></u></div>b", "ab"),
        ("<h1>a</h2>b", "<h1>a</h2>b"),
        (
            "<table><tr><td colspan=4711 rowspan=1234>x</table>",
            "<table><tr><td colspan=\"1\" rowspan=\"2\">x</table>",
        ),
        (
            "<table><tr><td colspan=2>x<tr><td>y<td>z</table>",
            "<table><tr><td colspan=\"2\">x<tr><td>y<td>z</table>",
        ),
        (
            "<ol type=a start=-3 reversed><li value=0>x</ol><ol type=4711>",
            "<ol reversed=\"\" start=\"-3\" type=\"a\"><li value=\"0\">x</ol><ol>",
        ),
    ] {
        assert_eq!(body(inside), clean, "{inside}");
    }
}

#[test]
fn formulas_whose_parts_mean_something_by_their_places_are_told() {
    let page = |formula: &str| format!("<html><p>Dose: <math>{formula}</math> mg");
    let changes = |formula: &str| clean_with_report(page(formula).as_bytes()).unwrap().1.changes;
    assert_eq!(changes("<mfrac><mn>1</mn><mn>2</mn></mfrac>"), [Change::PartsRemoved]);
    assert_eq!(changes("<mi>x</mi><mo>=</mo><mn>2</mn>"), []);
}

#[test]
fn endless_elements_that_are_left_out_are_refused() {
    let page = format!("<html><div hidden>{}", "<p><li>".repeat(100_000));
    assert!(matches!(clean_with_report(page.as_bytes()), Err(Refusal::Limit(_))));
    let rows = format!("<html>a<div hidden><table>{}</table></div>b", "<tr><td>x".repeat(20_000));
    assert!(clean_with_report(rows.as_bytes()).is_ok());
}
