//! Workbooks.

use sluse_sanitizers::refusal::{Damage, Feature};
use sluse_sanitizers::{Change, Kind, Refusal, Warning};

use crate::cleaning::{clean, clean_with_report};
use crate::office::corpus::real_files_show_the_same;
use crate::office::damage::survives_damage;
use crate::office::package::package;
use crate::office::witness::{member, words};

const SPACES: &str = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' \
    xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";

/// A workbook with these sheets (attributes of the entry, content of the sheet), strings, and
/// what stands behind the sheets in the workbook.
fn workbook(sheets: &[(&str, &str)], strings: &[&str], behind: &str) -> Vec<u8> {
    let mut entries = String::new();
    let mut parts = Vec::new();
    let mut relations = vec![
        ["", "rId1", "officeDocument", "xl/workbook.xml"].map(str::to_owned),
        ["xl/workbook.xml", "rIdS", "sharedStrings", "xl/sharedStrings.xml"].map(str::to_owned),
    ];
    for (number, (entry, content)) in sheets.iter().enumerate() {
        let one = format!("<sheet sheetId='{}' r:id='rId{number}' {entry}/>", number + 1);
        entries.push_str(&one);
        let name = format!("xl/worksheets/s{number}.xml");
        let [book, kind] = ["xl/workbook.xml", "worksheet"].map(str::to_owned);
        relations.push([book, format!("rId{number}"), kind, name.clone()]);
        let sheet = format!("<worksheet {SPACES}>{content}</worksheet>");
        parts.push((name, "spreadsheetml.worksheet", sheet));
    }
    let book = format!("<workbook {SPACES}><sheets>{entries}</sheets>{behind}</workbook>");
    parts.push(("xl/workbook.xml".to_owned(), "spreadsheetml.sheet.main", book));
    let all: Vec<_> = strings.iter().map(|string| format!("<si><t>{string}</t></si>")).collect();
    let all = all.concat();
    let table = format!("<sst {SPACES}>{all}</sst>");
    parts.push(("xl/sharedStrings.xml".to_owned(), "spreadsheetml.sharedStrings", table));
    let parts: Vec<_> = parts.iter().map(|(name, kind, text)| (&**name, *kind, &**text)).collect();
    let relations: Vec<[&str; 4]> =
        relations.iter().map(|one| one.each_ref().map(|word| &**word)).collect();
    package(&parts, &relations)
}

fn one_sheet(cells: &str) -> Vec<u8> {
    let sheet = format!("<sheetData><row r='1'>{cells}</row></sheetData>");
    workbook(&[("name='One'", &sheet)], &["first", "second"], "")
}

fn sheet_of(copy: &[u8]) -> String {
    member(copy, "xl/worksheets/sheet1.xml")
}

#[test]
fn formulas_that_only_calculate_stay_and_others_become_what_they_showed() {
    let file = one_sheet(
        "<c r='A1'><v>2</v></c><c r='B1'><f>SUM(A1,3)</f><v>5</v></c>\
         <c r='C1' t='str'><f>HYPERLINK(\"http://x.test\",\"here\")</f><v>here</v></c>",
    );
    let (copy, report) = clean_with_report(&file).unwrap();
    let sheet = sheet_of(&copy);
    assert!(sheet.contains("<f>SUM(A1,3)</f>"), "{sheet}");
    assert!(!sheet.contains("HYPERLINK") && sheet.contains("<v>here</v>"), "{sheet}");
    assert!(report.changes.contains(&Change::FormulasStopped));
    let shown = words(&[("xlsx", &file), ("xlsx", &copy)]);
    assert_eq!(shown[0].as_deref(), Some("2 5 here"));
    assert_eq!(shown[0], shown[1]);
}

#[test]
fn names_stay_where_formulas_use_them() {
    let cells = "<sheetData><row r='1'><c r='A1'><f>rate*2</f><v>0</v></c></row></sheetData>";
    let names = "<definedNames><definedName name='rate'>One!$B$1</definedName>\
        <definedName name='anna'>One!$B$2</definedName>\
        <definedName name='_xlnm.Print_Area' localSheetId='0'>One!$A$1</definedName>\
        </definedNames>";
    let copy = clean(&workbook(&[("name='One'", cells)], &[], names));
    let book = member(&copy, "xl/workbook.xml");
    assert!(book.contains("<definedName name=\"rate\">One!$B$1</definedName>"), "{book}");
    assert!(!book.contains("anna") && book.contains("Print_Area"), "{book}");
}

#[test]
fn the_order_in_which_words_were_typed_is_gone() {
    let cells = |numbers: [u32; 2]| {
        let [one, other] = numbers;
        format!(
            "<sheetData><row r='1'><c r='A1' t='s'><v>{one}</v></c>\
             <c r='B1' t='s'><v>{other}</v></c></row></sheetData>"
        )
    };
    let of = |numbers, strings: &[&str]| {
        clean(&workbook(&[("name='One'", &cells(numbers))], strings, ""))
    };
    let copy = of([0, 1], &["a", "b"]);
    assert_eq!(copy, of([2, 0], &["b", "what was taken out", "a"]));
    let strings = member(&copy, "xl/sharedStrings.xml");
    assert!(strings.ends_with("<si><t>a</t></si><si><t>b</t></si></sst>"), "{strings}");
}

#[test]
fn hidden_sheets_rows_and_columns_stay_and_are_warned_of() {
    let plain = "<sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData>";
    let row = plain.replace("<row ", "<row hidden='1' ");
    let column = format!("<cols><col min='1' max='1' hidden='1'/></cols>{plain}");
    let warnings = |entry: &str, sheet: &str| {
        let file = workbook(&[("name='One'", plain), (entry, sheet)], &[], "");
        clean_with_report(&file).unwrap().1.warnings
    };
    assert_eq!(warnings("name='Two'", plain), []);
    for state in ["hidden", "veryHidden"] {
        let entry = format!("name='Two' state='{state}'");
        assert_eq!(warnings(&entry, plain), [Warning::HiddenParts]);
    }
    assert_eq!(warnings("name='Two'", &row), [Warning::HiddenParts]);
    assert_eq!(warnings("name='Two'", &column), [Warning::HiddenParts]);
}

#[test]
fn what_a_format_or_a_size_hides_is_warned_of() {
    let row = "<sheetData><row r='1' ht='0'><c r='A1'><v>1</v></c></row></sheetData>";
    let file = workbook(&[("name='One'", row)], &[], "");
    assert_eq!(clean_with_report(&file).unwrap().1.warnings, [Warning::HiddenParts]);
    let marked = workbook(
        &[("name='One'", "<sheetData><row><c t='s'><v>0</v></c></row></sheetData>")],
        &["a\u{200B}b"],
        "",
    );
    assert_eq!(clean_with_report(&marked).unwrap().1.warnings, [Warning::InvisibleCharacters]);
}

#[test]
fn damaged_workbooks_are_refused_or_clean() {
    let cells = "<c r='A1' t='s'><v>0</v></c><c r='B1'><f>SUM(C1)</f><v>1</v></c>";
    survives_damage(&one_sheet(cells), 300);
}

#[test]
fn the_first_sheet_that_can_be_seen_is_shown() {
    let plain = "<sheetData/>";
    let file = workbook(&[("name='One' state='hidden'", plain), ("name='Two'", plain)], &[], "");
    let book = member(&clean(&file), "xl/workbook.xml");
    assert!(book.contains("<workbookView activeTab=\"1\"/>"), "{book}");
}

#[test]
fn the_same_cells_from_two_programs_give_the_same_copy() {
    let cells = "<c r='A1' s='0'><v>1</v></c>";
    let file = one_sheet(cells);
    let sheet = format!(
        "<sheetPr codeName='Ark1'/><dimension ref='A1'/><sheetData><row r='1' spans='1:1'>{cells}\
         </row></sheetData><pageMargins left='1' right='1' top='1' bottom='1' header='1' \
         footer='1'/>"
    );
    let other = workbook(&[("name='One'", &sheet)], &["first", "second"], "<calcPr calcId='1'/>");
    let margins = member(&clean(&other), "xl/worksheets/sheet1.xml");
    assert!(margins.contains("<pageMargins"), "{margins}");
    let without = sheet
        .replace("<pageMargins left='1' right='1' top='1' bottom='1' header='1' footer='1'/>", "");
    assert_eq!(clean(&workbook(&[("name='One'", &without)], &[], "")), clean(&file));
}

#[test]
fn what_two_programs_could_read_in_two_ways_is_refused() {
    let refused = |file: Vec<u8>| clean_with_report(&file).unwrap_err();
    let plain = "<sheetData/>";
    let twins = workbook(&[("name='One'", plain), ("name='ONE'", plain)], &[], "");
    assert_eq!(refused(twins), Refusal::Damaged(Damage::Value));
    for cell in [
        "<c r='A1' t='s'><v>x</v></c>",
        "<c r='A1'><v>1 and a word</v></c>",
        "<c r='A1' t='b'><v>maybe</v></c>",
        "<c r='A1' t='d'><v>today</v></c>",
        "<c r='A1' t='unknown'><v>1</v></c>",
    ] {
        assert_eq!(refused(one_sheet(cell)), Refusal::Damaged(Damage::Value), "{cell}");
    }
    // A string that is not there.
    assert_eq!(refused(one_sheet("<c r='A1' t='s'><v>7</v></c>")), Refusal::Verification);
}

#[test]
fn programs_inside_of_a_workbook_are_refused() {
    let parts =
        [("xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml", "<x/>")];
    let file = package(&parts, &[["", "rId1", "officeDocument", "xl/workbook.xml"]]);
    assert_eq!(clean_with_report(&file).unwrap_err(), Refusal::Feature(Feature::Macros));
}

#[test]
fn a_rule_for_many_cells_stays() {
    let places: Vec<String> = (1..2_000).map(|row| format!("A{}", row * 2)).collect();
    let sheet = format!(
        "<sheetData/><conditionalFormatting sqref='{}'><cfRule type='cellIs' priority='1' \
         operator='equal'><formula>1</formula></cfRule></conditionalFormatting>",
        places.join(" ")
    );
    let copy = clean(&workbook(&[("name='One'", &sheet)], &[], ""));
    assert!(sheet_of(&copy).contains("A3998"));
}

#[test]
fn a_template_becomes_a_workbook() {
    let book = format!(
        "<workbook {SPACES}><sheets><sheet name='A' sheetId='1' r:id='r'/></sheets></workbook>"
    );
    let sheet = format!("<worksheet {SPACES}><sheetData/></worksheet>");
    let parts = [
        ("xl/workbook.xml", "spreadsheetml.template.main", &*book),
        ("xl/worksheets/sheet1.xml", "spreadsheetml.worksheet", &*sheet),
    ];
    let relations = [
        ["", "rId1", "officeDocument", "xl/workbook.xml"],
        ["xl/workbook.xml", "r", "worksheet", "xl/worksheets/sheet1.xml"],
    ];
    let copy = clean(&package(&parts, &relations));
    assert!(member(&copy, "[Content_Types].xml").contains("spreadsheetml.sheet.main"));
}

#[test]
fn errors_of_other_programs_become_one_that_all_know() {
    let cells = "<c r='A1' t='e'><f>B1</f><v>Err:522</v></c><c r='B1' t='e'><v>#FIELD!</v></c>";
    let sheet = sheet_of(&clean(&one_sheet(cells)));
    assert!(sheet.contains("<v>#VALUE!</v>") && sheet.contains("<v>#FIELD!</v>"), "{sheet}");
}

#[test]
fn cells_of_a_choice_are_counted_with_all_others() {
    let sheet = "<mc:AlternateContent \
        xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><mc:Fallback>\
        <sheetData><row r='1'><c r='A1' t='s'><v>1</v></c></row></sheetData></mc:Fallback>\
        </mc:AlternateContent>";
    let copy = clean(&workbook(&[("name='One'", sheet)], &["first", "second"], ""));
    assert!(member(&copy, "xl/sharedStrings.xml").contains("<si><t>second</t></si></sst>"));
}

#[test]
fn values_are_spelt_in_one_way() {
    let sheet = sheet_of(&clean(&one_sheet("<c r='A1'><v>1.50</v></c><c r='B1'><v>1E+3</v></c>")));
    assert!(sheet.contains("<v>1.5</v>") && sheet.contains("<v>1000</v>"), "{sheet}");
}

#[test]
fn cells_under_others_are_emptied_and_that_is_said() {
    let sheet = "<sheetData><row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row><row r='2'>\
        <c r='A2'><v>3</v></c><c r='C2'><v>4</v></c></row></sheetData><mergeCells><mergeCell \
        ref='A1:B2'/></mergeCells>";
    let (copy, report) = clean_with_report(&workbook(&[("name='One'", sheet)], &[], "")).unwrap();
    let sheet = sheet_of(&copy);
    assert!(sheet.contains("<v>1</v>") && sheet.contains("<v>4</v>"), "{sheet}");
    assert!(!sheet.contains("<v>2</v>") && !sheet.contains("<v>3</v>"), "{sheet}");
    assert_eq!(report.changes, [Change::HiddenTextRemoved]);
}

#[test]
fn what_a_sheet_loses_besides_is_said() {
    let changes = |behind: &str| {
        let sheet = format!("<sheetData/>{behind}");
        clean_with_report(&workbook(&[("name='One'", &sheet)], &[], "")).unwrap().1.changes
    };
    assert_eq!(changes("<legacyDrawingHF r:id='x'/>"), [Change::PartsRemoved]);
    let rule = "<dataValidations><dataValidation sqref='A1' prompt='Fill in'/></dataValidations>";
    assert_eq!(changes(rule), [Change::PartsRemoved]);
    let font = "<headerFooter><oddHeader>&amp;\"Acme Sans,Fed\"a</oddHeader></headerFooter>";
    assert_eq!(changes(font), [Change::FontsReplaced]);
}

/// A workbook with these looks, of which its one cell has the second.
fn with_looks(looks: &str) -> Vec<u8> {
    let book = format!(
        "<workbook {SPACES}><sheets><sheet name='A' sheetId='1' r:id='r'/></sheets></workbook>"
    );
    let sheet = format!(
        "<worksheet {SPACES}><sheetData><row r='1'><c r='A1' s='1'><v>1</v></c></row></sheetData>\
         </worksheet>"
    );
    let looks = format!("<styleSheet {SPACES}>{looks}</styleSheet>");
    let parts = [
        ("xl/workbook.xml", "spreadsheetml.sheet.main", &*book),
        ("xl/styles.xml", "spreadsheetml.styles", &*looks),
        ("xl/worksheets/sheet1.xml", "spreadsheetml.worksheet", &*sheet),
    ];
    let relations = [
        ["", "rId1", "officeDocument", "xl/workbook.xml"],
        ["xl/workbook.xml", "s", "styles", "xl/styles.xml"],
        ["xl/workbook.xml", "r", "worksheet", "xl/worksheets/sheet1.xml"],
    ];
    package(&parts, &relations)
}

#[test]
fn looks_that_show_nothing_are_warned_of() {
    let format = "<numFmts><numFmt numFmtId='164' formatCode='&quot;&quot;;&quot;&quot;'/></numFmts>\
        <cellXfs><xf/><xf numFmtId='164'/></cellXfs>";
    let font = |inner: &str| {
        format!(
            "<fonts><font/><font>{inner}</font></fonts><cellXfs><xf/><xf fontId='1'/></cellXfs>"
        )
    };
    let [white, tiny, plain] =
        ["<color rgb='FFFFFFFF'/>", "<sz val='1'/>", "<color rgb='FF000000'/>"].map(font);
    let warnings = |looks: &str| clean_with_report(&with_looks(looks)).unwrap().1.warnings;
    for looks in [format, &white, &tiny] {
        assert_eq!(warnings(looks), [Warning::HiddenText], "{looks}");
    }
    assert_eq!(warnings(&plain), []);
}

#[test]
fn of_two_formats_with_one_number_one_stays() {
    let looks = "<numFmts><numFmt numFmtId='164' formatCode='0&quot;anna&quot;'/><numFmt \
        numFmtId='164' formatCode='0.00'/></numFmts><cellXfs><xf/><xf numFmtId='164'/></cellXfs>";
    let styles = member(&clean(&with_looks(looks)), "xl/styles.xml");
    assert!(styles.contains("0.00") && !styles.contains("anna"), "{styles}");
}

#[test]
fn tables_are_counted_in_the_order_of_their_sheet() {
    let table = |name: &str, cells: &str| {
        format!(
            "<table {SPACES} id='1' name='{name}' displayName='{name}' ref='{cells}'>\
             <tableColumns count='1'><tableColumn id='1' name='a'/></tableColumns></table>"
        )
    };
    let [people, money] = [table("People", "A1:A2"), table("Money", "C1:C2")];
    let book = format!(
        "<workbook {SPACES}><sheets><sheet name='A' sheetId='1' r:id='r'/></sheets></workbook>"
    );
    let sheet = format!(
        "<worksheet {SPACES}><sheetData><row r='1'><c r='E1'><f>SUM(People[a])</f><v>1</v></c></row>\
         </sheetData><tableParts><tablePart r:id='p'/><tablePart r:id='m'/></tableParts></worksheet>"
    );
    let parts = [
        ("xl/workbook.xml", "spreadsheetml.sheet.main", &*book),
        ("xl/worksheets/sheet1.xml", "spreadsheetml.worksheet", &*sheet),
        ("xl/tables/a.xml", "spreadsheetml.table", &*people),
        ("xl/tables/b.xml", "spreadsheetml.table", &*money),
    ];
    let copy = |order: [[&str; 2]; 2]| {
        let main = ["", "rId1", "officeDocument", "xl/workbook.xml"];
        let of_book = ["xl/workbook.xml", "r", "worksheet", "xl/worksheets/sheet1.xml"];
        let [one, two] = order.map(|[id, part]| ["xl/worksheets/sheet1.xml", id, "table", part]);
        clean(&package(&parts, &[main, of_book, one, two]))
    };
    let (people, money) = (["p", "xl/tables/a.xml"], ["m", "xl/tables/b.xml"]);
    let one = copy([money, people]);
    assert_eq!(one, copy([people, money]));
    assert_eq!(clean(&one), one);
}

/// A workbook with a chart of what this formula names.
fn with_chart(formula: &str) -> Vec<u8> {
    let drawing = "xmlns:xdr='http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing' \
        xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'";
    let chart = "xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart'";
    let relations = "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";
    let book = format!(
        "<workbook {SPACES}><sheets><sheet name='One' sheetId='1' r:id='r'/></sheets>\
         <definedNames><definedName name='anna'>One!$A$1</definedName></definedNames></workbook>"
    );
    let sheet = format!(
        "<worksheet {SPACES}><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData>\
         <drawing r:id='d'/></worksheet>"
    );
    let place = "<xdr:pos x='0' y='0'/><xdr:ext cx='9' cy='9'/>";
    let uri = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    let shapes = format!(
        "<xdr:wsDr {drawing} {chart} {relations}><xdr:absoluteAnchor>{place}<xdr:graphicFrame>\
         <xdr:nvGraphicFramePr><xdr:cNvPr id='1' name=''/><xdr:cNvGraphicFramePr/>\
         </xdr:nvGraphicFramePr><xdr:xfrm/><a:graphic><a:graphicData uri='{uri}'><c:chart r:id='c'/>\
         </a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:absoluteAnchor>\
         </xdr:wsDr>"
    );
    let chart = format!(
        "<c:chartSpace {chart}><c:chart><c:plotArea><c:barChart><c:ser><c:val><c:numRef><c:f>{formula}\
         </c:f><c:numCache><c:ptCount val='1'/><c:pt idx='0'><c:v>1</c:v></c:pt></c:numCache>\
         </c:numRef></c:val></c:ser><c:axId val='712345678'/></c:barChart><c:valAx>\
         <c:axId val='712345678'/><c:crossAx val='698765432'/></c:valAx></c:plotArea></c:chart>\
         </c:chartSpace>"
    );
    let parts = [
        ("xl/workbook.xml", "spreadsheetml.sheet.main", &*book),
        ("xl/worksheets/sheet1.xml", "spreadsheetml.worksheet", &*sheet),
        ("xl/drawings/drawing1.xml", "drawing", &*shapes),
        ("xl/charts/chart1.xml", "drawingml.chart", &*chart),
    ];
    let relations = [
        ["", "rId1", "officeDocument", "xl/workbook.xml"],
        ["xl/workbook.xml", "r", "worksheet", "xl/worksheets/sheet1.xml"],
        ["xl/worksheets/sheet1.xml", "d", "drawing", "xl/drawings/drawing1.xml"],
        ["xl/drawings/drawing1.xml", "c", "chart", "xl/charts/chart1.xml"],
    ];
    package(&parts, &relations)
}

#[test]
fn a_chart_has_numbers_instead_of_names_and_texts() {
    for formula in ["One!anna", "\"anna\""] {
        let copy = clean(&with_chart(formula));
        let chart = member(&copy, "xl/charts/chart1.xml");
        assert!(!chart.contains("anna") && chart.contains("<c:numLit>"), "{chart}");
        assert_eq!(clean(&copy), copy);
    }
    let chart = member(&clean(&with_chart("One!$A$1")), "xl/charts/chart1.xml");
    assert!(chart.contains("<c:f>One!$A$1</c:f>"), "{chart}");
    assert!(chart.contains("<c:axId val=\"1\"/><c:crossAx val=\"2\"/>"), "{chart}");
}

#[test]
fn real_workbooks_show_the_same() {
    real_files_show_the_same(&["xlsx", "xltx"], Kind::Xlsx, &OTHER);
}

/// Files of which `LibreOffice` shows something else, and why.
const OTHER: [&str; 7] = [
    // It prints comments.
    "testComment.xlsx",
    // Words of a link are not cut off where the cell ends, those of a cell are.
    "testEXCEL_hyperlinks.xlsx",
    // Words in pictures of files inside, which are in a format that is not cleaned.
    "testEXCEL_embeddedPDF_windows.xlsx",
    "testEXCEL_embeded.xlsx",
    "testExcel_embeddedPDF.xlsx",
    "testMSChart-govdocs-428996.xlsx",
    "testWPSAttachment.xlsx",
];
