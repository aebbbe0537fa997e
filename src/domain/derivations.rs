//! Turns for slow derivations: the only limit on guessing, and nobody's lock-out.
//!
//! Without addresses there is nobody to block, and a counter of failures would let an
//! attacker lock everybody out. Instead each derivation takes a turn. Reporters and
//! handlers at each door have turns of their own, so that a flood at one delays no other;
//! inside a class turns go round lanes (one per circuit, per address bucket), so that one
//! lane full of wrong codes delays an honest sign-in by one turn and not by the whole queue.
//! Where all places are taken, whoever comes first in a lane of their own gets the last
//! place of the longest one.

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
        let ahead = self.lanes.get(&lane).map_or(0, VecDeque::len);
        if ahead >= DERIVATIONS_PER_LANE {
            return Err(Failure::Busy);
        }
        if self.waiting >= DERIVATIONS_WAITING {
            self.make_room(ahead)?;
        }
        let (give, take) = oneshot::channel();
        let queue = self.lanes.entry(lane).or_default();
        if queue.is_empty() {
            self.order.push_back(lane);
        }
        queue.push_back(give);
        self.waiting += 1;
        Ok(take)
    }

    /// Sends away the last one of the longest lane for somebody who comes first in theirs:
    /// an attacker may have many places in a few lanes, an honest person has one.
    fn make_room(&mut self, ahead: usize) -> Result<(), Failure> {
        let longest = self.lanes.values_mut().max_by_key(|queue| queue.len());
        match longest.filter(|queue| ahead == 0 && queue.len() > 1) {
            Some(queue) => {
                queue.pop_back();
                self.waiting -= 1;
                Ok(())
            }
            None => Err(Failure::Busy),
        }
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

    #[tokio::test]
    async fn a_full_class_makes_room_for_an_empty_lane_where_the_longest_one_ends() {
        let all = Derivations::new(1);
        let _held = hold(&all, Class::OnionReporter).await;
        let mut waiting = Vec::new();
        let lanes = DERIVATIONS_WAITING / DERIVATIONS_PER_LANE;
        for _ in 0..DERIVATIONS_PER_LANE {
            for lane in 0..lanes as u64 {
                waiting.push(all.lock(Class::OnionReporter).wait(Lane(lane)).unwrap());
            }
        }
        assert_eq!(all.waiting(Class::OnionReporter), DERIVATIONS_WAITING);
        let mut honest = all.lock(Class::OnionReporter).wait(Lane(1_000)).unwrap();
        assert_eq!(all.waiting(Class::OnionReporter), DERIVATIONS_WAITING);
        // One of those who came last to a full lane is told to come back.
        let gone = |taken: &mut oneshot::Receiver<Turn>| {
            matches!(taken.try_recv(), Err(oneshot::error::TryRecvError::Closed))
        };
        let first = DERIVATIONS_WAITING - lanes;
        let sent_away: Vec<bool> = waiting.iter_mut().map(gone).collect();
        assert_eq!(sent_away.iter().filter(|away| **away).count(), 1);
        assert!(sent_away[first..].contains(&true));
        assert!(!gone(&mut honest));
        // Whoever waits already takes nobody's place.
        assert!(all.lock(Class::OnionReporter).wait(Lane(1_000)).is_err());
    }

    #[tokio::test]
    async fn a_full_class_of_lanes_with_one_each_takes_nobody_more() {
        let all = Derivations::new(1);
        let _held = hold(&all, Class::OnionReporter).await;
        let mut waiting = Vec::new();
        for lane in 0..DERIVATIONS_WAITING as u64 {
            waiting.push(all.lock(Class::OnionReporter).wait(Lane(lane)).unwrap());
        }
        assert!(all.lock(Class::OnionReporter).wait(Lane(u64::MAX)).is_err());
        assert_eq!(all.waiting(Class::OnionReporter), DERIVATIONS_WAITING);
    }
}
