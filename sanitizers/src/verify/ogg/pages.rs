//! Pages and packets, read a second time.

use crate::verify::sound::{at, le32};

/// Bytes of a page before its table of sizes.
const HEAD: usize = 27;
/// The position of a page that says none.
const NOWHERE: u64 = u64::MAX;

/// A page, by numbers.
struct Page<'a> {
    flags: u8,
    position: u64,
    serial: u32,
    number: u32,
    sizes: &'a [u8],
    body: &'a [u8],
    end: usize,
}

/// The end of a page: packets that are complete, bytes of the next one, and the position if
/// a packet ends on that page.
type End = (usize, usize, Option<u64>);

/// One sound.
#[derive(Default)]
pub(super) struct Stream {
    serial: u32,
    pub(super) packets: Vec<Vec<u8>>,
    ends: Vec<End>,
    rest: Vec<u8>,
}

/// Shifts the whole page, bit by bit of each byte, through the sum of 32 bits.
fn sum(page: &[u8]) -> u32 {
    let mut sum = 0_u32;
    for (place, &byte) in page.iter().enumerate() {
        let byte = if (22..26).contains(&place) { 0 } else { byte };
        sum ^= u32::from(byte) << 24;
        for _ in 0..8 {
            let carry = (sum >> 31) * 0x04C1_1DB7;
            sum = sum << 1 ^ carry;
        }
    }
    sum
}

/// The page at a place, if there is one and its sum is right.
fn page(file: &[u8], place: usize) -> Option<Page<'_>> {
    let head = at(file, place, HEAD)?;
    if !head.starts_with(b"OggS\0") {
        return None;
    }
    let table = place + HEAD;
    let sizes = at(file, table, usize::from(*head.get(26)?))?;
    let body = at(file, table + sizes.len(), sizes.iter().map(|&size| usize::from(size)).sum())?;
    let end = table + sizes.len() + body.len();
    (sum(file.get(place..end)?) == le32(head, 22)?).then_some(Page {
        flags: *head.get(5)?,
        position: u64::from_le_bytes(at(head, 6, 8)?.try_into().ok()?),
        serial: le32(head, 14)?,
        number: le32(head, 18)?,
        sizes,
        body,
        end,
    })
}

/// Whether a file is nothing but pages as they are written here.
pub(super) fn are_canonical(file: &[u8]) -> Option<bool> {
    let (mut place, mut serial, mut number) = (0, 0, 0);
    let (mut open, mut ended, mut last) = (false, true, 0);
    while place < file.len() {
        let page = page(file, place)?;
        if ended {
            (serial, number, last) = (serial + 1, 0, 0);
        }
        let completes = page.sizes.iter().any(|&size| size < 255);
        let flags = u8::from(open) | if number == 0 { 2 } else { 0 };
        ended = page.flags & 4 != 0;
        let right = page.flags & !4 == flags
            && (page.serial, page.number) == (serial, number)
            && !page.sizes.is_empty()
            && (completes || page.position == NOWHERE)
            && (page.position == NOWHERE || page.position >= last);
        open = page.sizes.last() == Some(&255);
        // A stream begins with one packet alone, and ends with a whole one.
        let one = page.sizes.iter().filter(|&&size| size < 255).count() == 1 && !open;
        let alone = number > 0 || (one && page.position == 0);
        if !right || !alone || (ended && open) {
            return Some(false);
        }
        last = if page.position == NOWHERE { last } else { page.position };
        (place, number) = (page.end, number + 1);
    }
    Some(ended && serial > 0)
}

/// The sound of each recording in a file, which may have anything between its pages.
pub(super) fn streams(file: &[u8]) -> Option<Vec<Stream>> {
    let (mut all, mut place) = (Vec::<Stream>::new(), 0);
    let (mut behind_heads, mut heard) = (true, false);
    while let Some(next) = memchr::memmem::find(file.get(place..)?, b"OggS") {
        place += next;
        let Some(page) = page(file, place) else {
            place += 1;
            continue;
        };
        place = page.end;
        let first = page.flags & 2 != 0;
        let sound = ["\u{1}vorbis", "OpusHead", "\u{7F}FLAC"];
        heard &= !(first && behind_heads);
        if first && sound.iter().any(|mark| page.body.starts_with(mark.as_bytes())) {
            if std::mem::replace(&mut heard, true) {
                // Two at once: one of them would not be heard any more.
                return None;
            }
            all.push(Stream { serial: page.serial, ..Stream::default() });
        }
        behind_heads = !first;
        let Some(stream) = all.last_mut().filter(|stream| stream.serial == page.serial) else {
            continue;
        };
        stream.add(&page);
    }
    all.iter_mut().for_each(Stream::forget);
    Some(all)
}

impl Stream {
    fn add(&mut self, page: &Page) {
        let mut skipping = page.flags & 1 != 0 && self.rest.is_empty();
        if page.flags & 1 == 0 {
            self.forget();
        }
        let (mut body, mut completes) = (page.body, false);
        for &size in page.sizes {
            let (part, rest) = body.split_at_checked(usize::from(size)).unwrap_or_default();
            body = rest;
            if !skipping {
                self.rest.extend(part);
            }
            if size == 255 {
                continue;
            }
            if !skipping {
                completes = true;
                self.packets.push(std::mem::take(&mut self.rest));
            }
            skipping = false;
        }
        let end = (self.packets.len(), self.rest.len());
        if completes || (end.1 > 0 && !page.sizes.is_empty()) {
            self.ends.push((end.0, end.1, completes.then_some(page.position)));
        }
    }

    /// Leaves out a packet that never ends, and ends the page before it.
    fn forget(&mut self) {
        if std::mem::take(&mut self.rest).is_empty() {
            return;
        }
        while let Some((packets, bytes, position)) = self.ends.pop() {
            if bytes == 0 || position.is_some() {
                self.ends.push((packets, 0, position));
                break;
            }
        }
    }

    /// Where pages end behind the headers, counted from there.
    pub(super) fn pages_behind(&self, headers: usize) -> Vec<End> {
        let sound = self.ends.iter().filter(|end| (end.0, end.1) > (headers, 0));
        sound.map(|&(packets, bytes, position)| (packets - headers, bytes, position)).collect()
    }
}
