//! arti's client with both services in it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use arti_client::{MAX_LOCAL_RESOURCE_TIMEOUT, TorClient, TorClientConfig};
use tokio::task::JoinSet;

use super::runtime::{self, Runtime};
use super::service::{Offer, Service};
use super::status::{self, ServiceStatus};
use super::{exits, probe};
use crate::limits::ONION_RELAUNCH_TIME;
use crate::transport::Networks;
use crate::web::Surface;

/// Between two tries to take over what a stopped service still holds.
const BREATH: Duration = Duration::from_millis(200);

/// Between two tries to reach the network.
const PATIENCE: Duration = Duration::from_secs(10);

/// arti's client.
pub(super) type Client = Arc<TorClient<Runtime>>;

/// The client and the services. The services go first when it is dropped.
pub(super) struct Running {
    services: Vec<Service>,
    /// Ends when it is dropped, and lets go of the client.
    _reaching: JoinSet<()>,
    client: Client,
}

impl Running {
    /// Starts the client, which begins to look for the network, and no service yet.
    pub(super) async fn connect(settings: &TorClientConfig, offer: &Offer) -> anyhow::Result<Self> {
        let client = TorClient::with_runtime(runtime::current()?)
            .config(settings.clone())
            .local_resource_timeout(MAX_LOCAL_RESOURCE_TIMEOUT)
            .create_unbootstrapped_async()
            .await
            .context("the Tor client does not start")?;
        let mut reaching = JoinSet::new();
        reaching.spawn(reach_network(client.clone(), offer.networks.clone()));
        Ok(Running { services: Vec::new(), _reaching: reaching, client })
    }

    /// The services that have to be started.
    pub(super) fn missing(&self) -> Vec<Surface> {
        status::missing(&self.status())
    }

    /// Starts the services that are missing. One that does not start keeps no other from
    /// starting.
    pub(super) async fn start_missing(&mut self, offer: &Offer) -> anyhow::Result<()> {
        let mut started = Ok(());
        for surface in self.missing() {
            self.services.retain(|service| service.surface != surface);
            match self.launch(offer, surface).await {
                Ok(service) => self.services.push(service),
                Err(failure) => started = Err(failure),
            }
        }
        started
    }

    /// A service that was stopped a moment ago holds its state for a moment longer.
    async fn launch(&self, offer: &Offer, surface: Surface) -> anyhow::Result<Service> {
        let until = Instant::now() + ONION_RELAUNCH_TIME;
        loop {
            match Service::launch(&self.client, offer, surface) {
                Err(_) if Instant::now() < until => tokio::time::sleep(BREATH).await,
                launched => return launched,
            }
        }
    }

    /// Takes both services off the network. Requests that are running go on.
    pub(super) fn stop_services(&mut self) {
        self.services.clear();
    }

    /// Whether the network has been reached and is known well enough.
    pub(super) fn is_bootstrapped(&self) -> bool {
        self.client.bootstrap_status().ready_for_traffic()
    }

    /// What arti says of each service.
    pub(super) fn status(&self) -> Vec<ServiceStatus> {
        self.services.iter().map(Service::status).collect()
    }

    /// The address of each surface.
    pub(super) fn addresses(&self) -> Vec<(Surface, String)> {
        self.services.iter().map(|service| (service.surface, service.address.clone())).collect()
    }

    /// Whether the reporters' front page comes through Tor.
    pub(super) async fn answers(&self) -> bool {
        let reporters = self.services.iter().find(|service| service.surface == Surface::Reporter);
        match reporters {
            Some(service) => probe::answers(&self.client, &service.address).await,
            None => false,
        }
    }
}

/// Learns of the network, however long it is away, and tells which exits it has. Launching
/// a service does not begin with that by itself, and arti gives up on a try that fails.
async fn reach_network(client: Client, networks: Networks) {
    while client.bootstrap().await.is_err() {
        tokio::time::sleep(PATIENCE).await;
    }
    exits::follow(&client, &networks).await;
}
