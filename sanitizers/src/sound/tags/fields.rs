//! What a field of a tag tells, by its name.

use crate::{Category, Notes};

/// Parts of names of fields; the first that is found decides.
const WORDS: [(&str, Category); 43] = [
    ("PICTURE", Category::HiddenPictures),
    ("COVERART", Category::HiddenPictures),
    ("COVER ART", Category::HiddenPictures),
    ("LOCATION", Category::Location),
    ("GEO", Category::Location),
    ("LATITUDE", Category::Location),
    ("COUNTRY", Category::Location),
    ("ENCODER", Category::Software),
    ("ENCODED", Category::Software),
    ("ENCODING", Category::Software),
    ("SOFTWARE", Category::Software),
    ("TOOL", Category::Software),
    ("WRITING", Category::Software),
    ("MUXING", Category::Software),
    ("WEBSITE", Category::Links),
    ("URL", Category::Links),
    ("ARTIST", Category::People),
    ("AUTHOR", Category::People),
    ("COMPOSER", Category::People),
    ("PERFORMER", Category::People),
    ("CONDUCTOR", Category::People),
    ("DIRECTOR", Category::People),
    ("ACTOR", Category::People),
    ("COPYRIGHT", Category::People),
    ("LICENSE", Category::People),
    ("ORGANIZATION", Category::People),
    ("PUBLISHER", Category::People),
    ("PRODUCER", Category::People),
    ("CONTACT", Category::People),
    ("ENGINEER", Category::People),
    ("OWNER", Category::People),
    ("ORIGINATOR", Category::People),
    ("DATE", Category::Dates),
    ("YEAR", Category::Dates),
    ("TIME", Category::Dates),
    ("ISRC", Category::Identifiers),
    ("BARCODE", Category::Identifiers),
    ("MUSICBRAINZ", Category::Identifiers),
    ("SERIAL", Category::Identifiers),
    ("UUID", Category::Identifiers),
    ("_ID", Category::Identifiers),
    ("COMMENT", Category::Comments),
    ("DEVICE", Category::Device),
];

/// Counts a field with a name in words: `ARTIST`, `Year`, `encoder`.
pub(crate) fn note_field(name: &[u8], notes: &mut Notes) {
    let name = String::from_utf8_lossy(name).to_ascii_uppercase();
    let word = WORDS.iter().find(|(word, _)| name.contains(word));
    notes.found(word.map_or(Category::Descriptions, |(_, category)| *category));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_counted_by_what_they_tell() {
        let category = |name: &str| {
            let mut notes = Notes::default();
            note_field(name.as_bytes(), &mut notes);
            notes.findings()[0].category
        };
        assert_eq!(category("ALBUMARTIST"), Category::People);
        assert_eq!(category("Year"), Category::Dates);
        assert_eq!(category("encoder"), Category::Software);
        assert_eq!(category("METADATA_BLOCK_PICTURE"), Category::HiddenPictures);
        assert_eq!(category("TITLE"), Category::Descriptions);
    }
}
