//! Opening and writing files, so that no half-written copy is ever left.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Cursor, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{INTERNAL, USAGE, words};
use crate::{Language, Limits, ReadSeek, Refusal, Report};

/// Why there is no clean copy.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The file was refused.
    Refused(Refusal),
    /// The copy or the report would replace the original.
    SameFile,
    /// The copy and the report would replace each other.
    SameTarget,
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
                let place = words::place(refusal, language);
                let advice = refusal.advice(language);
                (format!("{refusal}\n{place}{advice}"), refusal.exit_code())
            }
            Trouble::SameFile => {
                ("the copy or the report would replace the original".to_owned(), USAGE)
            }
            Trouble::SameTarget => {
                ("the copy and the report would be written to one file".to_owned(), USAGE)
            }
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
    stream.take(limits.film_bytes.max(limits.input_bytes) + 1).read_to_end(&mut bytes)?;
    Ok(Box::new(Cursor::new(bytes)))
}

/// Refuses, before a byte is written, to put anything in the place of the original: it
/// would be lost if we are wrong. The report and the copy must not replace each other
/// either, and the copy must not run into an original that stands at standard output.
pub(super) fn refuse_overwriting(
    input: Option<&Path>,
    output: Option<&Path>,
    report: Option<&Path>,
) -> Result<(), Trouble> {
    let original = match input {
        Some(path) => Identity::of_path(path)?,
        None => Identity::of_open(io::stdin().as_fd()),
    };
    let targets = [output, report].into_iter().flatten();
    let existing: Vec<Identity> =
        targets.filter_map(|path| Identity::of_path(path).ok()?).collect();
    let printed = if output.is_none() { Identity::of_open(io::stdout().as_fd()) } else { None };
    if original.is_some_and(|file| existing.contains(&file) || printed == Some(file)) {
        return Err(Trouble::SameFile);
    }
    let twice = matches!(existing.as_slice(), [one, other] if one == other);
    let same_name = output.zip(report).is_some_and(|(one, other)| is_one_place(one, other));
    if twice || same_name || printed.is_some_and(|file| existing.contains(&file)) {
        return Err(Trouble::SameTarget);
    }
    Ok(())
}

/// What tells one regular file from another, whatever it is called.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Identity {
    device: u64,
    inode: u64,
}

impl Identity {
    /// The regular file behind a path, if it is one; links are followed.
    fn of_path(path: &Path) -> io::Result<Option<Identity>> {
        let data = fs::metadata(path)?;
        Ok(data.is_file().then(|| Identity { device: data.dev(), inode: data.ino() }))
    }

    /// The regular file that was opened for us, if it is one.
    fn of_open(file: BorrowedFd<'_>) -> Option<Identity> {
        let data = File::from(file.try_clone_to_owned().ok()?).metadata().ok()?;
        data.is_file().then(|| Identity { device: data.dev(), inode: data.ino() })
    }
}

/// Whether two paths lead to one name in one folder, whether or not a file is there.
fn is_one_place(one: &Path, other: &Path) -> bool {
    let folder = |path: &Path| {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        fs::canonicalize(parent.unwrap_or(Path::new("."))).ok()
    };
    one.file_name() == other.file_name() && folder(one) == folder(other)
}

/// A file that is written beside its target and takes the target's name when it is whole,
/// so that the name never shows a part.
pub(super) struct Part<'a> {
    target: &'a Path,
    path: PathBuf,
    file: File,
    kept: bool,
}

impl<'a> Part<'a> {
    pub(super) fn create(target: &'a Path) -> io::Result<Part<'a>> {
        // Of a device such as /dev/null nothing but a file would be left.
        if fs::metadata(target).is_ok_and(|there| !there.is_file()) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "this is not a file"));
        }
        let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        let mut part = OsString::from(".");
        part.push(name);
        part.push(format!(".{}.part", std::process::id()));
        let path = target.with_file_name(part);
        // A file that is there already is not ours, and stays.
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        Ok(Part { target, path, file, kept: false })
    }

    /// Gives it the name of its target.
    pub(super) fn keep(mut self) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.path, self.target)?;
        self.kept = true;
        Ok(())
    }
}

impl Write for Part<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        if !self.kept {
            // The error that led here is the one to tell.
            drop(fs::remove_file(&self.path));
        }
    }
}

/// Writes a small file whole.
pub(super) fn write_whole(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut part = Part::create(target)?;
    part.write_all(bytes)?;
    part.keep()
}

/// The report, or the refusal, as JSON.
pub(super) fn json(outcome: &Result<Report, Refusal>) -> io::Result<Vec<u8>> {
    let mut json = match outcome {
        Ok(report) => serde_json::to_vec_pretty(report),
        Err(refusal) => serde_json::to_vec_pretty(refusal),
    }?;
    json.push(b'\n');
    Ok(json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_was_there_before_is_not_removed() {
        let folder = std::env::temp_dir().join(format!("sluse-part-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let part = folder.join(format!(".out.{}.part", std::process::id()));
        fs::write(&part, "mine").unwrap();
        assert!(write_whole(&folder.join("out"), b"copy").is_err());
        assert_eq!(fs::read(&part).unwrap(), b"mine");
        fs::remove_file(&part).unwrap();
        write_whole(&folder.join("out"), b"copy").unwrap();
        assert_eq!(fs::read(folder.join("out")).unwrap(), b"copy");
        fs::remove_dir_all(&folder).unwrap();
    }
}
