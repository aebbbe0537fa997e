//! Attributes of `OpenDocument` that stay, and what their values may look like.
//!
//! Most are in [`super::plain`]; here are those whose values are something else.

use std::collections::HashMap;

use super::plain::plain;
use super::value::Value::{
    self, Address, Condition, Currency, Equation, Family, Formula, Language, Mark, Moment, Name,
    Part, Path, Plain, Shape, Sheet,
};
use crate::allow::AllowList;

/// Attributes of any element, with what their values may look like.
pub(crate) const ANYWHERE: AllowList<(&str, Value)> = AllowList {
    name: "opendocument attributes",
    allowed: &[
        ("draw:fill-gradient-name", Name),
        ("draw:fill-hatch-name", Name),
        ("draw:fill-image-name", Name),
        ("draw:layer", Name),
        ("draw:marker-end", Name),
        ("draw:marker-start", Name),
        ("draw:master-page-name", Name),
        ("draw:opacity-name", Name),
        ("draw:stroke-dash", Name),
        ("draw:style-name", Name),
        ("draw:text-style-name", Name),
        ("chart:style-name", Name),
        ("presentation:presentation-page-layout-name", Name),
        ("presentation:style-name", Name),
        ("presentation:use-date-time-name", Name),
        ("presentation:use-footer-name", Name),
        ("presentation:use-header-name", Name),
        ("style:apply-style-name", Name),
        ("style:data-style-name", Name),
        ("style:font-name", Name),
        ("style:font-name-asian", Name),
        ("style:font-name-complex", Name),
        ("style:leader-text-style", Name),
        ("style:list-style-name", Name),
        ("style:master-page-name", Name),
        ("style:name", Name),
        ("style:next-style-name", Name),
        ("style:page-layout-name", Name),
        ("style:parent-style-name", Name),
        ("style:percentage-data-style-name", Name),
        ("style:register-truth-ref-style-name", Name),
        ("style:text-line-through-text-style", Name),
        ("table:default-cell-style-name", Name),
        ("table:style-name", Name),
        ("text:citation-body-style-name", Name),
        ("text:citation-style-name", Name),
        ("text:continue-list", Name),
        ("text:default-style-name", Name),
        ("text:list-id", Name),
        ("text:master-page-name", Name),
        ("text:style-name", Name),
        ("text:style-override", Name),
        ("number:country", Language),
        ("number:language", Language),
        ("number:script", Language),
        ("fo:font-family", Family),
        ("style:font-family-asian", Family),
        ("style:font-family-complex", Family),
        ("svg:font-family", Family),
        ("style:condition", Condition),
        ("style:base-cell-address", Address),
        ("table:base-cell-address", Address),
        ("table:cell-range-address", Address),
        ("table:end-cell-address", Address),
        ("table:print-ranges", Address),
        ("chart:error-lower-range", Address),
        ("chart:error-upper-range", Address),
        ("chart:label-cell-address", Address),
        ("chart:values-cell-range-address", Address),
        ("table:formula", Formula),
        ("style:char", Mark),
        ("style:leader-text", Mark),
        ("style:num-format", Mark),
        ("style:num-prefix", Mark),
        ("style:num-suffix", Mark),
        ("style:text-combine-end-char", Mark),
        ("style:text-combine-start-char", Mark),
        ("style:text-line-through-text", Mark),
        ("text:bullet-char", Mark),
        ("text:label", Mark),
        ("number:decimal-replacement", Mark),
        ("open", Mark),
        ("close", Mark),
        ("separators", Mark),
        ("draw:enhanced-path", Path),
        ("draw:glue-points", Path),
        ("draw:handle-polar", Path),
        ("draw:handle-position", Path),
        ("draw:handle-radius-range-maximum", Path),
        ("draw:handle-radius-range-minimum", Path),
        ("draw:handle-range-x-maximum", Path),
        ("draw:handle-range-x-minimum", Path),
        ("draw:handle-range-y-maximum", Path),
        ("draw:handle-range-y-minimum", Path),
        ("draw:modifiers", Path),
        ("draw:points", Path),
        ("draw:text-areas", Path),
        ("svg:d", Path),
        ("draw:formula", Equation),
        ("draw:type", Shape),
        ("office:currency", Currency),
        ("office:date-value", Moment),
        ("office:time-value", Moment),
    ],
    forbidden: &[
        ("fo:country", Value::Any),
        ("fo:language", Value::Any),
        ("fo:script", Value::Any),
        ("style:country-asian", Value::Any),
        ("style:country-complex", Value::Any),
        ("style:language-asian", Value::Any),
        ("style:language-complex", Value::Any),
        ("style:script-asian", Value::Any),
        ("style:script-complex", Value::Any),
        ("draw:name", Value::Any),
        ("draw:display-name", Value::Any),
        ("style:display-name", Value::Any),
        ("style:paper-tray-name", Value::Any),
        ("table:protection-key", Value::Any),
        ("text:protection-key", Value::Any),
        ("text:condition", Value::Any),
        ("office:string-value", Value::Any),
        ("office:target-frame-name", Value::Any),
        ("office:name", Value::Any),
        ("presentation:name", Value::Any),
        ("table:name", Value::Any),
        ("text:name", Value::Any),
        ("xlink:title", Value::Any),
        ("xml:id", Value::Any),
    ],
};

/// Attributes of one element each.
pub(crate) const OF_ELEMENT: AllowList<(&str, &str, Value)> = AllowList {
    name: "opendocument attributes of one element",
    allowed: &[
        ("draw:image", "xlink:href", Part),
        ("draw:object", "xlink:href", Part),
        ("draw:fill-image", "xlink:href", Part),
        ("style:background-image", "xlink:href", Part),
        ("text:list-level-style-image", "xlink:href", Part),
        ("draw:gradient", "draw:name", Name),
        ("draw:hatch", "draw:name", Name),
        ("draw:fill-image", "draw:name", Name),
        ("draw:marker", "draw:name", Name),
        ("draw:stroke-dash", "draw:name", Name),
        ("draw:opacity", "draw:name", Name),
        ("draw:layer", "draw:name", Name),
        ("draw:layer", "draw:display", Plain),
        ("draw:equation", "draw:name", Equation),
        ("presentation:header-decl", "presentation:name", Name),
        ("presentation:footer-decl", "presentation:name", Name),
        ("presentation:date-time-decl", "presentation:name", Name),
        ("table:table", "table:name", Sheet),
        ("table:null-date", "table:date-value", Moment),
        ("text:list", "xml:id", Name),
        ("text:section", "text:name", Name),
    ],
    forbidden: &[
        ("draw:frame", "draw:name", Value::Any),
        ("draw:page", "draw:name", Value::Any),
        ("draw:page", "draw:id", Value::Any),
        ("table:table", "table:protection-key", Value::Any),
        ("text:p", "xml:id", Value::Any),
    ],
};

/// The tables as lines of text.
pub(super) fn explain() -> Vec<String> {
    let line = |name: &str, of: &str, value: Value| format!("attribute {name} of {of}: {value:?}");
    let mut lines: Vec<String> = plain().map(|name| line(&name, "any element", Plain)).collect();
    lines.extend(ANYWHERE.allowed.iter().map(|(name, value)| line(name, "any element", *value)));
    lines.extend(OF_ELEMENT.allowed.iter().map(|(of, name, value)| line(name, of, *value)));
    lines.push("other attributes, and values that do not fit: removed".to_owned());
    lines
}

/// The attributes that stay, ready to be asked.
pub(super) struct Attributes {
    anywhere: HashMap<String, Value>,
    of_element: HashMap<(&'static str, &'static str), Value>,
}

impl Attributes {
    /// The tables of this module.
    pub(super) fn new() -> Attributes {
        let let_in = ANYWHERE.forbidden.iter().filter(|one| ANYWHERE.allows(one));
        let others = ANYWHERE.allowed.iter().chain(let_in);
        let others = others.map(|&(name, value)| (name.to_owned(), value));
        let let_in = OF_ELEMENT.forbidden.iter().filter(|one| OF_ELEMENT.allows(one));
        let of_element = OF_ELEMENT.allowed.iter().chain(let_in);
        Attributes {
            anywhere: plain().map(|name| (name, Plain)).chain(others).collect(),
            of_element: of_element.map(|&(of, name, value)| ((of, name), value)).collect(),
        }
    }

    /// What the value of an attribute may look like; none if it is not kept.
    pub(super) fn value(&self, element: &str, name: &str) -> Option<Value> {
        self.of_element.get(&(element, name)).or_else(|| self.anywhere.get(name)).copied()
    }
}
