//! Pages, and what lies between them.

use super::checksum;
use crate::refusal::{Damage, Limit};
use crate::sound::{Bytes, tags};
use crate::{Category, Notes, Refusal};

/// The first bytes of each page, with the version.
const CAPTURE: &[u8] = b"OggS\0";
/// Where in a page its checksum stands.
const SUM: usize = 22;
/// Places between pages that look like a page and are none: some, in real files.
const MOST_FALSE: u32 = 1_000;

/// A page whose checksum was right.
pub(super) struct Page<'a> {
    /// It begins with the rest of a packet.
    pub(super) continued: bool,
    /// The first one of its stream.
    pub(super) first: bool,
    /// The last one of its stream.
    pub(super) last: bool,
    /// The position behind the last packet that ends here.
    pub(super) position: u64,
    /// The number of the stream.
    pub(super) serial: u32,
    sizes: &'a [u8],
    body: &'a [u8],
    length: usize,
}

impl<'a> Page<'a> {
    /// The packets of the page, and whether each of them ends here.
    pub(super) fn parts(&self) -> Vec<(&'a [u8], bool)> {
        let (mut parts, mut rest, mut length) = (Vec::new(), self.body, 0);
        for &size in self.sizes {
            length += usize::from(size);
            if size < 255 {
                let (part, after) = rest.split_at_checked(length).unwrap_or_default();
                parts.push((part, true));
                (rest, length) = (after, 0);
            }
        }
        if length > 0 {
            parts.push((rest, false));
        }
        parts
    }
}

/// Why no page begins at a place.
enum NoPage {
    /// Something else does.
    Other,
    /// It goes on behind the end of the file.
    Cut,
    /// Its checksum is wrong.
    Sum,
}

/// Walks over all pages of a file.
pub(super) struct Pages<'a> {
    rest: &'a [u8],
    false_ones: u32,
}

impl<'a> Pages<'a> {
    /// Starts behind the tags in front.
    pub(super) fn new(mut file: &'a [u8], notes: &mut Notes) -> Self {
        while let Some(length) = tags::pass(file, notes) {
            file = file.get(length..).unwrap_or_default();
        }
        Pages { rest: file, false_ones: 0 }
    }

    /// The next page. What is between pages is counted.
    pub(super) fn next(&mut self, notes: &mut Notes) -> Result<Option<Page<'a>>, Refusal> {
        match read(self.rest) {
            Ok((page, rest)) => {
                self.rest = rest;
                return Ok(Some(page));
            }
            // Some players would play it and some would not.
            Err(NoPage::Sum) => return Err(Refusal::Damaged(Damage::Length)),
            Err(NoPage::Cut | NoPage::Other) => {}
        }
        if self.rest.is_empty() {
            return Ok(None);
        }
        notes.found(Category::StrayBytes);
        let around = self.rest.get(1..).unwrap_or_default();
        for at in memchr::memmem::find_iter(around, CAPTURE) {
            let behind = around.get(at..).unwrap_or_default();
            if let Ok((page, rest)) = read(behind) {
                self.rest = rest;
                return Ok(Some(page));
            }
            self.false_ones += 1;
            if self.false_ones > MOST_FALSE {
                return Err(Refusal::Limit(Limit::Parts));
            }
        }
        self.rest = &[];
        Ok(None)
    }
}

/// Reads the page that begins here, and what follows it.
fn read(bytes: &[u8]) -> Result<(Page<'_>, &[u8]), NoPage> {
    if !bytes.starts_with(CAPTURE) {
        return Err(NoPage::Other);
    }
    let mut reader = Bytes::new(bytes);
    let (page, sum) = parts(&mut reader).map_err(|_| NoPage::Cut)?;
    let whole = bytes.get(..page.length).unwrap_or_default();
    let (before, behind) = whole.split_at_checked(SUM).unwrap_or_default();
    let found = checksum::of(&[0; 4], checksum::of(before, 0));
    if checksum::of(behind.get(4..).unwrap_or_default(), found) != sum {
        return Err(NoPage::Sum);
    }
    Ok((page, reader.rest()))
}

fn parts<'a>(bytes: &mut Bytes<'a>) -> Result<(Page<'a>, u32), Refusal> {
    let all = bytes.rest().len();
    bytes.take(CAPTURE.len())?;
    let flags = bytes.byte()?;
    let position = u64::from_le_bytes(bytes.array()?);
    let serial = bytes.u32_le()?;
    // Pages are counted, but taggers leave gaps in the count. No packet is missing unless
    // one is in two parts, and that is seen by the parts.
    bytes.take(4)?;
    let sum = bytes.u32_le()?;
    let count = bytes.byte()?;
    let sizes = bytes.take(usize::from(count))?;
    let body = bytes.take(sizes.iter().map(|&size| usize::from(size)).sum())?;
    let page = Page {
        continued: flags & 1 != 0,
        first: flags & 2 != 0,
        last: flags & 4 != 0,
        position,
        serial,
        sizes,
        body,
        length: all - bytes.rest().len(),
    };
    Ok((page, sum))
}
