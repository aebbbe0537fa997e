//! Stands between a browser and the portal, and keeps every page as it was sent. What a
//! driver calls the source is what the browser made of it: mended, and without a length.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, ServerConfig, ServerConnection, StreamOwned,
};

use crate::certificate::Certificate;
use crate::support::{Page, wire};

/// A proxy on a port of this machine.
pub struct Recorder {
    address: SocketAddr,
    kept: Arc<Mutex<Vec<Exchange>>>,
}

/// One request, and what came back.
struct Exchange {
    /// Whether it is a page, and no frame or style sheet of one.
    is_page: bool,
    /// Its path is the whole address.
    answer: Page,
}

/// Both ends of TLS: the portal's, which the browser trusts, and the browser's.
#[derive(Clone)]
struct Tls {
    server: Arc<ServerConfig>,
    client: Arc<ClientConfig>,
}

impl Recorder {
    /// Between a browser and a portal that has this certificate, if it has one.
    pub fn start(certificate: Option<&Certificate>) -> Recorder {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let kept = Arc::<Mutex<Vec<Exchange>>>::default();
        let (shared, tls) = (kept.clone(), certificate.map(Tls::new));
        thread::spawn(move || {
            for browser in listener.incoming().flatten() {
                let (shared, tls) = (shared.clone(), tls.clone());
                thread::spawn(move || pass_on(browser, tls.as_ref(), &shared));
            }
        });
        Recorder { address, kept }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The page that was loaded last.
    pub fn page(&self) -> Page {
        let kept = self.kept.lock().unwrap();
        let is_shown = |found: &&Exchange| found.is_page && !found.answer.status.is_redirection();
        kept.iter().rev().find(is_shown).expect("a page").answer.clone()
    }

    /// What came last from this path at the host of a page.
    pub fn part(&self, page: &Page, path: &str) -> Page {
        let kept = self.kept.lock().unwrap();
        let host = page.path.split('/').take(3).collect::<Vec<_>>().join("/");
        let address = format!("{host}{path}");
        let part = kept.iter().rev().find(|found| found.answer.path == address);
        part.unwrap_or_else(|| panic!("{address} was never asked for")).answer.clone()
    }
}

impl Tls {
    fn new(certificate: &Certificate) -> Tls {
        let chain = CertificateDer::from_pem_file(&certificate.chain).unwrap();
        let key = PrivateKeyDer::from_pem_file(&certificate.key).unwrap();
        let mut trusted = RootCertStore::empty();
        trusted.add(chain.clone()).unwrap();
        let ring = || Arc::new(rustls::crypto::ring::default_provider());
        let server = ServerConfig::builder_with_provider(ring());
        let server = server.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        let client = ClientConfig::builder_with_provider(ring());
        let client = client.with_safe_default_protocol_versions().unwrap();
        Tls {
            server: Arc::new(server.with_single_cert(vec![chain], key).unwrap()),
            client: Arc::new(client.with_root_certificates(trusted).with_no_client_auth()),
        }
    }
}

/// Passes one request on. None if it is for another site, to which no way leads from here.
fn pass_on(mut browser: TcpStream, tls: Option<&Tls>, kept: &Mutex<Vec<Exchange>>) -> Option<()> {
    let mut reader = BufReader::new(browser.try_clone().ok()?);
    let request = head(&mut reader)?;
    let [method, address, _] = request.0.split(' ').collect::<Vec<_>>()[..] else { return None };
    if method != "CONNECT" {
        let host = address.strip_prefix("http://")?.split('/').next()?;
        let portal = TcpStream::connect(host).ok()?;
        let origin = format!("http://{host}");
        return exchange(&request, reader, browser, portal, &origin, kept);
    }
    let (name, port) = address.split_once(':')?;
    let tls = tls?;
    let portal = TcpStream::connect((Ipv4Addr::LOCALHOST, port.parse().ok()?)).ok()?;
    let name = ServerName::try_from(name.to_owned()).ok()?;
    let portal = StreamOwned::new(ClientConnection::new(tls.client.clone(), name).ok()?, portal);
    browser.write_all(b"HTTP/1.1 200 OK\r\n\r\n").ok()?;
    let mut browser = StreamOwned::new(ServerConnection::new(tls.server.clone()).ok()?, browser);
    let mut reader = BufReader::new(&mut browser);
    let request = head(&mut reader)?;
    let length = length(&request.1);
    let mut body = Vec::new();
    reader.take(length).read_to_end(&mut body).ok()?;
    exchange(&request, &*body, browser, portal, &format!("https://{address}"), kept)
}

/// Sends one request and its body to the portal, and the answer back.
fn exchange(
    (first, lines): &(String, Vec<String>),
    body: impl Read,
    mut browser: impl Write,
    mut portal: impl Read + Write,
    origin: &str,
    kept: &Mutex<Vec<Exchange>>,
) -> Option<()> {
    let [method, address, _] = first.split(' ').collect::<Vec<_>>()[..] else { return None };
    let path = address.strip_prefix(origin).unwrap_or(address);
    // One request on a connection: what the portal says ends with it.
    let others = lines.iter().filter(|line| !line.to_ascii_lowercase().contains("connection: "));
    let others: Vec<&str> = others.map(String::as_str).collect();
    let others = others.join("\r\n");
    write!(portal, "{method} {path} HTTP/1.1\r\n{others}\r\nConnection: close\r\n\r\n").ok()?;
    std::io::copy(&mut body.take(length(lines)), &mut portal).ok()?;
    portal.flush().ok()?;
    let mut bytes = Vec::new();
    portal.read_to_end(&mut bytes).ok()?;
    let answer = wire::page(&format!("{origin}{path}"), &bytes)?;
    let is_page = value(lines, "sec-fetch-dest") == "document";
    // First of all: whoever sees the page may ask for it at once.
    kept.lock().unwrap().push(Exchange { is_page, answer });
    browser.write_all(&bytes).ok()?;
    browser.flush().ok()
}

/// The value of a header; empty if it was not sent.
fn value<'a>(lines: &'a [String], name: &str) -> &'a str {
    let mut all = lines.iter().filter_map(|line| line.split_once(": "));
    all.find(|(found, _)| found.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
}

/// How long the body of a request is.
fn length(lines: &[String]) -> u64 {
    value(lines, "content-length").parse().unwrap_or(0)
}

/// The first line of a request, and its headers.
fn head(reader: &mut impl BufRead) -> Option<(String, Vec<String>)> {
    let mut lines = reader.lines();
    let first = lines.next()?.ok()?;
    let headers = lines.map_while(Result::ok).take_while(|line| !line.is_empty());
    Some((first, headers.collect()))
}
