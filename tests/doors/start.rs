//! What a start finds on the disk, and what it says about it.

use std::process::Command;

use sluse::limits::DOUBTFUL_OBJECTS;
use sluse::store::ObjectId;

use crate::installation::Installation;
use crate::nginx::free_port;
use crate::support::program;

fn installation() -> Installation {
    Installation::new(&format!("127.0.0.1:{}", free_port()))
}

#[test]
fn the_copy_of_a_backup_that_was_cut_off_does_not_outlive_the_next_start() {
    let installation = installation();
    let copy = installation.data().join("copy");
    std::fs::create_dir(&copy).unwrap();
    std::fs::write(copy.join("sluse.db"), b"rows that were erased since").unwrap();
    let _serving = installation.serve();
    assert_eq!(std::fs::read_dir(&copy).unwrap().count(), 0);
}

#[test]
fn with_a_database_that_names_hardly_a_file_the_portal_starts_and_doctor_fails() {
    let installation = installation();
    let objects = installation.data().join("objects");
    for _ in 0..=DOUBTFUL_OBJECTS {
        std::fs::write(objects.join(ObjectId::random().to_string()), b"sealed").unwrap();
    }
    let serving = installation.serve();
    let folder = installation.folder.path();
    let doctor = Command::new(program()).current_dir(folder).arg("doctor").output().unwrap();
    let said = String::from_utf8(doctor.stdout).unwrap();
    let line = said.lines().find(|line| line.contains(" sweep "));
    let line = line.unwrap_or_else(|| panic!("{said}"));
    assert!(line.starts_with("FAIL") && line.contains("101 stored files"), "{line}");
    assert!(serving.stop().contains("101 stored files"));
    assert_eq!(std::fs::read_dir(objects).unwrap().count(), DOUBTFUL_OBJECTS + 1);
}
