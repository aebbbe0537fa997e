//! A portal in this process, to which everybody comes by a Tor exit: its clock can be moved,
//! its workers held up, its disk taken away. It looks and speaks as its site wants it, and has
//! little room.

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::time::Duration;

use sluse::clock::Clock;
use sluse::config::Notice;
use sluse::domain::derivations::Class;
use sluse::domain::questionnaire::Both;
use sluse::domain::{self, CodeLength, Portal, Ticket};
use sluse::limits::{DRAFTS, WAITING_PER_LANE};
use sluse::store::drafts;
use sluse::transport::{Connections, Entrance};
use sluse::vault::{Context, Cost, InstanceId, Key, Sealed};
use sluse::web::{Arrival, Door, Front, Lane};
use tokio::runtime::{Handle, Runtime};

use crate::place::{Addresses, Place, two_free_ports};
use crate::support::{CHEAP, House, NOON, worker_that_may_hang};

/// MiB of one file or film, and of all files of a draft.
const LARGEST_FILE: u64 = 2;
const ALL_FILES: u64 = 2;
/// Seconds for a derivation, and next to no memory.
const SLOW: Cost = Cost { memory_kib: 64, passes: 120_000 };
/// With a contrast of 7:1 against white.
const COLOUR: &str = "#7a1f4b";

/// What can be done to a portal from inside.
pub struct Inside {
    pub clock: Clock,
    portal: Portal,
    folder: PathBuf,
    database: String,
    runtime: Handle,
}

impl Inside {
    /// Moves the clock.
    pub fn days_pass(&self, days: i64) {
        self.clock.advance(days * 86_400);
    }

    /// Lets time pass, in which nobody does anything.
    pub fn minutes_pass(&self, minutes: u64) {
        self.clock.pass(Duration::from_mins(minutes));
    }

    /// As many drafts as there may be.
    pub fn drafts_are_many(&self) {
        Runtime::new().unwrap().block_on(async {
            let store = sluse::store::Store::open(&self.database).await.unwrap();
            let mut transaction = store.begin().await.unwrap();
            let context = Context::new("test", InstanceId([0; 16]));
            let body = Sealed::new(&Key::random(), &context, b"draft");
            for _ in 0..DRAFTS {
                let draft = Ticket::random().id("test");
                let day = self.clock.today();
                assert!(drafts::save(&mut transaction, &draft, day, &body).await.unwrap());
            }
            transaction.commit().await.unwrap();
            store.close().await;
        });
    }

    /// As many as may wait want a code from the network of everybody else, and more.
    pub fn others_want_codes(&self) {
        let at_once = std::thread::available_parallelism().unwrap().get();
        for _ in 0..at_once + WAITING_PER_LANE {
            let portal = self.portal.clone();
            self.runtime.spawn(async move {
                let (length, class) = (CodeLength::Usual, Class::MirrorReport);
                drop(portal.new_code(length, class, domain::turns::Lane(1)).await);
            });
        }
    }

    /// From now on no file is cleaned.
    pub fn workers_hang(&self) {
        std::fs::write(self.folder.join("hang"), "").unwrap();
    }

    /// From now on neither drafts nor cases are found.
    pub fn database_is_lost(&self) {
        Runtime::new().unwrap().block_on(async {
            let store = sluse::store::Store::open(&self.database).await.unwrap();
            for lost in ["alter table drafts rename to lost", "alter table items rename to gone"] {
                sqlx::query(lost).execute(&mut *store.connect().await.unwrap()).await.unwrap();
            }
            store.close().await;
        });
    }

    /// The site says something else, and the portal was started with it.
    pub fn policy_changes(&self) {
        let both = |words: &str| format!("# Politik\n\n## Formål\n\n{words}\n");
        let text = Both { da: both("Det nye."), en: both("The new one.") };
        Runtime::new().unwrap().block_on(self.portal.keep_policy(&text)).unwrap();
    }
}

impl Place {
    pub fn by_exit() -> Place {
        Place::inside(CHEAP)
    }

    /// Where a derivation takes seconds.
    pub fn slow() -> Place {
        Place::inside(SLOW)
    }

    fn inside(cost: Cost) -> Place {
        let runtime = Runtime::new().unwrap();
        let listeners = two_listeners();
        let port = listeners[0].local_addr().unwrap().port();
        let at = |port: u16| format!("127.0.0.1:{port}");
        let logo = tempfile::Builder::new().suffix(".png").tempfile().unwrap();
        std::fs::write(logo.path(), crate::support::pictures::logo()).unwrap();
        let mut house = runtime.block_on(House::build(Clock::fixed(NOON), cost, |config| {
            let mirror = config.mirror.as_mut().unwrap();
            mirror.reporter_host = at(port);
            mirror.handler_host = Some(at(port + 1));
            config.logo = Some(logo.path().to_owned());
            config.colour = Some(COLOUR.to_owned());
            config.notice = Some(Notice {
                da: "Portalen er lukket juleaften.".to_owned(),
                en: "The portal is closed on Christmas Eve.".to_owned(),
                last_day: None,
            });
            (config.storage.file, config.storage.film) = (LARGEST_FILE, LARGEST_FILE);
            config.storage.draft = ALL_FILES;
        }));
        let worker = worker_that_may_hang(house.folder.path());
        runtime.block_on(house.run_workers_by(&worker));
        let anna = runtime.block_on(house.enrol("anna"));
        let connections = Connections::new(house.app.clone());
        for listener in listeners {
            runtime.spawn(open_door(listener, connections.clone()));
        }
        let (clock, folder) = (house.clock.clone(), house.folder.path().to_owned());
        let (portal, database) = (house.portal.clone(), house.config.database_url());
        let runs = runtime.handle().clone();
        let inside = Inside { clock, portal, folder, database, runtime: runs };
        let addresses = Addresses {
            reporter: format!("http://{}", at(port)),
            handler: format!("http://{}", at(port + 1)),
            astray: format!("http://localhost:{port}"),
        };
        let (clock, factor) = (house.clock.clone(), anna.factor.clone());
        let code = Box::new(move || {
            // A code is good for one sign-in only.
            clock.advance(30);
            factor.code_at(clock.unix_seconds().cast_unsigned()).unwrap().to_string()
        });
        Place {
            addresses,
            socks: None,
            handler: (anna.name, anna.password),
            link: String::new(),
            first_link: String::new(),
            sample: String::new(),
            certificate: None,
            inside: Some(inside),
            running: Box::new((runtime, house, logo)),
            code,
        }
    }
}

/// Taken before the portal is made, which may take seconds: others look for ports too.
fn two_listeners() -> [TcpListener; 2] {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok();
    loop {
        let port = two_free_ports();
        if let (Some(one), Some(next)) = (bind(port), bind(port + 1)) {
            return [one, next];
        }
    }
}

async fn open_door(listener: TcpListener, connections: Connections) {
    listener.set_nonblocking(true).unwrap();
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    let (door, arrival) = (Door::Mirror, Arrival::TorExit);
    let front = Front { door, only: None, secure: false, arrival, lane: Lane(1) };
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let place = connections.place(Entrance::Mirror).await.unwrap();
        let connections = connections.clone();
        tokio::spawn(async move { connections.serve(stream, front, place).await });
    }
}
