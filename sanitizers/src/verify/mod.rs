//! The second reader: says no unless a clean copy is what it must be.
//!
//! Tools of this kind have reported success and handed back the original. So no
//! byte leaves this crate before another parser than the one that wrote it has
//! walked over it. Nothing in here is shared with the cleaners: a misreading on one
//! side must not be repeated on the other. Where the cleaners ask what to keep,
//! these modules ask what may be there, and everything else is a refusal.

pub(crate) mod icc;
pub(crate) mod png;
pub(crate) mod text;
