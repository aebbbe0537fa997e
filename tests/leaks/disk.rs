//! Every file in a folder, and what is in it.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::canaries::{Canaries, Found};

/// All files below a folder, and folders too.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path.clone());
            }
            all.push(path);
        }
    }
    all
}

/// Searches all files below a folder, and their names.
pub fn find(canaries: &Canaries, folder: &Path) -> Found {
    let mut found = Found::new();
    for path in entries(folder) {
        let name = path.display().to_string();
        canaries.find("a name", name.as_bytes(), &mut found);
        if let Ok(bytes) = std::fs::read(&path) {
            canaries.find(&name, &bytes, &mut found);
        }
    }
    found
}

/// Name, size, time of change and place of each file.
pub fn snapshot(folder: &Path) -> BTreeMap<String, (u64, i64, i64, u64)> {
    let entries = entries(folder).into_iter().map(|path| {
        let meta = std::fs::symlink_metadata(&path).unwrap();
        let name = path.strip_prefix(folder).unwrap().display().to_string();
        (name, (meta.len(), meta.mtime(), meta.mtime_nsec(), meta.ino()))
    });
    entries.collect()
}

/// Which files differ between two snapshots.
pub fn changed(folder: &Path, before: &BTreeMap<String, (u64, i64, i64, u64)>) -> Vec<String> {
    let after = snapshot(folder);
    let names = before.keys().chain(after.keys());
    let mut names: Vec<String> =
        names.filter(|name| before.get(*name) != after.get(*name)).cloned().collect();
    names.sort();
    names.dedup();
    names
}
