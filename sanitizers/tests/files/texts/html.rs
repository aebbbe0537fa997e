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
