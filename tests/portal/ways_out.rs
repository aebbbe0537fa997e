//! Whoever looks at another page while they write finds their words again.

use axum::http::StatusCode;
use sluse::domain::case_files::Begun;
use sluse::domain::case_words::Typed;
use sluse::domain::dialogue::What;
use sluse::domain::{ItemId, Ticket};
use sluse::limits::{BROWSERS_WITH_FILES, ITEMS_PER_DAY, MESSAGE_CHARACTERS};

use crate::support::browser::Upload;
use crate::support::{Browser, House, Page};

const STORY: &str = "Der forsvinder penge fra kassen hver fredag.";
const WRITTEN: &str = "Skrevet længe, og ikke sendt.";
const SEND: &str = "main form .govuk-button";
const TO_GUIDE: &str = ".foot button[value^='/guide']";
const FILE: Upload<'static> = Upload { name: "brev.txt", bytes: b"words" };

/// What stands in the field of a case.
fn field(page: &Page) -> String {
    page.all("#text").concat().trim_start_matches('\n').to_owned()
}

async fn leave_written(reporter: &mut Browser) -> Page {
    reporter.get("/case").await;
    reporter.press_with(TO_GUIDE, &[("text", WRITTEN)]).await
}

/// A link is followed by a browser without what was written.
#[tokio::test]
async fn no_link_leads_away_from_a_page_on_which_one_writes() {
    let (house, anna) = House::new().await;
    let code = house.report(STORY).await;
    let mut reporter = house.came_back(&code).await;
    let mut handler = house.signed_in(&anna).await;
    let case = handler.page.clone().unwrap().attributes("a[href^='/cases/']", "href")[0].clone();
    handler.get(&case).await;
    handler.submit(&case, &[("text", "Tirsdag kl. 17?"), ("what", "meeting")]).await;
    handler.send_files_from(&format!("{case}/files"), &[FILE]).await;
    reporter.send_files(&[FILE]).await;
    reporter.get("/report").await;
    reporter.upload("/report", &[("text", WRITTEN)], &[]).await;
    reporter.get("/report/area").await;
    reporter.upload("/report", &[("page", "area"), ("area", "own-terms")], &[]).await;
    let pages = ["/case", "/case/identity", "/report", "/report/story", "/report/area"];
    for path in pages {
        let page = reporter.get(path).await;
        assert!(page.has("form textarea, form input:not([type=hidden])"), "{path}");
        let elsewhere = "a[href]:not([href^='#']):not([href='/leave']):not([target])";
        assert_eq!(page.attributes(elsewhere, "href"), <[&str; 0]>::default(), "{path}");
        let ways = page.attributes("button[name=to]", "value");
        for to in ways.iter().filter(|to| *to != "/sign-out") {
            reporter.get(path).await;
            let there = reporter.press(&format!("button[value='{to}']")).await;
            assert_eq!(there.status, StatusCode::OK, "{path} to {to}");
        }
    }
}

#[tokio::test]
async fn what_was_written_on_a_page_of_a_report_is_saved_by_every_way_out() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    let ways = reporter.get("/report/story").await.attributes("button[name=to]", "value");
    assert!(
        ways.contains(&"/".to_owned()) && ways.contains(&"/guide?report=story".to_owned()),
        "{ways:?}"
    );
    for (number, to) in ways.iter().enumerate() {
        let words = format!("Ord {number}.");
        reporter.get("/report/story").await;
        let there =
            reporter.press_with(&format!("button[value='{to}']"), &[("text", &words)]).await;
        assert_eq!(there.path, *to);
        assert_eq!(field(&reporter.get("/report/story").await), words, "{to}");
    }
    // What cannot be saved is not left behind.
    let long = "x".repeat(sluse::limits::MESSAGE_CHARACTERS + 1);
    let page = reporter.press_with(TO_GUIDE, &[("text", &long)]).await;
    assert!(page.has(".govuk-error-summary") && page.has("#text"), "{}", page.text());
}

/// Somebody writes in one window, and reads in another one that shows the page as it was.
#[tokio::test]
async fn a_window_from_before_takes_no_newer_answer_back() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let leaves = [TO_GUIDE, "button.govuk-back-link", "button[lang='en']", "button[value='next']"];
    let mut before = [reporter.clone(), reporter.clone()];
    before[0].get("/report/story").await;
    reporter.get("/report/story").await;
    reporter.press_with(TO_GUIDE, &[("text", WRITTEN)]).await;
    before[1].get("/report/story").await;
    reporter.get("/report/story").await;
    reporter.press_with(TO_GUIDE, &[("text", STORY)]).await;
    for (number, window) in before.iter().enumerate() {
        for way in leaves {
            window.clone().press(way).await;
            let now = reporter.clone().get("/report/story").await;
            assert_eq!(field(&now), STORY, "window {number} by {way}");
        }
    }
    // Nor does one whose answer was too long to be saved leave it behind.
    let long = "x".repeat(MESSAGE_CHARACTERS + 1);
    reporter.get("/report/story").await;
    reporter.press_with(TO_GUIDE, &[("text", &long)]).await;
    let page = reporter.press(TO_GUIDE).await;
    assert!(page.has(".govuk-error-summary") && field(&page) == long);
}

/// Of one page each window changes another answer, and then both the same one.
#[tokio::test]
async fn two_windows_of_one_page_keep_what_each_of_them_changed() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let (mut one, mut other) = (reporter.clone(), reporter.clone());
    one.get("/report/when").await;
    other.get("/report/when").await;
    one.press_with(TO_GUIDE, &[("where", "Kajen")]).await;
    other.press_with(TO_GUIDE, &[("when", "I marts")]).await;
    let both = reporter.get("/report/when").await;
    let shown = |page: &Page| page.attributes("#when, #where", "value");
    assert_eq!(shown(&both), ["I marts", "Kajen"]);
    // Both of them the same: whoever comes later is asked, and sees what is saved beside it.
    one.get("/report/when").await;
    other.get("/report/when").await;
    one.press_with(TO_GUIDE, &[("where", "Lageret"), ("when", "I maj")]).await;
    let asked = other.press_with(TO_GUIDE, &[("where", "Kontoret")]).await;
    assert!(asked.text().contains("I et andet vindue"), "{}", asked.text());
    assert_eq!(shown(&asked), ["I maj", "Kontoret"]);
    assert_eq!(shown(&reporter.get("/report/when").await), ["I maj", "Lageret"], "not yet");
    assert!(other.press(TO_GUIDE).await.path.starts_with("/guide"));
    assert_eq!(shown(&reporter.get("/report/when").await), ["I maj", "Kontoret"]);
}

#[tokio::test]
async fn a_page_that_misses_an_answer_takes_none_back_either() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report/story").await;
    let missing = reporter.press("main button[value='next']").await;
    assert!(missing.has(".govuk-error-summary"), "{}", missing.text());
    let window = reporter.clone();
    reporter.get("/report/story").await;
    reporter.press_with(TO_GUIDE, &[("text", STORY)]).await;
    for way in [TO_GUIDE, "button.govuk-back-link", "button[lang='en']"] {
        window.clone().press(way).await;
        assert_eq!(field(&reporter.get("/report/story").await), STORY, "{way}");
    }
}

/// A line is slow: somebody stops, and goes on in a page whose form was sent.
#[tokio::test]
async fn what_is_taken_out_again_on_the_same_page_is_not_kept() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report/identity").await;
    let mut same_page = reporter.clone();
    reporter.press_with(TO_GUIDE, &[("name", "Bo Hansen")]).await;
    same_page.press_with("main button[value='next']", &[("name", "")]).await;
    let page = reporter.get("/report/identity").await;
    assert!(page.attributes("#name", "value").concat().is_empty(), "{}", page.source());
    // The same of a message.
    let mut reporter = house.came_back(&house.report(STORY).await).await;
    leave_written(&mut reporter).await;
    reporter.get("/case").await;
    let same_page = reporter.clone();
    same_page.clone().press_with(TO_GUIDE, &[("text", "Hastigt ændret.")]).await;
    same_page.clone().press_with(TO_GUIDE, &[("text", WRITTEN)]).await;
    assert_eq!(field(&reporter.get("/case").await), WRITTEN);
    // And by a button that does something else.
    let noted = reporter.press_with("button[name='contact']", &[("text", "")]).await;
    assert_eq!((noted.path.as_str(), field(&noted)), ("/case?noted", String::new()));
}

#[tokio::test]
async fn whoever_has_a_report_sent_in_another_window_is_told_of_no_words_that_are_in_it() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report/story").await;
    reporter.press_with(TO_GUIDE, &[("text", STORY)]).await;
    reporter.get("/report/story").await;
    let window = reporter.clone();
    reporter.get("/report/check").await;
    reporter.submit("/report/send", &[]).await.code();
    let late = window.clone().press("main button[value='next']").await;
    assert_eq!(late.path, "/receipt", "{}", late.text());
    assert!(window.clone().press(TO_GUIDE).await.path.starts_with("/guide"));
    let more = [("text", "Der er mere.")];
    let given_back = window.clone().press_with("main button[value='next']", &more).await;
    assert_eq!(given_back.all("main textarea"), ["Der er mere."]);
}

#[tokio::test]
async fn whoever_only_looks_around_begins_no_report() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    for path in ["/report", "/report/story"] {
        reporter.get(path).await;
        assert!(reporter.press(TO_GUIDE).await.path.starts_with("/guide"));
    }
    assert!(!reporter.get("/report").await.has(".govuk-inset-text"), "nothing to go on with");
    // Whoever has one and empties a page of it changes it.
    reporter.get("/report/story").await;
    reporter.press_with(TO_GUIDE, &[("text", WRITTEN)]).await;
    assert!(reporter.get("/report").await.has(".govuk-inset-text"));
    reporter.get("/report/story").await;
    reporter.press_with(TO_GUIDE, &[("text", "")]).await;
    assert_eq!(field(&reporter.get("/report/story").await), "");
}

#[tokio::test]
async fn a_message_waits_while_its_writer_looks_at_another_page() {
    let (house, anna) = House::new().await;
    let code = house.report(STORY).await;
    let mut reporter = house.came_back(&code).await;
    let mut handler = house.signed_in(&anna).await;
    let case = handler.page.clone().unwrap().attributes("a[href^='/cases/']", "href")[0].clone();
    handler.send_files_from(&format!("{case}/files"), &[FILE]).await;
    let page = reporter.get("/case").await;
    assert!(!page.text().contains("ikke sendt endnu"), "{}", page.text());
    let file = ".dialogue button[name=to]";
    let there = page.attributes(file, "value")[0].clone();
    assert_eq!(reporter.press_with(file, &[("text", WRITTEN)]).await.path, there);
    let page = reporter.get("/case").await;
    assert_eq!(field(&page), WRITTEN);
    assert!(page.text().contains("og kun denne browser kan åbne det"), "{}", page.text());
    assert!(!handler.get(&case).await.text().contains(WRITTEN), "it is not sent");
    // Sent, it waits no longer: also as it is sent twice.
    let mut twice = reporter.clone();
    let sent = reporter.press(SEND).await;
    assert_eq!((sent.path.as_str(), field(&sent)), ("/case?sent", String::new()));
    assert_eq!(field(&twice.press(SEND).await), "");
    assert_eq!(field(&reporter.get("/case").await), "");
    assert_eq!(handler.get(&case).await.text().matches(WRITTEN).count(), 1);
}

#[tokio::test]
async fn a_message_that_was_taken_out_of_its_field_does_not_come_back() {
    let (house, _) = House::new().await;
    let mut reporter = house.came_back(&house.report(STORY).await).await;
    leave_written(&mut reporter).await;
    reporter.get("/case").await;
    reporter.press_with(TO_GUIDE, &[("text", " ")]).await;
    assert_eq!(field(&reporter.get("/case").await), "");
    // Also by the button that sends.
    leave_written(&mut reporter).await;
    reporter.get("/case").await;
    let page = reporter.press_with(SEND, &[("text", "")]).await;
    assert!(page.has(".govuk-error-summary") && field(&page).is_empty(), "{}", page.text());
    assert_eq!(field(&reporter.get("/case").await), "");
    // Changed, the newer one waits; changed and sent, none does.
    leave_written(&mut reporter).await;
    reporter.get("/case").await;
    reporter.press_with(TO_GUIDE, &[("text", "Kortere.")]).await;
    assert_eq!(field(&reporter.get("/case").await), "Kortere.");
    let sent = reporter.press_with(SEND, &[("text", "Helt anderledes.")]).await;
    assert_eq!(field(&sent), "");
}

#[tokio::test]
async fn of_two_windows_none_takes_a_message_from_the_other() {
    let (house, _) = House::new().await;
    let mut reporter = house.came_back(&house.report(STORY).await).await;
    let waits = async |reporter: &Browser| field(&reporter.clone().get("/case").await);
    // One from before has nothing in the field, and takes nothing away.
    let mut blank = reporter.clone();
    blank.get("/case").await;
    leave_written(&mut reporter).await;
    assert!(blank.clone().press(TO_GUIDE).await.path.starts_with("/guide"));
    assert_eq!(field(&blank.clone().press("button[name='keep']").await), WRITTEN);
    assert_eq!(waits(&reporter).await, WRITTEN);
    // What is written there as well stays on its page, and can be sent.
    let page = blank.clone().press_with(TO_GUIDE, &[("text", "Noget andet.")]).await;
    assert!(page.text().contains("I et andet vindue"), "{}", page.text());
    assert_eq!((field(&page).as_str(), &*waits(&reporter).await), ("Noget andet.", WRITTEN));
    // A number in it is asked about first.
    let asked = blank.press_with(SEND, &[("text", "Ring 20304050.")]).await;
    assert!(asked.has("button[name='as-it-is']"), "{}", asked.text());
    let sent = blank.press("button[name='as-it-is']").await;
    assert!(sent.text().contains("Ring 20304050."), "{}", sent.text());
    assert_eq!(field(&sent), WRITTEN, "the other still waits");
    // Two that show it send it once.
    let (mut one, mut other) = (reporter.clone(), reporter.clone());
    one.get("/case").await;
    other.get("/case").await;
    one.press(SEND).await;
    let sent = other.press(SEND).await;
    assert_eq!((sent.path.as_str(), field(&sent)), ("/case?sent", String::new()));
    assert_eq!(sent.text().matches(WRITTEN).count(), 1, "{}", sent.text());
    leave_written(&mut reporter).await;
    // Two that show the same: what one of them changed is not changed back.
    let (mut one, mut other) = (reporter.clone(), reporter.clone());
    one.get("/case").await;
    other.get("/case").await;
    one.press_with(TO_GUIDE, &[("text", "Nyere.")]).await;
    for pressed in [TO_GUIDE, "button[name='contact']"] {
        other.clone().press(pressed).await;
        assert_eq!(waits(&reporter).await, "Nyere.", "{pressed}");
    }
    other.clone().press_with(TO_GUIDE, &[("text", "")]).await;
    assert_eq!(waits(&reporter).await, "Nyere.");
    assert_eq!(field(&other.press(SEND).await), "Nyere.", "what was sent is the older one");
}

/// A line is slow, and somebody presses twice, or stops and writes on.
#[tokio::test]
async fn what_is_sent_does_not_wait_whatever_was_pressed_before_the_answer_came() {
    let (house, anna) = House::new().await;
    let mut reporter = house.came_back(&house.report(STORY).await).await;
    reporter.get("/case").await;
    let mut same_page = reporter.clone();
    reporter.press_with(SEND, &[("text", WRITTEN)]).await;
    assert!(same_page.press_with(TO_GUIDE, &[("text", WRITTEN)]).await.path.starts_with("/guide"));
    assert_eq!(field(&reporter.get("/case").await), "");
    // The other way round: first a way out, then from the same page more.
    let mut same_page = reporter.clone();
    same_page.get("/case").await;
    same_page.clone().press_with(TO_GUIDE, &[("text", "Begyndt")]).await;
    same_page.clone().press_with(TO_GUIDE, &[("text", "Begyndt, og mere")]).await;
    assert_eq!(field(&reporter.get("/case").await), "Begyndt, og mere");
    let sent = same_page.press_with(SEND, &[("text", "Begyndt, og gjort færdig.")]).await;
    assert_eq!(field(&sent), "");
    let mut handler = house.signed_in(&anna).await;
    let case = handler.page.clone().unwrap().attributes("a[href^='/cases/']", "href")[0].clone();
    let seen = handler.get(&case).await.text();
    assert_eq!((seen.matches(WRITTEN).count(), seen.matches("Begyndt").count()), (1, 1));
    // A second click changes nothing: it is the reporter's turn once the unit has answered.
    let mut again = reporter.clone();
    again.get("/case").await;
    let mut twice = again.clone();
    again.press_with(SEND, &[("text", "Det sidste.")]).await;
    handler.get(&case).await;
    handler.submit(&case, &[("text", "Tak."), ("what", "message")]).await;
    twice.press_with(SEND, &[("text", "Det sidste.")]).await;
    assert!(reporter.get("/case").await.text().contains("Vi har skrevet til dig"));
}

#[tokio::test]
async fn a_message_that_cannot_wait_is_not_left_behind() {
    let (house, _) = House::new().await;
    let code = house.report(STORY).await;
    let mut reporter = house.came_back(&code).await;
    reporter.get("/case").await;
    let long = "x".repeat(MESSAGE_CHARACTERS + 1);
    let page = reporter.press_with(TO_GUIDE, &[("text", &long)]).await;
    assert!(page.has(".govuk-error-summary") && field(&page) == long);
    let whole = "x".repeat(MESSAGE_CHARACTERS);
    assert!(reporter.press_with(TO_GUIDE, &[("text", &whole)]).await.path.starts_with("/guide"));
    assert_eq!(field(&reporter.get("/case").await), whole);
    // In so many browsers of a day, and no more.
    let who = house.came_in(&code).await;
    let case = who.reporters_case().unwrap();
    for _ in 1..BROWSERS_WITH_FILES {
        let (text, once) = (WRITTEN.to_owned(), ItemId::random());
        let typed = Typed { text, once, seen: String::new() };
        let kept = house.portal.keep_words(&Ticket::random(), &who, case, &typed).await;
        assert_eq!(kept.unwrap(), Begun::Yes);
    }
    let mut one_more = house.came_back(&code).await;
    let page = leave_written(&mut one_more).await;
    assert!(page.text().contains("den kan ikke vente her"), "{}", page.text());
    assert_eq!(field(&page), WRITTEN);
    let sent = one_more.press(SEND).await;
    assert!(sent.has(".govuk-notification-banner--success"), "sent it can be");
}

#[tokio::test]
async fn a_message_waits_behind_the_end_of_a_session_for_its_writer_alone() {
    let (house, _) = House::new().await;
    let (code, other_code) = (house.report(STORY).await, house.report("En anden sag.").await);
    let mut reporter = house.came_back(&code).await;
    leave_written(&mut reporter).await;
    reporter.get("/case").await;
    let asked = reporter.press("main button[name='sign-out']").await;
    assert!(asked.has(".govuk-error-summary a[href='#text']"), "{}", asked.text());
    assert_eq!(field(&asked), WRITTEN);
    // What was changed on the page that asks is kept as well.
    let changed = [("text", "Skrevet om.")];
    let out = reporter.press_with("button[name='all-the-same']", &changed).await;
    assert_eq!(out.path, "/signed-out");
    assert!(out.text().contains("noget til en sag, som ikke er sendt"), "{}", out.text());
    assert_eq!(reporter.get("/case").await.status, StatusCode::UNAUTHORIZED);
    // Somebody else in this browser, or the writer in another one, has no such message.
    reporter.sign_in(&other_code).await;
    assert_eq!(field(&reporter.get("/case").await), "");
    assert_eq!(field(&house.came_back(&code).await.get("/case").await), "");
    reporter.sign_out().await;
    reporter.sign_in(&code).await;
    assert_eq!(field(&reporter.get("/case").await), "Skrevet om.");
    // The days of a draft, and no more.
    house.clock.advance(2 * 86_400);
    reporter.sign_in(&code).await;
    assert_eq!(field(&reporter.get("/case").await), "");
    assert!(!reporter.sign_out().await.text().contains("ikke er sendt"));
}

#[tokio::test]
async fn files_that_are_sent_leave_a_message_waiting_and_the_other_way_round() {
    let (house, _) = House::new().await;
    let mut reporter = house.came_back(&house.report(STORY).await).await;
    leave_written(&mut reporter).await;
    reporter.send_files(&[FILE]).await;
    assert_eq!(field(&reporter.get("/case").await), WRITTEN);
    assert!(reporter.press("main button[name='sign-out']").await.has(".govuk-error-summary"));
    reporter.get("/case/files").await;
    reporter.upload("/case/files", &[], &[FILE]).await;
    reporter.get("/case").await;
    let sent = reporter.press(SEND).await;
    assert_eq!((sent.path.as_str(), field(&sent)), ("/case?sent", String::new()));
    assert!(sent.has(".govuk-warning-text"), "the file waits: {}", sent.text());
}

/// Sent on their last day, files do not take along the list that keeps the cookie.
#[tokio::test]
async fn a_message_is_listed_as_long_as_it_waits() {
    let (house, _) = House::new().await;
    let code = house.report(STORY).await;
    let mut reporter = house.came_back(&code).await;
    leave_written(&mut reporter).await;
    reporter.get("/case/files").await;
    reporter.upload("/case/files", &[], &[FILE]).await;
    house.clock.advance(86_400);
    reporter.sign_in(&code).await;
    reporter.get("/case/files/check").await;
    assert_eq!(reporter.submit("/case/files/send", &[]).await.path, "/case?files=1");
    house.clock.advance(86_400);
    house.portal.sweep(None).await.unwrap();
    reporter.sign_in(&code).await;
    assert_eq!(field(&reporter.get("/case").await), WRITTEN);
    reporter.press("main button[name='sign-out']").await;
    let out = reporter.press("button[name='all-the-same']").await;
    assert!(out.text().contains("som ikke er sendt"), "{}", out.text());
    reporter.sign_in(&code).await;
    assert_eq!(field(&reporter.get("/case").await), WRITTEN);
}

#[tokio::test]
async fn files_are_listed_as_long_as_they_wait_also_when_a_message_is_sent() {
    let (house, _) = House::new().await;
    let code = house.report(STORY).await;
    let mut reporter = house.came_back(&code).await;
    reporter.get("/case/files").await;
    reporter.upload("/case/files", &[], &[FILE]).await;
    house.clock.advance(86_400);
    reporter.sign_in(&code).await;
    reporter.get("/case").await;
    assert_eq!(reporter.press_with(SEND, &[("text", WRITTEN)]).await.path, "/case?sent");
    house.clock.advance(86_400);
    house.portal.sweep(None).await.unwrap();
    reporter.sign_in(&code).await;
    assert!(reporter.get("/case").await.has(".govuk-warning-text"), "the file waits");
    reporter.press("main button[name='sign-out']").await;
    let out = reporter.press("button[name='all-the-same']").await;
    assert!(out.text().contains("som ikke er sendt"), "{}", out.text());
    assert!(reporter.sign_in(&code).await.has(".govuk-warning-text"), "and still waits");
}

#[tokio::test]
async fn whoever_signs_out_all_the_same_gets_back_what_cannot_wait() {
    let (house, _) = House::new().await;
    let mut reporter = house.came_back(&house.report(STORY).await).await;
    let mut other = reporter.clone();
    other.get("/case").await;
    leave_written(&mut reporter).await;
    let text = [("text", "Noget andet.")];
    other.press_with("main button[name='sign-out']", &text).await;
    let out = other.press("button[name='all-the-same']").await;
    assert_eq!(out.all("main textarea"), ["Noget andet."]);
    assert_eq!(other.get("/case").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_message_waits_through_a_change_of_the_code() {
    let (house, _) = House::new().await;
    let mut reporter = house.came_back(&house.report(STORY).await).await;
    leave_written(&mut reporter).await;
    reporter.get("/case/code").await;
    let code = reporter.submit("/case/code", &[]).await.all(".code span").join(" ");
    let changed = reporter.submit("/case/code/typed", &[("code", &code)]).await;
    assert_eq!(changed.path, "/case/code/changed", "{}", changed.text());
    assert_eq!(field(&reporter.get("/case").await), WRITTEN);
    reporter.sign_out().await;
    reporter.press("button[name='all-the-same']").await;
    reporter.sign_in(&code).await;
    assert_eq!(field(&reporter.get("/case").await), WRITTEN);
}

#[tokio::test]
async fn a_window_of_another_case_touches_no_message_of_this_one() {
    let (house, _) = House::new().await;
    let (code, other_code) = (house.report(STORY).await, house.report("En anden sag.").await);
    let mut reporter = house.came_back(&other_code).await;
    leave_written(&mut reporter).await;
    reporter.get("/case").await;
    let other_case = reporter.clone();
    reporter.sign_in(&code).await;
    for (button, text, to) in [
        ("header button[name='sign-out']", "", "/signed-out"),
        (TO_GUIDE, "", "/guide"),
        ("header button[name='sign-out']", "Ord til den anden sag.", "/case"),
        (TO_GUIDE, "Ord til den anden sag.", "/case"),
    ] {
        reporter.sign_in(&code).await;
        leave_written(&mut reporter).await;
        let mut window = other_case.clone();
        window.cookies.clone_from(&reporter.cookies);
        let page = window.press_with(button, &[("text", text)]).await;
        assert!(page.path.starts_with(to), "{button} with {text:?}: {}", page.path);
        assert!(text.is_empty() || page.all("main textarea") == [text], "{}", page.text());
        reporter.sign_in(&code).await;
        assert_eq!(field(&reporter.get("/case").await), WRITTEN, "{button} with {text:?}");
    }
}

#[tokio::test]
async fn a_message_waits_for_the_day_after_one_that_takes_no_more() {
    let (house, _) = House::new().await;
    let code = house.report(STORY).await;
    let who = house.came_in(&code).await;
    let case = who.reporters_case().unwrap();
    for number in 0..ITEMS_PER_DAY {
        let (once, text) = (ItemId::random(), format!("Nummer {number}."));
        house.portal.add(&who, case, once, What::Message, text).await.unwrap();
    }
    let mut reporter = house.came_back(&code).await;
    reporter.get("/case").await;
    let page = reporter.press_with(SEND, &[("text", WRITTEN)]).await;
    assert!(page.has(".govuk-error-summary") && field(&page) == WRITTEN, "{}", page.text());
    house.clock.advance(86_400);
    reporter.sign_in(&code).await;
    assert_eq!(field(&reporter.get("/case").await), WRITTEN);
    assert_eq!(reporter.press(SEND).await.path, "/case?sent");
}

/// Who somebody is waits nowhere: they are asked instead.
#[tokio::test]
async fn whoever_goes_away_from_who_they_are_is_asked_before_it_is_lost() {
    const TO_CASE: &str = "main button[value='/case']";
    let (house, _) = House::new().await;
    let mut reporter = house.came_back(&house.report(STORY).await).await;
    reporter.get("/case/identity").await;
    assert_eq!(reporter.press(TO_CASE).await.path, "/case");
    reporter.get("/case/identity").await;
    let page = reporter.press_with(TO_CASE, &[("name", "Bo Hansen")]).await;
    assert!(page.has(".govuk-warning-text") && page.has("main a[href='/case']"), "{}", page.text());
    reporter.get("/case/identity").await;
    let page = reporter.press_with("header button[lang='en']", &[("name", "Bo Hansen")]).await;
    assert!(page.has("html[lang='en']") && !page.has(".govuk-warning-text"), "{}", page.text());
    assert_eq!(page.attributes("#name", "value"), ["Bo Hansen"]);
    let page = reporter.press_with("header button[lang='da']", &[("name", "Bo Hansen")]).await;
    assert_eq!(page.attributes("#name", "value"), ["Bo Hansen"]);
    let sign_out = "header button[value='/sign-out']";
    let page = reporter.press_with(sign_out, &[("name", "Bo Hansen")]).await;
    assert!(page.has("main form[action='/sign-out']"), "{}", page.text());
    assert_eq!(page.attributes("#name", "value"), ["Bo Hansen"]);
    assert!(!reporter.get("/case").await.text().contains("Du har fortalt os"), "not sent");
    reporter.get("/case/identity").await;
    reporter.submit("/case/identity", &[("name", "Bo Hansen")]).await;
    let answered = [("name", "Bo Hansen")];
    assert_eq!(reporter.press_with(TO_CASE, &answered).await.path, "/case", "nothing is new");
    // What was told is not asked for once more, also where it was taken back meanwhile.
    reporter.get("/case/identity").await;
    let window = reporter.clone();
    reporter.submit("/case/identity/take-back", &[]).await;
    assert_eq!(window.clone().press(TO_CASE).await.path, "/case");
    // To take it out of the field is not to take it back.
    reporter.get("/case/identity").await;
    reporter.submit("/case/identity", &answered).await;
    reporter.get("/case/identity").await;
    let page = reporter.press_with(TO_CASE, &[("name", "")]).await;
    assert!(page.has(".govuk-warning-text"), "{}", page.text());
    let page = reporter.submit("/case/identity", &[("name", "")]).await;
    assert!(page.text().contains("Tomme felter fjerner det ikke"), "{}", page.text());
    // Where the session is over, words are given back, and nothing is asked of who has none.
    let mut reporter = house.came_back(&house.report(STORY).await).await;
    reporter.get("/case/identity").await;
    let mut late = reporter.clone();
    reporter.sign_out().await;
    late.cookies.clone_from(&reporter.cookies);
    assert!(late.clone().press(TO_GUIDE).await.path.starts_with("/guide"));
    let given_back = late.press_with(TO_GUIDE, &[("name", "Ib")]).await;
    assert_eq!(given_back.all("main textarea"), ["Ib"]);
}

/// Words are given back when the session is over; where there are none the page is shown that
/// was asked for.
#[tokio::test]
async fn a_way_out_leads_on_when_the_session_is_over() {
    let (house, _) = House::new().await;
    let (code, other_code) = (house.report(STORY).await, house.report("En anden sag.").await);
    let mut reporter = house.came_back(&code).await;
    reporter.get("/case").await;
    let mut late = reporter.clone();
    reporter.sign_out().await;
    late.cookies.clone_from(&reporter.cookies);
    assert!(late.clone().press(TO_GUIDE).await.path.starts_with("/guide"));
    let given_back = late.clone().press_with(TO_GUIDE, &[("text", WRITTEN)]).await;
    assert_eq!(given_back.all("main textarea"), [WRITTEN]);
    // In another window somebody signed in to another case.
    reporter.sign_in(&other_code).await;
    late.cookies.clone_from(&reporter.cookies);
    assert!(late.clone().press(TO_GUIDE).await.path.starts_with("/guide"));
    let given_back = late.press_with(TO_GUIDE, &[("text", WRITTEN)]).await;
    assert_eq!(given_back.all("main textarea"), [WRITTEN]);
    assert_eq!(field(&reporter.get("/case").await), "", "not into the other case");
}

#[tokio::test]
async fn a_page_to_read_leads_back_to_where_one_writes() {
    let (house, _) = House::new().await;
    let mut reporter = house.came_back(&house.report(STORY).await).await;
    let back = |page: &Page| page.attributes(".govuk-back-link", "href").concat();
    for (from, to) in [("/case", "/case"), ("/report/when", "/report/when")] {
        reporter.get(from).await;
        assert_eq!(back(&reporter.press(TO_GUIDE).await), to);
    }
    for address in ["/guide", "/guide?report=nowhere", "/guide?report=//elsewhere.example"] {
        assert_eq!(back(&reporter.get(address).await), "/", "{address}");
    }
}

#[tokio::test]
async fn a_way_out_leads_nowhere_else() {
    let (house, _) = House::new().await;
    let mut reporter = house.came_back(&house.report(STORY).await).await;
    for page in ["/case", "/report/story"] {
        for to in ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", ""] {
            reporter.get(page).await;
            let form = page.strip_suffix("/story").unwrap_or(page);
            let answer = reporter.upload(form, &[("text", WRITTEN), ("to", to)], &[]).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{page} to {to:?}");
        }
    }
}
