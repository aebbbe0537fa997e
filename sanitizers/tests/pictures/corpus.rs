//! Real files of other projects, in the folder that `SLUSE_CORPUS` names.

use std::fs;
use std::path::PathBuf;

use sluse_sanitizers::{Kind, Report};

use crate::{clean, clean_with_report};

/// All files with one of these endings.
#[expect(clippy::disallowed_methods, reason = "names the folder of the corpus")]
fn files(endings: &[&str]) -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("SLUSE_CORPUS") else {
        println!("SLUSE_CORPUS is not set: no real pictures were looked at");
        return Vec::new();
    };
    let folders = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = folders.filter(|path| path.is_dir()).flat_map(|path| fs::read_dir(path).unwrap());
    let mut files: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
    let ends = |path: &PathBuf| {
        let end = path.extension().map(|end| end.to_string_lossy().to_lowercase());
        end.is_some_and(|end| endings.contains(&end.as_str()))
    };
    files.retain(ends);
    files.sort();
    files
}

/// Cleans every file with one of these endings and has each accepted one looked at:
/// original, copy, report.
pub(crate) fn each(endings: &[&str], kind: Kind, look: impl Fn(&str, &[u8], &[u8], &Report)) {
    let (mut accepted, mut refused) = (0, 0);
    for path in files(endings) {
        let original = fs::read(&path).unwrap();
        let name = path.display().to_string();
        match clean_with_report(&original) {
            Err(reason) => {
                refused += 1;
                println!("refused: {name} {reason:?}");
            }
            Ok((copy, report)) => {
                accepted += 1;
                assert!(clean(&copy) == copy, "{name} changes when it is cleaned again");
                if report.kind == kind {
                    look(&name, &original, &copy, &report);
                }
            }
        }
    }
    println!("{endings:?}: {accepted} accepted, {refused} refused");
}
