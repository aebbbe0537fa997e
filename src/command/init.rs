//! `sluse init`: a new installation.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::handler::print_link;
use super::say;
use crate::config::{Config, Mirror, Onion};
use crate::domain::HandlerName;
use crate::domain::invitation::invite;
use crate::domain::portal::CannotStart;
use crate::vault::{Cost, Pepper};
use crate::{installation, machine};

/// After so long policy and impact assessment are to be looked at again.
const REVIEW_MONTHS: i64 = 12;

/// What `init` asks for.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// Name of the organisation, as reporters read it.
    #[arg(long)]
    organisation: String,
    /// Who runs the machine, in one line.
    #[arg(long)]
    operator: String,
    /// Name of the first receiver, for signing in.
    #[arg(long)]
    handler: String,
    /// Folder of everything that is stored.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Host name of the reporters' pages on the mirror.
    #[arg(long)]
    reporter_host: Option<String>,
    /// Host name of the handlers' pages on the mirror.
    #[arg(long, requires = "reporter_host")]
    handler_host: Option<String>,
    /// Where the mirror listens.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
    /// Without the onion service.
    #[arg(long)]
    no_onion: bool,
    /// Use 64 MiB for one derivation instead of what this machine can carry.
    #[arg(long)]
    small: bool,
}

impl Init {
    pub(super) async fn run(self, path: &Path) -> anyhow::Result<()> {
        anyhow::ensure!(!path.exists(), "{} is there already: nothing was done", path.display());
        let name = HandlerName::parse(&self.handler)
            .context("a handler's name has 2 to 40 letters, digits, dots or hyphens")?;
        let config = self.config(path)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let settings = Config::parse(&toml::to_string_pretty(&config)?, folder)?;
        installation::make_folders(&settings)?;
        // An `init` that was cut off leaves a pepper that no database knows yet.
        let was_there = settings.pepper.exists();
        let pepper =
            if was_there { installation::read_pepper(&settings.pepper)? } else { Pepper::random() };
        if !was_there {
            installation::write_pepper(&settings.pepper, &pepper)?;
        }
        let cost = if self.small { Cost::SMALL } else { machine::cost_for_this_machine() };
        let clock = settings.clock();
        let made = installation::make_instance(&settings, &clock, &pepper, cost).await;
        let store = made.map_err(|failure| if_it_is_made(failure, &settings, was_there))?;
        let link = invite(&store, &pepper.token_key(), clock.today(), &name).await?;
        store.close().await;
        // The settings file comes last: without it nothing above counts as an installation.
        installation::write_new(path, toml::to_string_pretty(&config)?.as_bytes())?;
        say(&format!("Settings: {}", path.display()))?;
        say("")?;
        say("This is the pepper. Write it down and keep it away from this machine and its")?;
        say("backups. Without it no reporter and no handler can ever sign in again:")?;
        say("")?;
        say(&format!("    {}", *pepper.to_text()))?;
        say("")?;
        print_link(&settings, &name, &link.context("a new installation has no handlers")?)
    }

    fn config(&self, path: &Path) -> anyhow::Result<Config> {
        let pepper = path.with_extension("pepper");
        let pepper = pepper.file_name().context("the settings file needs a name")?;
        let mirror = self.reporter_host.as_ref().map(|reporter_host| Mirror {
            reporter_host: reporter_host.clone(),
            handler_host: self.handler_host.clone(),
            listen: self.listen.clone(),
            certificate: None,
            key: None,
            passed_through: false,
            own_networks: Vec::new(),
        });
        let (data, pepper) = (self.data.clone(), PathBuf::from(pepper));
        let bare = Config::new(&self.organisation, &self.operator, data, pepper);
        let review_by = bare.clock().today().plus_months(REVIEW_MONTHS).date();
        Ok(Config {
            review_by: Some(review_by.to_string()),
            mirror,
            onion: (cfg!(feature = "onion") && !self.no_onion).then(Onion::default),
            ..bare
        })
    }
}

/// What to do where there is an installation already.
fn if_it_is_made(failure: anyhow::Error, settings: &Config, was_there: bool) -> anyhow::Error {
    if !matches!(failure.downcast_ref(), Some(CannotStart::Initialised)) {
        return failure;
    }
    if !was_there {
        // It is a moment old, and that database has another.
        let _ = std::fs::remove_file(&settings.pepper);
        return failure;
    }
    let (pepper, database) = (settings.pepper.display(), settings.database_file());
    anyhow::anyhow!(
        "{failure}. If an earlier `init` was cut off before it printed its pepper, remove {pepper} \
         and {}*, and run it again",
        database.display()
    )
}
