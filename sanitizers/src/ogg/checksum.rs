//! The checksum of a page (RFC 3533, section 6).

#[expect(clippy::indexing_slicing, reason = "256 places, at compile time")]
const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0_u32;
    while byte < 256 {
        let mut sum = byte << 24;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum >> 31 == 0 { sum << 1 } else { (sum << 1) ^ 0x04C1_1DB7 };
            bit += 1;
        }
        table[byte as usize] = sum;
        byte += 1;
    }
    table
};

/// Goes on with a checksum, which begins with nought.
pub(super) fn of(bytes: &[u8], sum: u32) -> u32 {
    bytes.iter().fold(sum, |sum, &byte| {
        let [high, ..] = sum.to_be_bytes();
        (sum << 8) ^ TABLE.get(usize::from(high ^ byte)).copied().unwrap_or(0)
    })
}

#[test]
fn the_sum_can_be_taken_in_parts() {
    // The polynomial of bzip2, with neither beginning nor end turned over.
    assert_eq!(of(b"123456789", 0), 0x89A1_897F);
    assert_eq!(of(b"56789", of(b"1234", 0)), 0x89A1_897F);
}
