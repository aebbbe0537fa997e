//! Looking at our own front page, and what follows from not seeing it.
//!
//! The look goes through a client with circuits of its own, to the public address, like
//! anybody's. Whoever could make it fail at will must not get a button that throws
//! everybody else out: as long as a stream from anyone came in since the first failure,
//! nothing is done. Each act is followed by a pause that doubles up to an hour.

use std::time::{Duration, Instant};

use arti_client::TorClient;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tor_rtcompat::Runtime;

use crate::limits::ONION_PROBE_TIME;

/// Failed looks in a row before anything is done.
const FAILURES: u32 = 2;
/// Starts of the services that may fail before the whole client is started anew.
const RELAUNCHES: u32 = 3;
/// The longest pause between two acts.
const LONGEST_PAUSE: Duration = Duration::from_hours(1);
/// How a page begins that was served as it should be.
const GOOD: &[u8] = b"HTTP/1.1 200 ";

/// What to do after a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing.
    Leave,
    /// Start the services anew.
    Relaunch,
    /// Start the client anew.
    Rebuild,
}

/// One look, and how many streams had come in before and after it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) answered: bool,
    pub(super) streams_before: u64,
    pub(super) streams_after: u64,
}

/// What earlier looks have shown.
#[derive(Debug)]
pub(super) struct Care {
    every: Duration,
    failures: u32,
    streams_at_first: u64,
    acts: u32,
    pause: Duration,
    not_before: Option<Instant>,
}

impl Care {
    /// No looks yet.
    pub(super) fn new(every: Duration) -> Self {
        let (failures, streams_at_first, acts) = (0, 0, 0);
        Care { every, failures, streams_at_first, acts, pause: every, not_before: None }
    }

    /// Judges one look.
    pub(super) fn judge(&mut self, look: &Look, now: Instant) -> Verdict {
        if look.answered {
            *self = Care::new(self.every);
            return Verdict::Leave;
        }
        if self.failures == 0 {
            self.streams_at_first = look.streams_before;
        }
        self.failures += 1;
        if look.streams_after != self.streams_at_first {
            self.failures = 0;
            return Verdict::Leave;
        }
        if self.failures < FAILURES || self.not_before.is_some_and(|then| now < then) {
            return Verdict::Leave;
        }
        self.failures = 0;
        self.acts += 1;
        self.not_before = Some(now + self.pause);
        self.pause = self.pause.saturating_mul(2).min(LONGEST_PAUSE);
        if self.acts > RELAUNCHES { Verdict::Rebuild } else { Verdict::Relaunch }
    }
}

/// Whether the front page at `address` comes, on circuits that nothing else uses.
pub(super) async fn answers<R: Runtime>(client: &TorClient<R>, address: &str) -> bool {
    let look = fetch(client, address);
    matches!(tokio::time::timeout(ONION_PROBE_TIME, look).await, Ok(Ok(true)))
}

async fn fetch<R: Runtime>(client: &TorClient<R>, address: &str) -> anyhow::Result<bool> {
    let mut stream = client.isolated_client().connect((address, 80)).await?;
    let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    stream.flush().await?;
    let mut start = [0; GOOD.len()];
    stream.read_exact(&mut start).await?;
    Ok(start == GOOD)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: Duration = Duration::from_mins(5);

    fn failed(streams: u64) -> Look {
        Look { answered: false, streams_before: streams, streams_after: streams }
    }

    /// Judges `looks` looks that fail in silence, `EVERY` apart, and returns at which of
    /// them something was done.
    fn acts(care: &mut Care, looks: u32) -> Vec<(u32, Verdict)> {
        let start = Instant::now();
        (1..=looks)
            .map(|number| (number, care.judge(&failed(7), start + EVERY * number)))
            .filter(|(_, verdict)| *verdict != Verdict::Leave)
            .collect()
    }

    #[test]
    fn one_failed_look_changes_nothing() {
        assert_eq!(Care::new(EVERY).judge(&failed(7), Instant::now()), Verdict::Leave);
    }

    #[test]
    fn a_second_failed_look_in_silence_starts_the_services_again() {
        assert_eq!(acts(&mut Care::new(EVERY), 2), [(2, Verdict::Relaunch)]);
    }

    #[test]
    fn a_visitor_since_the_first_failure_stops_any_act() {
        let mut care = Care::new(EVERY);
        let now = Instant::now();
        for streams in 0..50 {
            let look =
                Look { answered: false, streams_before: streams, streams_after: streams + 1 };
            assert_eq!(care.judge(&look, now + EVERY), Verdict::Leave);
        }
        let mut care = Care::new(EVERY);
        care.judge(&failed(7), now);
        assert_eq!(care.judge(&failed(8), now + EVERY), Verdict::Leave, "between two looks");
    }

    #[test]
    fn a_page_that_comes_makes_everything_good() {
        let mut care = Care::new(EVERY);
        acts(&mut care, 20);
        let answered = Look { answered: true, streams_before: 7, streams_after: 8 };
        assert_eq!(care.judge(&answered, Instant::now()), Verdict::Leave);
        assert_eq!(acts(&mut care, 2), [(2, Verdict::Relaunch)]);
    }

    #[test]
    fn pauses_double_up_to_an_hour_and_the_client_follows_the_services() {
        let acts = acts(&mut Care::new(EVERY), 60);
        let pauses: Vec<u32> = acts.windows(2).map(|two| two[1].0 - two[0].0).collect();
        assert!(pauses.iter().take(5).eq(&[2, 2, 4, 8, 12]), "{pauses:?}");
        assert!(pauses.iter().skip(4).all(|&pause| pause == 12), "{pauses:?}");
        let verdicts: Vec<Verdict> = acts.into_iter().map(|(_, verdict)| verdict).collect();
        assert_eq!(
            verdicts[..4],
            [Verdict::Relaunch, Verdict::Relaunch, Verdict::Relaunch, Verdict::Rebuild]
        );
    }
}
