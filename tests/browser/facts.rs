//! What holds for every page, whatever browser shows it.

use scraper::{Html, Selector};

/// What a page may not contain: it would run, be fetched, or not be shown at the safest
/// level.
const NOTHING_OF: [&str; 10] = [
    "script",
    "svg",
    "math",
    "object",
    "embed",
    "video",
    "audio",
    "[style]",
    "img:not([src^='data:'])",
    "link:not([rel=stylesheet]):not([rel=icon])",
];

fn count(html: &Html, selector: &str) -> usize {
    html.select(&Selector::parse(selector).unwrap()).count()
}

/// Whether this is meant to stand in a frame: there the page around it says what it is, and
/// fits the screen.
pub fn is_framed(html: &Html) -> bool {
    count(html, "body.framed") == 1
}

/// Checks the page as the browser has it.
pub fn hold(source: &str, name: &str) {
    let html = Html::parse_document(source);
    assert!(is_framed(&html) || count(&html, "h1") == 1, "{name} has one first heading");
    assert_eq!(count(&html, "main"), 1, "{name} has one main part");
    assert_eq!(count(&html, "html[lang]"), 1, "{name} says its language");
    let fits = is_framed(&html) || count(&html, "meta[name=viewport]") == 1;
    assert!(fits, "{name} fits small screens");
    for selector in NOTHING_OF {
        assert_eq!(count(&html, selector), 0, "{name} has {selector}");
    }
    // The foot of reporters' pages; a page at a wrong address has none, and leads nowhere.
    if count(&html, ".foot :is([href^='/policy'], [value^='/policy'])") > 0 {
        let first = "body > nav.leave:first-child > a[href='/leave']:first-child";
        assert_eq!(count(&html, first), 1, "{name} begins with the quick exit");
    }
    faults_are_announced(&html, name);
    for refresh in html.select(&Selector::parse("meta[http-equiv=refresh]").unwrap()) {
        let (_, there) = refresh.attr("content").unwrap().split_once(";url=").unwrap();
        let links = count(&html, &format!("main a[href='{there}']"));
        assert!(links == 1 || is_framed(&html), "{name} goes to {there} by itself alone");
    }
    let fields = "input:not([type=hidden]), textarea, select";
    for field in html.select(&Selector::parse(fields).unwrap()) {
        let id = field.attr("id").unwrap_or_else(|| panic!("a field without an id on {name}"));
        assert_eq!(count(&html, &format!("label[for='{id}']")), 1, "{name}: label of {id}");
    }
    for element in html.select(&Selector::parse("*").unwrap()) {
        for (attribute, value) in element.value().attrs() {
            assert!(!attribute.starts_with("on"), "{name} has {attribute}");
            let address = matches!(attribute, "href" | "src" | "action");
            // A picture inside the page is digits, of which two may be strokes.
            let is_elsewhere = value.contains("//") && !value.starts_with("data:");
            assert!(!address || !is_elsewhere, "{name} names another site: {value}");
        }
    }
}

/// What is to be corrected: in the title, which a voice reads first, in a summary on top, and
/// at its field, where the summary leads.
fn faults_are_announced(html: &Html, name: &str) {
    let text = |selector: &str| -> Vec<String> {
        let found = html.select(&Selector::parse(selector).unwrap()).collect::<Vec<_>>();
        found.iter().map(|element| element.text().collect::<String>().trim().to_owned()).collect()
    };
    let title = text("title").concat();
    let is_fault = title.starts_with("Fejl:") || title.starts_with("Error:");
    // A frame is so small that its one fault is its summary.
    let summary = if is_framed(html) { ".govuk-error-message" } else { ".govuk-error-summary" };
    assert_eq!(count(html, summary) == 1, is_fault, "{name} is called {title}");
    for link in html.select(&Selector::parse(".govuk-error-summary a").unwrap()) {
        let target = link.attr("href").unwrap_or_default();
        // An answer that is missing is given on the page that asks for it.
        if target.starts_with("/report/") && target.contains('#') {
            continue;
        }
        let id = target.strip_prefix('#').unwrap_or_default();
        assert_eq!(count(html, &format!("[id='{id}']")), 1, "{name}: the way to {id}");
        let field = format!("input[id='{id}'], textarea[id='{id}'], select[id='{id}']");
        if count(html, &field) == 1 {
            let described = format!("[id='{id}'][aria-describedby~='{id}-fault']");
            assert_eq!(count(html, &described), 1, "{name}: {id} is described by its fault");
            let said = text(&format!("[id='{id}-fault']")).concat();
            let message: String = link.text().collect();
            assert!(said.ends_with(message.trim()), "{name}: {said} and {message}");
        }
    }
}
