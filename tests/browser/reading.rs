//! Pages without a look: as a program reads them that knows no style sheet, from top to
//! bottom. `w3m` shows them that way, and so does a voice.

use std::collections::HashSet;
use std::path::Path;
use std::process::Command;

use scraper::{ElementRef, Html, Selector};

use crate::facts::is_framed;
use crate::support::Page;

/// What may stand in the main part before its heading: the way back, what is to be
/// corrected, what was just done, and a line for who prints the page.
const BEFORE_THE_HEADING: &str =
    ".govuk-back-link, .govuk-error-summary, .govuk-notification-banner, .unprinted";
/// What a template or a text leaves behind when it is not filled in.
const UNFILLED: [&str; 6] = ["{{", "}}", "{%", "%}", "{ $", "{$"];

/// Checks a page as it was sent, and writes what `w3m` shows of it beside it.
pub fn holds(page: &Page, file: &Path, name: &str) {
    let html = page.html();
    let shown = dump(file);
    std::fs::write(file.with_extension("txt"), &shown).unwrap();
    for words in UNFILLED {
        assert!(!shown.contains(words), "{name} has {words}: {shown}");
    }
    let ids = ids();
    let raw: Vec<&str> = shown.split_whitespace().filter(|word| ids.contains(word)).collect();
    assert!(raw.is_empty(), "{name} shows the names of texts: {raw:?}");
    // The page says what it says after what it does.
    let does = all(&html, "meta[http-equiv=refresh]").len();
    let said = shown.lines().skip(does).collect::<Vec<_>>().join("\n");
    if let Some(exit) = all(&html, ".leave a").first() {
        assert!(said.trim_start().starts_with(&text(exit)), "{name} begins with {shown}");
    }
    heading_comes_first(&html, &shown, name);
    for link in all(&html, "a, button, summary, legend, label, h1, h2, h3, th, option") {
        assert!(!text(&link).is_empty(), "{name}: {} says nothing", link.html());
    }
    labels_stand_before_their_fields(&html, name);
}

fn heading_comes_first(html: &Html, shown: &str, name: &str) {
    if is_framed(html) && all(html, "h1").is_empty() {
        return;
    }
    let before = Selector::parse(BEFORE_THE_HEADING).unwrap();
    let allowed = |node: ElementRef<'_>| {
        let mut around = node.ancestors().filter_map(ElementRef::wrap).chain([node]);
        around.any(|element| before.matches(&element))
    };
    for element in all(html, "main *") {
        if element.value().name() == "h1" {
            let words: Vec<String> =
                element.text().flat_map(str::split_whitespace).map(str::to_owned).collect();
            let found = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(found.contains(&words.join(" ")), "{name} shows {words:?}");
            return;
        }
        let own = element.children().filter_map(|child| child.value().as_text());
        let says = own.clone().any(|words| !words.trim().is_empty());
        assert!(!says || allowed(element), "{name}: before the heading stands {}", element.html());
    }
    panic!("{name} has no heading");
}

/// Between a label and its field may stand its hint and its fault, and nothing else. A box
/// or a button to tick has its label right behind it.
fn labels_stand_before_their_fields(html: &Html, name: &str) {
    for field in all(html, "input:not([type=hidden]), textarea, select") {
        let id = field.attr("id").unwrap_or_default();
        let ticked = matches!(field.attr("type"), Some("radio" | "checkbox"));
        let mut beside: Vec<ElementRef<'_>> = if ticked {
            field.next_siblings().filter_map(ElementRef::wrap).collect()
        } else {
            field.prev_siblings().filter_map(ElementRef::wrap).collect()
        };
        let described = field.attr("aria-describedby").unwrap_or_default();
        beside.retain(|element| {
            let id = element.attr("id").unwrap_or_default();
            id.is_empty() || !described.split(' ').any(|described| described == id)
        });
        let first = beside.first().unwrap_or_else(|| panic!("{name}: {id} stands alone"));
        assert_eq!(first.attr("for"), Some(id), "{name}: beside {id} stands {}", first.html());
    }
}

fn all<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

/// The words of an element; of a picture, those that stand for it.
fn text(element: &ElementRef<'_>) -> String {
    let words: Vec<&str> = element.text().flat_map(str::split_whitespace).collect();
    let picture = Selector::parse("img[alt]").unwrap();
    let alt = element.select(&picture).find_map(|picture| picture.attr("alt"));
    if words.is_empty() { alt.unwrap_or_default().to_owned() } else { words.join(" ") }
}

/// The names of all texts that no word of a language looks like.
fn ids() -> HashSet<&'static str> {
    let lines = include_str!("../../templates/text/da.ftl").lines();
    let names = lines.filter_map(|line| line.split_once(" =").map(|(name, _)| name));
    names.filter(|name| name.matches('-').count() > 1).collect()
}

fn dump(file: &Path) -> String {
    let output = Command::new("w3m")
        .args(["-dump", "-cols", "80", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8"])
        .arg(file)
        .output()
        .expect("`w3m`: install the Debian package w3m");
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}
