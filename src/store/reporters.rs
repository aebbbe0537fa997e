//! Reporters: found by a value that only their code gives.

use sqlx::AnyConnection;

use super::row::{OF_NOBODY, Row};
use super::{CaseId, ReporterId, StoreError};
use crate::vault::{LookupId, PublicKey, Sealed, Stored};

/// A new reporter's row.
#[derive(Debug)]
pub struct NewReporter<'a> {
    /// Random id.
    pub id: ReporterId,
    /// From the code.
    pub lookup: &'a LookupId,
    /// Their case.
    pub case: CaseId,
    /// To which the case is wrapped.
    pub public_key: &'a PublicKey,
    /// The seed, under the code's key.
    pub seed: &'a Sealed,
}

/// What is needed to sign a reporter in.
#[derive(Debug)]
pub struct ReporterRow {
    /// Who.
    pub id: ReporterId,
    /// Their case.
    pub case: CaseId,
    /// The seed, under the code's key.
    pub seed: Stored,
}

/// Writes a new reporter.
pub async fn insert(
    connection: &mut AnyConnection,
    new: &NewReporter<'_>,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into reporters (reporter_id, lookup_id, case_id, public_key, seed)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(new.id.as_bytes().to_vec())
    .bind(new.lookup.as_bytes().to_vec())
    .bind(new.case.as_bytes().to_vec())
    .bind(new.public_key.to_bytes())
    .bind(new.seed.as_bytes().to_vec())
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts a new code in the place of the one a reporter had. False if they have another one by
/// now: then nothing is changed.
pub async fn change_code(
    connection: &mut AnyConnection,
    reporter: ReporterId,
    (old, new): (&LookupId, &LookupId),
    seed: &Sealed,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "update reporters set lookup_id = $1, seed = $2
         where reporter_id = $3 and lookup_id = $4",
    )
    .bind(new.as_bytes().to_vec())
    .bind(seed.as_bytes().to_vec())
    .bind(reporter.as_bytes().to_vec())
    .bind(old.as_bytes().to_vec())
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Finds the reporter who knows the code that `lookup` was derived from.
///
/// A row is read also where there is none: reading one takes long enough to be measured.
pub async fn find(
    connection: &mut AnyConnection,
    lookup: &LookupId,
) -> Result<Option<ReporterRow>, StoreError> {
    let row = sqlx::query(
        "select reporter_id, case_id, seed, cast(1 as bigint) as known from reporters
         where lookup_id = $1
         union all select $2, $3, $4, 0 order by known desc limit 1",
    )
    .bind(lookup.as_bytes().to_vec())
    .bind(ReporterId::random().as_bytes().to_vec())
    .bind(CaseId::random().as_bytes().to_vec())
    .bind(OF_NOBODY.to_vec())
    .fetch_one(connection)
    .await?;
    let row = Row { table: "reporters", row: &row };
    let found = ReporterRow {
        id: row.parsed("reporter_id", ReporterId::from_slice)?,
        case: row.parsed("case_id", CaseId::from_slice)?,
        seed: row.stored("seed")?,
    };
    Ok((row.number("known")? == 1).then_some(found))
}
