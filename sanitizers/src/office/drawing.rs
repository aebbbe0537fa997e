//! What is said of drawings, and what is tidied in them, beside the tables.

use super::FONT;
use crate::xml::{Element, Value};
use crate::{Category, Change, Notes, Warning};

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
        "v:imagedata" if CROPS.iter().any(|name| element.get(name).is_some_and(is_some)) => {
            notes.warn(Warning::CroppedArea);
        }
        "a:r" if is_tiny(element) => notes.warn(Warning::HiddenText),
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
    if FACES.iter().any(|(name, font)| element.is(name) && element.get(font).is_some_and(is_rare)) {
        notes.changed(Change::FontsReplaced);
    }
    element.elements().for_each(|child| warn(child, notes));
}

/// How much of a picture in an older drawing is cut off.
const CROPS: [&str; 4] = ["cropleft", "croptop", "cropright", "cropbottom"];

fn is_some(part: &str) -> bool {
    part.bytes().any(|digit| matches!(digit, b'1'..=b'9'))
}

/// Hundredths of a point that nobody can read.
const TINY: u32 = 200;

fn is_tiny(run: &Element) -> bool {
    let size = run.child("a:rPr").and_then(|looks| looks.get("sz")?.parse::<u32>().ok());
    size.is_some_and(|size| size <= TINY) && !run.text().trim().is_empty()
}

/// Where fonts are named.
const FACES: [(&str, &str); 11] = [
    ("w:rFonts", "w:ascii"),
    ("w:rFonts", "w:hAnsi"),
    ("w:rFonts", "w:eastAsia"),
    ("w:rFonts", "w:cs"),
    ("w:sym", "w:font"),
    ("a:latin", "typeface"),
    ("a:ea", "typeface"),
    ("a:cs", "typeface"),
    ("a:buFont", "typeface"),
    ("x:name", "val"),
    ("x:rFont", "val"),
];

/// Whether a font is not one of those that many people have.
fn is_rare(font: &str) -> bool {
    matches!(FONT, Value::Checked(check) if (check.check)(font).is_none())
}

/// Takes out the words of older shapes that are switched off. Says whether there were any.
///
/// Goes as deep as the tree, which the reader has bounded.
pub(crate) fn forget_unseen(element: &mut Element, notes: &mut Notes) {
    let is_off = matches!(element.get("on"), Some("f" | "false" | "0" | "off"));
    if element.is("v:textpath") && is_off && element.get("string").is_some() {
        element.attributes.retain(|one| &*one.name != "string");
        notes.found(Category::Other);
        notes.changed(Change::HiddenTextRemoved);
    }
    element.elements_mut().for_each(|child| forget_unseen(child, notes));
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

/// Numbers the objects of a part anew: those that went had numbers too.
pub(crate) fn number(root: &mut Element) {
    fn next(element: &mut Element, last: &mut u32) {
        if element.name.ends_with(":cNvPr") {
            *last = last.saturating_add(1);
            element.set("id", last.to_string());
        }
        element.elements_mut().for_each(|child| next(child, last));
    }
    next(root, &mut 0);
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
