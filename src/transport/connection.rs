//! HTTP on one stream, whatever it came through.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::pace::{Sent, Taken};
use crate::limits::{CONNECTIONS, HEAD_BYTES, HEAD_TIME, STOP_TIME};
use crate::stack::Wiped;
use crate::web::{App, Front, Surface};

/// All connections of the portal, over all doors.
#[derive(Clone, Debug)]
pub struct Connections {
    app: App,
    rooms: Rooms,
    open: Arc<AtomicUsize>,
    stop: watch::Sender<bool>,
}

/// Where connections have places of their own: whoever takes all of one closes no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entrance {
    /// The mirror, where the surface is known only after a handshake and a head.
    Mirror,
    /// The onion service of a surface.
    Onion(Surface),
}

impl Entrance {
    const ALL: [Entrance; 3] =
        [Entrance::Mirror, Entrance::Onion(Surface::Reporter), Entrance::Onion(Surface::Handler)];
}

/// The places at each entrance.
#[derive(Clone, Debug)]
struct Rooms {
    mirror: Arc<Semaphore>,
    onion_reporters: Arc<Semaphore>,
    onion_handlers: Arc<Semaphore>,
}

impl Rooms {
    fn new() -> Self {
        let room = || Arc::new(Semaphore::new(CONNECTIONS));
        Rooms { mirror: room(), onion_reporters: room(), onion_handlers: room() }
    }

    fn at(&self, entrance: Entrance) -> &Arc<Semaphore> {
        match entrance {
            Entrance::Mirror => &self.mirror,
            Entrance::Onion(Surface::Reporter) => &self.onion_reporters,
            Entrance::Onion(Surface::Handler) => &self.onion_handlers,
        }
    }

    async fn place(&self, entrance: Entrance) -> Option<OwnedSemaphorePermit> {
        self.at(entrance).clone().acquire_owned().await.ok()
    }

    /// Waits until nobody has a place any more, and gives out no new ones meanwhile.
    async fn empty(&self) {
        let all = u32::try_from(CONNECTIONS).unwrap_or(u32::MAX);
        let mut places = Vec::new();
        for entrance in Entrance::ALL {
            places.push(self.at(entrance).acquire_many(all).await);
        }
    }
}

impl Connections {
    /// No connections yet.
    pub fn new(app: App) -> Self {
        let (rooms, stop) = (Rooms::new(), watch::Sender::new(false));
        Connections { app, rooms, open: Arc::default(), stop }
    }

    /// Whether anybody is connected, by any door.
    pub fn any_open(&self) -> bool {
        self.open.load(Ordering::Relaxed) > 0
    }

    /// A place for one more connection; waits while there is none.
    pub async fn place(&self, entrance: Entrance) -> Option<OwnedSemaphorePermit> {
        self.rooms.place(entrance).await
    }

    /// Answers requests on `stream` until it ends.
    pub async fn serve<S>(&self, stream: S, front: Front, place: OwnedSemaphorePermit)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let open = Open::new(&self.open);
        Wiped::new(self.answer(stream, front)).await;
        drop((open, place));
    }

    async fn answer<S>(&self, stream: S, front: Front)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let app = self.app.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let app = app.clone();
            let request = request.map(Sent::new);
            async move { Ok::<_, Infallible>(app.answer(front, request).await) }
        });
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIME)
            .max_buf_size(HEAD_BYTES)
            // The server's clock is a fingerprint of the machine.
            .auto_date_header(false);
        let connection = http.serve_connection(TokioIo::new(Taken::new(stream)), service);
        let mut connection = std::pin::pin!(connection);
        // A connection that breaks is a person's network; there is nothing to say.
        tokio::select! {
            _ = connection.as_mut() => {}
            () = self.stopping() => {
                connection.as_mut().graceful_shutdown();
                let _ = tokio::time::timeout(STOP_TIME, connection).await;
            }
        }
    }

    /// Lets requests that are running end, and takes no new ones.
    pub async fn stop(&self) {
        self.stop.send_replace(true);
        let patience = STOP_TIME + Duration::from_secs(1);
        let _ = tokio::time::timeout(patience, self.rooms.empty()).await;
    }

    /// Resolves when the portal is told to stop.
    pub async fn stopping(&self) {
        let _ = self.stop.subscribe().wait_for(|stop| *stop).await;
    }
}

/// One connection in the count.
struct Open(Arc<AtomicUsize>);

impl Open {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Open(count.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn whoever_takes_every_place_at_one_entrance_closes_no_other() {
        for full in Entrance::ALL {
            let rooms = Rooms::new();
            let all = u32::try_from(CONNECTIONS).unwrap();
            let taken = rooms.at(full).clone().try_acquire_many_owned(all).unwrap();
            for entrance in Entrance::ALL {
                let free = rooms.place(entrance).now_or_never().is_some();
                assert_eq!(free, entrance != full, "{entrance:?} while {full:?} is full");
            }
            drop(taken);
            assert!(rooms.place(full).now_or_never().is_some());
        }
    }

    #[tokio::test]
    async fn the_portal_stops_when_the_last_visitor_of_every_entrance_has_left() {
        for entrance in Entrance::ALL {
            let rooms = Rooms::new();
            let last = rooms.place(entrance).await;
            let mut emptying = std::pin::pin!(rooms.empty());
            assert!(emptying.as_mut().now_or_never().is_none(), "{entrance:?}");
            drop(last);
            assert!(emptying.now_or_never().is_some(), "{entrance:?}");
        }
    }
}
