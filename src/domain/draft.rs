//! A report that is not sent yet.
//!
//! It belongs to the browser: its key comes from the cookie alone, so it survives a
//! restart and nobody else can open it, the server included. It is erased at the end of
//! the next day.

use serde::{Deserialize, Serialize};

use super::contexts::Contexts;
use super::{Failure, Portal, Ticket};
use crate::clock::Day;
use crate::limits::{DRAFT_DAYS, DRAFTS, MESSAGE_CHARACTERS};
use crate::store::drafts::{self, DraftRow};
use crate::store::{Connection, StoreError};
use crate::vault::padding::{pad_message, unpad_message};
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

/// Why a text is not taken as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAMessage {
    /// There is nothing in it.
    #[error("the text is empty")]
    Empty,
    /// It has more than [`MESSAGE_CHARACTERS`] characters.
    #[error("the text has {found} characters")]
    TooLong {
        /// How many it has.
        found: usize,
    },
}

/// The text as it is kept: line ends as `\n`, no control characters.
pub fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| *c == '\n' || *c == '\t' || !c.is_control()).collect()
}

/// Checks a text that is to be sent.
pub fn check_message(text: &str) -> Result<(), NotAMessage> {
    let found = text.chars().count();
    if text.trim().is_empty() {
        Err(NotAMessage::Empty)
    } else if found > MESSAGE_CHARACTERS {
        Err(NotAMessage::TooLong { found })
    } else {
        Ok(())
    }
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
        let json = to_json(story)?;
        let padded = pad_message(&json).ok_or(Failure::Broken("a story over its limit"))?;
        Ok(Sealed::new(&self.key, &contexts.draft_body(&self.id), &padded))
    }

    pub(super) fn open_story(&self, contexts: Contexts, body: &Stored) -> Result<Story, Failure> {
        let padded = body.open(&self.key, &contexts.draft_body(&self.id))?;
        from_json(unpad_message(&padded).ok_or(Failure::Broken("a draft without its padding"))?)
    }
}

pub(super) fn to_json<T: Serialize>(value: &T) -> Result<zeroize::Zeroizing<Vec<u8>>, Failure> {
    serde_json::to_vec(value).map(Into::into).map_err(|_| Failure::Broken("a value without JSON"))
}

pub(super) fn from_json<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Result<T, Failure> {
    serde_json::from_slice(json).map_err(|_| Failure::Broken("sealed JSON of another version"))
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
    /// The story must be within its limit: see [`check_message`].
    pub async fn save_draft(&self, ticket: &Ticket, story: &Story) -> Result<Saved, Failure> {
        let keys = DraftKeys::of(ticket);
        let body = keys.seal_story(self.contexts(), story)?;
        let until = self.clock().today().plus_days(DRAFT_DAYS);
        let mut transaction = self.parts().store.begin().await?;
        let is_new = drafts::get(&mut transaction, &keys.id).await?.is_none();
        if is_new && drafts::count(&mut transaction).await? >= DRAFTS {
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

    /// Makes what was erased unreadable in the database's files too. What is erased stays
    /// so if this fails or a long reader is in the way: the next sweep tries again.
    pub(super) async fn forget_erased(&self) {
        if let Err(error) = self.parts().store.forget_erased().await {
            tracing::warn!(target: "sluse::portal", "the log was not truncated: {error}");
        }
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

    pub(super) fn contexts(&self) -> Contexts {
        Contexts(self.parts().instance.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_story_fits_its_padding() {
        for sign in ["x", "å", "😀", "\"", "\\", "\n"] {
            let story = Story { text: sign.repeat(MESSAGE_CHARACTERS) };
            assert_eq!(check_message(&story.text).is_ok(), !story.text.trim().is_empty());
            assert!(pad_message(&to_json(&story).unwrap()).is_some(), "{sign:?}");
        }
    }

    #[test]
    fn texts_without_a_word_or_over_the_limit_are_refused() {
        assert_eq!(check_message(" \n\t "), Err(NotAMessage::Empty));
        assert_eq!(check_message(""), Err(NotAMessage::Empty));
        let long = "å".repeat(MESSAGE_CHARACTERS + 1);
        let found = MESSAGE_CHARACTERS + 1;
        assert_eq!(check_message(&long), Err(NotAMessage::TooLong { found }));
        assert!(check_message(&"å".repeat(MESSAGE_CHARACTERS)).is_ok());
    }

    #[test]
    fn control_characters_are_left_out_and_lines_stay() {
        assert_eq!(tidy("a\r\nb\rc\u{0}\u{1b}[31md\te"), "a\nb\nc[31md\te");
    }
}
