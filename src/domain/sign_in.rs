//! Coming in: a reporter with the code, a handler with two factors.
//!
//! Right and wrong do the same work, so that the time tells nobody which it was.

use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::contexts::Contexts;
use super::derivations::Class;
use super::later::Found;
use super::session::{CodeInUse, Owner};
use super::turns::Lane;
use super::waiting::{Alone, Progress};
use super::{Failure, HandlerId, HandlerName, Portal, ReceiptCode, SecondFactor, Secret, Ticket};
use crate::limits::PASSWORD_BYTES;
use crate::store::handlers::{self, Credentials};
use crate::store::{ReporterId, StoreError, drafts, reporters};
use crate::vault::{Context, Key, KeyPair, PasswordKeys, Sealed, Stored, Verifier, totp};

/// Where a code leads.
#[derive(Debug)]
pub enum CameIn {
    /// To a report that was sent: the ticket of a session.
    ToCase(Ticket),
    /// To a draft that was saved for later.
    ToDraft(Found),
}

impl Portal {
    /// Begins to sign a reporter in; see [`Portal::sign_in_reporter`].
    pub async fn begin_sign_in(
        &self,
        visit: &Ticket,
        code: ReceiptCode,
        class: Class,
        lane: Lane,
        place: &'static str,
    ) -> Progress<Option<CameIn>> {
        let portal = self.clone();
        let work = async move { portal.sign_in_reporter(&code, class, lane, place).await };
        self.parts().sign_ins.start(visit, Alone::Ends, work).await
    }

    /// Whether this visit has been signed in meanwhile.
    pub async fn sign_in_progress(&self, visit: &Ticket) -> Progress<Option<CameIn>> {
        self.parts().sign_ins.ask(visit).await
    }

    /// Signs a reporter in. None if nothing has this code.
    ///
    /// A code that finds no row opens values all the same, so that right and wrong codes, and
    /// those of reports, do the same work. That of a draft makes no session.
    pub async fn sign_in_reporter(
        &self,
        code: &ReceiptCode,
        class: Class,
        lane: Lane,
        place: &'static str,
    ) -> Result<Option<CameIn>, Failure> {
        let derived = self.derive_code(code, class, lane).await?;
        let mut connection = self.parts().store.connect().await?;
        let case = reporters::find(&mut connection, &derived.lookup).await?;
        let draft = drafts::find_saved(&mut connection, &derived.lookup).await?;
        drop(connection);
        // Of both kinds one is made that belongs to nobody, whether or not it is needed.
        let nobody = ReporterId::random();
        let no_draft = self.contexts().saved_draft(&derived.lookup);
        let no_draft = (derived.lookup, seal_of_nobody(&derived.key, &no_draft));
        let no_seed = seal_of_nobody(&derived.key, &self.contexts().reporter_seed(nobody));
        let is_draft = draft.is_some();
        let (draft, ticket) = draft.unwrap_or(no_draft);
        let ticket = Ticket::open(&derived.key, &self.contexts().saved_draft(&draft), &ticket);
        let (owner, id, seed) = match case {
            None => (None, nobody, no_seed),
            Some(row) => {
                let code = CodeInUse { lookup: derived.lookup, length: code.length() };
                let last = self.parts().last_sign_ins.note(row.id, self.clock().today());
                let owner = Owner::Reporter { reporter: row.id, case: row.case, code, last };
                (Some(owner), row.id, row.seed)
            }
        };
        let keys = seed.open_key(&derived.key, &self.contexts().reporter_seed(id))?;
        let owner = owner.filter(|_| !is_draft);
        let has_case = owner.is_some();
        let session = self.sessions().begin(owner, place, &KeyPair::from_seed(keys));
        if is_draft {
            let found = Found { ticket: ticket?, code: code.clone(), keys: derived };
            return Ok(Some(CameIn::ToDraft(found)));
        }
        Ok(has_case.then_some(CameIn::ToCase(session)))
    }

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
        let credentials = found.unwrap_or_else(|| credentials_of_nobody(&name));
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
        Ok(Some(self.sessions().begin(Some(owner), place, &keys)))
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
}

/// A key that opens like any other and belongs to nobody. One that would not open would
/// be given back before the cipher has run, and the time would tell.
fn seal_of_nobody(key: &Key, context: &Context) -> Stored {
    Sealed::key(key, context, &Key::random()).into_stored()
}

/// Credentials for a name nobody has: the same work, and nothing opens.
fn credentials_of_nobody(name: &HandlerName) -> Credentials {
    let digest: [u8; 32] = Sha256::digest(name.as_str()).into();
    let (first, second) = digest.split_at(16);
    let sealed =
        |bytes: &[u8]| Sealed::new(&Key::random(), &Contexts::nobody(), bytes).into_stored();
    Credentials {
        id: HandlerId::from_slice(first).unwrap_or_else(HandlerId::random),
        salt: second.try_into().unwrap_or_default(),
        verifier: Verifier::of_nobody(),
        seed: sealed(&[0; 32]),
        second_factor: sealed(&[0; totp::SECRET]),
    }
}
