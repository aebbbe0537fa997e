//! The code: as long as somebody wants it, changed without a moment in which neither the old
//! nor the new one works, and the day on which it was last used.

use axum::http::StatusCode;
use sluse::domain::changing::Proposed;
use sluse::domain::derivations::Class;
use sluse::domain::turns::Lane;
use sluse::domain::{CodeLength, Ticket};
use sluse::vault::ReceiptCode;

use crate::support::{Browser, House, Page};

const STORY: &str = "Der forsvinder penge fra kassen hver fredag.";

/// A report on its way, at the page before sending.
async fn at_the_check_page(house: &House) -> Browser {
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    reporter.upload("/report", &[("text", STORY)], &[]).await;
    reporter.get("/report/check").await;
    reporter
}

async fn opens(house: &House, code: &str) -> bool {
    house.came_back(code).await.page.unwrap().path == "/case"
}

/// The new code on the page that changes it.
fn new_code(page: &Page) -> String {
    assert_eq!(page.path, "/case/code", "{}", page.text());
    page.all(".code span").join(" ")
}

/// Asks for a new code, as long as the old one.
async fn ask(reporter: &mut Browser) -> String {
    reporter.get("/case/code").await;
    new_code(&reporter.submit("/case/code", &[]).await)
}

/// Whoever noted the new code and threw the old one away would be locked out.
#[tokio::test]
async fn a_new_code_that_was_not_typed_back_is_warned_of_in_the_case_and_before_signing_out() {
    const WARNING: &str = "Den nye kode virker ikke";
    let (house, _) = House::new().await;
    let mut reporter = house.came_back(&house.report(STORY).await).await;
    assert!(!reporter.get("/case").await.text().contains(WARNING));
    ask(&mut reporter).await;
    let case = reporter.get("/case").await;
    assert!(case.text().contains(WARNING) && case.has("button[value='/case/code']"));
    let asked = reporter.sign_out().await;
    assert!(asked.has(".govuk-error-summary") && asked.has("button[name='all-the-same']"));
    reporter.get("/case/code").await;
    assert!(!reporter.submit("/case/code/drop", &[]).await.text().contains(WARNING));
    ask(&mut reporter).await;
    reporter.get("/case").await;
    reporter.sign_out().await;
    assert_eq!(reporter.press("button[name='all-the-same']").await.path, "/signed-out");
}

#[tokio::test]
async fn a_reporter_who_wants_it_gets_a_code_of_24_digits_in_groups_of_four() {
    let (house, _) = House::new().await;
    let mut reporter = at_the_check_page(&house).await;
    let why = reporter.page.as_ref().unwrap().all("#long-hint");
    assert!(why[0].contains("24 beskytter også"), "{why:?}");
    let code = reporter.submit("/report/send", &[("code", "long")]).await.code();
    let groups: Vec<usize> = code.split(' ').map(str::len).collect();
    assert_eq!(groups, [4; 6]);
    let (beginning, _) = code.split_at(19);
    let half = reporter.submit("/receipt", &[("code", beginning)]).await;
    assert!(half.has(".govuk-error-summary"), "its beginning is not the code");
    let (one, other) = code.split_at(9);
    let typed = format!(" {}\n{}", one.replace(' ', "-"), other.replace(' ', ""));
    let kept = reporter.submit("/receipt", &[("code", &typed)]).await;
    assert_eq!(kept.path, "/receipt/kept");
    assert!(!opens(&house, beginning).await);
    assert!(opens(&house, &typed).await);
}

#[tokio::test]
async fn who_does_not_ask_gets_16_digits_and_the_page_of_a_site_with_long_codes_asks_nobody() {
    let (house, _) = House::new().await;
    let mut reporter = at_the_check_page(&house).await;
    for field in ["", "longer", "1"] {
        let mut reporter = at_the_check_page(&house).await;
        assert_eq!(reporter.submit("/report/send", &[("code", field)]).await.code().len(), 19);
    }
    assert_eq!(reporter.submit("/report/send", &[]).await.code().len(), 19);
    let house = House::with(|config| config.long_codes = true).await;
    house.enrol("anna").await;
    let mut reporter = at_the_check_page(&house).await;
    assert!(!reporter.page.as_ref().unwrap().has("input[type=checkbox]"));
    let code = reporter.submit("/report/send", &[]).await.code();
    assert_eq!(code.len(), 29, "{code}");
    reporter.submit("/receipt", &[("code", &code)]).await;
    assert!(opens(&house, &code).await);
}

#[tokio::test]
async fn codes_from_before_a_site_chose_long_ones_still_open_their_cases() {
    let (mut house, _) = House::new().await;
    let code = house.report(STORY).await;
    house.config.long_codes = true;
    house.restart().await;
    assert!(opens(&house, &code).await);
}

#[tokio::test]
async fn whoever_mistypes_is_told_how_many_digits_there_were_and_which_lengths_there_are() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/sign-in").await;
    for (typed, found) in [("1234 5678 9012 345", 15), ("1234 5678 9012 3456 7890", 20)] {
        let page = reporter.submit("/sign-in", &[("code", typed)]).await;
        let said = page.all(".govuk-error-summary li");
        let right = format!(
            "En kode har 16 eller 24 cifre. Du har skrevet {found}. Tjek cifrene, og prøv igen"
        );
        assert_eq!(said, [right]);
    }
    let hint = reporter.get("/sign-in?lang=en").await.all("#code-hint");
    assert_eq!(hint, ["16 or 24 digits. Spaces and dashes do not matter."]);
}

#[tokio::test]
async fn the_choice_of_a_long_code_is_still_made_when_the_report_could_not_be_sent() {
    let house = House::empty().await;
    let mut reporter = at_the_check_page(&house).await;
    assert!(!reporter.page.as_ref().unwrap().has("#long[checked]"));
    let page = reporter.submit("/report/send", &[("code", "long")]).await;
    assert!(page.has(".govuk-error-summary"));
    assert!(page.has("#long[checked]"));
}

#[tokio::test]
async fn a_changed_code_opens_the_case_and_the_old_one_opens_nothing() {
    let (house, _) = House::new().await;
    let old = house.report(STORY).await;
    let mut reporter = house.came_back(&old).await;
    assert!(reporter.page.as_ref().unwrap().has("main button[value='/case/code']"));
    let new = ask(&mut reporter).await;
    assert_eq!(new.len(), old.len());
    assert_ne!(new, old);
    assert!(!opens(&house, &new).await, "not before it was typed back");
    assert!(opens(&house, &old).await);
    assert_eq!(new_code(&reporter.get("/case/code").await), new, "the page can be loaded again");
    let typed = new.replace(' ', "-");
    let page = reporter.submit("/case/code/typed", &[("code", &typed)]).await;
    assert_eq!(page.path, "/case/code/changed", "{}", page.text());
    assert!(reporter.get("/case").await.text().contains(STORY), "and goes on");
    assert!(!opens(&house, &old).await);
    let mut later = house.came_back(&new).await;
    assert!(later.get("/case").await.text().contains(STORY));
    assert!(!later.get("/case/code").await.has(".code"), "the server has forgotten it");
}

#[tokio::test]
async fn a_code_can_become_longer_and_never_becomes_shorter() {
    let (house, _) = House::new().await;
    let old = house.report(STORY).await;
    let mut reporter = house.came_back(&old).await;
    reporter.get("/case/code").await;
    let new = new_code(&reporter.submit("/case/code", &[("code", "long")]).await);
    assert_eq!(new.len(), 29);
    let page = reporter.submit("/case/code/typed", &[("code", &new)]).await;
    assert_eq!(page.path, "/case/code/changed");
    // In the same session, and in a later one.
    for mut reporter in [reporter, house.came_back(&new).await] {
        let page = reporter.get("/case/code").await;
        assert!(!page.has("input[type=checkbox]"), "there is nothing to choose");
        assert_eq!(ask(&mut reporter).await.len(), 29);
    }
}

#[tokio::test]
async fn what_is_typed_wrongly_changes_nothing_and_the_code_is_still_shown() {
    let (house, _) = House::new().await;
    let old = house.report(STORY).await;
    let mut reporter = house.came_back(&old).await;
    let new = ask(&mut reporter).await;
    let other = ReceiptCode::random().in_groups().to_string();
    for typed in ["", new.split_at(18).0, &old, &other, "bogstaver", &format!("{new} 1")] {
        let page = reporter.submit("/case/code/typed", &[("code", typed)]).await;
        assert!(page.has(".govuk-error-summary"), "{typed:?}");
        assert_eq!(page.all(".code span").join(" "), new);
        assert!(!page.text().contains(&other));
    }
    assert!(opens(&house, &old).await && !opens(&house, &new).await);
}

#[tokio::test]
async fn a_second_click_and_a_second_tab_see_the_first_code() {
    let (house, _) = House::new().await;
    let old = house.report(STORY).await;
    let mut reporter = house.came_back(&old).await;
    reporter.get("/case/code").await;
    let (mut one, mut other) = (reporter.clone(), reporter.clone());
    let long = [("code", "long")];
    let (first, second) =
        tokio::join!(one.submit("/case/code", &[]), other.submit("/case/code", &long));
    let shown = new_code(&reporter.get("/case/code").await);
    assert_eq!(new_code(&one.get("/case/code").await), shown);
    assert_eq!(new_code(&other.get("/case/code").await), shown);
    assert!([new_code(&first), new_code(&second)].contains(&shown));
    // Both buttons, one after the other, as when the answer to the first was lost.
    for tab in [&mut one, &mut other] {
        let page = tab.submit("/case/code/typed", &[("code", &shown)]).await;
        assert_eq!(page.path, "/case/code/changed");
    }
    assert!(opens(&house, &shown).await && !opens(&house, &old).await);
}

#[tokio::test]
async fn the_right_code_from_two_tabs_at_once_is_taken_once_and_both_are_told() {
    let (house, _) = House::new().await;
    let old = house.report(STORY).await;
    let mut reporter = house.came_back(&old).await;
    let new = ask(&mut reporter).await;
    let (mut one, mut other) = (reporter.clone(), reporter);
    let typed = [("code", &*new)];
    let (first, second) = tokio::join!(
        one.submit("/case/code/typed", &typed),
        other.submit("/case/code/typed", &typed)
    );
    assert_eq!([first.path, second.path], ["/case/code/changed"; 2]);
    assert!(opens(&house, &new).await && !opens(&house, &old).await);
}

#[tokio::test]
async fn of_two_browsers_the_first_to_type_back_wins_and_signs_the_other_out() {
    let (house, _) = House::new().await;
    let old = house.report(STORY).await;
    let mut mine = house.came_back(&old).await;
    let mut thief = house.came_back(&old).await;
    let (my_code, their_code) = (ask(&mut mine).await, ask(&mut thief).await);
    assert_ne!(my_code, their_code);
    // The code of one browser is none in the other.
    let page = mine.submit("/case/code/typed", &[("code", &their_code)]).await;
    assert!(page.has(".govuk-error-summary"));
    mine.submit("/case/code/typed", &[("code", &my_code)]).await;
    let page = thief.submit("/case/code/typed", &[("code", &their_code)]).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED, "{}", page.text());
    assert_eq!(thief.get("/case").await.status, StatusCode::UNAUTHORIZED);
    assert!(opens(&house, &my_code).await);
    assert!(!opens(&house, &their_code).await && !opens(&house, &old).await);
}

#[tokio::test]
async fn a_code_that_was_not_typed_back_ends_with_its_session_and_the_old_one_stays() {
    let (mut house, _) = House::new().await;
    let old = house.report(STORY).await;
    let mut signs_out = house.came_back(&old).await;
    let first = ask(&mut signs_out).await;
    let late = signs_out.clone();
    signs_out.get("/case").await;
    signs_out.sign_out().await;
    let mut restarted = house.came_back(&old).await;
    let second = ask(&mut restarted).await;
    house.restart().await;
    for (browser, code) in [(late, &first), (restarted, &second)] {
        let mut browser = browser.moved_to(&house.app);
        let page = browser.submit("/case/code/typed", &[("code", code)]).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED);
        assert!(page.text().contains("Log ind med den nye kode"), "{}", page.text());
        assert!(!opens(&house, code).await);
    }
    let mut again = house.came_back(&old).await;
    assert!(!again.get("/case/code").await.has(".code"), "it belonged to its session");
}

#[tokio::test]
async fn a_session_that_ended_while_its_code_waited_for_a_turn_gets_none() {
    let (house, _) = House::new().await;
    let old = house.report(STORY).await;
    let ended = Ticket::random();
    let at = (&ended, "mirror reporter");
    let (length, class) = (CodeLength::Usual, Class::MirrorReport);
    let made = house.portal.propose_code(at, length, class, Lane(1)).await.unwrap();
    assert_eq!(made, Proposed::SignedOut);
    assert!(house.portal.proposed_code(at).is_none());
    // Who asks for a code that nobody makes is asked whether one is wanted.
    let mut reporter = house.came_back(&old).await;
    let page = reporter.get("/case/code/wait").await;
    assert_eq!(page.path, "/case/code");
    assert!(page.has("form[action='/case/code']") && !page.has(".code"));
}

#[tokio::test]
async fn who_keeps_the_old_code_keeps_it_and_may_ask_again() {
    let (house, _) = House::new().await;
    let old = house.report(STORY).await;
    let mut reporter = house.came_back(&old).await;
    let dropped = ask(&mut reporter).await;
    let left_open = reporter.clone();
    assert_eq!(reporter.submit("/case/code/drop", &[]).await.path, "/case");
    let mut left_open = left_open;
    let page = left_open.submit("/case/code/typed", &[("code", &dropped)]).await;
    assert_eq!(page.path, "/case/code", "there is none to type back");
    assert!(!page.has(".code"));
    assert!(opens(&house, &old).await && !opens(&house, &dropped).await);
    assert_ne!(ask(&mut reporter).await, dropped);
}

#[tokio::test]
async fn a_receipt_that_was_left_open_does_not_go_on_showing_a_code_that_opens_nothing() {
    let (house, _) = House::new().await;
    let mut reporter = at_the_check_page(&house).await;
    let old = reporter.submit("/report/send", &[]).await.code();
    let mut later = house.came_back(&old).await;
    let new = ask(&mut later).await;
    assert_eq!(reporter.get("/receipt").await.code(), old, "until it is typed back");
    later.submit("/case/code/typed", &[("code", &new)]).await;
    assert_eq!(reporter.get("/receipt").await.path, "/sign-in?nothing");
    assert!(opens(&house, &new).await);
}

#[tokio::test]
async fn a_handler_and_a_stranger_change_no_code() {
    let (house, anna) = House::new().await;
    house.report(STORY).await;
    let mut handler = house.signed_in(&anna).await;
    assert_eq!(handler.get("/case/code").await.status, StatusCode::NOT_FOUND);
    let mut stranger = house.reporter();
    assert_eq!(stranger.get("/case/code").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(stranger.get("/case/code/changed").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_case_says_on_which_day_its_code_was_used_before_and_no_other_does() {
    let (mut house, _) = House::new().await;
    let (code, other) = (house.report(STORY).await, house.report("En anden sag.").await);
    let last = |page: &Page| match page.all("#last").pop() {
        Some(line) => line.split_once(": ").unwrap().1.to_owned(),
        None => String::new(),
    };
    let unknown = "";
    let first = house.came_back(&code).await.page.unwrap();
    assert_eq!(last(&first), unknown);
    house.clock.advance(3 * 86_400);
    assert_eq!(last(&house.came_back(&other).await.page.unwrap()), unknown);
    let mut second = house.came_back(&code).await;
    assert_eq!(last(second.page.as_ref().unwrap()), "22. november 2026");
    house.clock.advance(86_400);
    assert!(!opens(&house, "0000 0000 0000 0000").await);
    assert_eq!(last(&second.get("/case").await), "22. november 2026", "not this visit itself");
    assert_eq!(last(&house.came_back(&code).await.page.unwrap()), "25. november 2026");
    house.restart().await;
    assert_eq!(last(&house.came_back(&code).await.page.unwrap()), unknown);
}
