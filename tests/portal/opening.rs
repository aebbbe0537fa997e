//! Nothing is taken before the unit has said that all is in place; and every case knows the
//! policy under which it came in.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use sluse::domain::Ticket;
use sluse::domain::derivations::Class;
use sluse::domain::intake::Sent;
use sluse::domain::questionnaire::Both;
use sluse::domain::turns::Lane;

use crate::support::{Browser, House, Page, Staff};

const POINTS: [&str; 6] = ["policy", "known", "staff", "privacy", "ways", "tried"];
/// A heading of a site's own policy.
const OLD: &str = "# Politik\n\n## Formål\n\nDet gamle.\n";
const NEW: &str = "# Politik\n\n## Formål\n\nDet nye.\n";

/// A portal whose unit is enrolled and that nobody has opened.
async fn closed() -> (House, Staff) {
    let (house, anna) = House::new().await;
    close(&house).await;
    (house, anna)
}

async fn close(house: &House) {
    let store = sluse::installation::open_store(&house.config).await.unwrap();
    let sql = "update instance set opened_on = null";
    sqlx::query(sql).execute(&mut *store.connect().await.unwrap()).await.unwrap();
    store.close().await;
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
async fn whoever_nobody_has_vouched_for_opens_nothing() {
    let (house, anna) = closed().await;
    let bo = house.enrol("bo").await;
    close(&house).await;
    let mut stranger = house.signed_in(&bo).await;
    let page = stranger.get("/opening").await;
    assert!(!page.has("form[action='/opening']"), "{}", page.text());
    // The form can be made without the page.
    let mut fields = page.hidden_fields("/sign-out");
    fields.extend(POINTS.map(|point| ("done".to_owned(), point.to_owned())));
    let request = stranger.build(Method::POST, "/opening");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let body = Body::from(serde_urlencoded::to_string(&fields).unwrap());
    let page = stranger.request(request.body(body).unwrap()).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND, "{}", page.text());
    assert!(!house.portal.is_open().await.unwrap());
    open(&mut house.signed_in(&anna).await, &POINTS).await;
    assert!(house.portal.is_open().await.unwrap());
}

#[tokio::test]
async fn a_page_from_before_the_portal_was_opened_does_no_harm() {
    let (house, anna) = closed().await;
    let mut one = house.signed_in(&anna).await;
    one.get("/opening").await;
    let mut other = one.clone();
    open(&mut one, &POINTS).await;
    let page = other.submit("/opening", &[("done", "policy")]).await;
    assert!(!page.has(".govuk-error-summary"), "{}", page.text());
    assert!(page.text().contains("22. november 2026"), "{}", page.text());
}

#[tokio::test]
async fn the_way_in_says_that_nothing_is_taken_yet() {
    let (house, _) = closed().await;
    let mut reporter = house.reporter();
    let page = reporter.get("/report?lang=en").await;
    assert!(page.text().contains("Reports cannot be received here yet"), "{}", page.text());
    house.portal.open().await.unwrap();
    let page = reporter.get("/report").await;
    assert!(!page.text().contains("Reports cannot be received here yet"));
}

/// A site whose policy says this in Danish.
fn says(house: &House, text: &str) -> std::path::PathBuf {
    let pages = house.folder.path().join("pages");
    std::fs::create_dir_all(pages.join("da")).unwrap();
    std::fs::write(pages.join("da/policy.md"), text).unwrap();
    pages
}

#[tokio::test]
async fn a_case_leads_to_the_policy_that_was_in_force_on_its_day() {
    let (mut house, anna) = House::new().await;
    house.config.pages = Some(says(&house, OLD));
    house.restart().await;
    house.clock.advance(86_400);
    let code = house.report("En sag.").await;
    let way = |page: &Page| page.ways("main", "/policy").concat();
    assert_eq!(way(&house.came_back(&code).await.get("/case").await), "/policy?case", "the newest");
    says(&house, NEW);
    house.restart().await;
    let later = house.report("En sag til på samme dag.").await;
    for code in [&code, &later] {
        let case = house.came_back(code).await.get("/case").await;
        assert_eq!(way(&case), "/policy/2026-11-23?case", "a change counts from the next day");
        assert!(case.text().contains("den, der gælder fra 23. november 2026"), "{}", case.text());
    }
    house.clock.advance(86_400);
    let next = house.report("Dagen efter.").await;
    assert_eq!(way(&house.came_back(&next).await.get("/case").await), "/policy?case");
    let mut reporter = house.reporter();
    let page = reporter.get("/policy/2026-11-23").await;
    assert!(page.text().contains("Det gamle."), "{}", page.text());
    assert!(page.text().contains("fra 23. november 2026 og indtil 24. november 2026"));
    let page = reporter.get("/policy").await;
    assert!(page.text().contains("Det nye.") && page.text().contains("fra 24. november 2026"));
    let before = page.attributes("main a[href^='/policy/']", "href");
    assert_eq!(before, ["/policy/2026-11-23", "/policy/2026-11-22"]);
    let mut handler = house.signed_in(&anna).await;
    let cases = handler.get("/").await.attributes("main a[href^='/cases/']", "href");
    let mut days = Vec::new();
    for case in cases {
        let text = handler.get(&case).await.text();
        let day = text.split("den, der gælder fra ").nth(1).unwrap().split('.').next().unwrap();
        days.push(day.to_owned());
    }
    days.sort();
    assert_eq!(days, ["23", "23", "24"]);
}

#[tokio::test]
async fn what_is_changed_before_the_portal_is_opened_or_on_one_day_is_one_version() {
    let (mut house, _) = closed().await;
    let policy = |number: usize| format!("{OLD}\nNummer {number}.\n");
    for number in 0..3 {
        house.config.pages = Some(says(&house, &policy(number)));
        house.clock.advance(86_400);
        house.restart().await;
        assert_eq!(house.portal.policies().await.unwrap().len(), 1);
    }
    house.portal.open().await.unwrap();
    for number in 3..6 {
        says(&house, &policy(number));
        house.restart().await;
        assert_eq!(house.portal.policies().await.unwrap().len(), 2);
    }
    let page = house.reporter().get("/policy/2026-11-25").await;
    assert!(page.text().contains("Nummer 2."), "{}", page.text());
    let page = house.reporter().get("/policy/2026-11-26").await;
    assert!(page.text().contains("Nummer 5."), "{}", page.text());
}

#[tokio::test]
async fn how_lines_end_in_its_file_makes_no_version_and_a_page_that_is_left_out_has_no_way() {
    let (mut house, _) = House::new().await;
    let text = format!("{OLD}\n[Tor](/tor)\n");
    house.config.pages = Some(says(&house, &text));
    house.restart().await;
    says(&house, &format!("\u{feff}{}", text.replace('\n', "  \r\n")));
    house.clock.advance(2 * 86_400);
    house.restart().await;
    let days = house.portal.policies().await.unwrap();
    assert_eq!(days.len(), 2, "the one of this program, and that of the site");
    let address = format!("/policy/{}", days[0].date());
    assert!(house.reporter().get(&address).await.has("main a[href='/tor']"));
    house.config.tor_guide = false;
    house.restart().await;
    assert!(!house.reporter().get(&address).await.has("main a[href='/tor']"));
}

#[tokio::test]
async fn a_policy_that_did_not_change_is_one_version_however_often_the_portal_starts() {
    let (mut house, _) = House::new().await;
    for _ in 0..3 {
        house.clock.advance(86_400);
        house.restart().await;
    }
    assert_eq!(house.portal.policies().await.unwrap().len(), 1);
    let page = house.reporter().get("/policy").await;
    assert!(page.text().contains("22. november 2026"), "{}", page.text());
    assert!(!page.has("main a[href^='/policy/']"));
}

#[tokio::test]
async fn the_page_leads_to_so_many_earlier_versions_and_all_are_kept() {
    let (house, _) = House::new().await;
    let most = sluse::limits::POLICIES_SHOWN;
    for (number, shown) in (1..=most + 1).map(|number| (number, number.min(most))) {
        let text = format!("{OLD}\nNummer {number}.\n");
        let both = Both { da: text.clone(), en: text };
        house.portal.keep_policy(&both).await.unwrap();
        house.clock.advance(86_400);
        let page = house.reporter().get("/policy").await;
        assert_eq!(page.all("main a[href^='/policy/']").len(), shown, "{number} changes");
    }
    let first = house.reporter().get("/policy/2026-11-22").await;
    assert_eq!(first.status, StatusCode::OK);
}

#[tokio::test]
async fn no_other_version_of_the_policy_can_be_asked_for() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    assert_eq!(reporter.get("/policy/2026-11-22").await.status, StatusCode::OK);
    for day in ["0", "2026-11-23", "2026-13-01", "-1", "9999-12-31", "x", "..", "%2e%2e", "%ff"] {
        let page = reporter.get(&format!("/policy/{day}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{day}");
    }
}
