//! A disk that is really full: a small file system of its own, filled to the last byte.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::errors::every_code_opens;
use crate::sending::Sending;
use crate::storage;
use crate::support::CHEAP;
use crate::support::program::Installation;

/// Bytes of the file system.
const SIZE: usize = 8 << 20;
/// Bytes that are left when a report is sent.
const LEFT: [usize; 6] = [0, 4 << 10, 16 << 10, 64 << 10, 128 << 10, 256 << 10];

/// A file system in memory that is gone with this value.
struct Disk(tempfile::TempDir);

impl Disk {
    fn new() -> Disk {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={SIZE},mode=700");
        let mount = ["-t", "tmpfs", "-o", &size, "tmpfs"];
        assert!(Command::new("mount").args(mount).arg(folder.path()).status().unwrap().success());
        Disk(folder)
    }

    fn filler(&self) -> PathBuf {
        self.0.path().join("filler")
    }

    /// Fills the disk but for `left` bytes.
    fn fill(&self, left: usize) {
        let mut file = std::fs::File::create(self.filler()).unwrap();
        while file.write_all(&[1; 4096]).is_ok() {}
        let full = file.metadata().unwrap().len();
        file.set_len(full - left as u64).unwrap();
    }

    fn free(&self) {
        std::fs::remove_file(self.filler()).unwrap();
    }

    fn data(&self) -> PathBuf {
        let path: &Path = self.0.path();
        path.join("data")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_gives_an_error_page_and_loses_nothing() {
    let disk = Disk::new();
    let installation = Installation::new(CHEAP, |config| {
        config.data = disk.data();
        config.storage.free = 0;
    })
    .await;
    let mut running = installation.start().await;
    let (mut codes, mut refused, mut sent) = (BTreeMap::new(), 0, 0);
    for left in LEFT {
        for with_file in [false, true] {
            let text = format!("På en fuld disk, {left} byte tilbage, bilag: {with_file}.");
            let mut draft = Sending::new(&installation, text.clone(), with_file);
            draft.write().await.unwrap();
            assert!(draft.saved());
            disk.fill(left);
            if draft.send().await.unwrap() {
                sent += 1;
            } else {
                refused += 1;
            }
            let mut second = Sending::new(&installation, format!("{text} To."), with_file);
            second.write().await.unwrap();
            assert!(running.lives());
            disk.free();
            codes.insert(draft.settle(&installation).await, text);
            codes.insert(second.settle(&installation).await, second.text);
        }
    }
    assert!(refused > 0, "the disk was full at least once");
    running.kill();
    let running = installation.start().await;
    every_code_opens(&installation, &codes).await;
    storage::is_whole(&installation).await;
    running.stop().await;
    println!("faults: a full disk refused {refused} reports, took {sent} and lost none");
}
