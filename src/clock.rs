//! The time, and the only place that reads it.
//!
//! What is stored is a [`Day`]: an hour could be matched against a log elsewhere.
//! Seconds exist for the second factor and for session limits, and only in memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Unit};

/// A day of the calendar, counted from 1 January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i64);

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

impl Day {
    /// This many days later.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Day {
        Day(self.0.saturating_add(days))
    }

    /// This many calendar months later; the day is clamped to the end of the month.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Day {
        let later = self.date().checked_add(months.months());
        later.map_or(self, Day::from_date)
    }

    /// The date.
    pub fn date(self) -> Date {
        EPOCH.checked_add(self.0.days()).unwrap_or(Date::MAX)
    }

    /// Reads a date, as `2026-12-24`.
    pub fn parse(text: &str) -> Option<Day> {
        text.parse().ok().map(Day::from_date)
    }

    fn from_date(date: Date) -> Day {
        let span = EPOCH.until((Unit::Day, date)).unwrap_or_default();
        Day(i64::from(span.get_days()))
    }
}

/// Where the time comes from: the machine, or a test.
#[derive(Clone, Debug)]
pub struct Clock {
    fixed: Option<Arc<Fixed>>,
    /// Where days begin.
    zone: TimeZone,
}

#[derive(Debug)]
struct Fixed {
    unix_seconds: AtomicI64,
    began: Instant,
    passed_seconds: AtomicU64,
}

impl Clock {
    /// The machine's clock, with days that begin in UTC.
    pub fn system() -> Self {
        Clock { fixed: None, zone: TimeZone::UTC }
    }

    /// The same clock, with days that begin at midnight in this zone.
    #[must_use]
    pub fn in_zone(self, zone: TimeZone) -> Self {
        Clock { zone, ..self }
    }

    /// A clock that stands still until it is moved, with days that begin in UTC.
    pub fn fixed(unix_seconds: i64) -> Self {
        let (unix_seconds, passed_seconds) = (AtomicI64::new(unix_seconds), AtomicU64::new(0));
        let fixed = Fixed { unix_seconds, began: Instant::now(), passed_seconds };
        Clock { fixed: Some(Arc::new(fixed)), zone: TimeZone::UTC }
    }

    /// Puts a fixed clock forward; the machine's clock stays as it is. No time passes by that:
    /// see [`Clock::now`].
    pub fn advance(&self, seconds: i64) {
        if let Some(fixed) = &self.fixed {
            fixed.unix_seconds.fetch_add(seconds, Ordering::SeqCst);
        }
    }

    /// Lets time pass on a fixed clock.
    pub fn pass(&self, time: Duration) {
        if let Some(fixed) = &self.fixed {
            fixed.passed_seconds.fetch_add(time.as_secs(), Ordering::SeqCst);
            self.advance(i64::try_from(time.as_secs()).unwrap_or(i64::MAX));
        }
    }

    /// Now, for what lasts a while in memory: it goes on evenly when the machine's clock is
    /// put right.
    pub fn now(&self) -> Instant {
        match &self.fixed {
            Some(fixed) => {
                let passed = Duration::from_secs(fixed.passed_seconds.load(Ordering::SeqCst));
                fixed.began + passed
            }
            None => Instant::now(),
        }
    }

    /// Seconds since 1 January 1970. Never stored.
    pub fn unix_seconds(&self) -> i64 {
        match &self.fixed {
            Some(fixed) => fixed.unix_seconds.load(Ordering::SeqCst),
            None => system_seconds(),
        }
    }

    /// The day at the site: the same for every reporter wherever they and the server are.
    pub fn today(&self) -> Day {
        let now = Timestamp::from_second(self.unix_seconds()).unwrap_or_default();
        Day::from_date(self.zone.to_datetime(now).date())
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the time")]
fn system_seconds() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i16, month: i8, day: i8) -> Day {
        Day::from_date(jiff::civil::date(year, month, day))
    }

    #[test]
    fn three_months_are_calendar_months_clamped_to_the_months_end() {
        for (from, to) in [
            (day(2026, 11, 30), day(2027, 2, 28)),
            (day(2026, 12, 1), day(2027, 3, 1)),
            (day(2027, 2, 1), day(2027, 5, 1)),
            (day(2026, 8, 31), day(2026, 11, 30)),
            (day(2027, 11, 29), day(2028, 2, 29)),
        ] {
            assert_eq!(from.plus_months(3), to);
        }
    }

    #[test]
    fn a_date_is_read_and_nothing_else() {
        assert_eq!(Day::parse("2026-12-24"), Some(day(2026, 12, 24)));
        for other in ["", "24.12.2026", "2026-02-29", "tomorrow"] {
            assert_eq!(Day::parse(other), None, "{other}");
        }
    }

    #[test]
    fn a_day_has_no_hour() {
        let clock = Clock::fixed(86_399);
        assert_eq!(clock.today(), Day(0));
        clock.advance(1);
        assert_eq!(clock.today(), Day(1));
        assert_eq!(Day(0).date(), EPOCH);
    }

    #[test]
    fn a_day_begins_at_midnight_where_the_site_is() {
        let zone = TimeZone::get("Europe/Copenhagen").unwrap();
        // 29 November 2026, and 1 July 2027: an hour and two before it is so in UTC.
        for (date, midnight) in [((2026, 11, 29), 1_795_906_800), ((2027, 7, 1), 1_814_392_800)] {
            let clock = Clock::fixed(midnight).in_zone(zone.clone());
            assert_eq!(clock.today(), day(date.0, date.1, date.2));
            clock.advance(-1);
            assert_eq!(clock.today().plus_days(1), day(date.0, date.1, date.2));
            clock.advance(86_400);
            assert_eq!(clock.today(), day(date.0, date.1, date.2));
        }
    }

    #[test]
    fn a_clock_that_is_put_forward_lets_no_time_pass() {
        let clock = Clock::fixed(0);
        let before = clock.now();
        clock.advance(60);
        assert_eq!((clock.unix_seconds(), clock.now()), (60, before));
        clock.pass(Duration::from_secs(30));
        assert_eq!((clock.unix_seconds(), clock.now() - before), (90, Duration::from_secs(30)));
    }
}
