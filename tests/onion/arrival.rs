//! How somebody came to the mirror, as the running program tells from the address.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use tornet::{Network, socks};

use crate::browser::{Answer, eventually, head};
use crate::portal::fresh_folder;

/// A demonstration on the private network, with its mirror on a port of this machine.
pub(crate) struct Demo {
    child: Child,
    port: u16,
}

impl Demo {
    pub(crate) fn start(network: &Network) -> Demo {
        let file = fresh_folder("demo").join("arti.toml");
        std::fs::write(&file, network.arti_config()).unwrap();
        let port = free_port();
        let child = Command::new(env!("CARGO_BIN_EXE_sluse"))
            .args(["demo", "--port", &port.to_string(), "--tor", "--tor-network"])
            .arg(file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let demo = Demo { child, port };
        eventually("the mirror", || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok());
        demo
    }

    /// What the front page says about the way one came, asked through an exit of the
    /// private network, all of which have the address 127.0.0.1.
    pub(crate) fn seen_through_an_exit(&self, network: &Network) -> Option<String> {
        let stream = socks::connect(network.socks_addr(), "by exit", "127.0.0.1", self.port);
        self.front_page(stream.ok()?)
    }

    /// The same, asked from an address of this machine that no relay has.
    pub(crate) fn seen_from(&self, address: Ipv4Addr) -> Option<String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
        let stream = runtime.block_on(async {
            let socket = tokio::net::TcpSocket::new_v4().unwrap();
            socket.bind(SocketAddr::from((address, 0))).unwrap();
            let to = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
            socket.connect(to).await.unwrap().into_std().unwrap()
        });
        stream.set_nonblocking(false).unwrap();
        self.front_page(stream)
    }

    fn front_page(&self, mut stream: TcpStream) -> Option<String> {
        let host = format!("127.0.0.1:{}", self.port);
        stream.write_all(head("GET", "/?lang=en", &host, "", "").as_bytes()).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        Answer::parse(&answer)?.text(".arrival")
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It takes its data with it.
        let process = rustix::process::Pid::from_child(&self.child);
        let _ = rustix::process::kill_process(process, rustix::process::Signal::TERM);
        let _ = self.child.wait();
    }
}

/// A port whose neighbour is free as well: the handlers' pages are there.
fn free_port() -> u16 {
    let both = |port: u16| {
        let is_free = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
        is_free(port) && is_free(port + 1)
    };
    (21_000..22_000).step_by(2).find(|port| both(*port)).expect("two free ports")
}
