//! Strips and tiles, unpacked a second time.
//!
//! LZW by `weezl` and zlib by `flate2`. What a copy has packed in LZW or as fax data is
//! packed here again and must give the same bytes: then it says nothing by its words. Fax
//! data are unpacked by the crate that the cleaner has, too.

use std::io::Read;

use fax::decoder::{DecodeStatus, Group3Decoder, Group4Decoder, pels};
use fax::encoder::Encoder;
use fax::{Color, VecWriter};
use flate2::read::ZlibDecoder;
use weezl::{BitOrder, LzwStatus};

use super::file::Directory;
use crate::verify::lzw;

/// Sizes of a page and of what it is stored in.
pub(super) struct Shape {
    size: (u64, u64),
    part: (u64, u64),
    tiled: bool,
    bits: u64,
    /// Samples to a pixel in one part.
    samples: u64,
    planes: u64,
    model: u64,
    /// Columns and rows that share their colours, if the samples are stored so.
    coarse: Option<(u64, u64)>,
    /// Where in a pixel the byte of a transparency is that colours are not mixed with.
    alpha: Option<u64>,
    /// The plane that is such a transparency.
    alpha_plane: Option<u64>,
}

impl Shape {
    /// Of the page of a copy.
    pub(super) fn of(page: &Directory) -> Option<Shape> {
        let size = (page.one(256)?, page.one(257)?);
        let tiled = page.bytes(324).is_some();
        let part = if tiled { (page.one(322)?, page.one(323)?) } else { (size.0, page.one(278)?) };
        let (all, planar) = (page.one(277)?, page.or(284, 1) == 2);
        let model = page.one(262)?;
        let coarse = match page.many(530).as_deref() {
            Some(&[across, down]) => (across, down),
            _ => (2, 2),
        };
        let coarse = Some(coarse).filter(|&both| model == 6 && both != (1, 1));
        let bits = page.one(258)?;
        let extra = page.many(338).filter(|_| bits.is_multiple_of(8));
        let number = extra.and_then(|extra| {
            let at = extra.iter().position(|&kind| kind == 2)? as u64;
            Some(all.checked_sub(extra.len() as u64)? + at)
        });
        let alpha = number.filter(|_| !planar).map(|number| number * bits / 8);
        let alpha_plane = number.filter(|_| planar);
        let sides = [size.0, size.1, part.0, part.1, all, bits];
        sides.iter().all(|&side| (1..=1 << 20).contains(&side)).then_some(())?;
        let (samples, planes) = if planar { (1, all) } else { (all, 1) };
        Some(Shape { size, part, tiled, bits, samples, planes, model, coarse, alpha, alpha_plane })
    }

    /// How many strips or tiles there must be.
    pub(super) fn count(&self) -> u64 {
        self.across() * self.size.1.div_ceil(self.part.1) * self.planes
    }

    fn across(&self) -> u64 {
        self.size.0.div_ceil(self.part.0)
    }

    pub(super) fn is_palette(&self) -> bool {
        self.model == 3
    }

    /// Columns and rows inside of the picture.
    fn shown(&self, number: usize) -> Option<(u64, u64)> {
        let number = number as u64 % (self.count() / self.planes);
        let left = number % self.across() * self.part.0;
        let above = number / self.across() * self.part.1;
        Some((
            self.size.0.checked_sub(left)?.min(self.part.0),
            self.size.1.checked_sub(above)?.min(self.part.1),
        ))
    }

    /// Columns and rows that are stored.
    pub(super) fn stored(&self, number: usize) -> Option<(u64, u64)> {
        if self.tiled { Some(self.part) } else { self.shown(number) }
    }

    fn row(&self, columns: u64) -> u64 {
        (columns * self.bits * self.samples).div_ceil(8)
    }

    pub(super) fn bytes(&self, number: usize) -> Option<u64> {
        let (columns, rows) = self.stored(number)?;
        Some(match self.coarse {
            None => self.row(columns) * rows,
            Some((across, down)) => {
                columns.div_ceil(across) * rows.div_ceil(down) * (across * down + 2)
            }
        })
    }

    /// Clears samples that nobody is shown.
    pub(super) fn clear(&self, samples: &mut [u8], number: usize) {
        let Some((stored, shown)) = self.stored(number).zip(self.shown(number)) else { return };
        let (Ok(row), None) = (usize::try_from(self.row(stored.0)), self.coarse) else { return };
        let pixel = self.bits * self.samples;
        for (line, row) in samples.chunks_mut(row.max(1)).enumerate() {
            let bits = if (line as u64) < shown.1 { shown.0 * pixel } else { 0 };
            for (place, byte) in row.iter_mut().enumerate() {
                let kept = bits.saturating_sub(place as u64 * 8).min(8);
                *byte &= u8::try_from(0xFF00_u32 >> kept & 0xFF).unwrap_or_default();
            }
            let (Some(alpha), Ok(bytes)) = (self.alpha, usize::try_from(pixel / 8)) else {
                continue;
            };
            for pixel in row.chunks_exact_mut(bytes.max(1)) {
                let wide = pixel.iter().skip(usize::try_from(alpha).unwrap_or(usize::MAX));
                let wide = wide.take(usize::try_from(self.bits / 8).unwrap_or_default());
                if wide.clone().all(|&byte| byte == 0) && wide.count() > 0 {
                    pixel.fill(0);
                }
            }
        }
    }

    /// The part with the transparency over a part, if it lies in another plane.
    pub(super) fn over(&self, number: usize) -> Option<usize> {
        let each = self.count() / self.planes;
        let over = self.alpha_plane? * each + number as u64 % each;
        usize::try_from(over).ok().filter(|&over| over != number)
    }

    /// Clears samples of one plane where that of another one is nought.
    pub(super) fn clear_below(&self, samples: &mut [u8], over: &[u8]) {
        let wide = usize::try_from(self.bits / 8).unwrap_or(1).max(1);
        for at in (0..samples.len().min(over.len())).step_by(wide) {
            let range = at..(at + wide).min(samples.len());
            if over.get(range.clone()).is_some_and(|all| all.iter().all(|&byte| byte == 0)) {
                samples.get_mut(range).unwrap_or_default().fill(0);
            }
        }
    }

    /// Marks which palette entries occur.
    pub(super) fn mark(&self, samples: &[u8], number: usize, used: &mut [bool; 256]) {
        let Some((stored, shown)) = self.stored(number).zip(self.shown(number)) else { return };
        let Ok(row) = usize::try_from(self.row(stored.0)) else { return };
        let rows = samples.chunks(row.max(1)).take(usize::try_from(shown.1).unwrap_or(0));
        for row in rows {
            for column in 0..shown.0 {
                let (byte, bit) = (column * self.bits / 8, column * self.bits % 8);
                let byte = usize::try_from(byte).ok().and_then(|byte| row.get(byte));
                let entry = byte.map_or(0, |byte| u64::from(*byte)) >> (8 - self.bits.min(8) - bit)
                    & ((1 << self.bits.min(8)) - 1);
                if let Some(used) = usize::try_from(entry).ok().and_then(|at| used.get_mut(at)) {
                    *used = true;
                }
            }
        }
    }
}

/// The samples of a part of the original.
pub(super) fn original(
    page: &Directory,
    shape: &Shape,
    number: usize,
    packed: &[u8],
) -> Option<Vec<u8>> {
    let length = usize::try_from(shape.bytes(number)?).ok()?;
    let turned: Vec<u8>;
    let packed = if page.or(266, 1) == 2 {
        turned = packed.iter().map(|byte| byte.reverse_bits()).collect();
        &turned
    } else {
        packed
    };
    let mut samples = match page.or(259, 1) {
        1 => packed.get(..length)?.to_vec(),
        3 | 4 => fax_lines(packed, shape.stored(number)?, page.or(259, 1) == 4)?,
        5 => unfold(packed, length).0,
        8 | 32_946 => inflate(packed, length)?.0,
        32_773 => unpack_bits(packed, length),
        _ => return None,
    };
    (samples.len() == length).then_some(())?;
    straighten(page, shape, number, &mut samples)?;
    Some(samples)
}

/// The samples of a part of the copy, if it is packed in the one way.
pub(super) fn copy(
    page: &Directory,
    shape: &Shape,
    number: usize,
    packed: &[u8],
) -> Option<Vec<u8>> {
    let length = usize::try_from(shape.bytes(number)?).ok()?;
    let mut samples = match page.one(259)? {
        1 => packed.to_vec(),
        4 => {
            let size = shape.stored(number)?;
            let lines = fax_lines(packed, size, true)?;
            (fax_packed(&lines, size.0)? == packed).then_some(lines)?
        }
        5 => {
            let (samples, ended) = unfold(packed, length);
            (ended && lzw::fold(&samples, 8, true) == packed).then_some(samples)?
        }
        8 => {
            let (samples, ended) = inflate(packed, length)?;
            ended.then_some(samples)?
        }
        _ => return None,
    };
    (samples.len() == length).then_some(())?;
    straighten(page, shape, number, &mut samples)?;
    Some(samples)
}

/// Unfolds at most so many bytes, and says whether there are no more.
fn unfold(packed: &[u8], length: usize) -> (Vec<u8>, bool) {
    let mut decoder = weezl::decode::Decoder::with_tiff_size_switch(BitOrder::Msb, 8);
    let mut samples = vec![0; length];
    let (mut from, mut to) = (0, 0);
    let mut ended = false;
    while let (Some(packed), Some(room)) = (packed.get(from..), samples.get_mut(to..)) {
        let step = decoder.decode_bytes(packed, room);
        from += step.consumed_in;
        to += step.consumed_out;
        ended = matches!(step.status, Ok(LzwStatus::Done));
        if step.consumed_in == 0 && step.consumed_out == 0 || step.status.is_err() || ended {
            break;
        }
    }
    samples.truncate(to);
    (samples, ended || from == packed.len())
}

fn inflate(packed: &[u8], length: usize) -> Option<(Vec<u8>, bool)> {
    let mut decoder = ZlibDecoder::new(packed);
    let mut samples = Vec::with_capacity(length);
    decoder.by_ref().take(length as u64).read_to_end(&mut samples).ok()?;
    let ended = decoder.read(&mut [0]).is_ok_and(|more| more == 0);
    Some((samples, ended && decoder.total_in() == packed.len() as u64))
}

fn unpack_bits(packed: &[u8], length: usize) -> Vec<u8> {
    let mut samples = Vec::with_capacity(length);
    let mut bytes = packed.iter().copied();
    while let Some(head) = bytes.next().filter(|_| samples.len() < length) {
        let head = i32::from(i8::from_le_bytes([head]));
        if head >= 0 {
            samples.extend(bytes.by_ref().take(usize::try_from(head + 1).unwrap_or(0)));
        } else if head > -128 {
            let Some(byte) = bytes.next() else { break };
            samples.extend((0..=-head).map(|_| byte));
        }
    }
    samples.truncate(length);
    samples
}

/// Lines of bits out of fax data.
fn fax_lines(packed: &[u8], (columns, rows): (u64, u64), fourth: bool) -> Option<Vec<u8>> {
    let width = u16::try_from(columns).ok()?;
    // A mark behind the last line, which may lack it.
    let all = || packed.iter().chain(&[0, 0, 1]);
    let bytes = || all().map(|&byte| Ok::<u8, std::convert::Infallible>(byte));
    let mut lines = Vec::new();
    let mut put = |changes: &[u16]| {
        let mut byte = 0_u8;
        for (column, colour) in pels(changes, width).enumerate() {
            byte = byte << 1 | u8::from(colour == Color::Black);
            if column % 8 == 7 {
                lines.push(byte);
            }
        }
        if width % 8 > 0 {
            lines.push(byte << (8 - width % 8));
        }
    };
    if fourth {
        let mut decoder = Group4Decoder::new(bytes(), width).ok()?;
        for _ in 0..rows {
            matches!(decoder.advance(), Ok(DecodeStatus::Incomplete)).then_some(())?;
            put(decoder.transition());
        }
    } else {
        let mut decoder = Group3Decoder::new(bytes()).ok()?;
        for _ in 0..rows {
            decoder.advance().ok()?;
            put(decoder.transitions());
        }
    }
    Some(lines)
}

fn fax_packed(lines: &[u8], columns: u64) -> Option<Vec<u8>> {
    let width = u16::try_from(columns).ok()?;
    let mut encoder = Encoder::new(VecWriter::new());
    for line in lines.chunks(usize::from(width.div_ceil(8))) {
        let colours =
            fax::slice_bits(line).map(|bit| if bit { Color::Black } else { Color::White });
        encoder.encode_line(colours.take(usize::from(width)), width).ok()?;
    }
    Some(encoder.finish().ok()?.finish())
}

/// Little-endian samples without differences.
fn straighten(page: &Directory, shape: &Shape, number: usize, samples: &mut [u8]) -> Option<()> {
    let predictor = page.or(317, 1);
    let bytes = usize::try_from(shape.bits / 8).ok()?.max(1);
    let step = usize::try_from(shape.samples).ok()?;
    let row = usize::try_from(shape.row(shape.stored(number)?.0)).ok()?.max(1);
    if predictor == 3 {
        for row in samples.chunks_mut(row) {
            for at in step..row.len() {
                let before = *row.get(at - step)?;
                let byte = row.get_mut(at)?;
                *byte = byte.wrapping_add(before);
            }
            let count = row.len() / bytes;
            let whole: Vec<u8> = (0..count * bytes)
                .map(|at| (at / bytes, bytes - 1 - at % bytes))
                .map(|(sample, weight)| row.get(weight * count + sample).copied())
                .collect::<Option<_>>()?;
            row.get_mut(..whole.len())?.copy_from_slice(&whole);
        }
        return Some(());
    }
    if page.high_first && shape.bits.is_multiple_of(8) {
        samples.chunks_exact_mut(bytes).for_each(<[u8]>::reverse);
    }
    if predictor == 2 {
        for row in samples.chunks_mut(row) {
            for sample in step..row.len() / bytes {
                let mut carry = 0;
                for at in sample * bytes..(sample + 1) * bytes {
                    let sum = u16::from(*row.get(at)?) + u16::from(*row.get(at - step * bytes)?);
                    let [low, high] = (sum + carry).to_le_bytes();
                    *row.get_mut(at)? = low;
                    carry = u16::from(high);
                }
            }
        }
    }
    Some(())
}
