//! Writes a book in the one form that ours have.

use super::SPACES;
use super::book::Book;
use super::page::Page;
use crate::zip::Writer;
use crate::{Kind, Refusal, xml};

const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" version=\"1.0\">\
    <rootfiles><rootfile full-path=\"content.opf\" media-type=\"application/oebps-package+xml\"/>\
    </rootfiles></container>\n";

/// The whole book.
pub(super) fn write(book: &Book<'_>, pages: &[Page]) -> Result<Vec<u8>, Refusal> {
    let mut writer = Writer::default();
    writer.store("mimetype", Kind::Epub.media_type().as_bytes())?;
    writer.add("META-INF/container.xml", CONTAINER.as_bytes())?;
    writer.add("content.opf", package(book, pages.len()).as_bytes())?;
    writer.add("contents.xhtml", contents(pages).as_bytes())?;
    for (number, page) in (1..).zip(pages) {
        let page = xml::write(&page.root, SPACES, Some("html"));
        writer.add(&format!("{number}.xhtml"), &page)?;
    }
    for (number, (kind, bytes)) in (1..).zip(&book.pictures) {
        writer.add(&format!("pictures/{number}.{}", kind.extension()), bytes)?;
    }
    writer.finish()
}

/// The package document (EPUB 3.3, 5): nothing in it but what must be there.
fn package(book: &Book<'_>, pages: usize) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package \
         xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\">\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:identifier id=\"id\">-\
         </dc:identifier><dc:title>-</dc:title><dc:language>{}</dc:language>\
         <meta property=\"dcterms:modified\">1980-01-01T00:00:00Z</meta></metadata><manifest>\
         <item id=\"contents\" href=\"contents.xhtml\" media-type=\"application/xhtml+xml\" \
         properties=\"nav\"/>",
        book.language
    );
    for number in 1..=pages {
        out.extend([format!(
            "<item id=\"page{number}\" href=\"{number}.xhtml\" \
             media-type=\"application/xhtml+xml\"/>"
        )]);
    }
    for (number, (kind, _)) in (1..).zip(&book.pictures) {
        out.extend([format!(
            "<item id=\"picture{number}\" href=\"pictures/{number}.{}\" media-type=\"{}\"/>",
            kind.extension(),
            kind.media_type()
        )]);
    }
    out.push_str("</manifest><spine>");
    for number in 1..=pages {
        out.extend([format!("<itemref idref=\"page{number}\"/>")]);
    }
    out + "</spine></package>\n"
}

/// The table of contents: a line for each page.
fn contents(pages: &[Page]) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\">\
        <head><title>-</title></head><body><nav epub:type=\"toc\"><ol>"
        .to_owned();
    for (number, page) in (1..).zip(pages) {
        let label = page.label.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        out.extend([format!("<li><a href=\"{number}.xhtml\">{label}</a></li>")]);
    }
    out + "</ol></nav></body></html>\n"
}
