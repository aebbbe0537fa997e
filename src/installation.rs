//! An installation on the disk: made, opened, never half of one.
//!
//! Whatever is new is written for its owner only, never over something that is there,
//! and is on the disk with its name before anybody is told so. A pepper that a power cut
//! takes away locks out every reporter for ever.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::num::NonZero;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use anyhow::Context as _;
use zeroize::Zeroizing;

use crate::clock::Clock;
use crate::config::{Config, Reader};
use crate::domain::attachment::{Cleaning, Formats};
use crate::domain::case_files::Beginnings;
use crate::domain::derivations::Derivations;
use crate::domain::last_sign_in::LastSignIns;
use crate::domain::left::Left;
use crate::domain::pauses::Pauses;
use crate::domain::portal::{Parts, Quota, initialise, read_instance};
use crate::domain::progress::UnderWay;
use crate::domain::questionnaire::{Both, Questionnaire};
use crate::domain::session::Sessions;
use crate::domain::unit::Shown;
use crate::domain::waiting::Waiting;
use crate::domain::{HandlerName, Portal};
use crate::machine;
use crate::store::{Objects, Store};
use crate::vault::{CodeLength, Cost, Pepper};

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
        let Ok(file) = File::open(path) else { continue };
        if let Ok(flags) = ioctl_getflags(&file)
            && !flags.contains(IFlags::NOATIME)
        {
            let _ = ioctl_setflags(&file, flags | IFlags::NOATIME);
        }
    }
}

/// Writes a new file, for its owner only; never over one that is there. On return its
/// bytes and its name are on the disk; if it fails, there is no file.
pub fn write_new(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let mut file = file.with_context(|| format!("cannot make {}", path.display()))?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.and_then(|()| sync_folder_of(path)).map_err(|failure| {
        let _ = std::fs::remove_file(path);
        anyhow::Error::from(failure).context(format!("cannot write {}", path.display()))
    })
}

/// Writes a new file of which nobody may ever find half: under another name first. What a
/// crash left under that name is replaced.
pub fn write_whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let beside = path.with_extension("new");
    forget_file(&beside)?;
    write_new(&beside, bytes)?;
    std::fs::rename(&beside, path)?;
    Ok(sync_folder_of(path)?)
}

/// Removes a file; one that is gone already is no error.
fn forget_file(path: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Err(failure) if failure.kind() != ErrorKind::NotFound => Err(failure),
        _ => Ok(()),
    }
}

/// Syncs the folder in which a file has its name.
pub fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Writes a new pepper. Never over one that is there.
pub fn write_pepper(path: &Path, pepper: &Pepper) -> anyhow::Result<()> {
    let line = Zeroizing::new([pepper.to_text().as_bytes(), b"\n"].concat());
    write_new(path, &line)
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

/// Takes the data folder for this process alone, as long as the file is open.
pub fn lock(config: &Config) -> anyhow::Result<File> {
    let mut options = OpenOptions::new();
    let file = options.create(true).truncate(false).write(true).mode(0o600).open(config.lock())?;
    file.try_lock().context("a server is running on this data")?;
    Ok(file)
}

/// The folder for the copy that a backup reads: empty, and for this process alone as long
/// as the file is open. A copy that was left there holds what was erased since.
pub fn take_copy_folder(config: &Config) -> anyhow::Result<File> {
    let folder = config.copy();
    DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
    let taken = File::open(&folder)?;
    taken.try_lock().context("another backup is running")?;
    for entry in std::fs::read_dir(&folder)? {
        forget_file(&entry?.path())?;
    }
    taken.sync_all()?;
    Ok(taken)
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
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false).mode(0o600).open(&file)?;
        sync_folder_of(&file)?;
    }
    let store = open_store(config).await?;
    store.update().await?;
    initialise(&store, clock, pepper, cost).await?;
    Ok(store)
}

/// Brings the tables up to date. Whoever calls this has the data folder for itself.
pub async fn update_store(config: &Config) -> anyhow::Result<()> {
    let store = open_store(config).await?;
    store.update().await?;
    store.close().await;
    Ok(())
}

/// Opens an installation. Its workers are started from `program`.
pub async fn open_portal(config: &Config, clock: Clock, program: &Path) -> anyhow::Result<Portal> {
    for folder in [&config.data, &config.objects(), &config.spool()] {
        only_ours(folder)?;
    }
    // Once more, for a folder that was copied here.
    note_no_reading(config);
    let store = open_store(config).await?;
    let pepper = read_pepper(&config.pepper)?;
    let instance = read_instance(&store, &pepper).await?;
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let memory = machine::memory();
    let clock = clock.in_zone(config.time_zone.clone());
    Ok(Portal::new(Parts {
        sessions: Sessions::new(instance.id, clock.clone()),
        clock,
        store,
        objects: Objects::local(&config.objects())?,
        tokens: pepper.token_key(),
        derivations: Derivations::new(machine::derivations_at_once(cores, memory, instance.cost)),
        last_sign_ins: LastSignIns::default(),
        pauses: Pauses::default(),
        left: Left::default(),
        beginnings: Beginnings::default(),
        sign_ins: Waiting::default(),
        proposals: Waiting::default(),
        sendings: Waiting::default(),
        keepings: Waiting::default(),
        under_way: UnderWay::default(),
        cleaning: Cleaning::new(&config.spool(), program, machine::workers_at_once(cores, memory)),
        folder: config.data.clone(),
        quota: quota(config),
        questionnaire: questionnaire(config)?,
        shown: config.readers.iter().map(shown).collect::<anyhow::Result<_>>()?,
        code_length: if config.long_codes { CodeLength::Long } else { CodeLength::Usual },
        draft_days: config.draft_days,
        instance,
        pepper,
    }))
}

/// The questions of a report: the site's own, or those of this program.
pub fn questionnaire(config: &Config) -> anyhow::Result<Questionnaire> {
    let Some(file) = &config.questionnaire else { return Ok(Questionnaire::standard()?) };
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("cannot read the questionnaire {}", file.display()))?;
    Questionnaire::read(&text).with_context(|| format!("in {}", file.display()))
}

fn shown(reader: &Reader) -> anyhow::Result<Shown> {
    let Reader { handler, da, en, outside } = reader.clone();
    // As names are kept: another spelling would keep nobody out.
    let name = HandlerName::parse(&handler)
        .with_context(|| format!("[[reader]]: `{handler}` cannot be the name of a handler"))?;
    Ok(Shown { handler: name.as_str().to_owned(), label: Both { da, en }, outside })
}

fn quota(config: &Config) -> Quota {
    let mib = |number: u64| number.saturating_mul(1 << 20);
    let storage = config.storage;
    Quota {
        file_bytes: mib(storage.file),
        film_bytes: mib(storage.film),
        formats: config.formats.as_deref().map_or(Formats::ALL, Formats::of),
        draft_bytes: mib(storage.draft),
        drafts_bytes: mib(storage.drafts),
        free_bytes: mib(storage.free),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_is_for_its_owner_alone_and_is_never_written_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new");
        write_new(&path, b"one").unwrap();
        only_ours(&path).unwrap();
        assert!(write_new(&path, b"another").is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
    }

    #[test]
    fn a_file_that_a_crash_cut_off_is_written_again() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("sluse.new"), b"ha").unwrap();
        let path = folder.path().join("sluse.db");
        write_whole(&path, b"whole").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"whole");
        only_ours(&path).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_a_backup_left_is_gone_before_the_next_and_two_never_share_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let least = "organisation = \"A\"\noperator = \"B\"\ndata = \".\"\npepper = \"p\"\n";
        let config = Config::parse(least, folder.path()).unwrap();
        let first = take_copy_folder(&config).unwrap();
        let left = config.copy().join("sluse.db");
        std::fs::write(&left, b"rows").unwrap();
        assert!(take_copy_folder(&config).is_err());
        assert!(left.exists(), "the other backup still reads it");
        drop(first);
        take_copy_folder(&config).unwrap();
        assert!(!left.exists());
    }
}
