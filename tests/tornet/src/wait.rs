//! Waiting for other processes: look, pause briefly, look again, and give up in time.

use std::thread;
use std::time::{Duration, Instant};

/// Between two looks. Short beside everything that is waited for here.
const PAUSE: Duration = Duration::from_millis(50);

/// A moment after which waiting ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline(Instant);

impl Deadline {
    /// The moment `time` from now.
    pub(crate) fn after(time: Duration) -> Deadline {
        Deadline(Instant::now() + time)
    }

    /// The time left, zero when there is none.
    pub(crate) fn left(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    /// Looks until there is something, or returns `None` at the deadline.
    pub(crate) fn poll<T>(self, mut look: impl FnMut() -> Option<T>) -> Option<T> {
        loop {
            if let Some(found) = look() {
                return Some(found);
            }
            if self.left().is_zero() {
                return None;
            }
            thread::sleep(PAUSE);
        }
    }
}
