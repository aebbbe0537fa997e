//! Vouching, against somebody who can write the database but has no pepper.

use axum::http::StatusCode;
use sluse::installation;
use sluse::store::Connection;
use sluse::store::instance;
use sluse::vault::vouch::Voucher;
use sluse::vault::{Context, KeyPair};

use crate::support::{Browser, House, Page};

/// What the attacker writes.
async fn in_database<T>(house: &House, work: impl AsyncFnOnce(&mut Connection) -> T) -> T {
    let store = installation::open_store(&house.config).await.unwrap();
    let mut transaction = store.begin().await.unwrap();
    let result = work(&mut transaction).await;
    transaction.commit().await.unwrap();
    store.close().await;
    result
}

/// Puts another key in the place of a handler's.
async fn swap_key(house: &House, name: &str) {
    in_database(house, async |connection| {
        sqlx::query("update handlers set public_key = $1 where name = $2")
            .bind(KeyPair::random().public().to_bytes())
            .bind(name.to_owned())
            .execute(connection)
            .await
            .unwrap();
    })
    .await;
}

/// Takes a handler's place, and that of the one who vouches for all.
async fn take_over(house: &House, name: &str) {
    in_database(house, async |connection| {
        let keys = KeyPair::random();
        let voucher = Voucher::from_seed(keys.seed());
        let id = instance::get(connection).await.unwrap().unwrap().id;
        let handler: Vec<u8> =
            sqlx::query_scalar("select handler_id from handlers where name = $1")
                .bind(name.to_owned())
                .fetch_one(&mut *connection)
                .await
                .unwrap();
        let vouch =
            voucher.vouch(&keys.public(), &Context::new("sluse/vouch/v1", id).with(&handler));
        sqlx::query(
            "update handlers set public_key = $1, vouch = $2, state = 'vouched' where name = $3",
        )
        .bind(keys.public().to_bytes())
        .bind(vouch.as_bytes().to_vec())
        .bind(name.to_owned())
        .execute(&mut *connection)
        .await
        .unwrap();
        sqlx::query("update instance set voucher_key = $1")
            .bind(voucher.public().to_bytes().to_vec())
            .execute(connection)
            .await
            .unwrap();
    })
    .await;
}

async fn cases(house: &House) -> i64 {
    in_database(house, async |connection| {
        sqlx::query_scalar("select count(*) from cases").fetch_one(connection).await.unwrap()
    })
    .await
}

async fn send(house: &House) -> Page {
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    reporter.upload("/report", &[("text", "Nogen tager af kassen.")], &[]).await;
    reporter.submit("/report/send", &[]).await
}

/// The fingerprint on a handler's line.
fn fingerprint(page: &Page, name: &str) -> String {
    let names = page.all("tbody th");
    let line = names.iter().position(|found| found == name).unwrap();
    page.all("tbody tr")[line]
        .split_whitespace()
        .filter(|word| word.len() == 4 && word.chars().all(|letter| letter.is_ascii_hexdigit()))
        .collect::<Vec<_>>()
        .join(" ")
}

async fn vouch(first: &mut Browser) -> Page {
    let page = first.page.clone().unwrap();
    let action = page.attributes("form[action^='/handlers/']", "action")[0].clone();
    first.submit(&action, &[]).await
}

#[tokio::test]
async fn no_case_is_wrapped_where_somebody_put_another_first_receiver_into_the_database() {
    let (house, _) = House::new().await;
    assert_eq!(send(&house).await.path, "/receipt");
    house.enrol("bo").await;
    take_over(&house, "bo").await;
    let page = send(&house).await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", page.text());
    assert_eq!(cases(&house).await, 1, "only the one from before");
}

#[tokio::test]
async fn whoever_is_in_the_first_receivers_place_vouches_for_nobody() {
    let (house, anna) = House::new().await;
    house.enrol("bo").await;
    let mut first = house.signed_in(&anna).await;
    first.get("/handlers").await;
    take_over(&house, "anna").await;
    assert_eq!(vouch(&mut first).await.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn a_handler_reads_the_fingerprint_of_the_key_they_have_and_not_of_the_one_that_is_stored() {
    let (house, anna) = House::new().await;
    let bo = house.enrol("bo").await;
    let mut own = house.signed_in(&bo).await;
    let before = own.get("/handlers").await;
    assert!(!before.has(".govuk-error-message"));
    swap_key(&house, "bo").await;
    let page = own.get("/handlers").await;
    assert_eq!(fingerprint(&page, "bo"), fingerprint(&before, "bo"));
    assert!(page.has(".govuk-error-message"), "and is told that the stored one differs");
    let theirs = house.signed_in(&anna).await.get("/handlers").await;
    assert_ne!(fingerprint(&theirs, "bo"), fingerprint(&before, "bo"));
    assert!(!theirs.has(".govuk-error-message"));
}

#[tokio::test]
async fn a_key_that_was_swapped_while_the_telephone_was_in_use_is_not_vouched_for() {
    let (house, anna) = House::new().await;
    house.enrol("bo").await;
    let mut first = house.signed_in(&anna).await;
    first.get("/handlers").await;
    swap_key(&house, "bo").await;
    let page = vouch(&mut first).await;
    assert!(page.has(".govuk-error-summary"), "{}", page.text());
    assert!(page.has("form[action^='/handlers/']"), "bo still waits");
}

#[tokio::test]
async fn a_form_without_a_fingerprint_vouches_for_nobody() {
    let (house, anna) = House::new().await;
    house.enrol("bo").await;
    let mut first = house.signed_in(&anna).await;
    let page = first.get("/handlers").await;
    let action = page.attributes("form[action^='/handlers/']", "action")[0].clone();
    let token = page.attributes("input[name=token]", "value")[0].clone();
    let request = first
        .build(axum::http::Method::POST, &action)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from(format!("token={token}")))
        .unwrap();
    first.request(request).await;
    assert!(first.get("/handlers").await.has("form[action^='/handlers/']"), "bo still waits");
}
