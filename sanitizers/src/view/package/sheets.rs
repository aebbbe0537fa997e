//! Sheets of Excel, as lines with tabs between their cells.

use super::dates::Dates;
use super::{Package, Page, is_full, nearest};
use crate::Refusal;
use crate::xml::Element;

const BOOK: &str = "xl/workbook.xml";
/// Empty cells that are shown between two others.
const GAP: usize = 32;

/// One sheet, with its name above.
pub(super) fn sheet(package: &mut Package<'_>, page: u32) -> Result<Page, Refusal> {
    let book = package.needed(BOOK)?;
    let sheets = match book.child("x:sheets") {
        Some(list) => package.listed(BOOK, list)?,
        None => Vec::new(),
    };
    let ((part, name), page, pages) = nearest(&sheets, page)?;
    let texts = texts(package)?;
    let dates = Dates::of(&book, package.part("xl/styles.xml")?.as_ref());
    let mut words = format!("{}\n\n", name.as_deref().unwrap_or_default());
    let sheet = package.needed(part)?;
    for row in sheet.child("x:sheetData").iter().flat_map(|data| data.elements()) {
        line(row, &texts, &dates, &mut words);
        if is_full(&mut words) {
            break;
        }
    }
    Ok((words, page, pages))
}

/// Texts that cells refer to by number.
fn texts(package: &mut Package<'_>) -> Result<Vec<String>, Refusal> {
    let list = package.part("xl/sharedStrings.xml")?;
    Ok(list.iter().flat_map(Element::elements).map(rich).collect())
}

/// A text in pieces, without how it is pronounced.
fn rich(text: &Element) -> String {
    let pieces = text.elements().filter(|piece| !piece.is("x:rPh"));
    let words = |piece: &Element| match &*piece.name {
        "x:t" => piece.text(),
        _ => piece.child("x:t").map(Element::text).unwrap_or_default(),
    };
    pieces.map(words).collect()
}

fn line(row: &Element, texts: &[String], dates: &Dates, words: &mut String) {
    let mut column = 0;
    for cell in row.elements() {
        let place = cell.get("r").and_then(column_of).unwrap_or(column + 1);
        let tabs = place.saturating_sub(column.max(1)).min(GAP);
        words.extend(std::iter::repeat_n('\t', tabs));
        column = place;
        // A cell is one line, whatever is in it.
        words.push_str(&content(cell, texts, dates).replace(['\n', '\t'], " "));
    }
    words.push('\n');
}

/// The column of a place, counted from one: 28 of `AB7`.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_uppercase);
    letters.take(3).try_fold(0_usize, |column, letter| {
        column.checked_mul(26)?.checked_add(usize::from(letter - b'A') + 1)
    })
}

fn content(cell: &Element, texts: &[String], dates: &Dates) -> String {
    let value = cell.child("x:v").map(Element::text).unwrap_or_default();
    match cell.get("t").unwrap_or("n") {
        "s" => value.parse().ok().and_then(|number: usize| texts.get(number)).cloned(),
        "inlineStr" => cell.child("x:is").map(rich),
        "b" => Some(if value == "1" { "TRUE" } else { "FALSE" }.to_owned()),
        "n" if !value.is_empty() => {
            let date = cell.get("s").and_then(|style| dates.written(style, &value));
            Some(date.unwrap_or_else(|| value.clone()))
        }
        _ if value.is_empty() => cell.child("x:f").map(|formula| format!("={}", formula.text())),
        _ => Some(value),
    }
    .unwrap_or_default()
}
