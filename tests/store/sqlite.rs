//! What only SQLite has: its settings, its files, and copies of them.

use std::path::Path;

use sluse::store::{Store, drafts};
use sqlx::Row as _;

use crate::engines::{self, House};
use crate::rows::{TODAY, lookup, save_draft, sealed};

/// Whether any file of the database holds these bytes.
fn is_on_disk(house: &House, bytes: &[u8]) -> bool {
    let files = std::fs::read_dir(house.folder.path()).unwrap();
    files.map(|file| file.unwrap().path()).any(|file| holds(&file, bytes))
}

fn holds(file: &Path, bytes: &[u8]) -> bool {
    std::fs::read(file).unwrap().windows(bytes.len()).any(|window| window == bytes)
}

/// Drafts with a body of 2 kB each, and the end of each body: random bytes that are
/// nowhere else.
async fn write_drafts(house: &House) -> Vec<(sluse::vault::LookupId, Vec<u8>)> {
    let mut transaction = house.begin().await;
    let mut written = Vec::new();
    for _ in 0..30 {
        let (draft, body) = (lookup(), sealed(&"x".repeat(2000)));
        drafts::save(&mut transaction, &draft, TODAY, &body).await.unwrap();
        let length = body.as_bytes().len();
        written.push((draft, body.as_bytes()[length - 24..].to_vec()));
    }
    transaction.commit().await.unwrap();
    written
}

#[tokio::test]
async fn the_settings_are_in_force_on_every_connection() {
    let house = engines::sqlite().await;
    let other = house.elsewhere().await;
    let (here, there) = (house.connect().await, other.connect().await.unwrap());
    for mut connection in [here, there] {
        for (setting, value) in [
            ("pragma synchronous", 2),
            ("pragma secure_delete", 1),
            ("pragma foreign_keys", 1),
            ("pragma temp_store", 2),
            ("pragma trusted_schema", 0),
            ("pragma cell_size_check", 1),
            ("pragma busy_timeout", 15_000),
        ] {
            let row = sqlx::query(setting).fetch_one(&mut *connection).await.unwrap();
            assert_eq!(row.get::<i64, _>(0), value, "{setting}");
        }
        let row = sqlx::query("pragma journal_mode").fetch_one(&mut *connection).await.unwrap();
        assert_eq!(row.get::<String, _>(0), "wal");
    }
}

#[tokio::test]
async fn erased_rows_are_in_no_file_once_they_are_forgotten() {
    let house = engines::sqlite().await;
    let mut written = write_drafts(&house).await;
    let kept = written.pop().unwrap();
    assert!(written.iter().all(|(_, bytes)| is_on_disk(&house, bytes)), "they were written");
    let mut transaction = house.begin().await;
    for (draft, _) in &written {
        drafts::erase(&mut transaction, draft).await.unwrap();
    }
    transaction.commit().await.unwrap();
    assert!(house.store.forget_erased().await.unwrap());
    for (draft, bytes) in &written {
        assert!(!is_on_disk(&house, bytes), "a body is still there");
        assert!(!is_on_disk(&house, draft.as_bytes()), "an id is still there");
    }
    assert!(is_on_disk(&house, &kept.1), "the draft that was kept is still there");
}

#[tokio::test]
async fn a_text_that_was_replaced_is_in_no_file_once_it_is_forgotten() {
    let house = engines::sqlite().await;
    let written = write_drafts(&house).await;
    for (draft, _) in &written {
        save_draft(&house, draft, TODAY).await;
    }
    assert!(house.store.forget_erased().await.unwrap());
    assert!(!written.iter().any(|(_, bytes)| is_on_disk(&house, bytes)));
}

/// A backup reads for as long as the database is large. Whoever forgets keeps all others
/// from writing until it gives up.
#[tokio::test]
async fn a_reader_in_the_way_of_forgetting_is_reported_and_not_waited_for() {
    let house = engines::sqlite().await;
    let other = house.elsewhere().await;
    let mut reader = other.connect().await.unwrap();
    sqlx::query("begin").execute(&mut *reader).await.unwrap();
    sqlx::query("select count(*) from drafts").fetch_one(&mut *reader).await.unwrap();
    let draft = lookup();
    save_draft(&house, &draft, TODAY).await;
    let mut transaction = house.begin().await;
    drafts::erase(&mut transaction, &draft).await.unwrap();
    transaction.commit().await.unwrap();
    let begun = std::time::Instant::now();
    assert!(!house.store.forget_erased().await.unwrap(), "the log still holds the draft");
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    sqlx::query("rollback").execute(&mut *reader).await.unwrap();
    drop(reader);
    assert!(house.store.forget_erased().await.unwrap());
    // Who writes a report waits for others as long as ever.
    let mut connection = house.connect().await;
    let row = sqlx::query("pragma busy_timeout").fetch_one(&mut *connection).await.unwrap();
    assert_eq!(row.get::<i64, _>(0), 15_000);
}

#[tokio::test]
async fn a_copy_is_whole_and_holds_no_erased_row() {
    let house = engines::sqlite().await;
    let mut written = write_drafts(&house).await;
    let kept = written.pop().unwrap();
    let mut transaction = house.begin().await;
    for (draft, _) in &written {
        drafts::erase(&mut transaction, draft).await.unwrap();
    }
    transaction.commit().await.unwrap();
    let copy = house.folder.path().join("copy.db");
    assert!(house.store.copy_to(copy.to_str().unwrap()).await.unwrap());
    assert!(!written.iter().any(|(_, bytes)| holds(&copy, bytes)));
    let opened = Store::open(&format!("sqlite://{}", copy.display())).await.unwrap();
    let mut connection = opened.connect().await.unwrap();
    assert!(drafts::get(&mut connection, &kept.0).await.unwrap().is_some());
    drop(connection);
    opened.close().await;
}

#[tokio::test]
async fn a_copy_is_never_written_over_a_file() {
    let house = engines::sqlite().await;
    let file = house.folder.path().join("old.db");
    std::fs::write(&file, "something of the operator's").unwrap();
    assert!(house.store.copy_to(file.to_str().unwrap()).await.is_err());
    assert_eq!(std::fs::read(&file).unwrap(), b"something of the operator's");
}

#[tokio::test]
async fn postgres_is_copied_by_its_own_tools() {
    let house = engines::postgres().await;
    let copy = house.folder.path().join("copy.db");
    assert!(!house.store.copy_to(copy.to_str().unwrap()).await.unwrap());
    assert!(!copy.exists());
}

#[tokio::test]
async fn a_database_that_is_not_there_is_not_made_unless_asked() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("none.db");
    assert!(Store::open(&format!("sqlite://{}", file.display())).await.is_err());
    assert!(!file.exists());
}
