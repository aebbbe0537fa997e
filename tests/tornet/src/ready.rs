//! The order in which a network comes to life.
//!
//! Authorities and relays start together, the authorities vote, and only then does
//! the client start. A client that asks for a consensus before there is one is put
//! off for longer and longer.

use crate::NetworkError;
use crate::node::Node;
use crate::wait::Deadline;

/// Starts authorities and relays, the authorities first in the list, and waits until
/// the authorities have agreed on all of them.
pub(crate) fn start_relays(relays: &mut [Node], deadline: Deadline) -> Result<(), NetworkError> {
    relays.iter_mut().try_for_each(Node::spawn)?;
    relays.iter_mut().try_for_each(|node| node.own(deadline))?;
    let wanted = relays.len();
    let Some(authority) = relays.first_mut() else { return Ok(()) };
    let found = authority.wait(deadline, |node| usable_relays(node).filter(|&count| count > 0))?;
    if found == wanted { Ok(()) } else { Err(NetworkError::Incomplete { found, wanted }) }
}

/// Starts the client and waits until it can build circuits.
pub(crate) fn start_client(client: &mut Node, deadline: Deadline) -> Result<(), NetworkError> {
    client.spawn()?;
    client.own(deadline)?;
    client.wait_until_bootstrapped(deadline)
}

/// Waits until every relay can build circuits.
pub(crate) fn wait(relays: &mut [Node], deadline: Deadline) -> Result<(), NetworkError> {
    relays.iter_mut().try_for_each(|node| node.wait_until_bootstrapped(deadline))
}

/// Counts the relays in the consensus that may hold descriptors of onion services.
///
/// Their flags stand in lines that begin with `s` (directory specification 3,
/// "network status").
fn usable_relays(node: &mut Node) -> Option<usize> {
    let lines = node.owner()?.command("GETINFO ns/all").ok()?;
    let flags = lines.iter().filter_map(|line| line.strip_prefix("s "));
    Some(flags.filter(|flags| flags.split(' ').any(|flag| flag == "HSDir")).count())
}
