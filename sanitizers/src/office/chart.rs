//! Charts without the places that their numbers come from.
//!
//! A chart carries a copy of its numbers, and often the whole workbook that they come from,
//! with sheets that nobody was to see. The workbook goes; the copy of what is drawn stays.
//! Where a place may not be told, the numbers themselves stand there instead of it.
//!
//! Format: ISO/IEC 29500-1:2016, 21.2.

use std::collections::HashMap;

use crate::xml::{Element, Node};

/// Makes ready what a chart is filtered from: see [`replace`], and [`tidy`].
pub(crate) fn prepare(root: &mut Element, plain: &mut dyn FnMut(&str) -> Option<String>) {
    replace(root, plain);
    tidy(root, &mut HashMap::new());
}

/// Takes out what no chart shows: points beyond the last one, formats that are none, and words
/// in what only says how words look. Numbers of axes are random ones: they are counted.
///
/// Goes as deep as the tree, which the reader has bounded.
fn tidy(element: &mut Element, axes: &mut HashMap<String, usize>) {
    if matches!(&*element.name, "c:axId" | "c:crossAx") {
        let next = axes.len() + 1;
        let old = element.get("val").unwrap_or_default().trim().to_owned();
        let number = *axes.entry(old).or_insert(next);
        element.set("val", number.to_string());
    }
    let count = element.child("c:ptCount").and_then(|count| count.get("val")?.trim().parse().ok());
    let is_look = element.is("c:txPr");
    element.children.retain_mut(|node| {
        let Some(child) = node.element_mut() else { return true };
        if child.is("c:pt") {
            let is_odd = child.get("formatCode").is_some_and(|code| !is_format(code));
            child.attributes.retain(|one| !(is_odd && &*one.name == "formatCode"));
            let number: Option<u64> = child.get("idx").and_then(|idx| idx.trim().parse().ok());
            return number.zip(count).is_none_or(|(number, count): (u64, u64)| number < count);
        }
        if is_look && child.is("a:p") {
            child.children.retain(|node| node.is("a:pPr") || node.is("a:endParaRPr"));
        }
        true
    });
    element.elements_mut().for_each(|child| tidy(child, axes));
}

/// Whether a format of one point is made of signs for digits and days alone.
fn is_format(code: &str) -> bool {
    const SIGNS: &str = "0#?,.%E+-/:;_()* dmyhsAPM€$£";
    code == "General" || code.len() <= 64 && code.chars().all(|one| SIGNS.contains(one))
}

/// Puts numbers themselves where there would be a place that may not be told.
///
/// `plain` says what may stay of a place; without a workbook around the chart, nothing. Goes
/// as deep as the tree, which the reader has bounded.
fn replace(element: &mut Element, plain: &mut dyn FnMut(&str) -> Option<String>) {
    let is_title = !element.is("c:ser");
    for child in element.elements_mut() {
        if child.is("c:tx") {
            name(child, is_title, plain);
        }
    }
    let mut left = Vec::with_capacity(element.children.len());
    for mut node in element.children.drain(..) {
        if let Some(child) = node.element_mut()
            && child.child("c:f").is_some_and(|place| plain(&place.text()).is_none())
        {
            let Some(literal) = literal(child) else { continue };
            *child = literal;
        }
        left.push(node);
    }
    element.children = left;
    element.elements_mut().for_each(|child| replace(child, plain));
}

/// Numbers or words as they are drawn, without their place; none for those on several levels.
fn literal(reference: &mut Element) -> Option<Element> {
    let (cache, name) = match &*reference.name {
        "c:numRef" => ("c:numCache", "c:numLit"),
        "c:strRef" => ("c:strCache", "c:strLit"),
        "c:multiLvlStrRef" => return several(reference),
        _ => return Some(reference.clone()),
    };
    let mut literal = Element::new(name);
    literal.children =
        reference.child_mut(cache).map(|cache| std::mem::take(&mut cache.children))?;
    Some(literal)
}

/// Of words on several levels those of the first, which stand at the axis.
fn several(reference: &mut Element) -> Option<Element> {
    let cache = reference.child_mut("c:multiLvlStrCache")?;
    let mut literal = Element::new("c:strLit");
    literal.children = cache.children.iter().filter(|one| one.is("c:ptCount")).cloned().collect();
    let level = cache.child_mut("c:lvl")?;
    literal.children.append(&mut level.children);
    Some(literal)
}

/// The name of a series is a text instead, and that of a chart or an axis a paragraph.
fn name(holder: &mut Element, is_title: bool, plain: &mut dyn FnMut(&str) -> Option<String>) {
    let Some(reference) = holder.child("c:strRef") else { return };
    if reference.child("c:f").is_some_and(|place| plain(&place.text()).is_some()) {
        return;
    }
    let cache = reference.child("c:strCache");
    let points = cache.into_iter().flat_map(Element::elements).filter(|one| one.is("c:pt"));
    let words = points.map(Element::text).collect::<Vec<_>>().join(" ");
    let with =
        |name: &str, children: Vec<Node>| Node::Element(Element { children, ..Element::new(name) });
    let text = Node::Text(words);
    holder.children = vec![if is_title {
        let run = with("a:r", vec![with("a:t", vec![text])]);
        with("c:rich", vec![with("a:bodyPr", Vec::new()), with("a:p", vec![run])])
    } else {
        with("c:v", vec![text])
    }];
}
