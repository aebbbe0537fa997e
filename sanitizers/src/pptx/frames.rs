//! Frames on slides: those that hold something of another program, and those to type in.

use super::diagram;
use crate::xml::{Element, Node};
use crate::{Change, Notes};

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
    let about = shape.child("p:nvSpPr").and_then(|about| about.child("p:nvPr"));
    about.is_some_and(|about| about.child("p:ph").is_some())
}

/// A field that shows the day of today keeps the day on which it was saved: a blank stands
/// there instead.
///
/// Goes as deep as the tree, which the reader has bounded.
pub(super) fn forget_days(element: &mut Element) {
    if element.is("a:fld") && element.get("type").is_some_and(|of| of.starts_with("datetime")) {
        for words in element.elements_mut().filter(|child| child.is("a:t")) {
            words.children = vec![Node::Text(" ".to_owned())];
        }
        return;
    }
    element.elements_mut().for_each(forget_days);
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
