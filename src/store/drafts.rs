//! Reports that are not sent yet, sealed under a key that is only in a cookie.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::row::{OF_NOBODY, Row};
use super::{CaseId, FileId, ObjectId, StoreError};
use crate::clock::Day;
use crate::vault::{LookupId, Sealed, Stored};

/// A draft as it was read.
#[derive(Debug)]
pub struct DraftRow {
    /// Until when it is kept.
    pub expires_on: Day,
    /// The text and answers, sealed.
    pub body: Stored,
    /// The case it became, once sent.
    pub case: Option<CaseId>,
    /// The code, sealed, from saving for later or sending until it was typed back.
    pub code: Option<Stored>,
    /// Whether that code opened it: it ends with the next change.
    pub was_opened: bool,
}

/// A file of a draft as it was read.
#[derive(Debug)]
pub struct DraftFileRow {
    /// Which file.
    pub id: FileId,
    /// Its manifest, sealed under the draft's key.
    pub manifest: Stored,
    /// The sealed file; none if it was refused.
    pub object: Option<ObjectId>,
}

/// A new file of a draft.
#[derive(Debug)]
pub struct NewDraftFile<'a> {
    /// Random id.
    pub id: FileId,
    /// Whose draft.
    pub draft: &'a LookupId,
    /// Bytes on disk.
    pub bytes: i64,
    /// Its manifest.
    pub manifest: &'a Sealed,
    /// The sealed file; none if it was refused.
    pub object: Option<ObjectId>,
}

const TABLE: &str = "drafts";
const FILES: &str = "draft_files";

/// Writes a draft, or its new text. False if it was sent meanwhile.
pub async fn save(
    connection: &mut AnyConnection,
    draft: &LookupId,
    expires_on: Day,
    body: &Sealed,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "insert into drafts (draft_id, expires_on, body) values ($1, $2, $3)
         on conflict (draft_id) do update set expires_on = $2, body = $3
         where drafts.case_id is null",
    )
    .bind(draft.as_bytes().to_vec())
    .bind(expires_on.0)
    .bind(body.as_bytes().to_vec())
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Reads a draft.
pub async fn get(
    connection: &mut AnyConnection,
    draft: &LookupId,
) -> Result<Option<DraftRow>, StoreError> {
    let row = sqlx::query(
        "select expires_on, body, case_id, code,
                cast(coalesce((select opened from saved_drafts
                               where saved_drafts.draft_id = drafts.draft_id), 0) as bigint)
                as opened
         from drafts where draft_id = $1",
    )
    .bind(draft.as_bytes().to_vec())
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let row = Row { table: TABLE, row: &row };
        Ok(DraftRow {
            expires_on: row.day("expires_on")?,
            body: row.stored("body")?,
            case: row.maybe("case_id", CaseId::from_slice)?,
            code: row.maybe_bytes("code")?.map(Stored::from_disk),
            was_opened: row.number("opened")? == 1,
        })
    })
    .transpose()
}

/// Turns a draft into a sent one, whose receipt is kept until a day of its own. False if
/// it was sent before: then this transaction must not commit what it wrote for the case.
pub async fn mark_sent(
    connection: &mut AnyConnection,
    draft: &LookupId,
    case: CaseId,
    expires_on: Day,
    emptied: &Sealed,
    code: &Sealed,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "update drafts set case_id = $1, expires_on = $2, body = $3, code = $4
         where draft_id = $5 and case_id is null",
    )
    .bind(case.as_bytes().to_vec())
    .bind(expires_on.0)
    .bind(emptied.as_bytes().to_vec())
    .bind(code.as_bytes().to_vec())
    .bind(draft.as_bytes().to_vec())
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets a draft be found by a code, which is kept sealed beside it. False if it has one, or
/// was sent.
pub async fn save_for_later(
    connection: &mut AnyConnection,
    draft: &LookupId,
    lookup: &LookupId,
    ticket: &Sealed,
    code: &Sealed,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "update drafts set code = $1 where draft_id = $2 and code is null and case_id is null",
    )
    .bind(code.as_bytes().to_vec())
    .bind(draft.as_bytes().to_vec())
    .execute(&mut *connection)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query(
        "insert into saved_drafts (lookup_id, draft_id, ticket, opened) values ($1, $2, $3, 0)",
    )
    .bind(lookup.as_bytes().to_vec())
    .bind(draft.as_bytes().to_vec())
    .bind(ticket.as_bytes().to_vec())
    .execute(connection)
    .await?;
    Ok(true)
}

/// The draft of a code: its id, and the sealed value of its cookie. A row is read also where
/// there is none, as by [`super::reporters::find`].
pub async fn find_saved(
    connection: &mut AnyConnection,
    lookup: &LookupId,
) -> Result<Option<(LookupId, Stored)>, StoreError> {
    let row = sqlx::query(
        "select draft_id, ticket, cast(1 as bigint) as known from saved_drafts
         where lookup_id = $1
         union all select $1, $2, 0 order by known desc limit 1",
    )
    .bind(lookup.as_bytes().to_vec())
    .bind(OF_NOBODY.to_vec())
    .fetch_one(connection)
    .await?;
    let row = Row { table: "saved_drafts", row: &row };
    let found = (row.parsed("draft_id", LookupId::from_slice)?, row.stored("ticket")?);
    Ok((row.number("known")? == 1).then_some(found))
}

/// Notes that a draft was found by its code.
pub async fn note_opened(
    connection: &mut AnyConnection,
    draft: &LookupId,
) -> Result<(), StoreError> {
    sqlx::query("update saved_drafts set opened = 1 where draft_id = $1")
        .bind(draft.as_bytes().to_vec())
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends that a draft is found by a code with which it was opened.
pub async fn forget_opened(
    connection: &mut AnyConnection,
    draft: &LookupId,
) -> Result<(), StoreError> {
    sqlx::query(
        "update drafts set code = null where draft_id = $1 and case_id is null
         and exists (select 1 from saved_drafts where saved_drafts.draft_id = drafts.draft_id
                       and opened = 1)",
    )
    .bind(draft.as_bytes().to_vec())
    .execute(&mut *connection)
    .await?;
    sqlx::query("delete from saved_drafts where draft_id = $1 and opened = 1")
        .bind(draft.as_bytes().to_vec())
        .execute(connection)
        .await?;
    Ok(())
}

/// Puts a file of one draft into another one, under another id, as it is sealed there.
pub async fn move_file(
    connection: &mut AnyConnection,
    (from, to): (&LookupId, &LookupId),
    (file, new): (FileId, FileId),
    manifest: &Sealed,
) -> Result<(), StoreError> {
    sqlx::query(
        "update draft_files set draft_id = $1, file_id = $2, manifest = $3
         where draft_id = $4 and file_id = $5",
    )
    .bind(to.as_bytes().to_vec())
    .bind(new.as_bytes().to_vec())
    .bind(manifest.as_bytes().to_vec())
    .bind(from.as_bytes().to_vec())
    .bind(file.as_bytes().to_vec())
    .execute(connection)
    .await?;
    Ok(())
}

/// Makes a draft with nothing in it, unless it is there.
pub async fn begin(
    connection: &mut AnyConnection,
    draft: &LookupId,
    expires_on: Day,
    empty: &Sealed,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into drafts (draft_id, expires_on, body) values ($1, $2, $3)
         on conflict (draft_id) do nothing",
    )
    .bind(draft.as_bytes().to_vec())
    .bind(expires_on.0)
    .bind(empty.as_bytes().to_vec())
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends that a draft is found by its code, which is a case's from now on.
pub async fn forget_saved(
    connection: &mut AnyConnection,
    draft: &LookupId,
) -> Result<(), StoreError> {
    sqlx::query("delete from saved_drafts where draft_id = $1")
        .bind(draft.as_bytes().to_vec())
        .execute(connection)
        .await?;
    Ok(())
}

/// Erases a draft and the rows of its files.
pub async fn erase(connection: &mut AnyConnection, draft: &LookupId) -> Result<(), StoreError> {
    sqlx::query("delete from drafts where draft_id = $1")
        .bind(draft.as_bytes().to_vec())
        .execute(connection)
        .await?;
    Ok(())
}

/// The same, if it was to be kept until before `today`: another page may have begun a new one.
pub async fn erase_if_over(
    connection: &mut AnyConnection,
    draft: &LookupId,
    today: Day,
) -> Result<(), StoreError> {
    sqlx::query("delete from drafts where draft_id = $1 and expires_on < $2")
        .bind(draft.as_bytes().to_vec())
        .bind(today.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Erases what is left of the draft that became a case: its receipt.
pub async fn erase_receipt(connection: &mut AnyConnection, case: CaseId) -> Result<(), StoreError> {
    sqlx::query("delete from drafts where case_id = $1")
        .bind(case.as_bytes().to_vec())
        .execute(connection)
        .await?;
    Ok(())
}

/// Erases every draft that was to be kept until before `today`. Returns how many.
pub async fn erase_expired(connection: &mut AnyConnection, today: Day) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from drafts where expires_on < $1")
        .bind(today.0)
        .execute(connection)
        .await?;
    Ok(done.rows_affected())
}

/// Adds a file behind the others of its draft.
pub async fn insert_file(
    connection: &mut AnyConnection,
    new: &NewDraftFile<'_>,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into draft_files (file_id, draft_id, position, bytes, manifest, object_id)
         values ($1, $2, (select coalesce(max(position), 0) + 1 from draft_files
                          where draft_id = $2), $3, $4, $5)",
    )
    .bind(new.id.as_bytes().to_vec())
    .bind(new.draft.as_bytes().to_vec())
    .bind(new.bytes)
    .bind(new.manifest.as_bytes().to_vec())
    .bind(new.object.map(|object| object.as_bytes().to_vec()))
    .execute(connection)
    .await?;
    Ok(())
}

/// The files of a draft, in the order in which they came.
pub async fn files(
    connection: &mut AnyConnection,
    draft: &LookupId,
) -> Result<Vec<DraftFileRow>, StoreError> {
    let rows = sqlx::query(
        "select file_id, manifest, object_id from draft_files where draft_id = $1
         order by position",
    )
    .bind(draft.as_bytes().to_vec())
    .fetch_all(connection)
    .await?;
    rows.iter().map(read_file).collect()
}

/// One file of a draft.
pub async fn file(
    connection: &mut AnyConnection,
    draft: &LookupId,
    file: FileId,
) -> Result<Option<DraftFileRow>, StoreError> {
    let row = sqlx::query(
        "select file_id, manifest, object_id from draft_files
         where draft_id = $1 and file_id = $2",
    )
    .bind(draft.as_bytes().to_vec())
    .bind(file.as_bytes().to_vec())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_file).transpose()
}

fn read_file(row: &AnyRow) -> Result<DraftFileRow, StoreError> {
    let row = Row { table: FILES, row };
    Ok(DraftFileRow {
        id: row.parsed("file_id", FileId::from_slice)?,
        manifest: row.stored("manifest")?,
        object: row.maybe("object_id", ObjectId::from_slice)?,
    })
}

/// Takes a file out of a draft; tells which object is now noise.
pub async fn remove_file(
    connection: &mut AnyConnection,
    draft: &LookupId,
    file: FileId,
) -> Result<Option<ObjectId>, StoreError> {
    let row = sqlx::query(
        "delete from draft_files where draft_id = $1 and file_id = $2 returning object_id",
    )
    .bind(draft.as_bytes().to_vec())
    .bind(file.as_bytes().to_vec())
    .fetch_optional(connection)
    .await?;
    row.map_or(Ok(None), |row| {
        Row { table: FILES, row: &row }.maybe("object_id", ObjectId::from_slice)
    })
}

/// Takes all files out of a draft, when they have become a case's.
pub async fn remove_files(
    connection: &mut AnyConnection,
    draft: &LookupId,
) -> Result<(), StoreError> {
    sqlx::query("delete from draft_files where draft_id = $1")
        .bind(draft.as_bytes().to_vec())
        .execute(connection)
        .await?;
    Ok(())
}

/// What the files of a draft take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Files that are there.
    pub files: i64,
    /// Those, and the reasons why others are not.
    pub rows: i64,
    /// Bytes on disk.
    pub bytes: i64,
}

/// What the files of a draft take.
pub async fn usage(connection: &mut AnyConnection, draft: &LookupId) -> Result<Usage, StoreError> {
    let row = sqlx::query(
        "select count(object_id) as files, count(*) as all_rows, cast(coalesce(sum(bytes), 0) as bigint) as bytes
         from draft_files where draft_id = $1",
    )
    .bind(draft.as_bytes().to_vec())
    .fetch_one(connection)
    .await?;
    let row = Row { table: FILES, row: &row };
    let (files, rows, bytes) =
        (row.number("files")?, row.number("all_rows")?, row.number("bytes")?);
    Ok(Usage { files, rows, bytes })
}

/// Bytes that all drafts together take on disk.
pub async fn usage_of_all(connection: &mut AnyConnection) -> Result<i64, StoreError> {
    let row =
        sqlx::query("select cast(coalesce(sum(bytes), 0) as bigint) as bytes from draft_files")
            .fetch_one(connection)
            .await?;
    Row { table: FILES, row: &row }.number("bytes")
}

/// How many drafts there are, sent ones with a receipt among them.
pub async fn count(connection: &mut AnyConnection) -> Result<i64, StoreError> {
    let row = sqlx::query("select count(*) as drafts from drafts").fetch_one(connection).await?;
    Row { table: TABLE, row: &row }.number("drafts")
}

/// Keeps a draft for longer, if it has not expired by `today`.
pub async fn keep_until(
    connection: &mut AnyConnection,
    draft: &LookupId,
    today: Day,
    until: Day,
) -> Result<(), StoreError> {
    sqlx::query("update drafts set expires_on = $1 where draft_id = $2 and expires_on >= $3")
        .bind(until.0)
        .bind(draft.as_bytes().to_vec())
        .bind(today.0)
        .execute(connection)
        .await?;
    Ok(())
}
