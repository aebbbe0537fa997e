//! TLS that the portal ends itself.

use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};
use std::time::Duration;

use axum::http::StatusCode;
use rustls::{ClientConnection, HandshakeKind, StreamOwned};
use sluse::config;
use sluse::transport::mirror::{Listen, Mirror};
use sluse::transport::{Connections, Entrance, Networks};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::certificate::{Certificate, openssl};
use crate::client::{Person, Way, tcp};
use crate::installation::{Installation, Serving};
use crate::nginx::free_port;
use crate::support::{House, REPORTER_HOST, front, program};

struct OwnTls {
    installation: Installation,
    serving: Serving,
    certificate: Certificate,
    port: u16,
}

fn own_tls() -> OwnTls {
    own_tls_with("")
}

/// TLS of our own, and more settings of the mirror.
fn own_tls_with(lines: &str) -> OwnTls {
    let port = free_port();
    let installation = Installation::new(&format!("127.0.0.1:{port}"));
    let certificate = Certificate::make(installation.folder.path(), "own");
    let installation = installation.with_certificate(&certificate.chain, &certificate.key);
    let installation = installation.with_mirror(lines);
    let serving = installation.serve();
    OwnTls { installation, serving, certificate, port }
}

/// What `openssl` tells about a handshake of one version of TLS.
fn handshake(port: u16, version: &str) -> String {
    let done = openssl()
        .args(["s_client", version, "-cipher", "DEFAULT@SECLEVEL=0", "-connect"])
        .arg(format!("127.0.0.1:{port}"))
        .stdin(Stdio::null())
        .output()
        .expect("`openssl`: install the Debian package openssl");
    let (said, failed) = (done.stdout, done.stderr);
    format!("{}{}", String::from_utf8_lossy(&said), String::from_utf8_lossy(&failed))
}

#[test]
fn new_versions_of_tls_are_spoken_and_old_ones_refused() {
    let house = own_tls();
    for (version, name) in [("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")] {
        let said = handshake(house.port, version);
        assert!(said.contains(&format!("New, {name}, Cipher is")), "{said}");
    }
    for version in ["-tls1", "-tls1_1"] {
        let said = handshake(house.port, version);
        // The refusal is the portal's, and not that of a careful `openssl`.
        assert!(said.contains("SSL alert number"), "{version}: {said}");
        assert!(said.contains("Cipher is (NONE)"), "{version}: {said}");
    }
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let way = Way::tls_of(house.port, &house.certificate.chain, &[version]);
        let page = Person::new(&way, REPORTER_HOST).get("/");
        assert_eq!(page.status, StatusCode::OK);
        let hsts = page.headers["strict-transport-security"].to_str().unwrap();
        assert!(hsts.starts_with("max-age="), "{hsts}");
        assert!(!page.headers.contains_key("server") && !page.headers.contains_key("date"));
    }
    let said = house.serving.stop();
    assert!(!said.contains("127."), "no address in the log: {said}");
}

#[test]
fn one_visit_is_not_tied_to_another_by_a_session_of_tls() {
    let house = own_tls();
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        // One browser, which remembers whatever it is offered.
        let way = Way::tls_of(house.port, &house.certificate.chain, &[version]);
        let Way::Tls(port, config) = &way else { panic!("TLS") };
        for visit in 0..2 {
            let name = REPORTER_HOST.try_into().unwrap();
            let connection = ClientConnection::new(config.clone(), name).unwrap();
            let mut stream = StreamOwned::new(connection, tcp(*port));
            let request = format!("GET / HTTP/1.1\r\nHost: {REPORTER_HOST}\r\n\r\n");
            stream.write_all(request.as_bytes()).unwrap();
            stream.read_exact(&mut [0; 64]).unwrap();
            let (kind, tickets) =
                (stream.conn.handshake_kind(), stream.conn.tls13_tickets_received());
            assert_eq!(kind, Some(HandshakeKind::Full), "visit {visit}, {version:?}");
            assert_eq!(tickets, 0, "{version:?}");
        }
    }
}

#[test]
fn who_comes_from_a_network_of_the_organisation_is_stopped_by_the_address_alone() {
    // The tests' people have 127.84.61.93.
    for (networks, stops) in [("127.84.0.0/16", true), ("127.85.0.0/16", false)] {
        let house = own_tls_with(&format!("own_networks = [\"{networks}\"]\n"));
        let way = Way::tls(house.port, &house.certificate.chain);
        let mut person = Person::new(&way, REPORTER_HOST);
        let page = person.get("/report");
        assert_eq!(page.has("a[href^='?anyway']"), stops, "{networks}");
        assert_eq!(person.cookies.is_empty(), stops, "{networks}");
        let said = house.serving.stop();
        assert!(!said.contains("127."), "no address in the log: {said}");
    }
}

#[test]
fn networks_that_are_none_and_networks_behind_a_proxy_are_refused_at_start() {
    let none = Installation::new("127.0.0.1:0").with_mirror("own_networks = [\"127.0.0.1/40\"]\n");
    let said = none.refuses_to_serve();
    assert!(said.contains("own_networks"), "{said}");
    let behind = Installation::new("127.0.0.1:0").with_mirror("own_networks = [\"10.0.0.0/8\"]\n");
    let said = behind.refuses_to_serve();
    assert!(said.contains("own_networks") && said.contains("proxy"), "{said}");
}

#[test]
fn doctor_tells_whether_a_server_runs() {
    let house = own_tls();
    let doctor = || {
        let folder = house.installation.folder.path();
        let done = Command::new(program()).current_dir(folder).args(["doctor", "--json"]).output();
        String::from_utf8(done.unwrap().stdout).unwrap()
    };
    let said = doctor();
    assert!(said.contains(r#"{"name":"server","state":"OK","detail":"running"}"#), "{said}");
    house.serving.stop();
    let said = doctor();
    assert!(said.contains(r#"{"name":"server","state":"WARN","#), "{said}");
}

#[test]
fn plain_http_gets_no_page_from_a_door_with_tls() {
    let house = own_tls();
    let mut stream = tcp(house.port);
    let request = format!("GET / HTTP/1.1\r\nHost: {REPORTER_HOST}\r\n\r\n");
    let mut answer = Vec::new();
    // A connection that is reset is as good an end as any.
    let _ = stream.write_all(request.as_bytes());
    let _ = stream.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP/"), "{}", String::from_utf8_lossy(&answer));
}

#[test]
fn a_key_that_does_not_fit_its_certificate_is_refused_at_start() {
    let installation = Installation::new("127.0.0.1:0");
    let folder = installation.folder.path().to_owned();
    let (one, other) = (Certificate::make(&folder, "one"), Certificate::make(&folder, "other"));
    let installation = installation.with_certificate(&one.chain, &other.key);
    let said = installation.refuses_to_serve();
    assert!(said.contains("certificate and key do not belong together"), "{said}");
}

#[test]
fn a_certificate_that_is_not_there_is_named() {
    let installation = Installation::new("127.0.0.1:0");
    let nowhere = installation.folder.path().join("nowhere.crt");
    let said = installation.with_certificate(&nowhere, &nowhere).refuses_to_serve();
    assert!(said.contains("nowhere.crt"), "{said}");
}

/// A mirror with TLS in this process, where time can be moved.
async fn listening() -> (House, Certificate, std::net::SocketAddr, Connections) {
    listening_with(false).await
}

/// The same, before which a proxy may pass all connections through.
async fn listening_with(
    passed_through: bool,
) -> (House, Certificate, std::net::SocketAddr, Connections) {
    let house = House::empty().await;
    let certificate = Certificate::make(house.folder.path(), "own");
    let listen = Listen::from_settings(&config::Mirror {
        listen: "127.0.0.1:0".to_owned(),
        certificate: Some(certificate.chain.clone()),
        key: Some(certificate.key.clone()),
        passed_through,
        ..house.config.mirror.clone().unwrap()
    });
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mirror = Mirror::bind(&listen.unwrap(), Networks::default()).await.unwrap();
    let address = mirror.address().unwrap();
    let connections = Connections::new(house.app.clone());
    tokio::spawn(mirror.run(connections.clone()));
    (house, certificate, address, connections)
}

#[tokio::test]
async fn a_handshake_that_does_not_come_is_not_waited_for() {
    let (_house, _, address, _connections) = listening().await;
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    // The first bytes of a greeting, and then nothing.
    stream.write_all(&[0x16, 0x03, 0x01]).await.unwrap();
    tokio::time::pause();
    let start = tokio::time::Instant::now();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    assert!(start.elapsed().as_secs() <= 16, "{:?}", start.elapsed());
    assert!(start.elapsed().as_secs() >= 14, "{:?}", start.elapsed());
}

#[tokio::test]
async fn one_network_cannot_take_every_place_at_the_mirror() {
    let (_house, _, address, _connections) = listening().await;
    let connect = async |from: [u8; 4]| {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind((from, 0).into()).unwrap();
        socket.connect(address).await.unwrap()
    };
    let mut silent = Vec::new();
    for _ in 0..sluse::limits::LANE_CONNECTIONS {
        silent.push(connect([127, 84, 61, 93]).await);
    }
    let mut refused = connect([127, 84, 61, 94]).await;
    let mut byte = [0; 1];
    // Long before a handshake that does not come is given up.
    let closed = tokio::time::timeout(Duration::from_secs(5), refused.read(&mut byte)).await;
    assert_eq!(closed.expect("it is closed").unwrap(), 0, "one too many from this network");
    // A bucket may hold two networks, but hardly these four and that one.
    let mut others = Vec::new();
    for network in 1..5 {
        let mut other = connect([127, 0, network, 1]).await;
        // What is no greeting of TLS is answered with an alert, by whoever serves.
        other.write_all(&[0; 64]).await.unwrap();
        let mut answer = Vec::new();
        let _ = other.read_to_end(&mut answer).await;
        others.push(answer.len());
    }
    assert!(others.iter().any(|length| *length > 0), "others are served: {others:?}");
    drop(silent);
}

/// Whoever is behind a proxy that passes TCP through has its address.
#[tokio::test]
async fn a_proxy_before_our_tls_is_no_network_that_takes_every_place() {
    for (passed_through, from) in [(false, [127, 0, 0, 1]), (true, [127, 84, 61, 93])] {
        let (_house, _, address, _connections) = listening_with(passed_through).await;
        let mut open = Vec::new();
        for _ in 0..=sluse::limits::LANE_CONNECTIONS {
            let socket = tokio::net::TcpSocket::new_v4().unwrap();
            socket.bind((from, 0).into()).unwrap();
            open.push(socket.connect(address).await.unwrap());
        }
        let mut last = open.pop().unwrap();
        // What is no greeting of TLS is answered with an alert, by whoever serves.
        last.write_all(&[0; 64]).await.unwrap();
        let mut answer = Vec::new();
        let _ = last.read_to_end(&mut answer).await;
        assert!(!answer.is_empty(), "{from:?}");
    }
}

#[test]
fn of_who_comes_through_a_proxy_before_our_tls_nothing_is_claimed() {
    let house = own_tls();
    let way = Way::tls(house.port, &house.certificate.chain);
    assert!(Person::new(&way, REPORTER_HOST).get("/").has(".arrival"), "over the open net");
    drop(house);
    let house = own_tls_with("passed_through = true\n");
    let way = Way::tls(house.port, &house.certificate.chain);
    assert!(!Person::new(&way, REPORTER_HOST).get("/").has(".arrival"));
}

#[tokio::test]
async fn a_head_that_trickles_is_not_waited_for() {
    let house = House::empty().await;
    let connections = Connections::new(house.app.clone());
    let (mut ours, theirs) = tokio::io::duplex(1 << 16);
    let place = connections.place(Entrance::Mirror).await.unwrap();
    let served = connections.clone();
    tokio::spawn(async move {
        served.serve(theirs, front(sluse::web::Door::Mirror), place).await;
    });
    tokio::time::pause();
    let start = tokio::time::Instant::now();
    ours.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
    let trickle = async {
        // One header every ten seconds keeps a careless server for ever.
        for number in 0.. {
            tokio::time::sleep(std::time::Duration::from_secs(10)).await;
            if ours.write_all(format!("X-{number}: a\r\n").as_bytes()).await.is_err() {
                break;
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_mins(10), trickle).await.unwrap();
    assert!(start.elapsed() <= sluse::limits::HEAD_TIME * 2, "{:?}", start.elapsed());
}
