//! What slows guessing at one handler's account: longer and longer pauses after wrong
//! passwords, and few wrong one-time codes in a step of the clock. Nobody is locked out by
//! somebody who does not know the password.
//!
//! Accounts are known by a keyed hash: people type passwords and codes into the field for
//! the name, and those must not stay in memory.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::limits::{CODES_PER_STEP, PASSWORD_PAUSE};
use crate::vault::Key;

/// The pauses of all accounts.
#[derive(Debug)]
pub struct Pauses {
    key: Key,
    table: Mutex<Table>,
}

#[derive(Debug, Default)]
struct Table {
    passwords: HashMap<u64, Failures>,
    codes: HashMap<u64, TriedCodes>,
}

#[derive(Debug)]
struct Failures {
    count: u32,
    last: Instant,
}

/// One-time codes that came with the right password.
#[derive(Debug)]
struct TriedCodes {
    step: u64,
    count: u32,
}

impl Default for Pauses {
    fn default() -> Self {
        Pauses { key: Key::random(), table: Mutex::default() }
    }
}

impl Pauses {
    /// How long the next attempt for this account has to wait.
    pub(super) fn before(&self, name: &str) -> Duration {
        self.lock().passwords.get(&self.account(name)).map_or(Duration::ZERO, |failures| {
            let pause = Duration::from_millis(500 << failures.count.min(6)).min(PASSWORD_PAUSE);
            pause.saturating_sub(failures.last.elapsed())
        })
    }

    pub(super) fn failed(&self, name: &str) {
        let failures = &mut self.lock().passwords;
        // Whoever waited for the longest pause is still slowed; what is older no longer
        // matters, so that the table stays small when somebody tries a million names.
        failures.retain(|_, failures| failures.last.elapsed() < 2 * PASSWORD_PAUSE);
        let new = Failures { count: 0, last: Instant::now() };
        let entry = failures.entry(self.account(name)).or_insert(new);
        *entry = Failures { count: entry.count.saturating_add(1), last: Instant::now() };
    }

    pub(super) fn succeeded(&self, name: &str) {
        let mut table = self.lock();
        table.passwords.remove(&self.account(name));
        table.codes.remove(&self.account(name));
    }

    /// Takes one of the attempts at a one-time code that somebody with the right password
    /// has in this step of the clock; false if there is none left. Attempts that come at
    /// once share one pause and would be as many as the machine can derive. Only whoever
    /// has the password can use them up.
    pub(super) fn try_code(&self, name: &str, step: u64) -> bool {
        let codes = &mut self.lock().codes;
        codes.retain(|_, tried| tried.step == step);
        let tried = codes.entry(self.account(name)).or_insert(TriedCodes { step, count: 0 });
        tried.count = tried.count.saturating_add(1);
        tried.count <= CODES_PER_STEP
    }

    fn account(&self, name: &str) -> u64 {
        self.key.hash(name.as_bytes())
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_passwords_slow_one_account_more_and_more_and_never_lock_it() {
        let pauses = Pauses::default();
        let mut before = Duration::ZERO;
        for _ in 0..4 {
            pauses.failed("anna");
            let pause = pauses.before("anna");
            assert!(pause > before, "{pause:?} after {before:?}");
            before = pause;
        }
        for _ in 0..1000 {
            pauses.failed("anna");
        }
        assert!(pauses.before("anna") <= PASSWORD_PAUSE);
        assert_eq!(pauses.before("bo"), Duration::ZERO);
        pauses.succeeded("anna");
        assert_eq!(pauses.before("anna"), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_waits_for_each_pause_and_goes_on_guessing_is_not_quicker_again() {
        let pauses = Pauses::default();
        for _ in 0..10 {
            // The attempt itself takes a moment as well.
            tokio::time::advance(pauses.before("anna") + Duration::from_secs(1)).await;
            pauses.failed("anna");
        }
        assert_eq!(pauses.before("anna"), PASSWORD_PAUSE);
    }

    #[test]
    fn few_one_time_codes_can_be_tried_in_a_step_and_only_for_one_account() {
        let pauses = Pauses::default();
        for _ in 0..CODES_PER_STEP {
            assert!(pauses.try_code("anna", 7));
        }
        assert!(!pauses.try_code("anna", 7));
        assert!(pauses.try_code("bo", 7));
        assert!(pauses.try_code("anna", 8));
        for _ in 0..CODES_PER_STEP {
            pauses.try_code("anna", 8);
        }
        assert!(!pauses.try_code("anna", 8));
        pauses.succeeded("anna");
        assert!(pauses.try_code("anna", 8));
    }
}
