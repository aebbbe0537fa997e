//! Real recordings of other projects: accepted and unchanged, or refused with a reason.
//!
//! The folder is named by `SLUSE_CORPUS`; without it there is nothing to do.

use std::fs;
use std::path::{Path, PathBuf};

use sluse_sanitizers::{Category, Report};

use crate::clean_with_report;
use crate::tools::{decoded, samples};
use crate::witness::identifying;

/// Endings of the files that are looked at.
const ENDINGS: [&str; 7] = ["wav", "aif", "aiff", "flac", "mp3", "ogg", "opus"];

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

/// Whether all that is missing is a frame that ends in the middle, at the very end.
fn is_cut(original: &[u8], copy: &[u8]) -> bool {
    let (before, after) = (samples(original), samples(copy));
    // Two channels of 16 bits and 1,152 samples.
    let missing = before.len().checked_sub(after.len());
    before.starts_with(&after) && missing.is_some_and(|bytes| bytes <= 4 * 1_152)
}

/// Whether the recording has a gap, behind which a decoder finds its way back sooner or
/// later, and all else is the same.
fn has_gap(original: &[u8], copy: &[u8], report: &Report) -> bool {
    let (before, after) = (samples(original), samples(copy));
    let other = before.iter().zip(&after).filter(|(before, after)| before != after).count();
    report.findings.iter().any(|finding| finding.category == Category::StrayBytes)
        && before.len() == after.len()
        && other < before.len() / 20
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
            Ok((copy, report)) => {
                accepted += 1;
                assert_eq!(identifying(&copy), Vec::<String>::new(), "{}", name(&path));
                let same = before.is_none() || before == decoded(&copy);
                let nearly = || is_cut(&original, &copy) || has_gap(&original, &copy, &report);
                assert!(same || nearly(), "{}", name(&path));
                assert_eq!(clean_with_report(&copy).unwrap().0, copy, "{}", name(&path));
            }
        }
    }
    println!("{accepted} accepted, {refused} refused, {broken} refused that are broken");
}
