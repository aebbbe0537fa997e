//! 1, 4, 16 and 64 reporters at once, at the full cost of a code. Receipts are counted
//! against what the database holds: a report that was lost would be missing there.

use std::time::Instant;

use sqlx::Row as _;

use crate::reporter::report;
use crate::support::program::Installation;
use crate::table::Table;
use sluse::vault::Cost;

/// How many at once, and how many reports each of them sends.
const CROWDS: [(usize, usize); 4] = [(1, 16), (4, 4), (16, 2), (64, 1)];

pub async fn measure(table: &mut Table) {
    let installation = Installation::new(Cost::STANDARD, |_| {}).await;
    let running = installation.start().await;
    let (mut receipts, mut alone) = (0, 0.0);
    for (people, each) in CROWDS {
        let begun = Instant::now();
        let crowd = (0..people).map(|person| {
            let installation = &installation;
            async move {
                for number in 0..each {
                    report(installation, &format!("Nummer {number} fra {person}."), &[]).await;
                }
            }
        });
        futures::future::join_all(crowd).await;
        receipts += people * each;
        let rate = (people * each) as f64 / begun.elapsed().as_secs_f64();
        let what = format!("{people} reporters at once");
        if people == 1 {
            alone = rate;
        }
        let goal = (people == 16).then_some(("not fewer than one alone", rate >= alone));
        table.line(&what, &format!("{rate:.2} reports/s"), goal);
    }
    running.stop().await;
    let stored = stored(&installation).await;
    let measured = format!("{stored} of {receipts}");
    table.line(
        "reports with a receipt that are stored",
        &measured,
        Some(("all", stored == receipts)),
    );
}

async fn stored(installation: &Installation) -> usize {
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(&installation.config.database_url()).await.unwrap();
    let row = sqlx::query("select count(*) from cases").fetch_one(&pool).await.unwrap();
    row.get::<i64, _>(0).try_into().unwrap()
}
