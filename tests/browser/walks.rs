//! Who walks, in which browser, and what is held of every page.

use std::path::{Path, PathBuf};

use crate::axe;
use crate::browsers::{chromium_like_a_phone, firefox_at_safest, firefox_with_scripts};
use crate::facts;
use crate::gallery;
use crate::journey::Walk;
use crate::keys;
use crate::place::Place;
use crate::reading;
use crate::recorder::Recorder;
use crate::sight;
use crate::support::weight;
use crate::valid;
use crate::webdriver::Session;

/// Walks and hangs up what was seen.
fn walk_and_look(mut place: Place, browser: &Session, language: &'static str, look: &str) {
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

/// Where a walk leads.
type Way = fn(Walk<'_>);

/// A phone whose pages are kept as they were sent, and held to what can be measured.
struct Phone {
    recorder: Recorder,
    browser: Session,
    folder: PathBuf,
    look: String,
    seen: usize,
}

impl Phone {
    /// Keeps pages in this folder.
    fn new(place: &Place, language: &str, folder: PathBuf) -> Phone {
        let recorder = Recorder::start(place.certificate.as_ref());
        let browser = chromium_like_a_phone(Some(recorder.address()), language);
        Phone { recorder, browser, folder, look: format!("phone-{language}"), seen: 0 }
    }

    fn walk(&mut self, place: &mut Place, language: &'static str, way: Way) {
        let Phone { recorder, browser, folder, look, seen } = self;
        let reporters = format!("{}/", place.addresses.reporter);
        let mut see = |session: &Session, name: &str| {
            *seen += 1;
            facts::hold(&session.source(), name);
            gallery::hang(session, name, look);
            let page = recorder.page();
            let file = folder.join(format!("{name}.html"));
            std::fs::write(&file, page.source()).unwrap();
            reading::holds(&page, &file, name);
            if page.path.starts_with(&reporters) {
                weight::holds(&page, name, |path| recorder.part(&page, path));
            }
            sight::fits_a_narrow_window(session, name);
            sight::shows_in_forced_colours(session, name);
            sight::prints_whole(session, name);
            keys::reach_everything(session, name);
        };
        way(Walk { browser, place, language, look: &mut see });
        gallery::index();
    }
}

fn walk_and_measure(language: &'static str) {
    let mut place = Place::demo();
    let mut phone = Phone::new(&place, language, gallery::pages(language));
    let way: Way = |walk| walk.everywhere();
    phone.walk(&mut place, language, way);
    assert!(phone.seen > 35, "{} pages were looked at", phone.seen);
    valid::finds_nothing(&phone.folder);
    let reporters = format!("{}/", place.addresses.reporter);
    faults_are_found(&phone.browser, &reporters, &phone.folder);
}

/// The same of the pages of those for whom it goes another way.
fn walk_other_ways_and_measure(language: &'static str) {
    let folder = gallery::pages(&format!("{language}-states"));
    for (mut place, way) in other_ways() {
        let mut phone = Phone::new(&place, language, folder.clone());
        phone.walk(&mut place, language, way);
    }
    valid::finds_nothing(&folder);
}

/// Where it goes another way, and how.
fn other_ways() -> impl Iterator<Item = (Place, Way)> {
    let all: [(fn() -> Place, Way); 5] = [
        (Place::by_exit, |walk| walk.by_exit()),
        (Place::slow, |walk| walk.waits_for_a_code()),
        (Place::demo, |walk| walk.states()),
        (Place::own_network, |walk| walk.stopped()),
        // After the one before: the two have one name, and a browser takes its cookies along.
        (Place::crowded, |walk| walk.waits()),
    ];
    all.into_iter().map(|(place, way)| (place(), way))
}

/// What is wrong on purpose is found: none of these checks looks past the page.
fn faults_are_found(browser: &Session, reporters: &str, folder: &Path) {
    let page = format!("{reporters}sign-in");
    let found = |what: &str, wrong: &str, check: &dyn Fn()| {
        browser.open(&page);
        check();
        browser.value(wrong);
        let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(check));
        assert!(checked.is_err(), "{what} is not found");
    };
    let wide = "document.querySelector('h1').style.minWidth = '400px'";
    found("a wide line", wide, &|| sight::fits_a_narrow_window(browser, "control"));
    let flat = "document.querySelector('main button').style.border = '0'";
    found("a button without a shape", flat, &|| sight::shows_in_forced_colours(browser, "control"));
    let cut =
        "Object.assign(document.querySelector('h1').style, { position: 'fixed', left: '-99in' })";
    found("a word off the paper", cut, &|| sight::prints_whole(browser, "control"));
    for (what, wrong) in [
        ("a field out of reach", "document.querySelector('#code').tabIndex = -1"),
        ("an order of its own", "document.querySelector('#code').tabIndex = 1"),
        (
            "a focus that does not show",
            "document.querySelector('main button').style.cssText = \
            'outline: 0; box-shadow: none; background: red; border-color: red; transition: none'",
        ),
        ("a cover", "document.querySelector('.leave').style.cssText = 'height: 500px'"),
    ] {
        found(what, wrong, &|| keys::reach_everything(browser, "control"));
    }
    std::fs::write(folder.join("control.html"), "<!doctype html><p><div></div></p>").unwrap();
    assert!(std::panic::catch_unwind(|| valid::finds_nothing(folder)).is_err());
}

#[test]
fn everything_works_on_a_phone_without_scripts_and_is_good_in_danish() {
    walk_and_measure("da");
}

#[test]
fn everything_works_on_a_phone_without_scripts_and_is_good_in_english() {
    walk_and_measure("en");
}

#[test]
fn every_other_way_is_good_on_a_phone_in_danish() {
    walk_other_ways_and_measure("da");
}

#[test]
fn every_other_way_is_good_on_a_phone_in_english() {
    walk_other_ways_and_measure("en");
}

#[test]
fn everything_works_on_a_phone_on_the_mirror_with_tls_in_english() {
    walk_and_look(Place::mirror(), &chromium_like_a_phone(None, "en"), "en", "mirror-phone-en");
}

#[test]
fn every_other_way_works_at_the_safest_level_in_english() {
    let browser = firefox_at_safest(None);
    for (mut place, way) in other_ways() {
        let mut look = |session: &Session, name: &str| facts::hold(&session.source(), name);
        way(Walk { browser: &browser, place: &mut place, language: "en", look: &mut look });
    }
}

fn walk_with_axe(language: &'static str) {
    let axe = axe::program();
    let browser = firefox_with_scripts(language);
    let mut place = Place::demo();
    let mut seen = 0;
    let mut look = |session: &Session, name: &str| {
        axe::finds_nothing(session, &axe, name);
        seen += 1;
    };
    Walk { browser: &browser, place: &mut place, language, look: &mut look }.everywhere();
    assert!(seen > 35, "{seen} pages were looked at");
    // A field without a label is found.
    browser.open(&format!("{}/sign-in", place.addresses.reporter));
    browser.run("document.querySelector('label').remove(); return true");
    let check = || axe::finds_nothing(&browser, &axe, "control");
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(check)).is_err());
}

fn walk_other_ways_with_axe(language: &'static str) {
    let axe = axe::program();
    let browser = firefox_with_scripts(language);
    for (mut place, way) in other_ways() {
        let mut look = |session: &Session, name: &str| {
            axe::finds_nothing(session, &axe, name);
            gallery::hang(session, name, &format!("desk-{language}"));
        };
        way(Walk { browser: &browser, place: &mut place, language, look: &mut look });
    }
    gallery::index();
}

#[test]
fn axe_finds_nothing_on_any_other_way_in_danish() {
    walk_other_ways_with_axe("da");
}

#[test]
fn axe_finds_nothing_on_any_other_way_in_english() {
    walk_other_ways_with_axe("en");
}

#[test]
fn axe_finds_nothing_on_any_page_in_danish() {
    walk_with_axe("da");
}

#[test]
fn axe_finds_nothing_on_any_page_in_english() {
    walk_with_axe("en");
}
