//! Books.

use std::io::{Cursor, Write};

use sluse_sanitizers::refusal::Damage;
use sluse_sanitizers::{Change, Kind, Refusal, Warning};

use crate::cleaning::{clean, clean_with_report};
use crate::programs::python;
use crate::real;

/// Reads a book as a reading program does: container, package, order, pages. Prints what the
/// package says and the words of each page.
const BOOK: &str = r"
import sys, zipfile, posixpath
import xml.etree.ElementTree as tree
book = zipfile.ZipFile(sys.argv[1])
assert book.testzip() is None
local = lambda element: element.tag.split('}')[1] if '}' in element.tag else element.tag
container = tree.fromstring(book.read('META-INF/container.xml'))
root = [e.get('full-path') for e in container.iter() if local(e) == 'rootfile'][0]
package = tree.fromstring(book.read(root))
items = {e.get('id'): e.get('href') for e in package.iter() if local(e) == 'item'}
names = set(book.namelist())
def words(element):
    if local(element) in ('head', 'script', 'style'): return
    if element.text: yield element.text
    for child in element:
        yield from words(child)
        if child.tail: yield child.tail
for item in package.iter():
    if local(item) != 'itemref': continue
    page = posixpath.join(posixpath.dirname(root), items[item.get('idref')])
    text = book.read(page).decode().split('<html', 1)[1].replace('&nbsp;', '\u00a0')
    print(' '.join(''.join(words(tree.fromstring('<html' + text))).split()))
";

/// What the package says about the book, and the names of the members.
const ABOUT: &str = r"
import sys, zipfile
import xml.etree.ElementTree as tree
book = zipfile.ZipFile(sys.argv[1])
first = book.infolist()[0]
assert (first.filename, first.compress_type) == ('mimetype', 0)
assert book.read('mimetype') == b'application/epub+zip'
package = tree.fromstring(book.read('content.opf'))
for e in package[0]: print(e.tag.split('}')[1], e.text)
print(book.namelist())
";

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let method = if *name == "mimetype" {
            zip::CompressionMethod::Stored
        } else {
            zip::CompressionMethod::Deflated
        };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const CONTAINER: &[u8] = b"<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'>\
    <rootfiles><rootfile full-path='b.opf' media-type='application/oebps-package+xml'/></rootfiles>\
    </container>";
const LIST: &str = "<package xmlns='http://www.idpf.org/2007/opf' \
    xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata><dc:creator>Anna</dc:creator>\
    <dc:language>da-DK</dc:language></metadata><manifest><item id='b' href='b.xhtml' \
    media-type='application/xhtml+xml'/><item id='a' href='a.xhtml' \
    media-type='application/xhtml+xml'/></manifest><spine><itemref idref='b'/><itemref idref='a' \
    linear='no'/></spine></package>";

fn page(head: &str, body: &str) -> String {
    format!(
        "<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.1//EN' 'x.dtd'>\
         <html xmlns='http://www.w3.org/1999/xhtml'><head>{head}<title/></head><body>{body}</body></html>"
    )
}

fn book(first: &str, second: &str) -> Vec<u8> {
    zip(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("b.opf", LIST.as_bytes()),
        ("a.xhtml", second.as_bytes()),
        ("b.xhtml", first.as_bytes()),
    ])
}

#[test]
fn another_reader_finds_the_same_pages_in_the_same_order() {
    let first = page("", "<h1>Tanken</h1><p>Den&nbsp;<b>lækker</b> <a href='#x'>her</a></p>");
    let original = book(&first, &page("", "<p>Slut</p>"));
    let (copy, report) = clean_with_report(&original).unwrap();
    assert_eq!((report.kind, report.changes), (Kind::Epub, vec![Change::LinksRemoved]));
    let words = python(BOOK, &copy);
    assert_eq!(words, "TankenDen lækker her\nSlut\n");
    assert_eq!(words, python(BOOK, &original));
}

#[test]
fn a_book_says_nothing_but_its_language() {
    let copy = clean(&book(&page("", "<p>a</p>"), &page("", "<p>b</p>")));
    let expected = "identifier -\ntitle -\nlanguage da\nmeta 1980-01-01T00:00:00Z\n['mimetype', \
        'META-INF/container.xml', 'content.opf', 'contents.xhtml', '1.xhtml', '2.xhtml']\n";
    assert_eq!(python(ABOUT, &copy), expected);
}

#[test]
fn the_same_book_of_two_makers_gives_the_same_copy() {
    let plain = book(&page("", "<p>a</p>"), &page("", "<p>b</p>"));
    let head = "<meta name='author' content='Anna'/><link rel='stylesheet' href='a.css'/>";
    let other = book(&page(head, "<p id='x' class='y'>a</p>"), &page("", "<p>b<!-- c --></p>"));
    assert_eq!(clean(&plain), clean(&other));
    assert_eq!(clean(&clean(&plain)), clean(&plain));
}

#[test]
fn words_that_a_style_sheet_hid_are_warned_of() {
    let first = page("<style>.x { display: none }</style>", "<p class='x'>a</p>");
    let report = clean_with_report(&book(&first, &page("", "<p>b</p>"))).unwrap().1;
    assert_eq!(report.warnings, [Warning::HiddenText]);
}

#[test]
fn words_that_nobody_can_read_are_warned_of() {
    for style in ["position:absolute;left:-9999px", "color:white", "height:0"] {
        let first = page("", &format!("<p style='{style}'>a</p>"));
        let report = clean_with_report(&book(&first, &page("", "<p>b</p>"))).unwrap().1;
        assert_eq!(report.warnings, [Warning::HiddenText], "{style}");
    }
    let first = page("", "<p>a<span style='display:n\\6fne'>c</span><b popover=''>d</b></p>");
    let plain = book(&page("", "<p>a</p>"), &page("", "<p>b</p>"));
    assert_eq!(clean(&book(&first, &page("", "<p>b</p>"))), clean(&plain));
}

#[test]
fn what_shows_nothing_is_written_in_one_way() {
    let plain = book(&page("", "<p>a b</p>"), &page("", "<pre>a  b\n c</pre>"));
    let other = page("", "<p>a \t\n b<b></b><i><u></u></i><wbr/></p>");
    assert_eq!(clean(&book(&other, &page("", "<pre>a  b\n c</pre>"))), clean(&plain));
}

#[test]
fn books_without_pages_and_damaged_pages_are_refused() {
    let broken = book(&page("", "<p>a"), &page("", ""));
    assert_eq!(clean_with_report(&broken).unwrap_err(), Refusal::Damaged(Damage::Value));
    let mimetype: (&str, &[u8]) = ("mimetype", b"application/epub+zip");
    assert_eq!(
        clean_with_report(&zip(&[mimetype])).unwrap_err(),
        Refusal::Damaged(Damage::Missing)
    );
    let empty =
        LIST.replace("<itemref idref='b'/>", "").replace("<itemref idref='a' linear='no'/>", "");
    let members = [mimetype, ("META-INF/container.xml", CONTAINER), ("b.opf", empty.as_bytes())];
    assert_eq!(clean_with_report(&zip(&members)).unwrap_err(), Refusal::Empty);
}

/// Another reader finds the same words.
#[test]
fn real_books_read_the_same() {
    real::each(&["epub"], |file| {
        assert!(python(BOOK, &file.copy) == python(BOOK, &file.original), "{}", file.name);
        assert!(python(ABOUT, &file.copy).starts_with("identifier -\ntitle -\nlanguage "));
    });
}
