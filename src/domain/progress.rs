//! How far the files of a form have come, for the person who waits for them.
//!
//! It is known in memory, for as long as the form is on its way, under the same derived
//! number as the draft. Nothing of it is stored or logged.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Ticket;
use super::draft::DraftKeys;
use crate::vault::LookupId;

/// How far a form has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// So many bytes of it are here.
    Receiving {
        /// Bytes so far.
        bytes: u64,
        /// Bytes of the whole form, if the browser said so.
        of: Option<u64>,
    },
    /// A file of it waits for its turn to be cleaned.
    Waiting,
    /// A file of it is being cleaned.
    Cleaning,
}

/// The forms that are on their way.
#[derive(Clone, Debug, Default)]
pub struct UnderWay(Arc<Mutex<HashMap<LookupId, Form>>>);

#[derive(Debug)]
struct Form {
    /// Which of several forms of one browser: the last one that began is shown.
    number: u64,
    received: u64,
    of: Option<u64>,
    stage: Stage,
}

/// One form on its way. It is forgotten when this is dropped.
#[derive(Debug)]
pub struct Progress {
    all: UnderWay,
    id: LookupId,
    number: u64,
}

impl UnderWay {
    /// Begins to watch a form of `of` bytes.
    pub(super) fn begin(&self, ticket: &Ticket, of: Option<u64>) -> Progress {
        let id = DraftKeys::of(ticket).id;
        let mut forms = self.lock();
        let number = forms.get(&id).map_or(0, |form| form.number + 1);
        let stage = Stage::Receiving { bytes: 0, of };
        forms.insert(id, Form { number, received: 0, of, stage });
        Progress { all: self.clone(), id, number }
    }

    /// How far the form of this browser has come, if one is on its way.
    pub(super) fn of(&self, ticket: &Ticket) -> Option<Stage> {
        self.lock().get(&DraftKeys::of(ticket).id).map(|form| form.stage)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<LookupId, Form>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress {
    /// More of the form is here.
    pub fn received(&self, bytes: usize) {
        self.change(|form| {
            form.received = form.received.saturating_add(bytes as u64);
            form.stage = Stage::Receiving { bytes: form.received, of: form.of };
        });
    }

    pub(super) fn is_waiting(&self) {
        self.change(|form| form.stage = Stage::Waiting);
    }

    pub(super) fn is_cleaned(&self) {
        self.change(|form| form.stage = Stage::Cleaning);
    }

    fn change(&self, change: impl FnOnce(&mut Form)) {
        let mut forms = self.all.lock();
        if let Some(form) = forms.get_mut(&self.id).filter(|form| form.number == self.number) {
            change(form);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let mut forms = self.all.lock();
        if forms.get(&self.id).is_some_and(|form| form.number == self.number) {
            forms.remove(&self.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_known_to_its_own_browser_and_only_while_it_is_on_its_way() {
        let (all, anna, bo) = (UnderWay::default(), Ticket::random(), Ticket::random());
        let form = all.begin(&anna, Some(10));
        form.received(4);
        form.received(2);
        assert_eq!(all.of(&anna), Some(Stage::Receiving { bytes: 6, of: Some(10) }));
        assert_eq!(all.of(&bo), None);
        form.is_waiting();
        assert_eq!(all.of(&anna), Some(Stage::Waiting));
        form.is_cleaned();
        assert_eq!(all.of(&anna), Some(Stage::Cleaning));
        drop(form);
        assert_eq!(all.of(&anna), None);
        assert!(all.lock().is_empty());
    }

    #[test]
    fn of_two_forms_of_one_browser_the_last_one_is_shown() {
        let (all, anna) = (UnderWay::default(), Ticket::random());
        let first = all.begin(&anna, None);
        let second = all.begin(&anna, Some(7));
        first.received(1_000);
        assert_eq!(all.of(&anna), Some(Stage::Receiving { bytes: 0, of: Some(7) }));
        drop(first);
        assert!(all.of(&anna).is_some());
        drop(second);
        assert_eq!(all.of(&anna), None);
    }
}
