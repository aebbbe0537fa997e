//! The policies of the scheme: every version, as anybody could read it.

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

/// One version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyRow {
    /// Which one: 1 is the first.
    pub number: i64,
    /// The first day on which it was shown.
    pub since_on: Day,
    /// What it says.
    pub text: PublicText,
}

const TABLE: &str = "policies";

/// Writes a version. False if there is one of that number.
pub async fn insert(connection: &mut AnyConnection, new: &PolicyRow) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "insert into policies (number, since_on, da, en) values ($1, $2, $3, $4)
         on conflict do nothing",
    )
    .bind(new.number)
    .bind(new.since_on.0)
    .bind(&new.text.da)
    .bind(&new.text.en)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// One version; none if there is none of that number.
pub async fn get(
    connection: &mut AnyConnection,
    number: i64,
) -> Result<Option<PolicyRow>, StoreError> {
    let row = sqlx::query("select number, since_on, da, en from policies where number = $1")
        .bind(number)
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        let row = Row { table: TABLE, row: &row };
        let text = PublicText { da: row.text("da")?, en: row.text("en")? };
        Ok(PolicyRow { number: row.number("number")?, since_on: row.day("since_on")?, text })
    })
    .transpose()
}

/// Number and first day of every version, the newest first.
pub async fn all(connection: &mut AnyConnection) -> Result<Vec<(i64, Day)>, StoreError> {
    let rows = sqlx::query("select number, since_on from policies order by number desc")
        .fetch_all(connection)
        .await?;
    let version = |row| {
        let row = Row { table: TABLE, row };
        Ok((row.number("number")?, row.day("since_on")?))
    };
    rows.iter().map(version).collect()
}
