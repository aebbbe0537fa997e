//! The whole network.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::build::{self, Built};
use crate::keys::Authority;
use crate::node::Node;
use crate::onion::{OnionService, Settings};
use crate::ports::{self, Ports};
use crate::wait::Deadline;
use crate::{Control, ControlError, NetworkError, Programs, arti, private, ready, torrc};

/// Seconds until the first vote is counted. Less, and relays of a busy machine miss
/// it; more, and every test run pays for it.
const QUICK: u64 = 8;

/// How long the first try may take, from the keys to the last relay.
const QUICK_WITHIN: Duration = Duration::from_secs(29);

/// The same for the second try, on a machine that has shown to be busy.
const PATIENT: u64 = 30;
const PATIENT_WITHIN: Duration = Duration::from_secs(100);

/// How long a part of a running network may take to be ready.
const PART_READY_WITHIN: Duration = Duration::from_mins(1);

/// A running private Tor network. Dropping it stops all of it.
#[derive(Debug)]
pub struct Network {
    programs: Programs,
    folder: PathBuf,
    authorities: Vec<Authority>,
    /// Authorities first, then the other relays.
    relays: Vec<Node>,
    client: Node,
    socks_port: u16,
    onion_services: AtomicUsize,
}

impl Network {
    /// Starts a network that keeps its files in `folder`, which must be empty or new.
    pub fn start(folder: &Path) -> Result<Network, NetworkError> {
        Network::start_with(folder, &Programs::default())
    }

    /// Starts a network with programs from elsewhere.
    pub fn start_with(folder: &Path, programs: &Programs) -> Result<Network, NetworkError> {
        if !private::is_empty(folder)? {
            return Err(NetworkError::FolderInUse(folder.to_owned()));
        }
        match attempt(&folder.join("first"), programs, QUICK, QUICK_WITHIN) {
            Err(NetworkError::Incomplete { .. } | NetworkError::Late { .. }) => {
                attempt(&folder.join("second"), programs, PATIENT, PATIENT_WITHIN)
            }
            result => result,
        }
    }

    /// The client's SOCKS port.
    pub fn socks_port(&self) -> u16 {
        self.socks_port
    }

    /// The client's SOCKS port with its address.
    pub fn socks_addr(&self) -> SocketAddr {
        ports::local(self.socks_port)
    }

    /// The network as TOML for arti-client's `TorClientConfigBuilder`. State and cache
    /// folders are not in it.
    pub fn arti_config(&self) -> String {
        arti::config(&self.authorities)
    }

    /// Opens a control connection to the client.
    pub fn control(&self) -> Result<Control, ControlError> {
        self.client.control()
    }

    /// Starts a C tor that offers port 80 of a new onion address and forwards it to
    /// `app_port`. With `clients` (public X25519 keys in base32) it is restricted to
    /// those who have the private key.
    pub fn onion_service(
        &self,
        app_port: u16,
        clients: &[&str],
    ) -> Result<OnionService, NetworkError> {
        let number = self.onion_services.fetch_add(1, Ordering::Relaxed);
        let folder = self.folder.join(format!("onion{number}"));
        let control_port = Ports::default().take()?;
        let settings = Settings {
            program: self.programs.tor.clone(),
            common: torrc::common("onion", &folder, control_port, &self.authorities),
            folder,
            control_port,
        };
        OnionService::start(&settings, app_port, clients, Deadline::after(PART_READY_WITHIN))
    }

    /// Makes Tor fall silent: all relays freeze, connections stay open, nothing comes.
    pub fn pause(&self) {
        self.relays.iter().for_each(Node::freeze);
    }

    /// Ends [`Network::pause`].
    pub fn resume(&self) {
        self.relays.iter().for_each(Node::thaw);
    }

    /// Takes Tor away: all relays end, circuits are lost, connections are refused.
    pub fn stop_relays(&mut self) {
        self.relays.iter().for_each(Node::interrupt);
        self.relays.iter_mut().for_each(Node::stop);
    }

    /// Ends [`Network::stop_relays`]: the same relays come back on the same ports.
    pub fn start_relays(&mut self) -> Result<(), NetworkError> {
        let deadline = Deadline::after(PART_READY_WITHIN);
        self.relays.iter_mut().try_for_each(Node::spawn)?;
        self.relays.iter_mut().try_for_each(|node| node.own(deadline))?;
        ready::wait(&mut self.relays, deadline)
    }

    /// The ids of the processes that run now.
    pub fn pids(&self) -> Vec<u32> {
        self.relays.iter().chain([&self.client]).filter_map(Node::pid).collect()
    }
}

impl Drop for Network {
    /// Asks all at once, so that they end side by side; then each node waits.
    fn drop(&mut self) {
        self.relays.iter().chain([&self.client]).for_each(Node::interrupt);
    }
}

/// Makes the network, starts it and waits until all of it has found each other.
fn attempt(
    folder: &Path,
    programs: &Programs,
    interval: u64,
    within: Duration,
) -> Result<Network, NetworkError> {
    let deadline = Deadline::after(within);
    let Built { folder, authorities, relays, client, socks_port } =
        build::nodes(folder, programs, interval)?;
    let programs = programs.clone();
    let onion_services = AtomicUsize::new(0);
    let mut network =
        Network { programs, folder, authorities, relays, client, socks_port, onion_services };
    ready::start_relays(&mut network.relays, deadline)?;
    ready::wait(&mut network.relays, deadline)?;
    ready::start_client(&mut network.client, deadline)?;
    ready::try_each(&network.relays, &mut network.client, deadline)?;
    Ok(network)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_with_a_relay_that_passes_no_circuit_on_is_not_ready() {
        let folder = tempfile::tempdir().unwrap();
        let mut network = Network::start(&folder.path().join("network")).unwrap();
        let Network { relays, client, .. } = &mut network;
        let soon = || Deadline::after(Duration::from_secs(5));
        ready::try_each(relays, client, soon()).unwrap();
        for line in client.ask("GETINFO circuit-status").unwrap() {
            let id = line.split(' ').next().unwrap();
            client.ask(&format!("CLOSECIRCUIT {id}")).unwrap();
        }
        let silent = relays.last().unwrap();
        silent.freeze();
        let refusal = ready::try_each(relays, client, soon()).unwrap_err();
        silent.thaw();
        assert!(matches!(refusal, NetworkError::Late { .. }), "{refusal}");
    }
}
