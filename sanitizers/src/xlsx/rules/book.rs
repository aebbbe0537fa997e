//! The workbook itself, and tables in sheets.

use super::{PLACES, TABLE_LOOK};
use crate::allow::AllowList;
use crate::xml::{Rule, Value, keep};

/// Elements of the workbook (ISO/IEC 29500-1, 18.2).
#[rustfmt::skip]
pub(in crate::xlsx) const BOOK: AllowList<Rule> = AllowList {
    name: "xlsx workbook",
    allowed: &[
        keep("x:workbook", &[]),
        keep("x:workbookPr", &[("date1904", Value::Switch)]),
        keep("x:bookViews", &[]),
        keep("x:workbookView", &[("activeTab", Value::Number)]),
        keep("x:sheets", &[]),
        keep("x:sheet", &[("name", Value::Text), ("r:id", Value::Relation), ("sheetId", Value::Serial), ("state", Value::Word)]),
        Rule::holding("x:definedNames", &[]),
        Rule::text("x:definedName", &[("localSheetId", Value::Number), ("name", Value::Text)], Value::Text),
        keep("x:calcPr", &[("fullPrecision", Value::Switch), ("iterate", Value::Switch), ("iterateCount", Value::Number), ("iterateDelta", Value::Number)]),
    ],
    forbidden: &[
        keep("x:fileVersion", &[("appName", Value::Text), ("codeName", Value::Text), ("lastEdited", Value::Text), ("rupBuild", Value::Text)]),
        keep("x:fileSharing", &[("hashValue", Value::Text), ("userName", Value::Text)]),
        keep("x:workbookPr", &[("codeName", Value::Text)]),
        keep("x:workbookProtection", &[("workbookHashValue", Value::Text)]),
        keep("x:definedName", &[("comment", Value::Text), ("description", Value::Text)]),
        keep("x:externalReferences", &[]),
        keep("x:pivotCaches", &[]),
        keep("x:customWorkbookViews", &[]),
        keep("x:webPublishing", &[("css", Value::Text)]),
        keep("x:functionGroups", &[]),
    ],
};

/// Elements of tables (ISO/IEC 29500-1, 18.5).
#[rustfmt::skip]
pub(in crate::xlsx) const TABLE: AllowList<Rule> = AllowList {
    name: "xlsx table",
    allowed: &[
        keep("x:table", &[("dataDxfId", Value::Number), ("displayName", Value::Text), ("headerRowCount", Value::Number), ("headerRowDxfId", Value::Number), ("id", Value::Number), ("name", Value::Text), ("ref", PLACES), ("totalsRowCount", Value::Number), ("totalsRowDxfId", Value::Number), ("totalsRowShown", Value::Switch)]),
        keep("x:tableColumns", &[("count", Value::Number)]),
        keep("x:tableColumn", &[("dataDxfId", Value::Number), ("headerRowDxfId", Value::Number), ("id", Value::Serial), ("name", Value::Text), ("totalsRowDxfId", Value::Number), ("totalsRowFunction", Value::Word), ("totalsRowLabel", Value::Text)]),
        keep("x:tableStyleInfo", &[("name", TABLE_LOOK), ("showColumnStripes", Value::Switch), ("showFirstColumn", Value::Switch), ("showLastColumn", Value::Switch), ("showRowStripes", Value::Switch)]),
    ],
    forbidden: &[
        keep("x:table", &[("comment", Value::Text)]),
        keep("x:table", &[("connectionId", Value::Number)]),
        keep("x:tableColumn", &[("uniqueName", Value::Text), ("queryTableFieldId", Value::Number)]),
        keep("x:xmlColumnPr", &[("xpath", Value::Text)]),
        Rule::text("x:calculatedColumnFormula", &[], Value::Text),
    ],
};
