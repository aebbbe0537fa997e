//! `sluse doctor`: what is wrong and how to cure it. Works beside a running server.

use clap::Args;

use super::say;
use crate::checks::{self, Check, State};
use crate::config::Config;
use crate::{serve, status};

/// How the findings are printed.
#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Doctor {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<()> {
        let mut found = status::of_server(config);
        found.extend(checks::all(config).await);
        found.extend([
            serve::pages(config),
            serve::own_look(config),
            serve::contact(config),
            serve::mirror(config),
        ]);
        found.push(checks::questions(config).await);
        for check in &found {
            let line = if self.json { serde_json::to_string(check)? } else { line(check) };
            say(&line)?;
        }
        let failed = found.iter().filter(|check| check.state == State::Fail).count();
        anyhow::ensure!(failed == 0, "{failed} of {} checks failed", found.len());
        Ok(())
    }
}

fn line(check: &Check) -> String {
    let word = match check.state {
        State::Ok => "OK",
        State::Warn => "WARN",
        State::Fail => "FAIL",
    };
    format!("{word:<5} {:<15} {}", check.name, check.detail).trim_end().to_owned()
}
