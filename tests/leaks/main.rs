//! What a visit leaves behind: the real program on a loopback port, whose disk, output
//! and memory are searched for whatever people typed. Needs root, as reading the memory
//! of a process that refuses to be dumped does.

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

mod alone;
mod canaries;
mod disk;
mod memory;
mod remains;
mod scenario;
mod visits;
