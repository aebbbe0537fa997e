//! Opening and writing files, so that no half-written copy is ever left.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Cursor, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::process::ExitCode;

use super::{INTERNAL, USAGE};
use crate::{Language, Limits, ReadSeek, Refusal, Report};

/// Why there is no clean copy.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The file was refused.
    Refused(Refusal),
    /// The copy would replace the original.
    SameFile,
    /// Reading or writing failed.
    File(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Trouble::File(error)
    }
}

impl Trouble {
    /// Says it on standard error and returns the exit code.
    pub(super) fn report(self, language: Language) -> ExitCode {
        let (text, code) = match self {
            Trouble::Refused(refusal) => {
                (format!("{refusal}\n{}", refusal.advice(language)), refusal.exit_code())
            }
            Trouble::SameFile => ("the copy would replace the original".to_owned(), USAGE),
            Trouble::File(error) => (error.to_string(), INTERNAL),
        };
        // Nobody may be listening, and the exit code says it as well.
        drop(writeln!(io::stderr(), "sluse-sanitize: {text}"));
        code.into()
    }
}

/// Opens the source. What cannot be read from any place is read into memory.
pub(super) fn open(path: Option<&Path>, limits: &Limits) -> io::Result<Box<dyn ReadSeek>> {
    let Some(path) = path else { return read(&mut io::stdin().lock(), limits) };
    let mut file = File::open(path)?;
    if file.metadata()?.is_file() { Ok(Box::new(file)) } else { read(&mut file, limits) }
}

fn read(stream: &mut dyn Read, limits: &Limits) -> io::Result<Box<dyn ReadSeek>> {
    let mut bytes = Vec::new();
    // One byte more than allowed, so that too much is seen as too much.
    stream.take(limits.input_bytes + 1).read_to_end(&mut bytes)?;
    Ok(Box::new(Cursor::new(bytes)))
}

/// Refuses to write the copy over the original: it would be lost if we are wrong.
pub(super) fn refuse_same(input: &Path, output: &Path) -> Result<(), Trouble> {
    let input = fs::metadata(input)?;
    match fs::metadata(output) {
        Ok(output) if (output.dev(), output.ino()) == (input.dev(), input.ino()) => {
            Err(Trouble::SameFile)
        }
        _ => Ok(()),
    }
}

/// Writes beside the target and renames, so that the name never shows a part.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let mut part = OsString::from(".");
    part.push(name);
    part.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(part);
    let outcome = write_new(&part, bytes).and_then(|()| fs::rename(&part, path));
    if outcome.is_err() {
        // The first error is the one to tell.
        drop(fs::remove_file(&part));
    }
    outcome
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// The report, or the refusal, as JSON.
pub(super) fn json(outcome: &Result<(Vec<u8>, Report), Refusal>) -> io::Result<Vec<u8>> {
    let mut json = match outcome {
        Ok((_, report)) => serde_json::to_vec_pretty(report),
        Err(refusal) => serde_json::to_vec_pretty(refusal),
    }?;
    json.push(b'\n');
    Ok(json)
}
