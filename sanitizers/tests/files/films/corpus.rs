//! Real films and recordings: accepted and unchanged, or refused with a reason.

use crate::films::witness::identifying;
use crate::real;
use crate::recorded::{decoded, frames};

/// Digests of the packets of sound, without their times: a note of iTunes about silence
/// moves them, and is gone.
fn packets(file: &[u8]) -> Vec<String> {
    let all = frames(file, &["-vn", "-c", "copy"]);
    let digest = |line: &String| line.split(',').nth(5).map(|digest| digest.trim().to_owned());
    all.iter().filter_map(digest).collect()
}

#[test]
fn real_films_are_cleaned_without_a_change_or_refused_with_a_reason() {
    real::each(&["mp4", "mov", "m4a", "m4v"], |file| {
        assert_eq!(identifying(&file.copy), Vec::<String>::new(), "{}", file.name);
        let before = decoded(&file.original);
        let has_note = memchr::memmem::find(&file.original, b"iTunSMPB").is_some();
        let same = before.is_none() || before == decoded(&file.copy);
        assert!(same || has_note, "{}", file.name);
        assert_eq!(packets(&file.original), packets(&file.copy), "{}", file.name);
    });
}
