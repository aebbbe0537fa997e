//! Real files of other projects, in the folder that `SLUSE_CORPUS` names.

use std::fs;
use std::path::PathBuf;

use sluse_sanitizers::{Change, Report};

use crate::witness::{identifying, printed};
use crate::{clean, clean_with_report};

const ENDINGS: [&str; 8] = ["odt", "ods", "odp", "odg", "ott", "ots", "otp", "otg"];

/// What may change the words that are printed, and is told to people.
const TOLD: [Change; 6] = [
    Change::TrackedChangesAccepted,
    Change::FormFlattened,
    Change::EmbeddedFilesRemoved,
    Change::HiddenTextRemoved,
    Change::PartsRemoved,
    Change::CommentsRemoved,
];

#[expect(clippy::disallowed_methods, reason = "names the folder of the corpus")]
fn files() -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("SLUSE_CORPUS") else {
        println!("SLUSE_CORPUS is not set: no real documents were looked at");
        return Vec::new();
    };
    let folders = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = folders.filter(|path| path.is_dir()).flat_map(|path| fs::read_dir(path).unwrap());
    let mut files: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| ENDINGS.iter().any(|one| end == *one)));
    files.sort();
    files
}

#[test]
fn real_documents_print_the_same_words_and_tell_nothing_else() {
    let mut originals = Vec::new();
    let mut copies = Vec::new();
    let mut accepted: Vec<(String, Report)> = Vec::new();
    for path in files() {
        let name = path.display().to_string();
        let original = fs::read(&path).unwrap();
        match clean_with_report(&original) {
            Err(reason) => println!("refused: {name} {reason:?}"),
            Ok((copy, report)) => {
                assert!(clean(&copy) == copy, "{name} changes when it is cleaned again");
                let end = report.kind.extension().to_owned();
                let told = identifying(&copy, &end);
                assert!(told.is_empty() || end == "txt", "{name}: {told:?}");
                println!("accepted: {name} {:?} {:?}", report.changes, report.warnings);
                originals.push((end.clone(), original));
                copies.push((end, copy));
                accepted.push((name, report));
            }
        }
    }
    if accepted.is_empty() {
        return;
    }
    let words = printed(&originals).into_iter().zip(printed(&copies));
    for ((name, report), (before, after)) in accepted.iter().zip(words) {
        let after = after.unwrap_or_else(|| panic!("{name}: the copy cannot be opened"));
        if report.changes.iter().any(|change| TOLD.contains(change)) {
            continue;
        }
        assert_eq!(before, Some(after), "{name}");
    }
    println!("{} accepted", accepted.len());
}
