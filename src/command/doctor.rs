//! `sluse doctor`: what is wrong and how to cure it. Works beside a running server.

use clap::Args;

use super::say;
use crate::checks::{self, Check, State};
use crate::config::Config;

/// How the findings are printed.
#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Doctor {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<()> {
        let found = checks::all(config).await;
        for check in &found {
            let line = if self.json { json(check) } else { line(check) };
            say(&line)?;
        }
        let failed = found.iter().filter(|check| check.state == State::Fail).count();
        anyhow::ensure!(failed == 0, "{failed} of {} checks failed", found.len());
        Ok(())
    }
}

fn word(state: State) -> &'static str {
    match state {
        State::Ok => "OK",
        State::Warn => "WARN",
        State::Fail => "FAIL",
    }
}

fn line(check: &Check) -> String {
    format!("{:<5} {:<11} {}", word(check.state), check.name, check.detail).trim_end().to_owned()
}

fn json(check: &Check) -> String {
    let state = word(check.state);
    serde_json::json!({ "name": check.name, "state": state, "detail": check.detail }).to_string()
}
