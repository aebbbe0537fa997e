//! ExifTool as a second witness.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::build::{chunk, grey};
use crate::clean;

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
    let mut child = Command::new("exiftool")
        .args(["-a", "-G1", "-s", "-ee", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("exiftool is missing: install the package libimage-exiftool-perl");
    let mut stdin = child.stdin.take().unwrap();
    let input = file.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    drop(writer.join());
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter(|line| !is_harmless(line)).map(str::to_owned).collect()
}

fn is_harmless(line: &str) -> bool {
    let Some((group, rest)) = line.split_once(']') else { return true };
    let (tag, value) = rest.split_once(':').unwrap_or_default();
    let (tag, value) = (tag.trim(), value.trim());
    let group = group.trim_start_matches('[');
    match group {
        "ExifTool" | "System" | "File" | "Composite" => true,
        _ if SHOWN.contains(&tag) => true,
        "PNG" | "PNG-pHYs" | "PNG-cICP" => tag == "ProfileName" && value == "ICC",
        "ICC-header" => match tag {
            "ProfileDateTime" => value == "0000:00:00 00:00:00",
            "DeviceManufacturer" | "DeviceModel" | "ProfileCreator" => value.is_empty(),
            "ProfileID" => value == "0",
            _ => true,
        },
        "ICC_Profile" => match tag {
            "ProfileDescription" => value == "colour",
            "ProfileCopyright" => value == "none",
            _ => true,
        },
        group => group.starts_with("ICC-"),
    }
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
