//! Hiding places of `OpenDocument`.

mod build;
mod parts;

use super::neighbours::List;
use super::{Outcome, Row, Token};
use crate::opendocument::{ANYWHERE, FUNCTIONS, KEPT, OF_ELEMENT};
use crate::refusal::{Damage, Feature};
use crate::{Kind, Refusal};
use build::Document;

/// The kinds that share one vocabulary.
const KINDS: [Kind; 4] = [Kind::Odg, Kind::Odp, Kind::Ods, Kind::Odt];

macro_rules! rows {
    ($($kind:ident $part:ident: $place:literal => $text:literal,)*) => {
        vec![$(Row {
            kind: Kind::$kind,
            place: $place,
            plant: |token| {
                let text = $text.replace("TOKEN", &token.hidden());
                Document { $part: &text, ..Document::new(Kind::$kind) }.bytes(token)
            },
            outcome: Outcome::Cleaned,
        }),*]
    };
}

/// The rows of these formats.
pub(super) fn rows() -> Vec<Row> {
    let mut rows = in_text();
    rows.extend(attributes());
    rows.extend(in_styles());
    rows.extend(in_sheets());
    rows.extend(in_slides());
    rows.extend(parts::rows());
    rows.extend(refused());
    rows
}

/// Elements of texts.
fn in_text() -> Vec<Row> {
    rows! {
        Odt body: "comment with its author" => "<text:p>a<office:annotation><dc:creator>TOKEN</dc:creator><text:p>b</text:p></office:annotation></text:p>",
        Odt body: "comment of some words" => "<text:p><office:annotation office:name='1'><text:p>TOKEN</text:p></office:annotation>a<office:annotation-end office:name='1'/></text:p>",
        Odt body: "deleted words" => "<text:tracked-changes><text:changed-region text:id='c1'><text:deletion><office:change-info><dc:creator>A</dc:creator></office:change-info><text:p>TOKEN</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>a<text:change text:change-id='c1'/></text:p>",
        Odt body: "author of an insertion" => "<text:tracked-changes><text:changed-region text:id='c1'><text:insertion><office:change-info><dc:creator>TOKEN</dc:creator></office:change-info></text:insertion></text:changed-region></text:tracked-changes><text:p><text:change-start text:change-id='c1'/>a<text:change-end text:change-id='c1'/></text:p>",
        Odt body: "number of a change" => "<text:p>a<text:change text:change-id='TOKEN'/></text:p>",
        Odt body: "fo:country" => "<text:p fo:country='TOKEN'>a</text:p>",
        Odt body: "fo:language" => "<text:p fo:language='TOKEN'>a</text:p>",
        Odt body: "fo:script" => "<text:p fo:script='TOKEN'>a</text:p>",
        Odt body: "style:country-asian" => "<text:p style:country-asian='TOKEN'>a</text:p>",
        Odt body: "style:country-complex" => "<text:p style:country-complex='TOKEN'>a</text:p>",
        Odt body: "style:language-asian" => "<text:p style:language-asian='TOKEN'>a</text:p>",
        Odt body: "style:language-complex" => "<text:p style:language-complex='TOKEN'>a</text:p>",
        Odt body: "style:script-asian" => "<text:p style:script-asian='TOKEN'>a</text:p>",
        Odt body: "style:script-complex" => "<text:p style:script-complex='TOKEN'>a</text:p>",
        Odt body: "macro of the document" => "<office:scripts><office:script script:language='ooo:Basic'>TOKEN</office:script></office:scripts>",
        Odt body: "macro of an event" => "<office:event-listeners><script:event-listener script:event-name='dom:load' xlink:href='vnd.sun.star.script:TOKEN'/></office:event-listeners>",
        Odt body: "script field" => "<text:p><text:script script:language='JavaScript'>TOKEN</text:script></text:p>",
        Odt body: "description of the document in the content" => "<office:meta><meta:user-defined meta:name='a'>TOKEN</meta:user-defined></office:meta>",
        Odt body: "bookmark" => "<text:p><text:bookmark text:name='TOKEN'/>a</text:p>",
        Odt body: "mark that is referred to" => "<text:p><text:reference-mark text:name='TOKEN'/>a</text:p>",
        Odt body: "reference" => "<text:p><text:bookmark-ref text:ref-name='TOKEN'>1</text:bookmark-ref></text:p>",
        Odt body: "entry of an index" => "<text:p><text:alphabetical-index-mark text:string-value='TOKEN'/>a</text:p>",
        Odt body: "file with entries of an index" => "<text:p><text:alphabetical-index-auto-mark-file xlink:href='file:///TOKEN'/></text:p>",
        Odt body: "source of a list of contents" => "<text:table-of-content text:name='a'><text:table-of-content-source><text:index-title-template>TOKEN</text:index-title-template></text:table-of-content-source><text:index-body><text:p>b</text:p></text:index-body></text:table-of-content>",
        Odt body: "name of a list of contents" => "<text:table-of-content text:name='TOKEN'><text:index-body><text:p>b</text:p></text:index-body></text:table-of-content>",
        Odt body: "variable" => "<text:variable-decls><text:variable-decl text:name='TOKEN'/></text:variable-decls>",
        Odt body: "field of the user" => "<text:user-field-decls><text:user-field-decl text:name='a' office:string-value='TOKEN'/></text:user-field-decls>",
        Odt body: "name of a field of the user" => "<text:p><text:user-field-get text:name='TOKEN'>b</text:user-field-get></text:p>",
        Odt body: "name of a sequence" => "<text:p><text:sequence text:name='TOKEN'>1</text:sequence></text:p>",
        Odt body: "time of a date field" => "<text:p><text:date text:date-value='2026-11-24TTOKEN'>today</text:date></text:p>",
        Odt body: "property that a field shows" => "<text:p><text:user-defined text:name='TOKEN'>b</text:user-defined></text:p>",
        Odt body: "database of a field" => "<text:p><text:database-display text:database-name='TOKEN'>b</text:database-display></text:p>",
        Odt body: "help of a placeholder" => "<text:p><text:placeholder text:description='TOKEN'>b</text:placeholder></text:p>",
        Odt body: "choices of a list field" => "<text:p><text:drop-down text:name='a'><text:label text:value='TOKEN'/>b</text:drop-down></text:p>",
        Odt body: "macro of a field" => "<text:p><text:execute-macro text:name='TOKEN'>b</text:execute-macro></text:p>",
        Odt body: "the other words of a conditional text" => "<text:p><text:conditional-text text:string-value-if-true='TOKEN'>b</text:conditional-text></text:p>",
        Odt body: "hidden text" => "<text:p>a<text:hidden-text text:condition='ooow:1' text:string-value='TOKEN' text:is-hidden='true'/></text:p>",
        Odt body: "words of a hidden text" => "<text:p>a<text:hidden-text text:is-hidden='true'>TOKEN</text:hidden-text></text:p>",
        Odt body: "hidden paragraph" => "<text:p>TOKEN<text:hidden-paragraph text:is-hidden='true'/></text:p>",
        Odt body: "hidden section" => "<text:section text:name='a' text:display='none'><text:p>TOKEN</text:p></text:section>",
        Odt body: "section that is hidden on a condition" => "<text:section text:name='a' text:display='condition' text:condition='ooow:1' text:is-hidden='true'><text:p>TOKEN</text:p></text:section>",
        Odt body: "section from another file" => "<text:section text:name='a'><text:section-source xlink:href='file:///C:/Users/TOKEN/a.odt'/><text:p>b</text:p></text:section>",
        Odt body: "section from another program" => "<text:section text:name='a'><office:dde-source office:dde-topic='TOKEN'/><text:p>b</text:p></text:section>",
        Odt body: "another program that is asked" => "<text:dde-connection-decls><text:dde-connection-decl office:dde-topic='TOKEN' office:dde-application='soffice' office:dde-item='a'/></text:dde-connection-decls>",
        Odt body: "name of a section" => "<text:section text:name='TOKEN'><text:p>b</text:p></text:section>",
        Odt body: "link" => "<text:p><text:a xlink:href='http://x.test/TOKEN'>b</text:a></text:p>",
        Odt body: "title of a link" => "<text:p><text:a xlink:href='http://x.test/' office:title='TOKEN'>b</text:a></text:p>",
        Odt body: "event of a link" => "<text:p><text:a xlink:href='#a'><office:event-listeners><script:event-listener script:macro-name='TOKEN'/></office:event-listeners>b</text:a></text:p>",
        Odt body: "number of a note" => "<text:p>a<text:note text:id='TOKEN' text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body><text:p>b</text:p></text:note-body></text:note></text:p>",
        Odt body: "value of a field of a form" => "<office:forms><form:form form:name='f'><form:hidden form:id='h' form:value='TOKEN'/></form:form></office:forms>",
        Odt body: "password in a form" => "<office:forms><form:form form:name='f'><form:password form:id='p' form:value='TOKEN'/></form:form></office:forms><text:p><draw:control draw:control='p' text:anchor-type='as-char' svg:width='1cm' svg:height='1cm'/></text:p>",
        Odt body: "where a form is sent" => "<office:forms><form:form form:name='f' xlink:href='http://x.test/TOKEN' form:method='post'/></office:forms>",
        Odt body: "source of a form" => "<office:forms><form:form form:name='f' form:datasource='TOKEN' form:command='SELECT'/></office:forms>",
        Odt body: "alternative text of a drawing" => "<text:p><draw:rect svg:width='1cm' svg:height='1cm'><svg:title>TOKEN</svg:title></draw:rect></text:p>",
        Odt body: "long alternative text of a drawing" => "<text:p><draw:rect svg:width='1cm' svg:height='1cm'><svg:desc>C:\\Users\\TOKEN\\a.png</svg:desc></draw:rect></text:p>",
        Odt body: "map of links on a picture" => "<text:p><draw:frame svg:width='1cm' svg:height='1cm'><draw:text-box/><draw:image-map><draw:area-rectangle xlink:href='http://x.test/TOKEN' svg:width='1cm' svg:height='1cm'/></draw:image-map></draw:frame></text:p>",
        Odt body: "plugin" => "<text:p><draw:frame svg:width='1cm' svg:height='1cm'><draw:plugin xlink:href='http://x.test/TOKEN.mp4'/></draw:frame></text:p>",
        Odt body: "type of a plugin" => "<text:p><draw:frame svg:width='1cm' svg:height='1cm'><draw:plugin draw:mime-type='TOKEN'/></draw:frame></text:p>",
        Odt body: "applet" => "<text:p><draw:frame svg:width='1cm' svg:height='1cm'><draw:applet draw:code='TOKEN'/></draw:frame></text:p>",
        Odt body: "page in a frame" => "<text:p><draw:frame svg:width='1cm' svg:height='1cm'><draw:floating-frame xlink:href='http://x.test/TOKEN'/></draw:frame></text:p>",
        Odt body: "name of a page in a frame" => "<text:p><draw:frame svg:width='1cm' svg:height='1cm'><draw:floating-frame draw:frame-name='TOKEN'/></draw:frame></text:p>",
        Odt body: "picture elsewhere" => "<text:p><draw:frame svg:width='1cm' svg:height='1cm'><draw:image xlink:href='http://x.test/TOKEN.png'/></draw:frame></text:p>",
        Odt body: "picture on this machine" => "<text:p><draw:frame svg:width='1cm' svg:height='1cm'><draw:image xlink:href='../../Users/TOKEN/a.png'/></draw:frame></text:p>",
        Odt body: "picture in the content itself" => "<text:p><draw:frame svg:width='1cm' svg:height='1cm'><draw:image><office:binary-data>TOKEN</office:binary-data></draw:image></draw:frame></text:p>",
        Odt body: "object elsewhere" => "<text:p><draw:frame svg:width='1cm' svg:height='1cm'><draw:object xlink:href='file:///TOKEN.ods'/></draw:frame></text:p>",
        Odt body: "text between the parts of a drawing" => "<text:p><draw:frame svg:width='1cm' svg:height='1cm'>TOKEN<draw:text-box/></draw:frame></text:p>",
        Odt body: "font in the document" => "<svg:font-face-src><svg:font-face-uri xlink:href='Fonts/TOKEN.ttf'/></svg:font-face-src>",
        Odt body: "title of a table" => "<table:table><table:title>TOKEN</table:title><table:table-column/><table:table-row><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>",
        Odt body: "element of another program" => "<text:p>a<other:mark xmlns:other='urn:x' other:who='TOKEN'/></text:p>",
        Odt body: "comment of XML" => "<!-- TOKEN -->",
        Odt body: "instruction of XML" => "<?anna TOKEN?>",
        Odt body: "namespace nobody uses" => "<text:p xmlns:other='urn:TOKEN'>a</text:p>",
    }
}

/// Attributes, mostly of elements that stay.
fn attributes() -> Vec<Row> {
    rows! {
        Odt body: "number of an editing session of a paragraph" => "<text:p xmlns:o='http://openoffice.org/2009/office' o:paragraph-rsid='TOKEN'>a</text:p>",
        Odt body: "xml:id" => "<text:p xml:id='TOKEN'>a</text:p>",
        Odt body: "identifier of a list" => "<text:list xml:id='TOKEN'><text:list-item><text:p>a</text:p></text:list-item></text:list>",
        Odt body: "statement about a paragraph" => "<text:p xmlns:xhtml='http://www.w3.org/1999/xhtml' xhtml:about='TOKEN'>a</text:p>",
        Odt body: "condition" => "<text:p text:condition='TOKEN'>a</text:p>",
        Odt body: "name of a drawing" => "<text:p><draw:frame draw:name='TOKEN' svg:width='1cm' svg:height='1cm'><draw:text-box/></draw:frame></text:p>",
        Odt body: "displayed name of something" => "<text:p><draw:rect draw:display-name='TOKEN' svg:width='1cm' svg:height='1cm'/></text:p>",
        Odt body: "name of something in the interface" => "<text:p><text:span office:name='TOKEN'>a</text:span></text:p>",
        Odt body: "where a link opens" => "<text:p><text:span office:target-frame-name='TOKEN'>a</text:span></text:p>",
        Odt body: "title of a target" => "<text:p><text:span xlink:title='TOKEN'>a</text:span></text:p>",
        Odt body: "name of a paragraph" => "<text:p text:name='TOKEN'>a</text:p>",
        Odt body: "name of a drawing in a show" => "<text:p><draw:rect presentation:name='TOKEN' svg:width='1cm' svg:height='1cm'/></text:p>",
        Odt body: "password of a section" => "<text:section text:name='a' text:protected='true' text:protection-key='TOKEN'><text:p>b</text:p></text:section>",
        Odt body: "name of a table in a text" => "<table:table table:name='TOKEN'><table:table-column/><table:table-row><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>",
        Odt body: "name of a table at a paragraph" => "<text:p table:name='TOKEN'>a</text:p>",
        Odt body: "value that is no number" => "<table:table><table:table-column table:number-columns-repeated='TOKEN'/><table:table-row><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>",
        Odt body: "line that is none" => "<text:p><draw:path svg:d='M 0 0 TOKEN' svg:viewBox='0 0 1 1' svg:width='1cm' svg:height='1cm'/></text:p>",
        Odt body: "type of a shape" => "<text:p><draw:custom-shape svg:width='1cm' svg:height='1cm'><draw:enhanced-geometry draw:type='TOKEN' draw:enhanced-path='M 0 0 N'/></draw:custom-shape></text:p>",
        Odt body: "formula of a shape" => "<text:p><draw:custom-shape svg:width='1cm' svg:height='1cm'><draw:enhanced-geometry draw:enhanced-path='M 0 0 N'><draw:equation draw:name='f0' draw:formula='TOKEN'/></draw:enhanced-geometry></draw:custom-shape></text:p>",
    }
}

/// Styles.
fn in_styles() -> Vec<Row> {
    rows! {
        Odt automatic: "name of a style" => "<style:style style:name='TOKEN' style:family='paragraph'/>",
        Odt automatic: "displayed name of a style" => "<style:style style:name='P1' style:display-name='TOKEN' style:family='paragraph'/>",
        Odt automatic: "parent of a style" => "<style:style style:name='P1' style:family='paragraph' style:parent-style-name='TOKEN'/>",
        Odt automatic: "style that hides words" => "<style:style style:name='H' style:family='text'><style:text-properties text:display='none'/></style:style><style:style style:name='TOKEN' style:family='text'/>",
        Odt automatic: "way to write numbers that nothing uses" => "<number:number-style style:name='N1'><number:text>TOKEN</number:text></number:number-style>",
        Odt automatic: "sign before numbers of a list that nothing uses" => "<text:list-style style:name='L9'><text:list-level-style-number text:level='1' style:num-prefix='TOKEN'/></text:list-style>",
        Odt automatic: "long sign before numbers of a list" => "<text:list-style style:name='L1'><text:list-level-style-number text:level='1' style:num-prefix='TOKEN'/></text:list-style>",
        Odt automatic: "paragraph among styles" => "<text:p>TOKEN</text:p>",
        Odt body: "way to write numbers in the middle of words" => "<text:p>a<number:text>TOKEN</number:text></text:p>",
        Odt automatic: "name of a font" => "<style:style style:name='P1' style:family='paragraph'><style:text-properties fo:font-family='TOKEN'/></style:style>",
        Odt automatic: "adornment of a font" => "<style:style style:name='P1' style:family='paragraph'><style:text-properties style:font-style-name='TOKEN'/></style:style>",
        Odt automatic: "tray of a printer" => "<style:page-layout style:name='pm1'><style:page-layout-properties style:paper-tray-name='TOKEN'/></style:page-layout>",
        Odt automatic: "picture behind a paragraph, elsewhere" => "<style:style style:name='P1' style:family='paragraph'><style:paragraph-properties><style:background-image xlink:href='http://x.test/TOKEN.png'/></style:paragraph-properties></style:style>",
        Odt automatic: "colour that is none" => "<style:style style:name='P1' style:family='paragraph'><style:text-properties fo:color='TOKEN'/></style:style>",
        Odt automatic: "number of an editing session of a style" => "<style:style style:name='P1' style:family='paragraph'><style:text-properties xmlns:o='http://openoffice.org/2009/office' o:rsid='TOKEN'/></style:style>",
        Odt masters: "header that is not shown" => "<style:header-left style:display='false'><text:p>TOKEN</text:p></style:header-left>",
        Odt masters: "page that nothing uses" => "</style:master-page><style:master-page style:name='B' style:page-layout-name='pm1'><style:header><text:p>TOKEN</text:p></style:header>",
        Odt masters: "comment in a header" => "<style:header><text:p>a<office:annotation><text:p>TOKEN</text:p></office:annotation></text:p></style:header>",
        Odt masters: "name of a file in a header" => "<style:header><text:p><text:file-name text:display='full' text:fixed='TOKEN'>a</text:file-name></text:p></style:header>",
        Odt styles: "settings of notes" => "<text:notes-configuration text:note-class='footnote' text:master-page-name='TOKEN'/>",
        Odt styles: "settings of a bibliography" => "<text:bibliography-configuration text:prefix='TOKEN'/>",
        Odt styles: "template of tables" => "<table:table-template text:style-name='TOKEN'/>",
    }
}

/// Sheets.
fn in_sheets() -> Vec<Row> {
    rows! {
        Ods body: "formula that asks a page" => "<table:table-cell table:formula='of:=WEBSERVICE(&quot;http://x.test/TOKEN&quot;)' office:value-type='float' office:value='1'><text:p>1</text:p></table:table-cell>",
        Ods body: "formula that asks a page it makes up" => "<table:table-cell table:formula='of:=WEBSERVICE([.A1]&amp;&quot;TOKEN&quot;)' office:value-type='float' office:value='1'><text:p>1</text:p></table:table-cell>",
        Ods body: "formula that asks another program" => "<table:table-cell table:formula='of:=DDE(&quot;soffice&quot;;&quot;TOKEN&quot;;&quot;a&quot;)' office:value-type='float' office:value='1'><text:p>1</text:p></table:table-cell>",
        Ods body: "formula with a link" => "<table:table-cell table:formula='of:=HYPERLINK(&quot;http://x.test/TOKEN&quot;)' office:value-type='float' office:value='1'><text:p>1</text:p></table:table-cell>",
        Ods body: "formula with a link it makes up" => "<table:table-cell table:formula='of:=HYPERLINK([.A1]&amp;&quot;TOKEN&quot;)' office:value-type='float' office:value='1'><text:p>1</text:p></table:table-cell>",
        Ods body: "formula that makes an address" => "<table:table-cell table:formula='of:=INDIRECT(&quot;TOKEN&quot;)' office:value-type='float' office:value='1'><text:p>1</text:p></table:table-cell>",
        Ods body: "formula that asks where the document is" => "<table:table-cell table:formula='of:=CELL(&quot;TOKEN&quot;)' office:value-type='float' office:value='1'><text:p>1</text:p></table:table-cell>",
        Ods body: "formula that asks about the program" => "<table:table-cell table:formula='of:=INFO(&quot;TOKEN&quot;)' office:value-type='float' office:value='1'><text:p>1</text:p></table:table-cell>",
        Ods body: "formula of an add-in" => "<table:table-cell table:formula='of:=COM.TOKEN(1)' office:value-type='float' office:value='1'><text:p>1</text:p></table:table-cell>",
        Ods body: "formula with another file" => "<table:table-cell table:formula=\"of:=['file:///C:/Users/TOKEN/a.ods'#$Sheet1.A1]\" office:value-type='float' office:value='1'><text:p>1</text:p></table:table-cell>",
        Ods body: "formula with a path in a text" => "<table:table-cell table:formula='of:=LEN(&quot;C:\\Users\\TOKEN&quot;)' office:value-type='float' office:value='1'><text:p>1</text:p></table:table-cell>",
        Ods body: "formula with an address in a text" => "<table:table-cell table:formula='of:=LEN(&quot;mailto:TOKEN&quot;)' office:value-type='float' office:value='1'><text:p>1</text:p></table:table-cell>",
        Ods body: "formula with a name" => "<table:table-cell table:formula='of:=TOKEN*2' office:value-type='float' office:value='1'><text:p>1</text:p></table:table-cell>",
        Ods body: "words of a cell that it does not show" => "<table:table-cell office:value-type='string' office:string-value='TOKEN'><text:p>b</text:p></table:table-cell>",
        Ods body: "comment on a cell" => "<table:table-cell><office:annotation><dc:creator>TOKEN</dc:creator><text:p>b</text:p></office:annotation></table:table-cell>",
        Ods body: "source of cells" => "<table:table-cell><table:cell-range-source table:name='a' xlink:href='file:///TOKEN'/></table:table-cell>",
        Ods body: "traces of an audit" => "<table:table-cell><table:detective><table:operation table:name='TOKEN'/></table:detective></table:table-cell>",
        Ods body: "name of a check on a cell" => "<table:table-cell table:content-validation-name='TOKEN'/>",
        Ods sheet: "password of a sheet" => "table:protected='true' table:protection-key='TOKEN'",
        Ods around: "password of the tables" => "<table:content-validations><table:content-validation table:name='v' table:condition='TOKEN'/></table:content-validations>",
        Ods around: "help on a cell" => "<table:content-validations><table:content-validation table:name='v'><table:help-message table:title='a'><text:p>TOKEN</text:p></table:help-message></table:content-validation></table:content-validations>",
        Ods around: "name of a range" => "<table:named-expressions><table:named-range table:name='TOKEN' table:cell-range-address='$A.$A$1'/></table:named-expressions>",
        Ods around: "database" => "<table:database-ranges><table:database-range table:name='a'><table:database-source-sql table:database-name='TOKEN'/></table:database-range></table:database-ranges>",
        Ods around: "pivot table" => "<table:data-pilot-tables><table:data-pilot-table table:name='TOKEN'/></table:data-pilot-tables>",
        Ods around: "links to other programs" => "<table:dde-links><table:dde-link><office:dde-source office:dde-item='TOKEN'/></table:dde-link></table:dde-links>",
        Ods around: "changes of cells" => "<table:tracked-changes><table:cell-content-change table:id='a'><office:change-info><dc:creator>TOKEN</dc:creator></office:change-info></table:cell-content-change></table:tracked-changes>",
        Ods inside: "sheet from another file" => "<table:table-source xlink:href='file:///C:/Users/TOKEN/a.ods'/>",
        Ods inside: "filter of a sheet from another file" => "<table:table-source table:filter-name='TOKEN'/>",
        Ods inside: "scenario" => "<table:scenario table:scenario-ranges='A.A1' table:is-active='true' table:comment='TOKEN'/>",
    }
}

/// Slides and drawings.
fn in_slides() -> Vec<Row> {
    rows! {
        Odp body: "notes of the speaker" => "<presentation:notes><draw:frame svg:width='1cm' svg:height='1cm'><draw:text-box><text:p>TOKEN</text:p></draw:text-box></draw:frame></presentation:notes>",
        Odp body: "comment on a slide" => "<office:annotation><dc:creator>TOKEN</dc:creator><text:p>b</text:p></office:annotation>",
        Odp body: "animation" => "<anim:par><anim:command anim:command='TOKEN'/></anim:par>",
        Odp body: "sound of an event" => "<presentation:sound xlink:href='file:///TOKEN.wav'/>",
        Odp body: "sound of a page" => "<presentation:sound presentation:play-full='TOKEN'/>",
        Odp body: "click on a drawing" => "<draw:rect svg:width='1cm' svg:height='1cm'><office:event-listeners><presentation:event-listener script:event-name='dom:click' xlink:href='http://x.test/TOKEN'/></office:event-listeners></draw:rect>",
        Odp body: "words in a frame that is said to be empty" => "<draw:frame presentation:placeholder='true' svg:width='1cm' svg:height='1cm'><draw:text-box><text:p>TOKEN</text:p></draw:text-box></draw:frame>",
        Odp around: "names of shows" => "<presentation:settings><presentation:show presentation:name='TOKEN' presentation:pages='a'/></presentation:settings>",
        Odp around: "footer that no slide shows" => "<presentation:footer-decl presentation:name='f9'>TOKEN</presentation:footer-decl>",
        Odp sheet: "name of a slide" => "draw:name='TOKEN'",
        Odp sheet: "identifier of a slide" => "draw:id='TOKEN'",
        Odp sheet: "bookmark of a slide" => "draw:nav-order='TOKEN'",
        Odp styles: "name of a gradient" => "<draw:gradient draw:name='TOKEN' draw:style='linear'/>",
        Odp styles: "picture of a filling, elsewhere" => "<draw:fill-image draw:name='i' xlink:href='http://x.test/TOKEN.png'/>",
        Odg body: "name of a group" => "<draw:g draw:name='TOKEN'><draw:rect svg:width='1cm' svg:height='1cm'/></draw:g>",
        Odg body: "link on a drawing" => "<draw:a xlink:href='http://x.test/TOKEN'><draw:rect svg:width='1cm' svg:height='1cm'/></draw:a>",
        Odg sheet: "name of a page" => "draw:name='TOKEN'",
    }
}

fn refused() -> Vec<Row> {
    vec![
        // The second reader takes them for words that are shown, and misses them in the copy.
        Row {
            kind: Kind::Odt,
            place: "paragraph where none is shown",
            plant: |token| {
                let text = "<table:table><table:table-column><text:p>TOKEN</text:p></table:table-column></table:table>".replace("TOKEN", &token.hidden());
                Document { body: &text, ..Document::new(Kind::Odt) }.bytes(token)
            },
            outcome: Outcome::Refused(Refusal::Verification),
        },
        Row {
            kind: Kind::Odt,
            place: "formula in a line of words",
            plant: |token| {
                let text =
                    "<text:p>a<math:mi>TOKEN</math:mi></text:p>".replace("TOKEN", &token.hidden());
                Document { body: &text, ..Document::new(Kind::Odt) }.bytes(token)
            },
            outcome: Outcome::Refused(Refusal::Verification),
        },
        Row {
            kind: Kind::Ods,
            place: "paragraph beside sheets",
            plant: |token| {
                let text = "<text:p>TOKEN</text:p>".replace("TOKEN", &token.hidden());
                Document { around: &text, ..Document::new(Kind::Ods) }.bytes(token)
            },
            outcome: Outcome::Refused(Refusal::Verification),
        },
        Row {
            kind: Kind::Odt,
            place: "member with a password",
            plant: |token| {
                let list = format!(
                    "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:\
                     manifest:1.0'><manifest:file-entry manifest:full-path='content.xml'>\
                     <manifest:encryption-data manifest:checksum='{}'/></manifest:file-entry>\
                     </manifest:manifest>",
                    token.hidden()
                );
                let members = [("META-INF/manifest.xml", list.into_bytes())];
                Document::new(Kind::Odt).with(token, &members)
            },
            outcome: Outcome::Refused(Refusal::Password),
        },
        Row {
            kind: Kind::Odt,
            place: "entities",
            plant: |token| {
                let content = format!("<!DOCTYPE a [<!ENTITY b '{}'>]><a/>", token.hidden());
                Document::new(Kind::Odt).with(token, &[("content.xml", content.into_bytes())])
            },
            outcome: Outcome::Refused(Refusal::Feature(Feature::Construct)),
        },
        Row {
            kind: Kind::Ods,
            place: "content of another sort than the type says",
            plant: |token| {
                let content = Document::new(Kind::Odt).content(token);
                let content = content.replace("The tank", &token.hidden());
                Document::new(Kind::Ods).with(token, &[("content.xml", content.into_bytes())])
            },
            outcome: Outcome::Refused(Refusal::Damaged(Damage::Value)),
        },
        Row {
            kind: Kind::Odt,
            place: "content that ends too early",
            plant: |token| {
                let content = Document::new(Kind::Odt).content(token);
                let content = content.replace("</office:document-content>", &token.hidden());
                Document::new(Kind::Odt).with(token, &[("content.xml", content.into_bytes())])
            },
            outcome: Outcome::Refused(Refusal::Truncated),
        },
    ]
}

/// The allow-lists.
pub(super) fn lists() -> Vec<List> {
    let list = |name, forbidden, kinds| List { name, forbidden, kinds };
    vec![
        list(KEPT.name, KEPT.forbidden.len(), &KINDS),
        list(ANYWHERE.name, ANYWHERE.forbidden.len(), &KINDS),
        list(OF_ELEMENT.name, OF_ELEMENT.forbidden.len(), &KINDS),
        list(FUNCTIONS.name, FUNCTIONS.forbidden.len(), &[Kind::Ods]),
    ]
}
