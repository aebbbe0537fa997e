//! The onion service, on a private Tor network, with the real program as a process.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test that cannot go on says where it stopped"
)]

mod arrival;
mod browser;
mod portal;

use std::fs;
use std::sync::{OnceLock, RwLock, mpsc};
use std::time::Duration;

use browser::{Visitor, eventually, head};
use portal::{Installation, Server, addresses, client_key, start_network};
use tornet::socks::{ONION_NEEDS_CLIENT_KEY, SocksError};
use tornet::{Network, socks};

/// For how long nothing may come from a network that is frozen. A page takes far less.
const SILENCE: Duration = Duration::from_secs(3);

/// The network with one portal on it, used by most tests. Who disturbs the network holds
/// the lock alone.
struct Shared {
    network: Network,
    installation: Installation,
    server: Server,
}

impl Shared {
    fn get() -> &'static RwLock<Shared> {
        static SHARED: OnceLock<RwLock<Shared>> = OnceLock::new();
        SHARED.get_or_init(|| RwLock::new(Shared::start()))
    }

    fn start() -> Shared {
        let network = start_network("network");
        let installation = Installation::new(&network, "Harbour", "");
        let server = installation.serve();
        let shared = Shared { network, installation, server };
        shared.reporter("first").wait_for("/", |answer| answer.status == 200);
        shared
    }

    fn reporter(&self, name: &str) -> Visitor<'_> {
        Visitor::new(&self.network, name, &self.server.reporters)
    }

    fn handler(&self, name: &str) -> Visitor<'_> {
        Visitor::new(&self.network, name, &self.server.handlers)
    }
}

#[test]
fn the_front_page_comes_through_tor() {
    let shared = Shared::get().read().unwrap();
    let answer = shared.reporter("reader").get("/", "");
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("Harbour"));
    assert_eq!(answer.header("date"), None);
    assert_eq!(answer.header("server"), None);
}

#[test]
fn who_comes_to_the_mirror_through_a_tor_exit_is_told_of_the_onion_address() {
    let shared = Shared::get().read().unwrap();
    let demo = arrival::Demo::start(&shared.network);
    eventually("the exits in the directory", || {
        demo.seen_through_an_exit(&shared.network).filter(|line| line.contains("through Tor"))
    });
    let elsewhere = demo.seen_from([127, 84, 61, 93].into()).unwrap();
    assert!(elsewhere.contains("open net"), "{elsewhere}");
}

#[test]
fn doctor_asks_the_running_server_how_its_onion_services_are() {
    let shared = Shared::get().read().unwrap();
    let said = shared.installation.try_run(&["doctor"]).unwrap_or_else(|said| said);
    assert!(said.contains("OK    server"), "{said}");
    for address in [&shared.server.reporters, &shared.server.handlers] {
        assert!(said.contains(&**address), "{said}");
    }
}

#[test]
fn every_port_but_80_is_refused() {
    let shared = Shared::get().read().unwrap();
    for port in [22, 81, 443, 8080] {
        let refusal = shared.reporter(&format!("scanner {port}")).connect(port);
        assert!(matches!(refusal, Err(SocksError::Refused(_))), "port {port}: {refusal:?}");
    }
    assert_eq!(shared.reporter("after the scanner").get("/", "").status, 200);
}

#[test]
fn the_handlers_name_and_any_other_are_misdirected_at_the_reporters_address() {
    let shared = Shared::get().read().unwrap();
    let handlers = &*shared.server.handlers;
    for host in [handlers, "localhost", "127.0.0.1", "report.example", "", "anna.onion"] {
        let request = head("GET", "/", host, "", "");
        let answer = shared.reporter("astray").send(request.as_bytes()).unwrap();
        assert_eq!(answer.status, 421, "{host}");
    }
}

#[test]
fn a_form_with_a_wrong_token_is_refused_with_a_page() {
    let shared = Shared::get().read().unwrap();
    let visitor = shared.reporter("forger");
    let cookies = visitor.get("/sign-in", "").cookies();
    let answer = visitor.post("/sign-in", &cookies, "token=wrong&code=1234123412341234");
    assert_eq!(answer.status, 403);
    assert!(answer.body.contains("</html>"), "{}", answer.body);
}

#[test]
fn a_report_is_written_sent_and_receipted() {
    let shared = Shared::get().read().unwrap();
    let visitor = shared.reporter("reporter");
    let form = visitor.get("/report", "");
    let cookies = form.cookies();
    let fields = [("token", &*form.token()), ("text", "Three invoices without goods.")];
    let saved = visitor.post_multipart("/report", &cookies, &fields);
    assert_eq!((saved.status, saved.header("location")), (303, Some("/report/check")));
    let check = visitor.get("/report/check", &cookies);
    assert!(check.body.contains("Three invoices without goods."));
    let fields = format!("token={}&seen={}", check.token(), check.hidden("seen"));
    let sent = visitor.post("/report/send", &cookies, &fields);
    assert_eq!((sent.status, sent.header("location")), (303, Some("/receipt")));
    let code = visitor.get("/receipt", &cookies).text(".code").expect("a code");
    assert_eq!(code.chars().filter(char::is_ascii_digit).count(), 16, "{code}");
}

#[test]
fn a_circuit_with_too_many_streams_ends_and_the_next_one_is_served() {
    let shared = Shared::get().read().unwrap();
    let greedy = shared.reporter("greedy");
    let mut open = Vec::new();
    // Tor accepts a stream when the service does; the service has room for 64.
    let refused = (0..80).any(|_| match greedy.connect(80) {
        Ok(stream) => {
            open.push(stream);
            false
        }
        Err(_) => true,
    });
    assert!(refused || open.iter().any(is_closed), "{} streams", open.len());
    assert_eq!(shared.reporter("modest").get("/", "").status, 200);
}

fn is_closed(mut stream: &std::net::TcpStream) -> bool {
    use std::io::Read as _;
    stream.set_nonblocking(true).unwrap();
    matches!(stream.read(&mut [0]), Ok(0))
        || stream.peek(&mut [0]).is_err_and(|error| error.kind() != std::io::ErrorKind::WouldBlock)
}

#[test]
fn the_handlers_pages_are_found_only_with_a_key_that_was_let_in() {
    let shared = Shared::get().read().unwrap();
    let handler = shared.handler("handler");
    let refusal = handler.connect(80).unwrap_err();
    assert!(is_hidden(&refusal), "{refusal}");
    let words = shared.installation.let_in("anna");
    assert!(words.contains(&shared.server.handlers), "{words}");
    let again = shared.installation.try_run(&["onion", "client", "add", "anna"]);
    assert!(again.unwrap_err().contains("anna"));
    let page = handler.wait_with_key("/sign-in", &client_key(&words));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("name=\"password\""), "{}", page.body);
    assert_eq!(shared.installation.run(&["onion", "client", "list"]), "anna\n");
}

/// Nobody can tell a service that hides from one that is not there, but for the outer
/// layer of its descriptor.
fn is_hidden(refusal: &SocksError) -> bool {
    matches!(refusal, SocksError::Refused(ONION_NEEDS_CLIENT_KEY | socks::ONION_NOT_FOUND))
}

#[test]
fn addresses_are_read_beside_the_running_server() {
    let shared = Shared::get().read().unwrap();
    let printed = addresses(&shared.installation.run(&["onion", "address"])).unwrap();
    assert_eq!(printed, (shared.server.reporters.clone(), shared.server.handlers.clone()));
}

#[test]
fn a_second_server_and_an_import_are_refused_beside_the_running_one() {
    let shared = Shared::get().read().unwrap();
    for command in [&["serve"][..], &["onion", "import", "/nonexistent"]] {
        let refusal = shared.installation.try_run(command).unwrap_err();
        assert!(refusal.contains("a server is running"), "{refusal}");
    }
}

#[test]
fn the_process_listens_on_no_port() {
    let shared = Shared::get().read().unwrap();
    let pid = shared.server.pid();
    let sockets = sockets_of(pid);
    assert!(!sockets.is_empty(), "arti has connections to relays");
    for table in ["tcp", "tcp6", "udp", "udp6"] {
        let lines = fs::read_to_string(format!("/proc/{pid}/net/{table}")).unwrap();
        for line in lines.lines().skip(1) {
            // Number, local address, remote address, state, …, inode as the tenth.
            let fields: Vec<&str> = line.split_whitespace().collect();
            let waits = fields[2].ends_with(":0000");
            assert!(!(waits && sockets.contains(&fields[9].to_owned())), "{table}: {line}");
        }
    }
}

/// The inodes of the sockets that a process holds.
fn sockets_of(pid: u32) -> Vec<String> {
    let open = fs::read_dir(format!("/proc/{pid}/fd")).expect("this test runs as root");
    let targets = open.filter_map(|entry| fs::read_link(entry.ok()?.path()).ok());
    let targets = targets.filter_map(|target| target.to_str().map(str::to_owned));
    targets
        .filter_map(|target| {
            Some(target.strip_prefix("socket:[")?.trim_end_matches(']').to_owned())
        })
        .collect()
}

#[test]
fn no_visit_leaves_a_word_in_the_output() {
    let shared = Shared::get().read().unwrap();
    for number in 0..5 {
        assert_eq!(shared.reporter(&format!("quiet {number}")).get("/", "").status, 200);
    }
    let printed = shared.server.printed();
    assert_eq!(printed.lines().count(), 2, "the two addresses and nothing else: {printed}");
    let said = shared.server.said();
    for word in ["127.0.0.1", ".onion", "circuit", "Circ", "stream", "rend"] {
        assert!(!said.contains(word), "{word}: {said}");
    }
}

#[test]
#[expect(clippy::readonly_write_lock, reason = "nobody else may visit meanwhile")]
fn after_a_silence_of_the_network_the_portal_is_reachable_without_a_restart() {
    let shared = Shared::get().write().unwrap();
    shared.network.pause();
    let visitor = shared.reporter("in the silence");
    std::thread::scope(|scope| {
        let (give, take) = mpsc::channel();
        scope.spawn(move || give.send(visitor.get("/", "").status));
        let within = take.recv_timeout(SILENCE);
        shared.network.resume();
        assert!(within.is_err(), "nothing comes while all relays are frozen");
        assert_eq!(take.recv(), Ok(200), "who waited gets the page");
    });
    shared.reporter("after it").wait_for("/", |answer| answer.status == 200);
}

#[test]
fn the_address_survives_a_restart_a_crash_and_a_move_and_a_dead_service_comes_back() {
    let shared = Shared::get().read().unwrap();
    let network = &shared.network;
    let home = Installation::new(network, "Home", "probe_seconds = 2");
    let server = home.serve();
    let reporters = server.reporters.clone();
    assert!(server.stop());

    let server = home.serve();
    assert_eq!(server.reporters, reporters, "after a restart");
    server.kill();

    let server = home.serve();
    assert_eq!(server.reporters, reporters, "after a crash");
    let visitor = Visitor::new(network, "mover", &reporters);
    visitor.wait_for("/", |answer| answer.body.contains("Home"));
    eventually("a look at our own page", || {
        let said = home.try_run(&["doctor"]).ok()?;
        let line = said.lines().find(|line| line.contains("reporter-onion"))?;
        line.starts_with("OK").then_some(())
    });

    let away = move_keys(network, &home);
    let other = away.serve();
    assert_eq!(other.reporters, reporters, "after a move");
    visitor.wait_for("/", |answer| answer.body.contains("Away"));

    // Now the network knows only of the other one, and that one is gone.
    other.kill();
    visitor.wait_for("/", |answer| answer.body.contains("Home"));
    let said = server.said();
    assert!(
        said.contains("not reachable") && said.contains("starting the onion services again"),
        "{said}"
    );
}

/// Exports the keys of one installation and imports them into a new one.
fn move_keys(network: &Network, home: &Installation) -> Installation {
    let away = Installation::new(network, "Away", "");
    let (file, phrase) = (home.path("keys"), home.path("passphrase"));
    let (file, phrase) = (file.to_str().unwrap(), phrase.to_str().unwrap());
    fs::write(phrase, "eleven grey herons\n").unwrap();
    with_mode(phrase, 0o644);
    let open = home.try_run(&["onion", "export", file, "--passphrase-file", phrase]).unwrap_err();
    assert!(open.contains("chmod"), "{open}");
    with_mode(phrase, 0o600);
    home.run(&["onion", "export", file, "--passphrase-file", phrase]);
    let again = home.try_run(&["onion", "export", file, "--passphrase-file", phrase]);
    assert!(again.is_err(), "an older copy is never overwritten");
    let wrong = away.path("wrong");
    fs::write(&wrong, "eleven grey heron\n").unwrap();
    with_mode(wrong.to_str().unwrap(), 0o600);
    let wrong =
        away.try_run(&["onion", "import", file, "--passphrase-file", wrong.to_str().unwrap()]);
    assert!(wrong.unwrap_err().contains("passphrase"));
    away.run(&["onion", "import", file, "--passphrase-file", phrase]);
    // One that was cut off is done again.
    away.run(&["onion", "import", file, "--passphrase-file", phrase]);
    away
}

fn with_mode(path: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}
