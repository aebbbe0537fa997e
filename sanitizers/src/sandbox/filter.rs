//! The system calls a worker may make.
//!
//! Reading and writing the pipes it was born with, memory that is never executable and
//! never a file, waiting, and the end. Nothing here opens, connects, starts or signals
//! anything, and nothing touches a descriptor that a careless starter left open: whoever
//! takes over the parser finds one pipe to read and one to write.

use std::collections::BTreeMap;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule,
};

/// Allowed with any arguments.
const ALLOWED: [i64; 15] = [
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

/// Allowed on these descriptors, which are the first argument. The last words of a
/// process that runs out of memory go to standard error, which leads nowhere
/// ([`super::enter`]); without them it would die of the list instead, and nobody would
/// know why.
const READABLE: [i32; 1] = [libc::STDIN_FILENO];
const WRITABLE: [i32; 2] = [libc::STDOUT_FILENO, libc::STDERR_FILENO];
const DESCRIPTOR: u8 = 0;

/// Memory is never executable. The protection is the third argument.
const PROTECTION: u8 = 2;
const EXECUTABLE: u64 = libc::PROT_EXEC.unsigned_abs() as u64;
/// And new memory is never the content of an open file. The flags are the fourth.
const FLAGS: u8 = 3;
const ANONYMOUS: u64 = libc::MAP_ANONYMOUS.unsigned_abs() as u64;

/// Installs the filter for every thread of this process.
pub(super) fn install() -> Option<()> {
    seccompiler::apply_filter_all_threads(&program()?).ok()
}

fn program() -> Option<BpfProgram> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> =
        ALLOWED.iter().map(|&call| (call, Vec::new())).collect();
    for (call, descriptors) in [
        (libc::SYS_read, READABLE.as_slice()),
        (libc::SYS_write, &WRITABLE),
        (libc::SYS_writev, &WRITABLE),
    ] {
        let each = descriptors.iter().map(|&number| on_descriptor(number));
        rules.insert(call, each.collect::<Option<_>>()?);
    }
    let not_executable = masked(PROTECTION, EXECUTABLE, 0)?;
    let no_file = masked(FLAGS, ANONYMOUS, ANONYMOUS)?;
    let (new, changed) = (vec![not_executable.clone(), no_file], vec![not_executable]);
    rules.insert(libc::SYS_mmap, vec![SeccompRule::new(new).ok()?]);
    rules.insert(libc::SYS_mprotect, vec![SeccompRule::new(changed).ok()?]);
    rules.insert(libc::SYS_tgkill, vec![SeccompRule::new(own_abort()?).ok()?]);
    let architecture = std::env::consts::ARCH.try_into().ok()?;
    let filter =
        SeccompFilter::new(rules, SeccompAction::KillProcess, SeccompAction::Allow, architecture);
    filter.ok()?.try_into().ok()
}

fn on_descriptor(number: i32) -> Option<SeccompRule> {
    let number = u64::try_from(number).ok()?;
    let (word, equal) = (SeccompCmpArgLen::Dword, SeccompCmpOp::Eq);
    let condition = SeccompCondition::new(DESCRIPTOR, word, equal, number);
    SeccompRule::new(vec![condition.ok()?]).ok()
}

/// The bits of `mask` in an argument must be those of `value`.
fn masked(argument: u8, mask: u64, value: u64) -> Option<SeccompCondition> {
    let (word, equal) = (SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(mask));
    SeccompCondition::new(argument, word, equal, value).ok()
}

/// A process may end itself with the signal that says memory has run out, and send no
/// other signal and none to anyone else.
fn own_abort() -> Option<Vec<SeccompCondition>> {
    let (word, equal) = (SeccompCmpArgLen::Dword, SeccompCmpOp::Eq);
    let own = SeccompCondition::new(0, word.clone(), equal.clone(), std::process::id().into());
    let abort = libc::SIGABRT.unsigned_abs().into();
    Some(vec![own.ok()?, SeccompCondition::new(2, word, equal, abort).ok()?])
}
