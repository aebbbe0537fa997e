//! What the portal costs and how it holds up under many people: the real program on real
//! files, against a peer or a limit measured in the same run.
//!
//! `cargo bench --bench portal` runs all of it; `-- sealing costs crowd codes timing memory` some.
//! Nothing else should run on the machine meanwhile.

#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on says where it stopped, and prints what it found"
)]

#[path = "../../tests/support/mod.rs"]
mod support;

#[path = "../table.rs"]
mod table;

mod codes;
mod costs;
mod crowd;
mod memory;
mod process;
mod reporter;
mod sealing;
mod timing;

use table::Table;

fn main() {
    let wanted = table::wanted();
    let mut table = Table::default();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    if wanted("sealing") {
        sealing::measure(&mut table);
    }
    if wanted("costs") {
        runtime.block_on(costs::measure(&mut table));
    }
    if wanted("memory") {
        runtime.block_on(memory::measure(&mut table));
    }
    if wanted("codes") {
        runtime.block_on(codes::measure(&mut table));
    }
    if wanted("timing") {
        runtime.block_on(timing::measure(&mut table));
    }
    if wanted("crowd") {
        runtime.block_on(crowd::measure(&mut table));
    }
    table.end();
}
