//! Shapes, their text and themes (ISO/IEC 29500-1, 20.1 and 21.1).

use super::ONE_SIGN;
use super::fonts::FACE;
use super::shape::BODY;
use crate::allow::AllowList;
use crate::office::SPACES;
use crate::xml::Value::{self, Fixed, Measure, Name, Number, Serial, Switch, Text, Word};
use crate::xml::{Check, Rule, keep};

const NONE: &[(&str, Value)] = &[];
const POINT: &[(&str, Value)] = &[("x", Name("guide")), ("y", Name("guide"))];
const SIZE: &[(&str, Value)] = &[("cx", Measure), ("cy", Measure)];
const PLACE: &[(&str, Value)] = &[("rot", Number), ("flipH", Switch), ("flipV", Switch)];

/// What a frame shows, by its namespace, in the transitional form.
const NAMESPACE: Value = Value::Checked(Check { name: "known namespace", check: namespace });

fn namespace(uri: &str) -> Option<String> {
    const TABLE: &str = "http://schemas.openxmlformats.org/drawingml/2006/table";
    if matches!(uri, TABLE | "http://purl.oclc.org/ooxml/drawingml/table") {
        return Some(TABLE.to_owned());
    }
    let space = SPACES.iter().find(|space| space.uri == uri || space.also.contains(&uri))?;
    Some(space.uri.to_owned())
}

/// Forms and places.
pub(crate) const DRAWING: AllowList<Rule> = AllowList {
    name: "office drawings",
    allowed: &[
        Rule::holding("a:graphic", NONE),
        Rule::holding("a:graphicData", &[("uri", NAMESPACE)]),
        keep("a:xfrm", PLACE),
        keep("a:off", &[("x", Measure), ("y", Measure)]),
        keep("a:ext", SIZE),
        keep("a:chOff", &[("x", Measure), ("y", Measure)]),
        keep("a:chExt", SIZE),
        keep("a:prstGeom", &[("prst", Word)]),
        keep("a:prstTxWarp", &[("prst", Word)]),
        keep("a:avLst", NONE),
        keep("a:gdLst", NONE),
        keep("a:gd", &[("name", Name("guide")), ("fmla", Name("guide"))]),
        keep("a:custGeom", NONE),
        keep("a:ahLst", NONE),
        keep("a:cxnLst", NONE),
        keep("a:cxn", &[("ang", Name("guide"))]),
        keep("a:pos", POINT),
        keep(
            "a:rect",
            &[
                ("l", Name("guide")),
                ("t", Name("guide")),
                ("r", Name("guide")),
                ("b", Name("guide")),
            ],
        ),
        keep("a:pathLst", NONE),
        keep(
            "a:path",
            &[
                ("w", Number),
                ("h", Number),
                ("fill", Word),
                ("stroke", Switch),
                ("extrusionOk", Switch),
                ("path", Word),
            ],
        ),
        keep("a:moveTo", NONE),
        keep("a:lnTo", NONE),
        keep(
            "a:arcTo",
            &[
                ("wR", Name("guide")),
                ("hR", Name("guide")),
                ("stAng", Name("guide")),
                ("swAng", Name("guide")),
            ],
        ),
        keep("a:cubicBezTo", NONE),
        keep("a:quadBezTo", NONE),
        keep("a:pt", POINT),
        keep("a:close", NONE),
        keep("a:style", NONE),
        keep("pic:pic", NONE),
        keep("pic:nvPicPr", NONE),
        keep("pic:cNvPr", &[("id", Serial), ("name", Fixed(""))]),
        keep("pic:cNvPicPr", NONE),
        keep("pic:blipFill", &[("dpi", Number), ("rotWithShape", Switch)]),
        keep("pic:spPr", &[("bwMode", Word)]),
    ],
    forbidden: &[
        keep("pic:cNvPr", &[("descr", Text)]),
        keep("pic:cNvPr", &[("title", Text)]),
        Rule::text("a:hlinkClick", &[("tooltip", Text)], Text),
    ],
};

const LEVEL: &[(&str, Value)] = &[
    ("marL", Measure),
    ("marR", Measure),
    ("lvl", Number),
    ("indent", Measure),
    ("algn", Word),
    ("defTabSz", Measure),
    ("rtl", Switch),
    ("eaLnBrk", Switch),
    ("fontAlgn", Word),
    ("latinLnBrk", Switch),
    ("hangingPunct", Switch),
];
const RUN: &[(&str, Value)] = &[
    ("kumimoji", Switch),
    ("sz", Number),
    ("b", Switch),
    ("i", Switch),
    ("u", Word),
    ("strike", Word),
    ("kern", Measure),
    ("cap", Word),
    ("spc", Measure),
    ("normalizeH", Switch),
    ("baseline", Measure),
];
const TYPEFACE: &[(&str, Value)] =
    &[("typeface", FACE), ("pitchFamily", Number), ("charset", Number)];

/// Text in shapes.
pub(crate) const TEXT: AllowList<Rule> = AllowList {
    name: "office text in shapes",
    allowed: &[
        keep("a:bodyPr", BODY),
        keep("a:noAutofit", NONE),
        keep("a:normAutofit", &[("fontScale", Measure), ("lnSpcReduction", Measure)]),
        keep("a:spAutoFit", NONE),
        keep("a:lstStyle", NONE),
        keep("a:p", NONE),
        keep("a:pPr", LEVEL),
        keep("a:defPPr", LEVEL),
        keep("a:lvl1pPr", LEVEL),
        keep("a:lvl2pPr", LEVEL),
        keep("a:lvl3pPr", LEVEL),
        keep("a:lvl4pPr", LEVEL),
        keep("a:lvl5pPr", LEVEL),
        keep("a:lvl6pPr", LEVEL),
        keep("a:lvl7pPr", LEVEL),
        keep("a:lvl8pPr", LEVEL),
        keep("a:lvl9pPr", LEVEL),
        keep("a:lnSpc", NONE),
        keep("a:spcBef", NONE),
        keep("a:spcAft", NONE),
        keep("a:spcPct", &[("val", Measure)]),
        keep("a:spcPts", &[("val", Number)]),
        keep("a:buClrTx", NONE),
        keep("a:buClr", NONE),
        keep("a:buSzTx", NONE),
        keep("a:buSzPct", &[("val", Measure)]),
        keep("a:buSzPts", &[("val", Number)]),
        keep("a:buFontTx", NONE),
        keep("a:buFont", TYPEFACE),
        keep("a:buNone", NONE),
        keep("a:buAutoNum", &[("type", Word), ("startAt", Number)]),
        keep("a:buChar", &[("char", ONE_SIGN)]),
        Rule::holding("a:buBlip", NONE),
        keep("a:tabLst", NONE),
        keep("a:tab", &[("pos", Measure), ("algn", Word)]),
        keep("a:defRPr", RUN),
        keep("a:rPr", RUN),
        keep("a:endParaRPr", RUN),
        keep("a:latin", TYPEFACE),
        keep("a:ea", TYPEFACE),
        keep("a:cs", TYPEFACE),
        keep("a:sym", TYPEFACE),
        keep("a:highlight", NONE),
        keep("a:uLnTx", NONE),
        keep("a:uFillTx", NONE),
        keep("a:uFill", NONE),
        keep("a:r", NONE),
        Rule::text("a:t", NONE, Text),
        keep("a:br", NONE),
        // Only the number of the slide: others are made text before.
        keep("a:fld", &[("id", Fixed("{00000000-0000-0000-0000-000000000001}")), ("type", Word)]),
        keep("a:tbl", NONE),
        keep(
            "a:tblPr",
            &[
                ("rtl", Switch),
                ("firstRow", Switch),
                ("firstCol", Switch),
                ("lastRow", Switch),
                ("lastCol", Switch),
                ("bandRow", Switch),
                ("bandCol", Switch),
            ],
        ),
        keep("a:tblGrid", NONE),
        keep("a:gridCol", &[("w", Measure)]),
        keep("a:tr", &[("h", Measure)]),
        keep(
            "a:tc",
            &[("rowSpan", Number), ("gridSpan", Number), ("hMerge", Switch), ("vMerge", Switch)],
        ),
        keep("a:txBody", NONE),
        keep(
            "a:tcPr",
            &[
                ("marL", Measure),
                ("marR", Measure),
                ("marT", Measure),
                ("marB", Measure),
                ("vert", Word),
                ("anchor", Word),
                ("anchorCtr", Switch),
                ("horzOverflow", Word),
            ],
        ),
    ],
    forbidden: &[
        keep("a:rPr", &[("lang", Text)]),
        keep("a:rPr", &[("bmk", Text)]),
        keep("a:rPr", &[("smtId", Text)]),
        keep("a:latin", &[("panose", Text)]),
    ],
};

/// Colours and fonts of a document.
pub(crate) const THEME: AllowList<Rule> = AllowList {
    name: "office themes",
    allowed: &[
        keep("a:theme", &[("name", Fixed("Office"))]),
        keep("a:themeOverride", NONE),
        keep("a:themeElements", NONE),
        keep("a:clrScheme", &[("name", Fixed("Office"))]),
        keep("a:dk1", NONE),
        keep("a:lt1", NONE),
        keep("a:dk2", NONE),
        keep("a:lt2", NONE),
        keep("a:accent1", NONE),
        keep("a:accent2", NONE),
        keep("a:accent3", NONE),
        keep("a:accent4", NONE),
        keep("a:accent5", NONE),
        keep("a:accent6", NONE),
        keep("a:hlink", NONE),
        keep("a:folHlink", NONE),
        keep("a:fontScheme", &[("name", Fixed("Office"))]),
        keep("a:majorFont", NONE),
        keep("a:minorFont", NONE),
        keep("a:font", &[("script", Word), ("typeface", FACE)]),
        keep("a:fmtScheme", &[("name", Fixed("Office"))]),
        keep("a:fillStyleLst", NONE),
        keep("a:lnStyleLst", NONE),
        keep("a:effectStyleLst", NONE),
        keep("a:effectStyle", NONE),
        keep("a:bgFillStyleLst", NONE),
        keep(
            "a:overrideClrMapping",
            &[
                ("bg1", Word),
                ("tx1", Word),
                ("bg2", Word),
                ("tx2", Word),
                ("accent1", Word),
                ("accent2", Word),
                ("accent3", Word),
                ("accent4", Word),
                ("accent5", Word),
                ("accent6", Word),
                ("hlink", Word),
                ("folHlink", Word),
            ],
        ),
        keep("a:masterClrMapping", NONE),
    ],
    forbidden: &[keep("a:custClrLst", &[("name", Text)])],
};
