//! Codes of up to twelve bits, out of bytes and into bytes.

/// Takes codes out of bytes.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    high_first: bool,
    held: u32,
    count: u32,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8], high_first: bool) -> Self {
        Reader { bytes, high_first, held: 0, count: 0 }
    }

    /// The next code of so many bits, if there are as many.
    pub(super) fn take(&mut self, bits: u32) -> Option<u16> {
        while self.count < bits {
            let (&byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            if self.high_first {
                self.held = self.held << 8 | u32::from(byte);
            } else {
                self.held |= u32::from(byte) << self.count;
            }
            self.count += 8;
        }
        self.count -= bits;
        let mask = (1 << bits) - 1;
        let code = if self.high_first {
            self.held >> self.count & mask
        } else {
            let code = self.held & mask;
            self.held >>= bits;
            code
        };
        u16::try_from(code).ok()
    }

    /// Whether nothing is left but the zeros that fill the last byte.
    pub(super) fn is_at_end(&self) -> bool {
        self.bytes.is_empty() && self.held & ((1 << self.count) - 1) == 0
    }
}

/// Puts codes into bytes.
pub(super) struct Writer {
    bytes: Vec<u8>,
    high_first: bool,
    held: u32,
    count: u32,
}

impl Writer {
    pub(super) fn new(high_first: bool) -> Self {
        Writer { bytes: Vec::new(), high_first, held: 0, count: 0 }
    }

    pub(super) fn put(&mut self, code: u16, bits: u32) {
        if self.high_first {
            self.held = self.held << bits | u32::from(code);
        } else {
            self.held |= u32::from(code) << self.count;
        }
        self.count += bits;
        while self.count >= 8 {
            self.count -= 8;
            if self.high_first {
                self.bytes.push((self.held >> self.count & 0xFF) as u8);
            } else {
                self.bytes.push((self.held & 0xFF) as u8);
                self.held >>= 8;
            }
        }
    }

    /// All bytes; the last one is filled with zeros.
    pub(super) fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.put(0, 8 - self.count);
        }
        self.bytes
    }
}
