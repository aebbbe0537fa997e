//! What is promised about documents, proven on documents made for it.

mod build;
mod canaries;
mod corpus;
mod hostile;
mod kept;
mod refusals;
mod witnesses;

use std::io::Cursor;

use sluse_sanitizers::{Limits, Refusal, Report, sanitize};

/// Cleans a document.
fn clean(document: &[u8]) -> Result<(Vec<u8>, Report), Refusal> {
    let mut out = Vec::new();
    let report = sanitize(&mut Cursor::new(document), &mut out, &Limits::default())?;
    Ok((out, report))
}

/// Why a document is refused.
fn refusal(document: &[u8]) -> Refusal {
    clean(document).map(|(_, report)| report).expect_err("this must be refused")
}
