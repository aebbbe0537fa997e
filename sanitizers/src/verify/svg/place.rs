//! Where elements and attributes mean something.

use super::harmless::{holds, is_property};

/// Attributes that mean something to a few elements only.
const BELONGINGS: &[(&str, &str)] = &[
    ("d", "path"),
    ("points", "polyline polygon"),
    ("cx cy", "circle ellipse radialGradient"),
    ("r", "circle radialGradient"),
    ("rx ry", "rect ellipse"),
    ("x1 y1 x2 y2", "line linearGradient"),
    ("fx fy fr", "radialGradient"),
    ("x y width height", "svg symbol use image rect pattern mask filter"),
    ("x y dx dy rotate textLength lengthAdjust", "text tspan"),
    ("dx dy rotate textLength lengthAdjust startOffset method spacing side", "text tspan textPath"),
    ("viewBox", "svg symbol pattern marker"),
    ("preserveAspectRatio", "svg symbol pattern marker image"),
    ("gradientUnits gradientTransform spreadMethod", "linearGradient radialGradient"),
    ("offset", "stop"),
    ("patternUnits patternContentUnits patternTransform", "pattern"),
    ("clipPathUnits", "clipPath"),
    ("maskUnits maskContentUnits", "mask"),
    ("markerUnits markerWidth markerHeight orient", "marker"),
    ("refX refY", "marker symbol"),
    ("filterUnits primitiveUnits", "filter"),
    ("pathLength", "path rect circle ellipse line polyline polygon"),
];

/// Attributes of no step of a filter.
const OF_NO_STEP: &str = "d points cx cy r rx ry x1 y1 x2 y2 fx fy fr viewBox preserveAspectRatio \
    gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits \
    patternTransform clipPathUnits maskUnits maskContentUnits markerUnits markerWidth \
    markerHeight orient refX refY filterUnits primitiveUnits pathLength";

/// Whether an attribute means something to an element.
pub(super) fn belongs(name: &str, element: &str) -> bool {
    if matches!(name, "id" | "class" | "style") || is_property(name) {
        return true;
    }
    if element.starts_with("fe") {
        return !holds(OF_NO_STEP, name);
    }
    BELONGINGS.iter().any(|(names, elements)| holds(names, name) && holds(elements, element))
}

/// Whether an element is drawn in another one.
pub(super) fn may_hold(parent: &str, child: &str) -> bool {
    let parts = "tspan textPath stop";
    match parent {
        "svg" | "g" | "defs" | "symbol" | "pattern" | "clipPath" | "mask" | "marker" => {
            !child.starts_with("fe") && !holds(parts, child)
        }
        "text" | "tspan" | "textPath" => child == "tspan" || child == "textPath",
        "linearGradient" | "radialGradient" => child == "stop",
        "feComponentTransfer" => holds("feFuncR feFuncG feFuncB feFuncA", child),
        "feDiffuseLighting" | "feSpecularLighting" => {
            holds("feDistantLight fePointLight feSpotLight", child)
        }
        "feMerge" => child == "feMergeNode",
        "filter" => {
            let inner = "feFuncR feFuncG feFuncB feFuncA feDistantLight fePointLight feSpotLight";
            child.starts_with("fe") && !holds(inner, child)
        }
        _ => false,
    }
}
