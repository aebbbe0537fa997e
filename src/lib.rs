//! A whistleblowing portal: an onion service and a clearnet mirror in one binary.
//!
//! The modules in the order in which a report passes through them. `ARCHITECTURE.md`
//! has the map, and `tests/tidy.rs` holds it.

pub mod transport;

pub mod web;

pub mod domain;

pub mod vault;

pub mod store;

pub mod checks;
pub mod command;
pub mod installation;
pub mod machine;
pub mod serve;
pub mod status;

pub mod clock;
pub mod config;
pub mod limits;
pub mod log;
pub mod stack;
