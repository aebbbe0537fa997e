mod documents;
mod slides;

use super::*;
use crate::{Notes, zip::Writer};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A package in our form, part by part.
#[derive(Clone)]
struct Parts(Vec<(String, String)>);

impl Parts {
    fn bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        for (name, content) in &self.0 {
            writer.add(name, content.as_bytes()).unwrap();
        }
        writer.finish().unwrap()
    }

    /// The same with something else in one part, which must be in it.
    fn with(&self, part: &str, from: &str, to: &str) -> Parts {
        let mut changed = self.clone();
        let (_, content) = changed.0.iter_mut().find(|(name, _)| name == part).unwrap();
        assert!(content.contains(from), "{content}");
        *content = content.replacen(from, to, 1);
        changed
    }
}

/// The clean form of a file, taken apart.
fn clean(kind: Kind, file: &[u8]) -> Parts {
    let source = &mut Cursor::new(file);
    let copy = crate::clean(kind, source, &Limits::default(), &mut Notes::default()).unwrap();
    let copy = copy.into_bytes(source).unwrap();
    let members = form::members(&copy).unwrap();
    Parts(members.into_iter().map(|(name, b)| (name, String::from_utf8(b).unwrap())).collect())
}

fn outcome(kind: Kind, original: &[u8], copy: &Parts) -> Result<(), Refusal> {
    verify(kind, &mut Cursor::new(original), &copy.bytes(), &Limits::default())
}

/// A workbook with a formula, a hidden row and a drawing.
fn workbook() -> Vec<u8> {
    let types = "http://schemas.openxmlformats.org/package/2006/content-types";
    let lists = "http://schemas.openxmlformats.org/package/2006/relationships";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'";
    let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    Parts(
        [
            (
                "[Content_Types].xml",
                format!(
                    "<Types xmlns='{types}'><Default Extension='rels' \
                     ContentType='application/vnd.openxmlformats-package.relationships+xml'/>\
                     <Override PartName='/xl/workbook.xml' ContentType='{sheet}.sheet.main+xml'/>\
                     <Override PartName='/xl/s.xml' ContentType='{sheet}.worksheet+xml'/></Types>"
                ),
            ),
            (
                "_rels/.rels",
                format!(
                    "<Relationships xmlns='{lists}'><Relationship Id='a' \
                     Type='{office}/officeDocument' Target='xl/workbook.xml'/></Relationships>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    "<Relationships xmlns='{lists}'><Relationship Id='a' \
                     Type='{office}/worksheet' Target='s.xml'/></Relationships>"
                ),
            ),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook {main} xmlns:r='{office}'><sheets><sheet name='One' sheetId='1' \
                     r:id='a'/></sheets></workbook>"
                ),
            ),
            (
                "xl/s.xml",
                format!(
                    "<worksheet {main}><sheetData><row r='1'><c r='A1'><f>SUM(B1:C1)</f><v>3</v>\
                     </c><c r='B1' t='str'><v>words</v></c></row></sheetData></worksheet>"
                ),
            ),
        ]
        .map(|(name, content)| (name.to_owned(), content))
        .to_vec(),
    )
    .bytes()
}

const BOOK: &str = "xl/workbook.xml";
const SHEET: &str = "xl/worksheets/sheet1.xml";
const TYPES: &str = "[Content_Types].xml";
const LIST: &str = "xl/_rels/workbook.xml.rels";

#[test]
fn a_clean_copy_passes() {
    let original = workbook();
    let copy = clean(Kind::Xlsx, &original);
    assert_eq!(outcome(Kind::Xlsx, &original, &copy), Ok(()));
    for kind in [Kind::Docx, Kind::Pptx] {
        assert_eq!(outcome(kind, &original, &copy), Err(Refusal::Verification));
    }
}

#[test]
fn anything_put_back_is_refused() {
    let original = workbook();
    let copy = clean(Kind::Xlsx, &original);
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let outside = format!(
        "<Relationship Id=\"rId2\" Type=\"{office}/hyperlink\" Target=\"http://x.test\" \
         TargetMode=\"External\"/></Relationships>"
    );
    for (part, from, to) in [
        // What is shown.
        (SHEET, "<v>3</v>", "<v>4</v>"),
        (SHEET, "words", "word"),
        (SHEET, "<f>SUM(B1:C1)</f>", "<f>SUM(B1:C2)</f>"),
        (SHEET, "<f>SUM(B1:C1)</f>", "<f>NOW()</f>"),
        (SHEET, " t=\"str\"", ""),
        (SHEET, "<row r=\"1\">", "<row r=\"2\">"),
        (SHEET, "</row>", "<c r=\"C1\"><v>1</v></c></row>"),
        (BOOK, "name=\"One\"", "name=\"Two\""),
        (BOOK, "name=\"One\"", "name=\"One\" state=\"hidden\""),
        // What no program shows.
        (SHEET, "<v>3</v>", "<v>3</v><v>4</v>"),
        (SHEET, "<v>3</v>", "<v>3</v><is><t>a</t></is>"),
        (SHEET, "<f>SUM", "<f>1</f><f>SUM"),
        (SHEET, "</sheetData>", "</sheetData><t>a</t>"),
        (SHEET, "</sheetData>", "</sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>"),
        (
            SHEET,
            "</sheetData>",
            "</sheetData><headerFooter><firstHeader>a</firstHeader></headerFooter>",
        ),
        (
            SHEET,
            "</sheetData>",
            "</sheetData><headerFooter><evenFooter>a</evenFooter></headerFooter>",
        ),
        (
            SHEET,
            "</sheetData>",
            "</sheetData><conditionalFormatting sqref=\"A1\"><cfRule text=\"a\" type=\"cellIs\"/>\
             </conditionalFormatting>",
        ),
        (SHEET, "<sheetData>", "<cols><col max=\"202411281234567890\"/></cols><sheetData>"),
        // What nobody sees.
        (SHEET, "<sheetData>", "<sheetPr codeName=\"a\"/><sheetData>"),
        (SHEET, "</sheetData>", "</sheetData><hyperlinks/>"),
        (SHEET, "</sheetData>", "</sheetData><extLst/>"),
        (SHEET, "</sheetData>", "</sheetData><legacyDrawing/>"),
        (SHEET, "</sheetData>", "</sheetData>words"),
        (SHEET, "<sheetData>", "<sheetData> "),
        (SHEET, "<sheetData>", "<!-- a --><sheetData>"),
        (SHEET, "<sheetData>", "<?a b?><sheetData>"),
        (SHEET, "<row r=\"1\">", "<row  r=\"1\">"),
        (SHEET, "<row r=\"1\">", "<row r='1'>"),
        (SHEET, "<row r=\"1\">", "<row r=\"1\" xmlns:a=\"http://x.test\">"),
        (SHEET, " xmlns=", " xmlns:a=\"http://x.test/a\" xmlns="),
        (SHEET, "<sheetData>", "<dimension ref=\"C:\\Users\\anna\"/><sheetData>"),
        (SHEET, "<sheetData>", "<dimension ref=\"\\\\server\\share\"/><sheetData>"),
        (SHEET, "<sheetData>", "<dimension ref=\"http://x.test\"/><sheetData>"),
        (SHEET, "<sheetData>", "<dimension ref=\"anna@x.test\"/><sheetData>"),
        (
            SHEET,
            "<sheetData>",
            "<dimension ref=\"{8C1B1C5A-0000-4000-8000-0123456789AB}\"/><sheetData>",
        ),
        (BOOK, "<bookViews>", "<fileVersion/><bookViews>"),
        (BOOK, "<bookViews>", "<fileSharing userName=\"anna\"/><bookViews>"),
        (BOOK, "<workbookView/>", "<workbookView xWindow=\"1\"/>"),
        (
            BOOK,
            "</sheets>",
            "</sheets><definedNames><definedName name=\"a\">[1]b!A1</definedName></definedNames>",
        ),
        (BOOK, HEAD, "<?xml version=\"1.0\"?>\n"),
        // What the package says.
        (TYPES, "worksheet+xml", "comments+xml"),
        (TYPES, "</Types>", "<Default Extension=\"bin\" ContentType=\"image/png\"/></Types>"),
        (LIST, "rId1", "rId2"),
        (LIST, "worksheet\"", "dialogsheet\""),
        (LIST, "</Relationships>", &outside),
        (LIST, " Target=", " TargetMode=\"Internal\" Target="),
        (LIST, "/xl/worksheets/", "worksheets/"),
    ] {
        let spoilt = copy.with(part, from, to);
        assert_eq!(outcome(Kind::Xlsx, &original, &spoilt), Err(Refusal::Verification), "{to}");
    }
}

#[test]
fn parts_that_should_not_be_there_are_refused() {
    let original = workbook();
    let copy = clean(Kind::Xlsx, &original);
    for (name, content) in [
        ("docProps/core.xml", "<a/>"),
        ("xl/comments1.xml", "<a/>"),
        ("xl/worksheets/sheet2.xml", "<worksheet/>"),
        ("xl/media/image1.png", "no picture"),
        ("../a.xml", "<a/>"),
    ] {
        let mut spoilt = copy.clone();
        spoilt.0.push((name.to_owned(), [HEAD, content].concat()));
        assert_eq!(outcome(Kind::Xlsx, &original, &spoilt), Err(Refusal::Verification), "{name}");
    }
    for number in 0..copy.0.len() {
        let mut spoilt = copy.clone();
        spoilt.0.remove(number);
        assert_eq!(outcome(Kind::Xlsx, &original, &spoilt), Err(Refusal::Verification));
        let mut spoilt = copy.clone();
        spoilt.0.swap(number, (number + 1) % copy.0.len());
        assert_eq!(outcome(Kind::Xlsx, &original, &spoilt), Err(Refusal::Verification));
    }
}

#[test]
fn what_the_cleaners_keep_may_be_in_a_copy() {
    let named = |name: &'static str| name.split_once(':').unwrap_or(("", name));
    let kept = [crate::docx::kept(), crate::xlsx::kept(), crate::pptx::kept()].concat();
    for rule in kept.into_iter().filter(|rule| rule.fate == crate::xml::Fate::Kept) {
        let (key, local) = named(rule.name);
        assert!(names::may_be_named(key, local, local == "ext"), "{}", rule.name);
        assert!(rule.text.is_none() || names::may_hold_words((key, local)), "{}", rule.name);
        for (attribute, _) in rule.attributes {
            let (key, local) = named(attribute);
            assert!(names::may_have(key, local), "{} {attribute}", rule.name);
        }
    }
}
