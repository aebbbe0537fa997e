//! Pages to read: in both languages, in the site's own words, and leading nowhere else.

use axum::http::StatusCode;
use sluse::checks::State;
use sluse::clock::Clock;
use sluse::config::Notice;
use sluse::serve;
use sluse::web::information::Information;

use crate::support::{House, NOON, Page};

/// A site with this page of its own.
async fn with_page(name: &str, text: &str) -> House {
    let text = text.to_owned();
    House::with(|config| {
        let folder = config.data.with_file_name("pages");
        std::fs::create_dir_all(folder.join("da")).unwrap();
        std::fs::write(folder.join("da").join(name), text).unwrap();
        config.pages = Some(folder);
    })
    .await
}

fn links(page: &Page) -> Vec<String> {
    page.attributes("main a[href]", "href")
}

#[tokio::test]
async fn every_page_is_there_in_both_languages() {
    let (house, _) = House::new().await;
    for path in Information::paths() {
        let mut titles = Vec::new();
        for lang in ["da", "en"] {
            let page = house.reporter().get(&format!("{path}?lang={lang}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert_eq!(page.attributes("html", "lang"), [lang], "{path}");
            titles.extend(page.all("h1"));
            let words = page.all("main").concat();
            assert!(!words.contains(['{', '}', '*', '#']), "{path} in {lang}: {words}");
            let first = links(&page);
            assert!(first.len() > 1, "{path} leads on");
        }
        assert_eq!(titles.len(), 2, "{path} has one heading in each language");
        assert_ne!(titles[0], titles[1], "{path}");
    }
}

#[tokio::test]
async fn both_languages_say_the_same_things_in_the_same_order() {
    let (house, _) = House::new().await;
    for path in Information::paths() {
        let mut shapes = Vec::new();
        for lang in ["da", "en"] {
            let page = house.reporter().get(&format!("{path}?lang={lang}")).await;
            let count = |selector: &str| page.all(selector).len();
            let parts = ["h2", "h3", "main p", "main li", "main td"].map(count);
            let inside = links(&page).into_iter().filter(|link| link.starts_with('/'));
            shapes.push((parts, inside.collect::<Vec<_>>()));
        }
        assert_eq!(shapes[0], shapes[1], "{path}");
    }
}

#[tokio::test]
async fn a_reader_gets_from_the_front_page_to_every_page_and_back() {
    let (house, _) = House::new().await;
    let mut seen = vec!["/".to_owned()];
    let mut at = 0;
    while let Some(path) = seen.get(at).cloned() {
        let page = house.reporter().get(&path).await;
        let ways = page.attributes("a[href^='/']", "href");
        let known = |way: &String| Information::paths().any(|path| path == *way);
        for way in ways.into_iter().filter(known) {
            if !seen.contains(&way) {
                seen.push(way);
            }
        }
        at += 1;
    }
    for path in Information::paths() {
        assert!(seen.iter().any(|way| way == path), "nothing leads to {path}");
    }
}

#[tokio::test]
async fn a_page_names_both_doors_and_leaves_out_the_one_that_there_is_not() {
    let (house, _) = House::new().await;
    let page = house.reporter().get("/tor").await.text();
    assert!(page.contains(crate::support::REPORTER_ONION), "{page}");
    assert!(page.contains(crate::support::REPORTER_HOST), "{page}");
}

#[tokio::test]
async fn a_site_says_a_page_in_its_own_words_and_the_rest_stays() {
    let house = with_page("who.md", "# Kun os\n\nHos {organisation} & <venner\\>.\n").await;
    let own = house.reporter().get("/who").await;
    assert_eq!(own.all("h1"), ["Kun os"]);
    assert!(own.text().contains("Hos Styrelsen for Prøver & <venner>."), "{}", own.text());
    let other = house.reporter().get("/what").await;
    assert_eq!(other.status, StatusCode::OK);
    let english = house.reporter().get("/who?lang=en").await;
    assert_ne!(english.all("h1"), ["Kun os"]);
    let check = serve::pages(&house.config);
    assert_eq!(check.state, State::Warn);
    assert!(check.detail.contains("who.md is missing in en"), "{}", check.detail);
}

#[tokio::test]
async fn a_title_that_names_the_organisation_does_so_in_every_link_to_it() {
    let house = with_page("policy.md", "# Politik hos {organisation}\n").await;
    for path in ["/policy", "/"] {
        let page = house.reporter().get(path).await.text();
        assert!(page.contains("Politik hos Styrelsen for Prøver"), "{page}");
        assert!(!page.contains("{organisation}"), "{page}");
    }
}

#[tokio::test]
async fn a_folder_that_is_not_there_and_one_of_no_language_are_named() {
    let mut config = with_page("who.md", "# Kun os\n").await.config.clone();
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("dk")).unwrap();
    config.pages = Some(folder.path().to_owned());
    let check = serve::pages(&config);
    assert_eq!((check.state, check.detail.as_str()), (State::Warn, "dk is no language"));
    config.pages = Some(folder.path().join("gone"));
    let check = serve::pages(&config);
    assert_eq!(check.state, State::Fail);
    assert!(check.detail.contains("there is no folder"), "{}", check.detail);
}

#[tokio::test]
async fn a_file_that_is_no_page_is_named() {
    let house = with_page("whoo.md", "# Kun os\n").await;
    let check = serve::pages(&house.config);
    assert_eq!(check.state, State::Warn);
    assert!(check.detail.contains("da/whoo.md is no page"), "{}", check.detail);
}

#[tokio::test]
async fn a_page_that_cannot_be_shown_is_refused_with_its_file_and_line() {
    let (house, _) = House::new().await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("en")).unwrap();
    let file = folder.path().join("en/policy.md");
    for (text, line) in [
        ("# Policy\n\n<script>alert(1)</script>\n", 3),
        ("# Policy\n\nA [link](http://example.org).\n", 3),
        ("# Policy\n\nSee [that](/nowhere).\n", 3),
        ("# Policy\n\nBy {nobody}.\n", 3),
        ("No title\n", 1),
    ] {
        std::fs::write(&file, text).unwrap();
        let failure = format!("{:#}", Information::load(Some(folder.path())).unwrap_err());
        assert!(failure.contains("en/policy.md"), "{failure}");
        assert!(failure.contains(&format!("line {line}:")), "{failure}");
        let mut config = house.config.clone();
        config.pages = Some(folder.path().to_owned());
        assert_eq!(serve::pages(&config).state, State::Fail);
    }
}

#[tokio::test]
async fn the_poster_shows_both_addresses_in_words_and_as_codes() {
    let (house, _) = House::new().await;
    for lang in ["da", "en"] {
        let page = house.reporter().get(&format!("/poster?lang={lang}")).await;
        let https = format!("https://{}", crate::support::REPORTER_HOST);
        let onion = format!("http://{}", crate::support::REPORTER_ONION);
        assert_eq!(page.all(".poster .typed"), [https, onion]);
        assert_eq!(page.attributes(".poster img[src^='data:image/png']", "alt").len(), 2);
    }
}

#[tokio::test]
async fn a_policy_of_a_site_is_doubted_that_lacks_one_of_the_seven_headings() {
    let six = "# Politik\n\n## Formål\n\n## Veje\n\n## Proces og frister\n\n## Fortrolighed\n\n\
               ## Beskyttelse\n\n## Misbrug\n";
    for (text, doubted) in [
        (six.to_owned(), true),
        (six.replace("## Misbrug", "## Databeskyttelse\n\n## Misbrug"), false),
    ] {
        let house = with_page("policy.md", &text).await;
        let check = serve::pages(&house.config);
        let missing = check.detail.contains("da/policy.md has no “Databeskyttelse”");
        assert_eq!(missing, doubted, "{}", check.detail);
        assert_eq!(check.detail.matches("policy.md has no").count(), usize::from(doubted));
    }
}

#[tokio::test]
async fn what_is_to_be_known_in_advance_stands_on_the_way_in_until_its_last_day() {
    let house = House::with(|config| {
        let (da, en) = ("Lukket juleaften.".to_owned(), "Closed on Christmas Eve.".to_owned());
        let last_day = Some(Clock::fixed(NOON).today().date().to_string());
        config.notice = Some(Notice { da, en, last_day });
    })
    .await;
    for path in ["/", "/sign-in"] {
        assert!(house.reporter().get(path).await.text().contains("Lukket juleaften."), "{path}");
        let english = house.reporter().get(&format!("{path}?lang=en")).await;
        assert!(english.text().contains("Closed on Christmas Eve."), "{path}");
    }
    house.clock.advance(86_400);
    for path in ["/", "/sign-in"] {
        assert!(!house.reporter().get(path).await.text().contains("Lukket juleaften."), "{path}");
    }
}
