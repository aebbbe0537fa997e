//! What people see and hear is what it was: frames and times by `FFmpeg` before and after.

use crate::cleaning::clean_with_report;
use crate::films::witness::identifying;
use crate::programs::{media_info, run};
use crate::recorded::{NAMES, decoded, frames, made_of};

const PICTURES: &[&str] = &["-f", "lavfi", "-i", "testsrc2=size=160x120:rate=25:duration=1"];
const TONE: &[&str] = &["-f", "lavfi", "-i", "aevalsrc=0.4*sin(440*2*PI*t):d=1:s=48000"];
const ROUND: &[&str] =
    &["-f", "lavfi", "-i", "aevalsrc=0.4*sin(440*2*PI*t)|0|0.2*sin(t)|0.1:c=4.0:d=1:s=48000"];

/// A film that a real program makes: ending, sources, options, and whether each sample is
/// copied as it is.
struct Made {
    ending: &'static str,
    sources: &'static [&'static [&'static str]],
    options: &'static str,
    is_bare: bool,
}

const fn film(ending: &'static str, options: &'static str, is_bare: bool) -> Made {
    Made { ending, sources: &[PICTURES, TONE], options, is_bare }
}

const fn sound(ending: &'static str, options: &'static str) -> Made {
    Made { ending, sources: &[TONE], options, is_bare: true }
}

const MADE: &[Made] = &[
    film("mp4", "-c:v libx264 -c:a aac", false),
    film("mp4", "-c:v libx264 -x264-params aud=1:force-cfr=1 -c:a aac -movflags +faststart", false),
    film("mp4", "-c:v libx264 -profile:v baseline -c:a aac -movflags +use_metadata_tags", false),
    film("mp4", "-c:v libx264 -g 5 -c:a aac -movflags +frag_keyframe+empty_moov", false),
    film("mp4", "-c:v libx264 -g 5 -c:a aac -movflags +frag_keyframe", false),
    film(
        "mp4",
        "-c:v libx264 -g 5 -c:a aac -movflags +dash+global_sidx -frag_duration 200000",
        false,
    ),
    film("mp4", "-c:v libx264 -bf 3 -c:a aac -movflags +negative_cts_offsets", false),
    film("mp4", "-c:v libx265 -x265-params log-level=none -tag:v hvc1 -c:a aac", false),
    film(
        "mp4",
        "-c:v libx265 -x265-params log-level=none:aud=1:hrd=1:vbv-maxrate=900:vbv-bufsize=900 -c:a aac",
        false,
    ),
    film("mp4", "-c:v libaom-av1 -cpu-used 8 -c:a libopus", true),
    film("mp4", "-c:v libvpx-vp9 -deadline realtime -c:a libopus", true),
    film("mp4", "-c:v mpeg4 -c:a aac", false),
    film("mp4", "-c:v libx264 -c:a ac3 -map 0:v -map 1:a -map 1:a", false),
    film("mov", "-c:v libx264 -c:a aac -timecode 01:02:03:04", false),
    film("mov", "-c:v libx265 -x265-params log-level=none -tag:v hvc1 -c:a alac", false),
    film("mov", "-c:v prores_ks -c:a pcm_s16be", false),
    film("mov", "-c:v prores_ks -profile:v 4444 -pix_fmt yuva444p10le -c:a pcm_s24be", false),
    film("mov", "-c:v mpeg4 -c:a pcm_s16le", false),
    film("mov", "-c:v libx264 -c:a pcm_s24le", false),
    film("mov", "-c:v libx264 -c:a pcm_f32le -ar 96000", false),
    film("mov", "-c:v libx264 -c:a pcm_mulaw -ar 8000", false),
    film("mov", "-c:v libx264 -c:a pcm_u8", false),
    sound("m4a", "-c:a aac"),
    sound("m4a", "-c:a alac"),
    sound("mov", "-c:a alac"),
    sound("mp4", "-c:a flac -strict -2"),
    sound("mp4", "-c:a eac3"),
    sound("mp4", "-c:a libopus"),
    sound("mov", "-c:a pcm_s32be"),
    Made { ending: "m4a", sources: &[ROUND], options: "-c:a aac", is_bare: true },
];

impl Made {
    fn file(&self, more: &[&str]) -> Vec<u8> {
        let sources = self.sources.concat();
        let options: Vec<&str> = self.options.split(' ').chain(more.iter().copied()).collect();
        made_of(&sources, self.ending, &options)
    }

    fn name(&self) -> String {
        format!("{} {}", self.ending, self.options)
    }
}

const ALL: &[&str] = &["-map", "0:V?", "-map", "0:a?"];

#[test]
fn nothing_that_is_seen_or_heard_changes() {
    for made in MADE {
        let dirty = made.file(&[]);
        let (clean, report) = clean_with_report(&dirty)
            .unwrap_or_else(|refusal| panic!("{}: {refusal}", made.name()));
        let decoded = frames(&dirty, ALL);
        assert!(decoded.len() > 5, "{}", made.name());
        assert_eq!(frames(&clean, ALL), decoded, "{}", made.name());
        if made.is_bare {
            let packed = [ALL, &["-c", "copy"]].concat();
            assert_eq!(frames(&clean, &packed), frames(&dirty, &packed), "{}", made.name());
        }
        assert!(!report.findings.is_empty(), "{}", made.name());
        assert_eq!(clean_with_report(&clean).unwrap().0, clean, "{}", made.name());
    }
}

#[test]
fn sound_that_is_not_packed_lies_together_in_longer_pieces() {
    let dirty = sound("mov", "-c:a pcm_s32le -ar 192000 -ac 4").file(&[]);
    let clean = clean_with_report(&dirty).unwrap().0;
    assert!(clean.len() > 3_000_000);
    assert_eq!(decoded(&clean), decoded(&dirty));
    assert_eq!(clean_with_report(&clean).unwrap().0, clean);
}

#[test]
fn witnesses_see_what_was_hidden_and_nothing_afterwards() {
    for made in MADE {
        let dirty = made.file(&["-metadata:s:a", "language=dan"]);
        let clean = clean_with_report(&dirty).unwrap().0;
        assert!(!identifying(&dirty).is_empty(), "{}", made.name());
        assert_eq!(identifying(&clean), Vec::<String>::new(), "{}", made.name());
        assert!(media_info(&dirty).contains("Anna"), "{}", made.name());
        let said = media_info(&clean);
        for word in ["Anna", "Odense", "2024", "Lavf", "Lavc", "Danish"] {
            assert!(!said.contains(word), "{}: {word}", made.name());
        }
        // Each clean `ProRes` says that it is by those who invented the format.
        let mut writers = said.lines().filter(|line| line.starts_with("Writing library"));
        assert!(writers.all(|line| line.ends_with(": Apple")), "{}", made.name());
        let holds =
            |file: &[u8], word: &str| file.windows(word.len()).any(|part| part == word.as_bytes());
        let words =
            NAMES.iter().map(|(_, value)| *value).chain(["Lavf", "x264", "x265", "Handler"]);
        for word in words {
            assert!(!holds(&clean, word), "{}: {word}", made.name());
        }
    }
}

#[test]
fn the_same_film_with_other_names_or_in_another_order_gives_the_same_copy() {
    for made in MADE {
        let plain = ["-map_metadata", "-1", "-fflags", "+bitexact"];
        let cleaned =
            [made.file(&[]), made.file(&plain)].map(|file| clean_with_report(&file).unwrap().0);
        assert!(cleaned[0] == cleaned[1], "{}", made.name());
    }
}

#[test]
fn which_way_up_a_film_is_stays() {
    let film = film("mp4", "-c:v libx264 -c:a aac", false).file(&[]);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("film.mp4"), film).unwrap();
    let turn =
        ["-v", "error", "-i", "film.mp4", "-c", "copy", "-metadata:s:v", "rotate=90", "turned.mp4"];
    run("ffmpeg", "ffmpeg", &turn, folder.path());
    let turned = std::fs::read(folder.path().join("turned.mp4")).unwrap();
    let clean = clean_with_report(&turned).unwrap().0;
    let says =
        |file: &[u8]| media_info(file).lines().filter(|line| line.starts_with("Rotation")).count();
    assert!(says(&turned) > 0);
    assert_eq!(says(&clean), says(&turned));
    assert_eq!(frames(&clean, ALL), frames(&turned, ALL));
}
