//! The blocks of a clean copy: nothing but what the allow-list names, in one order.

/// One picture.
pub(super) struct Frame<'a> {
    /// Flags, duration, transparent number.
    pub(super) control: Option<&'a [u8; 4]>,
    pub(super) place: [u16; 4],
    pub(super) interlaced: bool,
    pub(super) table: Option<&'a [[u8; 3]]>,
    pub(super) bits: u8,
    pub(super) coded: Vec<u8>,
}

impl Frame<'_> {
    pub(super) fn transparent(&self) -> Option<u8> {
        self.control.filter(|control| control[0] & 1 == 1).map(|control| control[3])
    }
}

/// A clean copy whose blocks are canonical.
pub(super) struct Clean<'a> {
    pub(super) width: u16,
    pub(super) height: u16,
    pub(super) background: u8,
    pub(super) table: Option<&'a [[u8; 3]]>,
    pub(super) repetitions: Option<u16>,
    pub(super) frames: Vec<Frame<'a>>,
}

impl<'a> Clean<'a> {
    /// Walks over the whole file.
    pub(super) fn read(file: &'a [u8]) -> Option<Self> {
        let rest = file.strip_prefix(b"GIF89a")?;
        let (&[w0, w1, h0, h1, flags, background, 0], mut rest) = rest.split_first_chunk()? else {
            return None;
        };
        let table = match flags {
            0x70 => None,
            0xF0..=0xF7 => Some(cut_table(&mut rest, flags)?),
            _ => return None,
        };
        let mut repetitions = None;
        if let Some(after) = rest.strip_prefix(b"\x21\xFF\x0BNETSCAPE2.0\x03\x01") {
            let (&[low, high, 0], after) = after.split_first_chunk()? else { return None };
            repetitions = Some(u16::from_le_bytes([low, high]));
            rest = after;
        }
        let mut frames = Vec::new();
        while rest != [0x3B] {
            frames.push(frame(&mut rest)?);
        }
        let (width, height) = (u16::from_le_bytes([w0, w1]), u16::from_le_bytes([h0, h1]));
        (!frames.is_empty()).then_some(())?;
        Some(Clean { width, height, background, table, repetitions, frames })
    }

    /// Whether the first picture leaves nothing of the background to be seen.
    pub(super) fn first_covers(&self) -> bool {
        self.frames.first().is_some_and(|frame| {
            let [left, top, width, height] = frame.place;
            left == 0
                && top == 0
                && width >= self.width
                && height >= self.height
                && frame.transparent().is_none()
        })
    }
}

fn cut_table<'a>(rest: &mut &'a [u8], flags: u8) -> Option<&'a [[u8; 3]]> {
    let (table, after) = rest.split_at_checked(6 << (flags & 7))?;
    *rest = after;
    Some(table.as_chunks().0)
}

fn frame<'a>(rest: &mut &'a [u8]) -> Option<Frame<'a>> {
    let mut control = None;
    if let Some(after) = rest.strip_prefix(b"\x21\xF9\x04") {
        let (content, after) = after.split_first_chunk::<4>()?;
        (content[0] & 0b1110_0010 == 0).then_some(())?;
        control = Some(content);
        *rest = after.strip_prefix(&[0])?;
    }
    let (place, after) = rest.strip_prefix(&[0x2C])?.split_first_chunk::<8>()?;
    let place: [u16; 4] = std::array::from_fn(|number| {
        place.as_chunks().0.get(number).map_or(0, |pair| u16::from_le_bytes(*pair))
    });
    let (&flags, mut after) = after.split_first()?;
    let table = match flags & !0x40 {
        0 => None,
        0x80..=0x87 => Some(cut_table(&mut after, flags)?),
        _ => return None,
    };
    let (&bits, after) = after.split_first()?;
    *rest = after;
    let coded = data(rest)?;
    Some(Frame { control, place, interlaced: flags & 0x40 != 0, table, bits, coded })
}

/// Puts the data together; every part but the last is as long as it can be.
fn data(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    let mut short = false;
    loop {
        let (&length, after) = rest.split_first()?;
        let (part, after) = after.split_at_checked(usize::from(length))?;
        *rest = after;
        if length == 0 {
            return Some(whole);
        }
        (!short).then_some(())?;
        short = length < 255;
        whole.extend(part);
    }
}
