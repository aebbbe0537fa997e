//! Frames on slides: those that hold something of another program, and those to type in.

use super::diagram;
use crate::xml::{Element, Node};
use crate::{Category, Change, Notes};

/// Leaves the frames of a master or a layout empty. Their words say what to type, no slide
/// shows them, and they can be anything.
///
/// Goes as deep as the tree, which the reader has bounded.
pub(super) fn empty(element: &mut Element) {
    if element.is("p:sp") && is_frame(element) {
        if let Some(body) = element.child_mut("p:txBody") {
            body.children.retain(|child| !child.is("a:p"));
            body.children.push(Node::Element(Element::new("a:p")));
        }
        return;
    }
    element.elements_mut().for_each(empty);
}

fn is_frame(shape: &Element) -> bool {
    let abouts = ["p:nvSpPr", "p:nvPicPr", "p:nvGraphicFramePr"];
    let about = abouts.iter().find_map(|about| shape.child(about)?.child("p:nvPr"));
    about.is_some_and(|about| about.child("p:ph").is_some())
}

/// What stands in a field for the number of a slide until the number is known.
const NUMBER: &str = "\u{2039}#\u{203A}";

/// Empties what a slide shows nothing of: cells that lie under others, and what a field was
/// when the file was saved. In a field that shows the day of today, a blank stands instead.
///
/// Goes as deep as the tree, which the reader has bounded.
pub(super) fn forget_unseen(element: &mut Element, notes: &mut Notes) {
    let is_under = element.is("a:tc")
        && ["hMerge", "vMerge"].iter().any(|key| matches!(element.get(key), Some("1" | "true")));
    if is_under && let Some(body) = element.child_mut("a:txBody") {
        if !body.text().trim().is_empty() {
            notes.found(Category::Other);
            notes.changed(Change::HiddenTextRemoved);
        }
        body.children.retain(|child| !child.is("a:p"));
        body.children.push(Node::Element(Element::new("a:p")));
    }
    let now = match element.get("type").filter(|_| element.is("a:fld")) {
        Some("slidenum") => NUMBER,
        Some(kind) if kind.starts_with("datetime") => " ",
        _ => return element.elements_mut().for_each(|child| forget_unseen(child, notes)),
    };
    for words in element.elements_mut().filter(|child| child.is("a:t")) {
        words.children = vec![Node::Text(now.to_owned())];
    }
}

/// Leaves of a master or a layout whose shapes no slide shows the frames, which say where
/// those of slides are.
pub(super) fn leave_frames(root: &mut Element, notes: &mut Notes) {
    let tree = root.child_mut("p:cSld").and_then(|slide| slide.child_mut("p:spTree"));
    let Some(tree) = tree else { return };
    tree.children.retain(|node| {
        let Some(shape) = node.element() else { return false };
        let stays = matches!(&*shape.name, "p:nvGrpSpPr" | "p:grpSpPr") || is_frame(shape);
        if !stays {
            notes.found(Category::Other);
            notes.changed(Change::HiddenTextRemoved);
        }
        stays
    });
}

/// Replaces a file inside by the picture that stands for it, and a diagram by its shapes.
///
/// Goes as deep as the tree, which the reader has bounded.
pub(super) fn replace(
    element: &mut Element,
    diagram: &mut dyn FnMut(&str) -> Option<Element>,
    notes: &mut Notes,
) {
    for child in element.elements_mut() {
        if !child.is("p:graphicFrame") {
            replace(child, diagram, notes);
            continue;
        }
        let data = child.child("a:graphic").and_then(|graphic| graphic.child("a:graphicData"));
        let Some(held) = data.and_then(|data| data.elements().next()) else { continue };
        let new = match &*held.name {
            "p:oleObj" => {
                notes.changed(Change::EmbeddedFilesRemoved);
                picture(child, held)
            }
            "dgm:relIds" => held.get("r:dm").and_then(&mut *diagram).map(|mut group| {
                diagram::place(&mut group, child);
                group
            }),
            _ => None,
        };
        if let Some(new) = new {
            *child = new;
        }
    }
}

/// The picture of a file inside, where its frame is.
fn picture(frame: &Element, object: &Element) -> Option<Element> {
    let mut picture = object.child("p:pic")?.clone();
    let mut transform = frame.child("p:xfrm")?.clone();
    transform.name = std::rc::Rc::from("a:xfrm");
    let looks = picture.child_mut("p:spPr")?;
    looks.children.retain(|child| !child.is("a:xfrm"));
    looks.children.insert(0, Node::Element(transform));
    Some(picture)
}
