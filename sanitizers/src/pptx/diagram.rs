//! Diagrams (`SmartArt`) as the shapes they are drawn with.
//!
//! See [`crate::office::diagram`].

use std::rc::Rc;

use crate::xml::{Element, Node};

/// The shapes of a drawing as a group on a slide.
pub(super) fn group(mut drawing: Element) -> Option<Element> {
    let tree = drawing.child_mut("dsp:spTree")?;
    let mut group = std::mem::replace(tree, Element::new("dsp:spTree"));
    rename(&mut group);
    group.name = Rc::from("p:grpSp");
    Some(group)
}

/// Gives shapes of a diagram the names of shapes on a slide.
///
/// Goes as deep as the tree, which the reader has bounded.
fn rename(element: &mut Element) {
    if let Some(local) = element.name.strip_prefix("dsp:") {
        element.name = ["p:", local].concat().into();
    }
    // Where the text of a shape lies if not in the shape; slides have no such thing.
    element.children.retain(|child| !child.is("dsp:txXfrm"));
    // Pictures in a diagram belong to another part.
    element.children.retain(|child| !child.is("a:blip"));
    element.elements_mut().for_each(rename);
    if element.name.starts_with("p:nv") && element.child("p:nvPr").is_none() {
        element.children.push(Node::Element(Element::new("p:nvPr")));
    }
}

/// Puts the group where the frame of the diagram is.
pub(super) fn place(group: &mut Element, frame: &Element) {
    let Some(transform) = frame.child("p:xfrm") else { return };
    let size = transform.child("a:ext").cloned();
    let mut new = Element { name: Rc::from("a:xfrm"), ..transform.clone() };
    let mut inner = Element::new("a:chOff");
    inner.set("x", "0");
    inner.set("y", "0");
    new.children.push(Node::Element(inner));
    if let Some(size) = size {
        new.children.push(Node::Element(Element { name: Rc::from("a:chExt"), ..size }));
    }
    let mut looks = Element::new("p:grpSpPr");
    looks.children.push(Node::Element(new));
    match group.child_mut("p:grpSpPr") {
        Some(old) => *old = looks,
        None => group.children.insert(1.min(group.children.len()), Node::Element(looks)),
    }
}
