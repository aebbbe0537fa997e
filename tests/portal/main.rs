//! The whole portal in process: real pages, real database, real worker.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test that cannot go on says where it stopped"
)]

#[path = "../support/mod.rs"]
mod support;

mod attachments;
mod case_files;
mod codes;
mod dialogue;
mod doors;
mod formats;
mod forms;
mod handler;
mod hard;
mod information;
mod later;
mod long;
mod look;
mod opening;
mod questions;
mod reporter;
mod routes;
mod sessions;
mod signed_out;
mod sweep;
mod texts;
mod vouching;
mod ways_out;
mod weight;
