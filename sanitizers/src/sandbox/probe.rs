//! Tries the walls from inside.
//!
//! Each attempt is made by a fresh process, because most of them end it.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::mem::ManuallyDrop;
use std::net::{Ipv4Addr, TcpStream, UdpSocket};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, ExitCode, Output, Stdio};

use super::Landlock;

/// Exit code of an attempt that was possible.
const POSSIBLE: u8 = 1;
/// Exit code of an attempt that was answered with an error.
const DENIED: u8 = 2;
/// Exit code of a process that could not enter the sandbox.
const OUTSIDE: u8 = 3;

/// Something a worker must not be able to do; [`Probe::Nothing`] is the control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probe {
    /// Does nothing, and must survive.
    Nothing,
    /// Opens a file.
    OpenFile,
    /// Connects to another machine.
    Connect,
    /// Makes a UDP socket.
    Udp,
    /// Becomes another program.
    Execute,
    /// Starts another process.
    Fork,
    /// Starts a thread.
    Thread,
    /// Allocates 2 GiB.
    Memory,
    /// Reads from a descriptor that was open before.
    Read,
    /// Writes to a descriptor that was open before.
    Write,
    /// Sends a signal to the process that started it.
    Signal,
}

impl Probe {
    /// Every attempt.
    pub const ALL: [Probe; 11] = [
        Probe::Nothing,
        Probe::OpenFile,
        Probe::Connect,
        Probe::Udp,
        Probe::Execute,
        Probe::Fork,
        Probe::Thread,
        Probe::Memory,
        Probe::Read,
        Probe::Write,
        Probe::Signal,
    ];

    /// The name on the command line of the process that tries.
    pub fn name(self) -> &'static str {
        match self {
            Probe::Nothing => "nothing",
            Probe::OpenFile => "open-file",
            Probe::Connect => "connect",
            Probe::Udp => "udp",
            Probe::Execute => "execute",
            Probe::Fork => "fork",
            Probe::Thread => "thread",
            Probe::Memory => "memory",
            Probe::Read => "read",
            Probe::Write => "write",
            Probe::Signal => "signal",
        }
    }

    /// Does it, and says whether it was possible.
    fn is_possible(self, before: &mut Before) -> bool {
        match self {
            Probe::Nothing => false,
            Probe::OpenFile => File::open("/dev/null").is_ok(),
            Probe::Connect => TcpStream::connect((Ipv4Addr::LOCALHOST, 9)).is_ok(),
            Probe::Udp => UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).is_ok(),
            // Comes back only when it failed.
            Probe::Execute => {
                let _ = Command::new("/bin/true").exec();
                false
            }
            Probe::Fork => Command::new("/bin/true").spawn().is_ok(),
            Probe::Thread => std::thread::Builder::new().spawn(|| ()).is_ok(),
            Probe::Memory => Vec::<u8>::new().try_reserve_exact(2 << 30).is_ok(),
            Probe::Read => before.input.read(&mut [0]).is_ok(),
            Probe::Write => before.output.write(b"word").is_ok(),
            Probe::Signal => rustix::process::test_kill_process(before.parent).is_ok(),
        }
    }
}

/// What a process had before it was walled in.
struct Before {
    input: File,
    output: File,
    parent: rustix::process::Pid,
}

impl Before {
    fn collect() -> Option<Before> {
        Some(Before {
            input: File::open("/dev/zero").ok()?,
            output: OpenOptions::new().write(true).open("/dev/null").ok()?,
            parent: rustix::process::getppid()?,
        })
    }
}

/// Makes the attempt `name` inside the sandbox. Called by a process of its own.
pub fn probe(name: &str) -> ExitCode {
    let Some(probe) = Probe::ALL.into_iter().find(|probe| probe.name() == name) else {
        return OUTSIDE.into();
    };
    // Closing is not on the list: what is open stays open until the end.
    let Some(before) = Before::collect() else { return OUTSIDE.into() };
    let mut before = ManuallyDrop::new(before);
    let Ok(landlock) = super::enter() else { return OUTSIDE.into() };
    if probe == Probe::Nothing && writeln!(io::stdout(), "{}", landlock.name()).is_err() {
        return OUTSIDE.into();
    }
    if probe.is_possible(&mut before) { POSSIBLE.into() } else { DENIED.into() }
}

/// Says how far Landlock goes on this machine; `None` if the sandbox cannot be entered.
///
/// `command` is as for [`self_test`].
pub fn landlock(command: impl Fn(&str) -> Command) -> Option<Landlock> {
    let output = attempt(&command, Probe::Nothing)?;
    let name = str::from_utf8(&output.stdout).ok()?.trim();
    Landlock::ALL.into_iter().find(|level| level.name() == name)
}

fn attempt(command: &impl Fn(&str) -> Command, probe: Probe) -> Option<Output> {
    let mut child = command(probe.name());
    child.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).output().ok()
}

/// Makes every attempt and says for each whether the sandbox held.
///
/// `command` starts this program so that it calls [`probe`] with the name it is given.
pub fn self_test(command: impl Fn(&str) -> Command) -> Vec<(Probe, bool)> {
    let held = |probe: Probe| {
        let Some(output) = attempt(&command, probe) else { return false };
        let killed = output.status.signal() == Some(libc::SIGSYS);
        let denied = output.status.code() == Some(i32::from(DENIED));
        match probe {
            Probe::Nothing | Probe::Memory => denied,
            // Denied by an error would do too, but then the list is not what we think.
            _ => killed,
        }
    };
    Probe::ALL.into_iter().map(|probe| (probe, held(probe))).collect()
}
