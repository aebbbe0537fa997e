//! WebDriver (W3C): JSON over HTTP to a driver on loopback, and as much of it as the
//! ring needs.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use scraper::{Html, Selector};
use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::TempDir;

/// The key of an element in the words of the protocol (W3C WebDriver, 12.1).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// How long anything may take on a busy machine, short of being broken.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long a driver may take for one command.
const COMMAND: Duration = Duration::from_secs(90);
const GLANCE: Duration = Duration::from_millis(50);
/// Keys, as WebDriver writes them.
pub const ENTER: &str = "\u{e007}";
const TABULATOR: &str = "\u{e004}";

/// One browser window with its driver. Both end with it.
pub struct Session {
    driver: Child,
    port: u16,
    path: String,
    downloads: TempDir,
}

/// A cookie, as a browser keeps it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cookie {
    pub name: String,
    pub value: String,
    pub secure: bool,
    pub http_only: bool,
    pub same_site: String,
    /// None: it goes when the browser is closed.
    pub expiry: Option<u64>,
}

/// What a driver says when it cannot do something.
pub type Answer = Result<Value, String>;

impl Session {
    /// Starts `driver` and a browser with `capabilities`, which puts files into `downloads`.
    pub fn start(
        driver: &[&str],
        package: &str,
        capabilities: &Value,
        downloads: TempDir,
    ) -> Session {
        let port = free_port();
        let [driver, arguments @ ..] = driver else { panic!("no driver") };
        let child = Command::new(driver)
            .args(arguments)
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|_| panic!("`{driver}` is missing: {package}"));
        let mut session = Session { driver: child, port, path: String::new(), downloads };
        session.until("the driver answers", |s| s.ask("GET", "/status", &Value::Null).is_ok());
        let wish = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let started = session.ask("POST", "/session", &wish).expect(package);
        session.path = format!("/session/{}", started["sessionId"].as_str().unwrap());
        session
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Answer {
        let body = if method == "POST" { body.to_string() } else { String::new() };
        let port = self.port;
        let answer = exchange(port, method, path, &body).map_err(|error| error.to_string())?;
        let mut answer: Value = serde_json::from_str(&answer).map_err(|error| error.to_string())?;
        let value = answer["value"].take();
        if value.get("error").is_some() { Err(value.to_string()) } else { Ok(value) }
    }

    /// A command of this window.
    pub fn command(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.ask(method, &format!("{}{path}", self.path), body)
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.command("POST", path, body).unwrap_or_else(|error| panic!("{path} {body}: {error}"))
    }

    fn read(&self, path: &str) -> String {
        let value = self.command("GET", path, &Value::Null);
        value.unwrap_or_else(|error| panic!("{path}: {error}")).as_str().unwrap().to_owned()
    }

    /// Looks until `seen`.
    pub fn until(&self, what: &str, mut seen: impl FnMut(&Session) -> bool) {
        let start = Instant::now();
        while !seen(self) {
            assert!(start.elapsed() < PATIENCE, "waited in vain: {what}: {}", self.text("body"));
            std::thread::sleep(GLANCE);
        }
    }

    pub fn resize(&self, width: u32, height: u32) {
        self.post("/window/rect", &json!({ "width": width, "height": height }));
    }

    pub fn open(&self, address: &str) {
        self.post("/url", &json!({ "url": address }));
    }

    /// Opens an address through Tor: again, as a person would, while there is no way.
    pub fn open_far(&self, address: &str) {
        self.until(&format!("a way to {address}"), |session| {
            let opened = session.command("POST", "/url", &json!({ "url": address }));
            let no_way = |error: &String| error.contains("about:neterror");
            assert!(opened.as_ref().err().is_none_or(no_way), "{opened:?}");
            opened.is_ok()
        });
    }

    pub fn address(&self) -> String {
        self.read("/url")
    }

    /// The page as the browser has understood it: between two pages there is none for a
    /// moment.
    pub fn source(&self) -> String {
        let start = Instant::now();
        loop {
            match self.command("GET", "/source", &Value::Null) {
                Ok(page) => return page.as_str().unwrap().to_owned(),
                Err(error) => assert!(start.elapsed() < PATIENCE, "no page: {error}"),
            }
            std::thread::sleep(GLANCE);
        }
    }

    pub fn title(&self) -> String {
        self.read("/title")
    }

    fn element(&self, selector: &str) -> Answer {
        let wish = json!({ "using": "css selector", "value": selector });
        let found = self.command("POST", "/element", &wish)?;
        let id = found.as_object().and_then(|found| found.values().next());
        id.cloned().ok_or_else(|| "no element".to_owned())
    }

    pub fn has(&self, selector: &str) -> bool {
        self.element(selector).is_ok()
    }

    fn path_of(&self, selector: &str) -> String {
        let found = self.element(selector);
        let id = found.unwrap_or_else(|_| panic!("no {selector} on {}", self.address()));
        format!("/element/{}", id.as_str().unwrap())
    }

    /// What a person reads there.
    pub fn text(&self, selector: &str) -> String {
        self.read(&format!("{}/text", self.path_of(selector)))
    }

    /// What a person reads in every element that is found.
    pub fn all(&self, selector: &str) -> Vec<String> {
        let page = Html::parse_document(&self.source());
        let found = page.select(&Selector::parse(selector).unwrap()).collect::<Vec<_>>();
        found.iter().map(|element| element.text().collect()).collect()
    }

    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let page = Html::parse_document(&self.source());
        let found = page.select(&Selector::parse(selector).unwrap()).collect::<Vec<_>>();
        found.iter().filter_map(|element| element.attr(name).map(str::to_owned)).collect()
    }

    pub fn attribute(&self, selector: &str, name: &str) -> String {
        self.read(&format!("{}/attribute/{name}", self.path_of(selector)))
    }

    /// Types into a field; into a field for files, their paths.
    pub fn write(&self, selector: &str, text: &str) {
        self.post(&format!("{}/value", self.path_of(selector)), &json!({ "text": text }));
    }

    pub fn press(&self, selector: &str) {
        self.post(&format!("{}/click", self.path_of(selector)), &json!({}));
    }

    /// What stands in a field now.
    pub fn written(&self, selector: &str) -> String {
        self.read(&format!("{}/property/value", self.path_of(selector)))
    }

    /// Presses keys, one after the other: they go where the focus is.
    pub fn keys(&self, keys: &str) {
        let press =
            |key: char| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key }));
        let actions: Vec<Value> = keys.chars().flat_map(press).collect();
        let board = json!({ "type": "key", "id": "board", "actions": actions });
        self.post("/actions", &json!({ "actions": [board] }));
    }

    /// Goes on by the tabulator until the focus is there.
    pub fn tab_to(&self, selector: &str) {
        /// More than there is on any page of ours.
        const STOPS: usize = 60;
        let there = self.element(selector).unwrap();
        let is_there = || {
            let here = self.command("GET", "/element/active", &Value::Null);
            here.is_ok_and(|here| {
                here.as_object().is_some_and(|here| here.values().any(|one| *one == there))
            })
        };
        for _ in 0..STOPS {
            self.keys(TABULATOR);
            if is_there() {
                return;
            }
        }
        panic!("the tabulator does not reach {selector} on {}", self.address());
    }

    /// Presses twice, as fast as a hand can.
    pub fn press_twice(&self, selector: &str) {
        self.change(&format!(
            "document.querySelector(\"{selector}\").scrollIntoView({{ block: 'center' }})"
        ));
        let there = json!({ ELEMENT: self.element(selector).unwrap() });
        let (down, up) = ("pointerDown", "pointerUp");
        let mut actions = vec![json!({ "type": "pointerMove", "origin": there, "x": 0, "y": 0 })];
        actions.extend([down, up, down, up].map(|kind| json!({ "type": kind, "button": 0 })));
        let hand = json!({ "type": "pointer", "id": "hand", "actions": actions });
        self.post("/actions", &json!({ "actions": [hand] }));
    }

    /// Goes back, as with the browser's own button.
    pub fn back(&self) {
        self.post("/back", &json!({}));
    }

    /// Looks into a frame of the page instead of at the page.
    pub fn look_into(&self, selector: &str) {
        let frame = self.element(selector).unwrap();
        self.post("/frame", &json!({ "id": { ELEMENT: frame } }));
    }

    /// Looks at the whole page again.
    pub fn look_up(&self) {
        self.post("/frame", &json!({ "id": null }));
    }

    /// Presses the link with these words.
    pub fn press_link(&self, words: &str) {
        let found = self.post("/element", &json!({ "using": "link text", "value": words }));
        let id = found.as_object().and_then(|found| found.values().next()).unwrap();
        self.post(&format!("/element/{}/click", id.as_str().unwrap()), &json!({}));
    }

    /// Presses what leads to a site that cannot be reached from here: drivers call the
    /// browser's own page about that an error.
    pub fn press_to_leave(&self, selector: &str) {
        let _ = self.command("POST", &format!("{}/click", self.path_of(selector)), &json!({}));
    }

    /// The cookies of the page's host.
    ///
    /// Firefox keeps those of private windows apart by site, and its driver finds none of
    /// them there: the browser's own part is asked.
    pub fn cookies(&self) -> Vec<Cookie> {
        let inside = self.run_inside(
            "return kinds.flatMap(kind => Services.cookies.getCookiesWithOriginAttributes(kind, host))
                 // One that was taken back may stay for a moment.
                 .filter(cookie => cookie.isSession || cookie.expiry > Date.now())
                 .map(cookie => ({
                     name: cookie.name,
                     value: cookie.value,
                     secure: cookie.isSecure,
                     httpOnly: cookie.isHttpOnly,
                     sameSite: cookie.sameSite === Ci.nsICookie.SAMESITE_STRICT ? 'Strict' : '',
                     expiry: cookie.isSession ? null : cookie.expiry,
                 }));",
        );
        let cookies =
            inside.unwrap_or_else(|| self.command("GET", "/cookie", &Value::Null).unwrap());
        serde_json::from_value(cookies).unwrap()
    }

    /// Runs a script in the browser's own part, where it has one, on the page's host and the
    /// kinds of windows that keep cookies apart.
    fn run_inside(&self, script: &str) -> Option<Value> {
        let context =
            |name: &str| self.command("POST", "/moz/context", &json!({ "context": name })).is_ok();
        if !context("chrome") {
            return None;
        }
        let value = self.run(&format!(
            "const host = gBrowser.currentURI.host;
             const kinds = [{{}}, {{ privateBrowsingId: 1 }}].map(kind => JSON.stringify(kind));
             {script}"
        ));
        assert!(context("content"));
        Some(value)
    }

    /// Loses what it knows of the page's host, as a browser does that was closed.
    pub fn forget(&self) {
        let forget = "kinds.forEach(
            kind => Services.cookies.removeCookiesWithOriginAttributes(kind, host)); return true";
        if self.run_inside(forget).is_none() {
            self.command("DELETE", "/cookie", &Value::Null).unwrap();
        }
        assert!(self.cookies().is_empty());
    }

    /// Loses the session of a handler, and keeps the visit.
    pub fn forget_session(&self) {
        let is_it = |name: &str| name.contains("handler-") && name.ends_with("-session");
        let cookies = self.cookies();
        let name = &cookies.iter().find(|cookie| is_it(&cookie.name)).unwrap().name;
        let forget = format!(
            "kinds.flatMap(kind => Services.cookies.getCookiesWithOriginAttributes(kind, host))
                 .filter(cookie => cookie.name === '{name}')
                 .forEach(cookie => Services.cookies.remove(
                     cookie.host, cookie.name, cookie.path, cookie.originAttributes));
             return true"
        );
        if self.run_inside(&forget).is_none() {
            self.command("DELETE", &format!("/cookie/{name}"), &Value::Null).unwrap();
        }
        assert!(!self.cookies().iter().any(|cookie| is_it(&cookie.name)));
    }

    /// Does something in a second window of the same browser, and comes back.
    pub fn in_another_window(&self, act: impl FnOnce(&Session)) {
        let here = self.read("/window");
        let there = self.post("/window/new", &json!({ "type": "tab" }));
        self.post("/window", &json!({ "handle": there["handle"] }));
        act(self);
        self.command("DELETE", "/window", &Value::Null).unwrap();
        self.post("/window", &json!({ "handle": here }));
    }

    /// Does to the page what nobody can do with a mouse, or not in time.
    pub fn change(&self, script: &str) {
        let wish = json!({ "expression": script });
        let chromium = json!({ "cmd": "Runtime.evaluate", "params": wish });
        let Ok(done) = self.command("POST", "/goog/cdp/execute", &chromium) else {
            self.run(script);
            return;
        };
        assert!(done.get("exceptionDetails").is_none(), "{script}: {done}");
    }

    /// Keeps a page that would go on by itself: as the key Escape does.
    pub fn stay(&self) {
        self.change("window.stop()");
    }

    /// Goes where a link leads to a file: the page stays, and no driver waits for
    /// another one.
    pub fn press_to_download(&self, selector: &str) {
        self.write(selector, ENTER);
    }

    /// Takes the file that is being downloaded, as soon as all of it is there.
    pub fn take_download(&self, name: &str) -> Vec<u8> {
        let names = || -> Vec<String> {
            let entries = std::fs::read_dir(self.downloads.path()).unwrap();
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
        };
        let path = self.downloads.path().join(name);
        // Meanwhile there is a second file with the bytes, and the first one is empty.
        self.until(&format!("{name} is there"), |_| {
            names() == [name] && std::fs::metadata(&path).is_ok_and(|file| file.len() > 0)
        });
        let bytes = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        bytes
    }

    pub fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Chromium's own commands, beside those of WebDriver.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// What an expression is worth on the page, in Chromium also where the page itself may
    /// run nothing.
    pub fn value(&self, expression: &str) -> Value {
        let wish = json!({ "expression": expression, "returnByValue": true });
        let mut found = self.devtools("Runtime.evaluate", &wish);
        assert!(found.get("exceptionDetails").is_none(), "{expression}: {found}");
        found["result"]["value"].take()
    }

    pub fn run_and_wait(&self, script: &str) -> Value {
        self.post("/execute/async", &json!({ "script": script, "args": [] }))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if !self.path.is_empty() {
            let _ = self.command("DELETE", "", &Value::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// One request, and the body of its answer.
fn exchange(port: u16, method: &str, path: &str, body: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(COMMAND))?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    // Drivers keep the connection open, so that its end tells nothing.
    let mut answer = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    while answer.read_line(&mut line)? > 2 {
        if let Some(("content-length", value)) = line.to_ascii_lowercase().split_once(':') {
            length = value.trim().parse().unwrap_or_default();
        }
        line.clear();
    }
    let mut body = vec![0; length];
    answer.read_exact(&mut body)?;
    String::from_utf8(body).map_err(std::io::Error::other)
}

/// A port that was free a moment ago, and that no other test of this process was given, nor the
/// one before it: some take two.
pub fn free_port() -> u16 {
    static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    loop {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut given = GIVEN.lock().unwrap();
        let near = [port.saturating_sub(1), port, port.saturating_add(1)];
        if !near.iter().any(|port| given.contains(port)) {
            given.insert(port);
            return port;
        }
    }
}
