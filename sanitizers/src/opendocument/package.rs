//! The package of a document: its members, and which of them are taken along.

use std::collections::HashMap;

use super::filter::{Filter, NO_PICTURE, Tables};
use super::{SPACES, names};
use crate::refusal::Damage;
use crate::xml::{self, Element};
use crate::zip::Archive;
use crate::{Category, Change, Kind, Limits, Notes, ReadSeek, Refusal, inside};

/// Formats that programs show.
const PICTURES: [Kind; 6] = [Kind::Jpeg, Kind::Png, Kind::Gif, Kind::Webp, Kind::Tiff, Kind::Svg];

/// A picture that was cleaned, and its format.
pub(super) type Picture = (Kind, Vec<u8>);

/// A chart or a formula: its content, and its styles if it has any.
pub(super) type Object = Vec<Element>;

/// The members of a document that is being cleaned.
pub(super) struct Package<'a> {
    archive: Archive<'a>,
    /// What came of each picture, by its path.
    pictures: HashMap<String, Option<Picture>>,
    /// What came of each object, by its folder.
    objects: HashMap<String, Option<Object>>,
}

impl<'a> Package<'a> {
    /// Opens a document that is not protected by a password.
    pub(super) fn open(
        source: &'a mut dyn ReadSeek,
        limits: &Limits,
        notes: &mut Notes,
    ) -> Result<Package<'a>, Refusal> {
        let archive = Archive::open(source, limits, notes)?;
        let mut package = Package { archive, pictures: HashMap::new(), objects: HashMap::new() };
        // A list that cannot be read is not needed: it is written anew.
        let list = package.bytes("META-INF/manifest.xml")?.unwrap_or_default();
        if memchr::memmem::find(&list, b"encryption-data").is_some() {
            return Err(Refusal::Password);
        }
        Ok(package)
    }

    fn bytes(&mut self, path: &str) -> Result<Option<Vec<u8>>, Refusal> {
        self.archive.find(path).map(|number| self.archive.read(number)).transpose()
    }

    /// A part as a tree; none if the document has no such part.
    pub(super) fn part(
        &mut self,
        path: &str,
        notes: &mut Notes,
    ) -> Result<Option<Element>, Refusal> {
        let Some(bytes) = self.bytes(path)? else { return Ok(None) };
        xml::read(&bytes, SPACES, self.archive.limits(), notes).map(Some)
    }

    /// The path of a picture if it is in the document and can be cleaned.
    pub(super) fn picture(
        &mut self,
        href: &str,
        notes: &mut Notes,
    ) -> Result<Option<String>, Refusal> {
        let path = href.strip_prefix("./").unwrap_or(href);
        if !self.pictures.contains_key(path) {
            let picture = self.cleaned(path, notes)?;
            if picture.is_none() {
                let elsewhere = self.archive.find(path).is_none() && path != NO_PICTURE;
                notes.found_many(Category::Links, u32::from(elsewhere));
                notes.changed(Change::PartsRemoved);
            }
            self.pictures.insert(path.to_owned(), picture);
        }
        let found = self.pictures.get(path).is_some_and(Option::is_some);
        Ok(found.then(|| path.to_owned()))
    }

    fn cleaned(&mut self, path: &str, notes: &mut Notes) -> Result<Option<Picture>, Refusal> {
        let Some(bytes) = self.bytes(path)? else { return Ok(None) };
        inside::picture(&bytes, &PICTURES, self.archive.limits(), notes)
    }

    /// A picture that was asked for before.
    pub(super) fn cleaned_picture(&self, path: &str) -> Option<&Picture> {
        self.pictures.get(path)?.as_ref()
    }

    /// The folder of an object if it is a chart or a formula of this document.
    pub(super) fn object(
        &mut self,
        href: &str,
        tables: &Tables,
        notes: &mut Notes,
    ) -> Result<Option<String>, Refusal> {
        let folder = href.strip_prefix("./").unwrap_or(href).trim_end_matches('/');
        if folder.is_empty() {
            return Ok(None);
        }
        if !self.objects.contains_key(folder) {
            let object = self.read_object(folder, tables, notes)?;
            self.objects.insert(folder.to_owned(), object);
        }
        let found = self.objects.get(folder).is_some_and(Option::is_some);
        Ok(found.then(|| folder.to_owned()))
    }

    fn read_object(
        &mut self,
        folder: &str,
        tables: &Tables,
        notes: &mut Notes,
    ) -> Result<Option<Object>, Refusal> {
        let path = format!("{folder}/content.xml");
        let Some(bytes) = self.bytes(&path)? else { return Ok(None) };
        let content = match xml::read(without_type(&bytes), SPACES, self.archive.limits(), notes) {
            Err(refusal @ Refusal::Limit(_)) => return Err(refusal),
            Err(_) => return Ok(None),
            Ok(content) => content,
        };
        let body = content.child("office:body");
        let is_chart = body.is_some_and(|body| body.child("office:chart").is_some());
        if !is_chart && !content.is("math:math") {
            return Ok(None);
        }
        let mut parts = Vec::new();
        if is_chart {
            parts.extend(self.part(&format!("{folder}/styles.xml"), notes)?);
        }
        parts.push(content);
        let mut filter = Filter::new(tables, false);
        let mut object = Vec::new();
        for part in parts {
            object.push(filter.part(part, None, notes)?);
        }
        names::prune(&mut object, tables, notes);
        let mut numbers = names::Numbers::new(tables, &object);
        for part in &mut object {
            numbers.of(part);
        }
        object.reverse();
        Ok(Some(object))
    }

    /// An object that was asked for before: its content first.
    pub(super) fn read_before(&self, folder: &str) -> Option<&Object> {
        self.objects.get(folder)?.as_ref()
    }

    /// Counts the members that are not taken along.
    pub(super) fn tell(&self, pictures: &[String], objects: &[String], notes: &mut Notes) {
        for member in self.archive.members() {
            let name = &*member.name;
            let parts = ["content.xml", "styles.xml"];
            let of_object = |object: &String| {
                let rest = name.strip_prefix(object.as_str()).and_then(|n| n.strip_prefix('/'));
                rest.is_some_and(|rest| parts.contains(&rest))
            };
            let written = ["mimetype", "META-INF/manifest.xml"].contains(&name);
            if written
                || parts.contains(&name)
                || pictures.iter().any(|picture| picture == name)
                || objects.iter().any(of_object)
            {
                continue;
            }
            told(name, notes);
        }
    }
}

/// What members tell by what they are; the first beginning that fits counts.
fn told(name: &str, notes: &mut Notes) {
    let known = [
        ("meta.xml", Category::People),
        ("settings.xml", Category::Device),
        ("Thumbnails/", Category::HiddenPictures),
        ("Pictures/", Category::HiddenPictures),
        ("ObjectReplacements/", Category::HiddenPictures),
        ("Configurations2/", Category::Software),
        ("layout-cache", Category::Software),
        ("manifest.rdf", Category::Identifiers),
        ("Basic/", Category::Scripts),
        ("Dialogs/", Category::Scripts),
        ("Scripts/", Category::Scripts),
        ("META-INF/", Category::Signatures),
        ("Versions/", Category::History),
        ("VersionList.xml", Category::History),
    ];
    let category = known.iter().find(|(start, _)| name.starts_with(start));
    let category = category.map_or(Category::EmbeddedFiles, |(_, category)| *category);
    notes.found(category);
    if name == "meta.xml" {
        notes.found(Category::Dates);
        notes.found(Category::Software);
    }
    if category == Category::Signatures {
        notes.changed(Change::SignaturesRemoved);
    }
}

/// Formulas of old programs begin with a document type that is only named, by a file that
/// nobody has. It says nothing; anything more than a name is left for the reader to refuse.
fn without_type(bytes: &[u8]) -> &[u8] {
    let Some(start) = memchr::memmem::find(bytes, b"<!DOCTYPE math:math PUBLIC") else {
        return bytes;
    };
    let behind = bytes.get(start..).unwrap_or_default();
    let end = memchr::memchr(b'>', behind).unwrap_or_default();
    let declaration = behind.get(..end).unwrap_or_default();
    if memchr::memchr(b'[', declaration).is_some() {
        return bytes;
    }
    behind.get(end + 1..).unwrap_or_default()
}

/// A part that must be there.
pub(super) fn present(part: Option<Element>) -> Result<Element, Refusal> {
    part.ok_or(Refusal::Damaged(Damage::Missing))
}
