//! The package of a book: which pages it has, in which order, and its pictures.

use std::collections::{BTreeSet, HashMap};

use super::{SPACES, entities, paths};
use crate::refusal::{Damage, Feature};
use crate::xml::{self, Element};
use crate::zip::Archive;
use crate::{Category, Change, Kind, Limits, Notes, ReadSeek, Refusal, Warning, html, inside};

const MISSING: Refusal = Refusal::Damaged(Damage::Missing);
/// Ways in which fonts are made unreadable; fonts are not kept anyway (EPUB 3.3, 4.3).
const OF_FONTS: [&str; 2] =
    ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];
/// Media types of pages.
const PAGES: [&str; 2] = ["application/xhtml+xml", "text/x-oeb1-document"];

/// Formats that readers show.
const PICTURES: [Kind; 4] = [Kind::Jpeg, Kind::Png, Kind::Gif, Kind::Webp];

/// A book that is being cleaned.
pub(super) struct Book<'a> {
    archive: Archive<'a>,
    /// Names of the pages, in their order.
    pub(super) order: Vec<String>,
    /// The language of the book.
    pub(super) language: String,
    /// Pictures that were cleaned, in the order in which pages show them.
    pub(super) pictures: Vec<(Kind, Vec<u8>)>,
    /// The number of each picture, by its name; none if it cannot be kept.
    numbers: HashMap<String, Option<usize>>,
}

impl<'a> Book<'a> {
    /// Opens a book that is not encrypted.
    pub(super) fn open(
        source: &'a mut dyn ReadSeek,
        limits: &Limits,
        notes: &mut Notes,
    ) -> Result<Book<'a>, Refusal> {
        let archive = Archive::open(source, limits, notes)?;
        let mut book = Book {
            archive,
            order: Vec::new(),
            language: String::new(),
            pictures: Vec::new(),
            numbers: HashMap::new(),
        };
        if book.part("META-INF/encryption.xml", notes)?.is_some_and(|list| is_encrypted(&list)) {
            return Err(Refusal::Password);
        }
        let container = book.part("META-INF/container.xml", notes)?.ok_or(MISSING)?;
        let root = root_file(&container).ok_or(MISSING)?;
        let package = book.part(&root, notes)?.ok_or(MISSING)?;
        let metadata = package.child("opf:metadata").ok_or(MISSING)?;
        tell_metadata(metadata, notes);
        book.language = language(metadata);
        book.order = order(&root, &package)?;
        Ok(book)
    }

    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        self.archive.find(name).map(|number| self.archive.read(number)).transpose()
    }

    fn part(&mut self, name: &str, notes: &mut Notes) -> Result<Option<Element>, Refusal> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let bytes = entities::without_type(&bytes)?;
        xml::read(&bytes, SPACES, self.archive.limits(), notes).map(Some)
    }

    /// A page as a tree.
    pub(super) fn page(&mut self, name: &str, notes: &mut Notes) -> Result<Element, Refusal> {
        let bytes = self.bytes(name)?.ok_or(MISSING)?;
        let bytes = entities::plain(&bytes, self.archive.limits())?;
        xml::read(&bytes, SPACES, self.archive.limits(), notes)
    }

    /// The number of a picture that a page shows, if it can be kept; the first is 1.
    pub(super) fn picture(
        &mut self,
        page: &str,
        reference: &str,
        notes: &mut Notes,
    ) -> Result<Option<usize>, Refusal> {
        let Some(name) = paths::resolve(page, reference) else { return Ok(None) };
        if let Some(number) = self.numbers.get(&name) {
            return Ok(*number);
        }
        let number = self.cleaned(&name, notes)?.map(|picture| {
            self.pictures.push(picture);
            self.pictures.len()
        });
        self.numbers.insert(name, number);
        Ok(number)
    }

    fn cleaned(
        &mut self,
        name: &str,
        notes: &mut Notes,
    ) -> Result<Option<(Kind, Vec<u8>)>, Refusal> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        inside::picture(&bytes, &PICTURES, self.archive.limits(), notes)
    }

    /// Counts the members that are not taken along.
    pub(super) fn tell(&mut self, notes: &mut Notes) -> Result<(), Refusal> {
        let names: Vec<String> =
            self.archive.members().iter().map(|member| member.name.clone()).collect();
        for name in names {
            let kept = self.numbers.get(&name).is_some_and(Option::is_some)
                || self.order.contains(&name)
                || ["mimetype", "META-INF/container.xml"].contains(&&*name)
                || name.ends_with('/');
            if kept {
                continue;
            }
            let end = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
            match &*end {
                "css" => {
                    notes.found(Category::Other);
                    notes.changed(Change::LooksRemoved);
                    let sheet = self.bytes(&name)?.unwrap_or_default();
                    if html::may_hide(&String::from_utf8_lossy(&sheet)) {
                        notes.warn(Warning::HiddenText);
                    }
                }
                "mp3" | "m4a" | "mp4" | "m4v" | "ogg" | "oga" | "ogv" | "webm" | "smil" => {
                    notes.found(Category::EmbeddedFiles);
                    notes.changed(Change::MultimediaRemoved);
                }
                "opf" | "ncx" | "html" | "xhtml" | "htm" => notes.found(Category::Descriptions),
                "jpg" | "jpeg" | "png" | "gif" | "svg" | "webp" => {
                    notes.found(Category::HiddenPictures);
                }
                "js" => notes.found(Category::Scripts),
                "ttf" | "otf" | "woff" | "woff2" => notes.found(Category::EmbeddedFiles),
                _ if name.starts_with("META-INF/") => notes.found(Category::Signatures),
                _ => notes.found(Category::EmbeddedFiles),
            }
        }
        Ok(())
    }
}

/// Whether something else than fonts is encrypted, or something in a way nobody knows.
fn is_encrypted(list: &Element) -> bool {
    list.elements().filter(|one| one.is("enc:EncryptedData")).any(|data| {
        let method = data.child("enc:EncryptionMethod").and_then(|method| method.get("Algorithm"));
        method.is_none_or(|method| !OF_FONTS.contains(&method))
    })
}

fn root_file(container: &Element) -> Option<String> {
    let mut files = container.child("ocf:rootfiles")?.elements();
    let package = |file: &&Element| {
        file.is("ocf:rootfile") && file.get("media-type") == Some("application/oebps-package+xml")
    };
    files.find(package)?.get("full-path").map(str::to_owned)
}

/// The first part of the first language, if it is one.
fn language(metadata: &Element) -> String {
    let named = metadata.child("dc:language").map(Element::text).unwrap_or_default();
    let first = named.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let fits = matches!(first.len(), 2 | 3) && first.bytes().all(|b| b.is_ascii_lowercase());
    if fits { first } else { "und".to_owned() }
}

/// The names of the pages, each once, in their order.
fn order(root: &str, package: &Element) -> Result<Vec<String>, Refusal> {
    let manifest = package.child("opf:manifest").ok_or(MISSING)?;
    let items: HashMap<&str, &Element> =
        manifest.elements().filter_map(|item| Some((item.get("id")?, item))).collect();
    let spine = package.child("opf:spine").ok_or(MISSING)?;
    let mut seen = BTreeSet::new();
    let mut pages = Vec::new();
    for reference in spine.elements().filter(|one| one.is("opf:itemref")) {
        let item = reference.get("idref").and_then(|id| items.get(id)).ok_or(MISSING)?;
        if item.get("media-type").is_none_or(|media| !PAGES.contains(&media)) {
            return Err(Refusal::Feature(Feature::Construct));
        }
        let name = item.get("href").and_then(|href| paths::resolve(root, href)).ok_or(MISSING)?;
        if seen.insert(name.clone()) {
            pages.push(name);
        }
    }
    if pages.is_empty() { Err(Refusal::Empty) } else { Ok(pages) }
}

/// Counts what the book says about itself.
fn tell_metadata(metadata: &Element, notes: &mut Notes) {
    for entry in metadata.elements() {
        let category = match &*entry.name {
            "dc:creator" | "dc:contributor" | "dc:publisher" | "dc:rights" => Category::People,
            "dc:date" => Category::Dates,
            "dc:identifier" | "dc:source" | "dc:relation" => Category::Identifiers,
            "dc:language" => continue,
            "opf:meta" | "opf:link" => Category::Software,
            _ => Category::Descriptions,
        };
        notes.found(category);
    }
}
