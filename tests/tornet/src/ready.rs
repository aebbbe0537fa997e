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

/// Lets the client build a circuit that begins with each relay.
///
/// Once in some fifty networks tor 0.4.9 has one that takes part in the consensus and passes no
/// circuit on. A client or a relay that chose it as its guard has no circuit as long as it runs.
pub(crate) fn try_each(
    relays: &[Node],
    client: &mut Node,
    deadline: Deadline,
) -> Result<(), NetworkError> {
    for (first, second) in relays.iter().zip(relays.iter().cycle().skip(1)) {
        let (first, second) = (first.name(), second.name());
        client.ask(&format!("EXTENDCIRCUIT 0 {first},{second} purpose=controller"))?;
    }
    relays.iter().try_for_each(|relay| {
        let found = deadline.poll(|| begins_with(client, relay.name()).then_some(()));
        found.ok_or_else(|| relay.late())
    })
}

/// Whether the client has a circuit that was built and begins with a relay.
///
/// Lines are `7 BUILT $identity~name,$identity~name PURPOSE=…` (control specification,
/// "GETINFO circuit-status").
fn begins_with(client: &mut Node, name: &str) -> bool {
    let lines = client.ask("GETINFO circuit-status").unwrap_or_default();
    let path = |line: &str| line.split_once(" BUILT ").map(|(_, path)| path.to_owned());
    lines.iter().filter_map(|line| path(line)).any(|path| {
        path.split_once(',').is_some_and(|(first, _)| first.ends_with(&format!("~{name}")))
    })
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
    let lines = node.ask("GETINFO ns/all").ok()?;
    let flags = lines.iter().filter_map(|line| line.strip_prefix("s "));
    Some(flags.filter(|flags| flags.split(' ').any(|flag| flag == "HSDir")).count())
}
