//! SQL, and only SQL.
//!
//! Every function here takes sealed values, ids, days and states; there is no way to
//! hand it plain text, because [`Sealed`](crate::vault::Sealed) is made in the vault
//! alone. The one exception is [`policies::PublicText`], which anybody can read on a page.
//! One SQL text serves SQLite and PostgreSQL: portable types, `$1` placeholders, one
//! function per statement, beside its row mapping. What differs between the engines ends
//! in this file.

pub mod cases;
pub mod drafts;
pub mod handlers;
pub mod ids;
pub mod instance;
pub mod items;
pub mod objects;
pub mod policies;
pub mod reporters;
mod row;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::migrate::Migrator;
use sqlx::{AnyConnection, AnyPool, Connection as _, SqlSafeStr as _};

use crate::limits::{DATABASE_CONNECTIONS, DATABASE_PATIENCE};
use row::Row;

pub use ids::{CaseId, FileId, HandlerId, HandlerName, ItemId, ObjectId, ReporterId};
pub use objects::Objects;
pub use sqlx::AnyConnection as Connection;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// SQLite settings, each for a reason:
/// - a crash or power cut must not lose what was acknowledged: WAL with FULL sync;
/// - an erased row must not stay readable in the file: `secure_delete`;
/// - a crafted database file must not run code or confuse the engine: `trusted_schema`,
///   `cell_size_check`;
/// - nothing may be written to a temporary file elsewhere: `temp_store`.
const SQLITE_SETTINGS: [&str; 8] = [
    "pragma journal_mode = wal",
    "pragma synchronous = full",
    "pragma secure_delete = on",
    "pragma foreign_keys = on",
    "pragma temp_store = memory",
    "pragma trusted_schema = off",
    "pragma cell_size_check = on",
    WAIT_TO_WRITE,
];

/// How long a transaction waits for another that writes: 15 seconds.
const WAIT_TO_WRITE: &str = "pragma busy_timeout = 15000";
/// How long the erasure of old pages waits for readers: a fifth of a second.
const WAIT_TO_FORGET: &str = "pragma busy_timeout = 200";

/// Why the database did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or is not reachable; full disks end here too.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The tables could not be brought up to date.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A row holds something this program does not write.
    #[error("a row of `{table}` holds a value this program does not write")]
    Row {
        /// Which table.
        table: &'static str,
    },
    /// The object store failed. Its own words name the object; ours go into the log and
    /// name none.
    #[error("objects: {}", kind(.0))]
    Objects(#[from] object_store::Error),
}

/// What the operating system said, without a path.
fn kind(error: &object_store::Error) -> std::io::ErrorKind {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = source {
        if let Some(io) = error.downcast_ref::<std::io::Error>() {
            return io.kind();
        }
        source = error.source();
    }
    std::io::ErrorKind::Other
}

/// The database.
#[derive(Clone, Debug)]
pub struct Store {
    pool: AnyPool,
}

/// A transaction. Dropped without `commit`, it never happened.
pub type Transaction = sqlx::Transaction<'static, sqlx::Any>;

impl Store {
    /// Opens a database as it is. Commands that only look at it change no table under a
    /// server that runs.
    ///
    /// `url` is `sqlite://PATH` of a file that is there, or `postgres://…`.
    pub async fn open(url: &str) -> Result<Store, StoreError> {
        install_default_drivers();
        let sqlite = url.starts_with("sqlite:");
        let pool = AnyPoolOptions::new()
            .max_connections(if sqlite { 1 } else { DATABASE_CONNECTIONS })
            .acquire_timeout(DATABASE_PATIENCE)
            .test_before_acquire(false)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    if is_sqlite(connection) {
                        for setting in SQLITE_SETTINGS {
                            sqlx::query(setting).execute(&mut *connection).await?;
                        }
                    }
                    Ok(())
                })
            })
            // A full or failing disk makes SQLite end a transaction by itself; sqlx would
            // then take the connection for one that is inside it, and never begin again.
            .after_release(|connection, _| {
                Box::pin(async move {
                    // What was dropped without a commit is rolled back on the way to the answer.
                    if connection.is_in_transaction() {
                        connection.ping().await?;
                    }
                    Ok(!connection.is_in_transaction())
                })
            })
            .connect(url)
            .await?;
        Ok(Store { pool })
    }

    /// Makes the tables, or brings older ones up to date.
    pub async fn update(&self) -> Result<(), StoreError> {
        let migrations = if is_sqlite(&*self.connect().await?) { &SQLITE } else { &POSTGRES };
        Ok(migrations.run(&self.pool).await?)
    }

    /// A connection, for reading.
    pub async fn connect(&self) -> Result<sqlx::pool::PoolConnection<sqlx::Any>, StoreError> {
        Ok(self.pool.acquire().await?)
    }

    /// Begins a transaction that may write.
    pub async fn begin(&self) -> Result<Transaction, StoreError> {
        let connection = self.pool.acquire().await?;
        // SQLite must take its write lock at the start: a lock taken later could fail
        // in the middle, after work that cannot be repeated.
        let begin = if is_sqlite(&connection) { "begin immediate" } else { "begin" };
        Ok(sqlx::Transaction::begin(connection, Some(begin.into_sql_str())).await?)
    }

    /// Makes erased rows unreadable in the files too: SQLite keeps old pages in its
    /// write-ahead log until it is truncated. False if a reader was in the way: then it
    /// waits for the next time, and the sweep tries again every hour.
    pub async fn forget_erased(&self) -> Result<bool, StoreError> {
        let connection = self.connect().await?;
        if !is_sqlite(&connection) {
            return Ok(true);
        }
        // A task of its own: whoever asked may go away, and the connection has to get its
        // patience back.
        tokio::spawn(truncate_log(connection)).await.map_err(|_| sqlx::Error::WorkerCrashed)?
    }

    /// Writes a consistent copy of the database to `path` (SQLite only), without the
    /// pages of erased rows, while the portal is running.
    pub async fn copy_to(&self, path: &str) -> Result<bool, StoreError> {
        let mut connection = self.connect().await?;
        if !is_sqlite(&connection) {
            return Ok(false);
        }
        sqlx::query("vacuum into $1").bind(path).execute(&mut *connection).await?;
        Ok(true)
    }

    /// Closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Empties the write-ahead log, unless a reader needs it for longer than a moment: a backup
/// reads for minutes, and while we wait for it nobody can write.
async fn truncate_log(
    mut connection: sqlx::pool::PoolConnection<sqlx::Any>,
) -> Result<bool, StoreError> {
    sqlx::query(WAIT_TO_FORGET).execute(&mut *connection).await?;
    let done = sqlx::query("pragma wal_checkpoint(truncate)").fetch_one(&mut *connection).await;
    sqlx::query(WAIT_TO_WRITE).execute(&mut *connection).await?;
    Ok(Row { table: "wal_checkpoint", row: &done? }.number("busy")? == 0)
}

fn is_sqlite(connection: &AnyConnection) -> bool {
    connection.backend_name() == "SQLite"
}
