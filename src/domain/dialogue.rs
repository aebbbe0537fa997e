//! What stands in a case: messages and attachments, both ways.

use serde::{Deserialize, Serialize};

use super::attachment::{Download, Manifest};
use super::contexts::Place;
use super::questionnaire::Answer;
use super::session::{Owner, SignedIn};
use super::{CaseId, Failure, ItemId, Portal, sealed};
use crate::clock::Day;
use crate::limits::{EVENTS_SEARCHED, ITEMS_PER_DAY, ITEMS_PER_PAGE, ITEMS_PER_REPORTERS_PAGE};
use crate::store::cases::{self, CaseRow, Compartment, WaitingFor};
use crate::store::items::{self, ItemRow, NewItem};
use crate::store::{Connection, ObjectId, StoreError};
use crate::vault::token::form_id;
use crate::vault::{Key, KeyPair, PublicKey};

/// Who wrote something. Only inside the seal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Author {
    /// The reporter.
    Reporter,
    /// A handler, by name.
    Handler(String),
}

/// What an item holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// What a report says, apart from who reports.
    Report {
        /// All that was answered.
        answers: Vec<Answer>,
    },
    /// Words.
    Message {
        /// What they are.
        #[serde(default)]
        what: What,
        /// The words.
        text: String,
    },
    /// A clean file.
    Attachment(Box<Manifest>),
    /// Something that was done, without words of its own.
    Event(Event),
}

/// What a message is, beside its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Only words.
    #[default]
    Message,
    /// A question to the reporter.
    Question,
    /// What was done or will be done, and why: § 12(2) no. 3 of the act.
    Feedback,
    /// A time and a place for a meeting.
    Meeting,
    /// Minutes of what a reporter told in person, to be checked and approved: article 18(4) of
    /// Directive (EU) 2019/1937.
    Minutes,
}

impl What {
    /// What a form calls it.
    pub fn parse(word: &str) -> Option<Self> {
        use What::{Feedback, Meeting, Message, Minutes, Question};
        let known = [Message, Question, Feedback, Meeting, Minutes];
        known.into_iter().find(|what| what.as_str() == word)
    }

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            What::Message => "message",
            What::Question => "question",
            What::Feedback => "feedback",
            What::Meeting => "meeting",
            What::Minutes => "minutes",
        }
    }

    /// How a reporter can answer it without words.
    pub fn replies(self) -> &'static [Reply] {
        match self {
            What::Meeting => &[Reply::MeetingAccepted, Reply::MeetingDeclined],
            What::Minutes => &[Reply::MinutesApproved, Reply::MinutesWrong],
            _ => &[],
        }
    }
}

/// A reporter's answer without words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// The reporter comes to the meeting.
    MeetingAccepted,
    /// The reporter does not come.
    MeetingDeclined,
    /// The minutes are right.
    MinutesApproved,
    /// Something in the minutes is wrong. What it is comes in words.
    MinutesWrong,
}

impl Reply {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Reply::MeetingAccepted => "meeting-accepted",
            Reply::MeetingDeclined => "meeting-declined",
            Reply::MinutesApproved => "minutes-approved",
            Reply::MinutesWrong => "minutes-wrong",
        }
    }
}

/// Something that was done in a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// The reporter said who they are, or said it anew.
    IdentityGiven,
    /// The reporter took back who they are.
    IdentityWithdrawn,
    /// The reporter does not want to be written to.
    ContactUnwanted,
    /// The reporter wants to be written to again.
    ContactWanted,
    /// The reporter answered an item.
    Replied {
        /// Which item, as an address has it.
        about: String,
        /// What the answer is.
        reply: Reply,
    },
}

#[derive(Debug, Serialize, Deserialize)]
struct Body {
    by: Author,
    content: Content,
}

/// An item as somebody who may read it sees it.
#[derive(Clone, Debug)]
pub struct Item {
    /// Which item.
    pub id: ItemId,
    /// When it was written.
    pub written_on: Day,
    /// Who wrote it.
    pub by: Author,
    /// What it holds.
    pub content: Content,
    /// Which attachment of the case it is, or how many came before it.
    pub number: usize,
}

impl Item {
    fn event(&self) -> Option<&Event> {
        match &self.content {
            Content::Event(event) => Some(event),
            _ => None,
        }
    }
}

/// A page of a dialogue.
#[derive(Debug)]
pub struct Dialogue {
    /// What stands on it, in order.
    pub items: Vec<Item>,
    /// The position before which there is more; none on the first page.
    pub older: Option<i64>,
    /// What was done with a button, in order: anywhere in the case, up to so many short items
    /// ago ([`EVENTS_SEARCHED`]).
    pub events: Vec<Event>,
}

/// What came of adding to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It stands in the case.
    Written,
    /// It stood there before: the form was sent twice.
    Before,
    /// The case has as much of today as it may have.
    TooMuch,
}

/// An attachment that somebody opened.
#[derive(Debug)]
pub struct Opened {
    /// Which of its case it is.
    pub number: usize,
    /// Whether who opened it sent it.
    pub is_own: bool,
    /// What it is.
    pub manifest: Manifest,
    /// Its bytes.
    pub download: Download,
}

/// An item that is to be written.
#[derive(Debug)]
pub(super) struct Writing {
    pub(super) id: ItemId,
    pub(super) compartment: Compartment,
    pub(super) by: Author,
    pub(super) content: Content,
    pub(super) object: Option<ObjectId>,
}

impl SignedIn {
    pub(super) fn author(&self) -> Author {
        match &self.owner {
            Owner::Reporter { .. } => Author::Reporter,
            Owner::Handler { name, .. } => Author::Handler(name.as_str().to_owned()),
        }
    }

    fn turn_after(&self) -> WaitingFor {
        match &self.owner {
            Owner::Reporter { .. } => WaitingFor::Handler,
            Owner::Handler { .. } => WaitingFor::Reporter,
        }
    }
}

/// Where a reporter's page begins: with so many items of their own. How many the unit wrote
/// changes nothing in that, or the length of the page would tell.
fn beginning_of_page(items: &[Item]) -> usize {
    let own = items.iter().enumerate().rev().filter(|(_, item)| item.by == Author::Reporter);
    own.map(|(at, _)| at).nth(ITEMS_PER_REPORTERS_PAGE - 1).unwrap_or_default()
}

impl Portal {
    /// A case, if this person has a key to it. "Not yours" and "none" look the same.
    pub async fn case(&self, who: &SignedIn, case: CaseId) -> Result<Option<CaseRow>, Failure> {
        let mut connection = self.parts().store.connect().await?;
        Ok(cases::get_for(&mut connection, case, who.reader()).await?)
    }

    /// A page of the cases this person may read.
    pub async fn cases(
        &self,
        who: &SignedIn,
        offset: i64,
        limit: i64,
    ) -> Result<Vec<CaseRow>, Failure> {
        let mut connection = self.parts().store.connect().await?;
        Ok(cases::page_for(&mut connection, who.reader(), offset, limit).await?)
    }

    /// A page of the dialogue of a case: the newest items before a position, in order.
    pub async fn dialogue(
        &self,
        who: &SignedIn,
        case: CaseId,
        before: i64,
    ) -> Result<Dialogue, Failure> {
        let content = Compartment::Content;
        let mut connection = self.parts().store.connect().await?;
        // One more than is shown tells whether there is more.
        let limit = ITEMS_PER_PAGE + 1;
        let mut rows = items::before(&mut connection, case, content, before, limit).await?;
        let mut more = i64::try_from(rows.len()).is_ok_and(|found| found == limit);
        if more {
            rows.remove(0);
        }
        let first = rows.first().map_or(0, |row| row.position);
        let mut number =
            items::attachments_until(&mut connection, case, content, first - 1).await?;
        let epochs = self.epochs(&mut connection, who, case, content).await?;
        let is_whole = before == i64::MAX && !more;
        let elsewhere =
            if is_whole { Vec::new() } else { self.short_items(&mut connection, case).await? };
        drop(connection);
        let items = rows.iter().map(|row| {
            number += i64::from(row.object.is_some());
            self.open_item(&epochs, case, content, row, number)
        });
        let mut items = items.collect::<Result<Vec<_>, _>>()?;
        let elsewhere = elsewhere.iter().map(|row| self.open_item(&epochs, case, content, row, 0));
        let elsewhere = elsewhere.collect::<Result<Vec<_>, _>>()?;
        let all = if is_whole { &items } else { &elsewhere };
        let events = all.iter().filter_map(Item::event).cloned().collect();
        let cut = if who.is_handler() { 0 } else { beginning_of_page(&items) };
        more |= cut > 0;
        let first = rows.get(cut).map_or(first, |row| row.position);
        items.drain(..cut);
        Ok(Dialogue { items, older: more.then_some(first), events })
    }

    /// Items among which is everything that was done with a button: it is short.
    async fn short_items(
        &self,
        connection: &mut Connection,
        case: CaseId,
    ) -> Result<Vec<ItemRow>, Failure> {
        let bytes = i64::try_from(sealed::SHORT).unwrap_or(i64::MAX);
        let content = Compartment::Content;
        Ok(items::shorter_than(connection, case, content, bytes, EVENTS_SEARCHED).await?)
    }

    /// Whether this person may still add something to this case today.
    pub async fn takes_more(&self, who: &SignedIn, case: CaseId) -> Result<bool, Failure> {
        if who.is_handler() {
            return Ok(true);
        }
        let mut connection = self.parts().store.connect().await?;
        let today = self.clock().today();
        Ok(items::written_on(&mut connection, case, today).await? < ITEMS_PER_DAY)
    }

    /// Adds a message. `once` comes from the form, so that a form that is sent twice writes
    /// one message.
    pub async fn add(
        &self,
        who: &SignedIn,
        case: CaseId,
        once: ItemId,
        what: What,
        text: String,
    ) -> Result<Added, Failure> {
        self.write(who, case, self.message(who, once, what, text)).await
    }

    pub(super) fn message(
        &self,
        who: &SignedIn,
        once: ItemId,
        what: What,
        text: String,
    ) -> Writing {
        let id = self.form_id(once, &text);
        let content = Content::Message { what, text };
        Writing { id, compartment: Compartment::Content, by: who.author(), content, object: None }
    }

    /// The id of a message: a form that went back in a browser, was changed and sent again
    /// is another message, which must not be taken for the first.
    pub(super) fn form_id(&self, once: ItemId, text: &str) -> ItemId {
        ItemId::from_bytes(form_id(self.tokens(), &[once.as_bytes(), text.as_bytes()]))
    }

    /// What stands for something that a page shows in the form on it: whether it is still so
    /// when the form comes.
    pub(super) fn stands_for(&self, shown: &[u8]) -> String {
        ItemId::from_bytes(form_id(self.tokens(), &[shown])).to_string()
    }

    /// Writes an item, once.
    pub(super) async fn write(
        &self,
        who: &SignedIn,
        case: CaseId,
        new: Writing,
    ) -> Result<Added, Failure> {
        let mut transaction = self.parts().store.begin().await?;
        let added = self.may_write(&mut transaction, who, case, new.id, 1).await?;
        if added == Added::Written {
            let is_feedback = matches!(new.content, Content::Message { what: What::Feedback, .. });
            if is_feedback {
                cases::set_feedback(&mut transaction, case, self.clock().today()).await?;
            }
            self.put(&mut transaction, case, vec![new]).await?;
            transaction.commit().await.map_err(StoreError::from)?;
        }
        Ok(added)
    }

    /// Adds something that was done. `once` comes from the form.
    pub async fn add_event(
        &self,
        who: &SignedIn,
        case: CaseId,
        once: ItemId,
        event: Event,
    ) -> Result<Added, Failure> {
        // Another answer from the same page is another one.
        let words = serde_json::to_string(&event).unwrap_or_default();
        let id = self.form_id(once, &words);
        let content = Content::Event(event);
        let compartment = Compartment::Content;
        let new = Writing { id, compartment, by: who.author(), content, object: None };
        self.write(who, case, new).await
    }

    /// What a message of this case asks; none if there is no such message of a handler.
    pub async fn asked(
        &self,
        who: &SignedIn,
        case: CaseId,
        item: ItemId,
    ) -> Result<Option<What>, Failure> {
        let content = Compartment::Content;
        let mut connection = self.parts().store.connect().await?;
        let Some(row) = items::get(&mut connection, case, content, item).await? else {
            return Ok(None);
        };
        let epochs = self.epochs(&mut connection, who, case, content).await?;
        drop(connection);
        let found = self.open_item(&epochs, case, content, &row, 0)?;
        Ok(match (found.by, found.content) {
            (Author::Handler(_), Content::Message { what, .. }) => Some(what),
            _ => None,
        })
    }

    /// Begins to write to a case: whether so many items may still come, the first of them
    /// with this id.
    pub(super) async fn may_write(
        &self,
        transaction: &mut Connection,
        who: &SignedIn,
        case: CaseId,
        first: ItemId,
        number: usize,
    ) -> Result<Added, Failure> {
        // First a write: on PostgreSQL it makes others who write to this case wait, so that
        // two of them do not take one position and a form sent twice at once is seen.
        cases::set_waiting_for(transaction, case, who.turn_after()).await?;
        if items::exists(transaction, first).await? {
            return Ok(Added::Before);
        }
        // Whoever reads the case has to open all of a page, and the disk has to hold it all.
        let today = items::written_on(transaction, case, self.clock().today()).await?;
        let after = today.saturating_add(i64::try_from(number).unwrap_or(i64::MAX));
        let too_much = who.author() == Author::Reporter && after > ITEMS_PER_DAY;
        Ok(if too_much { Added::TooMuch } else { Added::Written })
    }

    /// Writes items under the newest keys of their parts.
    pub(super) async fn put(
        &self,
        transaction: &mut Connection,
        case: CaseId,
        new: Vec<Writing>,
    ) -> Result<(), Failure> {
        for writing in new {
            let newest = cases::newest_epoch(transaction, case, writing.compartment).await?;
            let (epoch, key) = newest.ok_or(Failure::Broken("a part without a key pair"))?;
            self.write_item(transaction, case, epoch, &key, writing).await?;
        }
        Ok(())
    }

    /// An attachment of a case that this person may read: its manifest, and its bytes.
    pub async fn attachment(
        &self,
        who: &SignedIn,
        case: CaseId,
        item: ItemId,
    ) -> Result<Option<Opened>, Failure> {
        let content = Compartment::Content;
        let mut connection = self.parts().store.connect().await?;
        let Some(row) = items::get(&mut connection, case, content, item).await? else {
            return Ok(None);
        };
        let number = items::attachments_until(&mut connection, case, content, row.position).await?;
        let epochs = self.epochs(&mut connection, who, case, content).await?;
        drop(connection);
        let found = self.open_item(&epochs, case, content, &row, number)?;
        let (Content::Attachment(manifest), Some(object)) = (found.content, row.object) else {
            return Ok(None);
        };
        let download = self.open_object(object, &manifest).await?;
        let is_own = found.by == who.author();
        Ok(Some(Opened { number: found.number, is_own, manifest: *manifest, download }))
    }

    /// Seals an item to the public key of its case and writes it.
    pub(super) async fn write_item(
        &self,
        connection: &mut Connection,
        case: CaseId,
        epoch: i64,
        to: &PublicKey,
        writing: Writing,
    ) -> Result<(), Failure> {
        let position = items::next_position(connection, case).await?;
        let place = Place { case, compartment: writing.compartment, epoch, position };
        let body = Body { by: writing.by, content: writing.content };
        let key = Key::random();
        let context = self.contexts().item_body(writing.id);
        // Whether somebody told who they are must not show in how long that is.
        let sealed_body = match place.compartment {
            Compartment::Identity => sealed::seal_large(&key, &context, &body)?,
            _ => sealed::seal(&key, &context, &body)?,
        };
        let new = NewItem {
            id: writing.id,
            case,
            compartment: place.compartment,
            epoch,
            position,
            written_on: self.clock().today(),
            wrap: &to.wrap(&key, &self.contexts().item_key(writing.id, place)),
            body: &sealed_body,
            object: writing.object,
        };
        Ok(items::insert(connection, &new).await?)
    }

    /// The key pairs of a compartment that this person can open, by epoch.
    pub(super) async fn epochs(
        &self,
        connection: &mut Connection,
        who: &SignedIn,
        case: CaseId,
        compartment: Compartment,
    ) -> Result<Vec<(i64, KeyPair)>, Failure> {
        let wraps = cases::wraps_of(connection, case, compartment, who.reader()).await?;
        wraps
            .iter()
            .map(|(epoch, wrap)| {
                let context = self.contexts().epoch(case, compartment, *epoch, who.reader());
                Ok((*epoch, KeyPair::from_seed(who.keys.unwrap(wrap, &context)?)))
            })
            .collect()
    }

    pub(super) fn open_item(
        &self,
        epochs: &[(i64, KeyPair)],
        case: CaseId,
        compartment: Compartment,
        row: &ItemRow,
        number: i64,
    ) -> Result<Item, Failure> {
        let place = Place { case, compartment, epoch: row.epoch, position: row.position };
        let (_, pair) = epochs
            .iter()
            .find(|(epoch, _)| *epoch == row.epoch)
            .ok_or(Failure::Broken("an item of an epoch without a wrap"))?;
        let key = pair.unwrap(&row.wrap, &self.contexts().item_key(row.id, place))?;
        let body: Body = sealed::open(&key, &self.contexts().item_body(row.id), &row.body)?;
        Ok(Item {
            id: row.id,
            written_on: row.written_on,
            by: body.by,
            content: body.content,
            number: usize::try_from(number).unwrap_or_default(),
        })
    }
}
