//! The unit file, as far as it can be judged without starting it.

use std::process::Command;

/// The highest exposure that is accepted. What remains is reaching the network at all.
const EXPOSURE: f32 = 1.1;

#[test]
fn the_unit_leaves_little_to_take() {
    let unit = concat!(env!("CARGO_MANIFEST_DIR"), "/deploy/sluse.service");
    let judged = Command::new("systemd-analyze")
        .args(["security", "--offline=true", unit])
        .output()
        .expect("`systemd-analyze`: install the Debian package systemd");
    let judged = String::from_utf8(judged.stdout).unwrap();
    let last = judged.lines().last().unwrap();
    let (_, score) = last.rsplit_once(": ").expect("a score");
    let score: f32 = score.split(' ').next().unwrap().parse().unwrap();
    assert!(score <= EXPOSURE, "{last}");
}

/// By default systemd ends a whole unit when the kernel ends one of its processes: one
/// picture that needs too much memory would sign everybody out.
#[test]
fn a_worker_without_memory_takes_nobody_with_it() {
    let unit = include_str!("../../deploy/sluse.service");
    assert!(unit.lines().any(|line| line == "OOMPolicy=continue"));
}

#[test]
fn what_is_in_memory_reaches_no_disk() {
    let unit = include_str!("../../deploy/sluse.service");
    for line in ["MemorySwapMax=0", "LimitCORE=0", "StateDirectoryMode=0700"] {
        assert!(unit.lines().any(|found| found == line), "{line}");
    }
}
