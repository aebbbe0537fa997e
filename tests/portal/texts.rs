//! Every page in both languages, and every text in both files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

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

/// What is filled into each text.
fn variables(source: &str) -> BTreeMap<&str, BTreeSet<String>> {
    let (mut found, mut id) = (BTreeMap::<_, BTreeSet<_>>::new(), "");
    for line in source.lines() {
        if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            id = line.split_once(" =").map_or("", |(id, _)| id);
        }
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let names = line.split('$').skip(1).map(|rest| rest.split(|c| !is_of_name(c)).next());
        found.entry(id).or_default().extend(names.flatten().map(str::to_owned));
    }
    found
}

#[test]
fn both_languages_fill_the_same_into_a_text() {
    let [(_, da), (_, en)] = TEXTS;
    let (da, en) = (variables(da), variables(en));
    let filled = da.values().filter(|names| !names.is_empty()).count();
    assert!(filled > 50, "{filled} texts");
    let differing: Vec<_> = da.iter().filter(|(id, names)| en.get(*id) != Some(names)).collect();
    assert!(differing.is_empty(), "{differing:?}");
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

/// Words in those functions that choose no text: of a page that has a template of its own, and
/// of addresses and fields.
const NO_TEXT: [&str; 7] =
    ["own-network", "files_progress.html", "asked", "{}?asked={next}", "case", "once", "files"];

/// A text whose id ends in a value of the program is missed by nobody but who gets that value.
#[test]
fn every_value_that_chooses_a_text_has_one() {
    let known = ids(TEXTS[0].1);
    for (file, name, shapes) in [
        ("sanitizers/src/finding.rs", "enum Category", &["finding-_"][..]),
        ("sanitizers/src/finding.rs", "enum Change", &["change-_"]),
        ("sanitizers/src/finding.rs", "enum Warning", &["warning-_"]),
        ("src/domain/incoming.rs", "enum NotTaken", &["file-problem-_"]),
        ("src/domain/revealing.rs", "enum Sign", &["revealing-_"]),
        ("src/domain/dialogue.rs", "enum Reply", &["reply-_", "event-_", "event-own-_"]),
        ("src/domain/dialogue.rs", "enum What", &["answer-what-_"]),
        ("src/web/error.rs", "fn page", &["error-_", "error-_-what", "error-_-do"]),
        ("src/web/files.rs", "const KINDS", &["files-kind-_"]),
        ("src/web/progress.rs", "async fn show", &["progress-_"]),
        ("src/web/reporter/case.rs", "fn now", &["case-now-_"]),
        ("src/web/case_files.rs", "async fn take_each", &["check-fault-_"]),
    ] {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let source = std::fs::read_to_string(source).unwrap();
        let values = values(&source, name);
        assert!(values.len() > 1, "{file}: {name}: {values:?}");
        for value in values {
            if NO_TEXT.contains(&&*value) {
                continue;
            }
            for shape in shapes {
                let id = shape.replace('_', &value);
                assert!(known.contains(&*id), "{file}: {name}: no text {id}");
            }
        }
    }
}

/// The variants of an `enum`, as they are written out, or else the words in a function or a
/// table.
fn values(source: &str, name: &str) -> Vec<String> {
    let mut lines = source.lines().skip_while(|line| !line.contains(name));
    let first = lines.next().expect("a beginning");
    let indent = first.len() - first.trim_start().len();
    let is_end = |line: &&str| line.starts_with(&format!("{:indent$}}}", ""));
    let body: Vec<&str> = lines.take_while(|line| !is_end(line)).collect();
    if name.starts_with("enum ") {
        let names = body.iter().map(|line| line.trim().trim_end_matches(','));
        let variants = names.filter(|name| {
            name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphanumeric)
        });
        return variants.map(kebab).collect();
    }
    let words = body.iter().flat_map(|line| line.split('"').skip(1).step_by(2));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn kebab(word: &str) -> String {
    let mut kebab = String::new();
    for letter in word.chars() {
        if letter.is_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.extend(letter.to_lowercase());
    }
    kebab
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

/// What stands in a tab, and in a history, is read over a shoulder.
#[tokio::test]
async fn no_title_says_that_somebody_reports() {
    let (house, _) = House::new().await;
    let code = house.report("Ordene.").await;
    let words = ["indberet", "whistleblow", "anmeld", "report"];
    let is_neutral = |page: &crate::support::Page| {
        let title = page.all("title").concat().to_lowercase();
        let title = title.rsplit_once(" – ").unwrap().0;
        assert!(!title.is_empty() && !words.iter().any(|word| title.contains(word)), "{title}");
    };
    for lang in ["da", "en"] {
        let mut browser = house.reporter();
        browser.get(&format!("/?lang={lang}")).await;
        for path in ["/", "/report", "/sign-in", "/report/reprisals", "/poster", "/signed-out"] {
            is_neutral(&browser.get(path).await);
        }
        for path in sluse::web::information::Information::paths() {
            is_neutral(&browser.get(path).await);
        }
        browser.get("/report").await;
        is_neutral(&browser.upload("/report", &[("text", "Ordene.")], &[]).await);
        for path in ["/report/files", "/report/later", "/report/check"] {
            is_neutral(&browser.get(path).await);
        }
        let mut other = browser.clone();
        other.get("/report/story").await;
        is_neutral(&browser.submit("/report/send", &[]).await);
        is_neutral(&other.upload("/report", &[("text", "Flere ord.")], &[]).await);
        is_neutral(
            &browser.submit("/receipt", &[("code", &browser.page.clone().unwrap().code())]).await,
        );
        let mut browser = house.came_back(&code).await;
        for path in ["/case", "/case/files", "/case/files/check", "/case/identity", "/case/code"] {
            is_neutral(&browser.get(&format!("{path}?lang={lang}")).await);
        }
    }
}
