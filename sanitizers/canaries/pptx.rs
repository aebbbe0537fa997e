//! Presentations: every place in which they say who made them, who was there, and what they
//! would fetch.

use super::neighbours::List;
use super::package::{Package, SPACES, filled, photo};
use super::{Outcome, Row, Token};
use crate::Kind;

const MAIN: &str = "ppt/presentation.xml";
const SLIDE: &str = "ppt/slides/slide1.xml";
const LAYOUT: &str = "ppt/slideLayouts/slideLayout1.xml";
const MASTER: &str = "ppt/slideMasters/slideMaster1.xml";

/// Where rows put something.
#[derive(Default)]
struct Slots {
    /// Into the presentation: attributes, and behind the slides.
    whole: [String; 2],
    /// Into the slide: attributes, among the shapes, behind them.
    slide: [String; 3],
    /// Into the shape that is shown: attributes of its name, what is in that, what is said
    /// of the shape, and into its text.
    shape: [String; 4],
    /// Attributes of the slide's common part.
    common: String,
    layout: [String; 2],
    /// The name of the theme, and what is behind its parts.
    theme: [String; 2],
    styles: String,
}

fn presentation(token: &Token, slots: &Slots) -> Package {
    let space = "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";
    let part = |text: String| filled(&text, token);
    let mut package = Package::default();
    let root = "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/>\
        </p:nvGrpSpPr><p:grpSpPr/>";
    package.relate("", "rId1", "officeDocument", MAIN);
    let [attributes, behind] = &slots.whole;
    package.part(
        MAIN,
        "presentationml.presentation.main",
        part(format!(
            "<p:presentation {space} {SPACES} {attributes}><p:sldMasterIdLst>\
         <p:sldMasterId id=\"2147483660\" r:id=\"rId1\"/></p:sldMasterIdLst><p:sldIdLst>\
         <p:sldId id=\"271\" r:id=\"rId2\"/></p:sldIdLst><p:notesSz cx=\"1\" cy=\"1\"/>{behind}\
         </p:presentation>"
        )),
    );
    package.relate(MAIN, "rId1", "slideMaster", "slideMasters/slideMaster1.xml");
    package.relate(MAIN, "rId2", "slide", "slides/slide1.xml");
    let [attributes, among, behind] = &slots.slide;
    let [name, inside, about, text] = &slots.shape;
    let common = &slots.common;
    package.part(
        SLIDE,
        "presentationml.slide",
        part(format!(
            "<p:sld {space} {SPACES} {attributes}><p:cSld {common}><p:spTree>{root}<p:sp><p:nvSpPr>\
         <p:cNvPr id=\"2\" {name}>{inside}</p:cNvPr><p:cNvSpPr/><p:nvPr>{about}</p:nvPr>\
         </p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>SHOWN</a:t></a:r>{text}</a:p>\
         </p:txBody></p:sp>{among}</p:spTree></p:cSld>{behind}</p:sld>"
        )),
    );
    package.relate(SLIDE, "rId1", "slideLayout", "../slideLayouts/slideLayout1.xml");
    let [attributes, among] = &slots.layout;
    package.part(
        LAYOUT,
        "presentationml.slideLayout",
        part(format!(
            "<p:sldLayout {space} {SPACES} {attributes}><p:cSld><p:spTree>{root}{among}</p:spTree>\
         </p:cSld></p:sldLayout>"
        )),
    );
    package.relate(LAYOUT, "rId1", "slideMaster", "../slideMasters/slideMaster1.xml");
    package.part(
        MASTER,
        "presentationml.slideMaster",
        part(format!(
            "<p:sldMaster {space} {SPACES}><p:cSld><p:spTree>{root}</p:spTree></p:cSld>\
         <p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" \
         accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" \
         accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/><p:sldLayoutIdLst>\
         <p:sldLayoutId id=\"2147483661\" r:id=\"rId1\"/></p:sldLayoutIdLst></p:sldMaster>"
        )),
    );
    package.relate(MASTER, "rId1", "slideLayout", "../slideLayouts/slideLayout1.xml");
    package.relate(MASTER, "rId2", "theme", "../theme/theme1.xml");
    let [name, behind] = &slots.theme;
    package.part("ppt/theme/theme1.xml", "theme", part(format!(
        "<a:theme {SPACES} name=\"Office{name}\"><a:themeElements><a:clrScheme name=\"Office\"/>\
         <a:fontScheme name=\"Office\"/><a:fmtScheme name=\"Office\"/></a:themeElements>{behind}\
         </a:theme>"
    )));
    let styles = &slots.styles;
    package.relate(MAIN, "rId3", "tableStyles", "tableStyles.xml");
    package.part(
        "ppt/tableStyles.xml",
        "presentationml.tableStyles",
        part(format!(
            "<a:tblStyleLst {SPACES} def=\"{{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}}\">{styles}\
         </a:tblStyleLst>"
        )),
    );
    package
}

macro_rules! rows {
    ($($slot:ident $([$number:literal])?: $place:literal => $text:literal,)*) => {
        vec![$(Row {
            kind: Kind::Pptx,
            place: $place,
            plant: |token| {
                let mut slots = Slots::default();
                slots.$slot$([$number])? = $text.to_owned();
                presentation(token, &slots).bytes()
            },
            outcome: Outcome::Cleaned,
        }),*]
    };
}

macro_rules! parts {
    ($($place:literal: $owner:expr, $kind:literal, $name:literal, $type:literal => $text:literal,)*) => {
        vec![$(Row {
            kind: Kind::Pptx,
            place: $place,
            plant: |token| {
                let mut package = presentation(token, &Slots::default());
                package.relate($owner, "rId99", $kind, concat!("/", $name));
                package.part($name, $type, filled($text, token));
                package.bytes()
            },
            outcome: Outcome::Cleaned,
        }),*]
    };
}

/// Shapes of a layout that its one slide does not show.
fn switched_off() -> Row {
    Row {
        kind: Kind::Pptx,
        place: "shapes of a layout that are switched off",
        plant: |token| {
            let mut slots = Slots::default();
            slots.slide[0] = "showMasterSp=\"0\"".to_owned();
            slots.layout[1] = "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"\"/><p:cNvSpPr/><p:nvPr/>\
                </p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>TOKEN</a:t></a:r></a:p>\
                </p:txBody></p:sp>"
                .to_owned();
            presentation(token, &slots).bytes()
        },
        outcome: Outcome::Cleaned,
    }
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = in_whole();
    rows.push(switched_off());
    rows.extend(on_slides());
    rows.extend(in_shapes());
    rows.extend(in_models());
    rows.extend(in_parts());
    rows.extend(other());
    rows
}

fn in_whole() -> Vec<Row> {
    rows! {
        slide[1]: "cell under another" => "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"5\" name=\"\"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl><a:tblPr/><a:tr h=\"9\"><a:tc gridSpan=\"2\"><a:txBody><a:bodyPr/><a:p/></a:txBody></a:tc><a:tc hMerge=\"1\"><a:txBody><a:bodyPr/><a:p><a:r><a:t>TOKEN</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
        slide[1]: "words among the looks of a text" => "<p:sp><p:nvSpPr><p:cNvPr id=\"6\" name=\"\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr><a:t>TOKEN</a:t></a:bodyPr><a:p/></p:txBody></p:sp>",
        slide[1]: "sign in front of paragraphs of a level" => "<p:sp><p:nvSpPr><p:cNvPr id=\"7\" name=\"TOKEN\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle><a:lvl9pPr><a:buChar char=\"TOKEN\"/></a:lvl9pPr></a:lstStyle><a:p/></p:txBody></p:sp>",
        shape[3]: "last number of a slide" => "<a:fld id=\"{TOKEN}\" type=\"slidenum\"><a:t>TOKEN</a:t></a:fld>",
        whole[0]: "presentation serverZoom" => "serverZoom=\"TOKEN\"",
        whole[1]: "modifyVerifier" => "<p:modifyVerifier hashValue=\"TOKEN\" saltValue=\"TOKEN\"/>",
        whole[1]: "embeddedFontLst" => "<p:embeddedFontLst><p:embeddedFont><p:font typeface=\"TOKEN\"/></p:embeddedFont></p:embeddedFontLst>",
        whole[1]: "custShowLst" => "<p:custShowLst><p:custShow name=\"TOKEN\" id=\"0\"/></p:custShowLst>",
        whole[1]: "photoAlbum" => "<p:photoAlbum x=\"TOKEN\"/>",
        whole[1]: "custDataLst" => "<p:custDataLst><p:tags r:id=\"rId99\" x=\"TOKEN\"/></p:custDataLst>",
        whole[1]: "smartTags" => "<p:smartTags r:id=\"TOKEN\"/>",
        whole[1]: "notesMasterIdLst" => "<p:notesMasterIdLst x=\"TOKEN\"/><p:kinsoku x=\"TOKEN\"/>",
        whole[1]: "section names and ids in extLst" => "<p:extLst><p:ext uri=\"{521415D9}\"><p14:sectionLst><p14:section name=\"TOKEN\" id=\"{TOKEN}\"/></p14:sectionLst></p:ext></p:extLst>",
    }
}

fn on_slides() -> Vec<Row> {
    rows! {
        slide[0]: "unknown attribute of a slide" => "x=\"TOKEN\"",
        common: "cSld name" => "name=\"TOKEN\"",
        slide[1]: "name, alternate text and title of a group" => "<p:grpSp><p:nvGrpSpPr><p:cNvPr id=\"9\" name=\"TOKEN\" descr=\"C:\\Users\\TOKEN\" title=\"TOKEN\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/></p:grpSp>",
        slide[1]: "ink" => "<mc:AlternateContent><mc:Choice Requires=\"p14\"><p:contentPart r:id=\"TOKEN\"/></mc:Choice></mc:AlternateContent><p:contentPart r:id=\"TOKEN\"/>",
        slide[1]: "id of a cell of a table" => "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"9\" name=\"\"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl><a:tblPr/><a:tblGrid/><a:tr h=\"9\"><a:tc id=\"TOKEN\"><a:txBody><a:bodyPr/><a:p/></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
        slide[1]: "style of a table by its number" => "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"9\" name=\"\"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl><a:tblPr><a:tableStyleId>{TOKEN}</a:tableStyleId></a:tblPr><a:tblGrid x=\"1\"/></a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
        slide[1]: "a frame of an unknown program" => "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"9\" name=\"\"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm/><a:graphic><a:graphicData uri=\"http://x.test/TOKEN\"><x TOKEN=\"\"/></a:graphicData></a:graphic></p:graphicFrame>",
        slide[1]: "p:oleObj without a picture" => "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"9\" name=\"\"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/presentationml/2006/ole\"><p:oleObj name=\"TOKEN\" progId=\"TOKEN\" spid=\"_x0000_s1\"><p:embed/></p:oleObj></a:graphicData></a:graphic></p:graphicFrame>",
        slide[2]: "names in p:timing" => "<p:timing><p:tnLst><x name=\"TOKEN\"/></p:tnLst></p:timing>",
        slide[2]: "sound of a p:transition" => "<p:transition><p:sndAc><p:stSnd><p:snd r:embed=\"rId99\" name=\"TOKEN\"/></p:stSnd></p:sndAc></p:transition>",
        slide[2]: "p14:creationId" => "<p:extLst><p:ext uri=\"{BB962C8B}\"><p14:creationId val=\"TOKEN\"/></p:ext></p:extLst>",
    }
}

fn in_shapes() -> Vec<Row> {
    rows! {
        shape[0]: "name of a shape" => "name=\"TOKEN\"",
        shape[0]: "alternate text of a shape" => "name=\"\" descr=\"C:\\Users\\TOKEN.png\"",
        shape[0]: "title of a shape" => "name=\"\" title=\"TOKEN\"",
        shape[1]: "a:hlinkClick action and tooltip" => "<a:hlinkClick r:id=\"\" action=\"ppaction://program?TOKEN\" tooltip=\"TOKEN\"/>",
        shape[1]: "a:hlinkHover" => "<a:hlinkHover r:id=\"\" tooltip=\"TOKEN\"/>",
        shape[1]: "sound of a link" => "<a:hlinkClick r:id=\"\"><a:snd r:embed=\"rId99\" name=\"TOKEN\"/></a:hlinkClick>",
        shape[1]: "a16:creationId of a shape" => "<a:extLst><a:ext uri=\"{FF2B5EF4}\"><a16:creationId id=\"{TOKEN}\"/></a:ext></a:extLst>",
        shape[2]: "nvPr userDrawn and an unknown attribute" => "<p:custDataLst><p:tags r:id=\"TOKEN\"/></p:custDataLst>",
        shape[2]: "a:wavAudioFile" => "<a:wavAudioFile r:embed=\"rId99\" name=\"TOKEN\"/>",
        shape[2]: "p14:media" => "<p:extLst><p:ext uri=\"{DAA4B4D4}\"><p14:media r:embed=\"rId99\" x=\"TOKEN\"/></p:ext></p:extLst>",
        shape[3]: "a:rPr lang" => "<a:r><a:rPr lang=\"TOKEN\"/><a:t>x</a:t></a:r>",
        shape[3]: "a:rPr bmk" => "<a:r><a:rPr bmk=\"TOKEN\"/><a:t>x</a:t></a:r>",
        shape[3]: "id of a field" => "<a:fld id=\"{TOKEN}\" type=\"slidenum\"><a:t>1</a:t></a:fld>",
        shape[3]: "the day of a field" => "<a:fld id=\"{5B}\" type=\"datetime1\"><a:t>TOKEN</a:t></a:fld>",
        shape[3]: "font of one house" => "<a:r><a:rPr><a:latin typeface=\"TOKEN\" panose=\"TOKEN\"/></a:rPr><a:t>x</a:t></a:r>",
        shape[3]: "link on words" => "<a:r><a:rPr><a:hlinkClick r:id=\"\" tooltip=\"TOKEN\"/></a:rPr><a:t>x</a:t></a:r>",
    }
}

fn in_models() -> Vec<Row> {
    rows! {
        layout[0]: "sldLayout matchingName" => "matchingName=\"TOKEN\"",
        layout[0]: "sldLayout userDrawn" => "userDrawn=\"1\" x=\"TOKEN\"",
        layout[1]: "what a frame says to type" => "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"\"/><p:cNvSpPr/><p:nvPr userDrawn=\"1\"><p:ph type=\"body\"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>TOKEN</a:t></a:r></a:p></p:txBody></p:sp>",
        theme[0]: "name of a theme" => "TOKEN",
        theme[1]: "custClrLst" => "<a:custClrLst><a:custClr name=\"TOKEN\"/></a:custClrLst>",
        theme[1]: "thm15:themeFamily" => "<a:extLst><a:ext uri=\"{05A4C25C}\"><x name=\"TOKEN\" id=\"{TOKEN}\"/></a:ext></a:extLst>",
        theme[1]: "objectDefaults" => "<a:objectDefaults><a:spDef><a:bodyPr/><a:lstStyle/><x TOKEN=\"\"/></a:spDef></a:objectDefaults>",
        styles: "name of a style of tables" => "<a:tblStyle styleId=\"{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}\" styleName=\"TOKEN\"/>",
        styles: "number of a style of tables" => "<a:tblStyle styleId=\"{TOKEN}\" styleName=\"x\"/>",
    }
}

fn in_parts() -> Vec<Row> {
    parts! {
        "docProps/core.xml": "", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml" => "<x><creator>TOKEN</creator></x>",
        "docProps/app.xml": "", "extended-properties", "docProps/app.xml", "extended-properties" => "<Properties><Manager>TOKEN</Manager></Properties>",
        "docProps/custom.xml": "", "custom-properties", "docProps/custom.xml", "custom-properties" => "<Properties><property name=\"TOKEN\"/></Properties>",
        "docMetadata/LabelInfo.xml": "", "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml", "application/vnd.ms-office.classificationlabels+xml" => "<labelList><label id=\"{TOKEN}\"/></labelList>",
        "thumbnail": "", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail", "docProps/thumbnail.jpeg", "image/jpeg" => "TOKEN",
        "_xmlsignatures": "", "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin", "_xmlsignatures/sig1.xml", "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml" => "<Signature>TOKEN</Signature>",
        "customXml": MAIN, "customXml", "customXml/item1.xml", "application/xml" => "<x>TOKEN</x>",
        "presProps": MAIN, "presProps", "ppt/presProps.xml", "presentationml.presProps" => "<p x=\"TOKEN\"/>",
        "viewProps lastView": MAIN, "viewProps", "ppt/viewProps.xml", "presentationml.viewProps" => "<p lastView=\"TOKEN\"/>",
        "commentAuthors": MAIN, "commentAuthors", "ppt/commentAuthors.xml", "presentationml.commentAuthors" => "<p:cmAuthorLst xmlns:p=\"p\"><p:cmAuthor name=\"TOKEN\"/></p:cmAuthorLst>",
        "authors": MAIN, "http://schemas.microsoft.com/office/2018/10/relationships/authors", "ppt/authors.xml", "application/vnd.ms-powerpoint.authors+xml" => "<authorLst><author name=\"TOKEN\"/></authorLst>",
        "revisionInfo": MAIN, "http://schemas.microsoft.com/office/2015/10/relationships/revisionInfo", "ppt/revisionInfo.xml", "application/vnd.ms-powerpoint.revisioninfo+xml" => "<revInfo x=\"TOKEN\"/>",
        "changesInfo": MAIN, "http://schemas.microsoft.com/office/2016/11/relationships/changesInfo", "ppt/changesInfos/changesInfo1.xml", "application/vnd.ms-powerpoint.changesinfo+xml" => "<chgInfo name=\"TOKEN\"/>",
        "tags": MAIN, "tags", "ppt/tags/tag1.xml", "presentationml.tags" => "<tagLst><tag val=\"TOKEN\"/></tagLst>",
        "printerSettings": MAIN, "printerSettings", "ppt/printerSettings/printerSettings1.bin", "application/vnd.openxmlformats-officedocument.presentationml.printerSettings" => "TOKEN",
        "handoutMaster": MAIN, "handoutMaster", "ppt/handoutMasters/handoutMaster1.xml", "presentationml.handoutMaster" => "<p>TOKEN</p>",
        "notesMaster": MAIN, "notesMaster", "ppt/notesMasters/notesMaster1.xml", "presentationml.notesMaster" => "<p>TOKEN</p>",
        "font": MAIN, "font", "ppt/fonts/font1.fntdata", "application/x-fontdata" => "TOKEN",
        "a slide that is in no list": MAIN, "slide", "ppt/slides/slide9.xml", "presentationml.slide" => "<p>TOKEN</p>",
        "a master that no slide uses": MAIN, "slideMaster", "ppt/slideMasters/slideMaster9.xml", "presentationml.slideMaster" => "<p>TOKEN</p>",
        "a layout that no slide uses": MASTER, "slideLayout", "ppt/slideLayouts/slideLayout9.xml", "presentationml.slideLayout" => "<p>TOKEN</p>",
        "speaker notes": SLIDE, "notesSlide", "ppt/notesSlides/notesSlide1.xml", "presentationml.notesSlide" => "<p>TOKEN</p>",
        "comments": SLIDE, "comments", "ppt/comments/comment1.xml", "presentationml.comments" => "<p>TOKEN</p>",
        "threaded comments": SLIDE, "http://schemas.microsoft.com/office/2018/10/relationships/comments", "ppt/comments/modernComment1.xml", "application/vnd.ms-powerpoint.comments+xml" => "<p>TOKEN</p>",
        "diagram data": SLIDE, "diagramData", "ppt/diagrams/data1.xml", "drawingml.diagramData" => "<dgm>TOKEN</dgm>",
        "ink part": SLIDE, "customXml", "ppt/ink/ink1.xml", "application/inkml+xml" => "<ink>TOKEN</ink>",
        "sound": SLIDE, "audio", "ppt/media/audio1.wav", "audio/wav" => "TOKEN",
        "film": SLIDE, "video", "ppt/media/media1.mp4", "video/mp4" => "TOKEN",
        "package inside": SLIDE, "package", "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "TOKEN",
        "oleObject": SLIDE, "oleObject", "ppt/embeddings/oleObject1.bin", "application/vnd.openxmlformats-officedocument.oleObject" => "TOKEN",
        "legacy drawing": SLIDE, "vmlDrawing", "ppt/drawings/vmlDrawing1.vml", "vmlDrawing" => "<xml>TOKEN</xml>",
        "activeX": SLIDE, "control", "ppt/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml" => "<ocx TOKEN=\"\"/>",
        "picture before it was edited": SLIDE, "http://schemas.microsoft.com/office/2007/relationships/hdphoto", "ppt/media/hdphoto1.wdp", "image/vnd.ms-photo" => "TOKEN",
        "web extension": SLIDE, "http://schemas.microsoft.com/office/2011/relationships/webextension", "ppt/webextensions/webextension1.xml", "application/vnd.ms-office.webextension+xml" => "<we id=\"TOKEN\"/>",
    }
}

/// A picture on a slide.
fn picture(blip: &str, about: &str) -> String {
    format!(
        "<p:pic><p:nvPicPr><p:cNvPr id=\"7\" name=\"\"/><p:cNvPicPr/><p:nvPr>{about}</p:nvPr>\
         </p:nvPicPr><p:blipFill>{blip}</p:blipFill><p:spPr/></p:pic>"
    )
}

fn row(place: &'static str, plant: fn(&Token) -> Vec<u8>) -> Row {
    Row { kind: Kind::Pptx, place, plant, outcome: Outcome::Cleaned }
}

fn other() -> Vec<Row> {
    vec![
        row("Exif and comments of a picture", |token| {
            let mut slots = Slots::default();
            slots.slide[1] = picture("<a:blip r:embed=\"rId7\"/>", "");
            let mut package = presentation(token, &slots);
            package.relate(SLIDE, "rId7", "image", "../media/image7.jpeg");
            package.part("ppt/media/image7.jpeg", "image/jpeg", photo(token));
            package.bytes()
        }),
        row("picture that is fetched", |token| {
            let mut slots = Slots::default();
            slots.slide[1] = picture("<a:blip r:link=\"rId7\"/>", "");
            let mut package = presentation(token, &slots);
            package.relate(SLIDE, "rId7", "image", &filled("http://x.test/TOKEN.png", token));
            package.bytes()
        }),
        row("film that is fetched", |token| {
            let mut slots = Slots::default();
            slots.slide[1] = picture("<a:blip/>", "<a:videoFile r:link=\"rId7\"/>");
            let mut package = presentation(token, &slots);
            package.relate(SLIDE, "rId7", "video", &filled("file:///C:/Users/TOKEN.mp4", token));
            package.bytes()
        }),
        row("hyperlink that leads out", |token| {
            let mut slots = Slots::default();
            slots.shape[1] = "<a:hlinkClick r:id=\"rId7\"/>".to_owned();
            let mut package = presentation(token, &slots);
            package.relate(SLIDE, "rId7", "hyperlink", &filled("http://x.test/TOKEN", token));
            package.bytes()
        }),
        row("file of which only the link is there", |token| {
            let mut package = presentation(token, &Slots::default());
            package.relate(SLIDE, "rId7", "oleObject", &filled("\\\\server\\TOKEN.xlsx", token));
            package.bytes()
        }),
    ]
}

pub(super) fn lists() -> Vec<List> {
    crate::pptx::lists()
        .into_iter()
        .map(|(name, forbidden)| List { name, forbidden, kinds: &[Kind::Pptx] })
        .collect()
}
