//! What an element, an attribute and a style of a clean copy may hold.

use roxmltree::Node;

use super::SVG;
use crate::svg::words::{FONTS, FUNCTIONS, UNITS, WORDS};

const ELEMENTS: &str = "svg g defs symbol use path rect circle ellipse line polyline polygon text \
    tspan textPath image linearGradient radialGradient stop pattern clipPath mask marker style \
    filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix \
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB \
    feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight \
    feSpecularLighting feSpotLight feTile feTurbulence";

const ATTRIBUTES: &str = "x y width height cx cy r rx ry x1 y1 x2 y2 points transform viewBox \
    preserveAspectRatio gradientUnits gradientTransform spreadMethod offset fx fy fr patternUnits \
    patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits markerUnits \
    markerWidth markerHeight refX refY orient filterUnits primitiveUnits in in2 result \
    stdDeviation dx dy values type mode operator k1 k2 k3 k4 tableValues slope intercept \
    amplitude exponent order kernelMatrix divisor bias targetX targetY edgeMode kernelUnitLength \
    preserveAlpha surfaceScale diffuseConstant specularConstant specularExponent \
    limitingConeAngle pointsAtX pointsAtY pointsAtZ azimuth elevation z radius baseFrequency \
    numOctaves seed stitchTiles scale xChannelSelector yChannelSelector rotate textLength \
    lengthAdjust startOffset method spacing side pathLength";

const PROPERTIES: &str = "alignment-baseline baseline-shift clip-path clip-rule color \
    color-interpolation color-interpolation-filters direction display dominant-baseline fill \
    fill-opacity fill-rule filter flood-color flood-opacity font-family font-size font-stretch \
    font-style font-variant font-weight image-rendering isolation letter-spacing lighting-color \
    line-height marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity \
    overflow paint-order shape-rendering stop-color stop-opacity stroke stroke-dasharray \
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity \
    stroke-width text-align text-anchor text-decoration text-rendering transform unicode-bidi \
    vector-effect visibility white-space word-spacing writing-mode";

fn holds(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|one| one == word)
}

/// Whether an element and its attributes may be there.
pub(super) fn is_element(node: Node) -> bool {
    let tag = node.tag_name();
    let inherits = node.namespaces().all(|space| {
        matches!(
            (space.name(), space.uri()),
            (None, SVG)
                | (Some("xlink"), "http://www.w3.org/1999/xlink")
                | (Some("xml"), "http://www.w3.org/XML/1998/namespace")
        )
    });
    inherits
        && tag.namespace() == Some(SVG)
        && holds(ELEMENTS, tag.name())
        && node.attributes().all(|attribute| match attribute.namespace() {
            Some("http://www.w3.org/1999/xlink") => {
                attribute.name() == "href" && is_target(tag.name(), attribute.value())
            }
            Some("http://www.w3.org/XML/1998/namespace") => {
                attribute.name() == "space" && matches!(attribute.value(), "preserve" | "default")
            }
            Some(_) => false,
            None => is_attribute(attribute.name(), attribute.value()),
        })
}

/// A number behind a letter.
fn is_numbered(name: &str, letter: char) -> bool {
    let digits = name.strip_prefix(letter).unwrap_or_default();
    !digits.is_empty() && digits.len() < 10 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// A place in the file, or a picture in it.
fn is_target(element: &str, value: &str) -> bool {
    if element != "image" {
        return value.strip_prefix('#').is_some_and(|name| is_numbered(name, 'i'));
    }
    let sorts = ["png", "jpeg", "gif", "webp", "avif"];
    let coded = sorts.iter().find_map(|sort| {
        value.strip_prefix("data:image/")?.strip_prefix(sort)?.strip_prefix(";base64,")
    });
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    coded.is_some_and(|coded| coded.bytes().all(letter))
}

fn is_attribute(name: &str, value: &str) -> bool {
    match name {
        "id" => is_numbered(value, 'i'),
        "class" => value.split(' ').all(|class| is_numbered(class, 'c')),
        "style" => is_style(value),
        "d" => value.bytes().all(|byte| b"MmZzLlHhVvCcSsQqTtAaEe0123456789+-., ".contains(&byte)),
        "font-family" => are_fonts(value),
        "in" | "in2" | "result" => WORDS.contains(&value) || is_numbered(value, 's'),
        _ if holds(ATTRIBUTES, name) || holds(PROPERTIES, name) => is_value(value),
        _ => false,
    }
}

/// Properties with a semicolon in between.
fn is_style(style: &str) -> bool {
    style.split(';').all(|part| {
        let (name, value) = part.split_once(':').unwrap_or_default();
        let value = value.strip_suffix("!important").unwrap_or(value);
        holds(PROPERTIES, name)
            && if name == "font-family" { are_fonts(value) } else { is_value(value) }
    })
}

/// Rules of a style sheet.
pub(super) fn is_sheet(sheet: &str) -> bool {
    let Some(rules) = sheet.strip_suffix('}') else { return false };
    rules.split('}').all(|rule| {
        let (selectors, body) = rule.split_once('{').unwrap_or_default();
        let is_word = |word: &str| {
            let mut parts = word.split_inclusive(['.', '#']);
            let element = parts.next().unwrap_or_default();
            let (element, mut mark) = match element.char_indices().next_back() {
                Some((at, mark @ ('.' | '#'))) => (element.get(..at).unwrap_or_default(), mark),
                _ => (element, ' '),
            };
            let starts = matches!(element, "" | "*" | ">") || holds(ELEMENTS, element);
            starts
                && parts.all(|part| {
                    let letter = if mark == '#' { 'i' } else { 'c' };
                    mark = part.chars().next_back().unwrap_or(' ');
                    is_numbered(part.trim_end_matches(['.', '#']), letter)
                })
        };
        selectors
            .split(',')
            .flat_map(|one| one.split(' '))
            .all(|word| !word.is_empty() && is_word(word))
            && is_style(body)
    })
}

fn are_fonts(value: &str) -> bool {
    value.split(',').all(|font| {
        let font = font.trim_matches('\'');
        FONTS.contains(&font) || font == "inherit"
    })
}

/// Numbers, colours, words, functions, and places in the file.
fn is_value(value: &str) -> bool {
    let mut parts = value.split("url(");
    let first = parts.next().unwrap_or_default();
    are_words(first)
        && parts.all(|part| {
            let (name, rest) = part.split_once(')').unwrap_or_default();
            name.strip_prefix('#').is_some_and(|name| is_numbered(name, 'i')) && are_words(rest)
        })
}

fn are_words(value: &str) -> bool {
    let ends = |one: char| matches!(one, ' ' | ',' | '/' | '(' | ')');
    value.split(ends).all(|word| match word.as_bytes().first() {
        None => true,
        Some(b'#') => {
            matches!(word.len(), 4 | 5 | 7 | 9)
                && word.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit())
        }
        Some(b'a'..=b'z' | b'A'..=b'Z') => {
            let lower = word.to_ascii_lowercase();
            WORDS.contains(&word) || FUNCTIONS.contains(&word) || WORDS.contains(&&*lower)
        }
        _ => are_numbers(word),
    })
}

/// Numbers that may follow each other without a blank, each with its unit.
fn are_numbers(word: &str) -> bool {
    let mut rest = word;
    while !rest.is_empty() {
        let digits = rest.trim_start_matches(|one: char| "+-.0123456789".contains(one));
        if digits.len() == rest.len() {
            return false;
        }
        let letters = digits.find(|one: char| !one.is_ascii_alphabetic() && one != '%');
        let (unit, behind) = digits.split_at(letters.unwrap_or(digits.len()));
        let power = matches!(unit, "e" | "E") && !behind.is_empty();
        if !power && !UNITS.contains(&unit) {
            return false;
        }
        rest = behind;
    }
    true
}
