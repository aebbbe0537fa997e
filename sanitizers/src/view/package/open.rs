//! Texts, sheets, slides and drawings of `OpenDocument`.

use super::{Package, Page, is_full, nearest};
use crate::Refusal;
use crate::refusal::Damage;
use crate::xml::{Element, Node};

/// Elements in which no words stand that are shown.
const UNSEEN: [&str; 4] =
    ["office:annotation", "text:tracked-changes", "office:forms", "text:sequence-decls"];
/// Blanks and cells that an element may stand for.
const MOST_REPEATED: usize = 64;

/// The words of a text, or of one sheet, slide or drawing.
pub(super) fn page(package: &mut Package<'_>, page: u32) -> Result<Page, Refusal> {
    let content = package.needed("content.xml")?;
    let body = content.child("office:body").and_then(|body| body.elements().next());
    let body = body.ok_or(Refusal::Damaged(Damage::Missing))?;
    let mut words = String::new();
    let pages: Vec<&Element> =
        body.elements().filter(|one| one.is("table:table") || one.is("draw:page")).collect();
    if body.is("office:text") || pages.is_empty() {
        add(body, &mut words);
        return Ok((words, 1, 1));
    }
    let (&shown, page, count) = nearest(&pages, page)?;
    if let Some(name) = shown.get("table:name") {
        words = format!("{name}\n\n");
    }
    add(shown, &mut words);
    Ok((words, page, count))
}

/// Adds the words of an element, a line for each paragraph or row. The reader has bounded
/// how deep elements are.
fn add(element: &Element, words: &mut String) {
    if is_full(words) || UNSEEN.contains(&&*element.name) {
        return;
    }
    match &*element.name {
        "text:p" | "text:h" => {
            line(element, words);
            words.push('\n');
        }
        "table:table-row" => row(element, words),
        _ => element.elements().for_each(|child| add(child, words)),
    }
}

/// The words of a paragraph. Frames in it have paragraphs of their own.
fn line(element: &Element, words: &mut String) {
    for node in &element.children {
        match node {
            Node::Text(text) => words.push_str(text),
            Node::Element(child) => match &*child.name {
                "text:tab" => words.push('\t'),
                "text:line-break" => words.push('\n'),
                "text:s" => words.push_str(&" ".repeat(times(child, "text:c"))),
                "text:p" | "text:h" => {
                    words.push('\n');
                    line(child, words);
                }
                name if UNSEEN.contains(&name) => {}
                _ => line(child, words),
            },
        }
    }
}

fn row(element: &Element, words: &mut String) {
    let mut cells = String::new();
    let cell = |one: &&Element| one.is("table:table-cell") || one.is("table:covered-table-cell");
    for cell in element.elements().filter(cell) {
        let mut inside = String::new();
        cell.elements().for_each(|child| add(child, &mut inside));
        let text = inside.trim_end().replace(['\n', '\t'], " ");
        for _ in 0..times(cell, "table:number-columns-repeated") {
            cells.push_str(&text);
            cells.push('\t');
        }
    }
    words.push_str(cells.trim_end_matches('\t'));
    words.push('\n');
}

/// How often something is there.
fn times(element: &Element, attribute: &str) -> usize {
    let times = element.get(attribute).and_then(|times| times.parse().ok()).unwrap_or(1);
    times.min(MOST_REPEATED)
}
