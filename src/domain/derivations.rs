//! Turns for slow derivations: the only limit on guessing, and nobody's lock-out.
//!
//! Without addresses there is nobody to block, and a counter of failures would let an
//! attacker lock everybody out. Instead each derivation takes a turn. Three classes
//! have turns of their own, so that a flood at one door delays neither the other door
//! nor the handlers; inside a class turns go round lanes (one per circuit, per address
//! bucket, per account), so that one lane full of wrong codes delays an honest sign-in
//! by one turn and not by the whole queue.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

use super::Failure;
use crate::limits::{DERIVATIONS_PER_LANE, DERIVATIONS_WAITING};
use crate::stack;

/// Who wants a derivation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A reporter on the onion service.
    OnionReporter,
    /// A reporter on the mirror.
    MirrorReporter,
    /// A handler on the onion service: whoever is kept out there by client authorisation
    /// can delay nobody behind it.
    OnionHandler,
    /// A handler on the mirror.
    MirrorHandler,
}

/// How many classes there are.
pub const CLASSES: usize = 4;

/// Whose turns are counted together inside a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lane(pub u64);

/// The queue of all derivations.
#[derive(Clone, Debug)]
pub struct Derivations(Arc<[Mutex<Turns>; CLASSES]>);

#[derive(Debug, Default)]
struct Turns {
    free: usize,
    lanes: HashMap<Lane, VecDeque<oneshot::Sender<Turn>>>,
    order: VecDeque<Lane>,
    waiting: usize,
}

/// A turn; dropping it gives it to the next lane.
#[derive(Debug)]
struct Turn {
    all: Derivations,
    class: Class,
}

impl Derivations {
    /// A queue in which each class may run `at_once` derivations at the same time.
    pub fn new(at_once: usize) -> Self {
        let turns = |_| Mutex::new(Turns { free: at_once.max(1), ..Turns::default() });
        Derivations(Arc::new(std::array::from_fn(turns)))
    }

    /// Waits for a turn and runs `work` on a thread that no request waits for.
    pub async fn run<T: Send + 'static>(
        &self,
        class: Class,
        lane: Lane,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let turn = self.turn(class, lane).await?;
        tokio::task::spawn_blocking(move || {
            let result = work();
            stack::wipe();
            drop(turn);
            result
        })
        .await
        .map_err(|_| Failure::Broken("a derivation did not end"))
    }

    async fn turn(&self, class: Class, lane: Lane) -> Result<Turn, Failure> {
        let waiting = {
            let mut turns = self.lock(class);
            if turns.free > 0 {
                turns.free -= 1;
                return Ok(Turn { all: self.clone(), class });
            }
            turns.wait(lane)?
        };
        waiting.await.map_err(|_| Failure::Busy)
    }

    /// How many wait in a class.
    pub fn waiting(&self, class: Class) -> usize {
        self.lock(class).waiting
    }

    fn lock(&self, class: Class) -> std::sync::MutexGuard<'_, Turns> {
        let [onion_reporter, mirror_reporter, onion_handler, mirror_handler] = &*self.0;
        let turns = match class {
            Class::OnionReporter => onion_reporter,
            Class::MirrorReporter => mirror_reporter,
            Class::OnionHandler => onion_handler,
            Class::MirrorHandler => mirror_handler,
        };
        turns.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turns {
    fn wait(&mut self, lane: Lane) -> Result<oneshot::Receiver<Turn>, Failure> {
        let queue = self.lanes.entry(lane).or_default();
        if queue.len() >= DERIVATIONS_PER_LANE || self.waiting >= DERIVATIONS_WAITING {
            if queue.is_empty() {
                self.lanes.remove(&lane);
            }
            return Err(Failure::Busy);
        }
        let (give, take) = oneshot::channel();
        if queue.is_empty() {
            self.order.push_back(lane);
        }
        queue.push_back(give);
        self.waiting += 1;
        Ok(take)
    }

    /// The next one whose turn it is: one from each lane, round and round.
    fn next(&mut self) -> Option<oneshot::Sender<Turn>> {
        let lane = self.order.pop_front()?;
        let queue = self.lanes.get_mut(&lane)?;
        let next = queue.pop_front();
        if queue.is_empty() {
            self.lanes.remove(&lane);
        } else {
            self.order.push_back(lane);
        }
        self.waiting -= usize::from(next.is_some());
        next
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let next = {
            let mut turns = self.all.lock(self.class);
            let next = turns.next();
            if next.is_none() {
                turns.free += 1;
            }
            next
        };
        // Sent outside the lock: if whoever waited is gone, the new turn comes back
        // right here, is dropped, and goes on to the one after.
        if let Some(next) = next {
            let _ = next.send(Turn { all: self.all.clone(), class: self.class });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// Holds the only turn of a class until told to let go.
    async fn hold(all: &Derivations, class: Class) -> mpsc::Sender<()> {
        let (release, held) = mpsc::channel::<()>();
        let (begun, has_begun) = oneshot::channel();
        let all = all.clone();
        tokio::spawn(async move {
            let _ = all
                .run(class, Lane(0), move || {
                    let _ = begun.send(());
                    let _ = held.recv();
                })
                .await;
        });
        has_begun.await.unwrap();
        release
    }

    #[tokio::test]
    async fn an_honest_sign_in_waits_one_turn_and_not_for_the_whole_flood() {
        let all = Derivations::new(1);
        let release = hold(&all, Class::OnionReporter).await;
        let (order, ran) = mpsc::channel();
        let mut tasks = Vec::new();
        for (lane, name) in [(1, "flood"), (1, "flood"), (1, "flood"), (2, "honest")] {
            let (queue, order) = (all.clone(), order.clone());
            let before = all.waiting(Class::OnionReporter);
            tasks.push(tokio::spawn(async move {
                queue.run(Class::OnionReporter, Lane(lane), move || order.send(name)).await
            }));
            while all.waiting(Class::OnionReporter) == before {
                tokio::task::yield_now().await;
            }
        }
        release.send(()).unwrap();
        for task in tasks {
            task.await.unwrap().unwrap().unwrap();
        }
        drop(order);
        assert_eq!(ran.into_iter().collect::<Vec<_>>(), ["flood", "honest", "flood", "flood"]);
    }

    #[tokio::test]
    async fn a_flood_in_one_class_delays_no_other_class() {
        let all = Derivations::new(1);
        let _held = hold(&all, Class::OnionReporter).await;
        assert_eq!(all.run(Class::OnionHandler, Lane(0), || 1).await.unwrap(), 1);
        assert_eq!(all.run(Class::MirrorReporter, Lane(0), || 2).await.unwrap(), 2);
        let _flood = hold(&all, Class::MirrorHandler).await;
        assert_eq!(all.run(Class::OnionHandler, Lane(0), || 3).await.unwrap(), 3);
    }

    #[tokio::test]
    async fn a_lane_that_is_full_is_told_to_come_back_and_others_are_not() {
        let all = Derivations::new(1);
        let release = hold(&all, Class::OnionReporter).await;
        let mut waiting: Vec<_> = Vec::new();
        for _ in 0..DERIVATIONS_PER_LANE {
            waiting.push(all.lock(Class::OnionReporter).wait(Lane(7)).unwrap());
        }
        let full = all.run(Class::OnionReporter, Lane(7), || ()).await;
        assert!(matches!(full, Err(Failure::Busy)));
        let other = {
            let all = all.clone();
            tokio::spawn(async move { all.run(Class::OnionReporter, Lane(8), || 3).await })
        };
        // Those who gave up lose their turn to the next one.
        drop(waiting);
        release.send(()).unwrap();
        assert_eq!(other.await.unwrap().unwrap(), 3);
        assert_eq!(all.waiting(Class::OnionReporter), 0);
    }
}
