//! The policies of the scheme: every version, by the first day on which it is in force.

use sqlx::AnyConnection;

use super::StoreError;
use super::row::Row;
use crate::clock::Day;

/// The text of a policy in both languages. It stands on a page for everybody, and is the one
/// text that is stored as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicText {
    /// In Danish.
    pub da: String,
    /// In English.
    pub en: String,
}

const TABLE: &str = "policies";

/// Writes the version of a day, in the place of another one of that day.
pub async fn put(
    connection: &mut AnyConnection,
    since_on: Day,
    text: &PublicText,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into policies (since_on, da, en) values ($1, $2, $3)
         on conflict (since_on) do update set da = excluded.da, en = excluded.en",
    )
    .bind(since_on.0)
    .bind(&text.da)
    .bind(&text.en)
    .execute(connection)
    .await?;
    Ok(())
}

/// Erases all versions: nobody has reported under them.
pub async fn forget_all(connection: &mut AnyConnection) -> Result<(), StoreError> {
    sqlx::query("delete from policies").execute(connection).await?;
    Ok(())
}

/// The version of a day; none if another one was in force already.
pub async fn get(
    connection: &mut AnyConnection,
    since_on: Day,
) -> Result<Option<PublicText>, StoreError> {
    let row = sqlx::query("select da, en from policies where since_on = $1")
        .bind(since_on.0)
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        let row = Row { table: TABLE, row: &row };
        Ok(PublicText { da: row.text("da")?, en: row.text("en")? })
    })
    .transpose()
}

/// The first day of every version, the newest first.
pub async fn days(connection: &mut AnyConnection) -> Result<Vec<Day>, StoreError> {
    let rows = sqlx::query("select since_on from policies order by since_on desc")
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Row { table: TABLE, row }.day("since_on")).collect()
}
