//! Every file in a folder, and what is in it.

use std::collections::BTreeMap;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

use rustix::fs::{IFlags, ioctl_getflags, ioctl_setflags};

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

/// Each file by name: size, times of change of its content and of itself, and place.
pub type Snapshot = BTreeMap<String, (u64, [i64; 4], u64)>;

/// How a folder looks now.
pub fn snapshot(folder: &Path) -> Snapshot {
    let entries = entries(folder).into_iter().map(|path| {
        let meta = std::fs::symlink_metadata(&path).unwrap();
        let name = path.strip_prefix(folder).unwrap().display().to_string();
        let times = [meta.mtime(), meta.mtime_nsec(), meta.ctime(), meta.ctime_nsec()];
        (name, (meta.len(), times, meta.ino()))
    });
    entries.collect()
}

/// When each file was last read, as far as the file system tells.
pub fn read_times(folder: &Path) -> BTreeMap<String, (i64, i64)> {
    let entries = entries(folder).into_iter().map(|path| {
        let meta = std::fs::symlink_metadata(&path).unwrap();
        let name = path.strip_prefix(folder).unwrap().display().to_string();
        (name, (meta.atime(), meta.atime_nsec()))
    });
    entries.collect()
}

/// Makes each file look unread for so long that its next reader leaves a time.
pub fn age_read_times(folder: &Path) {
    // A socket has nothing that could be read.
    let is_socket = |path: &PathBuf| path.symlink_metadata().unwrap().file_type().is_socket();
    for path in entries(folder).into_iter().filter(|path| !is_socket(path)) {
        let file = std::fs::File::open(path).unwrap();
        let times = std::fs::FileTimes::new().set_accessed(std::time::UNIX_EPOCH);
        file.set_times(times).unwrap();
    }
}

/// Which files differ between two snapshots.
pub fn changed(folder: &Path, before: &Snapshot) -> Vec<String> {
    differing(before, &snapshot(folder))
}

/// The names whose values differ.
pub fn differing<T: PartialEq>(
    before: &BTreeMap<String, T>,
    after: &BTreeMap<String, T>,
) -> Vec<String> {
    let names = before.keys().chain(after.keys());
    let mut names: Vec<String> =
        names.filter(|name| before.get(*name) != after.get(*name)).cloned().collect();
    names.sort();
    names.dedup();
    names
}

/// Whether the file system of a folder can be asked not to note when files are read.
pub fn takes_requests(folder: &Path) -> bool {
    let scratch = tempfile::tempdir_in(folder).unwrap();
    let scratch = std::fs::File::open(scratch.path()).unwrap();
    ioctl_setflags(&scratch, IFlags::NOATIME).is_ok()
        && ioctl_getflags(&scratch).is_ok_and(|flags| flags.contains(IFlags::NOATIME))
}
