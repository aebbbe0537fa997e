//! Damaged and oddly built files: refused or cleaned, never a crash, never unverified.

use std::sync::LazyLock;

use proptest::prelude::*;

use crate::cleaning::clean_with_report;
use crate::recorded::made;

/// A short file of each format.
static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let short = ["-t", "0.05", "-ar", "8000"];
    let kinds: [(&str, &[&str]); 9] = [
        ("wav", &[]),
        ("wav", &["-c:a", "adpcm_ima_wav"]),
        ("wav", &["-ac", "6"]),
        ("aiff", &["-c:a", "pcm_s16le"]),
        ("flac", &[]),
        ("mp3", &["-t", "0.3"]),
        ("ogg", &["-c:a", "libvorbis"]),
        ("ogg", &["-c:a", "flac"]),
        ("opus", &["-c:a", "libopus", "-ar", "48000"]),
    ];
    kinds.map(|(ending, options)| made(ending, &[&short, options].concat())).to_vec()
});

/// A file that is accepted is its own copy afterwards.
fn is_settled(file: &[u8]) -> bool {
    clean_with_report(file).is_err()
        || clean_with_report(file)
            .is_ok_and(|(copy, _)| clean_with_report(&copy).is_ok_and(|(again, _)| again == copy))
}

/// A chunk with a name that is known or not, of a length that is right or not.
fn chunk(big: bool) -> impl Strategy<Value = Vec<u8>> {
    let names: Vec<&[u8; 4]> = vec![
        b"fmt ", b"fact", b"data", b"LIST", b"bext", b"COMM", b"SSND", b"FVER", b"CHAN", b"ds64",
    ];
    let content = prop::collection::vec(any::<u8>(), 0..48);
    (prop::sample::select(names), content, 0_u32..3).prop_map(move |(name, content, wrong)| {
        let length = u32::try_from(content.len()).unwrap() + wrong / 2;
        let length = if big { length.to_be_bytes() } else { length.to_le_bytes() };
        let padding = vec![0; content.len() % 2];
        [name.to_vec(), length.to_vec(), content, padding].concat()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(384) })]

    #[test]
    fn changed_bytes_never_get_past_both_readers(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((0_usize..400, any::<u8>()), 1..5),
    ) {
        let mut file = which.get(&FILES).clone();
        for (place, value) in changes {
            let place = place % file.len();
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
    fn chunks_in_any_order_never_get_past_both_readers(
        little in prop::collection::vec(chunk(false), 0..6),
        big in prop::collection::vec(chunk(true), 0..6),
    ) {
        let sound = b"fmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\x04\0\0\0abcd";
        prop_assert!(is_settled(&[b"RIFF\xFF\0\0\0WAVE", &little.concat()[..], sound].concat()));
        prop_assert!(is_settled(&[b"RIFF\xFF\0\0\0WAVE", &sound[..], &little.concat()].concat()));
        prop_assert!(is_settled(&[b"FORM\0\0\0\xFFAIFC", &big.concat()[..]].concat()));
    }
}
