//! What a worker and the process that started it say to each other.
//!
//! Frames over two pipes: one byte for the kind, four for the length (big endian),
//! then that many bytes. The starter sends one task, then answers every question for
//! a range of the source. The worker asks, sends the clean copy in pieces, and ends
//! with exactly one verdict.
//!
//! The worker is not trusted: lengths are bounded before memory is taken, and a
//! frame that does not fit ends the conversation. Everything here works on byte
//! slices, so that it serves blocking and asynchronous code alike.

use std::io::{self, IoSlice, Write};

use serde::{Deserialize, Serialize};

use crate::view::View;
use crate::{Limits, Policy, Refusal, Report};

/// Bytes in front of every payload.
pub const HEAD: usize = 5;
/// The longest payload, and the range that is asked for at once: 256 KiB.
pub const MAX_PAYLOAD: usize = 256 << 10;
/// How much a pipe between the two should hold: a whole frame, so that neither side has
/// to wait for the other in the middle of one. It works with less.
pub const PIPE: usize = 2 * MAX_PAYLOAD;

const TASK: u8 = 1;
const BYTES: u8 = 2;
const NEED: u8 = 3;
const CLEAN: u8 = 4;
const VERDICT: u8 = 5;

/// What the worker is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verb {
    /// Write a clean copy.
    Clean,
    /// Write a copy of which only the pixels of a clean one are left.
    Flatten,
    /// Write a safe picture, or text, of a copy that is clean.
    View,
}

impl From<Policy> for Verb {
    fn from(policy: Policy) -> Verb {
        match policy {
            Policy::Strip => Verb::Clean,
            Policy::Flatten => Verb::Flatten,
        }
    }
}

/// The first thing a worker is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What to do.
    pub verb: Verb,
    /// Which page is to be seen, counted from one; only a view asks for it.
    pub page: u32,
    /// Length of the source.
    pub source_bytes: u64,
    /// Limits for this file.
    pub limits: Limits,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The pieces that were sent are the whole clean copy.
    Done(Report),
    /// The pieces that were sent are the whole view.
    Viewed(View),
    /// There is none.
    Refused(Refusal),
}

/// What a worker says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FromWorker {
    /// It wants `length` bytes from `offset`; fewer are sent at the end of the source.
    Need {
        /// From where.
        offset: u64,
        /// How many, at most [`MAX_PAYLOAD`].
        length: usize,
    },
    /// The next piece of the clean copy.
    Clean(Vec<u8>),
    /// The end.
    Verdict(Verdict),
}

/// What a worker is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToWorker {
    /// What to do.
    Task(Task),
    /// The bytes it asked for.
    Bytes(Vec<u8>),
}

/// A frame that breaks the rules. Whoever gets one stops listening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a frame breaks the rules of the protocol")]
pub struct Broken;

/// The kind and length of the frame that follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    kind: u8,
    length: usize,
}

impl Head {
    /// Reads a head; refuses a length that would make the reader take too much memory.
    pub fn parse(bytes: [u8; HEAD]) -> Result<Head, Broken> {
        let [kind, length @ ..] = bytes;
        let length = usize::try_from(u32::from_be_bytes(length)).map_err(|_| Broken)?;
        if length > MAX_PAYLOAD { Err(Broken) } else { Ok(Head { kind, length }) }
    }

    /// How many bytes of payload follow.
    pub fn length(self) -> usize {
        self.length
    }

    /// Understands a payload that a worker sent.
    pub fn from_worker(self, payload: Vec<u8>) -> Result<FromWorker, Broken> {
        match self.kind {
            NEED => {
                let (offset, length) = payload.split_first_chunk().ok_or(Broken)?;
                let length: [u8; 4] = length.try_into().map_err(|_| Broken)?;
                let length = usize::try_from(u32::from_be_bytes(length)).map_err(|_| Broken)?;
                if length > MAX_PAYLOAD {
                    return Err(Broken);
                }
                Ok(FromWorker::Need { offset: u64::from_be_bytes(*offset), length })
            }
            CLEAN => Ok(FromWorker::Clean(payload)),
            VERDICT => {
                serde_json::from_slice(&payload).map(FromWorker::Verdict).map_err(|_| Broken)
            }
            _ => Err(Broken),
        }
    }

    /// Understands a payload that was sent to a worker.
    pub fn to_worker(self, payload: Vec<u8>) -> Result<ToWorker, Broken> {
        match self.kind {
            TASK => serde_json::from_slice(&payload).map(ToWorker::Task).map_err(|_| Broken),
            BYTES => Ok(ToWorker::Bytes(payload)),
            _ => Err(Broken),
        }
    }
}

/// The frame of a task.
pub fn task(task: &Task) -> Result<Vec<u8>, Broken> {
    frame(TASK, &serde_json::to_vec(task).map_err(|_| Broken)?)
}

/// The head of the frame that answers a [`FromWorker::Need`]; the range follows it.
pub fn bytes_head(length: usize) -> Result<[u8; HEAD], Broken> {
    head(BYTES, length)
}

/// The frame that asks for a range.
pub fn need(offset: u64, length: usize) -> Result<Vec<u8>, Broken> {
    let length = u32::try_from(length).map_err(|_| Broken)?;
    frame(NEED, &[&offset.to_be_bytes()[..], &length.to_be_bytes()].concat())
}

/// The head of a frame with a piece of the clean copy; the piece follows it.
pub fn clean_head(length: usize) -> Result<[u8; HEAD], Broken> {
    head(CLEAN, length)
}

/// The frame that ends the conversation.
pub fn verdict(verdict: &Verdict) -> Result<Vec<u8>, Broken> {
    frame(VERDICT, &serde_json::to_vec(verdict).map_err(|_| Broken)?)
}

/// Writes the parts of a frame as one, so that the other end wakes up once.
pub fn write(output: &mut dyn Write, parts: [&[u8]; 2]) -> io::Result<()> {
    let mut slices = parts.map(IoSlice::new);
    let mut left = slices.as_mut_slice();
    // Passes over parts that are empty.
    IoSlice::advance_slices(&mut left, 0);
    while !left.is_empty() {
        match output.write_vectored(left) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut left, written),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    output.flush()
}

fn frame(kind: u8, payload: &[u8]) -> Result<Vec<u8>, Broken> {
    Ok([&head(kind, payload.len())?, payload].concat())
}

fn head(kind: u8, length: usize) -> Result<[u8; HEAD], Broken> {
    if length > MAX_PAYLOAD {
        return Err(Broken);
    }
    let [a, b, c, d] = u32::try_from(length).map_err(|_| Broken)?.to_be_bytes();
    Ok([kind, a, b, c, d])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(frame: &[u8]) -> (Head, Vec<u8>) {
        let (head, payload) = frame.split_first_chunk().unwrap();
        let head = Head::parse(*head).unwrap();
        assert_eq!(head.length(), payload.len());
        (head, payload.to_vec())
    }

    #[test]
    fn every_frame_is_understood_at_the_other_end() {
        let given = Task { verb: Verb::Clean, page: 1, source_bytes: 7, limits: Limits::default() };
        let (head, payload) = split(&task(&given).unwrap());
        assert_eq!(head.to_worker(payload), Ok(ToWorker::Task(given)));
        let (head, payload) = split(&need(3, 4).unwrap());
        assert_eq!(head.from_worker(payload), Ok(FromWorker::Need { offset: 3, length: 4 }));
        let (head, payload) = split(&verdict(&Verdict::Refused(Refusal::Password)).unwrap());
        let refused = FromWorker::Verdict(Verdict::Refused(Refusal::Password));
        assert_eq!(head.from_worker(payload), Ok(refused));
    }

    #[test]
    fn a_hostile_length_is_refused_before_memory_is_taken() {
        assert_eq!(Head::parse([CLEAN, 0xFF, 0xFF, 0xFF, 0xFF]), Err(Broken));
        assert_eq!(Head::parse([CLEAN, 0, 4, 0, 1]), Err(Broken));
        assert!(Head::parse([CLEAN, 0, 4, 0, 0]).is_ok());
    }

    #[test]
    fn a_worker_cannot_ask_for_more_than_a_frame_holds() {
        let (head, payload) = split(&need(0, MAX_PAYLOAD + 1).unwrap());
        assert_eq!(head.from_worker(payload), Err(Broken));
    }

    #[test]
    fn a_frame_is_written_whole_also_where_little_fits_at_once() {
        struct Narrow(Vec<u8>);
        impl Write for Narrow {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0.extend(bytes.iter().take(3));
                Ok(bytes.len().min(3))
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        for payload in [&b""[..], b"a", b"seven..", b"a piece of some length"] {
            let mut pipe = Narrow(Vec::new());
            let head = clean_head(payload.len()).unwrap();
            write(&mut pipe, [&head, payload]).unwrap();
            assert_eq!(pipe.0, [&head, payload].concat());
        }
        assert_eq!(clean_head(MAX_PAYLOAD + 1), Err(Broken));
    }

    #[test]
    fn frames_of_the_wrong_direction_or_kind_are_refused() {
        let piece = Head::parse(clean_head(5).unwrap()).unwrap();
        assert_eq!(piece.to_worker(b"piece".to_vec()), Err(Broken));
        let range = Head::parse(bytes_head(5).unwrap()).unwrap();
        assert_eq!(range.from_worker(b"range".to_vec()), Err(Broken));
        assert_eq!(Head { kind: 9, length: 0 }.from_worker(Vec::new()), Err(Broken));
        assert_eq!(Head { kind: VERDICT, length: 2 }.from_worker(b"no".to_vec()), Err(Broken));
    }
}
