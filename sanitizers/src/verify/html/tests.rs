use super::*;

const ORIGINAL: &str = "<html><head><title>T</title></head><body onload=x>\
    <h1 id=a>One</h1><p>Two <a href=\"http://x.test\">three</a>\
    <table><tr><td colspan=2>4<tr><td>6<td>7</table>\
    <div hidden>five</div></body></html>";

fn page(body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n{body}\n</body></html>\n"
    )
}

const BODY: &str = "<h1>One</h1><p>Two three<table><tr><td colspan=\"2\">4\
    <tr><td>6<td>7</table>";

fn outcome(body: &str) -> Result<(), Refusal> {
    verify_characters(ORIGINAL, page(body).as_bytes(), &Limits::default())
}

#[test]
fn the_same_words_in_the_same_boxes_pass() {
    assert_eq!(outcome(BODY), Ok(()));
}

#[test]
fn anything_put_back_is_refused() {
    for (from, to) in [
        ("<h1>", "<h1 id=\"a\">"),
        ("<h1>", "<h1 title=\"a\">"),
        ("<h1>", "<h1 onclick=\"a()\">"),
        ("<h1>", "<H1>"),
        ("<h1>", "<h1 >"),
        ("<h1>", "<h1><!-- x -->"),
        ("<h1>", "<h1><script>x</script>"),
        ("<h1>", "<h1><style>x</style>"),
        ("three", "<a href=\"http://x.test\">three</a>"),
        ("three", "three<img src=\"http://x.test/x.png\">"),
        ("three", "three<img src=\"data:image/png;base64,AAAA\">"),
        ("three", "three<svg></svg>"),
        ("three", "three<iframe></iframe>"),
        ("three", "three<input value=\"\">"),
        ("three", "three<meta name=\"a\">"),
        ("three", "three<link>"),
        ("three", "three&nbsp;"),
        ("three", "three<div hidden>five</div>"),
        ("three", "three five"),
        ("three", "thre"),
        ("three", "three<b></b>"),
        ("three", "three<i dir=\"rtl\"></i>"),
        ("three", "three<wbr>"),
        ("Two three", "Two  three"),
        ("Two three", "Two\nthree"),
        ("Two three", "Two\tthree"),
        ("colspan=\"2\"", "colspan=\"4711\""),
        ("colspan=\"2\"", "rowspan=\"1234\""),
        ("<td colspan=\"2\">4", "4"),
        ("colspan=\"2\"", "colspan=\"02\""),
        ("colspan=\"2\"", "colspan=2"),
        ("colspan=\"2\"", "rowspan=\"2\" colspan=\"2\""),
        ("</table>", "</table></body></html><p>"),
        ("<p>", "<h2>"),
    ] {
        let changed = BODY.replacen(from, to, 1);
        assert_ne!(changed, BODY);
        assert_eq!(outcome(&changed), Err(Refusal::Verification), "{to}");
    }
    let clean = page(BODY);
    for copy in [
        clean.replace("utf-8", "UTF-8"),
        clean.replace("<!DOCTYPE html>", "<!DOCTYPE html SYSTEM \"x\">"),
        format!("\u{FEFF}{clean}"),
        format!("{clean}x"),
        clean.replace("</head>", "<title>T</title></head>"),
    ] {
        let outcome = verify_characters(ORIGINAL, copy.as_bytes(), &Limits::default());
        assert_eq!(outcome, Err(Refusal::Verification), "{copy}");
    }
}

#[test]
fn words_that_something_else_is_shown_for_are_refused() {
    let shadow = "<x-a><template shadowrootmode=open><p>seen</template>Anna</x-a>";
    let copy = page("Anna");
    let outcome = verify_characters(shadow, copy.as_bytes(), &Limits::default());
    assert_eq!(outcome, Err(Refusal::Verification));
}

#[test]
fn a_tree_far_larger_than_its_page_is_refused() {
    let fonts: Vec<String> = (0..250).map(|number| format!("<font a={number}>")).collect();
    let large = format!("<p>{}{}", fonts.concat(), "<p>x".repeat(20_000));
    let outcome = verify_characters(&large, page("x").as_bytes(), &Limits::default());
    assert_eq!(outcome, Err(Refusal::Limit(Limit::Parts)));
}
