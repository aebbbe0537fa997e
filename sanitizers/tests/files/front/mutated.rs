//! Damaged files: refused or cleaned, never a crash, never unverified.

use proptest::prelude::*;

use crate::cleaning::clean_with_report;
use crate::front::build::{FORMATS, animated, chunk, chunks, encoded, file};

/// One picture of each format, and an animation.
fn original(which: usize) -> Vec<u8> {
    FORMATS.get(which).map_or_else(animated, |&format| {
        encoded(format, png::Filter::Adaptive, png::Compression::Fast)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) })]

    #[test]
    fn changed_bytes_never_get_past_both_readers(
        which in 0_usize..16,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        // The checksums are made right again: else every change would end at them.
        let mut all = chunks(&original(which));
        for (place, value) in changes {
            let at = place.index(all.len());
            let data = &mut all[at].1;
            if !data.is_empty() {
                let byte = place.index(data.len());
                data[byte] = value;
            }
        }
        all.pop();
        let broken = file(&all.iter().map(|(name, data)| chunk(*name, data)).collect::<Vec<_>>());
        if let Ok((clean, _)) = clean_with_report(&broken) {
            prop_assert_eq!(&clean_with_report(&clean).unwrap().0, &clean);
        }
    }

    #[test]
    fn chunks_in_any_order_never_get_past_both_readers(
        which in 0_usize..16,
        first in any::<prop::sample::Index>(),
        second in any::<prop::sample::Index>(),
    ) {
        let mut all = chunks(&original(which));
        all.pop();
        let (first, second) = (first.index(all.len()), second.index(all.len()));
        all.swap(first, second);
        let broken = file(&all.iter().map(|(name, data)| chunk(*name, data)).collect::<Vec<_>>());
        if let Ok((clean, _)) = clean_with_report(&broken) {
            prop_assert_eq!(&clean_with_report(&clean).unwrap().0, &clean);
        }
    }
}
