//! A browser without a script, over real connections.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, SocketAddr};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::http::header::{CONTENT_LENGTH, LOCATION, SET_COOKIE, TRANSFER_ENCODING};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use sluse::domain::SecondFactor;

use crate::support::browser::{BOUNDARY, Upload, multipart};
use crate::support::{HANDLER_HOST, Page};

/// From where the tests' people come. Nobody else has this address.
pub const ADDRESS: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(127, 84, 61, 93));
/// How their browser calls itself.
pub const AGENT: &str = "Kanariebrowser/61";
pub const PASSWORD: &str = "en lang kanarieadgangskode";

pub trait Wire: Read + Write + Send {}
impl<T: Read + Write + Send> Wire for T {}

/// How a browser reaches the portal.
#[derive(Clone)]
pub enum Way {
    Plain(u16),
    Socket(PathBuf),
    Tls(u16, Arc<ClientConfig>),
}

impl Way {
    /// TLS, with trust in one certificate.
    pub fn tls(port: u16, certificate: &Path) -> Way {
        Way::tls_of(port, certificate, rustls::DEFAULT_VERSIONS)
    }

    pub fn tls_of(
        port: u16,
        certificate: &Path,
        versions: &[&'static rustls::SupportedProtocolVersion],
    ) -> Way {
        let mut trusted = RootCertStore::empty();
        trusted.add(CertificateDer::from_pem_file(certificate).unwrap()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .unwrap()
            .with_root_certificates(trusted)
            .with_no_client_auth();
        Way::Tls(port, Arc::new(config))
    }

    fn open(&self, host: &str) -> Box<dyn Wire> {
        match self {
            Way::Plain(port) => Box::new(tcp(*port)),
            Way::Socket(path) => Box::new(UnixStream::connect(path).unwrap()),
            Way::Tls(port, config) => {
                let name = host.split(':').next().unwrap().to_owned();
                let name = ServerName::try_from(name).unwrap();
                let connection = ClientConnection::new(config.clone(), name).unwrap();
                Box::new(StreamOwned::new(connection, tcp(*port)))
            }
        }
    }
}

/// A connection from the address that may leave no trace.
pub fn tcp(port: u16) -> std::net::TcpStream {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
    let stream = runtime.block_on(async {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::new(ADDRESS, 0)).unwrap();
        let to = SocketAddr::from(([127, 0, 0, 1], port));
        socket.connect(to).await.unwrap().into_std().unwrap()
    });
    stream.set_nonblocking(false).unwrap();
    stream
}

pub struct Person {
    way: Way,
    host: String,
    pub cookies: BTreeMap<String, String>,
    pub page: Option<Page>,
}

/// A request that was begun.
pub struct Begun(Box<dyn Wire>);

impl Begun {
    /// Sends more of it.
    pub fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).unwrap();
        self.0.flush().unwrap();
    }

    /// Reads the answer.
    pub fn answer(self, path: &str) -> Page {
        read_answer(BufReader::new(self.0), path)
    }
}

impl Person {
    pub fn new(way: &Way, host: &str) -> Person {
        Person { way: way.clone(), host: host.to_owned(), cookies: BTreeMap::new(), page: None }
    }

    /// Sends the head of a request.
    pub fn begin(&self, method: &str, path: &str, more: &[(&str, String)]) -> Begun {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nUser-Agent: {AGENT}\r\n\
             Accept-Language: da\r\nConnection: close\r\nCookie: {}\r\n",
            self.host,
            cookies.join("; ")
        );
        for (name, value) in more {
            head.extend([*name, ": ", value, "\r\n"]);
        }
        let mut begun = self.connect();
        begun.send(format!("{head}\r\n").as_bytes());
        begun
    }

    /// A connection on which nothing was said.
    pub fn connect(&self) -> Begun {
        Begun(self.way.open(&self.host))
    }

    fn request(&mut self, method: &str, path: &str, kind: &str, body: &[u8]) -> Page {
        let mut more = Vec::new();
        if !kind.is_empty() {
            more.push(("Content-Type", kind.to_owned()));
            more.push(("Content-Length", body.len().to_string()));
        }
        let mut begun = self.begin(method, path, &more);
        begun.send(body);
        let page = begun.answer(path);
        self.keep_cookies(&page);
        page
    }

    pub fn keep_cookies(&mut self, page: &Page) {
        for cookie in page.headers.get_all(SET_COOKIE) {
            let (pair, attributes) = cookie.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    pub fn follow(&mut self, mut page: Page) -> Page {
        while page.status == StatusCode::SEE_OTHER {
            let path = page.headers[LOCATION].to_str().unwrap().to_owned();
            page = self.request("GET", &path, "", b"");
        }
        self.page = Some(page.clone());
        page
    }

    pub fn get(&mut self, path: &str) -> Page {
        let page = self.request("GET", path, "", b"");
        self.follow(page)
    }

    fn fields(&self, action: &str, fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut all = self.page.as_ref().expect("a page with a form").hidden_fields(action);
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        all
    }

    /// Sends the form that leads to `action`; an empty one leads to its own page.
    pub fn submit(&mut self, action: &str, fields: &[(&str, &str)]) -> Page {
        let body = serde_urlencoded::to_string(self.fields(action, fields)).unwrap();
        let here = self.page.as_ref().unwrap().path.clone();
        let path = if action.is_empty() { &here } else { action };
        let page = self.request("POST", path, "application/x-www-form-urlencoded", body.as_bytes());
        self.follow(page)
    }

    /// The bytes of a form with files.
    pub fn form(&self, action: &str, text: &str, files: &[Upload<'_>]) -> Vec<u8> {
        multipart(&self.fields(action, &[("text", text)]), files)
    }

    /// Sends a form with files.
    pub fn upload(&mut self, action: &str, text: &str, files: &[Upload<'_>]) -> Page {
        let body = self.form(action, text, files);
        let page = self.request("POST", action, &multipart_kind(), &body);
        self.follow(page)
    }

    /// Sends only the first `bytes` of a form with files.
    pub fn begin_upload(&self, action: &str, body: &[u8], bytes: usize) -> Begun {
        let length = body.len().to_string();
        let head = [("Content-Type", multipart_kind()), ("Content-Length", length)];
        let mut begun = self.begin("POST", action, &head);
        begun.send(&body[..bytes]);
        begun
    }
}

fn multipart_kind() -> String {
    format!("multipart/form-data; boundary={BOUNDARY}")
}

/// All that must be in place before reports are taken.
const OPENED: [(&str, &str); 6] = [
    ("done", "policy"),
    ("done", "known"),
    ("done", "staff"),
    ("done", "privacy"),
    ("done", "ways"),
    ("done", "tried"),
];

/// The first handler, enrolled by the link and signed in, who has opened the portal.
pub fn enrolled_handler(way: &Way, link: &str) -> Person {
    let mut anna = Person::new(way, HANDLER_HOST);
    let page = anna.get(link);
    let secret = page.all(".code")[0].replace(' ', "");
    let secret = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let factor = SecondFactor::from_bytes(&secret).unwrap();
    let now = || sluse::clock::Clock::system().unix_seconds().cast_unsigned();
    let code = factor.code_at(now()).unwrap();
    let fields = [("password", PASSWORD), ("repeated", PASSWORD), ("code", code.as_str())];
    assert_eq!(anna.submit("", &fields).path, "/enrolled?vouched");
    anna.get("/sign-in");
    // The code of this step was used; phones may be one step ahead.
    let code = factor.code_at(now() + 30).unwrap();
    let fields = [("name", "anna"), ("password", PASSWORD), ("code", code.as_str())];
    let page = anna.submit("/sign-in", &fields);
    assert_eq!(page.path, "/", "{}", page.text());
    anna.get("/opening");
    assert_eq!(anna.submit("/opening", &OPENED).path, "/opening");
    anna
}

fn read_answer(mut wire: BufReader<Box<dyn Wire>>, path: &str) -> Page {
    let (status, headers) = read_head(&mut wire);
    let body = if headers.get(TRANSFER_ENCODING).is_some_and(|coding| coding == "chunked") {
        read_chunks(&mut wire)
    } else {
        let length = headers.get(CONTENT_LENGTH).map_or("0", |length| length.to_str().unwrap());
        let mut body = vec![0; length.parse().unwrap()];
        wire.read_exact(&mut body).unwrap();
        body
    };
    Page { path: path.to_owned(), status, headers, body }
}

fn line(wire: &mut impl BufRead) -> String {
    let mut line = String::new();
    assert_ne!(wire.read_line(&mut line).unwrap(), 0, "the connection ended");
    line.trim_end().to_owned()
}

fn read_head(wire: &mut impl BufRead) -> (StatusCode, HeaderMap) {
    let first = line(wire);
    let status = first.split(' ').nth(1).and_then(|number| number.parse().ok());
    let mut headers = HeaderMap::new();
    loop {
        let line = line(wire);
        let Some((name, value)) = line.split_once(':') else { break };
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        headers.append(name, HeaderValue::from_str(value.trim()).unwrap());
    }
    (status.expect("a status line"), headers)
}

fn read_chunks(wire: &mut impl BufRead) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let length = u64::from_str_radix(&line(wire), 16).unwrap();
        wire.by_ref().take(length).read_to_end(&mut body).unwrap();
        line(wire);
        if length == 0 {
            return body;
        }
    }
}
