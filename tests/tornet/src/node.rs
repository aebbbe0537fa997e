//! One tor process: start, watch, freeze, stop.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::control::{Control, ControlError};
use crate::programs::missing;
use crate::wait::Deadline;
use crate::{NetworkError, private};

/// How many lines of a log tell why a tor failed.
const TELLING_LINES: usize = 12;

/// A polite tor ends well within this.
const STOP_WITHIN: Duration = Duration::from_secs(5);

/// One tor, running or not.
#[derive(Debug)]
pub(crate) struct Node {
    name: String,
    program: PathBuf,
    folder: PathBuf,
    control_port: u16,
    child: Option<Child>,
    /// As long as this is open, tor lives.
    owner: Option<Control>,
}

impl Node {
    /// Writes the settings of a tor into its folder.
    pub(crate) fn new(
        name: &str,
        program: &Path,
        folder: PathBuf,
        control_port: u16,
        torrc: &str,
    ) -> Result<Node, NetworkError> {
        private::folder(&folder)?;
        private::write(&folder.join("torrc"), torrc)?;
        // Keeps the settings of the machine's own tor out.
        private::write(&folder.join("defaults"), "")?;
        let program = program.to_owned();
        Ok(Node { name: name.to_owned(), program, folder, control_port, child: None, owner: None })
    }

    /// Starts the process.
    pub(crate) fn spawn(&mut self) -> Result<(), NetworkError> {
        let log = private::append(&self.log_file())?;
        let child = Command::new(&self.program)
            .arg("-f")
            .arg(self.torrc())
            .arg("--defaults-torrc")
            .arg(self.folder.join("defaults"))
            .stdin(Stdio::null())
            .stderr(log.try_clone()?)
            .stdout(log)
            .spawn()
            .map_err(|error| missing(&self.program, error))?;
        self.child = Some(child);
        Ok(())
    }

    /// Opens the control connection and binds the life of the process to it.
    pub(crate) fn own(&mut self, deadline: Deadline) -> Result<(), NetworkError> {
        let mut owner = self.wait(deadline, |node| node.control().ok())?;
        owner.take_ownership()?;
        self.owner = Some(owner);
        Ok(())
    }

    /// Waits until tor can build circuits.
    pub(crate) fn wait_until_bootstrapped(
        &mut self,
        deadline: Deadline,
    ) -> Result<(), NetworkError> {
        self.wait(deadline, |node| node.owner()?.is_bootstrapped().ok().filter(|&ready| ready))
            .map(drop)
    }

    /// Looks until there is something; fails at once when the process has ended.
    pub(crate) fn wait<T>(
        &mut self,
        deadline: Deadline,
        mut look: impl FnMut(&mut Node) -> Option<T>,
    ) -> Result<T, NetworkError> {
        let found = deadline.poll(|| match look(self) {
            Some(found) => Some(Ok(found)),
            None if self.has_ended() => Some(Err(self.ended())),
            None => None,
        });
        found.unwrap_or_else(|| Err(self.late()))
    }

    /// Sends a command and returns the lines of the answer.
    pub(crate) fn ask(&mut self, command: &str) -> Result<Vec<String>, NetworkError> {
        let Some(owner) = self.owner() else { return Err(self.ended()) };
        Ok(owner.command(command)?)
    }

    /// Its nickname.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Opens one more control connection.
    pub(crate) fn control(&self) -> Result<Control, ControlError> {
        Control::open(self.control_port, &self.folder.join("control_auth_cookie"))
    }

    /// The control connection that holds the process.
    pub(crate) fn owner(&mut self) -> Option<&mut Control> {
        self.owner.as_mut()
    }

    /// The process id while there is a process.
    pub(crate) fn pid(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// Stops the clock of the process: connections to it stay open and silent.
    pub(crate) fn freeze(&self) {
        self.signal(Signal::STOP);
    }

    /// Lets it go on.
    pub(crate) fn thaw(&self) {
        self.signal(Signal::CONT);
    }

    /// Asks the process to end, without waiting. A frozen one can only then hear it.
    pub(crate) fn interrupt(&self) {
        self.signal(Signal::INT);
        self.signal(Signal::CONT);
    }

    /// Ends the process, by force if it does not listen, and returns when it is gone.
    pub(crate) fn stop(&mut self) {
        self.interrupt();
        self.owner = None;
        let gone = Deadline::after(STOP_WITHIN).poll(|| self.has_ended().then_some(()));
        if gone.is_none() {
            self.signal(Signal::KILL);
        }
        if let Some(mut child) = self.child.take() {
            // Only a process that is not ours could fail to be waited for.
            let _ = child.wait();
        }
    }

    /// What to tell when the process is gone and should not be.
    pub(crate) fn ended(&self) -> NetworkError {
        NetworkError::Ended { node: self.name.clone(), log: self.end_of_log() }
    }

    /// What to tell when the process takes too long.
    pub(crate) fn late(&self) -> NetworkError {
        NetworkError::Late { node: self.name.clone(), log: self.end_of_log() }
    }

    fn has_ended(&mut self) -> bool {
        self.child.as_mut().is_none_or(|child| !matches!(child.try_wait(), Ok(None)))
    }

    /// Sends a signal to the process, if it still is the tor with our settings.
    ///
    /// A number alone may by now belong to somebody else's process.
    fn signal(&self, signal: Signal) {
        let Some(pid) = self.pid() else { return };
        let ours = fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|line| {
            let torrc = self.torrc();
            line.split(|&byte| byte == 0).any(|word| word == torrc.as_os_str().as_encoded_bytes())
        });
        let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
        if let Some(pid) = pid.filter(|_| ours) {
            // It may end between the look and the signal: then the aim is reached.
            let _ = kill_process(pid, signal);
        }
    }

    fn end_of_log(&self) -> String {
        let log = fs::read_to_string(self.log_file()).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        let start = lines.len().saturating_sub(TELLING_LINES);
        lines.get(start..).unwrap_or_default().join("\n")
    }

    fn torrc(&self) -> PathBuf {
        self.folder.join("torrc")
    }

    fn log_file(&self) -> PathBuf {
        self.folder.join("notices.log")
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if self.child.is_some() {
            self.stop();
        }
    }
}
