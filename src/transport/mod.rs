//! Connections in. A door turns an address into an [`Arrival`](crate::web::Arrival) when
//! it accepts, and drops it; what is behind sees streams and never an address.

pub mod connection;
pub mod lanes;
pub mod mirror;
pub mod networks;
#[cfg(feature = "onion")]
pub mod onion;
mod pace;

pub use connection::{Connections, Entrance};
pub use networks::Networks;
