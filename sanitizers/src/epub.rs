//! EPUB: books of web pages in a package.
//!
//! A book names its author and whoever made the file, says when and with what program, and
//! has a number that shops and libraries know; a bought one names the buyer. Its tables of
//! contents say all that again. Members are named after folders of whoever made it, notes
//! and bookmarks of reading programs lie beside the pages, pictures and fonts are whole files
//! with all they hide, and pages can run programs and fetch from elsewhere.
//!
//! So a new book is written, in version 3 of the format: the pages in their order, by the
//! rules for web pages, and the pictures that they show, each cleaned. Title and number are
//! a hyphen, the language stays without its country, the date is the first that a ZIP can
//! have. The table of contents is made of the headings, which are in the pages anyway. Pages
//! that the order called additional come where it names them.
//!
//! Not kept: style sheets, even harmless ones. They can fetch and hide, a list of what may
//! stay would be long, and books read well without: reading programs have looks of their
//! own. A warning says if one could have hidden words. Fonts, sound and films, links (their
//! words stay), drawings, other renditions.
//!
//! Refused: encryption, but for that of fonts; pages that are no XHTML; pages that are
//! missing or damaged.
//!
//! Formats: EPUB 3.3 (W3C, 2023); Open Packaging Format 2.0.1 (IDPF, 2010).

mod book;
mod entities;
mod page;
mod paths;
mod write;

use crate::xml::Space;
use crate::{About, Limits, Notes, ReadSeek, Refusal};
use book::Book;

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "pages in their order, as web pages are kept; pictures, each cleaned; the language",
    removed: "title, author, numbers, dates, tables of contents (written anew), style sheets, \
              fonts, links, scripts, sound and films, names of members",
    refused: "encryption, pages that are no XHTML",
};

/// The namespaces that are read; only the first is written.
const SPACES: &[Space] = &[
    space("html", "http://www.w3.org/1999/xhtml"),
    space("math", "http://www.w3.org/1998/Math/MathML"),
    space("svg", "http://www.w3.org/2000/svg"),
    space("xlink", "http://www.w3.org/1999/xlink"),
    space("epub", "http://www.idpf.org/2007/ops"),
    space("opf", "http://www.idpf.org/2007/opf"),
    space("dc", "http://purl.org/dc/elements/1.1/"),
    space("ocf", "urn:oasis:names:tc:opendocument:xmlns:container"),
    space("enc", "http://www.w3.org/2001/04/xmlenc#"),
];

const fn space(prefix: &'static str, uri: &'static str) -> Space {
    Space { prefix, uri, also: &[] }
}

/// Writes the book anew.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let mut book = Book::open(source, limits, notes)?;
    let pages = page::all(&mut book, notes)?;
    book.tell(notes)?;
    write::write(&book, &pages)
}

/// What happens to the members, as lines of text.
pub(crate) fn explain() -> Vec<String> {
    let mut lines = vec![
        "page in the order: kept, by the rules for web pages".to_owned(),
        "picture that a page shows: cleaned like one that comes alone".to_owned(),
        "title, identifier: a hyphen".to_owned(),
        "language: kept without its country".to_owned(),
        "date: 1 January 1980".to_owned(),
        "table of contents: written anew, of the first heading of each page".to_owned(),
        "every other member: removed".to_owned(),
    ];
    lines.extend(crate::html::explain());
    lines
}
