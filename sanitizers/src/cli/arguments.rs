//! The command line.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use crate::{Kind, Language, Policy};

/// Removes hidden information from a file and proves that what it shows is unchanged.
#[derive(Debug, Parser)]
#[command(name = "sluse-sanitize", version)]
pub struct Arguments {
    /// The file to clean; standard input if there is none
    pub(super) file: Option<PathBuf>,
    /// Where the clean copy goes; standard output if not given
    #[arg(short, long, value_name = "OUT", conflicts_with = "inspect")]
    pub(super) output: Option<PathBuf>,
    /// Writes what was found, or why it was refused, as JSON
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
    /// Says what is in the file and writes no copy
    #[arg(long)]
    pub(super) inspect: bool,
    /// What is made of the file: the same without what is hidden, or only pictures of it
    #[arg(long, default_value = "strip")]
    pub(super) policy: Policy,
    /// Prints what is kept of a format, from the table the cleaner works by
    #[arg(long, value_name = "FORMAT", exclusive = true)]
    pub(super) explain: Option<Kind>,
    /// Tries from inside whether the sandbox holds on this machine
    #[arg(long, exclusive = true)]
    pub(super) self_test_sandbox: bool,
    /// Language of advice
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Lang,
}

impl Arguments {
    pub(super) fn language(&self) -> Language {
        match self.lang {
            Lang::Da => Language::Da,
            Lang::En => Language::En,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Lang {
    Da,
    En,
}
