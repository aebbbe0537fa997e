//! Real files of other projects, in the folder that `SLUSE_CORPUS` names.

use std::fs;
use std::path::PathBuf;

use sluse_sanitizers::Report;

use crate::cleaning::{clean, clean_with_report};

/// All files with one of these endings; none if there is no such folder, which is said.
#[expect(clippy::disallowed_methods, reason = "the folder of real files is given at run time")]
pub(crate) fn files(endings: &[&str]) -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("SLUSE_CORPUS") else {
        println!("SLUSE_CORPUS is not set: no real files were looked at ({endings:?})");
        return Vec::new();
    };
    let folders = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = folders.filter(|path| path.is_dir()).flat_map(|path| fs::read_dir(path).unwrap());
    let mut files: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| {
        let end = path.extension().map(|end| end.to_string_lossy().to_lowercase());
        end.is_some_and(|end| endings.contains(&end.as_str()))
    });
    files.sort();
    files
}

/// A real file that was accepted.
pub(crate) struct Accepted {
    /// Its name, without the folder.
    pub(crate) name: String,
    /// The file as it was.
    pub(crate) original: Vec<u8>,
    /// Its copy.
    pub(crate) copy: Vec<u8>,
    /// What was said of it.
    pub(crate) report: Report,
}

/// Cleans every file with one of these endings. What is accepted is the same when it is
/// cleaned again, and is looked at; what is refused is said, with the reason.
pub(crate) fn each(endings: &[&str], mut look: impl FnMut(Accepted)) {
    let (mut accepted, mut refused) = (0, 0);
    for path in files(endings) {
        let original = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match clean_with_report(&original) {
            Err(reason) => {
                refused += 1;
                println!("refused: {name} {reason:?}");
            }
            Ok((copy, report)) => {
                accepted += 1;
                println!("accepted: {name} {:?} {:?}", report.changes, report.warnings);
                assert!(clean(&copy) == copy, "{name} changes when it is cleaned again");
                look(Accepted { name, original, copy, report });
            }
        }
    }
    println!("{endings:?}: {accepted} accepted, {refused} refused");
}
