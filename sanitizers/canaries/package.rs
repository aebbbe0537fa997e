//! Small packages of Office documents, part by part.

use crate::jpeg::sample;

use super::Token;

/// The beginnings of types of parts and relationships.
const TYPES: &str = "application/vnd.openxmlformats-officedocument.";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// Declares the namespaces that rows use.
pub(super) const SPACES: &str = "\
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" \
    xmlns:dgm=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:v=\"urn:schemas-microsoft-com:vml\" \
    xmlns:a14=\"http://schemas.microsoft.com/office/drawing/2010/main\" \
    xmlns:a16=\"http://schemas.microsoft.com/office/drawing/2014/main\" \
    xmlns:p14=\"http://schemas.microsoft.com/office/powerpoint/2010/main\" \
    xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\" \
    xmlns:x15=\"http://schemas.microsoft.com/office/spreadsheetml/2010/11/main\" \
    xmlns:x15ac=\"http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac\" \
    xmlns:xr=\"http://schemas.microsoft.com/office/spreadsheetml/2014/revision\" \
    mc:Ignorable=\"a14 a16 p14 x14 x15 xr\"";

/// A package in the making.
#[derive(Default)]
pub(super) struct Package {
    parts: Vec<(String, String, Vec<u8>)>,
    /// Owner, name, type, target, and whether it lies outside.
    relations: Vec<[String; 4]>,
}

impl Package {
    /// Adds a part of a type of the standard (`theme`), or of any (`image/jpeg`).
    pub(super) fn part(&mut self, name: &str, content_type: &str, content: impl Into<Vec<u8>>) {
        let whole = if content_type.contains('/') {
            content_type.to_owned()
        } else {
            format!("{TYPES}{content_type}+xml")
        };
        self.parts.push((name.to_owned(), whole, content.into()));
    }

    /// Adds a relationship of the standard (`theme`), or of any type.
    pub(super) fn relate(&mut self, owner: &str, id: &str, kind: &str, target: &str) {
        let kind =
            if kind.contains(':') { kind.to_owned() } else { [RELATIONSHIPS, kind].concat() };
        self.relations.push([owner.to_owned(), id.to_owned(), kind, target.to_owned()]);
    }

    /// The whole; targets that have a scheme or backslashes lie outside.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut types = String::from(
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" \
             ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
        );
        for (name, content_type, _) in &self.parts {
            let part = format!("<Override PartName=\"/{name}\" ContentType=\"{content_type}\"/>");
            types.push_str(&part);
        }
        let mut writer = crate::zip::Writer::default();
        writer.add("[Content_Types].xml", (types + "</Types>").as_bytes()).unwrap();
        let mut owners: Vec<&str> = self.relations.iter().map(|one| &*one[0]).collect();
        owners.sort_unstable();
        owners.dedup();
        for owner in owners {
            let (folder, file) = owner.rsplit_once('/').unwrap_or(("", owner));
            let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
            let mut list = String::from(
                "<Relationships \
                 xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
            );
            for [_, id, kind, target] in self.relations.iter().filter(|one| one[0] == owner) {
                let outside = target.contains(':') || target.contains('\\');
                let mode = if outside { " TargetMode=\"External\"" } else { "" };
                let one = format!(
                    "<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"{mode}/>"
                );
                list.push_str(&one);
            }
            let name = format!("{folder}_rels/{file}.rels");
            writer.add(&name, (list + "</Relationships>").as_bytes()).unwrap();
        }
        for (name, _, content) in &self.parts {
            writer.add(name, content).unwrap();
        }
        writer.finish().unwrap()
    }
}

/// A photograph with the token in a comment.
pub(super) fn photo(token: &Token) -> Vec<u8> {
    sample::with(&sample::photo(), 0xFE, token.hidden().as_bytes())
}

/// A text with the token and other things in it.
pub(super) fn filled(text: &str, token: &Token) -> String {
    text.replace("TOKEN", &token.hidden()).replace("SHOWN", &token.shown())
}
