//! Words that stand where no program shows them.

use roxmltree::Node;

use super::xml::name;

/// Whether an element that holds words, or leads to them, stands where it is shown.
pub(super) fn is_shown_there(node: Node<'_, '_>) -> bool {
    // Wrappings that a copy does not have.
    let is_wrapping = |one: &Node<'_, '_>| {
        matches!(
            name(*one),
            ("w", "ins" | "moveTo" | "smartTag" | "customXml" | "sdt" | "sdtContent")
                | ("mc", "AlternateContent" | "Choice" | "Fallback")
        )
    };
    let mut around = node.ancestors().skip(1).filter(Node::is_element);
    let Some(parent) = around.find(|one| !is_wrapping(one)) else { return true };
    let (space, holder) = name(parent);
    match name(node) {
        ("w", "t") => holder == "r" && matches!(space, "w" | "m"),
        ("w", "r") if space == "m" => is_part_of_formula(holder),
        ("w", "r") => matches!(
            (space, holder),
            ("w", "p" | "hyperlink" | "fldSimple" | "rt" | "rubyBase" | "dir" | "bdo")
        ),
        ("w", "p" | "tbl") => matches!(
            (space, holder),
            ("w", "body" | "hdr" | "ftr" | "footnote" | "endnote" | "tc" | "txbxContent")
        ),
        ("w", "tr") => holder == "tbl",
        ("w", "tc") => holder == "tr",
        ("w", "txbxContent") => matches!((space, holder), ("wps", "txbx") | ("v", "textbox")),
        ("m", "t") => (space, holder) == ("m", "r"),
        ("m", "r") => space == "m" && is_part_of_formula(holder),
        ("a", "t") => space == "a" && matches!(holder, "r" | "fld"),
        ("a", "r" | "fld") => (space, holder) == ("a", "p"),
        ("a", "p") => {
            matches!(
                (space, holder),
                ("a" | "p" | "xdr" | "dsp", "txBody") | ("c", "rich" | "txPr")
            )
        }
        ("x", "t") => space == "x" && matches!(holder, "is" | "si" | "r"),
        ("x", "r") => space == "x" && matches!(holder, "is" | "si"),
        ("x", "is") => is_first(node) && parent.attribute("t") == Some("inlineStr"),
        ("x", "v" | "f") => (space, holder) == ("x", "c") && is_first(node),
        ("x", "c") => holder == "row",
        ("x", "row") => holder == "sheetData",
        ("c", "v") => space == "c" && matches!(holder, "pt" | "tx"),
        ("c", "pt") => holder.ends_with("Cache") || holder.ends_with("Lit") || holder == "lvl",
        _ => true,
    }
}

fn is_part_of_formula(holder: &str) -> bool {
    matches!(
        holder,
        "oMath" | "oMathPara" | "e" | "num" | "den" | "sup" | "sub" | "deg" | "fName" | "lim"
    )
}

/// Whether nothing of the same name stands before it.
fn is_first(node: Node<'_, '_>) -> bool {
    let mut before = node.prev_siblings().skip(1);
    before.all(|one| name(one) != name(node))
}
