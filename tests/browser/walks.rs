//! Who walks, in which browser, and what is held of every page.

use crate::axe;
use crate::browsers::{chromium_like_a_phone, firefox_at_safest, firefox_with_scripts};
use crate::facts;
use crate::gallery;
use crate::journey::Walk;
use crate::place::Place;
use crate::webdriver::Session;

/// Walks and hangs up what was seen.
fn walk_and_look(mut place: Place, browser: &Session, language: &'static str, look: &str) {
    gallery::empty();
    let mut see = |session: &Session, name: &str| {
        facts::hold(&session.source(), name);
        gallery::hang(session, name, look);
    };
    Walk { browser, place: &mut place, language, look: &mut see }.everywhere();
    gallery::index();
}

#[test]
fn both_onion_addresses_work_at_the_safest_level_in_danish() {
    let place = Place::onion();
    let browser = firefox_at_safest(place.socks);
    walk_and_look(place, &browser, "da", "onion-da");
}

#[test]
fn everything_works_at_the_safest_level_on_the_mirror_with_tls_in_danish() {
    walk_and_look(Place::mirror(), &firefox_at_safest(None), "da", "mirror-da");
}

#[test]
fn everything_works_at_the_safest_level_in_english() {
    walk_and_look(Place::demo(), &firefox_at_safest(None), "en", "demo-en");
}

#[test]
fn everything_works_on_a_phone_without_scripts_in_danish() {
    walk_and_look(Place::demo(), &chromium_like_a_phone(), "da", "phone-da");
}

#[test]
fn everything_works_on_a_phone_without_scripts_in_english() {
    walk_and_look(Place::demo(), &chromium_like_a_phone(), "en", "phone-en");
}

#[test]
fn axe_finds_nothing_on_any_page() {
    let axe = axe::program();
    let browser = firefox_with_scripts();
    let mut place = Place::demo();
    let mut seen = 0;
    let mut look = |session: &Session, name: &str| {
        axe::finds_nothing(session, &axe, name);
        seen += 1;
    };
    Walk { browser: &browser, place: &mut place, language: "da", look: &mut look }.everywhere();
    assert!(seen > 35, "{seen} pages were looked at");
    // A field without a label is found.
    browser.open(&format!("{}/sign-in", place.addresses.reporter));
    browser.run("document.querySelector('label').remove(); return true");
    let check = || axe::finds_nothing(&browser, &axe, "control");
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(check)).is_err());
}
