//! What lies over the cells of a sheet.

use crate::allow::AllowList;
use crate::xml::{Rule, Value, keep};

/// Elements of drawings of sheets (ISO/IEC 29500-1, 20.5).
#[rustfmt::skip]
pub(in crate::xlsx) const DRAWING: AllowList<Rule> = AllowList {
    name: "xlsx drawing",
    allowed: &[
        keep("xdr:wsDr", &[]),
        keep("xdr:twoCellAnchor", &[("editAs", Value::Word)]),
        keep("xdr:oneCellAnchor", &[]),
        keep("xdr:absoluteAnchor", &[]),
        keep("xdr:from", &[]),
        keep("xdr:to", &[]),
        Rule::text("xdr:col", &[], Value::Measure),
        Rule::text("xdr:row", &[], Value::Measure),
        Rule::text("xdr:colOff", &[], Value::Measure),
        Rule::text("xdr:rowOff", &[], Value::Measure),
        keep("xdr:pos", &[("x", Value::Measure), ("y", Value::Measure)]),
        keep("xdr:ext", &[("cx", Value::Measure), ("cy", Value::Measure)]),
        keep("xdr:sp", &[]),
        keep("xdr:pic", &[]),
        keep("xdr:graphicFrame", &[]),
        keep("xdr:cxnSp", &[]),
        keep("xdr:grpSp", &[]),
        keep("xdr:nvSpPr", &[]),
        keep("xdr:nvPicPr", &[]),
        keep("xdr:nvGraphicFramePr", &[]),
        keep("xdr:nvCxnSpPr", &[]),
        keep("xdr:nvGrpSpPr", &[]),
        keep(
            "xdr:cNvPr",
            &[
                ("hidden", Value::Switch), ("id", Value::Serial), ("name", Value::Fixed("")),
            ],
        ),
        keep("xdr:cNvSpPr", &[("txBox", Value::Switch)]),
        keep("xdr:cNvPicPr", &[]),
        keep("xdr:cNvGraphicFramePr", &[]),
        keep("xdr:cNvCxnSpPr", &[]),
        keep("xdr:cNvGrpSpPr", &[]),
        keep("xdr:spPr", &[]),
        keep("xdr:grpSpPr", &[]),
        keep("xdr:blipFill", &[("rotWithShape", Value::Switch)]),
        keep(
            "xdr:xfrm",
            &[
                ("flipH", Value::Switch), ("flipV", Value::Switch), ("rot", Value::Number),
            ],
        ),
        keep("c:chart", &[("r:id", Value::Relation)]),
        keep("xdr:style", &[]),
        keep("xdr:txBody", &[]),
        keep("xdr:clientData", &[("fPrintsWithSheet", Value::Switch)]),
    ],
    forbidden: &[
        keep("xdr:sp", &[("macro", Value::Text), ("textlink", Value::Text)]),
        keep("xdr:graphicFrame", &[("macro", Value::Text)]),
        keep("xdr:cNvPr", &[("descr", Value::Text)]),
        keep("xdr:cNvPr", &[("title", Value::Text)]),
        keep("xdr:contentPart", &[]),
    ],
};
