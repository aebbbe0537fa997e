//! The policy under which somebody reported: every version is kept, and a case leads to the one
//! that was in force on the day on which its report came in.
//!
//! A change counts from the next day. So the day of a case, which is known anyway, says which
//! version is its own, and nothing finer has to be noted.

use super::questionnaire::Both;
use super::{Failure, Portal};
use crate::clock::Day;
use crate::store::policies::{self, PublicText};
use crate::store::{StoreError, instance};

impl Portal {
    /// Keeps what the policy says now, if it is not what it said before. Before the portal is
    /// opened there is one version, which may still change.
    pub async fn keep_policy(&self, text: &Both) -> Result<(), Failure> {
        let text = PublicText { da: tidy(&text.da), en: tidy(&text.en) };
        let today = self.clock().today();
        let mut transaction = self.parts().store.begin().await?;
        let newest = policies::days(&mut transaction).await?.first().copied();
        let since_on = match newest {
            Some(_) if instance::opened_on(&mut transaction).await?.is_none() => {
                policies::forget_all(&mut transaction).await?;
                today
            }
            Some(day) if policies::get(&mut transaction, day).await?.as_ref() == Some(&text) => {
                return Ok(());
            }
            Some(_) => today.plus_days(1),
            None => today,
        };
        policies::put(&mut transaction, since_on, &text).await?;
        Ok(transaction.commit().await.map_err(StoreError::from)?)
    }

    /// The first day of every version, the newest first.
    pub async fn policies(&self) -> Result<Vec<Day>, Failure> {
        let mut connection = self.parts().store.connect().await?;
        Ok(policies::days(&mut connection).await?)
    }

    /// What the version of a day says.
    pub async fn policy(&self, since_on: Day) -> Result<Option<Both>, Failure> {
        let mut connection = self.parts().store.connect().await?;
        let found = policies::get(&mut connection, since_on).await?;
        Ok(found.map(|PublicText { da, en }| Both { da, en }))
    }
}

/// How its lines end is no matter of the policy.
fn tidy(text: &str) -> String {
    text.lines().flat_map(|line| [line.trim_end(), "\n"]).collect()
}
