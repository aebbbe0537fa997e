//! The pages of those who are to stop or to wait: in the organisation's own network, before
//! there is anybody to read, and in a crowd.

use sluse::domain::SecondFactor;
use sluse::limits::WAITING_PER_LANE;
use sluse::vault::totp::STEP;

use crate::client::{Person, Way};
use crate::journey::{NEXT, STORY, TO_CHECK, Walk};
use crate::place::{Addresses, now};
use crate::unit::PASSWORD;

/// The button that opens the portal.
const OPEN: &str = "form[action='/opening'] button";
const SEND: &str = "#send button";
/// Nobody has it.
const CODE: &str = "1234 5678 1234 5678";

impl Walk<'_> {
    /// On the first day of a portal, from the organisation's own network.
    pub fn stopped(mut self) {
        let Addresses { reporter, .. } = self.addresses();
        self.open_to(&format!("{reporter}/"), "front-closed", "80-front-closed");
        assert!(self.shows("front-arrival-own-network"));
        assert!(!self.browser.has("main a[href='/report']"), "nothing leads to a report");
        for path in ["/sign-in", "/receipt", "/case", "/report"] {
            self.go(&format!("{reporter}{path}"));
            assert!(self.shows("own-network-what"), "{path} stops");
        }
        self.look("80-stop");
        assert!(self.browser.cookies().is_empty(), "who is stopped is not remembered");
        self.go(&format!("{reporter}/report/story"));
        self.press("a[href^='?anyway']", "#text", "81-story-anyway");
        self.browser.write("#text", STORY);
        self.browser.press(TO_CHECK);
        self.browser.until("everything", |s| s.has("#send"));
        self.press_to(SEND, "check-fault-nobody", "81-nobody-reads");
        let anna = self.first_handler_enrols();
        self.opens_the_portal(&anna);
        self.open(&format!("{reporter}/"), "83-front-open");
        assert!(self.browser.has("main a[href='/report']"));
        self.keeps_out();
    }

    fn first_handler_enrols(&mut self) -> SecondFactor {
        let link = self.place.first_link.clone();
        let factor = self.enrols(&link);
        assert!(self.shows("enrolled-ready"));
        self.look("82-enrolled-first");
        factor
    }

    /// Signed in as the first handler, who stays so.
    fn opens_the_portal(&mut self, anna: &SecondFactor) {
        let handler = self.addresses().handler;
        self.go(&format!("{handler}/sign-in"));
        // The code of now was used to enrol.
        let code = anna.code_at(now() + STEP).unwrap();
        self.sign_in("anna", PASSWORD, &code);
        self.browser.until("the inbox", |s| s.has("header a[href='/handlers']"));
        self.look("82-inbox-to-open");
        self.press(".next a[href='/opening']", "#done", "82-opening");
        self.browser.press("#done-policy");
        self.press_to(OPEN, "opening-fault", "82-opening-missing");
        for point in self.browser.attributes("#done input:not([checked])", "id") {
            self.browser.press(&format!("#{point}"));
        }
        self.browser.press(OPEN);
        self.browser.until("open", |s| !s.has(OPEN));
        self.look("82-opened");
    }

    /// Keeps out who is the only one; and then one of two, who only now becomes a reader.
    fn keeps_out(&mut self) {
        let Addresses { reporter, handler, .. } = self.addresses();
        let page = format!("{reporter}/report/keep-out");
        self.open(&page, "84-keep-out");
        assert_eq!(self.browser.all("#keep-out input").len(), 2);
        self.browser.press("#keep-out-anna");
        self.press_to(NEXT, "answer-fault-too-few-readers", "84-too-few-readers");
        self.browser.press("#keep-out-anna");
        self.browser.press("#keep-out-berit");
        self.press(TO_CHECK, "#send", "84-check-keep-out");
        let link = self.place.link.clone();
        self.enrols(&link);
        assert!(self.shows("enrolled-wait"));
        self.go(&format!("{handler}/handlers"));
        let vouch = "form[action$='/vouch'] button";
        self.browser.press(vouch);
        self.browser.until("vouched", |s| !s.has(vouch));
        self.go(&format!("{reporter}/report/check"));
        self.press_to(SEND, "check-fault-too-few-readers", "84-check-too-few-readers");
        let way = ".govuk-error-summary a[href='/report/keep-out?correct#keep-out']";
        assert!(self.browser.has(way), "it leads to whom one can leave out");
    }

    /// Where derivations take longer than anybody waits.
    pub fn waits(mut self) {
        let Addresses { reporter, .. } = self.addresses();
        self.go(&format!("{reporter}/sign-in"));
        self.browser.write("#code", CODE);
        self.browser.press("form[action='/sign-in'] button");
        self.is_waiting("sign-in");
        self.go(&format!("{reporter}/report/story"));
        self.browser.write("#text", STORY);
        self.browser.press(TO_CHECK);
        self.browser.until("everything", |s| s.has("#send"));
        self.browser.press(SEND);
        self.is_waiting("send");
        self.go(&format!("{reporter}/report/later"));
        self.browser.press("form[action='/report/later'] button");
        self.is_waiting("keep");
        self.others_come();
        self.go(&format!("{reporter}/sign-in"));
        self.browser.write("#code", CODE);
        self.press_to("form[action='/sign-in'] button", "code-fault-busy", "86-sign-in-busy");
        self.go(&format!("{reporter}/report/check"));
        self.press_to(SEND, "error-busy", "86-busy");
    }

    /// As many people from the same network as may wait, and more.
    fn others_come(&self) {
        let host = self.place.addresses.reporter.strip_prefix("https://").unwrap();
        let port = host.rsplit(':').next().unwrap().parse().unwrap();
        let way = Way::tls(port, &self.place.certificate.as_ref().unwrap().chain);
        let at_once = std::thread::available_parallelism().unwrap().get();
        let signs_in = || {
            let mut person = Person::new(&way, host);
            person.get("/sign-in");
            person.submit("/sign-in", &[("code", CODE)]);
        };
        let wants_a_code = || {
            let mut person = Person::new(&way, host);
            person.get("/report/story");
            person.upload("/report", STORY, &[]);
            person.get("/report/later");
            person.submit("/report/later", &[]);
        };
        std::thread::scope(|others| {
            for _ in 0..at_once + WAITING_PER_LANE {
                others.spawn(signs_in);
                others.spawn(wants_a_code);
            }
        });
    }

    fn is_waiting(&mut self, what: &str) {
        let text = format!("waiting-text-{what}");
        self.browser.until(&text, |_| self.shows(&text));
        let again = self.browser.attributes("meta[http-equiv=refresh]", "content");
        assert!(again.concat().starts_with("5;url=/"), "{again:?}");
        self.browser.stay();
        self.look(&format!("85-waiting-{what}"));
    }
}
