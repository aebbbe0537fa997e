//! What arti is told.
//!
//! Guards and keys are in the state folder and must stay: a service that picks new
//! guards at every start meets a hostile one sooner. The cache may go. Whatever the
//! operator's file about the network says, folders and permissions are ours.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;

use anyhow::Context as _;
use arti_client::TorClientConfig;
use arti_client::config::{CfgPath, TorClientConfigBuilder};
use toml::{Table, Value};

use crate::config::{Config, Onion};
use crate::limits::ONION_MEMORY;

/// What arti has learnt of the network, below our folder for Tor.
const CACHE: &str = "cache";
/// Any address of the old protocol. A machine with an IPv6 address and no route spends
/// its tries on relays it cannot reach.
const IPV4: &str = "0.0.0.0/0:*";

/// Makes arti's folders, for their owner only.
pub fn make_folders(config: &Config) -> anyhow::Result<()> {
    for folder in [config.tor_state(), config.tor().join(CACHE), config.onion_clients()] {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    Ok(())
}

/// The settings of the client.
pub(super) fn tor_client(config: &Config, onion: &Onion) -> anyhow::Result<TorClientConfig> {
    let mut table = network(onion)?;
    prefer(&mut table, "vanguards", "mode", Value::from("lite"))?;
    let memory = Table::from_iter([("max".to_owned(), Value::from(ONION_MEMORY))]);
    prefer(&mut table, "system", "memory", Value::from(memory))?;
    if !onion.ipv6 {
        prefer(&mut table, "path_rules", "reachable_addrs", Value::from(vec![IPV4]))?;
    }
    table.remove("storage");
    let mut builder: TorClientConfigBuilder = table.try_into()?;
    builder
        .storage()
        .state_dir(CfgPath::new_literal(config.tor_state()))
        .cache_dir(CfgPath::new_literal(config.tor().join(CACHE)));
    Ok(builder.build()?)
}

/// Another network than the public one, if the settings name one.
fn network(onion: &Onion) -> anyhow::Result<Table> {
    let Some(path) = &onion.tor_network else { return Ok(Table::new()) };
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the Tor network from {}", path.display()))?;
    text.parse().with_context(|| format!("in {}", path.display()))
}

/// Sets a value unless the file about the network has set it.
fn prefer(table: &mut Table, section: &str, key: &str, value: Value) -> anyhow::Result<()> {
    let section = table.entry(section).or_insert_with(|| Value::from(Table::new()));
    let section = section.as_table_mut().context("a section of the Tor network is no table")?;
    section.entry(key).or_insert(value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: &str = "organisation = \"A\"\noperator = \"B\"\ndata = \"d\"\npepper = \"p\"\n";

    fn settings(file: Option<&str>) -> anyhow::Result<TorClientConfig> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("network.toml");
        std::fs::write(&path, file.unwrap_or_default()).unwrap();
        let config = Config::parse(LEAST, folder.path()).unwrap();
        let onion = Onion { tor_network: file.map(|_| path), ..Onion::default() };
        tor_client(&config, &onion)
    }

    #[test]
    fn arti_takes_our_settings() {
        settings(None).unwrap();
        settings(Some("[path_rules]\nipv4_subnet_family_prefix = 33\n")).unwrap();
    }

    #[test]
    fn a_file_about_the_network_cannot_move_the_keys() {
        let moved = settings(Some("[storage]\nstate_dir = \"/tmp/elsewhere\"\n")).unwrap();
        assert!(!format!("{moved:?}").contains("elsewhere"));
    }

    #[test]
    fn a_file_that_is_no_toml_is_refused() {
        assert!(settings(Some("[path_rules\n")).is_err());
        assert!(settings(Some("path_rules = 3\n")).is_err());
    }
}
