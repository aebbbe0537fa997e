//! From a draft to a report: the moment that must not fail halfway.
//!
//! Everything a report consists of is written in one transaction, and the receipt
//! leaves only after that transaction is on the disk. The code is sealed under the
//! draft's key in the same transaction, so that the receipt can be loaded again, after a
//! restart or a double click, until the code was typed back.

use super::contexts::Contexts;
use super::derivations::Class;
use super::dialogue::{Author, Content, Writing};
use super::draft::DraftKeys;
use super::incoming::Outcome;
use super::questionnaire::Answers;
use super::turns::Lane;
use super::unit::Reader;
use super::waiting::{Alone, Progress};
use super::{CaseId, CodeLength, Failure, ItemId, Portal, ReceiptCode, Ticket};
use crate::clock::Day;
use crate::limits::RECEIPT_DAYS;
use crate::store::cases::{self, CaseRow, CaseState, Compartment, WaitingFor};
use crate::store::drafts;
use crate::store::reporters::{self, NewReporter};
use crate::store::{Connection, ReporterId, StoreError};
use crate::vault::{CodeKeys, KeyPair, PublicKey, Sealed};

/// The first key pair of a compartment.
const FIRST_EPOCH: i64 = 0;
/// The parts that a case has from the start. Who the reporter is has a key and a sealed place
/// of one length also if nobody said it, so that a thief of the database does not see who did.
const COMPARTMENTS: [Compartment; 2] = [Compartment::Content, Compartment::Identity];
/// Months within which a reporter must hear what came of it: § 12(2) no. 3 of the act on
/// the protection of whistleblowers, article 9(1)(f) of Directive (EU) 2019/1937.
const FEEDBACK_MONTHS: i64 = 3;

/// What came of sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is a report now, or was one already: the receipt is there.
    ReceiptIsThere,
    /// There is no draft, or it has expired.
    NoDraft,
    /// Something is missing that a report needs, or has become too long.
    Incomplete,
    /// No handler can read reports yet, or the unit has not opened the portal.
    NotOpen,
    /// Too few could read it without those who must not see it.
    TooFewReaders,
}

/// What the reporter must keep.
#[derive(Debug)]
pub struct Receipt {
    /// The code.
    pub code: ReceiptCode,
    /// The number of the case.
    pub number: String,
    /// When it was received, and acknowledged by this receipt.
    pub received_on: Day,
    /// The last day for feedback.
    pub feedback_due: Day,
    /// The last day on which the receipt can be loaded, if the code is not typed back.
    pub kept_until: Day,
}

/// What came of typing the code back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypedBack {
    /// It is the code; the server has forgotten it.
    Right,
    /// It is not the code.
    Wrong,
    /// There is no receipt to confirm.
    NoReceipt,
}

/// A code that no report has yet, and what its slow derivation gave.
#[derive(Debug)]
pub struct NewCode {
    /// The code.
    pub code: ReceiptCode,
    pub(super) keys: CodeKeys,
}

struct NewReport {
    case: CaseRow,
    epochs: [(Compartment, KeyPair); 2],
    reporter: ReporterId,
    reporter_keys: KeyPair,
}

impl Portal {
    /// Begins to send the draft of this cookie; see [`Portal::send`].
    pub async fn begin_send(
        &self,
        ticket: &Ticket,
        length: CodeLength,
        class: Class,
        lane: Lane,
    ) -> Progress<Sent> {
        let (portal, draft) = (self.clone(), ticket.clone());
        let work = async move {
            if portal.opened_on().await?.is_none() {
                return Ok(Sent::NotOpen);
            }
            portal.send(&draft, length, class, lane).await
        };
        self.parts().sendings.start(ticket, Alone::GoesOn, work).await
    }

    /// Whether this cookie's draft has been sent meanwhile.
    pub async fn send_progress(&self, ticket: &Ticket) -> Progress<Sent> {
        self.parts().sendings.ask(ticket).await
    }

    /// Turns the draft of this cookie into a report, also before the portal is opened: whoever
    /// prepares it tries it. Sending twice gives one report.
    pub async fn send(
        &self,
        ticket: &Ticket,
        length: CodeLength,
        class: Class,
        lane: Lane,
    ) -> Result<Sent, Failure> {
        let keys = DraftKeys::of(ticket);
        let row = drafts::get(&mut *self.parts().store.connect().await?, &keys.id).await?;
        let Some(row) = row.filter(|row| row.expires_on >= self.clock().today()) else {
            return Ok(Sent::NoDraft);
        };
        if row.case.is_some() {
            return Ok(Sent::ReceiptIsThere);
        }
        let answers = keys.open(self.contexts(), &row.body)?;
        if self.questionnaire().first_fault(&answers).is_some() {
            return Ok(Sent::Incomplete);
        }
        // Also if it was saved for later: whoever has the code of a draft, be it because they
        // made it and gave it to somebody, must not have that of the report.
        let code = self.new_code(length, class, lane).await?;
        self.send_with(ticket, &code).await
    }

    /// Makes a code that no report has yet. This may take its time.
    pub async fn new_code(
        &self,
        length: CodeLength,
        class: Class,
        lane: Lane,
    ) -> Result<NewCode, Failure> {
        let code = ReceiptCode::random_of(length);
        let keys = self.derive_code(&code, class, lane).await?;
        Ok(NewCode { code, keys })
    }

    /// The receipt of this cookie's report, until its code was typed back.
    pub async fn receipt(&self, ticket: &Ticket) -> Result<Option<Receipt>, Failure> {
        let keys = DraftKeys::of(ticket);
        let mut connection = self.parts().store.connect().await?;
        let row = drafts::get(&mut connection, &keys.id).await?;
        let today = self.clock().today();
        let Some(row) = row.filter(|row| row.expires_on >= today) else { return Ok(None) };
        let (Some(case), Some(code)) = (row.case, self.code_of(&keys, &row)?) else {
            return Ok(None);
        };
        let days = cases::days(&mut connection, case).await?;
        let (received_on, feedback_due) =
            days.ok_or(Failure::Broken("a receipt without a case"))?;
        Ok(Some(Receipt {
            code,
            number: case.number(),
            received_on,
            feedback_due,
            kept_until: row.expires_on,
        }))
    }

    /// Compares what the reporter typed back; if it is the code, forgets it.
    pub async fn type_back(&self, ticket: &Ticket, typed: &str) -> Result<TypedBack, Failure> {
        let Some(receipt) = self.receipt(ticket).await? else { return Ok(TypedBack::NoReceipt) };
        match ReceiptCode::parse(typed) {
            Ok(code) if code.is(&receipt.code) => {
                self.erase_draft(ticket).await?;
                Ok(TypedBack::Right)
            }
            _ => Ok(TypedBack::Wrong),
        }
    }

    /// Turns the draft of this cookie, as it is at this moment, into a report with this
    /// code: while the code was made, its owner may have changed it, sent it from another
    /// page, or let it expire.
    pub async fn send_with(&self, ticket: &Ticket, code: &NewCode) -> Result<Sent, Failure> {
        let keys = DraftKeys::of(ticket);
        let mut transaction = self.parts().store.begin().await?;
        let Some(row) = self.lock_draft(&mut transaction, &keys).await? else {
            return Ok(Sent::NoDraft);
        };
        if row.case.is_some() {
            return Ok(Sent::ReceiptIsThere);
        }
        let answers = keys.open(self.contexts(), &row.body)?;
        if self.questionnaire().first_fault(&answers).is_some() {
            return Ok(Sent::Incomplete);
        }
        let items = self.items_of_draft(&mut transaction, &keys, &answers).await?;
        let all = self.readers(&mut transaction).await?;
        if all.is_empty() {
            return Ok(Sent::NotOpen);
        }
        let out = self.questionnaire().kept_out(&answers);
        let Some(readers) = self.readers_without(&mut transaction, all, &out).await? else {
            return Ok(Sent::TooFewReaders);
        };
        let new = self.new_report();
        let emptied = keys.seal(self.contexts(), &Answers::default())?;
        let digits = code.code.padded();
        let sealed =
            Sealed::new(&keys.key, &self.contexts().draft_code(&keys.id), digits.as_bytes());
        let (case, until) = (new.case.id, self.clock().today().plus_days(RECEIPT_DAYS));
        if !drafts::mark_sent(&mut transaction, &keys.id, case, until, &emptied, &sealed).await? {
            return Err(Failure::Broken("a draft that was sent while it was locked"));
        }
        self.write_case(&mut transaction, &new, &readers, &code.keys).await?;
        for writing in items {
            let to = new.public_key(writing.compartment)?;
            self.write_item(&mut transaction, new.case.id, FIRST_EPOCH, &to, writing).await?;
        }
        drafts::remove_files(&mut transaction, &keys.id).await?;
        drafts::forget_saved(&mut transaction, &keys.id).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(Sent::ReceiptIsThere)
    }

    /// What a draft says and its clean files, as the case will hold them.
    async fn items_of_draft(
        &self,
        connection: &mut Connection,
        keys: &DraftKeys,
        answers: &Answers,
    ) -> Result<Vec<Writing>, Failure> {
        let writing = |compartment, content, object| Writing {
            id: ItemId::random(),
            compartment,
            by: Author::Reporter,
            content,
            object,
        };
        let report = Content::Report { answers: self.report(answers, false) };
        let identity = self.identity_item(answers);
        let mut items = vec![
            writing(Compartment::Content, report, None),
            writing(Compartment::Identity, identity, None),
        ];
        for (_, file, object) in self.read_draft_files(connection, keys).await? {
            if let (Outcome::Cleaned { manifest, .. }, Some(object)) = (file.outcome, object) {
                let content = Content::Attachment(manifest);
                items.push(writing(Compartment::Content, content, Some(object)));
            }
        }
        Ok(items)
    }

    fn new_report(&self) -> NewReport {
        let today = self.clock().today();
        let case = CaseRow {
            id: CaseId::random(),
            state: CaseState::Acknowledged,
            waiting_for: WaitingFor::Handler,
            received_on: today,
            acknowledged_on: today,
            feedback_due: today.plus_months(FEEDBACK_MONTHS),
            feedback_on: None,
        };
        NewReport {
            case,
            epochs: COMPARTMENTS.map(|compartment| (compartment, KeyPair::random())),
            reporter: ReporterId::random(),
            reporter_keys: KeyPair::random(),
        }
    }

    async fn write_case(
        &self,
        connection: &mut Connection,
        new: &NewReport,
        readers: &[Reader],
        code_keys: &CodeKeys,
    ) -> Result<(), Failure> {
        let contexts: Contexts = self.contexts();
        let case = new.case.id;
        let reporter = (*new.reporter.as_bytes(), new.reporter_keys.public());
        cases::insert(connection, &new.case).await?;
        for (part, epoch) in &new.epochs {
            cases::insert_epoch(connection, case, *part, FIRST_EPOCH, &epoch.public()).await?;
            let readers = readers.iter().map(|reader| (*reader.id.as_bytes(), &reader.key));
            for (reader, key) in readers.chain([(reporter.0, &reporter.1)]) {
                let context = contexts.epoch(case, *part, FIRST_EPOCH, reader);
                let wrap = key.wrap(epoch.seed(), &context);
                cases::insert_wrap(connection, case, *part, FIRST_EPOCH, reader, &wrap).await?;
            }
        }
        let context = contexts.reporter_seed(new.reporter);
        let row = NewReporter {
            id: new.reporter,
            lookup: &code_keys.lookup,
            case,
            public_key: &reporter.1,
            seed: &Sealed::key(&code_keys.key, &context, new.reporter_keys.seed()),
        };
        Ok(reporters::insert(connection, &row).await?)
    }
}

impl NewReport {
    fn public_key(&self, compartment: Compartment) -> Result<PublicKey, Failure> {
        let found = self.epochs.iter().find(|(part, _)| *part == compartment);
        found.map(|(_, epoch)| epoch.public()).ok_or(Failure::Broken("a part without a key"))
    }
}
