//! Builds small documents with something in one place.

use super::Token;
use crate::Kind;
use crate::zip::Writer;

/// What stands in the places of a document; most of it is nothing.
#[derive(Clone, Copy)]
pub(super) struct Document<'a> {
    pub(super) kind: Kind,
    /// In the content: beside the words that everybody sees.
    pub(super) body: &'a str,
    /// In the first tag of a sheet, a slide or a page.
    pub(super) sheet: &'a str,
    /// In a sheet, before its rows.
    pub(super) inside: &'a str,
    /// Beside sheets and slides.
    pub(super) around: &'a str,
    /// Among the automatic styles of the content.
    pub(super) automatic: &'a str,
    /// Among the styles of the document.
    pub(super) styles: &'a str,
    /// On the page that all pages are made after.
    pub(super) masters: &'a str,
}

const SPACES: &str = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
    xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' \
    xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' \
    xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' \
    xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' \
    xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0' \
    xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:dc='http://purl.org/dc/elements/1.1/' \
    xmlns:meta='urn:oasis:names:tc:opendocument:xmlns:meta:1.0' \
    xmlns:number='urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0' \
    xmlns:presentation='urn:oasis:names:tc:opendocument:xmlns:presentation:1.0' \
    xmlns:svg='urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0' \
    xmlns:chart='urn:oasis:names:tc:opendocument:xmlns:chart:1.0' \
    xmlns:math='http://www.w3.org/1998/Math/MathML' \
    xmlns:form='urn:oasis:names:tc:opendocument:xmlns:form:1.0' \
    xmlns:script='urn:oasis:names:tc:opendocument:xmlns:script:1.0' \
    xmlns:anim='urn:oasis:names:tc:opendocument:xmlns:animation:1.0'";

impl<'a> Document<'a> {
    /// A document with nothing but the words that everybody sees.
    pub(super) fn new(kind: Kind) -> Document<'a> {
        Document {
            kind,
            body: "",
            sheet: "",
            inside: "",
            around: "",
            automatic: "",
            styles: "",
            masters: "",
        }
    }

    /// The part with the content.
    pub(super) fn content(&self, token: &Token) -> String {
        let Document { body, sheet, inside, around, .. } = self;
        let words = format!(
            "<text:p text:style-name='P1'>The tank leaks: {}.</text:p><text:list \
             text:style-name='L1'><text:list-item><text:p><text:span text:style-name='H'/>One\
             </text:p></text:list-item></text:list>",
            token.shown()
        );
        let frame = format!(
            "<draw:frame draw:style-name='g1' svg:width='9cm' svg:height='9cm'><draw:text-box>\
             {words}</draw:text-box></draw:frame>"
        );
        let body = match self.kind {
            Kind::Odt => format!("<office:text>{words}{body}</office:text>"),
            Kind::Ods => format!(
                "<office:spreadsheet>{around}<table:table table:name='A' {sheet}>{inside}\
                 <table:table-column/><table:table-row><table:table-cell office:value-type='string'>\
                 {words}</table:table-cell>{body}</table:table-row></table:table>\
                 </office:spreadsheet>"
            ),
            Kind::Odp => format!(
                "<office:presentation><draw:page draw:master-page-name='M' {sheet}>{frame}{body}\
                 </draw:page>{around}</office:presentation>"
            ),
            _ => format!(
                "<office:drawing><draw:page draw:master-page-name='M' {sheet}>{frame}{body}\
                 </draw:page></office:drawing>"
            ),
        };
        let automatic = self.automatic;
        let graphic = "<style:style style:name='g1' style:family='graphic'>\
            <style:graphic-properties draw:fill='gradient' draw:fill-gradient-name='G' \
            draw:fill-image-name='i'/></style:style>";
        format!(
            "<?xml version='1.0' encoding='UTF-8'?><office:document-content {SPACES} \
             office:version='1.2'><office:automatic-styles>{graphic}{automatic}\
             </office:automatic-styles><office:body>{body}</office:body></office:document-content>"
        )
    }

    fn style_part(&self) -> String {
        let (styles, masters) = (self.styles, self.masters);
        format!(
            "<office:document-styles {SPACES} office:version='1.2'><office:styles>{styles}\
             </office:styles><office:automatic-styles><style:page-layout style:name='pm1'/>\
             </office:automatic-styles><office:master-styles><style:master-page style:name='M' \
             style:page-layout-name='pm1'>{masters}</style:master-page></office:master-styles>\
             </office:document-styles>"
        )
    }

    /// The whole document.
    pub(super) fn bytes(&self, token: &Token) -> Vec<u8> {
        self.with(token, &[])
    }

    /// The same with other members, or with others under the same names.
    pub(super) fn with(&self, token: &Token, more: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.store("mimetype", self.kind.media_type().as_bytes()).unwrap();
        let own = [
            ("META-INF/manifest.xml", "<a/>".to_owned().into_bytes()),
            ("settings.xml", b"<a/>".to_vec()),
            ("content.xml", self.content(token).into_bytes()),
            ("styles.xml", self.style_part().into_bytes()),
        ];
        let replaced = |name: &str| more.iter().any(|(one, _)| *one == name);
        for (name, bytes) in own.iter().filter(|(name, _)| !replaced(name)).chain(more) {
            writer.add(name, bytes).unwrap();
        }
        writer.finish().unwrap()
    }
}
