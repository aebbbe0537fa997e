//! What an element, an attribute and a style of a clean copy may hold.

use roxmltree::Node;

use super::{SVG, path, place};
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
    stroke-width text-align text-anchor text-decoration text-rendering transform transform-box \
    transform-origin unicode-bidi \
    vector-effect visibility white-space word-spacing writing-mode";

pub(super) fn holds(list: &str, word: &str) -> bool {
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
        && node
            .parent_element()
            .is_none_or(|one| place::may_hold(one.tag_name().name(), tag.name()))
        && node.attributes().all(|attribute| match attribute.namespace() {
            Some("http://www.w3.org/1999/xlink") => {
                let leads = "use image textPath linearGradient radialGradient pattern";
                attribute.name() == "href"
                    && holds(leads, tag.name())
                    && is_target(tag.name(), attribute.value())
            }
            Some("http://www.w3.org/XML/1998/namespace") => {
                attribute.name() == "space" && matches!(attribute.value(), "preserve" | "default")
            }
            Some(_) => false,
            None => {
                place::belongs(attribute.name(), tag.name())
                    && is_attribute(attribute.name(), attribute.value())
            }
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
        "d" => !value.is_empty() && path::good(value) == value && !path::is_endless(value),
        "font-family" => are_fonts(value),
        "in" | "in2" | "result" => WORDS.contains(&value) || is_numbered(value, 's'),
        "transform" => is_value(value, false),
        _ if holds(PROPERTIES, name) => is_value(value, true) && is_written_small(value),
        _ if holds(ATTRIBUTES, name) => is_value(value, false),
        _ => false,
    }
}

/// Whether each word and colour has the one spelling that the lists have.
fn is_written_small(value: &str) -> bool {
    let ends = |one: char| matches!(one, ' ' | ',' | '/' | '(' | ')');
    value.split(ends).all(|word| {
        let is_small = !word.contains(|one: char| one.is_ascii_uppercase());
        let is_known = WORDS.contains(&word) || FUNCTIONS.contains(&word);
        is_small || is_known || (!word.starts_with('#') && path::split_number(word).is_some())
    })
}

/// Properties with a semicolon in between, none of which a colour behind it overrides.
fn is_style(style: &str) -> bool {
    let all: Vec<&str> = style.split(';').collect();
    let name = |part: &str| part.split(':').next().unwrap_or_default().to_owned();
    let is_colour = |part: &str| part.contains(":#") && !part.ends_with('!');
    let overridden = all.iter().enumerate().any(|(at, part)| {
        is_colour(part)
            && "fill stroke color stop-color".split(' ').any(|one| one == name(part))
            && all.iter().take(at).any(|other| name(other) == name(part) && !other.contains('!'))
    });
    !overridden
        && all.iter().all(|part| {
            let (name, value) = part.split_once(':').unwrap_or_default();
            let value = value.strip_suffix("!important").unwrap_or(value);
            holds(PROPERTIES, name)
                && if name == "font-family" {
                    are_fonts(value)
                } else {
                    is_value(value, true) && is_written_small(value)
                }
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

/// Numbers, colours, words, functions, and places in the file. In styles, large and small
/// letters mean the same.
pub(super) fn is_value(value: &str, any_case: bool) -> bool {
    let same =
        |one: &&str, word: &str| *one == word || (any_case && one.eq_ignore_ascii_case(word));
    let (mut rest, mut open) = (value, 0_u32);
    while let Some(first) = rest.bytes().next() {
        let before = value.get(..value.len() - rest.len()).and_then(|one| one.chars().next_back());
        let joins = before.is_some_and(|one| !matches!(one, ' ' | ',' | '/' | '(' | ')'));
        if joins && (first == b'#' || first.is_ascii_alphabetic()) {
            return false;
        }
        let word = rest.find(|one: char| !(one.is_ascii_alphanumeric() || one == '-'));
        let (word, behind) = rest.split_at_checked(word.unwrap_or(rest.len())).unwrap_or_default();
        rest = match first {
            b'(' | b')' if open == 0 => return false,
            b')' => {
                open -= 1;
                rest.get(1..).unwrap_or_default()
            }
            b' ' | b',' | b'/' => rest.get(1..).unwrap_or_default(),
            b'#' => {
                let digits = rest.bytes().skip(1).take_while(u8::is_ascii_hexdigit).count();
                if !any_case || !matches!(digits, 3 | 4 | 6 | 8) {
                    return false;
                }
                rest.get(digits + 1..).unwrap_or_default()
            }
            b'a'..=b'z' | b'A'..=b'Z' => match behind.strip_prefix('(') {
                Some(inside) if word == "url" => {
                    let (name, behind) = inside.split_once(')').unwrap_or_default();
                    if !name.strip_prefix('#').is_some_and(|name| is_numbered(name, 'i')) {
                        return false;
                    }
                    behind
                }
                Some(inside) if FUNCTIONS.iter().any(|one| same(one, word)) => {
                    open += 1;
                    inside
                }
                None if WORDS.iter().any(|one| same(one, word)) => behind,
                _ => return false,
            },
            _ => match behind_number(rest) {
                Some(behind) => behind,
                None => return false,
            },
        };
    }
    open == 0 && !value.is_empty()
}

/// What follows a number with its unit, if a value begins with one.
fn behind_number(value: &str) -> Option<&str> {
    let (number, behind) = path::split_number(value)?;
    let digits = number.bytes().take_while(|byte| !matches!(byte, b'e' | b'E'));
    (digits.filter(u8::is_ascii_digit).count() <= 32).then_some(())?;
    let end = behind.find(|one: char| !one.is_ascii_alphabetic() && one != '%');
    let (unit, behind) = behind.split_at_checked(end.unwrap_or(behind.len()))?;
    UNITS.contains(&unit).then_some(behind)
}

/// Whether a name is that of a property of styles.
pub(super) fn is_property(name: &str) -> bool {
    holds(PROPERTIES, name)
}
