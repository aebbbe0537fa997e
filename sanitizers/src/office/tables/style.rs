//! The attribute `style` of older drawings, which is a list of properties as in CSS.

use super::fonts::FONT;
use super::words::is_word;
use crate::xml::{Value, measure};

/// Properties that are kept (ISO/IEC 29500-4, 14.1.2.19 and its like).
const PROPERTIES: &str = "\
    flip font-size font-style font-variant font-weight height layout-flow left margin-bottom \
    margin-left margin-right margin-top mso-fit-shape-to-text mso-fit-text-to-shape \
    mso-height-percent mso-height-relative mso-layout-flow-alt mso-left-percent \
    mso-position-horizontal mso-position-horizontal-relative mso-position-vertical \
    mso-position-vertical-relative mso-rotate mso-text-shadow mso-text-scale mso-top-percent \
    mso-width-percent mso-width-relative mso-wrap-distance-bottom mso-wrap-distance-left \
    mso-wrap-distance-right mso-wrap-distance-top mso-wrap-mode mso-wrap-style position \
    rotation text-align text-decoration top v-rotate-letters v-same-letter-heights v-text-align \
    v-text-anchor v-text-kern v-text-reverse v-text-spacing v-text-spacing-mode visibility \
    width z-index";

/// Words that no attribute of XML has.
const VALUES: &str = "\
    absolute relative static x y xy yx horizontal horizontal-ideographic vertical \
    vertical-ideographic bottom-to-top top-to-bottom left center right inside outside top \
    middle bottom top-center middle-center bottom-center top-baseline bottom-baseline \
    top-center-baseline bottom-center-baseline margin page text char line inner-margin-area \
    outer-margin-area left-margin-area right-margin-area top-margin-area bottom-margin-area \
    column paragraph square none auto normal bold italic oblique bolder lighter small-caps \
    underline line-through visible inherit t f stretch-justify letter-justify justify \
    tightening tracking hidden through around tight";

/// What is left of a list of properties.
#[expect(clippy::unnecessary_wraps, reason = "a check may say no, this one never does")]
pub(super) fn cleaned(list: &str) -> Option<String> {
    let mut left: Vec<String> = Vec::new();
    for property in list.split(';') {
        let Some((name, value)) = property.split_once(':') else { continue };
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        if name == "font-family" {
            let font = value.trim_matches(['"', '\'']);
            if let Value::Checked(check) = FONT
                && let Some(font) = (check.check)(font)
            {
                left.push(format!("font-family:\"{font}\""));
            }
            continue;
        }
        let word = || (is_in(VALUES, value) || is_word(value)).then(|| value.to_owned());
        let value = measure(value).or_else(word).filter(|_| is_in(PROPERTIES, &name));
        left.extend(value.map(|value| [&name, ":", &*value].concat()));
    }
    Some(left.join(";"))
}

fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}
