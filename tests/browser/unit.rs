//! The handlers' part of the journey: a second handler enrols, the first one vouches for
//! them, reads, downloads and answers; the second one looks around.

use sluse::domain::SecondFactor;
use sluse::vault::totp::STEP;

use crate::journey::Walk;
use crate::place::{Addresses, now};
use crate::support::planted;

pub const PASSWORD: &str = "en lang adgangskode til berit";
pub const ANSWER: &str = "Tak for din indberetning. Hvem godkendte fakturaerne i marts?";
const MEETING: &str = "Kan du mødes med os på biblioteket tirsdag klokken 17?";
const SIGN_IN: &str = "form[action='/sign-in'] button";
pub const ANSWER_FORM: &str = "form[action^='/cases/'] button";
const VOUCH: &str = "form[action$='/vouch'] button";

impl Walk<'_> {
    /// What happens to the case of this number, and around it.
    pub fn unit_works(&mut self, number: &str) {
        let berit = self.second_handler_enrols();
        self.first_handler_signs_in();
        self.vouch();
        self.open(&format!("{}/status", self.addresses().handler), "35-status");
        assert!(self.browser.has("tbody .govuk-tag--green"), "{}", self.browser.text("table"));
        assert!(!self.browser.has(".govuk-tag--red"), "{}", self.browser.text("table"));
        self.answer(number);
        self.press("form[action='/sign-out'] button", "main a[href='/sign-in']", "42-handler-out");
        self.second_handler_looks_around(&berit);
    }

    /// By the link, which works once.
    fn second_handler_enrols(&mut self) -> SecondFactor {
        let Addresses { handler, .. } = self.addresses();
        let link = format!("{handler}{}", self.place.link);
        self.open(&link, "20-enrol");
        let secret = self.browser.text(".code").replace(char::is_whitespace, "");
        self.browser.write("#password", "kort");
        self.press("main form button", ".govuk-error-summary", "21-enrol-wrong");
        let factor = self.fills_in_access(&secret);
        self.look("22-enrolled");
        self.open(&link, "23-no-link");
        factor
    }

    /// Enrols by a link, without a mistake.
    pub fn enrols(&mut self, link: &str) -> SecondFactor {
        self.go(&format!("{}{link}", self.addresses().handler));
        let secret = self.browser.text(".code").replace(char::is_whitespace, "");
        self.fills_in_access(&secret)
    }

    fn fills_in_access(&self, secret: &str) -> SecondFactor {
        let secret = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
        let factor = SecondFactor::from_bytes(&secret).unwrap();
        let code = factor.code_at(now()).unwrap();
        for (field, value) in [("#password", PASSWORD), ("#repeated", PASSWORD), ("#code", &code)] {
            self.browser.write(field, value);
        }
        self.browser.press("main form button");
        self.browser.until("enrolled", |s| s.address().contains("/enrolled"));
        factor
    }

    fn first_handler_signs_in(&mut self) {
        let Addresses { handler, .. } = self.addresses();
        self.open(&format!("{handler}/sign-in"), "30-handler-sign-in");
        self.sign_in("ukendt", "en adgangskode", "123456");
        self.browser.until("a fault", |s| s.has(".govuk-error-summary"));
        self.look("31-handler-sign-in-wrong");
        self.signs_in_as_handler();
        self.look("32-inbox");
        self.cookies_are_held_tight();
    }

    /// As the handler who is there from the start.
    pub fn signs_in_as_handler(&mut self) {
        let (name, password) = self.place.handler.clone();
        let code = self.place.code();
        self.go(&format!("{}/sign-in", self.addresses().handler));
        self.sign_in(&name, &password, &code);
        self.browser.until("the cases", |s| s.has("table"));
    }

    pub fn sign_in(&mut self, name: &str, password: &str, code: &str) {
        for (field, value) in [("#name", name), ("#password", password), ("#code", code)] {
            self.browser.write(field, value);
        }
        self.browser.press(SIGN_IN);
    }

    /// The inbox asks for it, one button does it, and then nobody asks any more.
    fn vouch(&mut self) {
        self.press(".next a[href='/handlers']", VOUCH, "33-handlers");
        assert_eq!(self.browser.all("tbody .govuk-tag--green").len(), 1);
        assert!(self.browser.text("tbody").contains("berit"));
        self.browser.press(VOUCH);
        self.browser.until("everybody is vouched for", |s| {
            s.all("tbody .govuk-tag--green").len() == 2 && !s.has(VOUCH)
        });
        self.look("34-vouched");
        self.browser.press("header a[href='/']");
        self.browser.until("nothing is asked", |s| s.has("h1 ~ table") && !s.has(".next"));
    }

    /// Reads a case, downloads its files and answers it.
    fn answer(&mut self, number: &str) {
        let Addresses { handler, .. } = self.addresses();
        self.go(&format!("{handler}/"));
        self.browser.press_link(number);
        self.browser.until("the case", |s| s.has("ol.dialogue"));
        self.look("36-handler-case");
        assert!(self.browser.text("ol.dialogue").contains("firma uden ansatte"));
        let case = self.browser.address();
        let files = self.browser.attributes("ol.dialogue a", "href");
        assert_eq!(files.len(), 2, "{files:?}");
        let photo = self.download(&format!("{handler}{}", files[0]), "37-photo", "bilag-1.jpg");
        planted::is_the_photo_without_its_words(&photo);
        let document = self.download(&format!("{handler}{}", files[1]), "38-pdf", "bilag-2.pdf");
        planted::is_the_document_without_its_words(&document);
        self.go(&case);
        self.browser.press("#what-question");
        self.browser.write("#text", ANSWER);
        self.press(ANSWER_FORM, ".govuk-notification-banner", "39-answered");
        self.press(ANSWER_FORM, ".govuk-error-summary", "40-answer-empty");
        self.browser.press("#what-meeting");
        self.browser.write("#text", MEETING);
        self.press(ANSWER_FORM, ".govuk-notification-banner", "40-meeting");
        self.press("a[href$='/identity']", "main .govuk-warning-text", "41-identity");
        assert!(self.browser.text("main").contains("20 30 40 50"));
        self.browser.press("main > a");
        self.browser.until("the case again", |s| s.has("ol.dialogue"));
    }

    /// Looks at a file and takes it out of the browser.
    fn download(&mut self, file: &str, page: &str, name: &str) -> Vec<u8> {
        self.open(file, page);
        self.browser.press_to_download("main a[href$='/download']");
        self.browser.take_download(name)
    }

    /// Who came later has no case yet, and cannot vouch.
    fn second_handler_looks_around(&mut self, factor: &SecondFactor) {
        let Addresses { handler, .. } = self.addresses();
        self.go(&format!("{handler}/sign-in"));
        // A quick walk comes here within the step in which the code of now was used to enrol.
        // The next one is good already: the telephone's clock is one step ahead.
        let code = factor.code_at(now() + STEP).unwrap();
        self.sign_in("berit", PASSWORD, &code);
        self.browser.until("the inbox", |s| s.has("header a[href='/handlers']"));
        assert!(!self.browser.has("table"), "{}", self.browser.text("main"));
        self.look("43-inbox-empty");
        self.press("header a[href='/handlers']", "table", "44-colleagues");
        assert!(!self.browser.has(VOUCH));
        self.browser.press("form[action='/sign-out'] button");
        self.browser.until("signed out", |s| s.address().ends_with("/signed-out"));
    }
}
