//! The files of a case, both ways. Until they are sent they wait in a draft of their own, where
//! who sends them can look at what was found in each, have pictures made of it or take it back.
//!
//! A second draft of the browser lists the others, so that what holds their key is not thrown
//! away while something waits.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::attachment::Manifest;
use super::dialogue::{Added, Content, Writing};
use super::draft::DraftKeys;
use super::incoming::{Incoming, NotTaken, Outcome};
use super::questionnaire::Answers;
use super::session::SignedIn;
use super::{CaseId, Failure, ItemId, Portal, Ticket, sealed};
use crate::clock::Day;
use crate::limits::{BROWSERS_WITH_FILES, DRAFTS_WITH_CASES};
use crate::store::cases::{Compartment, ReaderId};
use crate::store::{Connection, ObjectId, StoreError, drafts, items};
use crate::vault::LookupId;

/// What came of beginning to choose files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// They may come.
    Yes,
    /// Others have so many drafts that there is no room.
    NoRoom,
    /// This person has begun in as many browsers today as they may.
    TooMany,
}

/// What came of sending files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilesSent {
    /// So many stand in the case.
    Sent(usize),
    /// This form had sent them already.
    Before,
    /// There are none.
    Nothing,
    /// They are others than those that were looked at.
    Changed,
    /// The case has as much of today as it may have.
    TooMuch,
}

/// In how many browsers each began to choose files for a case today: every one is a draft, and
/// one person shall not fill the room of all.
#[derive(Debug, Default)]
pub struct Beginnings(Mutex<Today>);

/// A day, and how often in it.
type Today = Option<(Day, HashMap<(ReaderId, CaseId), usize>)>;

impl Beginnings {
    /// Notes one more, if there may be one.
    fn note(&self, who: ReaderId, case: CaseId, today: Day) -> bool {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, all) = match noted.take_if(|(day, _)| *day != today) {
            Some(_) => noted.insert((today, HashMap::new())),
            None => noted.get_or_insert_with(|| (today, HashMap::new())),
        };
        let number = all.entry((who, case)).or_default();
        *number += 1;
        *number <= BROWSERS_WITH_FILES
    }
}

/// The draft that lists those of all cases in this browser.
fn list_of(visit: &Ticket) -> DraftKeys {
    DraftKeys::of(&visit.within("sluse/case-files", &[]))
}

impl Portal {
    /// What the files wait in that this person has in this browser for this case. Nobody else
    /// who uses it opens them, nor do they in another case.
    pub fn files_for(&self, visit: &Ticket, who: &SignedIn, case: CaseId) -> Ticket {
        visit.within("sluse/case-files", &[case.as_bytes(), &who.reader()])
    }

    /// Begins to let files wait.
    pub async fn begin_files(
        &self,
        visit: &Ticket,
        who: &SignedIn,
        case: CaseId,
    ) -> Result<Begun, Failure> {
        let keys = DraftKeys::of(&self.files_for(visit, who, case));
        let mut transaction = self.parts().store.begin().await?;
        if self.lock_draft(&mut transaction, &keys).await?.is_none()
            && !self.parts().beginnings.note(who.reader(), case, self.clock().today())
        {
            return Ok(Begun::TooMany);
        }
        let empty = keys.seal(self.contexts(), &Answers::default())?;
        let most = DRAFTS_WITH_CASES;
        if self.open_draft(&mut transaction, &keys, most, &empty).await?.is_none() {
            return Ok(Begun::NoRoom);
        }
        let list = list_of(visit);
        let context = self.contexts().draft_body(&list.id);
        let empty = sealed::seal(&list.key, &context, &Vec::<LookupId>::new())?;
        if self.open_draft(&mut transaction, &list, most, &empty).await?.is_none() {
            return Ok(Begun::NoRoom);
        }
        self.list(&mut transaction, &list, |all| {
            all.retain(|id| *id != keys.id);
            all.push(keys.id);
        })
        .await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(Begun::Yes)
    }

    /// Changes the list of a browser, if there is one.
    async fn list(
        &self,
        transaction: &mut Connection,
        list: &DraftKeys,
        change: impl FnOnce(&mut Vec<LookupId>),
    ) -> Result<(), Failure> {
        let Some(row) = self.lock_draft(transaction, list).await? else { return Ok(()) };
        let context = self.contexts().draft_body(&list.id);
        let mut all = sealed::open(&list.key, &context, &row.body)?;
        change(&mut all);
        if all.is_empty() {
            drafts::erase(transaction, &list.id).await?;
        } else {
            let body = sealed::seal(&list.key, &context, &all)?;
            drafts::save(transaction, &list.id, self.draft_until(), &body).await?;
        }
        Ok(())
    }

    /// Starts to receive a file. What reports that are not sent take together is no limit here,
    /// but twice that is: whoever fills the first keeps nobody from going on with a case.
    pub async fn receive_for_case(&self, files: &Ticket) -> Result<Incoming, Failure> {
        let all = drafts::usage_of_all(&mut *self.parts().store.connect().await?).await?;
        if !self.has_room_for(u64::try_from(all).unwrap_or(u64::MAX) / 2)? {
            return Ok(Incoming::Passed(NotTaken::NoRoom));
        }
        self.receive_beside_others(files).await
    }

    /// How many files wait that this person has in this browser for this case.
    pub async fn files_waiting(&self, files: &Ticket) -> Result<usize, Failure> {
        let mut connection = self.parts().store.connect().await?;
        self.waiting_in(&mut connection, &DraftKeys::of(files).id).await
    }

    /// Whether files wait in this browser, for whatever case.
    pub async fn files_wait(&self, visit: &Ticket) -> Result<bool, Failure> {
        let list = list_of(visit);
        let mut connection = self.parts().store.connect().await?;
        let Some(row) = drafts::get(&mut connection, &list.id).await? else { return Ok(false) };
        let context = self.contexts().draft_body(&list.id);
        let all: Vec<LookupId> = sealed::open(&list.key, &context, &row.body)?;
        for id in all {
            if self.waiting_in(&mut connection, &id).await? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn waiting_in(
        &self,
        connection: &mut Connection,
        draft: &LookupId,
    ) -> Result<usize, Failure> {
        let row = drafts::get(connection, draft).await?;
        if row.is_none_or(|row| row.expires_on < self.clock().today()) {
            return Ok(0);
        }
        let usage = drafts::usage(connection, draft).await?;
        Ok(usize::try_from(usage.files).unwrap_or_default())
    }

    /// Sends the files that wait: all of them, or none. `once` comes from the form, and `seen`
    /// says which files it showed ([`Portal::seen`]): what nobody has looked at is not sent.
    pub async fn send_files(
        &self,
        visit: &Ticket,
        who: &SignedIn,
        case: CaseId,
        once: ItemId,
        seen: &str,
    ) -> Result<FilesSent, Failure> {
        let keys = DraftKeys::of(&self.files_for(visit, who, case));
        let mut transaction = self.parts().store.begin().await?;
        let waiting = match self.lock_draft(&mut transaction, &keys).await? {
            Some(_) => self.read_draft_files(&mut transaction, &keys).await?,
            // Its rows may still be there, until the sweep comes by.
            None => Vec::new(),
        };
        let shown: Vec<_> = waiting.iter().map(|(id, file, _)| (*id, file.clone())).collect();
        let new = waiting.into_iter().filter_map(|(_, file, object)| match file.outcome {
            Outcome::Cleaned { manifest, .. } => Some((manifest, object?)),
            _ => None,
        });
        // The first has the number of the form, by which a second click is known.
        let ids = std::iter::once(once).chain(std::iter::repeat_with(ItemId::random));
        let new: Vec<Writing> = new.zip(ids).map(|(file, id)| attachment(who, id, file)).collect();
        if new.is_empty() {
            let was_sent = items::exists(&mut transaction, once).await?;
            return Ok(if was_sent { FilesSent::Before } else { FilesSent::Nothing });
        }
        if self.seen(&shown) != seen {
            return Ok(FilesSent::Changed);
        }
        let number = new.len();
        match self.may_write(&mut transaction, who, case, once, number).await? {
            Added::Written => {}
            Added::Before => return Ok(FilesSent::Changed),
            Added::TooMuch => {
                drop(transaction);
                // Whoever is told to send them tomorrow must find them then.
                self.keep_files(visit, who, case).await?;
                return Ok(FilesSent::TooMuch);
            }
        }
        self.put(&mut transaction, case, new).await?;
        drafts::erase(&mut transaction, &keys.id).await?;
        let list = list_of(visit);
        self.list(&mut transaction, &list, |all| all.retain(|id| *id != keys.id)).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        self.forget_erased().await;
        Ok(FilesSent::Sent(number))
    }

    /// Keeps what waits for longer, and what lists it: to go on with one without the other
    /// would let the cookie go that opens it.
    pub async fn keep_files(
        &self,
        visit: &Ticket,
        who: &SignedIn,
        case: CaseId,
    ) -> Result<(), Failure> {
        let mut transaction = self.parts().store.begin().await?;
        for keys in [DraftKeys::of(&self.files_for(visit, who, case)), list_of(visit)] {
            self.lock_draft(&mut transaction, &keys).await?;
        }
        Ok(transaction.commit().await.map_err(StoreError::from)?)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_person_begins_so_often_in_a_day_in_each_case() {
        let beginnings = Beginnings::default();
        let (one, other, case) = ([1; 16], [2; 16], CaseId::random());
        for _ in 0..BROWSERS_WITH_FILES {
            assert!(beginnings.note(one, case, Day(1)));
        }
        assert!(!beginnings.note(one, case, Day(1)));
        assert!(beginnings.note(other, case, Day(1)));
        assert!(beginnings.note(one, CaseId::random(), Day(1)));
        assert!(beginnings.note(one, case, Day(2)), "the next day");
    }
}
