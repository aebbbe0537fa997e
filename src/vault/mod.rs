//! Encryption at rest: pure functions on bytes, no file, no network, no clock.
//!
//! After a request has ended, nothing on the disk and nothing in this program's own
//! code can open what the request stored. That promise is made of four parts:
//!
//! - [`chunked`]: everything that rests is Cobblestone-256, a published format for
//!   AES-256-GCM in chunks. [`Sealed`] is what comes out, and the only thing that
//!   `store` accepts: plain text cannot reach SQL because it has another type.
//! - [`wrap`]: every key that rests is wrapped with HPKE to the public key of a
//!   person or of a case. Writing needs public keys only.
//! - [`code`] and [`password`]: what people know opens their own key, through a slow
//!   derivation with a pepper that is in no database and in no backup.
//! - [`context`]: whatever is sealed or wrapped is bound to the row it belongs to,
//!   so that somebody who can write the database cannot swap rows.
//!
//! Every stored value begins with a magic, a version and a suite; anything else is
//! refused before a key is tried on it.

pub mod backup;
pub mod chunked;
pub mod code;
pub mod context;
pub mod derivation;
pub mod fingerprint;
pub mod padding;
pub mod password;
pub mod sealed;
pub mod secret;
pub mod token;
pub mod totp;
pub mod vouch;
pub mod wrap;

/// Under this name the vault says that it did something that takes time, and no more. Tests
/// count it; no log passes that level.
const WORK: &str = "sluse::work";

pub use code::{CodeKeys, CodeLength, LookupId, NotAReceiptCode, ReceiptCode};
pub use context::{Context, InstanceId};
pub use derivation::{Cost, Pepper};
pub use fingerprint::{Fingerprint, Fingerprinting};
pub use password::{PasswordKeys, Verifier};
pub use sealed::{CannotOpen, Sealed, Stored};
pub use secret::{Key, Secret, random};
pub use wrap::{KeyPair, PublicKey, Wrap};
