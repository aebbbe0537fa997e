//! Who the reporter is, if they chose to tell: in a part of the case with a key of its own.
//!
//! The part is there from the start, and always holds one sealed item, which says nothing
//! until the reporter does. It can be said later, changed, and taken back; what is taken back
//! is erased.

use super::dialogue::{Added, Author, Content, Event, Writing};
use super::questionnaire::{Answer, Answers, Both, Page};
use super::session::SignedIn;
use super::{CaseId, Failure, ItemId, Portal};
use crate::store::cases::Compartment;
use crate::store::{StoreError, items};

impl Portal {
    /// What a report says, either about who reports, or all the rest.
    pub(super) fn report(&self, answers: &Answers, identity: bool) -> Vec<Answer> {
        self.questionnaire().report(answers, identity, |name| self.label_of(name))
    }

    /// What a report says that does not tell who reports.
    pub fn answers_apart_from_identity(&self, answers: &Answers) -> Vec<Answer> {
        self.report(answers, false)
    }

    /// What was answered on a page.
    pub fn answers_on(&self, page: &Page, answers: &Answers) -> Vec<Answer> {
        page.answers(answers, |name| self.label_of(name))
    }

    /// How reporters know a handler, if the site says so.
    pub fn label_of(&self, name: &str) -> Option<Both> {
        let shown = self.shown().iter().find(|one| one.handler == name);
        shown.map(|one| one.label.clone())
    }

    /// What a case holds about who reports.
    pub(super) fn identity_item(&self, answers: &Answers) -> Content {
        Content::Report { answers: self.report(answers, true) }
    }

    /// Who the reporter is, as far as they told. Empty if they did not.
    pub async fn identity(&self, who: &SignedIn, case: CaseId) -> Result<Vec<Answer>, Failure> {
        let part = Compartment::Identity;
        let mut connection = self.parts().store.connect().await?;
        let rows = items::before(&mut connection, case, part, i64::MAX, 1).await?;
        let epochs = self.epochs(&mut connection, who, case, part).await?;
        drop(connection);
        let Some(row) = rows.first() else { return Ok(Vec::new()) };
        match self.open_item(&epochs, case, part, row, 0)?.content {
            Content::Report { answers } => Ok(answers),
            _ => Err(Failure::Broken("an identity that is something else")),
        }
    }

    /// Puts what the reporter says about themselves now in the place of what they said
    /// before, which is erased. Saying nothing takes it back. `once` comes from the form.
    pub async fn tell_identity(
        &self,
        who: &SignedIn,
        case: CaseId,
        once: ItemId,
        answers: &Answers,
    ) -> Result<Added, Failure> {
        let content = self.identity_item(answers);
        let told = matches!(&content, Content::Report { answers } if !answers.is_empty());
        let event = if told { Event::IdentityGiven } else { Event::IdentityWithdrawn };
        // Another word about it from the same page is another one.
        let words = serde_json::to_string(answers).unwrap_or_default();
        let id = self.form_id(once, &format!("identity {words}"));
        let writing = |id, compartment, content| {
            let by: Author = who.author();
            Writing { id, compartment, by, content, object: None }
        };
        let new = vec![
            writing(id, Compartment::Content, Content::Event(event)),
            writing(ItemId::random(), Compartment::Identity, content),
        ];
        let mut transaction = self.parts().store.begin().await?;
        let added = self.may_write(&mut transaction, who, case, id, new.len()).await?;
        // Taking it back is never too much.
        if added == Added::Written || (!told && added == Added::TooMuch) {
            items::erase(&mut transaction, case, Compartment::Identity).await?;
            self.put(&mut transaction, case, new).await?;
            transaction.commit().await.map_err(StoreError::from)?;
            self.forget_erased().await;
            return Ok(Added::Written);
        }
        Ok(added)
    }
}
