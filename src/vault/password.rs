//! Handlers' passwords: one slow derivation gives a verifier and a key.
//!
//! The verifier tells whether the password was right; the key opens the handler's
//! seeds and the second factor. A thief of the database can test no guess without the
//! pepper, and gets no TOTP secrets at all, because they are sealed under the key.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::derivation::{Cost, Pepper};
use super::secret::{Key, expand};

/// By which a password is checked; it opens nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifier([u8; 32]);

impl Verifier {
    /// Reads a stored verifier.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Verifier)
    }

    /// A verifier that no password has.
    pub fn of_nobody() -> Self {
        Verifier(super::secret::random())
    }

    /// The bytes, as they are stored.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Compares without telling how far it matched.
    pub fn is(&self, other: &Verifier) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

/// What one derivation of a password gives.
#[derive(Debug)]
pub struct PasswordKeys {
    /// Tells whether the password was right.
    pub verifier: Verifier,
    /// Opens the handler's own row.
    pub key: Key,
}

/// Derives verifier and key of a password. Slow, on purpose.
pub fn derive(password: &str, pepper: &Pepper, salt: &[u8; 16], cost: Cost) -> PasswordKeys {
    let derived = pepper.derive(password.as_bytes(), salt, cost);
    let mut verifier = Zeroizing::new([0u8; 32]);
    expand(&*derived, b"sluse/password/verifier/v1", &mut *verifier);
    let mut key = Zeroizing::new([0u8; 32]);
    expand(&*derived, b"sluse/password/key/v1", &mut *key);
    PasswordKeys {
        verifier: Verifier(Sha256::digest(*verifier).into()),
        key: Key::from_bytes(*key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { memory_kib: 64, passes: 1 };

    #[test]
    fn the_right_password_is_recognised_and_no_other() {
        let pepper = Pepper::random();
        let kept = derive("en lang adgangskode", &pepper, &[0; 16], CHEAP).verifier;
        let again = |password| derive(password, &pepper, &[0; 16], CHEAP).verifier;
        assert!(kept.is(&again("en lang adgangskode")));
        assert!(!kept.is(&again("en lang adgangskod")));
        assert!(!kept.is(&again("En lang adgangskode")));
    }

    #[test]
    fn two_handlers_with_one_password_have_different_rows() {
        let pepper = Pepper::random();
        let one = derive("samme", &pepper, &[1; 16], CHEAP);
        let other = derive("samme", &pepper, &[2; 16], CHEAP);
        assert_ne!(one.verifier, other.verifier);
        assert_ne!(one.key.expose(), other.key.expose());
    }
}
