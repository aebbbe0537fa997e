//! The policy under which somebody reported: every version is kept, and each case knows its own.

use super::questionnaire::Both;
use super::{Failure, Portal};
use crate::clock::Day;
use crate::store::StoreError;
use crate::store::policies::{self, PolicyRow, PublicText};

/// The first version.
const FIRST: i64 = 1;

/// A version of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// Which one: 1 is the first.
    pub number: i64,
    /// The first day on which it was shown.
    pub since_on: Day,
}

impl Portal {
    /// Keeps what the policy says now, if it is not what it said before.
    pub async fn keep_policy(&self, text: Both) -> Result<(), Failure> {
        let text = PublicText { da: text.da, en: text.en };
        let mut transaction = self.parts().store.begin().await?;
        let newest = policies::all(&mut transaction).await?.first().map(|(number, _)| *number);
        let number = newest.map_or(FIRST, |newest| newest + 1);
        if let Some(newest) = newest
            && policies::get(&mut transaction, newest).await?.is_some_and(|old| old.text == text)
        {
            return Ok(());
        }
        let new = PolicyRow { number, since_on: self.clock().today(), text };
        policies::insert(&mut transaction, &new).await?;
        Ok(transaction.commit().await.map_err(StoreError::from)?)
    }

    /// All versions, the newest first.
    pub async fn policies(&self) -> Result<Vec<Version>, Failure> {
        let mut connection = self.parts().store.connect().await?;
        let all = policies::all(&mut connection).await?;
        Ok(all.into_iter().map(|(number, since_on)| Version { number, since_on }).collect())
    }

    /// What a version says.
    pub async fn policy(&self, number: i64) -> Result<Option<Both>, Failure> {
        let mut connection = self.parts().store.connect().await?;
        let found = policies::get(&mut connection, number).await?;
        Ok(found.map(|PolicyRow { text, .. }| Both { da: text.da, en: text.en }))
    }
}
