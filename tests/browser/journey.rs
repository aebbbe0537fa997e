//! One journey over every page there is: a report with files, its receipt, a handler's
//! answer, the reporter's return, the quick exit. Whoever walks looks at each page. What
//! the handlers do stands in [`crate::unit`].

use std::path::PathBuf;

use sluse::web::information::Information;

use crate::place::{Addresses, Place};
use crate::support::document::document;
use crate::support::pictures::photo;
use crate::unit::ANSWER;
use crate::webdriver::Session;

pub const STORY: &str = "I tre måneder er der betalt fakturaer fra et firma uden ansatte.\n\nDe er \
     godkendt af den samme person, som ejer firmaet. Jeg har vedlagt et billede og en faktura.";
pub const REPLY: &str = "Det ved jeg ikke, men de har alle samme underskrift.";
/// The way to the next subject, and to the last look.
pub const NEXT: &str = "main button[value='next']";
pub const TO_CHECK: &str = "main button[value='check']";
/// Where the quick exit leads.
const ELSEWHERE: &str = "https://duckduckgo.com/";

/// A walk through the portal in one browser and one language.
pub struct Walk<'a> {
    pub browser: &'a Session,
    pub place: &'a mut Place,
    pub language: &'static str,
    /// Called on each page with its name.
    pub look: &'a mut dyn FnMut(&Session, &str),
}

impl Walk<'_> {
    pub fn everywhere(mut self) {
        self.before_a_report();
        let (number, code) = self.report();
        self.unit_works(&number);
        self.reporter_returns(&code);
        self.quick_exit();
    }

    pub fn addresses(&self) -> Addresses {
        self.place.addresses.clone()
    }

    pub fn look(&mut self, name: &str) {
        (self.look)(self.browser, name);
    }

    pub fn go(&self, address: &str) {
        match self.place.socks {
            Some(_) => self.browser.open_far(address),
            None => self.browser.open(address),
        }
    }

    pub fn open(&mut self, address: &str, name: &str) {
        self.go(address);
        self.look(name);
    }

    /// Presses a button or a link, and looks at the page where it leads.
    pub fn press(&mut self, selector: &str, arrives: &str, name: &str) {
        self.browser.press(selector);
        self.browser.until(&format!("{selector} leads to {arrives}"), |s| s.has(arrives));
        self.look(name);
    }

    /// Cookies are for this host alone, out of reach of scripts, and go with TLS only
    /// where there is TLS. An onion address has none: there a browser may drop them.
    pub fn cookies_are_held_tight(&self) {
        let secure = self.browser.address().starts_with("https:");
        let cookies = self.browser.cookies();
        assert!(!cookies.is_empty());
        for cookie in cookies {
            assert_eq!(cookie.name.starts_with("__Host-"), secure, "{cookie:?}");
            assert_eq!(cookie.secure, secure, "{cookie:?}");
            // Links find the visit, not the session. Firefox's driver has no word for `Lax`.
            let visit = cookie.name.ends_with("-visit");
            let sites: &[&str] = if visit { &["Lax", ""] } else { &["Strict"] };
            assert!(cookie.http_only && sites.contains(&&*cookie.same_site), "{cookie:?}");
            assert_eq!(cookie.expiry, None, "{cookie:?}");
        }
    }

    fn before_a_report(&mut self) {
        let Addresses { reporter, handler, astray } = self.addresses();
        // The handlers' pages remember a language of their own.
        self.go(&format!("{handler}/sign-in?lang={}", self.language));
        self.go(&format!("{reporter}/?lang={}", self.language));
        self.open(&format!("{reporter}/"), "01-front");
        assert_eq!(self.browser.attribute("html", "lang"), self.language);
        for path in Information::paths().chain(["/poster"]) {
            self.open(&format!("{reporter}{path}"), &format!("02{}", path.replace('/', "-")));
        }
        self.open(&format!("{reporter}/nowhere"), "03-not-found");
        self.open(&format!("{astray}/"), "04-misdirected");
        assert!(!self.browser.has("nav"), "a page at a wrong address leads nowhere");
        self.open(&format!("{reporter}/case"), "05-signed-out-already");
    }

    /// Sends a report with a photograph, a document and a file that cannot be cleaned.
    /// Returns its case number and its code.
    fn report(&mut self) -> (String, String) {
        let Addresses { reporter, .. } = self.addresses();
        self.go(&format!("{reporter}/"));
        self.press("a[href='/report']", "#relation", "10-relation");
        self.browser.press(TO_CHECK);
        self.browser.until("the check page", |s| s.has("#send"));
        self.press("#send button", ".govuk-error-summary", "11-nothing-to-send");
        self.questions();
        let folder = tempfile::tempdir().unwrap();
        let files = files(&folder);
        self.browser.write("#files", &files);
        self.browser.press("form[target='files-list'] button");
        self.files_are_listed();
        self.look("12-files-cleaned");
        self.press("main a[href='/report/identity']", "#name", "13-identity");
        self.browser.write("#contact", "Efter klokken 17 på 20 30 40 50");
        self.press(NEXT, "#meeting", "13-meeting");
        self.press(NEXT, "#reprisals", "13-reprisals");
        self.browser.press("#reprisals-feared");
        self.press(NEXT, "#send", "14-check");
        let tags = self.browser.all(".files > li > p:first-child strong");
        assert_eq!(tags.iter().filter(|tag| **tag == tags[0]).count(), 2, "two cleaned: {tags:?}");
        assert!(self.browser.has(".files__refused"), "the program was refused");
        self.press("main a[href='/report/files']", "#files", "14-files-again");
        self.go(&format!("{reporter}/report/check"));
        self.press("a[href='/report/story?correct']", "#text", "14-story-again");
        self.browser.press(TO_CHECK);
        self.browser.until("everything again", |s| s.has("#send"));
        let later = "form[action='/report/later'] button";
        self.press("a[href='/report/later']", later, "14-later");
        self.press(later, ".code", "14-later-code");
        self.go(&format!("{reporter}/report/check"));
        self.press("#send button", ".code", "15-receipt");
        self.cookies_are_held_tight();
        let (number, code) = (self.browser.text("main dd"), self.code());
        self.browser.write("#code", "1234 5678 1234 5678");
        self.press("form[action='/receipt'] button", ".govuk-error-summary", "16-receipt-wrong");
        self.go(&format!("{reporter}/receipt"));
        assert_eq!(self.code(), code, "the receipt can be loaded again");
        self.browser.write("#code", &code);
        self.press("form[action='/receipt'] button", "main a[href='/sign-in']", "17-kept");
        self.browser.until("the code was typed back", |s| s.address().ends_with("/receipt/kept"));
        (number, code)
    }

    /// One subject a page, up to the page for files.
    fn questions(&mut self) {
        let Addresses { reporter, .. } = self.addresses();
        self.go(&format!("{reporter}/report"));
        self.browser.press("#relation-private");
        self.press(NEXT, ".govuk-inset-text", "10-relation-elsewhere");
        self.browser.press("#relation-former");
        self.press(NEXT, "#area", "10-area");
        self.browser.press("#area-money");
        self.press(NEXT, "#text", "11-story");
        self.press(NEXT, ".govuk-error-summary", "11-story-missing");
        self.browser.write("#text", STORY);
        self.press(NEXT, "#when", "11-when");
        self.browser.write("#where", "Lageret");
        self.press(NEXT, "#involved", "11-people");
        self.press(NEXT, "#keep-out-words", "11-keep-out");
        self.press(NEXT, "#files", "12-files");
    }

    /// The page stays, and its frame fills.
    pub fn files_are_listed(&self) {
        self.browser.look_into("iframe[name='files-list']");
        self.browser.until("three files on the list", |s| s.has(".files li:nth-child(3)"));
        self.browser.look_up();
        self.browser.look_into("iframe[src$='/files/progress']");
        self.browser.until("nothing is on its way", |s| s.has("#stage") && !s.has("progress"));
        self.browser.look_up();
    }

    /// The code on the receipt, also when it stands in two lines.
    pub fn code(&self) -> String {
        let shown = self.browser.text(".code");
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn reporter_returns(&mut self, code: &str) {
        let Addresses { reporter, .. } = self.addresses();
        self.open(&format!("{reporter}/sign-in"), "50-sign-in");
        self.browser.write("#code", "1234");
        let button = "form[action='/sign-in'] button";
        self.press(button, ".govuk-error-summary", "51-sign-in-wrong");
        self.paste("#code", code);
        self.press(button, "ol.dialogue", "52-case");
        self.cookies_are_held_tight();
        assert!(self.browser.text("ol.dialogue").contains(ANSWER));
        self.browser.write("#text", REPLY);
        self.press("form[action='/case'] button", ".govuk-notification-banner", "53-case-sent");
        self.press("main button[value='/case/files']", "#files", "53-case-files");
        let folder = tempfile::tempdir().unwrap();
        self.browser.write("#files", &files(&folder));
        self.browser.press("form[target='files-list'] button");
        self.files_are_listed();
        self.look("53-case-files-listed");
        self.press("main a[href='/case/files/check']", ".files", "53-case-files-check");
        self.press("main a[href='/case']", "ol.dialogue", "53-case-files-wait");
        assert!(self.shows("case-files-look"), "they are not sent yet");
        self.go(&format!("{reporter}/case/files/check"));
        self.browser.press("form[action='/case/files/send'] button");
        self.browser.until("they are sent", |s| s.has(".govuk-notification-banner--success"));
        self.look("53-case-again");
        let meeting = "button[value$='meeting-declined']";
        self.browser.press(meeting);
        self.browser.until("the meeting is declined", |s| !s.has(meeting));
        self.look("53-case-declined");
        let unwanted = "button[value='unwanted']";
        self.press(unwanted, "button[value='wanted']", "53-case-unwanted");
        self.press("main button[value='/case/identity']", "#name", "53-identity");
        self.browser.write("#name", "Ida Holm");
        self.browser.press("form[action='/case/identity'] button");
        self.browser.until("it was told", |s| s.all("main").concat().contains("Ida Holm"));
        self.look("53-identity-told");
        let back = "form[action='/case/identity/take-back'] button";
        self.browser.press(back);
        self.browser.until("it was taken back", |s| !s.has(back));
        self.go(&format!("{reporter}/case"));
        let code = &self.another_code();
        self.press("header button[name='sign-out']", "main a[href='/sign-in']", "54-signed-out");
        self.browser.until("signed out", |s| s.address().ends_with("/signed-out"));
        self.go(&format!("{reporter}/sign-in"));
        self.browser.write("#code", code);
        self.browser.press(button);
        self.browser.until("signed in again", |s| s.has("ol.dialogue"));
    }

    /// Changes the code of the case, and returns to it. Returns the new code.
    fn another_code(&mut self) -> String {
        let make = "form[action='/case/code'] button";
        self.press("main button[value='/case/code']", make, "53-code");
        self.press(make, ".code", "53-code-new");
        let code = self.code();
        self.browser.write("#code", "1234 5678 1234 5678");
        let typed = "form[action='/case/code/typed'] button";
        self.press(typed, ".govuk-error-summary", "53-code-wrong");
        self.browser.write("#code", &code);
        self.press(typed, "main a[href='/case']:not(.govuk-back-link)", "53-code-changed");
        self.press("main a[href='/case']", "ol.dialogue", "53-case-with-new-code");
        code
    }

    /// The quick exit is the first link of the page, leaves this site, and signs out. No
    /// way leads from here to where it goes, so that the browser stands at that address
    /// with a page of its own. Tor may take minutes to find that there is no way; there
    /// the cookies are gone meanwhile.
    fn quick_exit(&mut self) {
        let Addresses { reporter, .. } = self.addresses();
        assert_eq!(self.browser.attribute("a", "href"), "/leave");
        self.browser.press_to_leave("a[href='/leave']");
        let by_tor = self.place.socks.is_some();
        self.browser
            .until("elsewhere", |s| s.address() == ELSEWHERE || (by_tor && s.cookies().is_empty()));
        self.go(&format!("{reporter}/case"));
        assert!(!self.browser.has("ol.dialogue"), "nobody is signed in any more");
    }
}

/// A photograph and a document that tell too much, and a program, as a file field takes
/// them.
pub fn files(folder: &tempfile::TempDir) -> String {
    let put = |name: &str, bytes: &[u8]| -> PathBuf {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let photo = put("IMG_2041 faktura.jpg", &photo());
    let document = put("faktura 17.pdf", &document());
    let program = put("regneark.exe", b"MZ\x90\0 a program");
    [photo, document, program].map(|path| path.display().to_string()).join("\n")
}
