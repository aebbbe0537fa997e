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
