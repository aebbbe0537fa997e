//! HTTP on one stream, whatever it came through.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::limits::{CONNECTIONS, HEAD_BYTES, HEAD_TIME, STOP_TIME};
use crate::stack::Wiped;
use crate::web::{App, Front};

/// All connections of the portal, over all doors.
#[derive(Clone, Debug)]
pub struct Connections {
    app: App,
    room: Arc<Semaphore>,
    open: Arc<AtomicUsize>,
    stop: watch::Sender<bool>,
}

impl Connections {
    /// No connections yet.
    pub fn new(app: App) -> Self {
        let room = Arc::new(Semaphore::new(CONNECTIONS));
        Connections { app, room, open: Arc::default(), stop: watch::Sender::new(false) }
    }

    /// Whether anybody is connected, by any door.
    pub fn any_open(&self) -> bool {
        self.open.load(Ordering::Relaxed) > 0
    }

    /// A place for one more connection; waits while there is none.
    pub async fn place(&self) -> Option<OwnedSemaphorePermit> {
        self.room.clone().acquire_owned().await.ok()
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
        let service = service_fn(move |request| {
            let app = app.clone();
            async move { Ok::<_, Infallible>(app.answer(front, request).await) }
        });
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIME)
            .max_buf_size(HEAD_BYTES)
            // The server's clock is a fingerprint of the machine.
            .auto_date_header(false);
        let connection = http.serve_connection(TokioIo::new(stream), service);
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
        let all = u32::try_from(CONNECTIONS).unwrap_or(u32::MAX);
        let patience = STOP_TIME + Duration::from_secs(1);
        let _ = tokio::time::timeout(patience, self.room.acquire_many(all)).await;
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
