//! Opus: its headers, and which bytes of a packet are filling, read a second time.

use crate::verify::sound::{at, le32};

/// Whether the headers of the copy are those of the original, without words.
pub(super) fn is_head(old: &[Vec<u8>], new: &[Vec<u8>]) -> Option<bool> {
    let ([old, _], [new, comments]) = (old, new) else { return Some(false) };
    Some(comments.as_slice() == b"OpusTags\0\0\0\0\0\0\0\0" && is_first(old, new)?)
}

/// Whether the first header is as it must be.
pub(in crate::verify) fn is_first(old: &[u8], new: &[u8]) -> Option<bool> {
    let usual = [8, 12, 16, 24, 32, 48].map(|thousand| thousand * 1_000);
    let (before, after) = (le32(old, 12)?, le32(new, 12)?);
    let rate = before == after && (usual.contains(&after) || after == 44_100);
    let table = if *new.get(18)? == 0 { 0 } else { 2 + usize::from(*new.get(9)?) };
    Some(
        at(new, 0, 9)? == b"OpusHead\x01"
            && old.len() == 19 + table
            && at(old, 9, 3)? == at(new, 9, 3)?
            && (rate || after == 48_000)
            && old.get(16..)? == new.get(16..)?
            && matches!(new.get(18)?, 0..=2 | 255),
    )
}

/// Streams in each packet.
pub(in crate::verify) fn streams(head: &[u8]) -> u8 {
    if head.get(18) == Some(&0) { 1 } else { head.get(19).copied().unwrap_or(0) }
}

/// Whether a packet is the same but for its filling, which is noughts.
pub(in crate::verify) fn is_emptied(old: &[u8], new: &[u8], streams: u8) -> bool {
    let Some(filled) = filled(new, streams) else { return false };
    old.len() == new.len()
        && old.iter().zip(new).zip(filled).all(
            |((old, new), is_filling)| {
                if is_filling { *new == 0 } else { old == new }
            },
        )
}

/// For each byte of a packet, whether it is filling, or follows the bits of a silent frame.
fn filled(packet: &[u8], streams: u8) -> Option<Vec<bool>> {
    let mut marks = vec![false; packet.len()];
    let mut place = 0;
    for stream in 1..=streams {
        let music = *packet.get(place)? > 127;
        let (head, frames, filling) = stream_of(packet.get(place..)?, stream == streams)?;
        place = place.checked_add(head)?;
        for frame in frames {
            let silent = frame > 2 && matches!(at(packet, place, 2)?, [255, 254 | 255]);
            if music && silent {
                marks.get_mut(place + 2..place + frame)?.fill(true);
            }
            place = place.checked_add(frame)?;
        }
        marks.get_mut(place..place.checked_add(filling)?)?.fill(true);
        place += filling;
    }
    (place == packet.len()).then_some(marks)
}

/// Of the packet of one stream, bytes of its head, of each frame, and of filling.
fn stream_of(packet: &[u8], is_last: bool) -> Option<(usize, Vec<usize>, usize)> {
    let (shape, second) = (packet.first()? & 3, packet.get(1).copied().unwrap_or(0));
    let mut head = 1;
    let (count, varying) = match shape {
        0 => (1, false),
        1 => (2, false),
        2 => (2, true),
        _ => (usize::from(second & 63), second > 127),
    };
    let mut filling = 0;
    if shape == 3 {
        head = 2;
        let mut more = second & 64 != 0;
        while more {
            let count = *packet.get(head)?;
            more = count == 255;
            filling += usize::from(if more { 254 } else { count });
            head += 1;
        }
    }
    // The sizes that are written down.
    let written = match (varying, is_last) {
        (true, true) => count.checked_sub(1)?,
        (true, false) => count,
        (false, true) => 0,
        (false, false) => 1,
    };
    let mut frames = Vec::new();
    for _ in 0..written {
        let first = usize::from(*packet.get(head)?);
        let long = first > 251;
        let size = first + if long { 4 * usize::from(*packet.get(head + 1)?) } else { 0 };
        head += 1 + usize::from(long);
        frames.push(size);
    }
    match (varying, is_last) {
        (true, true) => {
            let others = head + filling + frames.iter().sum::<usize>();
            frames.push(packet.len().checked_sub(others)?);
        }
        (false, true) => {
            let all = packet.len().checked_sub(head + filling)?;
            (count > 0 && all.is_multiple_of(count)).then_some(())?;
            frames = vec![all / count; count];
        }
        (false, false) => frames = vec![*frames.first()?; count],
        (true, false) => {}
    }
    Some((head, frames, filling))
}
