//! The portal in real browsers: Firefox set up like Tor Browser at its safest level, on
//! the onion addresses and on the mirror; Chromium as narrow as a phone; and axe over
//! every page. On the way that most go, and on those of whoever is stopped, waits, comes
//! back or makes a mistake.

#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test that cannot go on says where it stopped"
)]

#[path = "../onion/browser.rs"]
mod browser;
#[path = "../doors/certificate.rs"]
mod certificate;
#[path = "../doors/client.rs"]
mod client;
#[path = "../doors/installation.rs"]
mod installation;
#[path = "../onion/portal.rs"]
mod portal;
#[path = "../support/mod.rs"]
mod support;

mod axe;
mod browsers;
mod cases;
mod exit;
mod facts;
mod gallery;
mod inside;
mod journey;
mod keys;
mod place;
mod poster;
mod reading;
mod recorder;
mod relay;
mod sight;
mod standstill;
mod states;
mod stops;
mod unit;
mod valid;
mod walks;
mod webdriver;
mod words;
