//! Real films and recordings of other projects: accepted and unchanged, or refused with a
//! reason.
//!
//! The folder is named by `SLUSE_CORPUS`; without it there is nothing to do.

use std::fs;
use std::path::{Path, PathBuf};

use crate::clean_with_report;
use crate::tools::decoded;
use crate::witness::{frames, identifying};

const ENDINGS: [&str; 4] = ["mp4", "mov", "m4a", "m4v"];

#[expect(clippy::disallowed_methods, reason = "names the folder of the corpus")]
fn films() -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("SLUSE_CORPUS") else {
        println!("SLUSE_CORPUS is not set: no real films were looked at");
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

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// Digests of the packets of sound, without their times: a note of iTunes about silence
/// moves them, and is gone.
fn packets(file: &[u8]) -> Vec<String> {
    let all = frames(file, &["-vn", "-c", "copy"]);
    let digest = |line: &String| line.split(',').nth(5).map(|digest| digest.trim().to_owned());
    all.iter().filter_map(digest).collect()
}

#[test]
fn real_films_are_cleaned_without_a_change_or_refused_with_a_reason() {
    let (mut accepted, mut refused) = (0, 0);
    for path in films() {
        let original = fs::read(&path).unwrap();
        match clean_with_report(&original) {
            Err(reason) => {
                refused += 1;
                println!("refused: {} {reason:?}", name(&path));
            }
            Ok((copy, _)) => {
                accepted += 1;
                assert_eq!(identifying(&copy), Vec::<String>::new(), "{}", name(&path));
                let before = decoded(&original);
                let has_note = memchr::memmem::find(&original, b"iTunSMPB").is_some();
                let same = before.is_none() || before == decoded(&copy);
                assert!(same || has_note, "{}", name(&path));
                assert_eq!(packets(&original), packets(&copy), "{}", name(&path));
                assert_eq!(clean_with_report(&copy).unwrap().0, copy, "{}", name(&path));
            }
        }
    }
    println!("{accepted} accepted, {refused} refused");
}
