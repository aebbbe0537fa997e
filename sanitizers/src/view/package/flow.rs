//! Words that flow: letters and slides of Office.

use super::{Package, Page, is_full, nearest};
use crate::Refusal;
use crate::xml::{Element, Node};

/// Elements in which no words stand that are shown.
const UNSEEN: [&str; 11] = [
    "w:pPr",
    "w:rPr",
    "w:tblPr",
    "w:tblGrid",
    "w:trPr",
    "w:tcPr",
    "w:sectPr",
    "w:instrText",
    "w:delText",
    "mc:Fallback",
    "a:tblGrid",
];

/// The words of a letter, then those of its notes and margins.
pub(super) fn letter(package: &mut Package<'_>) -> Result<String, Refusal> {
    let document = package.needed("word/document.xml")?;
    let mut words = String::new();
    add(&document, &mut words);
    for start in ["word/footnotes", "word/endnotes", "word/header", "word/footer"] {
        for name in package.beginning(start) {
            if let Some(part) = package.part(&name)? {
                let mut more = String::new();
                add(&part, &mut more);
                if !more.trim().is_empty() {
                    words.push_str("\n---\n");
                    words.push_str(more.trim());
                    words.push('\n');
                }
            }
        }
    }
    is_full(&mut words);
    Ok(words)
}

/// The words of a slide, then those of its notes.
pub(super) fn slide(package: &mut Package<'_>, page: u32) -> Result<Page, Refusal> {
    const SHOW: &str = "ppt/presentation.xml";
    let show = package.needed(SHOW)?;
    let slides = match show.child("p:sldIdLst") {
        Some(list) => package.listed(SHOW, list)?,
        None => Vec::new(),
    };
    let ((name, _), page, pages) = nearest(&slides, page)?;
    let mut words = String::new();
    add(&package.needed(name)?, &mut words);
    for target in package.targets(name)?.into_values() {
        if target.kind.ends_with("/notesSlide")
            && let Some(notes) = package.part(&target.name)?
        {
            words.push_str("\n---\n");
            add(&notes, &mut words);
        }
    }
    is_full(&mut words);
    Ok((words, page, pages))
}

/// Adds the words of an element, a line for each paragraph. The reader has bounded how deep
/// elements are.
fn add(element: &Element, words: &mut String) {
    if is_full(words) || UNSEEN.contains(&&*element.name) {
        return;
    }
    match &*element.name {
        "w:t" | "a:t" | "m:t" => words.push_str(&element.text()),
        "w:tab" | "w:ptab" => words.push('\t'),
        "w:br" | "w:cr" | "a:br" => words.push('\n'),
        "w:noBreakHyphen" => words.push('-'),
        "w:tc" | "a:tc" => cell(element, words),
        name => {
            for child in element.children.iter().filter_map(Node::element) {
                add(child, words);
            }
            match name {
                "w:p" | "a:p" => words.push('\n'),
                "w:tr" | "a:tr" => {
                    words.truncate(words.trim_end_matches('\t').len());
                    words.push('\n');
                }
                _ => {}
            }
        }
    }
}

/// Cells of a row stand beside each other.
fn cell(element: &Element, words: &mut String) {
    let mut inside = String::new();
    element.elements().for_each(|child| add(child, &mut inside));
    let lines: Vec<&str> = inside.lines().filter(|line| !line.trim().is_empty()).collect();
    words.push_str(&lines.join(" "));
    words.push('\t');
}
