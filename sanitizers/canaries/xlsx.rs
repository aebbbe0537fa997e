//! Workbooks: every place in which they say who made them, where they lie and what they
//! would fetch.

use super::neighbours::List;
use super::package::{Package, SPACES, filled, photo};
use super::{Outcome, Row, Token};
use crate::Kind;
use crate::Refusal;
use crate::refusal::Feature;

const BOOK: &str = "xl/workbook.xml";
const SHEET: &str = "xl/worksheets/sheet1.xml";
const DRAWING: &str = "xl/drawings/drawing1.xml";

/// Where rows put something.
#[derive(Default)]
struct Slots {
    /// Into the workbook: attributes, before and behind the sheets.
    book: [String; 3],
    /// Into the sheet: attributes, before and behind the cells, and cells.
    sheet: [String; 4],
    /// Strings behind the one that is shown, and looks.
    strings: String,
    styles: String,
    /// Into the drawing: attributes of the shape, what is in its name, and beside it.
    drawing: [String; 3],
    chart: String,
    table: [String; 2],
}

fn workbook(token: &Token, slots: &Slots) -> Package {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let part = |text: String| filled(&text, token);
    let mut package = Package::default();
    package.relate("", "rId1", "officeDocument", BOOK);
    let [attributes, before, behind] = &slots.book;
    package.part(
        BOOK,
        "spreadsheetml.sheet.main",
        part(format!(
            "<workbook xmlns=\"{main}\" {SPACES}>{before}<workbookPr {attributes}/>\
         <sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"rId1\"/></sheets>{behind}</workbook>"
        )),
    );
    package.relate(BOOK, "rId1", "worksheet", "worksheets/sheet1.xml");
    package.relate(BOOK, "rId2", "sharedStrings", "sharedStrings.xml");
    package.relate(BOOK, "rId3", "styles", "styles.xml");
    let [attributes, before, cells, behind] = &slots.sheet;
    package.part(
        SHEET,
        "spreadsheetml.worksheet",
        part(format!(
            "<worksheet xmlns=\"{main}\" {SPACES} {attributes}>{before}<sheetData>\
         <row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>2</v></c>{cells}</row>\
         </sheetData>{behind}<drawing r:id=\"rId1\"/>\
         <tableParts><tablePart r:id=\"rId2\"/></tableParts></worksheet>"
        )),
    );
    let strings = &slots.strings;
    package.part(
        "xl/sharedStrings.xml",
        "spreadsheetml.sharedStrings",
        part(format!("<sst xmlns=\"{main}\" {SPACES}><si><t>SHOWN</t></si>{strings}</sst>")),
    );
    let styles = &slots.styles;
    package.part("xl/styles.xml", "spreadsheetml.styles", part(format!(
        "<styleSheet xmlns=\"{main}\" {SPACES}><fonts><font><name val=\"Arial\"/></font></fonts>\
         <fills><fill><patternFill patternType=\"none\"/></fill></fills><borders><border/></borders>\
         <cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/></cellXfs>{styles}</styleSheet>"
    )));
    package.relate(SHEET, "rId1", "drawing", "../drawings/drawing1.xml");
    package.relate(SHEET, "rId2", "table", "../tables/table1.xml");
    let [attributes, inside, beside] = &slots.drawing;
    let space = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing";
    let place = "<xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row>\
        <xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx=\"9\" cy=\"9\"/>";
    let sheet_uri = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    package.part(
        DRAWING,
        "drawing",
        part(format!(
            "<xdr:wsDr xmlns:xdr=\"{space}\" {SPACES}><xdr:oneCellAnchor>{place}\
         <xdr:sp {attributes}><xdr:nvSpPr><xdr:cNvPr id=\"2\" name=\"\">{inside}</xdr:cNvPr>\
         <xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr/></xdr:sp><xdr:clientData/></xdr:oneCellAnchor>\
         <xdr:oneCellAnchor>{place}<xdr:graphicFrame><xdr:nvGraphicFramePr>\
         <xdr:cNvPr id=\"3\" name=\"\"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>\
         <xdr:xfrm/><a:graphic><a:graphicData uri=\"{sheet_uri}\"><c:chart r:id=\"rId2\"/>\
         </a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor>\
         {beside}</xdr:wsDr>"
        )),
    );
    package.relate(DRAWING, "rId2", "chart", "../charts/chart1.xml");
    let chart = &slots.chart;
    package.part(
        "xl/charts/chart1.xml",
        "drawingml.chart",
        part(format!(
            "<c:chartSpace {SPACES}><c:chart><c:plotArea><c:pieChart><c:ser><c:idx val=\"0\"/>\
         <c:val><c:numRef><c:f>One!$B$1</c:f><c:numCache><c:ptCount val=\"1\"/>\
         <c:pt idx=\"0\"><c:v>2</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>\
         </c:pieChart></c:plotArea></c:chart>{chart}</c:chartSpace>"
        )),
    );
    let [attributes, inside] = &slots.table;
    package.part("xl/tables/table1.xml", "spreadsheetml.table", part(format!(
        "<table xmlns=\"{main}\" {SPACES} id=\"4\" name=\"Old\" displayName=\"Old\" ref=\"A1:A2\" \
         {attributes}><tableColumns count=\"1\"><tableColumn id=\"1\" name=\"SHOWN\"/>\
         </tableColumns>{inside}</table>"
    )));
    package
}

macro_rules! rows {
    ($($slot:ident $([$number:literal])?: $place:literal => $text:literal,)*) => {
        vec![$(Row {
            kind: Kind::Xlsx,
            place: $place,
            plant: |token| {
                let mut slots = Slots::default();
                slots.$slot$([$number])? = $text.to_owned();
                workbook(token, &slots).bytes()
            },
            outcome: Outcome::Cleaned,
        }),*]
    };
}

macro_rules! parts {
    ($($place:literal: $owner:expr, $kind:literal, $name:literal, $type:literal => $text:literal,)*) => {
        vec![$(Row {
            kind: Kind::Xlsx,
            place: $place,
            plant: |token| {
                let mut package = workbook(token, &Slots::default());
                package.relate($owner, "rId99", $kind, concat!("/", $name));
                package.part($name, $type, filled($text, token));
                package.bytes()
            },
            outcome: Outcome::Cleaned,
        }),*]
    };
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = in_workbook();
    rows.extend(in_sheet());
    rows.extend(in_formulas());
    rows.extend(in_looks());
    rows.extend(in_drawings());
    rows.extend(in_parts());
    rows.extend(other());
    rows
}

fn in_workbook() -> Vec<Row> {
    rows! {
        book[0]: "workbookPr codeName" => "codeName=\"TOKEN\"",
        book[0]: "workbookPr filterPrivacy and an unknown attribute" => "filterPrivacy=\"1\" x=\"TOKEN\"",
        book[1]: "x15ac:absPath" => "<fileVersion appName=\"xl\"/><mc:AlternateContent><mc:Choice Requires=\"x15\"><x15ac:absPath url=\"C:\\Users\\TOKEN\\\"/></mc:Choice></mc:AlternateContent>",
        book[1]: "fileVersion" => "<fileVersion appName=\"xl\" codeName=\"{TOKEN}\" lastEdited=\"7\" rupBuild=\"23127\"/>",
        book[1]: "fileSharing userName" => "<fileSharing userName=\"TOKEN\" hashValue=\"AAAA\"/>",
        book[1]: "xr:revisionPtr documentId" => "<xr:revisionPtr revIDLastSave=\"0\" documentId=\"8_{TOKEN}\"/>",
        book[1]: "workbookProtection" => "<workbookProtection workbookHashValue=\"TOKEN\" workbookSaltValue=\"TOKEN\"/>",
        book[1]: "bookViews xr2:uid" => "<fileVersion appName=\"xl\"/><bookViews><workbookView xWindow=\"-120\" xr:uid=\"{TOKEN}\"/></bookViews>",
        book[2]: "definedName that no formula uses" => "<definedNames><definedName name=\"TOKEN\">One!$A$1</definedName></definedNames>",
        book[2]: "definedName _FilterDatabase" => "<definedNames><definedName name=\"_xlnm._FilterDatabase\" hidden=\"1\" localSheetId=\"0\">'TOKEN'!$A$1</definedName></definedNames>",
        book[2]: "customWorkbookViews" => "<customWorkbookViews><customWorkbookView name=\"TOKEN\" guid=\"{TOKEN}\"/></customWorkbookViews>",
        book[2]: "externalReferences" => "<externalReferences><externalReference r:id=\"TOKEN\"/></externalReferences>",
        book[2]: "pivotCaches" => "<pivotCaches><pivotCache cacheId=\"1\" x=\"TOKEN\"/></pivotCaches>",
        book[2]: "webPublishing" => "<webPublishing title=\"TOKEN\"/>",
        book[2]: "functionGroups" => "<functionGroups><functionGroup name=\"TOKEN\"/></functionGroups>",
        book[2]: "workbook extLst" => "<extLst><ext uri=\"{TOKEN}\"/></extLst>",
        book[2]: "calcPr calcId" => "<calcPr calcId=\"TOKEN\"/>",
    }
}

fn in_sheet() -> Vec<Row> {
    rows! {
        sheet[2]: "error of another program" => "<c r=\"C1\" t=\"e\"><v>TOKEN</v></c>",
        sheet[2]: "second value of a cell" => "<c r=\"C1\"><v>1</v><v>TOKEN</v></c>",
        sheet[2]: "text beside the value of a cell" => "<c r=\"C1\"><v>1</v><is><t>TOKEN</t></is></c>",
        sheet[3]: "text outside of cells" => "<t>TOKEN</t>",
        sheet[3]: "header of pages that are not different" => "<headerFooter><oddHeader>SHOWN</oddHeader><evenHeader>TOKEN</evenHeader><firstHeader>TOKEN</firstHeader></headerFooter>",
        sheet[3]: "font of a header" => "<headerFooter><oddHeader>&amp;C&amp;\"TOKEN,TOKEN\"SHOWN</oddHeader></headerFooter>",
        sheet[3]: "text of a rule that looks for none" => "<conditionalFormatting sqref=\"A1\"><cfRule type=\"expression\" priority=\"1\" text=\"TOKEN\"><formula>B1&gt;3</formula></cfRule></conditionalFormatting>",
        styles: "look that no rule puts on" => "<dxfs><dxf><numFmt numFmtId=\"200\" formatCode=\"0&quot;TOKEN&quot;\"/></dxf></dxfs>",
        sheet[0]: "worksheet xr:uid" => "xr:uid=\"{TOKEN}\"",
        sheet[1]: "sheetPr codeName" => "<sheetPr codeName=\"TOKEN\"><tabColor rgb=\"FF0000\"/></sheetPr>",
        sheet[1]: "sheetView topLeftCell and selection" => "<sheetViews><sheetView workbookViewId=\"0\" topLeftCell=\"C9\"><selection activeCell=\"TOKEN\" sqref=\"TOKEN\"/></sheetView></sheetViews>",
        sheet[1]: "dimension" => "<dimension ref=\"A1:B9\"/><sheetCalcPr x=\"TOKEN\"/>",
        sheet[2]: "unknown element in a cell" => "<c r=\"C1\"><v>1</v><extLst><ext uri=\"{TOKEN}\"/></extLst></c>",
        sheet[2]: "rPh in an inline string" => "<c r=\"C1\" t=\"inlineStr\"><is><t>x</t><rPh sb=\"0\" eb=\"1\"><t>TOKEN</t></rPh></is></c>",
        sheet[3]: "sheetProtection" => "<sheetProtection algorithmName=\"SHA-512\" hashValue=\"TOKEN\" saltValue=\"TOKEN\" sheet=\"1\"/>",
        sheet[3]: "protectedRanges" => "<protectedRanges><protectedRange name=\"TOKEN\" sqref=\"A1\"/></protectedRanges>",
        sheet[3]: "scenarios user and comment" => "<scenarios><scenario name=\"x\" user=\"TOKEN\" comment=\"TOKEN\"/></scenarios>",
        sheet[3]: "customSheetViews guid" => "<customSheetViews><customSheetView guid=\"{TOKEN}\"/></customSheetViews>",
        sheet[3]: "hyperlink in this workbook" => "<hyperlinks><hyperlink ref=\"A1\" location=\"TOKEN\" tooltip=\"TOKEN\" display=\"TOKEN\"/></hyperlinks>",
        sheet[3]: "dataValidation prompt" => "<dataValidations><dataValidation type=\"list\" sqref=\"A1\" promptTitle=\"TOKEN\" prompt=\"TOKEN\" error=\"TOKEN\"><formula1>\"a,b\"</formula1></dataValidation></dataValidations>",
        sheet[3]: "dataValidation that fetches" => "<dataValidations><dataValidation type=\"custom\" sqref=\"A1\"><formula1>WEBSERVICE(\"http://x.test/TOKEN\")</formula1></dataValidation></dataValidations>",
        sheet[3]: "cfRule that fetches" => "<conditionalFormatting sqref=\"A1\"><cfRule type=\"expression\" priority=\"1\"><formula>[1]TOKEN!A1</formula></cfRule></conditionalFormatting>",
        sheet[3]: "filter criteria and sort state" => "<autoFilter ref=\"A1:B1\"><filterColumn colId=\"0\"><filters><filter val=\"TOKEN\"/></filters></filterColumn><sortState ref=\"A1\" x=\"TOKEN\"/></autoFilter>",
        sheet[3]: "dataConsolidate" => "<dataConsolidate><dataRefs><dataRef name=\"TOKEN\"/></dataRefs></dataConsolidate>",
        sheet[3]: "webPublishItems" => "<webPublishItems><webPublishItem destinationFile=\"\\\\server\\TOKEN\"/></webPublishItems>",
        sheet[3]: "cellWatches" => "<cellWatches><cellWatch r=\"TOKEN\"/></cellWatches>",
        sheet[3]: "smartTags" => "<smartTags><cellSmartTags r=\"A1\"><cellSmartTag type=\"TOKEN\"/></cellSmartTags></smartTags>",
        sheet[3]: "sparklines and slicers in extLst" => "<extLst><ext uri=\"{TOKEN}\"><x14:slicerList><x14:slicer name=\"TOKEN\"/></x14:slicerList></ext></extLst>",
        sheet[3]: "customProperties" => "<customProperties><customPr name=\"TOKEN\" r:id=\"rId98\"/></customProperties>",
        sheet[3]: "legacyDrawing" => "<legacyDrawing r:id=\"TOKEN\"/>",
        sheet[3]: "oleObjects" => "<oleObjects><oleObject progId=\"Word.Document\" link=\"TOKEN\" shapeId=\"1\"/></oleObjects>",
        sheet[3]: "controls" => "<controls><control shapeId=\"1\" name=\"TOKEN\"/></controls>",
        strings: "a string that no cell shows" => "<si><t>TOKEN</t></si>",
        strings: "phonetic hint of a string that is shown" => "<si><t>x</t><rPh sb=\"0\" eb=\"1\"><t>TOKEN</t></rPh></si>",
        table[0]: "table comment" => "comment=\"TOKEN\"",
        table[0]: "table xr:uid" => "xr:uid=\"{TOKEN}\"",
        table[0]: "table connectionId and names of styles" => "connectionId=\"1\" headerRowCellStyle=\"TOKEN\"",
        table[1]: "columns of a query and of an XML map" => "<tableColumns><tableColumn id=\"2\" name=\"x\" uniqueName=\"TOKEN\" queryTableFieldId=\"2\"><xmlColumnPr mapId=\"1\" xpath=\"TOKEN\"/></tableColumn></tableColumns>",
        table[1]: "table style" => "<tableStyleInfo name=\"TOKEN\"/>",
        table[1]: "table extLst altText" => "<extLst><ext uri=\"x\"><x14:table altText=\"TOKEN\"/></ext></extLst>",
    }
}

/// A formula becomes the value that it had last.
fn in_formulas() -> Vec<Row> {
    rows! {
        sheet[2]: "WEBSERVICE" => "<c r=\"C1\" t=\"str\"><f>_xlfn.WEBSERVICE(A1&amp;\"TOKEN\")</f><v>x</v></c>",
        sheet[2]: "IMAGE" => "<c r=\"C1\" t=\"str\"><f>_xlfn.IMAGE(A1&amp;\"TOKEN\")</f><v>x</v></c>",
        sheet[2]: "HYPERLINK" => "<c r=\"C1\" t=\"str\"><f>HYPERLINK(A1,\"TOKEN\")</f><v>x</v></c>",
        sheet[2]: "RTD" => "<c r=\"C1\"><f>RTD(\"TOKEN\",,\"x\")</f><v>1</v></c>",
        sheet[2]: "DDE" => "<c r=\"C1\"><f>cmd|'/c TOKEN'!A0</f><v>1</v></c>",
        sheet[2]: "CUBEVALUE" => "<c r=\"C1\"><f>CUBEVALUE(\"TOKEN\",\"x\")</f><v>1</v></c>",
        sheet[2]: "CUBEMEMBER" => "<c r=\"C1\"><f>CUBEMEMBER(\"TOKEN\",\"x\")</f><v>1</v></c>",
        sheet[2]: "STOCKHISTORY" => "<c r=\"C1\"><f>_xlfn.STOCKHISTORY(\"TOKEN\",1)</f><v>1</v></c>",
        sheet[2]: "reference to another workbook" => "<c r=\"C1\"><f>[1]TOKEN!A1</f><v>1</v></c>",
        sheet[2]: "reference to a file" => "<c r=\"C1\"><f>'C:\\Users\\TOKEN\\[b.xlsx]One'!A1</f><v>1</v></c>",
        sheet[2]: "CELL" => "<c r=\"C1\"><f>LEN(CELL(\"filename\"))+LEN(\"TOKEN\")</f><v>1</v></c>",
        sheet[2]: "INFO" => "<c r=\"C1\"><f>INFO(\"directory\")&amp;\"TOKEN\"</f><v>1</v></c>",
        sheet[2]: "INDIRECT" => "<c r=\"C1\"><f>INDIRECT(\"TOKEN\")</f><v>1</v></c>",
        sheet[2]: "_xludf" => "<c r=\"C1\"><f>_xludf.TOKEN(1)</f><v>1</v></c>",
        sheet[2]: "CALL" => "<c r=\"C1\"><f>CALL(\"TOKEN\",\"x\",\"x\")</f><v>1</v></c>",
        sheet[2]: "REGISTER.ID" => "<c r=\"C1\"><f>REGISTER.ID(\"TOKEN\",\"x\")</f><v>1</v></c>",
        sheet[2]: "EXEC" => "<c r=\"C1\"><f>EXEC(\"TOKEN\")</f><v>1</v></c>",
        sheet[2]: "DDE as a function" => "<c r=\"C1\"><f>DDE(\"TOKEN\",\"x\",\"x\")</f><v>1</v></c>",
        sheet[2]: "FILTERXML" => "<c r=\"C1\"><f>_xlfn.FILTERXML(\"TOKEN\",\"//a\")</f><v>1</v></c>",
        sheet[2]: "ENCODEURL" => "<c r=\"C1\" t=\"str\"><f>_xlfn.ENCODEURL(\"TOKEN\")</f><v>x</v></c>",
        sheet[2]: "NOW" => "<c r=\"C1\"><f>NOW()+LEN(\"TOKEN\")</f><v>1</v></c>",
        sheet[2]: "TODAY" => "<c r=\"C1\"><f>TODAY()+LEN(\"TOKEN\")</f><v>1</v></c>",
        sheet[2]: "RAND" => "<c r=\"C1\"><f>RAND()+LEN(\"TOKEN\")</f><v>1</v></c>",
        sheet[2]: "a path in a text of a formula" => "<c r=\"C1\"><f>LEN(\"C:\\Users\\TOKEN\")</f><v>1</v></c>",
        sheet[2]: "shared formula that fetches" => "<c r=\"C1\"><f t=\"shared\" si=\"0\" ref=\"C1:D1\">[1]TOKEN!A1</f><v>1</v></c><c r=\"D1\"><f t=\"shared\" si=\"0\"/><v>2</v></c>",
        sheet[2]: "data table" => "<c r=\"C1\"><f t=\"dataTable\" ref=\"C1\" r1=\"TOKEN\"/><v>1</v></c>",
        table[1]: "calculatedColumnFormula" => "<x:x xmlns:x=\"x\"/><calculatedColumnFormula>[1]TOKEN!A1</calculatedColumnFormula>",
    }
}

fn in_looks() -> Vec<Row> {
    rows! {
        styles: "name of a style" => "<cellStyles><cellStyle name=\"TOKEN\" xfId=\"0\"/></cellStyles><extLst/>",
        styles: "xr:uid of a style" => "<cellStyles><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\" xr:uid=\"{TOKEN}\"/></cellStyles><extLst/>",
        styles: "tableStyles" => "<tableStyles defaultTableStyle=\"TOKEN\"><tableStyle name=\"TOKEN\"/></tableStyles>",
        styles: "slicer styles in extLst" => "<extLst><ext uri=\"{TOKEN}\"><x14:slicerStyles defaultSlicerStyle=\"TOKEN\"/></ext></extLst>",
        styles: "mruColors" => "<colors><mruColors><color rgb=\"TOKEN\"/></mruColors></colors>",
        styles: "number format that no cell uses" => "<numFmts><numFmt numFmtId=\"170\" formatCode=\"&quot;TOKEN&quot;\"/></numFmts>",
        styles: "font of one house" => "<dxfs><dxf><font><name val=\"TOKEN\"/></font></dxf></dxfs><extLst/>",
    }
}

fn in_drawings() -> Vec<Row> {
    rows! {
        drawing[0]: "sp macro and textlink" => "macro=\"TOKEN\" textlink=\"TOKEN\"",
        drawing[1]: "a:hlinkClick of a shape" => "<a:hlinkClick r:id=\"rId9\" tooltip=\"TOKEN\"/>",
        drawing[1]: "a16:creationId" => "<a:extLst><a:ext uri=\"{FF2B5EF4}\"><a16:creationId id=\"{TOKEN}\"/></a:ext></a:extLst>",
        drawing[2]: "alternate text, title and name of a shape" => "<xdr:absoluteAnchor><xdr:pos x=\"0\" y=\"0\"/><xdr:ext cx=\"9\" cy=\"9\"/><xdr:cxnSp><xdr:nvCxnSpPr><xdr:cNvPr id=\"7\" name=\"TOKEN\" descr=\"C:\\Users\\TOKEN.png\" title=\"TOKEN\"/><xdr:cNvCxnSpPr/></xdr:nvCxnSpPr><xdr:spPr/></xdr:cxnSp><xdr:clientData/></xdr:absoluteAnchor>",
        drawing[2]: "slicer in an alternative" => "<mc:AlternateContent><mc:Choice Requires=\"a14\"><xdr:oneCellAnchor><x TOKEN=\"\"/></xdr:oneCellAnchor></mc:Choice><mc:Fallback/></mc:AlternateContent>",
        drawing[2]: "graphicFrame macro" => "<xdr:absoluteAnchor><xdr:pos x=\"0\" y=\"0\"/><xdr:ext cx=\"9\" cy=\"9\"/><xdr:graphicFrame macro=\"TOKEN\"><xdr:nvGraphicFramePr><xdr:cNvPr id=\"8\" name=\"\"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart r:id=\"rId2\"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:absoluteAnchor>",
        drawing[2]: "ink" => "<xdr:absoluteAnchor><xdr:pos x=\"0\" y=\"0\"/><xdr:ext cx=\"9\" cy=\"9\"/><xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id=\"8\" name=\"\"/><xdr:cNvGrpSpPr/></xdr:nvGrpSpPr><xdr:grpSpPr/><xdr:contentPart r:id=\"TOKEN\"/></xdr:grpSp><xdr:clientData/></xdr:absoluteAnchor>",
        chart: "c:externalData" => "<c:externalData r:id=\"rId9\"><c:autoUpdate val=\"TOKEN\"/></c:externalData>",
        chart: "c:pivotSource" => "<c:pivotSource><c:name>[TOKEN]One!Pivot</c:name></c:pivotSource>",
        chart: "c:printSettings" => "<c:printSettings><c:headerFooter><c:oddHeader>TOKEN</c:oddHeader></c:headerFooter></c:printSettings>",
        chart: "c:userShapes" => "<c:userShapes r:id=\"rId8\"/><c:lang val=\"TOKEN\"/>",
    }
}

fn in_parts() -> Vec<Row> {
    parts! {
        "docProps/core.xml": "", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml" => "<x><creator>TOKEN</creator></x>",
        "docProps/app.xml": "", "extended-properties", "docProps/app.xml", "extended-properties" => "<Properties><Company>TOKEN</Company></Properties>",
        "docProps/custom.xml": "", "custom-properties", "docProps/custom.xml", "custom-properties" => "<Properties><property name=\"TOKEN\"/></Properties>",
        "docMetadata/LabelInfo.xml": "", "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml", "application/vnd.ms-office.classificationlabels+xml" => "<labelList><label id=\"{TOKEN}\"/></labelList>",
        "thumbnail": "", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail", "docProps/thumbnail.wmf", "image/x-wmf" => "TOKEN",
        "_xmlsignatures": "", "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin", "_xmlsignatures/sig1.xml", "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml" => "<Signature>TOKEN</Signature>",
        "customXml": BOOK, "customXml", "customXml/item1.xml", "application/xml" => "<x>TOKEN</x>",
        "calcChain": BOOK, "calcChain", "xl/calcChain.xml", "spreadsheetml.calcChain" => "<calcChain><c r=\"TOKEN\"/></calcChain>",
        "externalLink": BOOK, "externalLink", "xl/externalLinks/externalLink1.xml", "spreadsheetml.externalLink" => "<externalLink><externalBook><sheetNames><sheetName val=\"TOKEN\"/></sheetNames></externalBook></externalLink>",
        "connections": BOOK, "connections", "xl/connections.xml", "spreadsheetml.connections" => "<connections><connection name=\"TOKEN\"><dbPr connection=\"User ID=TOKEN\"/></connection></connections>",
        "pivotCacheDefinition refreshedBy": BOOK, "pivotCacheDefinition", "xl/pivotCache/pivotCacheDefinition1.xml", "spreadsheetml.pivotCacheDefinition" => "<pivotCacheDefinition refreshedBy=\"TOKEN\"/>",
        "revisionHeaders": BOOK, "revisionHeaders", "xl/revisions/revisionHeaders.xml", "spreadsheetml.revisionHeaders" => "<headers><header userName=\"TOKEN\"/></headers>",
        "usernames": BOOK, "usernames", "xl/revisions/userNames.xml", "spreadsheetml.userNames" => "<users><userInfo name=\"TOKEN\"/></users>",
        "persons": BOOK, "http://schemas.microsoft.com/office/2017/10/relationships/person", "xl/persons/person.xml", "application/vnd.ms-excel.person+xml" => "<personList><person displayName=\"TOKEN\"/></personList>",
        "slicerCache": BOOK, "http://schemas.microsoft.com/office/2007/relationships/slicerCache", "xl/slicerCaches/slicerCache1.xml", "application/vnd.ms-excel.slicerCache+xml" => "<slicerCacheDefinition name=\"TOKEN\"/>",
        "metadata": BOOK, "sheetMetadata", "xl/metadata.xml", "spreadsheetml.sheetMetadata" => "<metadata><x>TOKEN</x></metadata>",
        "richData": BOOK, "http://schemas.microsoft.com/office/2017/06/relationships/rdRichValue", "xl/richData/rdrichvalue.xml", "application/vnd.ms-excel.rdrichvalue+xml" => "<rvData>TOKEN</rvData>",
        "xmlMaps": BOOK, "xmlMaps", "xl/xmlMaps.xml", "application/xml" => "<MapInfo><Schema>TOKEN</Schema></MapInfo>",
        "volatileDependencies": BOOK, "volatileDependencies", "xl/volatileDependencies.xml", "spreadsheetml.volatileDependencies" => "<volTypes><volType><main first=\"TOKEN\"/></volType></volTypes>",
        "comments": SHEET, "comments", "xl/comments1.xml", "spreadsheetml.comments" => "<comments><authors><author>TOKEN</author></authors></comments>",
        "threadedComments": SHEET, "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment", "xl/threadedComments/threadedComment1.xml", "application/vnd.ms-excel.threadedcomments+xml" => "<ThreadedComments><threadedComment><text>TOKEN</text></threadedComment></ThreadedComments>",
        "legacy drawing": SHEET, "vmlDrawing", "xl/drawings/vmlDrawing1.vml", "vmlDrawing" => "<xml>TOKEN</xml>",
        "printerSettings": SHEET, "printerSettings", "xl/printerSettings/printerSettings1.bin", "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings" => "TOKEN",
        "pivotTable": SHEET, "pivotTable", "xl/pivotTables/pivotTable1.xml", "spreadsheetml.pivotTable" => "<pivotTableDefinition name=\"TOKEN\"/>",
        "queryTable": "xl/tables/table1.xml", "queryTable", "xl/queryTables/queryTable1.xml", "spreadsheetml.queryTable" => "<queryTable name=\"TOKEN\"/>",
        "customProperty": SHEET, "customProperty", "xl/customProperty1.bin", "application/vnd.openxmlformats-officedocument.spreadsheetml.customProperty" => "TOKEN",
        "package inside": SHEET, "package", "xl/embeddings/Microsoft_Word_Document1.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "TOKEN",
        "oleObject": SHEET, "oleObject", "xl/embeddings/oleObject1.bin", "application/vnd.openxmlformats-officedocument.oleObject" => "TOKEN",
        "activeX": SHEET, "control", "xl/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml" => "<ocx TOKEN=\"\"/>",
        "chart style": "xl/charts/chart1.xml", "http://schemas.microsoft.com/office/2011/relationships/chartStyle", "xl/charts/style1.xml", "application/vnd.ms-office.chartstyle+xml" => "<chartStyle>TOKEN</chartStyle>",
        "workbook of a chart": "xl/charts/chart1.xml", "package", "xl/embeddings/Microsoft_Excel_Sheet1.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "TOKEN",
        "userShapes of a chart": "xl/charts/chart1.xml", "chartUserShapes", "xl/drawings/drawing9.xml", "drawingml.chartshapes" => "<c:userShapes xmlns:c=\"c\">TOKEN</c:userShapes>",
    }
}

fn row(place: &'static str, plant: fn(&Token) -> Vec<u8>, outcome: Outcome) -> Row {
    Row { kind: Kind::Xlsx, place, plant, outcome }
}

fn other() -> Vec<Row> {
    vec![
        row(
            "comment of a name that a formula uses",
            |token| {
                let mut slots = Slots::default();
                slots.book[2] = "<definedNames><definedName name=\"rate\" comment=\"TOKEN\" \
                    description=\"TOKEN\">One!$B$1</definedName></definedNames>"
                    .to_owned();
                slots.sheet[2] = "<c r=\"C1\"><f>rate*2</f><v>4</v></c>".to_owned();
                workbook(token, &slots).bytes()
            },
            Outcome::Cleaned,
        ),
        row(
            "cell under another",
            |token| {
                let mut slots = Slots::default();
                slots.sheet[2] = "<c r=\"C1\"><v>1</v></c><c r=\"D1\" t=\"inlineStr\"><is>\
                    <t>TOKEN</t></is></c>"
                    .to_owned();
                slots.sheet[3] = "<mergeCells><mergeCell ref=\"C1:D1\"/></mergeCells>".to_owned();
                workbook(token, &slots).bytes()
            },
            Outcome::Cleaned,
        ),
        row(
            "hyperlink that leads out",
            |token| {
                let links = "<hyperlinks><hyperlink ref=\"A1\" r:id=\"rId9\"/></hyperlinks>";
                let mut slots = Slots::default();
                links.clone_into(&mut slots.sheet[3]);
                let mut package = workbook(token, &slots);
                package.relate(SHEET, "rId9", "hyperlink", &filled("http://x.test/TOKEN", token));
                package.bytes()
            },
            Outcome::Cleaned,
        ),
        row(
            "external link to a share",
            |token| {
                let mut package = workbook(token, &Slots::default());
                package.relate(
                    BOOK,
                    "rId9",
                    "attachedToolbars",
                    &filled("\\\\server\\TOKEN", token),
                );
                package.bytes()
            },
            Outcome::Cleaned,
        ),
        row(
            "Exif and comments of a picture",
            |token| {
                let picture = "<xdr:absoluteAnchor><xdr:pos x=\"0\" y=\"0\"/><xdr:ext cx=\"9\" cy=\"9\"/>\
                    <xdr:pic><xdr:nvPicPr><xdr:cNvPr id=\"7\" name=\"\"/><xdr:cNvPicPr/></xdr:nvPicPr>\
                    <xdr:blipFill><a:blip r:embed=\"rId7\"/></xdr:blipFill><xdr:spPr/></xdr:pic>\
                    <xdr:clientData/></xdr:absoluteAnchor>";
                let mut slots = Slots::default();
                picture.clone_into(&mut slots.drawing[2]);
                let mut package = workbook(token, &slots);
                package.relate(DRAWING, "rId7", "image", "../media/image7.jpeg");
                package.part("xl/media/image7.jpeg", "image/jpeg", photo(token));
                package.bytes()
            },
            Outcome::Cleaned,
        ),
        row(
            "name of a theme",
            |token| {
                let mut package = workbook(token, &Slots::default());
                package.relate(BOOK, "rId9", "theme", "theme/theme1.xml");
                let theme = format!(
                    "<a:theme {SPACES} name=\"TOKEN\"><a:themeElements><a:clrScheme name=\"TOKEN\"/>\
                     </a:themeElements></a:theme>"
                );
                package.part("xl/theme/theme1.xml", "theme", filled(&theme, token));
                package.bytes()
            },
            Outcome::Cleaned,
        ),
        row(
            "macros of Excel 4",
            |token| {
                let mut package = workbook(token, &Slots::default());
                let sheet = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet";
                package.relate(BOOK, "rId9", sheet, "macrosheets/sheet1.xml");
                let macros = "application/vnd.ms-excel.macrosheet+xml";
                package.part("xl/macrosheets/sheet1.xml", macros, filled("<x>TOKEN</x>", token));
                package.bytes()
            },
            Outcome::Refused(Refusal::Feature(Feature::Macros)),
        ),
    ]
}

pub(super) fn lists() -> Vec<List> {
    crate::xlsx::lists()
        .into_iter()
        .map(|(name, forbidden)| List { name, forbidden, kinds: &[Kind::Xlsx] })
        .collect()
}
