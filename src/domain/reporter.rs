//! A reporter comes back with the code.

use super::derivations::{Class, Lane};
use super::session::Owner;
use super::{Failure, Portal, ReceiptCode, Ticket};
use crate::store::{ReporterId, reporters};
use crate::vault::{Key, KeyPair, Sealed, Stored};

impl Portal {
    /// Signs a reporter in. None if no report has this code.
    ///
    /// A code that finds no row opens a value all the same, so that right and wrong codes
    /// do the same work.
    pub async fn sign_in_reporter(
        &self,
        code: &ReceiptCode,
        class: Class,
        lane: Lane,
        place: &'static str,
    ) -> Result<Option<Ticket>, Failure> {
        let derived = self.derive_code(code, class, lane).await?;
        let found =
            reporters::find(&mut *self.parts().store.connect().await?, &derived.lookup).await?;
        let (owner, id, seed) = match found {
            Some(row) => {
                (Some(Owner::Reporter { reporter: row.id, case: row.case }), row.id, row.seed)
            }
            None => (None, ReporterId::random(), nobody()),
        };
        let opened = seed.open_key(&derived.key, &self.contexts().reporter_seed(id));
        let Some(owner) = owner else { return Ok(None) };
        let keys = KeyPair::from_seed(opened?);
        Ok(Some(self.sessions().begin(owner, place, &keys)))
    }
}

/// A seed that no code opens.
fn nobody() -> Stored {
    let context = crate::vault::Context::new("sluse/nobody", crate::vault::InstanceId([0; 16]));
    Sealed::key(&Key::random(), &context, &Key::random()).into_stored()
}
