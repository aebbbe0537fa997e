//! A picture with everything a camera writes, as `ExifTool` sees it before and after.

use std::io::Cursor;

use sluse_sanitizers::{Limits, sanitize};

use crate::exiftool;

fn picture() -> Vec<u8> {
    let plain = image::RgbImage::from_pixel(16, 16, image::Rgb([200, 30, 90]));
    let mut bytes = Vec::new();
    plain.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Jpeg).unwrap();
    exiftool::write(
        &bytes,
        &[
            "-Make=Nikon",
            "-SerialNumber=4711",
            "-GPSLatitude=55.67",
            "-GPSLongitude=12.56",
            "-DateTimeOriginal=2026:01:02 03:04:05",
            "-Orientation#=6",
            "-XMP:Creator=Anna",
            "-IPTC:By-line=Anna",
            "-Comment=from Anna",
            "-OwnerName=Anna",
        ],
    )
}

#[test]
fn exiftool_sees_ten_things_before_and_only_the_orientation_after() {
    let original = picture();
    assert!(exiftool::identifying(&original).len() >= 9);
    let mut copy = Vec::new();
    sanitize(&mut Cursor::new(&original), &mut copy, &Limits::default()).unwrap();
    assert_eq!(exiftool::identifying(&copy), Vec::<String>::new());
    assert_eq!(exiftool::value(&copy, "IFD0:Orientation").as_deref(), Some("Rotate 90 CW"));
}
