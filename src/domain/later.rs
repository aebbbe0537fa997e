//! Save now, go on later: a draft that is found again by a code, from any browser.
//!
//! Anybody can make a draft with a code and give that code to somebody else: an employer who
//! hands out "personal access codes" would read along. So a draft that a code opens gets another
//! key, which only that browser has; the code ends with the next change; and a report has a
//! code of its own.

use super::derivations::Class;
use super::draft::DraftKeys;
use super::intake::NewCode;
use super::turns::Lane;
use super::waiting::{Alone, Progress};
use super::{CodeLength, Failure, FileId, Portal, ReceiptCode, Ticket, sealed};
use crate::clock::Day;
use crate::store::drafts::{self, DraftRow};
use crate::store::{Connection, StoreError};
use crate::vault::{CodeKeys, Sealed};

/// What came of saving a draft for later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It has a code.
    CodeIsThere,
    /// It was sent before: its receipt has the code.
    SentBefore,
    /// There is no draft, or it has expired.
    NoDraft,
}

/// A draft that is found again by a code.
#[derive(Debug)]
pub struct Later {
    /// The code; none if nobody asked for one.
    pub code: Option<ReceiptCode>,
    /// The last day on which it can be found.
    pub kept_until: Day,
}

/// A draft that a code opens.
#[derive(Debug)]
pub struct Found {
    pub(super) ticket: Ticket,
    pub(super) code: ReceiptCode,
    pub(super) keys: CodeKeys,
}

impl Found {
    /// Whether it is the draft of this browser anyway.
    pub fn is_of(&self, visit: &Ticket) -> bool {
        self.ticket.is(visit)
    }
}

impl Portal {
    /// Gives a draft to whoever found it by its code: the ticket of a new visit. None if it is
    /// over. The code opens it once more, in case this answer is lost, until it is changed.
    pub async fn take_over(&self, found: &Found) -> Result<Option<Ticket>, Failure> {
        let (old, ticket) = (DraftKeys::of(&found.ticket), Ticket::random());
        let (new, contexts) = (DraftKeys::of(&ticket), self.contexts());
        let mut transaction = self.parts().store.begin().await?;
        let row = self.lock_draft(&mut transaction, &old).await?;
        let Some(row) = row.filter(|row| row.case.is_none()) else { return Ok(None) };
        let mut answers = old.open(contexts, &row.body)?;
        answers.set_opened();
        let body = new.seal(contexts, &answers)?;
        drafts::save(&mut transaction, &new.id, self.draft_until(), &body).await?;
        for (id, file, _) in self.read_draft_files(&mut transaction, &old).await? {
            // Whoever has the old cookie can make the old id, and must not find it taken.
            let ids = (id, FileId::random());
            let manifest = sealed::seal(&new.key, &contexts.draft_file(&new.id, ids.1), &file)?;
            drafts::move_file(&mut transaction, (&old.id, &new.id), ids, &manifest).await?;
        }
        drafts::erase(&mut transaction, &old.id).await?;
        self.keep_code(&mut transaction, &ticket, &found.code, &found.keys).await?;
        drafts::note_opened(&mut transaction, &new.id).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        self.forget_erased().await;
        Ok(Some(ticket))
    }

    /// Begins to save the draft of this cookie for later; see [`Portal::keep_for_later`].
    pub async fn begin_keep(
        &self,
        ticket: &Ticket,
        length: CodeLength,
        class: Class,
        lane: Lane,
    ) -> Progress<Kept> {
        let (portal, draft) = (self.clone(), ticket.clone());
        let work = async move { portal.keep_for_later(&draft, length, class, lane).await };
        self.parts().keepings.start(ticket, Alone::GoesOn, work).await
    }

    /// Whether this cookie's draft has been saved for later meanwhile.
    pub async fn keep_progress(&self, ticket: &Ticket) -> Progress<Kept> {
        self.parts().keepings.ask(ticket).await
    }

    /// Gives the draft of this cookie a code, if it has none.
    pub async fn keep_for_later(
        &self,
        ticket: &Ticket,
        length: CodeLength,
        class: Class,
        lane: Lane,
    ) -> Result<Kept, Failure> {
        if let Some(kept) = kept(self.draft_row(&DraftKeys::of(ticket)).await?.as_ref()) {
            return Ok(kept);
        }
        let NewCode { code, keys } = self.new_code(length, class, lane).await?;
        self.save_for_later(ticket, &code, &keys).await
    }

    async fn save_for_later(
        &self,
        ticket: &Ticket,
        code: &ReceiptCode,
        code_keys: &CodeKeys,
    ) -> Result<Kept, Failure> {
        let keys = DraftKeys::of(ticket);
        let mut transaction = self.parts().store.begin().await?;
        // It may have been sent, saved from another page or erased while the code was made.
        let row = self.lock_draft(&mut transaction, &keys).await?;
        if let Some(kept) = kept(row.as_ref()) {
            return Ok(kept);
        }
        self.keep_code(&mut transaction, ticket, code, code_keys).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(Kept::CodeIsThere)
    }

    async fn keep_code(
        &self,
        transaction: &mut Connection,
        ticket: &Ticket,
        code: &ReceiptCode,
        code_keys: &CodeKeys,
    ) -> Result<(), Failure> {
        let keys = DraftKeys::of(ticket);
        let cookie = ticket.seal(&code_keys.key, &self.contexts().saved_draft(&keys.id));
        let digits = code.padded();
        let context = self.contexts().draft_code(&keys.id);
        let code = Sealed::new(&keys.key, &context, digits.as_bytes());
        let lookup = &code_keys.lookup;
        drafts::save_for_later(transaction, &keys.id, lookup, &cookie, &code).await?;
        Ok(())
    }

    async fn draft_row(&self, keys: &DraftKeys) -> Result<Option<DraftRow>, Failure> {
        let row = drafts::get(&mut *self.parts().store.connect().await?, &keys.id).await?;
        let today = self.clock().today();
        Ok(row.filter(|row| row.expires_on >= today))
    }

    /// How the draft of this cookie is found again, if it is not sent.
    pub async fn later(&self, ticket: &Ticket) -> Result<Option<Later>, Failure> {
        let keys = DraftKeys::of(ticket);
        let row = self.draft_row(&keys).await?.filter(|row| row.case.is_none());
        let Some(row) = row else { return Ok(None) };
        let code = if row.was_opened { None } else { self.code_of(&keys, &row)? };
        Ok(Some(Later { code, kept_until: row.expires_on }))
    }

    /// The code of a draft that was saved for later, or sent.
    pub(super) fn code_of(
        &self,
        keys: &DraftKeys,
        row: &DraftRow,
    ) -> Result<Option<ReceiptCode>, Failure> {
        let Some(code) = &row.code else { return Ok(None) };
        let digits = code.open(&keys.key, &self.contexts().draft_code(&keys.id))?;
        let code = std::str::from_utf8(&digits).ok().and_then(|text| ReceiptCode::parse(text).ok());
        code.map(Some).ok_or(Failure::Broken("a sealed code that is none"))
    }
}

/// None if the draft is there and has no code yet.
fn kept(row: Option<&DraftRow>) -> Option<Kept> {
    match row {
        None => Some(Kept::NoDraft),
        Some(row) if row.case.is_some() => Some(Kept::SentBefore),
        // A code that opened the draft ends with the next change, of which this is one.
        Some(row) if row.code.is_some() && !row.was_opened => Some(Kept::CodeIsThere),
        Some(_) => None,
    }
}
