//! Where elements that hold words may stand.
//!
//! Programs show a paragraph in a cell and pass over one that stands in a column, without a
//! word. Whoever knows that can put there what nobody should see. So an element that holds
//! words stays only where the standard has it (part 3, 5 to 16).

/// What stands in a line of words.
const LINES: &str = "text:p text:h text:span text:ruby-base";

/// What holds paragraphs, lists and tables.
const BLOCKS: &str = "office:text text:section text:list-item text:list-header text:note-body \
    text:numbered-paragraph table:table-cell table:covered-table-cell draw:text-box style:header \
    style:footer style:header-left style:footer-left style:header-first style:footer-first \
    style:region-left style:region-center style:region-right";

/// Drawings, on which words can stand.
const SHAPES: &str = "draw:rect draw:line draw:polyline draw:polygon draw:regular-polygon \
    draw:path draw:circle draw:ellipse draw:connector draw:measure draw:caption \
    draw:custom-shape draw:image";

/// Parts of a chart that hold paragraphs.
const OF_CHARTS: &str = "chart:title chart:subtitle chart:footer chart:data-label chart:equation";

/// What holds drawings, beside lines and blocks.
const CANVASES: &str = "draw:page draw:g table:shapes style:master-page style:handout-master \
    chart:chart office:spreadsheet";

/// Elements with what they may stand in, in words of the tables above or by name.
const PLACES: [(&str, &[&str]); 22] = [
    ("text:p text:h text:list text:numbered-paragraph", &[BLOCKS, SHAPES, OF_CHARTS]),
    ("text:span text:note text:ruby text:page-number text:page-count text:sheet-name", &[LINES]),
    ("presentation:header presentation:footer presentation:date-time", &[LINES]),
    ("text:section", &[BLOCKS]),
    ("text:list-item text:list-header", &["text:list"]),
    ("text:note-citation text:note-body", &["text:note"]),
    ("text:ruby-base text:ruby-text", &["text:ruby"]),
    ("text:linenumbering-separator", &["text:linenumbering-configuration"]),
    ("table:table", &[BLOCKS, "office:spreadsheet draw:frame chart:chart"]),
    (
        "table:table-row",
        &["table:table table:table-rows table:table-header-rows table:table-row-group"],
    ),
    ("table:table-rows table:table-header-rows", &["table:table table:table-row-group"]),
    ("table:table-row-group", &["table:table table:table-row-group"]),
    ("table:table-cell table:covered-table-cell", &["table:table-row"]),
    ("table:shapes", &["table:table"]),
    ("draw:frame draw:g", &[LINES, BLOCKS, CANVASES]),
    ("draw:text-box draw:image draw:object", &["draw:frame"]),
    ("draw:page", &["office:presentation office:drawing"]),
    (
        "style:header style:footer style:header-left style:footer-left style:header-first \
      style:footer-first",
        &["style:master-page"],
    ),
    (
        "style:region-left style:region-center style:region-right",
        &["style:header style:footer \
      style:header-left style:footer-left style:header-first style:footer-first"],
    ),
    ("style:master-page style:handout-master", &["office:master-styles"]),
    (
        "presentation:header-decl presentation:footer-decl presentation:date-time-decl",
        &["office:presentation"],
    ),
    ("chart:title", &["chart:chart chart:axis"]),
];

/// Whether an element may stand in another one. Those that hold no words may stand anywhere.
pub(super) fn may_stand(name: &str, parent: &str) -> bool {
    let among = |list: &str| list.split(' ').any(|one| one == parent);
    if let Some((_, parents)) = PLACES.iter().find(|(names, _)| is_in(name, names)) {
        return parents.iter().any(|list| among(list));
    }
    if is_in(name, SHAPES) {
        return [LINES, BLOCKS, CANVASES].iter().any(|list| among(list));
    }
    match name {
        "number:text" | "number:currency-symbol" => {
            parent.starts_with("number:") && parent.ends_with("-style")
        }
        "number:embedded-text" => parent.starts_with("number:"),
        "chart:chart" => parent == "office:chart",
        "office:body" => parent == "office:document-content",
        "office:text"
        | "office:spreadsheet"
        | "office:presentation"
        | "office:drawing"
        | "office:chart" => parent == "office:body",
        "office:styles" | "office:automatic-styles" | "office:master-styles" => {
            parent.starts_with("office:document-")
        }
        _ if name.starts_with("chart:") => parent.starts_with("chart:"),
        _ if name.starts_with("math:") => parent.starts_with("math:"),
        _ => true,
    }
}

fn is_in(name: &str, names: &str) -> bool {
    names.split(' ').any(|one| one == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opendocument::elements::HOLDING_TEXT;

    #[test]
    fn nothing_that_holds_words_may_stand_anywhere() {
        for name in HOLDING_TEXT {
            assert!(!may_stand(name, "style:style"), "{name}");
            assert!(!may_stand(name, "table:table-column"), "{name}");
        }
        assert!(may_stand("text:p", "table:table-cell"));
        assert!(may_stand("draw:rect", "draw:page"));
        assert!(may_stand("math:mi", "math:mrow"));
        assert!(!may_stand("math:mi", "text:p"));
    }
}
