//! Sound and films: made full of names, and heard and seen by `FFmpeg`.

use std::fs;

use crate::programs::run;

/// Words that stand in every made file and in no clean one.
pub(crate) const NAMES: [(&str, &str); 4] = [
    ("title", "Annas optagelse"),
    ("artist", "Anna Hansen"),
    ("date", "2024-05-06"),
    ("comment", "optaget i Odense"),
];

/// Makes a file of a second of sound, full of names, with `FFmpeg`.
pub(crate) fn made(ending: &str, options: &[&str]) -> Vec<u8> {
    let tone = "aevalsrc=0.4*sin(440*2*PI*t)+0.2*sin(1234*t*t):d=1.3:s=44100";
    made_of(&["-f", "lavfi", "-i", tone], ending, options)
}

/// The same from other sources.
pub(crate) fn made_of(sources: &[&str], ending: &str, options: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let name = format!("made.{ending}");
    let names: Vec<String> = NAMES.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut arguments = vec!["-v", "error", "-y"];
    arguments.extend(sources);
    arguments.extend(names.iter().flat_map(|name| ["-metadata", name]));
    arguments.extend(options);
    arguments.push(&name);
    let output = run("ffmpeg", "ffmpeg", &arguments, folder.path());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{options:?}: {said}");
    fs::read(folder.path().join(name)).unwrap()
}

/// The digest of no samples at all.
const OF_NOTHING: &str = "d41d8cd98f00b204e9800998ecf8427e";

/// What `FFmpeg` hears and sees: a digest of all decoded samples and pictures of each
/// stream; nothing if it finds none, or cannot decode the file without an error.
pub(crate) fn decoded(file: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), file).unwrap();
    let arguments =
        ["-v", "error", "-xerror", "-i", "file", "-map", "0:a?", "-map", "0:V:0?", "-f"];
    let arguments = [&arguments[..], &["streamhash", "-hash", "md5", "-"]].concat();
    let output = run("ffmpeg", "ffmpeg", &arguments, folder.path());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let heard = !said.is_empty() && !said.contains(OF_NOTHING);
    (output.status.success() && output.stderr.is_empty() && heard).then_some(said)
}

/// All samples that `FFmpeg` hears, of 16 bits and two channels.
pub(crate) fn samples(file: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), file).unwrap();
    let arguments = ["-v", "error", "-i", "file", "-f", "s16le", "-ac", "2", "-"];
    run("ffmpeg", "ffmpeg", &arguments, folder.path()).stdout
}

/// Frames as `FFmpeg` takes them out, with times and digests, a line each.
pub(crate) fn frames(file: &[u8], options: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), file).unwrap();
    let arguments = [&["-v", "error", "-i", "file"], options, &["-f", "framemd5", "-"]].concat();
    let output = run("ffmpeg", "ffmpeg", &arguments, folder.path());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    said.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}
