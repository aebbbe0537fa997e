//! Builds small documents, as another program packs them.

use std::io::{Cursor, Read, Write};

const SPACES: &str = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
    xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' \
    xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' \
    xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' \
    xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' \
    xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0' \
    xmlns:svg='urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0' \
    xmlns:of='urn:oasis:names:tc:opendocument:xmlns:of:1.2' \
    xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:dc='http://purl.org/dc/elements/1.1/'";

/// A package with these members.
pub(crate) fn package(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The part with the content.
pub(crate) fn content(styles: &str, body: &str) -> String {
    format!(
        "<office:document-content {SPACES} office:version='1.3'><office:automatic-styles>{styles}\
         </office:automatic-styles><office:body>{body}</office:body></office:document-content>"
    )
}

/// A document of this sort with this content.
pub(crate) fn document(sort: &str, content: &str) -> Vec<u8> {
    let kind = format!("application/vnd.oasis.opendocument.{sort}");
    let list = format!(
        "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>\
         <manifest:file-entry manifest:full-path='/' manifest:media-type='{kind}'/>\
         <manifest:file-entry manifest:full-path='content.xml' manifest:media-type='text/xml'/>\
         </manifest:manifest>"
    );
    package(&[
        ("mimetype", kind.as_bytes()),
        ("META-INF/manifest.xml", list.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

/// A text with these automatic styles and this content.
pub(crate) fn text(styles: &str, body: &str) -> Vec<u8> {
    document("text", &content(styles, &format!("<office:text>{body}</office:text>")))
}

/// A sheet with these rows.
pub(crate) fn sheet(rows: &str) -> Vec<u8> {
    let table =
        format!("<table:table table:name='Ark 1'><table:table-column/>{rows}</table:table>");
    let body = format!("<office:spreadsheet>{table}</office:spreadsheet>");
    document("spreadsheet", &content("", &body))
}

/// A member of a package as text.
pub(crate) fn member(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}
