//! The doors as a site runs them: the real program, behind a real nginx with the
//! configuration from `deploy/`, and with TLS of its own.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::print_stderr,
    reason = "a test that cannot go on says where it stopped"
)]

#[path = "../support/mod.rs"]
mod support;

mod certificate;
mod client;
mod installation;
mod nginx;
mod patience;
mod places;
mod proxy;
mod slow;
mod start;
mod tls;
mod traces;
mod unit;
