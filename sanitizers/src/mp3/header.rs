//! The four bytes at the beginning of a frame (ISO/IEC 11172-3, 2.4.1.3).

/// Thousands of bits in a second, by version and index.
const RATES: [[u32; 16]; 2] = [
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0],
];
/// Samples in a second of version 1; those of the later ones are a half and a quarter.
const SAMPLE_RATES: [u32; 4] = [44_100, 48_000, 32_000, 0];

/// Flags that no player acts on, in the third and the fourth byte.
const PRIVATE: u8 = 0x01;
const COPYRIGHT_AND_ORIGINAL: u8 = 0x0C;
/// How two channels are joined, in the fourth byte: it means something in one mode only.
const EXTENSION: u8 = 0x30;
const JOINT: u8 = 1;

/// A header of layer III that is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    bytes: [u8; 4],
    /// Bytes of the whole frame.
    pub(super) length: usize,
}

/// What the first bytes are, where they are no header of layer III.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Other {
    /// Layer I or II, or a frame of free length.
    Mpeg,
    /// AAC, whose frames begin alike.
    Aac,
    /// No header at all.
    Nothing,
}

impl Header {
    /// Reads the header that begins here.
    pub(super) fn read(bytes: &[u8]) -> Result<Header, Other> {
        let Some(&bytes @ [0xFF, second, third, fourth]) = bytes.first_chunk() else {
            return Err(Other::Nothing);
        };
        let (version, layer) = (second >> 3 & 3, second >> 1 & 3);
        if second & 0xE0 != 0xE0 || version == 1 || third >> 4 == 15 || third >> 2 & 3 == 3 {
            return Err(Other::Nothing);
        }
        match layer {
            0 => return Err(Other::Aac),
            1 if fourth & 3 == 2 => return Err(Other::Nothing),
            1 if third >> 4 != 0 => {}
            _ => return Err(Other::Mpeg),
        }
        let header = Header { bytes, length: 0 };
        let length = Header::of_bits(&header, header.kilobits()) + usize::from(third >> 1 & 1);
        Ok(Header { bytes, length })
    }

    /// Bytes of a frame with so many thousands of bits in a second, without padding.
    fn of_bits(&self, kilobits: u32) -> usize {
        let slots = if self.is_version_1() { 144_000 } else { 72_000 };
        (slots * kilobits / self.sample_rate().max(1)) as usize
    }

    fn is_version_1(&self) -> bool {
        self.bytes[1] >> 3 & 3 == 3
    }

    fn kilobits(&self) -> u32 {
        let [_, _, third, _] = self.bytes;
        let row = RATES.get(usize::from(!self.is_version_1()));
        row.and_then(|row| row.get(usize::from(third >> 4))).copied().unwrap_or(0)
    }

    fn sample_rate(&self) -> u32 {
        let [_, second, third, _] = self.bytes;
        let rate = SAMPLE_RATES.get(usize::from(third >> 2 & 3)).copied().unwrap_or(0);
        match second >> 3 & 3 {
            3 => rate,
            2 => rate / 2,
            _ => rate / 4,
        }
    }

    /// Granules of a frame: parts with side information of their own.
    pub(super) fn granules(&self) -> usize {
        if self.is_version_1() { 2 } else { 1 }
    }

    /// Channels: one or two.
    pub(super) fn channels(&self) -> usize {
        if self.bytes[3] >> 6 == 3 { 1 } else { 2 }
    }

    /// Whether two bytes of checksum follow.
    pub(super) fn has_checksum(&self) -> bool {
        self.bytes[1] & 1 == 0
    }

    /// Bytes of the side information.
    pub(super) fn side_bytes(&self) -> usize {
        match (self.granules(), self.channels()) {
            (2, 2) => 32,
            (2, _) | (_, 2) => 17,
            _ => 9,
        }
    }

    /// Whether a frame with this header can follow one with that.
    pub(super) fn fits(&self, other: &Header) -> bool {
        let same =
            |header: &Header| (header.bytes[1] & 0xFE, header.sample_rate(), header.channels());
        same(self) == same(other)
    }

    /// Whether the frames have another number of bits in a second.
    pub(super) fn is_as_fast_as(&self, other: &Header) -> bool {
        self.bytes[2] >> 4 == other.bytes[2] >> 4
    }

    /// Whether what is coded of one channel is heard in the other one as well.
    pub(super) fn is_joined(&self) -> bool {
        self.bytes[3] >> 6 == JOINT && self.bytes[3] & EXTENSION != 0
    }

    /// How treble was raised before coding.
    pub(super) fn emphasis(&self) -> u8 {
        self.bytes[3] & 3
    }

    /// The header without what no player acts on.
    pub(super) fn written(&self) -> [u8; 4] {
        let [first, second, third, fourth] = self.bytes;
        let extension = if self.is_joined() { 0 } else { EXTENSION };
        [first, second, third & !PRIVATE, fourth & !COPYRIGHT_AND_ORIGINAL & !extension]
    }

    /// The header of the shortest frame of the same sort with at least so many bytes: no
    /// checksum, no padding.
    pub(super) fn shortest(&self, bytes: usize) -> Option<Header> {
        let [first, second, third, fourth] = self.written();
        (1..15).find_map(|index: u8| {
            let third = third & 0x0C | index << 4;
            let header = Header::read(&[first, second | 1, third, fourth & 0xC3]).ok()?;
            (header.length >= bytes).then_some(header)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_follow_from_the_header() {
        let length = |bytes: [u8; 4]| Header::read(&bytes).map(|header| header.length);
        assert_eq!(length([0xFF, 0xFB, 0x90, 0]), Ok(417));
        assert_eq!(length([0xFF, 0xFB, 0x92, 0]), Ok(418));
        assert_eq!(length([0xFF, 0xF3, 0x84, 0xC0]), Ok(192));
        assert_eq!(length([0xFF, 0xE3, 0x18, 0xC0]), Ok(72));
        assert_eq!(length([0xFF, 0xFD, 0x90, 0]), Err(Other::Mpeg));
        assert_eq!(length([0xFF, 0xFB, 0x00, 0]), Err(Other::Mpeg));
        assert_eq!(length([0xFF, 0xF1, 0x50, 0x80]), Err(Other::Aac));
        for none in [[0xFF, 0xFB, 0xF0, 0], [0xFF, 0xFB, 0x9C, 0], [0xFF, 0xEB, 0x90, 0]] {
            assert_eq!(length(none), Err(Other::Nothing));
        }
    }

    #[test]
    fn flags_are_noughts_and_the_shortest_frame_is_found() {
        let dual = Header::read(&[0xFF, 0xFA, 0x93, 0xBD]).unwrap();
        assert_eq!(dual.written(), [0xFF, 0xFA, 0x92, 0x81]);
        let header = Header::read(&[0xFF, 0xFA, 0x93, 0x6D]).unwrap();
        assert_eq!(header.written(), [0xFF, 0xFA, 0x92, 0x61]);
        let short = header.shortest(192).unwrap();
        assert_eq!((short.written(), short.length), ([0xFF, 0xFB, 0x50, 0x41], 208));
    }
}
