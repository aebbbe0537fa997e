//! The two checksums of a frame (RFC 9639, sections 9.1.8 and 9.3).

/// The remainder of each byte, for a polynomial of sixteen bits; one of eight bits stands in
/// the upper half.
#[expect(clippy::indexing_slicing, reason = "256 places, at compile time")]
const fn table(polynomial: u16) -> [u16; 256] {
    let mut table = [0; 256];
    let mut byte = 0_u16;
    while byte < 256 {
        let mut sum = byte << 8;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ polynomial };
            bit += 1;
        }
        table[byte as usize] = sum;
        byte += 1;
    }
    table
}

const TABLE8: [u16; 256] = table(0x0700);
const TABLE16: [u16; 256] = table(0x8005);

/// Of the header of a frame.
pub(super) fn of_header(bytes: &[u8]) -> u8 {
    let step = |sum: u8, byte: &u8| {
        TABLE8.get(usize::from(sum ^ byte)).map_or(0, |sum| sum.to_be_bytes()[0])
    };
    bytes.iter().fold(0, step)
}

/// Of a whole frame.
pub(super) fn of_frame(bytes: &[u8]) -> u16 {
    let step = |sum: u16, byte: &u8| {
        let [high, low] = sum.to_be_bytes();
        let next = TABLE16.get(usize::from(high ^ byte)).copied().unwrap_or(0);
        (u16::from(low) << 8) ^ next
    };
    bytes.iter().fold(0, step)
}

#[test]
fn the_sums_are_those_of_the_specification() {
    // The check values of CRC-8/SMBUS and CRC-16/UMTS.
    assert_eq!(of_header(b"123456789"), 0xF4);
    assert_eq!(of_frame(b"123456789"), 0xFEE8);
}
