//! Pages as people see them who make them large, choose their own colours, or print them.
//! In Chromium, which can be told all three.

use std::io::Write as _;
use std::process::{Command, Stdio};

use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::webdriver::Session;

/// WCAG 1.4.10: a window of 1280 by 1024 at 400 %. Such a zoom is four pixels of the screen
/// for one of the page, and leaves it this many.
const NARROW: (u32, u32) = (320, 256);
const ZOOM: u32 = 4;

/// How far each document of the page, itself and its frames, is wider than its window.
const OVERHANG: &str = "[document, ...[...document.querySelectorAll('iframe')]
    .map(frame => frame.contentDocument)].filter(Boolean)
    .map(page => page.documentElement.scrollWidth - page.documentElement.clientWidth)";

/// Controls without a border that comes out where the colours of backgrounds vanish, and that
/// are no link with its line and no picture either.
const WITHOUT_A_SHAPE: &str = "[matchMedia('(forced-colors: active)').matches,
    [...document.querySelectorAll('button:not([hidden]), .govuk-button, .leave__out, textarea, select, ' +
        'input:not([type=hidden],[type=file],[type=radio],[type=checkbox]), .code, .own')]
    .filter(element => {
        const style = getComputedStyle(element);
        const border = style.borderBottomStyle === 'solid' && parseFloat(style.borderBottomWidth);
        const line = style.textDecorationLine.includes('underline');
        return !border && !line && style.backgroundImage === 'none';
    }).map(element => element.outerHTML)]";

/// What of the main part is meant to be printed, piece by piece. What only a voice reads is
/// not.
const MEANT: &str = "[...document.querySelectorAll('main, main *')]
    .filter(element => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.govuk-visually-hidden'))
    .flatMap(element => [...element.childNodes])
    .filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data).join('\\n')";

/// The page fits a narrow window: nobody has to push it sideways to read a line.
pub fn fits_a_narrow_window(session: &Session, name: &str) {
    let (width, height) = NARROW;
    let screen =
        json!({ "width": width, "height": height, "deviceScaleFactor": ZOOM, "mobile": false });
    session.devtools("Emulation.setDeviceMetricsOverride", &screen);
    let overhang = session.value(OVERHANG);
    session.devtools("Emulation.clearDeviceMetricsOverride", &json!({}));
    let fits = |pixels: &Value| pixels.as_i64().unwrap() <= 0;
    assert!(overhang.as_array().unwrap().iter().all(fits), "{name} at 320 pixels: {overhang}");
}

/// What can be used has a shape also in somebody's own two colours.
pub fn shows_in_forced_colours(session: &Session, name: &str) {
    let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    session.devtools("Emulation.setEmulatedMedia", &forced);
    let seen = session.value(WITHOUT_A_SHAPE);
    session.devtools("Emulation.setEmulatedMedia", &json!({ "features": [] }));
    assert_eq!(seen, json!([true, []]), "{name} in forced colours");
}

/// The page on paper of the size A4, as PDF.
pub fn paper(session: &Session) -> Vec<u8> {
    let size = json!({ "paperWidth": 8.27, "paperHeight": 11.69 });
    let printed = session.devtools("Page.printToPDF", &size);
    BASE64.decode(printed["data"].as_str().unwrap().as_bytes()).unwrap()
}

/// Paper shows all that is meant for it, nothing to press, and a receipt on one page.
pub fn prints_whole(session: &Session, name: &str) {
    let pdf = paper(session);
    // Words are put together again that paper broke at a hyphen.
    let dense = |text: &str| {
        text.replace(['-', '\u{ad}', '\u{2010}'], "").split_whitespace().collect::<String>()
    };
    let paper = dense(&read_by("pdftotext", &["-", "-"], &pdf));
    session.devtools("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    let meant = session.value(MEANT);
    session.devtools("Emulation.setEmulatedMedia", &json!({ "media": "" }));
    for line in meant.as_str().unwrap().lines() {
        // A list's own signs, and a page's end in the middle of a line, are paper's.
        for word in line.split_whitespace() {
            assert!(paper.contains(&dense(word)), "{name}: {word:?} is not on paper: {line}");
        }
    }
    for pressed in session.all(".leave a, header nav a, footer a, main button") {
        let pressed = dense(&pressed);
        let is_said = dense(meant.as_str().unwrap()).contains(&pressed);
        assert!(is_said || !paper.contains(&pressed), "{name}: {pressed} is on paper");
    }
    if session.has("p.code") && session.has("form[action='/receipt']") {
        let told = read_by("pdfinfo", &["-"], &pdf);
        assert!(told.lines().any(|line| dense(line) == "Pages:1"), "{name}: {told}");
    }
}

/// What a program of poppler says about a file.
fn read_by(program: &str, arguments: &[&str], file: &[u8]) -> String {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|_| panic!("`{program}`: install the Debian package poppler-utils"));
    child.stdin.take().unwrap().write_all(file).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{program}");
    String::from_utf8(output.stdout).unwrap()
}
