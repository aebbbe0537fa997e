//! Shapes and pictures in the text of a Word document (ISO/IEC 29500-1, 20.4; MS-DOCX 2.8).

use crate::allow::AllowList;
use crate::xml::Value::{self, Fixed, Measure, Number, Relation, Serial, Switch, Text, Word};
use crate::xml::{Rule, keep};

const NONE: &[(&str, Value)] = &[];
const NAMELESS: &[(&str, Value)] = &[("id", Serial), ("name", Fixed(""))];
const DISTANCES: &[(&str, Value)] =
    &[("distT", Number), ("distB", Number), ("distL", Number), ("distR", Number)];
const EDGES: &[(&str, Value)] = &[("l", Measure), ("t", Measure), ("r", Measure), ("b", Measure)];
pub(super) const BODY: &[(&str, Value)] = &[
    ("rot", Number),
    ("spcFirstLastPara", Switch),
    ("vertOverflow", Word),
    ("horzOverflow", Word),
    ("vert", Word),
    ("wrap", Word),
    ("lIns", Measure),
    ("tIns", Measure),
    ("rIns", Measure),
    ("bIns", Measure),
    ("numCol", Number),
    ("spcCol", Measure),
    ("rtlCol", Switch),
    ("fromWordArt", Switch),
    ("anchor", Word),
    ("anchorCtr", Switch),
    ("forceAA", Switch),
    ("upright", Switch),
    ("compatLnSpc", Switch),
];

/// Where a drawing stands, and the shapes in it.
pub(crate) const SHAPES: AllowList<Rule> = AllowList {
    name: "docx drawings",
    allowed: &[
        keep("wp:inline", DISTANCES),
        keep(
            "wp:anchor",
            &[
                ("distT", Number),
                ("distB", Number),
                ("distL", Number),
                ("distR", Number),
                ("simplePos", Switch),
                ("relativeHeight", Number),
                ("behindDoc", Switch),
                ("locked", Switch),
                ("layoutInCell", Switch),
                ("allowOverlap", Switch),
            ],
        ),
        keep("wp:simplePos", &[("x", Measure), ("y", Measure)]),
        keep("wp:positionH", &[("relativeFrom", Word)]),
        keep("wp:positionV", &[("relativeFrom", Word)]),
        Rule::text("wp:posOffset", NONE, Number),
        Rule::text("wp:align", NONE, Word),
        keep("wp14:sizeRelH", &[("relativeFrom", Word)]),
        keep("wp14:sizeRelV", &[("relativeFrom", Word)]),
        Rule::text("wp14:pctWidth", NONE, Number),
        Rule::text("wp14:pctHeight", NONE, Number),
        keep("wp:extent", &[("cx", Number), ("cy", Number)]),
        keep("wp:effectExtent", EDGES),
        keep("wp:wrapNone", NONE),
        keep(
            "wp:wrapSquare",
            &[
                ("wrapText", Word),
                ("distT", Number),
                ("distB", Number),
                ("distL", Number),
                ("distR", Number),
            ],
        ),
        keep("wp:wrapTight", &[("wrapText", Word), ("distL", Number), ("distR", Number)]),
        keep("wp:wrapThrough", &[("wrapText", Word), ("distL", Number), ("distR", Number)]),
        keep("wp:wrapTopAndBottom", &[("distT", Number), ("distB", Number)]),
        keep("wp:wrapPolygon", &[("edited", Switch)]),
        keep("wp:start", &[("x", Measure), ("y", Measure)]),
        keep("wp:lineTo", &[("x", Measure), ("y", Measure)]),
        keep("wp:docPr", NAMELESS),
        keep("wp:cNvGraphicFramePr", NONE),
        keep("c:chart", &[("r:id", Relation)]),
        keep("wps:wsp", NONE),
        keep("wps:cNvPr", NAMELESS),
        keep("wps:cNvSpPr", &[("txBox", Switch)]),
        keep("wps:cNvCnPr", NONE),
        keep("wps:spPr", &[("bwMode", Word)]),
        keep("wps:style", NONE),
        keep("wps:txbx", &[("id", Number)]),
        keep("wps:linkedTxbx", &[("id", Number), ("seq", Number)]),
        keep("wps:bodyPr", BODY),
        keep("wpg:wgp", NONE),
        keep("wpg:grpSp", NONE),
        keep("wpg:cNvPr", NAMELESS),
        keep("wpg:cNvGrpSpPr", NONE),
        keep("wpg:cNvFrPr", NONE),
        keep("wpg:grpSpPr", &[("bwMode", Word)]),
        keep("wpg:graphicFrame", NONE),
        keep("wpg:xfrm", &[("rot", Number), ("flipH", Switch), ("flipV", Switch)]),
        keep("wpc:wpc", NONE),
        keep("wpc:bg", NONE),
        keep("wpc:whole", NONE),
    ],
    forbidden: &[
        keep("wp:docPr", &[("descr", Text)]),
        keep("wp:docPr", &[("title", Text)]),
        keep("wp:anchor", &[("wp14:anchorId", Text)]),
        keep("wp:inline", &[("wp14:editId", Text)]),
        keep("wps:cNvPr", &[("descr", Text)]),
        keep("wpg:cNvPr", &[("descr", Text)]),
    ],
};
