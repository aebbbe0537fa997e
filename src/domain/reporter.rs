//! A reporter comes back with the code.

use super::derivations::Class;
use super::session::Owner;
use super::turns::Lane;
use super::waiting::{Alone, Progress};
use super::{Failure, Portal, ReceiptCode, Ticket};
use crate::store::{ReporterId, reporters};
use crate::vault::{Key, KeyPair, Sealed, Stored};

impl Portal {
    /// Begins to sign a reporter in; see [`Portal::sign_in_reporter`].
    pub async fn begin_sign_in(
        &self,
        visit: &Ticket,
        code: ReceiptCode,
        class: Class,
        lane: Lane,
        place: &'static str,
    ) -> Progress<Option<Ticket>> {
        let portal = self.clone();
        let work = async move { portal.sign_in_reporter(&code, class, lane, place).await };
        self.parts().sign_ins.start(visit, Alone::Ends, work).await
    }

    /// Whether this visit has been signed in meanwhile.
    pub async fn sign_in_progress(&self, visit: &Ticket) -> Progress<Option<Ticket>> {
        self.parts().sign_ins.ask(visit).await
    }

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
