//! A PostgreSQL of our own: a new cluster in a temporary folder, reached by a socket in
//! that folder, gone when this program ends.
//!
//! A shell stands between: it stops the server and removes the folder when the pipe to it
//! closes, which also happens when this program is killed.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Where Debian keeps the programs of each version.
const PROGRAMS: &str = "/usr/lib/postgresql";
/// Who runs the server when the tests are run by root, which PostgreSQL refuses.
const USERS: [&str; 2] = ["postgres", "nobody"];
/// Starts the server, says so, and waits for the pipe to close. No sync: nothing here
/// outlives the program. No TCP: the folder of the socket is closed to others.
const SHELL: &str = r#"
    "$1/pg_ctl" --wait --silent --pgdata="$2/data" --log="$2/log" \
        --options="-k '$2' -c listen_addresses='' -c fsync=off" start || exit 1
    echo started
    read -r _
    "$1/pg_ctl" --wait --silent --pgdata="$2/data" --mode=immediate stop
    rm -rf "$2"
"#;

static SERVER: LazyLock<Server> = LazyLock::new(Server::start);

/// Makes an empty database and returns its address.
pub fn new_database() -> String {
    SERVER.new_database()
}

struct Server {
    programs: PathBuf,
    folder: PathBuf,
    /// Holds the pipe.
    _shell: Child,
    databases: AtomicU32,
}

impl Server {
    fn start() -> Server {
        let programs = programs().expect("no PostgreSQL server: apt-get install postgresql");
        let folder = tempfile::Builder::new().prefix("sluse-pg-").tempdir().unwrap().keep();
        let user = Unprivileged::new();
        user.give(&folder);
        // Danish rules for sorting: an order that depends on the cluster's language shows.
        let made = user
            .command(&programs.join("initdb"), &folder)
            .arg("--pgdata")
            .arg(folder.join("data"))
            .args(["--username=sluse", "--auth=trust", "--encoding=UTF8", "--no-sync"])
            .args(["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=da"])
            .output()
            .unwrap();
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        let mut shell = user
            .command(Path::new("/bin/sh"), &folder)
            .args(["-c", SHELL, "sh"])
            .args([&programs, &folder])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(shell.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let log = || std::fs::read_to_string(folder.join("log")).unwrap_or_default();
        assert_eq!(line.trim(), "started", "{}", log());
        Server { programs, folder, _shell: shell, databases: AtomicU32::new(0) }
    }

    fn new_database(&self) -> String {
        let name = format!("fact{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let made = Command::new(self.programs.join("createdb"))
            .arg("--host")
            .arg(&self.folder)
            .args(["--username=sluse", &name])
            .output()
            .unwrap();
        assert!(made.status.success(), "createdb: {}", String::from_utf8_lossy(&made.stderr));
        format!("postgres://sluse@localhost/{name}?host={}", self.folder.display())
    }
}

/// The folder with the programs of the newest version that has a server.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir(PROGRAMS).ok()?;
    versions
        .filter_map(|version| {
            let folder = version.ok()?.path();
            let number: u32 = folder.file_name()?.to_str()?.parse().ok()?;
            let programs = folder.join("bin");
            ["initdb", "postgres", "pg_ctl", "createdb"]
                .iter()
                .all(|name| programs.join(name).exists())
                .then_some((number, programs))
        })
        .max()
        .map(|(_, programs)| programs)
}

/// As whom the server runs: ourselves, or somebody with fewer rights if we are root.
struct Unprivileged(Option<(u32, u32)>);

impl Unprivileged {
    fn new() -> Self {
        if !rustix::process::geteuid().is_root() {
            return Unprivileged(None);
        }
        let accounts = std::fs::read_to_string("/etc/passwd").unwrap();
        let numbers = |name: &&str| {
            let mut fields = accounts
                .lines()
                .map(|line| line.split(':'))
                .find(|fields| fields.clone().next() == Some(name))?;
            Some((fields.nth(2)?.parse().ok()?, fields.next()?.parse().ok()?))
        };
        Unprivileged(Some(USERS.iter().find_map(numbers).expect("an account without rights")))
    }

    fn give(&self, folder: &Path) {
        if let Some((user, group)) = self.0 {
            std::os::unix::fs::chown(folder, Some(user), Some(group)).unwrap();
        }
    }

    fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = match self.0 {
            None => Command::new(program),
            Some((user, group)) => {
                let mut command = Command::new("setpriv");
                command
                    .args([format!("--reuid={user}"), format!("--regid={group}")])
                    .arg("--clear-groups")
                    .arg(program);
                command
            }
        };
        command.current_dir(folder).env("LC_ALL", "C.UTF-8");
        command
    }
}
