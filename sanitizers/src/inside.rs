//! Files inside of files: pictures in a document, members of an archive.
//!
//! They are cleaned by the same cleaners as files that come alone, with what is left of
//! the limits of the whole.

use std::io::Cursor;

use crate::refusal::Limit;
use crate::{Formats, Kind, Limits, Notes, Refusal, kind, pixels};

/// Cleans a file that was found inside another one.
///
/// `limits` are those of the file around it, from which what was unfolded so far is
/// already taken: see [`Limits::inside`]. The copy is *not* verified here: the verifier of
/// the file around it finds both by itself.
pub(crate) fn clean(
    bytes: &[u8],
    limits: &Limits,
    notes: &mut Notes,
) -> Result<(Kind, Vec<u8>), Refusal> {
    let limits = limits.inside().ok_or(Refusal::Limit(Limit::Depth))?;
    let source = &mut Cursor::new(bytes);
    let copy = crate::clean(kind::recognise(source)?, source, &limits, notes)?;
    Ok((copy.kind(), copy.into_bytes(source)?))
}

/// Cleans a picture that a document shows: one that is among `allowed`.
///
/// Which formats a site takes is said of files that come by themselves: a document whose
/// pictures are left out because of that would be damaged. None for what no program shows
/// either; a picture that can be shown and not be cleaned is a refusal of the document, for
/// the person would send it without what it proves.
pub(crate) fn picture(
    bytes: &[u8],
    allowed: &[Kind],
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Option<(Kind, Vec<u8>)>, Refusal> {
    let limits = Limits { formats: Formats::ALL, ..*limits };
    match clean(bytes, &limits, notes) {
        Ok((kind, copy)) if allowed.contains(&kind) => Ok(Some((kind, copy))),
        Err(refusal @ (Refusal::Limit(_) | Refusal::Internal)) => Err(refusal),
        Err(refusal) if pixels::are_shown(bytes, allowed, &limits) => Err(refusal),
        Ok(_) | Err(_) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jpeg::sample;

    fn outcome(bytes: &[u8], limits: &Limits) -> Result<Option<Kind>, Refusal> {
        let found = picture(bytes, &[Kind::Jpeg], limits, &mut Notes::default())?;
        Ok(found.map(|(kind, _)| kind))
    }

    #[test]
    fn a_picture_stays_in_its_document_whatever_a_site_takes() {
        let limits = Limits { formats: Formats::of(&[Kind::Docx]), ..Limits::default() };
        assert_eq!(outcome(&sample::photo(), &limits), Ok(Some(Kind::Jpeg)));
    }

    #[test]
    fn what_no_program_shows_is_no_picture() {
        for none in [&b"no picture"[..], b"", &sample::photo()[..40]] {
            assert_eq!(outcome(none, &Limits::default()), Ok(None));
        }
    }

    #[test]
    fn a_picture_that_is_shown_and_not_cleaned_refuses_its_document() {
        let photo = sample::photo();
        // The end of the picture is missing, and decoders show it all the same.
        let open = &photo[..photo.len() - 2];
        assert!(pixels::are_shown(open, &[Kind::Jpeg], &Limits::default()));
        assert!(outcome(open, &Limits::default()).is_err());
        let nested = Limits { nesting: 0, ..Limits::default() };
        assert_eq!(outcome(&photo, &nested), Err(Refusal::Limit(Limit::Depth)));
    }
}
