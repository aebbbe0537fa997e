//! Matroska and `WebM`: what people see and hear is what it was, and nothing else is left.

use std::fs::{self, File};
use std::process::Command;
use std::sync::LazyLock;

use proptest::prelude::*;
use sluse_sanitizers::{Category, Change, Kind, Limits, host};

use crate::cleaning::clean_with_report;
use crate::films::large::{MOST, Watch};
use crate::programs::{media_info, run, tags};
use crate::real;
use crate::recorded::{NAMES, decoded, frames, made_of};

const PICTURES: [&str; 4] = ["-f", "lavfi", "-i", "testsrc2=size=160x120:rate=25:duration=2"];
const TONE: [&str; 4] = ["-f", "lavfi", "-i", "aevalsrc=0.4*sin(440*2*PI*t):d=2:s=48000"];

/// Files that a real program makes, by ending and options.
const MADE: [(&str, &str); 16] = [
    ("webm", "-c:v libvpx -deadline good -cpu-used 5 -c:a libvorbis"),
    ("webm", "-c:v libvpx-vp9 -deadline good -cpu-used 5 -c:a libopus"),
    ("webm", "-c:v libaom-av1 -cpu-used 8 -c:a libopus"),
    ("webm", "-c:v libvpx -deadline good -cpu-used 5 -c:a libopus -live 1"),
    ("webm", "-c:v libvpx -deadline good -cpu-used 5 -c:a libopus -cluster_time_limit 300"),
    ("mkv", "-c:v libx264 -c:a aac"),
    ("mkv", "-c:v libx264 -bf 3 -g 10 -c:a pcm_s16le"),
    ("mkv", "-c:v libx264 -x264-params aud=1:nal-hrd=vbr:vbv-maxrate=900:vbv-bufsize=900 -c:a ac3"),
    ("mkv", "-c:v libx265 -x265-params log-level=none -c:a flac"),
    ("mkv", "-c:v libx264 -c:a eac3 -live 1"),
    ("mkv", "-c:v mpeg4 -c:a libmp3lame"),
    ("mkv", "-c:v libx264 -c:a pcm_f32le -map 0:v -map 1:a -map 1:a"),
    (
        "mkv",
        "-c:v libx264 -pix_fmt yuv420p10le -color_primaries bt2020 -color_trc smpte2084 -c:a aac",
    ),
    ("mka", "-map 1:a -c:a flac"),
    ("mka", "-map 1:a -c:a libopus"),
    ("mka", "-map 1:a -c:a aac -ac 6"),
];

fn made(ending: &str, options: &str, more: &[&str]) -> Vec<u8> {
    let options: Vec<&str> = options.split(' ').chain(more.iter().copied()).collect();
    made_of(&[PICTURES, TONE].concat(), ending, &options)
}

const ALL: [&str; 4] = ["-map", "0:V?", "-map", "0:a?"];
/// Packets without the units that are no pictures.
const H264: [&str; 4] = ["-c", "copy", "-bsf:v", "filter_units=remove_types=6|9|12"];

/// Packets as `FFmpeg` takes them out.
fn packets(file: &[u8], options: &str) -> Vec<String> {
    let filter: &[&str] = if options.contains("264") { &H264 } else { &H264[..2] };
    let sound: &[&str] =
        if options.contains("265") || options.contains("mpeg4") { &["-map", "0:a"] } else { &ALL };
    frames(file, &[sound, filter].concat())
}

#[test]
fn nothing_that_is_seen_or_heard_changes() {
    for (ending, options) in MADE {
        let dirty = made(ending, options, &[]);
        let (clean, report) = clean_with_report(&dirty)
            .unwrap_or_else(|refusal| panic!("{ending} {options}: {refusal}"));
        let before = frames(&dirty, &ALL);
        assert!(before.len() > 5, "{ending} {options}");
        assert_eq!(frames(&clean, &ALL), before, "{ending} {options}");
        let packed = packets(&dirty, options);
        assert_eq!(packets(&clean, options), packed, "{ending} {options}");
        assert!(!report.findings.is_empty(), "{ending} {options}");
        assert_eq!(report.kind == Kind::Webm, ending == "webm", "{ending} {options}");
        assert_eq!(clean_with_report(&clean).unwrap().0, clean, "{ending} {options}");
    }
}

/// Tags of `ExifTool` that say how a film is coded and shown.
const SHOWN: [&str; 26] = [
    "EBMLVersion",
    "EBMLReadVersion",
    "DocType",
    "DocTypeVersion",
    "DocTypeReadVersion",
    "TimecodeScale",
    "Duration",
    "TrackNumber",
    "TrackUID",
    "TrackType",
    "TrackDefault",
    "TrackUsed",
    "VideoFrameRate",
    "DefaultDuration",
    "VideoCodecID",
    "AudioCodecID",
    "ImageWidth",
    "ImageHeight",
    "DisplayWidth",
    "DisplayHeight",
    "DisplayUnit",
    "VideoScanType",
    "AudioSampleRate",
    "OutputAudioSampleRate",
    "AudioChannels",
    "AudioBitsPerSample",
];

/// Tags `ExifTool` finds beyond those.
fn identifying(file: &[u8]) -> Vec<String> {
    tags(file, "mkv", |tag| match tag.name {
        "Warning" => false,
        "MuxingApp" | "WritingApp" => tag.value == "none",
        "TrackLanguage" => tag.value == "und",
        name => tag.is_outside() || SHOWN.contains(&name),
    })
}

#[test]
fn witnesses_see_what_was_hidden_and_nothing_afterwards() {
    for (ending, options) in MADE {
        let names = ["-metadata:s", "language=dan", "-metadata:s", "title=Annas kamera"];
        let dirty = made(ending, options, &names);
        let clean = clean_with_report(&dirty).unwrap().0;
        assert!(!identifying(&dirty).is_empty(), "{ending} {options}");
        assert_eq!(identifying(&clean), Vec::<String>::new(), "{ending} {options}");
        assert!(media_info(&dirty).contains("Anna"), "{ending} {options}");
        let said = media_info(&clean);
        // It knows by itself where a coder comes from.
        let said: Vec<_> = said.lines().filter(|line| !line.starts_with("Format/Url")).collect();
        let said = said.join("\n");
        let holds = |word: &str| clean.windows(word.len()).any(|part| part == word.as_bytes());
        let words = ["Anna", "Odense", "2024", "Lavf", "Lavc", "x264", "x265", "Danish", "libvpx"];
        for word in words {
            assert!(!said.contains(word), "{ending} {options}: {word}");
        }
        for word in NAMES.iter().map(|(_, value)| *value).chain(words) {
            // The coder of AAC writes its name into the first frame, which only a decoder
            // could tell from sound.
            let is_sound = word == "Lavc" && options.contains("aac");
            assert!(is_sound || !holds(word), "{ending} {options}: {word}");
        }
    }
}

#[test]
fn the_same_film_with_other_names_gives_the_same_copy() {
    for (ending, options) in MADE {
        let plain = ["-map_metadata", "-1", "-fflags", "+bitexact"];
        let cleaned = [made(ending, options, &[]), made(ending, options, &plain)]
            .map(|file| clean_with_report(&file).unwrap().0);
        assert!(cleaned[0] == cleaned[1], "{ending} {options}");
    }
}

/// Makes a film of others with `mkvmerge`.
fn merged(files: &[(&str, &[u8])], arguments: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    for (name, file) in files {
        fs::write(folder.path().join(name), file).unwrap();
    }
    let arguments = [&["-q", "-o", "merged.mkv"], arguments].concat();
    let output = run("mkvmerge", "mkvtoolnix", &arguments, folder.path());
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    fs::read(folder.path().join("merged.mkv")).unwrap()
}

#[test]
fn attached_files_chapters_subtitles_and_tags_are_gone() {
    let film = made("mkv", "-c:v libx264 -c:a libmp3lame", &[]);
    let words = "1\n00:00:00,100 --> 00:00:01,000\nAnna siger noget\n";
    let chapters = "CHAPTER01=00:00:00.000\nCHAPTER01NAME=Anna kommer\n";
    let files = [
        ("film.mkv", &*film),
        ("words.srt", words.as_bytes()),
        ("chapters.txt", chapters.as_bytes()),
        ("note.txt", b"Anna Hansen, Odense"),
    ];
    let arguments = ["--title", "Annas film", "--chapters", "chapters.txt", "--attach-file"];
    let arguments = [&arguments[..], &["note.txt", "film.mkv", "words.srt"]].concat();
    let dirty = merged(&files, &arguments);
    let (clean, report) = clean_with_report(&dirty).unwrap();
    assert_eq!(report.changes, [Change::EmbeddedFilesRemoved, Change::PartsRemoved]);
    assert!(report.findings.iter().any(|one| one.category == Category::EmbeddedFiles));
    assert_eq!(identifying(&clean), Vec::<String>::new());
    assert!(!clean.windows(4).any(|part| part == b"Anna" || part == b"mkvm"));
    assert_eq!(frames(&clean, &ALL), frames(&dirty, &ALL));
    assert_eq!(packets(&clean, "264"), packets(&dirty, "264"));
}

#[test]
fn other_programs_find_no_fault() {
    for (ending, options) in MADE {
        let clean = clean_with_report(&made(ending, options, &[])).unwrap().0;
        let again = merged(&[("clean.mkv", &clean)], &["clean.mkv"]);
        // It moves sound by parts of a millisecond.
        let digests = |file: &[u8]| {
            let digest = |line: &String| line.rsplit(',').next().unwrap_or_default().to_owned();
            let mut all: Vec<_> = frames(file, &ALL).iter().map(digest).collect();
            all.sort();
            all
        };
        assert_eq!(digests(&again), digests(&clean), "{ending} {options}");
    }
}

#[test]
fn a_player_can_jump() {
    let dirty = made("mkv", "-c:v libx264 -g 10 -c:a aac -cluster_time_limit 400", &[]);
    let clean = clean_with_report(&dirty).unwrap().0;
    let jump = |file: &[u8]| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), file).unwrap();
        let arguments =
            ["-v", "error", "-ss", "1.5", "-i", "file", "-map", "0:v", "-f", "framemd5", "-"];
        let output = run("ffmpeg", "ffmpeg", &arguments, folder.path());
        assert!(output.stderr.is_empty());
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let frames = |said: String| said.lines().filter(|line| !line.starts_with('#')).count();
    assert_eq!(frames(jump(&clean)), 13);
    assert_eq!(frames(jump(&dirty)), 13);
}

#[test]
fn a_recording_that_was_switched_off_anywhere_is_kept_up_to_there() {
    // As browsers write it: nothing says how long it is.
    let whole = made("webm", "-c:v libvpx -deadline good -cpu-used 5 -c:a libopus -live 1", &[]);
    let segment = memchr::memmem::find(&whole, b"\x18\x53\x80\x67").unwrap();
    assert_eq!(whole[segment + 5..segment + 12], [0xFF; 7]);
    let all = frames(&clean_with_report(&whole).unwrap().0, &ALL).len();
    let mut last = all;
    for cut in (whole.len() / 2..whole.len()).rev().step_by(whole.len() / 9) {
        let clean = clean_with_report(&whole[..cut]).unwrap().0;
        let now = frames(&clean, &ALL).len();
        assert!(now > 10 && now <= last, "{cut}");
        last = now;
    }
    assert!(last < all);
}

#[test]
fn a_film_of_half_a_gigabyte_takes_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let short = made_of(
        &["-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=30:duration=10,noise=alls=20:allf=t"],
        "mkv",
        &["-c:v", "libx264", "-preset", "ultrafast", "-b:v", "8M", "-bf", "2"],
    );
    fs::write(folder.join("short.mkv"), &short).unwrap();
    let limits = Limits::default();
    let times = (limits.film_bytes / short.len() as u64 - 2).to_string();
    for live in ["0", "1"] {
        let arguments = ["-v", "error", "-y", "-stream_loop", &times, "-i", "short.mkv", "-c"];
        let arguments = [&arguments[..], &["copy", "-live", live, "long.mkv"]].concat();
        run("ffmpeg", "ffmpeg", &arguments, folder);
        let mut film = File::open(folder.join("long.mkv")).unwrap();
        let length = film.metadata().unwrap().len();
        assert!((450 << 20..=limits.film_bytes).contains(&length), "{length}");
        let mut worker = Command::new(env!("CARGO_BIN_EXE_sluse-sanitize"));
        worker.arg("--worker");
        let mut watch = Watch::default();
        let report = host::clean(&mut worker, &mut film, &mut watch, &limits).unwrap();
        assert_eq!(report.output_bytes, watch.bytes);
        assert!(watch.bytes > length * 9 / 10);
        println!("{} KiB for {length} bytes", watch.peak);
        assert!(watch.peak > 0 && watch.peak < MOST, "{} KiB", watch.peak);
    }
}

#[test]
fn real_films_are_cleaned_without_a_change_or_refused_with_a_reason() {
    real::each(&["mkv", "mka", "webm"], |file| {
        assert_eq!(identifying(&file.copy), Vec::<String>::new(), "{}", file.name);
        assert_eq!(decoded(&file.original), decoded(&file.copy), "{}", file.name);
    });
}

/// A short film of each sort.
static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let pictures = ["-f", "lavfi", "-i", "testsrc2=size=32x32:rate=10:duration=0.5"];
    let tone = ["-f", "lavfi", "-i", "aevalsrc=0.4*sin(440*2*PI*t):d=0.5:s=8000"];
    let both = [pictures, tone].concat();
    let kinds = [
        ("webm", "-c:v libvpx -deadline good -cpu-used 5 -c:a libopus"),
        ("webm", "-c:v libvpx -deadline good -cpu-used 5 -c:a libvorbis -live 1"),
        ("mkv", "-c:v libx264 -c:a aac"),
        ("mkv", "-c:v libx265 -x265-params log-level=none -c:a flac"),
        ("mkv", "-c:v mpeg4 -c:a libmp3lame -cluster_time_limit 100"),
    ];
    let mut all = kinds
        .map(|(end, options)| made_of(&both, end, &options.split(' ').collect::<Vec<_>>()))
        .to_vec();
    // Laced, by another program.
    let sound = made_of(&tone, "mp3", &[]);
    all.push(merged(&[("tone.mp3", &sound)], &["tone.mp3"]));
    all
});

/// A film that is accepted is its own copy afterwards.
fn is_settled(file: &[u8]) -> bool {
    clean_with_report(file).is_err()
        || clean_with_report(file)
            .is_ok_and(|(copy, _)| clean_with_report(&copy).is_ok_and(|(again, _)| again == copy))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn changed_bytes_never_get_past_both_readers(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<bool>(), any::<usize>(), any::<u8>()), 1..5),
    ) {
        let mut file = which.get(&FILES).clone();
        for (anywhere, at, value) in changes {
            // Most of it is frames; what tells something is in front.
            let room = if anywhere { file.len() } else { file.len().min(900) };
            file[at % room] = value;
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
}
