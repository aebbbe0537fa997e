//! What one run of a program costs: processor time and memory of it and its children.
//!
//! The system adds that up for children that have ended, all of them together. So each
//! run happens inside a process of its own, which is this program once more: it starts
//! the tool, waits, and prints the sums.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use nix::sys::resource::{Usage, UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// First argument of the process that measures.
pub(crate) const WORD: &str = "--measure";

/// What one run took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    /// Seconds of the processor, in the program and in the system.
    pub(crate) seconds: f64,
    /// Bytes of memory of the largest process at its peak.
    pub(crate) memory: f64,
}

/// Runs the tool with `words`. `None` if it did not end well.
pub(crate) fn run(words: &[&str]) -> Option<Cost> {
    let output = Command::new("/proc/self/exe").arg(WORD).args(words).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut numbers = text.split_whitespace().map(|number| number.parse().unwrap());
    let cost = Cost { seconds: numbers.next()?, memory: numbers.next()? };
    output.status.success().then_some(cost)
}

/// The life of the process that measures.
pub(crate) fn inside(words: &[String]) -> ExitCode {
    let Some((tool, arguments)) = words.split_first() else { return ExitCode::FAILURE };
    let status = Command::new(tool)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    crate::say(&format!("{} {}", seconds(&usage), memory(&usage)));
    if status.is_ok_and(|status| status.success()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[expect(clippy::cast_precision_loss, reason = "microseconds of a run fit by far")]
fn seconds(usage: &Usage) -> f64 {
    (usage.user_time() + usage.system_time()).num_microseconds() as f64 / 1e6
}

#[expect(clippy::cast_precision_loss, reason = "kilobytes of a machine fit by far")]
fn memory(usage: &Usage) -> f64 {
    usage.max_rss() as f64 * 1024.0
}

/// Whether a tool is there.
pub(crate) fn is_installed(tool: &str) -> bool {
    let paths = ["/usr/local/bin", "/usr/bin", "/bin"];
    paths.iter().any(|path| Path::new(path).join(tool).exists())
}
