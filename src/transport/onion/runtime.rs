//! arti's runtime, with connections that send at once.
//!
//! arti leaves Nagle's algorithm (RFC 896) on: the last cell of every answer then waits in
//! our kernel until the guard has acknowledged the one before: a round trip, and up to 40 ms
//! more for every page.

use std::io;
use std::net::SocketAddr;

use async_trait::async_trait;
use tokio::net::TcpStream;
use tor_rtcompat::tokio::TokioRustlsRuntime as Tokio;
use tor_rtcompat::{CompoundRuntime, NetStreamProvider};

/// The runtime that arti is given.
pub(super) type Runtime = CompoundRuntime<Tokio, Tokio, Tokio, AtOnce, Tokio, Tokio, Tokio>;

/// The runtime around the one of the program.
pub(super) fn current() -> io::Result<Runtime> {
    let tokio = Tokio::current()?;
    let at_once = AtOnce(tokio.clone());
    let [tasks, sleep, clock, unix, tls, udp] = std::array::from_fn(|_| tokio.clone());
    Ok(CompoundRuntime::new(tasks, sleep, clock, at_once, unix, tls, udp))
}

/// Connections to relays, on which nothing waits to be sent.
#[derive(Clone, Debug)]
pub(super) struct AtOnce(Tokio);

type Of<T> = <T as NetStreamProvider<SocketAddr>>::Stream;

#[async_trait]
impl NetStreamProvider<SocketAddr> for AtOnce {
    type Stream = Of<Tokio>;
    type Listener = <Tokio as NetStreamProvider<SocketAddr>>::Listener;
    type ConnectOptions = <Tokio as NetStreamProvider<SocketAddr>>::ConnectOptions;
    type ListenOptions = <Tokio as NetStreamProvider<SocketAddr>>::ListenOptions;

    /// The options are sizes of buffers for obstructed networks, which nobody sets here.
    async fn connect(
        &self,
        address: &SocketAddr,
        _: &Self::ConnectOptions,
    ) -> io::Result<Self::Stream> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(stream.into())
    }

    async fn listen(
        &self,
        address: &SocketAddr,
        options: &Self::ListenOptions,
    ) -> io::Result<Self::Listener> {
        self.0.listen(address, options).await
    }
}
