//! The allow-list: what becomes of each marker.

/// What becomes of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// Kept after every field was checked.
    Frame,
    /// Kept if a component uses them.
    QuantisationTables,
    /// Kept if a scan uses them.
    HuffmanTables,
    /// Kept.
    RestartInterval,
    /// Kept with its coded data.
    Scan,
    /// The end of the picture: nothing behind it is copied.
    End,
    /// Four are issued anew, the others are dropped and counted.
    Application,
    /// Dropped and counted.
    Comment,
    /// Dropped: a marker without meaning in its place.
    Drop,
    /// Refused: a coding that is not rewritten.
    Coding,
    /// Refused: cannot stand there.
    Forbidden,
}

/// Markers, what becomes of them, and why. The last line that fits counts.
const RULES: [(u8, u8, Rule, &str); 20] = [
    (0x00, 0xFF, Rule::Forbidden, "reserved: refused"),
    (0x01, 0x01, Rule::Drop, "TEM: dropped"),
    (
        0xC0,
        0xC2,
        Rule::Frame,
        "SOF0-2 frame: kept, 8 bits, 1, 3 or 4 components, all fields checked",
    ),
    (0xC3, 0xCF, Rule::Coding, "SOF3-15, JPG, DAC: lossless, hierarchical, arithmetic: refused"),
    (0xC4, 0xC4, Rule::HuffmanTables, "DHT: kept if a scan uses the table"),
    (0xD0, 0xD7, Rule::Drop, "RST0-7 outside coded data: dropped"),
    (0xD8, 0xD8, Rule::Forbidden, "SOI inside the picture: refused"),
    (0xD9, 0xD9, Rule::End, "EOI: the copy ends here; trailers, films and previews are dropped"),
    (0xDA, 0xDA, Rule::Scan, "SOS: kept with its coded data, fill bytes dropped"),
    (0xDB, 0xDB, Rule::QuantisationTables, "DQT: kept if a component uses the table"),
    (0xDC, 0xDC, Rule::Coding, "DNL: height after the picture: refused"),
    (0xDD, 0xDD, Rule::RestartInterval, "DRI: kept"),
    (0xDE, 0xDF, Rule::Coding, "DHP, EXP: hierarchical: refused"),
    (
        0xE0,
        0xE0,
        Rule::Application,
        "APP0: JFIF issued anew with a common density; thumbnails dropped",
    ),
    (
        0xE1,
        0xE1,
        Rule::Application,
        "APP1: Exif issued anew with the orientation only; XMP dropped",
    ),
    (0xE2, 0xE2, Rule::Application, "APP2: ICC profile issued anew; MPF and HDR layers dropped"),
    (0xE3, 0xEF, Rule::Application, "APP3-15: dropped"),
    (0xEE, 0xEE, Rule::Application, "APP14: Adobe colour transform issued anew"),
    (0xF0, 0xFD, Rule::Drop, "JPG0-13: dropped"),
    (0xFE, 0xFE, Rule::Comment, "COM: dropped"),
];

impl Rule {
    /// The rule for a marker.
    pub(super) fn of(marker: u8) -> Rule {
        RULES
            .iter()
            .rev()
            .find(|(first, last, ..)| (*first..=*last).contains(&marker))
            .map_or(Rule::Forbidden, |(_, _, rule, _)| *rule)
    }
}

/// The allow-list as lines of text.
pub(crate) fn explain() -> Vec<String> {
    RULES
        .iter()
        .map(|(first, last, _, why)| {
            let range = if first == last { String::new() } else { format!("-FF {last:02X}") };
            format!("FF {first:02X}{range:<6}  {why}")
        })
        .collect()
}
