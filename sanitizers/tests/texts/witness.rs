//! Programs that look at originals and copies: the parsers of Python.

use std::io::Write;
use std::process::Command;

/// Says something about a file in the words of a small program of Python's, which gets the
/// path as its argument.
pub(crate) fn python(program: &str, file: &[u8]) -> String {
    let mut here = tempfile::NamedTempFile::new().expect("a file for the witness");
    here.write_all(file).expect("room for the witness's file");
    let output = Command::new("python3")
        .args(["-I", "-c", program])
        .arg(here.path())
        .output()
        .expect("python3 should be installed (Debian package python3)");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text from the witness")
}
