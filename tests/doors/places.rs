//! A place at a door: nobody keeps one by doing nothing.
//!
//! The connections are in memory and the time stands still until everybody waits, so that
//! minutes pass in a moment.

use std::time::Duration;

use sluse::limits::{LEAST_RATE_GRACE, UPLOAD_IDLE};
use sluse::transport::{Connections, Entrance};
use sluse::web::Door;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};
use tokio::time::Instant;

use crate::support::browser::BOUNDARY;
use crate::support::{House, REPORTER_HOST, front};

/// Longer than anybody may need.
const EVER: Duration = Duration::from_hours(24);

/// One connection with little room in between, and the end of it at the portal.
async fn connected(house: &House) -> (DuplexStream, tokio::task::JoinHandle<()>) {
    let connections = Connections::new(house.app.clone());
    let (ours, theirs) = tokio::io::duplex(4 << 10);
    let place = connections.place(Entrance::Mirror).await.unwrap();
    let served =
        tokio::spawn(async move { connections.serve(theirs, front(Door::Mirror), place).await });
    tokio::time::pause();
    (ours, served)
}

fn request(method: &str, path: &str, more: &str) -> String {
    format!("{method} {path} HTTP/1.1\r\nHost: {REPORTER_HOST}\r\n{more}\r\n")
}

#[tokio::test]
async fn whoever_asks_and_does_not_read_loses_the_place() {
    let house = House::empty().await;
    let (mut ours, served) = connected(&house).await;
    let start = Instant::now();
    let asking = request("GET", "/nowhere", "").repeat(60);
    let asking = tokio::spawn(async move {
        let _ = ours.write_all(asking.as_bytes()).await;
        // Nothing is read, and nothing is closed.
        tokio::time::sleep(EVER).await;
        drop(ours);
    });
    served.await.unwrap();
    assert!(start.elapsed() >= UPLOAD_IDLE, "{:?}", start.elapsed());
    assert!(start.elapsed() <= UPLOAD_IDLE * 2, "{:?}", start.elapsed());
    asking.abort();
}

#[tokio::test]
async fn whoever_reads_slowly_keeps_the_place_until_the_page_has_come() {
    let house = House::empty().await;
    let (mut ours, served) = connected(&house).await;
    let closing = request("GET", "/nowhere", "Connection: close\r\n");
    ours.write_all(closing.as_bytes()).await.unwrap();
    let mut page = Vec::new();
    let mut piece = vec![0; 1 << 10];
    loop {
        tokio::time::sleep(UPLOAD_IDLE / 4).await;
        match ours.read(&mut piece).await.unwrap() {
            0 => break,
            read => page.extend_from_slice(&piece[..read]),
        }
    }
    assert!(String::from_utf8_lossy(&page).contains("</html>"));
    served.await.unwrap();
}

#[tokio::test]
async fn an_upload_that_trickles_loses_the_place() {
    let house = House::empty().await;
    let mut reporter = house.reporter();
    reporter.get("/report").await;
    let (name, value) = reporter.cookies.first_key_value().expect("the cookie of a visit");
    let (mut ours, served) = connected(&house).await;
    let start = Instant::now();
    let kind = format!("Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n");
    let head = request(
        "POST",
        "/report",
        &format!("{kind}Cookie: {name}={value}\r\nContent-Length: 100000\r\n"),
    );
    ours.write_all(head.as_bytes()).await.unwrap();
    let begin = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"token\"\r\nX: ");
    ours.write_all(begin.as_bytes()).await.unwrap();
    while start.elapsed() < EVER && ours.write_all(b"a").await.is_ok() {
        tokio::time::sleep(UPLOAD_IDLE * 9 / 10).await;
    }
    served.await.unwrap();
    assert!(start.elapsed() >= LEAST_RATE_GRACE, "{:?}", start.elapsed());
    assert!(start.elapsed() <= LEAST_RATE_GRACE + UPLOAD_IDLE * 3, "{:?}", start.elapsed());
}
