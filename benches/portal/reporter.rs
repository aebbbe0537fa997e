//! A reporter who goes the whole way and waits where the pages say so.

use std::time::Duration;

use axum::http::StatusCode;

use crate::support::browser::Upload;
use crate::support::program::Installation;
use crate::support::{Browser, Page};

/// Before somebody who was asked to wait looks again.
const PATIENCE: Duration = Duration::from_millis(500);

/// Sends a report from the empty form to the code that was typed back; the code.
pub async fn report(installation: &Installation, text: &str, files: &[Upload<'_>]) -> String {
    let mut browser = installation.reporter();
    browser.get("/report").await;
    let check = browser.upload("/report", &[("text", text)], files).await;
    assert_eq!(check.path, "/report/check", "{}", check.text());
    assert!(!check.has(".files__refused"), "{}", check.text());
    let sent = browser.submit("/report/send", &[]).await;
    let code = patient(&mut browser, sent, "/report/wait").await.code();
    let kept = browser.submit("/receipt", &[("code", &code)]).await;
    assert_eq!(kept.path, "/receipt/kept", "{}", kept.text());
    code
}

/// Waits as the page asks.
pub async fn patient(browser: &mut Browser, mut page: Page, wait: &str) -> Page {
    while page.has("meta[http-equiv=refresh]") || page.status == StatusCode::SERVICE_UNAVAILABLE {
        tokio::time::sleep(PATIENCE).await;
        page = browser.get(wait).await;
    }
    page
}
