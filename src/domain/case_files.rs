//! The files of a case, both ways. Until they are sent they wait in a draft of their own, where
//! who sends them can look at what was found in each, have pictures made of it or take it back.
//! A message waits beside them: [`super::case_words`].
//!
//! A second draft of the browser lists the others, so that what holds their key is not thrown
//! away while something waits.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

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
use crate::store::drafts::DraftRow;
use crate::store::{Connection, ObjectId, StoreError, cases, drafts, items};
use crate::vault::LookupId;

/// What came of beginning to let something wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// It may come.
    Yes,
    /// Others have so many drafts that there is no room.
    NoRoom,
    /// This person has begun in as many browsers today as they may.
    TooMany,
    /// Something else waits there, which is not to be lost.
    Another,
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

/// A draft of a case, as the browser lists it.
#[derive(Debug, Serialize, Deserialize)]
struct Listed {
    id: LookupId,
    has_words: bool,
}

/// In how many browsers each began to let something wait for a case today: every one is a
/// draft, and one person shall not fill the room of all.
#[derive(Debug, Default)]
pub struct Beginnings(Mutex<Today>);

/// A day, and how often in it.
type Today = Option<(Day, HashMap<(ReaderId, CaseId), usize>)>;

impl Beginnings {
    /// Whether there may be one more.
    fn has_room(&self, who: ReaderId, case: CaseId, today: Day) -> bool {
        let noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_today = noted.as_ref().filter(|(day, _)| *day == today);
        let number = of_today.and_then(|(_, all)| all.get(&(who, case)));
        number.is_none_or(|number| *number < BROWSERS_WITH_FILES)
    }

    /// Notes one more.
    fn note(&self, who: ReaderId, case: CaseId, today: Day) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, all) = match noted.take_if(|(day, _)| *day != today) {
            Some(_) => noted.insert((today, HashMap::new())),
            None => noted.get_or_insert_with(|| (today, HashMap::new())),
        };
        *all.entry((who, case)).or_default() += 1;
    }
}

/// The draft that lists those of all cases in this browser.
fn list_of(visit: &Ticket) -> DraftKeys {
    DraftKeys::of(&visit.within("sluse/case-files", &[]))
}

impl Portal {
    /// What everything waits in that this person has in this browser for this case. Nobody else
    /// who uses it opens it, nor do they in another case.
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
        self.begin(visit, who, case, None, |_| true).await
    }

    /// Begins or goes on with what waits for a case, and changes the message in it, if `change`
    /// says that it may. One that is `sent` does not wait any more.
    pub(super) async fn begin(
        &self,
        visit: &Ticket,
        who: &SignedIn,
        case: CaseId,
        sent: Option<ItemId>,
        change: impl FnOnce(&mut Answers) -> bool,
    ) -> Result<Begun, Failure> {
        let (beginnings, today) = (&self.parts().beginnings, self.clock().today());
        let keys = DraftKeys::of(&self.files_for(visit, who, case));
        let mut transaction = self.parts().store.begin().await?;
        if let Some(sent) = sent {
            // First the case, as whoever sends does: one of the two waits for the other.
            cases::lock(&mut transaction, case).await?;
            if items::exists(&mut transaction, sent).await? {
                return Ok(Begun::Yes);
            }
        }
        let is_new = self.lock_waiting(&mut transaction, visit, &keys).await?.is_none();
        if is_new && !beginnings.has_room(who.reader(), case, today) {
            return Ok(Begun::TooMany);
        }
        let most = DRAFTS_WITH_CASES;
        let empty = keys.seal(self.contexts(), &Answers::default())?;
        let Some(row) = self.open_draft(&mut transaction, &keys, most, &empty).await? else {
            return Ok(Begun::NoRoom);
        };
        let mut waiting = keys.open(self.contexts(), &row.body)?;
        if !change(&mut waiting) {
            return Ok(Begun::Another);
        }
        let body = keys.seal(self.contexts(), &waiting)?;
        drafts::save(&mut transaction, &keys.id, self.draft_until(), &body).await?;
        let list = list_of(visit);
        let context = self.contexts().draft_body(&list.id);
        let empty = sealed::seal(&list.key, &context, &Vec::<Listed>::new())?;
        if self.open_draft(&mut transaction, &list, most, &empty).await?.is_none() {
            return Ok(Begun::NoRoom);
        }
        self.list(&mut transaction, &list, |all| {
            all.retain(|one| one.id != keys.id);
            all.push(Listed { id: keys.id, has_words: !waiting.is_empty() });
        })
        .await?;
        transaction.commit().await.map_err(StoreError::from)?;
        if is_new {
            beginnings.note(who.reader(), case, today);
        }
        Ok(Begun::Yes)
    }

    /// Locks what waits for a case, and what lists it: both are kept for longer by that, since to
    /// go on with one without the other would let the cookie go that opens it.
    pub(super) async fn lock_waiting(
        &self,
        transaction: &mut Connection,
        visit: &Ticket,
        keys: &DraftKeys,
    ) -> Result<Option<DraftRow>, Failure> {
        let row = self.lock_draft(transaction, keys).await?;
        self.lock_draft(transaction, &list_of(visit)).await?;
        Ok(row)
    }

    /// Takes the message out of what waits.
    pub(super) async fn take_words(
        &self,
        transaction: &mut Connection,
        visit: &Ticket,
        keys: &DraftKeys,
    ) -> Result<(), Failure> {
        let body = keys.seal(self.contexts(), &Answers::default())?;
        drafts::save(transaction, &keys.id, self.draft_until(), &body).await?;
        self.list(transaction, &list_of(visit), |all| {
            all.iter_mut().filter(|one| one.id == keys.id).for_each(|one| one.has_words = false);
        })
        .await
    }

    /// Changes the list of a browser, if there is one.
    async fn list(
        &self,
        transaction: &mut Connection,
        list: &DraftKeys,
        change: impl FnOnce(&mut Vec<Listed>),
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
        let waiting = self.waiting_in(&mut connection, &DraftKeys::of(files).id).await?;
        Ok(waiting.unwrap_or_default())
    }

    /// Whether something waits in this browser, for whatever case.
    pub async fn something_waits(&self, visit: &Ticket) -> Result<bool, Failure> {
        let list = list_of(visit);
        let mut connection = self.parts().store.connect().await?;
        let Some(row) = drafts::get(&mut connection, &list.id).await? else { return Ok(false) };
        let context = self.contexts().draft_body(&list.id);
        let all: Vec<Listed> = sealed::open(&list.key, &context, &row.body)?;
        for one in all {
            let files = self.waiting_in(&mut connection, &one.id).await?;
            if files.is_some_and(|files| one.has_words || files > 0) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How many files a draft has; none if it is over.
    async fn waiting_in(
        &self,
        connection: &mut Connection,
        draft: &LookupId,
    ) -> Result<Option<usize>, Failure> {
        let row = drafts::get(connection, draft).await?;
        if row.is_none_or(|row| row.expires_on < self.clock().today()) {
            return Ok(None);
        }
        let usage = drafts::usage(connection, draft).await?;
        Ok(Some(usize::try_from(usage.files).unwrap_or_default()))
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
        cases::lock(&mut transaction, case).await?;
        let (words, waiting) = match self.lock_waiting(&mut transaction, visit, &keys).await? {
            Some(row) => (
                keys.open(self.contexts(), &row.body)?,
                self.read_draft_files(&mut transaction, &keys).await?,
            ),
            // Its rows may still be there, until the sweep comes by.
            None => (Answers::default(), Vec::new()),
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
        if words.is_empty() {
            let list = list_of(visit);
            drafts::erase(&mut transaction, &keys.id).await?;
            self.list(&mut transaction, &list, |all| all.retain(|one| one.id != keys.id)).await?;
        } else {
            // A message that is not sent yet goes on waiting.
            drafts::remove_files(&mut transaction, &keys.id).await?;
        }
        transaction.commit().await.map_err(StoreError::from)?;
        self.forget_erased().await;
        Ok(FilesSent::Sent(number))
    }

    /// Keeps what waits for longer.
    pub async fn keep_files(
        &self,
        visit: &Ticket,
        who: &SignedIn,
        case: CaseId,
    ) -> Result<(), Failure> {
        let keys = DraftKeys::of(&self.files_for(visit, who, case));
        let mut transaction = self.parts().store.begin().await?;
        self.lock_waiting(&mut transaction, visit, &keys).await?;
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
            assert!(beginnings.has_room(one, case, Day(1)));
            beginnings.note(one, case, Day(1));
        }
        assert!(!beginnings.has_room(one, case, Day(1)));
        assert!(beginnings.has_room(other, case, Day(1)));
        assert!(beginnings.has_room(one, CaseId::random(), Day(1)));
        assert!(beginnings.has_room(one, case, Day(2)), "the next day");
        beginnings.note(one, case, Day(2));
        assert!(beginnings.has_room(one, case, Day(2)), "counted anew");
    }
}
