//! Puts the parts together, opens the doors, and stops cleanly.

use std::collections::HashSet;
use std::fs::{DirBuilder, Permissions};
use std::num::NonZero;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::task::JoinSet;
use zeroize::Zeroizing;

use crate::checks::{self, Check};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::Portal;
use crate::domain::attachment::Cleaning;
use crate::domain::derivations::{CLASSES, Derivations};
use crate::domain::portal::{Parts, Quota, initialise, read_instance};
use crate::domain::session::Sessions;
use crate::domain::sweep::Swept;
use crate::status::{self, Watch};
use crate::store::{ObjectId, Objects, Store};
use crate::transport::mirror::{Listen, Mirror};
use crate::transport::{Connections, Networks};
use crate::vault::{Cost, Pepper};
use crate::web::site::{Host, Words};
use crate::web::text::Lang;
use crate::web::{App, Door, Site, Surface};

/// How often expired drafts and needless objects are swept.
const SWEEP: Duration = Duration::from_hours(1);
/// This program, also when its file was replaced by a newer one meanwhile.
pub const OURSELVES: &str = "/proc/self/exe";

/// Prepares the process: nothing it holds may reach a disk by a crash or a debugger.
pub fn harden() -> anyhow::Result<()> {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    // The one provider of TLS for the whole process, before anything asks for one.
    // A second call, in a test, changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Ok(())
}

/// Makes the folders of a new installation, for its owner only.
pub fn make_folders(config: &Config) -> anyhow::Result<()> {
    for folder in [config.data.clone(), config.objects(), config.spool()] {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    note_no_reading(config);
    Ok(())
}

/// Asks the file system not to note when a file was read: most do so once a day, and the
/// time at which a database or an attachment was read is the time of somebody's visit.
/// New files take the request over from their folder.
///
/// Some file systems know no such request; there the folder is to be mounted `noatime`.
fn note_no_reading(config: &Config) {
    use rustix::fs::{IFlags, ioctl_getflags, ioctl_setflags};
    let (data, objects) = (&config.data, config.objects());
    let files = std::fs::read_dir(data).into_iter().chain(std::fs::read_dir(&objects)).flatten();
    let files = files.flatten().map(|entry| entry.path());
    for path in [data.clone(), objects.clone()].into_iter().chain(files) {
        let Ok(file) = std::fs::File::open(path) else { continue };
        if let Ok(flags) = ioctl_getflags(&file)
            && !flags.contains(IFlags::NOATIME)
        {
            let _ = ioctl_setflags(&file, flags | IFlags::NOATIME);
        }
    }
}

/// Writes a new pepper, for its owner only. Never over one that is there.
pub fn write_pepper(path: &Path, pepper: &Pepper) -> anyhow::Result<()> {
    use std::io::Write as _;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("cannot make the pepper file {}", path.display()))?;
    file.write_all(pepper.to_text().as_bytes())?;
    file.write_all(b"\n")?;
    Ok(file.sync_all()?)
}

/// Reads the pepper.
pub fn read_pepper(path: &Path) -> anyhow::Result<Pepper> {
    only_ours(path)?;
    let text = std::fs::read_to_string(path).map(Zeroizing::new);
    let text = text.with_context(|| format!("cannot read the pepper file {}", path.display()))?;
    Pepper::parse(&text).with_context(|| format!("there is no pepper in {}", path.display()))
}

/// Refuses a file or folder that others on this machine can look into.
pub fn only_ours(path: &Path) -> anyhow::Result<()> {
    let meta =
        std::fs::metadata(path).with_context(|| format!("{} is not there", path.display()))?;
    let for_others = meta.mode() & 0o077;
    anyhow::ensure!(
        for_others == 0,
        "{} can be opened by other users of this machine: chmod {} {}",
        path.display(),
        if meta.is_dir() { "700" } else { "600" },
        path.display()
    );
    Ok(())
}

/// Takes away what others may do with a file or folder.
pub fn make_ours(path: &Path, mode: u32) -> anyhow::Result<()> {
    Ok(std::fs::set_permissions(path, Permissions::from_mode(mode))?)
}

/// Opens the database of an installation as it is.
pub async fn open_store(config: &Config) -> anyhow::Result<Store> {
    only_ours(&config.data)?;
    Ok(Store::open(&config.database_url()).await?)
}

/// Makes the database row of a new installation.
pub async fn make_instance(
    config: &Config,
    clock: &Clock,
    pepper: &Pepper,
    cost: Cost,
) -> anyhow::Result<Store> {
    only_ours(&config.data)?;
    let _lock = lock(config)?;
    if config.database.is_none() {
        // Made here and not by SQLite, which would let others read it.
        let file = config.database_file();
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(false).mode(0o600).open(&file)?;
    }
    let store = open_store(config).await?;
    store.update().await?;
    initialise(&store, clock, pepper, cost).await?;
    Ok(store)
}

/// Brings the tables up to date. Whoever calls this has the data folder for itself.
async fn update_store(config: &Config) -> anyhow::Result<()> {
    let store = open_store(config).await?;
    store.update().await?;
    store.close().await;
    Ok(())
}

/// The cost that this machine can carry: the standard from 2 GiB of memory upwards.
pub fn cost_for_this_machine() -> Cost {
    if memory() >= 2 << 30 { Cost::STANDARD } else { Cost::SMALL }
}

/// Bytes of memory that this process may use: the machine's, or fewer in a container.
fn memory() -> u64 {
    let info = rustix::system::sysinfo();
    let machine = u128::from(info.totalram) * u128::from(info.mem_unit);
    let machine = u64::try_from(machine).unwrap_or(u64::MAX);
    let groups = std::fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    let group = groups.lines().find_map(|line| line.strip_prefix("0::")).unwrap_or("/");
    let limit = std::fs::read_to_string(format!("/sys/fs/cgroup{group}/memory.max"));
    limit.ok().and_then(|limit| limit.trim().parse().ok()).unwrap_or(machine).min(machine)
}

/// How many derivations of one class may run at the same time: half of the cores are left
/// for pages, and all classes together take no more than half of the memory. A flood would
/// end the portal otherwise.
fn at_once(cores: usize, memory: u64, cost: Cost) -> usize {
    let all = memory / 2 / (u64::from(cost.memory_kib) << 10).max(1);
    let all = usize::try_from(all).unwrap_or(usize::MAX);
    (cores / 2).min(all / CLASSES).max(1)
}

/// Opens an installation.
pub async fn open_portal(config: &Config, clock: Clock) -> anyhow::Result<Portal> {
    open_portal_with(config, clock, PathBuf::from(OURSELVES)).await
}

/// Opens an installation whose workers are started from `program`.
pub async fn open_portal_with(
    config: &Config,
    clock: Clock,
    program: PathBuf,
) -> anyhow::Result<Portal> {
    for folder in [&config.data, &config.objects(), &config.spool()] {
        only_ours(folder)?;
    }
    // Once more, for a folder that was copied here.
    note_no_reading(config);
    let store = open_store(config).await?;
    let pepper = read_pepper(&config.pepper)?;
    let instance = read_instance(&store, &pepper).await?;
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let mib = |number: u64| number.saturating_mul(1 << 20);
    Ok(Portal::new(Parts {
        clock,
        store,
        objects: Objects::local(&config.objects())?,
        tokens: pepper.token_key(),
        derivations: Derivations::new(at_once(cores, memory(), instance.cost)),
        sessions: Sessions::new(instance.id),
        pauses: crate::domain::pauses::Pauses::default(),
        sign_ins: crate::domain::waiting::Waiting::default(),
        sendings: crate::domain::waiting::Waiting::default(),
        cleaning: Cleaning::new(&config.spool(), &program, cores),
        folder: config.data.clone(),
        quota: Quota {
            file_bytes: mib(config.storage.file),
            draft_bytes: mib(config.storage.draft),
            drafts_bytes: mib(config.storage.drafts),
            free_bytes: mib(config.storage.free),
        },
        instance,
        pepper,
    }))
}

/// The site around a portal.
pub fn site(config: &Config, portal: Portal, demo: bool) -> anyhow::Result<Site> {
    let words = Words {
        organisation: config.organisation.clone(),
        operator: config.operator.clone(),
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
    Site::new(portal, words, hosts)
}

/// Runs an installation until it is told to stop.
pub async fn serve(config: &Config) -> anyhow::Result<()> {
    let worker = checks::refuse_unsafe(config)?;
    only_ours(&config.data)?;
    let _lock = lock(config)?;
    let socket = status::listen(config)?;
    update_store(config).await?;
    let portal = open_portal(config, Clock::system()).await?;
    if !portal.is_open().await? {
        // The first handler needs the running portal to enrol; until then it takes no report.
        tracing::warn!(
            target: "sluse::serve",
            "no handler can read reports yet, so none are taken: open the link that `sluse init` \
             or `sluse handler add NAME` printed"
        );
    }
    // Before a door opens: what an upload has written is needless until its row is.
    let needless = sweep(&portal, None).await;
    let site = site(config, portal.clone(), false)?;
    let connections = Connections::new(App::new(site.clone()));
    let networks = Networks::new(config.own_networks());
    let mut doors = JoinSet::new();
    if let Some(mirror) = &config.mirror {
        let listen = Listen::from_settings(mirror)?;
        let mirror = Mirror::bind(&listen, networks.clone()).await?;
        tracing::info!(target: "sluse::serve", "the mirror is listening");
        let running = mirror.run(connections.clone());
        doors.spawn(async {
            running.await;
            Ok(())
        });
    }
    let onion = open_onion(config, &site, &connections, &networks, &mut doors).await?;
    anyhow::ensure!(
        !doors.is_empty(),
        "no door is set up: add [onion] or a [mirror] to the settings"
    );
    let sweeping = tokio::spawn(sweep_hourly(portal.clone(), needless.unwrap_or_default()));
    let watch = Arc::new(Watch { config: config.clone(), portal, worker, onion });
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

/// Asks how the onion services are; none if there is no onion door.
pub type OnionChecks = Option<Box<dyn Fn() -> Vec<Check> + Send + Sync>>;

/// Puts the portal on the Tor network, if the settings say so, and prints its addresses.
#[cfg(feature = "onion")]
pub async fn open_onion(
    config: &Config,
    site: &Site,
    connections: &Connections,
    networks: &Networks,
    doors: &mut JoinSet<anyhow::Result<()>>,
) -> anyhow::Result<OnionChecks> {
    use crate::transport::onion::OnionDoor;
    let Some(onion) = config.onion.as_ref().filter(|onion| onion.enabled) else { return Ok(None) };
    let door = OnionDoor::open(config, onion, connections.clone(), networks.clone()).await?;
    for (surface, name) in door.addresses() {
        crate::command::print_address(surface, &name)?;
        site.add_host(Host { door: Door::Onion, name, surface });
    }
    let status = door.status();
    doors.spawn(door.run());
    Ok(Some(Box::new(move || onion_checks(&status.borrow()))))
}

/// The onion services as lines of a status. Only a page that came through Tor is proof.
#[cfg(feature = "onion")]
fn onion_checks(status: &crate::transport::onion::Status) -> Vec<Check> {
    use crate::transport::onion::ServiceState::{Broken, Stopped};
    let check = |service: &crate::transport::onion::ServiceStatus| {
        let name = match service.surface {
            Surface::Reporter => "reporter-onion",
            Surface::Handler => "handler-onion",
        };
        let state = match (service.state, status.probe) {
            (Broken | Stopped, _) => checks::State::Fail,
            (_, Some(probe)) if probe.answered => checks::State::Ok,
            (_, Some(_)) => checks::State::Fail,
            (_, None) => checks::State::Warn,
        };
        Check::new(name, state, &*service.address)
    };
    status.services.iter().map(check).collect()
}

/// Refuses an onion service: this build has none.
#[cfg(not(feature = "onion"))]
#[expect(clippy::unused_async, reason = "the build with an onion service waits")]
pub async fn open_onion(
    config: &Config,
    _: &Site,
    _: &Connections,
    _: &Networks,
    _: &mut JoinSet<anyhow::Result<()>>,
) -> anyhow::Result<OnionChecks> {
    let asked_for = config.onion.as_ref().is_some_and(|onion| onion.enabled);
    anyhow::ensure!(!asked_for, "this build of sluse has no onion service: remove [onion]");
    Ok(None)
}

/// Takes the data folder for this process alone, as long as the file is open.
pub fn lock(config: &Config) -> anyhow::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    let file = options.create(true).truncate(false).write(true).mode(0o600).open(config.lock())?;
    file.try_lock().context("a server is running on this data")?;
    Ok(file)
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

/// Sweeps every hour, on and on from what an earlier sweep found needless.
async fn sweep_hourly(portal: Portal, mut needless: HashSet<ObjectId>) {
    loop {
        tokio::time::sleep(SWEEP).await;
        needless = sweep(&portal, Some(&needless)).await.unwrap_or(needless);
    }
}

/// Sweeps once. None if it failed.
async fn sweep(portal: &Portal, before: Option<&HashSet<ObjectId>>) -> Option<HashSet<ObjectId>> {
    match portal.sweep(before).await {
        Ok((swept, left)) => {
            if swept != Swept::default() {
                tracing::info!(
                    target: "sluse::sweep",
                    "swept {} drafts, {} objects", swept.drafts, swept.objects
                );
            }
            Some(left)
        }
        Err(failure) => {
            tracing::error!(target: "sluse::sweep", "not swept: {failure}");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivations_at_once_follow_the_cores_and_the_memory() {
        let gib = |number: u64| number << 30;
        assert_eq!(at_once(8, gib(64), Cost::STANDARD), 4);
        assert_eq!(at_once(8, gib(12), Cost::STANDARD), 4);
        assert_eq!(at_once(8, gib(12) - 1, Cost::STANDARD), 3);
        assert_eq!(at_once(8, gib(6), Cost::STANDARD), 2);
        assert_eq!(at_once(1, gib(64), Cost::STANDARD), 1);
        assert_eq!(at_once(8, 0, Cost::STANDARD), 1);
    }

    #[test]
    fn the_memory_of_this_machine_is_known() {
        assert!(memory() > 64 << 20, "{}", memory());
    }
}
