//! Real documents.

use sluse_sanitizers::Change;

use crate::office::witness::identifying;
use crate::programs::printed;
use crate::real::{self, Accepted};

const ENDINGS: [&str; 8] = ["odt", "ods", "odp", "odg", "ott", "ots", "otp", "otg"];

/// What may change the words that are printed, and is told to people.
const TOLD: [Change; 6] = [
    Change::TrackedChangesAccepted,
    Change::FormFlattened,
    Change::EmbeddedFilesRemoved,
    Change::HiddenTextRemoved,
    Change::PartsRemoved,
    Change::CommentsRemoved,
];

#[test]
fn real_documents_print_the_same_words_and_tell_nothing_else() {
    let mut files: Vec<Accepted> = Vec::new();
    real::each(&ENDINGS, |file| {
        let end = file.report.kind.extension();
        let told = identifying(&file.copy, end);
        assert!(told.is_empty() || end == "txt", "{}: {told:?}", file.name);
        files.push(file);
    });
    let end = |file: &Accepted| file.report.kind.extension();
    let originals: Vec<_> = files.iter().map(|file| (end(file), &*file.original)).collect();
    let copies: Vec<_> = files.iter().map(|file| (end(file), &*file.copy)).collect();
    let words = printed(&originals).into_iter().zip(printed(&copies));
    for (file, (before, after)) in files.iter().zip(words) {
        let after = after.unwrap_or_else(|| panic!("{}: the copy cannot be opened", file.name));
        if file.report.changes.iter().any(|change| TOLD.contains(change)) {
            continue;
        }
        // Where a line breaks is not the same every time.
        let joined = |words: String| words.replace(' ', "");
        assert_eq!(before.map(joined), Some(joined(after)), "{}", file.name);
    }
}
