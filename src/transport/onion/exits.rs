//! The addresses of Tor's exits, from the directory that arti holds anyway.
//!
//! With them the mirror can tell somebody who comes through Tor that there is an onion
//! address. Nothing is asked of anybody for it.

use std::collections::HashSet;
use std::net::IpAddr;

use futures::StreamExt as _;
use tor_linkspec::HasAddrs as _;
use tor_netdir::NetDir;

use super::running::Client;
use crate::transport::networks::Networks;

/// Keeps the exits up to date as long as the client runs.
pub(super) async fn follow(client: &Client, networks: &Networks) {
    let Ok(directory) = client.dirmgr() else { return };
    let mut changes = directory.events();
    loop {
        if let Ok(directory) = directory.timely_netdir() {
            networks.set_exits(exits(&directory));
        }
        if changes.next().await.is_none() {
            return;
        }
    }
}

fn exits(directory: &NetDir) -> HashSet<IpAddr> {
    let mut addresses = HashSet::new();
    for relay in directory.relays() {
        if relay.low_level_details().policies_allow_some_port() {
            addresses.extend(relay.addrs().map(|address| address.ip()));
        }
    }
    addresses
}
