//! Damaged and oddly built films: refused or cleaned, never a crash, never unverified.

use std::sync::LazyLock;

use proptest::prelude::*;

use crate::cleaning::clean_with_report;
use crate::recorded::made_of;

/// A short film of each sort.
static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let pictures = ["-f", "lavfi", "-i", "testsrc2=size=32x32:rate=10:duration=0.5"];
    let tone = ["-f", "lavfi", "-i", "aevalsrc=0.4*sin(440*2*PI*t):d=0.5:s=8000"];
    let both = [pictures, tone].concat();
    let kinds: [(&str, &str); 8] = [
        ("mp4", "-c:v libx264 -c:a aac"),
        ("mp4", "-c:v libx264 -g 2 -c:a aac -movflags +frag_keyframe+empty_moov"),
        ("mp4", "-c:v libx264 -g 2 -c:a aac -movflags +dash"),
        ("mp4", "-c:v libx265 -x265-params log-level=none -c:a aac"),
        ("mp4", "-c:v libaom-av1 -cpu-used 8 -c:a libopus"),
        ("mov", "-c:v mpeg4 -c:a pcm_s16le"),
        ("mov", "-c:v prores_ks -c:a pcm_s24le"),
        ("m4a", "-map 1:a -c:a alac"),
    ];
    kinds
        .map(|(end, options)| made_of(&both, end, &options.split(' ').collect::<Vec<_>>()))
        .to_vec()
});

/// A film that is accepted is its own copy afterwards.
fn is_settled(file: &[u8]) -> bool {
    clean_with_report(file).is_err()
        || clean_with_report(file)
            .is_ok_and(|(copy, _)| clean_with_report(&copy).is_ok_and(|(again, _)| again == copy))
}

/// Places where something is told: in the index or its parts, and sometimes in samples.
fn place(file: &[u8], near: usize, at: usize) -> usize {
    let names: [&[u8]; 10] =
        [b"moov", b"moof", b"stbl", b"stsd", b"tkhd", b"trun", b"elst", b"mdat", b"stsc", b"ctts"];
    let start = memchr::memmem::find(file, names[near % names.len()]).unwrap_or_default();
    (start + at) % file.len()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn changed_bytes_never_get_past_both_readers(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<usize>(), 0_usize..160, any::<u8>()), 1..5),
    ) {
        let mut file = which.get(&FILES).clone();
        for (near, at, value) in changes {
            let place = place(&file, near, at);
            file[place] = value;
        }
        prop_assert!(is_settled(&file));
    }

    #[test]
    fn cut_and_doubled_parts_never_get_past_both_readers(
        which in any::<prop::sample::Index>(),
        from in any::<prop::sample::Index>(),
        to in any::<prop::sample::Index>(),
        doubled in any::<bool>(),
    ) {
        let file = which.get(&FILES);
        let (from, to) = (from.index(file.len()), to.index(file.len()));
        let cut = if doubled { (from.max(to), from.min(to)) } else { (from.min(to), from.max(to)) };
        prop_assert!(is_settled(&[&file[..cut.0], &file[cut.1..]].concat()));
    }

    #[test]
    fn boxes_that_change_places_never_get_past_both_readers(
        which in any::<prop::sample::Index>(),
        one in any::<usize>(),
        two in any::<usize>(),
    ) {
        let mut file = which.get(&FILES).clone();
        let (one, two) = (place(&file, one, 0), place(&file, two, 0));
        for at in 0..4 {
            file.swap((one + at) % which.get(&FILES).len(), (two + at) % which.get(&FILES).len());
        }
        prop_assert!(is_settled(&file));
    }
}
