//! ExifTool as a second witness.

use crate::cleaning::clean;
use crate::front::build::{chunk, grey};
use crate::programs::tags;

/// Tags that say how the picture is shown, and fields of neutral profiles.
const SHOWN: [&str; 30] = [
    "ImageWidth",
    "ImageHeight",
    "BitDepth",
    "ColorType",
    "Compression",
    "Filter",
    "Interlace",
    "Palette",
    "Transparency",
    "SRGBRendering",
    "Gamma",
    "WhitePointX",
    "WhitePointY",
    "RedX",
    "RedY",
    "GreenX",
    "GreenY",
    "BlueX",
    "BlueY",
    "SignificantBits",
    "PixelsPerUnitX",
    "PixelsPerUnitY",
    "PixelUnits",
    "AnimationFrames",
    "AnimationPlays",
    "Orientation",
    "ColorPrimaries",
    "TransferCharacteristics",
    "MatrixCoefficients",
    "VideoFullRangeFlag",
];

/// Tags `ExifTool` finds beyond those that are shown.
pub(crate) fn identifying(file: &[u8]) -> Vec<String> {
    tags(file, "png", |tag| {
        let is_name_of_profile = tag.name == "ProfileName" && tag.value == "ICC";
        tag.is_outside()
            || SHOWN.contains(&tag.name)
            || tag.is_of_a_neutral_profile()
            || tag.group == "PNG" && is_name_of_profile
    })
}

#[test]
fn the_witness_sees_what_was_hidden_and_nothing_afterwards() {
    let entry = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x3b\0\x02\0\0\0\x05\0\0\0\x1a\0\0\0\0Anna\0";
    let dirty = grey(
        &[
            chunk(*b"tEXt", b"Author\0Anna"),
            chunk(*b"tIME", &[7, 230, 1, 2, 3, 4, 5]),
            chunk(*b"eXIf", entry),
            chunk(*b"pHYs", &[0, 0, 0x2E, 0x23, 0, 0, 0x2E, 0x23, 1]),
        ],
        &[],
    );
    assert!(identifying(&dirty).len() >= 3, "{:?}", identifying(&dirty));
    assert_eq!(identifying(&clean(&dirty)), Vec::<String>::new());
}
