//! The allow-lists: elements, attributes, properties of styles.

use super::words::FONTS;
use crate::Category;
use crate::allow::AllowList;

/// Elements that are kept.
pub(super) const ELEMENTS: AllowList<&str> = AllowList {
    name: "svg elements",
    allowed: &[
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "textPath",
        "image",
        "linearGradient",
        "radialGradient",
        "stop",
        "pattern",
        "clipPath",
        "mask",
        "marker",
        "style",
        "filter",
        "feBlend",
        "feColorMatrix",
        "feComponentTransfer",
        "feComposite",
        "feConvolveMatrix",
        "feDiffuseLighting",
        "feDisplacementMap",
        "feDistantLight",
        "feDropShadow",
        "feFlood",
        "feFuncA",
        "feFuncB",
        "feFuncG",
        "feFuncR",
        "feGaussianBlur",
        "feMerge",
        "feMergeNode",
        "feMorphology",
        "feOffset",
        "fePointLight",
        "feSpecularLighting",
        "feSpotLight",
        "feTile",
        "feTurbulence",
    ],
    forbidden: &[
        "script",
        "foreignObject",
        "metadata",
        "title",
        "desc",
        "animate",
        "set",
        "font",
        "view",
        "cursor",
    ],
};

/// Whether a word is on a list.
pub(super) fn holds(list: &AllowList<&'static str>, word: &str) -> bool {
    let mut all = list.allowed.iter().chain(list.forbidden);
    all.find(|one| **one == word).is_some_and(|one| list.allows(one))
}

/// What the value of an attribute or property may look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Numbers, colours, words of the standard, references inside the file.
    Plain,
    /// Commands and numbers of a path.
    Path,
    /// Names of fonts.
    Fonts,
    /// A name in the file itself.
    Name,
    /// Names of classes.
    Classes,
    /// Properties of a style.
    Style,
    /// A reference to a place in the file, or a picture inside of it.
    Target,
    /// The name of a step of a filter.
    Step,
}

/// Attributes that are kept beside the properties of styles.
pub(super) const ATTRIBUTES: AllowList<&str> = AllowList {
    name: "svg attributes",
    allowed: &[
        "id",
        "class",
        "style",
        "href",
        "xlink:href",
        "xml:space",
        "x",
        "y",
        "width",
        "height",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "x1",
        "y1",
        "x2",
        "y2",
        "d",
        "points",
        "transform",
        "viewBox",
        "preserveAspectRatio",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "offset",
        "fx",
        "fy",
        "fr",
        "patternUnits",
        "patternContentUnits",
        "patternTransform",
        "clipPathUnits",
        "maskUnits",
        "maskContentUnits",
        "markerUnits",
        "markerWidth",
        "markerHeight",
        "refX",
        "refY",
        "orient",
        "filterUnits",
        "primitiveUnits",
        "in",
        "in2",
        "result",
        "stdDeviation",
        "dx",
        "dy",
        "values",
        "type",
        "mode",
        "operator",
        "k1",
        "k2",
        "k3",
        "k4",
        "tableValues",
        "slope",
        "intercept",
        "amplitude",
        "exponent",
        "order",
        "kernelMatrix",
        "divisor",
        "bias",
        "targetX",
        "targetY",
        "edgeMode",
        "kernelUnitLength",
        "preserveAlpha",
        "surfaceScale",
        "diffuseConstant",
        "specularConstant",
        "specularExponent",
        "limitingConeAngle",
        "pointsAtX",
        "pointsAtY",
        "pointsAtZ",
        "azimuth",
        "elevation",
        "z",
        "radius",
        "baseFrequency",
        "numOctaves",
        "seed",
        "stitchTiles",
        "scale",
        "xChannelSelector",
        "yChannelSelector",
        "rotate",
        "textLength",
        "lengthAdjust",
        "startOffset",
        "method",
        "spacing",
        "side",
        "pathLength",
    ],
    forbidden: &[
        "onload",
        "data-name",
        "aria-label",
        "?:label",
        "?:docname",
        "?:export-filename",
        "xml:base",
        "xml:lang",
        "xlink:title",
        "systemLanguage",
    ],
};

/// Properties of styles that are kept, as attributes or in a style.
pub(super) const PROPERTIES: AllowList<&str> = AllowList {
    name: "svg properties",
    allowed: &[
        "alignment-baseline",
        "baseline-shift",
        "clip-path",
        "clip-rule",
        "color",
        "color-interpolation",
        "color-interpolation-filters",
        "direction",
        "display",
        "dominant-baseline",
        "fill",
        "fill-opacity",
        "fill-rule",
        "filter",
        "flood-color",
        "flood-opacity",
        "font-family",
        "font-size",
        "font-stretch",
        "font-style",
        "font-variant",
        "font-weight",
        "image-rendering",
        "isolation",
        "letter-spacing",
        "lighting-color",
        "line-height",
        "marker",
        "marker-end",
        "marker-mid",
        "marker-start",
        "mask",
        "mask-type",
        "mix-blend-mode",
        "opacity",
        "overflow",
        "paint-order",
        "shape-rendering",
        "stop-color",
        "stop-opacity",
        "stroke",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-opacity",
        "stroke-width",
        "text-align",
        "text-anchor",
        "text-decoration",
        "text-rendering",
        "transform",
        "transform-box",
        "transform-origin",
        "unicode-bidi",
        "vector-effect",
        "visibility",
        "white-space",
        "word-spacing",
        "writing-mode",
    ],
    forbidden: &["-inkscape-font-specification", "src", "content", "cursor", "--note", "behavior"],
};

/// What the value of an attribute may look like.
pub(super) fn shape(attribute: &str) -> Shape {
    match attribute {
        "d" => Shape::Path,
        "id" => Shape::Name,
        "class" => Shape::Classes,
        "style" => Shape::Style,
        "href" | "xlink:href" => Shape::Target,
        "in" | "in2" | "result" => Shape::Step,
        "font-family" => Shape::Fonts,
        _ => Shape::Plain,
    }
}

/// Elements in which text is drawn.
pub(super) const TEXTS: [&str; 3] = ["text", "tspan", "textPath"];

/// Elements that are drawn only where something refers to them.
pub(super) const UNDRAWN: [&str; 9] = [
    "defs",
    "symbol",
    "linearGradient",
    "radialGradient",
    "pattern",
    "clipPath",
    "mask",
    "marker",
    "filter",
];

/// How an element that is left out is counted.
pub(super) fn element_category(name: &str) -> Category {
    match name {
        "svg:metadata" | "svg:title" | "svg:desc" => Category::Descriptions,
        "svg:script" => Category::Scripts,
        "svg:a" => Category::Links,
        "svg:foreignObject" => Category::EmbeddedFiles,
        _ if name.starts_with("?:") => Category::Software,
        _ => Category::Other,
    }
}

/// How an attribute that is left out is counted; nothing if it tells nothing.
pub(super) fn attribute_category(name: &str) -> Option<Category> {
    match name {
        // Which version of the format it is, and what a link would have done.
        "version" | "baseProfile" | "contentScriptType" | "contentStyleType" | "zoomAndPan"
        | "xlink:type" | "xlink:actuate" | "xlink:show" | "enable-background" => None,
        _ if name.starts_with("on") => Some(Category::Scripts),
        "?:export-filename" | "?:docname" | "?:absref" => Some(Category::People),
        "xlink:title" | "xlink:role" | "?:label" | "title" => Some(Category::Descriptions),
        "xml:base" => Some(Category::Links),
        _ if name.starts_with("?:") => Some(Category::Software),
        _ => Some(Category::Other),
    }
}

/// The lists as lines of text.
pub(super) fn explain() -> Vec<String> {
    let line =
        |sort: &str, list: &AllowList<&'static str>| format!("{sort}: {}", list.allowed.join(", "));
    vec![
        line("elements", &ELEMENTS),
        line("attributes", &ATTRIBUTES),
        line("properties", &PROPERTIES),
        format!("fonts: {}", FONTS.join(", ")),
    ]
}

/// Names and numbers of forbidden neighbours of the lists.
#[cfg(test)]
pub(crate) fn lists() -> [(&'static str, usize); 3] {
    [&ELEMENTS, &ATTRIBUTES, &PROPERTIES].map(|list| (list.name, list.forbidden.len()))
}
