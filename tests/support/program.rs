//! The real program, serving a folder of its own on a loopback port.

use std::collections::BTreeMap;
use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use sluse::clock::Clock;
use sluse::config::Config;
use sluse::vault::totp::STEP;
use sluse::vault::{Cost, Pepper};

use super::{Browser, HANDLER_HOST, House, REPORTER_HOST, Staff, program};

/// Within this time whatever is waited for has happened, or the test fails.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// An installation that no process of ours has open.
pub struct Installation {
    pub folder: tempfile::TempDir,
    pub config: Config,
    pub pepper: Pepper,
    pub port: u16,
    pub anna: Staff,
    steps: Mutex<BTreeMap<String, u64>>,
}

/// The program while it serves.
pub struct Running {
    child: Child,
    pub port: u16,
}

/// Waits until something holds.
pub async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < DEADLINE, "in vain: {what}");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

impl Installation {
    /// A new one, behind a proxy, with the first receiver enrolled an hour ago.
    pub async fn new(cost: Cost, change: impl FnOnce(&mut Config)) -> Installation {
        let clock = Clock::fixed(Clock::system().unix_seconds() - 3600);
        let port = free_port();
        let house = House::build(clock, cost, |config| {
            config.mirror.as_mut().unwrap().listen = format!("127.0.0.1:{port}");
            change(config);
        })
        .await;
        let anna = house.enrol("anna").await;
        let House { folder, config, pepper, portal, app, .. } = house;
        drop((portal, app));
        until("the library lets go of the database", || !is_open_here(&config.data)).await;
        let settings = toml::to_string_pretty(&config).unwrap();
        std::fs::write(folder.path().join("sluse.toml"), settings).unwrap();
        Installation { folder, config, pepper, port, anna, steps: Mutex::default() }
    }

    /// Runs a command of the program to its end; what it prints.
    pub fn command(&self, words: &[&str]) -> String {
        let output = self.program(Command::new(program())).args(words).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Starts the program and waits until it listens.
    pub async fn start(&self) -> Running {
        self.spawn(Command::new(program())).await
    }

    /// Starts the program under `strace`, which writes what it sees to `trace`.
    pub async fn start_traced(&self, expression: &str, trace: &Path) -> Running {
        let mut strace = Command::new("strace");
        // The tracer steps aside, so that the process we started is the program.
        strace.args(["-D", "-f", "-qq", "-y", "-e", expression, "-o"]).arg(trace).arg(program());
        self.spawn(strace).await
    }

    fn program(&self, mut command: Command) -> Command {
        command.arg("--config").arg(self.folder.path().join("sluse.toml"));
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    async fn spawn(&self, command: Command) -> Running {
        let log = |name: &str| {
            File::options().append(true).create(true).open(self.folder.path().join(name)).unwrap()
        };
        let mut command = self.program(command);
        command.arg("serve").stdout(log("stdout")).stderr(log("stderr"));
        let mut running = Running { child: command.spawn().unwrap(), port: self.port };
        until("the program listens", || {
            assert!(running.child.try_wait().unwrap().is_none(), "ended: {}", self.log());
            std::net::TcpStream::connect(("127.0.0.1", self.port)).is_ok()
        })
        .await;
        running
    }

    /// What the program wrote to its outputs.
    pub fn log(&self) -> String {
        let read = |name| std::fs::read(self.folder.path().join(name)).unwrap_or_default();
        String::from_utf8([read("stdout"), read("stderr")].concat()).unwrap()
    }

    pub fn reporter(&self) -> Browser {
        Browser::on_port(self.port, REPORTER_HOST)
    }

    pub fn handler(&self) -> Browser {
        Browser::on_port(self.port, HANDLER_HOST)
    }

    /// A one-time password that was not used yet.
    pub async fn code(&self, staff: &Staff) -> String {
        let now = || Clock::system().unix_seconds().cast_unsigned() / STEP;
        let step = {
            let mut steps = self.steps.lock().unwrap();
            let step = steps.get(&staff.name).map_or(now(), |used| now().max(used + 1));
            steps.insert(staff.name.clone(), step);
            step
        };
        until("a one-time password that is new", || step <= now() + 1).await;
        staff.factor.code_at(step * STEP).unwrap().to_string()
    }

    /// A handler's browser, signed in.
    pub async fn signed_in(&self, staff: &Staff) -> Browser {
        let mut browser = self.handler();
        browser.get("/sign-in").await;
        let code = self.code(staff).await;
        let fields =
            [("name", &*staff.name), ("password", &*staff.password), ("code", code.as_str())];
        let page = browser.submit("/sign-in", &fields).await;
        assert_eq!(page.path, "/", "{} is signed in: {}", staff.name, page.text());
        browser
    }
}

impl Running {
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether it still runs.
    pub fn lives(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Asks it to stop and waits until it has.
    pub async fn stop(mut self) {
        signal(self.pid(), Signal::TERM);
        until("the program stops", || !self.lives()).await;
    }

    /// Ends it as a power cut would.
    pub fn kill(mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        self.child.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `strace` on a program that runs already.
pub struct Tracer(Child);

impl Tracer {
    /// Attaches with these arguments and waits until every thread is traced.
    pub async fn attach(running: &Running, arguments: &[&str], trace: &Path) -> Tracer {
        let child = Command::new("strace")
            .args(["-f", "-qq", "-y", "-o"])
            .arg(trace)
            .args(arguments)
            .args(["-p", &running.pid().to_string()])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let tasks = PathBuf::from(format!("/proc/{}/task", running.pid()));
        until("every thread is traced", || {
            let mut threads = std::fs::read_dir(&tasks).unwrap().flatten();
            threads.all(|thread| {
                let status = std::fs::read_to_string(thread.path().join("status"));
                status.is_ok_and(|status| !status.contains("TracerPid:\t0\n"))
            })
        })
        .await;
        Tracer(child)
    }

    /// Lets the program go on untraced.
    pub async fn detach(mut self) {
        signal(self.0.id(), Signal::TERM);
        until("strace ends", || self.0.try_wait().unwrap().is_some()).await;
    }
}

impl Drop for Tracer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn signal(pid: u32, signal: Signal) {
    let pid = Pid::from_raw(pid.cast_signed()).unwrap();
    kill_process(pid, signal).unwrap();
}

/// Ports that tests of this process have taken.
static TAKEN: AtomicU16 = AtomicU16::new(0);

/// A port below those that connections are given, so that no connection takes it between
/// two starts.
fn free_port() -> u16 {
    let first = 10_000 + u16::try_from(std::process::id() % 1_000).unwrap() * 20;
    let ports = std::iter::repeat_with(|| first + TAKEN.fetch_add(1, Ordering::Relaxed));
    ports.take(200).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).unwrap()
}

/// Whether this process has a file below `folder` open.
fn is_open_here(folder: &Path) -> bool {
    let open = std::fs::read_dir("/proc/self/fd").unwrap().flatten();
    open.filter_map(|fd| std::fs::read_link(fd.path()).ok()).any(|path| path.starts_with(folder))
}
