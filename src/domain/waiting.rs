//! Work that may take longer than a person waits for a page.
//!
//! When many people want a derivation at once, the answer to a form is a page that says
//! so and comes back by itself. The work goes on meanwhile, also when the connection is
//! lost; its result waits for whoever sent the form, and for nobody else.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::{Failure, Ticket};
use crate::limits::{DERIVATION_KEPT, DERIVATION_PATIENCE};
use crate::stack::Wiped;

/// Results that somebody will come back for.
#[derive(Debug)]
pub struct Waiting<T>(Mutex<HashMap<[u8; 32], Pending<T>>>);

#[derive(Debug)]
struct Pending<T> {
    work: JoinHandle<Result<T, Failure>>,
    /// When the work was first seen to have ended.
    ended: Option<Instant>,
}

impl<T> Pending<T> {
    /// Whether nobody came back in time. Work that goes on is always waited for, however
    /// long the queue is; how much of it there can be is the limit of the queue.
    fn is_over(&mut self) -> bool {
        self.work.is_finished()
            && self.ended.get_or_insert_with(Instant::now).elapsed() > DERIVATION_KEPT
    }
}

/// Whether work has ended.
#[derive(Debug)]
pub enum Progress<T> {
    /// With this result.
    Done(Result<T, Failure>),
    /// Not yet.
    StillWaiting,
    /// There is none, or nobody came back for it in time.
    Nothing,
}

impl<T> Default for Waiting<T> {
    fn default() -> Self {
        Waiting(Mutex::default())
    }
}

impl<T: Send + 'static> Waiting<T> {
    /// Starts work for the holder of a ticket and waits a moment for it.
    pub(super) async fn start(
        &self,
        ticket: &Ticket,
        work: impl Future<Output = Result<T, Failure>> + Send + 'static,
    ) -> Progress<T> {
        let mut work = tokio::spawn(Wiped::new(work));
        if let Ok(ended) = tokio::time::timeout(DERIVATION_PATIENCE, &mut work).await {
            return Progress::Done(flatten(ended));
        }
        let mut all = self.lock();
        all.retain(|_, pending| !pending.is_over());
        all.insert(id(ticket), Pending { work, ended: None });
        Progress::StillWaiting
    }

    /// Asks again.
    pub(super) async fn ask(&self, ticket: &Ticket) -> Progress<T> {
        let ended = {
            let mut all = self.lock();
            match all.remove(&id(ticket)) {
                None => return Progress::Nothing,
                Some(pending) if pending.work.is_finished() => pending.work,
                Some(pending) => {
                    all.insert(id(ticket), pending);
                    return Progress::StillWaiting;
                }
            }
        };
        Progress::Done(flatten(ended.await))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<[u8; 32], Pending<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn flatten<T>(ended: Result<Result<T, Failure>, tokio::task::JoinError>) -> Result<T, Failure> {
    ended.unwrap_or(Err(Failure::Broken("work ended early")))
}

fn id(ticket: &Ticket) -> [u8; 32] {
    *ticket.id("sluse/waiting").as_bytes()
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn whoever_sent_the_form_gets_the_result_later_and_once() {
        let waiting = Waiting::default();
        let (mine, yours) = (Ticket::random(), Ticket::random());
        let (finish, finished) = oneshot::channel::<()>();
        let work = async move {
            let _ = finished.await;
            Ok(7)
        };
        assert!(matches!(waiting.start(&mine, work).await, Progress::StillWaiting));
        assert!(matches!(waiting.ask(&mine).await, Progress::StillWaiting));
        assert!(matches!(waiting.ask(&yours).await, Progress::Nothing));
        finish.send(()).unwrap();
        tokio::task::yield_now().await;
        assert!(matches!(waiting.ask(&mine).await, Progress::Done(Ok(7))));
        assert!(matches!(waiting.ask(&mine).await, Progress::Nothing));
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_waits_longer_than_results_are_kept_gets_in_all_the_same() {
        let waiting = Waiting::default();
        let mine = Ticket::random();
        let (finish, finished) = oneshot::channel::<()>();
        let work = async move {
            let _ = finished.await;
            Ok(7)
        };
        assert!(matches!(waiting.start(&mine, work).await, Progress::StillWaiting));
        for _ in 0..3 {
            tokio::time::advance(DERIVATION_KEPT).await;
            let more = waiting.start(&Ticket::random(), std::future::pending()).await;
            assert!(matches!(more, Progress::StillWaiting));
            assert!(matches!(waiting.ask(&mine).await, Progress::StillWaiting));
        }
        finish.send(()).unwrap();
        tokio::task::yield_now().await;
        // From now on it is kept for those two minutes.
        waiting.start(&Ticket::random(), std::future::pending()).await;
        tokio::time::advance(DERIVATION_KEPT / 2).await;
        waiting.start(&Ticket::random(), std::future::pending()).await;
        assert!(matches!(waiting.ask(&mine).await, Progress::Done(Ok(7))));
    }

    #[tokio::test(start_paused = true)]
    async fn a_result_nobody_comes_back_for_is_forgotten() {
        let waiting = Waiting::default();
        let mine = Ticket::random();
        let slow = async {
            tokio::time::sleep(DERIVATION_PATIENCE * 2).await;
            Ok(7)
        };
        assert!(matches!(waiting.start(&mine, slow).await, Progress::StillWaiting));
        for _ in 0..3 {
            tokio::time::advance(DERIVATION_KEPT).await;
            waiting.start(&Ticket::random(), std::future::pending()).await;
        }
        assert!(matches!(waiting.ask(&mine).await, Progress::Nothing));
    }

    #[tokio::test]
    async fn quick_work_is_done_at_once() {
        let waiting = Waiting::default();
        let done = waiting.start(&Ticket::random(), async { Ok(1) }).await;
        assert!(matches!(done, Progress::Done(Ok(1))));
    }
}
