//! What is said of a text document before anything of it is taken out.

use crate::office::drawing;
use crate::xml::Element;
use crate::{Change, Notes};

/// Sorts of content controls that can be filled in (ISO/IEC 29500-1, 17.5.2; MS-DOCX 2.6.1).
const CONTROLS: &[&str] =
    &["w:comboBox", "w:dropDownList", "w:date", "w:text", "w14:checkbox", "w15:repeatingSection"];

/// Says which things people saw or used will be gone. Goes as deep as the tree, which the
/// reader has bounded.
pub(super) fn tell(root: &Element, notes: &mut Notes) {
    drawing::warn(root, notes);
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
