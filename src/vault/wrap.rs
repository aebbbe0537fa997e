//! Key pairs of people and cases, and keys wrapped to them.
//!
//! X-Wing (X25519 and ML-KEM-768 together) in HPKE base mode with HKDF-SHA256 and
//! AES-256-GCM: RFC 9180, draft-ietf-hpke-pq, draft-connolly-cfrg-xwing-kem. Whoever
//! records our database today cannot open it with a quantum computer later, nor with
//! a fault in the younger of the two schemes.
//!
//! A wrap is bound to a [`Context`]; moved to another row it does not open.

use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::{Kem, XWing};
use hpke::{Deserializable, OpModeR, OpModeS, Serializable};
use zeroize::Zeroizing;

use super::context::Context;
use super::sealed::{CannotOpen, Sealed, Stored, Suite};
use super::secret::Key;

const INFO: &[u8] = b"sluse/wrap/v1";
const ENCAPSULATED: usize = 1120;

/// Bytes of a public key.
pub const PUBLIC_KEY: usize = 1216;

/// A key wrapped to a public key, as it is stored.
pub type Wrap = Sealed;

/// To whom keys can be wrapped. Public, so it may be stored as it is.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(<XWing as Kem>::PublicKey);

impl PublicKey {
    /// Reads a stored public key.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CannotOpen> {
        <XWing as Kem>::PublicKey::from_bytes(bytes).map(PublicKey).map_err(|_| CannotOpen::Format)
    }

    /// The 1,216 bytes of the key.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes().to_vec()
    }

    /// Wraps `key` so that only the owner of this public key can take it out.
    pub fn wrap(&self, key: &Key, context: &Context) -> Wrap {
        #[expect(
            clippy::expect_used,
            reason = "encapsulation to a key that was validated when it was read cannot fail"
        )]
        let (encapsulated, sealed) = hpke::single_shot_seal::<AesGcm256, HkdfSha256, XWing>(
            &OpModeS::Base,
            &self.0,
            INFO,
            key.expose(),
            context.as_bytes(),
        )
        .expect("a valid public key");
        Sealed::from_parts(Suite::Hpke, &[&encapsulated.to_bytes()[..], &sealed].concat())
    }
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PublicKey(…)")
    }
}

/// A key pair, held as its 32-byte seed.
#[derive(Clone)]
pub struct KeyPair(Key);

impl KeyPair {
    /// Makes a new pair.
    pub fn random() -> Self {
        KeyPair(Key::random())
    }

    /// Takes a pair from its opened seed.
    pub fn from_seed(seed: Key) -> Self {
        KeyPair(seed)
    }

    /// The seed, to be sealed or wrapped.
    pub fn seed(&self) -> &Key {
        &self.0
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(XWing::sk_to_pk(&self.private()))
    }

    /// Takes out a key that was wrapped to this pair for `context`.
    pub fn unwrap(&self, wrap: &Stored, context: &Context) -> Result<Key, CannotOpen> {
        self.open_hpke(wrap.body(Suite::Hpke)?, context.as_bytes())
    }

    fn open_hpke(&self, body: &[u8], aad: &[u8]) -> Result<Key, CannotOpen> {
        tracing::trace!(target: super::WORK, "opening");
        let (encapsulated, sealed) =
            body.split_at_checked(ENCAPSULATED).ok_or(CannotOpen::Format)?;
        let encapsulated = <XWing as Kem>::EncappedKey::from_bytes(encapsulated)
            .map_err(|_| CannotOpen::Format)?;
        let plain = hpke::single_shot_open::<AesGcm256, HkdfSha256, XWing>(
            &OpModeR::Base,
            &self.private(),
            &encapsulated,
            INFO,
            sealed,
            aad,
        )
        .map_err(|_| CannotOpen::NotAuthentic)?;
        Key::from_slice(&Zeroizing::new(plain)).ok_or(CannotOpen::NotAuthentic)
    }

    fn private(&self) -> <XWing as Kem>::PrivateKey {
        #[expect(clippy::expect_used, reason = "every 32 bytes are an X-Wing seed")]
        <XWing as Kem>::PrivateKey::from_bytes(self.0.expose()).expect("32 bytes")
    }
}

impl std::fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyPair(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::super::InstanceId;
    use super::*;

    fn context(case: u8, epoch: i64) -> Context {
        Context::new("epoch", InstanceId([0; 16])).with(&[case]).with_number(epoch)
    }

    /// draft-connolly-cfrg-xwing-kem: the published seeds give the published public keys.
    #[test]
    fn public_keys_agree_with_the_x_wing_vectors() {
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/vectors/x_wing.json")).unwrap();
        for vector in vectors.as_array().unwrap() {
            let seed = hex::decode(vector["seed"].as_str().unwrap()).unwrap();
            let pair = KeyPair::from_seed(Key::from_slice(&seed).unwrap());
            assert_eq!(hex::encode(pair.public().to_bytes()), vector["pk"]);
        }
        assert_eq!(vectors.as_array().unwrap().len(), 3);
    }

    #[test]
    fn wraps_of_an_independent_implementation_open() {
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/vectors/hpke_x_wing_independent.json"))
                .unwrap();
        for vector in vectors.as_array().unwrap() {
            let text = |name: &str| vector[name].as_str().unwrap();
            let seed = Key::from_slice(&hex::decode(text("seed")).unwrap()).unwrap();
            let wrap = hex::decode(text("wrap")).unwrap();
            let key = KeyPair::from_seed(seed).open_hpke(&wrap, text("aad").as_bytes()).unwrap();
            assert_eq!(key.expose(), text("key").as_bytes());
        }
        assert_eq!(vectors.as_array().unwrap().len(), 3);
    }

    #[test]
    fn the_owner_takes_the_key_out() {
        let (pair, key) = (KeyPair::random(), Key::random());
        let wrap = pair.public().wrap(&key, &context(1, 0)).into_stored();
        assert_eq!(pair.unwrap(&wrap, &context(1, 0)).unwrap().expose(), key.expose());
    }

    #[test]
    fn nobody_else_does() {
        let wrap = KeyPair::random().public().wrap(&Key::random(), &context(1, 0)).into_stored();
        assert_eq!(
            KeyPair::random().unwrap(&wrap, &context(1, 0)).unwrap_err(),
            CannotOpen::NotAuthentic
        );
    }

    #[test]
    fn a_wrap_moved_to_another_case_or_epoch_does_not_open() {
        let pair = KeyPair::random();
        let wrap = pair.public().wrap(&Key::random(), &context(1, 0)).into_stored();
        for (case, epoch) in [(2, 0), (1, 1), (0, 0)] {
            assert!(pair.unwrap(&wrap, &context(case, epoch)).is_err(), "{case} {epoch}");
        }
    }

    #[test]
    fn a_wrap_is_never_taken_for_a_sealed_value_or_the_other_way() {
        let (pair, key) = (KeyPair::random(), Key::random());
        let wrap = pair.public().wrap(&key, &context(1, 0)).into_stored();
        assert_eq!(wrap.open(&key, &context(1, 0)).unwrap_err(), CannotOpen::Format);
        let sealed = Sealed::new(&key, &context(1, 0), b"x").into_stored();
        assert_eq!(pair.unwrap(&sealed, &context(1, 0)).unwrap_err(), CannotOpen::Format);
    }

    #[test]
    fn changed_wraps_do_not_open() {
        let pair = KeyPair::random();
        let wrap = pair.public().wrap(&Key::random(), &context(1, 0));
        // Every byte of header and tag, and a sample of the encapsulated key.
        let length = wrap.as_bytes().len();
        for at in (0..6).chain((6..length).step_by(17)).chain(length - 48..length) {
            let mut bytes = wrap.as_bytes().to_vec();
            bytes[at] ^= 1;
            assert!(pair.unwrap(&Stored::from_disk(bytes), &context(1, 0)).is_err(), "byte {at}");
        }
    }

    #[test]
    fn a_public_key_of_the_wrong_length_is_refused() {
        let bytes = KeyPair::random().public().to_bytes();
        assert_eq!(bytes.len(), PUBLIC_KEY);
        assert!(PublicKey::from_bytes(&bytes[1..]).is_err());
        assert!(PublicKey::from_bytes(&[&bytes[..], &[0]].concat()).is_err());
    }
}
