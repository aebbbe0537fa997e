//! The unit that receives reports: who can read one that comes now, and how its people
//! vouch for each other's keys.

use sha2::{Digest, Sha256};

use super::portal::Parts;
use super::questionnaire::Both;
use super::session::SignedIn;
use super::{Failure, HandlerId, HandlerState, Portal};
use crate::limits::READERS_LEFT;
use crate::store::handlers::{self, HandlerRow};
use crate::store::{Connection, StoreError, instance};
use crate::vault::PublicKey;
use crate::vault::vouch::{Voucher, VoucherKey};

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

/// Somebody to whom a new case is wrapped.
#[derive(Debug)]
pub(super) struct Reader {
    pub(super) id: HandlerId,
    pub(super) name: String,
    pub(super) key: PublicKey,
}

/// A handler whom reporters can keep out of their case, as the site shows them.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The name the handler signs in with.
    pub handler: String,
    /// How reporters know them: a position, or a name if the site publishes it.
    pub label: Both,
    /// Whether this is somebody from outside, who reads what all others must not see. One of
    /// them is always left.
    pub outside: bool,
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
    /// Whether anybody could read a report that came now.
    pub async fn has_readers(&self) -> Result<bool, Failure> {
        let mut connection = self.parts().store.connect().await?;
        Ok(!self.readers(&mut connection).await?.is_empty())
    }

    /// Those to whom a new case is wrapped: handlers whose key the first receiver
    /// vouched for. A key that somebody put into the database has no such signature.
    pub(super) async fn readers(
        &self,
        connection: &mut Connection,
    ) -> Result<Vec<Reader>, Failure> {
        let Some(voucher) = self.voucher_key(connection).await? else { return Ok(Vec::new()) };
        let contexts = self.contexts();
        let all = handlers::all(connection).await?;
        let readers = all.into_iter().filter_map(|handler| {
            let (key, vouch) = (handler.public_key?, handler.vouch?);
            let vouched = voucher.vouches(&vouch, &key, &contexts.vouch(handler.id));
            let name = handler.name.as_str().to_owned();
            vouched.then_some(Reader { id: handler.id, name, key })
        });
        Ok(readers.collect())
    }

    /// The handlers whom reporters can keep out, as the site shows them. Not those who are no
    /// handlers: nobody would be kept out.
    pub async fn people(&self) -> Result<Vec<Shown>, Failure> {
        let mut connection = self.parts().store.connect().await?;
        let names = self.names(&mut connection).await?;
        let shown = self.parts().shown.iter().filter(|one| names.contains(&one.handler));
        Ok(shown.cloned().collect())
    }

    /// What the settings say, whether or not there are such handlers.
    pub(super) fn shown(&self) -> &[Shown] {
        &self.parts().shown
    }

    async fn names(&self, connection: &mut Connection) -> Result<Vec<String>, Failure> {
        let all = handlers::all(connection).await?;
        Ok(all.into_iter().map(|handler| handler.name.as_str().to_owned()).collect())
    }

    /// Those who are left of the readers; none if they are too few, or if somebody who must
    /// not see it is no handler any more: then nobody knows who was meant.
    pub(super) async fn readers_without(
        &self,
        connection: &mut Connection,
        readers: Vec<Reader>,
        out: &[&str],
    ) -> Result<Option<Vec<Reader>>, Failure> {
        let names = self.names(connection).await?;
        if out.iter().any(|name| !names.iter().any(|known| known == name)) {
            return Ok(None);
        }
        Ok(self.without(readers, out))
    }

    /// Whether enough could read a report that these must not see.
    pub async fn can_keep_out(&self, out: &[&str]) -> Result<bool, Failure> {
        let mut connection = self.parts().store.connect().await?;
        let readers = self.readers(&mut connection).await?;
        Ok(self.readers_without(&mut connection, readers, out).await?.is_some())
    }

    /// Those who are left when some must not see a report; none if they are too few: one
    /// alone could let it lie.
    fn without(&self, readers: Vec<Reader>, out: &[&str]) -> Option<Vec<Reader>> {
        let shown = self.shown();
        let is_out = |reader: &Reader| out.contains(&reader.name.as_str());
        let is_outside =
            |reader: &Reader| shown.iter().any(|one| one.outside && one.handler == reader.name);
        let somebody_is_out = readers.iter().any(is_out);
        let needs_outside = readers.iter().any(is_outside);
        let left: Vec<Reader> = readers.into_iter().filter(|reader| !is_out(reader)).collect();
        let enough = left.len() >= READERS_LEFT && (!needs_outside || left.iter().any(is_outside));
        (!somebody_is_out || enough).then_some(left)
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

    /// The first receiver's verifying key, read anew because it may have been pinned since
    /// this process started. One that was not pinned here is an error: whoever wrote it into
    /// the database would choose to whom cases are wrapped.
    async fn voucher_key(
        &self,
        connection: &mut Connection,
    ) -> Result<Option<VoucherKey>, Failure> {
        let instance = instance::get(connection).await?;
        let Some((key, tag)) = instance.and_then(|row| Some((row.voucher_key?, row.voucher_tag)))
        else {
            return Ok(None);
        };
        let Parts { pepper, instance, .. } = self.parts();
        if pepper.has_pinned(instance.id, &key, &tag.unwrap_or_default()) {
            Ok(Some(key))
        } else {
            Err(Failure::Broken("somebody put another first receiver's key into the database"))
        }
    }
}

/// Forty hexadecimal digits in groups of four.
fn fingerprint(key: &PublicKey) -> String {
    let digest = Sha256::digest(key.to_bytes());
    let groups: Vec<String> =
        digest.chunks(2).take(10).map(|pair| data_encoding::HEXLOWER.encode(pair)).collect();
    groups.join(" ")
}
