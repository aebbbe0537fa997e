//! What a page of a book shows, and how a clean one is spelled.

use std::collections::HashMap;

use roxmltree::{Document, Node};

use crate::verify::html::{is_within_lines, may_have, may_stay};

const XHTML: &str = "http://www.w3.org/1999/xhtml";
const SVG: &str = "http://www.w3.org/2000/svg";
const MATH: &str = "http://www.w3.org/1998/Math/MathML";

const START: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>-</title></head>";

/// The characters of a member, without document type and with names of characters resolved.
pub(super) fn characters(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes)?,
        _ => str::from_utf8(bytes).ok()?.trim_start_matches('\u{FEFF}').to_owned(),
    };
    let text = match text.split_once("<!DOCTYPE") {
        Some((before, behind)) => {
            let (declaration, behind) = behind.split_once('>')?;
            (!declaration.contains('[')).then_some(())?;
            [before, behind].concat()
        }
        None => text,
    };
    let mut known: HashMap<String, String> = HashMap::new();
    let mut parts = text.split('&');
    let mut out = parts.next()?.to_owned();
    for part in parts {
        let named = part.split_once(';').filter(|(name, _)| {
            let is_word = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let is_xml = matches!(*name, "amp" | "lt" | "gt" | "quot" | "apos");
            is_word && !is_xml && (2..=32).contains(&name.len())
        });
        let Some((name, behind)) = named else {
            out.extend(["&", part]);
            continue;
        };
        let character =
            known.entry(name.to_owned()).or_insert_with(|| crate::verify::html::character(name));
        out.extend([character.as_str(), behind]);
    }
    Some(out)
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    rest.is_empty().then_some(())?;
    String::from_utf16(&units).ok()
}

/// Whether a page is spelled as ours are.
pub(super) fn is_canonical(document: &Document<'_>, bytes: &[u8]) -> Option<()> {
    let root = document.root_element();
    let mut parts = root.children();
    let (head, body) = (parts.next()?, parts.next()?);
    let ours = [(root, "html"), (head, "head"), (body, "body")];
    let named = |(node, name): &(Node<'_, '_>, &str)| node.has_tag_name((XHTML, *name));
    (ours.iter().all(named) && parts.next().is_none()).then_some(())?;
    (body.attributes().len() == 0).then_some(())?;
    let mut spelled = START.to_owned();
    element(&body, true, &mut spelled)?;
    spelled.push_str("</html>");
    (spelled.as_bytes() == bytes).then_some(())
}

fn element(node: &Node<'_, '_>, is_body: bool, out: &mut String) -> Option<()> {
    let name = node.tag_name().name();
    let is_picture = name == "img";
    let known =
        node.tag_name().namespace() == Some(XHTML) && (is_body || is_picture || may_stay(name));
    known.then_some(())?;
    out.extend(["<", name]);
    let mut before = "";
    for attribute in node.attributes() {
        let (of, value) = (attribute.name(), attribute.value());
        let fits = match (is_picture, of) {
            (true, "alt") => value.is_empty(),
            (true, "src") => value.starts_with("pictures/"),
            (true, _) => false,
            (false, _) => may_have(name, of, value),
        };
        (fits && attribute.namespace().is_none() && of > before).then_some(())?;
        out.extend([" ", of, "=\"", value, "\""]);
        before = of;
    }
    if !node.has_children() {
        // Nothing in a line shows nothing.
        (!is_within_lines(name)).then_some(())?;
        out.push_str("/>");
        return Some(());
    }
    (!is_picture && !matches!(name, "br" | "hr")).then_some(())?;
    out.push('>');
    for child in node.children() {
        if child.is_text() {
            let words = child.text()?;
            let keeps = node.ancestors().any(|one| one.has_tag_name((XHTML, "pre")));
            let is_blank = |c: char| keeps && matches!(c, '\n' | '\t');
            (!words.chars().any(|c| c < ' ' && !is_blank(c))).then_some(())?;
            (keeps || !words.contains("  ")).then_some(())?;
            out.push_str(&escaped(words));
        } else {
            child.is_element().then_some(())?;
            element(&child, false, out)?;
        }
    }
    out.extend(["</", name, ">"]);
    Some(())
}

/// Text as it stands between tags.
pub(super) fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What a page shows.
#[derive(Default)]
pub(super) struct Shown {
    /// Words without blanks, with a mark where a box begins.
    pub(super) words: String,
    /// Where its pictures are.
    pub(super) pictures: Vec<String>,
    /// The words of its first heading.
    pub(super) heading: Option<String>,
}

/// Boxes whose number and order must not change, each with its mark.
const BOXES: [(&str, char); 12] = [
    ("h1", '\u{1}'),
    ("h2", '\u{2}'),
    ("h3", '\u{3}'),
    ("h4", '\u{4}'),
    ("h5", '\u{5}'),
    ("h6", '\u{6}'),
    ("li", '\u{7}'),
    ("tr", '\u{E}'),
    ("td", '\u{F}'),
    ("th", '\u{10}'),
    ("p", '\u{11}'),
    ("br", '\u{12}'),
];

/// Elements of which nothing is shown, or nothing that is words.
const UNSEEN: &str = " annotation annotation-xml applet audio canvas datalist head iframe map \
    mphantom noembed noframes noscript object rtc script style template title video ";

/// Collects what is shown of a page.
pub(super) fn shown(document: &Document<'_>) -> Shown {
    let mut shown = Shown::default();
    let root = document.root_element();
    for body in root.children().filter(|node| node.has_tag_name((XHTML, "body"))) {
        body.children().for_each(|child| enter(&child, &mut shown));
    }
    shown
}

fn enter(node: &Node<'_, '_>, shown: &mut Shown) {
    if node.is_text() {
        let words = node.text().unwrap_or_default();
        shown.words.extend(words.chars().filter(|c| !c.is_whitespace()));
        return;
    }
    let name = node.tag_name().name();
    match node.tag_name().namespace() {
        Some(XHTML) => {}
        Some(MATH) if !UNSEEN.contains(&format!(" {name} ")) => {
            return node.children().for_each(|child| enter(&child, shown));
        }
        Some(SVG) => {
            let images = node.descendants().filter(|one| one.has_tag_name((SVG, "image")));
            let paths = images.filter_map(|image| {
                image.attributes().find(|one| one.name() == "href").map(|one| one.value())
            });
            shown.pictures.extend(paths.map(str::to_owned));
            return;
        }
        _ => return,
    }
    let closed = name == "dialog" && node.attribute("open").is_none();
    let hides = node.attribute("style").is_some_and(crate::verify::html::hides);
    if UNSEEN.contains(&format!(" {name} "))
        || node.attribute("hidden").is_some()
        || node.attribute("popover").is_some()
        || closed
        || hides
    {
        return;
    }
    if name == "img" {
        shown.pictures.extend(node.attribute("src").map(str::to_owned));
        return;
    }
    if let Some((_, mark)) = BOXES.iter().find(|(of, _)| *of == name) {
        shown.words.push(*mark);
    }
    if is_void(name) {
        return;
    }
    node.children().for_each(|child| enter(&child, shown));
    if shown.heading.is_none() && name.len() == 2 && name.starts_with('h') && name != "hr" {
        let words: String =
            node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let label: String = words.chars().take(120).collect();
        shown.heading = Some(label.trim_end().to_owned()).filter(|label| !label.is_empty());
    }
}

fn is_void(name: &str) -> bool {
    let void = " area base basefont bgsound br col embed frame hr image input keygen link meta \
        param source track wbr command ";
    void.contains(&format!(" {name} "))
}
