//! Proves that the canary table watches over the allow-lists.
//!
//! Each forbidden neighbour of each list is let in, and a row of its formats must notice:
//! the token survives, or the second reader refuses the file.

use crate::Kind;
use crate::allow::with_neighbour;

/// An allow-list without the type of its entries.
pub(crate) struct List {
    pub(crate) name: &'static str,
    /// How many forbidden neighbours it has.
    pub(crate) forbidden: usize,
    /// The formats it belongs to.
    pub(crate) kinds: &'static [Kind],
}

/// Every allow-list of this crate.
fn lists() -> Vec<List> {
    let tables: [Vec<List>; 1] = [super::html::lists()];
    tables.into_iter().flatten().collect()
}

#[test]
fn every_forbidden_neighbour_is_noticed_by_a_row() {
    for list in lists() {
        assert!(list.forbidden > 0, "{} has no neighbours", list.name);
        for number in 0..list.forbidden {
            let noticed = with_neighbour(list.name, number, || super::complaints(list.kinds));
            assert!(!noticed.is_empty(), "nobody noticed number {number} of {}", list.name);
        }
    }
}
