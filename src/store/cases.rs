//! Cases, their key pairs, and who can read them.

use sqlx::AnyConnection;

use super::row::{Row, states};
use super::{CaseId, StoreError};
use crate::clock::Day;
use crate::vault::{PublicKey, Stored, Wrap};

states! {
    /// Where a case stands.
    CaseState {
        /// The reporter has the receipt.
        Acknowledged = "acknowledged",
        /// Nothing more is to come.
        Closed = "closed",
    }
}

states! {
    /// Whose turn it is to write.
    WaitingFor {
        /// Something new for the handlers.
        Handler = "handler",
        /// The handlers have answered.
        Reporter = "reporter",
    }
}

states! {
    /// A part of a case with a key of its own.
    Compartment {
        /// Report, dialogue and attachments.
        Content = "content",
        /// Who the reporter is, if they chose to tell.
        Identity = "identity",
        /// The handlers' own notes.
        Notes = "notes",
        /// What is laid before whoever decides.
        Decision = "decision",
    }
}

/// A case, as far as it is not sealed.
#[derive(Clone, Debug)]
pub struct CaseRow {
    /// Which case.
    pub id: CaseId,
    /// Where it stands.
    pub state: CaseState,
    /// Whose turn it is.
    pub waiting_for: WaitingFor,
    /// When the report came.
    pub received_on: Day,
    /// When the reporter got the receipt.
    pub acknowledged_on: Day,
    /// When feedback is due.
    pub feedback_due: Day,
    /// When feedback was given first.
    pub feedback_on: Option<Day>,
}

/// Who may read: the id of a handler or a reporter.
pub type ReaderId = [u8; 16];

const TABLE: &str = "cases";

/// Writes a new case.
pub async fn insert(connection: &mut AnyConnection, new: &CaseRow) -> Result<(), StoreError> {
    sqlx::query(
        "insert into cases (case_id, state, waiting_for, received_on, acknowledged_on, feedback_due)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(new.id.as_bytes().to_vec())
    .bind(new.state.as_str())
    .bind(new.waiting_for.as_str())
    .bind(new.received_on.0)
    .bind(new.acknowledged_on.0)
    .bind(new.feedback_due.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes the key pair of an epoch: its public half.
pub async fn insert_epoch(
    connection: &mut AnyConnection,
    case: CaseId,
    compartment: Compartment,
    epoch: i64,
    public_key: &PublicKey,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into epochs (case_id, compartment, epoch, public_key) values ($1, $2, $3, $4)",
    )
    .bind(case.as_bytes().to_vec())
    .bind(compartment.as_str())
    .bind(epoch)
    .bind(public_key.to_bytes())
    .execute(connection)
    .await?;
    Ok(())
}

/// Lets one more person read an epoch.
pub async fn insert_wrap(
    connection: &mut AnyConnection,
    case: CaseId,
    compartment: Compartment,
    epoch: i64,
    reader: ReaderId,
    wrap: &Wrap,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into wraps (case_id, compartment, epoch, reader_id, wrap)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(case.as_bytes().to_vec())
    .bind(compartment.as_str())
    .bind(epoch)
    .bind(reader.to_vec())
    .bind(wrap.as_bytes().to_vec())
    .execute(connection)
    .await?;
    Ok(())
}

/// The newest epoch of a compartment, to write under.
pub async fn newest_epoch(
    connection: &mut AnyConnection,
    case: CaseId,
    compartment: Compartment,
) -> Result<Option<(i64, PublicKey)>, StoreError> {
    let row = sqlx::query(
        "select epoch, public_key from epochs where case_id = $1 and compartment = $2
         order by epoch desc limit 1",
    )
    .bind(case.as_bytes().to_vec())
    .bind(compartment.as_str())
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let row = Row { table: "epochs", row: &row };
        let key = row.parsed("public_key", |key| PublicKey::from_bytes(key).ok())?;
        Ok((row.number("epoch")?, key))
    })
    .transpose()
}

/// The wraps one person has of a compartment, by epoch.
pub async fn wraps_of(
    connection: &mut AnyConnection,
    case: CaseId,
    compartment: Compartment,
    reader: ReaderId,
) -> Result<Vec<(i64, Stored)>, StoreError> {
    let rows = sqlx::query(
        "select epoch, wrap from wraps
         where reader_id = $1 and case_id = $2 and compartment = $3 order by epoch",
    )
    .bind(reader.to_vec())
    .bind(case.as_bytes().to_vec())
    .bind(compartment.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let row = Row { table: "wraps", row };
            Ok((row.number("epoch")?, row.stored("wrap")?))
        })
        .collect()
}

/// One case, if this person may read it. "Not yours" and "none" look the same.
pub async fn get_for(
    connection: &mut AnyConnection,
    case: CaseId,
    reader: ReaderId,
) -> Result<Option<CaseRow>, StoreError> {
    let row = sqlx::query(
        "select case_id, state, waiting_for, received_on, acknowledged_on, feedback_due,
             feedback_on from cases
         where case_id = $1
           and exists (select 1 from wraps where wraps.case_id = cases.case_id
                         and wraps.reader_id = $2 and wraps.compartment = $3)",
    )
    .bind(case.as_bytes().to_vec())
    .bind(reader.to_vec())
    .bind(Compartment::Content.as_str())
    .fetch_optional(connection)
    .await?;
    row.map(|row| case_row(&Row { table: TABLE, row: &row })).transpose()
}

/// A page of the cases this person may read: those that wait for a handler first, then
/// by the day on which feedback is due.
pub async fn page_for(
    connection: &mut AnyConnection,
    reader: ReaderId,
    offset: i64,
    limit: i64,
) -> Result<Vec<CaseRow>, StoreError> {
    let rows = sqlx::query(
        "select case_id, state, waiting_for, received_on, acknowledged_on, feedback_due,
             feedback_on from cases
         where exists (select 1 from wraps where wraps.case_id = cases.case_id
                         and wraps.reader_id = $1 and wraps.compartment = $2)
         order by waiting_for, feedback_due, case_id limit $3 offset $4",
    )
    .bind(reader.to_vec())
    .bind(Compartment::Content.as_str())
    .bind(limit)
    .bind(offset)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| case_row(&Row { table: TABLE, row })).collect()
}

/// Makes others wait who lock this case or write to it, until this transaction ends.
pub async fn lock(connection: &mut AnyConnection, case: CaseId) -> Result<(), StoreError> {
    sqlx::query("update cases set waiting_for = waiting_for where case_id = $1")
        .bind(case.as_bytes().to_vec())
        .execute(connection)
        .await?;
    Ok(())
}

/// Says whose turn it is.
pub async fn set_waiting_for(
    connection: &mut AnyConnection,
    case: CaseId,
    waiting_for: WaitingFor,
) -> Result<(), StoreError> {
    sqlx::query("update cases set waiting_for = $1 where case_id = $2")
        .bind(waiting_for.as_str())
        .bind(case.as_bytes().to_vec())
        .execute(connection)
        .await?;
    Ok(())
}

/// Says that feedback was given, if none was before.
pub async fn set_feedback(
    connection: &mut AnyConnection,
    case: CaseId,
    today: Day,
) -> Result<(), StoreError> {
    sqlx::query("update cases set feedback_on = $1 where case_id = $2 and feedback_on is null")
        .bind(today.0)
        .bind(case.as_bytes().to_vec())
        .execute(connection)
        .await?;
    Ok(())
}

fn case_row(row: &Row<'_>) -> Result<CaseRow, StoreError> {
    Ok(CaseRow {
        id: row.parsed("case_id", CaseId::from_slice)?,
        state: row.state("state", CaseState::parse)?,
        waiting_for: row.state("waiting_for", WaitingFor::parse)?,
        received_on: row.day("received_on")?,
        acknowledged_on: row.day("acknowledged_on")?,
        feedback_due: row.day("feedback_due")?,
        feedback_on: row.maybe_day("feedback_on")?,
    })
}

/// When a case was received and when feedback is due, for the receipt.
pub async fn days(
    connection: &mut AnyConnection,
    case: CaseId,
) -> Result<Option<(Day, Day)>, StoreError> {
    let row = sqlx::query("select received_on, feedback_due from cases where case_id = $1")
        .bind(case.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        let row = Row { table: TABLE, row: &row };
        Ok((row.day("received_on")?, row.day("feedback_due")?))
    })
    .transpose()
}
