//! Sealed files in the object store, which is the same beside either engine.

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use sluse::store::{ObjectId, Objects};
use sluse::vault::chunked::{Ciphertext, file};
use sluse::vault::{Context, InstanceId, Key};
use tempfile::TempDir;

use crate::rows::TODAY;

fn open() -> (TempDir, Objects) {
    let folder = tempfile::tempdir().unwrap();
    let objects = Objects::local(folder.path()).unwrap();
    (folder, objects)
}

/// Seals `bytes` zeros and writes them; returns what stands on the disk.
async fn write(objects: &Objects, id: ObjectId, bytes: usize) -> Vec<u8> {
    let context = Context::new("test", InstanceId([7; 16]));
    let mut sealed = Ciphertext::default();
    let mut sealer = file::seal(&Key::random(), &context, &mut sealed);
    let mut writer = objects.create(id).await.unwrap();
    let mut all = Vec::new();
    for part in vec![0; bytes].chunks(100_000) {
        sealer.update(part, &mut sealed);
        all.extend_from_slice(sealed.as_bytes());
        writer.write(sealed.take()).await.unwrap();
    }
    sealer.finish(&mut sealed);
    all.extend_from_slice(sealed.as_bytes());
    writer.write(sealed).await.unwrap();
    assert_eq!(writer.finish().await.unwrap(), all.len() as u64);
    all
}

fn files(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap();
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

#[tokio::test]
async fn an_object_is_read_as_it_was_written_in_any_range() {
    let (_folder, objects) = open();
    let id = ObjectId::random();
    let all = write(&objects, id, 700_000).await;
    let length = all.len() as u64;
    assert_eq!(objects.length(id).await.unwrap(), length);
    for range in [0..1, 0..length, 300_000..300_001, length - 1..length] {
        let part = &all[range.start as usize..range.end as usize];
        assert_eq!(objects.read(id, range).await.unwrap(), part);
    }
}

#[tokio::test]
async fn an_objects_file_is_named_by_its_random_id_alone() {
    let (folder, objects) = open();
    let id = ObjectId::random();
    write(&objects, id, 10).await;
    assert_eq!(files(folder.path()), [id.to_string()]);
    assert_eq!(objects.list().await.unwrap(), [id].into());
}

#[tokio::test]
async fn an_objects_file_time_is_midnight_of_its_day() {
    let (folder, objects) = open();
    let id = ObjectId::random();
    write(&objects, id, 10).await;
    objects.date(id, TODAY).await.unwrap();
    let meta = std::fs::metadata(folder.path().join(id.to_string())).unwrap();
    assert_eq!((meta.mtime(), meta.mtime_nsec()), (TODAY.0 * 86_400, 0));
}

#[tokio::test]
async fn an_object_that_was_not_finished_is_found_by_the_sweep_and_read_by_nobody() {
    let (folder, objects) = open();
    let id = ObjectId::random();
    let mut sealed = Ciphertext::default();
    let context = Context::new("test", InstanceId([7; 16]));
    let _sealer = file::seal(&Key::random(), &context, &mut sealed);
    let mut writer = objects.create(id).await.unwrap();
    writer.write(sealed).await.unwrap();
    assert_eq!(objects.list().await.unwrap(), [id].into());
    assert!(objects.length(id).await.is_err());
    writer.abort().await.unwrap();
    assert!(files(folder.path()).is_empty(), "nothing is left of it");
}

#[tokio::test]
async fn what_was_not_finished_is_erased_at_start_and_nothing_else_is() {
    let (folder, objects) = open();
    let (whole, half) = (ObjectId::random(), ObjectId::random());
    write(&objects, whole, 10).await;
    for name in [format!("{half}#1"), "not#ours".to_owned()] {
        std::fs::write(folder.path().join(name), "half").unwrap();
    }
    objects.erase_unfinished().await.unwrap();
    let mut left = files(folder.path());
    left.sort();
    assert_eq!(left, [whole.to_string(), "not#ours".to_owned()]);
}

#[tokio::test]
async fn an_erased_object_is_gone_and_can_be_erased_again() {
    let (folder, objects) = open();
    let (gone, kept) = (ObjectId::random(), ObjectId::random());
    write(&objects, gone, 10).await;
    write(&objects, kept, 10).await;
    objects.erase(gone).await.unwrap();
    objects.erase(gone).await.unwrap();
    assert_eq!(files(folder.path()), [kept.to_string()]);
    assert!(objects.read(gone, 0..1).await.is_err());
}

#[tokio::test]
async fn a_file_that_is_not_ours_is_no_object() {
    let (folder, objects) = open();
    for name in ["README", "0123", &"A".repeat(32)] {
        std::fs::write(folder.path().join(name), "x").unwrap();
    }
    assert!(objects.list().await.unwrap().is_empty());
}

#[tokio::test]
async fn objects_need_their_folder() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Objects::local(&folder.path().join("none")).is_err());
}

#[tokio::test]
async fn an_error_about_an_object_does_not_name_it() {
    let folder = tempfile::tempdir().unwrap();
    let objects = Objects::local(folder.path()).unwrap();
    let id = ObjectId::random();
    let missing = objects.length(id).await.unwrap_err().to_string();
    assert_eq!(missing, "objects: entity not found");
    assert!(!missing.contains(&id.to_string()));
}
