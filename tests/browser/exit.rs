//! The pages of a site that looks as it wants to and has an onion address, for those who come by
//! a Tor exit; and what they find when there is little room, when days pass, and when the
//! machine fails.

use crate::journey::{NEXT, TO_CHECK, Walk};
use crate::place::Addresses;
use crate::support::REPORTER_ONION;
use crate::support::pictures::noise_of;
use crate::unit::ANSWER_FORM;

/// What would run, and turn the page around, if it could.
const HOSTILE: &str = "</textarea></title><script>document.title = 'ran'</script>\
     <img src=x onerror=\"document.title = 'ran'\"><b class=hostile>'\">";
const SEND: &str = "#send button";
const SEND_FILES: &str = "form[action='/report/files'] button";
const SEND_CODE: &str = "form[action='/receipt'] button";
/// Days after which a deadline is near, and after which it is over.
const NEARLY_THREE_MONTHS: i64 = 85;
const A_WEEK: i64 = 10;

impl Walk<'_> {
    pub fn by_exit(mut self) {
        self.reads_about_both_addresses();
        self.finds_little_room();
        let code = self.sends_what_could_run();
        self.watches_a_file_wait();
        self.comes_back_too_late();
        self.deadline_passes(&code);
        self.policy_changes();
        self.session_is_nearly_over(&code);
        self.portal_is_full();
        self.machine_fails();
    }

    fn reads_about_both_addresses(&mut self) {
        let Addresses { reporter, .. } = self.addresses();
        self.open_to(&format!("{reporter}/"), "front-arrival-tor-exit", "90-front-exit");
        assert!(self.browser.has(".top__logo"), "the logo stands for the name");
        for path in ["/", "/tor", "/guide"] {
            self.go(&format!("{reporter}{path}"));
            assert!(self.browser.text("main").contains(REPORTER_ONION), "{path}");
        }
        for path in ["/tor", "/guide", "/protection", "/routes", "/sign-in"] {
            self.open(&format!("{reporter}{path}"), &format!("90{}", path.replace('/', "-")));
        }
        self.open(&format!("{reporter}/poster"), "90-poster-both");
        assert_eq!(self.browser.attributes("main img[src^='data:']", "alt").len(), 2);
    }

    fn finds_little_room(&mut self) {
        let Addresses { reporter, .. } = self.addresses();
        self.open(&format!("{reporter}/report/story"), "91-story");
        self.paste("#text", HOSTILE);
        self.browser.press(NEXT);
        self.browser.until("the next page", |s| s.has("#when"));
        let folder = tempfile::tempdir().unwrap();
        let mut seed = 0_u32;
        let mut random = move || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        // One of more than a file may have; then two that fill the draft, and one more.
        let pixels = [(1_600, 1_400), (1_150, 1_150), (1_150, 1_150), (9, 9)];
        let names = pixels.into_iter().enumerate().map(|(number, (width, height))| {
            let path = folder.path().join(format!("skærm {number}.jpg"));
            std::fs::write(&path, noise_of(width, height, &mut random)).unwrap();
            path.display().to_string()
        });
        let names = names.collect::<Vec<_>>().join("\n");
        self.go(&format!("{reporter}/report/files"));
        self.browser.change(crate::states::WITHOUT_FRAMES);
        self.browser.write("#files", &names);
        self.browser.press(SEND_FILES);
        self.browser.until("four files", |s| s.all(".files > li").len() == 4);
        for problem in ["file-problem-too-large", "file-problem-no-room"] {
            assert!(self.shows(problem), "{problem}: {}", self.browser.text("main"));
        }
        self.look("91-files-too-large");
        self.open(&format!("{reporter}/report/check"), "91-check-too-large");
    }

    /// Returns the code.
    fn sends_what_could_run(&mut self) -> String {
        let Addresses { reporter, .. } = self.addresses();
        self.go(&format!("{reporter}/report/story"));
        assert_eq!(self.browser.written("#text"), HOSTILE);
        self.browser.press(TO_CHECK);
        self.browser.until("everything", |s| s.has("#send"));
        self.nothing_ran();
        self.browser.press(SEND);
        self.browser.until("the receipt", |s| s.has(".code"));
        let code = self.code();
        self.look("91-receipt-exit");
        self.press_to(SEND_CODE, "receipt-fault-empty", "91-receipt-empty");
        self.browser.write("#code", &code);
        self.browser.press(SEND_CODE);
        self.browser.until("kept", |s| s.address().ends_with("/receipt/kept"));
        self.signs_in(self.browser, &code);
        self.nothing_ran();
        self.takes_back_who_it_is();
        self.go(&format!("{reporter}/case"));
        self.press_to("button[value='unwanted']", "contact-is-unwanted", "91-unwanted");
        code
    }

    fn takes_back_who_it_is(&mut self) {
        self.go(&format!("{}/case/identity", self.addresses().reporter));
        self.browser.write("#name", "Ida Holm");
        self.press_to("form[action='/case/identity'] button", "identity-done-sent", "91-told");
        let back = "form[action='/case/identity/take-back'] button";
        self.press_to(back, "identity-done-taken-back", "91-taken-back");
    }

    /// Also where scripts are on: the words are words.
    fn nothing_ran(&self) {
        assert!(!self.browser.has("script, b.hostile, img[onerror]"));
        assert_ne!(self.browser.title(), "ran");
        assert!(self.browser.all(".typed").concat().contains(HOSTILE));
    }

    fn watches_a_file_wait(&mut self) {
        let Addresses { reporter, .. } = self.addresses();
        self.place.inside.as_ref().unwrap().workers_hang();
        let mut sending = Vec::new();
        // A file of each visit, until nobody is left to clean one.
        for (id, name) in [("progress-cleaning", "92-cleaning"), ("progress-waiting", "92-waiting")]
        {
            let mut tries = 0;
            while {
                self.browser.forget();
                self.go(&format!("{reporter}/report/files"));
                sending.push(self.sends_of_a_file(|bytes| bytes));
                self.go(&format!("{reporter}/report/files/progress"));
                self.browser.until("it is under way", |_| {
                    self.shows("progress-cleaning") || self.shows("progress-waiting")
                });
                !self.shows(id)
            } {
                tries += 1;
                assert!(tries < 16, "{id} is never shown");
            }
            self.browser.stay();
            self.look(name);
        }
        drop(sending);
    }

    /// A draft is gone after its day, and so is a receipt that was not typed back.
    fn comes_back_too_late(&mut self) {
        let Addresses { reporter, .. } = self.addresses();
        self.browser.forget();
        self.go(&format!("{reporter}/report/story"));
        self.browser.write("#text", "Et udkast.");
        self.browser.press(TO_CHECK);
        self.browser.until("everything", |s| s.has("#send"));
        self.place.inside.as_ref().unwrap().days_pass(2);
        self.open_to(&format!("{reporter}/report/check"), "report-no-draft", "93-draft-gone");
        assert!(!self.browser.text("main").contains("Et udkast."));
    }

    fn deadline_passes(&mut self, code: &str) {
        let Addresses { reporter, handler, .. } = self.addresses();
        for (days, late, name) in
            [(NEARLY_THREE_MONTHS, "inbox-soon", "94-soon"), (A_WEEK, "inbox-late", "94-late")]
        {
            self.place.inside.as_ref().unwrap().days_pass(days);
            self.browser.forget();
            self.signs_in_as_handler();
            self.go(&format!("{handler}/"));
            assert!(self.shows(late), "{}", self.browser.text("main"));
            self.look(&format!("{name}-inbox"));
        }
        self.browser.press("main a[href^='/cases/']");
        self.browser.until("the case", |s| s.has("ol.dialogue"));
        assert!(self.shows("about-late"));
        self.nothing_ran();
        self.look("94-late-handler");
        let case = self.browser.address();
        self.open_to(&format!("{case}/identity"), "handler-identity-none", "94-identity-none");
        self.open_to(&format!("{case}/files"), "answer-unwanted", "94-files-unwanted");
        self.go(&format!("{reporter}/"));
        self.signs_in(self.browser, code);
        assert!(self.browser.has(".timeline strong"), "{}", self.browser.text(".timeline"));
        self.look("94-late-reporter");
        self.go(&case);
        self.browser.write("#text", "Vi er stadig i gang.");
        self.browser.press(ANSWER_FORM);
        self.browser.until("it is sent", |s| s.has(".govuk-notification-banner"));
        self.open_to(&format!("{handler}/"), "inbox-answered", "94-answered-inbox");
        self.open_to(&format!("{reporter}/case"), "case-now-answered", "94-answered");
    }

    /// What is in force tomorrow, and what the case came in under.
    fn policy_changes(&mut self) {
        let Addresses { reporter, .. } = self.addresses();
        self.place.inside.as_ref().unwrap().policy_changes();
        self.open_to(&format!("{reporter}/policy"), "policy-versions", "94-policy");
        self.press("main a[href^='/policy/']", "main strong", "94-policy-before");
        self.go(&format!("{reporter}/case"));
        assert!(self.browser.has("main button[value^='/policy/2026-11-22']"));
    }

    /// The last minutes of the eight hours for which somebody is signed in.
    fn session_is_nearly_over(&mut self, code: &str) {
        let Addresses { reporter, .. } = self.addresses();
        self.go(&format!("{reporter}/"));
        self.signs_in(self.browser, code);
        let mut pages = 0;
        while self.browser.has(".session__soon") {
            self.place.inside.as_ref().unwrap().minutes_pass(25);
            self.go(&format!("{reporter}/case"));
            pages += 1;
            assert!(pages < 20, "eight hours are over");
        }
        assert!(self.browser.has("ol.dialogue"));
        self.look("94-session-last");
        self.place.inside.as_ref().unwrap().minutes_pass(25);
        self.open_to(&format!("{reporter}/case"), "error-session", "94-session-over");
    }

    fn portal_is_full(&mut self) {
        let Addresses { reporter, .. } = self.addresses();
        self.browser.forget();
        self.go(&format!("{reporter}/report/story"));
        self.place.inside.as_ref().unwrap().drafts_are_many();
        self.browser.write("#text", "Ord, der ikke er plads til.");
        self.press_to(TO_CHECK, "report-fault-busy", "94-report-busy");
        assert_eq!(self.browser.written("#text"), "Ord, der ikke er plads til.");
        self.place.inside.as_ref().unwrap().days_pass(2);
    }

    /// Where a code takes its time, and others want one too.
    pub fn waits_for_a_code(mut self) {
        let Addresses { reporter, .. } = self.addresses();
        self.browser.forget();
        self.go(&format!("{reporter}/report/story"));
        self.browser.write("#text", "Ordene.");
        self.browser.press(TO_CHECK);
        self.browser.until("everything", |s| s.has("#send"));
        self.browser.press(SEND);
        self.browser.until("the receipt", |s| s.has(".code"));
        let code = self.code();
        self.signs_in(self.browser, &code);
        self.go(&format!("{reporter}/case/code"));
        let make = "form[action='/case/code'] button";
        self.place.inside.as_ref().unwrap().others_want_codes();
        self.press_to(make, "new-code-fault-busy", "96-new-code-busy");
        // Until there is a place to wait in.
        self.place.inside.as_ref().unwrap().others_want_codes();
        while !self.shows("waiting-text-code") {
            self.browser.change("document.title = 'before'");
            self.browser.press(make);
            // One that is there whole: its first lines may have come alone.
            self.browser.until("an answer", |s| {
                s.title() != "before" && (s.has(make) || s.has("main p:last-child"))
            });
        }
        self.browser.stay();
        self.look("96-waiting-code");
    }

    fn machine_fails(&mut self) {
        let Addresses { reporter, .. } = self.addresses();
        self.go(&format!("{reporter}/report/story"));
        self.place.inside.as_ref().unwrap().database_is_lost();
        self.browser.write("#text", "Ordene, der ikke kan gemmes.");
        self.press_to(TO_CHECK, "kept-text-fault-what", "95-kept-fault");
        assert!(self.browser.all("#text").concat().contains("Ordene, der ikke kan gemmes."));
        self.open_to(&format!("{reporter}/report/files"), "error-internal", "95-internal");
    }
}
