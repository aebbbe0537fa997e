//! One onion service: from a request for a rendezvous to a page.
//!
//! What an attacker could fill is bounded: circuits, streams in one circuit (arti closes
//! a circuit that asks for more), connections, and the time a circuit may stay without a
//! stream; for each surface apart, so that a crowd of strangers keeps no handler out. A
//! stream to any port but 80 ends its circuit: whoever scans for other services learns
//! nothing and has to meet again.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context as _;
use arti_client::TorClient;
use arti_client::config::CfgPath;
use arti_client::config::onion_service::OnionServiceConfigBuilder;
use futures::{Stream, StreamExt as _};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{AbortHandle, JoinSet};
use tor_cell::relaycell::msg::Connected;
use tor_hscrypto::pk::HsClientDescEncKey;
use tor_hsservice::config::restricted_discovery::DirectoryKeyProviderBuilder;
use tor_hsservice::{OnionServiceConfig, RendRequest, RunningOnionService, StreamRequest};
use tor_proto::stream::IncomingStreamRequest;
use tor_rtcompat::Runtime;

use super::clients::{self, ClientKey};
use super::keys::{nickname, unredacted};
use super::status::{ServiceState, ServiceStatus};
use crate::config::{Config, Onion};
use crate::limits::{ONION_CIRCUIT_IDLE, ONION_CIRCUITS, ONION_STREAMS};
use crate::transport::{Connections, Entrance, Networks};
use crate::web::{Arrival, Door, Front, Lane, Surface};

/// The only port.
const PORT: u16 = 80;

/// What the services have in common.
pub(super) struct Offer {
    pub(super) connections: Connections,
    pub(super) visits: Visits,
    /// What learns of Tor's exits.
    pub(super) networks: Networks,
    reporter_circuits: Arc<Semaphore>,
    handler_circuits: Arc<Semaphore>,
    /// Where the keys of handlers' Tor Browsers are, if theirs is restricted to them.
    clients: Option<PathBuf>,
    /// The key of a client that does not exist.
    nobody: HsClientDescEncKey,
}

/// Counts since the start of the process, in memory only.
#[derive(Clone, Debug, Default)]
pub(super) struct Visits(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    circuits: AtomicU64,
    streams: AtomicU64,
}

impl Visits {
    /// How many streams there were.
    pub(super) fn streams(&self) -> u64 {
        self.0.streams.load(Ordering::Relaxed)
    }
}

impl Offer {
    /// Both services of an installation.
    pub(super) fn new(
        config: &Config,
        onion: &Onion,
        connections: Connections,
        networks: Networks,
    ) -> Self {
        Offer {
            connections,
            visits: Visits::default(),
            networks,
            reporter_circuits: Arc::new(Semaphore::new(ONION_CIRCUITS)),
            handler_circuits: Arc::new(Semaphore::new(ONION_CIRCUITS)),
            nobody: ClientKey::random().public,
            clients: onion.restrict_handlers.then(|| config.onion_clients()),
        }
    }

    fn circuits(&self, surface: Surface) -> &Arc<Semaphore> {
        match surface {
            Surface::Reporter => &self.reporter_circuits,
            Surface::Handler => &self.handler_circuits,
        }
    }

    fn settings(&self, surface: Surface) -> anyhow::Result<OnionServiceConfig> {
        let mut settings = OnionServiceConfigBuilder::default();
        settings
            .nickname(nickname(surface)?)
            .max_concurrent_streams_per_circuit(ONION_STREAMS)
            .enable_pow(cfg!(feature = "pow"))
            // Compiled puzzles need memory that is writable and executable.
            .disable_pow_compilation(true);
        if let (Surface::Handler, Some(folder)) = (surface, &self.clients) {
            let mut keys = DirectoryKeyProviderBuilder::default();
            keys.path(CfgPath::new_literal(folder));
            let restricted = settings.restricted_discovery();
            restricted.enabled(true).watch_configuration(true);
            restricted.key_dirs().access().push(keys);
            // With an empty list arti gives the service up instead of hiding it.
            restricted.static_keys().access().push((clients::nobody()?, self.nobody.clone()));
        }
        Ok(settings.build()?)
    }
}

/// A service on the network. Dropping it takes it off; open circuits stay.
pub(super) struct Service {
    pub(super) surface: Surface,
    pub(super) address: String,
    running: Arc<RunningOnionService>,
    accepting: AbortHandle,
}

impl Drop for Service {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Service {
    /// Puts the pages of one surface on the network; makes its key the first time.
    pub(super) fn launch<R: Runtime>(
        client: &TorClient<R>,
        offer: &Offer,
        surface: Surface,
    ) -> anyhow::Result<Service> {
        let launched = client.launch_onion_service(offer.settings(surface)?)?;
        let (running, requests) = launched.context("the service is switched off")?;
        let address = running.onion_address().context("the service has no key")?;
        let accepting = tokio::spawn(accept(
            surface,
            requests,
            offer.connections.clone(),
            offer.visits.clone(),
            offer.circuits(surface).clone(),
        ));
        let accepting = accepting.abort_handle();
        Ok(Service { surface, address: unredacted(&address), running, accepting })
    }

    /// What arti says of it.
    pub(super) fn status(&self) -> ServiceStatus {
        let state = ServiceState::from(self.running.status().state());
        ServiceStatus { surface: self.surface, address: self.address.clone(), state }
    }
}

async fn accept(
    surface: Surface,
    requests: impl Stream<Item = RendRequest>,
    connections: Connections,
    visits: Visits,
    circuits: Arc<Semaphore>,
) {
    let entrance = Entrance::Onion(surface);
    let mut requests = std::pin::pin!(requests);
    while let Some(request) = requests.next().await {
        let Ok(room) = circuits.clone().acquire_owned().await else { return };
        let lane = Lane(visits.0.circuits.fetch_add(1, Ordering::Relaxed));
        let (door, arrival) = (Door::Onion, Arrival::Onion);
        let front = Front { door, only: Some(surface), secure: false, arrival, lane };
        tokio::spawn(meet(request, entrance, front, connections.clone(), visits.clone(), room));
    }
}

/// Goes to the rendezvous and serves what is asked for there, until the circuit ends.
async fn meet(
    request: RendRequest,
    entrance: Entrance,
    front: Front,
    connections: Connections,
    visits: Visits,
    room: OwnedSemaphorePermit,
) {
    // Nobody came, or a relay on the way failed: there is nothing to say to anyone.
    let Ok(mut streams) = request.accept().await else { return };
    let mut open = JoinSet::new();
    loop {
        tokio::select! {
            stream = streams.next() => {
                let Some(stream) = stream else { break };
                if !is_for_us(&stream) {
                    let _ = stream.shutdown_circuit();
                    break;
                }
                visits.0.streams.fetch_add(1, Ordering::Relaxed);
                open.spawn(serve(stream, front, entrance, connections.clone()));
            }
            Some(_) = open.join_next() => {}
            () = tokio::time::sleep(ONION_CIRCUIT_IDLE), if open.is_empty() => break,
        }
    }
    while open.join_next().await.is_some() {}
    drop(room);
}

fn is_for_us(stream: &StreamRequest) -> bool {
    matches!(stream.request(), IncomingStreamRequest::Begin(begin) if begin.port() == PORT)
}

async fn serve(stream: StreamRequest, front: Front, entrance: Entrance, connections: Connections) {
    let Some(place) = connections.place(entrance).await else { return };
    // Whoever left before the answer is not there to be told.
    let Ok(stream) = stream.accept(Connected::new_empty()).await else { return };
    connections.serve(stream, front, place).await;
}
