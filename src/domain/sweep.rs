//! What runs without anybody asking: expired drafts and objects nobody needs.
//!
//! A crash between an object and its row leaves noise; so does a draft that ends. Both
//! are swept every hour. No key is needed for it, and nothing brings back what it erases:
//! when the database is not the one that belongs to the files, every attachment looks
//! like noise.

use std::collections::{BTreeSet, HashSet};

use super::{Failure, Portal};
use crate::limits::DOUBTFUL_OBJECTS;
use crate::store::{ObjectId, StoreError, drafts, items};

/// What a sweep found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Drafts that had expired.
    pub drafts: u64,
    /// Objects that were erased.
    pub objects: u64,
    /// Objects that no row names, left where they are because they are so many.
    pub doubtful: u64,
}

/// The objects in the store, by whether a row names them.
struct Found {
    named: BTreeSet<ObjectId>,
    unnamed: BTreeSet<ObjectId>,
}

impl Found {
    /// Whether a database that belongs to these files would name so few of them.
    fn is_doubtful(&self) -> bool {
        self.unnamed.len() > DOUBTFUL_OBJECTS && self.unnamed.len() > self.named.len()
    }
}

impl Portal {
    /// Sweeps once. `before` are the objects that a sweep an hour ago found needless: only
    /// those are erased, because the row of a newer one may be on its way to the disk
    /// although its request has ended. None at start, when uploads that a crash cut off
    /// are cleared away as well.
    ///
    /// Nothing is erased if the database names so few of the objects that it may not be
    /// theirs.
    pub async fn sweep(
        &self,
        before: Option<&HashSet<ObjectId>>,
    ) -> Result<(Swept, HashSet<ObjectId>), Failure> {
        self.sweep_unless(Found::is_doubtful, before).await
    }

    /// The same, for an operator who knows that the database is the right one.
    pub async fn sweep_even_many(
        &self,
        before: Option<&HashSet<ObjectId>>,
    ) -> Result<(Swept, HashSet<ObjectId>), Failure> {
        self.sweep_unless(|_| false, before).await
    }

    async fn sweep_unless(
        &self,
        is_doubtful: impl Fn(&Found) -> bool,
        before: Option<&HashSet<ObjectId>>,
    ) -> Result<(Swept, HashSet<ObjectId>), Failure> {
        if before.is_none() {
            self.clear_spool()?;
            self.parts().objects.erase_unfinished().await?;
        }
        let found = self.find_objects().await;
        let drafts = self.erase_expired_drafts().await?;
        let found = found?;
        // Their rows were there a moment ago: nobody doubts whose they were.
        let ended = if drafts == 0 {
            BTreeSet::new()
        } else {
            self.by_name(found.named.clone()).await?.unnamed
        };
        let doubtful = is_doubtful(&found);
        let is_old = |object: &ObjectId| before.is_some_and(|before| before.contains(object));
        let (old, new): (HashSet<_>, HashSet<_>) =
            found.unnamed.iter().partition(|object| !doubtful && is_old(object));
        let swept = Swept {
            drafts,
            objects: (old.len() + ended.len()) as u64,
            doubtful: if doubtful { found.unnamed.len() as u64 } else { 0 },
        };
        self.erase_objects(old.into_iter().chain(ended)).await?;
        Ok((swept, new))
    }

    async fn erase_expired_drafts(&self) -> Result<u64, Failure> {
        let store = &self.parts().store;
        let mut transaction = store.begin().await?;
        let expired = drafts::erase_expired(&mut transaction, self.clock().today()).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        // Also without an expired draft: an erasure in between may have met a long reader.
        store.forget_erased().await?;
        Ok(expired)
    }

    /// Every object that is in no hand any more.
    async fn find_objects(&self) -> Result<Found, Failure> {
        let mut objects = self.parts().objects.list().await?;
        // After the list and before the rows: an object that is in no hand any more has its
        // row by now, or never gets one.
        let underway = self.parts().cleaning.underway();
        objects.retain(|object| !underway.contains(object));
        self.by_name(objects).await
    }

    /// Tells objects that a row names from those that none does.
    async fn by_name(&self, objects: BTreeSet<ObjectId>) -> Result<Found, Failure> {
        let mut found = Found { named: BTreeSet::new(), unnamed: BTreeSet::new() };
        for object in objects {
            // One question at a time, so that nobody waits for all of them.
            let mut connection = self.parts().store.connect().await?;
            let needed = items::object_is_needed(&mut connection, object).await?;
            drop(connection);
            let side = if needed { &mut found.named } else { &mut found.unnamed };
            side.insert(object);
        }
        Ok(found)
    }
}
