//! The onion service, with arti in this process.
//!
//! Pages are served directly on the streams of rendezvous circuits. There is no port on
//! this machine in between: nothing that a neighbour on the machine could connect to,
//! and nothing that could be asked for a page without Tor. Each circuit has a number of
//! its own in memory, so that slow derivations take turns by circuit and one visitor
//! cannot hold up the others; the number is written nowhere.
//!
//! There are two services in one client: the reporters', whose address is public, and
//! the handlers', which can be hidden from everybody without a key ([`clients`]).
//!
//! arti may say that a service runs while nobody can reach it, so the door looks at its
//! own front page through Tor (`probe`) and helps itself.

pub mod clients;
mod exits;
pub mod keys;
mod probe;
mod running;
mod runtime;
mod service;
pub mod settings;
pub mod status;

use std::time::{Duration, Instant};

use arti_client::TorClientConfig;
use tokio::sync::watch;

use super::{Connections, Networks};
use crate::config::{Config, Onion};
use crate::web::Surface;
use probe::{Care, Look, Verdict};
use running::Running;
use service::Offer;
pub use status::{Probe, ServiceState, ServiceStatus, Status};

/// How often the status is brought up to date.
const REFRESH: Duration = Duration::from_secs(2);

/// The onion service of an installation.
pub struct OnionDoor {
    settings: TorClientConfig,
    offer: Offer,
    probe_every: Duration,
    status: watch::Sender<Status>,
    /// None after a failed start that is tried again later.
    running: Option<Running>,
}

impl OnionDoor {
    /// Starts arti and both services. Their addresses are known at once; visitors can
    /// find them when the network has been reached, a minute later or so. `networks`
    /// learn of Tor's exits from then on.
    pub async fn open(
        config: &Config,
        onion: &Onion,
        connections: Connections,
        networks: Networks,
    ) -> anyhow::Result<OnionDoor> {
        settings::make_folders(config)?;
        let settings = settings::tor_client(config, onion)?;
        let offer = Offer::new(config, onion, connections, networks);
        let mut running = Running::connect(&settings, &offer).await?;
        running.start_missing(&offer).await?;
        let probe_every = Duration::from_secs(onion.probe_seconds);
        let status = watch::Sender::default();
        let door = OnionDoor { settings, offer, probe_every, status, running: Some(running) };
        door.refresh();
        Ok(door)
    }

    /// The address of each surface.
    pub fn addresses(&self) -> Vec<(Surface, String)> {
        self.running.as_ref().map(Running::addresses).unwrap_or_default()
    }

    /// What is known about the services, for a status page and for `doctor`.
    pub fn status(&self) -> watch::Receiver<Status> {
        self.status.subscribe()
    }

    /// Keeps the services reachable until the portal stops. Ends before that only when
    /// arti cannot be started again and nobody is connected.
    pub async fn run(mut self) -> anyhow::Result<()> {
        let connections = self.offer.connections.clone();
        tokio::select! {
            ended = self.care() => return ended,
            () = connections.stopping() => {}
        }
        if let Some(running) = &mut self.running {
            running.stop_services();
        }
        // Requests that are still running need the client's circuits: it goes when this
        // task is dropped, after them.
        std::future::pending().await
    }

    async fn care(&mut self) -> anyhow::Result<()> {
        let mut care = Care::new(self.probe_every);
        let mut next = Instant::now() + self.probe_every;
        loop {
            tokio::time::sleep(REFRESH.min(self.probe_every)).await;
            self.refresh();
            if Instant::now() < next {
                continue;
            }
            self.start_missing().await;
            let look = self.look().await;
            self.note(look.answered);
            match care.judge(&look, Instant::now()) {
                Verdict::Leave => {}
                Verdict::Relaunch => self.relaunch().await,
                Verdict::Rebuild => self.rebuild().await?,
            }
            next = Instant::now() + self.probe_every;
        }
    }

    /// Looks at our own front page through Tor.
    async fn look(&self) -> Look {
        let streams_before = self.offer.visits.streams();
        let answered = match &self.running {
            Some(running) => running.answers().await,
            None => false,
        };
        Look { answered, streams_before, streams_after: self.offer.visits.streams() }
    }

    fn note(&self, answered: bool) {
        self.status.send_modify(|status| {
            let before = status.probe.replace(Probe { answered, at: Instant::now() });
            if before.is_none_or(|before| before.answered != answered) {
                let word = if answered { "reachable" } else { "not reachable" };
                tracing::info!(target: "sluse::onion", "the onion service is {word}");
            }
        });
    }

    fn refresh(&self) {
        let bootstrapped = self.running.as_ref().is_some_and(Running::is_bootstrapped);
        let services = self.running.as_ref().map(Running::status).unwrap_or_default();
        self.status.send_if_modified(|status| {
            let changed = status.bootstrapped != bootstrapped || status.services != services;
            status.bootstrapped = bootstrapped;
            status.services = services;
            changed
        });
    }

    /// Starts both services anew, in the same client.
    async fn relaunch(&mut self) {
        tracing::warn!(target: "sluse::onion", "starting the onion services again");
        self.status.send_modify(|status| status.relaunches += 1);
        if let Some(running) = &mut self.running {
            running.stop_services();
        }
        self.start_missing().await;
    }

    /// Starts the services that are missing. What does not start now is tried again before
    /// the next look, which sees the reporters' service only.
    async fn start_missing(&mut self) {
        let Some(running) = self.running.as_mut() else { return };
        for surface in running.missing() {
            tracing::warn!(target: "sluse::onion", "starting an onion service: {surface:?}");
        }
        if let Err(failure) = running.start_missing(&self.offer).await {
            tracing::error!(target: "sluse::onion", "no onion service: {failure:#}");
        }
    }

    /// Starts arti anew, and both services in it.
    async fn rebuild(&mut self) -> anyhow::Result<()> {
        tracing::warn!(target: "sluse::onion", "starting the Tor client again");
        self.status.send_modify(|status| status.relaunches += 1);
        // arti locks its state: the old client has to let go first.
        self.running = None;
        match Running::connect(&self.settings, &self.offer).await {
            Ok(running) => {
                self.running = Some(running);
                self.start_missing().await;
            }
            Err(failure) if self.offer.connections.any_open() => {
                tracing::error!(target: "sluse::onion", "no Tor client: {failure:#}");
            }
            // Whoever started this process starts it again.
            Err(failure) => return Err(failure.context("the Tor client does not start again")),
        }
        Ok(())
    }
}
