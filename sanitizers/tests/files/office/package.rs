//! Small packages, made by another writer than ours.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A package of parts: name, content type without its beginning, content. Relationships
/// stand with their owners: owner, id, type, target.
pub(crate) fn package(
    parts: &[(&str, &str, impl AsRef<[u8]>)],
    relations: &[[&str; 4]],
) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &[u8]| {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    };
    let mut types = String::from(
        "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>\
         <Default Extension='rels' \
         ContentType='application/vnd.openxmlformats-package.relationships+xml'/>",
    );
    for (name, kind, _) in parts {
        let kind = if kind.contains('/') {
            (*kind).to_owned()
        } else {
            format!("application/vnd.openxmlformats-officedocument.{kind}+xml")
        };
        let part = format!("<Override PartName='/{name}' ContentType='{kind}'/>");
        types.push_str(&part);
    }
    add("[Content_Types].xml", (types + "</Types>").as_bytes());
    let mut owners: Vec<&str> = relations.iter().map(|[owner, ..]| *owner).collect();
    owners.sort_unstable();
    owners.dedup();
    for owner in owners {
        let (folder, file) = owner.rsplit_once('/').unwrap_or(("", owner));
        let between = if folder.is_empty() { "" } else { "/" };
        let mut list = String::from(
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>",
        );
        for [_, id, kind, target] in relations.iter().filter(|[one, ..]| *one == owner) {
            let base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
            let base = if kind.contains(':') { "" } else { base };
            let one = format!("<Relationship Id='{id}' Type='{base}{kind}' Target='/{target}'/>");
            list.push_str(&one);
        }
        add(&format!("{folder}{between}_rels/{file}.rels"), (list + "</Relationships>").as_bytes());
    }
    for (name, _, content) in parts {
        add(name, content.as_ref());
    }
    writer.finish().unwrap().into_inner()
}
