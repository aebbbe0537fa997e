//! Twenty connections that try one code after the other, and those who have a right to
//! come in.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use sluse::vault::{Cost, ReceiptCode};

use crate::sending::Sending;
use crate::support::Browser;
use crate::support::program::{Installation, until};

/// What one derivation costs here: half of the standard.
const COST: Cost = Cost { memory_kib: 64 * 1024, passes: 3 };
const CONNECTIONS: usize = 20;
/// Within this time an honest reporter is in.
const REPORTER: Duration = Duration::from_secs(15);
/// Within this time a handler has a page.
const HANDLER: Duration = Duration::from_secs(1);
/// How often each of them is measured.
const ROUNDS: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_wrong_codes_keeps_nobody_out() {
    let installation = Installation::new(COST, |_| {}).await;
    let running = installation.start().await;
    let mut report = Sending::new(&installation, "Før floden.".to_owned(), false);
    report.run().await.unwrap();
    let code = report.code.unwrap();
    let mut handler = installation.signed_in(&installation.anna).await;

    let flood = Flood::begin(&installation);
    until("the flood has begun", || flood.refused.load(Ordering::Relaxed) > CONNECTIONS).await;
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
    let tried = flood.end().await;
    println!(
        "faults: during {tried} wrong codes a reporter was in after at most {slowest_reporter:.1?}, \
         a handler had a page after {slowest_page:.2?} and signed in within {sign_in:.1?}"
    );
    assert!(slowest_page < HANDLER, "a handler waited {slowest_page:?}");
    assert!(slowest_reporter < REPORTER, "an honest reporter waited {slowest_reporter:?}");
    running.stop().await;
}

/// How long an honest reporter takes to come in, trying again when told to.
async fn sign_in(installation: &Installation, code: &str) -> Duration {
    let begun = Instant::now();
    let mut browser = installation.reporter();
    browser.get("/sign-in").await;
    let form = browser.clone();
    loop {
        let mut browser = form.clone();
        let page = browser.submit("/sign-in", &[("code", code)]).await;
        if page.path == "/case" {
            return begun.elapsed();
        }
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{}", page.text());
        assert!(begun.elapsed() < 2 * REPORTER, "kept out by wrong codes");
    }
}

struct Flood {
    on: Arc<AtomicBool>,
    refused: Arc<AtomicUsize>,
    tasks: Vec<tokio::task::JoinHandle<()>>,
}

impl Flood {
    fn begin(installation: &Installation) -> Flood {
        let (on, refused) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicUsize::new(0)));
        let tasks = (0..CONNECTIONS).map(|_| {
            let browser = installation.reporter();
            tokio::spawn(guess(browser, on.clone(), refused.clone()))
        });
        Flood { tasks: tasks.collect(), on, refused }
    }

    async fn end(self) -> usize {
        self.on.store(false, Ordering::Relaxed);
        for task in self.tasks {
            task.await.unwrap();
        }
        self.refused.load(Ordering::Relaxed)
    }
}

async fn guess(mut browser: Browser, on: Arc<AtomicBool>, refused: Arc<AtomicUsize>) {
    browser.get("/sign-in").await;
    let form = browser.page.clone();
    while on.load(Ordering::Relaxed) {
        browser.page.clone_from(&form);
        let code = ReceiptCode::random().in_groups();
        let page = browser.submit("/sign-in", &[("code", &code)]).await;
        assert_ne!(page.path, "/case", "a guess opened a report");
        refused.fetch_add(1, Ordering::Relaxed);
    }
}
