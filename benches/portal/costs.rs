//! CPU of one report in the portal's own process: all pages from the empty form to the code
//! typed back. The derivation is made so cheap that it does not count, and files are
//! cleaned by another process.

use std::time::Duration;

use crate::process::cpu;
use crate::reporter::report;
use crate::support::CHEAP;
use crate::support::browser::Upload;
use crate::support::program::{Installation, Running};
use crate::table::Table;

const REPORTS: u32 = 300;
const WARM: u32 = 20;
const LINE: &str = "I marts blev der igen betalt for varer, som ingen har set på lageret.\n";

pub async fn measure(table: &mut Table) {
    let installation = Installation::new(CHEAP, |_| {}).await;
    let running = installation.start().await;
    let text = LINE.repeat(20);
    let words = cost(&installation, &running, &text, &[]).await;
    table.at_most("CPU of a report in words", words, Duration::from_millis(3));
    let file = LINE.repeat((1 << 20) / LINE.len());
    let files = [Upload { name: "noter.txt", bytes: file.as_bytes() }];
    let with_file = cost(&installation, &running, &text, &files).await;
    let most = Duration::from_millis(6);
    table.at_most("CPU of a report with 1 MiB, cleaning apart", with_file, most);
    running.stop().await;
}

async fn cost(
    installation: &Installation,
    running: &Running,
    text: &str,
    files: &[Upload<'_>],
) -> Duration {
    for _ in 0..WARM {
        report(installation, text, files).await;
    }
    let before = cpu(running.pid());
    for _ in 0..REPORTS {
        report(installation, text, files).await;
    }
    cpu(running.pid()).saturating_sub(before) / REPORTS
}
