//! Handlers: enrolling, signing in, need-to-know.

use axum::http::StatusCode;
use sluse::domain::SecondFactor;

use sluse::domain::Secret;
use sluse::domain::derivations::Class;
use sluse::domain::turns::Lane;
use sluse::limits::CODES_PER_STEP;

use crate::support::{House, Page, Staff};

async fn try_to_sign_in(house: &House, staff: &Staff, password: &str, code: &str) -> bool {
    let mut browser = house.handler();
    browser.get("/sign-in").await;
    let fields = [("name", &*staff.name), ("password", password), ("code", code)];
    let page = browser.submit("/sign-in", &fields).await;
    let signed_in = page.path == "/";
    assert!(signed_in || page.has(".govuk-error-summary"), "{}", page.text());
    signed_in
}

#[tokio::test]
async fn one_wrong_factor_is_enough_to_be_refused() {
    let house = House::empty().await;
    // One account for each attempt: a second one for the same account would be slowed.
    for (name, password, age) in [
        ("anna", Some("en forkert adgangskode"), 0),
        ("bo", Some(""), 0),
        ("carl", None, 300),
        ("dora", None, -300),
    ] {
        let staff = house.enrol(name).await;
        house.clock.advance(60);
        let code = staff.factor.code_at(house.now().saturating_add_signed(age)).unwrap();
        let password = password.unwrap_or(&staff.password);
        assert!(!try_to_sign_in(&house, &staff, password, &code).await, "{name}");
    }
    let erik = house.enrol("erik").await;
    assert!(!try_to_sign_in(&house, &erik, &erik.password, "").await);
    let nobody = Staff { name: "nobody".to_owned(), ..erik };
    house.clock.advance(60);
    let code = nobody.factor.code_at(house.now()).unwrap();
    assert!(!try_to_sign_in(&house, &nobody, &nobody.password, &code).await);
}

#[tokio::test]
async fn a_one_time_password_works_once() {
    let (house, anna) = House::new().await;
    house.clock.advance(60);
    let code = anna.factor.code_at(house.now()).unwrap();
    assert!(try_to_sign_in(&house, &anna, &anna.password, &code).await);
    assert!(!try_to_sign_in(&house, &anna, &anna.password, &code).await, "a code is used up");
    house.clock.advance(30);
    let next = anna.factor.code_at(house.now()).unwrap();
    assert!(try_to_sign_in(&house, &anna, &anna.password, &next).await);
}

#[tokio::test]
async fn an_invitation_works_once_and_for_seven_days() {
    let house = House::empty().await;
    let link = house.invite("bo").await;
    let mut browser = house.handler();
    let address = format!("/enrol/{link}");
    assert!(browser.get(&address).await.has("img[src^='data:image/png']"));
    house.clock.advance(8 * 86_400);
    assert!(!browser.get(&address).await.has("form input[name=password]"), "the link is too old");
    house.clock.advance(-8 * 86_400);
    let factor = second_factor(&browser.get(&address).await);
    let code = factor.code_at(house.now()).unwrap().to_string();
    for (password, repeated, code) in [
        ("kort", "kort", code.as_str()),
        ("en lang adgangskode", "en anden adgangskode", &code),
        ("en lang adgangskode", "en lang adgangskode", "000000"),
        (&"x".repeat(257), &"x".repeat(257), &code),
    ] {
        let fields = [("password", password), ("repeated", repeated), ("code", code)];
        let page = browser.submit("", &fields).await;
        assert!(page.has(".govuk-error-summary"), "{}", page.text());
    }
    let fields =
        [("password", "en lang adgangskode"), ("repeated", "en lang adgangskode"), ("code", &code)];
    let page = browser.submit("", &fields).await;
    assert_eq!(page.path, "/enrolled?vouched", "{}", page.text());
    assert!(!browser.get(&address).await.has("form input[name=password]"), "the link is used up");
}

/// The second factor on the page for enrolling.
fn second_factor(page: &Page) -> SecondFactor {
    let secret = page.all(".code")[0].replace(' ', "");
    let secret = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    SecondFactor::from_bytes(&secret).unwrap()
}

#[tokio::test]
async fn whoever_gave_the_link_does_not_have_the_second_factor() {
    let mut house = House::empty().await;
    let (mine, other) = (house.invite("bo").await, house.invite("carl").await);
    let (mine, other) = (format!("/enrol/{mine}"), format!("/enrol/{other}"));
    let mut bo = house.handler();
    let shown = bo.get(&mine).await.all(".code");
    assert_ne!(house.handler().get(&mine).await.all(".code"), shown, "another browser");
    assert_ne!(bo.get(&other).await.all(".code"), shown, "another handler at the same machine");
    house.restart().await;
    let mut bo = bo.moved_to(&house.app);
    assert_eq!(bo.get(&mine).await.all(".code"), shown, "the page can be loaded again");
}

#[tokio::test]
async fn links_that_somebody_made_up_enrol_nobody() {
    let house = House::empty().await;
    let mut browser = house.handler();
    for link in ["x", "AAAA", &"A".repeat(64), "%2e%2e%2f"] {
        let page = browser.get(&format!("/enrol/{link}")).await;
        assert!(!page.has("form input[name=password]"), "{link}");
    }
}

#[tokio::test]
async fn a_handler_nobody_vouched_for_gets_no_case() {
    let (house, anna) = House::new().await;
    let bo = house.enrol("bo").await;
    house.report("Før nogen har sagt god for Bo.").await;
    let inbox = house.signed_in(&bo).await.page.unwrap();
    assert!(!inbox.has("a[href^='/cases/']"));

    let mut first = house.signed_in(&anna).await;
    let page = first.get("/handlers").await;
    assert!(page.text().contains("Ring først."), "{}", page.text());
    let action = page.attributes("form[action^='/handlers/']", "action")[0].clone();
    let page = first.submit(&action, &[]).await;
    assert_eq!(page.path, "/handlers");
    assert!(!page.has("form[action^='/handlers/']"), "nobody is left to vouch for");
    assert!(!page.text().contains("Ring først."), "{}", page.text());

    house.report("Efter at nogen har sagt god for Bo.").await;
    let mut second = house.signed_in(&bo).await;
    let inbox = second.page.clone().unwrap();
    let cases = inbox.attributes("a[href^='/cases/']", "href");
    assert_eq!(cases.len(), 1, "the new one, not the old one");
    assert!(second.get(&cases[0]).await.text().contains("Efter at nogen"));
}

#[tokio::test]
async fn only_the_first_receiver_can_vouch() {
    let (house, anna) = House::new().await;
    let bo = house.enrol("bo").await;
    house.enrol("carl").await;
    let mut first = house.signed_in(&anna).await;
    let page = first.get("/handlers").await;
    let actions = page.attributes("form[action^='/handlers/']", "action");
    assert_eq!(actions.len(), 2);
    let mut second = house.signed_in(&bo).await;
    let page = second.get("/handlers").await;
    assert!(!page.has("form[action^='/handlers/']"));
    let token = page.attributes("input[name=token]", "value")[0].clone();
    for action in actions {
        let body = format!("token={token}");
        let request = second
            .build(axum::http::Method::POST, &action)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::from(body))
            .unwrap();
        assert_eq!(second.request(request).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_case_of_others_and_no_case_are_the_same_page() {
    let (house, anna) = House::new().await;
    let bo = house.enrol("bo").await;
    house.report("Kun for Anna.").await;
    let inbox = house.signed_in(&anna).await.page.unwrap();
    let case = inbox.attributes("a[href^='/cases/']", "href")[0].clone();
    let mut other = house.signed_in(&bo).await;
    let foreign = other.get(&case).await;
    let missing = other.get("/cases/00000000000000000000000000000000").await;
    let nonsense = other.get("/cases/..").await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert_eq!(nonsense.status, StatusCode::NOT_FOUND);
    // Only the links to the same page in the other language name the address.
    let without = |page: &crate::support::Page, path: &str| {
        String::from_utf8(page.body.clone()).unwrap().replace(path, "").trim_end().to_owned()
    };
    assert_eq!(
        without(&foreign, &case),
        without(&missing, "/cases/00000000000000000000000000000000")
    );
    assert_eq!(foreign.body.len(), missing.body.len());
}

#[tokio::test]
async fn whoever_has_the_password_tries_few_one_time_codes_in_a_step_of_the_clock() {
    let (house, anna) = House::new().await;
    house.clock.advance(60);
    let comes_in = async |code: &str| {
        let password = Secret::from(anna.password.as_str());
        let (place, class, lane) = ("handler-mirror", Class::MirrorHandler, Lane(1));
        let portal = &house.portal;
        portal.sign_in_handler(&anna.name, password, code, place, class, lane).await.unwrap()
    };
    // At once, so that no pause stands between them.
    let guesses = (0..CODES_PER_STEP).map(|_| comes_in("not a code"));
    assert!(futures::future::join_all(guesses).await.iter().all(Option::is_none));
    let right = anna.factor.code_at(house.now()).unwrap();
    assert!(comes_in(&right).await.is_none(), "the right one is not looked at any more");
}
