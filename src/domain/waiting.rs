//! Work that may take longer than a person waits for a page.
//!
//! When many people want a derivation at once, the answer to a form is a page that says
//! so and comes back by itself. The work goes on meanwhile, also when the connection is
//! lost; its result waits for whoever sent the form, and for nobody else, and not for long.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::{Failure, Ticket};
use crate::limits::{DERIVATION_KEPT, DERIVATION_PATIENCE};
use crate::stack::Wiped;

/// Results that somebody will come back for.
#[derive(Debug)]
pub struct Waiting<T>(Arc<Mutex<All<T>>>);

/// By the visit of whoever sent the form.
type All<T> = HashMap<[u8; 32], Pending<T>>;

#[derive(Debug)]
struct Pending<T> {
    work: JoinHandle<Result<T, Failure>>,
    /// When somebody last asked for it.
    asked: Instant,
}

/// What becomes of work that nobody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alone {
    /// It goes on: its effect is wanted also by somebody whose connection broke.
    GoesOn,
    /// It ends, and gives its place in the queue to somebody who still waits.
    Ends,
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
        Waiting(Arc::default())
    }
}

impl<T: Send + 'static> Waiting<T> {
    /// Starts work for the holder of a ticket and waits a moment for it.
    pub(super) async fn start(
        &self,
        ticket: &Ticket,
        alone: Alone,
        work: impl Future<Output = Result<T, Failure>> + Send + 'static,
    ) -> Progress<T> {
        let mut work = tokio::spawn(Wiped::new(work));
        if let Ok(ended) = tokio::time::timeout(DERIVATION_PATIENCE, &mut work).await {
            return Progress::Done(flatten(ended));
        }
        let before = self.lock().insert(id(ticket), Pending { work, asked: Instant::now() });
        if let Some(before) = before.filter(|_| alone == Alone::Ends) {
            before.work.abort();
        }
        tokio::spawn(forget_in_time(self.0.clone(), id(ticket), alone));
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
                    let pending = Pending { asked: Instant::now(), ..pending };
                    all.insert(id(ticket), pending);
                    return Progress::StillWaiting;
                }
            }
        };
        Progress::Done(flatten(ended.await))
    }

    fn lock(&self) -> MutexGuard<'_, All<T>> {
        lock(&self.0)
    }
}

fn lock<T>(all: &Mutex<All<T>>) -> MutexGuard<'_, All<T>> {
    all.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Forgets what nobody asked for in time: half of a session's key is in a result.
async fn forget_in_time<T>(all: Arc<Mutex<All<T>>>, id: [u8; 32], alone: Alone) {
    loop {
        tokio::time::sleep(DERIVATION_KEPT).await;
        let mut all = lock(&all);
        let Some(pending) = all.get(&id) else { return };
        if pending.asked.elapsed() < DERIVATION_KEPT {
            continue;
        }
        if alone == Alone::Ends {
            pending.work.abort();
        }
        if pending.work.is_finished() || alone == Alone::Ends {
            all.remove(&id);
            return;
        }
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
        assert!(matches!(waiting.start(&mine, Alone::GoesOn, work).await, Progress::StillWaiting));
        assert!(matches!(waiting.ask(&mine).await, Progress::StillWaiting));
        assert!(matches!(waiting.ask(&yours).await, Progress::Nothing));
        finish.send(()).unwrap();
        tokio::task::yield_now().await;
        assert!(matches!(waiting.ask(&mine).await, Progress::Done(Ok(7))));
        assert!(matches!(waiting.ask(&mine).await, Progress::Nothing));
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_asks_again_and_again_gets_in_however_long_it_takes() {
        let waiting = Waiting::default();
        let mine = Ticket::random();
        let (finish, finished) = oneshot::channel::<()>();
        let work = async move {
            let _ = finished.await;
            Ok(7)
        };
        assert!(matches!(waiting.start(&mine, Alone::Ends, work).await, Progress::StillWaiting));
        for _ in 0..10 {
            tokio::time::sleep(DERIVATION_KEPT / 2).await;
            assert!(matches!(waiting.ask(&mine).await, Progress::StillWaiting));
        }
        finish.send(()).unwrap();
        tokio::time::sleep(DERIVATION_KEPT / 2).await;
        assert!(matches!(waiting.ask(&mine).await, Progress::Done(Ok(7))));
    }

    #[tokio::test(start_paused = true)]
    async fn a_result_nobody_comes_back_for_is_forgotten_by_itself() {
        let waiting = Waiting::default();
        let mine = Ticket::random();
        let slow = async {
            tokio::time::sleep(DERIVATION_PATIENCE * 2).await;
            Ok(7)
        };
        assert!(matches!(waiting.start(&mine, Alone::GoesOn, slow).await, Progress::StillWaiting));
        tokio::time::sleep(2 * DERIVATION_KEPT).await;
        assert!(waiting.lock().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn a_sign_in_nobody_waits_for_gives_up_its_place_and_a_report_does_not() {
        for (alone, ends) in [(Alone::Ends, true), (Alone::GoesOn, false)] {
            let waiting = Waiting::default();
            let (place, mut taken) = oneshot::channel::<()>();
            let work = async move {
                let _place = place;
                std::future::pending::<Result<i32, Failure>>().await
            };
            let mine = Ticket::random();
            assert!(matches!(waiting.start(&mine, alone, work).await, Progress::StillWaiting));
            tokio::time::sleep(3 * DERIVATION_KEPT).await;
            let given_up = matches!(taken.try_recv(), Err(oneshot::error::TryRecvError::Closed));
            assert_eq!(given_up, ends, "{alone:?}");
        }
    }

    #[tokio::test]
    async fn quick_work_is_done_at_once() {
        let waiting = Waiting::default();
        let done = waiting.start(&Ticket::random(), Alone::Ends, async { Ok(1) }).await;
        assert!(matches!(done, Progress::Done(Ok(1))));
    }
}
