//! Bytes that are read from front to back.

use crate::Refusal;

/// What was not read yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bytes<'a> {
    rest: &'a [u8],
}

impl<'a> Bytes<'a> {
    /// Starts at the first byte.
    pub(crate) fn new(rest: &'a [u8]) -> Self {
        Bytes { rest }
    }

    /// What was not read yet.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Reads so many bytes, or says that the file ends too early.
    pub(crate) fn take(&mut self, length: usize) -> Result<&'a [u8], Refusal> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(Refusal::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    /// Reads a fixed number of bytes.
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Refusal> {
        self.take(N)?.try_into().map_err(|_| Refusal::Internal)
    }

    /// Reads one byte.
    pub(crate) fn byte(&mut self) -> Result<u8, Refusal> {
        self.array().map(|[byte]| byte)
    }

    /// Reads a number, low byte first.
    pub(crate) fn u16_le(&mut self) -> Result<u16, Refusal> {
        self.array().map(u16::from_le_bytes)
    }

    /// Reads a number, low byte first.
    pub(crate) fn u32_le(&mut self) -> Result<u32, Refusal> {
        self.array().map(u32::from_le_bytes)
    }

    /// Reads a number, high byte first.
    pub(crate) fn u16_be(&mut self) -> Result<u16, Refusal> {
        self.array().map(u16::from_be_bytes)
    }

    /// Reads a number, high byte first.
    pub(crate) fn u32_be(&mut self) -> Result<u32, Refusal> {
        self.array().map(u32::from_be_bytes)
    }
}
