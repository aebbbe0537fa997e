//! A browser without a script: keeps cookies, follows redirects, reads forms.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use scraper::{Html, Selector};
use sluse::web::{App, Front};

/// Between the parts of a form with files.
pub const BOUNDARY: &str = "----a-boundary-of-the-tests";

#[derive(Clone)]
pub struct Browser {
    app: App,
    front: Front,
    host: String,
    pub language: String,
    pub cookies: BTreeMap<String, String>,
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
        Browser {
            app,
            front,
            host: host.to_owned(),
            language: "da".to_owned(),
            cookies: BTreeMap::new(),
            page: None,
        }
    }

    /// The same browser after the server was started again.
    pub fn moved_to(mut self, app: &App) -> Self {
        self.app = app.clone();
        self
    }

    /// One request, no redirect followed.
    pub async fn request(&mut self, request: Request<Body>) -> Page {
        let path = request.uri().to_string();
        let response = self.app.answer(self.front, request).await;
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
        }
        Page { path, status: parts.status, headers: parts.headers, body }
    }

    pub fn build(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, &self.host)
            .header("accept-language", &self.language)
            .header(COOKIE, cookies.join("; "))
    }

    async fn follow(&mut self, mut page: Page) -> Page {
        while page.status == StatusCode::SEE_OTHER {
            let path = page.headers[LOCATION].to_str().unwrap().to_owned();
            if !path.starts_with('/') {
                break;
            }
            let request = self.build(Method::GET, &path).body(Body::empty()).unwrap();
            page = self.request(request).await;
        }
        self.page = Some(page.clone());
        page
    }

    pub async fn get(&mut self, path: &str) -> Page {
        let request = self.build(Method::GET, path).body(Body::empty()).unwrap();
        let page = self.request(request).await;
        self.follow(page).await
    }

    /// Sends the form of the page that leads to `action`, with its hidden fields.
    pub async fn submit(&mut self, action: &str, fields: &[(&str, &str)]) -> Page {
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
        let page = self.request(request).await;
        self.follow(page).await
    }

    /// Sends a form with files.
    pub async fn upload(
        &mut self,
        action: &str,
        fields: &[(&str, &str)],
        files: &[Upload<'_>],
    ) -> Page {
        let page = self.page.clone().expect("a page with a form");
        let mut all = page.hidden_fields(action);
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let page = self.post_multipart(action, multipart(&all, files)).await;
        self.follow(page).await
    }

    pub async fn post_multipart(&mut self, path: &str, body: Vec<u8>) -> Page {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = self
            .build(Method::POST, path)
            .header(CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        self.request(request).await
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

impl Page {
    pub fn html(&self) -> Html {
        Html::parse_document(std::str::from_utf8(&self.body).expect("UTF-8"))
    }

    /// The text of every element that matches.
    pub fn all(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let html = self.html();
        let text = |element: scraper::ElementRef<'_>| {
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

    /// All words a person reads.
    pub fn text(&self) -> String {
        self.all("body").join(" ")
    }

    pub fn hidden_fields(&self, action: &str) -> Vec<(String, String)> {
        let form = match action {
            "" => "form:not([action]) input[type=hidden]".to_owned(),
            action => format!("form[action=\"{action}\"] input[type=hidden]"),
        };
        let (names, values) = (self.attributes(&form, "name"), self.attributes(&form, "value"));
        assert!(!names.is_empty(), "{} has a form for {action:?}: {}", self.path, self.text());
        names.into_iter().zip(values).collect()
    }

    /// The code on a receipt.
    pub fn code(&self) -> String {
        assert_eq!(self.path, "/receipt", "{}", self.text());
        self.all(".code span").join(" ")
    }
}
