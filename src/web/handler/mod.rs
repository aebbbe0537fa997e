//! Handlers' pages.

pub(super) mod case;
pub(super) mod enrol;
pub(super) mod file;
pub(super) mod handlers;
pub(super) mod identity;
pub(super) mod inbox;
pub(super) mod opening;
pub(super) mod sign_in;
pub(super) mod status;
