//! Starts a private Tor network and keeps it until Ctrl-C: for trying the portal, or
//! any onion service, by hand.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use std::{env, fs};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use tornet::Network;

type Failure = Box<dyn std::error::Error>;

const USAGE: &str = "usage: tornet [--folder DIR] [--c-onion PORT]

  --folder DIR    keep the files of the network here; DIR must be empty or new
                  (default: a temporary folder, removed at the end)
  --c-onion PORT  let a C tor offer 127.0.0.1:PORT as an onion service";

/// What was asked for.
#[derive(Default)]
struct Options {
    folder: Option<PathBuf>,
    c_onion: Option<u16>,
}

fn main() -> ExitCode {
    match options(env::args().skip(1)).and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Nothing is left to do if this cannot be written.
            let _ = writeln!(io::stderr(), "tornet: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn options(mut words: impl Iterator<Item = String>) -> Result<Options, Failure> {
    let mut options = Options::default();
    while let Some(word) = words.next() {
        match (word.as_str(), words.next()) {
            ("--folder", Some(folder)) => options.folder = Some(folder.into()),
            ("--c-onion", Some(port)) => options.c_onion = Some(port.parse()?),
            _ => return Err(USAGE.into()),
        }
    }
    Ok(options)
}

fn run(options: &Options) -> Result<(), Failure> {
    // Before the first process starts, so that Ctrl-C never leaves one behind.
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    let temporary = tempfile::Builder::new().prefix("tornet-").tempdir()?;
    let folder = options.folder.as_deref().unwrap_or(temporary.path());
    let started = Instant::now();
    let network = Network::start(folder)?;
    let seconds = started.elapsed().as_secs_f32();
    let service = options.c_onion.map(|port| network.onion_service(port, &[])).transpose()?;
    let onion = service.as_ref().map_or("ADDRESS.onion", |service| service.address());
    let text = how_to_use(&network, folder, onion)?;
    writeln!(io::stdout(), "ready after {seconds:.1} s\n{text}\nCtrl-C stops it.")?;
    signals.forever().next();
    Ok(())
}

/// Writes the files that other programs need, and says how to use them.
fn how_to_use(network: &Network, folder: &Path, onion: &str) -> Result<String, Failure> {
    let arti = folder.join("arti.toml");
    fs::write(&arti, network.arti_config())?;
    let profile = folder.join("firefox");
    fs::create_dir_all(&profile)?;
    fs::write(profile.join("user.js"), firefox_settings(network.socks_port()))?;
    let mut text = String::new();
    writeln!(text, "SOCKS    127.0.0.1:{}", network.socks_port())?;
    writeln!(text, "arti     {}", arti.display())?;
    writeln!(
        text,
        "curl     curl --socks5-hostname me:x@127.0.0.1:{} http://{onion}/",
        network.socks_port()
    )?;
    write!(
        text,
        "Firefox  firefox-esr --no-remote --profile {} http://{onion}/",
        profile.display()
    )?;
    Ok(text)
}

/// Firefox refuses onion addresses unless told, and must not resolve them itself.
fn firefox_settings(socks_port: u16) -> String {
    format!(
        "user_pref(\"network.proxy.type\", 1);
user_pref(\"network.proxy.socks\", \"127.0.0.1\");
user_pref(\"network.proxy.socks_port\", {socks_port});
user_pref(\"network.proxy.socks_version\", 5);
user_pref(\"network.proxy.socks_remote_dns\", true);
user_pref(\"network.dns.blockDotOnion\", false);
user_pref(\"dom.securecontext.allowlist_onions\", true);
"
    )
}
