//! The mirror: TLS with certificate files, or plain HTTP behind a proxy on this machine.

use std::fs::Permissions;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::NoServerSessionStorage;
use tokio::net::{TcpListener, UnixListener};
use tokio_rustls::TlsAcceptor;

use super::lanes::{Lanes, PerLane};
use super::{Connections, Entrance, Networks};
use crate::config;
use crate::limits::HANDSHAKE_TIME;
use crate::web::{Arrival, Door, Front, Lane};

/// How long to wait when the system has no room for one more connection.
const BREATH: Duration = Duration::from_millis(100);

/// Where the mirror listens, and what stands before it.
#[derive(Clone, Debug)]
pub enum Listen {
    /// TLS, ended here.
    Tls {
        /// Address and port.
        address: SocketAddr,
        /// Certificate chain, PEM.
        certificate: PathBuf,
        /// Private key, PEM.
        key: PathBuf,
        /// Whether a proxy passes all connections through.
        passed_through: bool,
    },
    /// A proxy on this machine ends TLS; it talks to a loopback port.
    ProxyTcp(SocketAddr),
    /// A proxy on this machine ends TLS; it talks to a socket.
    ProxySocket(PathBuf),
    /// Plain HTTP on loopback, for a demonstration.
    Plain(SocketAddr),
}

impl Listen {
    /// Whether it can be listened there: without TLS on this machine alone.
    pub fn refuse_open(&self) -> anyhow::Result<()> {
        if let Listen::ProxyTcp(address) | Listen::Plain(address) = self {
            anyhow::ensure!(
                address.ip().is_loopback(),
                "without TLS the mirror listens on this machine only, not on {address}: give it \
                 a certificate and a key, or put a proxy on this machine before it"
            );
        }
        Ok(())
    }

    /// What the settings ask for.
    pub fn from_settings(mirror: &config::Mirror) -> anyhow::Result<Listen> {
        refuse_networks_that_nobody_sees(mirror)?;
        if mirror.listen.starts_with('/') {
            anyhow::ensure!(mirror.certificate.is_none(), "a socket takes no certificate");
            return Ok(Listen::ProxySocket(PathBuf::from(&mirror.listen)));
        }
        let address: SocketAddr = mirror.listen.parse().with_context(|| {
            format!("`listen` is an address with a port or a path, not `{}`", mirror.listen)
        })?;
        match (&mirror.certificate, &mirror.key) {
            (Some(certificate), Some(key)) => {
                let (certificate, key) = (certificate.clone(), key.clone());
                let passed_through = mirror.passed_through;
                Ok(Listen::Tls { address, certificate, key, passed_through })
            }
            (None, None) => Ok(Listen::ProxyTcp(address)),
            _ => anyhow::bail!("`certificate` and `key` are given together or not at all"),
        }
    }
}

/// Whoever declares their own networks relies on people there being stopped. Where no
/// address is seen nobody would be, and nobody would notice.
fn refuse_networks_that_nobody_sees(mirror: &config::Mirror) -> anyhow::Result<()> {
    anyhow::ensure!(
        !mirror.passed_through || mirror.certificate.is_some(),
        "`passed_through` needs a `certificate`: without one the proxy ends TLS itself"
    );
    if mirror.own_networks.is_empty() {
        return Ok(());
    }
    anyhow::ensure!(
        mirror.certificate.is_some(),
        "`own_networks` needs a `certificate`: behind a proxy nobody's network is known"
    );
    anyhow::ensure!(
        !mirror.passed_through,
        "`own_networks` and `passed_through` exclude each other: behind a proxy nobody's network \
         is known"
    );
    let here = mirror.listen.parse().is_ok_and(|address: SocketAddr| address.ip().is_loopback());
    let seen = mirror.own_networks.iter().any(|network| !here || network.addr().is_loopback());
    anyhow::ensure!(
        seen,
        "`own_networks` never match at {}: only a proxy on this machine reaches it, and behind a \
         proxy nobody's network is known",
        mirror.listen
    );
    Ok(())
}

/// A mirror that is listening.
pub struct Mirror {
    listener: Listener,
    tls: Option<TlsAcceptor>,
    secure: bool,
    behind_proxy: bool,
    lanes: Lanes,
    /// How many are connected by each lane. Behind a proxy a lane is one connection.
    connected: PerLane,
    networks: Networks,
}

#[derive(Debug)]
enum Listener {
    Tcp(TcpListener),
    Unix(UnixListener),
}

impl Mirror {
    /// Binds. Plain HTTP is bound on loopback only, whatever is asked.
    pub async fn bind(listen: &Listen, networks: Networks) -> anyhow::Result<Mirror> {
        listen.refuse_open()?;
        let behind_proxy = match listen {
            Listen::ProxyTcp(_) | Listen::ProxySocket(_) => true,
            Listen::Tls { passed_through, .. } => *passed_through,
            Listen::Plain(_) => false,
        };
        let secure = !matches!(listen, Listen::Plain(_));
        let (listener, tls) = match listen {
            Listen::Tls { address, certificate, key, .. } => {
                (tcp(*address).await?, Some(tls(certificate, key)?))
            }
            Listen::ProxyTcp(address) | Listen::Plain(address) => (tcp(*address).await?, None),
            Listen::ProxySocket(path) => (unix(path)?, None),
        };
        let (lanes, connected) = (Lanes::default(), PerLane::default());
        Ok(Mirror { listener, tls, secure, behind_proxy, lanes, connected, networks })
    }

    /// The address it listens on, if it has one.
    pub fn address(&self) -> Option<SocketAddr> {
        match &self.listener {
            Listener::Tcp(listener) => listener.local_addr().ok(),
            Listener::Unix(_) => None,
        }
    }

    /// Accepts connections until the portal stops.
    pub async fn run(self, connections: Connections) {
        let mirror = Arc::new(self);
        loop {
            let Some(place) = connections.place(Entrance::Mirror).await else { return };
            let accepted = tokio::select! {
                accepted = mirror.accept() => accepted,
                () = connections.stopping() => return,
            };
            let Ok((stream, front)) = accepted else {
                // No descriptors left, most likely: others will close some.
                tokio::time::sleep(BREATH).await;
                continue;
            };
            // One network cannot take every place: the connection is closed unread.
            let Some(counted) = mirror.connected.one_more(front.lane) else { continue };
            let (mirror, connections) = (mirror.clone(), connections.clone());
            tokio::spawn(async move {
                let _counted = counted;
                match (stream, &mirror.tls) {
                    (Stream::Tcp(stream), Some(tls)) => {
                        let stream = tokio::time::timeout(HANDSHAKE_TIME, tls.accept(stream)).await;
                        if let Ok(Ok(stream)) = stream {
                            connections.serve(stream, front, place).await;
                        }
                    }
                    (Stream::Tcp(stream), None) => connections.serve(stream, front, place).await,
                    (Stream::Unix(stream), _) => connections.serve(stream, front, place).await,
                }
            });
        }
    }

    /// The only place where the mirror holds an address, for as long as this takes.
    async fn accept(&self) -> std::io::Result<(Stream, Front)> {
        match &self.listener {
            Listener::Tcp(listener) => {
                let (stream, address) = listener.accept().await?;
                stream.set_nodelay(true)?;
                let passed_on = self.tls.is_some() && is_this_machine(address.ip(), &stream);
                let front = if self.behind_proxy || passed_on {
                    self.behind_proxy()
                } else {
                    self.front(self.networks.arrival(address.ip()), self.lanes.of(address.ip()))
                };
                Ok((Stream::Tcp(stream), front))
            }
            Listener::Unix(listener) => {
                let (stream, _) = listener.accept().await?;
                Ok((Stream::Unix(stream), self.behind_proxy()))
            }
        }
    }

    /// The address is the proxy's: nothing is known of whoever is behind it.
    fn behind_proxy(&self) -> Front {
        self.front(Arrival::Unknown, self.lanes.of_connection())
    }

    fn front(&self, arrival: Arrival, lane: Lane) -> Front {
        Front { door: Door::Mirror, only: None, secure: self.secure, arrival, lane }
    }
}

/// Whether a connection comes from this machine itself. Nobody reports from here: it is a
/// proxy that passes TCP through, and no setting says so. All its people would share the
/// few connections of one network otherwise, and 64 idle ones would close the mirror.
fn is_this_machine(address: IpAddr, stream: &tokio::net::TcpStream) -> bool {
    let (address, local) = (address.to_canonical(), stream.local_addr());
    let came_to = local.is_ok_and(|local| local.ip().to_canonical() == address);
    came_to || address == Ipv4Addr::LOCALHOST || address == Ipv6Addr::LOCALHOST
}

enum Stream {
    Tcp(tokio::net::TcpStream),
    Unix(tokio::net::UnixStream),
}

async fn tcp(address: SocketAddr) -> anyhow::Result<Listener> {
    let listener = TcpListener::bind(address).await;
    listener.map(Listener::Tcp).with_context(|| format!("cannot listen on {address}"))
}

fn unix(path: &Path) -> anyhow::Result<Listener> {
    // A socket that a crash left behind would make every later start fail. Anything else
    // that stands there is somebody's.
    if let Ok(meta) = std::fs::symlink_metadata(path) {
        anyhow::ensure!(
            meta.file_type().is_socket(),
            "`listen` is the path of a socket, and {} is something else: nothing was removed",
            path.display()
        );
        std::fs::remove_file(path)
            .with_context(|| format!("cannot replace the socket {}", path.display()))?;
    }
    let listener =
        UnixListener::bind(path).with_context(|| format!("cannot listen on {}", path.display()))?;
    // The proxy is another user, who could not connect otherwise. It is as with a port on
    // loopback: whoever is on this machine and may enter the folder can ask for pages.
    std::fs::set_permissions(path, Permissions::from_mode(0o666))?;
    Ok(Listener::Unix(listener))
}

fn tls(certificate: &Path, key: &Path) -> anyhow::Result<TlsAcceptor> {
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .with_context(|| format!("no certificate in {}", certificate.display()))?;
    let key = PrivateKeyDer::from_pem_file(key)
        .with_context(|| format!("no private key in {}", key.display()))?;
    let versions = [&rustls::version::TLS13, &rustls::version::TLS12];
    let mut config = ServerConfig::builder_with_protocol_versions(&versions)
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .context("certificate and key do not belong together")?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    // A session that is resumed ties one visit to another, for whoever watches the line.
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(listen: &str, key: Option<&str>) -> config::Mirror {
        config::Mirror {
            reporter_host: "report.example".to_owned(),
            handler_host: None,
            listen: listen.to_owned(),
            certificate: None,
            key: key.map(PathBuf::from),
            passed_through: false,
            own_networks: Vec::new(),
        }
    }

    fn with_tls(listen: &str) -> config::Mirror {
        let certificate = Some(PathBuf::from("chain.pem"));
        config::Mirror { certificate, ..settings(listen, Some("key.pem")) }
    }

    #[test]
    fn half_a_certificate_and_a_half_address_are_refused() {
        assert!(Listen::from_settings(&settings("127.0.0.1:1", Some("key.pem"))).is_err());
        assert!(Listen::from_settings(&settings("localhost", None)).is_err());
        assert!(Listen::from_settings(&settings("/run/sluse.sock", None)).is_ok());
    }

    #[test]
    fn networks_of_the_organisation_behind_a_proxy_are_refused() {
        let own = vec!["192.0.2.0/24".parse().unwrap()];
        for listen in ["127.0.0.1:1", "/run/sluse.sock"] {
            let settings = config::Mirror { own_networks: own.clone(), ..settings(listen, None) };
            let refusal = Listen::from_settings(&settings).unwrap_err().to_string();
            assert!(refusal.contains("own_networks"), "{refusal}");
        }
    }

    #[test]
    fn networks_of_the_organisation_that_no_connection_can_come_from_are_refused() {
        let own = |networks: &[&str], settings: config::Mirror| {
            let own_networks = networks.iter().map(|own| own.parse().unwrap()).collect();
            Listen::from_settings(&config::Mirror { own_networks, ..settings })
        };
        let passed = |listen| config::Mirror { passed_through: true, ..with_tls(listen) };
        for (networks, settings) in [
            (["192.0.2.0/24", "10.0.0.0/8"], passed("[::]:443")),
            (["192.0.2.0/24", "10.0.0.0/8"], with_tls("127.0.0.1:8443")),
            (["192.0.2.0/24", "2001:db8::/32"], with_tls("[::1]:8443")),
        ] {
            let refusal = own(&networks, settings).unwrap_err().to_string();
            assert!(refusal.contains("own_networks"), "{refusal}");
        }
        for (networks, settings) in [
            (&["192.0.2.0/24"][..], with_tls("[::]:443")),
            (&["192.0.2.0/24"][..], with_tls("192.0.2.7:443")),
            (&["127.84.0.0/16"][..], with_tls("127.0.0.1:8443")),
            (&[][..], passed("[::]:443")),
        ] {
            own(networks, settings).unwrap();
        }
    }

    #[test]
    fn a_proxy_that_ends_tls_passes_nothing_through() {
        let both = config::Mirror { passed_through: true, ..settings("127.0.0.1:1", None) };
        assert!(Listen::from_settings(&both).is_err());
    }

    #[tokio::test]
    async fn a_socket_is_replaced_and_nothing_else_is() {
        let folder = tempfile::tempdir().unwrap();
        let (left, file) = (folder.path().join("left"), folder.path().join("file"));
        drop(std::os::unix::net::UnixListener::bind(&left).unwrap());
        unix(&left).unwrap();
        std::fs::write(&file, "somebody's").unwrap();
        assert!(unix(&file).is_err());
        assert_eq!(std::fs::read(&file).unwrap(), b"somebody's");
    }

    #[tokio::test]
    async fn plain_http_is_never_offered_to_a_network() {
        for listen in [
            Listen::Plain("0.0.0.0:0".parse().unwrap()),
            Listen::ProxyTcp("[::]:0".parse().unwrap()),
        ] {
            let bound = Mirror::bind(&listen, Networks::default()).await;
            assert!(bound.is_err(), "{listen:?}");
        }
    }
}
