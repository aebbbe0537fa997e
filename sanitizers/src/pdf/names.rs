//! New names for what had one.
//!
//! A drawing calls its fonts and pictures by names that nobody sees, such as
//! `/Im_4f2a` or `/LogoOfTheCompany`, and six random letters before the name of a
//! font tie it to one document. All of them are numbered anew in the order in which
//! they are first met, so that the same document always gets the same names.

use std::collections::BTreeMap;

use super::table::Space;

/// Names that mean something by themselves (ISO 32000-2, 8.6.3, 8.6.5.6 and 8.9.7).
const RESERVED: &[&[u8]] = &[
    b"DeviceGray",
    b"DeviceRGB",
    b"DeviceCMYK",
    b"Pattern",
    b"DefaultGray",
    b"DefaultRGB",
    b"DefaultCMYK",
    b"G",
    b"RGB",
    b"CMYK",
    b"I",
];

/// Whether the name of a colour space means something by itself.
pub(super) fn is_reserved(name: &[u8]) -> bool {
    RESERVED.contains(&name)
}

/// Letters before the plus sign of a subset font (9.9.2).
const TAG: usize = 6;

#[derive(Default)]
pub(super) struct Names {
    resources: BTreeMap<(Space, Vec<u8>), usize>,
    counts: BTreeMap<Space, usize>,
    subsets: BTreeMap<Vec<u8>, usize>,
}

impl Names {
    /// The new name of a resource.
    pub(super) fn resource(&mut self, space: Space, name: &[u8]) -> Vec<u8> {
        let letter = match space {
            Space::Fonts => 'F',
            Space::XObjects => 'X',
            Space::States => 'S',
            Space::Spaces if is_reserved(name) => return name.to_vec(),
            Space::Spaces => 'K',
            Space::Patterns => 'P',
            Space::Shadings => 'H',
            Space::Layers => 'L',
            Space::Glyphs => return name.to_vec(),
        };
        let count = self.counts.entry(space).or_default();
        let number = self.resources.entry((space, name.to_vec())).or_insert_with(|| {
            *count += 1;
            *count
        });
        format!("{letter}{number}").into_bytes()
    }

    /// The name of a font, with a subset tag of ours if it had one.
    pub(super) fn font(&mut self, name: &[u8]) -> Vec<u8> {
        let Some(plain) = without_tag(name) else { return name.to_vec() };
        let next = self.subsets.len();
        let number = *self.subsets.entry(name.to_vec()).or_insert(next);
        [tag(number).as_slice(), b"+", plain].concat()
    }
}

fn without_tag(name: &[u8]) -> Option<&[u8]> {
    let (tag, rest) = name.split_at_checked(TAG)?;
    let plain = rest.strip_prefix(b"+")?;
    tag.iter().all(u8::is_ascii_uppercase).then_some(plain)
}

fn tag(mut number: usize) -> Vec<u8> {
    let mut letters = vec![b'A'; TAG];
    for letter in letters.iter_mut().rev() {
        *letter += u8::try_from(number % 26).unwrap_or_default();
        number /= 26;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_numbered_in_the_order_in_which_they_are_met() {
        let mut names = Names::default();
        assert_eq!(names.resource(Space::Fonts, b"Zebra"), b"F1");
        assert_eq!(names.resource(Space::XObjects, b"Zebra"), b"X1");
        assert_eq!(names.resource(Space::Fonts, b"Ape"), b"F2");
        assert_eq!(names.resource(Space::Fonts, b"Zebra"), b"F1");
    }

    #[test]
    fn the_letters_before_a_subset_font_are_not_those_of_the_original() {
        let mut names = Names::default();
        assert_eq!(names.font(b"QWERTY+Arial"), b"AAAAAA+Arial");
        assert_eq!(names.font(b"ZXCVBN+Arial"), b"AAAAAB+Arial");
        assert_eq!(names.font(b"Helvetica"), b"Helvetica");
    }

    #[test]
    fn a_colour_space_with_a_meaning_keeps_its_name() {
        assert_eq!(Names::default().resource(Space::Spaces, b"DeviceRGB"), b"DeviceRGB");
    }
}
