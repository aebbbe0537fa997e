//! Says whether a clean SVG is canonical and draws what the original draws.
//!
//! Both are read by `roxmltree`. In the copy every element, attribute, property and word must
//! be one of those named here, no reference may lead out of the file, and there is text only
//! where text is drawn. Then both are walked: each element of the copy must come from one of
//! the original, with the same values, in the same order; and every shape that the original
//! draws must be in the copy, with its text. Pictures inside go through the verifier of their
//! format. Of style sheets only the form is looked at.

mod harmless;
mod path;
mod place;
mod same;
mod used;

use std::io::Read;

use roxmltree::{Document, Node, NodeType, ParsingOptions};

use crate::{Limits, ReadSeek, Refusal};

/// The namespace of the format.
const SVG: &str = "http://www.w3.org/2000/svg";
/// How the copy begins.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<svg ";

/// Accepts `clean`, or says that it must not leave.
pub(crate) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    original.rewind().map_err(|_| Refusal::Internal)?;
    let mut bytes = Vec::new();
    original.take(limits.input_bytes).read_to_end(&mut bytes).map_err(|_| Refusal::Internal)?;
    check(&bytes, clean, limits).ok_or(Refusal::Verification)
}

fn check(original: &[u8], clean: &[u8], limits: &Limits) -> Option<()> {
    let clean = str::from_utf8(clean).ok()?;
    (clean.starts_with(DECLARATION) && clean.ends_with('>')).then_some(())?;
    let copy = parse(clean, false, limits)?;
    (copy.root().children().count() == 1).then_some(())?;
    copy.descendants().skip(1).all(is_allowed).then_some(())?;
    used::nothing_else(copy.root_element()).then_some(())?;
    let original = text_of(original)?;
    let given = parse(&original, true, limits)?;
    same::drawing(given.root_element(), copy.root_element(), limits)
}

fn parse<'a>(text: &'a str, allow_dtd: bool, limits: &Limits) -> Option<Document<'a>> {
    let options = ParsingOptions { allow_dtd, nodes_limit: limits.values, ..Default::default() };
    Document::parse_with_options(text, options).ok()
}

/// UTF-8, or UTF-16 with a byte order mark.
fn text_of(bytes: &[u8]) -> Option<String> {
    let wide = |read: fn([u8; 2]) -> u16| {
        let units = bytes.get(2..)?.chunks_exact(2).map(|two| two.try_into().map(read));
        String::from_utf16(&units.collect::<Result<Vec<u16>, _>>().ok()?).ok()
    };
    match bytes {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        _ => str::from_utf8(bytes).ok().map(|text| text.trim_start_matches('\u{FEFF}').to_owned()),
    }
}

/// Whether a node of the copy is one that may be there.
fn is_allowed(node: Node) -> bool {
    match node.node_type() {
        NodeType::Element => harmless::is_element(node),
        NodeType::Text => {
            let parent = node.parent().filter(Node::is_element);
            let name = parent.map(|parent| parent.tag_name().name()).unwrap_or_default();
            match name {
                "text" | "tspan" | "textPath" => true,
                "style" => harmless::is_sheet(node.text().unwrap_or_default()),
                _ => false,
            }
        }
        NodeType::Root | NodeType::Comment | NodeType::PI => false,
    }
}

#[cfg(test)]
mod tests;
