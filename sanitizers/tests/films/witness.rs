//! What other programs find in a film.

use std::fs;

use crate::tools::run;

/// Groups of ExifTool that speak of the file on the disk, or of what follows from the rest.
const OUTSIDE: [&str; 4] = ["ExifTool", "System", "File", "Composite"];

/// Tags that say how a film is coded and shown.
const SHOWN: [&str; 61] = [
    "MajorBrand",
    "MinorVersion",
    "CompatibleBrands",
    "MovieHeaderVersion",
    "TimeScale",
    "Duration",
    "PreferredRate",
    "PreferredVolume",
    "MatrixStructure",
    "PreviewTime",
    "PreviewDuration",
    "PosterTime",
    "SelectionTime",
    "SelectionDuration",
    "CurrentTime",
    "NextTrackID",
    "MediaDataSize",
    "MediaDataOffset",
    "TrackHeaderVersion",
    "TrackID",
    "TrackDuration",
    "TrackLayer",
    "TrackVolume",
    "ImageWidth",
    "ImageHeight",
    "MediaHeaderVersion",
    "MediaTimeScale",
    "MediaDuration",
    "HandlerClass",
    "HandlerType",
    "GraphicsMode",
    "OpColor",
    "CompressorID",
    "SourceImageWidth",
    "SourceImageHeight",
    "XResolution",
    "YResolution",
    "BitDepth",
    "PixelAspectRatio",
    "VideoFrameRate",
    "Balance",
    "AudioFormat",
    "AudioChannels",
    "AudioBitsPerSample",
    "AudioSampleRate",
    "LayoutFlags",
    "ColorProfiles",
    "ColorPrimaries",
    "TransferCharacteristics",
    "MatrixCoefficients",
    "VideoFullRangeFlag",
    "PurchaseFileFormat",
    "CleanApertureDimensions",
    "ChannelLayout",
    "AVCConfiguration",
    "HEVCConfiguration",
    "ColorRepresentation",
    "VideoFieldOrder",
    "Endianness",
    "AudioChannelTypes",
    "NumChannelDescriptions",
];

/// Tags `ExifTool` finds beyond those about what is seen and heard.
pub(crate) fn identifying(file: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), file).unwrap();
    let arguments = ["-a", "-G1", "-s", "-ee", "file"];
    let output = run("exiftool", "libimage-exiftool-perl", &arguments, folder.path());
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter(|line| !is_harmless(line)).map(str::to_owned).collect()
}

fn is_harmless(line: &str) -> bool {
    let Some((group, rest)) = line.split_once(']') else { return true };
    let (tag, value) = rest.split_once(':').unwrap_or_default();
    let (tag, value) = (tag.trim(), value.trim());
    match tag {
        "Warning" => false,
        "MediaLanguageCode" => value == "und",
        // It cannot be older than the format.
        _ if tag.ends_with("Date") && !group.contains("System") && !group.contains("File") => {
            value == "0000:00:00 00:00:00"
        }
        _ => OUTSIDE.contains(&group.trim_start_matches('[')) || SHOWN.contains(&tag),
    }
}

/// What `MediaInfo` says, as text.
pub(crate) fn media_info(file: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), file).unwrap();
    let output = run("mediainfo", "mediainfo", &["--Full", "file"], folder.path());
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Frames as `FFmpeg` takes them out, with times and digests, a line each; those of sound
/// only without times.
pub(crate) fn frames(file: &[u8], options: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), file).unwrap();
    let arguments = [&["-v", "error", "-i", "file"], options, &["-f", "framemd5", "-"]].concat();
    let output = run("ffmpeg", "ffmpeg", &arguments, folder.path());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    said.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}
