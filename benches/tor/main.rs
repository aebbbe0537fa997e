//! Our onion service against the C tor daemon: the same portal and the same pages, once
//! through arti in the process and once through a `tor` before its mirror, on a private
//! network, in turns and on fresh circuits.
//!
//! `cargo bench --bench tor` runs all of it; `-- upload circuits pages` some. Single figures mean
//! little here: which relays share a core decides as much as the service does.

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

#[path = "../../tests/onion/browser.rs"]
mod browser;
#[path = "../table.rs"]
mod table;

mod both;
mod circuits;
mod pages;
mod upload;

use both::Both;
use table::Table;

fn main() {
    let wanted = table::wanted();
    let mut table = Table::default();
    let both = Both::start();
    if wanted("upload") {
        upload::measure(&both, &mut table);
    }
    if wanted("circuits") {
        circuits::measure(&both, &mut table);
    }
    if wanted("pages") {
        pages::measure(&both, &mut table);
    }
    table.end();
    both.stop();
}
