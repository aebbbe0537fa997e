//! Real office documents.

use sluse_sanitizers::Kind;

use crate::office::witness::{identifying, words};
use crate::real::{self, Accepted};

/// Cleans every file of a format; `ExifTool` finds nothing in what is accepted, and
/// `LibreOffice` shows the same words, but in the files that are named as `other`.
pub(crate) fn real_files_show_the_same(endings: &[&str], kind: Kind, other: &[&str]) {
    let mut files: Vec<Accepted> = Vec::new();
    real::each(endings, |file| {
        let found = identifying(&file.copy, kind.extension());
        assert!(found.is_empty(), "{}: {found:?}", file.name);
        if file.report.kind == kind && !other.contains(&&*file.name) {
            files.push(file);
        }
    });
    let end = kind.extension();
    let originals: Vec<_> = files.iter().map(|file| (end, &*file.original)).collect();
    let copies: Vec<_> = files.iter().map(|file| (end, &*file.copy)).collect();
    for ((file, old), new) in files.iter().zip(words(&originals)).zip(words(&copies)) {
        if old.is_some() {
            assert_eq!(old, new, "{}", file.name);
        }
    }
}
