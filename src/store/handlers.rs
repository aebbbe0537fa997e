//! Handlers: invited by the operator, enrolled by themselves, vouched for by a receiver.

use sqlx::AnyConnection;

use super::row::{Row, states};
use super::{HandlerId, HandlerName, StoreError};
use crate::clock::Day;
use crate::vault::vouch::{Vouch, VoucherKey};
use crate::vault::{LookupId, PublicKey, Sealed, Stored, Verifier};

states! {
    /// How far a handler has come.
    HandlerState {
        /// Has a one-time link and nothing else.
        Invited = "invited",
        /// Has keys that nobody vouched for yet: gets no case.
        Enrolled = "enrolled",
        /// Gets the cases that come from now on.
        Vouched = "vouched",
        /// Has left: no keys, no sign-in.
        Left = "left",
    }
}

/// What a handler sets at enrolment.
#[derive(Debug)]
pub struct Enrolment {
    /// Salt of the password.
    pub salt: [u8; 16],
    /// Tells whether the password is right.
    pub verifier: Verifier,
    /// The seed of the key pair, under the password key.
    pub seed: Sealed,
    /// The second factor's secret, under the password key.
    pub second_factor: Sealed,
    /// The step of the code that was typed at enrolment.
    pub last_step: i64,
    /// To which cases are wrapped.
    pub public_key: PublicKey,
    /// The handler's own verifying key.
    pub voucher_key: VoucherKey,
}

/// What is needed to sign somebody in.
#[derive(Debug)]
pub struct Credentials {
    /// Who.
    pub id: HandlerId,
    /// Salt of the password.
    pub salt: [u8; 16],
    /// Tells whether the password is right.
    pub verifier: Verifier,
    /// The seed, under the password key.
    pub seed: Stored,
    /// The second factor's secret, under the password key.
    pub second_factor: Stored,
}

/// A handler as the list shows one.
#[derive(Debug)]
pub struct HandlerRow {
    /// Who.
    pub id: HandlerId,
    /// Name for signing in.
    pub name: HandlerName,
    /// How far they have come.
    pub state: HandlerState,
    /// To which cases are wrapped, once enrolled.
    pub public_key: Option<PublicKey>,
    /// The signature over it, once vouched for.
    pub vouch: Option<Vouch>,
}

const TABLE: &str = "handlers";

/// Invites a handler, or once more one who has not enrolled: the link made before no longer
/// works. False if the name is taken.
pub async fn invite(
    connection: &mut AnyConnection,
    id: HandlerId,
    name: &HandlerName,
    link: &LookupId,
    until: Day,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "insert into handlers (handler_id, name, state, link_id, link_until, last_step)
         values ($1, $2, $3, $4, $5, 0)
         on conflict (name) do update set link_id = $4, link_until = $5
         where handlers.state = $3",
    )
    .bind(id.as_bytes().to_vec())
    .bind(name.as_str().to_owned())
    .bind(HandlerState::Invited.as_str())
    .bind(link.as_bytes().to_vec())
    .bind(until.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Who a one-time link was made for, if it still holds on `today`.
pub async fn invited(
    connection: &mut AnyConnection,
    link: &LookupId,
    today: Day,
) -> Result<Option<(HandlerId, HandlerName)>, StoreError> {
    let row = sqlx::query(
        "select handler_id, name from handlers where link_id = $1 and link_until >= $2",
    )
    .bind(link.as_bytes().to_vec())
    .bind(today.0)
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let row = Row { table: TABLE, row: &row };
        Ok((
            row.parsed("handler_id", HandlerId::from_slice)?,
            row.state("name", HandlerName::parse)?,
        ))
    })
    .transpose()
}

/// Enrols an invited handler and uses up the link. False if it was used before.
pub async fn enrol(
    connection: &mut AnyConnection,
    link: &LookupId,
    new: &Enrolment,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "update handlers set state = $1, link_id = null, link_until = null, salt = $2,
             verifier = $3, seed = $4, second_factor = $5, last_step = $6, public_key = $7,
             voucher_key = $8
         where link_id = $9",
    )
    .bind(HandlerState::Enrolled.as_str())
    .bind(new.salt.to_vec())
    .bind(new.verifier.as_bytes().to_vec())
    .bind(new.seed.as_bytes().to_vec())
    .bind(new.second_factor.as_bytes().to_vec())
    .bind(new.last_step)
    .bind(new.public_key.to_bytes())
    .bind(new.voucher_key.to_bytes().to_vec())
    .bind(link.as_bytes().to_vec())
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Records that somebody vouched for a handler's key.
pub async fn vouch(
    connection: &mut AnyConnection,
    id: HandlerId,
    vouch: &Vouch,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "update handlers set state = $1, vouch = $2 where handler_id = $3 and state = $4",
    )
    .bind(HandlerState::Vouched.as_str())
    .bind(vouch.as_bytes().to_vec())
    .bind(id.as_bytes().to_vec())
    .bind(HandlerState::Enrolled.as_str())
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What is needed to sign in under a name.
pub async fn credentials(
    connection: &mut AnyConnection,
    name: &HandlerName,
) -> Result<Option<Credentials>, StoreError> {
    let row = sqlx::query(
        "select handler_id, salt, verifier, seed, second_factor from handlers
         where name = $1 and salt is not null",
    )
    .bind(name.as_str().to_owned())
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let row = Row { table: TABLE, row: &row };
        Ok(Credentials {
            id: row.parsed("handler_id", HandlerId::from_slice)?,
            salt: row.parsed("salt", |bytes| bytes.try_into().ok())?,
            verifier: row.parsed("verifier", Verifier::from_bytes)?,
            seed: row.stored("seed")?,
            second_factor: row.stored("second_factor")?,
        })
    })
    .transpose()
}

/// Uses up a one-time password. False if this step or a later one was used before.
pub async fn use_step(
    connection: &mut AnyConnection,
    id: HandlerId,
    step: i64,
) -> Result<bool, StoreError> {
    let done =
        sqlx::query("update handlers set last_step = $1 where handler_id = $2 and last_step < $1")
            .bind(step)
            .bind(id.as_bytes().to_vec())
            .execute(connection)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Every handler, by name.
pub async fn all(connection: &mut AnyConnection) -> Result<Vec<HandlerRow>, StoreError> {
    let rows = sqlx::query(
        "select handler_id, name, state, public_key, vouch from handlers order by name",
    )
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let row = Row { table: TABLE, row };
            Ok(HandlerRow {
                id: row.parsed("handler_id", HandlerId::from_slice)?,
                name: row.state("name", HandlerName::parse)?,
                state: row.state("state", HandlerState::parse)?,
                public_key: row.maybe("public_key", |key| PublicKey::from_bytes(key).ok())?,
                vouch: row.maybe("vouch", Vouch::from_bytes)?,
            })
        })
        .collect()
}
