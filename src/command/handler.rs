//! `sluse handler add`: invites a handler. Works beside a running server.

use anyhow::Context as _;
use clap::Subcommand;

use super::say;
use crate::config::Config;
use crate::domain::HandlerName;
use crate::domain::invitation::invite;
use crate::installation;
use crate::limits::LINK_DAYS;

/// What can be done with handlers.
#[derive(Debug, Subcommand)]
pub(super) enum HandlerCommand {
    /// Invite a handler: prints a link that works once.
    Add {
        /// Name for signing in.
        name: String,
    },
}

impl HandlerCommand {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<()> {
        let HandlerCommand::Add { name } = self;
        let name = HandlerName::parse(&name)
            .context("a handler's name has 2 to 40 letters, digits, dots or hyphens")?;
        let pepper = installation::read_pepper(&config.pepper)?;
        let store = installation::open_store(config).await?;
        let link = invite(&store, &pepper.token_key(), config.clock().today(), &name).await?;
        store.close().await;
        let link =
            link.with_context(|| format!("there is a handler `{}` already", name.as_str()))?;
        print_link(config, &name, &link)
    }
}

/// Prints a one-time link, with every host name under which it can be opened.
pub(super) fn print_link(config: &Config, name: &HandlerName, link: &str) -> anyhow::Result<()> {
    say(&format!("Give this link to {}. It works once, for {LINK_DAYS} days:", name.as_str()))?;
    say("")?;
    match config.mirror.as_ref().and_then(|mirror| mirror.handler_host.as_ref()) {
        Some(host) => say(&format!("    https://{host}/enrol/{link}")),
        None => say(&format!("    /enrol/{link}  (on the handlers' address)")),
    }
}
