//! What pages weigh, and what their lengths tell: every page of the table of routes.

use axum::http::Method;
use sluse::domain::ReceiptCode;
use sluse::limits::{FILES, ITEMS_PER_REPORTERS_PAGE, REFUSED};
use sluse::web::Surface;
use sluse::web::information::Information;
use sluse::web::routes::table;

use crate::support::browser::Upload;
use crate::support::document::document;
use crate::support::pictures::photo;
use crate::support::weight::{self, bytes};
use crate::support::{Browser, House, Page};

/// Every page of reporters that can be opened by its address alone.
fn pages() -> Vec<&'static str> {
    let table = table();
    let reads = table.iter().filter(|route| {
        route.surface == Surface::Reporter
            && route.method == Method::GET
            && !route.path.contains('{')
            && route.path != "/leave"
    });
    reads.map(|route| route.path).collect()
}

/// Opens everything that a page is made of, as a browser does.
async fn with_parts(browser: &mut Browser, page: &Page) -> Vec<(String, Page)> {
    let mut parts = Vec::new();
    for (selector, attribute) in
        [("link[rel=stylesheet]", "href"), ("iframe", "src"), ("img:not([src^='data:'])", "src")]
    {
        for address in page.attributes(selector, attribute) {
            let part = browser.get(&address).await;
            parts.push((address, part));
        }
    }
    parts
}

/// A reporter who is signed in, and has a draft with a file and no word in it.
async fn in_the_middle(house: &House) -> Browser {
    let code = house.report("En sag.").await;
    let mut reporter = house.came_back(&code).await;
    reporter.get("/report").await;
    let file = Upload { name: "a.txt", bytes: b"words" };
    reporter.upload("/report", &[("text", "")], &[file]).await;
    reporter
}

#[tokio::test]
async fn no_page_is_heavier_than_a_slow_line_carries() {
    let (house, _) = House::new().await;
    let mut reporter = in_the_middle(&house).await;
    let mut seen = 0;
    for language in ["da", "en"] {
        reporter.get(&format!("/?lang={language}")).await;
        for path in pages() {
            let page = reporter.get(path).await;
            if !page.headers["content-type"].to_str().unwrap().starts_with("text/html") {
                continue;
            }
            let parts = with_parts(&mut reporter, &page).await;
            let part =
                |address: &str| parts.iter().find(|(found, _)| found == address).unwrap().1.clone();
            weight::holds(&page, &format!("{path} in {language}"), part);
            seen += 1;
        }
    }
    assert!(seen > 40, "{seen} pages were weighed");
}

/// As many files as may be, and in each of them more than in any that people send.
#[tokio::test]
async fn a_list_of_many_files_has_its_weight() {
    let (house, _) = House::new().await;
    let code = house.report("En sag.").await;
    let mut reporter = house.came_back(&code).await;
    let (photo, document) = (photo(), document());
    let names: Vec<String> = (0..FILES).map(|number| format!("IMG_20{number:02}.jpg")).collect();
    let bytes = [photo.as_slice(), &document].into_iter().cycle();
    let files: Vec<_> =
        names.iter().zip(bytes).map(|(name, bytes)| Upload { name, bytes }).collect();
    reporter.get("/report").await;
    reporter.upload("/report", &[("text", "Ord.")], &files).await;
    reporter.get("/case/files").await;
    reporter.upload("/case/files", &[], &files).await;
    let mut holds = async |page: &str| {
        let page = reporter.get(page).await;
        let parts = with_parts(&mut reporter, &page).await;
        let part =
            |address: &str| parts.iter().find(|(found, _)| found == address).unwrap().1.clone();
        weight::holds(&page, &page.path, part);
    };
    for language in ["da", "en"] {
        for page in ["/report/check", "/report/files/list", "/case/files/check", "/case"] {
            holds(&format!("{page}?lang={language}")).await;
        }
    }
    reporter.get("/case/files/check").await;
    reporter.submit("/case/files/send", &[]).await;
    for language in ["da", "en"] {
        let page = reporter.get(&format!("/case?lang={language}")).await;
        assert_eq!(page.ways(".dialogue", "/case/files/").len(), FILES);
        weight::holds(&page, &page.path, |_| page.clone());
    }
}

/// Every file that is refused stands there with its reason.
#[tokio::test]
async fn a_list_of_as_many_refused_files_as_may_be_has_its_weight() {
    let (house, _) = House::new().await;
    let (photo, document) = (photo(), document());
    let program = b"MZ\x90\0".as_slice();
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let names: Vec<String> = (0..FILES + REFUSED).map(|number| format!("IMG_20{number}")).collect();
    // After as many as are taken none is looked at any more.
    let refused = [program, program, b"{\\rtf1 old}"].into_iter().cycle().take(REFUSED);
    let bytes = refused.chain([photo.as_slice(), &document].into_iter().cycle());
    let files: Vec<_> =
        names.iter().zip(bytes).map(|(name, bytes)| Upload { name, bytes }).collect();
    reporter.upload("/report", &[("text", "Ord.")], &files).await;
    for language in ["da", "en"] {
        let check = reporter.get("/report/check").await;
        let one = check.attributes(".files a[href*='?file=']", "href").pop().unwrap();
        let one = one.trim_end_matches("#file");
        for page in ["/report/check?", one, "/report/files?", "/report/files/list?"] {
            let page = reporter.get(&format!("{page}&lang={language}")).await;
            let parts = with_parts(&mut reporter, &page).await;
            let part =
                |address: &str| parts.iter().find(|(found, _)| found == address).unwrap().1.clone();
            weight::holds(&page, &page.path, part);
            assert!(names.iter().all(|name| page.text().contains(name)), "{}", page.text());
        }
    }
}

#[tokio::test]
async fn the_length_of_a_page_to_read_hardly_tells_which_one_is_read() {
    let (house, _) = House::new().await;
    let mut lengths = std::collections::BTreeMap::<usize, usize>::new();
    for path in Information::paths() {
        let page = house.reporter().get(path).await;
        assert!(page.is_compressed(), "{path}");
        *lengths.entry(page.body.len()).or_default() += 1;
    }
    let most = *lengths.values().max().unwrap();
    assert!(most + 1 >= Information::paths().count(), "{lengths:?}");
}

#[tokio::test]
async fn the_style_sheet_is_sent_once_and_compressed() {
    let (house, _) = House::new().await;
    let mut browser = house.reporter();
    let sheets = browser.get("/").await.attributes("link[rel=stylesheet]", "href");
    let css = browser.get(&sheets[0]).await;
    assert_eq!(css.headers["content-encoding"], "gzip");
    assert!(css.headers["cache-control"].to_str().unwrap().contains("immutable"));
    assert_eq!(browser.get("/sign-in").await.attributes("link[rel=stylesheet]", "href"), sheets);
}

#[tokio::test]
async fn the_length_of_a_case_does_not_tell_whether_there_is_news() {
    let (house, anna) = House::new().await;
    let answer = "Tak for din indberetning. Vi har set på fakturaerne, og vi mangler at vide, \
         hvem der godkendte dem i marts. Kan du fortælle os det? Du skal ikke selv undersøge \
         noget, og du skal ikke sige noget til andre om sagen.";
    // Wherever a case stands between two steps before it is answered.
    let kinds = ["message", "question", "feedback", "meeting", "minutes"];
    for (turn, length) in (0..weight::STEP).step_by(256).enumerate() {
        let what = kinds[turn % kinds.len()];
        let text = "x".repeat(1 + length);
        let code = house.report(&text).await;
        let mut reporter = house.came_back(&code).await;
        // Before the day of feedback, and after it.
        house.clock.advance(if turn % 2 == 0 { 0 } else { 100 * 86_400 });
        let before = reporter.get("/case").await;
        let mut handler = house.signed_in(&anna).await;
        let inbox = handler.page.clone().unwrap();
        let number = before.all("#number")[0].clone();
        let line = inbox.all("tbody tr").iter().position(|line| line.contains(&number)).unwrap();
        let case = inbox.attributes("tbody a[href^='/cases/']", "href")[line].clone();
        handler.get(&case).await;
        handler.submit(&case, &[("text", answer), ("what", what)]).await;
        let after = reporter.get("/case").await;
        assert!(after.text().contains("godkendte dem") && !before.text().contains("godkendte dem"));
        assert_eq!(bytes(&before), bytes(&after), "{what} with {length} letters");
    }
    // What the reporter writes may show.
    let code = house.report("Kort.").await;
    let mut reporter = house.came_back(&code).await;
    let before = reporter.page.clone().unwrap();
    let after = reporter.upload("/case", &[("text", &"x".repeat(5000))], &[]).await;
    assert_ne!(bytes(&before), bytes(&after));
}

#[tokio::test]
async fn the_length_of_a_long_case_does_not_tell_either() {
    let (house, anna) = House::new().await;
    let code = house.report("Den første.").await;
    let mut reporter = house.came_back(&code).await;
    for number in 1..ITEMS_PER_REPORTERS_PAGE + 2 {
        let before = reporter.get("/case").await;
        let mut handler = house.signed_in(&anna).await;
        let inbox = handler.page.clone().unwrap();
        let case = inbox.attributes("tbody a[href^='/cases/']", "href").swap_remove(0);
        if number + 3 > ITEMS_PER_REPORTERS_PAGE {
            handler.get(&case).await;
            handler.submit(&case, &[("text", "Tak.")]).await;
            let after = reporter.get("/case").await;
            assert_eq!(bytes(&before), bytes(&after), "{number} of their own");
        }
        reporter.upload("/case", &[("text", &format!("Nummer {number}."))], &[]).await;
    }
}

#[tokio::test]
async fn the_answer_to_a_wrong_code_is_as_long_as_that_to_a_right_one() {
    let (house, _) = House::new().await;
    let right = house.report("En sag.").await;
    let wrong = ReceiptCode::random().in_groups().to_string();
    let mut answers = Vec::new();
    for code in [&right, &wrong] {
        let mut reporter = house.reporter();
        reporter.get("/sign-in").await;
        let answer = reporter.try_post("/sign-in", &[("code", code)]).await.unwrap();
        let names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        answers.push((answer.status, bytes(&answer), names));
        let to = answer.headers["location"].to_str().unwrap().to_owned();
        let page = reporter.get(&to).await;
        assert_eq!(page.has("ol.dialogue"), *code == right);
        assert_eq!(page.has(".govuk-error-summary"), *code == wrong);
    }
    assert_eq!(answers[0], answers[1]);
}
