//! Namespaces of Office documents.

use crate::xml::Space;

macro_rules! standard {
    ($prefix:literal, $name:literal) => {
        Space {
            prefix: $prefix,
            uri: concat!("http://schemas.openxmlformats.org/", $name),
            also: &[],
        }
    };
    ($prefix:literal, $name:literal, $strict:literal) => {
        Space {
            prefix: $prefix,
            uri: concat!("http://schemas.openxmlformats.org/", $name),
            also: &[concat!("http://purl.oclc.org/ooxml/", $strict)],
        }
    };
}

macro_rules! other {
    ($prefix:literal, $uri:literal) => {
        Space { prefix: $prefix, uri: $uri, also: &[] }
    };
}

/// Namespaces whose names are known, in the order in which they are declared. Names of the
/// strict variant (ISO/IEC 29500-1) are written as those of the transitional one, which all
/// programs read.
pub(crate) const SPACES: &[Space] = &[
    standard!("w", "wordprocessingml/2006/main", "wordprocessingml/main"),
    standard!("x", "spreadsheetml/2006/main", "spreadsheetml/main"),
    standard!("p", "presentationml/2006/main", "presentationml/main"),
    standard!("a", "drawingml/2006/main", "drawingml/main"),
    standard!("r", "officeDocument/2006/relationships", "officeDocument/relationships"),
    standard!("m", "officeDocument/2006/math", "officeDocument/math"),
    standard!("wp", "drawingml/2006/wordprocessingDrawing", "drawingml/wordprocessingDrawing"),
    standard!("xdr", "drawingml/2006/spreadsheetDrawing", "drawingml/spreadsheetDrawing"),
    standard!("pic", "drawingml/2006/picture", "drawingml/picture"),
    standard!("c", "drawingml/2006/chart", "drawingml/chart"),
    standard!("cdr", "drawingml/2006/chartDrawing", "drawingml/chartDrawing"),
    standard!("dgm", "drawingml/2006/diagram", "drawingml/diagram"),
    standard!("lc", "drawingml/2006/lockedCanvas", "drawingml/lockedCanvas"),
    standard!("s", "officeDocument/2006/sharedTypes", "officeDocument/sharedTypes"),
    standard!("sl", "schemaLibrary/2006/main", "schemaLibrary/main"),
    standard!("mc", "markup-compatibility/2006"),
    other!("v", "urn:schemas-microsoft-com:vml"),
    other!("o", "urn:schemas-microsoft-com:office:office"),
    other!("w10", "urn:schemas-microsoft-com:office:word"),
    other!("xvml", "urn:schemas-microsoft-com:office:excel"),
    other!("pvml", "urn:schemas-microsoft-com:office:powerpoint"),
    other!("w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
    other!("w15", "http://schemas.microsoft.com/office/word/2012/wordml"),
    other!("w16cid", "http://schemas.microsoft.com/office/word/2016/wordml/cid"),
    other!("w16se", "http://schemas.microsoft.com/office/word/2015/wordml/symex"),
    other!("wp14", "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"),
    other!("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
    other!("wpg", "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"),
    other!("wpc", "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas"),
    other!("wpi", "http://schemas.microsoft.com/office/word/2010/wordprocessingInk"),
    other!("wne", "http://schemas.microsoft.com/office/word/2006/wordml"),
    other!("a14", "http://schemas.microsoft.com/office/drawing/2010/main"),
    other!("a16", "http://schemas.microsoft.com/office/drawing/2014/main"),
    other!("asvg", "http://schemas.microsoft.com/office/drawing/2016/SVG/main"),
    other!("c14", "http://schemas.microsoft.com/office/drawing/2007/8/2/chart"),
    other!("c15", "http://schemas.microsoft.com/office/drawing/2012/chart"),
    other!("c16", "http://schemas.microsoft.com/office/drawing/2014/chart"),
    other!("cx", "http://schemas.microsoft.com/office/drawing/2014/chartex"),
    other!("dsp", "http://schemas.microsoft.com/office/drawing/2008/diagram"),
    other!("p14", "http://schemas.microsoft.com/office/powerpoint/2010/main"),
    other!("p15", "http://schemas.microsoft.com/office/powerpoint/2012/main"),
    other!("x14", "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"),
    other!("x14ac", "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"),
    other!("x15", "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"),
    other!("x15ac", "http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"),
    other!("xr", "http://schemas.microsoft.com/office/spreadsheetml/2014/revision"),
    other!("xm", "http://schemas.microsoft.com/office/excel/2006/main"),
];

/// The namespaces of the package itself.
pub(super) const PACKAGE: &[Space] = &[
    standard!("ct", "package/2006/content-types"),
    standard!("rel", "package/2006/relationships"),
];
