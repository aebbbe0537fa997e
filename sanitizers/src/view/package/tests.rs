use std::io::Cursor;

use super::super::{View, view};
use super::*;
use crate::zip::Writer;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const X: &str = "xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const P: &str = "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const O: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
    xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
    xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
    xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\"";

fn package(members: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = Writer::default();
    for (name, content) in members {
        writer.add(name, content.as_bytes()).unwrap();
    }
    writer.finish().unwrap()
}

/// A list of types with this main one.
fn types(name: &str) -> String {
    let base = "application/vnd.openxmlformats-officedocument";
    format!("<Types><Override PartName=\"/a\" ContentType=\"{base}.{name}.main+xml\"/></Types>")
}

fn relations(targets: &[(&str, &str)]) -> String {
    let base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let one = |(number, (kind, target)): (usize, &(&str, &str))| {
        format!("<Relationship Id=\"r{number}\" Type=\"{base}/{kind}\" Target=\"{target}\"/>")
    };
    let list: String = targets.iter().enumerate().map(one).collect();
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         {list}</Relationships>"
    )
}

fn shown(file: &[u8], page: u32) -> Result<(String, u32, u32), Refusal> {
    let mut words = Vec::new();
    let View { shown, page, pages } =
        view(&mut Cursor::new(file), &mut words, page, &Limits::default())?;
    assert_eq!(shown, Shown::Text);
    Ok((String::from_utf8(words).unwrap(), page, pages))
}

#[test]
fn of_a_letter_its_words_are_shown_and_nothing_else() {
    let document = format!(
        "<w:document {W}><w:body><w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>\
         <w:r><w:t>It</w:t><w:tab/><w:t>leaks\u{200B}.</w:t></w:r></w:p>\
         <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>\
         <w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr>\
         </w:tbl><w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p></w:body></w:document>"
    );
    let notes =
        format!("<w:footnotes {W}><w:p><w:r><w:t>See there.</w:t></w:r></w:p></w:footnotes>");
    let file = package(&[
        ("[Content_Types].xml", &types("wordprocessingml.document")),
        ("word/document.xml", &document),
        ("word/footnotes.xml", &notes),
    ]);
    let expected = "It\tleaks[U+200B].\na\tb c\n\n\n---\nSee there.\n";
    assert_eq!(shown(&file, 7), Ok((expected.to_owned(), 1, 1)));
    let empty = package(&[("[Content_Types].xml", &types("wordprocessingml.document"))]);
    assert_eq!(shown(&empty, 1), Err(Refusal::Damaged(Damage::Missing)));
}

#[test]
fn a_page_is_a_sheet_with_its_cells_where_they_are() {
    let book = format!(
        "<x:workbook {X}><x:sheets><x:sheet name=\"Sums\" r:id=\"r1\"/>\
         <x:sheet name=\"Days\" r:id=\"r0\"/></x:sheets></x:workbook>"
    );
    let first = format!(
        "<x:worksheet {X}><x:sheetData><x:row><x:c r=\"A1\" t=\"s\"><x:v>1</x:v></x:c>\
         <x:c r=\"C1\" t=\"b\"><x:v>1</x:v></x:c><x:c t=\"inlineStr\"><x:is><x:t>x\ny</x:t></x:is></x:c>\
         </x:row><x:row><x:c r=\"B2\"><x:v>2.5</x:v></x:c><x:c r=\"XFD2\"><x:f>A1</x:f></x:c></x:row>\
         </x:sheetData></x:worksheet>"
    );
    let second = format!(
        "<x:worksheet {X}><x:sheetData><x:row><x:c r=\"A1\" s=\"1\"><x:v>45351</x:v></x:c></x:row>\
         </x:sheetData></x:worksheet>"
    );
    let texts = format!(
        "<x:sst {X}><x:si><x:t>no</x:t></x:si><x:si><x:r><x:t>ye</x:t></x:r><x:r><x:t>s</x:t></x:r>\
         <x:rPh><x:t>jes</x:t></x:rPh></x:si></x:sst>"
    );
    let styles = format!(
        "<x:styleSheet {X}><x:cellXfs><x:xf numFmtId=\"0\"/><x:xf numFmtId=\"14\"/></x:cellXfs>\
         </x:styleSheet>"
    );
    let targets = [("worksheet", "worksheets/2.xml"), ("worksheet", "/xl/worksheets/1.xml")];
    let file = package(&[
        ("[Content_Types].xml", &types("spreadsheetml.sheet")),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &relations(&targets)),
        ("xl/worksheets/1.xml", &first),
        ("xl/worksheets/2.xml", &second),
        ("xl/sharedStrings.xml", &texts),
        ("xl/styles.xml", &styles),
    ]);
    let gap = "\t".repeat(32);
    let expected = format!("Sums\n\nyes\t\tTRUE\tx y\n\t2.5{gap}=A1\n");
    assert_eq!(shown(&file, 1), Ok((expected, 1, 2)));
    assert_eq!(shown(&file, 9), Ok(("Days\n\n2024-02-29\n".to_owned(), 2, 2)));
}

#[test]
fn a_page_is_a_slide_with_what_was_to_be_said() {
    let slide = |words: &str| {
        format!("<p:sld {P}><p:sp><a:p><a:r><a:t>{words}</a:t></a:r><a:br/></a:p></p:sp></p:sld>")
    };
    let show = format!(
        "<p:presentation {P}><p:sldIdLst><p:sldId r:id=\"r0\"/><p:sldId r:id=\"r1\"/></p:sldIdLst>\
         </p:presentation>"
    );
    let targets = [("slide", "slides/1.xml"), ("slide", "slides/2.xml")];
    let file = package(&[
        ("[Content_Types].xml", &types("presentationml.presentation")),
        ("ppt/presentation.xml", &show),
        ("ppt/_rels/presentation.xml.rels", &relations(&targets)),
        ("ppt/slides/1.xml", &slide("One")),
        ("ppt/slides/2.xml", &slide("Two")),
        ("ppt/slides/_rels/2.xml.rels", &relations(&[("notesSlide", "../notes/1.xml")])),
        ("ppt/notes/1.xml", &slide("Say it")),
    ]);
    assert_eq!(shown(&file, 0), Ok(("One\n\n".to_owned(), 1, 2)));
    assert_eq!(shown(&file, 2), Ok(("Two\n\n\n---\nSay it\n\n".to_owned(), 2, 2)));
}

fn open(kind: &str, body: &str) -> Vec<u8> {
    let mimetype = format!("application/vnd.oasis.opendocument.{kind}");
    let content = format!(
        "<office:document-content {O}><office:body>{body}</office:body></office:document-content>"
    );
    package(&[("mimetype", &mimetype), ("content.xml", &content)])
}

#[test]
fn of_opendocument_texts_sheets_and_slides_are_shown() {
    let text = open(
        "text",
        "<office:text><text:h>Head</text:h><text:p>a<text:s text:c=\"2\"/>b<text:tab/>\
         <text:span>c</text:span><office:annotation><text:p>no</text:p></office:annotation></text:p>\
         <text:p><text:s text:c=\"4000000000\"/></text:p></office:text>",
    );
    let expected = format!("Head\na  b\tc\n{}\n", " ".repeat(64));
    assert_eq!(shown(&text, 1), Ok((expected, 1, 1)));
    let sheet = open(
        "spreadsheet",
        "<office:spreadsheet><table:table table:name=\"One\"><table:table-row>\
         <table:table-cell table:number-columns-repeated=\"2\"><text:p>x</text:p></table:table-cell>\
         <table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row></table:table>\
         <table:table table:name=\"Two\"/></office:spreadsheet>",
    );
    assert_eq!(shown(&sheet, 1), Ok(("One\n\nx\tx\n".to_owned(), 1, 2)));
    assert_eq!(shown(&sheet, 2), Ok(("Two\n\n".to_owned(), 2, 2)));
    let slides = open(
        "presentation",
        "<office:presentation><draw:page><draw:frame><draw:text-box><text:p>a</text:p>\
         </draw:text-box></draw:frame></draw:page><draw:page/></office:presentation>",
    );
    assert_eq!(shown(&slides, 1), Ok(("a\n".to_owned(), 1, 2)));
}

#[test]
fn of_a_book_one_chapter_is_shown() {
    let container = "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\
        <rootfiles><rootfile full-path=\"b/book.opf\"/></rootfiles></container>";
    let book = "<package xmlns=\"http://www.idpf.org/2007/opf\"><manifest>\
        <item id=\"i\" href=\"1.xhtml\"/><item id=\"j\" href=\"c/2.xhtml\"/></manifest>\
        <spine><itemref idref=\"j\"/><itemref idref=\"i\"/></spine></package>";
    let page = |words: &str| {
        format!("<html><head><title>T</title></head><body><p>{words}</p></body></html>")
    };
    let file = package(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("b/book.opf", book),
        ("b/1.xhtml", &page("One")),
        ("b/c/2.xhtml", &page("Two")),
    ]);
    assert_eq!(shown(&file, 1), Ok(("Two\n".to_owned(), 1, 2)));
    assert_eq!(shown(&file, 2), Ok(("One\n".to_owned(), 2, 2)));
}

#[test]
fn what_is_too_long_is_cut_and_says_so() {
    let long = "word ".repeat(MOST / 5 + 9);
    let text = open(
        "text",
        &format!("<office:text><text:p>{long}</text:p><text:p>no</text:p></office:text>"),
    );
    let (words, ..) = shown(&text, 1).unwrap();
    assert!(words.ends_with(CUT) && words.len() == MOST + CUT.len());
}

#[test]
fn of_an_archive_each_page_is_a_file_in_it() {
    let file = package(&[("1.txt", "words\n"), ("2.flac", "fLaC\0\0\0\x22")]);
    assert_eq!(shown(&file, 1), Ok(("words\n".to_owned(), 1, 2)));
    assert_eq!(shown(&file, 2), Ok(("2.flac".to_owned(), 2, 2)));
}
