//! Whose Tor Browser may find the handlers' onion service.
//!
//! With restricted discovery the descriptor of the service is encrypted to the public
//! keys in one folder, one file each; without a private key to one of them nobody can
//! even see whether the service is there (Tor's rendezvous specification, "Client
//! authorization"). It is the possession factor of handlers, beside password and
//! one-time code. arti watches the folder: a new file works without a restart.

use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use data_encoding::BASE32_NOPAD;
use tor_hscrypto::pk::HsClientDescEncKey;
use tor_hsservice::config::restricted_discovery::HsClientNickname;
use tor_llcrypto::pk::curve25519;
use zeroize::Zeroizing;

use crate::domain::random_bytes;

/// A client that does not exist.
const NOBODY: &str = "nobody";

/// The pair of a client: the public key for us, the private one for Tor Browser.
pub struct ClientKey {
    /// What the folder holds.
    pub public: HsClientDescEncKey,
    /// What Tor Browser asks for: 52 letters and digits.
    pub private: Zeroizing<String>,
}

impl ClientKey {
    /// Makes a pair. The private key is kept nowhere.
    pub fn random() -> Self {
        let bytes = Zeroizing::new(random_bytes::<32>());
        let secret = curve25519::StaticSecret::from(*bytes);
        let public = curve25519::PublicKey::from(&secret);
        let private = Zeroizing::new(BASE32_NOPAD.encode(&*bytes));
        ClientKey { public: HsClientDescEncKey::from(public), private }
    }
}

/// Reads a public key: 52 letters and digits, with or without `descriptor:x25519:`.
pub fn parse(text: &str) -> anyhow::Result<HsClientDescEncKey> {
    let text = text.trim();
    let bare = text.strip_prefix("descriptor:x25519:").unwrap_or(text);
    format!("descriptor:x25519:{bare}").parse().context("that is no public key of a client")
}

/// Lets a client find the service. Never in place of another of that name.
pub fn add(folder: &Path, name: &str, key: &HsClientDescEncKey) -> anyhow::Result<()> {
    check_name(name)?;
    // Written elsewhere and moved: arti must not read half a key.
    let beside = folder.parent().context("the folder of client keys has no parent")?;
    let mut file = tempfile::NamedTempFile::new_in(beside)?;
    writeln!(file, "{key}")?;
    file.as_file().sync_all()?;
    let place = folder.join(format!("{name}.auth"));
    file.persist_noclobber(place)
        .map_err(|failed| failed.error)
        .with_context(|| format!("`{name}` is not added; is there a client of that name?"))?;
    Ok(())
}

/// Takes back what [`add`] did, for every descriptor from now on.
pub fn remove(folder: &Path, name: &str) -> anyhow::Result<()> {
    check_name(name)?;
    std::fs::remove_file(folder.join(format!("{name}.auth")))
        .with_context(|| format!("there is no client `{name}`"))
}

/// The names of all clients.
pub fn names(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        names.extend(
            stem.filter(|_| path.extension().is_some_and(|end| end == "auth")).map(str::to_owned),
        );
    }
    names.sort();
    Ok(names)
}

/// The name of the client that does not exist. It goes before a file of that name.
pub(super) fn nobody() -> anyhow::Result<HsClientNickname> {
    Ok(NOBODY.parse()?)
}

/// A name becomes a file name: no dot or slash may be in it.
fn check_name(name: &str) -> anyhow::Result<()> {
    anyhow::ensure!(name != NOBODY, "`{NOBODY}` is the name of nobody");
    name.parse::<HsClientNickname>().map(drop).context(
        "a client's name has small letters, digits, hyphens and underscores, and begins with a letter or digit",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_is_added_listed_and_removed() {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().join("clients");
        std::fs::create_dir(&folder).unwrap();
        let key = ClientKey::random();
        add(&folder, "anna", &key.public).unwrap();
        let file = std::fs::read_to_string(folder.join("anna.auth")).unwrap();
        assert_eq!(parse(&file).unwrap(), key.public);
        assert!(!file.contains(&**key.private));
        assert_eq!(names(&folder).unwrap(), ["anna"]);
        remove(&folder, "anna").unwrap();
        assert!(names(&folder).unwrap().is_empty());
        assert!(remove(&folder, "anna").is_err());
    }

    #[test]
    fn a_client_is_never_replaced() {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().join("clients");
        std::fs::create_dir(&folder).unwrap();
        let first = ClientKey::random().public;
        add(&folder, "anna", &first).unwrap();
        assert!(add(&folder, "anna", &ClientKey::random().public).is_err());
        assert_eq!(
            parse(&std::fs::read_to_string(folder.join("anna.auth")).unwrap()).unwrap(),
            first
        );
    }

    #[test]
    fn a_name_cannot_leave_the_folder() {
        let data = tempfile::tempdir().unwrap();
        for name in ["../anna", NOBODY, "a/b", "", ".", "a.auth", "Anna\n", "/etc/x"] {
            assert!(add(data.path(), name, &ClientKey::random().public).is_err(), "{name:?}");
            assert!(remove(data.path(), name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn half_a_public_key_is_refused() {
        let text = ClientKey::random().public.to_string();
        assert!(parse(&text).is_ok());
        let short: String = text.chars().take(text.len() - 4).collect();
        assert!(parse(&short).is_err());
        assert!(parse("").is_err());
        assert!(parse("descriptor:rsa:AAAA").is_err());
    }
}
