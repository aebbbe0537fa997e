//! Who walks, in which browser, and what is held of every page.

use crate::axe;
use crate::browsers::{chromium_like_a_phone, firefox_at_safest, firefox_with_scripts};
use crate::demo::Demo;
use crate::facts;
use crate::gallery;
use crate::journey::Walk;
use crate::webdriver::Session;

fn walk(browser: &Session, language: &'static str, look: &mut dyn FnMut(&Session, &str)) {
    let mut demo = Demo::start();
    Walk { browser, demo: &mut demo, language, look }.everywhere();
}

/// Walks and hangs up what was seen.
fn walk_and_look(browser: &Session, language: &'static str, width: u32) {
    walk(browser, language, &mut |session, name| {
        facts::hold(&session.source(), name);
        gallery::hang(session, name, language, width);
    });
    gallery::index();
}

#[test]
fn everything_works_at_the_safest_level_in_danish() {
    walk_and_look(&firefox_at_safest(None), "da", 1000);
}

#[test]
fn everything_works_at_the_safest_level_in_english() {
    walk_and_look(&firefox_at_safest(None), "en", 1000);
}

#[test]
fn everything_works_on_a_phone_without_scripts_in_danish() {
    walk_and_look(&chromium_like_a_phone(), "da", 360);
}

#[test]
fn everything_works_on_a_phone_without_scripts_in_english() {
    walk_and_look(&chromium_like_a_phone(), "en", 360);
}

#[test]
fn axe_finds_nothing_on_any_page() {
    let axe = axe::program();
    let browser = firefox_with_scripts();
    let mut seen = 0;
    walk(&browser, "da", &mut |session, name| {
        axe::finds_nothing(session, &axe, name);
        seen += 1;
    });
    assert!(seen > 30, "{seen} pages were looked at");
    // A field without a label is found.
    let demo = Demo::start();
    browser.open(&format!("{}/sign-in", demo.addresses.reporter));
    browser.run("document.querySelector('label').remove(); return true");
    let check = || axe::finds_nothing(&browser, &axe, "control");
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(check)).is_err());
}
