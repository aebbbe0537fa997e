//! The keys by which the members of the network know the authorities.
//!
//! Everybody's settings name each authority by three fingerprints, so these keys
//! exist before the first process starts. Relays make their own when they start.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use crate::programs::{Programs, output};
use crate::{NetworkError, private};

/// An authority as the others see it.
#[derive(Clone, Debug)]
pub(crate) struct Authority {
    /// Its nickname.
    pub(crate) name: String,
    /// Where other nodes connect.
    pub(crate) or_port: u16,
    /// Where votes, descriptors and the consensus are exchanged.
    pub(crate) dir_port: u16,
    /// Fingerprint of the key that signs the consensus.
    pub(crate) v3_ident: String,
    /// Fingerprint of the RSA identity as a relay.
    pub(crate) rsa_identity: String,
    /// The Ed25519 identity as a relay, base64 without padding.
    pub(crate) ed_identity: String,
}

/// Makes the keys of authorities with these names and ports, all at the same time.
pub(crate) fn authorities(
    programs: &Programs,
    folder: &Path,
    ports: &[(u16, u16)],
) -> Result<Vec<Authority>, NetworkError> {
    let empty = folder.join("empty");
    private::write(&empty, "")?;
    thread::scope(|scope| {
        let threads: Vec<_> = (1..)
            .zip(ports)
            .map(|(number, &ports)| {
                let name = format!("authority{number}");
                let folder = folder.join(&name);
                let empty = &empty;
                scope.spawn(move || authority(programs, empty, name, &folder, ports))
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(panicked)).collect()
    })
}

fn panicked<T>(_: Box<dyn std::any::Any + Send>) -> Result<T, NetworkError> {
    Err(NetworkError::Keys("a thread panicked".into()))
}

fn authority(
    programs: &Programs,
    empty: &Path,
    name: String,
    folder: &Path,
    (or_port, dir_port): (u16, u16),
) -> Result<Authority, NetworkError> {
    let keys = folder.join("keys");
    private::folder(&keys)?;
    make_signing_key(programs, &keys, dir_port)?;
    make_relay_identity(programs, empty, &name, folder, or_port)?;
    Ok(Authority {
        v3_ident: word_after(&keys.join("authority_certificate"), "fingerprint")?,
        rsa_identity: word_after(&folder.join("fingerprint"), &name)?,
        ed_identity: word_after(&folder.join("fingerprint-ed25519"), &name)?,
        name,
        or_port,
        dir_port,
    })
}

fn make_signing_key(programs: &Programs, keys: &Path, dir_port: u16) -> Result<(), NetworkError> {
    // tor-gencert insists on a passphrase for the identity key, and takes an empty
    // one only from a file descriptor.
    let passphrase = keys.join("passphrase");
    private::write(&passphrase, "private-network\n")?;
    let mut command = Command::new(&programs.tor_gencert);
    command
        .args(["--create-identity-key", "-m", "12", "--passphrase-fd", "0", "-a"])
        .arg(format!("127.0.0.1:{dir_port}"))
        .arg("-i")
        .arg(keys.join("authority_identity_key"))
        .arg("-s")
        .arg(keys.join("authority_signing_key"))
        .arg("-c")
        .arg(keys.join("authority_certificate"))
        .stdin(fs::File::open(&passphrase)?);
    output(&programs.tor_gencert, &mut command).map(drop)
}

fn make_relay_identity(
    programs: &Programs,
    empty: &Path,
    name: &str,
    folder: &Path,
    or_port: u16,
) -> Result<(), NetworkError> {
    // The settings of the machine's own tor must not leak in, hence the empty files;
    // /dev/null is refused.
    let mut command = Command::new(&programs.tor);
    command
        .arg("-f")
        .arg(empty)
        .arg("--defaults-torrc")
        .arg(empty)
        .args(["--list-fingerprint", "--hush", "--ExitRelay", "0", "--Nickname", name])
        .arg("--DataDirectory")
        .arg(folder)
        .args(["--ORPort", &or_port.to_string()])
        .stdin(Stdio::null());
    output(&programs.tor, &mut command).map(drop)
}

/// Finds the line of a file that begins with `first` and returns its second word.
fn word_after(file: &Path, first: &str) -> Result<String, NetworkError> {
    let text = fs::read_to_string(file)?;
    text.lines()
        .filter_map(|line| line.split_once(' '))
        .find(|(start, _)| *start == first)
        .map(|(_, word)| word.trim().to_owned())
        .ok_or_else(|| NetworkError::Keys(format!("no {first} in {}", file.display())))
}
