//! Lets in, while a test asks for it, a chunk that is never kept.
//!
//! The test is that of the forbidden neighbours: a row of the canary table must notice.

use super::chunks::Name;
use crate::allow;

/// The name under which the chunks are let in.
const LIST: &str = "png chunks";
/// Texts, dates, small pictures, claims, what programs keep for themselves.
const FORBIDDEN: [&Name; 20] = [
    b"tEXt", b"zTXt", b"iTXt", b"tIME", b"sPLT", b"hIST", b"bKGD", b"oFFs", b"sCAL", b"pCAL",
    b"sTER", b"gIFx", b"caBX", b"dSIG", b"mDCV", b"cLLI", b"vpAg", b"iDOT", b"prVW", b"mkBF",
];

/// Name and number of the chunks.
pub(crate) fn list() -> (&'static str, usize) {
    (LIST, FORBIDDEN.len())
}

/// Whether a chunk is let in.
pub(super) fn is_let_in(name: Name) -> bool {
    allow::let_in(LIST).and_then(|number| FORBIDDEN.get(number)) == Some(&&name)
}
