//! A private Tor network on loopback.
//!
//! Onion services are what the portal is reached by, and a test against the public
//! Tor network would be slow, would depend on strangers, and would tell them that
//! the test runs. So this crate starts a whole network from Debian's `tor`: three
//! directory authorities, five relays and one client. Nothing in it knows of, or
//! talks to, any address but 127.0.0.1.
//!
//! ```no_run
//! let network = tornet::Network::start(std::path::Path::new("/tmp/net"))?;
//! let stream = tornet::socks::connect(network.socks_addr(), "alice", "abc.onion", 80);
//! # Ok::<(), tornet::NetworkError>(())
//! ```
//!
//! Dropping the [`Network`] stops every process. If the program that started it is
//! killed, the processes see their control connection close and stop by themselves.

mod arti;
mod build;
mod control;
mod error;
mod keys;
mod network;
mod node;
mod onion;
mod ports;
mod private;
mod programs;
mod ready;
pub mod socks;
mod torrc;
mod wait;

pub use control::{Control, ControlError};
pub use error::NetworkError;
pub use network::Network;
pub use onion::OnionService;
pub use programs::Programs;
