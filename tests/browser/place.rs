//! The portal under test, in the three forms in which people meet it.

use std::any::Any;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use sluse::clock::Clock;
use sluse::config::Config;
use sluse::domain::SecondFactor;
use sluse::vault::{Cost, Pepper};

use crate::browser::Visitor;
use crate::certificate::Certificate;
use crate::client;
use crate::inside::Inside;
use crate::installation;
use crate::portal::{self, client_key, enrol, start_network};
use crate::relay::Relay;
use crate::support::{HANDLER_HOST, REPORTER_HOST, program, settings};
use crate::webdriver::free_port;

/// The handlers whom reporters can keep out, and how reporters know them.
const READERS: [(&str, &str, &str); 2] =
    [("anna", "Direktøren", "The director"), ("berit", "HR-chefen", "The head of HR")];
/// One derivation takes minutes on any machine, and next to no memory.
const ENDLESS: Cost = Cost { memory_kib: 64, passes: 10_000_000 };

/// Where a browser finds the portal.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// Of the reporters' pages, without a slash at the end.
    pub reporter: String,
    /// Of the handlers' pages.
    pub handler: String,
    /// Leads to the reporters' pages by a name that is not theirs.
    pub astray: String,
}

/// A running portal with one handler, and a second one who is invited.
pub struct Place {
    pub addresses: Addresses,
    /// The way there, if it is not the straight one.
    pub socks: Option<SocketAddr>,
    /// Name and password of the handler who is there from the start.
    pub handler: (String, String),
    /// The path of a one-time link for a second one, `berit`.
    pub link: String,
    /// That of the first one, where nobody has enrolled yet.
    pub first_link: String,
    /// The code of a case that was there before.
    pub sample: String,
    /// What the mirror shows, where it speaks TLS itself.
    pub certificate: Option<Certificate>,
    /// What can be done to it from inside, where it runs in this process.
    pub inside: Option<Inside>,
    /// What ends with this, while it can still be heard.
    pub running: Box<dyn Any>,
    pub code: Box<dyn FnMut() -> String>,
}

impl Place {
    /// A one-time code of the first handler. Good for one sign-in.
    pub fn code(&mut self) -> String {
        (self.code)()
    }

    /// `sluse demo`: on loopback, without TLS.
    pub fn demo() -> Place {
        let port = two_free_ports();
        let mut process = Command::new(program())
            .args(["demo", "--port", &port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = process.stdin.take().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let running = Box::new(Stopped(process));
        let mut said = String::new();
        while !said.contains("\nData: ") {
            assert_ne!(output.read_line(&mut said).unwrap(), 0, "the demonstration ended: {said}");
        }
        let after = |words: &str| {
            let rest = said.split_once(words).unwrap_or_else(|| panic!("{words}: {said}")).1;
            rest.split([',', '\n']).next().unwrap().to_owned()
        };
        let code = move || {
            input.write_all(b"\n").unwrap();
            let mut line = String::new();
            while !line.starts_with("one-time code: ") {
                line.clear();
                assert_ne!(output.read_line(&mut line).unwrap(), 0, "the demonstration ended");
            }
            line.trim().rsplit(' ').next().unwrap().to_owned()
        };
        Place {
            addresses: Addresses {
                reporter: format!("http://127.0.0.1:{port}"),
                handler: format!("http://127.0.0.1:{}", port + 1),
                astray: format!("http://localhost:{port}"),
            },
            socks: None,
            handler: (after("  name "), after(" password ")),
            link: invite_to_demo(&after("Data: ")),
            first_link: String::new(),
            sample: after("a sample receipt code: "),
            certificate: None,
            inside: None,
            running,
            code: Box::new(code),
        }
    }

    /// `sluse serve` with a certificate: the mirror as a site runs it.
    pub fn mirror() -> Place {
        let port = free_port();
        let (installation, certificate) = with_tls(port, port, "");
        let settings = installation.folder.path().join("sluse.toml");
        let link = installation.link.strip_prefix("/enrol/").unwrap();
        let factor = enrol(&settings, link);
        let link = invite(&settings);
        let serving = installation.serve();
        let running = Box::new((serving, installation));
        let place = Place::served(at(port), None, link, factor, running);
        Place { certificate: Some(certificate), ..place }
    }

    /// The same on its first day, when nobody has enrolled, and all who come are in the
    /// organisation's own network.
    pub fn own_network() -> Place {
        let port = free_port();
        let relay = Relay::to(port);
        let own = format!("own_networks = [\"{}/32\"]\n", client::ADDRESS);
        let (installation, certificate) = with_tls(port, relay.port, &own);
        let link = invite(&installation.folder.path().join("sluse.toml"));
        let first_link = installation.link.clone();
        let serving = installation.serve();
        let nobody = SecondFactor::from_bytes(&[0; 20]).unwrap();
        let running = Box::new((serving, installation));
        let place = Place::served(at(relay.port), None, link, nobody, running);
        Place { certificate: Some(certificate), first_link, ..place }
    }

    /// The mirror at the end of a line on which the beginning of a file comes through.
    pub fn whose_line_stands_still() -> Place {
        const BEGINNING: u64 = 300 << 10;
        let port = free_port();
        let relay = Relay::that_stops(port, BEGINNING);
        let (installation, certificate) = with_tls(port, relay.port, "");
        let serving = installation.serve();
        let nobody = SecondFactor::from_bytes(&[0; 20]).unwrap();
        let running = Box::new((serving, installation));
        let place = Place::served(at(relay.port), None, String::new(), nobody, running);
        Place { certificate: Some(certificate), ..place }
    }

    /// One where a derivation takes longer than anybody waits, as in a crowd, and all
    /// come from one network.
    pub fn crowded() -> Place {
        let port = free_port();
        let relay = Relay::to(port);
        let folder = tempfile::tempdir().unwrap();
        let certificate = Certificate::make(folder.path(), "own");
        let mut config = settings(folder.path());
        "Prøvehuset".clone_into(&mut config.operator);
        let mirror = config.mirror.as_mut().unwrap();
        mirror.reporter_host = format!("{REPORTER_HOST}:{}", relay.port);
        mirror.listen = format!("127.0.0.1:{port}");
        mirror.certificate = Some(certificate.chain.clone());
        mirror.key = Some(certificate.key.clone());
        make_with(&config, ENDLESS);
        let text = toml::to_string_pretty(&config).unwrap();
        std::fs::write(folder.path().join("sluse.toml"), text).unwrap();
        let installation = installation::Installation { folder, link: String::new() };
        // Derivations without an end take nothing from walks beside this one.
        let mut gently = Command::new("nice");
        gently.arg(program());
        let serving = Cut(installation.serve_by(gently));
        let nobody = SecondFactor::from_bytes(&[0; 20]).unwrap();
        let running = Box::new((serving, installation));
        let place = Place::served(at(relay.port), None, String::new(), nobody, running);
        Place { certificate: Some(certificate), ..place }
    }

    /// `sluse serve` on a private Tor network, with a handlers' address that only those
    /// find who have a key.
    pub fn onion() -> Place {
        let network = start_network("browser-network");
        let installation = portal::Installation::new(&network, "Havnestyrelsen", "");
        let key = client_key(&installation.let_in("anna"));
        let link = invite(&installation.file());
        let server = installation.serve();
        let reporter = Visitor::new(&network, "first", &server.reporters);
        reporter.wait_for("/", |answer| answer.status == 200);
        let handler = Visitor::new(&network, "first handler", &server.handlers);
        handler.wait_with_key("/sign-in", &key);
        let addresses = Addresses {
            reporter: format!("http://{}", server.reporters),
            handler: format!("http://{}", server.handlers),
            // tor finds a service by the last name before `.onion`.
            astray: format!("http://www.{}", server.reporters),
        };
        let (socks, factor) = (network.socks_addr(), installation.factor.clone());
        Place::served(addresses, Some(socks), link, factor, Box::new((server, network)))
    }

    fn served(
        addresses: Addresses,
        socks: Option<SocketAddr>,
        link: String,
        factor: SecondFactor,
        running: Box<dyn Any>,
    ) -> Place {
        let handler = ("anna".to_owned(), portal::PASSWORD.to_owned());
        let code = Box::new(move || factor.code_at(now()).unwrap().to_string());
        let (first_link, sample) = (String::new(), String::new());
        Place {
            addresses,
            socks,
            handler,
            link,
            first_link,
            sample,
            certificate: None,
            inside: None,
            running,
            code,
        }
    }
}

/// Seconds of the clock that portal and telephone share.
pub fn now() -> u64 {
    Clock::system().unix_seconds().cast_unsigned()
}

/// A process that is asked to stop when this goes.
struct Stopped(Child);

impl Drop for Stopped {
    fn drop(&mut self) {
        let process = rustix::process::Pid::from_child(&self.0);
        let _ = rustix::process::kill_process(process, rustix::process::Signal::TERM);
        let _ = self.0.wait();
    }
}

/// A server that is cut off when this goes: it would end what it has begun.
struct Cut(installation::Serving);

impl Drop for Cut {
    fn drop(&mut self) {
        let _ = self.0.process.kill();
    }
}

/// Where the mirror of the tests' names is, by a port of this machine.
fn at(port: u16) -> Addresses {
    let at = |host: &str| format!("https://{host}:{port}");
    Addresses { reporter: at(REPORTER_HOST), handler: at(HANDLER_HOST), astray: at("localhost") }
}

/// An installation that listens with TLS, as people find it by another port, and whose
/// reporters can keep both handlers out.
fn with_tls(port: u16, by: u16, lines: &str) -> (installation::Installation, Certificate) {
    let installation = installation::Installation::new(&format!("127.0.0.1:{port}"));
    let certificate = Certificate::make(installation.folder.path(), "own");
    let installation = installation.with_certificate(&certificate.chain, &certificate.key);
    let installation = installation.with_mirror(lines);
    let settings = installation.folder.path().join("sluse.toml");
    let mut text = std::fs::read_to_string(&settings).unwrap();
    for host in [REPORTER_HOST, HANDLER_HOST] {
        text = text.replace(host, &format!("{host}:{by}"));
    }
    for (name, da, en) in READERS {
        let lines =
            ["\n[[reader]]\nhandler = \"", name, "\"\nda = \"", da, "\"\nen = \"", en, "\"\n"];
        text.extend(lines);
    }
    std::fs::write(&settings, text).unwrap();
    (installation, certificate)
}

/// Makes an installation in which a derivation costs this much, and which takes reports.
fn make_with(config: &Config, cost: Cost) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    sluse::installation::make_folders(config).unwrap();
    let pepper = Pepper::random();
    sluse::installation::write_pepper(&config.pepper, &pepper).unwrap();
    runtime.block_on(async {
        let clock = Clock::system();
        let made = sluse::installation::make_instance(config, &clock, &pepper, cost).await.unwrap();
        let mut transaction = made.begin().await.unwrap();
        sluse::store::instance::open(&mut transaction, clock.today()).await.unwrap();
        transaction.commit().await.unwrap();
        made.close().await;
    });
}

/// Invites beside the running demonstration, which keeps its settings to itself.
fn invite_to_demo(data: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("sluse.toml");
    let text = format!(
        "organisation = \"Demostyrelsen\"\noperator = \"\"\ndata = \"{data}/data\"\n\
         pepper = \"{data}/pepper\"\n[mirror]\nreporter_host = \"127.0.0.1\"\n\
         listen = \"127.0.0.1:0\"\n"
    );
    std::fs::write(&settings, text).unwrap();
    invite(&settings)
}

/// Invites `berit`. Returns the path of the link.
fn invite(settings: &Path) -> String {
    let mut command = Command::new(program());
    command.arg("--config").arg(settings).args(["handler", "add", "berit"]);
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let said = String::from_utf8(done.stdout).unwrap();
    let (_, link) = said.split_once("/enrol/").expect("a link");
    format!("/enrol/{}", link.split_whitespace().next().unwrap())
}

pub fn two_free_ports() -> u16 {
    loop {
        let port = free_port();
        let next = port.checked_add(1).map(|next| std::net::TcpListener::bind(("127.0.0.1", next)));
        if matches!(next, Some(Ok(_))) {
            return port;
        }
    }
}
