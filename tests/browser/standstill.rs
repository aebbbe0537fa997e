//! What a browser shows when the line stands still in the middle of a file, as it does in a
//! tunnel or when a circuit breaks.

use std::time::{Duration, Instant};

use sluse::limits::UPLOAD_IDLE;
use tempfile::TempDir;

use crate::browsers::{chromium_like_a_phone, firefox_at_safest};
use crate::facts;
use crate::gallery;
use crate::journey::{NEXT, Walk};
use crate::place::{Addresses, Place};
use crate::webdriver::Session;

const WORDS: &str = "Ordene, som skal blive.";
/// Of a file that does not come through, and of one that does.
const MUCH: usize = 1 << 20;
const LITTLE: usize = 1 << 10;
const FRAME: &str = "iframe[name='files-list']";

impl Walk<'_> {
    fn stands_still(mut self) {
        let Addresses { reporter, .. } = self.addresses();
        self.go(&format!("{reporter}/?lang={}", self.language));
        self.go(&format!("{reporter}/report/story"));
        self.browser.write("#text", WORDS);
        self.browser.press(NEXT);
        self.browser.until("the next page", |s| s.has("#when"));
        // Browsers read a file as they send it.
        let folder = tempfile::tempdir().unwrap();
        self.sends_a_file(&folder, MUCH);
        // Their drivers do not look into a frame that waits for its page.
        let start = Instant::now();
        while start.elapsed() < UPLOAD_IDLE {
            std::thread::sleep(Duration::from_secs(1));
        }
        self.browser.look_into(FRAME);
        let says = |text: &str| self.shows(text);
        self.browser.until("the page about it", |_| says("error-timeout") && says("error-framed"));
        self.browser.look_up();
        self.look("97-standstill");
        self.go(&format!("{reporter}/report/check"));
        assert!(self.browser.text("main").contains(WORDS));
        assert!(!self.browser.has(".files"), "half a file is none");
        self.sends_a_file(&folder, LITTLE);
        self.browser.look_into(FRAME);
        self.browser.until("the file on the list", |s| s.has(".files li"));
    }

    fn sends_a_file(&self, folder: &TempDir, length: usize) {
        self.go(&format!("{}/report/files", self.addresses().reporter));
        let file = folder.path().join("noter.txt");
        std::fs::write(&file, "ord ".repeat(length / 4)).unwrap();
        self.browser.write("#files", file.to_str().unwrap());
        self.browser.press("form[target='files-list'] button");
    }
}

fn walk(browser: &Session, language: &'static str, look: &str) {
    let mut see = |session: &Session, name: &str| {
        facts::hold(&session.source(), name);
        gallery::hang(session, name, look);
    };
    let mut place = Place::whose_line_stands_still();
    Walk { browser, place: &mut place, language, look: &mut see }.stands_still();
    gallery::index();
}

#[test]
fn whoevers_line_stands_still_reads_that_at_the_safest_level_and_loses_nothing() {
    walk(&firefox_at_safest(None), "da", "mirror-da");
}

#[test]
fn whoevers_line_stands_still_reads_that_on_a_phone_and_loses_nothing() {
    walk(&chromium_like_a_phone(None, "en"), "en", "mirror-phone-en");
}
