//! Puts the parts together, opens the doors, and stops cleanly.

use std::collections::HashSet;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::checks::{self, Check, State};
use crate::clock::{Clock, Day};
use crate::config::Config;
use crate::domain::Portal;
use crate::domain::attachment::logo::{self, Logo, NoLogo};
use crate::domain::questionnaire::Both;
use crate::domain::sweep::Swept;
use crate::limits::SWEEP;
use crate::status::{self, OnionChecks, Socket, Watch};
use crate::store::ObjectId;
use crate::transport::mirror::{Listen, Mirror};
use crate::transport::{Connections, Networks};
use crate::web::information::Information;
use crate::web::look::{Colour, Look};
use crate::web::site::{Host, Notice, Words};
use crate::web::text::Lang;
use crate::web::{App, Door, Site, Surface};
use crate::{installation, machine};

/// A portal whose doors are open.
pub struct Serving {
    /// The onion address of each surface, if there is an onion door.
    pub addresses: Vec<(Surface, String)>,
    site: Site,
    connections: Connections,
    doors: Doors,
    watch: Watch,
    socket: Socket,
    sweeping: Sweeping,
    _lock: File,
}

/// Doors that are open. Each ends when the portal stops, or fails.
pub type Doors = JoinSet<anyhow::Result<()>>;

/// The onion services, once they are launched.
#[derive(Default)]
pub struct Onion {
    /// The address of each surface; none if there is no onion door.
    pub addresses: Vec<(Surface, String)>,
    /// Asks how they are.
    pub checks: OnionChecks,
}

/// Opens an installation and its doors.
pub async fn open(config: &Config) -> anyhow::Result<Serving> {
    let worker = checks::refuse_unsafe(config)?;
    installation::only_ours(&config.data)?;
    let lock = installation::lock(config)?;
    let socket = status::listen(config)?;
    clear_left_copy(config);
    installation::update_store(config).await?;
    let program = Path::new(machine::OURSELVES);
    let portal = installation::open_portal(config, Clock::system(), program).await?;
    warn_if_closed(&portal).await?;
    // Before a door opens: nobody uploads yet, so what is half-written is a crash's.
    let mut sweeping = Sweeping::new(config, &portal);
    sweeping.once().await;
    let site = site(config, portal.clone(), false)?;
    let connections = Connections::new(App::new(site.clone()));
    let networks = Networks::new(config.own_networks());
    let mut doors = Doors::new();
    open_mirror(config, &connections, &networks, &mut doors).await?;
    let onion = open_onion(config, &site, &connections, &networks, &mut doors).await?;
    anyhow::ensure!(
        !doors.is_empty(),
        "no door is set up: add [onion] or a [mirror] to the settings"
    );
    // Now that it is shown.
    portal.keep_policy(site.policy()).await?;
    let (addresses, onion) = (onion.addresses, onion.checks);
    let swept = sweeping.swept.subscribe();
    let watch = Watch { config: config.clone(), portal, worker, onion, swept };
    Ok(Serving { addresses, site, connections, doors, watch, socket, sweeping, _lock: lock })
}

impl Serving {
    /// Runs until it is told to stop, or a door fails.
    pub async fn run(self) -> anyhow::Result<()> {
        let Serving { site, connections, mut doors, watch, socket, sweeping, .. } = self;
        let sweeping = tokio::spawn(sweeping.every_hour());
        let watch = Arc::new(watch);
        let asked = watch.clone();
        let answering = tokio::spawn(async move { asked.answer(socket).await });
        let watching = tokio::spawn(async move { watch.keep(&site).await });
        let ended = tokio::select! {
            stopped = stop_signal() => stopped,
            Some(door) = doors.join_next() => door?,
        };
        tracing::info!(target: "sluse::serve", "stopping");
        connections.stop().await;
        sweeping.abort();
        answering.abort();
        watching.abort();
        doors.shutdown().await;
        ended
    }
}

/// Erases the copy of a backup that was cut off.
fn clear_left_copy(config: &Config) {
    if !config.copy().exists() {
        return;
    }
    if let Err(failure) = installation::take_copy_folder(config) {
        tracing::warn!(target: "sluse::serve", "the copy of a backup is left alone: {failure:#}");
    }
}

/// The first handler needs the running portal to enrol; until then it takes no report.
async fn warn_if_closed(portal: &Portal) -> anyhow::Result<()> {
    if !portal.has_readers().await? {
        tracing::warn!(
            target: "sluse::serve",
            "no handler can read reports yet, so none are taken: open the link that `sluse init` \
             or `sluse handler add NAME` printed"
        );
    } else if portal.opened_on().await?.is_none() {
        tracing::warn!(
            target: "sluse::serve",
            "no reports are taken yet: a handler opens the portal from the list of cases"
        );
    }
    Ok(())
}

/// Whether the site's own information pages can be shown, and are there in both languages.
pub fn pages(config: &Config) -> Check {
    let Some(folder) = &config.pages else { return Check::new("pages", State::Ok, "") };
    if let Err(error) = Information::load(Some(folder)) {
        return Check::new("pages", State::Fail, format!("{error:#}"));
    }
    let doubts = Information::doubts(folder);
    let state = if doubts.is_empty() { State::Ok } else { State::Warn };
    Check::new("pages", state, doubts.join("; "))
}

/// The site around a portal.
pub fn site(config: &Config, portal: Portal, demo: bool) -> anyhow::Result<Site> {
    let look = look(config, |file| portal.logo(file))?;
    let words = Words {
        organisation: config.organisation.clone(),
        operator: config.operator.clone(),
        contact: in_one_line(config.contact.as_deref()),
        data_protection_officer: in_one_line(config.data_protection_officer.as_deref()),
        notice: config.notice.as_ref().map(|notice| Notice {
            words: Both { da: notice.da.clone(), en: notice.en.clone() },
            last_day: notice.last_day.as_deref().and_then(Day::parse),
        }),
        has_logo: look.logo.is_some(),
        language: Lang::parse(&config.language).unwrap_or(Lang::Da),
        demo,
    };
    let mut hosts = Vec::new();
    if let Some(mirror) = &config.mirror {
        let host = |name: &String, surface| Host {
            door: Door::Mirror,
            name: name.to_ascii_lowercase(),
            surface,
        };
        hosts.push(host(&mirror.reporter_host, Surface::Reporter));
        hosts.extend(mirror.handler_host.iter().map(|name| host(name, Surface::Handler)));
    }
    let mut information = Information::load(config.pages.as_deref())?;
    if !config.tor_guide {
        information.leave_out("/tor");
    }
    Site::new(portal, words, information, &look, hosts)
}

/// The look that the settings ask for.
fn look(config: &Config, read: impl FnOnce(&Path) -> Result<Logo, NoLogo>) -> anyhow::Result<Look> {
    let mut look = Look::default();
    if let Some(colour) = &config.colour {
        let readable = Colour::readable(colour);
        look.colour = Some(readable.map_err(|why| anyhow::anyhow!("`colour`: {colour} {why}"))?);
    }
    if let Some(file) = &config.logo {
        let logo = read(file);
        let logo = logo.map_err(|why| anyhow::anyhow!("`logo`: {} {why}", file.display()))?;
        look.logo = Some(logo);
    }
    Ok(look)
}

/// Lines of the settings, as a page says them in a sentence.
fn in_one_line(lines: Option<&str>) -> Option<String> {
    let lines = lines?.lines().map(str::trim).filter(|line| !line.is_empty());
    Some(lines.collect::<Vec<_>>().join(", ")).filter(|line| !line.is_empty())
}

/// Whether the site's own look can be shown.
pub fn own_look(config: &Config) -> Check {
    match look(config, |file| logo::read(file, Path::new(machine::OURSELVES))) {
        Ok(_) => Check::new("look", State::Ok, ""),
        Err(error) => Check::new("look", State::Fail, format!("{error:#}")),
    }
}

/// Whether the mirror can listen where the settings say.
pub fn mirror(config: &Config) -> Check {
    let listen = config.mirror.as_ref().map(Listen::from_settings).transpose();
    let checked = listen.and_then(|listen| listen.map_or(Ok(()), |listen| listen.refuse_open()));
    match checked {
        Ok(()) => Check::new("mirror", State::Ok, ""),
        Err(error) => Check::new("mirror", State::Fail, format!("{error:#}")),
    }
}

/// Whether the pages can say whom to ask.
pub fn contact(config: &Config) -> Check {
    let facts = [
        ("contact", &config.contact),
        ("data_protection_officer", &config.data_protection_officer),
    ];
    let is_missing = |(_, said): &(_, &Option<String>)| in_one_line(said.as_deref()).is_none();
    let missing: Vec<_> =
        facts.into_iter().filter(is_missing).map(|(name, _)| format!("`{name}`")).collect();
    if missing.is_empty() {
        return Check::new("contact", State::Ok, "");
    }
    let detail = format!(
        "{} not set: the pages on privacy, policy and other ways send people to your ordinary \
         website",
        missing.join(" and ")
    );
    Check::new("contact", State::Warn, detail)
}

/// Opens the mirror, if the settings have one.
async fn open_mirror(
    config: &Config,
    connections: &Connections,
    networks: &Networks,
    doors: &mut Doors,
) -> anyhow::Result<()> {
    let Some(mirror) = &config.mirror else { return Ok(()) };
    let mirror = Mirror::bind(&Listen::from_settings(mirror)?, networks.clone()).await?;
    tracing::info!(target: "sluse::serve", "the mirror is listening");
    let running = mirror.run(connections.clone());
    doors.spawn(async {
        running.await;
        Ok(())
    });
    Ok(())
}

/// Puts the portal on the Tor network, if the settings say so.
#[cfg(feature = "onion")]
pub async fn open_onion(
    config: &Config,
    site: &Site,
    connections: &Connections,
    networks: &Networks,
    doors: &mut Doors,
) -> anyhow::Result<Onion> {
    use crate::transport::onion::OnionDoor;
    let Some(onion) = config.onion.as_ref().filter(|onion| onion.enabled) else {
        return Ok(Onion::default());
    };
    let door = OnionDoor::open(config, onion, connections.clone(), networks.clone()).await?;
    let addresses = door.addresses();
    for (surface, name) in addresses.clone() {
        site.add_host(Host { door: Door::Onion, name, surface });
    }
    let checks = status::of_onion(door.status());
    doors.spawn(door.run());
    Ok(Onion { addresses, checks })
}

/// Refuses an onion service: this build has none.
#[cfg(not(feature = "onion"))]
#[expect(clippy::unused_async, reason = "the build with an onion service waits")]
pub async fn open_onion(
    config: &Config,
    _: &Site,
    _: &Connections,
    _: &Networks,
    _: &mut Doors,
) -> anyhow::Result<Onion> {
    let asked_for = config.onion.as_ref().is_some_and(|onion| onion.enabled);
    anyhow::ensure!(!asked_for, "this build of sluse has no onion service: remove [onion]");
    Ok(Onion::default())
}

/// Resolves when the process is asked to stop.
pub async fn stop_signal() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

/// Sweeps, on and on from what the sweep before found needless.
struct Sweeping {
    portal: Portal,
    even_many: bool,
    needless: Option<HashSet<ObjectId>>,
    swept: watch::Sender<Swept>,
}

impl Sweeping {
    fn new(config: &Config, portal: &Portal) -> Self {
        let even_many = config.storage.dangerously_erase_unknown_files;
        Sweeping {
            portal: portal.clone(),
            even_many,
            needless: None,
            swept: watch::Sender::default(),
        }
    }

    async fn every_hour(mut self) {
        loop {
            tokio::time::sleep(SWEEP).await;
            self.once().await;
        }
    }

    async fn once(&mut self) {
        let before = self.needless.as_ref();
        let done = if self.even_many {
            self.portal.sweep_even_many(before).await
        } else {
            self.portal.sweep(before).await
        };
        match done {
            Ok((swept, left)) => {
                tell(&swept);
                self.swept.send_replace(swept);
                self.needless = Some(left);
            }
            Err(failure) => {
                tracing::error!(target: "sluse::sweep", "not swept: {failure}");
                // What was begun at start is not begun again while people upload.
                self.needless.get_or_insert_default();
            }
        }
    }
}

fn tell(swept: &Swept) {
    if swept.drafts > 0 || swept.objects > 0 {
        tracing::info!(
            target: "sluse::sweep",
            "swept {} drafts, {} objects", swept.drafts, swept.objects
        );
    }
    let check = checks::sweep(swept);
    if check.state == State::Fail {
        tracing::error!(target: "sluse::sweep", "{}", check.detail);
    }
}
