//! What must be true of the machine, checked at start, by `doctor`, and for the handlers'
//! status page.

use std::borrow::Cow;
use std::path::Path;
use std::process::Command;

use serde::{Deserialize, Serialize};
use sluse_sanitizers::sandbox;

use crate::config::Config;
use crate::domain::Portal;
use crate::serve;
use crate::status;

/// How one check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum State {
    /// As it should be.
    Ok,
    /// It works, and somebody should look at it.
    Warn,
    /// It does not work, or is not safe.
    Fail,
}

/// One line of a status: what, how, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// A word that the pages have a text for.
    pub name: Cow<'static, str>,
    /// How it ended.
    pub state: State,
    /// More about it; empty if there is nothing to say.
    pub detail: String,
}

impl Check {
    /// A check that was made elsewhere.
    pub fn new(name: &'static str, state: State, detail: impl Into<String>) -> Self {
        Check { name: Cow::Borrowed(name), state, detail: detail.into() }
    }

    fn of(name: &'static str, result: anyhow::Result<String>) -> Self {
        match result {
            Ok(detail) => Check::new(name, State::Ok, detail),
            Err(error) => Check::new(name, State::Fail, format!("{error:#}")),
        }
    }
}

/// Whether this kernel jails the workers: tried, not asked.
pub fn worker() -> Check {
    let outcomes = sandbox::self_test(|name| {
        let mut command = Command::new(serve::OURSELVES);
        command.args(["sandbox-probe", name]);
        command
    });
    let open: Vec<&str> =
        outcomes.iter().filter(|(_, held)| !held).map(|(probe, _)| probe.name()).collect();
    if open.is_empty() {
        Check::new("worker", State::Ok, "")
    } else {
        let detail = format!("the kernel does not stop a worker from: {}", open.join(", "));
        Check::new("worker", State::Fail, detail)
    }
}

/// Whether memory can reach a disk in the clear.
pub fn swap() -> Check {
    let swaps = match std::fs::read_to_string("/proc/swaps") {
        Ok(swaps) => swaps,
        Err(error) => {
            let detail = format!("cannot see whether there is swap (/proc/swaps): {error}");
            return Check::new("swap", State::Fail, detail);
        }
    };
    let plain: Vec<&str> = swaps
        .lines()
        .skip(1)
        .filter_map(|line| line.split_whitespace().next())
        .filter(|device| !is_encrypted(device, Path::new("/sys/class/block")))
        .collect();
    if plain.is_empty() {
        Check::new("swap", State::Ok, "")
    } else {
        let detail = format!(
            "swap on {} is not encrypted: what people type could be written to it. Switch it off \
             (swapoff) or encrypt it",
            plain.join(", ")
        );
        Check::new("swap", State::Fail, detail)
    }
}

/// zram never leaves memory. A device-mapper target is encrypted if it is dm-crypt, or if
/// everything below it is: Debian's installer puts logical volumes on one encrypted disk.
fn is_encrypted(device: &str, blocks: &Path) -> bool {
    let Some(name) = Path::new(device).file_name() else { return false };
    let block = blocks.join(name);
    let uuid = std::fs::read_to_string(block.join("dm/uuid")).unwrap_or_default();
    if name.to_string_lossy().starts_with("zram") || uuid.starts_with("CRYPT-") {
        return true;
    }
    let below = std::fs::read_dir(block.join("slaves")).into_iter().flatten().flatten();
    let below: Vec<String> =
        below.map(|below| below.file_name().to_string_lossy().into_owned()).collect();
    !below.is_empty() && below.iter().all(|below| is_encrypted(below, blocks))
}

/// How much room is left for files.
pub fn free_space(config: &Config) -> Check {
    let disk = match rustix::fs::statvfs(&config.data) {
        Ok(disk) => disk,
        Err(error) => return Check::new("free-space", State::Fail, error.to_string()),
    };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize) >> 20;
    let detail = format!("{free} MiB");
    let state = match config.storage.free {
        floor if free <= floor => State::Fail,
        floor if free <= floor.saturating_mul(2) => State::Warn,
        _ => State::Ok,
    };
    Check::new("free-space", state, detail)
}

/// Whether the folders are there and closed to others.
pub fn objects(config: &Config) -> Check {
    let folders = [config.data.clone(), config.objects(), config.spool()];
    let closed = folders.iter().try_for_each(|folder| serve::only_ours(folder));
    Check::of("objects", closed.map(|()| String::new()))
}

/// Whether the database opens and the pepper belongs to it.
pub async fn database(config: &Config) -> Check {
    let opened = async {
        let pepper = serve::read_pepper(&config.pepper)?;
        let store = serve::open_store(config).await?;
        let instance = crate::domain::portal::read_instance(&store, &pepper).await;
        store.close().await;
        instance?;
        Ok(String::new())
    };
    Check::of("database", opened.await)
}

/// Whether anybody could read a report that came now.
pub async fn handlers(config: &Config) -> Check {
    let counted = async {
        let store = serve::open_store(config).await?;
        let all = crate::store::handlers::all(&mut *store.connect().await?).await;
        store.close().await;
        let vouched = |handler: &&crate::store::handlers::HandlerRow| {
            handler.state == crate::store::handlers::HandlerState::Vouched
        };
        let readers = all?.iter().filter(vouched).count();
        anyhow::ensure!(readers > 0, "nobody can read reports: run `sluse handler add NAME`");
        Ok(readers)
    };
    match counted.await {
        // One reader who loses the password loses every case with it.
        Ok(1) => Check::new("handlers", State::Warn, "only one handler can read reports"),
        Ok(readers) => Check::new("handlers", State::Ok, readers.to_string()),
        Err(error) => Check::new("handlers", State::Fail, format!("{error:#}")),
    }
}

/// What only the running server knows, if there is one.
pub fn server(config: &Config) -> Vec<Check> {
    match status::ask(config) {
        Ok(Some(mut found)) => {
            found.insert(0, Check::new("server", State::Ok, "running"));
            found
        }
        Ok(None) => {
            let detail = "not running: whether it can be reached was not looked at";
            vec![Check::new("server", State::Warn, detail)]
        }
        Err(error) => vec![Check::new("server", State::Fail, format!("no answer: {error:#}"))],
    }
}

/// Everything that can be checked beside a running server, or without one.
pub async fn all(config: &Config) -> Vec<Check> {
    let mut found = server(config);
    found.extend([
        worker(),
        swap(),
        database(config).await,
        handlers(config).await,
        objects(config),
        free_space(config),
    ]);
    found
}

/// What is looked at again and again while the portal runs. The workers' jail was tried
/// once, at start: trying it starts processes.
pub async fn of_running(config: &Config, portal: &Portal, worker: &Check) -> Vec<Check> {
    let open = portal.is_open().await;
    let readers = if matches!(open, Ok(true)) { State::Ok } else { State::Fail };
    let database = open.map(|_| String::new()).map_err(anyhow::Error::from);
    vec![
        worker.clone(),
        swap(),
        Check::of("database", database),
        Check::new("handlers", readers, ""),
        objects(config),
        free_space(config),
    ]
}

/// Refuses to start on a machine that is not safe, unless the settings say so. Returns
/// what was found about the workers' jail.
pub fn refuse_unsafe(config: &Config) -> anyhow::Result<Check> {
    let (allowed, worker) = (&config.machine, worker());
    for (check, allowed, key) in [
        (worker.clone(), allowed.dangerously_allow_open_sandbox, "dangerously_allow_open_sandbox"),
        (swap(), allowed.dangerously_allow_plain_swap, "dangerously_allow_plain_swap"),
    ] {
        if check.state == State::Fail {
            anyhow::ensure!(allowed, "{} ([machine] {key} = true starts anyway)", check.detail);
            tracing::warn!(target: "sluse::serve", "{}", check.detail);
        }
    }
    Ok(worker)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder as `/sys/class/block`: devices with their identifiers, and what they are on.
    fn blocks(devices: &[(&str, &str, &[&str])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, uuid, below) in devices {
            let block = folder.path().join(name);
            std::fs::create_dir_all(block.join("dm")).unwrap();
            std::fs::write(block.join("dm/uuid"), uuid).unwrap();
            for below in *below {
                std::fs::create_dir_all(block.join("slaves").join(below)).unwrap();
            }
        }
        folder
    }

    #[test]
    fn swap_is_encrypted_if_everything_below_it_is() {
        let blocks = blocks(&[
            ("sda2", "", &[]),
            ("dm-0", "CRYPT-LUKS2-1-sda2_crypt", &["sda2"]),
            ("dm-1", "LVM-swap", &["dm-0"]),
            ("dm-2", "LVM-swap", &["sda2"]),
            ("dm-3", "LVM-striped", &["dm-0", "sda2"]),
        ]);
        for (device, encrypted) in [
            ("/dev/dm-0", true),
            ("/dev/dm-1", true),
            ("/dev/zram0", true),
            ("/dev/sda2", false),
            ("/dev/dm-2", false),
            ("/dev/dm-3", false),
            ("/swapfile", false),
            ("", false),
        ] {
            assert_eq!(is_encrypted(device, blocks.path()), encrypted, "{device:?}");
        }
    }
}
