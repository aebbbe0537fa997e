//! The machine the portal runs on: how much of it may be used, and what could betray
//! what is in its memory.
//!
//! Work that strangers start is bounded by cores and memory here. Without that a handful
//! of requests would have the kernel end the portal.

use std::path::Path;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::domain::derivations::CLASSES;
use crate::vault::Cost;

/// This program, also when its file was replaced by a newer one meanwhile.
pub const OURSELVES: &str = "/proc/self/exe";

/// What one worker may take; see `sluse_sanitizers::sandbox`.
const WORKER_MEMORY: u64 = 1 << 30;

/// Prepares the process: nothing it holds may reach a disk by a crash or a debugger, and a
/// crowd at the mirror must not take the files that uploads and the database need.
pub fn harden() -> anyhow::Result<()> {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    raise_open_files()?;
    // The one provider of TLS for the whole process, before anything asks for one.
    // A second call, in a test, changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Ok(())
}

/// Asks for as many files and connections as the process may have.
fn raise_open_files() -> anyhow::Result<()> {
    let files = getrlimit(Resource::Nofile);
    Ok(setrlimit(Resource::Nofile, Rlimit { current: files.maximum, ..files })?)
}

/// The cost that this machine can carry: the standard from 2 GiB of memory upwards.
pub fn cost_for_this_machine() -> Cost {
    if memory() >= 2 << 30 { Cost::STANDARD } else { Cost::SMALL }
}

/// Bytes of memory that this process may use: the machine's, or fewer in a container.
pub fn memory() -> u64 {
    let info = rustix::system::sysinfo();
    let machine = u128::from(info.totalram) * u128::from(info.mem_unit);
    let machine = u64::try_from(machine).unwrap_or(u64::MAX);
    let groups = std::fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    let group = groups.lines().find_map(|line| line.strip_prefix("0::")).unwrap_or("/");
    let limit = std::fs::read_to_string(format!("/sys/fs/cgroup{group}/memory.max"));
    limit.ok().and_then(|limit| limit.trim().parse().ok()).unwrap_or(machine).min(machine)
}

/// How many derivations of one class may run at the same time: half of the cores are left
/// for pages, and all classes together take no more than half of the memory. A flood would
/// end the portal otherwise.
pub fn derivations_at_once(cores: usize, memory: u64, cost: Cost) -> usize {
    let all = memory / 2 / (u64::from(cost.memory_kib) << 10).max(1);
    let all = usize::try_from(all).unwrap_or(usize::MAX);
    (cores / 2).min(all / CLASSES).max(1)
}

/// How many workers may clean files at the same time, beside two more that make views, for
/// handlers and for reporters: as many as there are cores, and all together no more than half
/// of the memory. The kernel would end one of our processes otherwise, for a picture that is
/// allowed.
pub fn workers_at_once(cores: usize, memory: u64) -> usize {
    let all = usize::try_from(memory / 2 / WORKER_MEMORY).unwrap_or(usize::MAX);
    cores.min(all.saturating_sub(2)).max(1)
}

/// How many files and connections this process may have open.
pub fn open_files() -> u64 {
    getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
}

/// MiB that are free on the disk of a folder.
pub fn free_mib(folder: &Path) -> std::io::Result<u64> {
    let disk = rustix::fs::statvfs(folder)?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize) >> 20)
}

/// The devices on which swapped memory would lie in the clear.
pub fn plain_swap() -> std::io::Result<Vec<String>> {
    let swaps = std::fs::read_to_string("/proc/swaps")?;
    let devices = swaps.lines().skip(1).filter_map(|line| line.split_whitespace().next());
    let plain = devices.filter(|device| !is_encrypted(device, Path::new("/sys/class/block")));
    Ok(plain.map(str::to_owned).collect())
}

/// zram does not leave memory, unless it writes what is idle to a device behind it. A
/// device-mapper target is encrypted if it is dm-crypt, or if everything below it is:
/// Debian's installer puts logical volumes on one encrypted disk.
fn is_encrypted(device: &str, blocks: &Path) -> bool {
    let Some(name) = Path::new(device).file_name() else { return false };
    let block = blocks.join(name);
    if name.to_string_lossy().starts_with("zram") {
        let behind = std::fs::read_to_string(block.join("backing_dev")).unwrap_or_default();
        return matches!(behind.trim(), "" | "none") || is_encrypted(behind.trim(), blocks);
    }
    let uuid = std::fs::read_to_string(block.join("dm/uuid")).unwrap_or_default();
    if uuid.starts_with("CRYPT-") {
        return true;
    }
    let below = std::fs::read_dir(block.join("slaves")).into_iter().flatten().flatten();
    let below: Vec<String> =
        below.map(|below| below.file_name().to_string_lossy().into_owned()).collect();
    !below.is_empty() && below.iter().all(|below| is_encrypted(below, blocks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivations_at_once_follow_the_cores_and_the_memory() {
        let gib = |number: u64| number << 30;
        assert_eq!(derivations_at_once(8, gib(64), Cost::STANDARD), 4);
        assert_eq!(derivations_at_once(8, gib(12), Cost::STANDARD), 4);
        assert_eq!(derivations_at_once(8, gib(12) - 1, Cost::STANDARD), 3);
        assert_eq!(derivations_at_once(8, gib(6), Cost::STANDARD), 2);
        assert_eq!(derivations_at_once(1, gib(64), Cost::STANDARD), 1);
        assert_eq!(derivations_at_once(8, 0, Cost::STANDARD), 1);
    }

    #[test]
    fn workers_at_once_follow_the_cores_and_the_memory() {
        let gib = |number: u64| number << 30;
        assert_eq!(workers_at_once(2, gib(64)), 2);
        assert_eq!(workers_at_once(8, gib(20)), 8);
        assert_eq!(workers_at_once(8, gib(20) - 1), 7);
        assert_eq!(workers_at_once(2, gib(8)), 2);
        assert_eq!(workers_at_once(2, gib(8) - 1), 1);
        assert_eq!(workers_at_once(8, 0), 1);
    }

    #[test]
    fn the_process_may_open_as_many_files_as_it_can_be_allowed() {
        raise_open_files().unwrap();
        assert_eq!(getrlimit(Resource::Nofile).maximum.unwrap_or(u64::MAX), open_files());
    }

    #[test]
    fn the_memory_of_this_machine_is_known() {
        assert!(memory() > 64 << 20, "{}", memory());
    }

    /// A folder as `/sys/class/block`: devices with their identifiers, and what they are on.
    fn blocks(devices: &[(&str, &str, &[&str])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, uuid, below) in devices {
            let block = folder.path().join(name);
            std::fs::create_dir_all(block.join("dm")).unwrap();
            std::fs::write(block.join("dm/uuid"), uuid).unwrap();
            for below in *below {
                std::fs::create_dir_all(block.join("slaves").join(below)).unwrap();
            }
        }
        folder
    }

    #[test]
    fn swap_is_encrypted_if_everything_below_it_is() {
        let blocks = blocks(&[
            ("sda2", "", &[]),
            ("dm-0", "CRYPT-LUKS2-1-sda2_crypt", &["sda2"]),
            ("dm-1", "LVM-swap", &["dm-0"]),
            ("dm-2", "LVM-swap", &["sda2"]),
            ("dm-3", "LVM-striped", &["dm-0", "sda2"]),
            ("zram0", "", &[]),
            ("zram1", "", &[]),
            ("zram2", "", &[]),
        ]);
        for (zram, behind) in
            [("zram0", "none\n"), ("zram1", "/dev/sda2\n"), ("zram2", "/dev/dm-0\n")]
        {
            std::fs::write(blocks.path().join(zram).join("backing_dev"), behind).unwrap();
        }
        for (device, encrypted) in [
            ("/dev/dm-0", true),
            ("/dev/dm-1", true),
            ("/dev/zram0", true),
            ("/dev/zram1", false),
            ("/dev/zram2", true),
            ("/dev/zram3", true),
            ("/dev/sda2", false),
            ("/dev/dm-2", false),
            ("/dev/dm-3", false),
            ("/swapfile", false),
            ("", false),
        ] {
            assert_eq!(is_encrypted(device, blocks.path()), encrypted, "{device:?}");
        }
    }
}
