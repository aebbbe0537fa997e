//! The source as a worker sees it: ranges that it asks for.

use std::io::{self, Read, Seek, SeekFrom};

use crate::protocol::{self, MAX_PAYLOAD, ToWorker};

/// Ranges kept: parsers jump between a file's table of contents and its content.
const KEPT: usize = 8;
const RANGE: u64 = MAX_PAYLOAD as u64;

/// Reads at any place by asking over the pipe.
pub(super) struct Source<'a> {
    input: &'a mut dyn Read,
    length: u64,
    position: u64,
    /// Ranges by number, the last used one last.
    ranges: Vec<(u64, Vec<u8>)>,
}

impl<'a> Source<'a> {
    pub(super) fn new(input: &'a mut dyn Read, length: u64) -> Self {
        Source { input, length, position: 0, ranges: Vec::new() }
    }

    /// The range with that number, from memory or from the other end.
    fn range(&mut self, number: u64) -> io::Result<&[u8]> {
        let kept = self.ranges.iter().position(|(kept, _)| *kept == number);
        let range = if let Some(at) = kept {
            self.ranges.remove(at)
        } else {
            let full = self.ranges.len() >= KEPT;
            let memory = if full { self.ranges.remove(0).1 } else { Vec::new() };
            (number, self.ask(number, memory)?)
        };
        self.ranges.push(range);
        Ok(self.ranges.last().map_or(&[], |(_, bytes)| bytes))
    }

    fn ask(&mut self, number: u64, memory: Vec<u8>) -> io::Result<Vec<u8>> {
        let offset = number * RANGE;
        let length = RANGE.min(self.length.saturating_sub(offset));
        let length = usize::try_from(length).map_err(io::Error::other)?;
        let question = protocol::need(offset, length).map_err(io::Error::other)?;
        super::send(&question, &[]).map_err(io::Error::other)?;
        match super::receive(self.input, memory).map_err(io::Error::other)? {
            ToWorker::Bytes(bytes) if bytes.len() == length => Ok(bytes),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.length || buffer.is_empty() {
            return Ok(0);
        }
        let (number, within) = (self.position / RANGE, self.position % RANGE);
        let within = usize::try_from(within).map_err(io::Error::other)?;
        let range = self.range(number)?;
        let available = range.get(within..).unwrap_or_default();
        let count = available.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), available.get(..count)) {
            to.copy_from_slice(from);
        }
        self.position += u64::try_from(count).map_err(io::Error::other)?;
        Ok(count)
    }
}

impl Seek for Source<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(distance) => self.length.checked_add_signed(distance),
            SeekFrom::Current(distance) => self.position.checked_add_signed(distance),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}
