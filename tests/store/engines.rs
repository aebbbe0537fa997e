//! An empty database of each engine.

use std::path::PathBuf;

use sluse::store::Store;
use tempfile::TempDir;

use crate::postgres::new_database;

/// A new database with its tables.
pub struct House {
    pub store: Store,
    pub url: String,
    pub folder: TempDir,
}

impl House {
    /// The database file of SQLite.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("sluse.db")
    }

    async fn at(folder: TempDir, url: String) -> House {
        let store = Store::open(&url).await.unwrap();
        store.update().await.unwrap();
        House { store, url, folder }
    }
}

/// On SQLite, in a temporary folder.
pub async fn sqlite() -> House {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("sluse.db").display());
    House::at(folder, url).await
}

/// On PostgreSQL.
pub async fn postgres() -> House {
    House::at(tempfile::tempdir().unwrap(), new_database()).await
}
