//! Says whether a Word document, an Excel workbook or a `PowerPoint` presentation is in our
//! form and shows what the original shows.
//!
//! The package is opened by the crate `zip` and its XML read by `roxmltree`; the cleaner has
//! its own reader of archives and `quick-xml`. First the copy alone: every byte of the
//! archive, the list of types, relationships that stay inside, parts that are reached and of
//! a known type, the spelling of the XML, names that may never come out, values that look
//! like a path, an address or a number made up for one file, formulas that call out. Then
//! both: the words that people see, in their order, cells with their values and formats, and
//! every picture beside the one it was made of.
//!
//! Not compared: how things look, and words in frames of layouts that only say what to type.
//! Blanks count as one blank. A grey picture of one pixel may stand for any picture.

mod documents;
mod fields;
mod form;
mod formulas;
mod hidden;
mod merged;
mod names;
mod package;
mod pictures;
mod places;
mod sheets;
mod shown;
mod slides;
mod spelling;
#[cfg(test)]
mod tests;
mod xml;

use std::io::Cursor;

use crate::{Kind, Limits, ReadSeek, Refusal};
use package::Package;

/// Accepts the copy, or says that it must not leave.
pub(super) fn verify(
    kind: Kind,
    original: &mut dyn ReadSeek,
    copy: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    accepted(kind, original, copy, limits).ok_or(Refusal::Verification)
}

fn accepted(kind: Kind, original: &mut dyn ReadSeek, copy: &[u8], limits: &Limits) -> Option<()> {
    let parts = form::parts(kind, copy)?;
    let clean = &mut Cursor::new(copy);
    let mut clean = Package::open(clean, limits)?;
    let mut original = Package::open(original, limits)?;
    let [old, new] = match kind {
        Kind::Docx => [documents::shown(&mut original)?, documents::shown(&mut clean)?],
        Kind::Pptx => [slides::shown(&mut original)?, slides::shown(&mut clean)?],
        Kind::Xlsx => {
            let (old, new) = (sheets::read(&mut original)?, sheets::read(&mut clean)?);
            sheets::agree(&old, &new)?;
            [old.around, new.around]
        }
        _ => return None,
    };
    (plain(&old.words) == plain(&new.words) && !new.hides).then_some(())?;
    let is_seen = |part: &form::Part| !part.is_shown || new.seen.contains(&part.name);
    parts.iter().all(is_seen).then_some(())?;
    pictures::agree(&mut original, &old, &mut clean, &new, limits)?;
    let is_compared = |part: &form::Part| !part.is_media || new.pictures.contains(&part.name);
    parts.iter().all(is_compared).then_some(())
}

/// Words with one blank between them.
fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
