//! What `ExifTool` finds in a film.

use crate::programs::tags;

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
    tags(file, "mp4", |tag| match tag.name {
        "Warning" => false,
        "MediaLanguageCode" => tag.value == "und",
        // It cannot be older than the format.
        name if name.ends_with("Date") && !matches!(tag.group, "System" | "File") => {
            tag.value == "0000:00:00 00:00:00"
        }
        name => tag.is_outside() || SHOWN.contains(&name),
    })
}
