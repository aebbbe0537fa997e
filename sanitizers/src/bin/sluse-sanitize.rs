//! `sluse-sanitize`: cleans one file, with the same worker the portal uses.

use std::process::ExitCode;

use clap::Parser;
use sluse_sanitizers::cli::{self, Arguments, Program};
use sluse_sanitizers::{sandbox, worker};

const PROGRAM: Program =
    Program { file: "/proc/self/exe", worker: "--worker", probe: "--sandbox-probe" };

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    match (words.next().as_deref(), words.next()) {
        (Some(word), None) if word == PROGRAM.worker => return worker::run(),
        (Some(word), Some(name)) if word == PROGRAM.probe => return sandbox::probe(&name),
        _ => {}
    }
    cli::run(&Arguments::parse(), PROGRAM)
}
