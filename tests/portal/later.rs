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
    // Until something is changed, the code opens it again.
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
async fn who_only_turns_the_pages_of_a_draft_can_still_open_it_by_its_code() {
    let (house, _) = House::new().await;
    let (_, code) = saved(&house).await;
    let mut reporter = house.reporter();
    type_code(&mut reporter, &code).await;
    for page in ["when", "people", "story"] {
        reporter.get(&format!("/report/{page}")).await;
        let words = if page == "story" { STORY } else { "" };
        let field = if page == "story" { "text" } else { "where" };
        reporter.upload("/report", &[(field, words)], &[]).await;
    }
    assert_eq!(type_code(&mut house.reporter(), &code).await.path, "/report/check?not-sent");
}

/// Whoever closes the browser after one change would lose all of it: they are told, and get
/// another code before and after.
#[tokio::test]
async fn whoever_came_by_a_code_can_have_another_one_at_once() {
    let (house, _) = House::new().await;
    let (_, code) = saved(&house).await;
    let mut reporter = house.reporter();
    let check = type_code(&mut reporter, &code).await;
    assert!(check.has("main a[href='/report/later']"), "{}", check.text());
    assert!(!reporter.get("/report/later").await.has(".code"), "not the one that ends");
    let next = reporter.submit("/report/later", &[]).await.code();
    assert_ne!(next, code);
    let unknown = type_code(&mut house.reporter(), &code).await;
    assert!(unknown.has(".govuk-error-summary"), "{}", unknown.text());
    // Found by that one and changed, it says that the code is over. Nobody else reads that.
    let mut again = house.reporter();
    assert!(type_code(&mut again, &next).await.text().contains(STORY));
    again.get("/report/when").await;
    again.press_with("main button[value='next']", &[("where", "Kajen")]).await;
    let ended = "Har du åbnet kladden med en kode";
    assert!(again.get("/report/story").await.text().contains(ended));
    let mut without = house.reporter();
    without.get("/report/story").await;
    without.upload("/report", &[("text", STORY)], &[]).await;
    assert!(!without.get("/report/story").await.text().contains(ended));
}

/// An employer could hand out codes of drafts that he made himself.
#[tokio::test]
async fn who_made_a_draft_and_gave_its_code_away_reads_nothing_of_what_becomes_of_it() {
    let (house, anna) = House::new().await;
    let (mut maker, code) = saved(&house).await;
    let mut victim = house.reporter();
    type_code(&mut victim, &code).await;
    // The one who made it has another key from now on.
    assert_eq!(maker.get("/report/check").await.path, "/report?no-draft");
    victim.get("/report/people").await;
    victim.upload("/report", &[("involved", "Chefen selv.")], &[]).await;
    // And the code ends with the first change.
    let page = type_code(&mut house.reporter(), &code).await;
    assert!(page.has(".govuk-error-summary"), "{}", page.text());
    victim.get("/report/check").await;
    let own = victim.submit("/report/send", &[]).await.code();
    assert_ne!(own, code, "a report has a code of its own");
    assert_eq!(maker.get("/receipt").await.path, "/sign-in?nothing");
    victim.submit("/receipt", &[("code", &own)]).await;
    let page = type_code(&mut house.reporter(), &code).await;
    assert!(page.has(".govuk-error-summary"), "{}", page.text());
    assert_eq!(type_code(&mut house.reporter(), &own).await.path, "/case");
    assert!(house.signed_in(&anna).await.page.unwrap().has("a[href^='/cases/']"));
}

#[tokio::test]
async fn who_made_a_draft_learns_nothing_by_sending_its_file_anew() {
    let (house, _) = House::new().await;
    let (mut maker, code) = saved(&house).await;
    let mut victim = house.reporter();
    type_code(&mut victim, &code).await;
    maker.get("/report/story").await;
    let photo = photo();
    let file = Upload { name: "IMG_1.jpg", bytes: &photo };
    let listed = maker.upload("/report", &[("text", "Ny.")], &[file]).await;
    assert_eq!(listed.all(".files > li").len(), 1, "{}", listed.text());
    assert_eq!(victim.get("/report/check").await.all(".files > li").len(), 1);
}

#[tokio::test]
async fn a_code_whose_answer_was_lost_opens_the_draft_once_more() {
    let (house, _) = House::new().await;
    let (_, code) = saved(&house).await;
    let mut lost = house.reporter();
    type_code(&mut lost, &code).await;
    let mut again = house.reporter();
    let page = type_code(&mut again, &code).await;
    assert!(page.text().contains(STORY) && page.text().contains("IMG_1.jpg"), "{}", page.text());
    assert_eq!(lost.get("/report/check").await.path, "/report?no-draft");
    // Its files are whole after two moves.
    again.submit("/report/send", &[]).await.code();
}

#[tokio::test]
async fn a_draft_is_sent_with_a_code_that_is_not_the_drafts() {
    let (house, _) = House::new().await;
    let (mut reporter, code) = saved(&house).await;
    reporter.get("/report/check").await;
    assert_ne!(reporter.submit("/report/send", &[]).await.code(), code);
    let page = type_code(&mut house.reporter(), &code).await;
    assert!(page.has(".govuk-error-summary"), "{}", page.text());
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
async fn saving_for_later_saves_what_was_just_written() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    let page = reporter.get("/report/story").await;
    assert!(!page.has("main a[href='/report/later']"), "a link would leave the words behind");
    assert!(page.has("main button[name=then][value=later]"));
    let page = reporter.upload("/report", &[("text", STORY), ("then", "later")], &[]).await;
    assert_eq!(page.path, "/report/later");
    let code = reporter.submit("/report/later", &[]).await.code();
    assert!(type_code(&mut house.reporter(), &code).await.text().contains(STORY));
}

#[tokio::test]
async fn who_looks_for_a_receipt_that_is_not_there_is_told_and_finds_no_empty_report() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    let page = reporter.get("/receipt").await;
    assert!(page.path.starts_with("/sign-in") && page.text().contains("ingen kvittering åben"));
    let (mut reporter, _) = saved(&house).await;
    assert!(reporter.get("/report").await.text().contains("Du har en kladde"));
    assert_eq!(reporter.get("/receipt").await.path, "/report/check");
}

#[tokio::test]
async fn without_a_draft_there_is_nothing_to_save() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    assert_eq!(reporter.get("/report/later").await.path, "/report?no-draft");
    let (mut reporter, _) = saved(&house).await;
    reporter.get("/report/check").await;
    reporter.submit("/report/send", &[]).await;
    assert_eq!(reporter.get("/report/later").await.path, "/receipt");
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
    assert_eq!(type_code(&mut first, &code).await.path, "/report/check");
}

#[tokio::test]
async fn the_code_ends_with_the_draft() {
    let (house, _) = House::new().await;
    let (_, code) = saved(&house).await;
    house.clock.advance(2 * 86_400);
    // Whether or not the sweep came by.
    let page = type_code(&mut house.reporter(), &code).await;
    assert!(page.has(".govuk-error-summary"), "{}", page.text());
    house.portal.sweep(None).await.unwrap();
    let page = type_code(&mut house.reporter(), &code).await;
    assert!(page.has(".govuk-error-summary"), "{}", page.text());
}

#[tokio::test]
async fn a_site_keeps_drafts_for_as_long_as_it_says_and_no_longer() {
    let house = House::with(|config| config.draft_days = 3).await;
    let (_, code) = saved(&house).await;
    house.clock.advance(3 * 86_400);
    house.portal.sweep(None).await.unwrap();
    let page = type_code(&mut house.reporter(), &code).await;
    assert!(page.text().contains(STORY), "{}", page.text());
    house.clock.advance(4 * 86_400);
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

#[tokio::test]
async fn whoever_opened_a_draft_with_its_code_is_told_that_the_next_change_ends_it() {
    let (house, _) = House::new().await;
    let mut writer = house.reporter();
    writer.get("/report").await;
    writer.upload("/report", &[("text", STORY), ("then", "later")], &[]).await;
    let code = writer.submit("/report/later", &[]).await.code();
    let story = writer.get("/report/story").await.text();
    assert!(story.contains("Gem, og se koden") && !story.contains("virker koden"), "{story}");
    let mut other = house.reporter();
    other.get("/sign-in").await;
    other.submit("/sign-in", &[("code", &code)]).await;
    let story = other.get("/report/story").await;
    assert!(story.text().contains("virker koden til kladden ikke mere"), "{}", story.text());
    assert!(story.text().contains("Gem, og fortsæt senere"), "no code to see: {}", story.text());
    let fields = [("text", "Noget andet."), ("then", "later")];
    let later = other.upload("/report", &fields, &[]).await;
    assert!(!later.has(".code") && later.has("form[action='/report/later']"), "{}", later.text());
    assert_ne!(other.submit("/report/later", &[]).await.code(), code);
}
