//! Real recordings of other projects: accepted and unchanged, or refused with a reason.
//!
//! The folder is named by `SLUSE_CORPUS`; without it there is nothing to do.

use std::fs;
use std::path::{Path, PathBuf};

use crate::clean_with_report;
use crate::tools::decoded;
use crate::witness::identifying;

/// Endings of the files that are looked at.
const ENDINGS: [&str; 4] = ["wav", "aif", "aiff", "flac"];

#[expect(clippy::disallowed_methods, reason = "names the folder of the corpus")]
fn recordings() -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("SLUSE_CORPUS") else {
        println!("SLUSE_CORPUS is not set: no real recordings were looked at");
        return Vec::new();
    };
    let folders = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = folders.filter(|path| path.is_dir()).flat_map(|path| fs::read_dir(path).unwrap());
    let mut files: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
    let ours = |end: &str| ENDINGS.contains(&end.to_lowercase().as_str());
    files.retain(|path| path.extension().and_then(|end| end.to_str()).is_some_and(ours));
    files.sort();
    files
}

/// Names a file in a message, without the folder.
fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn real_recordings_are_cleaned_without_a_change_or_refused_with_a_reason() {
    let (mut accepted, mut refused, mut broken) = (0, 0, 0);
    for path in recordings() {
        let original = fs::read(&path).unwrap();
        let before = decoded(&original);
        match clean_with_report(&original) {
            Err(reason) if before.is_none() => {
                broken += 1;
                println!("refused, and FFmpeg complains: {} {reason:?}", name(&path));
            }
            Err(reason) => {
                refused += 1;
                println!("refused: {} {reason:?}", name(&path));
            }
            Ok((copy, _)) => {
                accepted += 1;
                assert_eq!(identifying(&copy), Vec::<String>::new(), "{}", name(&path));
                assert!(before.is_none() || before == decoded(&copy), "{}", name(&path));
                assert_eq!(clean_with_report(&copy).unwrap().0, copy, "{}", name(&path));
            }
        }
    }
    println!("{accepted} accepted, {refused} refused, {broken} refused that are broken");
}
