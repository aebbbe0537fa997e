//! Every route against everyone: what is expected is written here by hand.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use sluse::web::Surface;
use sluse::web::routes::{Who, table};

use crate::support::{Browser, House};

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

/// What a reading request gets, by hand.
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
        let mut reporter = house.reporter();
        reporter.get("/sign-in").await;
        reporter.submit("/sign-in", &[("code", &code)]).await;
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
    }
}

#[tokio::test]
async fn reading_routes_open_for_those_who_may_and_nobody_else() {
    let all = Everyone::new().await;
    for route in table().iter().filter(|route| route.method == Method::GET) {
        for asker in ASKERS {
            if route.path == "/leave" && asker != Asker::Stranger {
                // It would sign them out before the other routes are asked.
                continue;
            }
            // A reporter's cookies mean nothing on the handlers' host, and the other way.
            let at_home = match route.surface {
                Surface::Reporter => !matches!(asker, Asker::OwnHandler | Asker::OtherHandler),
                Surface::Handler => asker != Asker::Reporter,
            };
            let expected = expected(route.who, if at_home { asker } else { Asker::Stranger });
            let mut browser = all.browser(route.surface, asker);
            let page = browser.get(&all.address(route.path)).await;
            let status = if route.path == "/leave" { StatusCode::OK } else { page.status };
            assert_eq!(status, expected, "GET {} for {asker:?}", route.path);
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
