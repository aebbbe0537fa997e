//! ExifTool and `MediaInfo` as further witnesses.

use std::fs;

use crate::clean_with_report;
use crate::tools::{made, run};

/// Groups of ExifTool that speak of the file on the disk.
const OUTSIDE: [&str; 4] = ["ExifTool", "System", "File", "Composite"];

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
        // Every clean AIFF-C has the same, and names are empty.
        "FormatVersionTime" => value == "1990:05:23 14:40:00",
        "CopyrightFlag" | "OriginalMedia" => value == "False",
        // Every clean MP3 with a delay has the same word.
        "Encoder" => value == "LAME",
        "VBRScale" => value == "0",
        "CompressorName" | "Vendor" => value.is_empty(),
        "Warning" => false,
        _ => OUTSIDE.contains(&group.trim_start_matches('[')) || HEARD.contains(&tag),
    }
}

/// What `MediaInfo` says, as text.
fn media_info(file: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), file).unwrap();
    let output = run("mediainfo", "mediainfo", &["--Full", "file"], folder.path());
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn witnesses_see_what_was_hidden_and_nothing_afterwards() {
    for (ending, options) in crate::content::MADE {
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
