//! This installation: one row.

use sqlx::AnyConnection;

use super::StoreError;
use super::row::Row;
use crate::clock::Day;
use crate::vault::vouch::VoucherKey;
use crate::vault::{Cost, InstanceId};

/// What was fixed at `init`.
#[derive(Clone, Debug)]
pub struct Instance {
    /// Random id, part of every context.
    pub id: InstanceId,
    /// When it was made.
    pub created_on: Day,
    /// Cost of one derivation.
    pub cost: Cost,
    /// Salt of the codes.
    pub code_salt: [u8; 16],
    /// Tells a wrong pepper.
    pub pepper_check: [u8; 32],
    /// Verifying key of the first receiver, once there is one.
    pub voucher_key: Option<VoucherKey>,
    /// Without which that key does not count.
    pub voucher_tag: Option<[u8; 32]>,
}

const TABLE: &str = "instance";

/// Writes the row of a new installation. False if there is one: with a second salt and
/// pepper in the database, who can sign in would be a matter of which row is read first.
pub async fn insert(connection: &mut AnyConnection, new: &Instance) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "insert into instance (instance_id, created_on, memory_kib, passes, code_salt, pepper_check)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
    )
    .bind(new.id.0.to_vec())
    .bind(new.created_on.0)
    .bind(i64::from(new.cost.memory_kib))
    .bind(i64::from(new.cost.passes))
    .bind(new.code_salt.to_vec())
    .bind(new.pepper_check.to_vec())
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Reads the row; none before `init`.
pub async fn get(connection: &mut AnyConnection) -> Result<Option<Instance>, StoreError> {
    let row = sqlx::query(
        "select instance_id, created_on, memory_kib, passes, code_salt, pepper_check, voucher_key,
             voucher_tag
         from instance",
    )
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let row = Row { table: TABLE, row: &row };
    let small =
        |column| u32::try_from(row.number(column)?).map_err(|_| StoreError::Row { table: TABLE });
    Ok(Some(Instance {
        id: row.parsed("instance_id", |bytes| bytes.try_into().ok().map(InstanceId))?,
        created_on: row.day("created_on")?,
        cost: Cost { memory_kib: small("memory_kib")?, passes: small("passes")? },
        code_salt: row.parsed("code_salt", |bytes| bytes.try_into().ok())?,
        pepper_check: row.parsed("pepper_check", |bytes| bytes.try_into().ok())?,
        voucher_key: row.maybe("voucher_key", VoucherKey::from_bytes)?,
        voucher_tag: row.maybe("voucher_tag", |bytes| bytes.try_into().ok())?,
    }))
}

/// When the portal began to take reports; none before.
pub async fn opened_on(connection: &mut AnyConnection) -> Result<Option<Day>, StoreError> {
    let row = sqlx::query("select opened_on from instance").fetch_optional(connection).await?;
    Ok(row.map(|row| Row { table: TABLE, row: &row }.maybe_day("opened_on")).transpose()?.flatten())
}

/// Says that the portal takes reports from this day on, if it did not before.
pub async fn open(connection: &mut AnyConnection, today: Day) -> Result<(), StoreError> {
    sqlx::query("update instance set opened_on = $1 where opened_on is null")
        .bind(today.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Pins the first receiver's verifying key. False if one was pinned before: it never changes.
pub async fn pin_voucher(
    connection: &mut AnyConnection,
    key: &VoucherKey,
    tag: &[u8; 32],
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "update instance set voucher_key = $1, voucher_tag = $2 where voucher_key is null",
    )
    .bind(key.to_bytes().to_vec())
    .bind(tag.to_vec())
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}
