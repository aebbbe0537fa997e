//! The common colour spaces, and how they are recognised.
//!
//! Cameras, telephones and programs ship these few spaces under a hundred names and
//! dates. Whoever means one of them gets our one copy, so that the copy says nothing
//! about who wrote it.

use super::{
    Profile, Version,
    curve::{Curve, STEPS},
    tags::D50,
};

/// How far a primary may be off: profiles round differently, by one or two parts in
/// ten thousand.
const PRIMARY_TOLERANCE: u32 = 40;

/// A colour space with a canonical profile of our own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// IEC 61966-2-1.
    Srgb,
    /// The P3 primaries of SMPTE EG 432-1 with white D65 and the curve of sRGB.
    DisplayP3,
    /// Adobe RGB (1998).
    AdobeRgb,
    /// ITU-R BT.2020 with the curve of that recommendation.
    Rec2020,
    /// Grey with the curve of sRGB.
    SrgbGrey,
    /// Grey with gamma 2.2.
    GammaGrey,
}

impl Known {
    const ALL: [Known; 6] = [
        Known::Srgb,
        Known::DisplayP3,
        Known::AdobeRgb,
        Known::Rec2020,
        Known::SrgbGrey,
        Known::GammaGrey,
    ];

    /// Says which space a profile means.
    pub(super) fn recognise(profile: &Profile) -> Option<Known> {
        // Tables and code points override primaries and curves.
        if profile.tag(*b"A2B0").is_some() || profile.tag(*b"cicp").is_some() {
            return None;
        }
        Known::ALL.into_iter().find(|known| known.means(profile) == Some(true))
    }

    fn means(self, profile: &Profile) -> Option<bool> {
        let curve = self.curve();
        Some(match self.primaries() {
            None => &profile.space == b"GRAY" && same_curve(&curve, &profile.curve(*b"kTRC")?)?,
            Some([red, green, blue]) => {
                &profile.space == b"RGB "
                    && near(red, profile.xyz(*b"rXYZ")?)
                    && near(green, profile.xyz(*b"gXYZ")?)
                    && near(blue, profile.xyz(*b"bXYZ")?)
                    && same_curve(&curve, &profile.curve(*b"rTRC")?)?
                    && same_curve(&curve, &profile.curve(*b"gTRC")?)?
                    && same_curve(&curve, &profile.curve(*b"bTRC")?)?
            }
        })
    }

    /// Red, green and blue under D50.
    fn primaries(self) -> Option<[[i32; 3]; 3]> {
        Some(match self {
            Known::Srgb => {
                [[0x6FA2, 0x38F5, 0x0390], [0x6299, 0xB785, 0x18DA], [0x24A0, 0x0F84, 0xB6CF]]
            }
            Known::DisplayP3 => {
                [[0x83DF, 0x3DBF, -0x45], [0x4ABF, 0xB137, 0x0AB9], [0x2838, 0x110B, 0xC8B9]]
            }
            Known::AdobeRgb => {
                [[0x9C18, 0x4FA5, 0x04FC], [0x348D, 0xA02C, 0x0F95], [0x2631, 0x102F, 0xBE9C]]
            }
            Known::Rec2020 => {
                [[0xAC69, 0x476F, -0x7F], [0x2A69, 0xACE3, 0x07AD], [0x2003, 0x0BAD, 0xCBFF]]
            }
            Known::SrgbGrey | Known::GammaGrey => return None,
        })
    }

    fn curve(self) -> Curve {
        match self {
            Known::Srgb | Known::DisplayP3 | Known::SrgbGrey => {
                Curve::Formula(3, vec![0x2_6666, 0xF2A7, 0x0D59, 0x13D0, 0x0A5B])
            }
            Known::AdobeRgb | Known::GammaGrey => Curve::Points(vec![0x0233]),
            Known::Rec2020 => Curve::Formula(3, vec![0x2_38E4, 0xE8E0, 0x1720, 0x38E4, 0x14CC]),
        }
    }

    /// Our own profile of this space.
    pub(super) fn profile(self) -> Profile {
        let mut tags = vec![(*b"wtpt", numbers(*b"XYZ ", &D50))];
        let curve = self.curve().write();
        match self.primaries() {
            None => tags.push((*b"kTRC", curve)),
            Some([red, green, blue]) => {
                tags.push((*b"chad", numbers(*b"sf32", &D65_TO_D50)));
                tags.push((*b"rXYZ", numbers(*b"XYZ ", &red)));
                tags.push((*b"gXYZ", numbers(*b"XYZ ", &green)));
                tags.push((*b"bXYZ", numbers(*b"XYZ ", &blue)));
                tags.extend([b"rTRC", b"gTRC", b"bTRC"].map(|name| (*name, curve.clone())));
            }
        }
        Profile {
            version: Version::Four,
            class: *b"mntr",
            space: if self.primaries().is_some() { *b"RGB " } else { *b"GRAY" },
            connection: *b"XYZ ",
            intent: 0,
            tags,
        }
    }
}

/// Bradford adaptation from D65 to D50 (ICC.1:2022, annex E).
const D65_TO_D50: [i32; 9] =
    [0x1_0C42, 0x05DE, -0x0CDB, 0x0793, 0xFD90, -0x045F, -0x025E, 0x03DC, 0xC06E];

fn numbers(kind: [u8; 4], values: &[i32]) -> Vec<u8> {
    let mut body = [kind, [0; 4]].concat();
    body.extend(values.iter().flat_map(|value| value.to_be_bytes()));
    body
}

fn near(ours: [i32; 3], theirs: [i32; 3]) -> bool {
    ours.iter().zip(theirs).all(|(our, their)| our.abs_diff(their) <= PRIMARY_TOLERANCE)
}

/// Two curves are the same if no 8-bit picture could tell them apart.
fn same_curve(ours: &Curve, theirs: &Curve) -> Option<bool> {
    for step in 0..=STEPS {
        let (our, their) = (ours.at(step)?, theirs.at(step)?);
        // Eyes see ratios in the dark, so the tolerance shrinks with the value.
        let same = (our - their).abs() <= 0.000_2 + 0.005 * our;
        if !same {
            return Some(false);
        }
    }
    Some(true)
}
