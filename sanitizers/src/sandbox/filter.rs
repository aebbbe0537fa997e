//! The system calls a worker may make.
//!
//! Reading and writing the pipes it was born with, memory that is never executable,
//! waiting, and the end. Nothing here opens, connects, starts or signals anything.

use std::collections::BTreeMap;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule,
};

/// Allowed with any arguments.
const ALLOWED: [i64; 18] = [
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_rt_sigreturn,
    libc::SYS_rt_sigprocmask,
    libc::SYS_sigaltstack,
    libc::SYS_futex,
    libc::SYS_clock_gettime,
    libc::SYS_getrandom,
    libc::SYS_sched_yield,
    libc::SYS_gettid,
    libc::SYS_getpid,
];

/// Allowed unless memory becomes executable. The protection is the third argument.
const MAPPING: [i64; 2] = [libc::SYS_mmap, libc::SYS_mprotect];
const PROTECTION: u8 = 2;
const EXECUTABLE: u64 = libc::PROT_EXEC.unsigned_abs() as u64;

/// Installs the filter for every thread of this process.
pub(super) fn install() -> Option<()> {
    seccompiler::apply_filter_all_threads(&program()?).ok()
}

fn program() -> Option<BpfProgram> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> =
        ALLOWED.iter().map(|&call| (call, Vec::new())).collect();
    for call in MAPPING {
        let not_executable = SeccompCondition::new(
            PROTECTION,
            SeccompCmpArgLen::Dword,
            SeccompCmpOp::MaskedEq(EXECUTABLE),
            0,
        );
        rules.insert(call, vec![SeccompRule::new(vec![not_executable.ok()?]).ok()?]);
    }
    rules.insert(libc::SYS_tgkill, vec![SeccompRule::new(own_abort()?).ok()?]);
    let architecture = std::env::consts::ARCH.try_into().ok()?;
    let filter =
        SeccompFilter::new(rules, SeccompAction::KillProcess, SeccompAction::Allow, architecture);
    filter.ok()?.try_into().ok()
}

/// A process may end itself with the signal that says memory has run out, and send no
/// other signal and none to anyone else.
fn own_abort() -> Option<Vec<SeccompCondition>> {
    let (word, equal) = (SeccompCmpArgLen::Dword, SeccompCmpOp::Eq);
    let own = SeccompCondition::new(0, word.clone(), equal.clone(), std::process::id().into());
    let abort = libc::SIGABRT.unsigned_abs().into();
    Some(vec![own.ok()?, SeccompCondition::new(2, word, equal, abort).ok()?])
}
