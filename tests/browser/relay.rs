//! The network between a browser and the portal: whoever comes by this port comes from an
//! address that is not the portal's own.

use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::thread;

use crate::client;

/// A port of this machine that leads to another one.
pub struct Relay {
    pub port: u16,
}

impl Relay {
    pub fn to(port: u16) -> Relay {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let relay = Relay { port: listener.local_addr().unwrap().port() };
        thread::spawn(move || {
            for browser in listener.incoming().flatten() {
                thread::spawn(move || {
                    let portal = client::tcp(port);
                    let (to, from) = (portal.try_clone().unwrap(), browser.try_clone().unwrap());
                    thread::spawn(move || pass_on(from, to));
                    pass_on(portal, browser);
                });
            }
        });
        relay
    }
}

/// Passes on what comes from one side, and its end.
fn pass_on(mut from: TcpStream, mut to: TcpStream) {
    // Either side may be gone.
    let _ = std::io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Write);
}
