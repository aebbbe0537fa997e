//! How a running portal is: for the handlers' status page, and for `sluse doctor`.
//!
//! The portal answers on a socket in the data folder, which only its owner can enter.
//! Whoever connects gets the lines and the end. Nothing is read from there, so there is
//! nothing to send that could do harm.

use std::fs::{File, Permissions};
use std::io::{ErrorKind, Read as _};
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::UnixListener;
use tokio::sync::watch;

use crate::checks::{self, Check, State};
use crate::config::Config;
use crate::domain::Portal;
use crate::domain::sweep::Swept;
#[cfg(feature = "onion")]
use crate::transport::onion;
use crate::web::Site;
#[cfg(feature = "onion")]
use crate::web::Surface;
use crate::web::site::StatusLine;

/// How often the machine is looked at for the status page.
const MACHINE: Duration = Duration::from_secs(30);
/// How often this process itself is: onion services come up minutes after the program.
const OWN: Duration = Duration::from_secs(2);
/// How long an answer may take, on both sides of the socket.
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks how the onion services are; none if there is no onion door.
pub type OnionChecks = Option<Box<dyn Fn() -> Vec<Check> + Send + Sync>>;

/// What is looked at while the portal runs.
pub struct Watch {
    /// The settings.
    pub config: Config,
    /// The portal.
    pub portal: Portal,
    /// What was found about the workers' jail at start.
    pub worker: Check,
    /// The onion services.
    pub onion: OnionChecks,
    /// What the last sweep found.
    pub swept: watch::Receiver<Swept>,
}

impl Watch {
    /// What nobody but this process knows.
    fn own(&self) -> Vec<Check> {
        let mut own = self.onion.as_ref().map(|onion| onion()).unwrap_or_default();
        own.extend([checks::connections(), checks::sweep(&self.swept.borrow())]);
        own
    }

    /// Keeps the handlers' status page up to date.
    pub async fn keep(&self, site: &Site) {
        loop {
            let machine = checks::of_running(&self.config, &self.portal, &self.worker).await;
            // It ends when the machine is to be looked at again.
            let _: Result<(), _> =
                tokio::time::timeout(MACHINE, self.keep_own(site, &machine)).await;
        }
    }

    async fn keep_own(&self, site: &Site, machine: &[Check]) {
        loop {
            let found = self.own().into_iter().chain(machine.iter().cloned());
            site.set_status(found.map(status_line).collect());
            tokio::time::sleep(OWN).await;
        }
    }

    /// Tells whoever connects what only the running portal knows.
    pub async fn answer(&self, socket: Socket) {
        loop {
            let Ok((mut stream, _)) = socket.listener.accept().await else {
                tokio::time::sleep(PATIENCE).await;
                continue;
            };
            let mut text = String::new();
            for line in self.own().iter().filter_map(|check| serde_json::to_string(check).ok()) {
                text.extend([&*line, "\n"]);
            }
            // Who went away meanwhile did not want to know.
            let _ = tokio::time::timeout(PATIENCE, stream.write_all(text.as_bytes())).await;
        }
    }
}

/// The socket of a portal that runs; gone when it is dropped.
#[derive(Debug)]
pub struct Socket {
    listener: UnixListener,
    path: PathBuf,
    _folder: File,
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Opens the socket. Whoever calls this has the data folder for itself.
pub fn listen(config: &Config) -> anyhow::Result<Socket> {
    let (folder, path) = socket(config)?;
    match std::fs::remove_file(&path) {
        Err(failure) if failure.kind() != ErrorKind::NotFound => return Err(failure.into()),
        _ => {}
    }
    let listener = UnixListener::bind(&path).context("cannot listen in the data folder")?;
    std::fs::set_permissions(&path, Permissions::from_mode(0o600))?;
    Ok(Socket { listener, path, _folder: folder })
}

/// Asks the portal that runs on this data; none if there is none.
pub fn ask(config: &Config) -> anyhow::Result<Option<Vec<Check>>> {
    let (_folder, path) = socket(config)?;
    let mut stream = match UnixStream::connect(path) {
        Err(failure)
            if matches!(failure.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused) =>
        {
            return Ok(None);
        }
        connected => connected?,
    };
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    text.lines()
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect::<anyhow::Result<_>>()
        .map(Some)
}

/// What only the running portal knows, if there is one.
pub fn of_server(config: &Config) -> Vec<Check> {
    match ask(config) {
        Ok(Some(mut found)) => {
            found.insert(0, Check::new("server", State::Ok, "running"));
            found
        }
        Ok(None) => {
            let detail = "not running: whether it can be reached was not looked at";
            vec![Check::new("server", State::Warn, detail)]
        }
        Err(error) => vec![Check::new("server", State::Fail, format!("no answer: {error:#}"))],
    }
}

/// Asks an onion door how its services are.
#[cfg(feature = "onion")]
pub fn of_onion(status: watch::Receiver<onion::Status>) -> OnionChecks {
    Some(Box::new(move || onion_checks(&status.borrow())))
}

/// The onion services as lines of a status; one that is not there has a line too.
#[cfg(feature = "onion")]
fn onion_checks(status: &onion::Status) -> Vec<Check> {
    let check = |surface| {
        let name = match surface {
            Surface::Reporter => "reporter-onion",
            Surface::Handler => "handler-onion",
        };
        match status.services.iter().find(|service| service.surface == surface) {
            Some(service) => {
                Check::new(name, onion_state(service, status.probe), &*service.address)
            }
            None => Check::new(name, State::Fail, "not on the Tor network: see the log"),
        }
    };
    onion::keys::SURFACES.into_iter().map(check).collect()
}

/// Only a page that came through Tor is proof, and it is proof for the reporters' service
/// alone. Of the handlers', which hides, there is arti's word and nothing else.
#[cfg(feature = "onion")]
fn onion_state(service: &onion::ServiceStatus, probe: Option<onion::Probe>) -> State {
    use onion::ServiceState::{Broken, Degraded, Published, Starting, Stopped};
    match (service.state, service.surface, probe) {
        (Broken | Stopped, _, _) => State::Fail,
        (_, Surface::Reporter, Some(probe)) if probe.answered => State::Ok,
        (_, Surface::Reporter, Some(_)) => State::Fail,
        (Published, Surface::Handler, _) => State::Ok,
        (_, Surface::Reporter, None) | (Starting | Degraded, Surface::Handler, _) => State::Warn,
    }
}

/// The socket by way of its folder: the address of a socket may have 107 bytes, which the
/// path of a folder can use up alone.
fn socket(config: &Config) -> anyhow::Result<(File, PathBuf)> {
    let folder = File::open(&config.data)
        .with_context(|| format!("cannot open the folder {}", config.data.display()))?;
    let path = format!("/proc/self/fd/{}/socket", folder.as_raw_fd());
    Ok((folder, PathBuf::from(path)))
}

fn status_line(check: Check) -> StatusLine {
    let state = match check.state {
        State::Ok => "ok",
        State::Warn => "warn",
        State::Fail => "fail",
    };
    StatusLine { name: check.name.into_owned(), state, detail: check.detail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn settings(folder: &Path) -> Config {
        let least = "organisation = \"A\"\noperator = \"B\"\ndata = \".\"\npepper = \"p\"\n";
        Config::parse(least, folder).unwrap()
    }

    #[tokio::test]
    async fn nobody_answers_where_no_portal_runs() {
        let folder = tempfile::tempdir().unwrap();
        let config = settings(folder.path());
        assert_eq!(ask(&config).unwrap(), None);
        drop(listen(&config).unwrap());
        assert!(!folder.path().join("socket").exists());
        std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
        assert_eq!(ask(&config).unwrap(), None, "a crash leaves the socket behind");
    }

    #[tokio::test]
    async fn the_socket_is_for_its_owner_alone_and_fits_a_folder_with_a_long_name() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("a folder with a long name ".repeat(8));
        std::fs::create_dir(&folder).unwrap();
        let config = settings(&folder);
        drop(std::os::unix::net::UnixListener::bind(outer.path().join("left")).unwrap());
        std::fs::rename(outer.path().join("left"), folder.join("socket")).unwrap();
        let _socket = listen(&config).expect("a socket that was left behind is replaced");
        let mode = std::fs::metadata(folder.join("socket")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[cfg(feature = "onion")]
    fn states(services: &[(Surface, onion::ServiceState)], answered: Option<bool>) -> Vec<State> {
        let service = |(surface, state): &(Surface, onion::ServiceState)| onion::ServiceStatus {
            surface: *surface,
            address: "address.onion".to_owned(),
            state: *state,
        };
        let at = std::time::Instant::now();
        let probe = answered.map(|answered| onion::Probe { answered, at });
        let services = services.iter().map(service).collect();
        let status = onion::Status { services, probe, ..onion::Status::default() };
        let checks = onion_checks(&status);
        assert_eq!(checks[0].name, "reporter-onion");
        assert_eq!(checks[1].name, "handler-onion");
        checks.into_iter().map(|check| check.state).collect()
    }

    #[cfg(feature = "onion")]
    #[test]
    fn an_onion_service_that_is_not_there_has_failed() {
        use onion::ServiceState::Published;
        assert_eq!(states(&[], None), [State::Fail, State::Fail]);
        let reporters = [(Surface::Reporter, Published)];
        assert_eq!(states(&reporters, Some(true)), [State::Ok, State::Fail]);
        let handlers = [(Surface::Handler, Published)];
        assert_eq!(states(&handlers, Some(true)), [State::Fail, State::Ok]);
    }

    #[cfg(feature = "onion")]
    #[test]
    fn a_look_at_the_reporters_page_says_nothing_about_the_handlers_service() {
        use onion::ServiceState::{Broken, Degraded, Published, Starting, Stopped};
        for (state, handlers) in [
            (Published, State::Ok),
            (Starting, State::Warn),
            (Degraded, State::Warn),
            (Broken, State::Fail),
            (Stopped, State::Fail),
        ] {
            let both = [(Surface::Reporter, Published), (Surface::Handler, state)];
            for (answered, reporters) in
                [(None, State::Warn), (Some(true), State::Ok), (Some(false), State::Fail)]
            {
                assert_eq!(states(&both, answered), [reporters, handlers], "{state:?}");
            }
        }
    }
}
