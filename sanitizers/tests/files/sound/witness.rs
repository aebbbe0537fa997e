//! ExifTool and `MediaInfo` as further witnesses.

use crate::cleaning::clean_with_report;
use crate::programs::{media_info, tags};
use crate::recorded::made;

/// Tags that say how sound is coded; each is computed or needed to play it.
const HEARD: [&str; 40] = [
    "VorbisVersion",
    "OpusVersion",
    "OutputGain",
    "MPEGAudioVersion",
    "AudioLayer",
    "ChannelMode",
    "MSStereo",
    "IntensityStereo",
    "Emphasis",
    "VBRFrames",
    "VBRBytes",
    "VBRScale",
    "ModeExtension",
    "WaveformatextensibleChannelMask",
    "Encoding",
    "NumChannels",
    "SampleRate",
    "AvgBytesPerSec",
    "BitsPerSample",
    "NumberOfSamples",
    "NumSampleFrames",
    "SampleSize",
    "CompressionType",
    "CompressorName",
    "FormatVersionTime",
    "BlockSizeMin",
    "BlockSizeMax",
    "FrameSizeMin",
    "FrameSizeMax",
    "Channels",
    "TotalSamples",
    "MD5Signature",
    "SpeakerPositions",
    "ChannelMask",
    "AudioBitrate",
    "AudioChannels",
    "Duration",
    "ValidBitsPerSample",
    "SubFormat",
    "Vendor",
];

/// Tags `ExifTool` finds beyond those that are heard.
pub(crate) fn identifying(file: &[u8]) -> Vec<String> {
    tags(file, "file", |tag| match tag.name {
        // Every clean AIFF-C has the same, and names are empty.
        "FormatVersionTime" => tag.value == "1990:05:23 14:40:00",
        "CopyrightFlag" | "OriginalMedia" => tag.value == "False",
        // Every clean MP3 with a delay has the same word.
        "Encoder" => tag.value == "LAME",
        "VBRScale" => tag.value == "0",
        "CompressorName" | "Vendor" => tag.value.is_empty(),
        "Warning" => false,
        name => tag.is_outside() || HEARD.contains(&name),
    })
}

#[test]
fn witnesses_see_what_was_hidden_and_nothing_afterwards() {
    for (ending, options) in crate::sound::content::MADE {
        let dirty = made(ending, options);
        let clean = clean_with_report(&dirty).unwrap().0;
        assert!(!identifying(&dirty).is_empty(), "{ending} {options:?}");
        assert_eq!(identifying(&clean), Vec::<String>::new(), "{ending} {options:?}");
        // It does not read comments of FLAC in Ogg.
        let read = ending != &"ogg" || !options.contains(&"flac");
        assert_eq!(media_info(&dirty).contains("Anna"), read, "{ending} {options:?}");
        let said = media_info(&clean);
        for word in ["Anna", "Odense", "2024", "Lavf", "Lavc", "LAME3"] {
            assert!(!said.contains(word), "{ending} {options:?}: {word}");
        }
    }
}
