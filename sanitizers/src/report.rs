//! What is told about a cleaned file.

use serde::{Deserialize, Serialize};

use crate::{Change, Finding, Kind, Notes, Warning};

/// The outcome of a cleaned and verified file. It holds no value from the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The format of the clean copy.
    pub kind: Kind,
    /// Version of this crate: with it and the same bytes anyone gets the same result.
    pub version: String,
    /// Bytes of the original.
    pub input_bytes: u64,
    /// Bytes of the clean copy.
    pub output_bytes: u64,
    /// What was found and removed.
    pub findings: Vec<Finding>,
    /// What a person can no longer see or use.
    pub changes: Vec<Change>,
    /// What a person should look at before sending.
    pub warnings: Vec<Warning>,
}

impl Report {
    /// Puts together what a format module noted.
    pub fn new(kind: Kind, input_bytes: u64, output_bytes: u64, notes: &Notes) -> Self {
        Report {
            kind,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            input_bytes,
            output_bytes,
            findings: notes.findings(),
            changes: notes.changes(),
            warnings: notes.warnings(),
        }
    }
}

/// What a reviewer reads about a format before the code, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// What the copy still has, and what of it is written anew.
    pub kept: &'static str,
    /// What is left out, and counted.
    pub removed: &'static str,
    /// What is not taken at all.
    pub refused: &'static str,
}
