//! Programs that look at originals and copies.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Runs a program in a folder; a missing one is a failure that names its Debian package.
pub(crate) fn run(program: &str, package: &str, arguments: &[&str], folder: &Path) -> Output {
    Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap_or_else(|_| panic!("{program} is missing: install the package {package}"))
}

/// Runs a program with a file, whose name is the last argument and ends in `end`, and gives
/// what it says, or nothing if it does not accept the file.
pub(crate) fn said(
    program: &str,
    package: &str,
    before: &[&str],
    file: &[u8],
    end: &str,
) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let name = format!("file.{end}");
    fs::write(folder.path().join(&name), file).unwrap();
    let output = run(program, package, &[before, &[&name]].concat(), folder.path());
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Says something about a file in the words of a small program of Python's, which gets the
/// path as its argument.
pub(crate) fn python(program: &str, file: &[u8]) -> String {
    let said = said("python3", "python3", &["-I", "-c", program], file, "file");
    said.expect("the witness should not fail")
}

/// A tag that `ExifTool` found.
pub(crate) struct Tag<'a> {
    /// Which part of the file it stands in.
    pub(crate) group: &'a str,
    /// What it is called.
    pub(crate) name: &'a str,
    /// What it says.
    pub(crate) value: &'a str,
}

/// Groups that speak of the file on the disk, or of what follows from other tags.
const OUTSIDE: [&str; 4] = ["ExifTool", "System", "File", "Composite"];

impl Tag<'_> {
    /// Whether it says nothing but which file this is.
    pub(crate) fn is_outside(&self) -> bool {
        OUTSIDE.contains(&self.group)
    }

    /// Whether it belongs to a colour profile and says nothing that is not in each of ours.
    pub(crate) fn is_of_a_neutral_profile(&self) -> bool {
        match (self.group, self.name) {
            ("ICC-header", "ProfileDateTime") => self.value == "0000:00:00 00:00:00",
            ("ICC-header", "DeviceManufacturer" | "DeviceModel" | "ProfileCreator") => {
                self.value.is_empty()
            }
            ("ICC-header", "ProfileID") => self.value == "0",
            ("ICC_Profile", "ProfileDescription") => self.value == "colour",
            ("ICC_Profile", "ProfileCopyright") => self.value == "none",
            (group, _) => group.starts_with("ICC"),
        }
    }
}

/// The lines of `ExifTool` that are not harmless.
pub(crate) fn tags(file: &[u8], end: &str, is_harmless: impl Fn(&Tag<'_>) -> bool) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let name = format!("file.{end}");
    fs::write(folder.path().join(&name), file).unwrap();
    let arguments = ["-a", "-G1", "-s", "-ee", &name];
    // It also fails on files of which it has told everything it knows.
    let output = run("exiftool", "libimage-exiftool-perl", &arguments, folder.path());
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let tells = |line: &&str| {
        let Some((group, rest)) = line.split_once(']') else { return false };
        let (name, value) = rest.split_once(':').unwrap_or_default();
        let group = group.trim_start_matches('[');
        !is_harmless(&Tag { group, name: name.trim(), value: value.trim() })
    };
    text.lines().filter(tells).map(str::to_owned).collect()
}

/// What `MediaInfo` says.
pub(crate) fn media_info(file: &[u8]) -> String {
    said("mediainfo", "mediainfo", &["--Full"], file, "file").unwrap_or_default()
}

/// The words that `LibreOffice` prints of each file; none if it does not open one. One start
/// of the program for all of them: starting takes the longest.
pub(crate) fn printed(files: &[(&str, &[u8])]) -> Vec<Option<String>> {
    if files.is_empty() {
        return Vec::new();
    }
    let folder = tempfile::tempdir().unwrap();
    // A profile of its own: two of one profile would wait for each other.
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let mut arguments =
        [&*profile, "--headless", "--convert-to", "pdf"].map(str::to_owned).to_vec();
    for (number, (end, bytes)) in files.iter().enumerate() {
        let name = format!("{number}.{end}");
        fs::write(folder.path().join(&name), bytes).unwrap();
        arguments.push(name);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = run("soffice", "libreoffice-writer", &arguments, folder.path());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let words = |number: usize| {
        let page = format!("{number}.pdf");
        folder.path().join(&page).exists().then(|| {
            let text =
                run("pdftotext", "poppler-utils", &["-layout", &page, "-"], folder.path()).stdout;
            let text = String::from_utf8_lossy(&text).into_owned();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        })
    };
    (0..files.len()).map(words).collect()
}
