//! Where that may stand in which words stand.
//!
//! Programs skip what stands in the wrong place: words in the looks of a run, or beside the
//! rows of a sheet, are in the file and shown by none of them.

use crate::xml::Place;

/// Elements that hold words, up to the story they are in (ISO/IEC 29500-1, 17, 18, 21, 22).
pub(crate) const PLACES: &[Place] = &[
    ("w:t", "w:r m:r"),
    (
        "w:r",
        "w:p w:hyperlink w:fldSimple w:rt w:rubyBase w:dir w:bdo m:oMath m:oMathPara m:e m:num \
         m:den m:sup m:sub m:deg m:fName m:lim",
    ),
    ("w:p", "w:body w:hdr w:ftr w:footnote w:endnote w:tc w:txbxContent"),
    ("w:tbl", "w:body w:hdr w:ftr w:footnote w:endnote w:tc w:txbxContent"),
    ("w:tr", "w:tbl"),
    ("w:tc", "w:tr"),
    ("w:body", "w:document"),
    ("w:txbxContent", "wps:txbx v:textbox"),
    ("w:ruby", "w:r"),
    ("w:drawing", "w:r m:r"),
    ("w:pict", "w:r m:r"),
    ("w:object", "w:r m:r"),
    ("m:t", "m:r"),
    ("m:r", "m:oMath m:oMathPara m:e m:num m:den m:sup m:sub m:deg m:fName m:lim"),
    (
        "m:oMath",
        "m:oMathPara w:p w:hyperlink w:fldSimple w:dir w:bdo w:body w:hdr w:ftr w:footnote \
         w:endnote w:tc w:txbxContent w:r",
    ),
    ("a:t", "a:r a:fld"),
    ("a:r", "a:p"),
    ("a:fld", "a:p"),
    ("a:p", "a:txBody p:txBody xdr:txBody c:rich c:txPr"),
    ("x:t", "x:is x:si x:r"),
    ("x:r", "x:is x:si"),
    ("x:si", "x:sst"),
    ("x:is", "x:c"),
    ("x:v", "x:c"),
    ("x:f", "x:c"),
    ("x:c", "x:row"),
    ("x:row", "x:sheetData"),
    ("x:sheetData", "x:worksheet"),
    ("c:v", "c:pt c:tx"),
    ("c:pt", "c:strCache c:numCache c:strLit c:numLit c:lvl"),
    ("c:rich", "c:tx"),
];
