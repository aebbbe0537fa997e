//! A browser without a script: keeps cookies, follows redirects, reads forms.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE,
};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use scraper::{ElementRef, Html, Selector};
use sluse::web::{App, Front};

use super::wire::{self, Broken};

/// Between the parts of a form with files.
pub const BOUNDARY: &str = "----a-boundary-of-the-tests";

/// How a browser reaches the portal.
#[derive(Clone)]
enum Way {
    /// The application in this process.
    App(App, Front),
    /// A program that listens on this port of this machine.
    Port(u16),
}

#[derive(Clone)]
pub struct Browser {
    way: Way,
    host: String,
    /// Headers that are sent with every request.
    pub habits: Vec<(String, String)>,
    pub language: String,
    pub cookies: BTreeMap<String, String>,
    /// Names of the cookies that go along with a link or a form on another site: none with a
    /// form, these with a link.
    lax: BTreeSet<String>,
    pub page: Option<Page>,
}

/// An answer, as a person sees it.
#[derive(Clone)]
pub struct Page {
    pub path: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// A file in a form.
pub struct Upload<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
}

impl Browser {
    pub fn new(app: App, front: Front, host: &str) -> Self {
        Browser::by(Way::App(app, front), host)
    }

    /// A browser that talks to a running program.
    pub fn on_port(port: u16, host: &str) -> Self {
        Browser::by(Way::Port(port), host)
    }

    fn by(way: Way, host: &str) -> Self {
        Browser {
            way,
            host: host.to_owned(),
            habits: Vec::new(),
            language: "da".to_owned(),
            cookies: BTreeMap::new(),
            lax: BTreeSet::new(),
            page: None,
        }
    }

    /// The same browser after the server was started again.
    pub fn moved_to(mut self, app: &App) -> Self {
        let Way::App(old, _) = &mut self.way else { panic!("no application in this process") };
        *old = app.clone();
        self
    }

    /// One request, no redirect followed.
    pub async fn request(&mut self, request: Request<Body>) -> Page {
        self.try_request(request).await.expect("an answer")
    }

    /// One request, no redirect followed; an error if the connection broke.
    pub async fn try_request(&mut self, request: Request<Body>) -> Result<Page, Broken> {
        let path = request.uri().to_string();
        let response = match &self.way {
            Way::App(app, front) => app.answer(*front, request).await,
            Way::Port(port) => wire::exchange(*port, request).await?,
        };
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        for cookie in parts.headers.get_all(SET_COOKIE) {
            let (pair, attributes) = cookie.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
            if attributes.contains("SameSite=Lax") {
                self.lax.insert(name.to_owned());
            }
        }
        Ok(Page { path, status: parts.status, headers: parts.headers, body })
    }

    pub fn build(&self, method: Method, path: &str) -> axum::http::request::Builder {
        self.build_with(method, path, |_| true)
    }

    /// Opens what a link or a form on another site leads to, with the cookies that a browser
    /// sends then, and keeps those that it is given.
    pub async fn come_from_elsewhere(&mut self, method: Method, path: &str) -> Page {
        let by_link = method == Method::GET;
        let request = self
            .build_with(method, path, |name| by_link && self.lax.contains(name))
            .header("sec-fetch-site", "cross-site")
            .body(Body::empty())
            .unwrap();
        self.request(request).await
    }

    fn build_with(
        &self,
        method: Method,
        path: &str,
        goes_along: impl Fn(&str) -> bool,
    ) -> axum::http::request::Builder {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .filter(|(name, _)| goes_along(name))
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, &self.host)
            .header("accept-language", &self.language)
            .header(ACCEPT_ENCODING, "gzip, deflate")
            .header(COOKIE, cookies.join("; "));
        self.habits.iter().fold(request, |request, (name, value)| request.header(name, value))
    }

    async fn follow(&mut self, page: Page) -> Page {
        self.try_follow(page).await.expect("an answer")
    }

    async fn try_follow(&mut self, mut page: Page) -> Result<Page, Broken> {
        while page.status == StatusCode::SEE_OTHER {
            let path = page.headers[LOCATION].to_str().unwrap().to_owned();
            if !path.starts_with('/') {
                break;
            }
            let request = self.build(Method::GET, &path).body(Body::empty()).unwrap();
            page = self.try_request(request).await?;
        }
        self.page = Some(page.clone());
        Ok(page)
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.try_get(path).await.expect("an answer")
    }

    pub async fn try_get(&mut self, path: &str) -> Result<Page, Broken> {
        let request = self.build(Method::GET, path).body(Body::empty()).unwrap();
        let page = self.try_request(request).await?;
        self.try_follow(page).await
    }

    /// Sends the form of the page that leads to `action`, with its hidden fields.
    pub async fn submit(&mut self, action: &str, fields: &[(&str, &str)]) -> Page {
        self.try_submit(action, fields).await.expect("an answer")
    }

    pub async fn try_submit(
        &mut self,
        action: &str,
        fields: &[(&str, &str)],
    ) -> Result<Page, Broken> {
        let page = self.try_post(action, fields).await?;
        self.try_follow(page).await
    }

    /// Sends a form and follows no redirect.
    pub async fn try_post(
        &mut self,
        action: &str,
        fields: &[(&str, &str)],
    ) -> Result<Page, Broken> {
        let page = self.page.clone().expect("a page with a form");
        let mut all = page.hidden_fields(action);
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let body = serde_urlencoded::to_string(&all).unwrap();
        let address = if action.is_empty() { page.path.clone() } else { action.to_owned() };
        let request = self
            .build(Method::POST, &address)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.try_request(request).await
    }

    /// Sends a form with files.
    pub async fn upload(
        &mut self,
        action: &str,
        fields: &[(&str, &str)],
        files: &[Upload<'_>],
    ) -> Page {
        self.try_upload(action, fields, files).await.expect("an answer")
    }

    /// Chooses files for a case as its reporter, and sends those that are cleaned. Gives the
    /// list of all of them, as it was before.
    pub async fn send_files(&mut self, files: &[Upload<'_>]) -> Page {
        self.send_files_from("/case/files", files).await
    }

    /// The same from the page for files of either side.
    pub async fn send_files_from(&mut self, page: &str, files: &[Upload<'_>]) -> Page {
        self.get(page).await;
        self.upload(page, &[], files).await;
        let list = self.get(&format!("{page}/check")).await;
        let send = format!("{page}/send");
        if list.has(&format!("form[action='{send}']")) {
            self.submit(&send, &[]).await;
        }
        list
    }

    /// Signs in as a reporter.
    pub async fn sign_in(&mut self, code: &str) -> Page {
        self.get("/sign-in").await;
        self.submit("/sign-in", &[("code", code)]).await
    }

    /// Signs out from a page that offers it.
    pub async fn sign_out(&mut self) -> Page {
        let in_a_case = "header button[name='sign-out'], header button[value='/sign-out']";
        if self.page.as_ref().is_some_and(|page| page.has(in_a_case)) {
            return self.press(in_a_case).await;
        }
        self.submit("/sign-out", &[]).await
    }

    /// Presses a button with a value of its own, which may stand elsewhere and lead elsewhere
    /// than its form does. Fields have what stands in them.
    pub async fn press(&mut self, selector: &str) -> Page {
        self.press_with(selector, &[]).await
    }

    /// The same, after this was filled in.
    pub async fn press_with(&mut self, selector: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.page.clone().expect("a page with a button");
        let request = {
            let html = page.html();
            let button = html.select(&Selector::parse(selector).unwrap()).next();
            let button = button.unwrap_or_else(|| panic!("{selector} on {}", page.path));
            let form = form_of(&html, button).expect("a button of a form");
            // As a browser does: in the order of the page, wherever the form itself stands.
            let controls = Selector::parse("input, textarea, button").unwrap();
            let sent = html.select(&controls).filter(|one| form_of(&html, *one) == Some(form));
            let value = |one: ElementRef<'_>| {
                let name = one.attr("name")?;
                let filled = fields.iter().find(|(field, _)| *field == name);
                let value = match (filled, one.value().name(), one.attr("type")) {
                    (Some((_, value)), ..) => (*value).to_owned(),
                    (_, "textarea", _) => one.text().collect(),
                    (_, "button", _) if one != button => return None,
                    (_, _, Some("file")) => return None,
                    (_, _, Some("radio" | "checkbox")) if one.attr("checked").is_none() => {
                        return None;
                    }
                    _ => one.attr("value").unwrap_or_default().to_owned(),
                };
                Some((name.to_owned(), value))
            };
            let all: Vec<_> = sent.filter_map(value).collect();
            let address = button.attr("formaction").or(form.attr("action")).unwrap();
            if form.attr("enctype").is_some() {
                self.multipart_request(address, multipart(&all, &[]))
            } else {
                let kind = "application/x-www-form-urlencoded";
                let request = self.build(Method::POST, address).header(CONTENT_TYPE, kind);
                request.body(Body::from(serde_urlencoded::to_string(&all).unwrap())).unwrap()
            }
        };
        let page = self.request(request).await;
        self.follow(page).await
    }

    pub async fn try_upload(
        &mut self,
        action: &str,
        fields: &[(&str, &str)],
        files: &[Upload<'_>],
    ) -> Result<Page, Broken> {
        let page = self.page.clone().expect("a page with a form");
        let mut all = page.hidden_fields(action);
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let page = self.try_request(self.multipart_request(action, multipart(&all, files))).await?;
        self.try_follow(page).await
    }

    pub async fn post_multipart(&mut self, path: &str, body: Vec<u8>) -> Page {
        self.request(self.multipart_request(path, body)).await
    }

    fn multipart_request(&self, path: &str, body: Vec<u8>) -> Request<Body> {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = self.build(Method::POST, path).header(CONTENT_TYPE, kind);
        request.body(Body::from(body)).unwrap()
    }
}

/// A form with files as a browser writes it.
pub fn multipart(fields: &[(String, String)], files: &[Upload<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
            .bytes(),
        );
    }
    for file in files {
        body.extend(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; \
                 filename=\"{}\"\r\nContent-Type: application/octet-stream\r\n\r\n",
                file.name
            )
            .bytes(),
        );
        body.extend(file.bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    body
}

/// The form that a control belongs to: the one it names, or else the one around it.
fn form_of<'a>(html: &'a Html, control: ElementRef<'a>) -> Option<ElementRef<'a>> {
    if let Some(id) = control.attr("form") {
        return html.select(&Selector::parse(&format!("form#{id}")).unwrap()).next();
    }
    let mut around = control.ancestors().filter_map(ElementRef::wrap);
    around.find(|parent| parent.value().name() == "form")
}

impl Page {
    /// What was sent, as it was before it was compressed.
    pub fn source(&self) -> String {
        if !self.is_compressed() {
            return String::from_utf8(self.body.clone()).expect("UTF-8");
        }
        let mut source = String::new();
        flate2::read::GzDecoder::new(self.body.as_slice()).read_to_string(&mut source).unwrap();
        source
    }

    /// Whether it was sent in gzip, as pages are that have no form.
    pub fn is_compressed(&self) -> bool {
        self.headers.contains_key(CONTENT_ENCODING)
    }

    pub fn html(&self) -> Html {
        Html::parse_document(&self.source())
    }

    /// The text of every element that matches.
    pub fn all(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let html = self.html();
        let text = |element: ElementRef<'_>| {
            let words: Vec<&str> = element.text().flat_map(str::split_whitespace).collect();
            words.join(" ")
        };
        html.select(&selector).map(text).collect()
    }

    pub fn has(&self, selector: &str) -> bool {
        !self.all(selector).is_empty()
    }

    /// An attribute of every element that matches.
    pub fn attributes(&self, selector: &str, attribute: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let html = self.html();
        html.select(&selector).filter_map(|e| e.attr(attribute).map(str::to_owned)).collect()
    }

    /// Where links and buttons lead that match, to pages whose address begins like this.
    pub fn ways(&self, within: &str, to: &str) -> Vec<String> {
        let ways = format!("{within} a[href^='{to}'], {within} button[name=to][value^='{to}']");
        let (html, ways) = (self.html(), Selector::parse(&ways).unwrap());
        let address =
            |one: ElementRef<'_>| one.attr("href").or(one.attr("value")).map(str::to_owned);
        html.select(&ways).filter_map(address).collect()
    }

    /// All words a person reads.
    pub fn text(&self) -> String {
        self.all("body").join(" ")
    }

    /// The hidden fields of the form that leads to `action`, in the order of the page.
    pub fn hidden_fields(&self, action: &str) -> Vec<(String, String)> {
        let html = self.html();
        let is_it = |one: &ElementRef<'_>| {
            form_of(&html, *one)
                .is_some_and(|form| form.attr("action").unwrap_or_default() == action)
        };
        let hidden = Selector::parse("input[type=hidden]").unwrap();
        let attribute = |one: ElementRef<'_>, name| one.attr(name).unwrap_or_default().to_owned();
        let fields = html.select(&hidden).filter(is_it);
        let fields: Vec<_> =
            fields.map(|one| (attribute(one, "name"), attribute(one, "value"))).collect();
        assert!(!fields.is_empty(), "{} has a form for {action:?}: {}", self.path, self.text());
        fields
    }

    /// The code on a receipt.
    pub fn code(&self) -> String {
        let shows_one = matches!(&*self.path, "/receipt" | "/report/later");
        assert!(shows_one, "{}: {}", self.path, self.text());
        self.all(".code span").join(" ")
    }
}
