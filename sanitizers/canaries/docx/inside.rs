//! What is in the text and not seen, and who wrote which part of it.

use super::super::{Outcome, Row};
use super::{Document, TYPES, WORDS, body, filled, run};
use crate::Kind;

use Outcome::Cleaned;

macro_rules! row {
    ($place:expr, $template:expr) => {
        Row { kind: Kind::Docx, place: $place, plant: |t| body(t, $template), outcome: Cleaned }
    };
    (run $place:expr, $template:expr) => {
        Row { kind: Kind::Docx, place: $place, plant: |t| run(t, $template), outcome: Cleaned }
    };
    (as $place:expr, $plant:expr) => {
        Row { kind: Kind::Docx, place: $place, plant: $plant, outcome: Cleaned }
    };
}

/// Tracked changes and sessions.
fn history() -> Vec<Row> {
    vec![
        row!("w:rsidR of a paragraph", "<w:p w:rsidR=\"HIDDEN\"/>"),
        row!("w14:paraId", "<w:p w14:paraId=\"HIDDEN\"/>"),
        row!("w:rsidRPr of a run", "<w:p><w:r w:rsidRPr=\"HIDDEN\"><w:t>x</w:t></w:r></w:p>"),
        row!(
            "w:rsidR of looks",
            "<w:p><w:r><w:rPr w:rsidR=\"HIDDEN\"><w:b/></w:rPr><w:t>x</w:t></w:r></w:p>"
        ),
        row!(
            "w:rsidTr",
            "<w:tbl><w:tblPr/><w:tr w:rsidTr=\"HIDDEN\"><w:tc><w:p/></w:tc></w:tr></w:tbl>"
        ),
        row!("w:rsidSect", "<w:p><w:pPr><w:sectPr w:rsidSect=\"HIDDEN\"/></w:pPr></w:p>"),
        row!(
            "w:ins",
            "<w:p><w:ins w:id=\"1\" w:author=\"HIDDEN\"><w:r><w:t>SHOWN</w:t></w:r></w:ins></w:p>"
        ),
        row!(
            "w:del",
            "<w:p><w:del w:id=\"1\" w:author=\"a\"><w:r><w:delText>HIDDEN</w:delText></w:r></w:del></w:p>"
        ),
        row!(
            "w:t in w:del",
            "<w:p><w:del w:id=\"1\" w:author=\"a\"><w:r><w:t>HIDDEN</w:t></w:r></w:del></w:p>"
        ),
        row!(run "w:delText outside of w:del", "<w:delText>HIDDEN</w:delText>"),
        row!(
            "w:moveFrom",
            "<w:p><w:moveFrom w:id=\"1\" w:author=\"a\"><w:r><w:t>HIDDEN</w:t></w:r></w:moveFrom></w:p>"
        ),
        row!(
            "w:moveTo",
            "<w:p><w:moveTo w:id=\"1\" w:author=\"HIDDEN\"><w:r><w:t>SHOWN</w:t></w:r></w:moveTo></w:p>"
        ),
        row!(
            "w:moveFromRangeStart",
            "<w:p><w:moveFromRangeStart w:id=\"1\" w:name=\"HIDDEN\"/></w:p>"
        ),
        row!(
            "w:rPrChange",
            "<w:p><w:r><w:rPr><w:b/><w:rPrChange w:id=\"1\" w:author=\"HIDDEN\"/></w:rPr><w:t>x</w:t></w:r></w:p>"
        ),
        row!(
            "w:pPrChange",
            "<w:p><w:pPr><w:keepNext/><w:pPrChange w:id=\"1\" w:author=\"HIDDEN\"/></w:pPr></w:p>"
        ),
        row!(
            "w:numberingChange",
            "<w:p><w:pPr><w:numPr><w:numberingChange w:original=\"HIDDEN\"/></w:numPr></w:pPr></w:p>"
        ),
        row!(
            "w:sectPrChange",
            "<w:p><w:pPr><w:sectPr><w:sectPrChange w:author=\"HIDDEN\"/></w:sectPr></w:pPr></w:p>"
        ),
        row!(
            "w:tblPrChange",
            "<w:tbl><w:tblPr><w:tblPrChange w:author=\"HIDDEN\"/></w:tblPr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
        ),
        row!(
            "w:cellIns",
            "<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr><w:cellIns w:author=\"HIDDEN\"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"
        ),
        row!(
            "deleted row",
            "<w:tbl><w:tblPr/><w:tr><w:trPr><w:del w:author=\"a\"/></w:trPr><w:tc><w:p><w:r><w:t>HIDDEN</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        ),
        row!(
            "author of a deleted end of a paragraph",
            "<w:p><w:pPr><w:rPr><w:del w:author=\"HIDDEN\"/></w:rPr></w:pPr><w:r><w:t>SHOWN</w:t></w:r></w:p><w:p/>"
        ),
        row!(
            "version for programs that know less",
            "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:t>x</w:t></mc:Choice><mc:Fallback><w:t>HIDDEN</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
        row!(
            "version for programs that know more",
            "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wpg w15\"><w:t>HIDDEN</w:t></mc:Choice><mc:Fallback><w:t>SHOWN</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
    ]
}

/// Hidden text, comments, marks and fields.
#[expect(clippy::too_many_lines, reason = "a table")]
fn unseen() -> Vec<Row> {
    vec![
        row!("w:vanish", "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>HIDDEN</w:t></w:r></w:p>"),
        row!(as "w:vanish of a style", |t| {
            let styles = "<w:style w:type=\"character\" w:styleId=\"H\"><w:name w:val=\"Strong\"/>\
                          <w:rPr><w:vanish/></w:rPr></w:style><w:style w:type=\"character\" \
                          w:styleId=\"J\"><w:basedOn w:val=\"H\"/></w:style>";
            let text = "<w:p><w:r><w:rPr><w:rStyle w:val=\"J\"/></w:rPr><w:t>HIDDEN</w:t></w:r></w:p>";
            let body = filled(&[WORDS, text].concat(), t);
            Document::new(&body).with_word("styles", "w:styles", styles).file()
        }),
        row!(
            "hidden row",
            "<w:tbl><w:tblPr/><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p><w:r><w:t>HIDDEN</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
        ),
        row!(
            "hidden drawing",
            "<w:p><w:r><w:pict><v:shape style=\"width:9pt; visibility : hidden\"><v:textbox><w:txbxContent><w:p><w:r><w:t>HIDDEN</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
        ),
        row!("w:commentRangeStart", "<w:p><w:commentRangeStart w:id=\"HIDDEN\"/></w:p>"),
        row!(run "w:commentReference", "<w:commentReference w:id=\"HIDDEN\"/>"),
        row!("w:permStart", "<w:p><w:permStart w:id=\"1\" w:ed=\"HIDDEN\"/></w:p>"),
        row!(
            "w:proofErr",
            "<w:p><w:proofErr w:type=\"HIDDEN\"/><w:r><w:lastRenderedPageBreak/><w:t w:anna=\"HIDDEN\">x</w:t></w:r></w:p>"
        ),
        row!(
            "bookmark that nothing leads to",
            "<w:p><w:bookmarkStart w:id=\"0\" w:name=\"HIDDEN\"/><w:bookmarkEnd w:id=\"0\"/></w:p>"
        ),
        row!(
            "name of a bookmark",
            "<w:p><w:bookmarkStart w:id=\"0\" w:name=\"HIDDEN\"/><w:r><w:t>x</w:t></w:r><w:bookmarkEnd w:id=\"0\"/><w:hyperlink w:anchor=\"HIDDEN\"><w:r><w:t>SHOWN</w:t></w:r></w:hyperlink></w:p>"
        ),
        row!(
            "w:tooltip",
            "<w:p><w:bookmarkStart w:id=\"0\" w:name=\"a\"/><w:bookmarkEnd w:id=\"0\"/><w:hyperlink w:anchor=\"a\" w:tooltip=\"HIDDEN\"><w:r><w:t>SHOWN</w:t></w:r></w:hyperlink></w:p>"
        ),
        row!(
            "w:tgtFrame",
            "<w:p><w:bookmarkStart w:id=\"0\" w:name=\"a\"/><w:bookmarkEnd w:id=\"0\"/><w:hyperlink w:anchor=\"a\" w:tgtFrame=\"HIDDEN\"><w:r><w:t>SHOWN</w:t></w:r></w:hyperlink></w:p>"
        ),
        row!(
            "w:instrText",
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> INCLUDEPICTURE \"HIDDEN\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>SHOWN</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
        ),
        row!(
            "switches of the number of a page",
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> PAGE \\# HIDDEN </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>SHOWN</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
        ),
        row!(
            "words in the instruction of a field",
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> IF </w:instrText></w:r><w:r><w:t>HIDDEN</w:t></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>SHOWN</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
        ),
        row!(
            "field in the instruction of a field",
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> IF </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> DOCPROPERTY </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>HIDDEN</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>SHOWN</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
        ),
        row!(run "instruction without a field", "<w:instrText>HIDDEN</w:instrText>"),
        row!(
            "w:fldData",
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"><w:fldData>HIDDEN</w:fldData></w:fldChar></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>SHOWN</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
        ),
        row!(
            "w:ffData",
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:name w:val=\"HIDDEN\"/><w:helpText w:val=\"HIDDEN\"/></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>SHOWN</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
        ),
        row!(
            "w:fldSimple",
            "<w:p><w:fldSimple w:instr=\" FILENAME HIDDEN \"><w:r><w:t>SHOWN</w:t></w:r></w:fldSimple></w:p>"
        ),
        row!(
            "w:sdtPr",
            "<w:sdt><w:sdtPr><w:alias w:val=\"HIDDEN\"/><w:tag w:val=\"HIDDEN\"/><w:dataBinding w:xpath=\"HIDDEN\"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>SHOWN</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
        row!(
            "entry of a list that was not chosen",
            "<w:p><w:sdt><w:sdtPr><w:comboBox><w:listItem w:displayText=\"HIDDEN\" w:value=\"HIDDEN\"/></w:comboBox></w:sdtPr><w:sdtContent><w:r><w:t>SHOWN</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        ),
        row!(
            "w:smartTag",
            "<w:p><w:smartTag w:uri=\"HIDDEN\" w:element=\"x\"><w:smartTagPr><w:attr w:name=\"a\" w:val=\"HIDDEN\"/></w:smartTagPr><w:r><w:t>SHOWN</w:t></w:r></w:smartTag></w:p>"
        ),
        row!(
            "w:customXml",
            "<w:customXml w:uri=\"HIDDEN\" w:element=\"HIDDEN\"><w:customXmlPr><w:placeholder w:val=\"HIDDEN\"/></w:customXmlPr><w:p><w:r><w:t>SHOWN</w:t></w:r></w:p></w:customXml>"
        ),
        row!("w:altChunk", "<w:altChunk r:id=\"HIDDEN\"/>"),
        row!("w:subDoc", "<w:p><w:subDoc r:id=\"HIDDEN\"/></w:p>"),
        row!(run "w:contentPart", "<w:contentPart r:id=\"HIDDEN\"/>"),
        row!(run "w:control", "<w:object><v:rect/><w:control r:id=\"x\" w:name=\"HIDDEN\"/></w:object>"),
        row!(run "w:movie", "<w:t>x</w:t><w:movie r:id=\"HIDDEN\"/>"),
        row!(
            "w:printerSettings",
            "<w:p><w:pPr><w:sectPr><w:titlePg/><w:printerSettings r:id=\"HIDDEN\"/></w:sectPr></w:pPr></w:p>"
        ),
        row!("text between tags", "<w:p>HIDDEN<w:r>HIDDEN<w:t>x</w:t></w:r></w:p>"),
        row!("comment of XML", "<!-- HIDDEN --><w:p/>"),
        row!("instruction of XML", "<?anna HIDDEN?><w:p/>"),
        row!(
            "element of an unknown namespace",
            "<anna:x xmlns:anna=\"urn:HIDDEN\"><anna:y>HIDDEN</anna:y></anna:x>"
        ),
        row!(
            "attribute of an unknown namespace",
            "<w:p xmlns:anna=\"urn:anna\" anna:x=\"HIDDEN\"/>"
        ),
        row!(as "note that nothing leads to", |t| {
            let notes = format!("{TYPES}wordprocessingml.footnotes+xml");
            let xml = "<w:footnote w:id=\"2\"><w:p><w:r><w:t>HIDDEN</w:t></w:r></w:p></w:footnote>";
            let xml = super::part("w:footnotes", &filled(xml, t));
            let document = Document::new(&filled(WORDS, t));
            document.with("n", "footnotes", "word/footnotes.xml", &notes, &xml).file()
        }),
        row!(as "header that no page shows", |t| {
            let header = format!("{TYPES}wordprocessingml.header+xml");
            let xml = filled("<w:p><w:r><w:t>HIDDEN</w:t></w:r></w:p>", t);
            let xml = super::part("w:hdr", &xml);
            let body = "<w:p><w:pPr><w:sectPr><w:headerReference w:type=\"first\" r:id=\"h\"/>\
                        </w:sectPr></w:pPr><w:r><w:t>SHOWN</w:t></w:r></w:p>";
            let document = Document::new(&filled(body, t));
            document.with("h", "header", "word/header1.xml", &header, &xml).file()
        }),
        row!(as "deleted text in a note", |t| {
            let notes = format!("{TYPES}wordprocessingml.footnotes+xml");
            let xml = super::part("w:footnotes", &filled("<w:footnote w:id=\"2\"><w:p><w:del w:author=\"a\"><w:r><w:t>HIDDEN</w:t></w:r></w:del></w:p></w:footnote>", t));
            let body = filled("<w:p><w:r><w:t>SHOWN</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>", t);
            Document::new(&body).with("n", "footnotes", "word/footnotes.xml", &notes, &xml).file()
        }),
    ]
}

pub(super) fn rows() -> Vec<Row> {
    [history(), unseen()].into_iter().flatten().collect()
}
