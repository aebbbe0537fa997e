//! Keys that cannot be printed, and the one source of random numbers.

use hkdf::Hkdf;
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Text that a person typed and nobody else may see: wiped when dropped, never printed.
pub type Secret = secrecy::SecretString;

/// A 256-bit key. It has no `Display`, its `Debug` shows nothing, and it is wiped.
pub struct Key(SecretBox<[u8; 32]>);

impl Key {
    /// Makes a key from the operating system's random numbers.
    pub fn random() -> Self {
        Key::from_bytes(random())
    }

    /// Takes a key out of an array. The caller's copy should not live on.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let bytes = Zeroizing::new(bytes);
        Key(SecretBox::init_with_mut(|key: &mut [u8; 32]| key.copy_from_slice(&*bytes)))
    }

    /// Takes a key out of opened bytes, if there are exactly 32.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Key::from_bytes)
    }

    /// Derives a key for another purpose (HKDF-Expand with SHA-256, RFC 5869).
    ///
    /// This key must be uniformly random; all of ours are.
    #[must_use]
    pub fn derive(&self, purpose: &'static str) -> Key {
        let mut out = Zeroizing::new([0u8; 32]);
        expand(self.expose(), purpose.as_bytes(), &mut *out);
        Key::from_bytes(*out)
    }

    /// A keyed hash that spreads values over buckets.
    pub fn hash(&self, value: &[u8]) -> u64 {
        let mut out = [0u8; 8];
        expand(self.expose(), &[b"sluse/bucket", value].concat(), &mut out);
        u64::from_be_bytes(out)
    }

    /// The bytes, for a primitive. Nothing may keep them.
    pub(crate) fn expose(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }
}

impl Clone for Key {
    fn clone(&self) -> Self {
        Key::from_bytes(*self.expose())
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

/// HKDF-Expand with SHA-256 of a uniformly random input.
pub(crate) fn expand(prk: &[u8], info: &[u8], out: &mut [u8]) {
    #[expect(
        clippy::expect_used,
        reason = "all our inputs have 32 bytes or more, all our outputs at most 96"
    )]
    Hkdf::<Sha256>::from_prk(prk)
        .expect("at least one hash length of key material")
        .expand(info, out)
        .expect("at most 255 hash lengths of output");
}

/// Random bytes from the operating system.
///
/// # Panics
/// If the operating system has none to give: there is no safe way on, and no
/// weaker source to fall back to.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0u8; N];
    #[expect(clippy::expect_used, reason = "see above")]
    getrandom::fill(&mut bytes).expect("the operating system gives random numbers");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_does_not_show_itself() {
        assert_eq!(format!("{:?}", Key::from_bytes([0xab; 32])), "Key(…)");
    }

    #[test]
    fn keys_for_different_purposes_differ() {
        let key = Key::from_bytes([7; 32]);
        assert_ne!(key.derive("a").expose(), key.derive("b").expose());
        assert_eq!(key.derive("a").expose(), key.derive("a").expose());
    }

    #[test]
    fn a_key_is_not_made_from_too_few_or_too_many_bytes() {
        assert!(Key::from_slice(&[0; 31]).is_none());
        assert!(Key::from_slice(&[0; 33]).is_none());
        assert!(Key::from_slice(&[0; 32]).is_some());
    }

    /// RFC 5869, appendix A.1: the expand step with its published PRK.
    #[test]
    fn expand_agrees_with_rfc_5869_case_1() {
        let prk = hex::decode("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")
            .unwrap();
        let info = hex::decode("f0f1f2f3f4f5f6f7f8f9").unwrap();
        let mut out = [0u8; 42];
        expand(&prk, &info, &mut out);
        assert_eq!(
            hex::encode(out),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
        );
    }
}
