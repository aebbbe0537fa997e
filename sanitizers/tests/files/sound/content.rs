//! What people hear is what it was: decoded by `FFmpeg` before and after.

use crate::cleaning::clean_with_report;
use crate::recorded::{NAMES, decoded, made};

/// Files that real encoders make, by ending and options.
pub(crate) const MADE: &[(&str, &[&str])] = &[
    ("wav", &[]),
    ("wav", &["-c:a", "pcm_u8"]),
    ("wav", &["-c:a", "pcm_s24le", "-ac", "2"]),
    ("wav", &["-c:a", "pcm_s32le"]),
    ("wav", &["-c:a", "pcm_f32le", "-write_bext", "1"]),
    ("wav", &["-c:a", "pcm_f64le"]),
    ("wav", &["-c:a", "pcm_alaw", "-ar", "8000"]),
    ("wav", &["-c:a", "pcm_mulaw", "-ar", "8000"]),
    ("wav", &["-c:a", "adpcm_ms", "-ac", "2"]),
    ("wav", &["-c:a", "adpcm_ima_wav"]),
    ("wav", &["-ac", "6"]),
    ("wav", &["-rf64", "always"]),
    ("aiff", &[]),
    ("aiff", &["-c:a", "pcm_s24be", "-ac", "2", "-write_id3v2", "1"]),
    ("aiff", &["-c:a", "pcm_s16le"]),
    ("aiff", &["-c:a", "pcm_f32be"]),
    ("aiff", &["-c:a", "pcm_alaw"]),
    ("flac", &[]),
    ("flac", &["-sample_fmt", "s32", "-bits_per_raw_sample", "24", "-ac", "2"]),
    ("flac", &["-ac", "6"]),
    ("flac", &["-compression_level", "12", "-ac", "2"]),
    ("flac", &["-compression_level", "0"]),
    ("mp3", &[]),
    ("mp3", &["-q:a", "2", "-ac", "2"]),
    ("mp3", &["-b:a", "320k", "-ac", "2", "-joint_stereo", "0"]),
    ("mp3", &["-b:a", "32k", "-ar", "22050", "-id3v2_version", "4", "-write_id3v1", "1"]),
    ("mp3", &["-b:a", "16k", "-ar", "11025"]),
    ("mp3", &["-b:a", "128k", "-write_xing", "0", "-ac", "2"]),
    ("mp3", &["-reservoir", "0", "-ac", "2"]),
    ("ogg", &["-c:a", "libvorbis"]),
    ("ogg", &["-c:a", "libvorbis", "-q:a", "9", "-ac", "2", "-page_duration", "9000000"]),
    ("ogg", &["-c:a", "libvorbis", "-ac", "6"]),
    ("ogg", &["-c:a", "vorbis", "-strict", "-2", "-ac", "2"]),
    ("ogg", &["-c:a", "flac"]),
    ("ogg", &["-c:a", "flac", "-ac", "6", "-page_duration", "20000"]),
    ("opus", &["-c:a", "libopus"]),
    ("opus", &["-c:a", "libopus", "-ac", "2", "-b:a", "320k", "-vbr", "off"]),
    ("opus", &["-c:a", "libopus", "-ac", "6", "-mapping_family", "1"]),
    ("opus", &["-c:a", "libopus", "-application", "voip", "-frame_duration", "60", "-ar", "16000"]),
];

#[test]
fn nothing_that_is_heard_changes() {
    for (ending, options) in MADE {
        let dirty = made(ending, options);
        let before = decoded(&dirty);
        assert!(before.is_some(), "{ending} {options:?}");
        let (clean, report) = clean_with_report(&dirty)
            .unwrap_or_else(|refusal| panic!("{ending} {options:?}: {refusal}"));
        assert_eq!(decoded(&clean), before, "{ending} {options:?}");
        assert!(!report.findings.is_empty(), "{ending} {options:?}");
        assert_eq!(clean_with_report(&clean).unwrap().0, clean, "{ending} {options:?}");
    }
}

#[test]
fn no_word_about_the_recording_is_left() {
    for (ending, options) in MADE {
        let dirty = made(ending, options);
        let clean = clean_with_report(&dirty).unwrap().0;
        let holds =
            |file: &[u8], word: &str| file.windows(word.len()).any(|part| part == word.as_bytes());
        let words = NAMES.iter().map(|(_, value)| *value).chain(["Lavf", "Lavc", "libFLAC"]);
        for word in words {
            assert!(!holds(&clean, word), "{ending} {options:?}: {word}");
        }
    }
}

#[test]
fn the_same_sound_with_other_names_gives_the_same_copy() {
    for (ending, options) in MADE {
        let plain = [&["-map_metadata", "-1", "-fflags", "+bitexact"], *options].concat();
        let cleaned = [made(ending, options), made(ending, &plain)]
            .map(|file| clean_with_report(&file).unwrap().0);
        assert!(cleaned[0] == cleaned[1], "{ending} {options:?}");
    }
}
