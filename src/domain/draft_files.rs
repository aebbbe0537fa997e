//! The files of a draft: cleaned one by one, or refused with their reason.

use super::attachment::{Manifest, Refusal, Report, Spool, Underway};
use super::dialogue::Attached;
use super::draft::{DraftKeys, from_json, to_json};
use super::turns::Lane;
use super::{Failure, FileId, Portal, Ticket};
use crate::limits::FILES;
use crate::store::drafts::{self, NewDraftFile};
use crate::store::{Connection, ObjectId, StoreError};
use crate::vault::Sealed;
use crate::vault::padding::{pad_message, unpad_message};
use serde::{Deserialize, Serialize};

/// Characters of a file's name that are kept while it is in a draft.
const NAME: usize = 80;

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

/// A file of a draft, as its owner sees it.
///
/// The name is kept until the report is sent, under the key that only the reporter's
/// cookie has, so that they know which file is meant. No case ever has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DraftFile {
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

impl DraftFile {
    /// Bytes of the clean copy; none if there is no copy.
    pub fn bytes(&self) -> u64 {
        match &self.outcome {
            Outcome::Cleaned { report, .. } => report.output_bytes,
            Outcome::Refused(_) | Outcome::NotTaken(_) => 0,
        }
    }
}

impl Incoming {
    /// Takes more of the file, if there still is room. There may be less than when it
    /// began: many files that begin at once would each find the same room.
    pub async fn write(&mut self, portal: &Portal, plain: &[u8]) {
        let Incoming::Taken(spool) = self else { return };
        let length = spool.received().saturating_add(plain.len() as u64);
        let taken = if length > portal.quota().file_bytes {
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
    name.chars().filter(|c| !c.is_control()).take(NAME).collect()
}

impl Portal {
    /// Starts to receive a file for a draft, if there is room.
    pub async fn receive_for_draft(&self, ticket: &Ticket) -> Result<Incoming, Failure> {
        let keys = DraftKeys::of(ticket);
        let mut connection = self.parts().store.connect().await?;
        let (files, bytes) = drafts::usage(&mut connection, &keys.id).await?;
        let all = drafts::usage_of_all(&mut connection).await?;
        drop(connection);
        if !self.has_room_for(u64::try_from(all).unwrap_or(u64::MAX))? {
            return Ok(Incoming::Passed(NotTaken::NoRoom));
        }
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.receive(usize::try_from(files).unwrap_or(usize::MAX), bytes)
    }

    /// Starts to receive a file beside `others` that have `bytes` together, if there is
    /// room.
    pub fn receive(&self, others: usize, bytes: u64) -> Result<Incoming, Failure> {
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

    /// Cleans a file that was received whole and adds it to the draft. False if the draft
    /// was sent meanwhile: the file is in no report.
    pub async fn add_draft_file(
        &self,
        ticket: &Ticket,
        name: &str,
        incoming: Incoming,
        lane: Lane,
    ) -> Result<bool, Failure> {
        let (outcome, kept) = self.clean_incoming(incoming, lane).await?;
        let keys = DraftKeys::of(ticket);
        let file = DraftFile { name: shown_name(name), outcome };
        let id = FileId::random();
        let padded = pad_message(&to_json(&file)?).ok_or(Failure::Broken("a manifest too long"))?;
        let (object, stored) = kept.as_ref().map(|(object, stored)| (object.id, *stored)).unzip();
        let new = NewDraftFile {
            id,
            draft: &keys.id,
            bytes: i64::try_from(stored.unwrap_or_default()).unwrap_or(i64::MAX),
            manifest: &Sealed::new(&keys.key, &self.contexts().draft_file(&keys.id, id), &padded),
            object,
        };
        let written = self.write_draft_file(&keys, &new).await?;
        // After an error nobody knows whether the row is there: the sweep will.
        if !written {
            self.erase_objects(object).await?;
        }
        Ok(written)
    }

    /// False if the draft was sent meanwhile, or is not there.
    async fn write_draft_file(
        &self,
        keys: &DraftKeys,
        new: &NewDraftFile<'_>,
    ) -> Result<bool, Failure> {
        let mut transaction = self.parts().store.begin().await?;
        // A file that slipped in behind somebody who is sending would be in no report.
        let draft = self.lock_draft(&mut transaction, keys).await?;
        if draft.is_none_or(|draft| draft.case.is_some()) {
            return Ok(false);
        }
        drafts::insert_file(&mut transaction, new).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(true)
    }

    /// Cleans what came: the outcome, and the object with its bytes on disk.
    pub(super) async fn clean_incoming(
        &self,
        incoming: Incoming,
        lane: Lane,
    ) -> Result<(Outcome, Option<(Underway, u64)>), Failure> {
        let spool = match incoming {
            Incoming::Passed(reason) => return Ok((Outcome::NotTaken(reason), None)),
            Incoming::Taken(spool) => spool,
        };
        Ok(match self.clean(*spool, lane).await {
            Ok(Ok(cleaned)) => {
                let manifest = Box::new(cleaned.manifest);
                let kept = Some((cleaned.object, cleaned.stored));
                (Outcome::Cleaned { report: cleaned.report, manifest }, kept)
            }
            Ok(Err(refusal)) => (Outcome::Refused(refusal), None),
            Err(failure) => (Outcome::NotTaken(not_taken(&failure)), None),
        })
    }

    /// Cleans a file that was received whole, to be added to a case. What is returned
    /// must be handed to [`Portal::add`], or its object is noise until the next sweep.
    pub async fn clean_for_case(
        &self,
        name: &str,
        incoming: Incoming,
        lane: Lane,
    ) -> Result<(DraftFile, Option<Attached>), Failure> {
        let (outcome, kept) = self.clean_incoming(incoming, lane).await?;
        let attached = match (&outcome, kept) {
            (Outcome::Cleaned { manifest, .. }, Some((object, _))) => {
                Some(Attached { object, manifest: (**manifest).clone() })
            }
            _ => None,
        };
        Ok((DraftFile { name: shown_name(name), outcome }, attached))
    }

    /// The files of a draft, in the order in which they came.
    pub async fn draft_files(&self, ticket: &Ticket) -> Result<Vec<(FileId, DraftFile)>, Failure> {
        let files = self.open_draft_files(&DraftKeys::of(ticket)).await?;
        Ok(files.into_iter().map(|(id, file, _)| (id, file)).collect())
    }

    pub(super) async fn open_draft_files(
        &self,
        keys: &DraftKeys,
    ) -> Result<Vec<(FileId, DraftFile, Option<ObjectId>)>, Failure> {
        let mut connection = self.parts().store.connect().await?;
        self.read_draft_files(&mut connection, keys).await
    }

    pub(super) async fn read_draft_files(
        &self,
        connection: &mut Connection,
        keys: &DraftKeys,
    ) -> Result<Vec<(FileId, DraftFile, Option<ObjectId>)>, Failure> {
        let rows = drafts::files(connection, &keys.id).await?;
        rows.into_iter()
            .map(|row| {
                let context = self.contexts().draft_file(&keys.id, row.id);
                let padded = row.manifest.open(&keys.key, &context)?;
                let json = unpad_message(&padded).ok_or(Failure::Broken("an unpadded manifest"))?;
                Ok((row.id, from_json(json)?, row.object))
            })
            .collect()
    }

    /// Takes a file out of a draft and erases it.
    pub async fn remove_draft_file(&self, ticket: &Ticket, file: FileId) -> Result<(), Failure> {
        let keys = DraftKeys::of(ticket);
        let mut transaction = self.parts().store.begin().await?;
        // While somebody sends this draft, the file is about to be a case's.
        let draft = self.lock_draft(&mut transaction, &keys).await?;
        if draft.is_none_or(|draft| draft.case.is_some()) {
            return Ok(());
        }
        let object = drafts::remove_file(&mut transaction, &keys.id, file).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        self.erase_objects(object).await?;
        self.forget_erased().await;
        Ok(())
    }
}
