//! The two types between which encryption stands.
//!
//! [`Sealed`] is what this module made from plain text; `store` writes nothing else.
//! [`Stored`] is what came back from a disk that somebody may have changed; it has no
//! use but to be opened. Neither can be made from plain text outside the vault.

use zeroize::Zeroizing;

use super::{chunked, context::Context, secret::Key};

/// Why a stored value does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotOpen {
    /// Not written by us, by a newer version, or cut.
    #[error("not a sealed value of a version this program knows")]
    Format,
    /// Another key, another row, or changed.
    #[error("not sealed under this key for this row, or changed since")]
    NotAuthentic,
}

/// How the value behind the header is encrypted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Suite {
    /// Cobblestone-256.
    Cobblestone = 1,
    /// HPKE base mode with X-Wing, HKDF-SHA256, AES-256-GCM.
    Hpke = 2,
}

const MAGIC: [u8; 4] = *b"SLUS";
const VERSION: u8 = 1;

/// Bytes before every sealed value: magic, version, suite.
pub const PREFIX: usize = 6;

/// The bytes before a value of `suite`.
pub(super) fn prefix(suite: Suite) -> [u8; PREFIX] {
    let [a, b, c, d] = MAGIC;
    [a, b, c, d, VERSION, suite as u8]
}

/// The bytes before the Cobblestone message in an object or spool file.
pub fn object_prefix() -> [u8; PREFIX] {
    prefix(Suite::Cobblestone)
}

/// Ciphertext that this program made: the only bytes that may reach a database.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// Seals `plain` under `key`, bound to `context`.
    pub fn new(key: &Key, context: &Context, plain: &[u8]) -> Self {
        let message = chunked::seal(key, context.as_bytes(), plain);
        Sealed::from_parts(Suite::Cobblestone, &message)
    }

    /// Seals a key under another key.
    pub fn key(under: &Key, context: &Context, key: &Key) -> Self {
        Sealed::new(under, context, key.expose())
    }

    pub(super) fn from_parts(suite: Suite, body: &[u8]) -> Self {
        Sealed([&prefix(suite), body].concat())
    }

    /// The ciphertext, to be written.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Takes it for opening without the way over a disk.
    pub fn into_stored(self) -> Stored {
        Stored(self.0)
    }
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}

/// Bytes that were read back and are not trusted until they open.
#[derive(Clone)]
pub struct Stored(Vec<u8>);

impl Stored {
    /// Takes what a row or an object holds.
    pub fn from_disk(bytes: Vec<u8>) -> Self {
        Stored(bytes)
    }

    /// Opens a value sealed under `key` for `context`.
    pub fn open(&self, key: &Key, context: &Context) -> Result<Zeroizing<Vec<u8>>, CannotOpen> {
        chunked::open(key, context.as_bytes(), self.body(Suite::Cobblestone)?)
            .map_err(|_| CannotOpen::NotAuthentic)
    }

    /// Opens a key sealed with [`Sealed::key`].
    pub fn open_key(&self, under: &Key, context: &Context) -> Result<Key, CannotOpen> {
        Key::from_slice(&self.open(under, context)?).ok_or(CannotOpen::NotAuthentic)
    }

    pub(super) fn body(&self, suite: Suite) -> Result<&[u8], CannotOpen> {
        self.0.strip_prefix(&prefix(suite)).ok_or(CannotOpen::Format)
    }
}

impl std::fmt::Debug for Stored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Stored({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::super::InstanceId;
    use super::*;

    fn context(row: u8) -> Context {
        Context::new("test", InstanceId([0; 16])).with(&[row])
    }

    #[test]
    fn a_value_opens_for_its_own_row() {
        let key = Key::random();
        let sealed = Sealed::new(&key, &context(1), b"words").into_stored();
        assert_eq!(&**sealed.open(&key, &context(1)).unwrap(), b"words");
    }

    #[test]
    fn a_value_moved_to_another_row_does_not_open() {
        let key = Key::random();
        let sealed = Sealed::new(&key, &context(1), b"words").into_stored();
        assert_eq!(sealed.open(&key, &context(2)).unwrap_err(), CannotOpen::NotAuthentic);
    }

    #[test]
    fn a_value_does_not_open_under_another_key() {
        let sealed = Sealed::new(&Key::random(), &context(1), b"words").into_stored();
        assert!(sealed.open(&Key::random(), &context(1)).is_err());
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let key = Key::random();
        let sealed = Sealed::new(&key, &context(1), b"words");
        for bit in 0..sealed.as_bytes().len() * 8 {
            let mut bytes = sealed.as_bytes().to_vec();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(Stored::from_disk(bytes).open(&key, &context(1)).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn every_shorter_value_is_refused() {
        let key = Key::random();
        let sealed = Sealed::new(&key, &context(1), b"words");
        for length in 0..sealed.as_bytes().len() {
            let cut = Stored::from_disk(sealed.as_bytes()[..length].to_vec());
            assert!(cut.open(&key, &context(1)).is_err(), "{length} bytes");
        }
    }

    #[test]
    fn a_key_that_is_no_key_is_refused() {
        let key = Key::random();
        let sealed = Sealed::new(&key, &context(1), b"31 bytes are not a key, whatever");
        assert!(sealed.into_stored().open_key(&key, &context(1)).is_ok());
        let sealed = Sealed::new(&key, &context(1), b"short");
        assert!(sealed.into_stored().open_key(&key, &context(1)).is_err());
    }

    #[test]
    fn a_sealed_value_shows_only_its_length() {
        let shown = format!("{:?}", Sealed::new(&Key::random(), &context(1), b""));
        assert_eq!(shown, "Sealed(78 bytes)");
    }
}
