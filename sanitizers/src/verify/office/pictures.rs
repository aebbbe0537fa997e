//! Pictures of the copy beside those of the original, in the order in which they are shown.

use std::collections::BTreeSet;
use std::io::Cursor;

use super::package::Package;
use super::shown::Shown;
use crate::verify::verify_inside;
use crate::{Kind, Limits, kind, pixels};

/// What stands where no program shows a picture: one grey pixel.
const GREY: &[u8] = include_bytes!("../../office/placeholder.png");

/// Formats that must not get lost on the way.
const CLEANED: [Kind; 5] = [Kind::Jpeg, Kind::Png, Kind::Gif, Kind::Tiff, Kind::Bmp];

/// Whether each picture of the copy is the clean form of the next one of the original.
pub(super) fn agree(
    original: &mut Package<'_>,
    old: &Shown,
    clean: &mut Package<'_>,
    new: &Shown,
    limits: &Limits,
) -> Option<()> {
    let mut known = BTreeSet::new();
    let mut left = new.pictures.iter().peekable();
    for before in &old.pictures {
        let after = left.peek().copied();
        if after.is_some_and(|after| known.contains(&(before, after))) {
            left.next();
            continue;
        }
        let Some(dirty) = original.read(before) else { continue };
        let matches = match after {
            Some(after) => {
                let picture = clean.read(after)?;
                let is_lost = || picture == GREY && !pixels::are_shown(&dirty, &CLEANED, limits);
                verify_inside(&dirty, &picture, limits).is_ok() || is_lost()
            }
            None => false,
        };
        if matches {
            known.insert((before, left.next()?));
        } else if !old.of_lists.contains(before) && is_cleaned(&dirty) {
            return None;
        }
    }
    left.next().is_none().then_some(())
}

fn is_cleaned(picture: &[u8]) -> bool {
    kind::recognise(&mut Cursor::new(picture)).is_ok_and(|kind| CLEANED.contains(&kind))
}
