//! Talking to a running tor, by the control protocol (`control-spec` of the Tor
//! project).

use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufRead, BufReader, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use crate::ports::local;
use crate::wait::Deadline;

/// No command takes tor this long.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Why a command had no effect.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// tor said no, in these words.
    #[error("tor refused: {0}")]
    Refused(String),
    /// The connection broke or stayed silent.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A control connection.
#[derive(Debug)]
pub struct Control {
    stream: BufReader<TcpStream>,
}

impl Control {
    /// Connects and proves with the cookie file that we are the same user.
    pub(crate) fn open(port: u16, cookie: &Path) -> Result<Control, ControlError> {
        let stream = TcpStream::connect_timeout(&local(port), ANSWER_WITHIN)?;
        let mut control = Control { stream: BufReader::new(stream) };
        let hex = fs::read(cookie)?.iter().fold(String::new(), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        control.command(&format!("AUTHENTICATE {hex}"))?;
        Ok(control)
    }

    /// Sends one command and returns the lines of the answer, without their status.
    pub fn command(&mut self, command: &str) -> Result<Vec<String>, ControlError> {
        self.stream.get_ref().set_read_timeout(Some(ANSWER_WITHIN))?;
        self.stream.get_ref().write_all(format!("{command}\r\n").as_bytes())?;
        let mut lines = Vec::new();
        loop {
            let line = self.line()?;
            let (status, text) = line.split_at_checked(3).ok_or_else(broken)?;
            let (mark, text) = text.split_at_checked(1).ok_or_else(broken)?;
            match (status, mark) {
                // An event that came in between.
                ("650", _) => {}
                ("250" | "251" | "252", " ") => return Ok(lines),
                ("250", "-") => lines.push(text.to_owned()),
                ("250", "+") => self.data(&mut lines)?,
                _ => return Err(ControlError::Refused(line)),
            }
        }
    }

    /// Gives the client the key to an onion service with restricted discovery, for good.
    ///
    /// `address` may end in `.onion`; `key` is the private X25519 key in base64.
    pub fn add_onion_client_key(&mut self, address: &str, key: &str) -> Result<(), ControlError> {
        let address = address.trim_end_matches(".onion");
        let command = format!("ONION_CLIENT_AUTH_ADD {address} x25519:{key} Flags=Permanent");
        self.command(&command).map(drop)
    }

    /// Lets the client use fresh circuits from now on and forget what it knows about
    /// onion services.
    pub fn new_circuits(&mut self) -> Result<(), ControlError> {
        self.command("SIGNAL NEWNYM").map(drop)
    }

    /// Binds the life of tor to this connection: when it closes, tor ends.
    pub(crate) fn take_ownership(&mut self) -> Result<(), ControlError> {
        self.command("TAKEOWNERSHIP").map(drop)
    }

    /// Tells whether tor has all it needs to build circuits.
    pub(crate) fn is_bootstrapped(&mut self) -> Result<bool, ControlError> {
        let lines = self.command("GETINFO status/bootstrap-phase")?;
        Ok(lines.iter().any(|line| line.contains("PROGRESS=100")))
    }

    /// Waits for the next event that was asked for with `SETEVENTS`.
    pub(crate) fn event(&mut self, deadline: Deadline) -> Result<String, ControlError> {
        loop {
            // Zero would mean to wait for ever.
            let left = deadline.left().max(Duration::from_millis(1));
            self.stream.get_ref().set_read_timeout(Some(left))?;
            if let Some(event) = self.line()?.strip_prefix("650 ") {
                return Ok(event.to_owned());
            }
        }
    }

    /// Reads the lines of a long answer up to the single dot.
    fn data(&mut self, lines: &mut Vec<String>) -> Result<(), ControlError> {
        loop {
            let line = self.line()?;
            if line == "." {
                return Ok(());
            }
            lines.push(line);
        }
    }

    fn line(&mut self) -> Result<String, ControlError> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        Ok(line.trim_end().to_owned())
    }
}

fn broken() -> ControlError {
    io::Error::from(io::ErrorKind::InvalidData).into()
}
