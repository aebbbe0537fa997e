//! Looks of cells, and of letters in them.

use crate::allow::AllowList;
use crate::office::FACE;
use crate::xml::{Rule, Value, keep};

const VAL: &[(&str, Value)] = &[("val", Value::Plain)];
const COLOUR: &[(&str, Value)] = &[
    ("auto", Value::Switch),
    ("indexed", Value::Number),
    ("rgb", Value::Hex),
    ("theme", Value::Number),
    ("tint", Value::Number),
];
const LINE: &[(&str, Value)] = &[("style", Value::Word)];
const FORMATS: &[(&str, Value)] = &[
    ("applyAlignment", Value::Switch),
    ("applyBorder", Value::Switch),
    ("applyFill", Value::Switch),
    ("applyFont", Value::Switch),
    ("applyNumberFormat", Value::Switch),
    ("applyProtection", Value::Switch),
    ("borderId", Value::Number),
    ("fillId", Value::Number),
    ("fontId", Value::Number),
    ("numFmtId", Value::Number),
    ("quotePrefix", Value::Switch),
    ("xfId", Value::Number),
];

/// Elements of styles (ISO/IEC 29500-1, 18.8), and of runs in strings (18.4).
#[rustfmt::skip]
pub(in crate::xlsx) const STYLES: AllowList<Rule> = AllowList {
    name: "xlsx styles",
    allowed: &[
        keep("x:styleSheet", &[]),
        Rule::holding("x:numFmts", &[]),
        keep("x:numFmt", &[("formatCode", Value::Text), ("numFmtId", Value::Number)]),
        keep("x:fonts", &[]),
        keep("x:font", &[]),
        keep("x:rPr", &[]),
        keep("x:rFont", &[("val", FACE)]),
        keep("x:name", &[("val", FACE)]),
        keep("x:charset", VAL),
        keep("x:family", VAL),
        keep("x:b", VAL),
        keep("x:i", VAL),
        keep("x:strike", VAL),
        keep("x:outline", VAL),
        keep("x:shadow", VAL),
        keep("x:condense", VAL),
        keep("x:extend", VAL),
        keep("x:sz", VAL),
        keep("x:u", VAL),
        keep("x:vertAlign", VAL),
        keep("x:scheme", VAL),
        keep("x:color", COLOUR),
        keep("x:fills", &[]),
        keep("x:fill", &[]),
        keep("x:patternFill", &[("patternType", Value::Word)]),
        keep("x:fgColor", COLOUR),
        keep("x:bgColor", COLOUR),
        keep("x:gradientFill", &[("bottom", Value::Number), ("degree", Value::Number), ("left", Value::Number), ("right", Value::Number), ("top", Value::Number), ("type", Value::Word)]),
        keep("x:stop", &[("position", Value::Number)]),
        keep("x:borders", &[]),
        keep("x:border", &[("diagonalDown", Value::Switch), ("diagonalUp", Value::Switch), ("outline", Value::Switch)]),
        keep("x:left", LINE),
        keep("x:right", LINE),
        keep("x:start", LINE),
        keep("x:end", LINE),
        keep("x:top", LINE),
        keep("x:bottom", LINE),
        keep("x:diagonal", LINE),
        keep("x:vertical", LINE),
        keep("x:horizontal", LINE),
        Rule::holding("x:cellStyleXfs", &[]),
        Rule::holding("x:cellXfs", &[]),
        keep("x:xf", FORMATS),
        keep("x:alignment", &[("horizontal", Value::Word), ("indent", Value::Number), ("justifyLastLine", Value::Switch), ("readingOrder", Value::Number), ("relativeIndent", Value::Number), ("shrinkToFit", Value::Switch), ("textRotation", Value::Number), ("vertical", Value::Word), ("wrapText", Value::Switch)]),
        keep("x:protection", &[("hidden", Value::Switch), ("locked", Value::Switch)]),
        Rule::holding("x:cellStyles", &[]),
        keep("x:cellStyle", &[("builtinId", Value::Number), ("name", Value::Fixed("Normal")), ("xfId", Value::Number)]),
        keep("x:dxfs", &[]),
        keep("x:dxf", &[]),
        Rule::holding("x:colors", &[]),
        Rule::holding("x:indexedColors", &[]),
        keep("x:rgbColor", &[("rgb", Value::Hex)]),
    ],
    forbidden: &[
        keep("x:tableStyles", &[("defaultTableStyle", Value::Text)]),
        keep("x:mruColors", &[]),
    ],
};
