//! What is left after a crash, a broken disk or a flood: the real program on a loopback
//! port, with `strace` as the hand that breaks things. Needs root, as tracing a process
//! that refuses to be dumped does.

#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::print_stdout,
    reason = "a test that cannot go on says where it stopped"
)]

#[path = "../support/mod.rs"]
mod support;

mod errors;
mod flood;
mod full;
mod kills;
mod order;
mod sending;
mod storage;
mod trace;
