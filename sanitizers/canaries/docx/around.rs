//! Parts beside the text, and the package around them.

use super::super::package::photo;
use super::super::{Outcome, Row, Token};
use super::{Document, RELATIONSHIPS, TYPES, WORDS, beside, filled, part, settings};
use crate::refusal::{Damage, Feature};
use crate::{Kind, Refusal};

use Outcome::{Cleaned, CleanedSilently, Refused};

macro_rules! row {
    ($place:expr, $plant:expr) => {
        row!($place, Cleaned, $plant)
    };
    ($place:expr, $outcome:expr, $plant:expr) => {
        Row { kind: Kind::Docx, place: $place, plant: $plant, outcome: $outcome }
    };
}

/// A document with one more member that nothing shown leads to.
fn member(token: &Token, name: &str) -> Vec<u8> {
    let words = Document::new(&filled(WORDS, token));
    words.package("", &[(name, token.hidden().as_bytes())])
}

/// The same, with a relationship from the root of the package.
fn property(token: &Token, name: &str, kind: &str) -> Vec<u8> {
    let root = format!("<Relationship Id=\"p\" Type=\"{kind}\" Target=\"{name}\"/>");
    let xml = format!("<a><b>{}</b></a>", token.hidden());
    Document::new(&filled(WORDS, token)).package(&root, &[(name, xml.as_bytes())])
}

/// The same, with a relationship from the main part and a type of its own.
fn led_to(token: &Token, kind: &str, name: &str, content_type: &str) -> Vec<u8> {
    let bytes = part("w:x", &format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", token.hidden()));
    Document::new(&filled(WORDS, token)).with("x", kind, name, content_type, &bytes).file()
}

fn outside(token: &Token, kind: &str, body: &str) -> Vec<u8> {
    let address = format!("file:///C:/Users/{}/x", token.hidden());
    let words = [WORDS, body].concat();
    Document::new(&filled(&words, token)).leading("out", kind, &address, true).file()
}

/// A document with this in its body, and with these styles.
fn styled(token: &Token, body: &str, styles: &str) -> Vec<u8> {
    let body = filled(&[WORDS, body].concat(), token);
    Document::new(&body).with_word("styles", "w:styles", styles).file()
}

/// Words in parts beside the text, or hidden by one of them.
fn unseen() -> Vec<Row> {
    vec![
        row!("words that the style of a table hides", |t| {
            let body = "<w:tbl><w:tblPr><w:tblStyle w:val=\"T\"/></w:tblPr><w:tr><w:tc><w:p><w:r>\
                        <w:t>HIDDEN</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
            styled(
                t,
                body,
                "<w:style w:type=\"table\" w:styleId=\"T\"><w:rPr><w:vanish/></w:rPr>\
                             </w:style>",
            )
        }),
        row!("words that the style of a run does not show again", |t| {
            let body = "<w:p><w:pPr><w:pStyle w:val=\"P\"/></w:pPr><w:r><w:rPr><w:rStyle \
                        w:val=\"C\"/></w:rPr><w:t>HIDDEN</w:t></w:r></w:p>";
            styled(
                t,
                body,
                "<w:style w:type=\"paragraph\" w:styleId=\"P\"><w:rPr><w:vanish/>\
                             </w:rPr></w:style><w:style w:type=\"character\" w:styleId=\"C\">\
                             <w:rPr><w:vanish w:val=\"0\"/></w:rPr></w:style>",
            )
        }),
        row!("words that are hidden by default", |t| {
            let body = "<w:p><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>SHOWN</w:t></w:r><w:r>\
                        <w:t>HIDDEN</w:t></w:r></w:p>";
            let defaults = "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr>\
                            </w:rPrDefault></w:docDefaults>";
            let body = filled(body, t);
            Document::new(&body).with_word("styles", "w:styles", defaults).file()
        }),
        row!("line above notes", |t| {
            let note = "<w:footnote w:id=\"0\" w:type=\"separator\"><w:p><w:r><w:t>HIDDEN</w:t>\
                        </w:r></w:p></w:footnote>";
            beside(t, "footnotes", "w:footnotes", note)
        }),
        row!("level of a list that nothing stands in", |t| {
            let body = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>\
                        </w:pPr><w:r><w:t>SHOWN</w:t></w:r></w:p>";
            let level = "<w:lvl w:ilvl=\"7\"><w:lvlText w:val=\"HIDDEN %8\"/></w:lvl>";
            let lists = format!(
                "<w:abstractNum w:abstractNumId=\"0\">{level}</w:abstractNum><w:num \
                 w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
            );
            let document = Document::new(&filled(body, t));
            document.with_word("numbering", "w:numbering", &filled(&lists, t)).file()
        }),
        row!("header of first pages, of a section that has none", |t| {
            let first = "<w:headerReference w:type=\"first\" r:id=";
            let body = format!(
                "<w:p><w:pPr><w:sectPr>{first}\"h\"/></w:sectPr></w:pPr></w:p><w:p><w:pPr>\
                 <w:sectPr>{first}\"i\"/><w:titlePg/></w:sectPr></w:pPr></w:p>"
            );
            let kind = format!("{TYPES}wordprocessingml.header+xml");
            let header = |words: &str| {
                part("w:hdr", &filled(&format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"), t))
            };
            Document::new(&body)
                .with("h", "header", "word/h.xml", &kind, &header("HIDDEN"))
                .with("i", "header", "word/i.xml", &kind, &header("SHOWN"))
                .file()
        }),
        row!("name of a picture, with signs written as numbers", |t| {
            let body = "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"9\" cy=\"9\"/><a:graphic>\
                <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
                <pic:pic><pic:blipFill><a:blip r:embed=\"p\"/></pic:blipFill></pic:pic>\
                </a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>";
            let mut document = Document::new(&filled(&[WORDS, body].concat(), t)).leading(
                "p",
                "image",
                &format!("media\\my%20{}.jpeg", t.hidden()),
                false,
            );
            let name = format!("word/media/my {}.jpeg", t.hidden());
            document.parts.push((name, "image/jpeg".to_owned(), photo(t)));
            document.file()
        }),
    ]
}

/// Comments, in each generation of the format, and who wrote them.
fn comments() -> Vec<Row> {
    vec![
        row!("comments", |t| led_to(
            t,
            "comments",
            "word/comments.xml",
            &format!("{TYPES}wordprocessingml.comments+xml")
        )),
        row!("comments that were answered", |t| led_to(
            t,
            "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
            "word/commentsExtended.xml",
            &format!("{TYPES}wordprocessingml.commentsExtended+xml")
        )),
        row!("lasting numbers of comments", |t| led_to(
            t,
            "http://schemas.microsoft.com/office/2016/09/relationships/commentsIds",
            "word/commentsIds.xml",
            &format!("{TYPES}wordprocessingml.commentsIds+xml")
        )),
        row!("dates of comments in UTC", |t| led_to(
            t,
            "http://schemas.microsoft.com/office/2018/08/relationships/commentsExtensible",
            "word/commentsExtensible.xml",
            &format!("{TYPES}wordprocessingml.commentsExtensible+xml")
        )),
        row!("people", |t| led_to(
            t,
            "http://schemas.microsoft.com/office/2011/relationships/people",
            "word/people.xml",
            &format!("{TYPES}wordprocessingml.people+xml")
        )),
    ]
}

fn members() -> Vec<Row> {
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/";
    vec![
        row!("core properties", |t| {
            property(t, "docProps/core.xml", &[PACKAGE, "core-properties"].concat())
        }),
        row!("extended properties", |t| {
            property(t, "docProps/app.xml", &[RELATIONSHIPS, "extended-properties"].concat())
        }),
        row!("custom properties", |t| {
            property(t, "docProps/custom.xml", &[RELATIONSHIPS, "custom-properties"].concat())
        }),
        row!("thumbnail", |t| {
            property(t, "docProps/thumbnail.emf", &[PACKAGE, "thumbnail"].concat())
        }),
        row!("sensitivity label", |t| member(t, "docMetadata/LabelInfo.xml")),
        row!("signature", |t| member(t, "_xmlsignatures/sig1.xml")),
        row!("custom XML", |t| {
            led_to(t, "customXml", "customXml/item1.xml", "application/xml")
        }),
        row!("printer settings", |t| {
            let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.\
                        printerSettings";
            led_to(t, "printerSettings", "word/printerSettings1.bin", kind)
        }),
        row!("glossary", |t| led_to(
            t,
            "glossaryDocument",
            "word/glossary/document.xml",
            &format!("{TYPES}wordprocessingml.document.glossary+xml")
        )),
        row!("font table", |t| led_to(
            t,
            "fontTable",
            "word/fontTable.xml",
            &format!("{TYPES}wordprocessingml.fontTable+xml")
        )),
        row!("web settings", |t| led_to(
            t,
            "webSettings",
            "word/webSettings.xml",
            &format!("{TYPES}wordprocessingml.webSettings+xml")
        )),
        row!("file inside", |t| led_to(
            t,
            "package",
            "word/embeddings/sheet1.xlsx",
            &format!("{TYPES}spreadsheetml.sheet")
        )),
        row!("object of another program", |t| led_to(
            t,
            "oleObject",
            "word/embeddings/oleObject1.bin",
            &format!("{TYPES}oleObject")
        )),
        row!("control", |t| led_to(
            t,
            "control",
            "word/activeX/activeX1.xml",
            "application/vnd.ms-office.activeX+xml"
        )),
        row!("member that nothing leads to", |t| member(t, "word/anna.xml")),
        row!("name of a member", |t| {
            let name = format!("word/{}.xml", t.hidden());
            Document::new(&filled(WORDS, t)).package("", &[(&name, b"<a/>")])
        }),
        row!("name of a kept part", CleanedSilently, |t| {
            let name = format!("word/{}.xml", t.hidden());
            let kind = format!("{TYPES}wordprocessingml.header+xml");
            let body = "<w:p><w:pPr><w:sectPr><w:headerReference w:type=\"default\" r:id=\"h\"/>\
                        </w:sectPr></w:pPr><w:r><w:t>SHOWN</w:t></w:r></w:p>";
            let header = part("w:hdr", "<w:p/>");
            Document::new(&filled(body, t)).with("h", "header", &name, &kind, &header).file()
        }),
        row!("id of a relationship", CleanedSilently, |t| {
            let kind = format!("{TYPES}wordprocessingml.header+xml");
            let body = "<w:p><w:pPr><w:sectPr><w:headerReference w:type=\"default\" \
                        r:id=\"HIDDEN\"/></w:sectPr></w:pPr><w:r><w:t>SHOWN</w:t></w:r></w:p>";
            let header = part("w:hdr", "<w:p/>");
            let document = Document::new(&filled(body, t));
            document.with(&t.hidden(), "header", "word/h.xml", &kind, &header).file()
        }),
    ]
}

fn relations() -> Vec<Row> {
    vec![
        row!("template", |t| outside(t, "attachedTemplate", "")),
        row!("source of a serial letter", |t| outside(t, "mailMergeSource", "")),
        row!("link", |t| outside(
            t,
            "hyperlink",
            "<w:p><w:hyperlink r:id=\"out\" w:history=\"1\"><w:r><w:t>here</w:t></w:r>\
             </w:hyperlink></w:p>"
        )),
        row!("picture that is fetched", |t| outside(
            t,
            "image",
            "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"9\" cy=\"9\"/><wp:docPr id=\"1\" \
             name=\"\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/\
             drawingml/2006/picture\"><pic:pic><pic:blipFill><a:blip r:link=\"out\"/>\
             </pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>\
             </w:p>"
        )),
        row!("picture that is fetched in an older drawing", |t| outside(
            t,
            "image",
            "<w:p><w:r><w:pict><v:shape><v:imagedata r:id=\"out\"/></v:shape></w:pict></w:r></w:p>"
        )),
        row!("part of the document that lies elsewhere", |t| outside(
            t,
            "subDocument",
            "<w:subDoc r:id=\"out\"/>"
        )),
        row!("object that lies elsewhere", |t| outside(
            t,
            "oleObject",
            "<w:p><w:r><w:object><o:OLEObject Type=\"Link\" r:id=\"out\"/></w:object></w:r></w:p>"
        )),
        row!("frame with another page", |t| outside(t, "frame", "")),
        row!("header that lies elsewhere", |t| outside(
            t,
            "header",
            "<w:p><w:pPr><w:sectPr><w:headerReference w:type=\"default\" r:id=\"out\"/>\
             </w:sectPr></w:pPr></w:p>"
        )),
    ]
}

fn in_settings() -> Vec<Row> {
    vec![
        row!("w:attachedTemplate", |t| settings(t, "<w:attachedTemplate r:id=\"HIDDEN\"/>")),
        row!("w:docVar", |t| settings(
            t,
            "<w:docVars><w:docVar w:name=\"a\" w:val=\"HIDDEN\"/></w:docVars>"
        )),
        row!("w:mailMerge", |t| settings(
            t,
            "<w:mailMerge><w:query w:val=\"HIDDEN\"/></w:mailMerge>"
        )),
        row!("w:rsids", |t| settings(t, "<w:rsids><w:rsid w:val=\"HIDDEN\"/></w:rsids>")),
        row!("w:saveThroughXslt", |t| settings(t, "<w:saveThroughXslt w:solutionID=\"HIDDEN\"/>")),
        row!("w:documentProtection", |t| settings(
            t,
            "<w:documentProtection w:edit=\"readOnly\" w:hash=\"HIDDEN\"/>"
        )),
        row!("w:writeProtection", |t| settings(t, "<w:writeProtection w:hash=\"HIDDEN\"/>")),
        row!("w:themeFontLang", |t| settings(t, "<w:themeFontLang w:val=\"HIDDEN\"/>")),
        row!("w:listSeparator", |t| settings(t, "<w:listSeparator w:val=\"HIDDEN\"/>")),
        row!("w:decimalSymbol", |t| settings(t, "<w:decimalSymbol w:val=\"HIDDEN\"/>")),
        row!("w:activeWritingStyle", |t| settings(
            t,
            "<w:activeWritingStyle w:appName=\"HIDDEN\"/>"
        )),
        row!("w15:docId", |t| settings(t, "<w15:docId w15:val=\"{HIDDEN}\"/>")),
        row!("w14:docId", |t| settings(t, "<w14:docId w14:val=\"HIDDEN\"/>")),
        row!("w:clickAndTypeStyle", |t| settings(t, "<w:clickAndTypeStyle w:val=\"HIDDEN\"/>")),
        row!("w:compatSetting", |t| settings(
            t,
            "<w:compat><w:compatSetting w:name=\"HIDDEN\" w:uri=\"HIDDEN\" w:val=\"15\"/></w:compat>"
        )),
        row!("setting of an unknown namespace", |t| settings(
            t,
            "<anna:x xmlns:anna=\"urn:anna\" anna:y=\"HIDDEN\"/>"
        )),
    ]
}

fn definitions() -> Vec<Row> {
    fn style(token: &Token, inner: &str) -> Vec<u8> {
        let style = format!(
            "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"N\">\
             <w:name w:val=\"Normal\"/>{inner}</w:style>"
        );
        beside(token, "styles", "w:styles", &style)
    }
    fn list(token: &Token, abstract_inner: &str, level: &str) -> Vec<u8> {
        let inner = format!(
            "<w:abstractNum w:abstractNumId=\"4\">{abstract_inner}<w:lvl w:ilvl=\"0\" {level}>\
             <w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/>\
             </w:lvl></w:abstractNum><w:num w:numId=\"7\"><w:abstractNumId w:val=\"4\"/></w:num>"
        );
        let body = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"7\"/></w:numPr>\
                    </w:pPr><w:r><w:t>SHOWN</w:t></w:r></w:p>";
        Document::new(&filled(body, token))
            .with_word("numbering", "w:numbering", &filled(&inner, token))
            .file()
    }
    vec![
        row!("w:aliases of a style", |t| style(t, "<w:aliases w:val=\"HIDDEN\"/>")),
        row!("w:rsid of a style", |t| style(t, "<w:rsid w:val=\"HIDDEN\"/>")),
        row!("font of a style", |t| style(t, "<w:rPr><w:rFonts w:ascii=\"HIDDEN\"/></w:rPr>")),
        row!("w:latentStyles", |t| beside(
            t,
            "styles",
            "w:styles",
            "<w:latentStyles w:count=\"HIDDEN\"><w:lsdException w:name=\"HIDDEN\"/></w:latentStyles>"
        )),
        row!("name and id of a style", |t| {
            let styles = "<w:style w:type=\"paragraph\" w:styleId=\"HIDDEN\">\
                          <w:name w:val=\"HIDDEN\"/></w:style>";
            let body = "<w:p><w:pPr><w:pStyle w:val=\"HIDDEN\"/></w:pPr><w:r><w:t>SHOWN</w:t></w:r>\
                        </w:p>";
            Document::new(&filled(body, t))
                .with_word("styles", "w:styles", &filled(styles, t))
                .file()
        }),
        row!("style that nothing uses", |t| beside(
            t,
            "styles",
            "w:styles",
            "<w:style w:type=\"paragraph\" w:styleId=\"A\"><w:name w:val=\"HIDDEN\"/></w:style>"
        )),
        row!("w:nsid", |t| list(t, "<w:nsid w:val=\"HIDDEN\"/>", "")),
        row!("w:tmpl", |t| list(t, "<w:tmpl w:val=\"HIDDEN\"/>", "")),
        row!("w:name of a list", |t| list(t, "<w:name w:val=\"HIDDEN\"/>", "")),
        row!("w:tplc", |t| list(t, "", "w:tplc=\"HIDDEN\"")),
        row!("list that nothing uses", |t| beside(
            t,
            "numbering",
            "w:numbering",
            "<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:lvlText \
             w:val=\"HIDDEN\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId \
             w:val=\"1\"/></w:num>"
        )),
        row!("name of a theme", |t| theme(t, "name=\"HIDDEN\"", "")),
        row!("name of a colour scheme", |t| theme(t, "", "<a:clrScheme name=\"HIDDEN\"/>")),
        row!("a:custClrLst", |t| theme(t, "", "<a:custClrLst name=\"HIDDEN\"/>")),
        row!("a:custClr", |t| theme(
            t,
            "",
            "<a:custClrLst><a:custClr name=\"HIDDEN\"/></a:custClrLst>"
        )),
        row!("font of a theme", |t| theme(
            t,
            "",
            "<a:themeElements><a:fontScheme name=\"x\"><a:majorFont><a:latin typeface=\"HIDDEN\"/>\
             </a:majorFont></a:fontScheme></a:themeElements>"
        )),
    ]
}

fn theme(token: &Token, attribute: &str, inner: &str) -> Vec<u8> {
    let theme = format!(
        "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" {attribute}>\
         {inner}</a:theme>"
    );
    Document::new(&filled(WORDS, token))
        .with(
            "t",
            "theme",
            "word/theme/theme1.xml",
            &format!("{TYPES}theme+xml"),
            filled(&theme, token).as_bytes(),
        )
        .file()
}

fn refused() -> Vec<Row> {
    fn entity(token: &Token) -> Vec<u8> {
        let mut document = Document::new("");
        let xml = format!(
            "<!DOCTYPE w [<!ENTITY a \"{}\">]><w:document xmlns:w=\"http://schemas.\
             openxmlformats.org/wordprocessingml/2006/main\"><w:body/></w:document>",
            token.hidden()
        );
        document.parts[0].2 = xml.into_bytes();
        document.file()
    }
    vec![
        row!("entity", Refused(Refusal::Feature(Feature::Construct)), entity),
        row!("program in the document", Refused(Refusal::Feature(Feature::Macros)), |t| {
            let kind = "application/vnd.ms-word.document.macroEnabled.main+xml";
            led_to(t, "x", "word/x.xml", kind)
        }),
        row!("two relationships of one id", Refused(Refusal::Damaged(Damage::Missing)), |t| {
            let words = Document::new(&t.hidden());
            words.leading("a", "image", "a", true).leading("a", "image", "b", true).file()
        }),
        row!("two main parts", Refused(Refusal::Damaged(Damage::Missing)), |t| {
            let again = format!(
                "<Relationship Id=\"b\" Type=\"{RELATIONSHIPS}officeDocument\" Target=\"{}\"/>",
                t.hidden()
            );
            Document::new("").package(&again, &[])
        }),
        row!("other encoding", Refused(Refusal::Damaged(Damage::Encoding)), |t| {
            let mut document = Document::new(&t.hidden());
            let text = String::from_utf8(document.parts[0].2.clone()).unwrap();
            let said = "version=\"1.0\" encoding=\"windows-1252\"";
            document.parts[0].2 = text.replace("version=\"1.0\"", said).into_bytes();
            document.file()
        }),
        row!("main part of another format", Refused(Refusal::Damaged(Damage::Value)), |t| {
            let mut document = Document::new("");
            document.parts[0].2 = part("w:hdr", &t.hidden());
            document.file()
        }),
    ]
}

pub(super) fn rows() -> Vec<Row> {
    [members(), comments(), unseen(), relations(), in_settings(), definitions(), refused()]
        .into_iter()
        .flatten()
        .collect()
}
