//! What other programs find in an office document.

use std::fs;

use crate::programs::{printed, run, tags};

/// The words of each file that `LibreOffice` prints, sorted: where two words are at one height,
/// a hair decides which comes first.
pub(crate) fn words(files: &[(&str, &[u8])]) -> Vec<Option<String>> {
    let sorted = |text: String| {
        let mut words: Vec<_> = text.split(' ').collect();
        words.sort_unstable();
        words.join(" ")
    };
    printed(files).into_iter().map(|text| text.map(sorted)).collect()
}

/// What `ExifTool` finds in a package beyond the names of its members and our one date.
pub(crate) fn identifying(file: &[u8], end: &str) -> Vec<String> {
    tags(file, end, |tag| match (tag.group, tag.name) {
        ("ZIP", "ZipModifyDate") => tag.value == "1980:01:01 00:00:00",
        ("ZIP", name) => name.starts_with("Zip"),
        _ => tag.is_outside(),
    })
}

/// A member of a package, as `unzip` gives it.
pub(crate) fn member(file: &[u8], name: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file.zip"), file).unwrap();
    // A bracket means something to it.
    let name = name.replace('[', "\\[");
    let output = run("unzip", "unzip", &["-p", "file.zip", &name], folder.path());
    String::from_utf8_lossy(&output.stdout).into_owned()
}
