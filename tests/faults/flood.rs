//! Twenty connections that try one code after the other, and those who have a right to
//! come in.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use sluse::limits::PASSWORD_PAUSE;
use sluse::vault::{Cost, ReceiptCode};
use tokio::task::JoinSet;

use crate::sending::Sending;
use crate::support::Browser;
use crate::support::program::{Installation, until};

/// What one derivation costs here: a quarter of the standard.
const COST: Cost = Cost { memory_kib: 64 * 1024, passes: 3 };
const CONNECTIONS: usize = 20;
/// Within this time an honest reporter is in.
const REPORTER: Duration = Duration::from_secs(15);
/// Within this time a handler has a page.
const HANDLER: Duration = Duration::from_secs(1);
/// How often each of them is measured.
const ROUNDS: usize = 3;

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_wrong_codes_keeps_nobody_out() {
    let installation = Installation::new(COST, |_| {}).await;
    let running = installation.start().await;
    let mut report = Sending::new(&installation, "Før floden.".to_owned(), false);
    report.run().await.unwrap();
    let code = report.code.unwrap();
    let mut handler = installation.signed_in(&installation.anna).await;

    let flood = Flood::begin(&installation.reporter(), wrong_code);
    until("the flood has begun", || flood.refused() > CONNECTIONS).await;
    let (mut slowest_page, mut slowest_reporter) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        assert_eq!(handler.get("/").await.status, StatusCode::OK);
        slowest_page = slowest_page.max(begun.elapsed());
        slowest_reporter = slowest_reporter.max(sign_in(&installation, &code).await);
    }
    let begun = Instant::now();
    let _second = installation.signed_in(&installation.anna).await;
    let sign_in = begun.elapsed();
    let tried = flood.refused();
    drop(flood);
    println!(
        "faults: during {tried} wrong codes a reporter was in after at most {slowest_reporter:.1?}, \
         a handler had a page after {slowest_page:.2?} and signed in within {sign_in:.1?}"
    );
    assert!(slowest_page < HANDLER, "a handler waited {slowest_page:?}");
    assert!(slowest_reporter < REPORTER, "an honest reporter waited {slowest_reporter:?}");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_wrong_passwords_slows_one_account_and_no_reporter() {
    let installation = Installation::new(COST, |_| {}).await;
    let running = installation.start().await;
    let mut report = Sending::new(&installation, "Før floden.".to_owned(), false);
    report.run().await.unwrap();
    let code = report.code.unwrap();
    let flood = Flood::begin(&installation.handler(), wrong_password);
    until("the flood has begun", || flood.refused() > CONNECTIONS / 2).await;
    let slowest = sign_in(&installation, &code).await;
    let anna = sign_in_anna(&installation).await;
    println!(
        "faults: during wrong passwords for one account a reporter was in after {slowest:.1?} and \
         its owner after {anna:.1?}"
    );
    assert!(slowest < REPORTER, "a reporter waited {slowest:?}");
    assert!(anna < PASSWORD_PAUSE + REPORTER, "the account's owner waited {anna:?}");
    drop(flood);
    running.stop().await;
}

/// How long an honest reporter takes to come in.
async fn sign_in(installation: &Installation, code: &str) -> Duration {
    come_in(installation.reporter(), &[("code", code)], "/case").await
}

/// How long the owner of the account that is guessed at takes to come in.
async fn sign_in_anna(installation: &Installation) -> Duration {
    let anna = &installation.anna;
    let code = installation.code(anna).await;
    let fields = [("name", &*anna.name), ("password", &*anna.password), ("code", &*code)];
    come_in(installation.handler(), &fields, "/").await
}

/// Sends a right form once, and waits as the page does by itself; nobody is told to come
/// back later.
async fn come_in(mut browser: Browser, fields: &[(&str, &str)], to: &str) -> Duration {
    let begun = Instant::now();
    browser.get("/sign-in").await;
    let mut page = browser.submit("/sign-in", fields).await;
    while page.has("meta[http-equiv=refresh]") && begun.elapsed() < REPORTER {
        page = browser.get("/sign-in/wait").await;
    }
    assert_eq!(page.path, to, "{}: {}", page.status, page.text());
    begun.elapsed()
}

/// Connections that guess until this value is dropped.
struct Flood {
    refused: Arc<AtomicUsize>,
    _tasks: JoinSet<()>,
}

impl Flood {
    /// Each connection sends the form of this page with other fields each time.
    fn begin(browser: &Browser, fields: fn() -> Vec<(&'static str, String)>) -> Flood {
        let refused = Arc::new(AtomicUsize::new(0));
        let mut tasks = JoinSet::new();
        for _ in 0..CONNECTIONS {
            tasks.spawn(guess(browser.clone(), fields, refused.clone()));
        }
        Flood { refused, _tasks: tasks }
    }

    fn refused(&self) -> usize {
        self.refused.load(Ordering::Relaxed)
    }
}

async fn guess(
    mut browser: Browser,
    fields: fn() -> Vec<(&'static str, String)>,
    refused: Arc<AtomicUsize>,
) {
    browser.get("/sign-in").await;
    let form = browser.page.clone();
    loop {
        browser.page.clone_from(&form);
        let fields = fields();
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let page = browser.submit("/sign-in", &fields).await;
        assert!(page.path.starts_with("/sign-in"), "a guess opened something");
        refused.fetch_add(1, Ordering::Relaxed);
    }
}

fn wrong_code() -> Vec<(&'static str, String)> {
    vec![("code", ReceiptCode::random().in_groups().to_string())]
}

fn wrong_password() -> Vec<(&'static str, String)> {
    let value = |value: &str| value.to_owned();
    vec![
        ("name", value("anna")),
        ("password", value("et forkert kodeord")),
        ("code", value("000000")),
    ]
}
