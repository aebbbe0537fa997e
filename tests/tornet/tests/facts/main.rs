//! What the private Tor network is good for, each as a fact, on real tor processes.

mod app;
mod processes;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{OnceLock, RwLock};
use std::thread;

use tornet::socks::{ONION_NEEDS_CLIENT_KEY, SocksError};
use tornet::{Network, NetworkError, OnionService, Programs, socks};

/// The key pair of "Alice" in RFC 7748, section 6.1.
const CLIENT_PUBLIC_BASE32: &str = "QUQPACMJGCTVI5ELPXOLIPXXLIG36OQNEY4BV5HLUSUY5KU3JZVA";
const CLIENT_PRIVATE_BASE64: &str = "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=";

/// A network with an app behind a C tor onion service, used by most tests.
///
/// Who takes relays away holds the lock alone.
struct Shared {
    network: Network,
    service: OnionService,
}

impl Shared {
    fn start() -> Result<Shared, NetworkError> {
        let network = Network::start(&fresh_folder("shared")?)?;
        let service = network.onion_service(app::start()?, &[])?;
        Ok(Shared { network, service })
    }

    #[expect(clippy::expect_used, reason = "no test can go on without the network")]
    fn get() -> &'static RwLock<Shared> {
        static SHARED: OnceLock<RwLock<Shared>> = OnceLock::new();
        SHARED.get_or_init(|| RwLock::new(Shared::start().expect("a network")))
    }

    /// Fetches the page of the app as the user `name`.
    fn fetch(&self, name: &str) -> Result<String, SocksError> {
        fetch(&self.network, name, self.service.address())
    }

    /// The page of the app, which must come.
    fn page(&self, name: &str) -> String {
        page(&self.network, name, self.service.address())
    }
}

fn fetch(network: &Network, name: &str, address: &str) -> Result<String, SocksError> {
    let stream = socks::connect(network.socks_addr(), name, address, 80)?;
    Ok(app::get(stream)?)
}

/// Fetches a page that must come. On a busy machine tor gives a circuit up now and then,
/// as it does on the real network: a person tries again, and so does this.
fn page(network: &Network, name: &str, address: &str) -> String {
    let mut refusals = Vec::new();
    while refusals.len() < 3 {
        match fetch(network, name, address) {
            Ok(page) => return page,
            Err(refusal) => refusals.push(refusal),
        }
    }
    panic!("refused three times: {refusals:?}")
}

/// A folder below the target folder, emptied of what an earlier run left.
fn fresh_folder(name: &str) -> io::Result<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    Ok(folder)
}

#[test]
fn a_page_comes_through_real_tor_circuits() {
    let shared = Shared::get().read().unwrap();
    assert_eq!(shared.page("reader"), app::PAGE);
}

#[test]
fn an_address_that_nobody_offers_is_refused() {
    let shared = Shared::get().read().unwrap();
    let nobody = "2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion";
    let refusal = fetch(&shared.network, "reader", nobody).unwrap_err();
    assert!(matches!(refusal, SocksError::Refused(socks::ONION_NOT_FOUND)), "{refusal}");
}

#[test]
fn each_user_name_gets_a_circuit_of_its_own() {
    let shared = Shared::get().read().unwrap();
    let mut control = shared.network.control().unwrap();
    shared.page("first of two");
    shared.page("second of two");
    let circuits = control.command("GETINFO circuit-status").unwrap();
    let of = |name: &str| {
        let mark = format!("SOCKS_USERNAME=\"{name}\"");
        let mine = circuits.iter().filter(|line| line.contains(&mark));
        mine.filter(|line| line.contains("PURPOSE=HS_CLIENT_REND")).cloned().collect::<Vec<_>>()
    };
    assert_eq!((of("first of two").len(), of("second of two").len()), (1, 1), "{circuits:#?}");
    assert_ne!(of("first of two"), of("second of two"));
}

#[test]
fn a_restricted_service_opens_only_to_the_client_with_the_key() {
    let shared = Shared::get().read().unwrap();
    let network = &shared.network;
    let service = network.onion_service(app::start().unwrap(), &[CLIENT_PUBLIC_BASE32]).unwrap();
    let refusal = fetch(network, "handler", service.address()).unwrap_err();
    assert!(matches!(refusal, SocksError::Refused(ONION_NEEDS_CLIENT_KEY)), "{refusal}");
    let mut control = network.control().unwrap();
    control.add_onion_client_key(service.address(), CLIENT_PRIVATE_BASE64).unwrap();
    assert_eq!(page(network, "handler", service.address()), app::PAGE);
}

#[test]
#[expect(clippy::readonly_write_lock, reason = "nobody else may fetch meanwhile")]
fn a_pause_of_all_relays_holds_a_page_back_and_does_not_lose_it() {
    let shared = Shared::get().write().unwrap();
    let mut control = shared.network.control().unwrap();
    shared.page("patient");
    let resumed = AtomicBool::new(false);
    shared.network.pause();
    thread::scope(|scope| {
        let fetch = scope.spawn(|| (shared.fetch("patient").unwrap(), resumed.load(SeqCst)));
        while control.command("GETINFO stream-status").unwrap().is_empty() {
            assert!(!fetch.is_finished(), "nothing can come while all relays are frozen");
        }
        resumed.store(true, SeqCst);
        shared.network.resume();
        assert_eq!(fetch.join().unwrap(), (app::PAGE.to_owned(), true));
    });
}

#[test]
fn a_network_that_was_taken_away_comes_back() {
    let mut shared = Shared::get().write().unwrap();
    let before = shared.network.pids();
    shared.network.stop_relays();
    let during = shared.network.pids();
    assert_eq!(before.iter().filter(|&&pid| processes::exists(pid)).count(), 1);
    assert_eq!(during.len(), 1, "only the client is left");
    shared.network.start_relays().unwrap();
    assert_eq!(shared.network.pids().len(), before.len());
    // The relays have forgotten the descriptor of the first.
    shared.service = shared.network.onion_service(app::start().unwrap(), &[]).unwrap();
    assert_eq!(shared.page("traveller"), app::PAGE);
}

#[test]
fn a_second_network_works_beside_the_first_and_leaves_no_process() {
    let shared = Shared::get().read().unwrap();
    let second = Network::start(&fresh_folder("second").unwrap()).unwrap();
    assert_ne!(second.socks_port(), shared.network.socks_port());
    let service = second.onion_service(app::start().unwrap(), &[]).unwrap();
    assert_eq!(page(&second, "reader", service.address()), app::PAGE);
    let pids = second.pids();
    assert_eq!(pids.iter().filter(|&&pid| processes::exists(pid)).count(), 9);
    drop(second);
    assert!(!pids.into_iter().any(processes::exists));
    assert_eq!(shared.page("reader"), app::PAGE, "the first goes on");
}

#[test]
fn arti_is_told_of_every_authority() {
    let shared = Shared::get().read().unwrap();
    let config = shared.network.arti_config();
    assert_eq!(config.matches("rsa_identity").count(), 3);
    assert_eq!(config.matches("ed_identity").count(), 3);
    assert!(!config.contains("\"\""), "{config}");
}

#[test]
fn a_tor_that_is_not_there_is_named_with_the_remedy() {
    let tor = PathBuf::from("/nonexistent/tor");
    let programs = Programs { tor, ..Programs::default() };
    let refusal =
        Network::start_with(&fresh_folder("without-tor").unwrap(), &programs).unwrap_err();
    let words = "/nonexistent/tor is not installed: apt-get install tor";
    assert_eq!(refusal.to_string(), words);
}

#[test]
fn a_tor_that_cannot_run_is_quoted() {
    let programs = Programs { tor: "/bin/false".into(), ..Programs::default() };
    let refusal = Network::start_with(&fresh_folder("false-tor").unwrap(), &programs).unwrap_err();
    assert!(matches!(refusal, NetworkError::Keys(_)), "{refusal}");
}

#[test]
fn a_folder_with_anything_in_it_is_refused() {
    let folder = fresh_folder("in-use").unwrap();
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("letter"), "").unwrap();
    let refusal = Network::start(&folder).unwrap_err();
    assert!(matches!(refusal, NetworkError::FolderInUse(_)), "{refusal}");
}
