//! Which processes there are.

use std::path::Path;

/// Tells whether there is a process with this id.
pub(crate) fn exists(pid: u32) -> bool {
    Path::new("/proc").join(pid.to_string()).exists()
}
