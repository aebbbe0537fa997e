//! Decoders of pictures inside the sandbox: none needs a thread, a file, or more memory and
//! time than there is.

use std::fs;
use std::io::Cursor;
use std::process::Command;

use sluse_sanitizers::{Change, Limits, Policy, host};

const PROGRAM: &str = env!("CARGO_BIN_EXE_sluse-sanitize");

fn worker() -> Command {
    let mut command = Command::new(PROGRAM);
    command.arg("--worker");
    command
}

/// A picture of this size, or two pages.
fn encoded(size: &str, end: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = |end: &str| folder.path().join(format!("a{end}")).display().to_string();
    let (plain, coded) = (path(".png"), path(end));
    let pages = if end == ".tif" { &["xc:red"][..] } else { &[] };
    let first = if end == ".tif" { &coded } else { &plain };
    let run = |program: &str, arguments: &[&str]| {
        let done = Command::new(program).args(arguments).output();
        let done = done.unwrap_or_else(|_| panic!("{program} is missing: install its package"));
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let picture = ["-size", size, "gradient:red-blue"];
    run("/usr/bin/convert", &[&picture[..], pages, &["-depth", "8", first]].concat());
    match end {
        ".heic" => run("heif-enc", &["-o", &coded, &plain]),
        ".avif" => run("avifenc", &["-s", "9", &plain, &coded]),
        ".jxl" => run("cjxl", &[&plain, &coded]),
        _ => {}
    }
    fs::read(coded).unwrap()
}

/// The safe view is made by the same decoders.
fn drawn(file: &[u8]) {
    let (limits, mut flat) = (Limits::default(), Vec::new());
    let source = &mut Cursor::new(file);
    let report = host::make(&mut worker(), source, &mut flat, Policy::Flatten, &limits).unwrap();
    assert!(report.changes.contains(&Change::Flattened) && !flat.is_empty());
}

#[test]
fn pixels_are_made_of_each_format() {
    for end in [".heic", ".avif", ".jxl", ".tif"] {
        drawn(&encoded("640x480", end));
    }
}

#[test]
fn a_photograph_of_twelve_megapixels_is_too() {
    drawn(&encoded("4032x3024", ".heic"));
}
