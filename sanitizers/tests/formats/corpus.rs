//! Real pictures of other projects: accepted and unchanged, or refused with a reason.
//!
//! The folder is named by `SLUSE_CORPUS`; without it there is nothing to do.

use std::fs;
use std::path::PathBuf;

use crate::clean_with_report;
use crate::content::frames;
use crate::witness::identifying;

#[expect(clippy::disallowed_methods, reason = "names the folder of the corpus")]
fn pictures() -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("SLUSE_CORPUS") else {
        println!("SLUSE_CORPUS is not set: no real pictures were looked at");
        return Vec::new();
    };
    let folders = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = folders.filter(|path| path.is_dir()).flat_map(|path| fs::read_dir(path).unwrap());
    let mut files: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end.eq_ignore_ascii_case("png")));
    files.sort();
    files
}

#[test]
fn real_pictures_are_cleaned_without_a_change_or_refused_with_a_reason() {
    let (mut accepted, mut refused) = (0, 0);
    for path in pictures() {
        let original = fs::read(&path).unwrap();
        match clean_with_report(&original) {
            Err(reason) => {
                refused += 1;
                println!("refused: {} {reason:?}", path.display());
            }
            Ok((copy, _)) => {
                accepted += 1;
                assert_eq!(identifying(&copy), Vec::<String>::new(), "{}", path.display());
                assert!(frames(&original) == frames(&copy), "{}", path.display());
                assert_eq!(clean_with_report(&copy).unwrap().0, copy, "{}", path.display());
            }
        }
    }
    println!("{accepted} accepted, {refused} refused");
}
