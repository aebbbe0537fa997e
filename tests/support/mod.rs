//! An installation for tests: real database, real vault, real worker, a clock that stands.

pub mod browser;
pub mod document;
pub mod pictures;
pub mod planted;
pub mod program;
pub mod weight;
pub mod wire;

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use sluse::clock::Clock;
use sluse::config::{Config, Mirror, Storage};
use sluse::domain::derivations::Class;
use sluse::domain::invitation::{NewAccess, invite};
use sluse::domain::questionnaire::Answers;
use sluse::domain::session::SignedIn;
use sluse::domain::sign_in::CameIn;
use sluse::domain::turns::Lane;
use sluse::domain::{HandlerName, Portal, ReceiptCode, SecondFactor, Secret, Ticket};
use sluse::vault::{Cost, Pepper};
use sluse::web::site::Host;
use sluse::web::{App, Arrival, Door, Front, Surface};
use sluse::{installation, serve};

pub use browser::{Browser, Page};

/// Noon of 22 November 2026.
pub const NOON: i64 = 20_779 * 86_400 + 43_200;
/// So cheap that a test never waits for it.
pub const CHEAP: Cost = Cost { memory_kib: 64, passes: 1 };

pub const REPORTER_HOST: &str = "report.example";
pub const HANDLER_HOST: &str = "handlers.example";
pub const REPORTER_ONION: &str = "reporterreporterreporterreporterreporterreporterreporter.onion";
pub const HANDLER_ONION: &str = "handlershandlershandlershandlershandlershandlershandlers.onion";

/// The program under test, for workers.
pub fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_sluse"))
}

/// A worker for tests: whoever is started while `hang` is there says so in `hanging` and does
/// nothing.
pub fn worker_that_may_hang(folder: &Path) -> PathBuf {
    let (ours, here) = (program().display().to_string(), folder.display());
    let script = format!(
        "#!/bin/sh\nif [ -e {here}/hang ]; then echo >> {here}/hanging; exec /bin/sleep 600; fi\n\
         exec {ours} \"$@\"\n"
    );
    let path = folder.join("worker");
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    path
}

pub struct House {
    pub folder: tempfile::TempDir,
    pub config: Config,
    pub clock: Clock,
    pub pepper: Pepper,
    pub portal: Portal,
    pub app: App,
}

/// A handler who can sign in.
#[derive(Clone)]
pub struct Staff {
    pub name: String,
    pub password: String,
    pub factor: SecondFactor,
}

impl House {
    /// A new installation without handlers.
    pub async fn empty() -> House {
        House::with(|_| {}).await
    }

    /// A new installation with other settings, without handlers.
    pub async fn with(change: impl FnOnce(&mut Config)) -> House {
        House::build(Clock::fixed(NOON), CHEAP, change).await
    }

    /// A new installation at another time and cost, without handlers.
    pub async fn build(clock: Clock, cost: Cost, change: impl FnOnce(&mut Config)) -> House {
        let folder = tempfile::tempdir().unwrap();
        let mut config = settings(folder.path());
        change(&mut config);
        installation::make_folders(&config).unwrap();
        let pepper = Pepper::random();
        installation::write_pepper(&config.pepper, &pepper).unwrap();
        let store = installation::make_instance(&config, &clock, &pepper, cost).await.unwrap();
        store.close().await;
        let (portal, app) = open(&config, &clock).await;
        House { folder, config, clock, pepper, portal, app }
    }

    /// A new installation with the first receiver enrolled.
    pub async fn new() -> (House, Staff) {
        let house = House::empty().await;
        let anna = house.enrol("anna").await;
        (house, anna)
    }

    /// What a restart leaves.
    pub async fn restart(&mut self) {
        (self.portal, self.app) = open(&self.config, &self.clock).await;
    }

    /// What a restart leaves, with workers that are started by another program.
    pub async fn run_workers_by(&mut self, worker: &Path) {
        (self.portal, self.app) = open_with(&self.config, &self.clock, worker).await;
    }

    /// The same settings with another, empty data folder.
    pub fn restored_settings(&self) -> Config {
        Config { data: self.folder.path().join("restored"), ..self.config.clone() }
    }

    /// Another portal with the same pepper and clock, in a folder that outlives this one's
    /// test.
    pub async fn opened_with(&self, config: Config) -> House {
        let (portal, app) = open(&config, &self.clock).await;
        let folder = tempfile::tempdir().unwrap();
        House {
            folder,
            config,
            clock: self.clock.clone(),
            pepper: self.pepper.clone(),
            portal,
            app,
        }
    }

    /// Invites and enrols a handler, and opens the portal.
    pub async fn enrol(&self, name: &str) -> Staff {
        let link = self.invite(name).await;
        let visit = Ticket::random();
        let factor = self.portal.invited(&link, &visit).await.unwrap().unwrap().second_factor;
        let password = format!("en lang adgangskode for {name}");
        let code = factor.code_at(self.now() - 30).unwrap();
        let secret = || Secret::from(password.as_str());
        let (class, lane) = (Class::MirrorHandler, Lane(1));
        let new = NewAccess { password: secret(), repeated: secret(), code: &code };
        let enrolled = self.portal.enrol(&link, &visit, new, class, lane).await;
        enrolled.unwrap().unwrap();
        self.portal.open().await.unwrap();
        Staff { name: name.to_owned(), password, factor }
    }

    /// A one-time link.
    pub async fn invite(&self, name: &str) -> String {
        let store = installation::open_store(&self.config).await.unwrap();
        let name = HandlerName::parse(name).unwrap();
        let tokens = self.pepper.token_key();
        let link = invite(&store, &tokens, self.clock.today(), &name).await.unwrap().unwrap();
        store.close().await;
        link
    }

    pub fn now(&self) -> u64 {
        self.clock.unix_seconds().cast_unsigned()
    }

    pub fn reporter(&self) -> Browser {
        Browser::new(self.app.clone(), front(Door::Mirror), REPORTER_HOST)
    }

    pub fn handler(&self) -> Browser {
        Browser::new(self.app.clone(), front(Door::Mirror), HANDLER_HOST)
    }

    pub fn onion_reporter(&self) -> Browser {
        Browser::new(self.app.clone(), front(Door::Onion), REPORTER_ONION)
    }

    /// A handler's browser, signed in.
    pub async fn signed_in(&self, staff: &Staff) -> Browser {
        let mut browser = self.handler();
        browser.get("/sign-in").await;
        // A code is good for one sign-in only.
        self.clock.advance(30);
        let code = staff.factor.code_at(self.now()).unwrap();
        let fields =
            [("name", &*staff.name), ("password", &*staff.password), ("code", code.as_str())];
        let page = browser.submit("/sign-in", &fields).await;
        assert_eq!(page.path, "/", "{} is signed in", staff.name);
        browser
    }

    /// The browser of somebody who typed this code.
    pub async fn came_back(&self, code: &str) -> Browser {
        let mut browser = self.reporter();
        browser.sign_in(code).await;
        browser
    }

    /// Signs a reporter in without a browser.
    pub async fn came_in(&self, code: &str) -> SignedIn {
        let (code, place) = (ReceiptCode::parse(code).unwrap(), "here");
        let came_in = self.portal.sign_in_reporter(&code, Class::MirrorReporter, Lane(1), place);
        let Some(CameIn::ToCase(ticket)) = came_in.await.unwrap() else { panic!("no case") };
        self.portal.sessions().resume(&ticket, place).unwrap()
    }

    /// Answers that say what happened, and nothing else.
    pub fn story(&self, text: &str) -> Answers {
        let mut answers = Answers::default();
        answers.add(self.portal.questionnaire(), "text", text);
        answers
    }

    /// Sends a report and types its code back. Returns the code.
    pub async fn report(&self, text: &str) -> String {
        let mut browser = self.reporter();
        browser.get("/report").await;
        browser.upload("/report", &[("text", text)], &[]).await;
        let receipt = browser.submit("/report/send", &[]).await;
        let code = receipt.code();
        let kept = browser.submit("/receipt", &[("code", &code)]).await;
        assert_eq!(kept.path, "/receipt/kept");
        code
    }
}

pub fn front(door: Door) -> Front {
    let (secure, arrival) = match door {
        Door::Onion => (false, Arrival::Onion),
        Door::Mirror => (true, Arrival::OpenNet),
    };
    Front { door, only: None, secure, arrival, lane: Lane(1) }
}

pub fn settings(folder: &Path) -> Config {
    let (data, pepper) = (folder.join("data"), folder.join("pepper"));
    Config {
        mirror: Some(Mirror {
            reporter_host: REPORTER_HOST.to_owned(),
            handler_host: Some(HANDLER_HOST.to_owned()),
            listen: "127.0.0.1:0".to_owned(),
            certificate: None,
            key: None,
            passed_through: false,
            own_networks: Vec::new(),
        }),
        storage: Storage { free: 1, ..Storage::default() },
        ..Config::new("Styrelsen for Prøver", "Maskinen drives af Prøvehuset.", data, pepper)
    }
}

async fn open(config: &Config, clock: &Clock) -> (Portal, App) {
    open_with(config, clock, &program()).await
}

async fn open_with(config: &Config, clock: &Clock, worker: &Path) -> (Portal, App) {
    let portal = installation::open_portal(config, clock.clone(), worker).await.unwrap();
    let site = serve::site(config, portal.clone(), false).unwrap();
    portal.keep_policy(site.policy()).await.unwrap();
    for (name, surface) in [(REPORTER_ONION, Surface::Reporter), (HANDLER_ONION, Surface::Handler)]
    {
        site.add_host(Host { door: Door::Onion, name: name.to_owned(), surface });
    }
    (portal, App::new(site))
}
