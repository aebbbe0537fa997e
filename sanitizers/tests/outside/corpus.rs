//! Real pictures of other projects: accepted and unchanged, or refused with a reason.
//!
//! The folder is named by `SLUSE_CORPUS`; without it there is nothing to do.

use std::fs;
use std::io::Cursor;
use std::path::PathBuf;

use sluse_sanitizers::{Limits, sanitize};

use crate::{exiftool, pixels};

#[expect(clippy::disallowed_methods, reason = "names the folder of the corpus")]
fn pictures() -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("SLUSE_CORPUS") else {
        println!("SLUSE_CORPUS is not set: no real pictures were looked at");
        return Vec::new();
    };
    let mut waiting = vec![PathBuf::from(folder)];
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("jpg")) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn real_pictures_are_cleaned_without_a_change_or_refused_with_a_reason() {
    let (mut accepted, mut refused, mut undecodable) = (0, 0, 0);
    for path in pictures() {
        let original = fs::read(&path).unwrap();
        let mut copy = Vec::new();
        match sanitize(&mut Cursor::new(&original), &mut copy, &Limits::default()) {
            Err(reason) => {
                refused += 1;
                assert!(copy.is_empty());
                println!("refused: {} {reason:?}", path.display());
            }
            Ok(report) => {
                accepted += 1;
                assert_eq!(
                    exiftool::identifying(&copy),
                    Vec::<String>::new(),
                    "{}",
                    path.display()
                );
                match pixels(&original) {
                    Some(before) => assert_eq!(Some(before), pixels(&copy), "{}", path.display()),
                    None => undecodable += 1,
                }
                assert_eq!(report.output_bytes, copy.len() as u64);
            }
        }
    }
    println!(
        "{accepted} accepted, {refused} refused, {undecodable} accepted that cannot be decoded"
    );
}
