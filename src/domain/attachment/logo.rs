//! The organisation's logo.
//!
//! It is sent to everybody who opens a page, so it must not say more than it shows: who drew
//! it, with which program, when. A worker makes pixels of it, like of any other file.

use std::fs::File;
use std::path::Path;
use std::process::Command;

use sluse_sanitizers::refusal::Limit;
use sluse_sanitizers::{Formats, Kind, Limits, Policy, Refusal, host};

use crate::domain::Portal;
use crate::limits::{LOGO_BYTES, LOGO_SHOWN_BYTES, LOGO_SIDE};

/// A picture of plain pixels that does not move: a PNG, or a JPEG of a photograph.
#[derive(Clone, Debug)]
pub struct Logo {
    /// Which of the two.
    pub kind: Kind,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Why there is no logo to be shown.
#[derive(Debug, thiserror::Error)]
pub enum NoLogo {
    /// The file cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// It is something else than a picture.
    #[error("is no PNG, JPEG, WebP or GIF")]
    NoPicture,
    /// It is larger than a page can carry.
    #[error(
        "is too large: a logo has at most {} KiB and {LOGO_SIDE} pixels along a side, and {} KiB \
         once it is made into plain pixels",
        LOGO_BYTES >> 10,
        LOGO_SHOWN_BYTES >> 10
    )]
    TooLarge,
    /// The sanitizers refuse it.
    #[error("cannot be cleaned: {0}")]
    Refused(Refusal),
}

/// Reads a logo, and has a worker that `program` starts make pixels of it.
pub fn read(file: &Path, program: &Path) -> Result<Logo, NoLogo> {
    let mut file = File::open(file)?;
    if !file.metadata()?.is_file() {
        return Err(NoLogo::NoPicture);
    }
    let limits = Limits {
        input_bytes: LOGO_BYTES,
        film_bytes: LOGO_BYTES,
        flattened_bytes: LOGO_SHOWN_BYTES,
        side: LOGO_SIDE,
        formats: Formats::of(&[Kind::Png, Kind::Jpeg, Kind::Webp, Kind::Gif]),
        ..Limits::default()
    };
    let mut bytes = Vec::new();
    let mut worker = Command::new(program);
    worker.arg("worker");
    match host::make(&mut worker, &mut file, &mut bytes, Policy::Flatten, &limits) {
        Ok(report) => Ok(Logo { kind: report.kind, bytes }),
        Err(Refusal::Limit(Limit::InputBytes | Limit::OutputBytes | Limit::Pixels)) => {
            Err(NoLogo::TooLarge)
        }
        Err(
            Refusal::Empty
            | Refusal::UnknownFormat
            | Refusal::NotCleanable(_)
            | Refusal::NotTaken
            | Refusal::NotDrawable,
        ) => Err(NoLogo::NoPicture),
        Err(refusal) => Err(NoLogo::Refused(refusal)),
    }
}

impl Portal {
    /// Reads the organisation's logo; see [`read`].
    pub fn logo(&self, file: &Path) -> Result<Logo, NoLogo> {
        read(file, &self.parts().cleaning.program)
    }
}
