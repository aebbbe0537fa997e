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
/// Light is counted in units of 1/10,000 candela to the square metre; its most is a whole
/// number of candela, at most ten thousand.
const CANDELA: u32 = 10_000;
const BRIGHTEST: u32 = 10_000 * CANDELA;
/// The least light of screens that there are.
const DARK: [u32; 10] = [0, 1, 5, 10, 20, 50, 100, 200, 500, 1_000];

/// Whether these 24 bytes describe a screen of a standard.
pub(super) fn is_usual(bytes: &[u8]) -> bool {
    let Some((colours, light)) = bytes.split_first_chunk::<16>() else { return false };
    let Some([most, least]) = light.as_chunks::<4>().0.first_chunk::<2>() else { return false };
    let (most, least) = (u32::from_be_bytes(*most), u32::from_be_bytes(*least));
    let is_screen = |screen: &[u16; 8]| screen.map(u16::to_be_bytes).as_flattened() == colours;
    let is_light = DARK.contains(&least) && (CANDELA..=BRIGHTEST).contains(&most);
    let is_light = is_light && most.is_multiple_of(CANDELA);
    bytes.len() == 24 && SCREENS.iter().any(is_screen) && is_light
}

/// The same screen in fractions, as Matroska has it: red, green, blue, white, most and least
/// light. None if it is no usual one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
pub(crate) fn in_fractions(said: [f64; 10]) -> Option<[f64; 10]> {
    let steps = |number: f64, unit: u32| (number * f64::from(unit)).round() as u32;
    let [colours @ .., most, least] = said;
    let colours = colours.map(|number| steps(number, 50_000));
    let light = [most, least].map(|number| steps(number, CANDELA));
    let mut bytes = colours.map(|number| u16::try_from(number).unwrap_or_default());
    // Messages have red behind green and blue.
    bytes.get_mut(..6)?.rotate_left(2);
    let bytes = [bytes.map(u16::to_be_bytes).concat(), light.map(u32::to_be_bytes).concat()];
    let exact = |number: u32, unit: u32| f64::from(number) / f64::from(unit);
    is_usual(&bytes.concat()).then(|| {
        let mut all = [0.0; 10];
        let colours = colours.map(|number| exact(number, 50_000));
        let light = light.map(|number| exact(number, CANDELA));
        for (place, number) in all.iter_mut().zip(colours.into_iter().chain(light)) {
            *place = number;
        }
        all
    })
}

#[test]
fn a_usual_screen_is_known_in_fractions_that_are_not_exact() {
    let near = [0.708, 0.292, 0.17, 0.797, 0.131, 0.046, 0.3127, 0.329, 1000.0, 0.005];
    let exact = in_fractions(near.map(|number| number + 1e-7)).unwrap();
    assert!(exact.iter().zip(near).all(|(one, other)| (one - other).abs() < 1e-12));
    let mut other = near;
    other[0] = 0.7;
    assert_eq!(in_fractions(other), None);
    assert_eq!(in_fractions([f64::MAX; 10]), None);
}
