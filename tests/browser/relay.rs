//! The network between a browser and the portal: whoever comes by this port comes from an
//! address that is not the portal's own.

use std::io::Read as _;
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::thread;

use crate::client;

/// A port of this machine that leads to another one.
pub struct Relay {
    pub port: u16,
}

impl Relay {
    pub fn to(port: u16) -> Relay {
        Relay::that_stops(port, u64::MAX)
    }

    /// The same where nothing more goes out of a connection after so many bytes, and nobody
    /// is told.
    pub fn that_stops(port: u16, bytes: u64) -> Relay {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let relay = Relay { port: listener.local_addr().unwrap().port() };
        thread::spawn(move || {
            for browser in listener.incoming().flatten() {
                thread::spawn(move || {
                    let portal = client::tcp(port);
                    let (to, from) = (portal.try_clone().unwrap(), browser.try_clone().unwrap());
                    thread::spawn(move || pass_on(from, to, bytes));
                    pass_on(portal, browser, u64::MAX);
                });
            }
        });
        relay
    }
}

/// Passes on what comes from one side, and its end, or so many bytes of it.
fn pass_on(mut from: TcpStream, mut to: TcpStream, bytes: u64) {
    // Either side may be gone.
    let passed = std::io::copy(&mut from.by_ref().take(bytes), &mut to);
    if passed.is_ok_and(|passed| passed == bytes) {
        // Whoever closes with bytes unread tells the other side.
        loop {
            thread::park();
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}
