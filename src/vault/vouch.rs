//! Vouching for handlers' keys with Ed25519 (RFC 8032).
//!
//! Whoever can write the database could put a public key of their own into a
//! handler's row, and every later report would be wrapped to them. So each handler's
//! key is signed by the first receiver, whose verifying key is pinned when they enrol,
//! and the portal wraps to no key without that signature. The pinned key stands in the
//! same database, so it counts only with a tag that the pepper makes
//! ([`Pepper::voucher_tag`](super::Pepper::voucher_tag)).

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use super::context::Context;
use super::secret::Key;
use super::wrap::PublicKey;

/// The key with which a receiver vouches, derived from the receiver's own seed.
pub struct Voucher(SigningKey);

/// The public half, pinned in the installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoucherKey(VerifyingKey);

/// A signature over one handler's public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouch([u8; 64]);

impl Voucher {
    /// The voucher that belongs to a handler's seed.
    pub fn from_seed(seed: &Key) -> Self {
        Voucher(SigningKey::from_bytes(seed.derive("sluse/vouch/v1").expose()))
    }

    /// The public half.
    pub fn public(&self) -> VoucherKey {
        VoucherKey(self.0.verifying_key())
    }

    /// Vouches for `key`. The context names the handler.
    pub fn vouch(&self, key: &PublicKey, context: &Context) -> Vouch {
        Vouch(self.0.sign(&statement(key, context)).to_bytes())
    }
}

impl VoucherKey {
    /// Reads a stored verifying key.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        VerifyingKey::from_bytes(bytes.try_into().ok()?).ok().map(VoucherKey)
    }

    /// The bytes, as they are stored.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Whether `vouch` is a signature of ours over this key for this handler.
    pub fn vouches(&self, vouch: &Vouch, key: &PublicKey, context: &Context) -> bool {
        let signature = Signature::from_bytes(&vouch.0);
        self.0.verify_strict(&statement(key, context), &signature).is_ok()
    }
}

impl Vouch {
    /// Reads a stored signature.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Vouch)
    }

    /// The bytes, as they are stored.
    pub fn as_bytes(&self) -> &[u8; 64] {
        &self.0
    }
}

fn statement(key: &PublicKey, context: &Context) -> Vec<u8> {
    context.clone().with(&key.to_bytes()).as_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::super::{InstanceId, KeyPair};
    use super::*;

    fn context(handler: u8) -> Context {
        Context::new("vouch", InstanceId([0; 16])).with(&[handler])
    }

    #[test]
    fn a_vouched_key_is_accepted_for_its_handler_only() {
        let voucher = Voucher::from_seed(&Key::random());
        let (key, other) = (KeyPair::random().public(), KeyPair::random().public());
        let vouch = voucher.vouch(&key, &context(1));
        assert!(voucher.public().vouches(&vouch, &key, &context(1)));
        assert!(!voucher.public().vouches(&vouch, &other, &context(1)), "a swapped key");
        assert!(!voucher.public().vouches(&vouch, &key, &context(2)), "a swapped handler");
    }

    #[test]
    fn nobody_else_can_vouch() {
        let key = KeyPair::random().public();
        let vouch = Voucher::from_seed(&Key::random()).vouch(&key, &context(1));
        let pinned = Voucher::from_seed(&Key::random()).public();
        assert!(!pinned.vouches(&vouch, &key, &context(1)));
    }

    /// RFC 8032, section 7.1, test 2.
    #[test]
    fn signatures_agree_with_rfc_8032() {
        let secret: [u8; 32] =
            hex::decode("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
                .unwrap()
                .try_into()
                .unwrap();
        let signature = SigningKey::from_bytes(&secret).sign(&[0x72]);
        assert_eq!(
            hex::encode(signature.to_bytes()),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
             085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        );
    }
}
