//! `sluse onion`: addresses, who may find the handlers' pages, and a sealed copy of the
//! keys. All of it but `import` works beside a running server.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Subcommand;
use zeroize::Zeroizing;

use super::{passphrase, print_address, say};
use crate::config::Config;
use crate::installation;
use crate::transport::onion::clients::{self, ClientKey};
use crate::transport::onion::keys::{Identity, Keys, SURFACES};
use crate::transport::onion::settings::make_folders;
use crate::vault::backup;
use crate::web::Surface;

/// What a copy of the keys is sealed for.
const PURPOSE: &str = "sluse/onion-keys";
/// Bytes of one identity key.
const IDENTITY: usize = 64;

/// What can be done with the onion service.
#[derive(Debug, Subcommand)]
pub(super) enum OnionCommand {
    /// Print the onion addresses.
    Address,
    /// Whose Tor Browser may find the handlers' pages.
    Client {
        #[command(subcommand)]
        command: ClientCommand,
    },
    /// Write a copy of both keys, sealed under a passphrase.
    Export {
        /// The new file.
        file: PathBuf,
        /// Read the passphrase from here instead of the terminal.
        #[arg(long)]
        passphrase_file: Option<PathBuf>,
    },
    /// Put back keys that `export` wrote. The server must not run.
    Import {
        /// The file.
        file: PathBuf,
        /// Read the passphrase from here instead of the terminal.
        #[arg(long)]
        passphrase_file: Option<PathBuf>,
    },
}

/// What can be done with clients of the handlers' onion service.
#[derive(Debug, Subcommand)]
pub(super) enum ClientCommand {
    /// Let one in; makes a key pair if no public key is given.
    Add {
        /// A name for the list, such as the handler's.
        name: String,
        /// Their public key: 52 letters and digits.
        public_key: Option<String>,
    },
    /// Print who is let in.
    List,
    /// Let one in no more.
    Remove {
        /// The name in the list.
        name: String,
    },
}

impl OnionCommand {
    pub(super) fn run(self, config: &Config) -> anyhow::Result<()> {
        installation::only_ours(&config.data)?;
        make_folders(config)?;
        match self {
            OnionCommand::Address => print_addresses(config),
            OnionCommand::Client { command } => command.run(config),
            OnionCommand::Export { file, passphrase_file } => {
                export(config, &file, passphrase_file.as_deref())
            }
            OnionCommand::Import { file, passphrase_file } => {
                import(config, &file, passphrase_file.as_deref())
            }
        }
    }
}

impl ClientCommand {
    fn run(self, config: &Config) -> anyhow::Result<()> {
        let folder = config.onion_clients();
        match self {
            ClientCommand::Add { name, public_key: Some(key) } => {
                clients::add(&folder, &name, &clients::parse(&key)?)?;
                say(&format!("{name} is let in."))
            }
            ClientCommand::Add { name, public_key: None } => add_new(config, &folder, &name),
            ClientCommand::List => clients::names(&folder)?.iter().try_for_each(|name| say(name)),
            ClientCommand::Remove { name } => {
                clients::remove(&folder, &name)?;
                say(&format!("{name} is let in no more, by any descriptor from now on."))?;
                say(
                    "Who found the service before may reach it until its introduction points change.",
                )
            }
        }
    }
}

fn add_new(config: &Config, folder: &Path, name: &str) -> anyhow::Result<()> {
    let key = ClientKey::random();
    clients::add(folder, name, &key.public)?;
    say(&format!("{name} is let in. This is the private key. It is shown once and kept nowhere:"))?;
    say("")?;
    say(&format!("    {}", *key.private))?;
    say("")?;
    say("Tor Browser asks for it (\"Enter your private key for this onion service\") when the")?;
    say("handlers' address is opened; \"Remember this key\" keeps it.")?;
    match Keys::open(config)?.address(Surface::Handler)? {
        Some(address) => say(&format!("The address: http://{address}/")),
        None => say("The address is made when `sluse serve` starts for the first time."),
    }
}

fn print_addresses(config: &Config) -> anyhow::Result<()> {
    let keys = Keys::open(config)?;
    for surface in SURFACES {
        let address = keys.address(surface)?.context(
            "there is no onion address yet: it is made when `sluse serve` starts for the first time",
        )?;
        print_address(surface, &address)?;
    }
    Ok(())
}

/// Both identity keys, one behind the other; none if there are none yet.
pub(super) fn both_keys(config: &Config) -> anyhow::Result<Option<Zeroizing<Vec<u8>>>> {
    make_folders(config)?;
    let keys = Keys::open(config)?;
    let mut both = Zeroizing::new(Vec::with_capacity(SURFACES.len() * IDENTITY));
    for surface in SURFACES {
        let Some(identity) = keys.identity(surface)? else { return Ok(None) };
        both.extend_from_slice(&*identity);
    }
    Ok(Some(both))
}

/// Puts back what [`both_keys`] gave; never over other keys. What was cut off half way can
/// be done again.
pub(super) fn put_back_keys(config: &Config, both: &[u8]) -> anyhow::Result<()> {
    make_folders(config)?;
    let (identities, rest) = both.as_chunks::<IDENTITY>();
    anyhow::ensure!(
        identities.len() == SURFACES.len() && rest.is_empty(),
        "the file does not hold two keys"
    );
    let keys = Keys::open(config)?;
    let both = SURFACES.into_iter().zip(identities);
    for (surface, identity) in both.clone() {
        anyhow::ensure!(
            keys.identity(surface)?.is_none_or(|there| *there == *identity),
            "there are other keys already: nothing was done. Everybody who knows their addresses \
             would lose them"
        );
    }
    for (surface, identity) in both {
        if keys.identity(surface)?.is_none() {
            keys.insert(surface, &Identity::new(*identity))?;
        }
    }
    Ok(())
}

fn export(config: &Config, path: &Path, passphrase_file: Option<&Path>) -> anyhow::Result<()> {
    let both = both_keys(config)?.context("there are no keys to export yet")?;
    let passphrase = passphrase::new(passphrase_file)?;
    let sealed = backup::seal(&passphrase, PURPOSE, &both)?;
    installation::write_new(path, &sealed)?;
    say(&format!("Both keys are in {}, sealed. Keep it and the passphrase", path.display()))?;
    say("apart, and both away from this machine: who has both is this onion service.")
}

fn import(config: &Config, path: &Path, passphrase_file: Option<&Path>) -> anyhow::Result<()> {
    let _lock = installation::lock(config)?;
    let sealed = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let passphrase = passphrase::known(passphrase_file)?;
    let both = backup::open(&passphrase, PURPOSE, &sealed)
        .context("a wrong passphrase, or not an unchanged file of `sluse onion export`")?;
    put_back_keys(config, &both)?;
    print_addresses(config)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tor_llcrypto::pk::ed25519::{ExpandedKeypair, Keypair};

    fn identity(byte: u8) -> [u8; IDENTITY] {
        ExpandedKeypair::from(&Keypair::from_bytes(&[byte; 32])).to_secret_key_bytes()
    }

    #[test]
    fn keys_are_put_back_again_after_a_crash_and_never_over_others() {
        let folder = tempfile::tempdir().unwrap();
        let least = "organisation = \"A\"\noperator = \"B\"\ndata = \"d\"\npepper = \"p\"\n";
        let config = Config::parse(least, folder.path()).unwrap();
        let (both, others) =
            ([identity(1), identity(2)].concat(), [identity(1), identity(3)].concat());
        // The crash came between the two.
        make_folders(&config).unwrap();
        let keys = Keys::open(&config).unwrap();
        keys.insert(Surface::Reporter, &Identity::new(identity(1))).unwrap();
        for _ in 0..2 {
            put_back_keys(&config, &both).unwrap();
            assert_eq!(*both_keys(&config).unwrap().unwrap(), both);
        }
        let refusal = put_back_keys(&config, &others).unwrap_err().to_string();
        assert!(refusal.contains("other keys already"), "{refusal}");
        assert_eq!(*both_keys(&config).unwrap().unwrap(), both);
    }
}
