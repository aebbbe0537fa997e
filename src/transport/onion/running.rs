//! arti's client with both services in it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use arti_client::{MAX_LOCAL_RESOURCE_TIMEOUT, TorClient, TorClientConfig};
use tokio::task::JoinSet;

use super::runtime::{self, Runtime};
use super::service::{Offer, Service};
use super::status::ServiceStatus;
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
    /// Starts all of it. Does not wait for the network.
    pub(super) async fn start(settings: &TorClientConfig, offer: &Offer) -> anyhow::Result<Self> {
        let client = TorClient::with_runtime(runtime::current()?)
            .config(settings.clone())
            .local_resource_timeout(MAX_LOCAL_RESOURCE_TIMEOUT)
            .create_unbootstrapped_async()
            .await
            .context("the Tor client does not start")?;
        let mut reaching = JoinSet::new();
        reaching.spawn(reach_network(client.clone(), offer.networks.clone()));
        let mut running = Running { services: Vec::new(), _reaching: reaching, client };
        running.start_services(offer).await?;
        Ok(running)
    }

    /// Starts both services. One that was stopped a moment ago holds its state for a
    /// moment longer.
    pub(super) async fn start_services(&mut self, offer: &Offer) -> anyhow::Result<()> {
        for surface in [Surface::Reporter, Surface::Handler] {
            let until = Instant::now() + ONION_RELAUNCH_TIME;
            let service = loop {
                match Service::launch(&self.client, offer, surface) {
                    Err(_) if Instant::now() < until => tokio::time::sleep(BREATH).await,
                    launched => break launched?,
                }
            };
            self.services.push(service);
        }
        Ok(())
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
