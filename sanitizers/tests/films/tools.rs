//! Programs that make files and that act as witnesses.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Runs a program; a missing one is a failure that names its Debian package.
pub(crate) fn run(program: &str, package: &str, arguments: &[&str], folder: &Path) -> Output {
    Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap_or_else(|_| panic!("{program} is missing: install the package {package}"))
}

/// Words that stand in every made file and in no clean one.
pub(crate) const NAMES: [(&str, &str); 4] = [
    ("title", "Annas optagelse"),
    ("artist", "Anna Hansen"),
    ("date", "2024-05-06"),
    ("comment", "optaget i Odense"),
];

/// Makes a file of these sources, full of names, with `FFmpeg`.
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
