//! Programs that look at originals and copies.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(program: &str, package: &str, arguments: &[&str], file: &Path) -> Output {
    Command::new(program)
        .args(arguments)
        .arg(file)
        .output()
        .unwrap_or_else(|_| panic!("{program} is missing: install the package {package}"))
}

/// The words of each file as `LibreOffice` shows them on pages; nothing for one that it does
/// not open. One start of the program for all of them: starting takes the longest.
pub(crate) fn words(files: &[(String, &[u8])]) -> Vec<Option<String>> {
    if files.is_empty() {
        return Vec::new();
    }
    let folder = tempfile::tempdir().unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let mut office = Command::new("soffice");
    office.arg(&profile).args(["--headless", "--convert-to", "pdf", "--outdir"]).arg(folder.path());
    for (number, (ending, file)) in files.iter().enumerate() {
        let path = folder.path().join(format!("{number}.{ending}"));
        fs::write(&path, file).unwrap();
        office.arg(path);
    }
    let output = office.output().expect("soffice is missing: install the package libreoffice");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let words = |number: usize| {
        let page = folder.path().join(format!("{number}.pdf"));
        let text = page.exists().then(|| {
            let copy = Command::new("pdftotext").args(["-layout"]).arg(&page).arg("-").output();
            copy.expect("pdftotext is missing: install the package poppler-utils").stdout
        })?;
        let text = String::from_utf8_lossy(&text).into_owned();
        let mut words: Vec<_> = text.split_whitespace().collect();
        // Where two words are at one height, a hair decides which comes first.
        words.sort_unstable();
        Some(words.join(" "))
    };
    (0..files.len()).map(words).collect()
}

/// Groups and tags of `ExifTool` that say nothing but what the file is.
const NEUTRAL: [&str; 3] = ["ExifTool", "System", "File"];

/// What `ExifTool` finds in a package beyond the names of its members and our one date.
pub(crate) fn identifying(file: &[u8], ending: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("file.{ending}"));
    fs::write(&path, file).unwrap();
    let output = run("exiftool", "libimage-exiftool-perl", &["-a", "-G1", "-s", "-ee"], &path);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter(|line| !is_harmless(line)).map(str::to_owned).collect()
}

fn is_harmless(line: &str) -> bool {
    let Some((group, rest)) = line.split_once(']') else { return true };
    let (tag, value) = rest.split_once(':').unwrap_or_default();
    let (tag, value) = (tag.trim(), value.trim());
    let group = group.trim_start_matches('[');
    NEUTRAL.contains(&group)
        || group == "ZIP"
            && match tag {
                "ZipModifyDate" => value == "1980:01:01 00:00:00",
                _ => tag.starts_with("Zip"),
            }
}

/// Members of a package by their names, as `unzip` gives them.
pub(crate) fn member(file: &[u8], name: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file.zip");
    fs::write(&path, file).unwrap();
    // A bracket means something to it.
    let name = name.replace('[', "\\[");
    let output = Command::new("unzip").arg("-p").arg(&path).arg(&name).output();
    let output = output.expect("unzip is missing: install the package unzip");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
