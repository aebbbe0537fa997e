//! What both sides say beside words: questions, feedback, meetings, minutes, wishes.

use axum::http::StatusCode;
use sluse::domain::ItemId;
use sluse::domain::dialogue::{Added, Event, What};
use sluse::limits::{EVENTS_SEARCHED, ITEMS_PER_PAGE};

use crate::support::browser::multipart;
use crate::support::{Browser, House, Page, Staff};

const STORY: &str = "Der forsvinder penge fra kassen hver fredag.";

async fn both(house: &House, anna: &Staff) -> (Browser, Browser, String) {
    let code = house.report(STORY).await;
    let reporter = house.came_back(&code).await;
    let mut handler = house.signed_in(anna).await;
    let case = handler.page.clone().unwrap().attributes("a[href^='/cases/']", "href")[0].clone();
    handler.get(&case).await;
    (reporter, handler, case)
}

/// What the first answer without words on a page would be about.
fn about(page: &Page) -> String {
    let reply = page.attributes("button[name='reply']", "value").swap_remove(0);
    reply.split_once(' ').unwrap().0.to_owned()
}

/// Sends the answer of a form that was written by hand.
async fn answer(reporter: &mut Browser, about: &str, reply: &str) -> StatusCode {
    let page = reporter.get("/case").await;
    let token = page.attributes("input[name=token]", "value")[0].clone();
    let once = page.attributes("input[name=once]", "value")[0].clone();
    let case = page.attributes("input[name=case]", "value")[0].clone();
    let reply = format!("{about} {reply}");
    let fields = [("token", &*token), ("case", &case), ("once", &once), ("reply", &reply)];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let status = reporter.post_multipart("/case", multipart(&fields, &[])).await.status;
    if status == StatusCode::SEE_OTHER { StatusCode::OK } else { status }
}

#[tokio::test]
async fn the_reporter_sees_what_is_new_and_what_kind_it_is() {
    let (house, anna) = House::new().await;
    let (mut reporter, mut handler, case) = both(&house, &anna).await;
    let page = reporter.get("/case").await;
    assert!(page.text().contains("Vi har din indberetning"), "{}", page.text());
    assert!(!page.has(".dialogue .govuk-tag"), "nothing is new");
    handler.submit(&case, &[("text", "Hvem har nøglen?"), ("what", "question")]).await;
    let page = reporter.get("/case").await;
    assert!(page.text().contains("som du ikke har svaret på"), "{}", page.text());
    assert_eq!(page.all(".dialogue .govuk-tag"), ["Ny", "Spørgsmål til dig"]);
    reporter.upload("/case", &[("text", "Chefen.")], &[]).await;
    let page = reporter.get("/case").await;
    assert_eq!(page.all(".dialogue .govuk-tag"), ["Spørgsmål til dig"], "it was answered");
}

#[tokio::test]
async fn feedback_is_shown_as_such_and_ends_the_deadline_of_both() {
    let (house, anna) = House::new().await;
    let (mut reporter, _, case) = both(&house, &anna).await;
    let before = reporter.get("/case").await;
    assert!(before.text().contains("Senest 22. februar 2027"), "{}", before.text());
    house.clock.advance(100 * 86_400);
    let mut handler_later = house.signed_in(&anna).await;
    assert!(handler_later.get("/").await.text().contains("overskredet"));
    let late = reporter.get("/case").await;
    assert!(late.text().contains("Senest 22. februar 2027 skulle du have haft"), "{}", late.text());
    assert!(late.text().contains("Ombudsmand"), "whom else to turn to");
    handler_later.get(&case).await;
    let fields = [("text", "Vi har anmeldt det."), ("what", "feedback")];
    handler_later.submit(&case, &fields).await;
    assert!(!handler_later.get("/").await.text().contains("overskredet"));
    let page = handler_later.get(&case).await;
    assert!(page.text().contains("Givet 2. marts 2027"), "{}", page.text());
    assert!(!reporter.get("/case").await.text().contains("skulle du have haft"));
    // A second one does not move the day of the first.
    house.clock.advance(86_400);
    let mut handler_later = house.signed_in(&anna).await;
    handler_later.get(&case).await;
    handler_later.submit(&case, &[("text", "Og mere."), ("what", "feedback")]).await;
    assert!(handler_later.get(&case).await.text().contains("Givet 2. marts 2027"));
}

#[tokio::test]
async fn a_message_of_no_known_kind_is_a_message() {
    let (house, anna) = House::new().await;
    let (mut reporter, mut handler, case) = both(&house, &anna).await;
    handler.submit(&case, &[("text", "Tak."), ("what", "verdict")]).await;
    let page = reporter.get("/case").await;
    assert_eq!(page.all(".dialogue .govuk-tag"), ["Ny"]);
    assert!(!page.has("button[name='reply']"));
}

#[tokio::test]
async fn a_meeting_is_accepted_or_declined_once() {
    let (house, anna) = House::new().await;
    let (mut reporter, mut handler, case) = both(&house, &anna).await;
    handler.submit(&case, &[("text", "Tirsdag kl. 17?"), ("what", "meeting")]).await;
    let page = reporter.get("/case").await;
    let words = page.attributes("button[name='reply']", "value");
    let words: Vec<&str> = words.iter().map(|words| words.split_once(' ').unwrap().1).collect();
    assert_eq!(words, ["meeting-accepted", "meeting-declined"]);
    let page = reporter.press("button[value$=' meeting-declined']").await;
    assert!(page.text().contains("Du kommer ikke til mødet."), "{}", page.text());
    assert!(!page.has("button[name='reply']"), "it was answered");
    let page = handler.get(&case).await;
    assert!(page.text().contains("Nej til mødet. Se det, der blev skrevet 22."), "{}", page.text());
    let asked = page.attributes("li a[href^='#m']", "href");
    assert!(page.has(&asked[0]), "the answer leads to what it is about: {asked:?}");
    assert!(!page.has("button[name='reply']"), "handlers do not answer for reporters");
}

#[tokio::test]
async fn another_answer_from_the_same_page_is_another_one_and_the_same_twice_is_one() {
    let (house, anna) = House::new().await;
    let (mut reporter, mut handler, case) = both(&house, &anna).await;
    handler.submit(&case, &[("text", "Tirsdag kl. 17?"), ("what", "meeting")]).await;
    reporter.get("/case").await;
    let page = reporter.clone();
    for reply in ["meeting-accepted", "meeting-accepted", "meeting-declined"] {
        page.clone().press(&format!("button[value$=' {reply}']")).await;
    }
    let seen = handler.get(&case).await.text();
    assert_eq!(seen.matches("Ja til mødet.").count(), 1, "{seen}");
    assert_eq!(seen.matches("Nej til mødet.").count(), 1, "{seen}");
}

#[tokio::test]
async fn only_what_was_asked_is_answered() {
    let (house, anna) = House::new().await;
    let (mut reporter, mut handler, case) = both(&house, &anna).await;
    handler.submit(&case, &[("text", "Referat: …"), ("what", "minutes")]).await;
    let page = reporter.get("/case").await;
    let about = about(&page);
    let refused = [
        // An answer to something else.
        (about.as_str(), "meeting-accepted", StatusCode::BAD_REQUEST),
        (about.as_str(), "", StatusCode::BAD_REQUEST),
        ("x", "minutes-approved", StatusCode::BAD_REQUEST),
        // A message that is not in this case.
        ("00000000000000000000000000000000", "minutes-approved", StatusCode::NOT_FOUND),
    ];
    for (about, reply, status) in refused {
        assert_eq!(answer(&mut reporter, about, reply).await, status, "{about} {reply}");
    }
    let untouched = handler.get(&case).await.text();
    assert!(!untouched.contains("Referatet er godkendt"), "{untouched}");
    reporter.get("/case").await;
    reporter.press("button[value$=' minutes-approved']").await;
    assert!(handler.get(&case).await.text().contains("Referatet er godkendt"));
}

#[tokio::test]
async fn minutes_can_be_found_wrong_and_new_ones_approved() {
    let (house, anna) = House::new().await;
    let (mut reporter, mut handler, case) = both(&house, &anna).await;
    handler.submit(&case, &[("text", "Referat: …"), ("what", "minutes")]).await;
    reporter.get("/case").await;
    let page = reporter.press("button[value$=' minutes-wrong']").await;
    assert!(page.text().contains("Skriv i en besked, hvad der skal rettes"), "{}", page.text());
    assert!(!page.has("button[name='reply']"), "it was answered");
    let seen = handler.get(&case).await.text();
    assert!(seen.contains("noget i referatet er forkert"), "{seen}");
    handler.submit(&case, &[("text", "Nyt referat: …"), ("what", "minutes")]).await;
    reporter.get("/case").await;
    reporter.press("button[value$=' minutes-approved']").await;
    assert!(handler.get(&case).await.text().contains("Referatet er godkendt"));
}

#[tokio::test]
async fn minutes_of_another_case_are_not_approved() {
    let (house, anna) = House::new().await;
    let (mut reporter, mut handler, case) = both(&house, &anna).await;
    handler.submit(&case, &[("text", "Referat: …"), ("what", "minutes")]).await;
    let about = about(&reporter.get("/case").await);
    let code = house.report("En anden sag.").await;
    let mut other = house.came_back(&code).await;
    let status = answer(&mut other, &about, "minutes-approved").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(answer(&mut reporter, &about, "minutes-approved").await, StatusCode::OK);
}

#[tokio::test]
async fn who_does_not_want_to_be_written_to_says_so_and_handlers_see_it() {
    let (house, anna) = House::new().await;
    let (mut reporter, mut handler, case) = both(&house, &anna).await;
    reporter.get("/case").await;
    let page = reporter.press("button[name='contact']").await;
    assert!(page.text().contains("Du har bedt os om ikke at skrive"), "{}", page.text());
    let seen = handler.get(&case).await;
    assert!(seen.has(".govuk-warning-text"), "{}", seen.text());
    let files = format!("{case}/files");
    assert!(handler.get(&files).await.has(".govuk-warning-text"), "nor sent files");
    assert!(!reporter.get("/case/files").await.has(".govuk-warning-text"));
    reporter.get("/case").await;
    let page = reporter.upload("/case", &[("contact", "never")], &[]).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    reporter.get("/case").await;
    reporter.press("button[name='contact']").await;
    for page in [&case, &files] {
        assert!(!handler.get(page).await.has(".govuk-warning-text"), "{page}");
    }
}

#[tokio::test]
async fn a_message_that_may_tell_who_wrote_it_is_sent_only_when_its_writer_says_so() {
    let (house, anna) = House::new().await;
    let (mut reporter, mut handler, case) = both(&house, &anna).await;
    reporter.get("/case").await;
    let text = "Ring til mig på 20 30 40 50.";
    let page = reporter.upload("/case", &[("text", text)], &[]).await;
    assert_eq!(page.all("main q"), ["20 30 40 50"], "{}", page.text());
    assert_eq!(page.all("main textarea"), [text], "nothing is lost");
    assert!(!handler.get(&case).await.text().contains("20 30 40 50"), "it is not sent");
    reporter.upload("/case", &[("text", text), ("as-it-is", "yes")], &[]).await;
    assert!(handler.get(&case).await.text().contains("20 30 40 50"));
}

#[tokio::test]
async fn a_message_that_is_being_written_stays_whatever_else_is_pressed() {
    const WRITTEN: &str = "Skrevet længe, og ikke sendt.";
    let (house, anna) = House::new().await;
    let (mut reporter, mut handler, case) = both(&house, &anna).await;
    handler.submit(&case, &[("text", "Tirsdag kl. 17?"), ("what", "meeting")]).await;
    let text = [("text", WRITTEN)];
    for button in ["button[value$=' meeting-declined']", "button[name='contact']"] {
        reporter.get("/case").await;
        let page = reporter.press_with(button, &text).await;
        assert!(page.has(".govuk-notification-banner--success"), "{button}: {}", page.text());
        assert_eq!(page.all("main textarea"), [WRITTEN], "{button}");
    }
    reporter.get("/case").await;
    let page = reporter.press_with("button[name='keep'][lang='en']", &text).await;
    assert!(page.has("html[lang='en']"), "{}", page.text());
    assert_eq!(page.all("main textarea"), [WRITTEN]);
    assert!(reporter.get("/case").await.has("html[lang='en']"), "it stays so");
    let seen = handler.get(&case).await.text();
    assert!(seen.contains("Nej til mødet") && !seen.contains(WRITTEN), "{seen}");
    // Nor does signing out take it along unasked.
    reporter.get("/case").await;
    let page = reporter.press_with("main button[name='sign-out']", &text).await;
    assert!(page.has(".govuk-error-summary a[href='#text']"), "{}", page.text());
    assert_eq!(page.all("main textarea"), [WRITTEN]);
    // Nothing is lost either when the session is over, or is now that of another case.
    reporter.get("/case").await;
    let mut late = reporter.clone();
    reporter.sign_out().await;
    late.cookies.clone_from(&reporter.cookies);
    let page = late.press_with("button[name='contact']", &text).await;
    assert_eq!(page.all("main textarea"), [WRITTEN]);
}

#[tokio::test]
async fn what_is_classified_is_warned_of_before_every_place_for_words_and_files() {
    let (house, anna) = House::new().await;
    let (mut reporter, _, _) = both(&house, &anna).await;
    reporter.get("/report/story").await;
    reporter.upload("/report", &[("text", STORY)], &[]).await;
    let report = ["story", "people", "keep-out", "meeting", "reprisals", "files"];
    let report = report.map(|page| format!("/report/{page}"));
    for path in report.into_iter().chain(["/case", "/case/files"].map(str::to_owned)) {
        let path = &*path;
        let page = reporter.get(path).await.source();
        let place = page.find("<textarea").or_else(|| page.find("type=\"file\"")).unwrap();
        assert!(page.find("Til tjenestebrug").is_some_and(|warned| warned < place), "{path}");
    }
}

/// A wish that only the newest page knew would be broken by fifty messages.
#[tokio::test]
async fn what_was_wished_and_answered_stays_so_when_it_is_on_a_page_that_is_not_shown() {
    let (house, anna) = House::new().await;
    let (mut reporter, mut handler, case) = both(&house, &anna).await;
    handler.submit(&case, &[("text", "Tirsdag kl. 17?"), ("what", "meeting")]).await;
    reporter.get("/case").await;
    reporter.press("button[name='contact']").await;
    for _ in 0..ITEMS_PER_PAGE {
        handler.submit(&case, &[("text", "Er du der?")]).await;
    }
    reporter.get("/case").await;
    let older = |page: &crate::support::Page| {
        page.ways("main", "/")
            .into_iter()
            .find(|link| link.contains("before="))
            .expect("an older page")
    };
    let newest = handler.get(&case).await;
    assert!(!newest.text().contains("Tirsdag"), "the page is full");
    assert!(newest.has(".govuk-warning-text"), "{}", newest.text());
    let page = reporter.get("/case").await;
    let open = reporter.get(&older(&page)).await;
    assert!(open.text().contains("Tirsdag") && open.has("button[name='reply']"));
    reporter.press("button[value$=' meeting-declined']").await;
    let page = reporter.get("/case").await;
    let answered = reporter.get(&older(&page)).await;
    assert!(answered.text().contains("Tirsdag"), "{}", answered.text());
    assert!(!answered.has("button[name='reply']"), "it was answered on a newer page");
    reporter.press("button[name='contact']").await;
    assert!(!handler.get(&case).await.has(".govuk-warning-text"));
}

#[tokio::test]
async fn what_was_wished_is_known_among_so_many_later_items_and_no_more() {
    let (house, _) = House::new().await;
    let code = house.report(STORY).await;
    let who = house.came_in(&code).await;
    let case = who.reporters_case().unwrap();
    let unwanted = Event::ContactUnwanted;
    house.portal.add_event(&who, case, ItemId::random(), unwanted.clone()).await.unwrap();
    for number in 1..EVENTS_SEARCHED {
        if number % 100 == 0 {
            house.clock.advance(86_400);
        }
        let (id, text) = (ItemId::random(), format!("Nummer {number}."));
        let added = house.portal.add(&who, case, id, What::Message, text).await.unwrap();
        assert_eq!(added, Added::Written);
    }
    let wished = async || house.portal.dialogue(&who, case, i64::MAX).await.unwrap().events;
    assert_eq!(wished().await, [unwanted]);
    let last = house.portal.add(&who, case, ItemId::random(), What::Message, "Én til.".to_owned());
    assert_eq!(last.await.unwrap(), Added::Written);
    assert_eq!(wished().await, []);
}
