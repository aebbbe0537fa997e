//! Allow-lists as data, with the neighbours that must stay outside.
//!
//! A list says what a cleaner keeps. Beside it stand things of the same sort that tell
//! who, where or when, and that somebody could let in by mistake. A test lets each of
//! them in, one after the other, and demands that a row of the canary table notices.

/// What may be kept of one sort of thing.
#[derive(Debug)]
pub(crate) struct AllowList<T: 'static> {
    /// What the list is of: `docx elements`.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "the test of the neighbours finds a list by it")
    )]
    pub(crate) name: &'static str,
    /// What is kept.
    pub(crate) allowed: &'static [T],
    /// What must never come in here.
    pub(crate) forbidden: &'static [T],
}

impl<T: PartialEq> AllowList<T> {
    /// Whether this is on the list.
    pub(crate) fn allows(&self, item: &T) -> bool {
        self.allowed.contains(item) || self.is_let_in(item)
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, reason = "the test build looks at the list")]
    fn is_let_in(&self, _: &T) -> bool {
        false
    }

    #[cfg(test)]
    fn is_let_in(&self, item: &T) -> bool {
        LET_IN.with_borrow(|let_in| {
            let_in.is_some_and(|(name, number)| {
                name == self.name && self.forbidden.get(number).is_some_and(|one| one == item)
            })
        })
    }
}

#[cfg(test)]
thread_local! {
    static LET_IN: std::cell::RefCell<Option<(&'static str, usize)>> =
        const { std::cell::RefCell::new(None) };
}

/// Which neighbour of a list is let in; for lists that are tables of another form.
#[cfg(test)]
pub(crate) fn let_in(list: &str) -> Option<usize> {
    LET_IN.with_borrow(|let_in| let_in.filter(|(name, _)| *name == list).map(|(_, number)| number))
}

/// Does something while one forbidden neighbour of a list is let in, on this thread.
#[cfg(test)]
pub(crate) fn with_neighbour<R>(list: &'static str, number: usize, act: impl FnOnce() -> R) -> R {
    LET_IN.set(Some((list, number)));
    let outcome = act();
    LET_IN.set(None);
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;

    const SWEETS: AllowList<&str> =
        AllowList { name: "sweets", allowed: &["toffee"], forbidden: &["lead", "arsenic"] };

    #[test]
    fn a_neighbour_is_let_in_for_one_act_only() {
        assert!(SWEETS.allows(&"toffee"));
        assert!(with_neighbour("sweets", 1, || SWEETS.allows(&"arsenic")));
        assert!(!with_neighbour("sweets", 1, || SWEETS.allows(&"lead")));
        assert!(!with_neighbour("salts", 1, || SWEETS.allows(&"arsenic")));
        assert!(!SWEETS.allows(&"arsenic"));
    }
}
