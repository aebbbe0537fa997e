//! Pictures of every page, for people to look at: `target/gallery/index.html`.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::webdriver::Session;

/// Height of a phone's window, and of what Chromium puts around a page.
const PHONE: u32 = 740;
const FRAME: u32 = 150;
/// One at a time writes the index.
static INDEX: Mutex<()> = Mutex::new(());

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/gallery");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Takes a picture of the whole page.
pub fn hang(session: &Session, name: &str, language: &str, width: u32) {
    let firefox = session.command("GET", "/moz/screenshot/full", &Value::Null);
    let picture = firefox.unwrap_or_else(|_| chromium(session, width));
    let png = BASE64.decode(picture.as_str().unwrap().as_bytes()).unwrap();
    std::fs::write(folder().join(format!("{name}-{language}-{width}.png")), png).unwrap();
}

/// Chromium shows the whole page only in a window that is as high.
fn chromium(session: &Session, width: u32) -> Value {
    let wish = json!({ "cmd": "Page.getLayoutMetrics", "params": {} });
    let measures = session.command("POST", "/goog/cdp/execute", &wish).unwrap();
    let height = measures["cssContentSize"]["height"].as_u64().unwrap() as u32;
    session.resize(width, height + FRAME);
    let picture = session.command("GET", "/screenshot", &Value::Null).unwrap();
    session.resize(width, PHONE);
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
