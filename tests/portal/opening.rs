//! Nothing is taken before the unit has said that all is in place; and every case knows the
//! policy under which it came in.

use axum::http::StatusCode;
use sluse::domain::Ticket;
use sluse::domain::derivations::Class;
use sluse::domain::intake::Sent;
use sluse::domain::turns::Lane;

use crate::support::{Browser, House, Page, Staff};

const POINTS: [&str; 6] = ["policy", "known", "staff", "privacy", "ways", "tried"];
/// A heading of a site's own policy.
const OLD: &str = "# Politik\n\n## Formål\n\nDet gamle.\n";
const NEW: &str = "# Politik\n\n## Formål\n\nDet nye.\n";

/// A portal whose unit is enrolled and that nobody has opened.
async fn closed() -> (House, Staff) {
    let (house, anna) = House::new().await;
    let store = sluse::installation::open_store(&house.config).await.unwrap();
    let sql = "update instance set opened_on = null";
    sqlx::query(sql).execute(&mut *store.connect().await.unwrap()).await.unwrap();
    store.close().await;
    (house, anna)
}

async fn open(handler: &mut Browser, points: &[&str]) -> Page {
    handler.get("/opening").await;
    let ticked: Vec<_> = points.iter().map(|point| ("done", *point)).collect();
    handler.submit("/opening", &ticked).await
}

#[tokio::test]
async fn before_the_portal_is_opened_no_report_is_taken_and_what_was_written_stays() {
    let (house, anna) = closed().await;
    let mut reporter = house.reporter();
    let front = reporter.get("/?lang=en").await;
    assert!(!front.has("main a[href='/report']"), "{}", front.text());
    reporter.get("/report").await;
    reporter.upload("/report", &[("text", "En sag.")], &[]).await;
    let check = reporter.submit("/report/send", &[]).await;
    assert!(check.has(".govuk-error-summary"), "{}", check.text());
    assert!(check.text().contains("En sag."));
    let mut handler = house.signed_in(&anna).await;
    assert_eq!(handler.get("/").await.all("main a[href^='/cases/']").len(), 0);
    open(&mut handler, &POINTS).await;
    assert!(reporter.get("/").await.has("main a[href='/report']"));
    reporter.get("/report/check").await;
    reporter.submit("/report/send", &[]).await.code();
}

#[tokio::test]
async fn whoever_prepares_the_portal_can_send_a_report_to_try_it() {
    let (house, anna) = closed().await;
    let ticket = Ticket::random();
    house.portal.save_draft(&ticket, &house.story("En prøve.")).await.unwrap();
    let length = house.portal.code_length();
    let sent = house.portal.send(&ticket, length, Class::MirrorReporter, Lane(1)).await.unwrap();
    assert_eq!(sent, Sent::ReceiptIsThere);
    let mut handler = house.signed_in(&anna).await;
    let case = handler.get("/").await.attributes("main a[href^='/cases/']", "href")[0].clone();
    assert!(handler.get(&case).await.text().contains("En prøve."));
}

#[tokio::test]
async fn the_portal_opens_only_when_everything_is_ticked() {
    let (house, anna) = closed().await;
    let mut handler = house.signed_in(&anna).await;
    assert!(handler.get("/").await.has("main a[href='/opening']"));
    for left_out in 0..POINTS.len() {
        let mut points = POINTS.to_vec();
        points.remove(left_out);
        let page = open(&mut handler, &points).await;
        assert!(page.has(".govuk-error-summary a[href='#done']"), "{}", page.text());
        assert_eq!(page.all("input[checked]").len(), points.len(), "what was ticked stays so");
        assert!(!house.portal.is_open().await.unwrap());
    }
    let page = open(&mut handler, &["policy", "policy", "known", "staff", "privacy", "ways"]).await;
    assert!(page.has(".govuk-error-summary"));
    let page = open(&mut handler, &POINTS).await;
    assert!(page.text().contains("22. november 2026"), "{}", page.text());
    assert!(!page.has("form[action='/opening']"));
    assert!(!handler.get("/").await.has("main a[href='/opening']"));
}

#[tokio::test]
async fn the_portal_stays_open_since_the_day_on_which_it_was_opened() {
    let (mut house, anna) = House::new().await;
    house.clock.advance(86_400 * 40);
    house.portal.open().await.unwrap();
    house.restart().await;
    let page = house.signed_in(&anna).await.get("/opening").await;
    assert!(page.text().contains("22. november 2026"), "{}", page.text());
}

#[tokio::test]
async fn who_cannot_be_read_to_by_anybody_is_not_invited_in() {
    let house = House::empty().await;
    house.portal.open().await.unwrap();
    assert!(!house.portal.is_open().await.unwrap(), "opened, and nobody can read");
}

/// A site whose policy says this in Danish.
fn says(house: &House, text: &str) -> std::path::PathBuf {
    let pages = house.folder.path().join("pages");
    std::fs::create_dir_all(pages.join("da")).unwrap();
    std::fs::write(pages.join("da/policy.md"), text).unwrap();
    pages
}

#[tokio::test]
async fn a_case_leads_to_the_policy_under_which_it_came_in() {
    let (mut house, anna) = House::new().await;
    house.config.pages = Some(says(&house, OLD));
    house.clock.advance(86_400);
    house.restart().await;
    let code = house.report("En sag.").await;
    let old = |page: &Page| page.attributes("main a[href^='/policy']", "href").concat();
    let case = house.came_back(&code).await.get("/case").await;
    assert_eq!(old(&case), "/policy", "it is the newest");
    says(&house, NEW);
    house.clock.advance(86_400);
    house.restart().await;
    let mut reporter = house.came_back(&code).await;
    let case = reporter.get("/case").await;
    assert_eq!(old(&case), "/policy/2");
    assert!(case.text().contains("den, der gælder fra 23. november 2026"), "{}", case.text());
    let page = reporter.get("/policy/2").await;
    assert!(page.text().contains("Det gamle."), "{}", page.text());
    assert!(page.text().contains("fra 23. november 2026 til 24. november 2026"));
    let page = reporter.get("/policy").await;
    assert!(page.text().contains("Det nye.") && page.text().contains("24. november 2026"));
    assert_eq!(page.attributes("main a[href^='/policy/']", "href"), ["/policy/2", "/policy/1"]);
    let mut handler = house.signed_in(&anna).await;
    let case = handler.get("/").await.attributes("main a[href^='/cases/']", "href")[0].clone();
    let case = handler.get(&case).await;
    assert!(case.text().contains("den, der gælder fra 23. november 2026"), "{}", case.text());
}

#[tokio::test]
async fn a_policy_that_did_not_change_is_one_version_however_often_the_portal_starts() {
    let (mut house, _) = House::new().await;
    for _ in 0..3 {
        house.clock.advance(86_400);
        house.restart().await;
    }
    let versions = house.portal.policies().await.unwrap();
    assert_eq!(versions.len(), 1);
    let page = house.reporter().get("/policy").await;
    assert!(page.text().contains("22. november 2026"), "{}", page.text());
    assert!(!page.has("main a[href^='/policy/']"));
}

#[tokio::test]
async fn no_other_version_of_the_policy_can_be_asked_for() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    assert_eq!(reporter.get("/policy/1").await.status, StatusCode::OK);
    for number in ["0", "2", "-1", "01x", "99999999999999999999", "..", "%2e%2e"] {
        let page = reporter.get(&format!("/policy/{number}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{number}");
    }
}
