//! Drawings, charts, formulas and looks.

use super::super::{Outcome, Row, Token};
use super::{Document, TYPES, WORDS, body, filled, part, run};
use crate::Kind;

use Outcome::{Cleaned, CleanedSilently};

macro_rules! row {
    (silent $with:expr, $place:expr, $template:expr) => {
        Row {
            kind: Kind::Docx,
            place: $place,
            plant: |t| $with(t, $template),
            outcome: CleanedSilently,
        }
    };
    ($place:expr, $template:expr) => {
        Row { kind: Kind::Docx, place: $place, plant: |t| body(t, $template), outcome: Cleaned }
    };
    (of $with:expr, $place:expr, $template:expr) => {
        Row { kind: Kind::Docx, place: $place, plant: |t| $with(t, $template), outcome: Cleaned }
    };
}

const SHAPE: &str = "<a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/word/\
    2010/wordprocessingShape\"><wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:bodyPr/></wps:wsp>\
    </a:graphicData></a:graphic>";

fn looks(token: &Token, inner: &str) -> Vec<u8> {
    run(token, &format!("<w:rPr><w:b/>{inner}</w:rPr><w:t>x</w:t>"))
}

fn paragraph(token: &Token, inner: &str) -> Vec<u8> {
    body(token, &format!("<w:p><w:pPr><w:keepNext/>{inner}</w:pPr></w:p>"))
}

fn table(token: &Token, inner: &str) -> Vec<u8> {
    let row = "<w:tr><w:tc><w:p/></w:tc></w:tr>";
    body(token, &format!("<w:tbl><w:tblPr>{inner}</w:tblPr>{row}</w:tbl>"))
}

/// A shape in the text, in a frame like this.
fn inline(token: &Token, attributes: &str, inner: &str) -> Vec<u8> {
    run(
        token,
        &format!(
            "<w:drawing><wp:inline {attributes}><wp:extent cx=\"9\" cy=\"9\"/>{inner}{SHAPE}\
             </wp:inline></w:drawing>"
        ),
    )
}

fn frame(token: &Token, inner: &str) -> Vec<u8> {
    inline(token, "", inner)
}

/// Something in a shape.
fn shape(token: &Token, inner: &str) -> Vec<u8> {
    run(
        token,
        &format!(
            "<w:drawing><wp:inline><wp:extent cx=\"9\" cy=\"9\"/><a:graphic><a:graphicData \
             uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">{inner}\
             </a:graphicData></a:graphic></wp:inline></w:drawing>"
        ),
    )
}

fn older(token: &Token, inner: &str) -> Vec<u8> {
    run(token, &format!("<w:pict>{inner}</w:pict>"))
}

/// A diagram in the text, of which this was drawn.
fn diagram(token: &Token, drawn: &str) -> Vec<u8> {
    let frame = "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"9\" cy=\"9\"/><a:graphic>\
        <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\">\
        <dgm:relIds xmlns:dgm=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\" \
        r:dm=\"data\"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>";
    let data = "<dgm:dataModel xmlns:dgm=\"http://schemas.openxmlformats.org/drawingml/2006/\
        diagram\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><dgm:pt>\
        <a:t>HIDDEN</a:t></dgm:pt><dgm:extLst><a:ext uri=\"x\"><dsp:dataModelExt \
        xmlns:dsp=\"http://schemas.microsoft.com/office/drawing/2008/diagram\" relId=\"drawn\"/>\
        </a:ext></dgm:extLst></dgm:dataModel>";
    let drawn = format!(
        "<dsp:drawing xmlns:dsp=\"http://schemas.microsoft.com/office/drawing/2008/diagram\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><dsp:spTree><dsp:sp \
         modelId=\"HIDDEN\"><dsp:spPr/><dsp:txBody><a:bodyPr/><a:p><a:r><a:rPr lang=\"HIDDEN\"/>\
         <a:t>{drawn}</a:t></a:r></a:p></dsp:txBody></dsp:sp></dsp:spTree></dsp:drawing>"
    );
    let part = |xml: &str| filled(xml, token).into_bytes();
    let kinds = ["application/vnd.ms-office.drawingml.diagramDrawing+xml", TYPES];
    Document::new(&filled(frame, token))
        .with("data", "diagramData", "word/diagrams/data1.xml", kinds[1], &part(data))
        .with(
            "drawn",
            "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing",
            "word/diagrams/drawing1.xml",
            kinds[0],
            &part(&drawn),
        )
        .file()
}

/// A chart in the text, with this in it.
fn chart(token: &Token, inner: &str) -> Vec<u8> {
    let drawing = "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"9\" cy=\"9\"/><a:graphic>\
        <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart \
        r:id=\"chart\"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>";
    Document::new(&filled(&[WORDS, drawing].concat(), token))
        .with(
            "chart",
            "chart",
            "word/charts/chart1.xml",
            &format!("{TYPES}drawingml.chart+xml"),
            &part("c:chartSpace", &filled(inner, token)),
        )
        .file()
}

fn words() -> Vec<Row> {
    vec![
        row!(of looks, "w:lang", "<w:lang w:val=\"HIDDEN\"/>"),
        row!(of looks, "font of a run", "<w:rFonts w:ascii=\"HIDDEN\"/>"),
        row!(of looks, "colour that is none", "<w:color w:val=\"HIDDEN\"/>"),
        row!(of looks, "word that is not the format's", "<w:u w:val=\"HIDDEN\"/>"),
        row!(of looks, "number that is none", "<w:sz w:val=\"HIDDEN\"/>"),
        row!(of looks, "w:eastAsianLayout", "<w:eastAsianLayout w:name=\"HIDDEN\"/>"),
        row!(of looks, "w14:glow", "<w14:glow w14:rad=\"HIDDEN\"/>"),
        row!(of paragraph, "w:divId", "<w:divId w:val=\"HIDDEN\"/>"),
        row!(of paragraph, "style that is not there", "<w:pStyle w:val=\"HIDDEN\"/>"),
        row!(of table, "w:tblCaption", "<w:tblCaption w:val=\"HIDDEN\"/>"),
        row!(of table, "w:tblDescription", "<w:tblDescription w:val=\"HIDDEN\"/>"),
        row!(
            "version that newer programs do not show",
            "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"w14\"><w:t>SHOWN</w:t></mc:Choice><mc:Fallback><w:t>HIDDEN</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
        row!(
            "words behind a bracket",
            "<w:p><m:oMath><m:d><m:dPr><m:begChr m:val=\"@HIDDEN\"/></m:dPr><m:e><m:r><m:t>SHOWN</m:t></m:r></m:e></m:d></m:oMath></w:p>"
        ),
        row!(
            "words that only take up room in a formula",
            "<w:p><m:oMath><m:phant><m:phantPr><m:show m:val=\"0\"/></m:phantPr><m:e><m:r><m:t>HIDDEN</m:t></m:r></m:e></m:phant></m:oMath></w:p>"
        ),
        row!(
            "hidden words in a formula",
            "<w:p><m:oMath><m:r><w:rPr><w:vanish/></w:rPr><m:t>HIDDEN</m:t></m:r></m:oMath></w:p>"
        ),
        row!(
            "cell under the one above",
            "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr><w:p/></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>HIDDEN</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        ),
        row!(of body, "words among the looks of a section", "<w:sectPr><w:t>HIDDEN</w:t></w:sectPr>"),
        row!(of looks, "words among the looks of a run", "<w:t>HIDDEN</w:t>"),
        row!(silent body, "last number of a page", "<w:p><w:fldSimple w:instr=\"PAGE\"><w:r><w:t>HIDDEN</w:t></w:r></w:fldSimple></w:p>"),
        row!(
            silent body,
            "last number of pages, between marks",
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>NUMPAGES</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>HIDDEN</w:t></w:r><w:r><w:t>HIDDEN</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
        ),
        row!(
            "m:mathFont",
            "<w:p><m:oMathPara><m:mathFont m:val=\"HIDDEN\"/><m:oMath><m:r><m:t>SHOWN</m:t></m:r></m:oMath></m:oMathPara></w:p>"
        ),
    ]
}

fn drawings() -> Vec<Row> {
    fn id(token: &Token, template: &str) -> Vec<u8> {
        inline(token, template, "")
    }
    fn anchor(token: &Token, template: &str) -> Vec<u8> {
        run(token, &format!("<w:drawing><wp:anchor {template}>{SHAPE}</wp:anchor></w:drawing>"))
    }
    vec![
        row!(of frame, "name of a drawing", "<wp:docPr id=\"1\" name=\"HIDDEN\"/>"),
        row!(of frame, "description of a drawing", "<wp:docPr id=\"1\" name=\"\" descr=\"HIDDEN\"/>"),
        row!(of frame, "title of a drawing", "<wp:docPr id=\"1\" name=\"\" title=\"HIDDEN\"/>"),
        row!(of frame, "link of a drawing", "<wp:docPr id=\"1\" name=\"\"><a:hlinkClick tooltip=\"HIDDEN\"/></wp:docPr>"),
        row!(of frame, "number of a drawing", "<wp:docPr id=\"HIDDEN\" name=\"\"/>"),
        row!(of id, "wp14:editId", "wp14:editId=\"HIDDEN\""),
        row!(of anchor, "wp14:anchorId", "wp14:anchorId=\"HIDDEN\""),
        row!(of shape, "description of a shape", "<wps:wsp><wps:cNvPr id=\"1\" name=\"\" descr=\"HIDDEN\"/><wps:cNvSpPr/><wps:spPr/><wps:bodyPr/></wps:wsp>"),
        row!(of shape, "description of a group", "<wpg:wgp><wpg:cNvPr id=\"1\" name=\"\" descr=\"HIDDEN\"/><wpg:cNvGrpSpPr/><wpg:grpSpPr/></wpg:wgp>"),
        row!(of shape, "description of a picture", "<pic:pic><pic:nvPicPr><pic:cNvPr id=\"1\" name=\"\" descr=\"HIDDEN\"/></pic:nvPicPr></pic:pic>"),
        row!(of shape, "title of a picture", "<pic:pic><pic:nvPicPr><pic:cNvPr id=\"1\" name=\"\" title=\"HIDDEN\"/></pic:nvPicPr></pic:pic>"),
        row!(of shape, "hidden picture", "<wps:wsp><wps:cNvSpPr/><wps:spPr/></wps:wsp><pic:pic><pic:nvPicPr><pic:cNvPr id=\"1\" name=\"HIDDEN\" hidden=\"1\"/></pic:nvPicPr></pic:pic>"),
        row!(of shape, "picture that is fetched, beside one inside", "<pic:pic><pic:blipFill><a:blip r:link=\"HIDDEN\"/></pic:blipFill></pic:pic>"),
        row!(of shape, "number of a colour", "<wps:wsp><wps:spPr><a:solidFill><a:srgbClr val=\"112233\" legacySpreadsheetColorIndex=\"HIDDEN\"/></a:solidFill></wps:spPr></wps:wsp>"),
        row!(silent shape, "name in the geometry of a shape", "<wps:wsp><wps:spPr><a:custGeom><a:gdLst><a:gd name=\"HIDDEN\" fmla=\"val 1\"/></a:gdLst><a:pathLst><a:path w=\"9\" h=\"9\"><a:moveTo><a:pt x=\"0\" y=\"0\"/></a:moveTo></a:path></a:pathLst></a:custGeom></wps:spPr></wps:wsp>"),
        row!(of shape, "extension of a shape", "<wps:wsp><wps:spPr><a:noFill/><a:extLst><a:ext uri=\"HIDDEN\"/></a:extLst></wps:spPr></wps:wsp>"),
        row!(of diagram, "words of a diagram that were never drawn", "SHOWN"),
        row!(of older, "id of an older shape", "<v:shape id=\"HIDDEN\"/>"),
        row!(of older, "o:spid", "<v:shape o:spid=\"HIDDEN\"/>"),
        row!(of older, "o:gfxdata", "<v:shape o:gfxdata=\"HIDDEN\"/>"),
        row!(of older, "text instead of an older shape", "<v:shape alt=\"HIDDEN\"/>"),
        row!(of older, "title of an older shape", "<v:shape title=\"HIDDEN\"/>"),
        row!(of older, "link of an older shape", "<v:shape href=\"HIDDEN\"/>"),
        row!(of older, "property of an older shape", "<v:shape style=\"width:9pt;mso-next-textbox:HIDDEN\"/>"),
        row!(silent older, "name of a sort of shapes", "<v:shapetype id=\"HIDDEN\"/><v:shape type=\"#HIDDEN\"/>"),
        row!(of older, "words of an older shape that are off", "<v:shape><v:textpath on=\"f\" string=\"HIDDEN\"/></v:shape>"),
        row!(of older, "o:title of a picture", "<v:shape><v:imagedata o:title=\"HIDDEN\"/></v:shape>"),
        row!(of older, "o:href of a picture", "<v:shape><v:imagedata o:href=\"HIDDEN\"/></v:shape>"),
        row!(of older, "o:title of a filling", "<v:shape><v:fill o:title=\"HIDDEN\"/></v:shape>"),
        row!(of older, "o:OLEObject", "<v:shape/><o:OLEObject ProgID=\"HIDDEN\"/>"),
        row!(of older, "o:signatureline", "<v:shape><o:signatureline o:suggestedsigner=\"HIDDEN\"/></v:shape>"),
        row!(of older, "o:ink", "<v:shape><o:ink i=\"HIDDEN\"/></v:shape>"),
    ]
}

fn charts() -> Vec<Row> {
    const TITLE: &str = "<c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr/></a:pPr>\
        <a:r>RUN<a:t>x</a:t></a:r></a:p></c:rich></c:tx></c:title></c:chart>";
    const POINTS: &str = "<c:chart><c:plotArea><c:barChart><c:ser><c:val><c:numLit>\
        <c:ptCount val=\"1\"/><c:pt idx=\"0\" formatCode=\"HIDDEN\"><c:v>1</c:v></c:pt>\
        <c:pt idx=\"1\"><c:v>HIDDEN</c:v></c:pt></c:numLit></c:val></c:ser></c:barChart>\
        </c:plotArea></c:chart>";
    fn title(token: &Token, run: &str) -> Vec<u8> {
        chart(token, &TITLE.replace("RUN", run))
    }
    vec![
        row!(of chart, "c:externalData", "<c:chart/><c:externalData r:id=\"HIDDEN\"/>"),
        row!(of chart, "c:lang", "<c:lang val=\"HIDDEN\"/><c:chart/>"),
        row!(of chart, "c:pivotSource", "<c:pivotSource><c:name>HIDDEN</c:name></c:pivotSource><c:chart/>"),
        row!(of chart, "c:pivotFmts", "<c:chart><c:pivotFmts>HIDDEN</c:pivotFmts></c:chart>"),
        row!(of chart, "c:userShapes", "<c:chart/><c:userShapes r:id=\"HIDDEN\"/>"),
        row!(of chart, "header of a chart that is printed", "<c:chart/><c:printSettings><c:headerFooter><c:oddHeader>HIDDEN</c:oddHeader></c:headerFooter></c:printSettings>"),
        row!(of chart, "place that the numbers come from", "<c:chart><c:plotArea><c:barChart><c:ser><c:val><c:numRef><c:f>[HIDDEN.xlsx]A!$A$1</c:f></c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart>"),
        row!(silent chart, "format of a point that is none", POINTS),
        row!(silent chart, "words in the looks of an axis", "<c:chart><c:plotArea><c:valAx><c:txPr><a:bodyPr/><a:p><a:r><a:t>HIDDEN</a:t></a:r></a:p></c:txPr></c:valAx></c:plotArea></c:chart>"),
        row!(of title, "language of a run in a chart", "<a:rPr lang=\"HIDDEN\"/>"),
        row!(of title, "bookmark of a run in a chart", "<a:rPr bmk=\"HIDDEN\"/>"),
        row!(of title, "smart tag of a run in a chart", "<a:rPr smtId=\"HIDDEN\"/>"),
        row!(of title, "shape of the letters of a font", "<a:rPr><a:latin typeface=\"Arial\" panose=\"HIDDEN\"/></a:rPr>"),
        row!(of title, "font of a run in a chart", "<a:rPr><a:latin typeface=\"HIDDEN\"/></a:rPr>"),
    ]
}

pub(super) fn rows() -> Vec<Row> {
    [words(), drawings(), charts()].into_iter().flatten().collect()
}
