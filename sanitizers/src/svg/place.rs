//! Where elements and attributes mean something, by the content models of the format.
//!
//! What stands elsewhere is in the file for whoever opens its text, and drawn by nobody.

use super::tables::{ATTRIBUTES, PROPERTIES, holds};

/// Attributes with the elements that they mean something to; `fe` are all steps of filters.
/// What is neither here nor in [`EVERYWHERE`] belongs to these.
const BELONGINGS: [(&str, &str); 21] = [
    ("d", "path"),
    ("points", "polyline polygon"),
    ("cx cy", "circle ellipse radialGradient"),
    ("r", "circle radialGradient"),
    ("rx ry", "rect ellipse"),
    ("x1 y1 x2 y2", "line linearGradient"),
    ("fx fy fr", "radialGradient"),
    ("x y", "svg symbol use image rect text tspan pattern mask filter fe"),
    ("width height", "svg symbol use image rect pattern mask filter fe"),
    ("viewBox", "svg symbol pattern marker"),
    ("preserveAspectRatio", "svg symbol pattern marker image"),
    ("gradientUnits gradientTransform spreadMethod", "linearGradient radialGradient"),
    ("offset", "stop fe"),
    ("patternUnits patternContentUnits patternTransform", "pattern"),
    ("clipPathUnits", "clipPath"),
    ("maskUnits maskContentUnits", "mask"),
    ("markerUnits markerWidth markerHeight orient", "marker"),
    ("refX refY", "marker symbol"),
    ("filterUnits primitiveUnits", "filter"),
    (
        "dx dy rotate textLength lengthAdjust startOffset method spacing side",
        "text tspan textPath fe",
    ),
    ("pathLength", "path rect circle ellipse line polyline polygon"),
];

/// Attributes that may be on any element.
const EVERYWHERE: [&str; 4] = ["id", "class", "style", "xml:space"];

/// Elements that lead to another place.
const LEADING: &str = "use image textPath linearGradient radialGradient pattern";

/// Whether an attribute means something to an element.
pub(super) fn belongs(attribute: &str, element: &str) -> bool {
    let has = |list: &str, word: &str| list.split(' ').any(|one| one == word);
    if EVERYWHERE.contains(&attribute) || holds(&PROPERTIES, attribute) {
        return true;
    }
    let elements = match attribute {
        "href" | "xlink:href" => LEADING,
        // What the list of attributes keeps out is kept out there alone: here it would hide
        // that somebody let it in.
        _ if !ATTRIBUTES.allowed.contains(&attribute) => return true,
        _ => BELONGINGS.iter().find(|(all, _)| has(all, attribute)).map_or("fe", |(_, of)| of),
    };
    has(elements, element) || (has(elements, "fe") && element.starts_with("fe"))
}

/// Elements that hold others which are drawn.
const CONTAINERS: [&str; 8] =
    ["svg", "g", "defs", "symbol", "pattern", "clipPath", "mask", "marker"];

/// Whether an element may stand in another one. What stands elsewhere is drawn by nobody.
pub(super) fn may_hold(parent: &str, child: &str) -> bool {
    let is_step = child.starts_with("fe");
    match parent {
        "text" | "tspan" | "textPath" => matches!(child, "tspan" | "textPath"),
        "linearGradient" | "radialGradient" => child == "stop",
        "filter" => is_step && !child.starts_with("feFunc") && !child.ends_with("Light"),
        "feMerge" => child == "feMergeNode",
        "feComponentTransfer" => child.starts_with("feFunc"),
        "feDiffuseLighting" | "feSpecularLighting" => child.ends_with("Light"),
        _ => {
            CONTAINERS.contains(&parent)
                && !is_step
                && !matches!(child, "tspan" | "textPath" | "stop")
        }
    }
}
