use std::io::Cursor;

use super::package::resolved;
use super::types::{ContentTypes, write};
use super::*;
use crate::refusal::Damage;
use crate::xml::Element;
use crate::{Change, Kind, Limits, Notes, Refusal, inside, xml};

fn tree(inner: &str) -> Element {
    let text = format!(
        "<w:p xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
         xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' \
         xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' \
         xmlns:anna='urn:anna'>{inner}</w:p>"
    );
    xml::read(text.as_bytes(), SPACES, &Limits::default(), &mut Notes::default()).unwrap()
}

#[test]
fn targets_are_found_from_the_part_that_names_them() {
    for (owner, target, key) in [
        ("word/document.xml", "media/a.png", Some("word/media/a.png")),
        ("word/document.xml", "/Word/Media/A.png", Some("word/media/a.png")),
        ("word/document.xml", "../customXml/item1.xml", Some("customxml/item1.xml")),
        ("word/document.xml", "./a%20b.png", Some("word/a b.png")),
        ("word/document.xml", "media\\a.png#x", Some("word/media/a.png")),
        ("", "word/document.xml", Some("word/document.xml")),
        ("word/document.xml", "../../../etc/passwd", None),
        ("word/document.xml", "a%zz", None),
        ("word/document.xml", "a%F", None),
        ("word/document.xml", &"a/".repeat(99), None),
    ] {
        assert_eq!(resolved(owner, target).as_deref(), key, "{target}");
    }
}

#[test]
fn the_type_of_a_part_stands_before_that_of_its_ending() {
    let list = write(&[("xml", "application/xml")], &[("word/a.xml", "text/a")]);
    let read =
        |list: &str| ContentTypes::read(list.as_bytes(), &Limits::default(), &mut Notes::default());
    let types = read(&list).unwrap();
    assert_eq!(types.of("word/a.xml"), Some("text/a"));
    assert_eq!(types.of("word/b.xml"), Some("application/xml"));
    assert_eq!(types.of("word/b"), None);
    let again = "<Override PartName=\"/Word/A.xml\" ContentType=\"text/b\"/></Types>";
    let twice = list.replace("</Types>", again);
    assert_eq!(read(&twice).err(), Some(Refusal::Damaged(Damage::Missing)));
}

#[test]
fn of_several_versions_one_is_left() {
    let choice = |inner: &str| format!("<mc:AlternateContent>{inner}</mc:AlternateContent>");
    let known = "<mc:Choice Requires='wps'><w:r/></mc:Choice>";
    let unknown = "<mc:Choice Requires='wps anna'><w:b/></mc:Choice>";
    let other = "<mc:Fallback><w:t/></mc:Fallback>";
    for (inner, left) in [
        (choice(&[known, other].concat()), &["w:r"][..]),
        (choice(&[unknown, known, other].concat()), &["w:r"]),
        (choice(&[unknown, other].concat()), &["w:t"]),
        (choice(unknown), &[]),
        (choice(&format!("<mc:Fallback>{}</mc:Fallback>", choice(known))), &["w:r"]),
        (choice(known) + &choice(other), &["w:r", "w:t"]),
    ] {
        let mut root = tree(&inner);
        alternate::resolve(&mut root, &["wps"], &mut Notes::default());
        let names: Vec<&str> = root.elements().map(|one| &*one.name).collect();
        assert_eq!(names, left, "{inner}");
    }
}

#[test]
fn the_picture_that_stands_for_others_is_a_clean_one() {
    let notes = &mut Notes::default();
    let (kind, clean) = inside::clean(media::PLACEHOLDER, &Limits::default(), notes).unwrap();
    assert_eq!((kind, &*clean), (Kind::Png, media::PLACEHOLDER));
    assert!(notes.findings().is_empty());
}

#[test]
fn no_value_of_a_table_lets_a_name_through() {
    // Every shape but those for text that is shown, and names that are numbered.
    let name = "Kanarie371000000";
    for table in [&COLOURS, &DRAWING, &TEXT, &THEME, &CHART, &MATH, &SHAPES, &VML] {
        let rules = crate::xml::Rules::new(&[], &[WORDS], &[]);
        for rule in table.allowed {
            for (attribute, value) in rule.attributes {
                if matches!(value, crate::xml::Value::Text | crate::xml::Value::Name(_)) {
                    continue;
                }
                let written = value.of(name, &rules, &mut Nothing).unwrap_or_default();
                assert!(!written.contains(name), "{} {attribute}", rule.name);
            }
        }
    }
}

struct Nothing;

impl crate::xml::Resolve for Nothing {
    fn relation(&mut self, _: &str) -> Option<String> {
        None
    }

    fn name(&mut self, _: &'static str, _: &str) -> Option<String> {
        None
    }

    fn serial(&mut self, _: &str) -> String {
        "1".to_owned()
    }
}

#[test]
fn no_damage_to_any_byte_of_a_package_is_a_panic() {
    let mut writer = crate::zip::Writer::default();
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let list = write(&[], &[("word/document.xml", kind)]);
    writer.store("[Content_Types].xml", list.as_bytes()).unwrap();
    let root = relations::write([("officeDocument", "word/document.xml")].into_iter());
    writer.store("_rels/.rels", root.as_bytes()).unwrap();
    let text = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/\
                main'><w:body><w:p><w:r><w:t>a</w:t></w:r></w:p></w:body></w:document>";
    writer.store("word/document.xml", text.as_bytes()).unwrap();
    let file = writer.finish().unwrap();
    let clean = |file: &[u8]| {
        crate::docx::clean(&mut Cursor::new(file), &Limits::default(), &mut Notes::default())
    };
    assert!(clean(&file).is_ok());
    for at in 0..file.len() {
        let mut damaged = file.clone();
        damaged[at] ^= 0x41;
        drop(clean(&damaged));
        drop(clean(&file[..at]));
    }
}

#[test]
fn what_was_drawn_on_a_chart_and_newer_charts_are_said_to_be_gone() {
    for kind in ["drawingml.chartshapes+xml", "vnd.ms-office.chartex+xml"] {
        let notes = &mut Notes::default();
        noted::part("xl/drawings/drawing9.xml", kind, notes);
        assert_eq!(notes.changes(), [Change::PartsRemoved], "{kind}");
    }
}
