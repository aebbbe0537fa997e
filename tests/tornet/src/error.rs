//! Why there is no network.

use std::path::PathBuf;

use crate::ControlError;

/// Why a network, or a part of it, could not be started.
#[derive(Debug, thiserror::Error)]
pub enum NetworkError {
    /// The program is not there.
    #[error("{} is not installed: apt-get install tor", program.display())]
    NotInstalled {
        /// What was looked for.
        program: PathBuf,
    },
    /// The folder holds something already. State of an older network would let
    /// onion services look for introduction points that no longer exist.
    #[error("{} is not empty", .0.display())]
    FolderInUse(PathBuf),
    /// The keys of an authority could not be made.
    #[error("no keys for an authority: {0}")]
    Keys(String),
    /// A tor ended before the network was ready.
    #[error("{node} ended; the end of its log:\n{log}")]
    Ended {
        /// Which one.
        node: String,
        /// Its last lines.
        log: String,
    },
    /// A tor was not ready in time.
    #[error("{node} was not ready in time; the end of its log:\n{log}")]
    Late {
        /// Which one.
        node: String,
        /// Its last lines.
        log: String,
    },
    /// The authorities agreed before all relays had told them of themselves.
    #[error("the consensus holds {found} usable relays instead of {wanted}")]
    Incomplete {
        /// Relays in the consensus that may hold onion service descriptors.
        found: usize,
        /// Relays that were started.
        wanted: usize,
    },
    /// A tor refused a command, or the connection to it broke.
    #[error("control connection: {0}")]
    Control(#[from] ControlError),
    /// A file, a folder or a port.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}
