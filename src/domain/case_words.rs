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
use crate::store::{StoreError, cases};

/// The message, as an answer of its draft.
const WORDS: &str = "words";

/// A message that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The words.
    pub words: String,
    /// The last day on which they wait.
    pub until: Day,
    /// What stands for them in a form: no message that waits another time has it.
    pub seen: String,
}

/// What stands in the field of a page.
#[derive(Clone, Debug)]
pub struct Typed {
    /// The words.
    pub text: String,
    /// The number of the form: no other page has it.
    pub once: ItemId,
    /// Which message waited when the page was made: see [`Waiting::seen`].
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
        let seen = self.seen_of(&draft.answers);
        let waiting = Waiting { words, until: draft.kept_until, seen };
        Ok(Some(waiting).filter(|waiting| !waiting.words.is_empty()))
    }

    /// The form that a message comes from, and what stands for its words.
    fn seen_of(&self, waiting: &Answers) -> String {
        format!("{} {}", waiting.form(), self.stands_for(waiting.words(WORDS).as_bytes()))
    }

    /// The form that a message waited from, if it is still as the page showed it.
    fn waited_from(&self, typed: &Typed) -> Option<ItemId> {
        let (form, words) = typed.seen.split_once(' ')?;
        ItemId::parse(form).filter(|_| words == self.stands_for(typed.text.as_bytes()))
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
        let files = self.files_for(visit, who, case);
        let is_as_shown = self.waited_from(typed).is_some();
        let draft = self.draft(&files).await?.map(|draft| draft.answers);
        let has_nothing_to_do = match draft.filter(|waiting| !waiting.words(WORDS).is_empty()) {
            Some(waiting) => is_as_shown && waiting.form() != typed.once.to_string(),
            None => is_as_shown || typed.is_blank(),
        };
        if has_nothing_to_do {
            return Ok(Begun::Yes);
        }
        // It may be in the case, if its writer did not wait for the answer.
        let sent = (!typed.is_blank()).then(|| self.form_id(typed.once, &typed.text));
        let begun = self.begin(visit, who, case, sent, |waiting| {
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
            || waiting.form() == typed.once.to_string()
            || self.seen_of(waiting) == typed.seen
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
        // One that waits is one message, however many pages show it.
        let once = self.waited_from(typed).unwrap_or(typed.once);
        let message = self.message(who, once, What::Message, typed.text.clone());
        let mut transaction = self.parts().store.begin().await?;
        cases::lock(&mut transaction, case).await?;
        let waiting = match self.lock_waiting(&mut transaction, visit, &keys).await? {
            Some(row) => keys.open(self.contexts(), &row.body)?,
            None => Answers::default(),
        };
        let is_sent = !waiting.is_empty() && self.is_replaced(&waiting, typed);
        let added = self.may_write(&mut transaction, who, case, message.id, 1).await?;
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
    waiting.write(WORDS, &typed.text);
    let form = if typed.is_blank() { String::new() } else { typed.once.to_string() };
    waiting.set_form(&form);
}
