//! Members of a package: those that tell something, pictures, and objects.

use super::build::Document;
use super::{Outcome, Row, Token};
use crate::Kind;

macro_rules! members {
    ($($place:literal => $name:literal, $content:literal;)*) => {
        vec![$(Row {
            kind: Kind::Odt,
            place: $place,
            plant: |token| {
                let name = $name.replace("TOKEN", &token.hidden());
                let content = $content.replace("TOKEN", &token.hidden());
                Document::new(Kind::Odt).with(token, &[(&name, content.into_bytes())])
            },
            outcome: Outcome::Cleaned,
        }),*]
    };
}

macro_rules! row {
    ($place:literal, $plant:expr) => {
        Row { kind: Kind::Odt, place: $place, plant: $plant, outcome: Outcome::Cleaned }
    };
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = members! {
        "author of the document" => "meta.xml", "<a><creator>TOKEN</creator></a>";
        "printer in the settings" => "settings.xml", "<a><PrinterName>TOKEN</PrinterName></a>";
        "picture of the first page" => "Thumbnails/thumbnail.png", "TOKEN";
        "tool bars" => "Configurations2/toolbar/a.xml", "TOKEN";
        "layout that was remembered" => "layout-cache", "TOKEN";
        "statements about the document" => "manifest.rdf", "TOKEN";
        "Basic library" => "Basic/Standard/Module1.xml", "TOKEN";
        "dialog" => "Dialogs/Standard/Dialog1.xml", "TOKEN";
        "Python script" => "Scripts/python/a.py", "TOKEN";
        "signature" => "META-INF/documentsignatures.xml", "TOKEN";
        "signature of macros" => "META-INF/macrosignatures.xml", "TOKEN";
        "older version" => "Versions/Version1", "TOKEN";
        "list of older versions" => "VersionList.xml", "TOKEN";
        "font" => "Fonts/a.ttf", "TOKEN";
        "picture that nothing shows" => "Pictures/a.png", "TOKEN";
        "picture of an object" => "ObjectReplacements/Object 1", "TOKEN";
        "author of an object" => "Object 1/meta.xml", "TOKEN";
        "member nobody knows" => "anna.bin", "TOKEN";
        "name of a member" => "TOKEN/a.bin", "a";
        "name in the list of members" => "META-INF/manifest.xml", "<a path='TOKEN'/>";
    };
    rows.extend(pictures());
    rows.extend(objects());
    rows
}

/// A text that shows a picture in a frame.
fn showing(token: &Token, path: &str, picture: Vec<u8>) -> Vec<u8> {
    let body = format!(
        "<text:p><draw:frame svg:width='1cm' svg:height='1cm'><draw:image xlink:href='{path}'/>\
         </draw:frame></text:p>"
    );
    Document { body: &body, ..Document::new(Kind::Odt) }.with(token, &[(path, picture)])
}

fn pictures() -> Vec<Row> {
    vec![
        row!("comment of a picture", |token| {
            let photo = crate::jpeg::sample::photo();
            let photo = crate::jpeg::sample::with(&photo, 0xFE, token.hidden().as_bytes());
            showing(token, "Pictures/1.jpg", photo)
        }),
        row!("name of a picture", |token| {
            let path = format!("Pictures/{}.jpg", token.hidden());
            showing(token, &path, crate::jpeg::sample::photo())
        }),
        row!("picture that cannot be cleaned", |token| {
            showing(token, "Pictures/1.svm", [&b"VCLMTF"[..], &token.bytes()].concat())
        }),
        row!("text as a picture", |token| {
            showing(token, "Pictures/1.txt", token.hidden().into_bytes())
        }),
        row!("comment of a picture behind a paragraph", |token| {
            let photo = crate::jpeg::sample::photo();
            let photo = crate::jpeg::sample::with(&photo, 0xFE, token.hidden().as_bytes());
            let automatic = "<style:style style:name='P1' style:family='paragraph'>\
                <style:paragraph-properties><style:background-image xlink:href='Pictures/1.jpg'/>\
                </style:paragraph-properties></style:style>";
            let document = Document { automatic, ..Document::new(Kind::Odt) };
            document.with(token, &[("Pictures/1.jpg", photo)])
        }),
    ]
}

/// A text with an object of which this is the content.
fn with_object(token: &Token, content: &str) -> Vec<u8> {
    let body = "<text:p><draw:frame svg:width='1cm' svg:height='1cm'><draw:object \
        xlink:href='./Object 1'/></draw:frame></text:p>";
    let content = content.replace("TOKEN", &token.hidden());
    let members = [("Object 1/content.xml", content.into_bytes())];
    Document { body, ..Document::new(Kind::Odt) }.with(token, &members)
}

const MATH: &str = "xmlns:math='http://www.w3.org/1998/Math/MathML'";
const CHART: &str = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
    xmlns:chart='urn:oasis:names:tc:opendocument:xmlns:chart:1.0' \
    xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' \
    xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' \
    xmlns:xlink='http://www.w3.org/1999/xlink'";

fn chart(inside: &str) -> String {
    format!(
        "<office:document-content {CHART}><office:body><office:chart><chart:chart \
         chart:class='chart:bar' xlink:href='.'><chart:title><text:p>Leaks</text:p></chart:title>{inside}\
         </chart:chart></office:chart></office:body></office:document-content>"
    )
}

fn objects() -> Vec<Row> {
    vec![
        row!("source of a formula", |token| {
            let words = format!(
                "<math:math {MATH}><math:semantics><math:mi>a</math:mi><math:annotation>TOKEN\
                 </math:annotation></math:semantics></math:math>"
            );
            with_object(token, &words)
        }),
        row!("part of a formula that takes room only", |token| {
            let words = format!(
                "<math:math {MATH}><math:mphantom><math:mi>TOKEN</math:mi></math:mphantom></math:math>"
            );
            with_object(token, &words)
        }),
        row!("table that a chart is made of", |token| {
            with_object(token, &chart("<table:table table:name='TOKEN'/>"))
        }),
        row!("file that a chart is made of", |token| {
            with_object(
                token,
                &chart("<chart:plot-area table:cell-range-address=\"'file:///TOKEN'#$A.A1\"/>"),
            )
        }),
        row!("link of a chart", |token| {
            with_object(token, &chart("<chart:legend xlink:href='http://x.test/TOKEN'/>"))
        }),
        row!("object that is a document", |token| {
            let content = Document::new(Kind::Ods).content(token);
            with_object(token, &content.replace("The tank leaks", "TOKEN"))
        }),
        row!("object of another program", |token| {
            let body = "<text:p><draw:frame svg:width='1cm' svg:height='1cm'><draw:object-ole \
                xlink:href='./Object 1'/></draw:frame></text:p>";
            let document = Document { body, ..Document::new(Kind::Odt) };
            document.with(token, &[("Object 1", token.hidden().into_bytes())])
        }),
    ]
}
