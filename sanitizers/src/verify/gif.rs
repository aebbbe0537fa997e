//! Says whether a clean GIF is canonical and shows what the original shows.
//!
//! The clean copy is walked here by its own rules. The original is taken apart by the
//! `gif` crate, and the pixels of both are unfolded by `weezl`. They are folded again: the
//! copy must have the very bytes that come out, so that no choice of the encoder is left.

mod container;

use std::io::{Read, SeekFrom};

use gif::{DisposalMethod, MemoryLimit, Repeat};
use weezl::BitOrder;

use super::lzw;
use crate::{Limits, ReadSeek, Refusal};
use container::{Clean, Frame};

type Original<'a> = ::gif::Decoder<&'a [u8]>;

/// Accepts `clean`, or says that it must not leave.
pub(crate) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    original.seek(SeekFrom::Start(0)).map_err(|_| Refusal::Internal)?;
    let mut bytes = Vec::new();
    original.take(limits.input_bytes).read_to_end(&mut bytes).map_err(|_| Refusal::Internal)?;
    check(&bytes, clean, limits).ok_or(Refusal::Verification)
}

fn check(bytes: &[u8], clean: &[u8], limits: &Limits) -> Option<()> {
    let clean = Clean::read(clean)?;
    let mut options = ::gif::DecodeOptions::new();
    options.skip_frame_decoding(true);
    options.allow_unknown_blocks(true);
    options.set_memory_limit(MemoryLimit::Bytes(limits.pixels.try_into().ok()?));
    let mut original = options.read_info(bytes).ok()?;
    (original.width() == clean.width && original.height() == clean.height).then_some(())?;
    repetitions(&original, bytes, &clean)?;
    let mut shared = Seen::nothing();
    let mut background = !clean.first_covers();
    for frame in &clean.frames {
        let colours = original.global_palette().map(<[u8]>::to_vec);
        let shown = original.read_next_frame().ok()??;
        background |= frame.control.is_some_and(|control| control[0] >> 2 == 2);
        let alone = clean.frames.len() == 1;
        let mut own = Seen::nothing();
        let seen = if frame.table.is_some() { &mut own } else { &mut shared };
        let mut pixels = [false; 256];
        same_pixels(shown, frame, limits, &mut pixels)?;
        same_control(shown, frame, alone, &pixels)?;
        seen.add(&pixels, frame.transparent());
        (shown.palette.is_some() == frame.table.is_some()).then_some(())?;
        let table = frame.table.or(clean.table)?;
        let original = shown.palette.as_deref().or(colours.as_deref())?;
        same_colours(original, table, &pixels, frame.transparent())?;
        if let Some(table) = frame.table {
            own.fits(table).then_some(())?;
        }
    }
    original.read_next_frame().ok()?.is_none().then_some(())?;
    same_background(&original, &clean, background, &mut shared)
}

/// How often an animation plays. The crate reads the number in front of the first frame;
/// elsewhere it must at least be in the file.
fn repetitions(original: &Original, bytes: &[u8], clean: &Clean) -> Option<()> {
    if clean.frames.len() == 1 {
        return clean.repetitions.is_none().then_some(());
    }
    let says = |number: Option<u16>| {
        [b"NETSCAPE2.0", b"ANIMEXTS1.0"].iter().any(|name| {
            let number = number.map(u16::to_le_bytes);
            let block = [&name[..], b"\x03\x01", number.as_ref().map_or(&[][..], |n| n)].concat();
            memchr::memmem::find(bytes, &block).is_some()
        })
    };
    let same = match (original.repeat(), clean.repetitions) {
        (Repeat::Infinite, Some(0)) => true,
        (Repeat::Finite(number @ 1..), Some(other)) => number == other,
        (Repeat::Finite(0), None) => !says(None),
        (Repeat::Finite(0), Some(number)) => says(Some(number)),
        _ => false,
    };
    same.then_some(())
}

/// Whether both unfold to the same pixels, and the copy is folded in the one way. Marks the
/// numbers of colours that are used.
fn same_pixels(
    original: &::gif::Frame,
    clean: &Frame,
    limits: &Limits,
    used: &mut [bool; 256],
) -> Option<()> {
    let place = [original.left, original.top, original.width, original.height];
    (place == clean.place && original.interlaced == clean.interlaced).then_some(())?;
    let count = u64::from(original.width) * u64::from(original.height);
    let count = usize::try_from(Some(count).filter(|count| *count <= limits.pixels)?).ok()?;
    let (&bits, coded) = original.buffer.split_first()?;
    let pixels = unfold(bits, coded, count)?;
    let same = unfold(clean.bits, &clean.coded, count)? == pixels;
    let mut largest = 0;
    for &pixel in &pixels {
        *used.get_mut(usize::from(pixel))? = true;
        largest = largest.max(pixel);
    }
    let fewest = (u8::BITS - largest.leading_zeros()).max(2);
    let folded = lzw::fold(&pixels, fewest, false);
    (same && u32::from(clean.bits) == fewest && folded == clean.coded).then_some(())
}

fn unfold(bits: u8, coded: &[u8], count: usize) -> Option<Vec<u8>> {
    (2..=8).contains(&bits).then_some(())?;
    let mut decoder = weezl::decode::Decoder::new(BitOrder::Lsb, bits);
    let mut pixels = vec![0; count];
    let (mut read, mut written) = (0, 0);
    while written < count {
        let done = decoder.decode_bytes(coded.get(read..)?, pixels.get_mut(written..)?);
        done.status.ok()?;
        (done.consumed_in > 0 || done.consumed_out > 0).then_some(())?;
        read += done.consumed_in;
        written += done.consumed_out;
    }
    Some(pixels)
}

/// Whether both are shown in the same way and for as long.
fn same_control(
    original: &::gif::Frame,
    clean: &Frame,
    alone: bool,
    used: &[bool; 256],
) -> Option<()> {
    let disposal = match original.dispose {
        DisposalMethod::Any => 0,
        DisposalMethod::Keep => 1,
        DisposalMethod::Background => 2,
        DisposalMethod::Previous => 3,
    };
    let transparent = original.transparent.map(|number| {
        let is_used = |number: u8| used.get(usize::from(number)) == Some(&true);
        // A colour that no pixel has could be any: the first such one.
        if is_used(number) { number } else { (0..=255).find(|n| !is_used(*n)).unwrap_or(number) }
    });
    let (disposal, delay) = if alone { (0, 0) } else { (disposal, original.delay) };
    let [low, high] = delay.to_le_bytes();
    let flags = disposal << 2 | u8::from(transparent.is_some());
    let expected = [flags, low, high, transparent.unwrap_or(0)];
    match clean.control {
        Some(said) => (*said == expected && expected != [0; 4]).then_some(()),
        // The crate says that a frame without a control is kept.
        None => matches!(expected, [0 | 4, 0, 0, 0]).then_some(()),
    }
}

fn same_colours(
    original: &[u8],
    clean: &[[u8; 3]],
    used: &[bool; 256],
    transparent: Option<u8>,
) -> Option<()> {
    let colours = original.as_chunks::<3>().0;
    let mut used = used.iter().enumerate().filter(|(_, used)| **used);
    let same = used.all(|(number, _)| {
        transparent.map(usize::from) == Some(number)
            || colours.get(number).is_some_and(|colour| clean.get(number) == Some(colour))
    });
    same.then_some(())
}

/// Whether the background is the original's where it could be seen, and else nothing; and
/// whether the shared table has no other colours.
fn same_background(
    original: &Original,
    clean: &Clean,
    may_be_seen: bool,
    shared: &mut Seen,
) -> Option<()> {
    let number = original.bg_color().filter(|_| may_be_seen && original.global_palette().is_some());
    let expected = number.and_then(|number| u8::try_from(number).ok());
    if let Some(number) = expected {
        let mut only = [false; 256];
        *only.get_mut(usize::from(number))? = true;
        shared.add(&only, None);
        same_colours(original.global_palette()?, clean.table?, &only, None)?;
    }
    let fits = clean.table.map_or(shared.length == 0, |table| shared.fits(table));
    (fits && clean.background == expected.unwrap_or_default()).then_some(())
}

/// Which colours of a table are seen.
struct Seen {
    colours: [bool; 256],
    length: usize,
}

impl Seen {
    fn nothing() -> Self {
        Seen { colours: [false; 256], length: 0 }
    }

    fn add(&mut self, used: &[bool; 256], transparent: Option<u8>) {
        let transparent = transparent.map(usize::from);
        for (number, seen) in self.colours.iter_mut().enumerate() {
            let is_used = used.get(number) == Some(&true);
            *seen |= is_used && transparent != Some(number);
            if is_used || transparent == Some(number) {
                self.length = self.length.max(number + 1);
            }
        }
    }

    /// Whether a table is as short as it can be and black where nobody sees it.
    fn fits(&self, table: &[[u8; 3]]) -> bool {
        let black =
            table.iter().zip(&self.colours).all(|(colour, seen)| *seen || *colour == [0; 3]);
        black && self.length > 0 && table.len() == self.length.next_power_of_two().max(2)
    }
}

#[cfg(test)]
mod tests;
