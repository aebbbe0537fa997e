//! Save now, go on later: a draft that is found again by a code.

use axum::http::StatusCode;

use crate::support::browser::Upload;
use crate::support::pictures::photo;
use crate::support::{Browser, House};

const STORY: &str = "Der forsvinder penge fra kassen hver fredag.";

/// A draft with a photograph, and its code.
async fn saved(house: &House) -> (Browser, String) {
    let mut reporter = house.reporter();
    reporter.get("/report/story").await;
    let photo = photo();
    let file = Upload { name: "IMG_1.jpg", bytes: &photo };
    reporter.upload("/report", &[("text", STORY)], &[file]).await;
    reporter.get("/report/later").await;
    let page = reporter.submit("/report/later", &[]).await;
    assert_eq!(page.path, "/report/later");
    assert!(page.text().contains("ikke sendt endnu"), "{}", page.text());
    let code = page.code();
    (reporter, code)
}

async fn type_code(browser: &mut Browser, code: &str) -> crate::support::Page {
    browser.get("/sign-in").await;
    browser.submit("/sign-in", &[("code", code)]).await
}

#[tokio::test]
async fn a_draft_is_found_again_by_its_code_from_another_browser_and_door() {
    let (mut house, _) = House::new().await;
    let (_, code) = saved(&house).await;
    house.restart().await;
    for mut other in [house.reporter(), house.onion_reporter()] {
        let page = type_code(&mut other, &code).await;
        assert_eq!(page.path, "/report/check?not-sent");
        for words in [STORY, "IMG_1.jpg", "ikke sendt endnu"] {
            assert!(page.text().contains(words), "{words}: {}", page.text());
        }
        assert_eq!(other.get("/case").await.status, StatusCode::UNAUTHORIZED, "there is no case");
    }
}

#[tokio::test]
async fn the_code_of_a_draft_becomes_that_of_the_report() {
    let (house, anna) = House::new().await;
    let (_, code) = saved(&house).await;
    let mut other = house.reporter();
    type_code(&mut other, &code).await;
    let receipt = other.submit("/report/send", &[]).await;
    assert_eq!(receipt.code(), code);
    other.submit("/receipt", &[("code", &code)]).await;
    assert_eq!(type_code(&mut house.reporter(), &code).await.path, "/case");
    assert!(house.signed_in(&anna).await.page.unwrap().has("a[href^='/cases/']"));
}

#[tokio::test]
async fn asking_twice_gives_one_code() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report/story").await;
    reporter.upload("/report", &[("text", STORY)], &[]).await;
    reporter.get("/report/later").await;
    let mut other = reporter.clone();
    let (one, two) =
        tokio::join!(reporter.submit("/report/later", &[]), other.submit("/report/later", &[]));
    assert_eq!(one.code(), two.code());
    assert_eq!(reporter.get("/report/later").await.code(), one.code());
    // And what is saved afterwards is in the draft of that code.
    reporter.get("/report/story").await;
    reporter.upload("/report", &[("text", "Mere.")], &[]).await;
    let page = type_code(&mut house.reporter(), &one.code()).await;
    assert!(page.text().contains("Mere."), "{}", page.text());
}

#[tokio::test]
async fn without_a_draft_there_is_nothing_to_save() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    assert_eq!(reporter.get("/report/later").await.path, "/report");
    let (mut reporter, code) = saved(&house).await;
    reporter.get("/report/check").await;
    reporter.submit("/report/send", &[]).await;
    assert_eq!(reporter.get("/report/later").await.path, "/receipt");
    assert_eq!(reporter.get("/receipt").await.code(), code);
}

#[tokio::test]
async fn a_code_does_not_put_a_draft_in_the_place_of_another_one() {
    let (house, _) = House::new().await;
    let (mut first, code) = saved(&house).await;
    let mut other = house.reporter();
    other.get("/report/story").await;
    other.upload("/report", &[("text", "En helt anden sag.")], &[]).await;
    let page = type_code(&mut other, &code).await;
    assert!(page.has(".govuk-error-summary"), "{}", page.text());
    assert!(other.get("/report/check").await.text().contains("En helt anden sag."));
    // In the browser whose draft it is, it is no other one.
    assert_eq!(type_code(&mut first, &code).await.path, "/report/check?not-sent");
}

#[tokio::test]
async fn the_code_ends_with_the_draft() {
    let (house, _) = House::new().await;
    let (_, code) = saved(&house).await;
    house.clock.advance(2 * 86_400);
    // Whether or not the sweep came by.
    let page = type_code(&mut house.reporter(), &code).await;
    assert_eq!(page.path, "/report", "{}", page.text());
    house.portal.sweep(None).await.unwrap();
    let page = type_code(&mut house.reporter(), &code).await;
    assert!(page.has(".govuk-error-summary"), "{}", page.text());
}

#[tokio::test]
async fn whoever_leaves_quickly_leaves_the_saved_draft() {
    let (house, _) = House::new().await;
    let (mut reporter, code) = saved(&house).await;
    reporter.get("/leave").await;
    let page = type_code(&mut house.reporter(), &code).await;
    assert!(page.text().contains(STORY), "{}", page.text());
}
