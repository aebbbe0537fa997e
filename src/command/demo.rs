//! `sluse demo`: the whole portal on loopback, with data that goes away at the end.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
#[cfg(feature = "onion")]
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use tokio::sync::watch;

use super::{print_addresses, say, test_report};
use crate::clock::Clock;
use crate::config::{Config, Mirror as MirrorSettings, Onion};
use crate::domain::derivations::Class;
use crate::domain::invitation::{NewAccess, invite};
use crate::domain::questionnaire::Answers;
use crate::domain::turns::Lane;
use crate::domain::{HandlerName, Portal, ReceiptCode, SecondFactor, Secret, Ticket};
use crate::serve::{self, Doors};
use crate::status::Watch;
use crate::transport::mirror::{Listen, Mirror};
use crate::transport::{Connections, Networks};
use crate::vault::{Cost, Pepper};
use crate::web::{App, Site};
use crate::{checks, installation, machine};

/// Name of the handler who is there from the start.
const HANDLER: &str = "anna";
/// The sample case, by the fields of the questionnaire that comes with the program.
const ANSWERS: [(&str, &str); 5] = [
    ("relation", "employee"),
    ("area", "money"),
    (
        "text",
        "Chefen for lageret har siden foråret sendt fakturaer fra sin brors firma til godkendelse, \
         uden at nogen varer er kommet. Jeg har set tre af dem.",
    ),
    ("ongoing", "yes"),
    ("reprisals", "feared"),
];

/// What a demonstration can be told.
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Port of the reporters' pages; the handlers' are on the next one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Also as an onion service. Whoever watches this network can see that Tor is used.
    #[cfg(feature = "onion")]
    #[arg(long)]
    tor: bool,
    /// Another Tor network than the public one: a file with arti's settings.
    #[cfg(feature = "onion")]
    #[arg(long, requires = "tor")]
    tor_network: Option<PathBuf>,
}

impl Demo {
    /// Runs a demonstration until Ctrl-C.
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let folder = tempfile::Builder::new().prefix("sluse-demo-").tempdir()?;
        let mut config = settings(folder.path(), self.port);
        config.onion = self.onion();
        let demo = prepare(&config).await?;
        let site = demo.site.clone();
        let connections = Connections::new(App::new(site.clone()));
        let networks = Networks::default();
        let mut doors = Doors::new();
        for port in [self.port, self.port.saturating_add(1)] {
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
            let mirror = Mirror::bind(&Listen::Plain(address), networks.clone()).await?;
            let running = mirror.run(connections.clone());
            doors.spawn(async {
                running.await;
                Ok(())
            });
        }
        introduce(&demo, self.port, folder.path())?;
        if config.onion.is_some() {
            say(
                "\nThis machine now connects to the Tor network: whoever watches this network can",
            )?;
            say(
                "see that Tor is used. The pages can be opened in Tor Browser in a minute or two:",
            )?;
        }
        let onion = serve::open_onion(&config, &site, &connections, &networks, &mut doors).await?;
        print_addresses(&onion.addresses)?;
        let (portal, worker) = (demo.portal.clone(), checks::worker());
        let (onion, swept) = (onion.checks, watch::Sender::default().subscribe());
        let watch = Watch { config, portal, worker, onion, swept };
        let watching = tokio::spawn(async move { watch.keep(&site).await });
        let new_codes = tokio::spawn(print_codes(demo.factor.clone()));
        serve::stop_signal().await?;
        new_codes.abort();
        watching.abort();
        connections.stop().await;
        doors.shutdown().await;
        folder.close()?;
        say("\nThe demonstration is over; its data is gone.")?;
        // A thread may still be waiting for a line at the terminal.
        std::process::exit(0)
    }

    #[cfg(feature = "onion")]
    fn onion(&self) -> Option<Onion> {
        let tor_network = self.tor_network.clone();
        self.tor.then(|| Onion { restrict_handlers: false, tor_network, ..Onion::default() })
    }

    #[cfg(not(feature = "onion"))]
    #[expect(clippy::unused_self, reason = "the other build looks at what was asked for")]
    fn onion(&self) -> Option<Onion> {
        None
    }
}

/// What a demonstration begins with.
struct Sample {
    portal: Portal,
    site: Site,
    password: String,
    factor: SecondFactor,
    code: ReceiptCode,
}

fn settings(folder: &Path, port: u16) -> Config {
    let host = |port: u16| format!("127.0.0.1:{port}");
    let (data, pepper) = (folder.join("data"), folder.join("pepper"));
    Config {
        mirror: Some(MirrorSettings {
            reporter_host: host(port),
            handler_host: Some(host(port.saturating_add(1))),
            listen: host(port),
            certificate: None,
            key: None,
            passed_through: false,
            own_networks: Vec::new(),
        }),
        ..Config::new("Demostyrelsen", "Demostyrelsen", data, pepper)
    }
}

/// Makes an installation with one handler and one case in it.
async fn prepare(config: &Config) -> anyhow::Result<Sample> {
    installation::make_folders(config)?;
    let pepper = Pepper::random();
    installation::write_pepper(&config.pepper, &pepper)?;
    let clock = config.clock();
    let store = installation::make_instance(config, &clock, &pepper, Cost::SMALL).await?;
    let name = HandlerName::parse(HANDLER).context("a name")?;
    let link = invite(&store, &pepper.token_key(), clock.today(), &name).await?;
    store.close().await;
    let portal = installation::open_portal(config, clock, Path::new(machine::OURSELVES)).await?;
    let link = link.context("a new installation has no handlers")?;
    let (password, factor) = enrol(&portal, &link).await?;
    portal.open().await?;
    let site = serve::site(config, portal.clone(), true)?;
    portal.keep_policy(site.policy()).await?;
    let code = report(&portal).await?;
    Ok(Sample { portal, site, password, factor, code })
}

async fn enrol(portal: &Portal, link: &str) -> anyhow::Result<(String, SecondFactor)> {
    let visit = Ticket::random();
    let invited = portal.invited(link, &visit).await?.context("the link was made a moment ago")?;
    let factor = invited.second_factor;
    // One step back: the code of this moment is left for signing in.
    let now = unix_now(portal).saturating_sub(crate::vault::totp::STEP);
    let code = factor.code_at(now).context("a code")?;
    let password = data_encoding::BASE32_NOPAD.encode(&crate::vault::random::<10>()).to_lowercase();
    let secret = || Secret::from(password.as_str());
    let (class, lane) = (Class::MirrorHandler, Lane(0));
    let new = NewAccess { password: secret(), repeated: secret(), code: &code };
    let enrolled = portal.enrol(link, &visit, new, class, lane).await?;
    anyhow::ensure!(enrolled.is_ok(), "the demonstration's handler was not enrolled");
    Ok((password, factor))
}

async fn report(portal: &Portal) -> anyhow::Result<ReceiptCode> {
    let mut answers = Answers::default();
    for (field, answer) in ANSWERS {
        answers.add(portal.questionnaire(), field, answer);
    }
    test_report::send(portal, &answers).await
}

fn introduce(demo: &Sample, port: u16, folder: &Path) -> anyhow::Result<()> {
    let code = demo.factor.code_at(unix_now(&demo.portal)).context("a code")?;
    say("DEMO – do not use for real reports\n")?;
    say(&format!("Reporters:  http://127.0.0.1:{port}/"))?;
    say(&format!("  a sample receipt code: {}\n", *demo.code.in_groups()))?;
    say(&format!("Handlers:   http://127.0.0.1:{}/", port.saturating_add(1)))?;
    say(&format!("  name {HANDLER}, password {}, one-time code {}", demo.password, *code))?;
    say("  (each one-time code works once, and for a minute; press Enter for a new one)\n")?;
    say(&format!("Data: {}, gone at Ctrl-C. Next: sluse init --help", folder.display()))
}

/// Prints the code of the moment whenever Enter is pressed.
async fn print_codes(factor: SecondFactor) -> anyhow::Result<()> {
    use tokio::io::AsyncBufReadExt as _;
    let mut lines = tokio::io::BufReader::new(tokio::io::stdin()).lines();
    let clock = Clock::system();
    while lines.next_line().await?.is_some() {
        let now = u64::try_from(clock.unix_seconds()).unwrap_or_default();
        say(&format!("one-time code: {}", *factor.code_at(now).context("a code")?))?;
    }
    Ok(())
}

fn unix_now(portal: &Portal) -> u64 {
    u64::try_from(portal.clock().unix_seconds()).unwrap_or_default()
}
