//! Rows folded: the compressed data of one frame.
//!
//! A compressor looks for what came before. In a photograph nothing comes twice: the
//! search takes most of the time and finds accidents, which cost more than they save.
//! On a screen nearly everything comes twice. So a look at a thirtieth of each block
//! says which kind it is. Noise is written letter by letter with a code for its own
//! letters; everything else goes through the compressor. The choice depends on the
//! bytes alone: the same picture gives the same file.
//!
//! Formats: RFC 1950 (zlib), RFC 1951 (deflate).

mod bits;
mod code;
mod parts;

use zlib_rs::{Deflate, DeflateConfig, DeflateFlush, adler32};

use crate::Refusal;
use bits::Bits;
use code::Code;
pub(super) use parts::Parts;

/// Bytes that are judged together, give or take a row.
const BLOCK: usize = 256 << 10;
/// From every `STEP` bytes the first `LOOK` are looked at.
const STEP: usize = 16 << 10;
const LOOK: usize = 512;
/// Less than this says too little about noise.
const LEAST: usize = 4 * STEP;
/// The compressor has to save one part of so many: it takes ten times as long.
const WORTH: usize = 12;
/// How hard it looks.
const LEVEL: i32 = 4;

/// Fastest way, 32 KiB of memory for what came before; the mark of a zlib stream.
const START: [u8; 2] = [0x78, 0x01];
/// The end: a last block without content.
const END: (u64, u32) = (0b011, 10);

/// Takes rows and gives compressed data.
pub(super) struct Folder {
    block: Vec<u8>,
    sum: u32,
    compressor: Deflate,
    compressing: bool,
    bits: Bits,
    folded: Parts,
    room: Vec<u8>,
}

impl Folder {
    pub(super) fn new() -> Self {
        let mut folded = Parts::new();
        folded.extend(&START);
        Folder {
            block: Vec::with_capacity(BLOCK + STEP),
            sum: 1,
            compressor: compressor(),
            compressing: false,
            bits: Bits::new(),
            folded,
            room: vec![0; BLOCK / 4],
        }
    }

    /// Has `write` append a row, and folds when a block is full.
    pub(super) fn row(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Result<(), Refusal> {
        write(&mut self.block);
        if self.block.len() < BLOCK { Ok(()) } else { self.fold() }
    }

    /// How many bytes there are so far.
    pub(super) fn size(&self) -> u64 {
        self.folded.size()
    }

    /// Folds what is left and closes the stream.
    pub(super) fn finish(mut self) -> Result<Parts, Refusal> {
        self.fold()?;
        if self.compressing {
            self.compress(&[], DeflateFlush::Finish)?;
        } else {
            self.bits.put(END.0, END.1);
            self.bits.align();
            self.folded.extend(&self.bits.take());
        }
        self.folded.extend(&self.sum.to_be_bytes());
        Ok(self.folded)
    }

    fn fold(&mut self) -> Result<(), Refusal> {
        let block = std::mem::take(&mut self.block);
        self.sum = adler32::adler32(self.sum, &block);
        if is_noise(&block)? {
            self.stop_compressing()?;
            Code::of(&block).write(&block, &mut self.bits);
            self.folded.extend(&self.bits.take());
        } else {
            self.start_compressing();
            self.compress(&block, DeflateFlush::NoFlush)?;
        }
        self.block = block;
        self.block.clear();
        Ok(())
    }

    /// The compressor begins on a whole byte: an empty stored block leads there.
    fn start_compressing(&mut self) {
        if self.compressing {
            return;
        }
        if !self.bits.is_aligned() {
            self.bits.put(0, 3);
            self.bits.align();
            self.bits.put(0xFFFF_0000, 32);
            self.folded.extend(&self.bits.take());
        }
        self.compressor.reset();
        self.compressing = true;
    }

    fn stop_compressing(&mut self) -> Result<(), Refusal> {
        if self.compressing {
            self.compress(&[], DeflateFlush::SyncFlush)?;
            self.compressing = false;
        }
        Ok(())
    }

    /// Hands `bytes` over and takes what comes out.
    fn compress(&mut self, mut bytes: &[u8], flush: DeflateFlush) -> Result<(), Refusal> {
        loop {
            let (read, written) = step(&mut self.compressor, bytes, &mut self.room, flush)?;
            bytes = bytes.get(read..).unwrap_or_default();
            self.folded.extend(self.room.get(..written).unwrap_or_default());
            // Room that is left says that nothing is held back.
            if bytes.is_empty() && written < self.room.len() {
                return Ok(());
            }
        }
    }
}

/// A compressor that writes bare blocks.
fn compressor() -> Deflate {
    Deflate::new_with_config(DeflateConfig {
        level: LEVEL,
        window_bits: -15,
        ..DeflateConfig::default()
    })
}

/// Bytes read and written.
fn step(
    compressor: &mut Deflate,
    bytes: &[u8],
    room: &mut [u8],
    flush: DeflateFlush,
) -> Result<(usize, usize), Refusal> {
    let (read, written) = (compressor.total_in(), compressor.total_out());
    compressor.compress(bytes, room, flush).map_err(|_| Refusal::Internal)?;
    let count = |now: u64, before: u64| usize::try_from(now - before);
    let counts = (count(compressor.total_in(), read), count(compressor.total_out(), written));
    match counts {
        (Ok(read), Ok(written)) => Ok((read, written)),
        _ => Err(Refusal::Internal),
    }
}

/// Whether a compressor would find too little in this block.
fn is_noise(block: &[u8]) -> Result<bool, Refusal> {
    if block.len() < LEAST {
        return Ok(false);
    }
    let look: Vec<u8> =
        block.chunks(STEP).flat_map(|step| step.iter().take(LOOK)).copied().collect();
    let by_letter = Code::of(&look).size(&look);
    let mut room = vec![0; look.len() * 2];
    let (_, compressed) = step(&mut compressor(), &look, &mut room, DeflateFlush::Finish)?;
    Ok(compressed + by_letter / WORTH >= by_letter)
}

#[cfg(test)]
mod tests;
