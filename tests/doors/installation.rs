//! An installation as an operator makes it: `sluse init`, `sluse serve`.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use crate::support::{HANDLER_HOST, REPORTER_HOST, program};

pub struct Installation {
    pub folder: tempfile::TempDir,
    /// The one-time link of the first handler, without its host.
    pub link: String,
}

/// A running portal. It is stopped as an operator stops it.
pub struct Serving {
    pub process: Child,
    said: Arc<Mutex<String>>,
    listener: Option<JoinHandle<()>>,
}

impl Installation {
    /// A new installation that will listen at `listen`.
    pub fn new(listen: &str) -> Installation {
        let folder = tempfile::tempdir().unwrap();
        let made = Command::new(program())
            .current_dir(folder.path())
            .args(["init", "--organisation", "Styrelsen for Prøver", "--operator", "Prøvehuset"])
            .args(["--handler", "anna", "--small", "--no-onion", "--listen", listen])
            .args(["--reporter-host", REPORTER_HOST, "--handler-host", HANDLER_HOST])
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let said = String::from_utf8(made.stdout).unwrap();
        let address = format!("https://{HANDLER_HOST}");
        let link = said.split_whitespace().find_map(|word| word.strip_prefix(&address));
        let link = link.expect("`init` prints a link").to_owned();
        Installation { folder, link }
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Gives the mirror a certificate of its own.
    pub fn with_certificate(self, chain: &Path, key: &Path) -> Installation {
        let (chain, key) = (chain.display(), key.display());
        self.with_mirror(&format!("certificate = \"{chain}\"\nkey = \"{key}\"\n"))
    }

    /// Adds lines to the settings of the mirror.
    pub fn with_mirror(self, lines: &str) -> Installation {
        let path = self.folder.path().join("sluse.toml");
        let settings = std::fs::read_to_string(&path).unwrap();
        let settings = settings.replace("[mirror]\n", &format!("[mirror]\n{lines}"));
        std::fs::write(&path, settings).unwrap();
        self
    }

    fn serve_command(&self, mut command: Command) -> Command {
        command.current_dir(self.folder.path()).arg("serve").stdin(Stdio::null());
        command
    }

    /// Starts the portal, and waits until it says that it listens.
    pub fn serve(&self) -> Serving {
        self.serve_by(Command::new(program()))
    }

    /// The same, by a command that becomes the portal.
    pub fn serve_by(&self, command: Command) -> Serving {
        let mut process = self.serve_command(command).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap());
        let mut heard = String::new();
        while !heard.contains("listening") {
            let more = lines.read_line(&mut heard).unwrap();
            assert_ne!(more, 0, "the portal ended: {heard}");
        }
        let said = Arc::new(Mutex::new(heard));
        let shared = said.clone();
        let listener = std::thread::spawn(move || {
            let mut rest = String::new();
            lines.read_to_string(&mut rest).unwrap();
            shared.lock().unwrap().push_str(&rest);
        });
        Serving { process, said, listener: Some(listener) }
    }

    /// Starts a portal that should refuse to start.
    pub fn refuses_to_serve(&self) -> String {
        let Output { status, stderr, .. } =
            self.serve_command(Command::new(program())).output().unwrap();
        assert!(!status.success());
        String::from_utf8(stderr).unwrap()
    }
}

impl Serving {
    /// Stops the portal. Returns everything it wrote to its log.
    pub fn stop(mut self) -> String {
        self.terminate();
        std::mem::take(&mut self.said.lock().unwrap())
    }

    fn terminate(&mut self) {
        let Some(listener) = self.listener.take() else { return };
        let process = rustix::process::Pid::from_child(&self.process);
        let _ = rustix::process::kill_process(process, rustix::process::Signal::TERM);
        let _ = self.process.wait();
        let _ = listener.join();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.terminate();
    }
}
