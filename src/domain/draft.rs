//! A report that is not sent yet.
//!
//! It belongs to the browser: its key comes from the cookie alone, so it survives a
//! restart and nobody else can open it, the server included. It is erased at the end of
//! the next day.

use serde::{Deserialize, Serialize};

use super::contexts::Contexts;
use super::{Failure, Portal, Ticket, sealed};
use crate::clock::Day;
use crate::limits::{DRAFT_DAYS, DRAFTS};
use crate::store::drafts::{self, DraftRow};
use crate::store::{Connection, StoreError};
use crate::vault::{Key, LookupId, Sealed, Stored};

/// What a reporter has written so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// What happened, in the reporter's words.
    pub text: String,
}

/// A draft as its owner sees it.
#[derive(Debug)]
pub struct Draft {
    /// What is written so far.
    pub story: Story,
    /// The last day on which it is kept.
    pub kept_until: Day,
    /// Whether it was sent, and only its receipt is left.
    pub sent: bool,
}

/// What came of saving a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is saved.
    Saved,
    /// It was sent before: what came now is in no report.
    SentBefore,
    /// There are as many drafts of others as there may be.
    NoRoom,
}

/// The keys of a draft: all from the cookie.
#[derive(Debug)]
pub(super) struct DraftKeys {
    pub(super) id: LookupId,
    pub(super) key: Key,
}

impl DraftKeys {
    pub(super) fn of(ticket: &Ticket) -> Self {
        DraftKeys { id: ticket.id("sluse/draft/id"), key: ticket.key("sluse/draft/key") }
    }

    pub(super) fn seal_story(&self, contexts: Contexts, story: &Story) -> Result<Sealed, Failure> {
        sealed::seal(&self.key, &contexts.draft_body(&self.id), story)
    }

    pub(super) fn open_story(&self, contexts: Contexts, body: &Stored) -> Result<Story, Failure> {
        sealed::open(&self.key, &contexts.draft_body(&self.id), body)
    }
}

impl Portal {
    /// The draft of this cookie, if there is one.
    pub async fn draft(&self, ticket: &Ticket) -> Result<Option<Draft>, Failure> {
        let keys = DraftKeys::of(ticket);
        let mut connection = self.parts().store.connect().await?;
        let row = drafts::get(&mut connection, &keys.id).await?;
        // One that has expired is gone, whether or not the sweep has come by.
        let today = self.clock().today();
        let Some(row) = row.filter(|row| row.expires_on >= today) else { return Ok(None) };
        Ok(Some(Draft {
            story: keys.open_story(self.contexts(), &row.body)?,
            kept_until: row.expires_on,
            sent: row.case.is_some(),
        }))
    }

    /// Saves what is written so far.
    ///
    /// The story must be within its limit: see [`super::message::check_message`].
    pub async fn save_draft(&self, ticket: &Ticket, story: &Story) -> Result<Saved, Failure> {
        let keys = DraftKeys::of(ticket);
        let body = keys.seal_story(self.contexts(), story)?;
        let today = self.clock().today();
        let until = today.plus_days(DRAFT_DAYS);
        let mut transaction = self.parts().store.begin().await?;
        let before = drafts::get(&mut transaction, &keys.id).await?;
        let is_over = before.as_ref().is_some_and(|row| row.expires_on < today);
        if is_over {
            // The sweep has not come by yet. Its files must not come back, and a receipt
            // that is over must not keep new words out.
            drafts::erase(&mut transaction, &keys.id).await?;
        }
        if (before.is_none() || is_over) && drafts::count(&mut transaction).await? >= DRAFTS {
            return Ok(Saved::NoRoom);
        }
        if !drafts::save(&mut transaction, &keys.id, until, &body).await? {
            return Ok(Saved::SentBefore);
        }
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(Saved::Saved)
    }

    /// Erases the draft of this cookie, also from the database's files.
    pub async fn erase_draft(&self, ticket: &Ticket) -> Result<(), Failure> {
        let keys = DraftKeys::of(ticket);
        let mut transaction = self.parts().store.begin().await?;
        drafts::erase(&mut transaction, &keys.id).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        self.forget_erased().await;
        Ok(())
    }

    /// A draft that nobody else changes, sends or erases until this transaction ends.
    pub(super) async fn lock_draft(
        &self,
        transaction: &mut Connection,
        keys: &DraftKeys,
    ) -> Result<Option<DraftRow>, Failure> {
        // First a write, then the look: on PostgreSQL the write waits for whoever has it.
        let today = self.clock().today();
        drafts::keep_until(transaction, &keys.id, today, today.plus_days(DRAFT_DAYS)).await?;
        Ok(drafts::get(transaction, &keys.id).await?.filter(|row| row.expires_on >= today))
    }
}
