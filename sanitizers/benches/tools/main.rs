//! How much processor time and memory cleaning takes, beside the tools people use.
//!
//! `cargo bench -p sluse-sanitizers`. The files are made here, the programs are run as
//! people run them, start included, and every comparison is between figures of the same
//! run: a number from another machine or day says nothing. `-- --make FOLDER` only
//! writes the files, for a profiler.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot make its files has nothing to say"
)]

#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../../tests/files/front/build.rs"]
mod chunks;
mod corpus;
#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../../tests/files/pdf/build.rs"]
mod document;
mod files;
mod goals;
mod measure;
mod others;
mod pages;
mod photo;
mod planted;
mod screen;
#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../../src/jpeg/sample.rs"]
mod segments;
mod table;
mod tools;

use std::path::Path;
use std::process::ExitCode;

// Those builders are at home in the crate.
use sluse_sanitizers::{Kind, Limits, Refusal, Report, sanitize};

use table::Line;

/// Files of less than a megabyte are run this often, larger ones once less for each
/// tenfold.
const ROUNDS: u32 = 5;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.as_slice() {
        [word, rest @ ..] if word == measure::WORD => return measure::inside(rest),
        [word, folder] if word == "--make" => drop(files::make(Path::new(folder))),
        _ => compare(),
    }
    ExitCode::SUCCESS
}

fn compare() {
    let folder = tempfile::tempdir().unwrap();
    for line in tools::missing() {
        say(&line);
    }
    let samples = files::make(folder.path());
    say(&table::head());
    let mut lines = Vec::new();
    for sample in samples {
        let bytes = std::fs::metadata(&sample.path).unwrap().len();
        let rounds = ROUNDS - bytes.max(1_000_000).ilog10().saturating_sub(5).min(ROUNDS - 1) + 1;
        let costs = tools::compare(&sample.path, folder.path(), rounds);
        let bytes = f64::from(u32::try_from(bytes).unwrap());
        let line = Line { name: sample.name.to_owned(), files: 1, bytes, costs };
        say(&line.show());
        lines.push((sample.kind, line));
    }
    lines.extend(real_files(folder.path()));
    say("");
    for line in goals::against(&lines) {
        say(&line);
    }
}

/// Sums over real files, if there are some.
#[expect(clippy::disallowed_methods, reason = "names the folder of the corpus")]
fn real_files(folder: &Path) -> Vec<(Kind, Line)> {
    let Some(corpus) = std::env::var_os("SLUSE_CORPUS") else {
        say("SLUSE_CORPUS is not set: no real files were looked at");
        return Vec::new();
    };
    let files = corpus::files(Path::new(&corpus));
    let mut lines = Vec::new();
    for &kind in Kind::all() {
        if files.iter().any(|(other, _)| *other == kind) {
            let line = corpus::sum(kind, &format!("real {kind:?}"), &files, folder);
            if line.files > 0 {
                say(&line.show());
                lines.push((kind, line));
            }
        }
    }
    lines
}

#[expect(clippy::print_stdout, reason = "what a benchmark is for")]
fn say(line: &str) {
    println!("{line}");
}
