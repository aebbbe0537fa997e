//! Every page in both languages, and every text in both files.

use std::collections::BTreeSet;

use crate::support::House;

const TEXTS: [(&str, &str); 2] = [
    ("da", include_str!("../../templates/text/da.ftl")),
    ("en", include_str!("../../templates/text/en.ftl")),
];

fn ids(source: &str) -> BTreeSet<&str> {
    source
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" =").map(|(id, _)| id))
        .collect()
}

#[test]
fn both_languages_have_the_same_texts() {
    let [(_, da), (_, en)] = TEXTS;
    let (da, en) = (ids(da), ids(en));
    assert!(da.len() > 100, "{} texts", da.len());
    assert_eq!(da.difference(&en).collect::<Vec<_>>(), Vec::<&&str>::new(), "only in Danish");
    assert_eq!(en.difference(&da).collect::<Vec<_>>(), Vec::<&&str>::new(), "only in English");
}

/// A text that is missing is an error page for whoever comes by it first.
#[test]
fn every_text_that_a_template_names_is_there_and_every_text_is_named() {
    let known = ids(TEXTS[0].1);
    let (mut named, mut beginnings) = (BTreeSet::new(), BTreeSet::new());
    for (_, template) in templates() {
        for after in template.split("text(id=\"").skip(1) {
            let (id, rest) = after.split_once('"').unwrap();
            let is_whole = rest.starts_with([',', ')']);
            if is_whole { &mut named } else { &mut beginnings }.insert(id.to_owned());
        }
    }
    let missing: Vec<&String> = named.iter().filter(|id| !known.contains(id.as_str())).collect();
    assert!(missing.is_empty(), "no text for {missing:?}");
    let empty: Vec<&String> =
        beginnings.iter().filter(|start| !known.iter().any(|id| id.starts_with(*start))).collect();
    assert!(empty.is_empty(), "no text begins with {empty:?}");
    // Those that the program names, or one text takes from another.
    let (code, texts) = (sources(), TEXTS.map(|(_, source)| source).concat());
    let is_named = |id: &str| {
        named.contains(id)
            || beginnings.iter().any(|start| id.starts_with(start))
            || code.contains(&format!("\"{id}\""))
            || texts.contains(&format!("{{ {id} }}"))
    };
    let idle: Vec<&&str> = known.iter().filter(|id| !is_named(id)).collect();
    assert!(idle.is_empty(), "nobody names {idle:?}");
}

fn templates() -> Vec<(std::path::PathBuf, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    files(&root, "html")
}

fn sources() -> String {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
    files(&root, "rs").into_iter().map(|(_, text)| text).collect()
}

fn files(folder: &std::path::Path, end: &str) -> Vec<(std::path::PathBuf, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, end));
        } else if path.extension().is_some_and(|extension| extension == end) {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found
}

#[tokio::test]
async fn pages_come_in_the_language_that_was_asked_for_and_chosen() {
    let (house, _) = House::new().await;
    let mut browser = house.reporter();
    browser.language = "en-GB,en".to_owned();
    assert_eq!(browser.get("/").await.attributes("html", "lang"), ["en"]);
    assert_eq!(browser.get("/?lang=da").await.attributes("html", "lang"), ["da"]);
    assert_eq!(
        browser.get("/guide").await.attributes("html", "lang"),
        ["da"],
        "the choice is kept"
    );
    browser.language = "de".to_owned();
    browser.cookies.clear();
    assert_eq!(browser.get("/").await.attributes("html", "lang"), ["da"], "the site's language");
}
