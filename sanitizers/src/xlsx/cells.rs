//! Cells, and the formulas of a sheet.

use std::collections::HashMap;

use super::formula::{self, Plain};
use super::merged;
use super::survey::Survey;
use crate::refusal::Damage;
use crate::xml::{Element, Node};
use crate::{Category, Change, Notes, Refusal, xml};

/// Takes out formulas that may not stay, gives strings their new numbers, and notes in the
/// survey what the rest uses.
pub(super) fn prepare(
    sheet: &mut Element,
    survey: &mut Survey,
    notes: &mut Notes,
) -> Result<(), Refusal> {
    merged::empty(sheet, notes)?;
    let groups = groups(sheet, survey);
    for child in sheet.elements_mut() {
        match &*child.name {
            "x:sheetData" => rows(child, &groups, survey, notes)?,
            "x:cols" => {
                let styles = child.elements().filter_map(|one| number(one.get("style")));
                survey.styles.extend(styles);
            }
            "x:conditionalFormatting" | "x:dataValidations" => {
                child.children.retain(|rule| stays(rule, survey, notes));
                for rule in child.elements_mut() {
                    survey.rules.extend(number(rule.get("dxfId")));
                    let seeks_text = rule.get("type").is_some_and(|of| SEEKS_TEXT.contains(&of));
                    if !seeks_text && rule.get("text").is_some() {
                        notes.found(Category::Other);
                        rule.attributes.retain(|one| &*one.name != "text");
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Rules of looks that look for a text (ISO/IEC 29500-1, 18.18.12).
const SEEKS_TEXT: [&str; 4] = ["beginsWith", "containsText", "endsWith", "notContainsText"];

pub(super) fn number(value: Option<&str>) -> Option<usize> {
    value?.trim_ascii().parse().ok()
}

/// Formulas that several cells share stand in one of them: whether they are plain.
fn groups(sheet: &Element, survey: &Survey) -> HashMap<String, bool> {
    let mut groups = HashMap::new();
    let rows = sheet.child("x:sheetData").into_iter().flat_map(Element::elements);
    for formula in rows.flat_map(Element::elements).filter_map(|cell| cell.child("x:f")) {
        let text = formula.text();
        if let (Some(group), false) = (group(formula), text.is_empty()) {
            let is_plain = formula::plain(&text, &survey.known).is_some();
            // Two formulas under one number are two readings.
            groups.entry(group.to_owned()).and_modify(|known| *known = false).or_insert(is_plain);
        }
    }
    groups
}

fn group(formula: &Element) -> Option<&str> {
    if formula.get("t") == Some("shared") { formula.get("si") } else { None }
}

fn rows(
    data: &mut Element,
    groups: &HashMap<String, bool>,
    survey: &mut Survey,
    notes: &mut Notes,
) -> Result<(), Refusal> {
    for row in data.elements_mut() {
        survey.styles.extend(number(row.get("s")));
        for cell in row.elements_mut().filter(|cell| cell.is("x:c")) {
            survey.styles.extend(number(cell.get("s")));
            if cell.get("vm").is_some() {
                // A picture or a card in a cell, of which only an error is left.
                notes.changed(Change::PartsRemoved);
            }
            leave_one_value(cell, notes);
            if let Some(formula) = cell.child_mut("x:f") {
                if let Some(plain) = plain(formula, groups, survey) {
                    survey.names.extend(plain.names);
                    formula.children.clear();
                    if !plain.text.is_empty() {
                        formula.children.push(Node::Text(plain.text));
                    }
                } else {
                    cell.children.retain(|child| !child.is("x:f"));
                    notes.found(Category::Links);
                    notes.changed(Change::FormulasStopped);
                }
            }
            value(cell, survey, notes)?;
        }
    }
    Ok(())
}

/// Leaves of a cell one formula and the one value that its type tells of.
fn leave_one_value(cell: &mut Element, notes: &mut Notes) {
    let is_inline = cell.get("t") == Some("inlineStr");
    let mut seen = [false; 3];
    let before = cell.children.len();
    cell.children.retain(|node| {
        let number = match node.element().map(|one| &*one.name) {
            Some("x:f") => 0,
            Some("x:v") if !is_inline => 1,
            Some("x:is") if is_inline => 2,
            // Others are counted with the rest that is left out.
            Some("x:v" | "x:is") => return false,
            _ => return true,
        };
        seen.get_mut(number).is_some_and(|seen| !std::mem::replace(seen, true))
    });
    if cell.children.len() < before {
        notes.found(Category::Other);
    }
}

fn plain(formula: &Element, groups: &HashMap<String, bool>, survey: &Survey) -> Option<Plain> {
    if !matches!(formula.get("t"), None | Some("normal" | "array" | "shared")) {
        return None;
    }
    if let Some(group) = group(formula)
        && groups.get(group) != Some(&true)
    {
        return None;
    }
    formula::plain(&formula.text(), &survey.known)
}

/// A value may only be what its type says.
fn value(cell: &mut Element, survey: &mut Survey, notes: &mut Notes) -> Result<(), Refusal> {
    let sort = cell.get("t").unwrap_or("n").to_owned();
    let Some(held) = cell.child_mut("x:v") else { return Ok(()) };
    let text = held.text();
    let trimmed = text.trim_ascii();
    let new = match &*sort {
        "s" => {
            let old = trimmed.parse().map_err(|_| Refusal::Damaged(Damage::Value))?;
            Some(survey.string(old).to_string())
        }
        "str" => Some(text.clone()),
        "n" if trimmed.is_empty() => Some(String::new()),
        "n" => xml::number(trimmed, f64::MAX),
        "b" => matches!(trimmed, "0" | "1" | "true" | "false").then(|| trimmed.to_owned()),
        // The error of another program.
        "e" => formula::ERRORS.contains(&trimmed).then(|| trimmed.to_owned()),
        "d" => is_day(trimmed).then(|| trimmed.to_owned()),
        _ => None,
    };
    let Some(new) = new else {
        // What no program can show as a value is none.
        return if sort == "e" {
            notes.found(Category::Other);
            held.children = vec![Node::Text("#VALUE!".to_owned())];
            Ok(())
        } else {
            Err(Refusal::Damaged(Damage::Value))
        };
    };
    held.children.clear();
    if !new.is_empty() {
        held.children.push(Node::Text(new));
    }
    Ok(())
}

/// A date as ISO 8601 writes it.
fn is_day(value: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_digit() || b"-:.TZ+".contains(&byte);
    value.len() <= 32 && value.bytes().all(fits)
}

/// Rules of looks and of input stay if all their formulas do.
fn stays(rule: &Node, survey: &mut Survey, notes: &mut Notes) -> bool {
    let Some(rule) = rule.element() else { return false };
    let formulas = rule
        .elements()
        .filter(|one| matches!(&*one.name, "x:formula" | "x:formula1" | "x:formula2"));
    let scales = rule.elements().flat_map(Element::elements).filter(|one| one.is("x:cfvo"));
    let values = scales.filter_map(|one| one.get("val").map(str::to_owned));
    let texts: Vec<String> = formulas.map(Element::text).chain(values).collect();
    let plain: Option<Vec<Plain>> =
        texts.iter().map(|text| formula::plain(text, &survey.known)).collect();
    if let Some(plain) = plain {
        survey.names.extend(plain.into_iter().flat_map(|one| one.names));
        true
    } else {
        notes.found(Category::Links);
        notes.changed(Change::FormulasStopped);
        false
    }
}
