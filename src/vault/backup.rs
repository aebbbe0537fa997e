//! Something sealed under a passphrase, to be kept away from the machine.
//!
//! A copy of a key on a stick or in a safe is found by others one day. It opens only
//! with the passphrase, and each guess costs as much as one for a receipt code. There
//! is no pepper in it: the copy must open on a new machine when the old one is gone.
//!
//! Magic, version, cost and salt, then a sealed value that is bound to all of them.

use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::ExposeSecret as _;
use zeroize::Zeroizing;

use super::secret::{Key, Secret, random};
use super::{CannotOpen, Context, Cost, InstanceId, Sealed, Stored};

const MAGIC: [u8; 4] = *b"SLBK";
const VERSION: u8 = 1;
const SALT: usize = 16;
const HEAD: usize = MAGIC.len() + 2 + SALT;

/// Seals `plain` under `passphrase`. Takes hundreds of milliseconds.
pub fn seal(
    passphrase: &Secret,
    purpose: &'static str,
    plain: &[u8],
) -> Result<Vec<u8>, CannotOpen> {
    let mut head = Vec::with_capacity(HEAD);
    head.extend(MAGIC);
    head.extend([VERSION, 1]);
    head.extend(random::<SALT>());
    let key = key(passphrase, &head)?;
    let sealed = Sealed::new(&key, &context(purpose, &head), plain);
    Ok([head.as_slice(), sealed.as_bytes()].concat())
}

/// Opens what [`seal`] made for the same purpose.
pub fn open(
    passphrase: &Secret,
    purpose: &'static str,
    bytes: &[u8],
) -> Result<Zeroizing<Vec<u8>>, CannotOpen> {
    let (head, sealed) = bytes.split_at_checked(HEAD).ok_or(CannotOpen::Format)?;
    let key = key(passphrase, head)?;
    Stored::from_disk(sealed.to_vec()).open(&key, &context(purpose, head))
}

fn context(purpose: &'static str, head: &[u8]) -> Context {
    // A backup belongs to no installation: it is there to make a new one.
    Context::new(purpose, InstanceId([0; 16])).with(head)
}

fn key(passphrase: &Secret, head: &[u8]) -> Result<Key, CannotOpen> {
    let rest = head.strip_prefix(&MAGIC).ok_or(CannotOpen::Format)?;
    let (kind, salt) = rest.split_at_checked(2).ok_or(CannotOpen::Format)?;
    // The cost is named and not given in numbers: a forged file cannot ask for all of
    // the machine's memory.
    let cost = if kind == [VERSION, 1] { Cost::STANDARD } else { return Err(CannotOpen::Format) };
    let params = Params::new(cost.memory_kib, cost.passes, 1, Some(32));
    let argon2 = params.map(|params| Argon2::new(Algorithm::Argon2id, Version::V0x13, params));
    let mut out = Zeroizing::new([0; 32]);
    argon2
        .and_then(|argon2| {
            argon2.hash_password_into(passphrase.expose_secret().as_bytes(), salt, &mut *out)
        })
        .map_err(|_| CannotOpen::Format)?;
    Ok(Key::from_bytes(*out).derive("sluse/backup"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_opens_with_its_passphrase_for_its_purpose_and_unchanged() {
        let passphrase = || Secret::from("eleven grey herons");
        let backup = seal(&passphrase(), "test", b"key").unwrap();
        assert_eq!(&**open(&passphrase(), "test", &backup).unwrap(), b"key");
        assert!(open(&Secret::from("eleven grey heron"), "test", &backup).is_err());
        assert!(open(&passphrase(), "other", &backup).is_err());
        for place in [HEAD - 1, HEAD, backup.len() - 1] {
            let mut changed = backup.clone();
            changed[place] ^= 1;
            assert!(open(&passphrase(), "test", &changed).is_err(), "byte {place}");
        }
    }

    #[test]
    fn what_is_no_backup_is_refused_before_the_slow_derivation() {
        let passphrase = Secret::from("eleven grey herons");
        let backup = [&MAGIC[..], &[VERSION, 1], &[0; SALT]].concat();
        for place in 0..=MAGIC.len() + 1 {
            let mut changed = backup.clone();
            changed[place] ^= 1;
            let refusal = open(&passphrase, "test", &changed).unwrap_err();
            assert_eq!(refusal, CannotOpen::Format, "byte {place}");
        }
        for length in 0..HEAD {
            assert!(open(&passphrase, "test", &backup[..length]).is_err());
        }
    }
}
