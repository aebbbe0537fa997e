//! What is known about the onion services, as plain data.

use std::time::Instant;

use tor_hsservice::status::State;

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
