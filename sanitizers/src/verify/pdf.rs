//! Reads a cleaned document a second time.
//!
//! Three readers look at it. The first knows only the layout we write and accounts
//! for every byte, so that nothing can lie between, before or behind the objects.
//! The second walks from the catalog and asks of each key, each text and each stream
//! whether it may be there. The third puts the copy beside the original and compares
//! page by page what is drawn, operator by operator, with everything that decides how
//! that looks: fonts and their encodings, pictures and their masks, colours, patterns,
//! gradients, layers.
//!
//! What shares code with the cleaner is the library that finds the objects in a file and
//! undoes predictors; every other decoder here is its own.

mod drawing;
mod fonts;
mod formats;
mod grammar;
mod lengths;
mod looks;
mod maps;
mod marks;
mod pages;
mod parts;
mod pictures;
mod programs;
#[cfg(test)]
mod tests;
mod unfold;
mod words;

use lopdf::{Document, LoadOptions};

use crate::{Limits, ReadSeek, Refusal};

/// Accepts only what we would write, and only if it shows what `original` shows.
pub(crate) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    check(original, clean, limits).ok_or(Refusal::Verification)
}

fn check(original: &mut dyn ReadSeek, clean: &[u8], limits: &Limits) -> Option<()> {
    let objects = grammar::read(clean)?;
    let count = parts::check(&objects, limits)?;
    drop(objects);
    let most = usize::try_from(limits.inflated_stream).ok()?;
    let options = |strict| LoadOptions {
        strict,
        max_decompressed_size: Some(most),
        ..LoadOptions::default()
    };
    let bytes = crate::read_all(original, limits).ok()?;
    let given = Document::load_mem_with_options(&bytes, options(false)).ok()?;
    // A document holds its streams once more.
    drop(bytes);
    let copy = Document::load_mem_with_options(clean, options(true)).ok()?;
    pages::compare(&given, &copy, count, limits)
}
