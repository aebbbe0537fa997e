//! Says whether a clean Ogg is one sound in canonical pages, and the sound of the original.
//!
//! The pages of the copy are walked first: one directly behind the other, numbered, with no
//! flag that could be another one. Then packets are gathered from both files, and those of
//! the sound must be the same, on the same pages at the same positions; only bytes that
//! fill an Opus packet may have become noughts. Of the headers each byte is asked for.
//! FLAC is handed on to its own second reader, which decodes it.

pub(super) mod opus;
mod pages;
pub(super) mod vorbis;

use std::io::Cursor;

use super::sound::{at, whole};
use crate::{Limits, ReadSeek, Refusal};
use pages::Stream;

/// Accepts `clean`, or says that it must not leave.
pub(crate) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    let original = whole(original, limits)?;
    let same = pages::are_canonical(clean) == Some(true)
        && pages::streams(&original)
            .zip(pages::streams(clean))
            .is_some_and(|(before, after)| are_same(&before, &after, limits) == Some(true));
    if same { Ok(()) } else { Err(Refusal::Verification) }
}

fn are_same(before: &[Stream], after: &[Stream], limits: &Limits) -> Option<bool> {
    let mark = |stream: &Stream| stream.packets.first().and_then(|p| Some(p.get(..5)?.to_vec()));
    let first = mark(after.first()?)?;
    let mut pairs = before.iter().zip(after);
    let same = pairs.all(|(before, after)| {
        mark(after).as_ref() == Some(&first) && is_same(before, after, limits) == Some(true)
    });
    Some(same && before.len() == after.len())
}

fn is_same(before: &Stream, after: &Stream, limits: &Limits) -> Option<bool> {
    let first = after.packets.first()?;
    if first.starts_with(b"\x7FFLAC") {
        return is_same_flac(before, after, limits);
    }
    let opus = first.starts_with(b"OpusHead");
    let headers = if opus { 2 } else { 3 };
    let (old, old_sound) = before.packets.split_at_checked(headers)?;
    let (new, new_sound) = after.packets.split_at_checked(headers)?;
    let heads = if opus { opus::is_head(old, new) } else { vorbis::is_head(old, new) };
    let streams = if opus { opus::streams(first) } else { 0 };
    let is_packet = |(old, new): (&Vec<u8>, &Vec<u8>)| {
        if opus { opus::is_emptied(old, new, streams) } else { old == new }
    };
    Some(
        heads == Some(true)
            && !new_sound.is_empty()
            && old_sound.len() == new_sound.len()
            && old_sound.iter().zip(new_sound).all(is_packet)
            && before.pages_behind(headers) == after.pages_behind(headers),
    )
}

/// Puts both together as they would be outside of Ogg.
fn is_same_flac(before: &Stream, after: &Stream, limits: &Limits) -> Option<bool> {
    let first = after.packets.first()?;
    let comments = after.packets.get(1)?;
    let bare = [0x84, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0];
    let mut clean = first.get(9..)?.to_vec();
    if *comments == bare {
        // Alone it has no block for comments, and says that there is none.
        *clean.get_mut(4)? = 0x80;
    } else {
        clean.extend(comments);
    }
    clean.extend(after.packets.get(2..)?.concat());
    let mut original = before.packets.first()?.get(9..)?.to_vec();
    original.extend(before.packets.get(1..)?.concat());
    let headers = before.packets.iter().position(|packet| packet.first() == Some(&0xFF))?;
    let sound = super::flac::verify(&mut Cursor::new(&original), &clean, limits);
    Some(
        at(first, 0, 9)? == b"\x7FFLAC\x01\0\0\x01"
            && first.len() == 9 + 4 + 4 + 34
            && first.get(13) == Some(&0)
            && sound.is_ok()
            && before.packets.get(headers..) == after.packets.get(2..)
            && before.pages_behind(headers) == after.pages_behind(2),
    )
}

#[cfg(test)]
mod tests;
