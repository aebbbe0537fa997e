//! With whom a connection shares its turns, without keeping an address.
//!
//! On the mirror a lane is one of 256 buckets of a keyed hash of the address's network.
//! The key is only in memory and changes every hour: a bucket tells nothing about who is
//! in it, and nothing at all an hour later.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use crate::domain::TokenKey as Key;
use crate::limits::{LANE_CONNECTIONS, LANE_KEY_TIME, LANES};
use crate::web::Lane;

/// Turns addresses into lanes.
#[derive(Debug)]
pub struct Lanes {
    key: Mutex<(Key, Instant)>,
    next: AtomicU64,
}

impl Default for Lanes {
    fn default() -> Self {
        let key = Mutex::new((Key::random(), Instant::now()));
        Lanes { key, next: AtomicU64::new(LANES) }
    }
}

impl Lanes {
    /// The lane of an address, for the next hour.
    pub fn of(&self, address: IpAddr) -> Lane {
        let mut key = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        if key.1.elapsed() > LANE_KEY_TIME {
            *key = (Key::random(), Instant::now());
        }
        Lane(key.0.hash(&network(address)) % LANES)
    }

    /// A lane for one connection whose address nobody knows. One lane for all of them would
    /// be full with a handful of wrong codes, and everybody else turned away.
    pub fn of_connection(&self) -> Lane {
        Lane(self.next.fetch_add(1, Ordering::Relaxed))
    }
}

/// How many connections each lane has.
#[derive(Debug, Default)]
pub struct PerLane(Arc<Mutex<HashMap<Lane, usize>>>);

/// One connection in the count of its lane.
#[derive(Debug)]
pub struct Counted {
    all: Arc<Mutex<HashMap<Lane, usize>>>,
    lane: Lane,
}

impl PerLane {
    /// Counts one more; none if the lane has as many as it may have.
    pub fn one_more(&self, lane: Lane) -> Option<Counted> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = all.entry(lane).or_default();
        if *count >= LANE_CONNECTIONS {
            return None;
        }
        *count += 1;
        Some(Counted { all: self.0.clone(), lane })
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = all.get_mut(&self.lane) {
            *count -= 1;
            if *count == 0 {
                all.remove(&self.lane);
            }
        }
    }
}

/// A home's or an office's network: /24 and /56. Whoever has one has all its addresses.
fn network(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(address) => address.octets().into_iter().take(3).collect(),
        IpAddr::V6(address) => address.octets().into_iter().take(7).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_network_shares_one_lane() {
        let lanes = Lanes::default();
        assert_eq!(lanes.of(address("192.0.2.1")), lanes.of(address("192.0.2.250")));
        assert_eq!(lanes.of(address("2001:db8::1")), lanes.of(address("2001:db8::ff:2")));
        assert_eq!(lanes.of(address("192.0.2.1")), lanes.of(address("::ffff:192.0.2.1")));
    }

    #[test]
    fn connections_without_an_address_share_no_lane() {
        let lanes = Lanes::default();
        assert_ne!(lanes.of_connection(), lanes.of_connection());
        assert_ne!(lanes.of_connection(), lanes.of(address("192.0.2.1")));
    }

    #[test]
    fn a_lane_has_a_number_of_connections_and_takes_no_other_lanes() {
        let connected = PerLane::default();
        let mut mine: Vec<_> =
            (0..LANE_CONNECTIONS).map(|_| connected.one_more(Lane(1)).unwrap()).collect();
        assert!(connected.one_more(Lane(1)).is_none());
        let other = connected.one_more(Lane(2)).unwrap();
        mine.pop();
        mine.push(connected.one_more(Lane(1)).unwrap());
        assert!(connected.one_more(Lane(1)).is_none());
        drop((mine, other));
        assert!(connected.0.lock().unwrap().is_empty(), "nothing is kept of who has left");
    }

    #[test]
    fn lanes_of_one_hour_or_server_say_nothing_about_another() {
        let addresses: Vec<IpAddr> = (0..64u8).map(|n| address(&format!("198.51.{n}.1"))).collect();
        let of = |lanes: Lanes| addresses.iter().map(|a| lanes.of(*a).0).collect::<Vec<_>>();
        assert_ne!(of(Lanes::default()), of(Lanes::default()));
    }
}
