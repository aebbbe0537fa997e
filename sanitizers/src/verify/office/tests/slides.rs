//! Presentations with something put back.

use super::*;

const MAIN: &str = "ppt/presentation.xml";
const SLIDE: &str = "ppt/slides/slide1.xml";
const LAYOUT: &str = "ppt/slideLayouts/slideLayout1.xml";
const MASTER: &str = "ppt/slideMasters/slideMaster1.xml";
const THEME: &str = "ppt/theme/theme1.xml";

/// A shape with this in its text.
fn shape(text: &str) -> String {
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>\
         <p:txBody><a:bodyPr/><a:p>{text}</a:p></p:txBody></p:sp>"
    )
}

/// A presentation of one slide that switches off the shapes of its layout, with the number of
/// the slide and a table of which one cell lies under another.
fn presentation() -> Vec<u8> {
    let spaces = "xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' \
        xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' \
        xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";
    let types = "application/vnd.openxmlformats-officedocument";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let lists = "http://schemas.openxmlformats.org/package/2006/relationships";
    let root = "<p:nvGrpSpPr><p:cNvPr id='1' name=''/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>\
        <p:grpSpPr/>";
    let cell = "<a:txBody><a:bodyPr/><a:p/></a:txBody>";
    let table = format!(
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id='5' name=''/><p:cNvGraphicFramePr/><p:nvPr/>\
         </p:nvGraphicFramePr><a:graphic><a:graphicData \
         uri='http://schemas.openxmlformats.org/drawingml/2006/table'><a:tbl><a:tblPr/><a:tr h='9'>\
         <a:tc gridSpan='2'>{cell}</a:tc><a:tc hMerge='1'>{cell}</a:tc></a:tr></a:tbl>\
         </a:graphicData></a:graphic></p:graphicFrame>"
    );
    let number = shape("<a:fld id=\"{1}\" type=\"slidenum\"><a:t>238</a:t></a:fld>");
    let tree = |inner: &str| format!("<p:cSld><p:spTree>{root}{inner}</p:spTree></p:cSld>");
    let part = |name: &str, attributes: &str, inner: &str| {
        format!("<{name} {spaces} {attributes}>{inner}</{name}>")
    };
    let kinds = [
        (MAIN, "presentationml.presentation.main"),
        (SLIDE, "presentationml.slide"),
        (LAYOUT, "presentationml.slideLayout"),
        (MASTER, "presentationml.slideMaster"),
        (THEME, "theme"),
    ];
    let declared = kinds
        .map(|(name, kind)| {
            format!("<Override PartName='/{name}' ContentType='{types}.{kind}+xml'/>")
        })
        .concat();
    let relations = |all: &[(&str, &str, &str)]| {
        let one = |(id, kind, target): &(&str, &str, &str)| {
            format!("<Relationship Id='{id}' Type='{office}/{kind}' Target='/{target}'/>")
        };
        let all: Vec<String> = all.iter().map(one).collect();
        format!("<Relationships xmlns='{lists}'>{}</Relationships>", all.concat())
    };
    let master = ("m", "slideMaster", MASTER);
    let layout = ("l", "slideLayout", LAYOUT);
    Parts(
        [
            (
                TYPES,
                format!(
                    "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>\
                     <Default Extension='rels' ContentType='application/vnd.openxmlformats-\
                     package.relationships+xml'/>{declared}</Types>"
                ),
            ),
            ("_rels/.rels", relations(&[("d", "officeDocument", MAIN)])),
            ("ppt/_rels/presentation.xml.rels", relations(&[master, ("s", "slide", SLIDE)])),
            ("ppt/slides/_rels/slide1.xml.rels", relations(&[layout])),
            ("ppt/slideLayouts/_rels/slideLayout1.xml.rels", relations(&[master])),
            (
                "ppt/slideMasters/_rels/slideMaster1.xml.rels",
                relations(&[layout, ("t", "theme", THEME)]),
            ),
            (
                MAIN,
                part(
                    "p:presentation",
                    "",
                    "<p:sldMasterIdLst><p:sldMasterId id='2147483648' r:id='m'/></p:sldMasterIdLst>\
                     <p:sldIdLst><p:sldId id='256' r:id='s'/></p:sldIdLst>",
                ),
            ),
            (SLIDE, part("p:sld", "showMasterSp='0'", &tree(&[number, table].concat()))),
            (LAYOUT, part("p:sldLayout", "", &tree(""))),
            (
                MASTER,
                part(
                    "p:sldMaster",
                    "",
                    &[
                        &*tree(""),
                        "<p:sldLayoutIdLst><p:sldLayoutId id='2147483649' r:id='l'/>\
                         </p:sldLayoutIdLst>",
                    ]
                    .concat(),
                ),
            ),
            (THEME, part("a:theme", "", "<a:themeElements/>")),
        ]
        .map(|(name, content)| (name.to_owned(), content))
        .to_vec(),
    )
    .bytes()
}

#[test]
fn anything_put_back_into_a_presentation_is_refused() {
    let original = presentation();
    let copy = clean(Kind::Pptx, &original);
    assert_eq!(outcome(Kind::Pptx, &original, &copy), Ok(()));
    let loose = [&shape("<a:r><a:t>a</a:t></a:r>"), "</p:spTree>"].concat();
    let word = "<a:p><a:r><a:t>a</a:t></a:r></a:p>";
    for (part, from, to) in [
        // What is switched off, or under something else.
        (LAYOUT, "</p:spTree>", &*loose),
        (MASTER, "</p:spTree>", &loose),
        (SLIDE, "\u{2039}#\u{203A}", "238"),
        (
            SLIDE,
            "hMerge=\"1\"><a:txBody><a:bodyPr/><a:p/>",
            &["hMerge=\"1\"><a:txBody><a:bodyPr/>", word].concat(),
        ),
        // What no program shows.
        (SLIDE, "<a:bodyPr/>", "<a:bodyPr><a:t>a</a:t></a:bodyPr>"),
        (
            SLIDE,
            "<a:bodyPr/>",
            "<a:bodyPr/><a:lstStyle><a:lvl9pPr><a:buChar char=\"two\"/></a:lvl9pPr></a:lstStyle>",
        ),
        (SLIDE, " showMasterSp=\"0\"", " showMasterSp=\"0\" timing=\"a@b\""),
    ] {
        let spoilt = copy.with(part, from, to);
        assert_eq!(outcome(Kind::Pptx, &original, &spoilt), Err(Refusal::Verification), "{to}");
    }
}
