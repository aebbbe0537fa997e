//! An installation in a folder of its own, and `sluse serve` on it as a process.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use data_encoding::{BASE32_NOPAD, BASE64};
use rustix::process::{Pid, Signal, kill_process};
use sluse::clock::Clock;
use sluse::config::Config;
use sluse::domain::derivations::Class;
use sluse::domain::invitation::NewAccess;
use sluse::domain::turns::Lane;
use sluse::domain::{SecondFactor, Secret, Ticket};
use sluse::vault::totp::STEP;
use tornet::Network;

use crate::browser::eventually;

const SLUSE: &str = env!("CARGO_BIN_EXE_sluse");
/// The password of whoever [`enrol`] enrols.
pub(crate) const PASSWORD: &str = "eleven grey herons";

/// A folder below the target folder, emptied of what an earlier run left.
pub(crate) fn fresh_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("onion").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A machine that is busy with other things needs more than one try.
pub(crate) fn start_network(name: &str) -> Network {
    let start = || Network::start(&fresh_folder(name));
    start().or_else(|_| start()).or_else(|_| start()).unwrap()
}

/// What `sluse init` made, with one handler, `anna`, who has enrolled.
pub(crate) struct Installation {
    folder: PathBuf,
    /// Of `anna`.
    pub(crate) factor: SecondFactor,
}

/// Enrols who was given `link`, with [`PASSWORD`].
pub(crate) fn enrol(settings: &Path, link: &str) -> SecondFactor {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let config = Config::read(settings).unwrap();
        let clock = Clock::system();
        // One step back: the code of this moment is left for signing in.
        let then = u64::try_from(clock.unix_seconds()).unwrap() - STEP;
        let portal =
            sluse::installation::open_portal(&config, clock, SLUSE.as_ref()).await.unwrap();
        let visit = Ticket::random();
        let invited = portal.invited(link, &visit).await.unwrap().expect("a new link");
        let factor = invited.second_factor;
        let code = factor.code_at(then).unwrap();
        let password = || Secret::from(PASSWORD);
        let (class, lane) = (Class::OnionHandler, Lane(0));
        let new = NewAccess { password: password(), repeated: password(), code: &code };
        let enrolled = portal.enrol(link, &visit, new, class, lane).await;
        enrolled.unwrap().unwrap();
        portal.open().await.unwrap();
        factor
    })
}

impl Installation {
    /// Makes one whose pages carry `name`.
    pub(crate) fn new(network: &Network, name: &str, settings: &str) -> Installation {
        let folder = fresh_folder(name);
        let file = folder.join("sluse.toml");
        let who = ["--organisation", name, "--operator", "Prøvehuset", "--handler", "anna"];
        let words = run(&file, &[&["init", "--small"][..], &who].concat()).unwrap();
        let link = words.split_once("/enrol/").expect("a link").1;
        let link = link.split_whitespace().next().unwrap().to_owned();
        fs::write(folder.join("arti.toml"), network.arti_config()).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains("[onion]\nenabled = true\n"), "{text}");
        let ours = format!("[onion]\ntor_network = \"arti.toml\"\n{settings}\n");
        let text = text.replace("[onion]\n", &ours);
        let text = without_defaults(&text, settings);
        fs::write(&file, text).unwrap();
        let factor = enrol(&file, &link);
        Installation { folder, factor }
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.join("sluse.toml")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Runs a command to its end, and returns what it printed if it succeeded.
    pub(crate) fn try_run(&self, arguments: &[&str]) -> Result<String, String> {
        run(&self.file(), arguments)
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        self.try_run(arguments).unwrap()
    }

    /// Lets somebody find the handlers' pages. Returns what the command prints.
    pub(crate) fn let_in(&self, name: &str) -> String {
        self.run(&["onion", "client", "add", name])
    }

    /// Starts the server and waits for its addresses.
    pub(crate) fn serve(&self) -> Server {
        let (out, error) = (self.folder.join("out"), self.folder.join("error"));
        let child = Command::new(SLUSE)
            .arg("--config")
            .arg(self.file())
            .arg("serve")
            .stdin(Stdio::null())
            .stdout(File::create(&out).unwrap())
            .stderr(File::create(&error).unwrap())
            .spawn()
            .unwrap();
        let guard = guard(child.id());
        let mut server =
            Server { guard, child, out, error, reporters: String::new(), handlers: String::new() };
        (server.reporters, server.handlers) = eventually("the addresses", || {
            assert!(server.child.try_wait().unwrap().is_none(), "{}", server.said());
            addresses(&server.printed())
        });
        server
    }
}

fn run(settings: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(SLUSE)
        .arg("--config")
        .arg(settings)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let words = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    if output.status.success() { Ok(words(&output.stdout)) } else { Err(words(&output.stderr)) }
}

/// The private key among the words of `onion client add`, as tor takes it.
pub(crate) fn client_key(words: &str) -> String {
    let key = words.split_whitespace().find(|word| word.len() == 52).expect("a private key");
    BASE64.encode(&BASE32_NOPAD.decode(key.as_bytes()).unwrap())
}

/// Takes out of the settings what the test sets otherwise.
fn without_defaults(text: &str, settings: &str) -> String {
    let mut seen = 0;
    let keys: Vec<&str> = settings.lines().filter_map(|line| line.split(' ').next()).collect();
    let lines = text.lines().filter(|line| {
        let known = keys.iter().any(|key| !key.is_empty() && line.starts_with(&format!("{key} =")));
        seen += usize::from(known);
        !known || seen <= keys.len()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The addresses of reporters and handlers, as `serve` and `onion address` print them.
pub(crate) fn addresses(printed: &str) -> Option<(String, String)> {
    let of = |whose: &str| {
        let line = printed.lines().find(|line| line.starts_with(whose))?;
        let address = line.split_once("http://")?.1.strip_suffix('/')?;
        Some(address.to_owned())
    };
    Some((of("Reporters:")?, of("Handlers:")?))
}

/// Ends a process when this program ends, however that comes about: what a static holds
/// is never dropped.
fn guard(pid: u32) -> Child {
    Command::new("sh")
        .args(["-c", "read -r line; kill -9 \"$0\"", &pid.to_string()])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap()
}

/// A running server. Dropping it ends it.
pub(crate) struct Server {
    guard: Child,
    child: Child,
    out: PathBuf,
    error: PathBuf,
    /// The reporters' onion address.
    pub(crate) reporters: String,
    /// The handlers' onion address.
    pub(crate) handlers: String,
}

impl Server {
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What the operator reads at the terminal.
    pub(crate) fn printed(&self) -> String {
        fs::read_to_string(&self.out).unwrap()
    }

    /// What was logged.
    pub(crate) fn said(&self) -> String {
        fs::read_to_string(&self.error).unwrap()
    }

    /// Asks it to stop, and returns whether it ended well.
    pub(crate) fn stop(mut self) -> bool {
        self.signal(Signal::TERM);
        self.child.wait().unwrap().success()
    }

    /// Ends it as a crash would.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let _ = writeln!(std::io::stderr(), "{}", self.said());
        }
        // First the guard: later the number of the process may be another's.
        let _ = self.guard.kill();
        let _ = self.guard.wait();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
