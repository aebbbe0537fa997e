//! A report over a line like Tor's on a bad day: 20 KB in a second, and a second until an
//! answer begins.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::client::{Person, Way, enrolled_handler};
use crate::installation::Installation;
use crate::nginx::free_port;
use crate::support::browser::Upload;
use crate::support::{REPORTER_HOST, pictures};

/// Bytes in a second, each way.
const RATE: u64 = 20_000;
/// From one end to the other; there and back is a second.
const ONE_WAY: Duration = Duration::from_millis(500);
/// What the line takes at once.
const PIECE: usize = 1000;
/// How much longer a report may take than its bytes and round trips do.
const RATIO: f64 = 1.5;
const PHOTO: usize = 2_000_000;

/// A line to a port of this machine.
struct Line {
    port: u16,
    bytes: Arc<AtomicU64>,
    connections: Arc<AtomicU64>,
}

impl Line {
    fn to(port: u16) -> Line {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let line = Line {
            port: listener.local_addr().unwrap().port(),
            bytes: Arc::default(),
            connections: Arc::default(),
        };
        let (bytes, connections) = (line.bytes.clone(), line.connections.clone());
        thread::spawn(move || {
            for near in listener.incoming().flatten() {
                connections.fetch_add(1, Relaxed);
                let far = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
                for (from, to) in [(&near, &far), (&far, &near)] {
                    let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                    carry(from, to, bytes.clone());
                }
            }
        });
        line
    }
}

/// Carries bytes one way: each piece after those before it, and not before it has come all
/// the way. Waiting is what a line is made of; no test waits for something to happen.
fn carry(mut from: TcpStream, mut to: TcpStream, bytes: Arc<AtomicU64>) {
    // What is on its way fits into the line, and the rest waits at its beginning.
    let on_the_way = RATE as usize * 2 * ONE_WAY.as_millis() as usize / 1000 / PIECE;
    let (give, take) = mpsc::sync_channel::<(Instant, Vec<u8>)>(on_the_way);
    thread::spawn(move || {
        let mut free = Instant::now();
        while let Ok((began, piece)) = take.recv() {
            let takes = Duration::from_secs_f64(piece.len() as f64 / RATE as f64);
            free = free.max(began) + takes;
            let arrives = free + ONE_WAY;
            thread::sleep(arrives.saturating_duration_since(Instant::now()));
            if to.write_all(&piece).is_err() {
                return;
            }
        }
        let _ = to.shutdown(Shutdown::Write);
    });
    thread::spawn(move || {
        let mut piece = vec![0; PIECE];
        while let Ok(length @ 1..) = from.read(&mut piece) {
            bytes.fetch_add(length as u64, Relaxed);
            if give.send((Instant::now(), piece[..length].to_vec())).is_err() {
                return;
            }
        }
    });
}

/// A photograph of noise, which no camera takes and nothing makes smaller.
fn large_photo() -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let photo = pictures::noise_of(1400, 1200, || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_be_bytes()[0]
    });
    assert!(photo.len() >= PHOTO, "{} bytes", photo.len());
    photo
}

#[test]
fn a_report_with_a_large_photo_takes_hardly_longer_than_its_bytes_over_a_slow_line() {
    let port = free_port();
    let installation = Installation::new(&format!("127.0.0.1:{port}"));
    let _serving = installation.serve();
    let mut anna = enrolled_handler(&Way::Plain(port), &installation.link);
    let line = Line::to(port);
    let mut reporter = Person::new(&Way::Plain(line.port), REPORTER_HOST);
    let photo = large_photo();
    let begun = Instant::now();
    let front = reporter.get("/");
    reporter.get(&front.attributes("link[rel=stylesheet]", "href")[0]);
    reporter.get("/report");
    reporter.get("/report/story");
    reporter.upload("/report", "Se billedet.", &[]);
    let around = reporter.get("/report/files");
    reporter.get(&around.attributes("iframe[src]", "src")[0]);
    reporter.page = Some(around);
    let file = [Upload { name: "IMG_2041.jpg", bytes: &photo }];
    let list = reporter.upload("/report/files", "Se billedet.", &file);
    assert_eq!(list.path, "/report/files/list", "{}", list.text());
    let check = reporter.get("/report/check");
    assert!(!check.has(".files__refused"), "{}", check.text());
    let code = reporter.submit("/report/send", &[]).code();
    assert_eq!(reporter.submit("/receipt", &[("code", &code)]).path, "/receipt/kept");
    let took = begun.elapsed().as_secs_f64();

    let carried = line.bytes.load(Relaxed) as f64 / RATE as f64;
    let trips = line.connections.load(Relaxed) as f64 * 2.0 * ONE_WAY.as_secs_f64();
    let ratio = (took - trips) / carried;
    eprintln!(
        "{took:.1} s for {:.0} KB: {carried:.1} s of bytes and {trips:.0} s of round trips; {ratio:.2}",
        line.bytes.load(Relaxed) as f64 / 1000.0
    );
    assert!(ratio <= RATIO, "{took:.1} s for {carried:.1} s of bytes, {trips:.0} s of trips");
    assert!(took >= carried / 2.0, "the line is slow");
    let case = anna.get("/").attributes("a[href^='/cases/']", "href")[0].clone();
    assert_eq!(anna.get(&case).attributes("a[href*='/files/']", "href").len(), 1);
}
