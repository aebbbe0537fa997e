//! What stays of a presentation.

use crate::allow::AllowList;
use crate::xml::{Rule, Value, keep};

/// Words of the simple types of presentations (19.7).
pub(super) const WORDS: &str = "\
    35mm A3 A4 B4ISO B4JIS B5ISO B5JIS banner blank body chart chartAndTx clipArt clipArtAndTx \
    clipArtAndVertTx ctrTitle cust custom datetime datetime1 datetime10 datetime11 datetime12 \
    datetime13 datetime2 datetime3 datetime4 datetime5 datetime6 datetime7 datetime8 datetime9 \
    dgm diagram dt fourObj ftr full hagakiCard half hdr horz ledger letter media mediaAndTx obj \
    objAndTwoObj objAndTx objOnly objOverTx objTx overhead pic picTx quarter screen16x10 \
    screen16x9 screen4x3 secHead sldImg sldNum slidenum subTitle tbl title titleOnly twoColTx \
    twoObj twoObjAndObj twoObjAndTx twoObjOverTx twoTxTwoObj tx txAndChart txAndClipArt \
    txAndMedia txAndObj txAndTwoObj txOverObj vert vertTitleAndTx vertTitleAndTxOverChart vertTx";

/// Elements of presentations (ISO/IEC 29500-1, 19.2 and 19.3).
#[rustfmt::skip]
pub(super) const SLIDES: AllowList<Rule> = AllowList {
    name: "pptx slides",
    allowed: &[
        keep(
            "p:presentation",
            &[
                ("firstSlideNum", Value::Number), ("rtl", Value::Switch),
                ("showSpecialPlsOnTitleSld", Value::Switch),
            ],
        ),
        Rule::holding("p:sldMasterIdLst", &[]),
        keep("p:sldMasterId", &[("id", Value::Number), ("r:id", Value::Relation)]),
        Rule::holding("p:sldIdLst", &[]),
        keep("p:sldId", &[("id", Value::Number), ("r:id", Value::Relation)]),
        keep(
            "p:sldSz",
            &[
                ("cx", Value::Number), ("cy", Value::Number), ("type", Value::Word),
            ],
        ),
        keep("p:notesSz", &[("cx", Value::Number), ("cy", Value::Number)]),
        keep("p:defaultTextStyle", &[]),
        keep("p:sld", &[("show", Value::Switch), ("showMasterSp", Value::Switch)]),
        keep("p:sldLayout", &[("showMasterSp", Value::Switch), ("type", Value::Word)]),
        keep("p:sldMaster", &[]),
        Rule::holding("p:sldLayoutIdLst", &[]),
        keep("p:sldLayoutId", &[("id", Value::Number), ("r:id", Value::Relation)]),
        keep("p:cSld", &[]),
        keep("p:bg", &[("bwMode", Value::Word)]),
        keep("p:bgPr", &[("shadeToTitle", Value::Switch)]),
        keep("p:bgRef", &[("idx", Value::Number)]),
        keep("p:spTree", &[]),
        keep("p:nvGrpSpPr", &[]),
        keep("p:cNvGrpSpPr", &[]),
        keep("p:nvSpPr", &[]),
        keep("p:nvPicPr", &[]),
        keep("p:cNvPicPr", &[]),
        keep("p:nvGraphicFramePr", &[]),
        keep("p:cNvGraphicFramePr", &[]),
        keep("p:nvCxnSpPr", &[]),
        keep("p:cNvCxnSpPr", &[]),
        keep(
            "p:cNvPr",
            &[
                ("hidden", Value::Switch), ("id", Value::Serial), ("name", Value::Fixed("")),
            ],
        ),
        keep("p:cNvSpPr", &[("txBox", Value::Switch)]),
        keep("p:nvPr", &[]),
        keep(
            "p:ph",
            &[
                ("hasCustomPrompt", Value::Switch), ("idx", Value::Number),
                ("orient", Value::Word), ("sz", Value::Word), ("type", Value::Word),
            ],
        ),
        keep("p:grpSpPr", &[("bwMode", Value::Word)]),
        keep("p:spPr", &[("bwMode", Value::Word)]),
        keep("p:sp", &[("useBgFill", Value::Switch)]),
        keep("p:pic", &[]),
        keep("p:graphicFrame", &[]),
        keep("p:cxnSp", &[]),
        keep("p:grpSp", &[]),
        keep("p:style", &[]),
        keep("p:txBody", &[]),
        keep("p:blipFill", &[("rotWithShape", Value::Switch)]),
        keep(
            "p:xfrm",
            &[
                ("flipH", Value::Switch), ("flipV", Value::Switch), ("rot", Value::Number),
            ],
        ),
        keep(
            "p:clrMap",
            &[
                ("accent1", Value::Word), ("accent2", Value::Word), ("accent3", Value::Word),
                ("accent4", Value::Word), ("accent5", Value::Word), ("accent6", Value::Word),
                ("bg1", Value::Word), ("bg2", Value::Word), ("folHlink", Value::Word),
                ("hlink", Value::Word), ("tx1", Value::Word), ("tx2", Value::Word),
            ],
        ),
        keep("c:chart", &[("r:id", Value::Relation)]),
        keep("p:clrMapOvr", &[]),
        keep("p:txStyles", &[]),
        keep("p:titleStyle", &[]),
        keep("p:bodyStyle", &[]),
        keep("p:otherStyle", &[]),
    ],
    forbidden: &[
        keep("p:presentation", &[("serverZoom", Value::Text)]),
        keep("p:modifyVerifier", &[("hashValue", Value::Text), ("saltValue", Value::Text)]),
        keep("p:embeddedFontLst", &[]),
        keep("p:custShowLst", &[]),
        keep("p:photoAlbum", &[]),
        keep("p:custDataLst", &[]),
        keep("p:smartTags", &[]),
        keep("p:cSld", &[("name", Value::Text)]),
        keep("p:cNvPr", &[("descr", Value::Text)]),
        keep("p:cNvPr", &[("title", Value::Text)]),
        keep("p:nvPr", &[("userDrawn", Value::Switch)]),
        keep("p:contentPart", &[]),
        keep("p:timing", &[]),
        keep("p:transition", &[]),
        keep("p:extLst", &[]),
        keep("p:sldLayout", &[("matchingName", Value::Text)]),
        keep("p:notesMasterIdLst", &[]),
        keep("p:oleObj", &[("name", Value::Text), ("progId", Value::Text)]),
    ],
};

/// The sort of the names of styles of tables.
pub(super) const TABLE_STYLE: &str = "table style";

const STYLE: Value = Value::Name(TABLE_STYLE);
const EDGE: &[(&str, Value)] = &[];

/// Styles of tables (ISO/IEC 29500-1, 20.1.4.2), and which of them a table has.
#[rustfmt::skip]
pub(super) const TABLES: AllowList<Rule> = AllowList {
    name: "pptx styles of tables",
    allowed: &[
        Rule { must_hold: true, ..Rule::text("a:tableStyleId", &[], STYLE) },
        keep("a:tblStyleLst", &[("def", STYLE)]),
        keep("a:tblStyle", &[("styleId", STYLE), ("styleName", Value::Fixed("Style"))]),
        keep("a:wholeTbl", EDGE),
        keep("a:band1H", EDGE),
        keep("a:band2H", EDGE),
        keep("a:band1V", EDGE),
        keep("a:band2V", EDGE),
        keep("a:lastCol", EDGE),
        keep("a:firstCol", EDGE),
        keep("a:lastRow", EDGE),
        keep("a:seCell", EDGE),
        keep("a:swCell", EDGE),
        keep("a:firstRow", EDGE),
        keep("a:neCell", EDGE),
        keep("a:nwCell", EDGE),
        keep("a:tblBg", EDGE),
        keep("a:tcStyle", EDGE),
        keep("a:tcBdr", EDGE),
        keep("a:left", EDGE),
        keep("a:right", EDGE),
        keep("a:top", EDGE),
        keep("a:bottom", EDGE),
        keep("a:insideH", EDGE),
        keep("a:insideV", EDGE),
        keep("a:tl2br", EDGE),
        keep("a:tr2bl", EDGE),
        keep("a:fill", EDGE),
        keep("a:effect", EDGE),
        keep("a:tcTxStyle", &[("b", Value::Word), ("i", Value::Word)]),
    ],
    forbidden: &[
        keep("a:extLst", &[]),
    ],
};
