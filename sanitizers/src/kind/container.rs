//! What a ZIP holds: an Office document, a book, or just files.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::Kind;
use crate::refusal::{Damage, Feature, Foreign, Limit};
use crate::zip::Archive;
use crate::{Limits, Notes, ReadSeek, Refusal};

/// Bytes of the list of content types of the largest documents, many times over.
const LIST: u64 = 1 << 20;
/// Bytes of a media type.
const TYPE: u64 = 128;

/// The part that says what all parts of an Office document are (ECMA-376 part 2, 10.1.2).
const CONTENT_TYPES: &str = "[Content_Types].xml";

/// Content types of main parts (ECMA-376 part 1; MS-OFFMACRO for those with macros).
const MAIN_TYPES: [(&str, Kind); 7] = [
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        Kind::Docx,
    ),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        Kind::Docx,
    ),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", Kind::Xlsx),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", Kind::Xlsx),
    (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
        Kind::Pptx,
    ),
    ("application/vnd.openxmlformats-officedocument.presentationml.template.main+xml", Kind::Pptx),
    ("application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml", Kind::Pptx),
];

/// Media types that a member `mimetype` may hold (`OpenDocument` 1.3 part 2, 3.3; EPUB OCF 4.3).
const MEDIA_TYPES: [(&str, Kind); 9] = [
    ("application/vnd.oasis.opendocument.text", Kind::Odt),
    ("application/vnd.oasis.opendocument.text-template", Kind::Odt),
    ("application/vnd.oasis.opendocument.spreadsheet", Kind::Ods),
    ("application/vnd.oasis.opendocument.spreadsheet-template", Kind::Ods),
    ("application/vnd.oasis.opendocument.presentation", Kind::Odp),
    ("application/vnd.oasis.opendocument.presentation-template", Kind::Odp),
    ("application/vnd.oasis.opendocument.graphics", Kind::Odg),
    ("application/vnd.oasis.opendocument.graphics-template", Kind::Odg),
    ("application/epub+zip", Kind::Epub),
];

/// Words in content types and media types of other programs.
const OTHERS: [(&str, Foreign); 6] = [
    ("ms-visio", Foreign::Document),
    ("xps", Foreign::Document),
    ("opendocument.base", Foreign::Database),
    ("openraster", Foreign::Picture),
    ("x-krita", Foreign::Picture),
    ("indesign", Foreign::Document),
];

/// Members by which a program is known: Java, Android, Pages, Numbers and Keynote.
const MEMBERS: [(&str, Foreign); 5] = [
    ("META-INF/MANIFEST.MF", Foreign::Program),
    ("AndroidManifest.xml", Foreign::Program),
    ("Index/Document.iwa", Foreign::Document),
    ("Metadata/BuildVersionHistory.plist", Foreign::Document),
    ("buildVersionHistory.plist", Foreign::Document),
];

/// Says what a source that begins like a ZIP is.
pub(super) fn recognise(source: &mut dyn ReadSeek) -> Result<Kind, Refusal> {
    let mut archive = Archive::open(source, &Limits::default(), &mut Notes::default())?;
    let office = read(&mut archive, CONTENT_TYPES, LIST)?;
    let open = read(&mut archive, "mimetype", TYPE)?;
    match (office, open) {
        (None, None) => {
            let known = MEMBERS.iter().find(|(name, _)| archive.find(name).is_some());
            known.map_or(Ok(Kind::Zip), |(_, foreign)| Err(Refusal::NotCleanable(*foreign)))
        }
        (Some(list), None) => of_content_types(&list),
        (None, Some(name)) => of_media_type(&name),
        // Word would open it as one document and LibreOffice as the other.
        (Some(_), Some(_)) => Err(Refusal::Polyglot),
    }
}

fn read(archive: &mut Archive<'_>, name: &str, most: u64) -> Result<Option<Vec<u8>>, Refusal> {
    let Some(number) = archive.find(name) else { return Ok(None) };
    if archive.members().get(number).is_none_or(|member| member.size > most) {
        return Err(Refusal::Limit(Limit::Inflated));
    }
    archive.read(number).map(Some)
}

fn of_media_type(name: &[u8]) -> Result<Kind, Refusal> {
    let known = |&&(media, _): &&(&str, Kind)| name.trim_ascii() == media.as_bytes();
    let kind = MEDIA_TYPES.iter().find(known).map(|&(_, kind)| kind);
    kind.ok_or_else(|| other(&String::from_utf8_lossy(name)))
}

/// Why a package of another program is refused.
fn other(names: &str) -> Refusal {
    let names = names.to_ascii_lowercase();
    let known = OTHERS.iter().find(|(word, _)| names.contains(word));
    Refusal::NotCleanable(known.map_or(Foreign::Office, |(_, foreign)| *foreign))
}

fn of_content_types(list: &[u8]) -> Result<Kind, Refusal> {
    let mut kind = None;
    for name in content_types(list)? {
        if name.to_ascii_lowercase().contains("macroenabled") {
            return Err(Refusal::Feature(Feature::Macros));
        }
        let Some(&(_, one)) = MAIN_TYPES.iter().find(|(main, _)| name == *main) else { continue };
        if kind.is_some_and(|kind| kind != one) {
            return Err(Refusal::Polyglot);
        }
        kind = Some(one);
    }
    kind.ok_or_else(|| other(&String::from_utf8_lossy(list)))
}

fn content_types(list: &[u8]) -> Result<Vec<String>, Refusal> {
    let damaged = Refusal::Damaged(Damage::Value);
    let text = str::from_utf8(list).map_err(|_| Refusal::Damaged(Damage::Encoding))?;
    let mut reader = Reader::from_str(text);
    let mut names = Vec::new();
    loop {
        let element = match reader.read_event().map_err(|_| damaged)? {
            Event::Eof => return Ok(names),
            Event::DocType(_) => return Err(damaged),
            Event::Start(element) | Event::Empty(element) => element,
            _ => continue,
        };
        for attribute in element.attributes() {
            let attribute = attribute.map_err(|_| damaged)?;
            if attribute.key.as_ref() == "ContentType" {
                names.push(attribute.value.trim().to_owned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::zip::Writer;

    fn archive(members: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = Writer::default();
        for (name, content) in members {
            writer.add(name, content.as_bytes()).unwrap();
        }
        writer.finish().unwrap()
    }

    fn of(members: &[(&str, &str)]) -> Result<Kind, Refusal> {
        recognise(&mut Cursor::new(archive(members)))
    }

    fn list(content_type: &str) -> String {
        format!("<Types><Override PartName=\"/a.xml\" ContentType=\"{content_type}\"/></Types>")
    }

    #[test]
    fn the_main_part_says_which_program_opens_a_document() {
        for (name, kind) in MAIN_TYPES {
            assert_eq!(of(&[(CONTENT_TYPES, &list(name))]), Ok(kind));
        }
        for (name, kind) in MEDIA_TYPES {
            assert_eq!(of(&[("mimetype", name)]), Ok(kind));
        }
        assert_eq!(of(&[("notes.txt", "words")]), Ok(Kind::Zip));
    }

    #[test]
    fn documents_with_macros_are_refused_with_advice_of_their_own() {
        let name = "application/vnd.ms-word.document.macroEnabled.main+xml";
        assert_eq!(of(&[(CONTENT_TYPES, &list(name))]), Err(Refusal::Feature(Feature::Macros)));
    }

    #[test]
    fn what_two_programs_would_open_as_two_documents_is_refused() {
        let [(docx, _), _, (xlsx, _), ..] = MAIN_TYPES;
        let (docx, xlsx) = (list(docx), list(xlsx));
        let both = docx.replace("</Types>", &xlsx.replace("<Types>", ""));
        assert_eq!(of(&[(CONTENT_TYPES, &both)]), Err(Refusal::Polyglot));
        let pair = [(CONTENT_TYPES, &*docx), ("mimetype", MEDIA_TYPES[0].0)];
        assert_eq!(of(&pair), Err(Refusal::Polyglot));
    }

    #[test]
    fn packages_of_other_programs_are_refused() {
        let refused = |foreign| Err(Refusal::NotCleanable(foreign));
        let drawing = list("application/vnd.ms-visio.drawing.main+xml");
        assert_eq!(of(&[(CONTENT_TYPES, &drawing)]), refused(Foreign::Document));
        let unknown = list("application/x-nobody+xml");
        assert_eq!(of(&[(CONTENT_TYPES, &unknown)]), refused(Foreign::Office));
        let base = "application/vnd.oasis.opendocument.base";
        assert_eq!(of(&[("mimetype", base)]), refused(Foreign::Database));
        assert_eq!(of(&[("mimetype", "image/openraster")]), refused(Foreign::Picture));
        for (name, foreign) in MEMBERS {
            assert_eq!(of(&[("a.txt", "a"), (name, "b")]), refused(foreign), "{name}");
        }
    }
}
