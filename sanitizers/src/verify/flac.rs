//! Says whether a clean FLAC holds nothing but sound, and the sound of the original.
//!
//! The frames of the copy must stand in the original in one piece, right behind its
//! metadata. The `claxon` decoder decodes them here, frame by frame: so every checksum
//! is computed a second time, by other code, and the digest in the header is known to be
//! that of the samples and not a mark.

use std::io::Cursor;

use claxon::frame::FrameReader;
use md5::{Digest, Md5};

use super::sound::{at, le32, whole};
use crate::{Limits, ReadSeek, Refusal};

/// The fields of `STREAMINFO`, as numbers.
#[derive(PartialEq, Eq)]
struct Stream<'a> {
    /// Block sizes and frame sizes.
    sizes: &'a [u8],
    rate_channels_width: u32,
    samples: u64,
    digest: &'a [u8],
}

/// What one of the files is made of.
struct Parts<'a> {
    stream: Stream<'a>,
    /// The blocks behind `STREAMINFO`, with their heads.
    blocks: &'a [u8],
    sound: &'a [u8],
}

/// Accepts `clean`, or says that it must not leave.
pub(crate) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    let original = whole(original, limits)?;
    let same = parts(&original, limits).zip(parts(clean, limits)).is_some_and(|(before, after)| {
        let last = if after.blocks.is_empty() { 0x80 } else { 0 };
        clean.starts_with(&[b'f', b'L', b'a', b'C', last, 0, 0, 34])
            && after.blocks == speakers(&before)
            && before.stream.rate_channels_width == after.stream.rate_channels_width
            && before.stream.digest == after.stream.digest
            && is_all(&before, &after)
            && decodes(&after)
    });
    if same { Ok(()) } else { Err(Refusal::Verification) }
}

fn parts<'a>(file: &'a [u8], limits: &Limits) -> Option<Parts<'a>> {
    let mut place = 0;
    while at(file, place, 3)? == b"ID3" {
        let size = at(file, place + 6, 4)?.iter().fold(0, |sum, &b| sum * 128 + usize::from(b));
        let footer = if file.get(place + 5)? & 0x10 == 0 { 0 } else { 10 };
        place = place.checked_add(10 + footer + size)?;
    }
    // Other tags in front are rare; the stream then begins at its mark.
    if at(file, place, 4)? != b"fLaC" {
        place += memchr::memmem::find(file.get(place..)?, b"fLaC\0\0\0\x22")?;
    }
    let info = place + 8;
    let mut head = place + 4;
    for _ in 0..limits.segments {
        let [kind, a, b, c] = *at(file, head, 4)? else { return None };
        head += 4 + u32::from_be_bytes([0, a, b, c]) as usize;
        if kind >= 0x80 {
            let numbers = u64::from_be_bytes(at(file, info + 10, 8)?.try_into().ok()?);
            return Some(Parts {
                stream: Stream {
                    sizes: at(file, info, 10)?,
                    rate_channels_width: u32::try_from(numbers >> 36).ok()?,
                    samples: numbers & 0xF_FFFF_FFFF,
                    digest: at(file, info + 18, 16)?,
                },
                blocks: file.get(info + 34..head)?,
                sound: file.get(head..)?,
            });
        }
    }
    None
}

/// The one block that may follow, made anew from what the original says.
fn speakers(original: &Parts) -> Vec<u8> {
    const NAME: &[u8] = b"WAVEFORMATEXTENSIBLE_CHANNEL_MASK";
    let channels = (original.stream.rate_channels_width >> 5 & 7) + 1;
    let mut rest = original.blocks;
    let mut found = None;
    while let Some([kind, a, b, c]) = at(rest, 0, 4).and_then(|head| head.first_chunk()) {
        let length = u32::from_be_bytes([0, *a, *b, *c]) as usize;
        if kind & 0x7F == 4
            && let Some(mask) = rest.get(4..4 + length).and_then(|block| mask(block, NAME))
        {
            found = Some(mask);
        }
        rest = rest.get(4 + length..).unwrap_or_default();
    }
    let usual = matches!((channels, found), (1, Some(4)) | (2, Some(3)));
    let Some(mask) = found.filter(|mask| !usual && mask.count_ones() == channels) else {
        return Vec::new();
    };
    let comment = format!("WAVEFORMATEXTENSIBLE_CHANNEL_MASK=0x{mask:04X}");
    let length = u8::try_from(comment.len()).unwrap_or(0);
    let mut block = vec![0x84, 0, 0, length.saturating_add(12), 0, 0, 0, 0, 1, 0, 0, 0];
    block.extend([length, 0, 0, 0]);
    block.extend(comment.as_bytes());
    block
}

/// The last mask among the comments that is one.
fn mask(block: &[u8], name: &[u8]) -> Option<u32> {
    let mut place = 4 + le32(block, 0)? as usize;
    let mut found = None;
    for _ in 0..le32(block, place)?.min(1_000) {
        place += 4;
        let Some(length) = le32(block, place).map(|length| length as usize) else { break };
        let Some(text) = at(block, place + 4, length) else { break };
        if text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            && text.get(name.len()) == Some(&b'=')
        {
            found = text.get(name.len() + 1..).and_then(hexadecimal);
        }
        place += length;
    }
    found
}

fn hexadecimal(text: &[u8]) -> Option<u32> {
    let [b'0', b'x' | b'X', digits @ ..] = text else { return None };
    let mut number = 0_u32;
    for &digit in digits {
        let value = char::from(digit).to_digit(16)?;
        number = number.checked_mul(16)?.checked_add(value)?;
    }
    (!digits.is_empty() && number > 0 && number >> 18 == 0).then_some(number)
}

/// The copy has the frames of the original, from the first to the last.
fn is_all(before: &Parts, after: &Parts) -> bool {
    let Some(tail) = before.sound.strip_prefix(after.sound) else { return false };
    let counted = before.stream.samples != 0;
    // Where the original does not say how many samples there are, no frame may follow. What
    // only looks like frames, one inside the other, must not cost more than a few of them.
    let mut left = 4 * tail.len() as u64 + (1 << 20);
    let mut frame = |place: &usize| {
        let mut source = Cursor::new(tail.get(*place..).unwrap_or_default());
        let found = FrameReader::new(&mut source).read_next_or_eof(Vec::new());
        left = left.saturating_sub(source.position());
        left == 0 || found.is_ok_and(|frame| frame.is_some())
    };
    (!counted || before.stream.samples == after.stream.samples)
        && (counted || !memchr::memchr_iter(0xFF, tail).any(|place| frame(&place)))
}

/// Decodes all frames of the copy and compares what its header says of them.
fn decodes(copy: &Parts) -> bool {
    let mut source = Cursor::new(copy.sound);
    let mut digest = Md5::new();
    let (mut samples, mut buffer) = (0_u64, Vec::new());
    let (mut blocks, mut frames) = (Vec::new(), Vec::new());
    let width = (copy.stream.rate_channels_width & 0x1F) + 1;
    while source.position() < copy.sound.len() as u64 {
        let start = source.position();
        let Ok(Some(block)) = FrameReader::new(&mut source).read_next_or_eof(buffer) else {
            return false;
        };
        samples += u64::from(block.duration());
        blocks.push(block.duration());
        feed(&mut digest, &block, width.div_ceil(8) as usize);
        buffer = block.into_buffer();
        frames.push(source.position() - start);
    }
    let known = copy.stream.digest.iter().any(|&byte| byte != 0);
    let sum: [u8; 16] = digest.finalize().into();
    samples == copy.stream.samples
        && (!known || copy.stream.digest == sum)
        && sizes(&blocks, &frames).as_deref() == Some(copy.stream.sizes)
}

/// The samples as the digest takes them: side by side, low byte first.
fn feed(digest: &mut Md5, block: &claxon::Block, bytes: usize) {
    let channels: Vec<&[i32]> = (0..block.channels()).map(|one| block.channel(one)).collect();
    let mut side_by_side = Vec::with_capacity(block.len() as usize * bytes);
    for at in 0..block.duration() as usize {
        for channel in &channels {
            let sample = channel.get(at).copied().unwrap_or(0).to_le_bytes();
            side_by_side.extend(sample.get(..bytes).unwrap_or_default());
        }
    }
    digest.update(&side_by_side);
}

/// What `STREAMINFO` must say of the sizes of blocks and frames.
fn sizes(blocks: &[u32], frames: &[u64]) -> Option<Vec<u8>> {
    let shortest = match blocks {
        [.., _last] if blocks.len() > 1 => blocks.iter().rev().skip(1).min()?,
        _ => blocks.first()?,
    };
    let mut sizes = Vec::new();
    for size in [shortest, blocks.iter().max()?] {
        sizes.extend(u16::try_from((*size).max(16)).unwrap_or(u16::MAX).to_be_bytes());
    }
    for size in [frames.iter().min()?, frames.iter().max()?] {
        sizes.extend(u32::try_from(*size).ok()?.to_be_bytes().into_iter().skip(1));
    }
    Some(sizes)
}

#[cfg(test)]
mod tests;
