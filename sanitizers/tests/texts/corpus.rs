//! Real files of other projects: accepted and stable, or refused with a reason.
//!
//! The folder is named by `SLUSE_CORPUS`; without it there is nothing to do.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::clean_with_report;

const ENDINGS: [&str; 11] =
    ["csv", "html", "xhtml", "eml", "zip", "tar", "tgz", "gz", "epub", "txt", "md"];

#[expect(clippy::disallowed_methods, reason = "names the folder of the corpus")]
fn files() -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("SLUSE_CORPUS") else {
        println!("SLUSE_CORPUS is not set: no real files were looked at");
        return Vec::new();
    };
    let folders = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = folders.filter(|path| path.is_dir()).flat_map(|path| fs::read_dir(path).unwrap());
    let mut files: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
    let ours = |path: &PathBuf| path.extension().is_some_and(|e| ENDINGS.iter().any(|o| e == *o));
    files.retain(ours);
    files.sort();
    files
}

#[test]
fn real_files_are_cleaned_and_stable_or_refused_with_a_reason() {
    let mut counts: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for path in files() {
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let count = counts.entry(ending).or_default();
        match clean_with_report(&fs::read(&path).unwrap()) {
            Err(reason) => {
                count.1 += 1;
                println!("refused: {} {reason:?}", path.display());
            }
            Ok((copy, report)) => {
                count.0 += 1;
                println!("accepted: {} {:?} {:?}", path.display(), report.kind, report.findings);
                let again = clean_with_report(&copy).map(|(copy, _)| copy);
                assert!(again == Ok(copy), "{}", path.display());
            }
        }
    }
    for (ending, (accepted, refused)) in counts {
        println!("{ending}: {accepted} accepted, {refused} refused");
    }
}
