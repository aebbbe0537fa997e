//! What is known about the onion services, as plain data.

use std::time::Instant;

use tor_hsservice::status::State;

use super::keys::SURFACES;
use crate::web::Surface;

/// The state of the onion door. Nothing in it tells of a visit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Whether the Tor network has been reached and is known well enough.
    pub bootstrapped: bool,
    /// What arti says of each service.
    pub services: Vec<ServiceStatus>,
    /// The last look at our own front page through Tor, the only proof there is.
    pub probe: Option<Probe>,
    /// How often the services had to be started again.
    pub relaunches: u32,
}

/// One service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceStatus {
    /// Whose pages.
    pub surface: Surface,
    /// The onion address, with `.onion`.
    pub address: String,
    /// What arti says of it.
    pub state: ServiceState,
}

/// What arti says of a service. It may be wrong in both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceState {
    /// Not on the network.
    Stopped,
    /// Looking for relays that introduce visitors.
    Starting,
    /// The descriptor by which visitors find the service is out.
    Published,
    /// Some relays did not take the descriptor, or too few introduce visitors.
    Degraded,
    /// Given up by arti.
    Broken,
}

/// The services that have to be started: those that are not there, and the handlers' if
/// arti gave it up. The reporters' front page is looked at through Tor, which says more;
/// at the handlers' nobody can look who has no key.
pub(super) fn missing(services: &[ServiceStatus]) -> Vec<Surface> {
    let is_missing = |surface: &Surface| {
        let service = services.iter().find(|service| service.surface == *surface);
        service.is_none_or(|service| {
            *surface == Surface::Handler && service.state == ServiceState::Broken
        })
    };
    SURFACES.into_iter().filter(is_missing).collect()
}

impl From<State> for ServiceState {
    fn from(state: State) -> Self {
        match state {
            State::Bootstrapping => ServiceState::Starting,
            State::Running | State::DegradedReachable => ServiceState::Published,
            State::DegradedUnreachable | State::Recovering => ServiceState::Degraded,
            State::Broken => ServiceState::Broken,
            // A state that a newer arti may invent is not taken for a good one.
            _ => ServiceState::Stopped,
        }
    }
}

/// One look at our own front page through Tor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probe {
    /// Whether the page came.
    pub answered: bool,
    /// When it ended.
    pub at: Instant,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(surface: Surface, state: ServiceState) -> ServiceStatus {
        ServiceStatus { surface, address: String::new(), state }
    }

    #[test]
    fn a_service_that_is_not_there_is_missing() {
        use ServiceState::Published;
        let reporters = service(Surface::Reporter, Published);
        let handlers = service(Surface::Handler, Published);
        assert_eq!(missing(&[]), SURFACES);
        assert_eq!(missing(std::slice::from_ref(&reporters)), [Surface::Handler]);
        assert_eq!(missing(std::slice::from_ref(&handlers)), [Surface::Reporter]);
        assert_eq!(missing(&[handlers, reporters]), []);
    }

    #[test]
    fn only_the_handlers_service_is_judged_by_what_arti_says() {
        use ServiceState::{Broken, Degraded, Published, Starting, Stopped};
        for (state, missed) in [
            (Stopped, false),
            (Starting, false),
            (Published, false),
            (Degraded, false),
            (Broken, true),
        ] {
            let both = SURFACES.map(|surface| service(surface, state));
            let expected: &[Surface] = if missed { &[Surface::Handler] } else { &[] };
            assert_eq!(missing(&both), expected, "{state:?}");
        }
    }
}
