//! Cells that lie under others.
//!
//! Where cells are merged, the first of them is shown. The others keep what was in them, and
//! nobody sees it: it goes. What is calculated from them was calculated before.

use std::collections::HashMap;

use crate::refusal::Limit;
use crate::xml::Element;
use crate::{Category, Change, Notes, Refusal};

/// Rows of all merged cells together: many times those of a large sheet.
const MOST_ROWS: usize = 4_000_000;

/// Columns that are merged in one row, and whether their first cell is shown there.
type Covered = Vec<(u32, u32, bool)>;

/// Empties the cells of a sheet that lie under others.
pub(super) fn empty(sheet: &mut Element, notes: &mut Notes) -> Result<(), Refusal> {
    let Some(list) = sheet.child("x:mergeCells") else { return Ok(()) };
    let areas: Vec<[u32; 4]> =
        list.elements().filter_map(|one| area(one.get("ref").unwrap_or_default())).collect();
    let Some(data) = sheet.child_mut("x:sheetData") else { return Ok(()) };
    let covered = by_row(&areas, &rows(data))?;
    let mut row_number = 0;
    for row in data.elements_mut() {
        row_number = row_of(row, row_number);
        let Some(merged) = covered.get(&row_number) else { continue };
        let mut column = 0;
        for cell in row.elements_mut().filter(|cell| cell.is("x:c")) {
            column = cell.get("r").and_then(place).map_or(column + 1, |(_, column)| column);
            let is_under = |&(first, last, is_shown): &(u32, u32, bool)| {
                (first..=last).contains(&column) && !(is_shown && column == first)
            };
            if merged.iter().any(is_under) && !cell.children.is_empty() {
                cell.children.clear();
                cell.attributes.retain(|one| &*one.name != "t");
                notes.found(Category::Other);
                notes.changed(Change::HiddenTextRemoved);
            }
        }
    }
    Ok(())
}

/// The numbers of the rows that there are, in their order.
fn rows(data: &Element) -> Vec<u32> {
    let mut before = 0;
    let mut rows: Vec<u32> = Vec::new();
    for row in data.elements() {
        before = row_of(row, before);
        rows.push(before);
    }
    rows.sort_unstable();
    rows
}

fn row_of(row: &Element, before: u32) -> u32 {
    row.get("r").and_then(|number| number.trim().parse().ok()).unwrap_or(before + 1)
}

fn by_row(areas: &[[u32; 4]], rows: &[u32]) -> Result<HashMap<u32, Covered>, Refusal> {
    let mut covered: HashMap<u32, Covered> = HashMap::new();
    let mut count = 0_usize;
    for &[first, left, last, right] in areas {
        let from = rows.partition_point(|row| *row < first);
        for &row in rows.iter().skip(from).take_while(|row| **row <= last) {
            count += 1;
            if count > MOST_ROWS {
                return Err(Refusal::Limit(Limit::Parts));
            }
            covered.entry(row).or_default().push((left, right, row == first));
        }
    }
    Ok(covered)
}

/// First row, first column, last row, last column.
fn area(value: &str) -> Option<[u32; 4]> {
    let value = value.replace('$', "");
    let (first, last) = value.split_once(':')?;
    let ((top, left), (bottom, right)) = (place(first)?, place(last)?);
    Some([top.min(bottom), left.min(right), top.max(bottom), left.max(right)])
}

/// The row and the column of a cell, from 1.
fn place(name: &str) -> Option<(u32, u32)> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = name.split_at_checked(letters).filter(|(one, _)| one.len() <= 3)?;
    let column = letters
        .bytes()
        .fold(0, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = digits.parse().ok().filter(|row| *row <= 9_999_999)?;
    (column > 0).then_some((row, column))
}
