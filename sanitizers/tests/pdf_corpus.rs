//! Real documents: each is cleaned and shows the same, or is refused with a reason.
//!
//! The files come from the folder named in `SLUSE_CORPUS`; none of them belongs to
//! this repository. Poppler is the witness for what is shown, ExifTool for what is
//! told.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sluse_sanitizers::{Limits, Refusal, sanitize};

/// How many documents that poppler opens without complaint must be accepted.
const ACCEPTED_PERCENT: usize = 95;

/// Runs a witness. One that is not installed is a failure and not an excuse.
fn run(program: &str, package: &str, arguments: &[&str]) -> Output {
    Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|_| panic!("{program} is missing: install the package {package}"))
}

fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            documents(&path, found);
        } else if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf")) {
            found.push(path);
        }
    }
}

/// The number of pages, if poppler has nothing to complain about.
fn pages(path: &str) -> (Option<usize>, bool) {
    let output = run("pdfinfo", "poppler-utils", &[path]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let count = text.lines().find_map(|line| line.strip_prefix("Pages:"));
    (count.and_then(|count| count.trim().parse().ok()), output.stderr.is_empty())
}

/// The first three pages as pixels.
fn pixels(path: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let prefix = folder.path().join("page");
    run("pdftoppm", "poppler-utils", &["-r", "50", "-l", "3", path, prefix.to_str().unwrap()]);
    let mut files: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files.iter().flat_map(|file| std::fs::read(file).unwrap()).collect()
}

/// Everything `ExifTool` says that does not follow from the pages themselves.
fn told(path: &str) -> Vec<String> {
    const OF_EVERY_PDF: [&str; 7] =
        ["PDFVersion", "Linearized", "PageCount", "Language", "PageLayout", "PageMode", "Warning"];
    let output = run("exiftool", "libimage-exiftool-perl", &["-a", "-G1", "-s", "-ee", path]);
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter(|line| {
            !["[System]", "[File]", "[ExifTool]"].iter().any(|own| line.starts_with(own))
        })
        .filter(|line| {
            let tag = line.split_whitespace().nth(1).unwrap_or_default();
            !OF_EVERY_PDF.contains(&tag)
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn real_documents_are_cleaned_or_refused_with_a_reason() {
    #[expect(clippy::disallowed_methods, reason = "the folder of real files is given at run time")]
    let Some(folder) = std::env::var_os("SLUSE_CORPUS") else {
        println!("SLUSE_CORPUS is not set: no real documents were read");
        return;
    };
    let mut paths = Vec::new();
    documents(Path::new(&folder), &mut paths);
    paths.sort();
    let copy = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    let copy_path = copy.path().to_str().unwrap();
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut faults = Vec::new();
    let (mut healthy, mut accepted) = (0, 0);
    for path in &paths {
        let name = path.to_str().unwrap();
        let (count, quiet) = pages(name);
        let is_healthy = count.is_some() && quiet;
        healthy += usize::from(is_healthy);
        let bytes = std::fs::read(path).unwrap();
        let mut clean = Vec::new();
        let outcome = sanitize(&mut Cursor::new(&bytes), &mut clean, &Limits::default());
        let reason = match outcome {
            Ok(_) => "accepted".to_owned(),
            Err(refusal) => format!("{refusal}"),
        };
        println!("{reason}\t{}\t{name}", if is_healthy { "healthy" } else { "damaged" });
        *reasons.entry(reason).or_default() += 1;
        match outcome {
            Err(Refusal::Internal | Refusal::Verification) => faults.push(format!("fault: {name}")),
            Err(_) => continue,
            Ok(_) => {}
        }
        accepted += usize::from(is_healthy);
        std::fs::write(copy_path, &clean).unwrap();
        if count.is_some() && pages(copy_path) != (count, true) {
            faults.push(format!("pages or complaint: {name}"));
        }
        if is_healthy && pixels(name) != pixels(copy_path) {
            faults.push(format!("pixels: {name}"));
        }
        let told = told(copy_path);
        if !told.is_empty() {
            faults.push(format!("told: {name}: {told:?}"));
        }
    }
    println!("{reasons:#?}\n{accepted} of {healthy} healthy documents accepted");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert!(accepted * 100 >= healthy * ACCEPTED_PERCENT);
}
