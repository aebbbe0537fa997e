//! A reporter's way: report, receipt, coming back, and everything that must be refused.

use axum::http::{Method, StatusCode};
use sluse::domain::derivations::Class;
use sluse::domain::intake::Sent;
use sluse::domain::turns::Lane;
use sluse::domain::{CodeLength, FileId, Ticket};
use sluse::limits::{DRAFTS, MESSAGE_CHARACTERS, RECEIPT_DAYS};
use sluse::store::drafts;
use sluse::vault::{Context, InstanceId, Key, Sealed};

use crate::support::browser::Upload;
use crate::support::weight::STEP;
use crate::support::{Browser, House};

const STORY: &str = "Der forsvinder penge fra kassen hver fredag. Æøå & <b>fed</b>.";

async fn draft(browser: &mut Browser, text: &str) {
    browser.get("/report").await;
    let page = browser.upload("/report", &[("text", text)], &[]).await;
    assert_eq!(page.path, "/report/check", "{}", page.text());
}

#[tokio::test]
async fn a_report_is_sent_read_and_answered_and_the_answer_is_read() {
    let (house, anna) = House::new().await;
    let mut reporter = house.reporter();
    draft(&mut reporter, STORY).await;
    let receipt = reporter.submit("/report/send", &[]).await;
    let code = receipt.code();
    assert_eq!(code.len(), 19, "sixteen digits in four groups");
    let kept = reporter.submit("/receipt", &[("code", &code)]).await;
    assert_eq!(kept.path, "/receipt/kept");

    let mut handler = house.signed_in(&anna).await;
    let case = handler.page.clone().unwrap().attributes("a[href^='/cases/']", "href")[0].clone();
    let page = handler.get(&case).await;
    assert!(page.text().contains("Der forsvinder penge fra kassen hver fredag. Æøå & <b>fed</b>."));
    assert!(!page.has(".typed b"), "what was typed stays text");
    let page = handler.submit(&case, &[("text", "Tak. Hvem har nøglen?")]).await;
    assert!(page.text().contains("Tak. Hvem har nøglen?"));

    let mut later = house.reporter();
    later.get("/sign-in").await;
    let page = later.submit("/sign-in", &[("code", &code.replace(' ', "-"))]).await;
    assert_eq!(page.path, "/case");
    assert!(page.text().contains("Tak. Hvem har nøglen?"));
    let page = later.upload("/case", &[("text", "Kun chefen.")], &[]).await;
    assert_eq!(page.path, "/case?sent");
    assert!(page.text().contains("Kun chefen."));
    let page = handler.get(&case).await;
    assert!(page.text().contains("Kun chefen."));
}

#[tokio::test]
async fn the_receipt_can_be_loaded_again_after_a_restart_until_the_code_was_typed_back() {
    let (mut house, _) = House::new().await;
    let mut reporter = house.reporter();
    draft(&mut reporter, STORY).await;
    let code = reporter.submit("/report/send", &[]).await.code();
    house.restart().await;
    let mut reporter = reporter.moved_to(&house.app);
    assert_eq!(reporter.get("/receipt").await.code(), code);
    let empty = reporter.submit("/receipt", &[("code", " ")]).await;
    assert_eq!(
        empty.all(".govuk-error-summary a"),
        ["Skriv koden i feltet, så vi begge ved, at du har den"]
    );
    let wrong = reporter.submit("/receipt", &[("code", "1111 1111 1111 1111")]).await;
    assert!(wrong.text().contains("Det er ikke den samme kode"), "{}", wrong.text());
    assert_eq!(wrong.code(), code, "the code is still there");
    let again = reporter.submit("/receipt", &[("code", &code)]).await;
    assert_eq!(again.path, "/receipt/kept");
    assert_eq!(
        reporter.get("/receipt").await.path,
        "/sign-in?nothing",
        "the server has forgotten it"
    );
}

#[tokio::test]
async fn sending_twice_gives_one_report_and_one_code() {
    let (house, anna) = House::new().await;
    let mut reporter = house.reporter();
    draft(&mut reporter, STORY).await;
    let (mut one, mut other) = (reporter.clone(), reporter);
    let (first, second) =
        tokio::join!(one.submit("/report/send", &[]), other.submit("/report/send", &[]));
    assert_eq!(first.code(), second.code());
    let inbox = house.signed_in(&anna).await.page.unwrap();
    assert_eq!(inbox.attributes("a[href^='/cases/']", "href").len(), 1);
}

#[tokio::test]
async fn after_sending_the_back_button_leads_to_the_receipt() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    draft(&mut reporter, STORY).await;
    let old = reporter.clone();
    reporter.submit("/report/send", &[]).await;
    assert_eq!(reporter.get("/report").await.path, "/receipt");
    assert_eq!(reporter.get("/report/check").await.path, "/receipt");
    let mut back = old;
    back.cookies = reporter.cookies.clone();
    assert_eq!(back.submit("/report/send", &[]).await.path, "/receipt");
}

#[tokio::test]
async fn a_draft_survives_a_restart_and_belongs_to_one_browser() {
    let (mut house, _) = House::new().await;
    let mut reporter = house.reporter();
    draft(&mut reporter, STORY).await;
    house.restart().await;
    let mut reporter = reporter.moved_to(&house.app);
    assert!(
        reporter.get("/report/story").await.all("textarea")[0].contains("Der forsvinder penge")
    );
    let mut stranger = house.reporter();
    assert!(stranger.get("/report/story").await.all("textarea")[0].is_empty());
    let mut at_the_other_door = house.onion_reporter();
    at_the_other_door.cookies = reporter.cookies.clone();
    assert!(at_the_other_door.get("/report/story").await.all("textarea")[0].is_empty());
}

#[tokio::test]
async fn a_draft_is_erased_after_the_end_of_the_next_day() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    draft(&mut reporter, STORY).await;
    house.clock.advance(86_400);
    house.portal.sweep(None).await.unwrap();
    assert!(reporter.get("/report/story").await.all("textarea")[0].contains("kassen"));
    draft(&mut reporter, STORY).await;
    house.clock.advance(2 * 86_400);
    let (swept, _) = house.portal.sweep(None).await.unwrap();
    assert_eq!(swept.drafts, 1);
    assert_eq!(reporter.get("/report/check").await.path, "/report?no-draft");
}

#[tokio::test]
async fn an_empty_report_is_not_sent() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    draft(&mut reporter, " \n ").await;
    let page = reporter.submit("/report/send", &[]).await;
    assert!(page.has(".govuk-error-summary"), "{}", page.text());
    assert_eq!(reporter.get("/receipt").await.path, "/report/check");
}

#[tokio::test]
async fn a_text_over_the_limit_comes_back_whole_with_an_error() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let long = "å".repeat(MESSAGE_CHARACTERS + 1);
    let page = reporter.upload("/report", &[("text", &long)], &[]).await;
    assert!(page.has(".govuk-error-summary"));
    assert_eq!(page.all("textarea")[0], long);
    let fits = "å".repeat(MESSAGE_CHARACTERS);
    let page = reporter.upload("/report", &[("text", &fits)], &[]).await;
    assert_eq!(page.path, "/report/check");
}

#[tokio::test]
async fn nothing_is_sent_while_nobody_could_read_it() {
    let house = House::empty().await;
    house.portal.open().await.unwrap();
    let mut reporter = house.reporter();
    draft(&mut reporter, STORY).await;
    let page = reporter.submit("/report/send", &[]).await;
    assert!(page.has(".govuk-error-summary"), "{}", page.text());
    assert!(!reporter.get("/").await.has("main a[href='/report']"), "nobody is invited in");
    reporter.get("/report/check").await;
    house.enrol("anna").await;
    assert_eq!(reporter.submit("/report/send", &[]).await.path, "/receipt");
}

#[tokio::test]
async fn codes_that_are_none_and_codes_nobody_has_are_told_apart_from_right_ones() {
    let (house, _) = House::new().await;
    house.report(STORY).await;
    let mut stranger = house.reporter();
    stranger.get("/sign-in").await;
    for typed in ["", "1234", "1234 5678 9012 345x", "1234 5678 9012 3456 7", "0000 0000 0000 0000"]
    {
        let page = stranger.submit("/sign-in", &[("code", typed)]).await;
        assert!(page.path.starts_with("/sign-in"), "{typed:?}");
        assert!(page.has(".govuk-error-summary"), "{typed:?}");
        assert_eq!(stranger.get("/case").await.status, StatusCode::UNAUTHORIZED);
        stranger.get("/sign-in").await;
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_and_not_the_case() {
    let (house, _) = House::new().await;
    let code = house.report(STORY).await;
    let mut reporter = house.came_back(&code).await;
    let kept = reporter.clone();
    assert_eq!(reporter.sign_out().await.path, "/signed-out");
    let mut thief = kept;
    assert_eq!(thief.get("/case").await.status, StatusCode::UNAUTHORIZED);
    reporter.get("/sign-in").await;
    assert_eq!(reporter.submit("/sign-in", &[("code", &code)]).await.path, "/case");
}

#[tokio::test]
async fn a_restart_signs_everybody_out() {
    let (mut house, _) = House::new().await;
    let code = house.report(STORY).await;
    let reporter = house.came_back(&code).await;
    house.restart().await;
    let mut reporter = reporter.moved_to(&house.app);
    assert_eq!(reporter.get("/case").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_code_that_is_typed_back_twice_is_kept_both_times() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    draft(&mut reporter, STORY).await;
    let code = reporter.submit("/report/send", &[]).await.code();
    let first = Some(reporter.get("/receipt").await);
    let mut twice = reporter.clone();
    assert_eq!(reporter.submit("/receipt", &[("code", &code)]).await.path, "/receipt/kept");
    // The answer to the first click was lost; its cookie is gone in one browser of the two.
    let mut without = twice.clone();
    without.cookies.clone_from(&reporter.cookies);
    let page = twice.submit("/receipt", &[("code", &code)]).await;
    assert!(page.text().contains("koden virker stadig"), "{}", page.text());
    let page = without.submit("/receipt", &[("code", &code)]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    // It may be whoever comes to the browser after the quick exit: nothing says that there was
    // a report, nor that the code was right.
    let words = "Har du en kode, så log ind med den for at se, om den er rigtig.";
    assert!(page.text().contains(words) && !page.text().contains("ndberetning"), "{}", page.text());
    // A receipt that is open is not said to be closed by a form of somebody else.
    let mut other = house.reporter();
    draft(&mut other, STORY).await;
    other.submit("/report/send", &[]).await;
    other.get("/receipt").await;
    other.page = first;
    let page = other.submit("/receipt", &[("code", &code)]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
}

/// Half past eleven in UTC is half past midnight in Denmark.
#[tokio::test]
async fn a_report_is_of_the_day_that_it_is_where_the_site_is() {
    let days = [
        (jiff::tz::TimeZone::get("Europe/Copenhagen").unwrap(), "23. november 2026"),
        (jiff::tz::TimeZone::UTC, "22. november 2026"),
    ];
    for (zone, day) in days {
        let house = House::with(|config| config.time_zone = zone).await;
        house.enrol("anna").await;
        house.clock.advance(11 * 3600 + 1800);
        let mut reporter = house.reporter();
        draft(&mut reporter, STORY).await;
        let receipt = reporter.submit("/report/send", &[]).await;
        assert_eq!(receipt.all(".govuk-summary-list__value")[1], day);
    }
}

#[tokio::test]
async fn a_slip_in_a_code_is_mended_and_not_typed_anew() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    for typed in ["1234 5678 9012 345", "1234 5678 9O12 3456", "\"><b>1"] {
        reporter.get("/sign-in").await;
        let page = reporter.submit("/sign-in", &[("code", typed)]).await;
        assert_eq!(page.attributes("#code", "value"), [typed]);
    }
    // Nor what cannot be a slip: the page would grow by it.
    for typed in ["1".repeat(65), "1234123412341234".to_owned()] {
        reporter.get("/sign-in").await;
        let page = reporter.submit("/sign-in", &[("code", &typed)]).await;
        assert!(page.attributes("#code", "value").is_empty());
    }
}

#[tokio::test]
async fn whoever_has_a_receipt_open_is_told_so_when_they_come_with_a_drafts_code() {
    let (house, _) = House::new().await;
    let mut writer = house.reporter();
    writer.get("/report").await;
    writer.upload("/report", &[("text", "Et udkast."), ("then", "later")], &[]).await;
    let code = writer.submit("/report/later", &[]).await.code();
    let mut reporter = house.reporter();
    draft(&mut reporter, STORY).await;
    reporter.submit("/report/send", &[]).await;
    let page = reporter.sign_in(&code).await;
    assert!(page.text().contains("er en kvittering åben"));
    assert!(page.has("main a[href='/receipt']"));
    let own = reporter.get("/receipt").await.code();
    reporter.submit("/receipt", &[("code", &own)]).await;
    assert_eq!(reporter.sign_in(&code).await.path, "/report/check?not-sent");
}

#[tokio::test]
async fn a_message_that_is_sent_twice_is_written_once() {
    let (house, _) = House::new().await;
    let code = house.report(STORY).await;
    let mut reporter = house.came_back(&code).await;
    let before = reporter.clone();
    reporter.upload("/case", &[("text", "Kun én gang.")], &[]).await;
    let mut double = before;
    let page = double.upload("/case", &[("text", "Kun én gang.")], &[]).await;
    let written = page.all(".dialogue .typed").iter().filter(|t| *t == "Kun én gang.").count();
    assert_eq!(written, 1);
}

#[tokio::test]
async fn nothing_on_another_site_throws_a_draft_or_a_receipt_away() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    draft(&mut reporter, STORY).await;
    come_from_elsewhere_by_every_way(&mut reporter).await;
    assert!(reporter.get("/report/story").await.all("textarea")[0].contains("kassen"));

    reporter.get("/report/check").await;
    let code = reporter.submit("/report/send", &[]).await.code();
    come_from_elsewhere_by_every_way(&mut reporter).await;
    assert_eq!(reporter.get("/receipt").await.code(), code);
}

async fn come_from_elsewhere_by_every_way(reporter: &mut Browser) {
    for path in ["/", "/leave", "/report", "/report/check", "/receipt", "/sign-in", "/case"] {
        reporter.come_from_elsewhere(Method::GET, path).await;
    }
    for path in ["/report", "/report/send", "/receipt", "/sign-in", "/case", "/sign-out"] {
        let page = reporter.come_from_elsewhere(Method::POST, path).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn a_link_on_another_site_opens_no_case() {
    let (house, _) = House::new().await;
    let code = house.report(STORY).await;
    let mut reporter = house.came_back(&code).await;
    let page = reporter.come_from_elsewhere(Method::GET, "/case").await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert!(reporter.get("/case").await.text().contains("kassen"), "and ends no session");
}

#[tokio::test]
async fn a_neighbouring_site_throws_no_draft_away() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    draft(&mut reporter, STORY).await;
    for (from, goes) in [("same-site", false), ("cross-site", false), ("same-origin", true)] {
        let request = reporter.build(Method::GET, "/leave").header("sec-fetch-site", from);
        let page = reporter.request(request.body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!(page.headers.contains_key("clear-site-data"), goes, "{from}");
    }
}

#[tokio::test]
async fn the_quick_exit_leaves_at_once_and_takes_everything_along() {
    let (house, _) = House::new().await;
    let code = house.report(STORY).await;
    let mut reporter = house.came_back(&code).await;
    let kept = reporter.clone();
    let gone = reporter.get("/leave").await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert!(!gone.headers["location"].to_str().unwrap().contains("report.example"));
    let cleared = gone.headers["clear-site-data"].to_str().unwrap();
    assert_eq!(cleared, "\"cache\", \"storage\"", "cookies of other pages of the domain stay");
    assert!(reporter.cookies.is_empty(), "{:?}", reporter.cookies.keys());
    let mut thief = kept;
    assert_eq!(thief.get("/case").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_receipt_is_kept_for_days_of_its_own_however_old_the_draft_was() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    draft(&mut reporter, STORY).await;
    house.clock.advance(86_400);
    house.portal.sweep(None).await.unwrap();
    let receipt = reporter.submit("/report/send", &[]).await;
    let code = receipt.code();
    assert!(receipt.text().contains("30. november 2026"), "{}", receipt.text());
    for day in 0..=RECEIPT_DAYS {
        house.portal.sweep(None).await.unwrap();
        assert_eq!(reporter.get("/receipt").await.code(), code, "after {day} days");
        house.clock.advance(86_400);
    }
    house.portal.sweep(None).await.unwrap();
    assert_eq!(reporter.get("/receipt").await.path, "/sign-in?nothing");
}

#[tokio::test]
async fn what_is_sent_is_the_draft_as_it_is_when_the_code_is_made() {
    let (house, anna) = House::new().await;
    let (portal, ticket) = (&house.portal, Ticket::random());
    let story = |text: &str| house.story(text);
    portal.save_draft(&ticket, &story("Det var Bo Holm.")).await.unwrap();
    let code = portal.new_code(CodeLength::Usual, Class::MirrorReporter, Lane(1)).await.unwrap();
    // Meanwhile, on another page, a name is taken out.
    portal.save_draft(&ticket, &story("Det var en kollega.")).await.unwrap();
    assert_eq!(portal.send_with(&ticket, &code).await.unwrap(), Sent::ReceiptIsThere);
    let mut handler = house.signed_in(&anna).await;
    let case = handler.page.clone().unwrap().attributes("a[href^='/cases/']", "href")[0].clone();
    assert_eq!(handler.get(&case).await.all(".dialogue .typed"), ["Det var en kollega."]);
}

#[tokio::test]
async fn a_draft_that_changed_while_its_code_was_made_is_looked_at_again() {
    let (house, _) = House::new().await;
    let (portal, ticket) = (&house.portal, Ticket::random());
    let story = |text: &str| house.story(text);
    let code = portal.new_code(CodeLength::Usual, Class::MirrorReporter, Lane(1)).await.unwrap();
    assert_eq!(portal.send_with(&ticket, &code).await.unwrap(), Sent::NoDraft, "it expired");
    portal.save_draft(&ticket, &story(" ")).await.unwrap();
    assert_eq!(portal.send_with(&ticket, &code).await.unwrap(), Sent::Incomplete);
    portal.save_draft(&ticket, &story("Ord.")).await.unwrap();
    assert_eq!(portal.send_with(&ticket, &code).await.unwrap(), Sent::ReceiptIsThere);
    let other = portal.new_code(CodeLength::Usual, Class::MirrorReporter, Lane(1)).await.unwrap();
    assert_eq!(portal.send_with(&ticket, &other).await.unwrap(), Sent::ReceiptIsThere);
    let receipt = portal.receipt(&ticket).await.unwrap().unwrap();
    assert!(receipt.code.is(&code.code), "who sent first made the receipt");
    // A page that was left open takes a file out.
    portal.remove_draft_file(&ticket, FileId::random()).await.unwrap();
    let later = portal.receipt(&ticket).await.unwrap().unwrap();
    assert_eq!(later.kept_until, receipt.kept_until);
}

#[tokio::test]
async fn when_there_are_too_many_drafts_new_ones_are_refused_and_the_others_go_on() {
    let (house, _) = House::new().await;
    let store = sluse::installation::open_store(&house.config).await.unwrap();
    let mut transaction = store.begin().await.unwrap();
    let context = Context::new("test", InstanceId([0; 16]));
    let (body, day) = (Sealed::new(&Key::random(), &context, b"draft"), house.clock.today());
    for _ in 1..DRAFTS {
        let draft = Ticket::random().id("test");
        assert!(drafts::save(&mut transaction, &draft, day, &body).await.unwrap());
    }
    transaction.commit().await.unwrap();
    let mut last = house.reporter();
    draft(&mut last, STORY).await;
    let mut refused = house.reporter();
    refused.get("/report/story").await;
    let page = refused.upload("/report", &[("text", STORY)], &[]).await;
    assert_eq!(page.path, "/report");
    assert!(page.has(".govuk-error-summary"), "{}", page.text());
    assert!(page.all("textarea")[0].contains("kassen"), "the words are still there");
    draft(&mut last, "Ordene kommer frem.").await;
    last.submit("/report/send", &[]).await.code();
    // With the day the others end.
    house.clock.advance(86_400);
    house.portal.sweep(None).await.unwrap();
    draft(&mut refused, STORY).await;
}

#[tokio::test]
async fn a_form_that_comes_back_with_other_words_is_another_message() {
    let (house, anna) = House::new().await;
    let code = house.report(STORY).await;
    let mut reporter = house.came_back(&code).await;
    let mut back = reporter.clone();
    reporter.upload("/case", &[("text", "Først dette.")], &[]).await;
    back.upload("/case", &[("text", "Så dette.")], &[]).await;
    let page = reporter.get("/case").await;
    assert_eq!(page.all(".dialogue .typed")[1..], ["Først dette.", "Så dette."]);

    // The same with files and no words.
    for bytes in [&b"one"[..], b"two more"] {
        reporter.get("/case/files").await;
        reporter.upload("/case/files", &[], &[Upload { name: "a.txt", bytes }]).await;
        reporter.get("/case/files/check").await;
        for _ in 0..2 {
            let sent = reporter.clone().submit("/case/files/send", &[]).await;
            assert!(sent.path.starts_with("/case?files"), "{}", sent.text());
        }
    }
    let page = reporter.get("/case").await;
    assert_eq!(page.ways(".dialogue", "/case/files/").len(), 2, "{}", page.text());
    assert_eq!(page.all(".dialogue > li").len(), 4, "files that came together are one entry");

    let mut handler = house.signed_in(&anna).await;
    let case = handler.page.clone().unwrap().attributes("a[href^='/cases/']", "href")[0].clone();
    handler.get(&case).await;
    let mut back = handler.clone();
    handler.submit(&case, &[("text", "Tak.")]).await;
    back.submit(&case, &[("text", "Tak for det.")]).await;
    let page = handler.get(&case).await.text();
    assert!(page.contains("Tak.") && page.contains("Tak for det."), "{page}");
}

#[tokio::test]
async fn an_address_that_is_no_text_gets_a_page() {
    let (house, _) = House::new().await;
    let page = house.reporter().get("/report/%ff").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.has("h1"));
}

#[tokio::test]
async fn whoever_wrote_what_tells_who_they_are_is_asked_before_sending() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let text = "Jeg hedder Anna. Ring på 20 30 40 50.\nDer mangler <b>penge</b>.";
    let check = reporter.upload("/report", &[("text", text)], &[]).await;
    let asked = check.all("main q");
    assert_eq!(asked, ["20 30 40 50", "Jeg hedder Anna"], "{}", check.text());
    assert!(check.has("form[action='/report/send'] button"), "it can be sent all the same");
    reporter.get("/report").await;
    let check = reporter.upload("/report", &[("text", "Der mangler penge.")], &[]).await;
    assert!(!check.has("main q"));
}

#[tokio::test]
async fn the_receipt_can_be_taken_along_as_a_text_until_the_code_was_typed_back() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    reporter.upload("/report", &[("text", STORY)], &[]).await;
    let receipt = reporter.submit("/report/send", &[]).await;
    assert!(receipt.has("a[href='/receipt/text']"));
    let code = receipt.code();
    let text = reporter.get("/receipt/text").await;
    assert_eq!(text.headers["content-type"], "text/plain; charset=utf-8");
    let name = text.headers["content-disposition"].to_str().unwrap();
    assert_eq!(name, "attachment; filename=\"tekst.txt\"", "the name tells nothing");
    let words = std::str::from_utf8(&text.body).unwrap();
    assert!(words.contains(&code), "{words}");
    assert!(words.contains("https://report.example\r\n"), "{words}");
    let said = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let due = receipt.all("dd").last().unwrap().clone();
    for part in
        ["bekræfter, at vi har modtaget", &due, "tilbagemelding", "whistleblower.dk", "Ombudsmand"]
    {
        assert!(said.contains(part), "{part} is in the text: {said}");
        assert!(receipt.text().contains(part), "{part} is on the page: {}", receipt.text());
    }
    assert!(!words.contains(STORY));
    assert_eq!(words.len() % STEP, 0, "its length is that of a page");
    let mut other = house.reporter();
    assert_eq!(other.get("/receipt/text").await.path, "/sign-in?nothing", "no receipt of others");
    reporter.get("/receipt").await;
    reporter.submit("/receipt", &[("code", &code)]).await;
    assert_eq!(reporter.get("/receipt/text").await.path, "/sign-in?nothing");
}
