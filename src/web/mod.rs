//! HTTP and HTML, and nothing else.
//!
//! One router and one set of templates serve every door. A page is a struct above its
//! handler; a handler is a sentence: who, what, answer. Nothing here names the vault or
//! the store.

mod actor;
mod app;
mod assets;
mod attachment;
mod case_files;
mod compressed;
mod cookies;
mod dialogue;
mod door;
mod error;
mod files;
mod form;
mod handler;
pub mod headers;
pub mod information;
mod kept_text;
pub mod look;
mod page;
mod progress;
mod qr;
mod questions;
mod reporter;
pub mod routes;
mod session;
mod sign_out;
pub mod site;
pub mod text;
mod view;
mod way_out;

pub use crate::domain::turns::Lane;
pub use app::App;
pub use door::{Arrival, Door, Front, Surface};
pub use site::Site;
