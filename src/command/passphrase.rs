//! A passphrase, from a file or from the terminal without showing it.

use std::io::{BufRead as _, Write as _};
use std::path::Path;

use anyhow::Context as _;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use secrecy::ExposeSecret as _;
use zeroize::Zeroizing;

use crate::domain::Secret;
use crate::installation;
use crate::limits::PASSWORD_CHARACTERS;

/// Asks for a passphrase that is used for the first time; at the terminal, twice.
pub(super) fn new(file: Option<&Path>) -> anyhow::Result<Secret> {
    let passphrase = if let Some(file) = file {
        read(file)?
    } else {
        let first = ask("Passphrase: ")?;
        let second = ask("The same again: ")?;
        anyhow::ensure!(
            first.expose_secret() == second.expose_secret(),
            "these were two different passphrases: nothing was done"
        );
        first
    };
    anyhow::ensure!(
        passphrase.expose_secret().chars().count() >= PASSWORD_CHARACTERS,
        "a passphrase has at least {PASSWORD_CHARACTERS} characters: nothing was done"
    );
    Ok(passphrase)
}

/// Asks for a passphrase that was chosen before.
pub(super) fn known(file: Option<&Path>) -> anyhow::Result<Secret> {
    match file {
        Some(file) => read(file),
        None => ask("Passphrase: "),
    }
}

fn read(path: &Path) -> anyhow::Result<Secret> {
    installation::only_ours(path)?;
    let text = std::fs::read_to_string(path).map(Zeroizing::new)?;
    Ok(Secret::from(text.trim_end_matches(['\n', '\r'])))
}

fn ask(question: &str) -> anyhow::Result<Secret> {
    let terminal = std::io::stdin();
    let before = tcgetattr(&terminal)
        .context("there is no terminal to ask at: give --passphrase-file FILE")?;
    let mut out = std::io::stderr();
    write!(out, "{question}")?;
    out.flush()?;
    let mut silent = before.clone();
    silent.local_modes.remove(LocalModes::ECHO);
    tcsetattr(&terminal, OptionalActions::Flush, &silent)?;
    let restored = Restored(before);
    let mut line = Zeroizing::new(String::new());
    terminal.lock().read_line(&mut line)?;
    drop(restored);
    writeln!(out)?;
    Ok(Secret::from(line.trim_end_matches(['\n', '\r'])))
}

/// Lets the terminal show again what is typed, also after an error.
struct Restored(Termios);

impl Drop for Restored {
    fn drop(&mut self) {
        let _ = tcsetattr(std::io::stdin(), OptionalActions::Flush, &self.0);
    }
}
