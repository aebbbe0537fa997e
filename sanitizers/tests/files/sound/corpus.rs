//! Real recordings: accepted and unchanged, or refused with a reason.

use sluse_sanitizers::{Category, Report};

use crate::real;
use crate::recorded::{decoded, samples};
use crate::sound::witness::identifying;

/// Endings of the files that are looked at.
const ENDINGS: [&str; 7] = ["wav", "aif", "aiff", "flac", "mp3", "ogg", "opus"];

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
    real::each(&ENDINGS, |file| {
        assert_eq!(identifying(&file.copy), Vec::<String>::new(), "{}", file.name);
        let before = decoded(&file.original);
        let same = before.is_none() || before == decoded(&file.copy);
        let nearly = || {
            is_cut(&file.original, &file.copy) || has_gap(&file.original, &file.copy, &file.report)
        };
        assert!(same || nearly(), "{}", file.name);
    });
}
