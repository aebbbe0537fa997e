//! The pages of those for whom it goes another way than in [`crate::journey`]: a page that
//! is no longer good, a draft that is taken up again, too many files, a report that is sent
//! while somebody adds to it. What becomes of its case stands in [`crate::cases`].

use std::io::Write as _;
use std::net::TcpStream;
use std::path::PathBuf;

use crate::journey::{NEXT, STORY, TO_CHECK, Walk, files};
use crate::place::Addresses;
use crate::support::browser::{BOUNDARY, Upload, multipart};
use crate::support::document::{blacked_out, blacked_out_pages};
use crate::webdriver::{ENTER, Session};

/// Somebody who says more of themselves than they mean to.
pub const REVEALING: &str = "Jeg hedder Ida Holm, mit CPR-nummer er 010190-1234, og jeg bor på \
     Kystvej 7. Ring på 20 30 40 50, når jeg er hjemme.";
const SEND: &str = "#send button";
const SEND_FILES: &str = "form[action='/report/files'] button";
const SIGN_IN: &str = "form[action='/sign-in'] button";
/// A form whose answer comes as a page of its own, as in a browser without frames.
pub const WITHOUT_FRAMES: &str = "document.querySelector('form[target]').removeAttribute('target')";
/// More files than a report may have: one of them is refused and takes no place.
const TOO_MANY: usize = 22;
/// The longest document of which pictures are made.
const DRAWN_PAGES: usize = 100;

impl Walk<'_> {
    /// On a portal with a sample case in it.
    pub fn states(mut self) {
        self.reports_by_keys();
        self.wrong_turns();
        self.draft_is_taken_up_again();
        self.files_of_a_draft();
        let (number, code) = self.sends_what_somebody_else_adds_to();
        self.message_is_not_sent(&code);
        self.goes_back_and_presses_twice();
        self.session_ends_in_another_window(&code);
        let case = self.unit_goes_on(&number);
        self.reporter_has_news(&code);
        self.case_is_long(&code);
        self.unit_reads_a_long_case(&case);
    }

    /// A report and its receipt, without a hand on a mouse or a screen.
    fn reports_by_keys(&mut self) {
        let Addresses { reporter, .. } = self.addresses();
        // Enter goes on, although the way back stands before it.
        self.go(&format!("{reporter}/report/when"));
        self.browser.tab_to("#where");
        self.browser.keys(&format!("Kajen{ENTER}"));
        self.browser.until("the next page", |s| s.has("#involved"));
        self.browser.tab_to("button.govuk-back-link");
        self.browser.keys(ENTER);
        self.browser.until("the page before", |s| s.has("#where"));
        assert_eq!(self.browser.written("#where"), "Kajen");
        self.go(&format!("{reporter}/report/story"));
        self.browser.tab_to("#text");
        self.browser.keys("Alt med taster.");
        self.browser.tab_to(TO_CHECK);
        self.browser.keys(ENTER);
        self.browser.until("everything once more", |s| s.has("#send"));
        assert!(self.browser.all(".typed").concat().contains("Alt med taster."));
        self.browser.tab_to(SEND);
        self.browser.keys(ENTER);
        self.browser.until("the receipt", |s| s.has(".code"));
        let code = self.code();
        self.browser.tab_to("#code");
        self.browser.keys(&format!("{code}{ENTER}"));
        self.browser.until("it was typed back", |s| s.address().ends_with("/receipt/kept"));
    }

    /// Puts words into a field at once.
    pub fn paste(&self, field: &str, words: &str) {
        let words = serde_json::to_string(words).unwrap();
        self.browser.change(&format!("document.querySelector('{field}').value = {words}"));
    }

    fn wrong_turns(&mut self) {
        let Addresses { reporter, handler, .. } = self.addresses();
        self.open_to(&format!("{reporter}/session"), "session-over", "60-session-over");
        self.open_to(&format!("{reporter}/receipt"), "code-nothing", "60-nothing-open");
        self.open_to(&format!("{reporter}/report/send"), "error-method", "61-method");
        self.open_to(&format!("{handler}/nowhere"), "error-not-found", "61-handler-not-found");
        self.open_to(&format!("{handler}/status"), "error-session", "61-handler-signed-out");
        self.go(&format!("{reporter}/sign-in"));
        self.browser.write("#code", "1234 5678 1234 5678");
        self.browser.forget();
        self.press_to(SIGN_IN, "error-form-token", "61-form-token");
        self.go(&format!("{reporter}/sign-in"));
        self.browser.write("#code", "en kode");
        self.press_to(SIGN_IN, "code-fault-character", "61-code-character");
        // What was typed is still there.
        self.paste("#code", "1234 5678 1234 5678");
        self.press_to(SIGN_IN, "code-fault-unknown", "61-code-unknown");
        self.go(&format!("{reporter}/report/story"));
        self.paste("#text", &"ord ".repeat(4_000));
        self.press_to(NEXT, "answer-fault-too-long", "61-story-too-long");
        self.paste("#text", &"ord ".repeat(40_000));
        self.press_to(NEXT, "error-too-large", "61-too-large");
        self.go(&format!("{reporter}/report/story"));
        self.browser.write("#text", STORY);
        self.browser.forget();
        self.press_to(NEXT, "kept-text-report-what", "62-kept-report");
        assert!(self.browser.all("#text").concat().contains("firma uden ansatte"));
        self.go(&format!("{reporter}/report/story"));
        self.browser.write("#text", STORY);
        self.browser.press(TO_CHECK);
        self.browser.until("a draft", |s| s.has("#send"));
        self.go(&format!("{reporter}/report/files"));
        self.browser.change(WITHOUT_FRAMES);
        self.browser.forget();
        let folder = tempfile::tempdir().unwrap();
        self.browser.write("#files", &files(&folder));
        self.press_to(SEND_FILES, "error-framed", "62-frame-error");
    }

    /// A draft with a long code, closed and opened again, in a browser with another one too.
    fn draft_is_taken_up_again(&mut self) {
        let Addresses { reporter, .. } = self.addresses();
        self.browser.forget();
        self.go(&format!("{reporter}/report/story"));
        self.browser.write("#text", REVEALING);
        self.press(TO_CHECK, "q.typed", "63-check-revealing");
        assert!(self.browser.all("q.typed").len() >= 4, "{:?}", self.browser.all("q.typed"));
        self.go(&format!("{reporter}/report/later"));
        self.browser.press("#long");
        self.press("form[action='/report/later'] button", ".code", "63-later-long");
        let code = self.long_code();
        self.open_to(&format!("{reporter}/report"), "report-resumed", "63-resumed");
        self.browser.forget();
        self.go(&format!("{reporter}/report/story"));
        self.browser.write("#text", STORY);
        self.browser.press(TO_CHECK);
        self.browser.until("another draft", |s| s.has("#send"));
        self.go(&format!("{reporter}/sign-in"));
        self.browser.write("#code", &code);
        self.press_to(SIGN_IN, "code-fault-other-draft", "63-other-draft");
        self.browser.forget();
        self.go(&format!("{reporter}/sign-in"));
        self.browser.write("#code", &code);
        self.press_to(SIGN_IN, "check-not-sent", "63-draft-again");
        let when = format!("{reporter}/report/when");
        self.go(&when);
        self.browser.in_another_window(|session| {
            session.open(&when);
            session.write("#when", "I april");
            session.press(NEXT);
            session.until("the next page", |s| s.has("#involved"));
        });
        self.browser.write("#when", "I maj");
        self.press_to(NEXT, "report-fault-another", "63-another-answer");
        let receipt = format!("{reporter}/sign-in?receipt");
        self.open_to(&receipt, "code-fault-receipt", "63-receipt-first");
        // As after a portal that was started anew meanwhile.
        self.open_to(&format!("{reporter}/report/wait"), "check-fault-not-sent", "63-not-sent");
    }

    /// More files than there may be, and the frames of the page as pages of their own.
    fn files_of_a_draft(&mut self) {
        let Addresses { reporter, .. } = self.addresses();
        let folder = tempfile::tempdir().unwrap();
        let chosen = [files(&folder), many_files(&folder)].join("\n");
        let list = format!("{reporter}/report/files/list");
        self.open(&list, "64-frame-list-empty");
        self.go(&format!("{reporter}/report/files"));
        self.browser.change(WITHOUT_FRAMES);
        self.press_to(SEND_FILES, "check-fault-none", "64-frame-none");
        self.go(&format!("{reporter}/report/files"));
        self.browser.change(WITHOUT_FRAMES);
        self.browser.write("#files", &chosen);
        self.press_to(SEND_FILES, "check-fault-too-many", "64-frame-list");
        assert_eq!(self.browser.all(".files li").len(), TOO_MANY - 1);
        assert!(self.shows("files-warned"), "words under a bar");
        self.open_to(
            &format!("{reporter}/report/files/progress?asked=200"),
            "progress-again",
            "64-frame-progress",
        );
        let slow = self.sends_of_a_file(|bytes| bytes / 2);
        self.go(&format!("{reporter}/report/files/progress"));
        self.browser.until("a file on its way", |s| s.has("progress"));
        self.browser.stay();
        self.look("64-frame-progress-receiving");
        drop(slow);
        let too_many = format!("{reporter}/report/check?too-many");
        self.open_to(&too_many, "check-fault-too-many", "64-check-too-many");
        let flatten = "button[formaction$='/flatten']";
        let warned = ".files li:has(p:last-child strong) a";
        assert_eq!(self.browser.all(warned).len(), 2, "a short document and a long one");
        self.press(warned, flatten, "64-check-in-full");
        self.browser.press(flatten);
        self.browser.until("pictures", |_| self.shows("change-flattened"));
        self.go(&too_many);
        self.press(warned, flatten, "64-check-in-full-again");
        self.press_to(flatten, "check-fault-not-flat", "64-check-not-flat");
        let remove = ".files li:not(.files__refused) button:not([formaction])";
        let before = self.browser.all(".files > li").len();
        self.browser.press(remove);
        self.browser.until("a file is gone", |s| s.all(".files > li").len() == before - 1);
    }

    /// So many bytes of a form with a file, sent as this browser would over a slow line. It
    /// goes on until the connection is dropped.
    pub fn sends_of_a_file(&self, share: impl Fn(usize) -> usize) -> TcpStream {
        let reporter = self.addresses().reporter;
        let host = reporter.strip_prefix("http://").unwrap();
        self.go(&format!("{reporter}/report/files"));
        let token = self.browser.attributes("[name=token]", "value").swap_remove(0);
        let cookies: Vec<String> = self
            .browser
            .cookies()
            .iter()
            .map(|one| format!("{}={}", one.name, one.value))
            .collect();
        let fields = [("token".to_owned(), token), ("then".to_owned(), "list".to_owned())];
        let file = Upload { name: "film.mp4", bytes: &vec![0; 2 << 20] };
        let body = multipart(&fields, &[file]);
        let mut line = TcpStream::connect(host).unwrap();
        write!(
            line,
            "POST /report/files HTTP/1.1\r\nHost: {host}\r\nCookie: {}\r\nContent-Length: {}\r\n\
             Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n",
            cookies.join("; "),
            body.len()
        )
        .unwrap();
        line.write_all(&body[..share(body.len())]).unwrap();
        line
    }

    /// Sends it in one window while more is written in another one. Returns the number of
    /// the case and its long code.
    fn sends_what_somebody_else_adds_to(&mut self) -> (String, String) {
        let Addresses { reporter, .. } = self.addresses();
        self.go(&format!("{reporter}/report/when"));
        self.browser.write("#when", "I marts");
        self.browser.in_another_window(|session| {
            session.open(&format!("{reporter}/report/check"));
            session.press("#long");
            session.press(SEND);
            session.until("the receipt", |s| s.has(".code"));
        });
        self.press_to(NEXT, "kept-text-late-what", "65-kept-late");
        assert!(self.browser.all("#text").concat().contains("I marts"));
        self.open_to(&format!("{reporter}/receipt?late"), "receipt-late", "65-receipt-late");
        self.open(&format!("{reporter}/receipt"), "65-receipt-long");
        let (number, code) = (self.browser.text("main dd"), self.long_code());
        self.open_to(&format!("{reporter}/signed-out"), "signed-out-receipt", "65-receipt-open");
        self.go(&format!("{reporter}/receipt"));
        self.browser.write("#code", &code);
        self.browser.press("form[action='/receipt'] button");
        self.browser.until("kept", |s| s.address().ends_with("/receipt/kept"));
        let over = format!("{reporter}/receipt/kept?over");
        self.open_to(&over, "receipt-over-why", "65-receipt-over");
        (number, code)
    }

    pub fn long_code(&self) -> String {
        let code = self.code();
        assert_eq!(code.matches(|one: char| one.is_ascii_digit()).count(), 24, "{code}");
        code
    }

    pub fn signs_in(&self, session: &Session, code: &str) {
        session.open(&format!("{}/sign-in", self.place.addresses.reporter));
        session.write("#code", code);
        session.press(SIGN_IN);
        session.until("the case", |s| s.has("ol.dialogue"));
    }
}

/// Files of a line each, and a short and a long document with words under a bar.
fn many_files(folder: &tempfile::TempDir) -> String {
    let put = |name: &str, bytes: &[u8]| -> String {
        let path: PathBuf = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let document = put("kontrakt med sorte bjælker.pdf", &blacked_out("Ida Holm"));
    let long = put("håndbog.pdf", &blacked_out_pages("Ida Holm", DRAWN_PAGES + 1));
    let lines = (6..=TOO_MANY).map(|number| put(&format!("linje {number}.txt"), b"En linje.\n"));
    [document, long].into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}
