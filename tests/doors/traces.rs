//! Looking for what should not be there.

use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// Every file under a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The files under a folder that have `words` in their name or their bytes.
pub fn holding(folder: &Path, words: &str) -> Vec<PathBuf> {
    let has = |bytes: &[u8]| bytes.windows(words.len()).any(|window| window == words.as_bytes());
    let mut found = files(folder);
    found.retain(|path| {
        let content = if path.is_file() { std::fs::read(path).unwrap_or_default() } else { vec![] };
        has(path.as_os_str().as_bytes()) || has(&content)
    });
    found
}

/// What a process has open under a folder, also when it has no name any more.
pub fn open_files(process: u32, folder: &Path) -> Vec<PathBuf> {
    let descriptors = format!("/proc/{process}/fd");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&descriptors).expect("a process of ours").flatten() {
        found.extend(std::fs::read_link(entry.path()));
    }
    found.retain(|path| path.starts_with(folder));
    found
}
