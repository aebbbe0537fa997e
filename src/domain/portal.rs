//! The portal: everything that a request may use, put together once at start.

use std::path::PathBuf;
use std::sync::Arc;

use super::attachment::Cleaning;
use super::attachment::{Formats, Kind, Limits};
use super::case_files::Beginnings;
use super::changing::Proposed;
use super::contexts::Contexts;
use super::derivations::Derivations;
use super::intake::Sent;
use super::last_sign_in::LastSignIns;
use super::later::Kept;
use super::left::Left;
use super::pauses::Pauses;
use super::progress::{Progress, Stage, UnderWay};
use super::questionnaire::Questionnaire;
use super::session::Sessions;
use super::sign_in::CameIn;
use super::unit::Shown;
use super::waiting::Waiting;
use super::{CodeLength, Ticket};
use crate::clock::Clock;
use crate::store::instance::Instance;
use crate::store::{Objects, Store, StoreError, instance};
use crate::vault::{CannotOpen, Cost, InstanceId, Key, Pepper, derivation, random};

/// Why the portal could not do what it was asked, through no fault of the person.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The database or the object store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something stored does not open: damaged, or changed by somebody.
    #[error("stored data does not open: {0}")]
    Sealed(#[from] CannotOpen),
    /// A file or a pipe of ours.
    #[error("input or output: {0}")]
    Io(#[from] std::io::Error),
    /// Too many people want a slow derivation at once.
    #[error("too many derivations are waiting")]
    Busy,
    /// A value of ours is not what we wrote.
    #[error("{0}")]
    Broken(&'static str),
}

/// Storage limits of the site.
#[derive(Clone, Copy, Debug)]
pub struct Quota {
    /// Bytes of one file that is no film.
    pub file_bytes: u64,
    /// Bytes of one film.
    pub film_bytes: u64,
    /// Formats that are taken.
    pub formats: Formats,
    /// Bytes of all files of one draft or message.
    pub draft_bytes: u64,
    /// Bytes of all drafts together.
    pub drafts_bytes: u64,
    /// Bytes that must stay free on the disk.
    pub free_bytes: u64,
}

impl Quota {
    /// Bytes of the largest file there may be.
    pub fn largest(&self) -> u64 {
        self.file_bytes.max(self.film_bytes)
    }

    /// Whether files of this format are cleaned here.
    pub fn takes(&self, kind: Kind) -> bool {
        self.formats.hold(kind)
    }

    /// The limits for a worker that cleans a file.
    pub(super) fn limits(&self) -> Limits {
        Limits {
            input_bytes: self.file_bytes,
            film_bytes: self.film_bytes,
            formats: self.formats,
            ..Limits::default()
        }
    }
}

/// What a request may use. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Portal(Arc<Parts>);

/// The parts of a portal, by which it is built.
#[derive(Debug)]
pub struct Parts {
    /// The time.
    pub clock: Clock,
    /// The database.
    pub store: Store,
    /// Sealed attachments.
    pub objects: Objects,
    /// What was fixed at `init`.
    pub instance: Instance,
    /// The secret behind every derivation.
    pub pepper: Pepper,
    /// Makes and checks cookies and form tokens.
    pub tokens: Key,
    /// Turns for slow derivations.
    pub derivations: Derivations,
    /// Who is signed in.
    pub sessions: Sessions,
    /// On which day each code was last used.
    pub last_sign_ins: LastSignIns,
    /// Pauses after wrong passwords.
    pub pauses: Pauses,
    /// Visits that were left by the quick exit.
    pub left: Left,
    /// In how many browsers each chose files for a case.
    pub beginnings: Beginnings,
    /// Reporters who are being signed in.
    pub sign_ins: Waiting<Option<CameIn>>,
    /// New codes that are being made.
    pub proposals: Waiting<Proposed>,
    /// Reports that are being sent.
    pub sendings: Waiting<Sent>,
    /// Drafts that are being saved for later.
    pub keepings: Waiting<Kept>,
    /// Forms with files that are on their way.
    pub under_way: UnderWay,
    /// The way from an upload to a clean, sealed object.
    pub cleaning: Cleaning,
    /// The folder whose file system must keep free space.
    pub folder: PathBuf,
    /// Storage limits.
    pub quota: Quota,
    /// What a report is asked.
    pub questionnaire: Questionnaire,
    /// Handlers whom reporters can keep out of their case.
    pub shown: Vec<Shown>,
    /// How long a code is here, if its reporter does not ask for a longer one.
    pub code_length: CodeLength,
    /// Days for which a draft is kept after it was last changed or opened.
    pub draft_days: i64,
}

/// Why a portal cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum CannotStart {
    /// The database or the object store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// `init` has not been run.
    #[error("there is no installation in this folder yet: run `sluse init`")]
    NotInitialised,
    /// `init` has been run.
    #[error("there is an installation in this database already: nothing was changed in it")]
    Initialised,
    /// The pepper is not the one `init` made.
    #[error(
        "the pepper file does not belong to this installation: with a wrong pepper no reporter \
         and no handler can sign in. Put back the file, or the words that `sluse init` printed"
    )]
    WrongPepper,
}

/// Makes the one row of a new installation.
pub async fn initialise(
    store: &Store,
    clock: &Clock,
    pepper: &Pepper,
    cost: Cost,
) -> Result<Instance, CannotStart> {
    let code_salt = derivation::salt();
    let new = Instance {
        id: InstanceId(random()),
        created_on: clock.today(),
        cost,
        code_salt,
        pepper_check: pepper.check_value(&code_salt),
        voucher_key: None,
        voucher_tag: None,
    };
    let mut transaction = store.begin().await?;
    if !instance::insert(&mut transaction, &new).await? {
        return Err(CannotStart::Initialised);
    }
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(new)
}

/// Reads the installation and checks that the pepper belongs to it.
pub async fn read_instance(store: &Store, pepper: &Pepper) -> Result<Instance, CannotStart> {
    let instance =
        instance::get(&mut *store.connect().await?).await?.ok_or(CannotStart::NotInitialised)?;
    if !pepper.matches(&instance.code_salt, &instance.pepper_check) || !instance.cost.is_valid() {
        return Err(CannotStart::WrongPepper);
    }
    Ok(instance)
}

impl Portal {
    /// Puts a portal together.
    pub fn new(parts: Parts) -> Self {
        Portal(Arc::new(parts))
    }

    pub(super) fn parts(&self) -> &Parts {
        &self.0
    }

    /// The time.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Makes and checks cookies and form tokens.
    pub fn tokens(&self) -> &Key {
        &self.0.tokens
    }

    /// Who is signed in.
    pub fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }

    /// Visits that were left by the quick exit.
    pub fn left(&self) -> &Left {
        &self.0.left
    }

    /// Whether there is room for more of a file, beside what is in the spool and so many
    /// bytes that drafts have already. Words always go through.
    pub(super) fn has_room_for(&self, drafts: u64) -> Result<bool, Failure> {
        let quota = &self.0.quota;
        let disk = rustix::fs::statvfs(&self.0.folder).map_err(std::io::Error::from)?;
        let free = disk.f_bavail.saturating_mul(disk.f_frsize);
        let waiting = drafts.saturating_add(self.0.cleaning.spooled());
        Ok(free > quota.free_bytes && waiting < quota.drafts_bytes)
    }

    /// Watches a form with files that begins to come in.
    pub fn watch(&self, ticket: &Ticket, bytes: Option<u64>) -> Arc<Progress> {
        Arc::new(self.0.under_way.begin(ticket, bytes))
    }

    /// How far the form of this browser has come, if one is on its way.
    pub fn progress(&self, ticket: &Ticket) -> Option<Stage> {
        self.0.under_way.of(ticket)
    }

    /// Storage limits.
    pub fn quota(&self) -> Quota {
        self.0.quota
    }

    /// What a report is asked.
    pub fn questionnaire(&self) -> &Questionnaire {
        &self.0.questionnaire
    }

    /// How long a code is here, if its reporter does not ask for a longer one.
    pub fn code_length(&self) -> CodeLength {
        self.0.code_length
    }

    /// How long a new code is for somebody who asked for a long one, or did not.
    pub fn code_length_for(&self, asked_for_long: bool) -> CodeLength {
        if asked_for_long { CodeLength::Long } else { self.code_length() }
    }

    /// Makes what was erased unreadable in the database's files too. What is erased stays
    /// so if this fails or a long reader is in the way: the next sweep tries again.
    pub(super) async fn forget_erased(&self) {
        if let Err(error) = self.0.store.forget_erased().await {
            tracing::warn!(target: "sluse::portal", "the log was not truncated: {error}");
        }
    }

    pub(super) fn contexts(&self) -> Contexts {
        Contexts(self.0.instance.id)
    }
}
