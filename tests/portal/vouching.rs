//! Vouching, against somebody who can write the database but has no pepper.

use axum::http::StatusCode;
use sluse::serve;
use sluse::store::Connection;
use sluse::store::instance;
use sluse::vault::vouch::Voucher;
use sluse::vault::{Context, KeyPair};

use crate::support::{Browser, House, Page};

/// What the attacker writes.
async fn in_database<T>(house: &House, work: impl AsyncFnOnce(&mut Connection) -> T) -> T {
    let store = serve::open_store(&house.config).await.unwrap();
    let mut transaction = store.begin().await.unwrap();
    let result = work(&mut transaction).await;
    transaction.commit().await.unwrap();
    store.close().await;
    result
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
