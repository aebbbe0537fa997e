//! Everything that people do with a portal, with a canary wherever something can stand.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use sluse::limits::MESSAGE_CHARACTERS;
use sluse::vault::{ReceiptCode, random};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::canaries::Canaries;
use crate::support::browser::{BOUNDARY, Upload, multipart};
use crate::support::pictures::{hiding, noise};
use crate::support::program::Installation;
use crate::support::{Browser, Staff, wire};

/// What is still open when the scenario is over: nobody signs out.
pub struct Left {
    pub reporter: Browser,
    pub handler: Browser,
    pub code: String,
    pub draft: String,
}

pub struct Scenario<'a> {
    installation: &'a Installation,
    pub canaries: Canaries,
}

impl<'a> Scenario<'a> {
    pub fn new(installation: &'a Installation) -> Self {
        Scenario { installation, canaries: Canaries::default() }
    }

    /// All of it.
    pub async fn run(&mut self) -> Left {
        self.strangers().await;
        let draft = self.a_draft_that_is_never_sent().await;
        let code = self.a_report().await;
        self.somebody_tries_it_out().await;
        self.wrong_codes().await;
        let reporter = self.a_reporter_comes_back(&code).await;
        let handler = self.a_handler_answers().await;
        self.a_colleague_enrols().await;
        self.canaries.code("the code", &code);
        self.remember(&reporter);
        self.remember(&handler);
        Left { reporter, handler, code, draft }
    }

    /// A browser that tells much about itself.
    fn telling(&mut self, mut browser: Browser) -> Browser {
        let habits = ["user-agent", "referer", "x-forwarded-for", "x-real-ip", "x-unheard-of"];
        for name in habits {
            let word = self.canaries.word("a header");
            browser.habits.push((name.to_owned(), format!("Browser/1 ({word})")));
        }
        browser.language = format!("da,{}", self.canaries.word("a header"));
        browser
    }

    /// Its cookies, the keys in them, and the token of its last form.
    fn remember(&mut self, browser: &Browser) {
        for value in browser.cookies.values() {
            self.canaries.text("a cookie", value);
            let ticket = data_encoding::BASE64URL_NOPAD.decode(value.as_bytes()).unwrap();
            self.canaries.bytes("the key in a cookie", &ticket[..32]);
        }
        let page = browser.page.as_ref().unwrap();
        if let Some(token) = page.attributes("input[name=token]", "value").first() {
            self.canaries.text("a form token", token);
        }
        for once in page.attributes("input[name=once]", "value") {
            self.canaries.text("a form's id", &once);
        }
    }

    async fn strangers(&mut self) {
        for _ in 0..3 {
            let host = format!("{}.example", self.canaries.word("a host"));
            let mut lost = Browser::on_port(self.installation.port, &host);
            assert_eq!(lost.get("/").await.status, StatusCode::MISDIRECTED_REQUEST);
        }
        let mut browser = self.telling(self.installation.reporter());
        for _ in 0..3 {
            let path = format!("/{}", self.canaries.word("an address"));
            assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND);
            browser.get(&format!("/?{0}={0}", self.canaries.word("a query"))).await;
            browser.get(&format!("/guide?lang={}", self.canaries.word("a query"))).await;
        }
        let word = self.canaries.word("a method");
        let method = Method::from_bytes(word.as_bytes()).unwrap();
        let request = browser.build(method, "/report").body(Body::empty()).unwrap();
        browser.request(request).await;
        browser.cookies.insert("__Host-planted".to_owned(), self.canaries.word("a planted cookie"));
        browser.get("/report").await;
        let body = format!("token=wrong&text={}", self.canaries.word("a forged form"));
        let request = browser.build(Method::POST, "/report/send").body(Body::from(body)).unwrap();
        browser.request(request).await;
        let word = self.canaries.word("what is no HTTP");
        self.raw(format!("{word} {word}\r\n{word}\r\n\r\n").into_bytes()).await;
        let word = self.canaries.word("a head that is too long");
        self.raw(format!("GET /{word} HTTP/1.1\r\nx: {}\r\n\r\n", word.repeat(4000)).into_bytes())
            .await;
    }

    async fn raw(&self, bytes: Vec<u8>) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.installation.port)).await.unwrap();
        // Whether it is answered, and whether it is read at all, is the server's affair.
        let _ = stream.write_all(&bytes).await;
        let _ = stream.shutdown().await;
        let _ = stream.read_to_end(&mut Vec::new()).await;
    }

    async fn a_draft_that_is_never_sent(&mut self) -> String {
        let mut browser = self.telling(self.installation.reporter());
        browser.get("/report").await;
        let text = self.canaries.words("a draft", 20);
        let files = [
            (self.canaries.word("a file's name") + ".txt", self.note(5)),
            (self.canaries.word("a file's name") + ".zip", self.refused()),
        ];
        let uploads = files.each_ref().map(|(name, bytes)| Upload { name, bytes });
        let page = browser.upload("/report", &[("text", &text)], &uploads).await;
        assert_eq!(page.path, "/report/check", "{}", page.text());
        self.remember(&browser);
        let broken = self.canaries.words("a form that broke off", 5);
        self.half_a_form(&browser, &broken).await;
        text
    }

    fn note(&mut self, words: usize) -> Vec<u8> {
        self.canaries.words("a text file", words).into_bytes()
    }

    fn refused(&mut self) -> Vec<u8> {
        format!("PK\x03\x04 {}", self.canaries.words("a refused file", 3)).into_bytes()
    }

    fn photo(&mut self) -> Vec<u8> {
        let plain = noise(|| random::<1>()[0]);
        self.canaries.windows("the pixels of a picture", &plain, 10);
        let mut word = || self.canaries.word("a picture's metadata");
        hiding(&plain, &word(), &word(), &word())
    }

    /// A form whose sender disappears in the middle.
    async fn half_a_form(&self, browser: &Browser, text: &str) {
        drop(begin_form(self.installation.port, browser, text).await);
    }

    async fn a_report(&mut self) -> String {
        let mut browser = self.telling(self.installation.reporter());
        browser.get("/report").await;
        let long =
            self.canaries.word("a text that is too long").repeat(MESSAGE_CHARACTERS / 18 + 1);
        browser.upload("/report", &[("text", &long)], &[]).await;
        let text = self.canaries.words("a report", 30);
        let files = [
            (self.canaries.word("a file's name") + ".jpg", self.photo()),
            (self.canaries.word("a file's name") + ".txt", self.note(5)),
            (self.canaries.word("a file's name") + ".exe", self.refused()),
        ];
        let uploads = files.each_ref().map(|(name, bytes)| Upload { name, bytes });
        browser.get("/report").await;
        let page = browser.upload("/report", &[("text", &text)], &uploads).await;
        assert_eq!(page.all(".files > li").len(), 3, "{}", page.text());
        let code = browser.submit("/report/send", &[]).await.code();
        self.remember(&browser);
        let wrong = self.wrong_code();
        browser.submit("/receipt", &[("code", &wrong)]).await;
        let kept = browser.submit("/receipt", &[("code", &code)]).await;
        assert_eq!(kept.path, "/receipt/kept");
        code
    }

    async fn somebody_tries_it_out(&mut self) {
        let printed = self.installation.command(&["test-report"]);
        let code = printed.lines().last().unwrap().trim().to_owned();
        self.canaries.code("the code of a test", &code);
        let mut browser = self.telling(self.installation.reporter());
        browser.get("/sign-in").await;
        let case = browser.submit("/sign-in", &[("code", &code)]).await;
        assert!(case.text().contains("TEST. This report is about nobody"), "{}", case.text());
        self.remember(&browser);
    }

    fn wrong_code(&mut self) -> String {
        let code = ReceiptCode::random().in_groups().to_string();
        self.canaries.text("a wrong code", &code);
        code
    }

    async fn wrong_codes(&mut self) {
        let mut browser = self.telling(self.installation.reporter());
        for _ in 0..10 {
            browser.get("/sign-in").await;
            let code = self.wrong_code();
            let page = browser.submit("/sign-in", &[("code", &code)]).await;
            assert!(page.path.starts_with("/sign-in"), "{}", page.path);
        }
        let word = self.canaries.word("what is no code");
        browser.submit("/sign-in", &[("code", &word)]).await;
        self.remember(&browser);
    }

    async fn a_reporter_comes_back(&mut self, code: &str) -> Browser {
        let mut browser = self.telling(self.installation.reporter());
        for between in ["", " ", "-", "\u{a0}"] {
            browser.get("/sign-in").await;
            let typed = code.replace(' ', between);
            assert_eq!(browser.submit("/sign-in", &[("code", &typed)]).await.path, "/case");
        }
        for _ in 0..3 {
            let text = self.canaries.words("a reporter's message", 8);
            let files = [
                (self.canaries.word("a file's name") + ".txt", self.note(2)),
                (self.canaries.word("a file's name") + ".jpg", self.photo()),
            ];
            let uploads = files.each_ref().map(|(name, bytes)| Upload { name, bytes });
            // First with a number, which it is asked about.
            let asked =
                browser.upload("/case", &[("text", &(text.clone() + " 20304050"))], &[]).await;
            assert!(asked.has("main q"), "{}", asked.text());
            let as_it_is = [("text", text.as_str()), ("as-it-is", "yes")];
            let page = browser.upload("/case", &as_it_is, &[]).await;
            assert_eq!(page.path, "/case?sent", "{}", page.text());
            let answer = browser.send_files(&uploads).await;
            assert!(!answer.has(".files__refused"), "{}", answer.text());
            browser.get("/case").await;
        }
        let page = browser.get("/case").await;
        let files = page.ways(".dialogue", "/case/files/");
        assert_eq!(files.len(), 8, "{}", page.text());
        for file in files {
            assert_eq!(browser.get(&file).await.status, StatusCode::OK);
            assert_eq!(browser.get(&format!("{file}/download")).await.status, StatusCode::OK);
        }
        browser.get("/case/code").await;
        let shown = browser.submit("/case/code", &[]).await.all(".code span").join(" ");
        assert_eq!(shown.len(), 19);
        self.canaries.code("a code that was not typed back yet", &shown);
        // One that waits while its writer looks at another page.
        let text = self.canaries.words("a message that is not sent", 8);
        browser.get("/case").await;
        let page = browser.press_with(".foot button[value^='/guide']", &[("text", &text)]).await;
        assert!(page.path.starts_with("/guide"));
        assert!(browser.get("/case").await.all("#text")[0].contains(&text));
        browser
    }

    async fn a_handler_answers(&mut self) -> Browser {
        let anna = &self.installation.anna;
        let mut browser = self.telling(self.installation.handler());
        browser.get("/sign-in").await;
        for _ in 0..2 {
            let wrong = self.canaries.word("a wrong password");
            let name = self.canaries.word("a handler's name that is none");
            let fields = [("name", &*name), ("password", &*wrong), ("code", "123456")];
            browser.submit("/sign-in", &fields).await;
        }
        let wrong = self.canaries.word("a wrong password");
        let fields = [("name", &*anna.name), ("password", &*wrong), ("code", "123456")];
        browser.submit("/sign-in", &fields).await;
        self.secrets_of(anna);
        let code = self.installation.code(anna).await;
        let fields =
            [("name", &*anna.name), ("password", &*anna.password), ("code", code.as_str())];
        let inbox = browser.submit("/sign-in", &fields).await;
        let case = inbox.attributes("a[href^='/cases/']", "href")[0].clone();
        let page = browser.get(&case).await;
        for file in page.attributes("a[href*='/files/']", "href") {
            assert_eq!(browser.get(&file).await.status, StatusCode::OK);
            assert_eq!(browser.get(&format!("{file}/download")).await.status, StatusCode::OK);
        }
        for _ in 0..2 {
            browser.get(&case).await;
            let text = self.canaries.words("a handler's answer", 10);
            let page = browser.submit(&case, &[("text", &text)]).await;
            assert!(page.text().contains(&text));
        }
        let file = (self.canaries.word("a file's name") + ".jpg", self.photo());
        let files = format!("{case}/files");
        let upload = Upload { name: &file.0, bytes: &file.1 };
        let answer = browser.send_files_from(&files, &[upload]).await;
        assert!(!answer.has(".files__refused"), "{}", answer.text());
        browser.get(&case).await;
        browser
    }

    fn secrets_of(&mut self, staff: &Staff) {
        self.canaries.text("a password", &staff.password);
        self.canaries.text("a password", &staff.password.replace(' ', "+"));
        self.canaries.bytes("the seed of a second factor", staff.factor.expose());
        self.canaries.text("the seed of a second factor", &staff.factor.to_text());
        let compact = staff.factor.to_text().replace(' ', "");
        self.canaries.text("the seed of a second factor", &compact);
    }

    async fn a_colleague_enrols(&mut self) {
        let printed = self.installation.command(&["handler", "add", "bo"]);
        let link = printed.split("/enrol/").nth(1).unwrap().split_whitespace().next().unwrap();
        let mut browser = self.telling(self.installation.handler());
        let page = browser.get(&format!("/enrol/{link}")).await;
        let secret = page.all(".code").concat();
        self.canaries.text("a one-time link", link);
        let compact: String = secret.split_whitespace().collect();
        let seed = data_encoding::BASE32_NOPAD.decode(compact.as_bytes()).unwrap();
        let factor = sluse::domain::SecondFactor::from_bytes(&seed).unwrap();
        let password = self.canaries.words("a password", 2);
        let bo = Staff { name: "bo".to_owned(), password: password.clone(), factor };
        self.secrets_of(&bo);
        let code = self.installation.code(&bo).await;
        let other = self.canaries.word("a password that differs");
        let path = format!("/enrol/{link}");
        let fields = [("password", &*password), ("repeated", &*other), ("code", &*code)];
        browser.submit("", &fields).await;
        browser.get(&path).await;
        let fields = [("password", &*password), ("repeated", &*password), ("code", &*code)];
        let page = browser.submit("", &fields).await;
        assert_eq!(page.path, "/enrolled", "{}", page.text());
    }
}

/// Sends a form with a text but for its last bytes; the connection stays open.
pub async fn begin_form(port: u16, browser: &Browser, text: &str) -> TcpStream {
    let mut browser = browser.clone();
    browser.get("/report").await;
    let mut fields = browser.page.as_ref().unwrap().hidden_fields("/report");
    fields.push(("text".to_owned(), text.to_owned()));
    let body = multipart(&fields, &[]);
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let request = browser.build(Method::POST, "/report").header("content-type", kind);
    let (parts, ()) = request.body(()).unwrap().into_parts();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(&wire::head(&parts, body.len())).await.unwrap();
    // All but the end of the last boundary: the text has arrived, the form has not.
    stream.write_all(&body[..body.len() - BOUNDARY.len() - 6]).await.unwrap();
    stream
}
