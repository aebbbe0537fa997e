//! Real files of other projects, in the folder that `SLUSE_CORPUS` names.

use std::fs;
use std::path::PathBuf;

use sluse_sanitizers::Kind;

use crate::witness::{identifying, words};
use crate::{clean, clean_with_report};

/// All files with one of these endings.
#[expect(clippy::disallowed_methods, reason = "names the folder of the corpus")]
fn files(endings: &[&str]) -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("SLUSE_CORPUS") else {
        println!("SLUSE_CORPUS is not set: no real documents were looked at");
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

/// Cleans every file of a format; what is accepted is stable, `ExifTool` finds nothing in it,
/// and `LibreOffice` shows the same words, but in the files that are named as `other`.
pub(crate) fn real_files_show_the_same(endings: &[&str], kind: Kind, other: &[&str]) {
    let mut pairs = Vec::new();
    for path in files(endings) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let original = fs::read(&path).unwrap();
        match clean_with_report(&original) {
            Err(reason) => println!("refused: {name} {reason:?}"),
            Ok((copy, report)) => {
                println!("accepted: {name} {:?} {:?}", report.changes, report.warnings);
                assert!(clean(&copy) == copy, "{name} changes when it is cleaned again");
                let found = identifying(&copy, kind.extension());
                assert!(found.is_empty(), "{name}: {found:?}");
                if report.kind == kind && !other.contains(&&*name) {
                    pairs.push((name, original, copy));
                }
            }
        }
    }
    let end = || kind.extension().to_owned();
    let originals: Vec<_> = pairs.iter().map(|(_, file, _)| (end(), &**file)).collect();
    let copies: Vec<_> = pairs.iter().map(|(_, _, file)| (end(), &**file)).collect();
    for ((pair, old), new) in pairs.iter().zip(words(&originals)).zip(words(&copies)) {
        if old.is_some() {
            assert_eq!(old, new, "{}", pair.0);
        }
    }
}
