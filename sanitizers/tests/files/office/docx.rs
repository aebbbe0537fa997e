//! Text documents.

use std::io::{Cursor, Read};

use sluse_sanitizers::refusal::{Damage, Feature, Foreign, Limit};
use sluse_sanitizers::{Change, Kind, Limits, Refusal, Warning, sanitize};

use crate::cleaning::{clean, clean_with_report};
use crate::office::corpus::real_files_show_the_same;
use crate::office::package::package;
use crate::office::witness::{member, words};

const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Parts beside the text, each with its relationship: its name, type and content.
type Beside<'a> = [(&'a str, &'a str, &'a str)];

/// A document of this type and namespace with this in its body.
fn of(main: &str, space: &str, body: &str, beside: &Beside<'_>) -> Vec<u8> {
    let root = |root: &str, inner: &str| {
        format!("<w:{root} xmlns:w='{space}' xmlns:r='{RELATIONS}'>{inner}</w:{root}>")
    };
    let text = root("document", &format!("<w:body>{body}</w:body>"));
    let mut parts = vec![("word/document.xml".to_owned(), main.to_owned(), text)];
    let mut relations =
        vec![["", "rId1", "officeDocument", "word/document.xml"].map(str::to_owned)];
    for (kind, name, inner) in beside {
        let part = format!("word/{kind}.xml");
        let id = format!("id_{kind}");
        relations.push(["word/document.xml", &id, kind, &part].map(str::to_owned));
        parts.push((part, format!("wordprocessingml.{kind}"), root(name, inner)));
    }
    let parts: Vec<_> =
        parts.iter().map(|(name, kind, text)| (&**name, &**kind, &**text)).collect();
    let relations: Vec<[&str; 4]> =
        relations.iter().map(|one| one.each_ref().map(|word| &**word)).collect();
    package(&parts, &relations)
}

fn document(body: &str) -> Vec<u8> {
    of("wordprocessingml.document.main", TRANSITIONAL, body, &[])
}

fn with(body: &str, beside: &Beside<'_>) -> Vec<u8> {
    of("wordprocessingml.document.main", TRANSITIONAL, body, beside)
}

fn refusal(file: &[u8]) -> Refusal {
    match clean_with_report(file) {
        Err(refusal) => refusal,
        Ok((_, report)) => panic!("accepted: {report:?}"),
    }
}

fn text(copy: &[u8]) -> String {
    member(copy, "word/document.xml")
}

fn paragraph(words: &str) -> String {
    format!("<w:p><w:r><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>")
}

#[test]
fn one_text_from_two_sessions_is_one_copy() {
    let one = "<w:p w:rsidR='00A1'><w:r w:rsidRPr='00B2'><w:t xml:space='preserve'>some </w:t>\
               </w:r><w:proofErr w:type='spellStart'/><w:r><w:rPr><w:noProof/></w:rPr>\
               <w:t>words</w:t></w:r><w:bookmarkStart w:id='0' w:name='_GoBack'/>\
               <w:bookmarkEnd w:id='0'/></w:p>";
    assert_eq!(clean(&document(one)), clean(&document(&paragraph("some words"))));
}

#[test]
fn tracked_changes_are_accepted_and_that_is_said() {
    let by = "w:id='1' w:author='Anna' w:date='2024-01-01T00:00:00Z'";
    let body = format!(
        "<w:p><w:pPr><w:rPr><w:del {by}/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>one \
         </w:t></w:r><w:del {by}><w:r><w:delText>two</w:delText></w:r></w:del></w:p>\
         <w:p><w:ins {by}><w:r><w:t>three</w:t></w:r></w:ins></w:p><w:tbl><w:tblPr/><w:tblGrid/>\
         <w:tr><w:trPr><w:del {by}/></w:trPr><w:tc><w:p/></w:tc></w:tr>\
         <w:tr><w:trPr><w:ins {by}/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl><w:p/>",
        paragraph("four")
    );
    let (copy, report) = clean_with_report(&document(&body)).unwrap();
    assert_eq!(report.changes, [Change::TrackedChangesAccepted]);
    let accepted = format!(
        "{}<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{}</w:tc></w:tr></w:tbl><w:p/>",
        paragraph("one three"),
        paragraph("four")
    );
    assert_eq!(copy, clean(&document(&accepted)));
}

#[test]
fn fields_become_what_they_showed() {
    let field = |instruction: &str, words: &str| {
        format!(
            "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>{instruction}\
             </w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r>\
             <w:t>{words}</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
        )
    };
    let author = clean(&document(&field(" AUTHOR ", "someone")));
    assert_eq!(author, clean(&document(&paragraph("someone"))));
    let page = text(&clean(&document(&field(" page \\* MERGEFORMAT ", "3"))));
    assert!(page.contains("<w:instrText>PAGE</w:instrText>"), "{page}");
    let simple =
        "<w:p><w:fldSimple w:instr=' NUMPAGES '><w:r><w:t>9</w:t></w:r></w:fldSimple></w:p>";
    assert!(text(&clean(&document(simple))).contains("w:instr=\"NUMPAGES\""));
    let nested = field(
        &format!(
            " IF </w:instrText></w:r>{}<w:r><w:instrText>",
            field("X", "no").replace("<w:p>", "").replace("</w:p>", "")
        ),
        "yes",
    );
    assert_eq!(clean(&document(&nested)), clean(&document(&paragraph("yes"))));
}

#[test]
fn fields_of_forms_show_what_was_filled_in() {
    let form = |instruction: &str, data: &str| {
        format!(
            "<w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:name w:val='Anna'/>{data}\
             </w:ffData></w:fldChar></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
        )
    };
    for (instruction, data, shown) in [
        (
            " FORMCHECKBOX ",
            "<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>",
            "\u{2612}",
        ),
        (" FORMCHECKBOX ", "<w:checkBox><w:default w:val='0'/></w:checkBox>", "\u{2610}"),
        (
            " FORMDROPDOWN ",
            "<w:ddList><w:result w:val='1'/><w:listEntry w:val='a'/><w:listEntry w:val='b'/>\
             </w:ddList>",
            "b",
        ),
    ] {
        let (copy, report) = clean_with_report(&document(&form(instruction, data))).unwrap();
        assert_eq!(report.changes, [Change::FormFlattened]);
        assert_eq!(copy, clean(&document(&paragraph(shown))));
    }
}

#[test]
fn hidden_text_goes_and_that_is_said() {
    let styles = "<w:style w:type='paragraph' w:styleId='H'><w:name w:val='Secret'/><w:rPr>\
                  <w:vanish/></w:rPr></w:style>";
    let run =
        |looks: &str, words: &str| format!("<w:r><w:rPr>{looks}</w:rPr><w:t>{words}</w:t></w:r>");
    let body = format!(
        "<w:p>{}{}</w:p><w:p><w:pPr><w:pStyle w:val='H'/></w:pPr>{}{}</w:p>",
        run("<w:vanish/>", "a"),
        run("<w:vanish w:val='0'/>", "b"),
        run("", "c"),
        run("<w:vanish w:val='false'/>", "d")
    );
    let (copy, report) = clean_with_report(&with(&body, &[("styles", "styles", styles)])).unwrap();
    assert_eq!(report.changes, [Change::HiddenTextRemoved]);
    let text = text(&copy);
    assert!(text.contains("<w:t>b</w:t>") && text.contains("<w:t>d</w:t>"));
    assert!(!text.contains("<w:t>a</w:t>") && !text.contains("<w:t>c</w:t>"));
}

#[test]
fn notes_are_kept_while_something_leads_to_them() {
    let notes = format!(
        "<w:footnote w:id='-1' w:type='separator'><w:p><w:r><w:separator/></w:r></w:p>\
         </w:footnote><w:footnote w:id='4'>{}</w:footnote><w:footnote w:id='5'>{}</w:footnote>",
        paragraph("shown"),
        paragraph("forgotten")
    );
    let body = "<w:p><w:r><w:footnoteReference w:id='4'/></w:r></w:p>";
    let (copy, report) =
        clean_with_report(&with(body, &[("footnotes", "footnotes", &notes)])).unwrap();
    assert_eq!(report.changes, [Change::HiddenTextRemoved]);
    let kept = member(&copy, "word/footnotes.xml");
    assert!(kept.contains("shown") && kept.contains("separator") && !kept.contains("forgotten"));
}

#[test]
fn a_header_for_pages_that_are_not_there_goes() {
    let reference = "<w:headerReference w:type='first' r:id='id_header'/>";
    let header = paragraph("last year");
    let section = |more: &str| format!("<w:p/><w:sectPr>{reference}{more}</w:sectPr>");
    let beside = [("header", "hdr", &*header)];
    let shown = clean(&with(&section("<w:titlePg/>"), &beside));
    assert!(member(&shown, "word/header1.xml").contains("last year"));
    let unseen = clean(&with(&section(""), &beside));
    assert!(!text(&unseen).contains("headerReference"));
    assert!(!member(&unseen, "[Content_Types].xml").contains("header"));
}

#[test]
fn styles_have_numbers_and_only_names_of_words_own() {
    let style = |id: &str, name: &str| {
        format!("<w:style w:type='paragraph' w:styleId='{id}'><w:name w:val='{name}'/></w:style>")
    };
    let styles = [
        style("Overskrift1", "heading 1"),
        style("AcmeHead", "Acme Heading"),
        style("Unused", "Acme Small Print"),
    ]
    .concat();
    let body = "<w:p><w:pPr><w:pStyle w:val='AcmeHead'/></w:pPr></w:p>\
                <w:p><w:pPr><w:pStyle w:val='Overskrift1'/></w:pPr></w:p>";
    let copy = clean(&with(body, &[("styles", "styles", &styles)]));
    let kept = member(&copy, "word/styles.xml");
    assert!(kept.contains("w:styleId=\"s1\"") && kept.contains("w:val=\"Style 1\""), "{kept}");
    assert!(kept.contains("w:styleId=\"s2\"") && kept.contains("w:val=\"heading 1\""), "{kept}");
    assert!(!kept.contains("Acme") && !kept.contains("Unused"), "{kept}");
}

#[test]
fn nothing_leads_to_styles_that_are_left_out() {
    let styles = format!(
        "<w:styles xmlns:w='{TRANSITIONAL}'><w:style w:type='paragraph' w:styleId='Ours'/>\
         </w:styles>"
    );
    let text = format!(
        "<w:document xmlns:w='{TRANSITIONAL}'><w:body><w:p><w:pPr><w:pStyle w:val='Ours'/>\
         </w:pPr><w:r><w:t>a</w:t></w:r></w:p></w:body></w:document>"
    );
    // Declared to be something else, it is no list of styles.
    let parts = [
        ("word/document.xml", "wordprocessingml.document.main", &*text),
        ("word/styles.xml", "application/xml", &*styles),
    ];
    let relations = [
        ["", "r1", "officeDocument", "word/document.xml"],
        ["word/document.xml", "r2", "styles", "word/styles.xml"],
    ];
    let copy = clean(&package(&parts, &relations));
    assert!(!member(&copy, "word/document.xml").contains("pStyle"));
    assert_eq!(clean(&copy), copy);
}

#[test]
fn lists_that_nothing_uses_go() {
    let list = |number: u8, sign: &str| {
        format!(
            "<w:abstractNum w:abstractNumId='{number}'><w:lvl w:ilvl='0'><w:numFmt \
             w:val='bullet'/><w:lvlText w:val='{sign}'/></w:lvl></w:abstractNum>"
        )
    };
    let number = |number: u8| {
        format!("<w:num w:numId='{number}'><w:abstractNumId w:val='{number}'/></w:num>")
    };
    let lists = [list(3, "-"), list(4, "*"), number(3), number(4)].concat();
    let body = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='4'/></w:numPr></w:pPr>\
                </w:p>";
    let kept =
        member(&clean(&with(body, &[("numbering", "numbering", &lists)])), "word/numbering.xml");
    assert!(kept.contains("w:val=\"*\"") && !kept.contains("w:val=\"-\""), "{kept}");
    assert!(kept.contains("w:numId=\"1\""), "{kept}");
}

#[test]
fn a_template_and_a_strict_document_become_ordinary_ones() {
    let body = paragraph("words");
    let ordinary = clean(&document(&body));
    let template = of("wordprocessingml.template.main", TRANSITIONAL, &body, &[]);
    assert_eq!(clean(&template), ordinary);
    let strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    assert_eq!(clean(&of("wordprocessingml.document.main", strict, &body, &[])), ordinary);
}

#[test]
fn cells_and_boxes_that_lose_all_they_held_get_a_paragraph() {
    let body = "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:altChunk r:id='x'/></w:tc></w:tr>\
                </w:tbl><w:p/>";
    let (copy, report) = clean_with_report(&document(body)).unwrap();
    assert_eq!(report.changes, [Change::PartsRemoved]);
    assert!(text(&copy).contains("<w:tc><w:p/></w:tc>"));
}

#[test]
fn letters_that_cannot_be_seen_are_warned_of() {
    let (copy, report) = clean_with_report(&document(&paragraph("a\u{200B}b"))).unwrap();
    assert_eq!(report.warnings, [Warning::InvisibleCharacters]);
    assert!(text(&copy).contains("a\u{200B}b"));
}

#[test]
fn a_link_to_a_place_in_the_document_stays_and_one_to_elsewhere_does_not() {
    let link = |attribute: &str| {
        format!("<w:p><w:hyperlink {attribute}><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>")
    };
    let place = "<w:p><w:bookmarkStart w:id='3' w:name='Anna'/><w:bookmarkEnd w:id='3'/></w:p>";
    let inside = text(&clean(&document(&(link("w:anchor='Anna'") + place))));
    assert!(inside.contains("<w:hyperlink w:anchor=\"b1\">"), "{inside}");
    assert!(inside.contains("<w:bookmarkStart w:id=\"1\" w:name=\"b1\"/>"), "{inside}");
    for outside in ["w:anchor='nobody'", "r:id='x'", "r:id='x' w:anchor='nobody'"] {
        assert_eq!(clean(&document(&link(outside))), clean(&document(&paragraph("here"))));
    }
}

#[test]
fn what_could_be_read_in_two_ways_is_refused() {
    let body = paragraph("words");
    let part = |xml: &str| {
        let main = "wordprocessingml.document.main";
        let root = [["", "rId1", "officeDocument", "word/document.xml"]];
        package(&[("word/document.xml", main, xml)], &root)
    };
    let bomb = "<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><a>&b;</a>";
    assert_eq!(refusal(&part(bomb)), Refusal::Feature(Feature::Construct));
    assert_eq!(refusal(&part("<a>")), Refusal::Truncated);
    assert_eq!(refusal(&part("<a/>")), Refusal::Damaged(Damage::Value));
    let deep = ["<w:p>".repeat(300), "</w:p>".repeat(300)].concat();
    assert_eq!(refusal(&document(&deep)), Refusal::Limit(Limit::Depth));
    let many = (0..2000).map(|number| format!("a{number}=''")).collect::<Vec<_>>().join(" ");
    assert_eq!(refusal(&document(&format!("<w:p {many}/>"))), Refusal::Limit(Limit::Parts));
    let macros =
        of("application/vnd.ms-word.document.macroEnabled.main+xml", TRANSITIONAL, &body, &[]);
    assert_eq!(refusal(&macros), Refusal::Feature(Feature::Macros));
    let other = of("application/vnd.ms-visio.drawing.main+xml", TRANSITIONAL, &body, &[]);
    assert_eq!(refusal(&other), Refusal::NotCleanable(Foreign::Document));
    let main = ["", "rId1", "officeDocument", "word/document.xml"];
    let again = ["", "rId2", "officeDocument", "word/other.xml"];
    let kind = "wordprocessingml.document.main";
    let two = package(
        &[("word/document.xml", kind, &body), ("word/other.xml", kind, &body)],
        &[main, again],
    );
    assert_eq!(refusal(&two), Refusal::Damaged(Damage::Missing));
}

/// A text with one picture.
fn illustrated(picture: &[u8]) -> Vec<u8> {
    let drawing = "http://schemas.openxmlformats.org/drawingml/2006";
    let text = format!(
        "<w:document xmlns:w='{TRANSITIONAL}' xmlns:r='{RELATIONS}'><w:body><w:p><w:r><w:drawing>\
         <wp:inline xmlns:wp='{drawing}/wordprocessingDrawing'><wp:extent cx='9000' cy='9000'/>\
         <wp:docPr id='1' name='a'/><a:graphic xmlns:a='{drawing}/main'><a:graphicData \
         uri='{drawing}/picture'><pic:pic xmlns:pic='{drawing}/picture'><pic:nvPicPr><pic:cNvPr \
         id='1' name='a'/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed='rId1'/>\
         <a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x='0' y='0'/>\
         <a:ext cx='9000' cy='9000'/></a:xfrm><a:prstGeom prst='rect'/></pic:spPr></pic:pic>\
         </a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p></w:body></w:document>"
    );
    package(
        &[
            ("word/document.xml", "wordprocessingml.document.main", text.as_bytes()),
            ("word/media/a.png", "image/png", picture),
        ],
        &[
            ["", "rId1", "officeDocument", "word/document.xml"],
            ["word/document.xml", "rId1", "image", "word/media/a.png"],
        ],
    )
}

/// A picture of nine points.
fn picture() -> Vec<u8> {
    let mut png = Cursor::new(Vec::new());
    let points = image::GrayImage::from_fn(3, 3, |x, y| image::Luma([u8::from(x > y) * 200]));
    points.write_to(&mut png, image::ImageFormat::Png).unwrap();
    png.into_inner()
}

fn sizes_of_pictures(copy: &[u8]) -> Vec<(u32, u32)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(copy)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let pictures = names.into_iter().filter(|name| name.contains("media/"));
    let mut size = |name: String| {
        let mut bytes = Vec::new();
        archive.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
        let picture = image::load_from_memory(&bytes).unwrap();
        (picture.width(), picture.height())
    };
    pictures.map(&mut size).collect()
}

#[test]
fn a_site_that_takes_texts_alone_takes_them_with_their_pictures() {
    let formats = sluse_sanitizers::Formats::of(&[Kind::Docx]);
    let limits = Limits { formats, ..Limits::default() };
    let mut copy = Vec::new();
    let file = &mut Cursor::new(illustrated(&picture()));
    let report = sanitize(file, &mut copy, &limits).unwrap();
    assert_eq!((report.changes, sizes_of_pictures(&copy)), (vec![], vec![(3, 3)]));
}

#[test]
fn a_picture_that_no_program_shows_becomes_a_grey_one_and_that_is_said() {
    let whole = picture();
    let mut otherwise = whole.clone();
    otherwise[20] ^= 1;
    for broken in [&whole[..whole.len() / 2], &otherwise, b"no picture"] {
        let (copy, report) = clean_with_report(&illustrated(broken)).unwrap();
        assert_eq!(report.changes, [Change::PartsRemoved]);
        assert_eq!(sizes_of_pictures(&copy), [(1, 1)]);
    }
}

#[test]
fn a_site_that_takes_no_documents_takes_none() {
    let limits =
        Limits { formats: sluse_sanitizers::Formats::of(&[Kind::Pdf]), ..Limits::default() };
    let file = document(&paragraph("words"));
    let outcome = sanitize(&mut Cursor::new(file), &mut Vec::new(), &limits);
    assert_eq!(outcome.err(), Some(Refusal::NotTaken));
}

#[test]
fn other_programs_read_the_same_words_in_the_same_places() {
    let body = format!(
        "{}<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='3000'/><w:gridCol w:w='3000'/></w:tblGrid>\
         <w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl><w:sdt><w:sdtPr><w:alias \
         w:val='Anna'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        paragraph("one"),
        paragraph("two"),
        paragraph("three"),
        paragraph("four")
    );
    let file = document(&body);
    let copy = clean(&file);
    let shown = words(&[("docx", &file), ("docx", &copy)]);
    assert_eq!(shown[0].as_deref(), Some("four one three two"));
    assert_eq!(shown[0], shown[1]);
}

/// A style of paragraphs with what is in it.
fn style(id: &str, name: &str, inner: &str) -> String {
    format!(
        "<w:style w:type='paragraph' w:styleId='{id}'><w:name w:val='{name}'/>{inner}</w:style>"
    )
}

#[test]
fn styles_are_in_an_order_that_tells_nothing_of_their_names() {
    let body = "<w:p><w:pPr><w:pStyle w:val='C'/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>";
    let copy = |first: &str, second: &str| {
        let styles = [
            style("A", first, ""),
            style("B", second, "<w:basedOn w:val='A'/>"),
            style("C", "Of the firm", "<w:basedOn w:val='B'/>"),
        ];
        clean(&with(body, &[("styles", "styles", &styles.concat())]))
    };
    let one = copy("Aa", "Zz");
    assert_eq!(one, copy("Zz", "Aa"));
    assert_eq!(clean(&one), one);
}

/// A style that does not say of what it is, or says something that nobody knows, is one of
/// paragraphs (ISO/IEC 29500-1, 17.7.4.17).
#[test]
fn a_style_of_nothing_is_one_of_paragraphs() {
    let body = "<w:p><w:r><w:t>Seen</w:t></w:r><w:r><w:t>, and read</w:t></w:r></w:p>";
    for says in ["", "w:type='paragra)h'"] {
        let style = |inner: &str| {
            format!(
                "<w:style w:type='numbering' w:default='1' w:styleId='N'><w:name w:val='No List'/>\
                 </w:style><w:style {says} w:default='1' w:styleId='P'><w:name w:val='Normal'/>\
                 {inner}</w:style>"
            )
        };
        let copy = clean(&with(body, &[("styles", "styles", &style(""))]));
        assert_eq!(clean(&copy), copy, "{says}");
        let hiding = style("<w:rPr><w:vanish/></w:rPr>");
        let (copy, report) =
            clean_with_report(&with(body, &[("styles", "styles", &hiding)])).unwrap();
        assert!(!text(&copy).contains("Seen"), "{says}");
        assert_eq!(report.changes, [Change::HiddenTextRemoved], "{says}");
    }
}

#[test]
fn a_long_row_of_styles_keeps_its_end() {
    let next = |number: u32| format!("<w:basedOn w:val='S{}'/>", number + 1);
    let styles: Vec<String> =
        (0..50).map(|one| style(&format!("S{one}"), &format!("Name {one}"), &next(one))).collect();
    let body = "<w:p><w:pPr><w:pStyle w:val='S0'/></w:pPr></w:p>";
    let copy = clean(&with(body, &[("styles", "styles", &styles.concat())]));
    assert_eq!(member(&copy, "word/styles.xml").matches("<w:style ").count(), 50);
    assert_eq!(clean(&copy), copy);
}

#[test]
fn the_order_of_attributes_means_nothing() {
    let run = |fonts: &str, words: &str| {
        format!("<w:r><w:rPr><w:rFonts {fonts}/></w:rPr><w:t>{words}</w:t></w:r>")
    };
    let [one, other] = ["w:ascii='Arial' w:hAnsi='Arial'", "w:hAnsi='Arial' w:ascii='Arial'"];
    let body = |second| format!("<w:p>{}{}</w:p>", run(one, "one"), run(second, "two"));
    let copy = clean(&document(&body(other)));
    assert_eq!(copy, clean(&document(&body(one))));
    assert!(text(&copy).contains(">onetwo<"), "{}", text(&copy));
}

#[test]
fn numbers_have_no_more_digits_than_they_need() {
    let section = "<w:sectPr><w:pgSz w:w='011906.0' w:h='+16838' w:code='20241128123456789'/>\
        <w:lnNumType w:start='5318008531800853180085318008'/></w:sectPr>";
    let copy = text(&clean(&document(&format!("{}{section}", paragraph("a")))));
    assert!(copy.contains("<w:pgSz w:h=\"16838\" w:w=\"11906\"/><w:lnNumType/>"), "{copy}");
}

/// A document with a run of these looks, and what its cleaning says.
fn looking(looks: &str) -> (Vec<u8>, sluse_sanitizers::Report) {
    let w14 = "xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml'";
    let run = format!("<w:r {w14}><w:rPr>{looks}</w:rPr><w:t>words</w:t></w:r>");
    clean_with_report(&document(&format!("<w:p>{run}</w:p>"))).unwrap()
}

#[test]
fn letters_that_are_filled_with_a_colour_keep_it() {
    let (copy, report) = looking(
        "<w:color w:val='FFFFFF'/><w14:textFill><w14:solidFill><w14:srgbClr w14:val='FF0000'/>\
         </w14:solidFill></w14:textFill>",
    );
    assert!(text(&copy).contains("<w:color w:val=\"FF0000\"/>"), "{}", text(&copy));
    assert_eq!((report.changes, report.warnings), (vec![], vec![]));
    let (_, report) = looking("<w14:textFill><w14:gradFill/></w14:textFill>");
    assert_eq!(report.changes, [Change::ColoursChanged]);
}

#[test]
fn words_that_are_white_on_nothing_or_tiny_are_warned_of() {
    for looks in ["<w:color w:val='FFFFFF'/>", "<w:sz w:val='1'/>"] {
        assert_eq!(looking(looks).1.warnings, [Warning::HiddenText], "{looks}");
    }
    let shaded = "<w:color w:val='FFFFFF'/><w:shd w:val='clear' w:fill='000000'/>";
    assert_eq!(looking(shaded).1.warnings, []);
}

#[test]
fn fonts_that_few_people_have_are_replaced_and_that_is_said() {
    assert_eq!(looking("<w:rFonts w:ascii='Acme Sans'/>").1.changes, [Change::FontsReplaced]);
    assert_eq!(looking("<w:rFonts w:ascii='Arial'/>").1.changes, []);
}

#[test]
fn the_part_of_an_older_picture_that_is_cut_off_is_warned_of() {
    let picture = |crop: &str| {
        let shape =
            format!("<v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:imagedata {crop}/>");
        format!("{}<w:p><w:r><w:pict>{shape}</v:shape></w:pict></w:r></w:p>", paragraph("a"))
    };
    let warnings = |crop| clean_with_report(&document(&picture(crop))).unwrap().1.warnings;
    assert_eq!(warnings("cropleft='.5'"), [Warning::CroppedArea]);
    assert_eq!(warnings("cropleft='0'"), []);
}

#[test]
fn words_in_the_place_of_a_page_number_are_ours() {
    let field =
        |result: &str| format!("<w:p><w:fldSimple w:instr='PAGE'>{result}</w:fldSimple></w:p>");
    let copy = clean(&document(&field("<w:r><w:rPr><w:b/></w:rPr><w:t>238</w:t></w:r>")));
    assert!(text(&copy).contains("<w:r><w:rPr><w:b/></w:rPr><w:t>1</w:t></w:r>"));
    assert_eq!(clean(&document(&field("<w:r><w:t>17</w:t></w:r>"))), clean(&document(&field(""))));
}

/// Files of which `LibreOffice` shows something else, and why.
const OTHER: &[&str] = &[
    // Tracked changes, which it shows struck through.
    "revision.docx",
    "revision_move.docx",
    "testWORD_2006ml.docx",
    "testWORD_embedded_pics.docx",
    "testWORD_missing_ooxml_bean1.docx",
    // Words in a picture of a kind that is not cleaned.
    "testWORD_embeded.docx",
    // Hidden words are gone, and cells in which words did not fit are lower.
    "testWORD_emptyParaInTextbox.docx",
    // A file that it does not open every time.
    "dirty_with_nsid.docx",
];

#[test]
fn real_documents_show_the_same() {
    real_files_show_the_same(&["docx", "dotx"], Kind::Docx, OTHER);
}
