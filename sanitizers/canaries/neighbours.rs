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
    let tables = [sound(), super::gif::lists(), super::webp::lists(), super::html::lists()];
    tables.into_iter().flatten().collect()
}

/// The lists of the sound formats.
fn sound() -> Vec<List> {
    vec![
        list(&crate::wav::CHUNKS, &[Kind::Wav]),
        list(&crate::wav::CODINGS, &[Kind::Wav]),
        list(&crate::aiff::CHUNKS, &[Kind::Aiff]),
        list(&crate::flac::BLOCKS, &[Kind::Flac]),
    ]
}

fn list<T>(list: &crate::allow::AllowList<T>, kinds: &'static [Kind]) -> List {
    List { name: list.name, forbidden: list.forbidden.len(), kinds }
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
