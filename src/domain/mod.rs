//! The rules of the scheme: what happens to a report, a draft, a case, a handler.
//!
//! No HTTP and no SQL text in here. `web` asks this module and gets values it can
//! show; it never names the vault or the store.

pub mod attachment;
pub mod case_files;
pub mod case_words;
pub mod changing;
mod contexts;
pub mod derivations;
pub mod dialogue;
pub mod draft;
pub mod draft_files;
pub mod identity;
pub mod incoming;
pub mod intake;
pub mod invitation;
pub mod last_sign_in;
pub mod later;
pub mod left;
pub mod message;
mod opening;
pub mod pauses;
pub mod policy;
pub mod portal;
pub mod progress;
pub mod questionnaire;
pub mod revealing;
mod sealed;
pub mod session;
pub mod sign_in;
pub mod sweep;
pub mod turns;
pub mod unit;
pub mod waiting;

pub use crate::store::cases::{CaseRow, CaseState, WaitingFor};
pub use crate::store::handlers::HandlerState;
pub use crate::store::{CaseId, FileId, HandlerId, HandlerName, ItemId, StoreError};
pub use crate::vault::Key as TokenKey;
pub use crate::vault::random as random_bytes;
pub use crate::vault::token::Ticket;
pub use crate::vault::totp::SecondFactor;
pub use crate::vault::{CodeLength, NotAReceiptCode, ReceiptCode, Secret};
pub use portal::{Failure, Portal};
