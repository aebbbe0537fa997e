//! Whether two drawings draw the same.

use std::collections::HashMap;

use roxmltree::Node;

use super::{SVG, harmless, path, place};
use crate::Limits;
use crate::verify::{html, verify_inside};

/// Elements that draw something themselves.
const SHAPES: [&str; 10] =
    ["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "use"];
/// Elements in which nothing is drawn where they stand.
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
/// Elements with elements in them that are drawn.
const GROUPS: [&str; 3] = ["svg", "g", "textPath"];
/// Where a shape is.
const PLACES: [&str; 18] = [
    "d",
    "points",
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
    "transform",
    "transform-origin",
    "viewBox",
];

/// How it is painted.
const PAINT: [&str; 8] = [
    "fill",
    "stroke",
    "stroke-width",
    "opacity",
    "fill-opacity",
    "stroke-opacity",
    "display",
    "visibility",
];

/// Accepts a copy that draws what the original draws.
pub(super) fn drawing(given: Node, copy: Node, limits: &Limits) -> Option<()> {
    comes_from(given, copy, limits)?;
    let (mut theirs, mut ours) = (Vec::new(), Vec::new());
    drawn(given, &places(given), &mut theirs);
    drawn(copy, &places(copy), &mut ours);
    (theirs.len() == ours.len()).then_some(())?;
    theirs.iter().zip(&ours).all(|(given, copy)| same_shape(*given, *copy)).then_some(())
}

/// Whether each element of the copy comes from one of the original, in order.
fn comes_from(given: Node, copy: Node, limits: &Limits) -> Option<()> {
    let mut all = given.descendants().filter(Node::is_element);
    for element in copy.descendants().filter(Node::is_element) {
        all.find(|other| is_that(*other, element, limits))?;
    }
    Some(())
}

fn is_that(given: Node, copy: Node, limits: &Limits) -> bool {
    let (theirs, ours) = (given.tag_name(), copy.tag_name());
    let opened = matches!(theirs.name(), "a" | "switch") && matches!(ours.name(), "g" | "tspan");
    theirs.namespace() == Some(SVG)
        && (theirs.name() == ours.name() || opened)
        && copy.attributes().all(|attribute| {
            let value = attribute.value();
            match attribute.name() {
                // Numbered anew, or looked at with what it says.
                "id" | "class" | "in" | "in2" | "result" => given.has_attribute(attribute.name()),
                "style" => comes_from_style(given.attribute("style").unwrap_or_default(), value),
                "href" if value.starts_with('#') => {
                    target(given).is_some_and(|to| to.starts_with('#'))
                }
                "href" => target(given).is_some_and(|to| same_picture(to, value, limits)),
                "space" => true,
                "font-family" => given.has_attribute("font-family"),
                name => given.attribute(name).is_some_and(|other| same_value(name, other, value)),
            }
        })
}

/// What an element refers to.
fn target<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    let mut all = node.attributes().filter(|attribute| attribute.name() == "href");
    all.next().map(|attribute| attribute.value().trim())
}

/// A value without blanks, and without the names that are numbered anew.
fn plain(value: &str) -> String {
    let value: String = value.split_whitespace().collect();
    let mut parts = value.split("url(");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("url()");
        out.push_str(part.split_once(')').map_or("", |(_, rest)| rest));
    }
    out
}

/// Whether a value is the other one.
fn same_value(name: &str, given: &str, copy: &str) -> bool {
    match name {
        "d" => path::good(given) == copy,
        "transform" => plain(given) == plain(copy),
        _ if harmless::is_property(name) => plain(given).eq_ignore_ascii_case(&plain(copy)),
        _ => plain(given) == plain(copy),
    }
}

/// Whether a value of the original may be gone: there is something in it that is none of the
/// standard, or that leads out of the file. The report says so.
fn may_go(name: &str, given: &str) -> bool {
    let words = given.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    let any_case = harmless::is_property(name) && name != "transform";
    match name {
        "d" => {
            let good = path::good(given);
            good.is_empty() || path::is_endless(&good)
        }
        _ => words.to_ascii_lowercase().contains("url") || !harmless::is_value(&words, any_case),
    }
}

/// More properties of a style than there are.
const MOST: usize = 100;

/// Whether every property of a style is in another one.
fn comes_from_style(given: &str, copy: &str) -> bool {
    if copy.split(';').count() > MOST {
        return false;
    }
    let given = declarations(given);
    copy.split(';').filter_map(|part| part.split_once(':')).all(|(name, value)| {
        name == "font-family"
            || given
                .iter()
                .any(|(other, says)| other == name && says.eq_ignore_ascii_case(&plain(value)))
    })
}

/// Names and values of a style without its comments.
fn declarations(style: &str) -> Vec<(String, String)> {
    let mut pieces = style.split("/*");
    let mut bare = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        bare.push(' ');
        bare.push_str(piece.split_once("*/").map_or("", |(_, behind)| behind));
    }
    let all = bare.split(';').filter_map(|part| part.split_once(':'));
    all.map(|(name, value)| (name.trim().to_ascii_lowercase(), plain(value))).collect()
}

/// Whether a picture inside is the clean copy of the other one.
fn same_picture(given: &str, copy: &str, limits: &Limits) -> bool {
    let both = html::content(given).zip(html::content(copy));
    both.is_some_and(|(given, copy)| verify_inside(&given, &copy, limits).is_ok())
}

/// The name of an element in the copy: links and choices are groups there, or spans of a text.
fn name<'a>(node: Node<'a, '_>) -> &'a str {
    let name = node.tag_name().name();
    let in_text = || node.ancestors().skip(1).any(|one| one.has_tag_name((SVG, "text")));
    match name {
        "a" | "switch" if in_text() => "tspan",
        "a" | "switch" => "g",
        _ => name,
    }
}

/// Whether an element says of itself that it is not displayed.
pub(super) fn is_hidden(node: Node) -> bool {
    let style = declarations(node.attribute("style").unwrap_or_default());
    let says: Vec<(&str, bool)> = style
        .iter()
        .filter(|(name, _)| name == "display")
        .map(|(_, value)| match value.strip_suffix("!important") {
            Some(value) => (value, true),
            None => (value.as_str(), false),
        })
        .filter(|(value, _)| harmless::is_value(value, true))
        .collect();
    let important = says.iter().rfind(|(_, is_important)| *is_important);
    let says = important.or(says.last()).map(|(value, _)| *value);
    let says = says.or_else(|| node.attribute("display").map(str::trim));
    says.is_some_and(|says| says.eq_ignore_ascii_case("none"))
}

/// The shapes that are drawn where they stand, in their order.
fn drawn<'a, 'i>(node: Node<'a, 'i>, places: &Places<'a, 'i>, shapes: &mut Vec<Node<'a, 'i>>) {
    for child in node.children().filter(Node::is_element) {
        let (around, name) = (self::name(node), name(child));
        // Nobody draws what stands where it has no place.
        if !place::may_hold(around, name) {
            continue;
        }
        let foreign = child.tag_name().namespace() != Some(SVG);
        if foreign || is_hidden(child) || UNDRAWN.contains(&name) {
            continue;
        }
        // What leads out of the file is gone, with what is in it.
        let odd = |one: char| one.is_whitespace() || "'\"()#<>;{}\\".contains(one);
        let leads = || {
            let name = target(child).and_then(|to| to.strip_prefix('#'));
            name.is_some_and(|name| !name.is_empty() && !name.contains(odd))
        };
        if matches!(name, "use" | "textPath") && !leads() {
            continue;
        }
        let place = target(child).and_then(|to| places.get(to.trim_start_matches('#')));
        if name == "textPath" && !place.is_some_and(|place| has_place(*place)) {
            continue;
        }
        if SHAPES.contains(&name) {
            shapes.push(child);
        }
        if SHAPES.contains(&name) || GROUPS.contains(&name) {
            drawn(child, places, shapes);
        }
    }
}

/// The first element of each name.
type Places<'a, 'i> = HashMap<&'a str, Node<'a, 'i>>;

fn places<'a, 'i>(root: Node<'a, 'i>) -> Places<'a, 'i> {
    let mut places = HashMap::new();
    for node in root.descendants() {
        if let Some(name) = node.attribute("id") {
            places.entry(name.trim()).or_insert(node);
        }
    }
    places
}

/// Whether an element and all around it stand where they may.
fn has_place(node: Node) -> bool {
    node.ancestors().filter(Node::is_element).all(|one| {
        one.tag_name().namespace() == Some(SVG)
            && one.parent_element().is_none_or(|around| place::may_hold(name(around), name(one)))
    })
}

/// Whether two shapes are the same, with their text.
fn same_shape(given: Node, copy: Node) -> bool {
    let says = |node: Node| -> String {
        node.children().filter(Node::is_text).filter_map(|text| text.text()).collect()
    };
    let is_text = matches!(name(copy), "text" | "tspan" | "textPath");
    name(given) == name(copy)
        && PLACES.iter().chain(&PAINT).all(|name| {
            let element = given.tag_name().name();
            let theirs = given.attribute(*name).filter(|_| place::belongs(name, element));
            match (theirs, copy.attribute(*name)) {
                (Some(theirs), Some(ours)) => same_value(name, theirs, ours),
                (Some(theirs), None) => may_go(name, theirs),
                (None, ours) => ours.is_none(),
            }
        })
        && (!is_text || same_words(&says(given), &says(copy)))
}

/// Whether two texts differ at most in how many blanks stand between words.
fn same_words(given: &str, copy: &str) -> bool {
    let words = |text: &str| {
        let marked = [".", text, "."].concat();
        marked.split_ascii_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    given == copy || words(given) == words(copy)
}
