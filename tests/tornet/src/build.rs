//! The nodes of a network: folders, ports, keys and settings, before anything runs.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::keys::{self, Authority};
use crate::node::Node;
use crate::ports::Ports;
use crate::torrc::Voting;
use crate::{NetworkError, Programs, private, torrc};

/// Three, so that a majority is more than one and less than all.
const AUTHORITIES: usize = 3;

/// With the authorities, enough for circuits that also avoid each other's guards.
const RELAYS: usize = 5;

/// A network that could be started.
pub(crate) struct Built {
    /// Where everything is.
    pub(crate) folder: PathBuf,
    /// What everybody knows of the authorities.
    pub(crate) authorities: Vec<Authority>,
    /// Authorities first, then the other relays.
    pub(crate) relays: Vec<Node>,
    /// The client.
    pub(crate) client: Node,
    /// The client's SOCKS port.
    pub(crate) socks_port: u16,
}

/// Makes all nodes. `interval` is the time in seconds they will have, from then on,
/// until the first consensus.
pub(crate) fn nodes(
    folder: &Path,
    programs: &Programs,
    interval: u64,
) -> Result<Built, NetworkError> {
    private::folder(folder)?;
    let folder = folder.canonicalize()?;
    let mut builder = Builder { programs, ports: Ports::default(), folder, authorities: vec![] };
    builder.make_authority_keys()?;
    let mut relays = builder.authority_nodes(interval)?;
    for number in 1..=RELAYS {
        relays.push(builder.relay_node(number, interval)?);
    }
    let (client, socks_port) = builder.client_node()?;
    let Builder { folder, authorities, .. } = builder;
    Ok(Built { folder, authorities, relays, client, socks_port })
}

struct Builder<'a> {
    programs: &'a Programs,
    ports: Ports,
    folder: PathBuf,
    authorities: Vec<Authority>,
}

impl Builder<'_> {
    fn make_authority_keys(&mut self) -> Result<(), NetworkError> {
        let ports: Vec<(u16, u16)> = (0..AUTHORITIES)
            .map(|_| Ok((self.ports.take()?, self.ports.take()?)))
            .collect::<Result<_, NetworkError>>()?;
        self.authorities = keys::authorities(self.programs, &self.folder, &ports)?;
        Ok(())
    }

    fn authority_nodes(&mut self, interval: u64) -> Result<Vec<Node>, NetworkError> {
        let voting = Voting { interval, offset: seconds_of_the_clock() % interval };
        let authorities = self.authorities.clone();
        authorities
            .iter()
            .map(|Authority { name, or_port, dir_port, .. }| {
                let torrc = [torrc::relay(*or_port, *dir_port, interval), torrc::authority(voting)]
                    .concat();
                self.node(name, &torrc)
            })
            .collect()
    }

    fn relay_node(&mut self, number: usize, interval: u64) -> Result<Node, NetworkError> {
        let torrc = torrc::relay(self.ports.take()?, self.ports.take()?, interval);
        self.node(&format!("relay{number}"), &[&torrc, torrc::EXIT].concat())
    }

    fn client_node(&mut self) -> Result<(Node, u16), NetworkError> {
        let socks_port = self.ports.take()?;
        let keys = self.folder.join("client-keys");
        private::folder(&keys)?;
        Ok((self.node("client", &torrc::client(socks_port, &keys))?, socks_port))
    }

    fn node(&mut self, name: &str, torrc: &str) -> Result<Node, NetworkError> {
        let control_port = self.ports.take()?;
        let folder = self.folder.join(name);
        let common = torrc::common(name, &folder, control_port, &self.authorities);
        Node::new(name, &self.programs.tor, folder, control_port, &[&common, torrc].concat())
    }
}

#[expect(clippy::disallowed_methods, reason = "authorities vote by the clock on the wall")]
fn seconds_of_the_clock() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}
