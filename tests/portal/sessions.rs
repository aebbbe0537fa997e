//! The end of a session is announced before it comes, and can be put off without leaving the
//! page.

use std::io::Read as _;
use std::time::Duration;

use axum::http::StatusCode;
use sluse::limits::{SESSION_IDLE, SESSION_TOTAL, SESSION_WARNING};

use crate::support::{Browser, House, Page};

async fn reporter(house: &House) -> Browser {
    let code = house.report("En sag.").await;
    house.came_back(&code).await
}

fn says_when_it_ends(page: &Page) -> bool {
    let minutes = SESSION_IDLE.as_secs() / 60;
    let said = format!("Du bliver logget ud, når du ikke har åbnet en side i {minutes} minutter.");
    page.text().contains(&said)
        && page.has(".session__soon a[href='/session'][target='session']")
        && page.has(".session__soon iframe[name='session'][title]")
}

#[tokio::test]
async fn every_page_with_a_form_behind_a_sign_in_says_when_the_session_ends() {
    let (house, anna) = House::new().await;
    let mut reporter = reporter(&house).await;
    for path in ["/case", "/case/files", "/case/code"] {
        assert!(says_when_it_ends(&reporter.get(path).await), "{path}");
    }
    let code = reporter.submit("/case/code", &[]).await;
    assert!(code.has(".code") && says_when_it_ends(&code));
    house.enrol("bo").await;
    let mut handler = house.signed_in(&anna).await;
    let case = handler.page.clone().unwrap().attributes("a[href^='/cases/']", "href")[0].clone();
    for path in [case.as_str(), "/handlers"] {
        let page = handler.get(path).await;
        assert!(page.has("main form") && says_when_it_ends(&page), "{path}");
    }
}

#[tokio::test]
async fn nobody_is_told_of_a_session_that_there_is_not() {
    let (house, _) = House::new().await;
    let mut stranger = house.reporter();
    for path in ["/", "/report", "/sign-in", "/case", "/signed-out"] {
        let page = stranger.get(path).await;
        assert!(!page.has(".session__soon"), "{path}");
        assert!(!page.text().contains("Du bliver logget ud"), "{path}");
    }
}

#[tokio::test]
async fn a_click_in_the_frame_goes_on_and_one_that_comes_too_late_says_so() {
    let (house, anna) = House::new().await;
    let mut reporter = reporter(&house).await;
    let page = reporter.get("/session").await;
    assert_eq!(page.status, StatusCode::OK);
    let minutes = format!("{} minutter", SESSION_IDLE.as_secs() / 60);
    assert!(page.text().contains(&minutes), "{}", page.text());
    assert!(page.has("a[href='/session']"), "and once more");
    assert!(!page.has("header") && !page.has("footer"), "it stands inside a page");
    let mut handler = house.signed_in(&anna).await;
    assert!(handler.get("/session").await.has("a[href='/session']"));
    reporter.get("/case").await;
    let mut late = reporter.clone();
    reporter.sign_out().await;
    for browser in [&mut late, &mut house.reporter(), &mut house.handler()] {
        let page = browser.get("/session").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("allerede logget ud"), "{}", page.text());
        assert!(!page.has("a"), "there is nothing to go on with");
    }
}

/// Eight hours in which somebody comes back every few minutes, and then half an hour in which
/// nobody does.
#[tokio::test]
async fn the_last_minutes_of_a_session_are_said_and_what_is_written_in_them_is_given_back() {
    let (house, _) = House::new().await;
    let code = house.report("En sag.").await;
    let mut browser = house.came_back(&code).await;
    let step = SESSION_IDLE.checked_sub(SESSION_WARNING).unwrap();
    let mut steps = 0;
    let last = loop {
        house.clock.pass(step);
        steps += 1;
        let page = browser.get("/case").await;
        assert_eq!(page.status, StatusCode::OK, "after {steps} steps");
        if !page.has(".session__soon") {
            break page;
        }
        assert!(says_when_it_ends(&page) || page.text().contains("Du bliver logget ud"));
    };
    let minutes = SESSION_TOTAL.saturating_sub(step * steps).as_secs() / 60;
    let said = format!("Du bliver logget ud om højst {minutes} minutter");
    assert!(minutes > 0 && last.text().contains(&said), "{said}: {}", last.text());
    house.clock.pass(SESSION_TOTAL.saturating_sub(step * steps));
    let page = browser.upload("/case", &[("text", "Skrevet til det sidste.")], &[]).await;
    assert_eq!(page.all("main textarea"), ["Skrevet til det sidste."]);

    let mut browser = house.came_back(&code).await;
    house.clock.pass(SESSION_IDLE.saturating_sub(Duration::from_secs(1)));
    assert_eq!(browser.get("/case").await.status, StatusCode::OK);
    house.clock.pass(SESSION_IDLE);
    let page = browser.upload("/case", &[("text", "Skrevet længe.")], &[]).await;
    assert_eq!(page.all("main textarea"), ["Skrevet længe."]);
    assert_eq!(browser.get("/case").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(house.came_back(&code).await.get("/case").await.all(".dialogue > li").len(), 1);
}

/// The style sheet, unpacked.
async fn style(house: &House) -> String {
    let mut browser = house.reporter();
    let front = browser.get("/").await;
    let address = front.attributes("link[rel=stylesheet]", "href")[0].clone();
    let css = browser.get(&address).await;
    let mut text = String::new();
    flate2::read::GzDecoder::new(&css.body[..]).read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn the_warning_comes_before_the_end_and_to_who_wants_nothing_to_move_too() {
    let (house, _) = House::new().await;
    let css = style(&house).await;
    let after = SESSION_IDLE.checked_sub(SESSION_WARNING).unwrap().as_secs();
    assert!(SESSION_WARNING >= Duration::from_mins(2), "time enough to find it");
    let delay = format!(".session__soon,.session__again{{animation-delay:{after}s}}");
    assert!(css.contains(&delay));
    let still = css.split_once("(prefers-reduced-motion: reduce)").unwrap().1;
    let rule = still.split_once('}').unwrap().0;
    assert!(rule.contains("*:not(.session__soon, .session__again)"), "{rule}");
}

#[tokio::test]
async fn whoever_is_signed_in_and_comes_by_the_way_in_is_led_to_the_case() {
    let (house, _) = House::new().await;
    let code = house.report("En sag.").await;
    let mut reporter = house.came_back(&code).await;
    assert!(reporter.get("/sign-in").await.has("main a[href='/case']"));
    assert!(!house.reporter().get("/sign-in").await.has("main a[href='/case']"));
}
