//! An onion service of C tor, to compare ours with.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::node::Node;
use crate::wait::Deadline;
use crate::{Control, ControlError, NetworkError, private, torrc};

/// A tor of its own that forwards port 80 of an onion address to a local port.
#[derive(Debug)]
pub struct OnionService {
    address: String,
    /// Stops the service when dropped.
    _node: Node,
}

impl OnionService {
    /// The onion address, with `.onion`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Starts the service and returns when clients can find it.
    ///
    /// With `clients` (public X25519 keys in base32) nobody else can find it.
    pub(crate) fn start(
        settings: &Settings,
        app_port: u16,
        clients: &[&str],
        deadline: Deadline,
    ) -> Result<OnionService, NetworkError> {
        let Settings { program, folder, control_port, common } = settings;
        let service = folder.join("service");
        admit(&service, clients)?;
        let torrc = [common.as_str(), &torrc::onion_service(&service, app_port)].concat();
        let mut node = Node::new("onion", program, folder.clone(), *control_port, &torrc)?;
        node.spawn()?;
        node.own(deadline)?;
        wait_until_published(&mut node, deadline)?;
        let address = fs::read_to_string(service.join("hostname"))?.trim().to_owned();
        Ok(OnionService { address, _node: node })
    }
}

/// What the tor of an onion service is started with.
pub(crate) struct Settings {
    pub(crate) program: PathBuf,
    pub(crate) folder: PathBuf,
    pub(crate) control_port: u16,
    pub(crate) common: String,
}

fn admit(service: &Path, clients: &[&str]) -> Result<(), NetworkError> {
    let keys = service.join("authorized_clients");
    private::folder(&keys)?;
    for (number, key) in clients.iter().enumerate() {
        let file = keys.join(format!("client{number}.auth"));
        private::write(&file, &format!("descriptor:x25519:{key}\n"))?;
    }
    Ok(())
}

/// Waits until all relays that clients may ask have the descriptors.
///
/// There is one for this time period and one for the next, and a client whose first
/// questions come before the right one is there gives up.
fn wait_until_published(node: &mut Node, deadline: Deadline) -> Result<(), NetworkError> {
    let published = match node.owner() {
        Some(control) => count_uploads(control, deadline),
        None => return Err(node.ended()),
    };
    published.map_err(|_| node.late())
}

fn count_uploads(control: &mut Control, deadline: Deadline) -> Result<(), ControlError> {
    control.command("SETEVENTS HS_DESC")?;
    let mut descriptors = BTreeSet::new();
    let mut under_way: usize = 0;
    while descriptors.len() < 2 || under_way > 0 {
        // HS_DESC action address authentication relay descriptor ...
        let event = control.event(deadline)?;
        match event.split(' ').collect::<Vec<_>>().as_slice() {
            ["HS_DESC", "UPLOAD", _, _, _, descriptor, ..] => {
                descriptors.insert((*descriptor).to_owned());
                under_way += 1;
            }
            ["HS_DESC", "UPLOADED" | "FAILED", ..] => under_way = under_way.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}
