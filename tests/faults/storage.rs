//! What the folder of an installation must look like when nothing is under way.

use std::collections::BTreeSet;
use std::path::Path;

use sluse::installation;
use sluse::store::{ObjectId, Store};

use crate::support::program::{Installation, until};

/// The database is consistent, every file that a row names is there, and no other is half
/// of one. A whole file whose row never came waits for the sweep after next.
pub async fn is_whole(installation: &Installation) {
    let store = installation::open_store(&installation.config).await.unwrap();
    let named = named_objects(&store).await;
    let objects = installation.config.objects();
    let whole = |name: &String| ObjectId::parse(name).is_some();
    until("what was half-written is gone", || names(&objects).iter().all(whole)).await;
    assert!(names(&objects).is_superset(&named), "an attachment is lost");
    assert_eq!(checks(&store).await, ["ok"]);
    store.close().await;
    assert!(names(&installation.config.spool()).is_empty(), "an upload was left behind");
    let known = ["lock", "objects", "sluse.db", "sluse.db-shm", "sluse.db-wal", "socket", "spool"];
    assert!(names(&installation.config.data).iter().all(|name| known.contains(&name.as_str())));
}

async fn named_objects(store: &Store) -> BTreeSet<String> {
    let rows: Vec<(Vec<u8>,)> = sqlx::query_as(
        "select object_id from items where object_id is not null
         union select object_id from draft_files where object_id is not null",
    )
    .fetch_all(&mut *store.connect().await.unwrap())
    .await
    .unwrap();
    rows.iter().map(|(id,)| ObjectId::from_slice(id).unwrap().to_string()).collect()
}

async fn checks(store: &Store) -> Vec<String> {
    let mut connection = store.connect().await.unwrap();
    let query = sqlx::query_as("select integrity_check from pragma_integrity_check");
    let integrity: Vec<(String,)> = query.fetch_all(&mut *connection).await.unwrap();
    let query = sqlx::query_as("select \"table\" from pragma_foreign_key_check");
    let orphans: Vec<(String,)> = query.fetch_all(&mut *connection).await.unwrap();
    integrity.into_iter().chain(orphans).map(|(line,)| line).collect()
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    entries.map(|entry| entry.file_name().into_string().unwrap()).collect()
}
