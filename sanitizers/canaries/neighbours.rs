//! Proves that the canary table watches over the allow-lists.
//!
//! Each forbidden neighbour of each list is let in, and a row of its formats must notice:
//! the token survives, or the second reader refuses the file.

use crate::Kind;
use crate::allow::with_neighbour;
use crate::pdf::let_in as pdf;

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
    let tables = [
        sound(),
        super::gif::lists(),
        super::heif::lists(),
        super::jxl::lists(),
        super::webp::lists(),
        super::html::lists(),
        super::docx::lists(),
        super::xlsx::lists(),
        super::pptx::lists(),
        super::opendocument::lists(),
        super::tiff::lists(),
        super::svg::lists(),
        super::mail::lists(),
        super::jpeg::lists(),
        super::png::lists(),
        super::film::lists(),
        super::matroska::lists(),
    ];
    tables.into_iter().flatten().collect()
}

/// The lists of the sound formats.
fn sound() -> Vec<List> {
    vec![
        list(&crate::wav::CHUNKS, &[Kind::Wav]),
        list(&crate::wav::CODINGS, &[Kind::Wav]),
        list(&crate::aiff::CHUNKS, &[Kind::Aiff]),
        list(&crate::flac::BLOCKS, &[Kind::Flac]),
        list(&crate::ogg::CODINGS, &[Kind::Ogg]),
    ]
}

pub(super) fn list<T>(list: &crate::allow::AllowList<T>, kinds: &'static [Kind]) -> List {
    List { name: list.name, forbidden: list.forbidden.len(), kinds }
}

#[test]
fn every_forbidden_neighbour_is_noticed_by_a_row() {
    for list in lists() {
        assert!(list.forbidden > 0, "{} has no neighbours", list.name);
        for number in 0..list.forbidden {
            let noticed = with_neighbour(list.name, number, || super::any_complaint(list.kinds));
            assert!(noticed, "nobody noticed number {number} of {}", list.name);
        }
    }
}

#[test]
fn every_key_that_is_removed_from_documents_is_noticed_by_a_row() {
    let (name, count) = pdf::list();
    let notices =
        |number: &usize| with_neighbour(name, *number, || super::any_complaint(&[Kind::Pdf]));
    let unnoticed: Vec<String> =
        (0..count).filter(|number| !notices(number)).map(pdf::describe).collect();
    assert!(unnoticed.is_empty(), "{}", unnoticed.join("\n"));
}
