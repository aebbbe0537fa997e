//! A backup is taken while the portal runs, and a case is read from what was restored.

#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test that cannot go on says where it stopped"
)]

#[path = "../support/mod.rs"]
mod support;

use std::fs::{Permissions, copy, create_dir_all, read_dir, set_permissions, write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use support::browser::Upload;
use support::pictures::photo;
use support::{House, program};

const PASSPHRASE: &str = "elleve grå hejrer ved åen";

/// The settings as a file, and the passphrase beside it.
fn write_settings(house: &House) -> (PathBuf, PathBuf) {
    let settings = house.folder.path().join("sluse.toml");
    write(&settings, toml::to_string(&house.config).unwrap()).unwrap();
    let passphrase = house.folder.path().join("passphrase");
    write(&passphrase, PASSPHRASE).unwrap();
    set_permissions(&passphrase, Permissions::from_mode(0o600)).unwrap();
    (settings, passphrase)
}

fn sluse(settings: &Path, arguments: &[&str]) -> Output {
    Command::new(program()).arg("--config").arg(settings).args(arguments).output().unwrap()
}

fn told(output: &Output) -> String {
    let text = [&output.stdout[..], &output.stderr].concat();
    String::from_utf8(text).unwrap()
}

#[tokio::test]
async fn a_case_is_read_from_a_backup_that_was_taken_while_the_portal_ran() {
    let (house, anna) = House::new().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let photo = photo();
    let file = Upload { name: "a.jpg", bytes: &photo };
    reporter.upload("/report", &[("text", "Skal overleve en brand.")], &[file]).await;
    let code = reporter.submit("/report/send", &[]).await.code();
    let (settings, passphrase) = write_settings(&house);
    let backup = house.folder.path().join("backup");
    let files = [backup.to_str().unwrap(), "--passphrase-file", passphrase.to_str().unwrap()];
    let taken = sluse(&settings, &[&["backup"], &files[..]].concat());
    assert!(taken.status.success(), "{}", told(&taken));
    assert!(told(&taken).contains("pepper"), "it says what is not in it");

    let data = house.folder.path().join("restored");
    let restored = house.folder.path().join("restored.toml");
    write(&restored, toml::to_string(&house.restored_settings()).unwrap()).unwrap();
    // Who looks for what is wrong first must not make a database that is in the way.
    sluse(&restored, &["doctor"]);
    assert!(!data.join("sluse.db").exists());
    let back = sluse(&restored, &[&["restore"], &files[..]].concat());
    assert!(back.status.success(), "{}", told(&back));
    create_dir_all(data.join("objects")).unwrap();
    for object in read_dir(house.config.objects()).unwrap() {
        let object = object.unwrap();
        copy(object.path(), data.join("objects").join(object.file_name())).unwrap();
    }

    let new = house.opened_with(house.restored_settings()).await;
    let mut handler = new.signed_in(&anna).await;
    let case = handler.page.clone().unwrap().attributes("a[href^='/cases/']", "href")[0].clone();
    let page = handler.get(&case).await;
    assert!(page.text().contains("Skal overleve en brand."));
    let file = page.attributes("a[href*='/files/']", "href")[0].clone();
    assert!(handler.get(&file).await.has("img[src^='data:image/png']"));
    let mut reporter = new.reporter();
    reporter.get("/sign-in").await;
    assert_eq!(reporter.submit("/sign-in", &[("code", &code)]).await.path, "/case");
}

#[tokio::test]
async fn a_backup_opens_with_nothing_but_its_passphrase_and_over_nothing() {
    let (house, _) = House::new().await;
    house.report("Hemmeligt.").await;
    let (settings, passphrase) = write_settings(&house);
    let backup = house.folder.path().join("backup");
    let files = [backup.to_str().unwrap(), "--passphrase-file", passphrase.to_str().unwrap()];
    assert!(sluse(&settings, &[&["backup"], &files[..]].concat()).status.success());
    let again = sluse(&settings, &[&["backup"], &files[..]].concat());
    assert!(!again.status.success(), "a backup is never written over another");

    let over = sluse(&settings, &[&["restore"], &files[..]].concat());
    assert!(!over.status.success() && told(&over).contains("already"), "{}", told(&over));

    let restored = house.folder.path().join("restored.toml");
    write(&restored, toml::to_string(&house.restored_settings()).unwrap()).unwrap();
    write(&passphrase, "tolv grå hejrer ved åen").unwrap();
    let wrong = sluse(&restored, &[&["restore"], &files[..]].concat());
    assert!(!wrong.status.success() && told(&wrong).contains("wrong passphrase"));
    assert!(!house.folder.path().join("restored/sluse.db").exists(), "nothing half-written");
    assert_eq!(read_dir(house.config.copy()).unwrap().count(), 0, "no copy is left");
}

#[tokio::test]
async fn a_backup_and_a_restore_that_were_cut_off_are_done_again() {
    let (house, _) = House::new().await;
    house.report("Skal overleve en strømafbrydelse.").await;
    let (settings, passphrase) = write_settings(&house);
    let backup = house.folder.path().join("backup");
    let files = [backup.to_str().unwrap(), "--passphrase-file", passphrase.to_str().unwrap()];
    create_dir_all(house.config.copy()).unwrap();
    write(house.config.copy().join("sluse.db"), b"half of a copy").unwrap();
    let taken = sluse(&settings, &[&["backup"], &files[..]].concat());
    assert!(taken.status.success(), "{}", told(&taken));
    assert_eq!(read_dir(house.config.copy()).unwrap().count(), 0);

    let restored = house.folder.path().join("restored.toml");
    write(&restored, toml::to_string(&house.restored_settings()).unwrap()).unwrap();
    let data = house.restored_settings().data;
    create_dir_all(&data).unwrap();
    set_permissions(&data, Permissions::from_mode(0o700)).unwrap();
    write(data.join("sluse.new"), b"half of a database").unwrap();
    write(data.join("sluse.db-wal"), b"the log of another database").unwrap();
    let refused = sluse(&restored, &[&["restore"], &files[..]].concat());
    assert!(told(&refused).contains("sluse.db-wal"), "{}", told(&refused));
    std::fs::remove_file(data.join("sluse.db-wal")).unwrap();
    let back = sluse(&restored, &[&["restore"], &files[..]].concat());
    assert!(back.status.success(), "{}", told(&back));
    assert!(!data.join("sluse.new").exists());
    let store = sluse::installation::open_store(&house.restored_settings()).await.unwrap();
    assert!(
        sluse::store::instance::get(&mut store.connect().await.unwrap()).await.unwrap().is_some()
    );
}

/// Nobody types a passphrase twice to be told that it was for nothing.
#[tokio::test]
async fn with_postgres_both_refuse_before_they_ask_for_a_passphrase() {
    let (house, _) = House::new().await;
    let settings = house.folder.path().join("postgres.toml");
    let database = Some("postgres://nobody@127.0.0.1:1/none".to_owned());
    let config = sluse::config::Config { database, ..house.config.clone() };
    write(&settings, toml::to_string(&config).unwrap()).unwrap();
    for command in ["backup", "restore"] {
        let refused = sluse(&settings, &[command, "file", "--passphrase-file", "/nonexistent"]);
        assert!(told(&refused).contains("PostgreSQL"), "{}", told(&refused));
    }
}
