//! Files that come in: received whole, cleaned, or refused with their reason.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::attachment::{Manifest, Refusal, Report, Spool, Underway};
use super::progress::Progress;
use super::turns::Lane;
use super::{Failure, Portal};
use crate::limits::{FILE_NAME_CHARACTERS, FILES};
use crate::vault::Fingerprint;

/// What came of a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// There is a clean copy.
    Cleaned {
        /// What was found and removed.
        report: Report,
        /// What the case will keep of it.
        manifest: Box<Manifest>,
    },
    /// There is none, and nothing was kept.
    Refused(Refusal),
    /// It was not even looked at.
    NotTaken(NotTaken),
}

/// Why a file was not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotTaken {
    /// It has more bytes than a file may have.
    TooLarge,
    /// The draft has as many files as it may have.
    TooMany,
    /// A storage limit is reached.
    NoRoom,
    /// Too many others have files cleaned right now.
    Busy,
    /// A fault of ours.
    Failed,
}

/// A file that came in, as its owner sees it.
///
/// The name is kept until the report is sent, under the key that only the reporter's
/// cookie has, so that they know which file is meant. No case ever has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Received {
    /// The name it came under.
    pub name: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// A file on its way, or the reason why it is not.
#[derive(Debug)]
pub enum Incoming {
    /// Its bytes are wanted.
    Taken(Box<Spool>),
    /// Its bytes are read past.
    Passed(NotTaken),
}

/// A file that was received and looked at, and is on no list yet.
#[derive(Debug)]
pub struct Arrived {
    /// What came of it.
    pub outcome: Outcome,
    /// What it is recognised by when it comes again; none if it was not taken.
    pub(super) fingerprint: Option<Fingerprint>,
    /// The object with its clean copy, and its bytes on disk.
    pub(super) kept: Option<(Underway, u64)>,
}

impl Arrived {
    fn without_copy(outcome: Outcome) -> Self {
        Arrived { outcome, fingerprint: None, kept: None }
    }
}

impl Incoming {
    /// Shows in `progress` what becomes of it after it was received.
    pub fn show_in(&mut self, progress: &Arc<Progress>) {
        if let Incoming::Taken(spool) = self {
            spool.show_in(progress);
        }
    }

    /// Takes more of the file, if there still is room. There may be less than when it
    /// began: many files that begin at once would each find the same room.
    pub async fn write(&mut self, portal: &Portal, plain: &[u8]) {
        let Incoming::Taken(spool) = self else { return };
        let length = spool.received().saturating_add(plain.len() as u64);
        let taken = if length > portal.quota().largest() {
            Err(NotTaken::TooLarge)
        } else if !portal.has_room_for(0).unwrap_or(false) {
            Err(NotTaken::NoRoom)
        } else {
            spool.write(plain).await.map_err(|failure| not_taken(&failure))
        };
        if let Err(reason) = taken {
            *self = Incoming::Passed(reason);
        }
    }
}

/// A full disk is a limit like the others; anything else is a fault.
fn not_taken(failure: &Failure) -> NotTaken {
    match failure {
        Failure::Busy => NotTaken::Busy,
        Failure::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => NotTaken::NoRoom,
        _ => {
            tracing::error!(target: "sluse::portal", "a file was not taken: {failure}");
            NotTaken::Failed
        }
    }
}

/// A name as it can be shown.
pub fn shown_name(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(FILE_NAME_CHARACTERS).collect()
}

impl Portal {
    /// Starts to receive a file beside `others` that have `bytes` together, if there is
    /// room.
    pub(super) fn receive(&self, others: usize, bytes: u64) -> Result<Incoming, Failure> {
        if others >= FILES {
            return Ok(Incoming::Passed(NotTaken::TooMany));
        }
        if bytes >= self.quota().draft_bytes || !self.has_room_for(0)? {
            return Ok(Incoming::Passed(NotTaken::NoRoom));
        }
        Ok(match self.spool() {
            Ok(spool) => Incoming::Taken(Box::new(spool)),
            Err(failure) => Incoming::Passed(not_taken(&failure)),
        })
    }

    /// Cleans what came.
    pub async fn clean_incoming(&self, incoming: Incoming, lane: Lane) -> Arrived {
        let (spool, fingerprint) = match incoming {
            Incoming::Passed(reason) => return Arrived::without_copy(Outcome::NotTaken(reason)),
            Incoming::Taken(spool) => {
                let fingerprint = spool.fingerprint();
                (spool, fingerprint)
            }
        };
        let arrived = match self.clean(*spool, lane).await {
            Ok(Ok(cleaned)) => {
                let manifest = Box::new(cleaned.manifest);
                let outcome = Outcome::Cleaned { report: cleaned.report, manifest };
                let kept = Some((cleaned.object, cleaned.stored));
                Arrived { kept, ..Arrived::without_copy(outcome) }
            }
            Ok(Err(refusal)) => Arrived::without_copy(Outcome::Refused(refusal)),
            Err(failure) => Arrived::without_copy(Outcome::NotTaken(not_taken(&failure))),
        };
        Arrived { fingerprint: Some(fingerprint), ..arrived }
    }
}
