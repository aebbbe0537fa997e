//! Fields: places whose words a program works out.
//!
//! What it works them out from stays unseen: paths of files and pictures, names of authors,
//! addresses, queries, entries of an index. So a field becomes the words it showed last. Kept
//! as fields are numbers of pages, which differ from page to page. References to other places
//! keep the number or the words they showed: programs differ in how they work them out.

mod simple;
mod walk;

use crate::xml::{Element, Node};
use crate::{Category, Change, Notes};
use walk::Walk;

/// Fields that stay (ISO/IEC 29500-1, 17.16.5).
const KEPT: &[&str] = &["PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES"];
/// What stands in a field that stays: programs work out the number of each page anew, and
/// the last one tells how long the document once was.
const SHOWN: &str = "1";

/// The text with that.
fn shown() -> Element {
    let mut text = Element::new("w:t");
    text.children.push(Node::Text(SHOWN.to_owned()));
    text
}

/// Ways of writing numbers (17.16.4.3.1), of which "ROMAN" and "roman" are two.
const FORMATS: &[&str] = &[
    "Arabic",
    "ARABIC",
    "roman",
    "ROMAN",
    "Roman",
    "alphabetic",
    "ALPHABETIC",
    "Ordinal",
    "CardText",
    "OrdText",
    "ArabicDash",
];
/// Fields that show something and keep no words of it.
const WORDLESS: &[&str] = &[
    "EQ",
    "SYMBOL",
    "MACROBUTTON",
    "GOTOBUTTON",
    "LISTNUM",
    "AUTONUM",
    "AUTONUMLGL",
    "AUTONUMOUT",
    "BARCODE",
    "ADVANCE",
];

/// An instruction in its one form; nothing if it is none that is kept.
pub(super) fn kept(instruction: &str) -> Option<String> {
    let mut words = instruction.split_ascii_whitespace();
    let first = words.next()?;
    let mut kept = KEPT.iter().find(|word| word.eq_ignore_ascii_case(first))?.to_string();
    while let Some(switch) = words.next() {
        let format = words.next().filter(|_| switch == "\\*")?;
        if FORMATS.contains(&format) {
            kept.extend([" \\* ", format]);
        } else if !format.eq_ignore_ascii_case("mergeformat") {
            return None;
        }
    }
    Some(kept)
}

/// Makes words of all fields of a story that are not kept.
pub(super) fn resolve(root: &mut Element, notes: &mut Notes) {
    simple::open(root, notes);
    Walk::new(root).go(root, notes);
}

/// Counts a field that becomes words.
fn note(instruction: &str, has_words: bool, notes: &mut Notes) {
    let word = instruction.split_ascii_whitespace().next().unwrap_or_default().to_ascii_uppercase();
    notes.found(match &*word {
        "HYPERLINK" | "INCLUDEPICTURE" | "INCLUDETEXT" | "LINK" | "DDE" | "DDEAUTO" => {
            Category::Links
        }
        "AUTHOR" | "LASTSAVEDBY" | "USERNAME" | "USERINITIALS" | "USERADDRESS" | "FILENAME"
        | "TEMPLATE" => Category::People,
        "DATE" | "TIME" | "CREATEDATE" | "SAVEDATE" | "PRINTDATE" | "EDITTIME" => Category::Dates,
        "FORMTEXT" | "FORMCHECKBOX" | "FORMDROPDOWN" | "MERGEFIELD" => Category::FormData,
        _ => Category::Other,
    });
    if word == "HYPERLINK" {
        notes.changed(Change::LinksRemoved);
    }
    if !has_words && WORDLESS.contains(&&*word) {
        notes.changed(Change::PartsRemoved);
    }
}
