//! `sluse backup` and `sluse restore`: the database and the onion keys in one sealed file.
//!
//! Objects stay beside it as they are: they are sealed, and without the database they are
//! noise. The pepper is not in it, on purpose: whoever finds a backup and guesses its
//! passphrase still cannot guess a single code.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use zeroize::Zeroizing;

use super::onion::{both_keys, put_back_keys};
use super::{passphrase, say};
use crate::config::Config;
use crate::installation::{self, write_new};
use crate::vault::backup;

/// What a backup is sealed for.
const PURPOSE: &str = "sluse/backup";

/// Where a backup is, and its passphrase.
#[derive(Debug, Args)]
pub(super) struct BackupFile {
    /// The file.
    file: PathBuf,
    /// Read the passphrase from here instead of the terminal.
    #[arg(long)]
    passphrase_file: Option<PathBuf>,
}

/// Writes a backup. Works beside a running server.
pub(super) async fn write(config: &Config, to: &BackupFile) -> anyhow::Result<()> {
    anyhow::ensure!(
        config.database.is_none(),
        "PostgreSQL is backed up with pg_dump; `sluse onion export` keeps the onion keys"
    );
    let keys = both_keys(config)?;
    let passphrase = passphrase::new(to.passphrase_file.as_deref())?;
    let database = copy_of_database(config).await?;
    let length = u64::try_from(database.len())?;
    let keys: &[u8] = keys.as_deref().map_or(&[], Vec::as_slice);
    let plain = Zeroizing::new([&length.to_be_bytes(), database.as_slice(), keys].concat());
    let sealed = backup::seal(&passphrase, PURPOSE, &plain)?;
    write_new(&to.file, &sealed)?;
    say(&format!("The database and the onion keys are in {}, sealed.", to.file.display()))?;
    say(&format!("Copy {} beside it, as it is.", config.objects().display()))?;
    say("Not in it: the pepper. Without the pepper that `sluse init` printed, nobody can sign")?;
    say("in to what is restored.")
}

/// Puts a backup into a data folder that has no database yet. One that was cut off can be
/// put back again.
pub(super) fn restore(config: &Config, from: &BackupFile) -> anyhow::Result<()> {
    anyhow::ensure!(
        config.database.is_none(),
        "PostgreSQL is restored with pg_restore; `sluse onion import` puts the onion keys back"
    );
    installation::make_folders(config)?;
    let _lock = installation::lock(config)?;
    let database = config.database_file();
    // SQLite would read the log of another database into the one that is put back.
    for file in ["db", "db-wal", "db-journal"].map(|end| database.with_extension(end)) {
        anyhow::ensure!(
            !file.exists(),
            "there is a database already ({}): a backup is only put into an empty data folder",
            file.display()
        );
    }
    let sealed = std::fs::read(&from.file)
        .with_context(|| format!("cannot read {}", from.file.display()))?;
    let passphrase = passphrase::known(from.passphrase_file.as_deref())?;
    let plain = backup::open(&passphrase, PURPOSE, &sealed)
        .context("a wrong passphrase, or not an unchanged file of `sluse backup`")?;
    let (length, rest) = plain.split_first_chunk::<8>().context("the backup is empty")?;
    let length = usize::try_from(u64::from_be_bytes(*length))?;
    let (rows, keys) = rest.split_at_checked(length).context("the backup is cut")?;
    if !keys.is_empty() {
        put_back_keys(config, keys)?;
    }
    // The database comes last: without it nothing above counts as an installation.
    installation::write_whole(&database, rows)?;
    say(&format!("Restored to {}.", config.data.display()))?;
    say(&format!("Put the objects into {}, and the pepper into", config.objects().display()))?;
    say(&format!("{}: it was not in the backup.", config.pepper.display()))
}

/// A consistent copy of the database, taken while others write.
async fn copy_of_database(config: &Config) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    let store = installation::open_store(config).await?;
    let _folder = installation::take_copy_folder(config)?;
    let copy = config.copy().join("sluse.db");
    let path = copy.to_str().context("the data folder's path is not text")?;
    let taken = store.copy_to(path).await;
    store.close().await;
    let read = std::fs::read(&copy).map(Zeroizing::new);
    // It holds nothing that the database does not, and nobody needs it twice. If we do not
    // get here, the next backup or the next start of the portal removes it.
    let _ = std::fs::remove_file(&copy);
    anyhow::ensure!(taken?, "only SQLite is copied here");
    Ok(read?)
}
