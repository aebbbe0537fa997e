//! XMP: what a packet talks about.
//!
//! A packet is XML with names such as `exif:GPSLatitude` or `xmp:CreatorTool`. It
//! is never kept, so it is not parsed either: the names of properties are counted
//! and the rest is passed over. A packet in which nothing is recognised still
//! counts as one piece of unknown content.
//!
//! Format: ISO 16684-1 (XMP, part 1).

use crate::{Category, Change, Notes};

/// Prefixes that mark the layer for HDR screens (ISO 21496-1 and Adobe's gain maps).
const HDR: [&str; 2] = ["hdrgm", "HDRGainMap"];
/// Names by which telephones announce a film behind the picture.
const MOTION: [&str; 3] = ["MotionPhoto", "MicroVideo", "MotionPhotoVersion"];

/// Counts what a packet talks about, by category.
pub(crate) fn note(packet: &[u8], notes: &mut Notes) {
    let mut any = false;
    for (prefix, name) in Names(packet) {
        if HDR.iter().any(|hdr| prefix == hdr.as_bytes()) {
            notes.changed(Change::HdrLayerRemoved);
        }
        if MOTION.iter().any(|motion| name == motion.as_bytes()) {
            notes.changed(Change::MotionRemoved);
        }
        if let Some(category) = category(prefix, name) {
            notes.found(category);
            any = true;
        }
    }
    if !any {
        notes.found(Category::Other);
    }
}

/// The qualified names of elements and attributes, in order.
struct Names<'a>(&'a [u8]);

impl<'a> Iterator for Names<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            // A name starts after "<" (element) or after a blank (attribute).
            let start = self.0.iter().position(|byte| b"< \t\r\n".contains(byte))? + 1;
            self.0 = self.0.get(start..)?;
            let length = self.0.iter().take_while(|byte| is_name(**byte)).count();
            let (word, rest) = self.0.split_at_checked(length)?;
            self.0 = rest;
            let colon = word.iter().position(|&byte| byte == b':');
            if let Some((prefix, [_, name @ ..])) = colon.and_then(|at| word.split_at_checked(at)) {
                return Some((prefix, name));
            }
        }
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b":_-.".contains(&byte)
}

/// What a property tells about; `None` for the packet's own scaffolding.
fn category(prefix: &[u8], name: &[u8]) -> Option<Category> {
    let name = str::from_utf8(name).ok()?;
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    Some(match prefix {
        b"rdf" | b"xml" | b"xmlns" | b"x" => return None,
        b"c2pa" | b"dcterms" if has(&["provenance"]) => Category::Signatures,
        _ if has(&["GPS", "Location", "City", "Country", "State", "Sublocation"]) => {
            Category::Location
        }
        _ if has(&["Thumbnail", "thumbnail", "GDepth", "DepthMap"]) => Category::HiddenPictures,
        _ if has(&["Date", "date", "When", "when", "Time"]) => Category::Dates,
        _ if has(&["Creator", "Producer", "Software", "softwareAgent", "Toolkit", "xmptk"])
            && !has(&["CreatorContact"])
            && prefix != b"dc" =>
        {
            Category::Software
        }
        _ if has(&["creator", "Author", "Artist", "Owner", "rights", "Credit", "Person"])
            || has(&["Creator", "Writer", "publisher", "contributor", "Name"]) =>
        {
            Category::People
        }
        _ if has(&["Make", "Model", "Serial", "Lens", "Camera", "Firmware"]) => Category::Device,
        _ if has(&["history", "History", "DerivedFrom", "Ingredients", "action", "changed"]) => {
            Category::History
        }
        _ if has(&["DocumentID", "InstanceID", "documentID", "instanceID", "identifier"])
            || has(&["UniqueID", "HasExtendedXMP", "Guid", "GUID"]) =>
        {
            Category::Identifiers
        }
        _ if has(&["title", "description", "subject", "Headline", "Caption", "Keywords"]) => {
            Category::Descriptions
        }
        _ if has(&["Comment", "comment"]) => Category::Comments,
        _ if has(&["ICCProfile"]) => Category::ColourProfiles,
        _ if has(&["URL", "Link", "WebStatement"]) => Category::Links,
        _ => Category::Other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(packet: &str) -> Vec<(Category, u32)> {
        let mut notes = Notes::default();
        note(packet.as_bytes(), &mut notes);
        notes.findings().into_iter().map(|found| (found.category, found.count)).collect()
    }

    #[test]
    fn properties_are_counted_as_attributes_and_as_elements() {
        assert_eq!(
            counts(
                r#"<x:xmpmeta><rdf:Description exif:GPSLatitude="55" xmp:CreatorTool="t">
                <dc:creator>anna</dc:creator><xmpMM:DocumentID>1</xmpMM:DocumentID>"#
            ),
            [
                (Category::Location, 1),
                (Category::People, 1),
                (Category::Software, 1),
                (Category::Identifiers, 1)
            ]
        );
    }

    #[test]
    fn garbage_counts_as_one_piece_of_unknown_content() {
        assert_eq!(counts("\u{1}<<< :: >>> \u{7f}"), [(Category::Other, 1)]);
    }

    #[test]
    fn a_layer_for_hdr_screens_is_named_as_a_visible_change() {
        let mut notes = Notes::default();
        note(b"<rdf:Description hdrgm:Version=\"1.0\"/>", &mut notes);
        assert_eq!(notes.changes(), [Change::HdrLayerRemoved]);
    }

    #[test]
    fn a_film_behind_the_picture_is_named_as_a_visible_change() {
        let mut notes = Notes::default();
        note(b"<rdf:Description GCamera:MotionPhoto=\"1\"/>", &mut notes);
        assert_eq!(notes.changes(), [Change::MotionRemoved]);
    }
}
