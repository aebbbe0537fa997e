//! What is said of drawings, and what is tidied in them, beside the tables.

use crate::xml::Element;
use crate::{Change, Notes, Warning};

/// Warns of what is in a drawing and not shown: parts of pictures that are cut off, and
/// shapes that are switched off. Says which links and sounds will be gone.
///
/// Goes as deep as the tree, which the reader has bounded.
pub(crate) fn warn(element: &Element, notes: &mut Notes) {
    let is_cut = |name: &&str| {
        element.get(name).is_some_and(|value| !matches!(value.trim_end_matches('%'), "0" | ""))
    };
    match &*element.name {
        "a:srcRect" if ["l", "t", "r", "b"].iter().any(is_cut) => {
            notes.warn(Warning::CroppedArea);
        }
        "a:hlinkClick" | "a:hlinkHover" | "a:hlinkMouseOver" => {
            notes.changed(Change::LinksRemoved);
        }
        "a:videoFile" | "a:audioFile" | "a:wavAudioFile" | "a:quickTimeFile" | "a:audioCd" => {
            notes.changed(Change::MultimediaRemoved);
        }
        name if name.ends_with(":cNvPr") && matches!(element.get("hidden"), Some("1" | "true")) => {
            notes.warn(Warning::HiddenParts);
        }
        _ => {}
    }
    element.elements().for_each(|child| warn(child, notes));
}

/// Takes out frames of which nothing is left, and what held them in a sheet.
///
/// Goes as deep as the tree, which the reader has bounded.
pub(crate) fn prune(element: &mut Element, notes: &mut Notes) {
    element.elements_mut().for_each(|child| prune(child, notes));
    let before = element.children.len();
    element.children.retain(|child| {
        child.element().is_none_or(|child| match &*child.name {
            "p:graphicFrame" | "xdr:graphicFrame" => child.child("a:graphic").is_some(),
            name if name.ends_with("Anchor") => child.elements().any(is_object),
            _ => true,
        })
    });
    if element.children.len() < before {
        notes.changed(Change::PartsRemoved);
    }
}

/// Whether it is what an anchor holds.
fn is_object(child: &Element) -> bool {
    let objects = ["xdr:sp", "xdr:pic", "xdr:graphicFrame", "xdr:cxnSp", "xdr:grpSp"];
    objects.iter().any(|name| child.is(name))
}

/// The words of a part, one paragraph, string or value a line. Goes as deep as the tree,
/// which the reader has bounded.
pub(crate) fn words(root: &Element) -> String {
    let mut words = String::new();
    collect(root, &mut words);
    words
}

fn collect(element: &Element, words: &mut String) {
    for child in element.elements() {
        match &*child.name {
            "a:t" | "x:t" | "c:v" => words.push_str(&child.text()),
            "x:v" if element.get("t") == Some("str") => words.push_str(&child.text()),
            _ => collect(child, words),
        }
    }
    if matches!(&*element.name, "a:p" | "c:pt" | "x:si" | "x:c") && !words.ends_with('\n') {
        words.push('\n');
    }
}
