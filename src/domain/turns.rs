//! Turns for what the machine can do only few of at a time.
//!
//! Without addresses there is nobody to block, and a counter of failures would let an
//! attacker lock everybody out. Instead whoever wants a slow derivation or a worker for a
//! file waits for a turn. Turns go round lanes (one per circuit, per address bucket), so
//! that a lane full of wrong codes delays an honest sign-in by one turn and not by the
//! whole queue. Where all places are taken, whoever comes first in a lane of their own gets
//! the last place of the longest one.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use super::Failure;
use crate::limits::{WAITING, WAITING_PER_LANE};

/// Whose turns are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lane(pub u64);

/// One queue for one kind of work.
#[derive(Clone, Debug)]
pub struct Turns(Arc<Mutex<Queue>>);

#[derive(Debug, Default)]
struct Queue {
    free: usize,
    lanes: HashMap<Lane, VecDeque<oneshot::Sender<Turn>>>,
    order: VecDeque<Lane>,
    waiting: usize,
}

/// A turn; dropping it gives it to the next lane.
#[derive(Debug)]
pub(super) struct Turn(Turns);

impl Turns {
    /// A queue in which `at_once` have their turn at the same time.
    pub fn new(at_once: usize) -> Self {
        let queue = Queue { free: at_once.max(1), ..Queue::default() };
        Turns(Arc::new(Mutex::new(queue)))
    }

    /// Waits for a turn.
    pub(super) async fn take(&self, lane: Lane) -> Result<Turn, Failure> {
        let waiting = {
            let mut queue = self.lock();
            if queue.free > 0 {
                queue.free -= 1;
                return Ok(Turn(self.clone()));
            }
            queue.wait(lane)?
        };
        waiting.await.map_err(|_| Failure::Busy)
    }

    /// How many wait.
    pub fn waiting(&self) -> usize {
        self.lock().waiting
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn wait(&mut self, lane: Lane) -> Result<oneshot::Receiver<Turn>, Failure> {
        let ahead = self.lanes.get(&lane).map_or(0, VecDeque::len);
        if ahead >= WAITING_PER_LANE {
            return Err(Failure::Busy);
        }
        if self.waiting >= WAITING {
            self.forget_gone();
        }
        if self.waiting >= WAITING {
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

    /// Those who gave up have no place.
    fn forget_gone(&mut self) {
        self.lanes.retain(|_, queue| {
            queue.retain(|give| !give.is_closed());
            !queue.is_empty()
        });
        self.order.retain(|lane| self.lanes.contains_key(lane));
        self.waiting = self.lanes.values().map(VecDeque::len).sum();
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
            let mut queue = self.0.lock();
            let next = queue.next();
            if next.is_none() {
                queue.free += 1;
            }
            next
        };
        // Sent outside the lock: if whoever waited is gone, the new turn comes back
        // right here, is dropped, and goes on to the one after.
        if let Some(next) = next {
            let _ = next.send(Turn(self.0.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// Takes the only turn.
    async fn hold(turns: &Turns) -> Turn {
        turns.take(Lane(0)).await.unwrap()
    }

    fn gone(taken: &mut oneshot::Receiver<Turn>) -> bool {
        matches!(taken.try_recv(), Err(oneshot::error::TryRecvError::Closed))
    }

    #[tokio::test]
    async fn an_honest_sign_in_waits_one_turn_and_not_for_the_whole_flood() {
        let turns = Turns::new(1);
        let held = hold(&turns).await;
        let (order, ran) = mpsc::channel();
        let mut tasks = Vec::new();
        for (lane, name) in [(1, "flood"), (1, "flood"), (1, "flood"), (2, "honest")] {
            let (queue, order) = (turns.clone(), order.clone());
            let before = turns.waiting();
            tasks.push(tokio::spawn(async move {
                let _turn = queue.take(Lane(lane)).await.unwrap();
                order.send(name).unwrap();
            }));
            while turns.waiting() == before {
                tokio::task::yield_now().await;
            }
        }
        drop(held);
        for task in tasks {
            task.await.unwrap();
        }
        drop(order);
        assert_eq!(ran.into_iter().collect::<Vec<_>>(), ["flood", "honest", "flood", "flood"]);
    }

    #[tokio::test]
    async fn a_lane_that_is_full_is_told_to_come_back_and_others_are_not() {
        let turns = Turns::new(1);
        let held = hold(&turns).await;
        let mut waiting: Vec<_> = Vec::new();
        for _ in 0..WAITING_PER_LANE {
            waiting.push(turns.lock().wait(Lane(7)).unwrap());
        }
        assert!(matches!(turns.take(Lane(7)).await, Err(Failure::Busy)));
        let other = {
            let turns = turns.clone();
            tokio::spawn(async move { turns.take(Lane(8)).await.map(drop) })
        };
        while turns.waiting() == WAITING_PER_LANE {
            tokio::task::yield_now().await;
        }
        // Those who gave up lose their turn to the next one.
        drop(waiting);
        drop(held);
        other.await.unwrap().unwrap();
        assert_eq!(turns.waiting(), 0);
    }

    #[tokio::test]
    async fn a_full_queue_makes_room_for_an_empty_lane_where_the_longest_one_ends() {
        let turns = Turns::new(1);
        let _held = hold(&turns).await;
        let mut waiting = Vec::new();
        let lanes = WAITING / WAITING_PER_LANE;
        for _ in 0..WAITING_PER_LANE {
            for lane in 0..lanes as u64 {
                waiting.push(turns.lock().wait(Lane(lane)).unwrap());
            }
        }
        assert_eq!(turns.waiting(), WAITING);
        let mut honest = turns.lock().wait(Lane(1_000)).unwrap();
        assert_eq!(turns.waiting(), WAITING);
        // One of those who came last to a full lane is told to come back.
        let first = WAITING - lanes;
        let sent_away: Vec<bool> = waiting.iter_mut().map(gone).collect();
        assert_eq!(sent_away.iter().filter(|away| **away).count(), 1);
        assert!(sent_away[first..].contains(&true));
        assert!(!gone(&mut honest));
        // Whoever waits already takes nobody's place.
        assert!(turns.lock().wait(Lane(1_000)).is_err());
    }

    #[tokio::test]
    async fn a_full_queue_of_lanes_with_one_each_takes_nobody_more_until_one_of_them_is_gone() {
        let turns = Turns::new(1);
        let _held = hold(&turns).await;
        let mut waiting: Vec<_> =
            (0..WAITING as u64).map(|lane| turns.lock().wait(Lane(lane)).unwrap()).collect();
        assert!(turns.lock().wait(Lane(u64::MAX)).is_err());
        assert_eq!(turns.waiting(), WAITING);
        drop(waiting.remove(5));
        let mut honest = turns.lock().wait(Lane(u64::MAX)).unwrap();
        assert!(!gone(&mut honest));
        assert_eq!(turns.waiting(), WAITING);
    }
}
