//! On which day a code was last used.
//!
//! Whoever has another's code reads along, and nothing would show it but this. It is the day
//! alone, in the memory of this process alone: a note on the disk would tell a thief when
//! somebody was here.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::clock::Day;
use crate::limits::LAST_SIGN_INS;
use crate::store::ReporterId;

/// The days, since the process was started.
#[derive(Debug, Default)]
pub struct LastSignIns(Mutex<HashMap<ReporterId, Day>>);

impl LastSignIns {
    /// Notes that a reporter signs in today. Returns the day of the time before, if it is
    /// known.
    pub(super) fn note(&self, reporter: ReporterId, today: Day) -> Option<Day> {
        let mut days = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = days.insert(reporter, today);
        if days.len() > LAST_SIGN_INS {
            let oldest = days.iter().min_by_key(|(_, day)| day.0).map(|(id, _)| *id);
            oldest.and_then(|id| days.remove(&id));
        }
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_before_is_told_to_its_own_reporter() {
        let days = LastSignIns::default();
        let (one, other) = (ReporterId::random(), ReporterId::random());
        assert_eq!(days.note(one, Day(5)), None);
        assert_eq!(days.note(other, Day(6)), None);
        assert_eq!(days.note(one, Day(7)), Some(Day(5)));
        assert_eq!(days.note(one, Day(7)), Some(Day(7)));
    }

    #[test]
    fn of_more_reporters_than_there_is_room_for_the_one_longest_ago_is_forgotten() {
        let days = LastSignIns::default();
        let first = ReporterId::random();
        days.note(first, Day(1));
        let second = ReporterId::random();
        for _ in 2..LAST_SIGN_INS {
            days.note(ReporterId::random(), Day(2));
        }
        days.note(second, Day(2));
        assert_eq!(days.note(second, Day(2)), Some(Day(2)), "there is room for all of them");
        days.note(ReporterId::random(), Day(3));
        assert_eq!(days.note(first, Day(4)), None);
    }
}
