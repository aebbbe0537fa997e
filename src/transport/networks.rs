//! From which kind of network a connection comes: one word instead of an address.
//!
//! A reporter who sits in the employer's network, or comes through Tor without knowing the
//! onion address, can be told so. The address itself goes no further than this.

use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::{Arc, PoisonError, RwLock};

use ipnet::IpNet;

use crate::web::Arrival;

/// What is known of networks: those of the organisation from the settings, the exits of
/// Tor from its directory.
#[derive(Clone, Debug, Default)]
pub struct Networks {
    own: Arc<[IpNet]>,
    exits: Arc<RwLock<HashSet<IpAddr>>>,
}

impl Networks {
    /// Knows what the organisation declared as its own, and of Tor nothing yet.
    pub fn new(own: &[IpNet]) -> Self {
        Networks { own: own.into(), exits: Arc::default() }
    }

    /// Replaces the addresses of Tor's exits.
    ///
    /// They are those in the directory. An exit that leaves by another address than the one
    /// it is reached by is taken for the open net.
    #[cfg(feature = "onion")]
    pub(super) fn set_exits(&self, exits: HashSet<IpAddr>) {
        *self.exits.write().unwrap_or_else(PoisonError::into_inner) = exits;
    }

    /// The word for an address.
    pub(super) fn arrival(&self, address: IpAddr) -> Arrival {
        let address = address.to_canonical();
        if self.own.iter().any(|network| network.contains(&address)) {
            Arrival::OwnNetwork
        } else if self.exits.read().unwrap_or_else(PoisonError::into_inner).contains(&address) {
            Arrival::TorExit
        } else {
            Arrival::OpenNet
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn networks() -> Networks {
        let own = ["192.0.2.0/24", "2001:db8:17::/48"].map(|network| network.parse().unwrap());
        Networks::new(&own)
    }

    #[test]
    fn a_network_of_the_organisation_is_known_up_to_its_last_address() {
        let networks = networks();
        for own in ["192.0.2.0", "192.0.2.255", "::ffff:192.0.2.7", "2001:db8:17:ffff::1"] {
            assert_eq!(networks.arrival(address(own)), Arrival::OwnNetwork, "{own}");
        }
        for other in ["192.0.1.255", "192.0.3.0", "2001:db8:18::1", "::1"] {
            assert_eq!(networks.arrival(address(other)), Arrival::OpenNet, "{other}");
        }
    }

    #[cfg(feature = "onion")]
    #[test]
    fn an_exit_of_tor_is_known_once_the_directory_is() {
        let networks = networks();
        let exit = address("198.51.100.7");
        assert_eq!(networks.arrival(exit), Arrival::OpenNet);
        networks.set_exits(HashSet::from([exit, address("192.0.2.9")]));
        assert_eq!(networks.arrival(exit), Arrival::TorExit);
        assert_eq!(networks.arrival(address("198.51.100.8")), Arrival::OpenNet);
        // Whoever runs that exit is the organisation: the warning goes first.
        assert_eq!(networks.arrival(address("192.0.2.9")), Arrival::OwnNetwork);
        networks.set_exits(HashSet::new());
        assert_eq!(networks.arrival(exit), Arrival::OpenNet);
    }
}
