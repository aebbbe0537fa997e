//! One fuzz target per format: its name is that of the format.

#![no_main]

mod mend;
mod property;

use clap::ValueEnum;
use libfuzzer_sys::fuzz_target;
use sluse_sanitizers::Kind;

fuzz_target!(|input: &[u8]| {
    let kind = Kind::from_str(env!("CARGO_BIN_NAME"), false).unwrap();
    property::holds(kind, input);
});
