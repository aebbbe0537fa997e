//! A visitor: pages through the SOCKS port of a real Tor client.

use std::io::{Read, Write};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use scraper::{Html, Selector};
use tornet::socks::{self, SocksError};
use tornet::{Control, Network};

/// How long anything may take on a busy machine, short of being broken. arti publishes a
/// descriptor at most once a minute: when the first ones lead nowhere, several minutes pass.
const PATIENCE: Duration = Duration::from_mins(5);
/// After this long, somebody tries once more beside the first try.
const TRY: Duration = Duration::from_secs(12);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(200);

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn parse(bytes: &[u8]) -> Option<Answer> {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Answer { status, head: head.to_owned(), body: body.to_owned() })
    }

    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let named = |line: &str| {
            line.split_once(": ").is_some_and(|(key, _)| key.eq_ignore_ascii_case(name))
        };
        self.head.lines().find(|line| named(line))?.split_once(": ").map(|(_, value)| value)
    }

    /// The cookies, as the next request gives them back.
    pub(crate) fn cookies(&self) -> String {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let set = lines.filter(|(key, _)| key.eq_ignore_ascii_case("set-cookie"));
        set.filter_map(|(_, value)| value.split(';').next()).collect::<Vec<_>>().join("; ")
    }

    /// The form token of the page.
    pub(crate) fn token(&self) -> String {
        self.hidden("token")
    }

    /// A hidden field of the page.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let page = Html::parse_document(&self.body);
        let field = Selector::parse(&format!("input[name={name}]")).unwrap();
        let field = page.select(&field).next();
        field.and_then(|field| field.attr("value")).expect("a form on the page").to_owned()
    }

    /// The text of the first element that `selector` finds.
    pub(crate) fn text(&self, selector: &str) -> Option<String> {
        let page = Html::parse_document(&self.body);
        let found = page.select(&Selector::parse(selector).unwrap()).next()?;
        Some(found.text().collect())
    }
}

/// One visitor, on circuits of their own.
pub(crate) struct Visitor<'a> {
    network: &'a Network,
    name: String,
    address: String,
}

impl<'a> Visitor<'a> {
    pub(crate) fn new(network: &'a Network, name: &str, address: &str) -> Visitor<'a> {
        Visitor { network, name: name.to_owned(), address: address.to_owned() }
    }

    /// Connects to a port; waits for the service to be found.
    pub(crate) fn connect(&self, port: u16) -> Result<std::net::TcpStream, SocksError> {
        socks::connect(self.network.socks_addr(), &self.name, &self.address, port)
    }

    /// Sends one request as it stands, and reads the answer to its end.
    pub(crate) fn send(&self, request: &[u8]) -> Result<Answer, SocksError> {
        send(self.network.socks_addr(), &self.name, &self.address, request)
    }

    /// Asks for a page.
    pub(crate) fn get(&self, path: &str, cookies: &str) -> Answer {
        self.send(head("GET", path, &self.address, cookies, "").as_bytes()).unwrap()
    }

    /// Sends a form without files.
    pub(crate) fn post(&self, path: &str, cookies: &str, body: &str) -> Answer {
        let kind = format!(
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
            body.len()
        );
        let head = head("POST", path, &self.address, cookies, &kind);
        self.send([head.as_bytes(), body.as_bytes()].concat().as_slice()).unwrap()
    }

    /// Sends a form as a browser does that could also send files.
    pub(crate) fn post_multipart(
        &self,
        path: &str,
        cookies: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let mut body = String::new();
        for (name, value) in fields {
            let part = format!(
                "--line\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body += &part;
        }
        body += "--line--\r\n";
        let kind = format!(
            "Content-Type: multipart/form-data; boundary=line\r\nContent-Length: {}\r\n",
            body.len()
        );
        let head = head("POST", path, &self.address, cookies, &kind);
        self.send([head.as_bytes(), body.as_bytes()].concat().as_slice()).unwrap()
    }

    /// Looks until the front page comes and pleases, with fresh circuits and a fresh
    /// descriptor for each look.
    pub(crate) fn wait_for(&self, path: &str, pleases: impl Fn(&Answer) -> bool) -> Answer {
        let mut control = self.network.control().unwrap();
        let request = head("GET", path, &self.address, "", "");
        eventually("the page", || {
            let (give, take) = mpsc::channel();
            let (proxy, address) = (self.network.socks_addr(), self.address.clone());
            let (name, request) = (format!("{}{:?}", self.name, Instant::now()), request.clone());
            thread::spawn(move || give.send(send(proxy, &name, &address, request.as_bytes()).ok()));
            let answer = take.recv_timeout(TRY).ok().flatten().filter(&pleases);
            if answer.is_none() {
                forget(&mut control);
            }
            answer
        })
    }

    /// Looks until the page of a service comes that only those find who have `key`.
    pub(crate) fn wait_with_key(&self, path: &str, key: &str) -> Answer {
        let mut control = self.network.control().unwrap();
        let request = head("GET", path, &self.address, "", "");
        control.add_onion_client_key(&self.address, key).unwrap();
        // arti publishes at most once a minute; until then tor holds an old descriptor.
        eventually("the page behind a key", || {
            forget(&mut control);
            self.send(request.as_bytes()).ok()
        })
    }
}

fn forget(control: &mut Control) {
    control.new_circuits().unwrap();
}

/// The head of a request, in the plainest form there is.
pub(crate) fn head(method: &str, path: &str, host: &str, cookies: &str, more: &str) -> String {
    let cookies = if cookies.is_empty() { String::new() } else { format!("Cookie: {cookies}\r\n") };
    format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{cookies}{more}\r\n")
}

fn send(
    proxy: std::net::SocketAddr,
    name: &str,
    address: &str,
    request: &[u8],
) -> Result<Answer, SocksError> {
    let mut stream = socks::connect(proxy, name, address, 80)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(request)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(Answer::parse(&answer).ok_or(std::io::Error::from(std::io::ErrorKind::InvalidData))?)
}

/// Looks again and again, and gives up with `what` in the message.
pub(crate) fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < until, "{what} did not come");
        thread::sleep(PAUSE);
    }
}
