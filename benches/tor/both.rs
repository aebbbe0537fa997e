//! One portal with two onion addresses in front of it.

use sluse::config::Onion;
use tempfile::TempDir;
use tornet::{Network, OnionService};

use crate::browser::{Visitor, eventually};
use crate::support::CHEAP;
use crate::support::program::{Installation, Running};

pub struct Both {
    pub network: Network,
    runtime: tokio::runtime::Runtime,
    running: Running,
    installation: Installation,
    service: OnionService,
    ours: String,
    /// Goes last: everything above has files in it.
    _folder: TempDir,
}

/// Who keeps the onion service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeper {
    Arti,
    CTor,
}

impl Keeper {
    pub const ALL: [Keeper; 2] = [Keeper::Arti, Keeper::CTor];

    pub fn name(self) -> &'static str {
        match self {
            Keeper::Arti => "arti",
            Keeper::CTor => "C tor",
        }
    }
}

impl Both {
    /// Starts the network, the portal with arti in it, and a `tor` before its mirror.
    pub fn start() -> Both {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let start = || Network::start(&at(&format!("{:?}", std::time::Instant::now())));
        let network = start().or_else(|_| start()).unwrap();
        let file = at("arti.toml");
        std::fs::write(&file, network.arti_config()).unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let onion = Onion { tor_network: Some(file), restrict_handlers: false, ..Onion::default() };
        let mut installation =
            runtime.block_on(Installation::new(CHEAP, |config| config.onion = Some(onion)));
        // The `tor` talks to the mirror, which has to know its address as its own.
        let service = network.onion_service(installation.port, &[]).unwrap();
        let mirror = installation.config.mirror.as_mut().unwrap();
        service.address().clone_into(&mut mirror.reporter_host);
        let settings = toml::to_string_pretty(&installation.config).unwrap();
        std::fs::write(installation.folder.path().join("sluse.toml"), settings).unwrap();
        let running = runtime.block_on(installation.start());
        let ours = eventually("our address", || ours(&installation.log()));
        let both = Both { network, runtime, running, installation, service, ours, _folder: folder };
        for keeper in Keeper::ALL {
            both.visitor(keeper, "first").wait_for("/", |answer| answer.status == 200);
        }
        both
    }

    pub fn address(&self, keeper: Keeper) -> &str {
        match keeper {
            Keeper::Arti => &self.ours,
            Keeper::CTor => self.service.address(),
        }
    }

    /// Somebody on circuits that nobody else uses.
    pub fn visitor(&self, keeper: Keeper, name: &str) -> Visitor<'_> {
        let name = format!("{name} {}", keeper.name());
        Visitor::new(&self.network, &name, self.address(keeper))
    }

    pub fn stop(self) {
        self.runtime.block_on(self.running.stop());
    }
}

/// The reporters' address, as `serve` prints it.
fn ours(printed: &str) -> Option<String> {
    let line = printed.lines().find(|line| line.starts_with("Reporters:"))?;
    Some(line.split_once("http://")?.1.strip_suffix('/')?.to_owned())
}
