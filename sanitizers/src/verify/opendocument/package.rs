//! Members of a document: of the original as they are, of the copy in the one order and
//! form that ours have.

use std::io::{Cursor, Read};

use crate::verify::archive::form;
use crate::{Kind, Limits, ReadSeek, kind};

/// Members by their names, in their order.
pub(in crate::verify) struct Package(Vec<(String, Vec<u8>)>);

impl Package {
    /// Reads what a document holds.
    pub(in crate::verify) fn of_original(
        original: &mut dyn ReadSeek,
        limits: &Limits,
    ) -> Option<Package> {
        original.rewind().ok()?;
        let mut archive = zip::ZipArchive::new(original).ok()?;
        let mut left = limits.inflated_total;
        let mut members = Vec::new();
        for number in 0..archive.len() {
            let mut member = archive.by_index(number).ok()?;
            let name = String::from_utf8_lossy(member.name_raw()).into_owned();
            let mut content = Vec::new();
            (&mut member).take(left).read_to_end(&mut content).ok()?;
            left = left.checked_sub(content.len() as u64)?;
            members.push((name.replace('\\', "/"), content));
        }
        Some(Package(members))
    }

    /// The bytes of a member.
    pub(in crate::verify) fn part(&self, name: &str) -> Option<&[u8]> {
        let found = self.0.iter().find(|(one, _)| one == name);
        found.map(|(_, bytes)| bytes.as_slice())
    }

    /// The names of all members.
    pub(in crate::verify) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}

/// Reads a copy, if its members are those that we write, in our form and order.
pub(in crate::verify) fn canonical(kind: Kind, copy: &[u8], limits: &Limits) -> Option<Package> {
    let package = in_our_form(copy, limits)?;
    is_in_order(kind, &package).then_some(package)
}

/// Reads a package whose every byte is one that we would write, whatever its members are.
pub(in crate::verify) fn in_our_form(copy: &[u8], limits: &Limits) -> Option<Package> {
    let places = form::places(copy)?;
    let mut archive = zip::ZipArchive::new(Cursor::new(copy)).ok()?;
    (archive.len() == places.len() && archive.comment().is_empty()).then_some(())?;
    let mut left = limits.inflated_total;
    let mut members = Vec::new();
    for (number, place) in places.iter().enumerate() {
        let mut member = archive.by_index(number).ok()?;
        let mut content = Vec::new();
        (&mut member).take(place.size.min(left)).read_to_end(&mut content).ok()?;
        // The whole was read only if the checksum was right as well.
        (member.read(&mut [0]).ok()? == 0).then_some(())?;
        left = left.checked_sub(content.len() as u64)?;
        if place.name == "mimetype" {
            (!place.is_deflated).then_some(())?;
        } else {
            form::is_packed_as_ours(&content, place).then_some(())?;
        }
        members.push((place.name.clone(), content));
    }
    Some(Package(members))
}

fn is_in_order(kind: Kind, package: &Package) -> bool {
    let mut list = Vec::new();
    let mut expected =
        vec!["mimetype".to_owned(), "META-INF/manifest.xml".to_owned(), "content.xml".to_owned()];
    list.push(("/".to_owned(), kind.media_type()));
    list.push(("content.xml".to_owned(), "text/xml"));
    let has = |name: &str| package.part(name).is_some();
    if has("styles.xml") {
        expected.push("styles.xml".to_owned());
        list.push(("styles.xml".to_owned(), "text/xml"));
    }
    let pictures = package.names().filter(|name| name.starts_with("Pictures/"));
    for (number, name) in (1..).zip(pictures) {
        let Some(sort) = package.part(name).and_then(picture) else { return false };
        let name = format!("Pictures/{number}.{}", sort.extension());
        expected.push(name.clone());
        list.push((name, sort.media_type()));
    }
    for number in 1.. {
        let folder = format!("Object {number}/");
        let content = format!("{folder}content.xml");
        let Some(bytes) = package.part(&content) else { break };
        let is_formula = memchr::memmem::find(bytes, b"<math:math").is_some_and(|at| at < 64);
        let media = if is_formula {
            "application/vnd.oasis.opendocument.formula"
        } else {
            "application/vnd.oasis.opendocument.chart"
        };
        let styles = format!("{folder}styles.xml");
        list.push((folder, media));
        let parts = [content, styles].into_iter().filter(|part| package.part(part).is_some());
        for part in parts {
            expected.push(part.clone());
            list.push((part, "text/xml"));
        }
    }
    let manifest = package.part("META-INF/manifest.xml").unwrap_or_default();
    package.names().eq(expected.iter().map(String::as_str))
        && package.part("mimetype") == Some(kind.media_type().as_bytes())
        && manifest == written(&list).as_bytes()
}

fn picture(bytes: &[u8]) -> Option<Kind> {
    let kind = kind::recognise(&mut Cursor::new(bytes)).ok()?;
    let pictures = [Kind::Jpeg, Kind::Png, Kind::Gif, Kind::Webp, Kind::Tiff, Kind::Svg];
    pictures.contains(&kind).then_some(kind)
}

/// The list of members, as it must be.
fn written(list: &[(String, &str)]) -> String {
    let entries = list.iter().map(|(name, media)| {
        let (name, media) = (format!("full-path=\"{name}\""), format!("media-type=\"{media}\""));
        ["<manifest:file-entry manifest:", &name, " manifest:", &media, "/>"].concat()
    });
    [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest ",
        "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" ",
        "manifest:version=\"1.3\">",
        &entries.collect::<String>(),
        "</manifest:manifest>\n",
    ]
    .concat()
}
