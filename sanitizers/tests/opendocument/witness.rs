//! Programs that look at originals and copies.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Says something about a file in the words of a small program of Python's, which gets the
/// path as its argument.
pub(crate) fn python(program: &str, file: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, file).unwrap();
    run("python3", "python3", &["-I", "-c", program], &path)
}

/// Lines of `ExifTool` about more than the file as such.
pub(crate) fn identifying(file: &[u8], end: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("file.{end}"));
    fs::write(&path, file).unwrap();
    let text = run("exiftool", "libimage-exiftool-perl", &["-a", "-G1", "-s", "-ee"], &path);
    let harmless = ["[ExifTool]", "[System]", "[File]"];
    let lines = text.lines().filter(|line| !harmless.iter().any(|group| line.starts_with(group)));
    lines.map(str::to_owned).collect()
}

/// The words that `LibreOffice` prints of each file; none if it does not open one.
pub(crate) fn printed(files: &[(String, Vec<u8>)]) -> Vec<Option<String>> {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let mut paths = Vec::new();
    for (number, (end, bytes)) in files.iter().enumerate() {
        let path = here.join(format!("{number}.{end}"));
        fs::write(&path, bytes).unwrap();
        paths.push(path);
    }
    // A profile of its own: two of one profile would wait for each other.
    let profile = format!("-env:UserInstallation=file://{}", here.join("profile").display());
    let done = Command::new("soffice")
        .args([&*profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(here)
        .args(&paths)
        .output()
        .expect("soffice should be installed (Debian package libreoffice-writer)");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = |number: usize| {
        let path = here.join(format!("{number}.pdf"));
        path.exists().then(|| words(&path))
    };
    (0..files.len()).map(text).collect()
}

fn words(path: &Path) -> String {
    let done = Command::new("pdftotext")
        .arg(path)
        .arg("-")
        .output()
        .expect("pdftotext should be installed (Debian package poppler-utils)");
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn run(program: &str, package: &str, before: &[&str], path: &Path) -> String {
    let output = Command::new(program)
        .args(before)
        .arg(path)
        .output()
        .unwrap_or_else(|_| panic!("{program} should be installed (Debian package {package})"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
