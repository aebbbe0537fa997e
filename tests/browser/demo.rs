//! The portal under test: `sluse demo`, with a second handler who can be enrolled.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::support::program;
use crate::webdriver::free_port;

/// Where a browser finds the portal.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// Of the reporters' pages, without a slash at the end.
    pub reporter: String,
    /// Of the handlers' pages.
    pub handler: String,
}

pub struct Demo {
    pub addresses: Addresses,
    /// Name and password of the handler who is there from the start.
    pub handler: (String, String),
    /// The path of a one-time link for a second one.
    pub link: String,
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Demo {
    pub fn start() -> Demo {
        let port = two_free_ports();
        let mut process = Command::new(program())
            .args(["demo", "--port", &port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = process.stdin.take().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut said = String::new();
        while !said.contains("\nData: ") {
            assert_ne!(output.read_line(&mut said).unwrap(), 0, "the demonstration ended: {said}");
        }
        let after = |words: &str| {
            let rest = said.split_once(words).unwrap_or_else(|| panic!("{words}: {said}")).1;
            rest.split([',', '\n']).next().unwrap().to_owned()
        };
        let addresses = Addresses {
            reporter: format!("http://127.0.0.1:{port}"),
            handler: format!("http://127.0.0.1:{}", port + 1),
        };
        let handler = (after("  name "), after(" password "));
        let link = invite(&after("Data: "), port + 1);
        Demo { addresses, handler, link, process, input, output }
    }

    /// A one-time code that was not used yet.
    pub fn code(&mut self) -> String {
        self.input.write_all(b"\n").unwrap();
        let mut line = String::new();
        while !line.starts_with("one-time code: ") {
            line.clear();
            assert_ne!(self.output.read_line(&mut line).unwrap(), 0, "the demonstration ended");
        }
        line.trim().rsplit(' ').next().unwrap().to_owned()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let process = rustix::process::Pid::from_child(&self.process);
        let _ = rustix::process::kill_process(process, rustix::process::Signal::TERM);
        let _ = self.process.wait();
    }
}

/// Invites `berit` beside the running demonstration. Returns the link's path.
fn invite(data: &str, handler_port: u16) -> String {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("sluse.toml");
    let (organisation, host) = ("Demostyrelsen", format!("127.0.0.1:{handler_port}"));
    let text = format!(
        "organisation = \"{organisation}\"\noperator = \"\"\ndata = \"{data}/data\"\n\
         pepper = \"{data}/pepper\"\n[mirror]\nreporter_host = \"127.0.0.1\"\n\
         handler_host = \"{host}\"\nlisten = \"127.0.0.1:0\"\n"
    );
    std::fs::write(&settings, text).unwrap();
    let done = Command::new(program())
        .arg("--config")
        .arg(&settings)
        .args(["handler", "add", "berit"])
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let said = String::from_utf8(done.stdout).unwrap();
    let address = format!("https://{host}");
    let link = said.split_whitespace().find_map(|word| word.strip_prefix(&address));
    link.expect("a link").to_owned()
}

fn two_free_ports() -> u16 {
    loop {
        let port = free_port();
        let next = port.checked_add(1).map(|next| std::net::TcpListener::bind(("127.0.0.1", next)));
        if matches!(next, Some(Ok(_))) {
            return port;
        }
    }
}
