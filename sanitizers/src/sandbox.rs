//! The cell in which hostile files are parsed.
//!
//! A parser that can be taken over must have nothing to take: no file, no network,
//! no other process, no memory beyond its share, no code but what was loaded. The
//! walls, in the order in which they go up:
//!
//! 1. resource limits: memory, seconds of work, no file output, no core dump;
//! 2. `no_new_privs` and non-dumpable: no set-uid program helps, nobody of the same
//!    user reads the memory;
//! 3. Landlock with no path and no TCP port, as far as the kernel knows it;
//! 4. a list of allowed system calls, and of the descriptors on which they may be made;
//!    anything else kills the process.
//!
//! The fourth is the one that must hold: Landlock of older kernels knows no network.

mod filter;
mod probe;

use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetStatus, Scope};
use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

pub use probe::{Probe, landlock, probe, self_test};

/// Bytes of address space.
const MEMORY: u64 = 1 << 30;
/// Seconds of work.
const SECONDS: u64 = 20;

/// What the kernel's Landlock could enforce. The list of system calls always is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landlock {
    /// Everything that was asked for.
    Full,
    /// Paths, but not all of network and signals: an older kernel.
    Partial,
    /// Nothing: the kernel has it switched off.
    Absent,
}

impl Landlock {
    /// Every level.
    pub const ALL: [Landlock; 3] = [Landlock::Full, Landlock::Partial, Landlock::Absent];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Landlock::Full => "full",
            Landlock::Partial => "partial",
            Landlock::Absent => "absent",
        }
    }
}

/// Which wall could not be put up. Nothing may be parsed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SandboxError {
    /// A resource limit.
    #[error("a resource limit could not be set")]
    Limits,
    /// `no_new_privs` or non-dumpable.
    #[error("privileges could not be given up")]
    Privileges,
    /// Landlock reported an error other than being absent.
    #[error("Landlock could not be set up")]
    Landlock,
    /// Standard error could not be led to nowhere.
    #[error("standard error could not be closed")]
    StandardError,
    /// The list of system calls.
    #[error("the list of system calls could not be installed")]
    SystemCalls,
}

/// Puts up the walls around this process, and says how far Landlock goes. There is no
/// way back.
pub fn enter() -> Result<Landlock, SandboxError> {
    silence().map_err(|_| SandboxError::StandardError)?;
    limit_resources().map_err(|_| SandboxError::Limits)?;
    rustix::thread::set_no_new_privs(true).map_err(|_| SandboxError::Privileges)?;
    set_dumpable_behavior(DumpableBehavior::NotDumpable).map_err(|_| SandboxError::Privileges)?;
    let landlock = deny_paths_and_ports().map_err(|_| SandboxError::Landlock)?;
    // Landlock needs a descriptor of its own, so this limit comes after it.
    limit(Resource::Nofile, 0).map_err(|_| SandboxError::Limits)?;
    filter::install().ok_or(SandboxError::SystemCalls)?;
    Ok(landlock)
}

/// Leads standard error to nowhere: whatever the starter had there is out of reach.
fn silence() -> std::io::Result<()> {
    let nowhere = std::fs::OpenOptions::new().write(true).open("/dev/null")?;
    Ok(rustix::stdio::dup2_stderr(nowhere)?)
}

fn limit_resources() -> rustix::io::Result<()> {
    limit(Resource::As, MEMORY)?;
    // The soft limit ends the process with a signal that says why; the hard one is
    // for a process that has learned to ignore signals.
    setrlimit(Resource::Cpu, Rlimit { current: Some(SECONDS), maximum: Some(SECONDS + 1) })?;
    limit(Resource::Core, 0)?;
    limit(Resource::Nproc, 0)?;
    // With a limit of zero the first byte to a regular file would kill the process.
    let out = rustix::fs::fstat(std::io::stdout())?;
    match rustix::fs::FileType::from_raw_mode(out.st_mode) {
        rustix::fs::FileType::Fifo => limit(Resource::Fsize, 0),
        _ => Ok(()),
    }
}

fn limit(resource: Resource, value: u64) -> rustix::io::Result<()> {
    setrlimit(resource, Rlimit { current: Some(value), maximum: Some(value) })
}

fn deny_paths_and_ports() -> Result<Landlock, landlock::RulesetError> {
    let abi = ABI::V6;
    let status = Ruleset::default()
        .handle_access(AccessFs::from_all(abi))?
        .handle_access(AccessNet::BindTcp)?
        .handle_access(AccessNet::ConnectTcp)?
        .scope(Scope::from_all(abi))?
        .create()?
        .restrict_self()?;
    Ok(match status.ruleset {
        RulesetStatus::FullyEnforced => Landlock::Full,
        RulesetStatus::PartiallyEnforced => Landlock::Partial,
        RulesetStatus::NotEnforced => Landlock::Absent,
    })
}
