//! Pictures of every page, for people to look at: `target/gallery/index.html`.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::webdriver::Session;

/// A phone's window, and the height of what Chromium puts around a page.
const PHONE: (u32, u32) = (360, 740);
const FRAME: u32 = 150;
/// One at a time writes the index.
static INDEX: Mutex<()> = Mutex::new(());

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/gallery");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Where pages are kept as they were sent in one language; empty.
pub fn pages(language: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pages").join(language);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Takes a picture of the whole page. `look` says how it is looked at.
pub fn hang(session: &Session, name: &str, look: &str) {
    std::fs::write(folder().join(format!("{name}-{look}.png")), picture(session)).unwrap();
}

/// The whole page, as PNG.
pub fn picture(session: &Session) -> Vec<u8> {
    let firefox = session.command("GET", "/moz/screenshot/full", &Value::Null);
    let picture = firefox.unwrap_or_else(|_| chromium(session));
    BASE64.decode(picture.as_str().unwrap().as_bytes()).unwrap()
}

/// Chromium shows the whole page only in a window that is as high.
fn chromium(session: &Session) -> Value {
    let wish = json!({ "cmd": "Page.getLayoutMetrics", "params": {} });
    let measures = session.command("POST", "/goog/cdp/execute", &wish).unwrap();
    let height = measures["cssContentSize"]["height"].as_u64().unwrap() as u32;
    session.resize(PHONE.0, height + FRAME);
    let picture = session.command("GET", "/screenshot", &Value::Null).unwrap();
    session.resize(PHONE.0, PHONE.1);
    picture
}

/// Writes the page that shows them all.
pub fn index() {
    let _one = INDEX.lock().unwrap();
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter(|name| name != "index.html")
        .collect();
    names.sort();
    let mut page = "<!doctype html><meta charset=\"utf-8\"><title>Gallery</title>".to_owned();
    for name in names {
        page.extend(["<h2>", &name, "</h2><img alt=\"\" border=\"1\" src=\"", &name, "\">\n"]);
    }
    std::fs::write(folder().join("index.html"), page).unwrap();
}
