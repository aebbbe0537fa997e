//! Handlers sign in, and vouch for each other's keys.

use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::derivations::Class;
use super::session::{Owner, SignedIn};
use super::turns::Lane;
use super::{Failure, HandlerId, HandlerName, HandlerState, Portal, SecondFactor, Secret, Ticket};
use crate::limits::PASSWORD_BYTES;
use crate::store::StoreError;
use crate::store::handlers::{self, Credentials, HandlerRow};
use crate::vault::vouch::Voucher;
use crate::vault::{Key, KeyPair, PasswordKeys, PublicKey, Sealed, Verifier, totp};

/// A handler as the list of handlers shows one.
#[derive(Debug)]
pub struct Colleague {
    /// Who.
    pub id: HandlerId,
    /// Their name.
    pub name: String,
    /// How far they have come.
    pub state: HandlerState,
    /// The fingerprint of their key, to be compared by telephone before vouching. One's own
    /// is that of the key one has: that of a key somebody put into the database would be the
    /// same on both screens.
    pub fingerprint: Option<String>,
    /// Whether it is one's own and the database has another one.
    pub differs: bool,
}

/// What came of vouching.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vouched {
    /// Cases are wrapped to them from now on.
    Done,
    /// The key is not the one whose fingerprint was shown.
    Changed,
    /// Whoever asks is not the first receiver, or there is nothing to vouch for.
    NotYours,
}

impl Portal {
    /// Signs a handler in with both factors. None does not say which one was wrong.
    pub async fn sign_in_handler(
        &self,
        name: &str,
        password: Secret,
        code: &str,
        place: &'static str,
        class: Class,
        lane: Lane,
    ) -> Result<Option<Ticket>, Failure> {
        let Some(name) = HandlerName::parse(name) else { return Ok(None) };
        if password.expose_secret().len() > PASSWORD_BYTES {
            return Ok(None);
        }
        tokio::time::sleep(self.parts().pauses.before(name.as_str())).await;
        let found = handlers::credentials(&mut *self.parts().store.connect().await?, &name).await?;
        let known = found.is_some();
        let credentials = found.unwrap_or_else(|| nobody(&name));
        let derived = self.derive_password(password, credentials.salt, class, lane).await?;
        let opened = self.check_factors(name.as_str(), &credentials, &derived, code);
        let keys = match opened.filter(|_| known) {
            Some((step, keys)) if self.use_step(credentials.id, step).await? => keys,
            _ => {
                self.parts().pauses.failed(name.as_str());
                return Ok(None);
            }
        };
        self.parts().pauses.succeeded(name.as_str());
        let owner = Owner::Handler { handler: credentials.id, name };
        Ok(Some(self.sessions().begin(owner, place, &keys)))
    }

    /// Computes both factors always, so that the time tells neither.
    fn check_factors(
        &self,
        name: &str,
        credentials: &Credentials,
        derived: &PasswordKeys,
        code: &str,
    ) -> Option<(i64, KeyPair)> {
        let contexts = self.contexts();
        let password_is_right = credentials.verifier.is(&derived.verifier);
        let factor = credentials
            .second_factor
            .open(&derived.key, &contexts.second_factor(credentials.id))
            .ok()
            .and_then(|bytes| SecondFactor::from_bytes(&bytes))
            .unwrap_or_else(SecondFactor::random);
        let now = u64::try_from(self.clock().unix_seconds()).unwrap_or_default();
        let may_try = password_is_right && self.parts().pauses.try_code(name, now / totp::STEP);
        let step = factor.step_of(code, now).filter(|_| may_try);
        let seed =
            credentials.seed.open_key(&derived.key, &contexts.handler_seed(credentials.id)).ok();
        match (password_is_right, step, seed) {
            (true, Some(step), Some(seed)) => Some((step, KeyPair::from_seed(seed))),
            _ => None,
        }
    }

    async fn use_step(&self, handler: HandlerId, step: i64) -> Result<bool, Failure> {
        let mut transaction = self.parts().store.begin().await?;
        let fresh = handlers::use_step(&mut transaction, handler, step).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(fresh)
    }

    /// Every handler, as one of them may see them.
    pub async fn colleagues(&self, who: &SignedIn) -> Result<Vec<Colleague>, Failure> {
        let all = handlers::all(&mut *self.parts().store.connect().await?).await?;
        let line = |handler: HandlerRow| {
            let stored = handler.public_key.map(|key| fingerprint(&key));
            let is_own = who.reader() == *handler.id.as_bytes();
            let own = is_own.then(|| fingerprint(&who.keys.public()));
            Colleague {
                id: handler.id,
                name: handler.name.as_str().to_owned(),
                state: handler.state,
                differs: is_own && own != stored,
                fingerprint: own.or(stored),
            }
        };
        Ok(all.into_iter().map(line).collect())
    }

    /// Vouches for the key of a colleague whose fingerprint was `shown`.
    pub async fn vouch_for(
        &self,
        who: &SignedIn,
        colleague: HandlerId,
        shown: &str,
    ) -> Result<Vouched, Failure> {
        let voucher = Voucher::from_seed(who.keys.seed());
        let mut transaction = self.parts().store.begin().await?;
        if self.voucher_key(&mut transaction).await? != Some(voucher.public()) {
            return Ok(Vouched::NotYours);
        }
        let all = handlers::all(&mut transaction).await?;
        let key = all.into_iter().find(|handler| handler.id == colleague);
        let key = key.and_then(|handler| handler.public_key);
        let Some(key) = key else { return Ok(Vouched::NotYours) };
        // Somebody may have put another one there while the two were on the telephone.
        if fingerprint(&key) != shown {
            return Ok(Vouched::Changed);
        }
        let vouch = voucher.vouch(&key, &self.contexts().vouch(colleague));
        let done = handlers::vouch(&mut transaction, colleague, &vouch).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(if done { Vouched::Done } else { Vouched::NotYours })
    }

    /// Whether this handler can vouch for others.
    pub async fn can_vouch(&self, who: &SignedIn) -> Result<bool, Failure> {
        let mut connection = self.parts().store.connect().await?;
        let pinned = self.voucher_key(&mut connection).await?;
        Ok(pinned == Some(Voucher::from_seed(who.keys.seed()).public()))
    }

    /// Whether anybody could read a report that came now.
    pub async fn is_open(&self) -> Result<bool, Failure> {
        let all = handlers::all(&mut *self.parts().store.connect().await?).await?;
        Ok(all.iter().any(|handler| handler.state == HandlerState::Vouched))
    }
}

/// Forty hexadecimal digits in groups of four.
fn fingerprint(key: &PublicKey) -> String {
    let digest = Sha256::digest(key.to_bytes());
    let groups: Vec<String> =
        digest.chunks(2).take(10).map(|pair| data_encoding::HEXLOWER.encode(pair)).collect();
    groups.join(" ")
}

/// Credentials for a name nobody has: the same work, and nothing opens.
fn nobody(name: &HandlerName) -> Credentials {
    let context = crate::vault::Context::new("sluse/nobody", crate::vault::InstanceId([0; 16]));
    let digest: [u8; 32] = Sha256::digest(name.as_str()).into();
    let (first, second) = digest.split_at(16);
    let sealed = |bytes: &[u8]| Sealed::new(&Key::random(), &context, bytes).into_stored();
    Credentials {
        id: HandlerId::from_slice(first).unwrap_or_else(HandlerId::random),
        salt: second.try_into().unwrap_or_default(),
        verifier: Verifier::of_nobody(),
        seed: sealed(&[0; 32]),
        second_factor: sealed(&[0; totp::SECRET]),
    }
}
