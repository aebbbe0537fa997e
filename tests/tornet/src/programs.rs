//! The two programs of Debian's package `tor` that are used.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::NetworkError;

/// Where the programs are.
#[derive(Clone, Debug)]
pub struct Programs {
    /// Runs every node.
    pub tor: PathBuf,
    /// Makes the long-term key of an authority.
    pub tor_gencert: PathBuf,
}

impl Default for Programs {
    /// Whatever `PATH` finds.
    fn default() -> Programs {
        Programs { tor: "tor".into(), tor_gencert: "tor-gencert".into() }
    }
}

/// Runs a helper to its end and returns what it wrote.
pub(crate) fn output(program: &Path, command: &mut Command) -> Result<String, NetworkError> {
    let output = command.output().map_err(|error| missing(program, error))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = [output.stdout, output.stderr].concat();
        Err(NetworkError::Keys(String::from_utf8_lossy(&said).into_owned()))
    }
}

/// Says what to install, if that is what an error is about.
pub(crate) fn missing(program: &Path, error: io::Error) -> NetworkError {
    if error.kind() == io::ErrorKind::NotFound {
        NetworkError::NotInstalled { program: program.to_owned() }
    } else {
        error.into()
    }
}
