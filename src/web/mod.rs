//! HTTP and HTML, and nothing else.
//!
//! One router and one set of templates serve every door. A page is a struct above its
//! handler; a handler is a sentence: who, what, answer. Nothing here names the vault or
//! the store.

pub mod actor;
pub mod app;
pub mod assets;
pub mod cookies;
mod dialogue;
pub mod door;
pub mod error;
mod files;
pub mod form;
pub mod handler;
pub mod headers;
mod kept_text;
pub mod page;
pub mod reporter;
pub mod routes;
mod sign_out;
pub mod site;
pub mod text;

pub use crate::domain::turns::Lane;
pub use app::App;
pub use door::{Arrival, Door, Front, Surface};
pub use site::Site;
