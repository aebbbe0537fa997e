//! How what is left out is counted.

use crate::xml::Noted;
use crate::{Category, Change, Notes};

/// Words in the name or type of a part that say what it tells. The first that fits counts.
const PARTS: [(&str, Category); 27] = [
    ("core-properties", Category::People),
    ("docprops/core", Category::People),
    ("extended-properties", Category::Software),
    ("docprops/app", Category::Software),
    ("custom-properties", Category::Descriptions),
    ("docprops/custom", Category::Descriptions),
    ("docmetadata", Category::Identifiers),
    ("labelinfo", Category::Identifiers),
    ("thumbnail", Category::HiddenPictures),
    ("comment", Category::Comments),
    ("notesslide", Category::Comments),
    ("people", Category::People),
    ("person", Category::People),
    ("author", Category::People),
    ("signature", Category::Signatures),
    ("printersettings", Category::Device),
    ("customxml", Category::Descriptions),
    ("activex", Category::Scripts),
    ("vbaproject", Category::Scripts),
    ("webextension", Category::Scripts),
    ("embeddings", Category::EmbeddedFiles),
    ("revision", Category::History),
    ("externallink", Category::Links),
    ("connections", Category::Links),
    ("querytable", Category::Links),
    ("ink", Category::Comments),
    ("settings", Category::Software),
];

/// Counts a part that is left out.
pub(super) fn part(name: &str, content_type: &str, notes: &mut Notes) {
    let (name, content_type) = (name.to_ascii_lowercase(), content_type.to_ascii_lowercase());
    let fits = |word: &str| name.contains(word) || content_type.contains(word);
    let found = PARTS.iter().find(|(word, _)| fits(word));
    let category = found.map_or(Category::Other, |(_, category)| *category);
    match category {
        Category::Comments if fits("notesslide") => notes.changed(Change::SpeakerNotesRemoved),
        Category::Comments => notes.changed(Change::CommentsRemoved),
        Category::EmbeddedFiles => notes.changed(Change::EmbeddedFilesRemoved),
        Category::Signatures => notes.changed(Change::SignaturesRemoved),
        // What people drew on a chart, and charts of a newer kind, whose stand-in is left.
        Category::Other if fits("chartshapes") || fits("chartex") => {
            notes.changed(Change::PartsRemoved);
        }
        _ => {}
    }
    notes.found(category);
}

/// Elements and attributes of all formats that tell something, or nothing.
pub(crate) const NOTED: &[Noted] = &[
    ("mc:Ignorable", None),
    ("mc:ProcessContent", None),
    ("mc:PreserveAttributes", None),
    ("mc:PreserveElements", None),
    ("mc:MustUnderstand", None),
    ("xml:space", None),
    ("a:hlinkClick", Some(Category::Links)),
    ("a:hlinkHover", Some(Category::Links)),
    ("a:hlinkMouseOver", Some(Category::Links)),
    ("descr", Some(Category::Descriptions)),
    ("title", Some(Category::Descriptions)),
    ("name", Some(Category::Descriptions)),
    ("alt", Some(Category::Descriptions)),
    ("o:title", Some(Category::Descriptions)),
    ("w14:paraId", Some(Category::Identifiers)),
    ("w14:textId", Some(Category::Identifiers)),
    ("w14:docId", Some(Category::Identifiers)),
    ("w15:docId", Some(Category::Identifiers)),
    ("wp14:anchorId", Some(Category::Identifiers)),
    ("wp14:editId", Some(Category::Identifiers)),
    ("a16:creationId", Some(Category::Identifiers)),
    ("p14:creationId", Some(Category::Identifiers)),
    ("xr:uid", Some(Category::Identifiers)),
    ("x15ac:absPath", Some(Category::People)),
    ("o:OLEObject", Some(Category::EmbeddedFiles)),
];
