//! Free ports on loopback.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

/// The address of `port` on this machine.
pub(crate) fn local(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

/// Ports that nobody else gets as long as this exists.
///
/// It is dropped just before those they are meant for start: two networks that start
/// side by side, or two nodes of one, never get the same port.
#[derive(Debug, Default)]
pub(crate) struct Ports {
    held: Vec<TcpListener>,
}

impl Ports {
    /// Takes one more port.
    pub(crate) fn take(&mut self) -> io::Result<u16> {
        let listener = TcpListener::bind(local(0))?;
        let port = listener.local_addr()?.port();
        self.held.push(listener);
        Ok(port)
    }
}
