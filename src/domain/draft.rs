//! A report that is not sent yet.
//!
//! It belongs to the browser: its key comes from the cookie alone, so it survives a
//! restart and nobody else can open it, the server included. It is erased at the end of
//! the next day.

use zeroize::Zeroizing;

use super::contexts::Contexts;
use super::questionnaire::{Answers, Field};
use super::{Failure, FileId, Portal, Ticket, sealed};
use crate::clock::Day;
use crate::limits::DRAFTS;
use crate::store::drafts::{self, DraftRow};
use crate::store::{Connection, StoreError};
use crate::vault::{Fingerprint, Key, LookupId, Sealed, Stored};

/// A draft as its owner sees it.
#[derive(Debug)]
pub struct Draft {
    /// What is answered so far.
    pub answers: Answers,
    /// The last day on which it is kept.
    pub kept_until: Day,
    /// Whether it is found again by a code.
    pub code: DraftCode,
    /// Whether it was sent, and only its receipt is left.
    pub sent: bool,
}

/// Whether a draft is found again by a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftCode {
    /// It has none.
    None,
    /// It is, from any browser.
    Good,
    /// It was found by it just now. The code ends with the next change.
    Used,
    /// It was found by one that has ended.
    Ended,
}

/// The form that answers come from.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Its number: no other page has it.
    pub once: String,
    /// Which answers its page showed: see [`Portal::answers_seen`].
    pub seen: String,
}

/// What stands for an answer among those that a page showed.
fn seen_of<'a>(seen: &'a str, field: &str) -> Option<&'a str> {
    let mut all = seen.split(' ').filter_map(|one| one.split_once('='));
    all.find(|(found, _)| *found == field).map(|(_, stands)| stands)
}

/// What comes of answers beside those of before.
enum Put {
    Nothing,
    Over(Answers),
    /// Another form changed one meanwhile that this one changes too.
    Another,
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
    /// Another page changed an answer that this one changed too. Nothing is saved.
    Another,
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

    /// The id of a file: the same file that comes again, after a line broke, is one file.
    pub(super) fn file_id(&self, fingerprint: Fingerprint, name: &str) -> FileId {
        let key = self.key.derive("sluse/draft/file");
        FileId::from_bytes(fingerprint.id(&key, &[name.as_bytes()]))
    }

    pub(super) fn seal(&self, contexts: Contexts, answers: &Answers) -> Result<Sealed, Failure> {
        sealed::seal(&self.key, &contexts.draft_body(&self.id), answers)
    }

    pub(super) fn open(&self, contexts: Contexts, body: &Stored) -> Result<Answers, Failure> {
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
        let answers = keys.open(self.contexts(), &row.body)?;
        Ok(Some(Draft {
            kept_until: row.expires_on,
            code: match row.code {
                None if answers.were_opened() => DraftCode::Ended,
                None => DraftCode::None,
                Some(_) if row.was_opened => DraftCode::Used,
                Some(_) => DraftCode::Good,
            },
            sent: row.case.is_some(),
            answers,
        }))
    }

    /// What stands in the form of a page for each answer that it showed.
    pub fn answers_seen<'a>(
        &self,
        fields: impl IntoIterator<Item = &'a Field>,
        answers: &Answers,
    ) -> String {
        let seen =
            |field: &Field| format!("{}={}", field.id, self.stands_for_answer(answers, &field.id));
        fields.into_iter().map(seen).collect::<Vec<_>>().join(" ")
    }

    fn stands_for_answer(&self, answers: &Answers, field: &str) -> String {
        let given = Zeroizing::new(serde_json::to_vec(answers.of(field)).unwrap_or_default());
        self.stands_for(&given)
    }

    /// Of the answers of a form those that its page did not show.
    pub fn changed_since(&self, answers: &Answers, seen: &str) -> Answers {
        answers.only(|field, _| {
            seen_of(seen, field) != Some(self.stands_for_answer(answers, field).as_str())
        })
    }

    /// Saves newer answers over those of before.
    ///
    /// Every answer must be within its limit: see [`super::questionnaire::Field::check`].
    pub async fn save_draft(&self, ticket: &Ticket, newer: &Answers) -> Result<Saved, Failure> {
        self.save_form(ticket, newer, &Form::default(), true).await
    }

    /// Saves what was changed in a form over the answers of before: two pages that are open at
    /// once take nothing from each other. Where nothing was changed and no draft is open, one is
    /// only made if the form `begins` it.
    pub async fn save_form(
        &self,
        ticket: &Ticket,
        answers: &Answers,
        form: &Form,
        begins: bool,
    ) -> Result<Saved, Failure> {
        let draft = self.draft(ticket).await?;
        let is_open = draft.as_ref().is_some_and(|draft| !draft.sent);
        if !is_open && !begins && self.changed_since(answers, &form.seen).is_nothing() {
            return Ok(Saved::Saved);
        }
        match draft {
            Some(draft) if is_open => match self.put_over(&draft.answers, answers, form) {
                Put::Nothing => return Ok(Saved::Saved),
                Put::Another => return Ok(Saved::Another),
                Put::Over(_) => {}
            },
            _ => {}
        }
        let keys = DraftKeys::of(ticket);
        let mut transaction = self.parts().store.begin().await?;
        let empty = keys.seal(self.contexts(), &Answers::default())?;
        let before = self.open_draft(&mut transaction, &keys, DRAFTS, &empty).await?;
        let Some(before) = before else {
            return Ok(Saved::NoRoom);
        };
        // What it said was emptied when it was sent, and by no other window.
        if before.case.is_some() {
            return Ok(Saved::SentBefore);
        }
        let before = keys.open(self.contexts(), &before.body)?;
        // In a draft that begins anew nothing was changed by another window, and all of the
        // page is worth keeping.
        let anew = Form { once: form.once.clone(), ..Form::default() };
        let form = if before == Answers::default() { &anew } else { form };
        let after = match self.put_over(&before, answers, form) {
            Put::Nothing => before,
            Put::Another => return Ok(Saved::Another),
            Put::Over(after) => after,
        };
        let body = keys.seal(self.contexts(), &after)?;
        if !drafts::save(&mut transaction, &keys.id, self.draft_until(), &body).await? {
            return Ok(Saved::SentBefore);
        }
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(Saved::Saved)
    }

    fn put_over(&self, before: &Answers, answers: &Answers, form: &Form) -> Put {
        // Somebody went on in a page whose form had been sent before.
        let is_same_form = !form.once.is_empty() && before.form() == form.once;
        let changed =
            if is_same_form { answers.clone() } else { self.changed_since(answers, &form.seen) };
        let is_another = |field: &str| {
            let shown = seen_of(&form.seen, field);
            let is_as_shown = |shown| shown == self.stands_for_answer(before, field);
            !is_same_form && !shown.is_none_or(is_as_shown) && before.of(field) != changed.of(field)
        };
        if changed.fields().any(is_another) {
            return Put::Another;
        }
        let mut after = before.clone();
        after.change(&changed);
        // Whoever only turns pages changes nothing: a code that opened the draft stays good.
        if after == *before {
            return Put::Nothing;
        }
        after.set_form(&form.once);
        Put::Over(after)
    }

    /// Locks a draft, and makes it before if there is none, with this in it. None if there are
    /// as many of others as `most`.
    pub(super) async fn open_draft(
        &self,
        transaction: &mut Connection,
        keys: &DraftKeys,
        most: i64,
        empty: &Sealed,
    ) -> Result<Option<DraftRow>, Failure> {
        if let Some(row) = self.lock_draft(transaction, keys).await? {
            return Ok(Some(row));
        }
        // One may be there that is over, and that the sweep has not found yet. Its files must
        // not come back, and a receipt that is over must not keep new words out.
        drafts::erase_if_over(transaction, &keys.id, self.clock().today()).await?;
        if drafts::count(transaction).await? >= most {
            return Ok(None);
        }
        // Another page of this browser may save its first answers at the same time: of two
        // that begin a draft one waits here for the other, and adds to it.
        drafts::begin(transaction, &keys.id, self.draft_until(), empty).await?;
        let row = self.lock_draft(transaction, keys).await?;
        row.map(Some).ok_or(Failure::Broken("a draft that was made and is not there"))
    }

    /// The last day of a draft that is changed today.
    pub(super) fn draft_until(&self) -> Day {
        self.clock().today().plus_days(self.parts().draft_days)
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
        drafts::keep_until(transaction, &keys.id, today, self.draft_until()).await?;
        // Whoever goes on with a draft that a code opened is its only owner from now on.
        drafts::forget_opened(transaction, &keys.id).await?;
        Ok(drafts::get(transaction, &keys.id).await?.filter(|row| row.expires_on >= today))
    }
}
