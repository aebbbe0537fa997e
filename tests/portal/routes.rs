//! Every route against everyone: what is expected is written here by hand.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use sluse::web::Surface;
use sluse::web::routes::{Who, table};

use crate::support::browser::multipart;
use crate::support::{Browser, House};

/// What a form carries so that it is written once.
const ONCE: &str = "0123456789abcdef0123456789abcdef";

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asker {
    Stranger,
    Reporter,
    /// Has no key to the case.
    OtherHandler,
    /// Has a key to the case.
    OwnHandler,
}

const ASKERS: [Asker; 4] =
    [Asker::Stranger, Asker::Reporter, Asker::OtherHandler, Asker::OwnHandler];

/// Every route and who may use it, by hand.
const ROUTES: [(Surface, &str, &str, Who); 92] = {
    use Surface::{Handler as H, Reporter as R};
    use Who::{Anyone, Handler, Permitted, Reporter, Visitor};
    [
        (R, "GET", "/", Anyone),
        (R, "GET", "/poster", Anyone),
        (R, "GET", "/policy/{day}", Anyone),
        (R, "GET", "/leave", Anyone),
        (R, "GET", "/static/{name}", Anyone),
        (R, "GET", "/report", Visitor),
        (R, "POST", "/report", Visitor),
        (R, "GET", "/report/{page}", Visitor),
        (R, "GET", "/report/files", Visitor),
        (R, "POST", "/report/files", Visitor),
        (R, "GET", "/report/files/list", Visitor),
        (R, "GET", "/report/files/progress", Visitor),
        (R, "GET", "/report/check", Visitor),
        (R, "POST", "/report/files/remove", Visitor),
        (R, "POST", "/report/files/flatten", Visitor),
        (R, "POST", "/report/send", Visitor),
        (R, "GET", "/report/later", Visitor),
        (R, "POST", "/report/later", Visitor),
        (R, "GET", "/report/later/wait", Visitor),
        (R, "GET", "/report/wait", Visitor),
        (R, "GET", "/receipt", Visitor),
        (R, "GET", "/receipt/text", Visitor),
        (R, "POST", "/receipt", Visitor),
        (R, "GET", "/receipt/kept", Anyone),
        (R, "GET", "/sign-in", Visitor),
        (R, "POST", "/sign-in", Visitor),
        (R, "GET", "/sign-in/wait", Visitor),
        (R, "GET", "/case", Reporter),
        (R, "POST", "/case", Reporter),
        (R, "GET", "/case/files", Reporter),
        (R, "POST", "/case/files", Reporter),
        (R, "GET", "/case/files/list", Reporter),
        (R, "GET", "/case/files/progress", Visitor),
        (R, "GET", "/case/files/check", Reporter),
        (R, "POST", "/case/files/remove", Reporter),
        (R, "POST", "/case/files/flatten", Reporter),
        (R, "POST", "/case/files/send", Reporter),
        (R, "GET", "/case/files/{item}", Reporter),
        (R, "GET", "/case/files/{item}/download", Reporter),
        (R, "GET", "/case/identity", Reporter),
        (R, "POST", "/case/identity", Reporter),
        (R, "POST", "/case/identity/take-back", Reporter),
        (R, "GET", "/case/code", Reporter),
        (R, "POST", "/case/code", Reporter),
        (R, "GET", "/case/code/wait", Reporter),
        (R, "POST", "/case/code/typed", Reporter),
        (R, "POST", "/case/code/drop", Reporter),
        (R, "GET", "/case/code/changed", Reporter),
        (R, "GET", "/session", Anyone),
        (R, "POST", "/sign-out", Visitor),
        (R, "GET", "/signed-out", Anyone),
        (H, "GET", "/static/{name}", Anyone),
        (H, "GET", "/sign-in", Visitor),
        (H, "POST", "/sign-in", Visitor),
        (H, "GET", "/session", Anyone),
        (H, "POST", "/sign-out", Visitor),
        (H, "GET", "/signed-out", Anyone),
        (H, "GET", "/enrol/{link}", Visitor),
        (H, "POST", "/enrol/{link}", Visitor),
        (H, "GET", "/enrolled", Anyone),
        (H, "GET", "/", Handler),
        (H, "GET", "/cases/{case}", Permitted),
        (H, "POST", "/cases/{case}", Permitted),
        (H, "GET", "/cases/{case}/identity", Permitted),
        (H, "GET", "/cases/{case}/files", Permitted),
        (H, "POST", "/cases/{case}/files", Permitted),
        (H, "GET", "/cases/{case}/files/list", Permitted),
        (H, "GET", "/cases/{case}/files/progress", Visitor),
        (H, "GET", "/cases/{case}/files/check", Permitted),
        (H, "POST", "/cases/{case}/files/remove", Permitted),
        (H, "POST", "/cases/{case}/files/flatten", Permitted),
        (H, "POST", "/cases/{case}/files/send", Permitted),
        (H, "GET", "/cases/{case}/files/{item}", Permitted),
        (H, "GET", "/cases/{case}/files/{item}/download", Permitted),
        (H, "GET", "/status", Handler),
        (H, "GET", "/opening", Handler),
        (H, "POST", "/opening", Handler),
        (H, "GET", "/handlers", Handler),
        (H, "POST", "/handlers/{handler}/vouch", Handler),
        (R, "GET", "/what", Anyone),
        (R, "GET", "/who", Anyone),
        (R, "GET", "/next", Anyone),
        (R, "GET", "/protection", Anyone),
        (R, "GET", "/routes", Anyone),
        (R, "GET", "/guide", Anyone),
        (R, "GET", "/tor", Anyone),
        (R, "GET", "/policy", Anyone),
        (R, "GET", "/privacy", Anyone),
        (R, "GET", "/privacy-accused", Anyone),
        (R, "GET", "/privacy-staff", Anyone),
        (R, "GET", "/documents", Anyone),
        (R, "GET", "/accessibility", Anyone),
    ]
};

#[test]
fn the_table_of_routes_is_the_one_written_here() {
    let served: Vec<_> = table()
        .into_iter()
        .map(|route| (route.surface, route.method.to_string(), route.path, route.who))
        .collect();
    let known: Vec<_> = ROUTES
        .into_iter()
        .map(|(surface, method, path, who)| (surface, method.to_owned(), path, who))
        .collect();
    assert_eq!(served, known);
}

/// What somebody gets who asks for a page of these people, or sends a form to it.
fn expected(who: Who, asker: Asker) -> StatusCode {
    use Asker::{OtherHandler, OwnHandler, Reporter, Stranger};
    match (who, asker) {
        (Who::Anyone | Who::Visitor, _)
        | (Who::Reporter, Reporter)
        | (Who::Handler, OwnHandler | OtherHandler)
        | (Who::Permitted, OwnHandler) => StatusCode::OK,
        (Who::Permitted, OtherHandler) => StatusCode::NOT_FOUND,
        (Who::Reporter, _) | (Who::Handler | Who::Permitted, Stranger | Reporter) => {
            StatusCode::UNAUTHORIZED
        }
    }
}

struct Everyone {
    house: House,
    reporter: Browser,
    own: Browser,
    other: Browser,
    case: String,
    item: String,
}

impl Everyone {
    async fn new() -> Self {
        let (house, anna) = House::new().await;
        let bo = house.enrol("bo").await;
        let code = {
            let mut browser = house.reporter();
            browser.get("/report").await;
            let photo = crate::support::pictures::photo();
            let file = crate::support::browser::Upload { name: "a.jpg", bytes: &photo };
            browser.upload("/report", &[("text", "En sag.")], &[file]).await;
            browser.submit("/report/send", &[]).await.code()
        };
        let reporter = house.came_back(&code).await;
        let mut own = house.signed_in(&anna).await;
        let other = house.signed_in(&bo).await;
        let case = own.page.clone().unwrap().attributes("a[href^='/cases/']", "href")[0].clone();
        let page = own.get(&case).await;
        let item = page.attributes("a[href*='/files/']", "href")[0].clone();
        let last = |address: &str| address.rsplit('/').next().unwrap().to_owned();
        Everyone { case: last(&case), item: last(&item), house, reporter, own, other }
    }

    fn browser(&self, surface: Surface, asker: Asker) -> Browser {
        let mut browser = match surface {
            Surface::Reporter => self.house.reporter(),
            Surface::Handler => self.house.handler(),
        };
        browser.cookies = match asker {
            Asker::Stranger => return browser,
            Asker::Reporter => self.reporter.cookies.clone(),
            Asker::OtherHandler => self.other.cookies.clone(),
            Asker::OwnHandler => self.own.cookies.clone(),
        };
        browser
    }

    fn address(&self, path: &str) -> String {
        path.replace("{case}", &self.case)
            .replace("{item}", &self.item)
            .replace("{file}", "00000000000000000000000000000000")
            .replace("{handler}", "00000000000000000000000000000000")
            .replace("{link}", "none")
            .replace("{name}", "x.css")
            .replace("{page}", "story")
            .replace("{day}", "2026-11-22")
    }
}

#[tokio::test]
async fn reading_routes_open_for_those_who_may_and_nobody_else() {
    let all = Everyone::new().await;
    for (surface, _, path, who) in ROUTES.into_iter().filter(|route| route.1 == "GET") {
        for asker in ASKERS {
            if path == "/leave" {
                // It leads elsewhere, and would sign them out before the others are asked.
                continue;
            }
            let mut browser = all.browser(surface, asker);
            let page = browser.get(&all.address(path)).await;
            let expected = expected(who, at_home(surface, asker));
            assert_eq!(page.status, expected, "GET {path} for {asker:?}");
        }
    }
}

#[tokio::test]
async fn every_page_comes_in_both_languages_whoever_asks() {
    let all = Everyone::new().await;
    let no_pages = ["/leave", "/static/{name}", "/receipt/text"];
    let mut seen = 0;
    for (surface, _, path, _) in ROUTES.into_iter().filter(|route| route.1 == "GET") {
        if no_pages.contains(&path) || path.ends_with("/download") {
            continue;
        }
        let mut titles = Vec::new();
        for lang in ["da", "en"] {
            for asker in ASKERS {
                let mut browser = all.browser(surface, asker);
                let page = browser.get(&format!("{}?lang={lang}", all.address(path))).await;
                assert!(!page.status.is_server_error(), "{path} in {lang} for {asker:?}");
                // Where it leads elsewhere, the language goes along in the cookie.
                assert!(page.has(&format!("html[lang='{lang}']")), "{path} in {lang} {asker:?}");
                titles.push(page.all("title").concat());
                seen += 1;
            }
        }
        let (da, en) = titles.split_at(ASKERS.len());
        assert!(da.iter().zip(en).all(|(da, en)| da != en), "{path}: {titles:?}");
    }
    assert!(seen > 400, "{seen} pages");
}

#[tokio::test]
async fn every_page_of_a_draft_a_receipt_and_an_invitation_comes_in_both_languages() {
    let all = Everyone::new().await;
    let mut drafting = all.house.reporter();
    drafting.get("/report").await;
    let words = [("text", "En sag.")];
    drafting.upload("/report", &words, &[]).await;
    let mut sender = all.house.reporter();
    sender.get("/report").await;
    sender.upload("/report", &words, &[]).await;
    sender.submit("/report/send", &[]).await.code();
    let enrol = format!("/enrol/{}", all.house.invite("carl").await);
    let questions = all.house.portal.questionnaire().all_pages();
    let questions: Vec<_> = questions.iter().map(|page| format!("/report/{}", page.id)).collect();
    let of_draft = ["/report/check", "/report/later", "/report/files/list"];
    let of_draft = of_draft.into_iter().chain(questions.iter().map(String::as_str));
    let mut pages: Vec<_> = of_draft.map(|path| (drafting.clone(), path)).collect();
    pages.push((sender, "/receipt"));
    pages.push((all.house.handler(), &*enrol));
    for (mut browser, path) in pages {
        let mut titles = Vec::new();
        for lang in ["da", "en"] {
            let page = browser.get(&format!("{path}?lang={lang}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.path.starts_with(path), "{path} leads to {}", page.path);
            assert!(page.has(&format!("html[lang='{lang}']")), "{path} in {lang}");
            titles.push(page.all("title").concat());
        }
        assert_ne!(titles[0], titles[1], "{path}");
    }
}

/// A reporter's cookies mean nothing on the handlers' host, and the other way.
fn at_home(surface: Surface, asker: Asker) -> Asker {
    match (surface, asker) {
        (Surface::Reporter, Asker::OwnHandler | Asker::OtherHandler)
        | (Surface::Handler, Asker::Reporter) => Asker::Stranger,
        _ => asker,
    }
}

/// Whoever has a token of their own, rightly, may not use it where they have no business.
#[tokio::test]
async fn a_form_with_its_sender_s_own_token_is_taken_from_those_who_may_send_it() {
    for (surface, _, path, who) in ROUTES.into_iter().filter(|route| route.1 == "POST") {
        for asker in ASKERS {
            let all = Everyone::new().await;
            let mut browser = all.browser(surface, asker);
            let token = browser.get("/sign-in").await.attributes("input[name=token]", "value");
            let address = all.address(path);
            let status = if matches!(path, "/report" | "/case") || path.ends_with("/files") {
                let fields = [("token", &*token[0]), ("once", ONCE), ("text", "x")];
                let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
                browser.post_multipart(&address, multipart(&fields, &[])).await.status
            } else {
                let body = format!(
                    "token={}&case={}&once={ONCE}&file={ONCE}&text=x&fingerprint=x&code=1",
                    token[0], all.case
                );
                let request = browser.build(Method::POST, &address);
                let request = request.header("content-type", "application/x-www-form-urlencoded");
                browser.request(request.body(Body::from(body)).unwrap()).await.status
            };
            // What was done leads on to the next page.
            let status = if status == StatusCode::SEE_OTHER { StatusCode::OK } else { status };
            let expected = match expected(who, at_home(surface, asker)) {
                // Nobody has the id in the address.
                StatusCode::OK if path == "/handlers/{handler}/vouch" => StatusCode::NOT_FOUND,
                expected => expected,
            };
            assert_eq!(status, expected, "POST {path} for {asker:?}");
            let page = all.own.clone().get(&format!("/cases/{}", all.case)).await;
            let written = page.all(".dialogue .typed").iter().filter(|text| *text == "x").count();
            let by_those = matches!(path, "/case" | "/cases/{case}") && status == StatusCode::OK;
            assert_eq!(written, usize::from(by_those), "POST {path} for {asker:?}");
        }
    }
}

#[tokio::test]
async fn no_writing_route_takes_a_form_without_its_token() {
    let all = Everyone::new().await;
    for route in table().iter().filter(|route| route.method == Method::POST) {
        for asker in ASKERS {
            let mut browser = all.browser(route.surface, asker);
            for (kind, body) in [
                ("application/x-www-form-urlencoded", "text=x&code=1"),
                ("application/x-www-form-urlencoded", "token=AAAA&text=x"),
                (
                    "multipart/form-data; boundary=b",
                    "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nx\r\n--b--\r\n",
                ),
            ] {
                let request = browser
                    .build(Method::POST, &all.address(route.path))
                    .header("content-type", kind)
                    .body(Body::from(body))
                    .unwrap();
                let status = browser.request(request).await.status;
                assert!(
                    matches!(
                        status,
                        StatusCode::FORBIDDEN
                            | StatusCode::UNAUTHORIZED
                            | StatusCode::NOT_FOUND
                            | StatusCode::BAD_REQUEST
                    ),
                    "POST {} for {asker:?}: {status}",
                    route.path
                );
            }
        }
    }
}

#[tokio::test]
async fn a_token_of_another_visit_is_refused() {
    let all = Everyone::new().await;
    let mut mine = all.house.reporter();
    let mut yours = all.house.reporter();
    mine.get("/sign-in").await;
    yours.page = mine.page.clone();
    yours.get("/").await;
    yours.page = mine.page.clone();
    let page = yours.submit("/sign-in", &[("code", "1234567890123456")]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn other_methods_get_a_page_that_says_so() {
    let all = Everyone::new().await;
    for (method, path) in [
        (Method::PUT, "/report"),
        (Method::DELETE, "/case"),
        (Method::POST, "/"),
        (Method::GET, "/report/send"),
        (Method::OPTIONS, "/"),
    ] {
        let mut browser = all.house.reporter();
        let request = browser.build(method.clone(), path).body(Body::empty()).unwrap();
        let page = browser.request(request).await;
        assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        assert!(page.has("h1"), "{method} {path}");
    }
}

#[tokio::test]
async fn a_form_over_its_limit_is_refused_with_a_page() {
    let all = Everyone::new().await;
    let mut browser = all.house.reporter();
    let page = browser.get("/sign-in").await;
    let token = page.attributes("input[name=token]", "value")[0].clone();
    let body = format!("token={token}&code={}", "1".repeat(sluse::limits::FORM_BYTES));
    let request = browser
        .build(Method::POST, "/sign-in")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    let page = browser.request(request).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.has("h1"));
}
