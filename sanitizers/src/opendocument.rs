//! `OpenDocument`: texts, sheets, slides and drawings, and their templates.
//!
//! A document knows its author and the one who saved it last, when it was printed and on
//! what, how long it was worked on, which template it was made of and in whose folder that
//! lay. It keeps what was deleted with the name of who deleted it, comments with names and
//! times, a picture of its first page as it was, and a number for each time a paragraph was
//! edited (`officeooo:rsid`) by which two documents of one person are found out. Styles are
//! named after people and companies, pictures are whole files with all they hide, objects
//! are documents in the document. Fields ask for the name of whoever opens it, formulas and
//! linked pictures and sections fetch from elsewhere.
//!
//! So a new package is written: the content, the styles that it uses, numbered, and its
//! pictures, each cleaned like one that comes alone. Elements and attributes are those of
//! the tables in `elements`, `plain` and `attributes`; the values of nearly all attributes
//! are numbers, measures, colours and words of the standard. Charts and formulas stay, as
//! they are parts of the same kind. Fields and links become what they show. Changes that
//! were tracked are accepted: what was deleted is gone, what was inserted stays.
//!
//! Not kept: everything else in the package, above all `meta.xml`, `settings.xml`, macros,
//! thumbnails, signatures; comments, hidden words and headers, forms (their fields stay as
//! the words they show), animations, embedded fonts; formulas that reach outside or use
//! names, of which the last value stays; other objects than charts and formulas, and
//! pictures that no program shows, for which a grey one stands. Notes of
//! slides are gone. Hidden sheets, rows and slides stay, with a warning.
//!
//! Refused: passwords, parts that are missing or damaged.
//!
//! Format: Open Document Format for Office Applications 1.3 (OASIS, 2021), parts 2 to 4.

pub(crate) mod attributes;
pub(crate) mod elements;
mod filter;
mod fonts;
mod forms;
mod formula;
mod functions;
mod hidden;
mod names;
mod package;
mod places;
pub(crate) mod plain;
mod shape;
mod told;
mod value;
mod words;

use crate::refusal::Damage;
use crate::xml::{self, Element, Space};
use crate::zip::Writer;
use crate::{About, Kind, Limits, Notes, ReadSeek, Refusal};
use filter::{Filter, Tables};
use package::{Package, present};

#[cfg(test)]
pub(crate) use attributes::{ANYWHERE, OF_ELEMENT};
#[cfg(test)]
pub(crate) use elements::KEPT;
#[cfg(test)]
pub(crate) use functions::FUNCTIONS;

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "words, their looks, tables, formulas that calculate, drawings, charts; pictures, \
           each cleaned; styles in use, under numbers; fields as what they show",
    removed: "author, dates, program, settings, macros, thumbnails, comments, deleted and hidden \
              words, names of styles, links, forms, animations, other objects, alternative texts",
    refused: "passwords, damaged parts",
};

/// The version of the format that copies have.
const VERSION: &str = "1.3";

/// The namespaces that are read and written.
const SPACES: &[Space] = &[
    space("chart", "urn:oasis:names:tc:opendocument:xmlns:chart:1.0"),
    space("dr3d", "urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0"),
    space("draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"),
    space("fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
    space("math", "http://www.w3.org/1998/Math/MathML"),
    space("number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"),
    space("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    space("presentation", "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"),
    space("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    space("svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"),
    space("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    space("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    space("xlink", "http://www.w3.org/1999/xlink"),
    // Read, to be left out by their names.
    space("anim", "urn:oasis:names:tc:opendocument:xmlns:animation:1.0"),
    space("config", "urn:oasis:names:tc:opendocument:xmlns:config:1.0"),
    space("dc", "http://purl.org/dc/elements/1.1/"),
    space("loext", "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"),
    space("form", "urn:oasis:names:tc:opendocument:xmlns:form:1.0"),
    space("meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
    space("of", "urn:oasis:names:tc:opendocument:xmlns:of:1.2"),
    space("script", "urn:oasis:names:tc:opendocument:xmlns:script:1.0"),
    space("xforms", "http://www.w3.org/2002/xforms"),
];

const fn space(prefix: &'static str, uri: &'static str) -> Space {
    Space { prefix, uri, also: &[] }
}

/// A grey picture of one pixel, where one stood that cannot be kept.
///
/// It is what the cleaner of PNG makes of such a picture.
pub(crate) const GREY: &[u8] = b"\x89PNG\r\n\x1a\n\
    \0\0\0\x0DIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3A\x7E\x9B\x55\
    \0\0\0\x0AIDAT\x78\x01\x63\xBC\0\0\0\xD4\0\xD2\x89\xC8\xA2\xC5\
    \0\0\0\0IEND\xAE\x42\x60\x82";

/// Writes the document anew.
pub(crate) fn clean(
    kind: Kind,
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let mut package = Package::open(source, limits, notes)?;
    let tables = Tables::new();
    let mut parts = Vec::new();
    parts.extend(package.part("styles.xml", notes)?);
    parts.push(present(package.part("content.xml", notes)?)?);
    if parts.last().is_none_or(|content| !is_of(kind, content)) {
        return Err(Refusal::Damaged(Damage::Value));
    }
    let mut filter = Filter::new(&tables, kind == Kind::Ods);
    let mut kept = Vec::new();
    for part in parts {
        kept.push(filter.part(part, Some(&mut package), notes)?);
    }
    names::prune(&mut kept, &tables, notes);
    let mut numbers = names::Numbers::new(&tables, &kept);
    for part in &mut kept {
        told::unreadable(part, kind, notes);
        numbers.of(part);
    }
    package.tell(&numbers.pictures, &numbers.objects, notes);
    write(kind, kept, &package, &numbers)
}

/// Whether a part is the content of a document of this kind.
fn is_of(kind: Kind, content: &Element) -> bool {
    let body = match kind {
        Kind::Odt => "office:text",
        Kind::Ods => "office:spreadsheet",
        Kind::Odp => "office:presentation",
        _ => "office:drawing",
    };
    content.is("office:document-content")
        && content.child("office:body").is_some_and(|element| element.child(body).is_some())
}

/// Writes the members in one order: content, styles, pictures, objects.
fn write(
    kind: Kind,
    mut parts: Vec<Element>,
    package: &Package<'_>,
    numbers: &names::Numbers<'_>,
) -> Result<Vec<u8>, Refusal> {
    let mut members: Vec<(String, &str, Vec<u8>)> = Vec::new();
    let mut pictures = Vec::new();
    for (number, path) in (1..).zip(&numbers.pictures) {
        let (kind, bytes) = match package.cleaned_picture(path) {
            Some((kind, bytes)) => (*kind, bytes.as_slice()),
            None => (Kind::Png, GREY),
        };
        let name = format!("Pictures/{number}.{}", kind.extension());
        pictures.push(name.clone());
        members.push((name, kind.media_type(), bytes.to_vec()));
    }
    for (number, folder) in (1..).zip(&numbers.objects) {
        let object = package.read_before(folder).ok_or(Refusal::Internal)?;
        let is_formula = object.first().is_some_and(|content| content.is("math:math"));
        let sort = if is_formula { "formula" } else { "chart" };
        let media = match sort {
            "formula" => "application/vnd.oasis.opendocument.formula",
            _ => "application/vnd.oasis.opendocument.chart",
        };
        members.push((format!("Object {number}/"), media, Vec::new()));
        for part in object {
            let name = if part.is("office:document-styles") { "styles" } else { "content" };
            members.push((format!("Object {number}/{name}.xml"), "text/xml", written(part)));
        }
    }
    parts.reverse();
    let mut whole = Vec::new();
    for part in &mut parts {
        names::put_paths(part, &pictures);
        let name = if part.is("office:document-styles") { "styles.xml" } else { "content.xml" };
        whole.push((name.to_owned(), "text/xml", written(part)));
    }
    whole.extend(members);

    let mut writer = Writer::default();
    writer.store("mimetype", kind.media_type().as_bytes())?;
    writer.add("META-INF/manifest.xml", list(kind, &whole).as_bytes())?;
    for (name, _, bytes) in whole.iter().filter(|(name, ..)| !name.ends_with('/')) {
        writer.add(name, bytes)?;
    }
    writer.finish()
}

/// The list of members that the format asks for (part 2, 4).
fn list(kind: Kind, members: &[(String, &str, Vec<u8>)]) -> String {
    let space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0";
    let mut list = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest xmlns:manifest=\"{space}\" \
         manifest:version=\"{VERSION}\">"
    );
    let whole = ("/".to_owned(), kind.media_type(), Vec::new());
    for (name, media, _) in [&whole].into_iter().chain(members) {
        let name = format!("manifest:full-path=\"{name}\"");
        let media = format!("manifest:media-type=\"{media}\"");
        list.extend(["<manifest:file-entry ", &name, " ", &media, "/>"]);
    }
    list.push_str("</manifest:manifest>\n");
    list
}

/// A part as bytes. The prefix of formulas stands in values, so that it is declared by hand.
fn written(part: &Element) -> Vec<u8> {
    let bytes = xml::write(part, SPACES, None);
    let Some(root) = memchr::memmem::find(&bytes, b" xmlns:office=") else { return bytes };
    let (before, behind) = bytes.split_at_checked(root).unwrap_or((&bytes, &[]));
    let formulas = b" xmlns:of=\"urn:oasis:names:tc:opendocument:xmlns:of:1.2\"";
    [before, formulas, behind].concat()
}

/// The tables as lines of text.
pub(crate) fn explain() -> Vec<String> {
    let mut lines = elements::explain();
    lines.extend(attributes::explain());
    lines.extend(functions::explain());
    lines
}
