//! Text documents with something put back.

use super::*;

const TEXT: &str = "word/document.xml";
const STYLES: &str = "word/styles.xml";
const NOTES: &str = "word/footnotes.xml";
const LIST: &str = "word/_rels/document.xml.rels";

/// A cell with words that lies under another one.
const UNDER: &str = "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr><w:p/></w:tc>\
    </w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>\
    </w:tbl>";

/// A document with a style, a link inside, a note, a field and a shape.
fn document() -> Vec<u8> {
    let lists = "http://schemas.openxmlformats.org/package/2006/relationships";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let types = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let main = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";
    let group = "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' \
        xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' \
        xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'";
    let parts =
        [("document.main", TEXT), ("styles", STYLES), ("footnotes", NOTES)].map(|(kind, name)| {
            format!("<Override PartName='/{name}' ContentType='{types}.{kind}+xml'/>")
        });
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id='{id}' Type='{office}/{kind}' Target='{target}'/>")
    };
    let relations = |inner: &str| format!("<Relationships xmlns='{lists}'>{inner}</Relationships>");
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let shape = format!(
        "<w:drawing {group}><wp:inline><wp:extent cx='9' cy='9'/><wp:docPr id='5' name='Anna'/>\
         <a:graphic><a:graphicData uri='http://schemas.microsoft.com/office/word/2010/\
         wordprocessingShape'><wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:bodyPr/></wps:wsp>\
         </a:graphicData></a:graphic></wp:inline></w:drawing>"
    );
    let body = format!(
        "<w:p><w:pPr><w:pStyle w:val='a'/></w:pPr><w:bookmarkStart w:id='0' w:name='x'/><w:r>\
         <w:t>words</w:t></w:r><w:bookmarkEnd w:id='0'/><w:r><w:footnoteReference w:id='2'/></w:r>\
         </w:p><w:p><w:hyperlink w:anchor='x'><w:r><w:t>there</w:t></w:r></w:hyperlink></w:p>\
         <w:p>{}<w:r><w:instrText> PAGE </w:instrText></w:r>{}<w:r><w:t>1</w:t></w:r>{}</w:p>\
         <w:p><w:r>{shape}</w:r></w:p>",
        field("begin"),
        field("separate"),
        field("end")
    );
    let note = "<w:footnote w:id='2'><w:p><w:r><w:t>below</w:t></w:r></w:p></w:footnote>";
    let style = "<w:style w:type='paragraph' w:styleId='a'><w:name w:val='Acme'/></w:style>";
    let part = |root: &str, inner: &str| format!("<w:{root} {main}>{inner}</w:{root}>");
    Parts(
        [
            (
                TYPES,
                format!(
                    "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>\
                     <Default Extension='rels' ContentType='application/vnd.openxmlformats-\
                     package.relationships+xml'/>{}</Types>",
                    parts.concat()
                ),
            ),
            ("_rels/.rels", relations(&relation("m", "officeDocument", TEXT))),
            (TEXT, part("document", &format!("<w:body>{body}</w:body>"))),
            (STYLES, part("styles", style)),
            (NOTES, part("footnotes", note)),
            (
                LIST,
                relations(
                    &[
                        relation("s", "styles", "styles.xml"),
                        relation("n", "footnotes", "footnotes.xml"),
                    ]
                    .concat(),
                ),
            ),
        ]
        .map(|(name, content)| (name.to_owned(), content))
        .to_vec(),
    )
    .bytes()
}

#[test]
fn a_clean_document_passes_and_is_no_workbook() {
    let original = document();
    let copy = clean(Kind::Docx, &original);
    assert_eq!(outcome(Kind::Docx, &original, &copy), Ok(()));
    assert_eq!(outcome(Kind::Xlsx, &original, &copy), Err(Refusal::Verification));
}

#[test]
fn anything_put_back_into_a_document_is_refused() {
    let original = document();
    let copy = clean(Kind::Docx, &original);
    let separator = "<w:footnote w:id=\"9\" w:type=\"separator\"><w:p><w:r><w:t>a</w:t></w:r></w:p>\
        </w:footnote><w:footnote w:id=";
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r>";
    for (part, from, to) in [
        // What is shown.
        (TEXT, ">words<", ">word<"),
        (TEXT, ">there<", ">there and more<"),
        (NOTES, "below", "above"),
        (TEXT, "<w:footnoteReference w:id=\"2\"/>", "<w:tab/>"),
        // What nobody sees.
        (TEXT, "<w:body>", "<w:body><w:p w:rsidR=\"00A1\"/>"),
        (TEXT, "<w:body>", "<w:body><w:altChunk/>"),
        (TEXT, "<w:body>", "<w:body><w:p><w:del w:id=\"1\"/></w:p>"),
        (TEXT, "<w:body>", "<w:body><w:p><w:ins w:id=\"1\"/></w:p>"),
        (TEXT, "<w:body>", "<w:body><w:p><w:moveFrom w:id=\"1\"/></w:p>"),
        (TEXT, "<w:body>", "<w:body><w:p><w:r><w:delText>a</w:delText></w:r></w:p>"),
        (TEXT, "<w:body>", "<w:body><w:p><w:commentRangeStart w:id=\"1\"/></w:p>"),
        (TEXT, "<w:body>", "<w:body><w:p><w:proofErr/></w:p>"),
        (TEXT, "<w:body>", "<w:body><w:p><w:permStart w:id=\"1\"/></w:p>"),
        (TEXT, "<w:body>", "<w:body><w:p><w:smartTag/></w:p>"),
        (TEXT, "<w:body>", "<w:body><w:customXml/>"),
        (TEXT, "<w:body>", "<w:body>a"),
        (TEXT, "<w:body>", "<w:body><!-- a -->"),
        (TEXT, " w:anchor=\"b1\"", " w:anchor=\"b1\" w:tooltip=\"a\""),
        (TEXT, ">PAGE<", ">INCLUDEPICTURE http://x.test/a<"),
        (TEXT, " name=\"\"", " name=\"Anna\""),
        (TEXT, " name=\"\"", " descr=\"a\" name=\"\""),
        (STYLES, "<w:name ", "<w:rsid w:val=\"00A1\"/><w:name "),
        (STYLES, "\"Style 1\"", "\"C:\\Users\\anna\""),
        (STYLES, "\"Style 1\"", "\"{8C1B1C5A-0000-4000-8000-0123456789AB}\""),
        (LIST, "rId1", "rId7"),
        (LIST, "/footnotes\"", "/comments\""),
        (TYPES, "footnotes+xml", "comments+xml"),
        (TEXT, "<w:body>", &format!("<w:body><w:p>{hidden}</w:p>")),
        // What no program shows.
        (TEXT, "<w:t>1</w:t>", "<w:t>238</w:t>"),
        (TEXT, "<w:t>1</w:t>", "<w:t>1</w:t><w:sym w:char=\"F020\"/>"),
        (TEXT, "<w:body>", "<w:body><w:sectPr><w:t>a</w:t></w:sectPr>"),
        (TEXT, "<w:body>", "<w:body><w:p><w:r><w:rPr><w:t>a</w:t></w:rPr></w:r></w:p>"),
        (TEXT, "<w:body>", &format!("<w:body>{UNDER}")),
        (NOTES, "<w:footnote w:id=", separator),
    ] {
        let spoilt = copy.with(part, from, to);
        assert_eq!(outcome(Kind::Docx, &original, &spoilt), Err(Refusal::Verification), "{to}");
    }
}
