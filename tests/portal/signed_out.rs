//! What somebody still has who is signed out, by themselves or by the clock.

use axum::http::StatusCode;

use crate::support::House;
use crate::support::browser::Upload;

const STORY: &str = "Der mangler penge i kassen hver fredag.";

#[tokio::test]
async fn signing_out_of_a_case_leaves_a_report_that_is_not_sent_yet() {
    let (house, _) = House::new().await;
    let code = house.report(STORY).await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    reporter.upload("/report", &[("text", "En anden sag.")], &[]).await;
    assert_eq!(reporter.sign_in(&code).await.path, "/case");
    let page = reporter.sign_out().await;
    assert_eq!(page.path, "/signed-out");
    assert!(page.has("main a[href='/report']"), "it says that a draft is still open");
    assert!(reporter.get("/report/story").await.all("textarea")[0].contains("En anden sag."));
    assert_eq!(reporter.get("/case").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn signing_out_of_a_case_leaves_a_receipt_whose_code_nobody_has_yet() {
    let (house, _) = House::new().await;
    let code = house.report(STORY).await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    reporter.upload("/report", &[("text", "En anden sag.")], &[]).await;
    let unsaved = reporter.submit("/report/send", &[]).await.code();
    assert_eq!(reporter.sign_in(&code).await.path, "/case");
    assert!(reporter.sign_out().await.has("main a[href='/receipt']"));
    assert_eq!(reporter.get("/receipt").await.code(), unsaved);
}

#[tokio::test]
async fn signing_out_with_nothing_open_leaves_no_cookie() {
    let (house, anna) = House::new().await;
    let code = house.report(STORY).await;
    let mut reporter = house.reporter();
    assert_eq!(reporter.sign_in(&code).await.path, "/case");
    let page = reporter.sign_out().await;
    assert!(!page.has("main a[href='/report'], main a[href='/receipt']"));
    assert!(reporter.cookies.is_empty(), "{:?}", reporter.cookies);
    let mut handler = house.signed_in(&anna).await;
    handler.sign_out().await;
    assert!(handler.cookies.is_empty(), "{:?}", handler.cookies);
}

#[tokio::test]
async fn a_message_that_outlasted_its_session_is_given_back_and_not_sent() {
    let (mut house, _) = House::new().await;
    let code = house.report(STORY).await;
    let mut reporter = house.reporter();
    assert_eq!(reporter.sign_in(&code).await.path, "/case");
    house.restart().await;
    let mut reporter = reporter.moved_to(&house.app);
    let mut empty = reporter.clone();
    let page = reporter.upload("/case", &[("text", "Skrevet <længe> & nøje.")], &[]).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert_eq!(page.all("main textarea"), ["Skrevet <længe> & nøje."]);
    let empty = empty.upload("/case", &[("text", " ")], &[]).await;
    assert_eq!(empty.status, StatusCode::UNAUTHORIZED);
    assert!(!empty.has("main textarea"));
    assert_eq!(reporter.sign_in(&code).await.path, "/case");
    assert!(!reporter.get("/case").await.text().contains("nøje"));
}

#[tokio::test]
async fn who_somebody_is_that_outlasted_its_session_is_given_back_and_not_sent() {
    let (mut house, _) = House::new().await;
    let code = house.report(STORY).await;
    let mut reporter = house.came_back(&code).await;
    reporter.get("/case/identity").await;
    house.restart().await;
    let mut reporter = reporter.moved_to(&house.app);
    let fields = [("name", "Ida Holm"), ("contact", "20 30 40 50")];
    let page = reporter.submit("/case/identity", &fields).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert_eq!(page.all("main textarea"), ["20 30 40 50 Ida Holm"]);
    let mut again = house.came_back(&code).await;
    assert!(!again.get("/case/identity").await.text().contains("Ida Holm"));
}

#[tokio::test]
async fn who_somebody_is_does_not_go_into_another_case_and_is_given_back() {
    let (house, _) = House::new().await;
    let (first, second) = (house.report(STORY).await, house.report("En anden sag.").await);
    let mut reporter = house.came_back(&first).await;
    reporter.get("/case/identity").await;
    let form = reporter.clone();
    assert_eq!(reporter.sign_in(&second).await.path, "/case");
    let mut stale = reporter.clone();
    stale.page = form.page;
    let page = stale.submit("/case/identity", &[("name", "Ida Holm")]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert_eq!(page.all("main textarea"), ["Ida Holm"]);
    assert!(!reporter.get("/case/identity").await.text().contains("Ida Holm"));
}

#[tokio::test]
async fn an_answer_that_outlasted_its_session_is_given_back_and_not_sent() {
    let (mut house, anna) = House::new().await;
    house.report(STORY).await;
    let mut handler = house.signed_in(&anna).await;
    let case = handler.get("/").await.attributes("main a[href^='/cases/']", "href")[0].clone();
    handler.get(&case).await;
    house.restart().await;
    let mut handler = handler.moved_to(&house.app);
    let page = handler.submit(&case, &[("text", "Vi har set på det.")]).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert_eq!(page.all("main textarea"), ["Vi har set på det."]);
    let mut again = house.signed_in(&anna).await;
    assert!(!again.get(&case).await.text().contains("set på det"));
}

#[tokio::test]
async fn whoever_comes_back_for_a_report_after_a_restart_is_told_that_it_is_not_sent() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    reporter.upload("/report", &[("text", STORY)], &[]).await;
    let page = reporter.get("/report/wait").await;
    assert!(page.has("[role='alert']"), "{}", page.text());
    assert!(page.has("form[action='/report/send']"));
    assert!(page.text().contains("kassen"));
    reporter.submit("/report/send", &[]).await;
    assert_eq!(reporter.get("/report/wait").await.path, "/receipt");
}

#[tokio::test]
async fn what_has_expired_and_is_not_swept_yet_is_in_nobodys_way() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let old = Upload { name: "gammel.txt", bytes: b"Et gammelt bilag." };
    reporter.upload("/report", &[("text", "En gammel kladde.")], &[old]).await;
    house.clock.advance(5 * 86_400);
    reporter.get("/report").await;
    let page = reporter.upload("/report", &[("text", "En ny kladde.")], &[]).await;
    assert_eq!(page.path, "/report/check");
    assert!(page.text().contains("En ny kladde."));
    assert!(!page.has(".files > li"), "the file of the draft that had expired is gone");

    reporter.submit("/report/send", &[]).await.code();
    house.clock.advance(30 * 86_400);
    reporter.get("/report").await;
    let page = reporter.upload("/report", &[("text", "En helt anden sag.")], &[]).await;
    assert_eq!(page.path, "/report/check", "no receipt that is over keeps words out");
    assert!(page.text().contains("En helt anden sag."));
}

/// Whoever can no longer be told what is open is signed out all the same.
#[tokio::test]
async fn signing_out_needs_no_database() {
    let (house, _) = House::new().await;
    let code = house.report(STORY).await;
    let mut everywhere = Vec::new();
    for page in ["/case", "/case/files", "/case/identity"] {
        let mut reporter = house.came_back(&code).await;
        reporter.get(page).await;
        everywhere.push(reporter);
    }
    // Also where a message waits, or was just taken out of its field.
    let (to_guide, sign_out) = (".foot button[value^='/guide']", "header button[name='sign-out']");
    let mut writers = Vec::new();
    for _ in 0..3 {
        let mut writer = house.came_back(&code).await;
        writer.get("/case").await;
        writer.press_with(to_guide, &[("text", "Ikke sendt.")]).await;
        writer.get("/case").await;
        writers.push(writer);
    }
    let (mut emptied, mut writes) = (writers.remove(0), writers.remove(0));
    writes.press(sign_out).await;
    let store = sluse::installation::open_store(&house.config).await.unwrap();
    let mut connection = store.connect().await.unwrap();
    sqlx::query("alter table drafts rename to lost").execute(&mut *connection).await.unwrap();
    for reporter in &mut everywhere {
        reporter.sign_out().await;
        assert!(!reporter.cookies.keys().any(|name| name.contains("session")));
    }
    emptied.press_with(sign_out, &[("text", "")]).await;
    assert!(!emptied.cookies.keys().any(|name| name.contains("session")));
    let mut asks = writers.remove(0);
    let given_back = asks.press(sign_out).await;
    assert_eq!(given_back.all("main textarea"), ["Ikke sendt."]);
    assert!(!asks.cookies.keys().any(|name| name.contains("session")));
    writes.press("button[name='all-the-same']").await;
    assert!(!writes.cookies.keys().any(|name| name.contains("session")));
    everywhere.extend([emptied, writes, asks]);
    sqlx::query("alter table lost rename to drafts").execute(&mut *connection).await.unwrap();
    for reporter in &mut everywhere {
        assert_eq!(reporter.get("/case").await.status, StatusCode::UNAUTHORIZED);
    }
}

/// Browsers send the last form again when somebody goes back to its answer.
#[tokio::test]
async fn what_was_written_is_not_shown_again_after_the_quick_exit() {
    let (house, _) = House::new().await;
    let code = house.report(STORY).await;
    let written = [("text", "Skrevet i al hast."), ("contact", "unwanted")];
    let mut reporter = house.came_back(&code).await;
    let mut other_tab = reporter.clone();
    let answer = reporter.upload("/case", &written, &[]).await;
    assert!(answer.all("main textarea")[0].contains("hast"));
    reporter.page.clone_from(&other_tab.page);
    reporter.get("/leave").await;
    assert!(reporter.cookies.is_empty());
    // The page that a browser goes back to says nothing of what was there.
    for page in ["/case", "/case/files", "/case/files/check", "/case/identity", "/case/code"] {
        let back = reporter.get(page).await;
        assert_eq!(back.status, StatusCode::UNAUTHORIZED);
        for word in ["logget ud", "Filer", "besked", "indberetning,"] {
            assert!(!back.all("main").concat().contains(word), "{word}: {}", back.text());
        }
    }
    reporter.page.clone_from(&other_tab.page);
    let again = reporter.upload("/case", &written, &[]).await;
    assert!(!again.source().contains("hast"), "{}", again.text());
    // Whoever has signed out still gets it back.
    let mut stays = house.came_back(&code).await;
    other_tab = stays.clone();
    stays.sign_out().await;
    other_tab.cookies.clone_from(&stays.cookies);
    let given = other_tab.upload("/case", &written, &[]).await;
    assert!(given.all("main textarea")[0].contains("hast"), "{}", given.text());
}
