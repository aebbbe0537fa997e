//! Cleaning as the portal does it.

use std::io::Cursor;

use sluse_sanitizers::{Limits, Refusal, Report, sanitize};

/// Cleans a file.
pub(crate) fn clean_with_report(file: &[u8]) -> Result<(Vec<u8>, Report), Refusal> {
    let mut copy = Vec::new();
    let report = sanitize(&mut Cursor::new(file), &mut copy, &Limits::default())?;
    Ok((copy, report))
}

/// Cleans a file that must be accepted.
pub(crate) fn clean(file: &[u8]) -> Vec<u8> {
    clean_with_report(file).expect("the file should be accepted").0
}

/// Why a file is refused.
pub(crate) fn refusal(file: &[u8]) -> Refusal {
    clean_with_report(file).map(|(_, report)| report).expect_err("this must be refused")
}
