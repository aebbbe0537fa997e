//! One journey over every page there is: a report with files, its receipt, a handler's
//! answer, the reporter's return, the way out. Whoever walks looks at each page.

use std::path::PathBuf;

use sluse::domain::SecondFactor;

use crate::demo::{Addresses, Demo};
use crate::support::pictures::photo;
use crate::webdriver::Session;

const PASSWORD: &str = "en lang adgangskode til berit";
const STORY: &str = "I tre måneder er der betalt fakturaer fra et firma uden ansatte.\n\nDe er \
     godkendt af den samme person, som ejer firmaet. Jeg har vedlagt et billede af en af dem.";
const ANSWER: &str = "Tak for din indberetning. Hvem godkendte fakturaerne i marts?";
const REPLY: &str = "Det ved jeg ikke, men de har alle samme underskrift.";

/// A walk through the portal in one browser and one language.
pub struct Walk<'a> {
    pub browser: &'a Session,
    pub demo: &'a mut Demo,
    pub language: &'static str,
    /// Called on each page with its name.
    pub look: &'a mut dyn FnMut(&Session, &str),
}

impl Walk<'_> {
    pub fn everywhere(mut self) {
        self.before_a_report();
        let (number, code) = self.report();
        self.handler_answers(&number);
        self.second_handler();
        self.reporter_returns(&code);
        self.way_out();
    }

    fn addresses(&self) -> Addresses {
        self.demo.addresses.clone()
    }

    fn look(&mut self, name: &str) {
        (self.look)(self.browser, name);
    }

    fn open(&mut self, address: &str, name: &str) {
        self.browser.open(address);
        self.look(name);
    }

    /// Presses a button or a link, and looks at the page where it leads.
    fn press(&mut self, selector: &str, arrives: &str, name: &str) {
        self.browser.press(selector);
        self.browser.until(&format!("{selector} leads to {arrives}"), |s| s.has(arrives));
        self.look(name);
    }

    fn before_a_report(&mut self) {
        let Addresses { reporter, handler } = self.addresses();
        // The handlers' pages remember a language of their own.
        self.browser.open(&format!("{handler}/sign-in?lang={}", self.language));
        self.browser.open(&format!("{reporter}/?lang={}", self.language));
        self.open(&format!("{reporter}/"), "01-front");
        assert_eq!(self.browser.attribute("html", "lang"), self.language);
        self.open(&format!("{reporter}/guide"), "02-guide");
        self.open(&format!("{reporter}/nowhere"), "03-not-found");
        self.open(&format!("{}/", reporter.replace("127.0.0.1", "localhost")), "04-misdirected");
        self.open(&format!("{reporter}/case"), "05-signed-out-already");
    }

    /// Sends a report with a photograph and a file that cannot be cleaned. Returns its
    /// case number and its code.
    fn report(&mut self) -> (String, String) {
        let Addresses { reporter, .. } = self.addresses();
        self.browser.open(&format!("{reporter}/"));
        self.press("a[href='/report']", "#text", "10-report");
        self.browser.press("form[action='/report'] button");
        self.browser.until("the check page", |s| s.has("#send"));
        self.press("#send button", ".govuk-error-summary", "11-nothing-to-send");
        self.browser.open(&format!("{reporter}/report"));
        let folder = tempfile::tempdir().unwrap();
        let files = files(&folder);
        self.browser.write("#text", STORY);
        self.browser.write("#files", &files);
        self.press("form[action='/report'] button", "#send", "12-check");
        assert!(self.browser.has(".files .govuk-tag--green"), "the photograph was cleaned");
        assert!(self.browser.has(".files__refused"), "the program was refused");
        self.press("a[href='/report#text']", "form[action='/report']", "13-report-again");
        self.press("form[action='/report'] button", "#send", "14-check-again");
        self.press("#send button", ".code", "15-receipt");
        let (number, code) = (self.browser.text("main dd"), self.code());
        self.browser.write("#code", "1234 5678 1234 5678");
        self.press("form[action='/receipt'] button", ".govuk-error-summary", "16-receipt-wrong");
        self.browser.open(&format!("{reporter}/receipt"));
        assert_eq!(self.code(), code, "the receipt can be loaded again");
        self.browser.write("#code", &code);
        self.press("form[action='/receipt'] button", "main a[href='/sign-in']", "17-kept");
        self.browser.until("the code was typed back", |s| s.address().ends_with("/receipt/kept"));
        (number, code)
    }

    /// The code on the receipt, also when it stands in two lines.
    fn code(&self) -> String {
        let shown = self.browser.text(".code");
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn handler_answers(&mut self, number: &str) {
        let Addresses { handler, .. } = self.addresses();
        self.open(&format!("{handler}/sign-in"), "20-handler-sign-in");
        self.fill_sign_in("ukendt", "en adgangskode", "123456");
        let button = "form[action='/sign-in'] button";
        self.press(button, ".govuk-error-summary", "21-handler-sign-in-wrong");
        let (name, password) = self.demo.handler.clone();
        let code = self.demo.code();
        self.browser.open(&format!("{handler}/sign-in"));
        self.fill_sign_in(&name, &password, &code);
        self.press(button, "table", "22-inbox");
        self.browser.press_link(number);
        self.browser.until("the case", |s| s.has("ol.dialogue"));
        self.look("23-handler-case");
        assert!(self.browser.text("ol.dialogue").contains("firma uden ansatte"));
        let case = self.browser.address();
        self.press("ol.dialogue a", "figure img", "24-safe-picture");
        self.browser.open(&case);
        self.browser.write("#text", ANSWER);
        let answer = "form[action^='/cases/'] button";
        self.press(answer, ".govuk-notification-banner", "25-answered");
        self.press(answer, ".govuk-error-summary", "26-answer-empty");
    }

    fn fill_sign_in(&mut self, name: &str, password: &str, code: &str) {
        for (field, value) in [("#name", name), ("#password", password), ("#code", code)] {
            self.browser.write(field, value);
        }
    }

    fn reporter_returns(&mut self, code: &str) {
        let Addresses { reporter, .. } = self.addresses();
        self.open(&format!("{reporter}/sign-in"), "30-sign-in");
        self.browser.write("#code", "1234");
        let button = "form[action='/sign-in'] button";
        self.press(button, ".govuk-error-summary", "31-sign-in-wrong");
        self.browser.write("#code", code);
        self.press(button, "ol.dialogue", "32-case");
        assert!(self.browser.text("ol.dialogue").contains(ANSWER));
        self.browser.write("#text", REPLY);
        self.press("form[action='/case'] button", ".govuk-notification-banner", "33-case-sent");
        self.press("form[action='/sign-out'] button", "main a[href='/sign-in']", "34-signed-out");
        self.browser.until("signed out", |s| s.address().ends_with("/signed-out"));
        self.browser.open(&format!("{reporter}/sign-in"));
        self.browser.write("#code", code);
        self.browser.press(button);
        self.browser.until("signed in again", |s| s.has("ol.dialogue"));
    }

    /// The quick exit is the first link of the page, leaves this site, and signs out.
    fn way_out(&mut self) {
        let Addresses { reporter, .. } = self.addresses();
        assert_eq!(self.browser.attribute("a", "href"), "/leave");
        self.browser.press_to_leave("a[href='/leave']");
        self.browser.until("elsewhere", |s| !s.address().starts_with(&reporter));
        self.browser.open(&format!("{reporter}/case"));
        assert!(!self.browser.has("ol.dialogue"), "nobody is signed in any more");
    }

    /// The first handler signs out; a second one enrols by their link.
    fn second_handler(&mut self) {
        let Addresses { handler, .. } = self.addresses();
        self.open(&format!("{handler}/handlers"), "40-handlers");
        self.press("form[action='/sign-out'] button", "main a[href='/sign-in']", "41-handler-out");
        let link = format!("{handler}{}", self.demo.link);
        self.open(&link, "42-enrol");
        let secret = self.browser.text(".code").replace(char::is_whitespace, "");
        self.browser.write("#password", "kort");
        self.press("main form button", ".govuk-error-summary", "43-enrol-wrong");
        let secret = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
        let now = sluse::clock::Clock::system().unix_seconds().cast_unsigned();
        let code = SecondFactor::from_bytes(&secret).unwrap().code_at(now).unwrap();
        for (field, value) in [("#password", PASSWORD), ("#repeated", PASSWORD), ("#code", &code)] {
            self.browser.write(field, value);
        }
        self.press("main form button", "main a[href='/sign-in']", "44-enrolled");
        self.browser.until("enrolled", |s| s.address().contains("/enrolled"));
        self.open(&link, "45-no-link");
    }
}

/// A photograph that tells too much, and a program, as a file field takes them.
fn files(folder: &tempfile::TempDir) -> String {
    let put = |name: &str, bytes: &[u8]| -> PathBuf {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let photo = put("IMG_2041 faktura.jpg", &photo());
    let program = put("regneark.exe", b"MZ\x90\0 a program");
    format!("{}\n{}", photo.display(), program.display())
}
