//! A case that grew long: it can be read, and nobody can make it grow without end.

use sluse::domain::ItemId;
use sluse::domain::dialogue::{Added, What};
use sluse::limits::{ITEMS_PER_DAY, ITEMS_PER_PAGE, ITEMS_PER_REPORTERS_PAGE};

use crate::support::browser::Upload;
use crate::support::{Browser, House, Page};

const FILE: Upload<'static> = Upload { name: "a.txt", bytes: b"words" };

/// A reporter who wrote so many messages beside the report, which is two items, and then signed
/// in.
async fn reporter(house: &House, messages: i64) -> Browser {
    let code = house.report("Den første.").await;
    let mut browser = house.came_back(&code).await;
    let who = house.came_in(&code).await;
    let case = who.reporters_case().unwrap();
    for number in 0..messages {
        let (id, text) = (ItemId::random(), format!("Nummer {number}."));
        let added = house.portal.add(&who, case, id, What::Message, text).await.unwrap();
        assert_eq!(added, Added::Written);
    }
    browser.get("/case").await;
    browser
}

fn of_reporter() -> i64 {
    i64::try_from(ITEMS_PER_REPORTERS_PAGE).unwrap()
}

fn items(page: &Page) -> i64 {
    i64::try_from(page.all(".dialogue > li").len()).unwrap()
}

#[tokio::test]
async fn a_case_takes_so_much_in_a_day_and_goes_on_the_next() {
    let (house, anna) = House::new().await;
    let mut reporter = reporter(&house, ITEMS_PER_DAY - 4).await;
    let page = reporter.upload("/case", &[("text", "Den sidste i dag.")], &[]).await;
    assert_eq!(page.path, "/case?sent");
    // One fits, and two do not: then none is sent, and both wait.
    reporter.get("/case/files").await;
    reporter.upload("/case/files", &[], &[FILE, Upload { name: "b.txt", bytes: b"more" }]).await;
    reporter.get("/case/files/check").await;
    let page = reporter.submit("/case/files/send", &[]).await;
    assert!(page.has(".govuk-error-summary a[href='#files']"), "{}", page.text());
    assert_eq!(page.all(".files > li").len(), 2);
    reporter.press("form[action='/case/files/remove'] button").await;
    assert_eq!(reporter.submit("/case/files/send", &[]).await.path, "/case?files=1");
    reporter.get("/case").await;
    let page = reporter.upload("/case", &[("text", "Én for meget.")], &[]).await;
    assert!(page.has(".govuk-error-summary"));
    assert!(page.all("textarea")[0].contains("Én for meget."), "the words are still there");
    reporter.get("/case/files").await;
    let list = reporter.upload("/case/files", &[], &[FILE]).await;
    assert!(list.has(".govuk-error-message") && !list.has(".files"), "{}", list.text());
    assert_eq!(std::fs::read_dir(house.config.objects()).unwrap().count(), 1);

    let mut handler = house.signed_in(&anna).await;
    let case = handler.page.clone().unwrap().attributes("a[href^='/cases/']", "href")[0].clone();
    handler.get(&case).await;
    let page = handler.submit(&case, &[("text", "Et svar kommer altid frem.")]).await;
    assert!(page.text().contains("Et svar kommer altid frem."));
    reporter.get("/case").await;
    let page = reporter.upload("/case", &[("text", "Én for meget.")], &[]).await;
    assert!(page.has(".govuk-error-summary"), "an answer makes no room");

    let code = house.report("En anden sag.").await;
    let mut other = house.came_back(&code).await;
    let page = other.upload("/case", &[("text", "Hver sag for sig.")], &[]).await;
    assert_eq!(page.path, "/case?sent");
    house.clock.advance(86_400);
    let page = reporter.upload("/case", &[("text", "Én for meget.")], &[]).await;
    assert_eq!(page.path, "/case?sent", "the next day");
}

#[tokio::test]
async fn a_long_case_is_read_page_by_page_and_its_attachments_keep_their_numbers() {
    let (house, anna) = House::new().await;
    let mut reporter = reporter(&house, 0).await;
    reporter.send_files(&[FILE]).await;
    reporter.get("/case").await;
    for number in 0..ITEMS_PER_PAGE {
        reporter.upload("/case", &[("text", &format!("Nummer {number}."))], &[]).await;
    }
    reporter.send_files(&[FILE]).await;
    let page = reporter.get("/case").await;
    assert_eq!(items(&page), of_reporter());
    assert!(page.all(".dialogue > li").last().unwrap().contains("Bilag 2"), "{}", page.text());
    let older = page.ways("main", "/case?before=")[0].clone();
    let page = reporter.get(&older).await;
    // The report, two files and the messages, without those on the newest page.
    assert_eq!(items(&page), ITEMS_PER_PAGE + 3 - of_reporter(), "what did not fit");
    assert!(page.all(".dialogue > li")[0].contains("Den første."));
    assert!(page.all(".dialogue > li")[1].contains("Bilag 1"));
    assert!(page.ways("main", "/case?before=").is_empty());
    assert!(page.ways("main", "/case").contains(&"/case".to_owned()));
    assert_eq!(items(&reporter.get("/case").await), of_reporter());

    let mut handler = house.signed_in(&anna).await;
    let case = handler.page.clone().unwrap().attributes("a[href^='/cases/']", "href")[0].clone();
    let page = handler.get(&case).await;
    assert_eq!(items(&page), ITEMS_PER_PAGE);
    for (page, name) in [(page.clone(), "bilag-2.txt"), {
        let older = page.attributes("a[href*='?before=']", "href")[0].clone();
        (handler.get(&older).await, "bilag-1.txt")
    }] {
        let file = page.attributes("a[href*='/files/']", "href")[0].clone();
        let file = handler.get(&format!("{file}/download")).await;
        assert_eq!(file.headers["content-disposition"], format!("attachment; filename=\"{name}\""));
        assert_eq!(file.body, b"words");
    }
}
