//! A reporter who sends one report, and who comes back after whatever happened.

use axum::http::StatusCode;

use crate::support::Browser;
use crate::support::browser::Upload;
use crate::support::pictures::photo;
use crate::support::program::Installation;
use crate::support::wire::Broken;

/// How far a report came, as its reporter knows it.
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that a person saw")]
pub struct Sending {
    pub text: String,
    browser: Browser,
    with_file: bool,
    refused: bool,
    /// The draft was answered for.
    saved: bool,
    /// The report was answered for.
    acknowledged: bool,
    pub code: Option<String>,
    typing_back: bool,
    /// The answer to the last attempt to send.
    answer: String,
}

impl Sending {
    pub fn new(installation: &Installation, text: String, with_file: bool) -> Self {
        Sending {
            text,
            browser: installation.reporter(),
            with_file,
            refused: false,
            saved: false,
            acknowledged: false,
            code: None,
            typing_back: false,
            answer: String::new(),
        }
    }

    /// Every step of intake, until the end or until the connection breaks.
    pub async fn run(&mut self) -> Result<(), Broken> {
        self.write().await?;
        assert!(self.send().await?, "a report is sent: {}", self.answer);
        self.receive().await?;
        self.type_back().await
    }

    /// Saves the draft. Nothing but the next page counts as an answer.
    pub async fn write(&mut self) -> Result<(), Broken> {
        self.browser.try_get("/report").await?;
        let photo = photo();
        let files = [Upload { name: "foto.jpg", bytes: &photo }];
        let files = if self.with_file { &files[..] } else { &[] };
        let page = self.browser.try_upload("/report", &[("text", &self.text)], files).await?;
        self.saved = page.path == "/report/check" && page.status == StatusCode::OK;
        if self.saved {
            self.look_at_files();
        }
        Ok(())
    }

    /// Whether the report was acknowledged.
    pub async fn send(&mut self) -> Result<bool, Broken> {
        let page = self.browser.try_post("/report/send", &[]).await?;
        self.answer = page.text();
        self.acknowledged = page.status == StatusCode::SEE_OTHER;
        if self.acknowledged {
            assert_eq!(page.headers["location"], "/receipt");
        } else {
            assert!(page.status.is_server_error() && page.has("h1"), "{}", page.status);
        }
        Ok(self.acknowledged)
    }

    async fn receive(&mut self) -> Result<(), Broken> {
        self.code = Some(self.browser.try_get("/receipt").await?.code());
        Ok(())
    }

    async fn type_back(&mut self) -> Result<(), Broken> {
        let code = self.code.clone().unwrap();
        self.typing_back = true;
        let page = self.browser.try_submit("/receipt", &[("code", &code)]).await?;
        assert_eq!(page.path, "/receipt/kept");
        Ok(())
    }

    pub fn saved(&self) -> bool {
        self.saved
    }

    /// Reads off the last page whether the file was taken or refused.
    fn look_at_files(&mut self) {
        let page = self.browser.page.as_ref().unwrap();
        let (all, refused) = (page.all(".files > li").len(), page.all(".files__refused").len());
        assert!(all <= 1);
        self.with_file = all - refused == 1;
        self.refused = refused == 1;
    }

    /// Whether there is a file that was not taken.
    pub fn refused(&self) -> bool {
        self.refused
    }

    /// The reporter comes back with the same browser. Either the report is there and
    /// whole, or it is still a draft that can be sent. Returns its code.
    pub async fn settle(&mut self, installation: &Installation) -> String {
        let page = self.browser.get("/receipt").await;
        if page.path == "/receipt" {
            let code = page.code();
            assert!(self.code.as_ref().is_none_or(|known| *known == code), "one report, one code");
            self.code = Some(code);
            self.type_back().await.unwrap();
        } else if self.typing_back {
            // The server has forgotten the code; the reporter has it.
        } else {
            assert!(!self.acknowledged, "{:?} was acknowledged and is lost", self.text);
            self.send_again().await;
        }
        let code = self.code.clone().unwrap();
        self.read(installation, &code).await;
        code
    }

    async fn send_again(&mut self) {
        let page = self.browser.get("/report/story").await;
        let draft = page.all("textarea").concat();
        assert!(draft == self.text || (draft.is_empty() && !self.saved), "half a draft: {draft:?}");
        if draft.is_empty() {
            self.write().await.unwrap();
        }
        let page = self.browser.get("/report/check").await;
        let expected = (self.with_file, self.refused);
        self.look_at_files();
        assert!(!self.saved || expected == (self.with_file, self.refused), "{}", page.text());
        assert!(self.send().await.unwrap(), "a draft can be sent: {}", self.answer);
        self.receive().await.unwrap();
        self.type_back().await.unwrap();
    }

    /// Reads the report with the code, from another browser.
    async fn read(&self, installation: &Installation, code: &str) {
        let mut browser = installation.reporter();
        browser.get("/sign-in").await;
        let page = browser.submit("/sign-in", &[("code", code)]).await;
        assert_eq!(page.path, "/case", "the code opens the report: {}", page.text());
        assert_eq!(page.all(".dialogue .typed"), [self.text.as_str()]);
        let items = page.all(".dialogue > li").len();
        assert_eq!(items, 1 + usize::from(self.with_file), "{}", page.text());
    }
}
