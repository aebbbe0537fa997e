//! Visits that were left by the quick exit.
//!
//! A browser can send the last form once more when somebody goes back. It holds the words that
//! were written, and without a cookie we would give them back. In memory alone: that somebody
//! left in a hurry is written nowhere.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use crate::limits::LEFT_VISITS;

/// The tokens that forms of those visits carry.
#[derive(Debug, Default)]
pub struct Left(Mutex<VecDeque<String>>);

impl Left {
    /// Notes one; of too many the oldest is forgotten.
    pub fn note(&self, token: String) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= LEFT_VISITS {
            all.pop_front();
        }
        all.push_back(token);
    }

    /// Whether the visit that a form belonged to was left.
    pub fn holds(&self, token: &str) -> bool {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().any(|left| left == token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_more_visits_than_there_is_room_for_the_oldest_is_forgotten() {
        let left = Left::default();
        for number in 0..=LEFT_VISITS {
            left.note(number.to_string());
        }
        assert!(!left.holds("0") && left.holds("1") && left.holds(&LEFT_VISITS.to_string()));
        assert!(!left.holds(""));
    }
}
