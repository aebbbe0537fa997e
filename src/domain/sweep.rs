//! What runs without anybody asking: expired drafts and objects nobody needs.
//!
//! A crash between an object and its row leaves noise; so does a draft that ends. Both
//! are swept at start and every hour. No key is needed for it.

use std::collections::HashSet;

use super::{Failure, Portal};
use crate::store::{ObjectId, StoreError, drafts, items};

/// What a sweep found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Drafts that had expired.
    pub drafts: u64,
    /// Objects that no row named.
    pub objects: u64,
}

impl Portal {
    /// Sweeps once. `before` are the objects that a sweep an hour ago found needless:
    /// only those are erased, because the row of a newer one may be on its way to the disk
    /// although its request has ended. At start, when there are none, pass none to erase all.
    pub async fn sweep(
        &self,
        before: Option<&HashSet<ObjectId>>,
    ) -> Result<(Swept, HashSet<ObjectId>), Failure> {
        let parts = self.parts();
        if before.is_none() {
            self.clear_spool()?;
        }
        let mut transaction = parts.store.begin().await?;
        let expired = drafts::erase_expired(&mut transaction, self.clock().today()).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        // Also without an expired draft: an erasure in between may have met a long reader.
        parts.store.forget_erased().await?;
        let mut needless = HashSet::new();
        let mut connection = parts.store.connect().await?;
        let objects = parts.objects.list().await?;
        // After the list and before the rows: an object that is in no hand any more has its
        // row by now, or never gets one.
        let underway = parts.cleaning.underway();
        for object in objects.into_iter().filter(|object| !underway.contains(object)) {
            if !items::object_is_needed(&mut connection, object).await? {
                needless.insert(object);
            }
        }
        drop(connection);
        let old = needless.iter().filter(|object| before.is_none_or(|old| old.contains(object)));
        let old: Vec<ObjectId> = old.copied().collect();
        let swept = Swept { drafts: expired, objects: old.len() as u64 };
        for object in &old {
            needless.remove(object);
        }
        self.erase_objects(old).await?;
        Ok((swept, needless))
    }
}
