//! PNG and APNG through the front door.

mod build;
mod content;
mod corpus;
mod hiding_places;
mod mutated;
mod refused;
mod witness;

use std::io::Cursor;

use sluse_sanitizers::{Limits, Refusal, Report, sanitize};

/// Cleans `file` as the portal does.
fn clean_with_report(file: &[u8]) -> Result<(Vec<u8>, Report), Refusal> {
    let mut clean = Vec::new();
    let report = sanitize(&mut Cursor::new(file), &mut clean, &Limits::default())?;
    Ok((clean, report))
}

/// Cleans a file that must be accepted.
fn clean(file: &[u8]) -> Vec<u8> {
    clean_with_report(file).expect("the file should be accepted").0
}
