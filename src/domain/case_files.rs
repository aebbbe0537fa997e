//! The files of a case, both ways. Until they are sent they wait in a draft of their own, where
//! who sends them can look at what was found in each, have pictures made of it or take it back.

use super::attachment::Manifest;
use super::dialogue::{Added, Content, Writing};
use super::draft::DraftKeys;
use super::incoming::{Incoming, Outcome};
use super::session::SignedIn;
use super::{CaseId, Failure, ItemId, Portal, Ticket};
use crate::limits::DRAFTS_WITH_CASES;
use crate::store::cases::Compartment;
use crate::store::{ObjectId, StoreError, drafts, items};

impl Portal {
    /// What the files wait in that this person has in this browser for this case. Nobody else
    /// who uses it opens them, nor do they in another case.
    pub fn files_for(&self, visit: &Ticket, who: &SignedIn, case: CaseId) -> Ticket {
        visit.within("sluse/case-files", &[case.as_bytes(), &who.reader()])
    }

    /// Begins to let files wait. False if so many others do that there is no room.
    pub async fn begin_files(&self, files: &Ticket) -> Result<bool, Failure> {
        let mut transaction = self.parts().store.begin().await?;
        let keys = DraftKeys::of(files);
        let row = self.open_draft(&mut transaction, &keys, DRAFTS_WITH_CASES).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(row.is_some())
    }

    /// Starts to receive a file. What reports that are not sent take together is no limit here:
    /// whoever fills that keeps nobody from going on with a case.
    pub async fn receive_for_case(&self, files: &Ticket) -> Result<Incoming, Failure> {
        self.receive_beside_others(files).await
    }

    /// How many files wait.
    pub async fn files_waiting(&self, files: &Ticket) -> Result<usize, Failure> {
        if self.draft(files).await?.is_none() {
            return Ok(0);
        }
        let mut connection = self.parts().store.connect().await?;
        let usage = drafts::usage(&mut connection, &DraftKeys::of(files).id).await?;
        Ok(usize::try_from(usage.files).unwrap_or_default())
    }

    /// Sends the files that wait: all of them, or none. `once` comes from the form. None if
    /// there are no files, and this form has sent none.
    pub async fn send_files(
        &self,
        who: &SignedIn,
        case: CaseId,
        once: ItemId,
        files: &Ticket,
    ) -> Result<Option<Added>, Failure> {
        let keys = DraftKeys::of(files);
        let mut transaction = self.parts().store.begin().await?;
        let waiting = match self.lock_draft(&mut transaction, &keys).await? {
            Some(_) => self.read_draft_files(&mut transaction, &keys).await?,
            // Its rows may still be there, until the sweep comes by.
            None => Vec::new(),
        };
        let waiting = waiting.into_iter().filter_map(|(_, file, object)| match file.outcome {
            Outcome::Cleaned { manifest, .. } => Some((manifest, object?)),
            _ => None,
        });
        let was_sent = items::exists(&mut transaction, once).await?;
        // The first has the number of the form, by which a second click is known; but a page
        // that went back in its browser may have new files behind it.
        let ids = std::iter::once(once).filter(|_| !was_sent);
        let ids = ids.chain(std::iter::repeat_with(ItemId::random));
        let new: Vec<Writing> =
            waiting.zip(ids).map(|(file, id)| attachment(who, id, file)).collect();
        let Some(first) = new.first() else {
            return Ok(was_sent.then_some(Added::Before));
        };
        let may = self.may_write(&mut transaction, who, case, first.id, new.len()).await?;
        if may == Added::Written {
            self.put(&mut transaction, case, new).await?;
            drafts::erase(&mut transaction, &keys.id).await?;
            transaction.commit().await.map_err(StoreError::from)?;
            self.forget_erased().await;
        }
        Ok(Some(may))
    }
}

fn attachment(
    who: &SignedIn,
    id: ItemId,
    (manifest, object): (Box<Manifest>, ObjectId),
) -> Writing {
    Writing {
        id,
        compartment: Compartment::Content,
        by: who.author(),
        content: Content::Attachment(manifest),
        object: Some(object),
    }
}
