//! Handlers at work while codes are being derived at their full cost.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use sluse::domain::ReceiptCode;
use sluse::vault::Cost;
use tokio::task::JoinSet;

use crate::reporter::{patient, report};
use crate::support::Browser;
use crate::support::program::Installation;
use crate::table::{Table, percentile};

const CODES: usize = 20;
const PAGE: Duration = Duration::from_millis(150);
/// What somebody with a right code may wait while others guess: turns go round.
const SIGN_IN: Duration = Duration::from_secs(15);
/// Between two pages that a handler opens.
const PAUSE: Duration = Duration::from_millis(20);

pub async fn measure(table: &mut Table) {
    let installation = Installation::new(Cost::STANDARD, |_| {}).await;
    let running = installation.start().await;
    let code = report(&installation, "Før alle de andre.", &[]).await;
    let mut anna = installation.signed_in(&installation.anna).await;
    let alone = come_in(&installation, &code).await;
    table.line("a reporter signs in, nobody else there", &format!("{alone:.2?}"), None);

    let mut guesses = JoinSet::new();
    for _ in 0..CODES {
        guesses.spawn(guess(installation.reporter()));
    }
    let mut pages = Vec::new();
    while guesses.try_join_next().is_some() || !guesses.is_empty() {
        let begun = Instant::now();
        assert_eq!(anna.get("/").await.status, StatusCode::OK);
        pages.push(begun.elapsed());
        tokio::time::sleep(PAUSE).await;
    }
    let what = format!("handler's page while {CODES} codes are derived, p95 of {}", pages.len());
    table.at_most(&what, percentile(&mut pages, 95), PAGE);

    for _ in 0..CODES {
        guesses.spawn(guess(installation.reporter()));
    }
    let honest = come_in(&installation, &code).await;
    while guesses.join_next().await.is_some() {}
    table.at_most(&format!("a reporter signs in behind {CODES} wrong codes"), honest, SIGN_IN);
    running.stop().await;
}

async fn guess(mut browser: Browser) {
    browser.get("/sign-in").await;
    let code = ReceiptCode::random().in_groups().to_string();
    let page = browser.submit("/sign-in", &[("code", &code)]).await;
    let page = patient(&mut browser, page, "/sign-in/wait").await;
    assert_ne!(page.path, "/case", "a guess opened something");
}

async fn come_in(installation: &Installation, code: &str) -> Duration {
    let begun = Instant::now();
    let mut browser = installation.reporter();
    browser.get("/sign-in").await;
    let page = browser.submit("/sign-in", &[("code", code)]).await;
    let page = patient(&mut browser, page, "/sign-in/wait").await;
    assert_eq!(page.path, "/case", "{}", page.text());
    begun.elapsed()
}
