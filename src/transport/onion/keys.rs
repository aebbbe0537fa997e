//! The two identity keys, in arti's keystore.
//!
//! Whoever has an identity key *is* the onion service. The keystore below the data
//! folder is the only place on a disk where one lies open; what leaves it is sealed
//! (`sluse onion export`). Reading here starts nothing and locks nothing, so that it
//! works beside a running server.

use anyhow::Context as _;
use fs_mistrust::Mistrust;
use safelog::DisplayRedacted as _;
use tor_hscrypto::pk::{HsId, HsIdKey, HsIdKeypair};
use tor_hsservice::{HsIdKeypairSpecifier, HsNickname};
use tor_keymgr::{ArtiNativeKeystore, KeyMgr, KeyMgrBuilder, KeystoreSelector};
use tor_llcrypto::pk::ed25519::ExpandedKeypair;
use zeroize::Zeroizing;

use crate::config::Config;
use crate::web::Surface;

/// Both surfaces, in the order in which they are shown and exported.
pub const SURFACES: [Surface; 2] = [Surface::Reporter, Surface::Handler];

/// The secret part of an identity key: an expanded Ed25519 key.
pub type Identity = Zeroizing<[u8; 64]>;

/// arti's keystore, read and written while arti itself may or may not run.
pub struct Keys(KeyMgr);

impl Keys {
    /// Opens the keystore of an installation; an empty one if there is none yet.
    pub fn open(config: &Config) -> anyhow::Result<Keys> {
        let folder = config.tor_state().join("keystore");
        let store = ArtiNativeKeystore::from_path_and_mistrust(&folder, &Mistrust::default())
            .with_context(|| format!("cannot use the keys in {}", folder.display()))?;
        Ok(Keys(KeyMgrBuilder::default().primary_store(Box::new(store)).build()?))
    }

    /// The onion address of a surface, if it has a key.
    pub fn address(&self, surface: Surface) -> anyhow::Result<Option<String>> {
        Ok(self.pair(surface)?.map(|pair| unredacted(&HsIdKey::from(&pair).id())))
    }

    /// The identity key of a surface, to be sealed.
    pub fn identity(&self, surface: Surface) -> anyhow::Result<Option<Identity>> {
        let secret = |pair| Zeroizing::new(ExpandedKeypair::from(pair).to_secret_key_bytes());
        Ok(self.pair(surface)?.map(secret))
    }

    /// Puts back an identity key. Never over one that is there: that address would be
    /// lost with everybody who knows it.
    pub fn insert(&self, surface: Surface, identity: &Identity) -> anyhow::Result<()> {
        let pair = ExpandedKeypair::from_secret_key_bytes(**identity).context("no key")?;
        let place = HsIdKeypairSpecifier::new(nickname(surface)?);
        let pair = HsIdKeypair::from(pair);
        self.0.insert(pair, &place, KeystoreSelector::Primary, false)?;
        Ok(())
    }

    fn pair(&self, surface: Surface) -> anyhow::Result<Option<HsIdKeypair>> {
        Ok(self.0.get::<HsIdKeypair>(&HsIdKeypairSpecifier::new(nickname(surface)?))?)
    }
}

/// What arti calls the service of a surface, in folder names.
pub(super) fn nickname(surface: Surface) -> anyhow::Result<HsNickname> {
    let name = match surface {
        Surface::Reporter => "reporters",
        Surface::Handler => "handlers",
    };
    Ok(name.parse()?)
}

/// The whole address. By itself arti shows its last letters only.
pub(super) fn unredacted(id: &HsId) -> String {
    id.display_unredacted().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const LEAST: &str = "organisation = \"A\"\noperator = \"B\"\ndata = \"d\"\npepper = \"p\"\n";

    fn installation(folder: &Path) -> Config {
        Config::parse(LEAST, folder).unwrap()
    }

    fn identity(byte: u8) -> Identity {
        let pair = tor_llcrypto::pk::ed25519::Keypair::from_bytes(&[byte; 32]);
        Zeroizing::new(ExpandedKeypair::from(&pair).to_secret_key_bytes())
    }

    #[test]
    fn an_installation_that_never_ran_has_no_address() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(&installation(folder.path())).unwrap();
        assert_eq!(keys.address(Surface::Reporter).unwrap(), None);
    }

    #[test]
    fn a_key_gives_the_same_address_in_another_installation() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let identity = identity(1);
        let address = [one, other].map(|folder| {
            let keys = Keys::open(&installation(folder.path())).unwrap();
            keys.insert(Surface::Reporter, &identity).unwrap();
            assert_eq!(keys.identity(Surface::Reporter).unwrap().unwrap(), identity);
            keys.address(Surface::Reporter).unwrap().unwrap()
        });
        assert_eq!(address[0], address[1]);
        assert_eq!(address[0].len(), 62, "{}", address[0]);
    }

    #[test]
    fn a_key_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(&installation(folder.path())).unwrap();
        keys.insert(Surface::Reporter, &identity(1)).unwrap();
        let before = keys.address(Surface::Reporter).unwrap();
        assert!(keys.insert(Surface::Reporter, &identity(2)).is_err());
        assert_eq!(keys.address(Surface::Reporter).unwrap(), before);
    }
}
