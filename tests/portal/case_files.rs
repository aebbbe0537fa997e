//! Files of a case wait with whoever chose them until they are sent.

use axum::http::StatusCode;
use sluse::domain::case_files::Begun;
use sluse::domain::dialogue::What;
use sluse::domain::{ItemId, Ticket};
use sluse::limits::{BROWSERS_WITH_FILES, DRAFTS, DRAFTS_WITH_CASES, FILES, ITEMS_PER_DAY};
use sluse::store::drafts;
use sluse::vault::{Context, InstanceId, Key, Sealed};

use crate::support::browser::Upload;
use crate::support::document;
use crate::support::planted::holds;
use crate::support::{Browser, House, Page, Staff};

const FILE: Upload<'static> = Upload { name: "brev fra Bo.txt", bytes: b"words" };
const CHECK: &str = "/case/files/check";
const SEND: &str = "/case/files/send";

async fn choose(browser: &mut Browser, page: &str, files: &[Upload<'_>]) -> Page {
    browser.get(page).await;
    browser.upload(page, &[], files).await
}

/// A handler who has opened the only case, and its address.
async fn at_the_case(house: &House, staff: &Staff) -> (Browser, String) {
    let mut handler = house.signed_in(staff).await;
    let inbox = handler.page.clone().unwrap();
    let case = inbox.attributes("a[href^='/cases/']", "href").swap_remove(0);
    handler.get(&case).await;
    (handler, case)
}

fn attachments(page: &Page) -> usize {
    page.ways(".dialogue", "/").iter().filter(|to| to.contains("/files/")).count()
}

#[tokio::test]
async fn a_file_that_is_not_sent_is_nobody_elses_and_its_owner_is_told_on_every_page() {
    let (house, anna) = House::new().await;
    let code = house.report("En sag.").await;
    let mut reporter = house.came_back(&code).await;
    choose(&mut reporter, "/case/files", &[FILE]).await;
    let case = reporter.get("/case").await;
    assert_eq!(case.ways(".govuk-warning-text + p", "/"), [CHECK]);
    assert!(reporter.get("/case/files").await.has(".govuk-warning-text"));
    assert!(reporter.get(CHECK).await.has(".govuk-warning-text"));
    let (mut handler, address) = at_the_case(&house, &anna).await;
    assert_eq!(attachments(&handler.get(&address).await), 0);
    assert!(!handler.get(&format!("{address}/files/check")).await.text().contains("brev"));
    // In another browser there is no such file, with the right code too.
    let mut elsewhere = house.came_back(&code).await;
    assert!(!elsewhere.get("/case").await.has(".govuk-warning-text"));
    assert!(!elsewhere.get(CHECK).await.has(".files"));

    reporter.get(CHECK).await;
    let sent = reporter.submit(SEND, &[]).await;
    assert!(sent.has(".govuk-notification-banner--success"), "{}", sent.text());
    assert!(!sent.has(".govuk-warning-text") && !sent.text().contains("brev fra Bo"));
    assert_eq!((attachments(&sent), attachments(&handler.get(&address).await)), (1, 1));
}

#[tokio::test]
async fn what_is_only_covered_in_a_file_for_a_case_can_be_sent_as_pictures_or_taken_back() {
    const COVERED: &str = "Anna Berg sagde det";
    let (house, anna) = House::new().await;
    let code = house.report("En sag.").await;
    let document = document::blacked_out(COVERED);
    let mut reporter = house.came_back(&code).await;
    let letter = Upload { name: "brev.pdf", bytes: &document };
    let list = choose(&mut reporter, "/case/files", &[letter, FILE]).await;
    assert!(list.text().contains("selv skal se efter"), "{}", list.text());
    let check = reporter.get(CHECK).await;
    assert!(check.text().contains("Se efter selv"), "{}", check.text());
    let flat = reporter.press("button[formaction='/case/files/flatten']").await;
    assert!(flat.path.starts_with(&format!("{CHECK}?file=")), "{}", flat.path);
    assert!(flat.text().contains("Kun billeder af filen er tilbage"), "{}", flat.text());
    let less = reporter.press(".files > li:last-child button").await;
    assert_eq!(less.all(".files > li").len(), 1, "{}", less.text());
    assert_eq!(std::fs::read_dir(house.config.objects()).unwrap().count(), 1);
    reporter.submit(SEND, &[]).await;
    let (mut handler, address) = at_the_case(&house, &anna).await;
    let page = handler.get(&address).await;
    let files = page.attributes(".dialogue a[href*='/files/']", "href");
    assert_eq!(files.len(), 1);
    let sent = handler.get(&format!("{}/download", files[0])).await;
    assert!(sent.status == StatusCode::OK && !holds(&sent.body, COVERED));
}

#[tokio::test]
async fn a_file_waits_behind_the_end_of_a_session_and_a_restart() {
    let (mut house, _) = House::new().await;
    let code = house.report("En sag.").await;
    let mut reporter = house.came_back(&code).await;
    choose(&mut reporter, "/case/files", &[FILE]).await;
    reporter.get("/case").await;
    let page = reporter.sign_out().await;
    assert!(page.has(".govuk-error-summary"), "it is said before: {}", page.text());
    assert_eq!(reporter.get("/case").await.status, StatusCode::OK, "and nobody is signed out");
    reporter.sign_out().await;
    let out = reporter.press("button[name='all-the-same']").await;
    assert!(out.has(".govuk-warning-text"), "and after: {}", out.text());
    assert_eq!(reporter.get(CHECK).await.status, StatusCode::UNAUTHORIZED);
    house.restart().await;
    let mut reporter = reporter.moved_to(&house.app);
    assert!(reporter.sign_in(&code).await.has(".govuk-warning-text"));
    reporter.get(CHECK).await;
    assert_eq!(attachments(&reporter.submit(SEND, &[]).await), 1);
    let out = reporter.sign_out().await;
    assert!(!out.has(".govuk-warning-text"), "{}", out.text());
    assert!(reporter.cookies.is_empty(), "nothing is open any more: {:?}", reporter.cookies);
}

#[tokio::test]
async fn in_one_browser_two_people_and_two_cases_have_files_of_their_own() {
    let (house, anna) = House::new().await;
    let bo = house.enrol("bo").await;
    let mut first = house.signed_in(&anna).await;
    let vouch = first.get("/handlers").await.attributes("form[action^='/handlers/']", "action");
    first.submit(&vouch[0], &[]).await;
    let (one, two) = (house.report("Sag et.").await, house.report("Sag to.").await);
    let mut reporter = house.came_back(&one).await;
    choose(&mut reporter, "/case/files", &[FILE]).await;
    let page = reporter.get(CHECK).await;
    reporter.sign_in(&two).await;
    assert!(!reporter.get(CHECK).await.has(".files"));
    // A page of the first case sends nothing to the second.
    choose(&mut reporter, "/case/files", &[FILE]).await;
    reporter.page = Some(page);
    assert_eq!(reporter.submit(SEND, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(attachments(&reporter.get("/case").await), 0);

    let (mut handler, case) = at_the_case(&house, &anna).await;
    let files = format!("{case}/files");
    choose(&mut handler, &files, &[FILE]).await;
    assert!(handler.get(&case).await.has("a[href$='/files/check']"));
    // Bo reads the same case, and signs in where Anna did.
    let mut second = house.signed_in(&bo).await;
    let visit = handler.cookies.iter().filter(|(name, _)| name.contains("visit"));
    second.cookies.extend(visit.map(|(name, value)| (name.clone(), value.clone())));
    let check = second.get(&format!("{files}/check")).await;
    assert_eq!(check.status, StatusCode::OK);
    assert!(!check.has(".files"), "{}", check.text());
    assert!(handler.get(&format!("{files}/check")).await.has(".files"));
}

#[tokio::test]
async fn nothing_is_sent_when_nothing_waits_and_a_page_says_so() {
    let (house, _) = House::new().await;
    let code = house.report("En sag.").await;
    let mut reporter = house.came_back(&code).await;
    let empty = reporter.get(CHECK).await;
    assert!(!empty.has(&format!("form[action='{SEND}']")) && !empty.has(".files"));
    // Of a program alone there is no copy to send.
    let list = choose(
        &mut reporter,
        "/case/files",
        &[Upload { name: "b.exe", bytes: b"MZ\x90\0 a program" }],
    );
    assert_eq!(list.await.all(".files__refused").len(), 1);
    assert!(!reporter.get("/case").await.has(".govuk-warning-text"));
    assert!(!reporter.get(CHECK).await.has(&format!("form[action='{SEND}']")));
    // The day after the next one it waits no longer, whether or not it was swept away.
    choose(&mut reporter, "/case/files", &[FILE]).await;
    reporter.get(CHECK).await;
    house.clock.advance(2 * 86_400);
    let page = reporter.submit(SEND, &[]).await;
    assert!(page.has(".govuk-error-summary"), "{}", page.text());
    assert_eq!(attachments(&reporter.get("/case").await), 0);
    let list = choose(&mut reporter, "/case/files", &[Upload { name: "new.txt", ..FILE }]).await;
    assert_eq!(list.all(".files > li").len(), 1, "and does not come back: {}", list.text());
}

#[tokio::test]
async fn a_file_that_comes_while_the_others_are_sent_is_not_kept_and_its_sender_is_told() {
    let (house, _) = House::new().await;
    let code = house.report("En sag.").await;
    let who = house.came_in(&code).await;
    let case = who.reporters_case().unwrap();
    let visit = Ticket::random();
    assert_eq!(house.portal.begin_files(&visit, &who, case).await.unwrap(), Begun::Yes);
    let files = house.portal.files_for(&visit, &who, case);
    let mut incoming = house.portal.receive_for_case(&files).await.unwrap();
    incoming.write(&house.portal, b"words").await;
    let file = house.portal.clean_incoming(incoming, sluse::domain::turns::Lane(1)).await;
    house.portal.erase_draft(&files).await.unwrap();
    assert!(!house.portal.add_draft_file(&files, "a.txt", file).await.unwrap());
    assert_eq!(std::fs::read_dir(house.config.objects()).unwrap().count(), 0);
    let mut reporter = house.came_back(&code).await;
    let list = reporter.get("/case/files/list?late-case").await;
    assert!(list.has(".govuk-error-message"), "{}", list.text());
}

#[tokio::test]
async fn so_many_files_wait_and_no_more() {
    let (house, _) = House::new().await;
    let code = house.report("En sag.").await;
    let mut reporter = house.came_back(&code).await;
    let names: Vec<String> = (0..=FILES).map(|number| format!("{number}.txt")).collect();
    let files: Vec<_> = names.iter().map(|name| Upload { name, bytes: b"words" }).collect();
    let list = choose(&mut reporter, "/case/files", &files[..FILES]).await;
    assert!(!list.has(".govuk-error-message"), "{}", list.text());
    let list = choose(&mut reporter, "/case/files", &files[FILES..]).await;
    assert!(list.has(".govuk-error-message"), "{}", list.text());
    reporter.get(CHECK).await;
    assert_eq!(attachments(&reporter.submit(SEND, &[]).await), FILES);
}

/// Each way in which a browser loses its visit.
#[tokio::test]
async fn a_file_that_waits_keeps_the_key_that_opens_it() {
    let (house, _) = House::new().await;
    let (one, two) = (house.report("Sag et.").await, house.report("Sag to.").await);
    let begins = async || {
        let mut reporter = house.came_back(&one).await;
        choose(&mut reporter, "/case/files", &[FILE]).await;
        reporter
    };
    let waits = async |browser: &mut Browser| {
        let page = browser.sign_in(&one).await;
        page.has(".govuk-warning-text")
    };
    // Another case was signed in to, and out of.
    let mut reporter = begins().await;
    reporter.sign_in(&two).await;
    assert!(reporter.sign_out().await.has(".govuk-warning-text"), "it is said without the code");
    assert!(waits(&mut reporter).await);
    // The session was over before.
    let mut reporter = begins().await;
    reporter.get("/case/files").await;
    house.clock.pass(sluse::limits::SESSION_IDLE);
    assert!(reporter.submit("/sign-out", &[]).await.has(".govuk-warning-text"));
    assert!(waits(&mut reporter).await);
    // Another report was sent, and its code typed back.
    let mut reporter = begins().await;
    reporter.get("/report").await;
    reporter.upload("/report", &[("text", "En tredje sag.")], &[]).await;
    let code = reporter.submit("/report/send", &[]).await.code();
    reporter.submit("/receipt", &[("code", &code)]).await;
    assert!(waits(&mut reporter).await);
    // A draft was to be opened by its code.
    let mut writer = house.reporter();
    writer.get("/report").await;
    writer.upload("/report", &[("text", "Et udkast."), ("then", "later")], &[]).await;
    let code = writer.submit("/report/later", &[]).await.code();
    let mut reporter = begins().await;
    let page = reporter.sign_in(&code).await;
    assert_eq!(page.path, "/sign-in?other-draft", "{}", page.text());
    assert!(waits(&mut reporter).await);
    // What was sent is no reason to keep it.
    reporter.get(CHECK).await;
    reporter.submit(SEND, &[]).await;
    reporter.sign_out().await;
    assert!(reporter.cookies.is_empty(), "{:?}", reporter.cookies);
}

/// What keeps the files for another day keeps their key for it too.
#[tokio::test]
async fn a_file_that_is_kept_longer_keeps_the_key_that_opens_it() {
    let (house, _) = House::new().await;
    let code = house.report("En sag.").await;
    let document = document::blacked_out("Anna Berg");
    let flatten = "button[formaction='/case/files/flatten']";
    let remove = ".files > li:last-child button:not([formaction])";
    for button in [flatten, remove] {
        let mut reporter = house.came_back(&code).await;
        let letter = Upload { name: "brev.pdf", bytes: &document };
        choose(&mut reporter, "/case/files", &[letter, FILE]).await;
        house.clock.advance(86_400);
        reporter.get(CHECK).await;
        reporter.press(button).await;
        house.clock.advance(86_400);
        house.portal.sweep(None).await.unwrap();
        reporter.get("/case/files").await;
        assert!(reporter.sign_out().await.has(".govuk-warning-text"), "{button}");
        assert!(reporter.sign_in(&code).await.has(".govuk-warning-text"), "{button}");
    }
}

#[tokio::test]
async fn only_files_that_were_looked_at_are_sent() {
    let (house, _) = House::new().await;
    let code = house.report("En sag.").await;
    let mut reporter = house.came_back(&code).await;
    choose(&mut reporter, "/case/files", &[FILE]).await;
    reporter.get(CHECK).await;
    let mut other = reporter.clone();
    let document = document::blacked_out("Anna Berg");
    choose(&mut other, "/case/files", &[Upload { name: "brev.pdf", bytes: &document }]).await;
    let mut pressed_again = reporter.clone();
    let page = reporter.submit(SEND, &[]).await;
    assert!(page.has(".govuk-error-summary a[href='#files']"), "{}", page.text());
    assert_eq!(page.all(".files > li").len(), 2, "both are shown");
    assert_eq!(attachments(&reporter.get("/case").await), 0, "neither was sent");
    // Nor is it when pictures took the place of one.
    reporter.get(CHECK).await;
    let mut old = reporter.clone();
    reporter.press("button[formaction='/case/files/flatten']").await;
    assert!(old.submit(SEND, &[]).await.has(".govuk-error-summary"));
    reporter.get(CHECK).await;
    assert_eq!(reporter.submit(SEND, &[]).await.path, "/case?files=2");
    // A page from before sends what came later neither.
    choose(&mut reporter, "/case/files", &[Upload { name: "new.txt", ..FILE }]).await;
    assert!(pressed_again.submit(SEND, &[]).await.has(".govuk-error-summary"));
    assert_eq!(attachments(&reporter.get("/case").await), 2);

    // The same of a report.
    let mut writer = house.reporter();
    writer.get("/report").await;
    writer.upload("/report", &[("text", "Ord.")], &[FILE]).await;
    let mut other = writer.clone();
    other.get("/report/story").await;
    other.upload("/report", &[("text", "Ord.")], &[Upload { name: "b.txt", bytes: b"b" }]).await;
    let page = writer.submit("/report/send", &[]).await;
    assert!(page.has(".govuk-error-summary a[href='#files']"), "{}", page.text());
    assert_eq!(page.all(".files > li").len(), 2);
    writer.submit("/report/send", &[]).await.code();
}

#[tokio::test]
async fn a_file_whose_day_is_over_is_not_shown_whether_or_not_it_was_swept_away() {
    let (house, _) = House::new().await;
    let code = house.report("En sag.").await;
    let mut reporter = house.came_back(&code).await;
    choose(&mut reporter, "/case/files", &[FILE]).await;
    house.clock.advance(2 * 86_400);
    for path in [CHECK, "/case/files/list"] {
        let page = reporter.get(path).await;
        assert!(!page.has(".files") && !page.has(".govuk-warning-text"), "{path}: {}", page.text());
    }
}

#[tokio::test]
async fn files_wait_for_the_day_after_one_that_takes_no_more() {
    let (house, _) = House::new().await;
    let code = house.report("En sag.").await;
    let mut reporter = house.came_back(&code).await;
    choose(&mut reporter, "/case/files", &[FILE]).await;
    house.clock.advance(86_400);
    let who = house.came_in(&code).await;
    let case = who.reporters_case().unwrap();
    for number in 0..ITEMS_PER_DAY {
        let (once, text) = (ItemId::random(), format!("Nummer {number}."));
        house.portal.add(&who, case, once, What::Message, text).await.unwrap();
    }
    reporter.get(CHECK).await;
    let page = reporter.submit(SEND, &[]).await;
    assert!(page.has(".govuk-error-summary") && page.has(".files"), "{}", page.text());
    house.clock.advance(86_400);
    house.portal.sweep(None).await.unwrap();
    reporter.get(CHECK).await;
    assert_eq!(reporter.submit(SEND, &[]).await.path, "/case?files=1");
}

#[tokio::test]
async fn files_of_cases_have_twice_the_room_of_drafts_and_no_more() {
    let house = House::with(|config| config.storage.drafts = 1).await;
    house.enrol("anna").await;
    let code = house.report("En sag.").await;
    let mut reporter = house.came_back(&code).await;
    let much = ["a", "b", "c"].map(|letter| letter.repeat(1 << 20));
    for (number, text) in much.iter().enumerate() {
        let name = format!("{number}.txt");
        let file = Upload { name: &name, bytes: text.as_bytes() };
        let list = choose(&mut reporter, "/case/files", &[file]).await;
        assert_eq!(list.has(".files__refused"), number == 2, "{name}: {}", list.text());
    }
}

/// Anybody can fill the room for reports that are not sent.
#[tokio::test]
async fn a_flood_of_drafts_keeps_nobody_from_sending_files_in_a_case() {
    let house = House::with(|config| config.storage.drafts = 1).await;
    house.enrol("anna").await;
    let code = house.report("En sag.").await;
    let mut reporter = house.came_back(&code).await;
    let mut flood = house.reporter();
    let much = vec![b'a'; 1 << 20];
    flood.get("/report").await;
    let file = Upload { name: "a.txt", bytes: &much };
    flood.upload("/report", &[("text", "Ord.")], &[file]).await;
    let store = sluse::installation::open_store(&house.config).await.unwrap();
    let context = Context::new("test", InstanceId([0; 16]));
    let (body, day) = (Sealed::new(&Key::random(), &context, b"draft"), house.clock.today());
    let fill = async |number: i64| {
        let mut transaction = store.begin().await.unwrap();
        for _ in 0..number {
            let draft = Ticket::random().id("test");
            assert!(drafts::save(&mut transaction, &draft, day, &body).await.unwrap());
        }
        transaction.commit().await.unwrap();
    };
    fill(DRAFTS - 1).await;
    let mut late = house.reporter();
    late.get("/report").await;
    assert!(late.upload("/report", &[("text", "Ord.")], &[]).await.has(".govuk-error-summary"));
    // Whoever takes out again what cannot be saved gets on.
    late.get("/report/story").await;
    let away = ".foot button[value^='/guide']";
    assert!(late.press_with(away, &[("text", "Ord.")]).await.has(".govuk-error-summary"));
    assert!(late.press_with(away, &[("text", "")]).await.path.starts_with("/guide"));
    let list = choose(&mut reporter, "/case/files", &[FILE]).await;
    assert!(list.has(".files") && !list.has(".files__refused"), "{}", list.text());
    // Until those of cases are too many as well. Who has begun goes on.
    // The file that waits is two: itself, and the list of those of this browser.
    fill(DRAFTS_WITH_CASES - DRAFTS - 2).await;
    let mut other = house.came_back(&code).await;
    assert_eq!(
        choose(&mut other, "/case/files", &[FILE]).await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
    // Whoever tries in vain uses up nothing of their day.
    for _ in 0..=BROWSERS_WITH_FILES {
        other.get("/case").await;
        let page = other.press_with(away, &[("text", "Ord.")]).await;
        assert!(page.text().contains("kan ikke vente her lige nu"), "{}", page.text());
    }
    let mut connection = store.connect().await.unwrap();
    sqlx::query("delete from drafts where draft_id in (select draft_id from drafts limit 100)")
        .execute(&mut *connection)
        .await
        .unwrap();
    assert!(other.press(away).await.path.starts_with("/guide"));
    let more = Upload { name: "b.txt", bytes: b"more" };
    let list = choose(&mut reporter, "/case/files", &[more]).await;
    assert_eq!(list.all(".files > li").len(), 2, "{}", list.text());
}
