//! Reporters' pages.

pub(super) mod case;
pub(super) mod check;
pub(super) mod code;
mod code_choice;
pub(super) mod file;
pub(super) mod front;
pub(super) mod identity;
pub(super) mod later;
pub(super) mod leave;
pub(super) mod poster;
pub(super) mod receipt;
pub(super) mod report;
pub(super) mod report_files;
pub(super) mod sign_in;
mod waiting;
