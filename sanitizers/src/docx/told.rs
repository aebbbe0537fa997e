//! What is said of a text document before anything of it is taken out.

use crate::xml::{Element, Node};
use crate::{Change, Notes};

/// Sorts of content controls that can be filled in (ISO/IEC 29500-1, 17.5.2; MS-DOCX 2.6.1).
const CONTROLS: &[&str] =
    &["w:comboBox", "w:dropDownList", "w:date", "w:text", "w14:checkbox", "w15:repeatingSection"];

/// Says which things people saw or used will be gone. Goes as deep as the tree, which the
/// reader has bounded.
pub(super) fn tell(root: &Element, notes: &mut Notes) {
    of_words(root, notes);
}

fn of_words(element: &Element, notes: &mut Notes) {
    for child in element.elements() {
        match &*child.name {
            "w:sdtPr" if child.elements().any(|one| CONTROLS.contains(&&*one.name)) => {
                notes.changed(Change::FormFlattened);
            }
            "w:altChunk" | "w:subDoc" | "w:contentPart" | "w:control" => {
                notes.changed(Change::PartsRemoved);
            }
            "w:movie" => notes.changed(Change::MultimediaRemoved),
            "w:commentReference" => notes.changed(Change::CommentsRemoved),
            "o:OLEObject" => notes.changed(Change::EmbeddedFilesRemoved),
            _ => of_words(child, notes),
        }
    }
}

/// Gives letters that are filled with one colour that colour: newer programs show it
/// instead of the one beside it, which may be white on white.
///
/// Goes as deep as the tree, which the reader has bounded.
pub(super) fn keep_colours(element: &mut Element, notes: &mut Notes) {
    element.elements_mut().for_each(|child| keep_colours(child, notes));
    let Some(filling) = element.child("w14:textFill").filter(|_| element.is("w:rPr")) else {
        return;
    };
    let colour = filling.child("w14:solidFill").and_then(|one| one.child("w14:srgbClr"));
    if let Some(colour) = colour.and_then(|colour| colour.get("w14:val")) {
        let mut new = Element::new("w:color");
        new.set("w:val", colour.to_owned());
        element.children.retain(|node| !node.is("w:color"));
        element.children.push(Node::Element(new));
    } else if filling.child("w14:solidFill").is_none() || element.child("w:color").is_none() {
        notes.changed(Change::ColoursChanged);
    }
}
