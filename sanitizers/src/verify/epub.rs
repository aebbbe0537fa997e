//! Says whether a book is in our form and shows what the original shows.
//!
//! The package is read by the crate `zip` and walked byte by byte; lists and pages are read
//! by `roxmltree`. Everything around the pages has one form, which is built here again from
//! their number, their headings and the pictures, and compared. Each page must be spelled in
//! one way, hold nothing but what web pages may keep, and show the words, boxes and pictures
//! of the page of the original in its place.

mod page;
mod paths;

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node, ParsingOptions};

use super::opendocument::package::{self, Package};
use super::verify_inside;
use crate::{Kind, Limits, ReadSeek, Refusal, kind, pixels};

/// Formats that readers show.
const PICTURES: [Kind; 4] = [Kind::Jpeg, Kind::Png, Kind::Gif, Kind::Webp];

/// Accepts `clean`, or says that it must not leave.
pub(super) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    let copy = package::in_our_form(clean, limits).ok_or(Refusal::Verification)?;
    let original = Package::of_original(original, limits).ok_or(Refusal::Verification)?;
    agree(&original, &copy, limits).ok_or(Refusal::Verification)
}

/// Reads a list or a page without what stands for a document type.
fn parsed<'a>(text: &'a str, limits: &Limits) -> Option<Document<'a>> {
    let options = ParsingOptions { nodes_limit: limits.values, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).ok()?;
    super::opendocument::is_shallow(&document, limits.elements_depth).then_some(document)
}

fn agree(original: &Package, copy: &Package, limits: &Limits) -> Option<()> {
    let (order, language) = listed(original, limits)?;
    let mut shown = BTreeSet::new();
    let mut labels = Vec::new();
    let mut pictures = Vec::new();
    for (number, name) in (1..).zip(&order) {
        let old = page::characters(original.part(name)?)?;
        let new = str::from_utf8(copy.part(&format!("{number}.xhtml"))?).ok()?;
        let (old, new) = (parsed(&old, limits)?, parsed(new, limits)?);
        page::is_canonical(&new, copy.part(&format!("{number}.xhtml"))?)?;
        let (before, after) = (page::shown(&old), page::shown(&new));
        (before.words == after.words).then_some(())?;
        labels.push(after.heading.unwrap_or_else(|| number.to_string()));
        for path in &after.pictures {
            shown.insert(path.clone());
        }
        let before = before.pictures.iter().filter_map(|path| paths::resolve(name, path));
        pictures.push((before.collect::<Vec<_>>(), after.pictures));
    }
    pictures_fit(original, copy, &pictures, limits)?;
    surroundings_fit(copy, &labels, &language, shown.len())
}

/// The pages of the original in their order, and its language.
fn listed(original: &Package, limits: &Limits) -> Option<(Vec<String>, String)> {
    let container = page::characters(original.part("META-INF/container.xml")?)?;
    let container = parsed(&container, limits)?;
    let root = container.descendants().find(|node| {
        node.tag_name().name() == "rootfile"
            && node.attribute("media-type") == Some("application/oebps-package+xml")
    })?;
    let root = root.attribute("full-path")?.to_owned();
    let list = page::characters(original.part(&root)?)?;
    let list = parsed(&list, limits)?;
    let within = |name: &str| {
        list.root_element().children().find(move |node| node.tag_name().name() == name)
    };
    let items: BTreeMap<&str, &str> = within("manifest")?
        .children()
        .filter_map(|item| Some((item.attribute("id")?, item.attribute("href")?)))
        .collect();
    let mut order: Vec<String> = Vec::new();
    let references = within("spine")?.children();
    for reference in references.filter(|node| node.tag_name().name() == "itemref") {
        let name = paths::resolve(&root, items.get(reference.attribute("idref")?)?)?;
        if !order.contains(&name) {
            order.push(name);
        }
    }
    let mut about = within("metadata")?.children();
    let language = about.find(|node| node.tag_name().name() == "language");
    let words: String = language.map(|node| text_of(&node)).unwrap_or_default();
    let first = words.trim().to_ascii_lowercase();
    let first = first.split(['-', '_']).next().unwrap_or_default();
    let is_code = (2..=3).contains(&first.len()) && first.chars().all(|c| c.is_ascii_lowercase());
    Some((order, if is_code { first.to_owned() } else { "und".to_owned() }))
}

fn text_of(node: &Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

/// Whether each page has the clean form of each picture of the same page of the original that
/// a program shows, in its order, and no other.
fn pictures_fit(
    original: &Package,
    copy: &Package,
    pages: &[(Vec<String>, Vec<String>)],
    limits: &Limits,
) -> Option<()> {
    let mut known: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (before, after) in pages {
        let mut copies = after.iter().peekable();
        for one in before {
            let bytes = original.part(one).unwrap_or_default();
            let fits = |path: &&String| {
                known.contains(&(one, path))
                    || copy.part(path).is_some_and(|it| verify_inside(bytes, it, limits).is_ok())
            };
            match copies.next_if(fits) {
                Some(path) => {
                    known.insert((one, path));
                }
                None if pixels::are_shown(bytes, &PICTURES, limits) => return None,
                None => {}
            }
        }
        copies.next().is_none().then_some(())?;
    }
    Some(())
}

/// Whether everything beside the pages is as it must be.
fn surroundings_fit(
    copy: &Package,
    labels: &[String],
    language: &str,
    pictures: usize,
) -> Option<()> {
    let mut names: Vec<String> =
        ["mimetype", "META-INF/container.xml", "content.opf", "contents.xhtml"]
            .map(str::to_owned)
            .to_vec();
    let page_names = (1..=labels.len()).map(|number| format!("{number}.xhtml"));
    names.extend(page_names);
    let mut items = String::new();
    let mut spine = String::new();
    let mut lines = String::new();
    for (number, label) in (1..).zip(labels) {
        let file = format!("{number}.xhtml");
        items.extend(["<item id=\"page", &number.to_string(), "\" href=\"", &file]);
        items.push_str("\" media-type=\"application/xhtml+xml\"/>");
        spine.extend(["<itemref idref=\"page", &number.to_string(), "\"/>"]);
        lines.extend(["<li><a href=\"", &file, "\">", &page::escaped(label), "</a></li>"]);
    }
    let shown = copy.names().filter(|name| name.starts_with("pictures/"));
    for (number, name) in (1..).zip(shown) {
        let sort = kind::recognise(&mut std::io::Cursor::new(copy.part(name)?)).ok()?;
        [Kind::Jpeg, Kind::Png, Kind::Gif, Kind::Webp].contains(&sort).then_some(())?;
        let expected = format!("pictures/{number}.{}", sort.extension());
        items.extend(["<item id=\"picture", &number.to_string(), "\" href=\"", &expected]);
        items.extend(["\" media-type=\"", sort.media_type(), "\"/>"]);
        names.push(expected);
    }
    let list = [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package ",
        "xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\">",
        "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">",
        "<dc:identifier id=\"id\">-</dc:identifier><dc:title>-</dc:title><dc:language>",
        language,
        "</dc:language><meta property=\"dcterms:modified\">1980-01-01T00:00:00Z</meta>",
        "</metadata><manifest><item id=\"contents\" href=\"contents.xhtml\" ",
        "media-type=\"application/xhtml+xml\" properties=\"nav\"/>",
        &items,
        "</manifest><spine>",
        &spine,
        "</spine></package>\n",
    ];
    let contents = [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" ",
        "xmlns:epub=\"http://www.idpf.org/2007/ops\"><head><title>-</title></head><body>",
        "<nav epub:type=\"toc\"><ol>",
        &lines,
        "</ol></nav></body></html>\n",
    ];
    let container = [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" version=\"1.0\">",
        "<rootfiles><rootfile full-path=\"content.opf\" ",
        "media-type=\"application/oebps-package+xml\"/></rootfiles></container>\n",
    ];
    let is = |name: &str, expected: &[&str]| copy.part(name) == Some(expected.concat().as_bytes());
    let fits = copy.names().eq(names.iter().map(String::as_str))
        && names.len() == 4 + labels.len() + pictures
        && is("mimetype", &["application/epub+zip"])
        && is("META-INF/container.xml", &container)
        && is("content.opf", &list)
        && is("contents.xhtml", &contents);
    fits.then_some(())
}

#[cfg(test)]
mod tests;
