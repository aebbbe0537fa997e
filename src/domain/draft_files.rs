//! The files of a draft.

use super::attachment::Refusal;
use super::draft::DraftKeys;
use super::incoming::{Arrived, Incoming, NotTaken, Outcome, Received, shown_name};
use super::turns::Lane;
use super::{Failure, FileId, Portal, Ticket, sealed};
use crate::limits::{FILES, REFUSED};
use crate::store::drafts::{self, NewDraftFile};
use crate::store::{Connection, ObjectId, StoreError};
use crate::vault::token::form_id;

/// What came of making pictures of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flattened {
    /// They stand in its place.
    Done,
    /// It cannot be done; the file is as it was.
    Refused(Refusal),
    /// There is no such file in the draft any more.
    NotThere,
}

/// What came of writing a file to a draft.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Put {
    Written,
    /// It came before.
    Before,
    /// The draft was sent meanwhile, or is not there.
    Sent,
}

impl Portal {
    /// Starts to receive a file for the draft of a report, if there is room.
    pub async fn receive_for_draft(&self, ticket: &Ticket) -> Result<Incoming, Failure> {
        let all = drafts::usage_of_all(&mut *self.parts().store.connect().await?).await?;
        if !self.has_room_for(u64::try_from(all).unwrap_or(u64::MAX))? {
            return Ok(Incoming::Passed(NotTaken::NoRoom));
        }
        self.receive_beside_others(ticket).await
    }

    /// Starts to receive a file beside those that a draft has, if there is room.
    pub(super) async fn receive_beside_others(&self, ticket: &Ticket) -> Result<Incoming, Failure> {
        let keys = DraftKeys::of(ticket);
        let mut connection = self.parts().store.connect().await?;
        let usage = drafts::usage(&mut connection, &keys.id).await?;
        drop(connection);
        let number = |count: i64| usize::try_from(count).unwrap_or(usize::MAX);
        if number(usage.rows) >= REFUSED + FILES {
            return Ok(Incoming::Passed(NotTaken::TooMany));
        }
        self.receive(number(usage.files), u64::try_from(usage.bytes).unwrap_or(u64::MAX))
    }

    /// Adds a file to the draft. False if the draft was sent meanwhile: the file is in no
    /// report and in no case.
    pub async fn add_draft_file(
        &self,
        ticket: &Ticket,
        name: &str,
        file: Arrived,
    ) -> Result<bool, Failure> {
        let keys = DraftKeys::of(ticket);
        let Arrived { outcome, fingerprint, kept } = file;
        let id = fingerprint.map_or_else(FileId::random, |print| keys.file_id(print, name));
        let file = Received { name: shown_name(name), outcome };
        let (object, stored) = kept.as_ref().map(|(object, stored)| (object.id, *stored)).unzip();
        let new = NewDraftFile {
            id,
            draft: &keys.id,
            bytes: i64::try_from(stored.unwrap_or_default()).unwrap_or(i64::MAX),
            manifest: &sealed::seal(&keys.key, &self.contexts().draft_file(&keys.id, id), &file)?,
            object,
        };
        let put = self.write_draft_file(&keys, &new).await?;
        // After an error nobody knows whether the row is there: the sweep will.
        if put != Put::Written {
            self.erase_objects(object).await?;
        }
        Ok(put != Put::Sent)
    }

    async fn write_draft_file(
        &self,
        keys: &DraftKeys,
        new: &NewDraftFile<'_>,
    ) -> Result<Put, Failure> {
        let mut transaction = self.parts().store.begin().await?;
        // A file that slipped in behind somebody who is sending would be in no report.
        let draft = self.lock_draft(&mut transaction, keys).await?;
        if draft.is_none_or(|draft| draft.case.is_some()) {
            return Ok(Put::Sent);
        }
        match drafts::file(&mut transaction, &keys.id, new.id).await? {
            Some(before) if before.object.is_some() => return Ok(Put::Before),
            // It was refused, and perhaps for what is over by now: too many others, no room.
            Some(before) => {
                drafts::remove_file(&mut transaction, &keys.id, before.id).await?;
            }
            None => {}
        }
        drafts::insert_file(&mut transaction, new).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(Put::Written)
    }

    /// What stands for a list of files in a form: with other files it is another.
    pub fn seen(&self, files: &[(FileId, Received)]) -> String {
        let each = files.iter().map(|(id, file)| {
            let file = zeroize::Zeroizing::new(serde_json::to_vec(file).unwrap_or_default());
            form_id(self.tokens(), &[id.as_bytes(), &file])
        });
        let each: Vec<[u8; 16]> = each.collect();
        self.stands_for(each.as_flattened())
    }

    /// The files of a draft, in the order in which they came.
    pub async fn draft_files(&self, ticket: &Ticket) -> Result<Vec<(FileId, Received)>, Failure> {
        let files = self.open_draft_files(&DraftKeys::of(ticket)).await?;
        Ok(files.into_iter().map(|(id, file, _)| (id, file)).collect())
    }

    pub(super) async fn open_draft_files(
        &self,
        keys: &DraftKeys,
    ) -> Result<Vec<(FileId, Received, Option<ObjectId>)>, Failure> {
        let mut connection = self.parts().store.connect().await?;
        // Of one that is over they may still be there, until the sweep comes by.
        let row = drafts::get(&mut connection, &keys.id).await?;
        if row.is_none_or(|row| row.expires_on < self.clock().today()) {
            return Ok(Vec::new());
        }
        self.read_draft_files(&mut connection, keys).await
    }

    pub(super) async fn read_draft_files(
        &self,
        connection: &mut Connection,
        keys: &DraftKeys,
    ) -> Result<Vec<(FileId, Received, Option<ObjectId>)>, Failure> {
        let rows = drafts::files(connection, &keys.id).await?;
        rows.into_iter()
            .map(|row| {
                let context = self.contexts().draft_file(&keys.id, row.id);
                Ok((row.id, sealed::open(&keys.key, &context, &row.manifest)?, row.object))
            })
            .collect()
    }

    /// Puts pictures of a file in its place, with nothing else in them.
    pub async fn flatten_draft_file(
        &self,
        ticket: &Ticket,
        file: FileId,
        lane: Lane,
    ) -> Result<Flattened, Failure> {
        let keys = DraftKeys::of(ticket);
        let all = self.open_draft_files(&keys).await?;
        let found = all.into_iter().find(|(id, ..)| *id == file);
        let Some((_, Received { name, outcome }, Some(object))) = found else {
            return Ok(Flattened::NotThere);
        };
        let Outcome::Cleaned { report: before, manifest } = outcome else {
            return Ok(Flattened::NotThere);
        };
        let stored = self.open_object(object, &manifest).await?;
        let mut cleaned = match self.flatten(&stored, lane).await? {
            Ok(cleaned) => cleaned,
            Err(refusal) => return Ok(Flattened::Refused(refusal)),
        };
        // What was found and changed before is true of the pictures as well.
        cleaned.report.findings = before.findings;
        cleaned.report.changes.extend(before.changes);
        cleaned.report.changes.sort_unstable();
        cleaned.report.changes.dedup();
        cleaned.manifest.changes.clone_from(&cleaned.report.changes);
        let (object, stored) = (cleaned.object, cleaned.stored);
        let manifest = Box::new(cleaned.manifest);
        let outcome = Outcome::Cleaned { report: cleaned.report, manifest };
        let received = Received { name, outcome };
        // Under the same id: the file as it was does not come back when it is sent once more.
        let context = self.contexts().draft_file(&keys.id, file);
        let new = NewDraftFile {
            id: file,
            draft: &keys.id,
            bytes: i64::try_from(stored).unwrap_or(i64::MAX),
            manifest: &sealed::seal(&keys.key, &context, &received)?,
            object: Some(object.id),
        };
        let mut transaction = self.parts().store.begin().await?;
        let draft = self.lock_draft(&mut transaction, &keys).await?;
        let is_open = draft.is_some_and(|draft| draft.case.is_none());
        let old = drafts::remove_file(&mut transaction, &keys.id, file).await?;
        // Sent, or taken out, while the pictures were made.
        if !is_open || old.is_none() {
            drop(transaction);
            self.erase_objects([object.id]).await?;
            return Ok(Flattened::NotThere);
        }
        drafts::insert_file(&mut transaction, &new).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        self.erase_objects(old).await?;
        self.forget_erased().await;
        Ok(Flattened::Done)
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
