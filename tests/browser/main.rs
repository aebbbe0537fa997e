//! The portal in real browsers: Firefox set up like Tor Browser at its safest level, on
//! the onion addresses and on the mirror; Chromium as narrow as a phone; and axe over
//! every page.

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
#[path = "../doors/installation.rs"]
mod installation;
#[path = "../onion/portal.rs"]
mod portal;
#[path = "../support/mod.rs"]
mod support;

mod axe;
mod browsers;
mod facts;
mod gallery;
mod journey;
mod keys;
mod place;
mod reading;
mod recorder;
mod sight;
mod unit;
mod valid;
mod walks;
mod webdriver;
