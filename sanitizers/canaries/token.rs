//! What is planted.

/// A pair of marks that occur nowhere else: one for a hiding place, one for a place that
/// people see. Both are sixteen characters long and fit wherever text does.
pub(crate) struct Token {
    number: usize,
}

impl Token {
    pub(crate) fn new(number: usize) -> Token {
        Token { number }
    }

    /// The text for the hiding place.
    pub(crate) fn hidden(&self) -> String {
        format!("Kanarie{:09}", 371_000_000 + self.number)
    }

    /// The text for a place that people see.
    pub(crate) fn shown(&self) -> String {
        format!("Synligt{:09}", 824_000_000 + self.number)
    }

    /// The same hidden text for places that take no text but sixteen bytes.
    pub(crate) fn bytes(&self) -> [u8; 16] {
        self.hidden().into_bytes().try_into().unwrap()
    }

    /// The hidden text as UTF-16, low byte first.
    pub(crate) fn utf16(&self) -> Vec<u8> {
        self.hidden().encode_utf16().flat_map(u16::to_le_bytes).collect()
    }
}
