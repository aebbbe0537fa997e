//! What becomes of a case beyond [`crate::journey`]: messages that are not sent, a session
//! that ends in another window, feedback and minutes, and more than stands on one page.

use sluse::domain::ItemId;

use crate::journey::{NEXT, REPLY, STORY, TO_CHECK, Walk, files};
use crate::place::Addresses;
use crate::states::{REVEALING, WITHOUT_FRAMES};
use crate::support::browser::{Browser, multipart};
use crate::unit::ANSWER_FORM;
use crate::webdriver::Session;

const FEEDBACK: &str = "Vi har bedt revisionen om at gennemgå alle fakturaer fra firmaet. Vi \
     skriver igen, når den er færdig.";
const MINUTES: &str = "Vi mødtes tirsdag klokken 17. Du fortalte, at tre fakturaer er betalt.";
const WAITING: &str = "Jeg ser lige efter, hvordan I passer på mig.";
const TWICE: &str = "Fakturaerne ligger i det grå skab.";
const SIGN_OUT: &str = "header button[name='sign-out']";
const SIGN_OUT_ALL_THE_SAME: &str = "main button[name='all-the-same']";
const WRITE: &str = "form[action='/case'] button";
const SEND_FILES: &str = "form[action='/case/files'] button";
const SEND_THEM: &str = "form[action$='/files/send'] button";
const TELL: &str = "form[action='/case/identity'] button";
/// The way to what was written before, in a long case.
const OLDER: &str = "main :is([href*='?before='], [value*='?before='])";

impl Walk<'_> {
    pub fn message_is_not_sent(&mut self, code: &str) {
        let Addresses { reporter, .. } = self.addresses();
        self.signs_in(self.browser, code);
        self.open_to(&format!("{reporter}/sign-in"), "code-signed-in", "66-signed-in");
        self.go(&format!("{reporter}/case"));
        self.press_to(WRITE, "message-fault-empty", "66-message-empty");
        self.paste("#text", &"ord ".repeat(4_000));
        self.press_to(WRITE, "message-fault-too-long", "66-message-too-long");
        self.paste("#text", REVEALING);
        self.press_to(WRITE, "message-fault-revealing", "66-message-revealing");
        self.press("button[name='as-it-is']", ".govuk-notification-banner", "66-message-as-it-is");
        self.writes_in_two_windows();
        self.open(&format!("{reporter}/session"), "66-session-goes-on");
        self.go(&format!("{reporter}/case/identity"));
        self.press_to(TELL, "identity-fault-empty", "66-identity");
        self.browser.write("#name", "Ida Holm");
        self.press_to(".foot button[value^='/guide']", "identity-unsent", "66-identity-unsent");
        self.go(&format!("{reporter}/case/code"));
        self.browser.press("form[action='/case/code'] button");
        self.browser.until("a new code", |s| s.has(".code"));
        self.open_to(&format!("{reporter}/case"), "case-new-code", "66-new-code");
        self.press_to(SIGN_OUT, "message-fault-new-code", "66-new-code-unsent");
        self.go(&format!("{reporter}/case/code"));
        self.browser.press("form[action='/case/code/drop'] button");
        self.browser.until("the old code", |s| s.has("ol.dialogue"));
        self.go(&format!("{reporter}/case"));
        self.browser.change("document.querySelector('[name=contact]').value = ''");
        self.press_to("button[name='contact']", "error-broken-form", "66-broken-form");
        self.go(&format!("{reporter}/case/files"));
        self.browser.change(WITHOUT_FRAMES);
        let folder = tempfile::tempdir().unwrap();
        self.browser.write("#files", &files(&folder));
        self.press(SEND_FILES, ".files li", "66-frame-list");
        self.go(&format!("{reporter}/case/files"));
        self.browser.change(WITHOUT_FRAMES);
        self.press_to(SEND_FILES, "check-fault-none", "66-frame-none");
        for fault in ["broken-off", "late-case"] {
            let list = format!("{reporter}/case/files/list?{fault}");
            self.open_to(&list, &format!("check-fault-{fault}"), &format!("66-frame-{fault}"));
        }
        self.go(&format!("{reporter}/case"));
        self.press_to(SIGN_OUT, "message-fault-unsent", "66-unsent");
        self.press_to(SIGN_OUT_ALL_THE_SAME, "signed-out-unsent", "66-signed-out-unsent");
        self.signs_in(self.browser, code);
        let check = format!("{reporter}/case/files/check");
        self.open_to(&check, "case-files-send-text", "66-files-check");
        let more = tempfile::tempdir().unwrap();
        let path = more.path().join("et til.txt");
        std::fs::write(&path, "Et bilag til.\n").unwrap();
        self.browser.in_another_window(|session| {
            session.open(&format!("{reporter}/case/files"));
            session.change(WITHOUT_FRAMES);
            session.write("#files", &path.display().to_string());
            session.press(SEND_FILES);
            session.until("the list", |s| s.has(".files li"));
        });
        self.press_to(SEND_THEM, "check-fault-changed", "66-files-changed");
        self.browser.press(SEND_THEM);
        self.browser.until("they are sent", |s| s.has(".govuk-notification-banner--success"));
        self.look("66-files-sent");
        self.open_to(&check, "case-files-none", "66-files-check-empty");
    }

    /// Leaves a message in one window, and then another one in another window.
    fn writes_in_two_windows(&mut self) {
        let case = format!("{}/case", self.addresses().reporter);
        let away = ".foot button[value^='/guide']";
        self.go(&case);
        self.browser.in_another_window(|session| {
            session.open(&case);
            session.write("#text", "Fra det andet vindue.");
            session.press(away);
            session.until("the guide", |s| s.address().contains("/guide"));
        });
        self.browser.write("#text", "Fra dette vindue.");
        self.press_to(away, "message-fault-another", "66-message-another");
        self.go(&case);
        self.press(WRITE, ".govuk-notification-banner", "66-message-that-waited");
    }

    /// Nothing is lost by the browser's own button, and nothing is there twice.
    pub fn goes_back_and_presses_twice(&mut self) {
        let Addresses { reporter, .. } = self.addresses();
        self.go(&format!("{reporter}/report/when"));
        self.browser.write("#where", "Kontoret i gården");
        self.browser.press(NEXT);
        self.browser.until("the next page", |s| s.has("#involved"));
        self.browser.back();
        self.browser.until("the page before", |s| s.has("#where"));
        assert_eq!(self.browser.written("#where"), "Kontoret i gården");
        // Nor by looking at another page, of a report or of a case.
        for (page, field) in [("report/when", "#where"), ("case", "#text")] {
            self.go(&format!("{reporter}/{page}"));
            self.browser.change(&format!("document.querySelector('{field}').value = ''"));
            self.browser.write(field, WAITING);
            self.browser.press(".foot button[value^='/policy']");
            self.browser.until("the policy", |s| s.address().contains("/policy?"));
            self.browser.back();
            self.browser.until("the page before", |s| s.has(field));
            assert_eq!(self.browser.written(field), WAITING, "{page}");
        }
        self.look("67-case-waiting");
        self.go(&format!("{reporter}/case"));
        self.browser.change("document.querySelector('#text').value = ''");
        self.browser.write("#text", TWICE);
        self.browser.press_twice(WRITE);
        self.browser.until("it is sent", |s| s.has(".govuk-notification-banner"));
        self.go(&format!("{reporter}/case"));
        assert_eq!(self.browser.text("ol.dialogue").matches(TWICE).count(), 1);
    }

    /// The visit goes on, because a report is being written in this browser.
    pub fn session_ends_in_another_window(&mut self, code: &str) {
        let Addresses { reporter, .. } = self.addresses();
        self.go(&format!("{reporter}/report/story"));
        self.browser.write("#text", STORY);
        self.browser.press(TO_CHECK);
        self.browser.until("a second draft", |s| s.has("#send"));
        let sign_out = |session: &Session| {
            session.open(&format!("{reporter}/case"));
            session.press(SIGN_OUT);
            let is_out = |session: &Session| session.address().ends_with("/signed-out");
            session.until("an answer", |s| is_out(s) || s.has(SIGN_OUT_ALL_THE_SAME));
            if !is_out(session) {
                session.press(SIGN_OUT_ALL_THE_SAME);
            }
            session.until("signed out", is_out);
        };
        self.go(&format!("{reporter}/case"));
        self.browser.write("#text", REPLY);
        self.browser.in_another_window(sign_out);
        self.press_to(WRITE, "kept-text-what", "67-kept-message");
        assert!(self.browser.all("#text").concat().contains(REPLY));
        self.open_to(&format!("{reporter}/signed-out"), "signed-out-draft", "67-draft-open");
        self.signs_in(self.browser, code);
        self.go(&format!("{reporter}/case/code"));
        self.browser.press("form[action='/case/code'] button");
        self.browser.until("a new code", |s| s.has(".code"));
        let new = self.long_code();
        self.look("67-new-code-long");
        self.browser.write("#code", &new);
        self.browser.in_another_window(sign_out);
        self.press_to(
            "form[action='/case/code/typed'] button",
            "new-code-unsure",
            "67-code-unsure",
        );
        self.signs_in(self.browser, code);
        self.browser.write("#text", REPLY);
        let sample = self.place.sample.clone();
        self.browser.in_another_window(|session| self.signs_in(session, &sample));
        self.press_to(WRITE, "kept-text-other-what", "67-kept-other");
        assert!(self.browser.all("#text").concat().contains(REPLY));
        // Files go to the case on whose page they were chosen, or nowhere.
        self.go(&format!("{reporter}/case/files"));
        self.browser.change(WITHOUT_FRAMES);
        let folder = tempfile::tempdir().unwrap();
        self.browser.write("#files", &files(&folder));
        self.browser.in_another_window(|session| self.signs_in(session, code));
        self.press_to(SEND_FILES, "check-fault-other-case", "67-frame-other-case");
    }

    /// Feedback, minutes and a question. Returns the address of the case.
    pub fn unit_goes_on(&mut self, number: &str) -> String {
        self.signs_in_as_handler();
        self.browser.press_link(number);
        self.browser.until("the case", |s| s.has("ol.dialogue"));
        let case = self.browser.address();
        for (what, words) in [("feedback", FEEDBACK), ("minutes", MINUTES), ("question", STORY)] {
            self.go(&case);
            self.browser.press(&format!("#what-{what}"));
            self.browser.write("#text", words);
            self.browser.press(ANSWER_FORM);
            self.browser.until("it is sent", |s| s.has(".govuk-notification-banner"));
        }
        assert!(self.shows("about-feedback"));
        self.look("68-sent");
        self.open_to(&format!("{case}/files"), "case-files-to-reporter", "68-handler-files");
        self.browser.change(WITHOUT_FRAMES);
        let folder = tempfile::tempdir().unwrap();
        self.browser.write("#files", &files(&folder));
        self.press("form[action$='/files'] button", ".files li", "68-handler-frame-list");
        self.open_to(&case, "case-files-look", "68-handler-waiting");
        self.press("main a[href$='/files/check']", SEND_THEM, "68-handler-files-check");
        self.browser.press(SEND_THEM);
        self.browser.until("they are sent", |s| s.has(".govuk-notification-banner--success"));
        self.go(&case);
        self.paste("#text", &"ord ".repeat(4_000));
        self.press_to(ANSWER_FORM, "message-fault-too-long", "68-answer-too-long");
        case
    }

    pub fn reporter_has_news(&mut self, code: &str) {
        let Addresses { reporter, .. } = self.addresses();
        self.signs_in(self.browser, code);
        self.look("69-case-asked");
        assert!(self.shows("case-now-asked") && self.shows("complaint"));
        self.press_to("#new ~ li button[value^='/case/files/']", "view-trace", "69-file");
        self.go(&format!("{reporter}/case"));
        let approve = "button[value$='minutes-approved']";
        self.browser.press(approve);
        self.browser.until("approved", |s| !s.has(approve));
        self.look("69-case-approved");
        self.browser.write("#text", REPLY);
        self.press_to(WRITE, "case-now-after-feedback", "69-case-after-feedback");
        self.go(&format!("{reporter}/case"));
        self.browser.press("button[value='unwanted']");
        self.browser.until("contact is unwanted", |s| s.has("button[value='wanted']"));
    }

    /// As many messages as a case takes in a day: they go over several pages, and one more
    /// is refused.
    pub fn case_is_long(&mut self, code: &str) {
        let Addresses { reporter, .. } = self.addresses();
        write_until_it_is_too_much(&reporter, code);
        self.go(&format!("{reporter}/case"));
        assert!(self.browser.has(OLDER));
        self.browser.press(OLDER);
        self.browser.until("older messages", |s| s.address().contains("?before="));
        assert!(self.shows("dialogue-newest"));
        self.look("70-case-older");
        self.go(&format!("{reporter}/case"));
        self.browser.write("#text", REPLY);
        self.press_to(WRITE, "message-fault-too-much", "70-message-too-much");
        self.go(&format!("{reporter}/case/identity"));
        self.browser.write("#name", "Ida Holm");
        self.press_to(TELL, "identity-fault-too-much", "70-identity-too-much");
        self.go(&format!("{reporter}/case/files"));
        self.browser.change(WITHOUT_FRAMES);
        self.press_to(SEND_FILES, "check-fault-too-much", "70-frame-too-much");
    }

    /// The other side of that case; and an answer that is given back.
    pub fn unit_reads_a_long_case(&mut self, case: &str) {
        self.open_to(case, "answer-unwanted", "71-handler-case-long");
        self.go(case);
        self.browser.write("#text", FEEDBACK);
        self.browser.forget_session();
        self.press_to(ANSWER_FORM, "kept-text-what", "71-kept-answer");
        assert!(self.browser.all("#text").concat().contains("revisionen"));
    }
}

/// Writes to a case as fast as a program can, until no more is taken.
fn write_until_it_is_too_much(reporter: &str, code: &str) {
    let host = reporter.strip_prefix("http://").unwrap();
    let port = host.rsplit(':').next().unwrap().parse().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let mut browser = Browser::on_port(port, host);
        browser.get("/sign-in").await;
        let case = browser.submit("/sign-in", &[("code", code)]).await;
        let mut fields = case.hidden_fields("/case");
        fields.retain(|(name, _)| name != "once");
        for sent in 1..500 {
            let own =
                [("once", ItemId::random().to_string()), ("text", format!("Faktura {sent}."))];
            let own = own.map(|(name, value)| (name.to_owned(), value));
            let form = multipart(&[&fields[..], &own].concat(), &[]);
            let answer = browser.post_multipart("/case", form).await;
            if !answer.status.is_redirection() {
                assert!(answer.has(".govuk-error-summary"), "{}", answer.text());
                return;
            }
        }
        panic!("a case takes everything");
    });
}
