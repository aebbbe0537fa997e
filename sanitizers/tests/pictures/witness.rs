//! Programs that look at files before and after.

use std::fs;
use std::process::Command;

/// Runs a program of a Debian package with a file and gives what it says, or nothing if it
/// does not accept the file.
pub(crate) fn run(
    program: &str,
    package: &str,
    before: &[&str],
    file: &[u8],
    end: &str,
) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("file{end}"));
    fs::write(&path, file).unwrap();
    let output = Command::new(program)
        .args(before)
        .arg(&path)
        .output()
        .unwrap_or_else(|_| panic!("{program} is missing: install the package {package}"));
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A picture that `ImageMagick` makes.
pub(crate) fn made(arguments: &[&str], end: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("file{end}"));
    let status = Command::new("/usr/bin/convert").args(arguments).arg(&path).status();
    assert!(status.expect("imagemagick").success(), "{arguments:?}");
    fs::read(path).unwrap()
}

/// Number, size, place, duration and pixels of all frames or pages, by `ImageMagick`.
pub(crate) fn frames(file: &[u8], end: &str) -> Option<String> {
    let format = "%s %wx%h %X%Y %T %D %#\n";
    run("/usr/bin/identify", "imagemagick", &["-quiet", "-format", format], file, end)
}

/// The same without duration and disposal, which mean nothing where a picture stands alone.
pub(crate) fn still(file: &[u8], end: &str) -> Option<String> {
    run("/usr/bin/identify", "imagemagick", &["-quiet", "-format", "%wx%h %X%Y %#\n"], file, end)
}

/// Groups in which nothing identifies.
const NEUTRAL: [&str; 4] = ["ExifTool", "System", "File", "Composite"];

/// Lines of `ExifTool` beyond these tags of the picture itself.
pub(crate) fn identifying(file: &[u8], end: &str, shown: &[&str]) -> Vec<String> {
    let text = run("exiftool", "libimage-exiftool-perl", &["-a", "-G1", "-s", "-ee"], file, end);
    let text = text.unwrap_or_default();
    text.lines().filter(|line| !is_harmless(line, shown)).map(str::to_owned).collect()
}

fn is_harmless(line: &str, shown: &[&str]) -> bool {
    let Some((group, rest)) = line.split_once(']') else { return true };
    let (tag, value) = rest.split_once(':').unwrap_or_default();
    let (tag, value) = (tag.trim(), value.trim());
    let group = group.trim_start_matches('[');
    NEUTRAL.contains(&group) && tag != "Comment"
        || shown.contains(&tag)
        || match (group, tag) {
            ("ICC-header", "ProfileDateTime") => value == "0000:00:00 00:00:00",
            ("ICC-header", "DeviceManufacturer" | "DeviceModel" | "ProfileCreator") => {
                value.is_empty()
            }
            ("ICC-header", "ProfileID") => value == "0",
            ("ICC_Profile", "ProfileDescription") => value == "colour",
            ("ICC_Profile", "ProfileCopyright") => value == "none",
            _ => group.starts_with("ICC"),
        }
}
