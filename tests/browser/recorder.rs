//! Stands between a browser and the portal, and keeps every page as it was sent. What a
//! driver calls the source is what the browser made of it: mended, and without a length.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

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

impl Recorder {
    pub fn start() -> Recorder {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let kept = Arc::<Mutex<Vec<Exchange>>>::default();
        let shared = kept.clone();
        thread::spawn(move || {
            for browser in listener.incoming().flatten() {
                let shared = shared.clone();
                thread::spawn(move || pass_on(&browser, &shared));
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

/// Passes one request on. None if it is for another site, to which no way leads from here.
fn pass_on(browser: &TcpStream, kept: &Mutex<Vec<Exchange>>) -> Option<()> {
    let mut reader = BufReader::new(browser);
    let (first, lines) = head(&mut reader)?;
    let [method, address, _] = first.split(' ').collect::<Vec<_>>()[..] else { return None };
    let (host, path) = address.strip_prefix("http://")?.split_once('/')?;
    let value = |name: &str| {
        let mut all = lines.iter().filter_map(|line| line.split_once(": "));
        all.find(|(found, _)| found.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    };
    let mut portal = TcpStream::connect(host).ok()?;
    // One request on a connection: what the portal says ends with it.
    let others = lines.iter().filter(|line| !line.to_ascii_lowercase().contains("connection: "));
    let others: Vec<&str> = others.map(String::as_str).collect();
    let others = others.join("\r\n");
    write!(portal, "{method} /{path} HTTP/1.1\r\n{others}\r\nConnection: close\r\n\r\n").ok()?;
    let length = value("content-length").parse().unwrap_or(0);
    std::io::copy(&mut reader.take(length), &mut portal).ok()?;
    let mut bytes = Vec::new();
    portal.read_to_end(&mut bytes).ok()?;
    let answer = wire::page(address, &bytes)?;
    let is_page = value("sec-fetch-dest") == "document";
    // First of all: whoever sees the page may ask for it at once.
    kept.lock().unwrap().push(Exchange { is_page, answer });
    let mut browser = browser;
    browser.write_all(&bytes).ok()
}

/// The first line of a request, and its headers.
fn head(reader: &mut impl BufRead) -> Option<(String, Vec<String>)> {
    let mut lines = reader.lines();
    let first = lines.next()?.ok()?;
    let headers = lines.map_while(Result::ok).take_while(|line| !line.is_empty());
    Some((first, headers.collect()))
}
