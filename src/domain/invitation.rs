//! A handler is invited by the operator and enrols by a one-time link.
//!
//! The link is all the operator ever has: password, second factor and keys are made in
//! the handler's own browser and session, so that no operator can read cases later by
//! having set a password or kept a link.

use secrecy::ExposeSecret;

use super::derivations::Class;
use super::turns::Lane;
use super::{Failure, HandlerId, HandlerName, Portal, SecondFactor, Secret, Ticket};
use crate::limits::{LINK_DAYS, PASSWORD_BYTES, PASSWORD_CHARACTERS};
use crate::store::handlers::{self, Enrolment};
use crate::store::{Store, StoreError, instance};
use crate::vault::vouch::Voucher;
use crate::vault::{Key, KeyPair, LookupId, PasswordKeys, Sealed, derivation};

/// For which purpose a ticket in an invitation's link was made.
const PURPOSE: &str = "invitation";

/// Somebody who holds a valid link.
#[derive(Debug)]
pub struct Invited {
    /// Their name for signing in.
    pub name: HandlerName,
    /// The second factor they are to set up. It comes from the link and from the cookie of
    /// their visit: the same when the page is loaded again, and unknown to whoever has
    /// nothing but the link.
    pub second_factor: SecondFactor,
}

/// What somebody types who enrols.
#[derive(Debug)]
pub struct NewAccess<'a> {
    /// The password.
    pub password: Secret,
    /// The password once more.
    pub repeated: Secret,
    /// The code that their second factor shows.
    pub code: &'a str,
}

/// Somebody who has just enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enrolled {
    /// Whether cases are wrapped to them from now on.
    pub vouched: bool,
}

/// Why an enrolment was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotEnrolled {
    /// The link was used, has expired, or never was one.
    NoLink,
    /// The password has fewer than 12 characters.
    TooShort,
    /// The password has more than 256 bytes.
    TooLong,
    /// The two entries of the password differ.
    Differs,
    /// The one-time password does not belong to the second factor.
    WrongCode,
}

/// Makes a one-time link for a new handler, or a new one for a handler who has not used
/// theirs. None if the name is taken.
///
/// It needs the database and the token key only, so that the operator's command can
/// do it beside a running server.
pub async fn invite(
    store: &Store,
    tokens: &Key,
    today: crate::clock::Day,
    name: &HandlerName,
) -> Result<Option<String>, StoreError> {
    let ticket = Ticket::random();
    let mut transaction = store.begin().await?;
    let until = today.plus_days(LINK_DAYS);
    let made =
        handlers::invite(&mut transaction, HandlerId::random(), name, &link_id(&ticket), until)
            .await?;
    transaction.commit().await?;
    Ok(made.then(|| ticket.to_cookie(PURPOSE, tokens)))
}

fn link_id(ticket: &Ticket) -> LookupId {
    ticket.id("sluse/invitation/id")
}

/// The second factor that belongs to a link in one browser.
fn second_factor(ticket: &Ticket, visit: &Ticket) -> Option<SecondFactor> {
    let bytes = visit.key_with(ticket, "sluse/invitation/second-factor");
    SecondFactor::from_bytes(bytes.expose().split_at(crate::vault::totp::SECRET).0)
}

impl Portal {
    /// Who a link was made for, and the second factor for whoever opened it in this visit.
    pub async fn invited(&self, link: &str, visit: &Ticket) -> Result<Option<Invited>, Failure> {
        let Some(ticket) = Ticket::parse(link, PURPOSE, self.tokens()) else { return Ok(None) };
        let mut connection = self.parts().store.connect().await?;
        let today = self.clock().today();
        let found = handlers::invited(&mut connection, &link_id(&ticket), today).await?;
        Ok(found
            .zip(second_factor(&ticket, visit))
            .map(|((_, name), second_factor)| Invited { name, second_factor }))
    }

    /// Enrols the holder of a link.
    pub async fn enrol(
        &self,
        link: &str,
        visit: &Ticket,
        new: NewAccess<'_>,
        class: Class,
        lane: Lane,
    ) -> Result<Result<Enrolled, NotEnrolled>, Failure> {
        let Some(ticket) = Ticket::parse(link, PURPOSE, self.tokens()) else {
            return Ok(Err(NotEnrolled::NoLink));
        };
        let today = self.clock().today();
        let mut connection = self.parts().store.connect().await?;
        let found = handlers::invited(&mut connection, &link_id(&ticket), today).await?;
        drop(connection);
        let Some(((id, _), factor)) = found.zip(second_factor(&ticket, visit)) else {
            return Ok(Err(NotEnrolled::NoLink));
        };
        if let Err(refused) = check_password(&new.password, &new.repeated) {
            return Ok(Err(refused));
        }
        let now = u64::try_from(self.clock().unix_seconds()).unwrap_or_default();
        let Some(step) = factor.step_of(new.code, now) else {
            return Ok(Err(NotEnrolled::WrongCode));
        };
        let salt = derivation::salt();
        let derived = self.derive_password(new.password, salt, class, lane).await?;
        self.write_enrolment(&ticket, id, salt, derived, &factor, step).await
    }

    async fn write_enrolment(
        &self,
        ticket: &Ticket,
        id: HandlerId,
        salt: [u8; 16],
        derived: PasswordKeys,
        factor: &SecondFactor,
        step: i64,
    ) -> Result<Result<Enrolled, NotEnrolled>, Failure> {
        let keys = KeyPair::random();
        let voucher = Voucher::from_seed(keys.seed());
        let contexts = self.contexts();
        let enrolment = Enrolment {
            salt,
            verifier: derived.verifier,
            seed: Sealed::key(&derived.key, &contexts.handler_seed(id), keys.seed()),
            second_factor: Sealed::new(&derived.key, &contexts.second_factor(id), factor.expose()),
            last_step: step,
            public_key: keys.public(),
            voucher_key: voucher.public(),
        };
        let mut transaction = self.parts().store.begin().await?;
        if !handlers::enrol(&mut transaction, &link_id(ticket), &enrolment).await? {
            return Ok(Err(NotEnrolled::NoLink));
        }
        // The first to enrol is the first receiver: their verifying key is pinned for
        // good, and they vouch for themselves.
        let key = voucher.public();
        let tag = self.parts().pepper.voucher_tag(self.parts().instance.id, &key);
        let vouched = instance::pin_voucher(&mut transaction, &key, &tag).await?;
        if vouched {
            let vouch = voucher.vouch(&enrolment.public_key, &contexts.vouch(id));
            handlers::vouch(&mut transaction, id, &vouch).await?;
        }
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(Ok(Enrolled { vouched }))
    }
}

fn check_password(password: &Secret, repeated: &Secret) -> Result<(), NotEnrolled> {
    let (password, repeated) = (password.expose_secret(), repeated.expose_secret());
    if password.chars().count() < PASSWORD_CHARACTERS {
        Err(NotEnrolled::TooShort)
    } else if password.len() > PASSWORD_BYTES {
        Err(NotEnrolled::TooLong)
    } else if password != repeated {
        Err(NotEnrolled::Differs)
    } else {
        Ok(())
    }
}
