//! Hiding places of Word documents.

mod around;
mod inside;
mod looks;

use super::neighbours::List;
use super::{Row, Token};
use crate::Kind;
use crate::docx;
use crate::zip::Writer;

/// Namespaces of the parts, as programs declare them.
const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" \
    xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
    xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" \
    xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\" \
    xmlns:wp14=\"http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing\" \
    xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
    xmlns:wpg=\"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup\" \
    mc:Ignorable=\"w14 w15 wp14\"";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// A document in the making.
struct Document {
    /// Names, declared types and bytes of all parts.
    parts: Vec<(String, String, Vec<u8>)>,
    /// Relationships of the main part: id, type, target and whether it lies outside.
    relations: Vec<(String, String, String, bool)>,
}

impl Document {
    /// A document with this in its body.
    fn new(body: &str) -> Document {
        let document = part("w:document", &format!("<w:body>{body}<w:sectPr/></w:body>"));
        let main = format!("{TYPES}wordprocessingml.document.main+xml");
        Document {
            parts: vec![("word/document.xml".to_owned(), main, document)],
            relations: Vec::new(),
        }
    }

    /// With a part that the main part leads to.
    fn with(mut self, id: &str, kind: &str, name: &str, content_type: &str, bytes: &[u8]) -> Self {
        self.parts.push((name.to_owned(), content_type.to_owned(), bytes.to_vec()));
        self.leading(id, kind, &format!("/{name}"), false)
    }

    /// With a relationship of the main part.
    fn leading(mut self, id: &str, kind: &str, target: &str, outside: bool) -> Self {
        let kind =
            if kind.contains(':') { kind.to_owned() } else { [RELATIONSHIPS, kind].concat() };
        self.relations.push((id.to_owned(), kind, target.to_owned(), outside));
        self
    }

    /// With a part of `WordprocessingML`, which has this in its root.
    fn with_word(self, kind: &str, root: &str, inner: &str) -> Self {
        let name = format!("word/{kind}1.xml");
        let content_type = format!("{TYPES}wordprocessingml.{kind}+xml");
        self.with(&format!("word{kind}"), kind, &name, &content_type, &part(root, inner))
    }

    /// The package.
    fn file(self) -> Vec<u8> {
        self.package("", &[])
    }

    /// The package with more relationships at its root, and more members.
    fn package(self, root: &str, members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = Writer::default();
        let overrides: String = self
            .parts
            .iter()
            .map(|(name, kind, _)| {
                format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>")
            })
            .collect();
        let list = format!(
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.\
             relationships+xml\"/>{overrides}</Types>"
        );
        writer.add("[Content_Types].xml", list.as_bytes()).unwrap();
        let main = format!(
            "<Relationship Id=\"main\" Type=\"{RELATIONSHIPS}officeDocument\" \
             Target=\"word/document.xml\"/>{root}"
        );
        writer.add("_rels/.rels", relationships(&main).as_bytes()).unwrap();
        for (name, _, bytes) in &self.parts {
            writer.add(name, bytes).unwrap();
        }
        let relations: String = self
            .relations
            .iter()
            .map(|(id, kind, target, outside)| {
                let mode = if *outside { " TargetMode=\"External\"" } else { "" };
                format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"{mode}/>")
            })
            .collect();
        let name = "word/_rels/document.xml.rels";
        writer.add(name, relationships(&relations).as_bytes()).unwrap();
        for (name, bytes) in members {
            writer.add(name, bytes).unwrap();
        }
        writer.finish().unwrap()
    }
}

fn relationships(inner: &str) -> String {
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         {inner}</Relationships>"
    )
}

fn part(root: &str, inner: &str) -> Vec<u8> {
    format!("<?xml version=\"1.0\"?><{root} {SPACES}>{inner}</{root}>").into_bytes()
}

/// Puts the tokens where `HIDDEN` and `SHOWN` stand.
fn filled(template: &str, token: &Token) -> String {
    template.replace("HIDDEN", &token.hidden()).replace("SHOWN", &token.shown())
}

/// A paragraph that people see.
const WORDS: &str = "<w:p><w:r><w:t>SHOWN</w:t></w:r></w:p>";

/// A document with this in its body, and words that people see.
fn body(token: &Token, template: &str) -> Vec<u8> {
    Document::new(&filled(&[WORDS, template].concat(), token)).file()
}

/// A document with this in a run.
fn run(token: &Token, template: &str) -> Vec<u8> {
    body(token, &format!("<w:p><w:r>{template}</w:r></w:p>"))
}

/// A document with a part beside it, which has this in its root.
fn beside(token: &Token, kind: &str, root: &str, template: &str) -> Vec<u8> {
    let inner = filled(template, token);
    Document::new(&filled(WORDS, token)).with_word(kind, root, &inner).file()
}

fn settings(token: &Token, template: &str) -> Vec<u8> {
    beside(token, "settings", "w:settings", template)
}

/// The rows of Word documents.
pub(super) fn rows() -> Vec<Row> {
    [around::rows(), inside::rows(), looks::rows()].into_iter().flatten().collect()
}

/// The allow-lists of Word documents.
pub(super) fn lists() -> Vec<List> {
    let list = |&(name, forbidden): &(_, _)| List { name, forbidden, kinds: &[Kind::Docx] };
    docx::lists().iter().map(list).collect()
}
