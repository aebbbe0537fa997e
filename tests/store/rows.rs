//! Values to write, and ways to tell what was read.

use sluse::clock::Day;
use sluse::store::cases::{CaseRow, CaseState, Compartment, WaitingFor};
use sluse::store::drafts::NewDraftFile;
use sluse::store::handlers::{self, Enrolment};
use sluse::store::items::NewItem;
use sluse::store::{
    CaseId, Connection, FileId, HandlerId, HandlerName, ItemId, ObjectId, ReporterId, Store,
    StoreError, Transaction, cases, drafts, items, reporters,
};
use sluse::vault::token::Ticket;
use sluse::vault::vouch::Voucher;
use sluse::vault::{
    Context, InstanceId, Key, KeyPair, LookupId, PublicKey, Sealed, Stored, Verifier, Wrap,
};

use crate::engines::House;

/// The day on which everything here happens.
pub const TODAY: Day = Day(20_779);
/// The part of a case that everybody who may read it can read.
pub const CONTENT: Compartment = Compartment::Content;

impl House {
    /// A transaction.
    pub async fn begin(&self) -> Transaction {
        self.store.begin().await.unwrap()
    }

    /// The same database as another process has it, such as a command beside the server.
    pub async fn elsewhere(&self) -> Store {
        Store::open(&self.url).await.unwrap()
    }

    /// A connection outside any transaction.
    pub async fn connect(&self) -> sqlx::pool::PoolConnection<sqlx::Any> {
        self.store.connect().await.unwrap()
    }
}

fn key() -> Key {
    Key::from_bytes([7; 32])
}

fn context() -> Context {
    Context::new("test", InstanceId([7; 16]))
}

/// Seals a text.
pub fn sealed(text: &str) -> Sealed {
    Sealed::new(&key(), &context(), text.as_bytes())
}

/// The text in what was read back.
pub fn text(stored: &Stored) -> String {
    String::from_utf8(stored.open(&key(), &context()).unwrap().to_vec()).unwrap()
}

/// A key pair that is always the same for a number.
pub fn pair(number: u8) -> KeyPair {
    KeyPair::from_seed(Key::from_bytes([number; 32]))
}

/// A public key, to be compared.
pub fn public(number: u8) -> PublicKey {
    pair(number).public()
}

/// Wraps the key of a number to a reader.
pub fn wrap(number: u8) -> Wrap {
    public(1).wrap(&Key::from_bytes([number; 32]), &context())
}

/// Whether what was read back is the wrap of a number.
pub fn is_wrap(stored: &Stored, number: u8) -> bool {
    let hash = |key: &Key| key.hash(b"same");
    hash(&pair(1).unwrap(stored, &context()).unwrap()) == hash(&Key::from_bytes([number; 32]))
}

/// A value by which a row is found.
pub fn lookup() -> LookupId {
    Ticket::random().id("test")
}

/// A case on its first day.
pub fn case(feedback_due: i64) -> CaseRow {
    CaseRow {
        id: CaseId::random(),
        state: CaseState::Acknowledged,
        waiting_for: WaitingFor::Handler,
        received_on: TODAY,
        acknowledged_on: TODAY.plus_days(1),
        feedback_due: TODAY.plus_days(feedback_due),
        feedback_on: None,
    }
}

/// A case with everything that hangs on it: epoch, wrap, reporter, item.
pub struct WholeCase {
    pub row: CaseRow,
    pub reader: [u8; 16],
    pub lookup: LookupId,
    pub item: ItemId,
    pub object: ObjectId,
}

/// Writes a whole case.
pub async fn write_case(house: &House) -> WholeCase {
    let whole = WholeCase {
        row: case(90),
        reader: *HandlerId::random().as_bytes(),
        lookup: lookup(),
        item: ItemId::random(),
        object: ObjectId::random(),
    };
    let mut transaction = house.begin().await;
    cases::insert(&mut transaction, &whole.row).await.unwrap();
    cases::insert_epoch(&mut transaction, whole.row.id, CONTENT, 1, &public(1)).await.unwrap();
    cases::insert_wrap(&mut transaction, whole.row.id, CONTENT, 1, whole.reader, &wrap(3))
        .await
        .unwrap();
    let reporter = reporters::NewReporter {
        id: ReporterId::random(),
        lookup: &whole.lookup,
        case: whole.row.id,
        public_key: &public(2),
        seed: &sealed("seed"),
    };
    reporters::insert(&mut transaction, &reporter).await.unwrap();
    let item = (whole.item, whole.row.id, 1, Some(whole.object));
    write_item(&mut transaction, item, "first").await.unwrap();
    transaction.commit().await.unwrap();
    whole
}

/// Writes an item: id, case, position, object.
pub async fn write_item(
    connection: &mut Connection,
    (id, case, position, object): (ItemId, CaseId, i64, Option<ObjectId>),
    body: &str,
) -> Result<(), StoreError> {
    let new = NewItem {
        id,
        case,
        compartment: CONTENT,
        epoch: 1,
        position,
        written_on: TODAY,
        wrap: &wrap(4),
        body: &sealed(body),
        object,
    };
    items::insert(connection, &new).await
}

/// Saves a draft that is kept until a day.
pub async fn save_draft(house: &House, draft: &LookupId, until: Day) {
    let mut transaction = house.begin().await;
    assert!(drafts::save(&mut transaction, draft, until, &sealed("draft")).await.unwrap());
    transaction.commit().await.unwrap();
}

/// Sends a draft; its receipt is kept until tomorrow. True if it was not sent before.
pub async fn mark_sent(connection: &mut Connection, draft: &LookupId, case: CaseId) -> bool {
    let (until, emptied, code) = (TODAY.plus_days(1), sealed(""), sealed("code"));
    drafts::mark_sent(connection, draft, case, until, &emptied, &code).await.unwrap()
}

/// Adds a file to a draft; its object is there unless it was refused.
pub async fn add_file(
    connection: &mut Connection,
    draft: &LookupId,
    bytes: i64,
    object: Option<ObjectId>,
) -> FileId {
    let id = FileId::random();
    let manifest = sealed("manifest");
    let new = NewDraftFile { id, draft, bytes, manifest: &manifest, object };
    drafts::insert_file(connection, &new).await.unwrap();
    id
}

/// A handler's name.
pub fn name(text: &str) -> HandlerName {
    HandlerName::parse(text).unwrap()
}

/// Invites a handler until tomorrow.
pub async fn invite(house: &House, called: &str) -> (HandlerId, LookupId) {
    let (id, link) = (HandlerId::random(), lookup());
    let mut transaction = house.begin().await;
    let until = TODAY.plus_days(1);
    assert!(handlers::invite(&mut transaction, id, &name(called), &link, until).await.unwrap());
    transaction.commit().await.unwrap();
    (id, link)
}

/// What a handler sets at enrolment.
pub fn enrolment(last_step: i64) -> Enrolment {
    Enrolment {
        salt: [5; 16],
        verifier: Verifier::from_bytes(&[6; 32]).unwrap(),
        seed: sealed("seed"),
        second_factor: sealed("second factor"),
        last_step,
        public_key: public(8),
        voucher_key: Voucher::from_seed(pair(8).seed()).public(),
    }
}

/// Invites and enrols a handler.
pub async fn enrol(house: &House, called: &str) -> HandlerId {
    let (id, link) = invite(house, called).await;
    let mut transaction = house.begin().await;
    assert!(handlers::enrol(&mut transaction, &link, &enrolment(10)).await.unwrap());
    transaction.commit().await.unwrap();
    id
}

/// Whether the database refused a row because there is one already.
pub fn is_taken(written: Result<(), StoreError>) -> bool {
    match written {
        Err(StoreError::Database(sqlx::Error::Database(error))) => error.is_unique_violation(),
        _ => false,
    }
}
