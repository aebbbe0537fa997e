//! Whether two drawings draw the same.

use data_encoding::BASE64;
use roxmltree::Node;

use super::SVG;
use crate::Limits;
use crate::verify::verify_inside;

/// Elements that draw something themselves.
const SHAPES: [&str; 10] =
    ["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "use"];
/// Elements in which nothing is drawn where they stand.
const UNDRAWN: [&str; 9] = [
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
const GROUPS: [&str; 5] = ["svg", "g", "a", "switch", "textPath"];
/// Where a shape is.
const PLACES: [&str; 17] = [
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
    drawn(given, &mut theirs);
    drawn(copy, &mut ours);
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
                name => given.attribute(name).is_some_and(|other| plain(other) == plain(value)),
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

/// More properties of a style than there are.
const MOST: usize = 100;

/// Whether every property of a style is in another one.
fn comes_from_style(given: &str, copy: &str) -> bool {
    if copy.split(';').count() > MOST {
        return false;
    }
    let given: Vec<(String, String)> = given
        .split(';')
        .filter_map(|part| part.split_once(':'))
        .map(|(name, value)| {
            // What a comment in front of it says does not count.
            let name = name.rsplit("*/").next().unwrap_or_default();
            (name.trim().to_ascii_lowercase(), plain(value))
        })
        .collect();
    copy.split(';').filter_map(|part| part.split_once(':')).all(|(name, value)| {
        name == "font-family"
            || given.iter().any(|(other, says)| {
                other == name && says.split("/*").next() == Some(&*plain(value))
            })
    })
}

/// Whether a picture inside is the clean copy of the other one.
fn same_picture(given: &str, copy: &str, limits: &Limits) -> bool {
    let bytes = |address: &str| {
        let (about, data) = address.split_once(',')?;
        let data: String = data.split_whitespace().collect();
        let data = data.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
        about.ends_with("base64").then_some(())?;
        BASE64.decode(data.as_bytes()).ok()
    };
    let both = bytes(given).zip(bytes(copy));
    both.is_some_and(|(given, copy)| verify_inside(&given, &copy, limits).is_ok())
}

/// The name of an element in the copy: links are groups there, or spans of a text.
fn name<'a>(node: Node<'a, '_>) -> &'a str {
    let name = node.tag_name().name();
    let in_text = || node.ancestors().any(|one| one.has_tag_name((SVG, "text")));
    if name == "a" && in_text() { "tspan" } else { name }
}

/// Whether an element says of itself that it is not displayed.
fn is_hidden(node: Node) -> bool {
    let style: String = node.attribute("style").unwrap_or_default().split_whitespace().collect();
    let says = style.split(';').filter_map(|part| part.strip_prefix("display:")).next_back();
    let says = says.or_else(|| node.attribute("display").map(str::trim));
    says.is_some_and(|says| says.starts_with("none"))
}

/// The shapes that are drawn where they stand, in their order.
fn drawn<'a, 'i>(node: Node<'a, 'i>, shapes: &mut Vec<Node<'a, 'i>>) {
    for child in node.children().filter(Node::is_element) {
        let name = name(child);
        let foreign = child.tag_name().namespace() != Some(SVG);
        if foreign || is_hidden(child) || UNDRAWN.contains(&name) {
            continue;
        }
        // What leads out of the file is gone, with what is in it.
        let leads = || target(child).is_some_and(|to| to.starts_with('#') && to.len() > 1);
        if matches!(name, "use" | "textPath") && !leads() {
            continue;
        }
        if SHAPES.contains(&name) {
            shapes.push(child);
        }
        if SHAPES.contains(&name) || GROUPS.contains(&name) {
            drawn(child, shapes);
        }
    }
}

/// Whether two shapes are the same, with their text.
fn same_shape(given: Node, copy: Node) -> bool {
    let at = |node: Node, name: &str| node.attribute(name).map(plain);
    let says = |node: Node| -> String {
        node.children().filter(Node::is_text).filter_map(|text| text.text()).collect()
    };
    let is_text = matches!(name(copy), "text" | "tspan");
    name(given) == name(copy)
        && PLACES.iter().all(|name| at(given, name) == at(copy, name))
        && PAINT.iter().all(|name| {
            // A paint of another file is gone.
            let given = at(given, name).filter(|says| !says.is_empty() && !says.contains("url"));
            given.is_none() || given == at(copy, name)
        })
        && (!is_text || says(given) == says(copy))
}
