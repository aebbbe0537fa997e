//! The day on which a portal begins to take reports.
//!
//! Whoever reports to a unit that is not ready may wait in vain for the answer on which they
//! rely: so no reporter's report is taken until a handler has gone through what must be in
//! place. Drafts are kept meanwhile, and whoever prepares the portal sends a report to try it.

use super::session::SignedIn;
use super::{Failure, Portal};
use crate::clock::Day;
use crate::store::{StoreError, instance};

impl Portal {
    /// Whether reports are taken: the portal was opened, and somebody can read them.
    pub async fn is_open(&self) -> Result<bool, Failure> {
        Ok(self.opened_on().await?.is_some() && self.has_readers().await?)
    }

    /// When it was opened; none before.
    pub async fn opened_on(&self) -> Result<Option<Day>, Failure> {
        let mut connection = self.parts().store.connect().await?;
        Ok(instance::opened_on(&mut connection).await?)
    }

    /// Whether this handler could read a report that came now. Whoever cannot, because nobody
    /// has vouched for them, has no say in whether reports are taken.
    pub async fn may_open(&self, who: &SignedIn) -> Result<bool, Failure> {
        let mut connection = self.parts().store.connect().await?;
        let readers = self.readers(&mut connection).await?;
        Ok(readers.iter().any(|reader| *reader.id.as_bytes() == who.reader()))
    }

    /// Opens it. It stays open: reporters who know the way must find it.
    pub async fn open(&self) -> Result<(), Failure> {
        let mut transaction = self.parts().store.begin().await?;
        instance::open(&mut transaction, self.clock().today()).await?;
        Ok(transaction.commit().await.map_err(StoreError::from)?)
    }
}
