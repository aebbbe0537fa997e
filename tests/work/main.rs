//! Right and wrong codes do the same work. The work is counted and no time is taken: a
//! clock would tell about this machine. A program of its own, because what is counted is
//! all that the process does.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test that cannot go on says where it stopped"
)]

#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{LazyLock, Mutex};

use sluse::domain::ReceiptCode;
use support::{Browser, House};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

/// What was done since the last look, and how often.
type Work = BTreeMap<String, usize>;
static DONE: LazyLock<Mutex<Work>> = LazyLock::new(Mutex::default);

/// Counts what the vault and the database say that they do.
struct Counter;

impl<S: Subscriber> Layer<S> for Counter {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let what = match event.metadata().target() {
            "sqlx::query" => "statement".to_owned(),
            "sluse::work" => {
                let mut said = Said(String::new());
                event.record(&mut said);
                said.0
            }
            _ => return,
        };
        *DONE.lock().unwrap().entry(what).or_default() += 1;
    }
}

struct Said(String);

impl Visit for Said {
    fn record_debug(&mut self, _: &Field, value: &dyn Debug) {
        self.0 = format!("{value:?}");
    }
}

/// The work of one sign-in, until it is answered.
async fn work(house: &House, code: &str) -> Work {
    let mut reporter = house.reporter();
    reporter.get("/sign-in").await;
    DONE.lock().unwrap().clear();
    reporter.try_post("/sign-in", &[("code", code)]).await.unwrap();
    std::mem::take(&mut *DONE.lock().unwrap())
}

/// The work of opening a page.
async fn work_of_page(browser: &mut Browser, path: &str) -> Work {
    DONE.lock().unwrap().clear();
    browser.get(path).await;
    std::mem::take(&mut *DONE.lock().unwrap())
}

#[tokio::test]
async fn a_right_and_a_wrong_code_cost_the_same_work() {
    let counting = tracing_subscriber::registry().with(Counter);
    tracing::subscriber::set_global_default(counting).unwrap();
    let (house, _) = House::new().await;
    let code = house.report("En sag.").await;
    let right = work(&house, &code).await;
    for what in ["derivation", "opening", "sealing", "statement"] {
        assert!(right.get(what).is_some_and(|times| *times > 0), "{what} is counted: {right:?}");
    }
    for _ in 0..3 {
        let wrong = ReceiptCode::random().in_groups().to_string();
        assert_eq!(work(&house, &wrong).await, right);
    }
    // What is no code is refused before anything is done, and the count sees the difference.
    assert_eq!(work(&house, "1234").await, Work::new());
    let mut reporter = house.came_back(&code).await;
    let page = work_of_page(&mut reporter, "/case").await;
    assert!(page["opening"] > right["opening"], "{page:?}");
}
