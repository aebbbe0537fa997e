//! What is kept of a document, what becomes of the rest, and what is refused.

use sluse_sanitizers::refusal::{Damage, Feature, Limit};
use sluse_sanitizers::{Category, Change, Kind, Refusal, Warning};

use crate::cleaning::{clean, clean_with_report};
use crate::opendocument::build::{content, document, member, package, sheet, text};
use crate::programs::{printed, python};

/// Names, dates, systems and comments of all members.
const MEMBERS: &str = r"
import sys, zipfile
from xml.dom import minidom
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
for one in archive.infolist():
    print(one.filename, one.date_time, one.create_system, one.extra, one.comment)
    if one.filename.endswith('.xml'): minidom.parseString(archive.read(one))
";

const LETTER: &str = "<text:h text:outline-level='1'>Tanken</text:h><text:p text:style-name='P1'>Den \
    <text:span text:style-name='T1'>lækker</text:span>, skrev \
    <text:author-name>Anna</text:author-name>.</text:p><text:list><text:list-item><text:p>En</text:p>\
    </text:list-item></text:list>";
const STYLES: &str = "<style:style style:name='P1' style:family='paragraph'>\
    <style:paragraph-properties fo:text-align='center'/></style:style><style:style style:name='T1' \
    style:family='text'><style:text-properties fo:font-weight='bold'/></style:style>";

#[test]
fn another_reader_finds_these_members_and_no_others() {
    let copy = clean(&text(STYLES, LETTER));
    let expected = ["mimetype", "META-INF/manifest.xml", "content.xml"]
        .map(|name| format!("{name} (1980, 1, 1, 0, 0, 0) 0 b'' b''\n"));
    assert_eq!(python(MEMBERS, &copy), expected.concat());
}

#[test]
fn libreoffice_prints_the_same_words() {
    // In the original, the field would ask for the name of whoever opens it.
    let letter = LETTER.replace("<text:author-name>", "").replace("</text:author-name>", "");
    let original = text(STYLES, &letter);
    let words = printed(&[("odt", &original), ("odt", &clean(&original))]);
    assert!(words[0].as_ref().is_some_and(|words| words.contains("lækker, skrev Anna")));
    assert_eq!(words[0], words[1]);
}

#[test]
fn the_same_text_of_two_people_gives_the_same_copy() {
    let other = text(
        &STYLES.replace("'P1'", "'Anna'").replace("'T1'", "'Bo'"),
        &LETTER
            .replace("'P1'", "'Anna'")
            .replace("'T1'", "'Bo'")
            .replace("<text:p>", "<text:p xmlns:o='urn:x' o:rsid='0012ab'>"),
    );
    assert_eq!(clean(&other), clean(&text(STYLES, LETTER)));
}

#[test]
fn where_a_program_was_set_up_is_not_told() {
    let styles = |locale: &str| {
        STYLES.replace("fo:font-weight='bold'", &format!("fo:font-weight='bold' {locale}"))
    };
    let locale = "fo:language='da' fo:country='DK' fo:script='Latn' style:language-asian='zh' \
        style:country-asian='CN' style:script-asian='Hans' style:language-complex='ar' \
        style:country-complex='SA' style:script-complex='Arab'";
    let (copy, report) = clean_with_report(&text(&styles(locale), LETTER)).unwrap();
    assert_eq!(copy, clean(&text(STYLES, LETTER)));
    let told = report.findings.iter().find(|one| one.category == Category::Location);
    assert_eq!(told.map(|one| one.count), Some(9));
}

#[test]
fn a_background_that_is_none_and_the_script_of_a_style_are_no_reason_to_refuse() {
    let styles = STYLES.replace("fo:font-weight='bold'", "style:script-type='latin'").replace(
        "fo:text-align='center'/>",
        "><style:background-image/></style:paragraph-properties>",
    );
    let part = member(&clean(&text(&styles, LETTER)), "content.xml");
    assert!(part.contains("style:script-type=\"latin\""), "{part}");
}

#[test]
fn templates_become_the_documents_they_make() {
    let part = content(STYLES, &format!("<office:text>{LETTER}</office:text>"));
    assert_eq!(clean(&document("text-template", &part)), clean(&text(STYLES, LETTER)));
}

#[test]
fn tracked_changes_are_accepted() {
    let body = "<text:tracked-changes><text:changed-region text:id='a'><text:deletion><text:p>gone\
        </text:p></text:deletion></text:changed-region><text:changed-region text:id='b'>\
        <text:insertion/></text:changed-region></text:tracked-changes><text:p>It <text:change \
        text:change-id='a'/><text:change-start text:change-id='b'/>leaks<text:change-end \
        text:change-id='b'/>.</text:p>";
    let (copy, report) = clean_with_report(&text("", body)).unwrap();
    assert_eq!(report.changes, [Change::TrackedChangesAccepted]);
    assert!(member(&copy, "content.xml").contains("<text:p>It leaks.</text:p>"));
}

#[test]
fn links_fields_and_forms_become_what_they_show() {
    let body = "<office:forms><form:form xmlns:form='urn:oasis:names:tc:opendocument:xmlns:form:1.0'>\
        <form:text form:id='c' form:current-value='Anna'/></form:form></office:forms><text:p>\
        <text:a xlink:href='http://x.test'>there</text:a> <text:page-number>7</text:page-number> \
        <text:date>today</text:date></text:p><draw:control draw:control='c' svg:width='1cm' \
        svg:height='1cm' text:anchor-type='page'/>";
    let (copy, report) = clean_with_report(&text("", body)).unwrap();
    assert_eq!(report.changes, [Change::FormFlattened, Change::LinksRemoved]);
    let words = member(&copy, "content.xml");
    assert!(words.contains("there <text:page-number>7</text:page-number> today"), "{words}");
    assert!(words.contains("<draw:text-box><text:p>Anna</text:p></draw:text-box>"), "{words}");
}

#[test]
fn formulas_that_reach_outside_become_their_value() {
    let cell = |formula: &str| {
        sheet(&format!(
            "<table:table-row><table:table-cell table:formula='{formula}' \
             office:value-type='float' office:value='3'><text:p>3</text:p></table:table-cell>\
             </table:table-row>"
        ))
    };
    let (copy, report) = clean_with_report(&cell("of:=SUM([.B1:.B2])")).unwrap();
    assert_eq!((report.kind, report.changes.len()), (Kind::Ods, 0));
    assert!(member(&copy, "content.xml").contains("table:formula=\"of:=SUM([.B1:.B2])\""));
    let words = "of:=IF([.B1]=&quot;Indirect, &apos;#&quot;;1;2)";
    let part = member(&clean(&cell(words)), "content.xml");
    assert!(part.contains("Indirect, '#"), "words are not what a formula does: {part}");
    let (copy, report) = clean_with_report(&cell("of:=WEBSERVICE([.B1])")).unwrap();
    assert_eq!(report.changes, [Change::FormulasStopped]);
    let part = member(&copy, "content.xml");
    assert!(!part.contains("formula") && part.contains("office:value=\"3\""));
}

#[test]
fn hidden_rows_and_layers_are_warned_of() {
    let row = "<table:table-row table:visibility='collapse'><table:table-cell><text:p>a</text:p>\
        </table:table-cell></table:table-row>";
    assert_eq!(clean_with_report(&sheet(row)).unwrap().1.warnings, [Warning::HiddenParts]);
}

#[test]
fn cells_under_others_and_words_that_nobody_can_read_are_warned_of() {
    let row = "<table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>a</text:p>\
        </table:table-cell><table:covered-table-cell><text:p>b</text:p></table:covered-table-cell>\
        </table:table-row>";
    assert_eq!(clean_with_report(&sheet(row)).unwrap().1.warnings, [Warning::HiddenParts]);
    for look in ["fo:color='#FFFFFF'", "fo:font-size='1pt'"] {
        let styles = format!(
            "<style:style style:name='T' style:family='text'><style:text-properties {look}/>\
             </style:style>"
        );
        let body = "<text:p>a<text:span text:style-name='T'>b</text:span></text:p>";
        assert_eq!(
            clean_with_report(&text(&styles, body)).unwrap().1.warnings,
            [Warning::HiddenText]
        );
        let unused = clean_with_report(&text(&styles, "<text:p>a</text:p>")).unwrap().1;
        assert_eq!(unused.warnings, []);
    }
}

#[test]
fn hidden_words_are_gone_and_counted() {
    let styles = "<style:style style:name='H' style:family='text'><style:text-properties \
        text:display='none'/></style:style><style:style style:name='I' style:family='text' \
        style:parent-style-name='H'/>";
    let body = "<text:p>Seen<text:span text:style-name='I'>unseen</text:span></text:p>";
    let (copy, report) = clean_with_report(&text(styles, body)).unwrap();
    assert_eq!(report.changes, [Change::HiddenTextRemoved]);
    assert!(member(&copy, "content.xml").contains("<text:p>Seen</text:p>"));
}

#[test]
fn damaged_and_protected_documents_are_refused() {
    let kind: &[u8] = b"application/vnd.oasis.opendocument.text";
    let with = |content: &str| {
        let file = package(&[("mimetype", kind), ("content.xml", content.as_bytes())]);
        clean_with_report(&file).unwrap_err()
    };
    assert_eq!(with("<a"), Refusal::Damaged(Damage::Value));
    assert_eq!(with("<a/>"), Refusal::Damaged(Damage::Value));
    assert_eq!(
        with("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
        Refusal::Feature(Feature::Construct)
    );
    assert_eq!(
        with("<?xml version='1.0' encoding='latin1'?><a/>"),
        Refusal::Damaged(Damage::Encoding)
    );
    let list = b"<m><file-entry><encryption-data/></file-entry></m>";
    let file = package(&[("mimetype", kind), ("META-INF/manifest.xml", list)]);
    assert_eq!(clean_with_report(&file).unwrap_err(), Refusal::Password);
    let file = package(&[("mimetype", kind)]);
    assert_eq!(clean_with_report(&file).unwrap_err(), Refusal::Damaged(Damage::Missing));
}

#[test]
fn deep_and_endless_documents_are_refused() {
    let deep = format!("{}{}", "<text:section>".repeat(300), "</text:section>".repeat(300));
    assert_eq!(clean_with_report(&text("", &deep)).unwrap_err(), Refusal::Limit(Limit::Depth));
    let many: Vec<String> = (0..2000).map(|number| format!("a{number}=''")).collect();
    let many = format!("<text:p {}/>", many.join(" "));
    assert_eq!(clean_with_report(&text("", &many)).unwrap_err(), Refusal::Limit(Limit::Parts));
}
