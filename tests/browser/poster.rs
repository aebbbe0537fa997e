//! The poster, as a telephone sees it that is held before it: `zbarimg` reads QR codes and
//! knows nothing of ours.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::Command;

use sluse::transport::mirror::{Listen, Mirror};
use sluse::transport::{Connections, Networks};
use tokio::runtime::Runtime;

use crate::browsers::chromium_like_a_phone;
use crate::gallery;
use crate::sight;
use crate::support::{House, REPORTER_ONION};
use crate::webdriver::free_port;

#[test]
fn qr_codes_on_the_poster_lead_to_the_two_addresses_printed_beside_them() {
    let port = free_port();
    // In this process: an onion address takes a Tor network everywhere else.
    let runtime = Runtime::new().unwrap();
    let _house = runtime.block_on(open(port));
    let browser = chromium_like_a_phone(None, "da");
    browser.open(&format!("http://127.0.0.1:{port}/poster"));
    let mut addresses = browser.all(".poster .typed");
    addresses.sort();
    assert_eq!(addresses.len(), 2, "{addresses:?}");
    assert!(addresses.contains(&format!("http://{REPORTER_ONION}")), "{addresses:?}");
    let folder = tempfile::tempdir().unwrap();
    let screen = folder.path().join("screen.png");
    std::fs::write(&screen, gallery::picture(&browser)).unwrap();
    assert_eq!(read(&screen), addresses, "on the screen");
    let pdf = folder.path().join("poster.pdf");
    std::fs::write(&pdf, sight::paper(&browser)).unwrap();
    let paper = folder.path().join("paper");
    let mut draw = Command::new("pdftoppm");
    draw.args(["-png", "-singlefile", "-r", "100"]).args([&pdf, &paper]);
    assert!(draw.status().expect("the Debian package poppler-utils").success());
    assert_eq!(read(&paper.with_extension("png")), addresses, "on paper");
}

/// Opens a portal with an address of both kinds to this machine.
async fn open(port: u16) -> House {
    let house = House::with(|config| {
        config.mirror.as_mut().unwrap().reporter_host = format!("127.0.0.1:{port}");
    });
    let house = house.await;
    let here = Listen::Plain(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let mirror = Mirror::bind(&here, Networks::default()).await.unwrap();
    tokio::spawn(mirror.run(Connections::new(house.app.clone())));
    house
}

/// What the QR codes in a picture say, in order.
fn read(picture: &Path) -> Vec<String> {
    let output = Command::new("zbarimg")
        .args(["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"])
        .arg(picture)
        .output()
        .expect("`zbarimg`: install the Debian package zbar-tools");
    let said = String::from_utf8(output.stdout).unwrap();
    let mut codes: Vec<String> = said.lines().map(str::to_owned).collect();
    codes.sort();
    codes
}
