//! Messages and attachments of a case, all sealed.

use sqlx::AnyConnection;

use super::cases::Compartment;
use super::row::Row;
use super::{CaseId, ItemId, ObjectId, StoreError};
use crate::clock::Day;
use crate::vault::{Sealed, Stored, Wrap};

/// A new item.
#[derive(Debug)]
pub struct NewItem<'a> {
    /// Random id.
    pub id: ItemId,
    /// Its case.
    pub case: CaseId,
    /// The part of the case it belongs to.
    pub compartment: Compartment,
    /// Under which of the compartment's key pairs.
    pub epoch: i64,
    /// Order inside the case, from [`next_position`].
    pub position: i64,
    /// When it was written.
    pub written_on: Day,
    /// The item's key, wrapped to the epoch.
    pub wrap: &'a Wrap,
    /// Message or manifest.
    pub body: &'a Sealed,
    /// The sealed file, if it is an attachment.
    pub object: Option<ObjectId>,
}

/// An item as it was read.
#[derive(Debug)]
pub struct ItemRow {
    /// Which item.
    pub id: ItemId,
    /// Under which key pair.
    pub epoch: i64,
    /// Order inside the case.
    pub position: i64,
    /// When it was written.
    pub written_on: Day,
    /// The item's key, wrapped to the epoch.
    pub wrap: Stored,
    /// Message or manifest.
    pub body: Stored,
    /// The sealed file, if it is an attachment.
    pub object: Option<ObjectId>,
}

const TABLE: &str = "items";

/// The position after the last item of a case. Only inside the transaction that
/// inserts, and after [`set_waiting_for`](super::cases::set_waiting_for) in a case that
/// is there already: two writers at once would otherwise get the same one.
pub async fn next_position(
    connection: &mut AnyConnection,
    case: CaseId,
) -> Result<i64, StoreError> {
    let row = sqlx::query(
        "select coalesce(max(position), 0) + 1 as position from items where case_id = $1",
    )
    .bind(case.as_bytes().to_vec())
    .fetch_one(connection)
    .await?;
    Row { table: TABLE, row: &row }.number("position")
}

/// Writes a new item.
pub async fn insert(connection: &mut AnyConnection, new: &NewItem<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "insert into items (item_id, case_id, compartment, epoch, position, written_on, wrap,
             body, object_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(new.id.as_bytes().to_vec())
    .bind(new.case.as_bytes().to_vec())
    .bind(new.compartment.as_str())
    .bind(new.epoch)
    .bind(new.position)
    .bind(new.written_on.0)
    .bind(new.wrap.as_bytes().to_vec())
    .bind(new.body.as_bytes().to_vec())
    .bind(new.object.map(|object| object.as_bytes().to_vec()))
    .execute(connection)
    .await?;
    Ok(())
}

/// The last `limit` items of a compartment whose position is below `before`, in order.
pub async fn before(
    connection: &mut AnyConnection,
    case: CaseId,
    compartment: Compartment,
    before: i64,
    limit: i64,
) -> Result<Vec<ItemRow>, StoreError> {
    let rows = sqlx::query(
        "select item_id, epoch, position, written_on, wrap, body, object_id from items
         where case_id = $1 and compartment = $2 and position < $3
         order by position desc limit $4",
    )
    .bind(case.as_bytes().to_vec())
    .bind(compartment.as_str())
    .bind(before)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.iter().rev().map(|row| item_row(&Row { table: TABLE, row })).collect()
}

/// One item of a case.
pub async fn get(
    connection: &mut AnyConnection,
    case: CaseId,
    compartment: Compartment,
    item: ItemId,
) -> Result<Option<ItemRow>, StoreError> {
    let row = sqlx::query(
        "select item_id, epoch, position, written_on, wrap, body, object_id from items
         where item_id = $1 and case_id = $2 and compartment = $3",
    )
    .bind(item.as_bytes().to_vec())
    .bind(case.as_bytes().to_vec())
    .bind(compartment.as_str())
    .fetch_optional(connection)
    .await?;
    row.map(|row| item_row(&Row { table: TABLE, row: &row })).transpose()
}

fn item_row(row: &Row<'_>) -> Result<ItemRow, StoreError> {
    Ok(ItemRow {
        id: row.parsed("item_id", ItemId::from_slice)?,
        epoch: row.number("epoch")?,
        position: row.number("position")?,
        written_on: row.day("written_on")?,
        wrap: row.stored("wrap")?,
        body: row.stored("body")?,
        object: row.maybe("object_id", ObjectId::from_slice)?,
    })
}

/// Erases what stands in a compartment.
pub async fn erase(
    connection: &mut AnyConnection,
    case: CaseId,
    compartment: Compartment,
) -> Result<(), StoreError> {
    sqlx::query("delete from items where case_id = $1 and compartment = $2")
        .bind(case.as_bytes().to_vec())
        .bind(compartment.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// The newest items without a file whose body is shorter than so many bytes, in order.
pub async fn shorter_than(
    connection: &mut AnyConnection,
    case: CaseId,
    compartment: Compartment,
    bytes: i64,
    limit: i64,
) -> Result<Vec<ItemRow>, StoreError> {
    let rows = sqlx::query(
        "select item_id, epoch, position, written_on, wrap, body, object_id from items
         where case_id = $1 and compartment = $2 and object_id is null and length(body) < $3
         order by position desc limit $4",
    )
    .bind(case.as_bytes().to_vec())
    .bind(compartment.as_str())
    .bind(bytes)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.iter().rev().map(|row| item_row(&Row { table: TABLE, row })).collect()
}

/// How many attachments of a compartment there are up to a position.
pub async fn attachments_until(
    connection: &mut AnyConnection,
    case: CaseId,
    compartment: Compartment,
    position: i64,
) -> Result<i64, StoreError> {
    let row = sqlx::query(
        "select count(*) as attachments from items
         where case_id = $1 and compartment = $2 and position <= $3 and object_id is not null",
    )
    .bind(case.as_bytes().to_vec())
    .bind(compartment.as_str())
    .bind(position)
    .fetch_one(connection)
    .await?;
    Row { table: TABLE, row: &row }.number("attachments")
}

/// How many items of a case were written on a day.
pub async fn written_on(
    connection: &mut AnyConnection,
    case: CaseId,
    day: Day,
) -> Result<i64, StoreError> {
    let row =
        sqlx::query("select count(*) as written from items where case_id = $1 and written_on = $2")
            .bind(case.as_bytes().to_vec())
            .bind(day.0)
            .fetch_one(connection)
            .await?;
    Row { table: TABLE, row: &row }.number("written")
}

/// Whether any case or draft still needs an object. What nobody needs is noise.
pub async fn object_is_needed(
    connection: &mut AnyConnection,
    object: ObjectId,
) -> Result<bool, StoreError> {
    let row = sqlx::query(
        "select (select count(*) from items where object_id = $1)
              + (select count(*) from draft_files where object_id = $1) as uses",
    )
    .bind(object.as_bytes().to_vec())
    .fetch_one(connection)
    .await?;
    Ok(Row { table: TABLE, row: &row }.number("uses")? > 0)
}

/// Whether an item was written before: a form that is sent twice carries one id.
pub async fn exists(connection: &mut AnyConnection, item: ItemId) -> Result<bool, StoreError> {
    let row = sqlx::query("select count(*) as found from items where item_id = $1")
        .bind(item.as_bytes().to_vec())
        .fetch_one(connection)
        .await?;
    Ok(Row { table: TABLE, row: &row }.number("found")? > 0)
}
