//! The `sluse` program: reads the command line and hands over.

use std::alloc::System;
use std::process::ExitCode;

use clap::Parser as _;
use zeroizing_alloc::ZeroAlloc;

/// Whatever is freed is wiped: what a request knew must not lie in memory after it.
#[global_allocator]
static WIPING: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    sluse::command::run(sluse::command::CommandLine::parse())
}
