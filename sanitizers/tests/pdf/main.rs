//! What is promised about documents, proven on documents made for it.

#[cfg(test)]
mod build;
#[cfg(test)]
mod canaries;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod covered;
#[cfg(test)]
mod exact;
#[cfg(test)]
mod flat;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod kept;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod unused;
#[cfg(test)]
mod witnesses;

#[cfg(test)]
use std::io::Cursor;

#[cfg(test)]
use sluse_sanitizers::{Limits, Refusal, Report, sanitize};

/// Cleans a document.
#[cfg(test)]
fn clean(document: &[u8]) -> Result<(Vec<u8>, Report), Refusal> {
    let mut out = Vec::new();
    let report = sanitize(&mut Cursor::new(document), &mut out, &Limits::default())?;
    Ok((out, report))
}

/// Why a document is refused.
#[cfg(test)]
fn refusal(document: &[u8]) -> Refusal {
    clean(document).map(|(_, report)| report).expect_err("this must be refused")
}
