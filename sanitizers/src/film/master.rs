//! The screen on which a film was mastered: numbers that make it brighter on others.
//!
//! They stand in a description and in messages, and are free: twelve numbers could be a
//! name. So they stay only where the colours are those of a standard and the light is one
//! that a screen can have.

/// Green, blue, red and white, in units of 1/50,000: BT.2020, P3, BT.709.
const SCREENS: [[u16; 8]; 3] = [
    [8500, 39850, 6550, 2300, 35400, 14600, 15635, 16450],
    [13250, 34500, 7500, 3000, 34000, 16000, 15635, 16450],
    [15000, 30000, 7500, 3000, 32000, 16500, 15635, 16450],
];
/// The brightest light, in units of 1/10,000: ten thousand candela to the square metre.
const BRIGHTEST: u32 = 100_000_000;

/// Whether these 24 bytes describe a screen of a standard.
pub(super) fn is_usual(bytes: &[u8]) -> bool {
    let Some((colours, light)) = bytes.split_first_chunk::<16>() else { return false };
    let Some([most, least]) = light.as_chunks::<4>().0.first_chunk::<2>() else { return false };
    let (most, least) = (u32::from_be_bytes(*most), u32::from_be_bytes(*least));
    let is_screen = |screen: &[u16; 8]| screen.map(u16::to_be_bytes).as_flattened() == colours;
    bytes.len() == 24 && SCREENS.iter().any(is_screen) && least < most && most <= BRIGHTEST
}
