//! Diagrams (`SmartArt`) as the shapes they are drawn with, in a group.
//!
//! The words of those shapes are those of a slide, so their paragraphs are written as a text
//! document has them.

use std::collections::HashMap;

use crate::office::{Links, Package, diagram};
use crate::xml::{Element, Node};
use crate::{Notes, Refusal};

/// Parts that can show a diagram, beside the document itself.
const BESIDE: &[&str] = &["header", "footer", "footnotes", "endnotes"];

/// Drawings of diagrams, by the part that holds their data.
#[derive(Default)]
pub(super) struct Diagrams(HashMap<String, Element>);

impl Diagrams {
    /// Reads the drawings of all diagrams that are shown.
    pub(super) fn survey(package: &mut Package<'_>, main: &str) -> Result<Diagrams, Refusal> {
        let mut diagrams = Diagrams::default();
        let silent = &mut Notes::default();
        let relations = package.relations(main, silent)?;
        let beside = relations.iter().filter(|one| BESIDE.contains(&&*one.kind));
        let mut parts: Vec<String> = beside.filter_map(|one| one.target.clone()).collect();
        parts.push(main.to_owned());
        for part in parts {
            let relations = package.relations(&part, silent)?;
            let data = relations.iter().filter(|one| one.kind == "diagramData");
            for data in data.filter_map(|one| one.target.clone()) {
                if let Some(drawing) = diagram::drawing(package, &data, &relations)? {
                    diagrams.0.insert(data, drawing);
                }
            }
        }
        Ok(diagrams)
    }

    /// Puts shapes where a diagram is. Goes as deep as the tree, which the reader has bounded.
    pub(super) fn replace(&self, element: &mut Element, links: &Links<'_>) {
        for place in element.elements_mut() {
            if !matches!(&*place.name, "wp:inline" | "wp:anchor") {
                self.replace(place, links);
                continue;
            }
            let size = place.child("wp:extent").cloned();
            let data = place.child_mut("a:graphic").and_then(|one| one.child_mut("a:graphicData"));
            let Some(data) = data else { continue };
            let id = data.child("dgm:relIds").and_then(|ids| ids.get("r:dm"));
            let Some(part) = id.and_then(|id| links.target(id)) else {
                self.replace(data, links);
                continue;
            };
            if let (Some(drawing), Some(size)) = (self.0.get(part), size) {
                data.set("uri", GROUP);
                data.children = group(drawing, &size).into_iter().map(Node::Element).collect();
            }
        }
    }
}

const GROUP: &str = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup";

/// The shapes of a drawing as a group of this size.
fn group(drawing: &Element, size: &Element) -> Option<Element> {
    let tree = drawing.child("dsp:spTree")?;
    let point = |name: &str| with(name, &[("x", "0"), ("y", "0")], Vec::new());
    let extent = |name: &str| {
        let sides = ["cx", "cy"].map(|side| (side, size.get(side).unwrap_or("0")));
        with(name, &sides, Vec::new())
    };
    let place = vec![point("a:off"), extent("a:ext"), point("a:chOff"), extent("a:chExt")];
    let mut inside = vec![
        with("wpg:cNvGrpSpPr", &[], Vec::new()),
        with("wpg:grpSpPr", &[], vec![with("a:xfrm", &[], place)]),
    ];
    inside.extend(tree.elements().filter(|one| one.is("dsp:sp")).map(shape));
    Some(with("wpg:wgp", &[], inside))
}

fn shape(shape: &Element) -> Element {
    let renamed = |from: &str, to: &str| {
        shape.child(from).map(|one| Element { name: to.into(), ..one.clone() })
    };
    let text = shape.child("dsp:txBody");
    let mut inside = vec![with("wps:cNvSpPr", &[], Vec::new())];
    inside.extend(renamed("dsp:spPr", "wps:spPr"));
    inside.extend(renamed("dsp:style", "wps:style"));
    let colour = shape.child("dsp:style").and_then(|style| style.child("a:fontRef"));
    if let Some(text) = text {
        let paragraphs = text.elements().filter(|one| one.is("a:p"));
        let words = paragraphs.map(|one| paragraph(one, colour)).collect();
        inside.push(with("wps:txbx", &[], vec![with("w:txbxContent", &[], words)]));
    }
    let body = text.and_then(|text| text.child("a:bodyPr"));
    inside.push(match body {
        Some(body) => Element { name: "wps:bodyPr".into(), ..body.clone() },
        None => with("wps:bodyPr", &[], Vec::new()),
    });
    with("wps:wsp", &[], inside)
}

fn paragraph(paragraph: &Element, colour: Option<&Element>) -> Element {
    let side = paragraph.child("a:pPr").and_then(|looks| looks.get("algn"));
    let side = match side {
        Some("ctr") => "center",
        Some("r") => "right",
        Some("just") => "both",
        _ => "left",
    };
    let looks = vec![
        with("w:spacing", &[("w:before", "0"), ("w:after", "0")], Vec::new()),
        with("w:jc", &[("w:val", side)], Vec::new()),
    ];
    let mut inside = vec![with("w:pPr", &[], looks)];
    for one in paragraph.elements() {
        let held = match &*one.name {
            "a:r" | "a:fld" => {
                let mut text = with("w:t", &[("xml:space", "preserve")], Vec::new());
                let words = one.child("a:t").map(Element::text).unwrap_or_default();
                text.children.push(Node::Text(words));
                text
            }
            "a:br" => with("w:br", &[], Vec::new()),
            _ => continue,
        };
        inside.push(with("w:r", &[], vec![characters(one.child("a:rPr"), colour), held]));
    }
    with("w:p", &[], inside)
}

/// How the words of a run look, as far as both have it.
fn characters(looks: Option<&Element>, of_shape: Option<&Element>) -> Element {
    let get = |name: &str| looks.and_then(|looks| looks.get(name));
    let mut inside = Vec::new();
    for (theirs, ours) in [("b", "w:b"), ("i", "w:i")] {
        if matches!(get(theirs), Some("1" | "true")) {
            inside.push(with(ours, &[], Vec::new()));
        }
    }
    let own = looks.and_then(|looks| looks.child("a:solidFill"));
    inside.extend(own.and_then(colour).or_else(|| of_shape.and_then(colour)));
    // Hundredths of a point here, halves of one there.
    if let Some(size) = get("sz").and_then(|size| size.parse::<u32>().ok()) {
        inside.push(with("w:sz", &[("w:val", &(size / 50).to_string())], Vec::new()));
    }
    with("w:rPr", &[], inside)
}

/// A colour of the theme, or one of its own.
fn colour(holder: &Element) -> Option<Element> {
    if let Some(own) = holder.child("a:srgbClr").and_then(|colour| colour.get("val")) {
        return Some(with("w:color", &[("w:val", own)], Vec::new()));
    }
    let name = match holder.child("a:schemeClr")?.get("val")? {
        "lt1" | "bg1" => "background1",
        "dk1" | "tx1" => "text1",
        "lt2" | "bg2" => "background2",
        "dk2" | "tx2" => "text2",
        accent => accent,
    };
    Some(with("w:color", &[("w:val", "auto"), ("w:themeColor", name)], Vec::new()))
}

fn with(name: &str, attributes: &[(&str, &str)], inside: Vec<Element>) -> Element {
    let mut element = Element::new(name);
    for (name, value) in attributes {
        element.set(name, *value);
    }
    element.children = inside.into_iter().map(Node::Element).collect();
    element
}
