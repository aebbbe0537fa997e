//! A whistleblowing portal.

pub mod clock;
pub mod domain;
pub mod limits;
pub mod store;
pub mod vault;
