//! The blocks of metadata before the first frame.

use super::{BLOCKS, speakers};
use crate::refusal::{Damage, Limit};
use crate::sound::{Bytes, tags};
use crate::{Category, Limits, Notes, Refusal};

pub(super) const STREAMINFO: u8 = 0;
pub(super) const PADDING: u8 = 1;
pub(super) const APPLICATION: u8 = 2;
pub(super) const SEEKTABLE: u8 = 3;
pub(super) const COMMENT: u8 = 4;
pub(super) const CUESHEET: u8 = 5;
pub(super) const PICTURE: u8 = 6;

/// The block is the last one.
const LAST: u8 = 0x80;
/// Comments that are looked at one by one; real files have some dozens.
const MOST_COMMENTS: u32 = 1_000;

/// What was found in the blocks.
pub(super) struct Blocks<'a> {
    /// The content of `STREAMINFO`.
    pub(super) info: &'a [u8],
    /// Speakers that a comment names.
    pub(super) speakers: Option<u32>,
    /// Other blocks on the allow-list.
    pub(super) others: Vec<(u8, Vec<u8>)>,
}

/// Reads all blocks; what is not on the allow-list is counted.
pub(super) fn read<'a>(
    bytes: &mut Bytes<'a>,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Blocks<'a>, Refusal> {
    let (mut info, mut speakers, mut others) = (None, None, Vec::new());
    for number in 0..limits.segments {
        let [kind, l0, l1, l2] = bytes.array()?;
        let data = bytes.take(u32::from_be_bytes([0, l0, l1, l2]) as usize)?;
        match kind & !LAST {
            STREAMINFO if number == 0 => info = Some(data),
            kind if BLOCKS.allows(&kind) && kind != STREAMINFO => {
                others.push((kind, data.to_vec()));
            }
            COMMENT => speakers = comments(data, notes).or(speakers),
            kind => dropped(kind, data, notes),
        }
        if kind & LAST != 0 {
            let info = info.ok_or(Refusal::Damaged(Damage::Missing))?;
            return Ok(Blocks { info, speakers, others });
        }
    }
    Err(Refusal::Limit(Limit::Parts))
}

/// Appends blocks; the last one says so.
pub(super) fn write(blocks: &[(u8, Vec<u8>)], file: &mut Vec<u8>) -> Result<(), Refusal> {
    for (at, (kind, data)) in blocks.iter().enumerate() {
        let length = u32::try_from(data.len()).map_err(|_| Refusal::Internal)?;
        file.push(if at + 1 == blocks.len() { kind | LAST } else { *kind });
        file.extend(length.to_be_bytes().into_iter().skip(1));
        file.extend(data);
    }
    Ok(())
}

fn dropped(kind: u8, data: &[u8], notes: &mut Notes) {
    let category = match kind {
        PADDING if data.iter().all(|&byte| byte == 0) => return,
        // What an editor made shorter is still there.
        PADDING => Category::History,
        APPLICATION => Category::Software,
        CUESHEET => Category::Identifiers,
        PICTURE => Category::HiddenPictures,
        _ => Category::Other,
    };
    notes.found(category);
}

/// Counts comments. Returns the speakers that one of them names.
pub(crate) fn comments(data: &[u8], notes: &mut Notes) -> Option<u32> {
    let mut found = None;
    let mut only_ours = true;
    each(data, |comment| {
        let cut = comment.iter().position(|&byte| byte == b'=').unwrap_or(comment.len());
        let (name, value) = comment.split_at_checked(cut).unwrap_or_default();
        if name.eq_ignore_ascii_case(speakers::NAME) {
            found = speakers::read(value.get(1..).unwrap_or_default());
        } else {
            only_ours = false;
            tags::note_field(name, notes);
        }
    });
    let bare = found.is_some_and(|speakers| speakers::comment(speakers) == data);
    if !(only_ours && (bare || data == [0; 8])) {
        // The vendor, and whatever could not be read.
        notes.found(Category::Software);
    }
    found
}

/// Visits each comment as far as they can be read.
fn each(data: &[u8], mut visit: impl FnMut(&[u8])) {
    let mut bytes = Bytes::new(data);
    let all = bytes.u32_le().and_then(|vendor| bytes.take(vendor as usize));
    let Ok(count) = all.and_then(|_| bytes.u32_le()) else { return };
    for _ in 0..count.min(MOST_COMMENTS) {
        let comment = bytes.u32_le().and_then(|length| bytes.take(length as usize));
        let Ok(comment) = comment else { return };
        visit(comment);
    }
}
