//! Whether the time of an answer tells a right code from a wrong one: samples of both, one
//! after the other, Welch's test on their means, and Mann and Whitney's on their ranks, which
//! a few slow samples cannot blunt. Beyond 4.5 standard errors, which is what tests for leaks
//! in cryptography use, the two are taken to differ.

use std::time::{Duration, Instant};

use sluse::domain::ReceiptCode;
use sluse::vault::Cost;

use crate::reporter::{patient, report};
use crate::support::CHEAP;
use crate::support::browser::Browser;
use crate::support::program::Installation;
use crate::table::{Table, percentile};

/// Pairs with a derivation that takes no time, so that everything else is seen.
const CHEAP_PAIRS: usize = 5_000;
/// Pairs at the cost at which people wait.
const FULL_PAIRS: usize = 30;
const STANDARD_ERRORS: f64 = 4.5;

pub async fn measure(table: &mut Table) {
    compare(table, CHEAP, CHEAP_PAIRS, "without the derivation").await;
    compare(table, Cost::STANDARD, FULL_PAIRS, "at full cost").await;
}

async fn compare(table: &mut Table, cost: Cost, pairs: usize, how: &str) {
    let installation = Installation::new(cost, |_| {}).await;
    let running = installation.start().await;
    let right = report(&installation, "Før alle de andre.", &[]).await;
    let (mut rights, mut wrongs) = (Vec::new(), Vec::new());
    let mut browser = installation.reporter();
    for pair in 0..pairs {
        let wrong = ReceiptCode::random().in_groups().to_string();
        // Which comes first changes, so that neither always finds what the other warmed.
        if pair % 2 == 0 {
            rights.push(sample(&mut browser, &right).await);
            wrongs.push(sample(&mut browser, &wrong).await);
        } else {
            wrongs.push(sample(&mut browser, &wrong).await);
            rights.push(sample(&mut browser, &right).await);
        }
    }
    running.stop().await;
    table.line(&format!("right and wrong codes {how}"), &format!("{pairs} pairs"), None);
    let goal = format!("within {STANDARD_ERRORS}");
    for (test, errors) in [("means", welch(&rights, &wrongs)), ("ranks", ranks(&rights, &wrongs))] {
        let measured = format!("{errors:+.2} standard errors");
        let goal = (&*goal, errors.abs() <= STANDARD_ERRORS);
        table.line(&format!("  between their {test}"), &measured, Some(goal));
    }
    for (which, samples) in [("right", &mut rights), ("wrong", &mut wrongs)] {
        let middle = percentile(samples, 50);
        table.line(&format!("  median of {which} ones"), &format!("{middle:.3?}"), None);
    }
}

/// The time until the answer to a code is there. Whoever came in goes out again, or the
/// sessions would grow.
async fn sample(browser: &mut Browser, code: &str) -> Duration {
    browser.get("/sign-in").await;
    let begun = Instant::now();
    let answer = browser.try_post("/sign-in", &[("code", code)]).await.expect("an answer");
    let took = begun.elapsed();
    let page = patient(browser, answer, "/sign-in/wait").await;
    if page.headers.get("location").is_some_and(|to| to == "/case") {
        browser.get("/case").await;
        browser.submit("/sign-out", &[]).await;
    }
    took
}

/// How many standard errors apart two means are.
fn welch(one: &[Duration], other: &[Duration]) -> f64 {
    let ((mean, spread), (other_mean, other_spread)) = (moments(one), moments(other));
    (mean - other_mean) / (spread + other_spread).sqrt()
}

/// The same for their ranks among all samples.
fn ranks(one: &[Duration], other: &[Duration]) -> f64 {
    let mut all: Vec<(Duration, bool)> = one.iter().map(|sample| (*sample, true)).collect();
    all.extend(other.iter().map(|sample| (*sample, false)));
    all.sort_unstable();
    let (n, m) = (one.len() as f64, other.len() as f64);
    let places = (1..).zip(&all).filter(|(_, (_, is_one))| *is_one);
    let sum: f64 = places.map(|(place, _)| f64::from(place)).sum();
    (sum - n * (n + m + 1.0) / 2.0) / (n * m * (n + m + 1.0) / 12.0).sqrt()
}

/// Mean, and variance of the mean.
fn moments(samples: &[Duration]) -> (f64, f64) {
    let number = samples.len() as f64;
    let seconds = || samples.iter().map(Duration::as_secs_f64);
    let mean = seconds().sum::<f64>() / number;
    let squares = seconds().map(|sample| (sample - mean).powi(2)).sum::<f64>();
    (mean, squares / (number - 1.0) / number)
}
