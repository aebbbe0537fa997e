//! `STREAMINFO`: what a stream is, with everything computed that can be.

use super::Frame;
use crate::Refusal;
use crate::refusal::Damage;
use crate::sound::Bytes;

/// The first block of metadata (RFC 9639, section 8.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Info {
    /// Samples of each channel in a second.
    pub(crate) rate: u32,
    /// Channels: 1 to 8.
    pub(crate) channels: u32,
    /// Bits of a sample: 4 to 32.
    pub(crate) width: u32,
    /// Samples of each channel in the whole stream; 0 where nobody counted.
    pub(crate) samples: u64,
    digest: [u8; 16],
    blocks: (u16, u16),
    frames: (u32, u32),
}

impl Info {
    /// Reads the content of the block.
    pub(crate) fn read(data: &[u8]) -> Result<Info, Refusal> {
        let mut bytes = Bytes::new(data);
        bytes.take(10)?;
        let packed = u64::from_be_bytes(bytes.array()?);
        let digest = bytes.array()?;
        let part = |shift: u32, bits: u32| packed >> shift & ((1 << bits) - 1);
        let narrow = |number: u64| u32::try_from(number).map_err(|_| Refusal::Internal);
        let info = Info {
            rate: narrow(part(44, 20))?,
            channels: narrow(part(41, 3) + 1)?,
            width: narrow(part(36, 5) + 1)?,
            samples: part(0, 36),
            digest,
            blocks: (0, 0),
            frames: (0, 0),
        };
        if !bytes.rest().is_empty() || info.rate == 0 || info.width < 4 {
            return Err(Refusal::Damaged(Damage::Value));
        }
        Ok(info)
    }

    /// Takes over what was counted.
    pub(crate) fn count(&mut self, frames: &Frames) -> Result<(), Refusal> {
        self.samples = frames.samples;
        // The last block may be shorter than the shortest one that is promised.
        let (least, most) = match frames.but_last {
            Some((least, most)) => (least, most.max(frames.last)),
            None => (frames.last, frames.last),
        };
        let narrow = |size: u32| u16::try_from(size.max(16)).unwrap_or(u16::MAX);
        self.blocks = (narrow(least), narrow(most));
        self.frames = frames.bytes.ok_or(Refusal::Damaged(Damage::Missing))?;
        Ok(())
    }

    /// The content of the block.
    pub(crate) fn written(&self) -> Vec<u8> {
        let wide = |size: u32| size.to_be_bytes().into_iter().skip(1);
        let mut data = [self.blocks.0.to_be_bytes(), self.blocks.1.to_be_bytes()].concat();
        data.extend(wide(self.frames.0).chain(wide(self.frames.1)));
        let (rate, channels) = (u64::from(self.rate), u64::from(self.channels.saturating_sub(1)));
        let width = u64::from(self.width.saturating_sub(1));
        let packed = rate << 44 | channels << 41 | width << 36 | self.samples;
        data.extend(packed.to_be_bytes());
        data.extend(self.digest);
        data
    }

    /// Whether players would guess other speakers than these.
    pub(crate) fn needs(&self, speakers: u32) -> bool {
        !matches!((self.channels, speakers), (1, 4) | (2, 3))
            && speakers.count_ones() == self.channels
    }
}

/// What was counted in the frames of a stream.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Frames {
    /// Samples of each channel.
    pub(crate) samples: u64,
    /// The fewest and the most samples of a frame, without the last one.
    but_last: Option<(u32, u32)>,
    last: u32,
    /// The shortest and the longest frame.
    bytes: Option<(u32, u32)>,
    /// The number that the next frame must have, and whether it counts samples.
    next: Option<(u64, bool)>,
}

impl Frames {
    /// Adds a frame, which must be the next one.
    pub(crate) fn add(&mut self, frame: &Frame) -> Result<(), Refusal> {
        if self.next.is_some_and(|next| next != (frame.number, frame.counts_samples)) {
            return Err(Refusal::Damaged(Damage::Order));
        }
        let step = if frame.counts_samples { u64::from(frame.samples) } else { 1 };
        self.next = Some((frame.number.saturating_add(step), frame.counts_samples));
        if self.bytes.is_some() {
            let (least, most) = self.but_last.unwrap_or((self.last, self.last));
            // Where only frames are numbered, their length tells where they stand.
            if !frame.counts_samples && least != self.last {
                return Err(Refusal::Damaged(Damage::Length));
            }
            self.but_last = Some((least.min(self.last), most.max(self.last)));
        }
        self.last = frame.samples;
        self.samples = self.samples.saturating_add(u64::from(frame.samples));
        let bytes = u32::try_from(frame.bytes).map_err(|_| Refusal::Internal)?;
        let (least, most) = self.bytes.unwrap_or((bytes, bytes));
        self.bytes = Some((least.min(bytes), most.max(bytes)));
        if bytes >= 1 << 24 || self.samples >= 1 << 36 {
            return Err(Refusal::Damaged(Damage::Length));
        }
        Ok(())
    }
}
