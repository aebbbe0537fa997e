//! Both doors serve the same bytes, and neither serves a host that is not its own.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use sluse::web::headers::PAGE_POLICY;
use sluse::web::{App, Arrival, Door, Front, Surface};

use crate::support::weight::{COMPRESSED_STEP, STEP};
use crate::support::{
    Browser, HANDLER_HOST, HANDLER_ONION, House, Page, REPORTER_HOST, REPORTER_ONION, front,
};

/// Headers that depend on the door.
const DIFFER: [&str; 3] = ["strict-transport-security", "set-cookie", "onion-location"];
const PAGES: [&str; 7] = ["/", "/guide", "/report", "/sign-in", "/signed-out", "/nowhere", "/case"];

/// A page without the numbers of its forms and the one line about the way one came.
fn blanked(page: &Page) -> String {
    let mut html = page.source();
    if let Some((before, line)) = html.split_once("<p class=\"govuk-body arrival\">") {
        html = [before, line.split_once("</p>").unwrap().1].concat();
    }
    let mut html = html.trim_end().to_owned();
    for token in page.attributes("input[name=token], input[name=once]", "value") {
        html = html.replace(&token, "TOKEN");
    }
    html
}

#[tokio::test]
async fn the_same_pages_come_through_both_doors() {
    let (house, _) = House::new().await;
    for path in PAGES {
        let mirror = house.reporter().get(path).await;
        let onion = house.onion_reporter().get(path).await;
        assert_eq!(mirror.status, onion.status, "{path}");
        assert_eq!(blanked(&mirror), blanked(&onion), "{path}");
        assert_eq!(mirror.body.len(), onion.body.len(), "{path}");
        let names = |page: &Page| {
            let mut names: Vec<String> = page.headers.keys().map(ToString::to_string).collect();
            names.retain(|name| !DIFFER.contains(&name.as_str()));
            names.dedup();
            names
        };
        assert_eq!(names(&mirror), names(&onion), "{path}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_same_guards_and_no_fingerprint() {
    let (house, _) = House::new().await;
    for path in PAGES {
        let page = house.reporter().get(path).await;
        assert_eq!(page.headers["content-security-policy"], PAGE_POLICY, "{path}");
        assert_eq!(page.headers["referrer-policy"], "same-origin");
        assert_eq!(page.headers["x-content-type-options"], "nosniff");
        assert_eq!(page.headers["cache-control"], "no-store");
        for name in ["server", "date", "etag", "last-modified", "x-powered-by"] {
            assert!(!page.headers.contains_key(name), "{path} has {name}");
        }
        let step = if page.is_compressed() { COMPRESSED_STEP } else { STEP };
        assert_eq!(page.body.len() % step, 0, "{path} has a length that tells nothing");
    }
}

#[tokio::test]
async fn cookies_are_bound_to_the_door_and_to_nothing_a_script_could_read() {
    let (house, _) = House::new().await;
    let mirror = house.reporter().get("/report").await;
    let cookie = mirror.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("__Host-"), "{cookie}");
    assert!(cookie.contains("Secure") && cookie.contains("HttpOnly"), "{cookie}");
    assert!(cookie.contains("Path=/"), "{cookie}");
    let onion = house.onion_reporter().get("/report").await;
    let cookie = onion.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(!cookie.contains("__Host-") && !cookie.contains("Secure"), "{cookie}");
    assert!(cookie.contains("HttpOnly"), "{cookie}");
}

#[tokio::test]
async fn a_visit_is_known_to_a_link_on_another_site_and_a_session_is_not() {
    let (house, _) = House::new().await;
    let code = house.report("Nogen tager af kassen.").await;
    let mut reporter = house.reporter();
    let visit = reporter.get("/sign-in").await;
    let session = reporter.try_post("/sign-in", &[("code", &code)]).await.unwrap();
    for (page, site) in [(visit, "SameSite=Lax"), (session, "SameSite=Strict")] {
        let cookie = page.headers["set-cookie"].to_str().unwrap();
        assert!(cookie.contains(site), "{cookie}");
    }
}

#[tokio::test]
async fn a_host_that_is_not_ours_at_this_door_is_sent_away() {
    let (house, _) = House::new().await;
    let asks = |app: App, door: Door, host: &'static str| async move {
        Browser::new(app, front(door), host).get("/").await.status
    };
    for (door, host) in [
        (Door::Mirror, "evil.example"),
        (Door::Mirror, "report.example.evil.example"),
        (Door::Mirror, REPORTER_ONION),
        (Door::Mirror, HANDLER_ONION),
        (Door::Onion, REPORTER_HOST),
        (Door::Onion, HANDLER_HOST),
        (Door::Onion, "localhost"),
        (Door::Mirror, ""),
    ] {
        let status = asks(house.app.clone(), door, host).await;
        assert_eq!(status, StatusCode::MISDIRECTED_REQUEST, "{host} at {door:?}");
    }
    assert_eq!(asks(house.app.clone(), Door::Mirror, "REPORT.example").await, StatusCode::OK);
    // Nothing of the site is shown there, also not where answers stand in a frame.
    for path in ["/", "/report/files/list", "/case/files/progress"] {
        let mut astray = Browser::new(house.app.clone(), front(Door::Mirror), "other.example");
        let page = astray.get(path).await;
        assert_eq!(page.status, StatusCode::MISDIRECTED_REQUEST, "{path}");
        assert!(!page.source().contains("Styrelsen for Prøver"), "{path}: {}", page.source());
        assert!(!page.has("a[href^='/']"), "{path}: {}", page.source());
    }
}

#[tokio::test]
async fn an_onion_service_serves_the_pages_of_its_own_people_only() {
    let (house, _) = House::new().await;
    let misdirected = StatusCode::MISDIRECTED_REQUEST;
    for (only, host, status) in [
        (Surface::Reporter, HANDLER_ONION, misdirected),
        (Surface::Reporter, REPORTER_ONION, StatusCode::OK),
        (Surface::Handler, REPORTER_ONION, misdirected),
        (Surface::Handler, HANDLER_ONION, StatusCode::OK),
    ] {
        let front = Front { only: Some(only), ..front(Door::Onion) };
        let mut browser = Browser::new(house.app.clone(), front, host);
        assert_eq!(browser.get("/sign-in").await.status, status, "{host} at {only:?}");
    }
}

#[tokio::test]
async fn neither_surface_answers_for_the_other() {
    let (house, anna) = House::new().await;
    for path in ["/handlers", "/cases/00000000000000000000000000000000", "/enrol/x"] {
        assert_eq!(house.reporter().get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let mut handler = house.signed_in(&anna).await;
    for path in ["/report", "/case", "/receipt", "/leave"] {
        assert_eq!(handler.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let mut thief = house.reporter();
    thief.cookies = handler.cookies.clone();
    assert_eq!(thief.get("/case").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn forwarding_headers_change_nothing() {
    let (house, _) = House::new().await;
    let mut browser = house.reporter();
    let plain = browser.get("/").await;
    let mut request: Request<Body> = browser.build(Method::GET, "/").body(Body::empty()).unwrap();
    for name in ["x-forwarded-for", "x-real-ip", "forwarded", "x-forwarded-host"] {
        request.headers_mut().insert(name, "203.0.113.9".parse().unwrap());
    }
    assert_eq!(browser.request(request).await.body, plain.body);
}

#[tokio::test]
async fn a_page_to_read_offers_its_onion_address_and_a_form_never_does() {
    let (house, _) = House::new().await;
    for path in PAGES {
        let page = house.reporter().get(path).await;
        let offered = page.headers.get("onion-location").map(|value| value.to_str().unwrap());
        let expected = format!("http://{REPORTER_ONION}{path}");
        let reads = matches!(path, "/" | "/guide");
        assert_eq!(offered, reads.then_some(&*expected), "{path}");
        let onion = house.onion_reporter().get(path).await;
        assert!(!onion.headers.contains_key("onion-location"), "{path}");
    }
    // Whoever has a form open would not find it again at the other address.
    let mut writer = house.reporter();
    writer.get("/report").await;
    for path in ["/guide?report=story", "/"] {
        assert!(!writer.get(path).await.headers.contains_key("onion-location"), "{path}");
    }
    let plain = Front { secure: false, ..front(Door::Mirror) };
    let page = Browser::new(house.app.clone(), plain, REPORTER_HOST).get("/").await;
    assert!(!page.headers.contains_key("onion-location"), "Tor Browser believes it over TLS only");
}

#[tokio::test]
async fn the_front_page_says_how_one_came_and_claims_nothing_behind_a_proxy() {
    let (house, _) = House::new().await;
    let mut lines = std::collections::HashSet::new();
    for arrival in [Arrival::TorExit, Arrival::OwnNetwork, Arrival::OpenNet, Arrival::Unknown] {
        let front = Front { arrival, ..front(Door::Mirror) };
        let page = Browser::new(house.app.clone(), front, REPORTER_HOST).get("/").await;
        assert_eq!(page.has(".arrival"), arrival != Arrival::Unknown, "{arrival:?}");
        lines.extend(page.all(".arrival"));
    }
    lines.extend(house.onion_reporter().get("/").await.all(".arrival"));
    assert_eq!(lines.len(), 4, "{lines:?}");
}

#[tokio::test]
async fn somebody_in_the_organisations_own_network_is_stopped_before_anything_is_stored() {
    let (house, _) = House::new().await;
    let front = Front { arrival: Arrival::OwnNetwork, ..front(Door::Mirror) };
    for (path, form) in [("/report", "form[action='/report']"), ("/sign-in", "#code")] {
        let mut browser = Browser::new(house.app.clone(), front, REPORTER_HOST);
        let stop = browser.get(path).await;
        assert_eq!(stop.status, StatusCode::OK, "{path}");
        assert!(!stop.headers.contains_key("set-cookie"), "{path}");
        assert!(!stop.has("main form"), "{path}");
        assert!(stop.text().contains("Styrelsen for Prøver"), "{}", stop.text());
        // Whoever knows and goes on is not asked again.
        let anyway = stop.attributes("a[href^='?anyway']", "href")[0].clone();
        assert!(browser.get(&format!("{path}{anyway}")).await.has(form), "{path}");
        assert!(browser.get(path).await.has(form), "{path}");
    }
    let mut chooses = Browser::new(house.app.clone(), front, REPORTER_HOST);
    let stop = chooses.get("/report?lang=en").await;
    let anyway = stop.attributes("a[href^='?anyway']", "href")[0].clone();
    assert!(chooses.get(&format!("/report{anyway}")).await.has("html[lang='en']"));
    assert!(chooses.get("/report").await.has("html[lang='en']"), "what was chosen stays");
    let mut reader = Browser::new(house.app.clone(), front, REPORTER_HOST);
    assert!(reader.get("/guide").await.text().contains("Tor Browser"));
}

#[tokio::test]
async fn whoever_was_here_from_home_is_stopped_at_work_all_the_same() {
    let (house, _) = House::new().await;
    let at_work = Front { arrival: Arrival::OwnNetwork, ..front(Door::Mirror) };
    let code = house.report("Der mangler penge i kassen.").await;
    let at_home = house.came_back(&code).await;
    let mut browser = Browser::new(house.app.clone(), at_work, REPORTER_HOST);
    browser.cookies.clone_from(&at_home.cookies);
    for path in ["/report", "/sign-in", "/case", "/receipt", "/case?lang=en"] {
        let page = browser.get(path).await;
        // Whoever leaves from here leaves what they wrote.
        let words = ["Du har været her før", "You were here before"];
        assert!(words.iter().any(|words| page.text().contains(words)), "{}", page.text());
        assert!(page.has("a[href^='?anyway']") && !page.has("main form"), "{path}");
        assert!(!page.headers.contains_key("set-cookie"), "{path}");
    }
    // Whoever runs the network does not see by the length who was here before.
    let mut stranger = Browser::new(house.app.clone(), at_work, REPORTER_HOST);
    let lengths = [stranger.get("/report").await, browser.get("/report").await];
    assert_eq!(lengths[0].body.len(), lengths[1].body.len());
    assert!(browser.get("/case?anyway").await.text().contains("kassen"));
    assert!(browser.get("/case").await.text().contains("kassen"));
    browser.sign_out().await;
    assert!(browser.cookies.is_empty(), "{:?}", browser.cookies);
}

#[tokio::test]
async fn a_form_that_was_filled_in_at_home_is_taken_and_not_thrown_away() {
    let (house, _) = House::new().await;
    let at_work = Front { arrival: Arrival::OwnNetwork, ..front(Door::Mirror) };
    let mut at_home = house.reporter();
    at_home.get("/report").await;
    let mut browser = Browser::new(house.app.clone(), at_work, REPORTER_HOST);
    browser.cookies.clone_from(&at_home.cookies);
    browser.page.clone_from(&at_home.page);
    browser.upload("/report", &[("text", "Skrevet hjemme.")], &[]).await;
    let stop = browser.get("/report/files/list").await;
    assert_eq!(stop.status, StatusCode::OK);
    assert!(stop.has("a[href^='?anyway']"), "also inside of a frame: {}", stop.text());
    assert!(at_home.get("/report/story").await.all("textarea")[0].contains("Skrevet hjemme."));
}

#[tokio::test]
async fn a_code_is_shown_to_whoever_sends_at_work_what_they_wrote_at_home() {
    let (house, _) = House::new().await;
    let at_work = Front { arrival: Arrival::OwnNetwork, ..front(Door::Mirror) };
    let mut at_home = house.reporter();
    at_home.get("/report").await;
    at_home.upload("/report", &[("text", "Skrevet hjemme.")], &[]).await;
    at_home.get("/report/check").await;
    let mut browser = Browser::new(house.app.clone(), at_work, REPORTER_HOST);
    browser.cookies.clone_from(&at_home.cookies);
    browser.page.clone_from(&at_home.page);
    // Whoever waits for a code, or asks for that of a draft, is not stopped before it.
    assert!(browser.clone().get("/report/wait").await.has("#send"));
    assert!(browser.clone().get("/report/later").await.has("form[action='/report/later']"));
    let code = browser.submit("/report/send", &[]).await.code();
    assert!(browser.get("/receipt/text").await.text().contains(&code));
    browser.get("/receipt").await;
    let kept = browser.submit("/receipt", &[("code", &code)]).await;
    assert_eq!(kept.path, "/receipt/kept");
    // A stranger at the same address is stopped before anything.
    let mut stranger = Browser::new(house.app.clone(), at_work, REPORTER_HOST);
    let page = stranger.get("/receipt").await;
    assert!(page.has("a[href^='?anyway']") && page.text().contains("ikke gemt noget om dit besøg"));
    assert!(!page.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn what_came_of_a_form_offers_no_other_language() {
    let (house, _) = House::new().await;
    let mut reporter = house.reporter();
    assert!(reporter.get("/sign-in").await.has("a[href='?lang=en']"));
    let wrong = reporter.submit("/sign-in", &[("code", "1234")]).await;
    assert!(wrong.has("#code-fault") && !wrong.has("a[href^='?lang']"));
}

#[tokio::test]
async fn handlers_may_sit_in_the_organisations_own_network() {
    let (house, _) = House::new().await;
    let front = Front { arrival: Arrival::OwnNetwork, ..front(Door::Mirror) };
    let mut browser = Browser::new(house.app.clone(), front, HANDLER_HOST);
    assert!(browser.get("/sign-in").await.has("#password"));
}
