//! A message of a reporter that is not sent yet. It waits beside the files of its case while its
//! writer looks at other pages.
//!
//! Of two windows none takes a message from the other: a page says which one it showed, and only
//! that is changed by it.

use super::case_files::Begun;
use super::dialogue::{Added, What};
use super::draft::DraftKeys;
use super::questionnaire::Answers;
use super::session::SignedIn;
use super::{CaseId, Failure, ItemId, Portal, Ticket};
use crate::clock::Day;
use crate::store::{StoreError, items};

/// The message, as an answer of its draft.
const WORDS: &str = "words";
/// The form that it was written in.
const ONCE: &str = "once";

/// A message that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The words.
    pub words: String,
    /// The last day on which they wait.
    pub until: Day,
}

/// What stands in the field of a page.
#[derive(Clone, Debug)]
pub struct Typed {
    /// The words.
    pub text: String,
    /// The number of the form: no other page has it.
    pub once: ItemId,
    /// Which message waited when the page was made: see [`Portal::words_seen`].
    pub seen: String,
}

impl Typed {
    /// Whether there are no words in it.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl Portal {
    /// The message that waits.
    pub async fn words_waiting(&self, files: &Ticket) -> Result<Option<Waiting>, Failure> {
        let Some(draft) = self.draft(files).await? else { return Ok(None) };
        let words = draft.answers.words(WORDS).to_owned();
        let waiting = Waiting { words, until: draft.kept_until };
        Ok(Some(waiting).filter(|waiting| !waiting.words.is_empty()))
    }

    /// What stands for a message in a form; nothing for none.
    pub fn words_seen(&self, words: &str) -> String {
        if words.trim().is_empty() { String::new() } else { self.stands_for(words.as_bytes()) }
    }

    /// Lets what was typed wait in the place of what the page showed; nothing typed takes that
    /// back.
    pub async fn keep_words(
        &self,
        visit: &Ticket,
        who: &SignedIn,
        case: CaseId,
        typed: &Typed,
    ) -> Result<Begun, Failure> {
        let waits = self.words_waiting(&self.files_for(visit, who, case)).await?.is_some();
        let is_as_shown = self.words_seen(&typed.text) == typed.seen;
        if typed.is_blank() && !waits || !typed.is_blank() && is_as_shown {
            return Ok(Begun::Yes);
        }
        if !typed.is_blank() {
            let mut connection = self.parts().store.connect().await?;
            // It is in the case, and its writer did not wait for the answer.
            if items::exists(&mut connection, self.form_id(typed.once, &typed.text)).await? {
                return Ok(Begun::Yes);
            }
        }
        let begun = self.begin(visit, who, case, |waiting| {
            let is_replaced = self.is_replaced(waiting, typed);
            if is_replaced {
                put(waiting, typed);
            }
            is_replaced || typed.is_blank()
        });
        begun.await
    }

    /// Whether what waits is what the page showed, or comes from it.
    fn is_replaced(&self, waiting: &Answers, typed: &Typed) -> bool {
        let words = waiting.words(WORDS);
        words.is_empty()
            || words == typed.text
            || self.words_seen(words) == typed.seen
            || waiting.words(ONCE) == typed.once.to_string()
    }

    /// Sends a message, once, and with it what waits of it.
    pub async fn send_words(
        &self,
        visit: &Ticket,
        who: &SignedIn,
        case: CaseId,
        typed: &Typed,
    ) -> Result<Added, Failure> {
        let keys = DraftKeys::of(&self.files_for(visit, who, case));
        let message = self.message(who, typed.once, What::Message, typed.text.clone());
        let mut transaction = self.parts().store.begin().await?;
        let waiting = match self.lock_draft(&mut transaction, &keys).await? {
            Some(row) => keys.open(self.contexts(), &row.body)?,
            None => Answers::default(),
        };
        let added = self.may_write(&mut transaction, who, case, message.id, 1).await?;
        let is_sent = !waiting.is_empty() && self.is_replaced(&waiting, typed);
        match added {
            Added::Written => {
                self.put(&mut transaction, case, vec![message]).await?;
                if is_sent {
                    self.take_words(&mut transaction, visit, &keys).await?;
                }
                transaction.commit().await.map_err(StoreError::from)?;
            }
            // Whose turn it is does not change by a second click.
            Added::Before if is_sent => {
                drop(transaction);
                let none = Typed { text: String::new(), ..typed.clone() };
                self.keep_words(visit, who, case, &none).await?;
            }
            Added::Before | Added::TooMuch => {}
        }
        Ok(added)
    }
}

fn put(waiting: &mut Answers, typed: &Typed) {
    let once = if typed.is_blank() { String::new() } else { typed.once.to_string() };
    waiting.write(WORDS, &typed.text);
    waiting.write(ONCE, &once);
}
